/* SPDX-License-Identifier: MIT */
#include "picture/xml.h"

#include "base/utf8.h"

#include <string.h>

void xml_put_text(struct buffer *out, const char *text, size_t len)
{
	static const char special[] = "&<>\"";
	static const char *const entity[] = { "&amp;", "&lt;", "&gt;", "&quot;" };
	struct buffer visible = BUFFER_INIT;
	utf8_put_visible(&visible, text, len);
	for (size_t i = 0; i < visible.len; i++) {
		const char *at = strchr(special, visible.data[i]);
		if (at == NULL)
			buffer_put_char(out, visible.data[i]);
		else
			buffer_put_text(out, entity[at - special]);
	}
	out->failed = out->failed || visible.failed;
	buffer_fini(&visible);
}
