/* SPDX-License-Identifier: MIT */
#include "model/dump.h"

bool dump_scan(
	struct dump_parser *p, const char *line, size_t len, struct dump_object *object)
{
	(void)p;
	(void)line;
	(void)len;
	(void)object;
	return false;
}
