/* SPDX-License-Identifier: MIT */
#include "output/annotate.h"

#include <string.h>

/* The bytes of `escaped` in `text` as %XX. */
static void annotate_put(struct buffer *out, const char *text, const char *escaped)
{
	for (; *text != '\0'; text++)
		if (strchr(escaped, *text) != NULL)
			buffer_printf(out, "%%%02X", (unsigned char)*text);
		else
			buffer_put_char(out, *text);
}

void annotate_github(struct buffer *out, const char *title, const char *file, size_t line,
	const char *message)
{
	buffer_put_text(out, "::error");
	if (file != NULL) {
		buffer_put_text(out, " file=");
		annotate_put(out, file, "%\r\n:,");
		buffer_printf(out, ",line=%zu", line);
	} else if (title != NULL) {
		buffer_put_text(out, " title=");
		annotate_put(out, title, "%\r\n:,");
	}
	buffer_put_text(out, "::");
	annotate_put(out, message, "%\r\n");
	buffer_put_char(out, '\n');
}
