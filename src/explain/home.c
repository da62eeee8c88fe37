/* SPDX-License-Identifier: MIT */
#include "explain/home.h"

#include <stddef.h>
#include <string.h>

enum name_owner home_owner(const char *file)
{
	if (strstr(file, "-packages/") != NULL || strstr(file, "-packages\\") != NULL)
		return NAME_PACKAGE;
	static const char *const library[] = { "/lib/python", "/lib64/python",
		"/lib-python/", "/lib_pypy/", "/lib-dynload/", "\\Lib\\", "\\lib\\",
		"<frozen" };
	for (size_t i = 0; i < sizeof library / sizeof *library; i++)
		if (strstr(file, library[i]) != NULL)
			return NAME_LIBRARY;
	return NAME_PROGRAM;
}

void home_note(struct home *h, uint32_t text, uint64_t module)
{
	if (!h->found)
		*h = (struct home){ .text = text, .module = module, .found = true };
	h->several = h->several || h->module != module;
}

bool home_is_known(const struct home *h)
{
	return h->found && !h->several;
}
