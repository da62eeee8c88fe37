/* SPDX-License-Identifier: MIT */
#include "base/array.h"

#include <assert.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Arrays from this size on get pages of 2 megabytes: a walk through a graph touches
 * memory at random, and finding a page then costs as much as reading it.  A number for
 * each of a million objects takes 4 MB. */
static const size_t array_huge = (size_t)3 << 20;
static const size_t array_page = (size_t)2 << 20;

/* Advises the kernel to use huge pages wherever a whole one fits.  Only the speed depends
 * on whether it does. */
static void *array_advise(void *data, size_t bytes)
{
#ifdef MADV_HUGEPAGE
	if (data != NULL && bytes >= array_huge) {
		size_t skip = (array_page - (uintptr_t)data % array_page) % array_page;
		madvise((char *)data + skip, (bytes - skip) / array_page * array_page,
			MADV_HUGEPAGE);
	}
#endif
	return data;
}

void array_return_large(void)
{
#ifdef M_MMAP_THRESHOLD
	/* By itself it rises to 32 MB with the first array of that size.  A lower one
	 * costs time: the kernel clears what it gives. */
	enum { LARGE = 8 << 20 };
	(void)mallopt(M_MMAP_THRESHOLD, LARGE); /* only a saving */
#endif
}

bool array_reserve(void *items, size_t *cap, size_t need, size_t item_size)
{
	assert(item_size > 0);
	if (need <= *cap)
		return true;
	size_t room = *cap + *cap / 2;
	if (room < need)
		room = need < 8 ? 8 : need;
	if (room > SIZE_MAX / item_size)
		return false;
	void *old;
	memcpy(&old, items, sizeof old);
	void *grown = array_advise(realloc(old, room * item_size), room * item_size);
	if (grown == NULL)
		return false;
	memcpy(items, &grown, sizeof grown);
	assert(room >= need);
	*cap = room;
	return true;
}

void *array_new(size_t n, size_t size)
{
	assert(size > 0);
	if (n > SIZE_MAX / size)
		return NULL;
	return array_advise(malloc(n == 0 ? size : n * size), n * size);
}

void *array_new_zeroed(size_t n, size_t size)
{
	assert(size > 0);
	if (n > SIZE_MAX / size)
		return NULL;
	return array_advise(calloc(n == 0 ? 1 : n, size), n * size);
}

size_t array_room(void)
{
	/* Of both versions of control groups, as a container sees its own. */
	static const char *const limits[] = { "/sys/fs/cgroup/memory.max",
		"/sys/fs/cgroup/memory/memory.limit_in_bytes" };
	long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
	size_t memory =
		pages > 0 && page > 0 ? (size_t)pages * (size_t)page : (size_t)4 << 30;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		FILE *f = fopen(limits[i], "re");
		size_t limit;
		/* "max" where there is none. */
		if (f != NULL && fscanf(f, "%zu", &limit) == 1 && limit < memory)
			memory = limit;
		if (f != NULL)
			(void)fclose(f); /* nothing was written */
	}
	return memory / 4;
}
