/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/array.h"

#include <assert.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef MEMSEE_CHECKS
/* Sanitizers mark every byte of a piece, however few are used. */
enum { ARENA_PIECE = 64 << 10 };
#else
enum { ARENA_PIECE = 32 << 20 };
#endif
enum { ARENA_ALIGN = alignof(max_align_t) };

struct arena_piece {
	struct arena_piece *before;
	size_t used, size; /* bytes, with this header */
	bool mapped;       /* from a file of its own */
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
		if (piece->mapped)
			munmap(piece, piece->size);
		else
			free(piece);
	}
}

void arena_spool(struct arena *a)
{
	a->spooled = true;
}

void arena_rest(const struct arena *a)
{
	for (struct arena_piece *piece = a->last; piece != NULL;) {
		struct arena_piece *before = piece->before;
		if (piece->mapped) /* if it fails, the memory stays: nothing is lost */
			(void)madvise(piece, piece->size, MADV_DONTNEED);
		piece = before;
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

/* Room in a file of its own; NULL when the file cannot be made, or has not so much room.
 */
static void *arena_map(size_t size)
{
	const char *folder = getenv("TMPDIR");
	char name[4096];
	int len = snprintf(name, sizeof name, "%s/memsee-heap-XXXXXX",
		folder == NULL || *folder == '\0' ? "/tmp" : folder);
	int fd = len < (int)sizeof name ? mkostemp(name, O_CLOEXEC) : -1;
	if (fd < 0)
		return NULL;
	unlink(name);
	/* All of it is reserved now: a disk that is full later would kill the process. */
	void *map = posix_fallocate(fd, 0, (off_t)size) != 0
			    ? MAP_FAILED
			    : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return map == MAP_FAILED ? NULL : map;
}

/* A piece with room for `size` bytes behind its header. */
static struct arena_piece *arena_new_piece(size_t size, bool spooled)
{
	size_t header = arena_round(sizeof(struct arena_piece));
	size_t whole = size > ARENA_PIECE - header ? size + header : ARENA_PIECE;
	if (whole < size)
		return NULL;
	struct arena_piece *piece = spooled ? arena_map(whole) : NULL;
	bool mapped = piece != NULL;
	if (piece == NULL)
		piece = array_new(whole, 1);
	if (piece != NULL)
		*piece = (struct arena_piece){
			.used = header, .size = whole, .mapped = mapped
		};
	return piece;
}

void *arena_take(struct arena *a, size_t size)
{
	size_t whole = arena_round(size);
	if (whole < size)
		return NULL;
	pthread_mutex_lock(&a->lock);
	if (a->last == NULL || a->last->size - a->last->used < whole) {
		struct arena_piece *piece = arena_new_piece(whole, a->spooled);
		if (piece == NULL) {
			pthread_mutex_unlock(&a->lock);
			return NULL;
		}
		piece->before = a->last;
		a->last = piece;
	}
	char *room = (char *)a->last + a->last->used;
	assert(whole <= a->last->size - a->last->used);
	assert((uintptr_t)room % ARENA_ALIGN == 0);
	a->last->used += whole;
	pthread_mutex_unlock(&a->lock);
	return room;
}
