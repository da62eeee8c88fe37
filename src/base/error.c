/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void error_record(
	struct error *err, enum status status, size_t offset, const char *format, ...)
{
	assert(status != STATUS_OK);
	if (err == NULL || err->status != STATUS_OK)
		return;
	err->status = status;
	err->offset = offset;
	va_list args;
	va_start(args, format);
	int length = vsnprintf(err->message, sizeof err->message, format, args);
	va_end(args);
	/* One line, whatever the data held, and no half character at the cut. */
	static const char ellipsis[] = "…";
	for (char *c = err->message; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	if (length >= (int)sizeof err->message) {
		size_t end = utf8_cut(err->message, ERROR_MESSAGE_MAX - 1,
			ERROR_MESSAGE_MAX - sizeof ellipsis);
		memcpy(err->message + end, ellipsis, sizeof ellipsis);
	}
	assert(strlen(err->message) < ERROR_MESSAGE_MAX);
}

void error_clear(struct error *err)
{
	*err = ERROR_INIT;
}
