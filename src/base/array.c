/* SPDX-License-Identifier: MIT */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool array_reserve(void *items, size_t *cap, size_t need, size_t item_size)
{
	if (need <= *cap)
		return true;
	size_t room = *cap + *cap / 2;
	if (room < need)
		room = need < 8 ? 8 : need;
	if (room > SIZE_MAX / item_size)
		return false;
	void *old;
	memcpy(&old, items, sizeof old);
	void *grown = realloc(old, room * item_size);
	if (grown == NULL)
		return false;
	memcpy(items, &grown, sizeof grown);
	*cap = room;
	return true;
}

void *array_new(size_t n, size_t size)
{
	if (n > SIZE_MAX / size)
		return NULL;
	return malloc(n == 0 ? size : n * size);
}

void *array_new_zeroed(size_t n, size_t size)
{
	return calloc(n == 0 ? 1 : n, size);
}
