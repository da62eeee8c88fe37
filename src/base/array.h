/* SPDX-License-Identifier: MIT */
/* array - room for growing arrays of anything. */
#ifndef MEMSEE_BASE_ARRAY_H
#define MEMSEE_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `need` items of `item_size` bytes in a malloc'ed array.  `items` is the
 * address of the pointer to it (of any object pointer type), `cap` the items it has room
 * for; both change together.  False out of memory, and then nothing changed.  Amortised
 * O(1) an item. */
bool array_reserve(void *items, size_t *cap, size_t need, size_t item_size);

/* malloc(n * size), NULL when that overflows or memory is short, never for n = 0. */
void *array_new(size_t n, size_t size);

/* The same, zeroed. */
void *array_new_zeroed(size_t n, size_t size);

/* How many bytes of arrays of one kind may stay in memory because they are probably asked
 * for again: a quarter of the memory that this process may use, by the machine and by its
 * control group. */
size_t array_room(void);

/* From now on large arrays go back to the system when they are freed.  Else the C library
 * may keep them, and what is larger than any of them has no room there. */
void array_return_large(void);

#endif
