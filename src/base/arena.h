/* SPDX-License-Identifier: MIT */
/* arena - memory for many things that are released together.
 *
 * It comes from the system in large pieces, in huge pages if the system has them.  Any
 * number of threads may take memory at the same time. */
#ifndef MEMSEE_BASE_ARENA_H
#define MEMSEE_BASE_ARENA_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_piece;

struct arena {
	pthread_mutex_t lock;
	struct arena_piece
		*last; /* the one that room is taken from; leads to the others */
	size_t piece;  /* bytes that come from the system at once, at least */
	bool spooled;  /* pieces are in files, see arena_spool() */
};

void arena_init(struct arena *a);
/* Takes pieces of `size` bytes from now on, where memory matters more than time. */
void arena_pieces(struct arena *a, size_t size);
/* Takes room from files without a name in $TMPDIR (else /tmp) from now on, as long as
 * there is room in them, so that arena_rest() can free the memory. */
void arena_spool(struct arena *a);
/* Releases the memory of the pieces that are in files; it comes back when it is used
 * again.  Any thread may use it meanwhile. */
void arena_rest(const struct arena *a);
/* Releases all room that was taken; the arena is empty then and may be used again. */
void arena_clear(struct arena *a);
void arena_fini(struct arena *a);

/* `size` bytes, aligned for anything; NULL out of memory.  Pages that are never written
 * to cost no memory.  O(1). */
void *arena_take(struct arena *a, size_t size);

/* The same, and copies `size` bytes of `data` there; `data` may be NULL for none.  When
 * the room is in a file they are written to the file, which costs less than to touch each
 * page of it. */
void *arena_copy(struct arena *a, const void *data, size_t size);

#endif
