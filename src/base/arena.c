/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/array.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum { ARENA_PIECE = 32 << 20, ARENA_ALIGN = alignof(max_align_t) };

struct arena_piece {
	struct arena_piece *before;
	size_t used, size; /* bytes, with this header */
};

void arena_init(struct arena *a)
{
	*a = (struct arena){ .last = NULL };
	pthread_mutex_init(&a->lock, NULL);
}

void arena_clear(struct arena *a)
{
	while (a->last != NULL) {
		struct arena_piece *piece = a->last;
		a->last = piece->before;
		free(piece);
	}
}

void arena_fini(struct arena *a)
{
	arena_clear(a);
	pthread_mutex_destroy(&a->lock);
}

static size_t arena_round(size_t size)
{
	return (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

/* A piece with room for `size` bytes behind its header. */
static struct arena_piece *arena_new_piece(size_t size)
{
	size_t header = arena_round(sizeof(struct arena_piece));
	size_t whole = size > ARENA_PIECE - header ? size + header : ARENA_PIECE;
	struct arena_piece *piece = whole < size ? NULL : array_new(whole, 1);
	if (piece != NULL)
		*piece = (struct arena_piece){ .used = header, .size = whole };
	return piece;
}

static void *arena_take_locked(struct arena *a, size_t size)
{
	if (a->last == NULL || a->last->size - a->last->used < size) {
		struct arena_piece *piece = arena_new_piece(size);
		if (piece == NULL)
			return NULL;
		piece->before = a->last;
		a->last = piece;
	}
	char *room = (char *)a->last + a->last->used;
	assert(size <= a->last->size - a->last->used);
	assert((uintptr_t)room % ARENA_ALIGN == 0);
	a->last->used += size;
	return room;
}

void *arena_take(struct arena *a, size_t size)
{
	if (arena_round(size) < size)
		return NULL;
	pthread_mutex_lock(&a->lock);
	void *room = arena_take_locked(a, arena_round(size));
	pthread_mutex_unlock(&a->lock);
	return room;
}
