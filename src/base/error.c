/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <errno.h>
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
	size_t end = ERROR_MESSAGE_MAX - sizeof ellipsis;
	while (end > 0 && ((unsigned char)message[end] & 0xc0) == 0x80)
		end--;
	memcpy(message + end, ellipsis, sizeof ellipsis);
}

__attribute__((format(printf, 4, 0))) static void error_record(struct error *err,
	enum status status, size_t offset, const char *format, va_list args)
{
	if (err == NULL || err->status != STATUS_OK)
		return;
	err->status = status;
	err->offset = offset;
	int length = vsnprintf(err->message, sizeof err->message, format, args);
	error_tidy(err->message, length >= (int)sizeof err->message);
}

bool error_set(struct error *err, enum status status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_record(err, status, ERROR_NOWHERE, format, args);
	va_end(args);
	return false;
}

bool error_at(
	struct error *err, enum status status, size_t offset, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_record(err, status, offset, format, args);
	va_end(args);
	return false;
}

bool error_nomem(struct error *err)
{
	return error_set(err, STATUS_DATA, "out of memory");
}

bool error_errno(struct error *err, const char *action, const char *name)
{
	return error_set(err, STATUS_DATA, "%s '%s': %s", action, name, strerror(errno));
}

void error_clear(struct error *err)
{
	*err = ERROR_INIT;
}
