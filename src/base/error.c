/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One line, whatever the data held, and no half character at the cut. */
static void error_tidy(char *message, bool cut)
{
	static const char ellipsis[] = "…";
	for (char *c = message; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	if (!cut)
		return;
	size_t end = utf8_cut(
		message, ERROR_MESSAGE_MAX - 1, ERROR_MESSAGE_MAX - sizeof ellipsis);
	memcpy(message + end, ellipsis, sizeof ellipsis);
}

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
	error_tidy(err->message, length >= (int)sizeof err->message);
	assert(strlen(err->message) < ERROR_MESSAGE_MAX);
}

void error_clear(struct error *err)
{
	*err = ERROR_INIT;
}
