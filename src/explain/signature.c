/* SPDX-License-Identifier: MIT */
#include "explain/signature.h"

#include <string.h>

void signature_put(struct buffer *out, bool first, const char *label, const char *type,
	bool repeated)
{
	if (!first)
		buffer_put_char(out, ' ');
	bool place = strncmp(label, ".{", 2) == 0 &&
		     strcmp(label + 2 + strspn(label + 2, "0123456789"), "}") == 0;
	if (place)
		buffer_put_text(out, ".{} ");
	else if (label[0] != '\0')
		buffer_printf(out, "%s ", label);
	else if (!first)
		buffer_put_text(out, "-> ");
	buffer_put_text(out, type);
	if (repeated)
		buffer_put_char(out, '*');
}
