/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/array.h"
#include "base/outfile.h"

#include <assert.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef MEMSEE_CHECKS
/* Sanitizers mark every byte of a piece, however few are used. */
enum { ARENA_PIECE = 64 << 10 };
#else
enum { ARENA_PIECE = 32 << 20 };
#endif
enum { ARENA_ALIGN = alignof(max_align_t) };

/* Not a part of the room: asking for it must not bring back pages that are at rest. */
struct arena_piece {
	struct arena_piece *before;
	char *room;
	size_t used, size; /* bytes */
	bool mapped;       /* from a file of its own */
	int file;          /* that file, while the piece is the last one; else -1 */
};

void arena_init(struct arena *a)
{
	*a = (struct arena){ .piece = ARENA_PIECE };
	pthread_mutex_init(&a->lock, NULL);
}

void arena_clear(struct arena *a)
{
	while (a->last != NULL) {
		struct arena_piece *piece = a->last;
		a->last = piece->before;
		if (piece->file >= 0)
			close(piece->file);
		if (piece->mapped)
			munmap(piece->room, piece->size);
		else
			free(piece->room);
		free(piece);
	}
}

void arena_pieces(struct arena *a, size_t size)
{
	assert(size > 0);
	a->piece = size;
}

void arena_spool(struct arena *a)
{
	pthread_mutex_lock(&a->lock);
	a->spooled = true;
	pthread_mutex_unlock(&a->lock);
}

void arena_rest(const struct arena *a)
{
	for (struct arena_piece *piece = a->last; piece != NULL;) {
		struct arena_piece *before = piece->before;
		if (piece->mapped) /* if it fails, the memory stays: nothing is lost */
			(void)madvise(piece->room, piece->size, MADV_DONTNEED);
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

/* Room in a file of its own, which `*file` becomes; NULL when the file cannot be made, or
 * has not so much room. */
static void *arena_map(size_t size, int *file)
{
	int fd = outfile_temporary("heap", NULL);
	if (fd < 0)
		return NULL;
	/* All of it is reserved now: a disk that is full later would kill the process. */
	void *map = posix_fallocate(fd, 0, (off_t)size) != 0
			    ? MAP_FAILED
			    : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED) {
		close(fd);
		return NULL;
	}
	*file = fd;
	return map;
}

/* A piece with room for `size` bytes. */
static struct arena_piece *arena_new_piece(const struct arena *a, size_t size)
{
	struct arena_piece *piece = array_new(1, sizeof *piece);
	if (piece == NULL)
		return NULL;
	*piece = (struct arena_piece){ .size = size > a->piece ? size : a->piece,
		.file = -1 };
	if (a->spooled)
		piece->room = arena_map(piece->size, &piece->file);
	piece->mapped = piece->room != NULL;
	if (piece->room == NULL)
		piece->room = array_new(piece->size, 1);
	if (piece->room != NULL)
		return piece;
	free(piece);
	return NULL;
}

static void *arena_take_locked(struct arena *a, size_t size)
{
	struct arena_piece *last = a->last;
	if (last == NULL || last->size - last->used < size) {
		struct arena_piece *piece = arena_new_piece(a, size);
		if (piece == NULL)
			return NULL;
		/* One open file for each arena, however large it becomes. */
		if (last != NULL && last->file >= 0) {
			close(last->file);
			last->file = -1;
		}
		piece->before = last;
		a->last = last = piece;
	}
	char *room = last->room + last->used;
	assert(size <= last->size - last->used);
	assert((uintptr_t)room % ARENA_ALIGN == 0);
	last->used += size;
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

void *arena_copy(struct arena *a, const void *data, size_t size)
{
	if (arena_round(size) < size)
		return NULL;
	pthread_mutex_lock(&a->lock);
	char *room = arena_take_locked(a, arena_round(size));
	size_t done = 0;
	while (room != NULL && a->last->file >= 0 && done < size) {
		ptrdiff_t put = pwrite(a->last->file, (const char *)data + done,
			size - done, (off_t)(room - a->last->room) + (off_t)done);
		if (put <= 0)
			break;
		done += (size_t)put;
	}
	pthread_mutex_unlock(&a->lock);
	if (room != NULL && done < size)
		memcpy(room + done, (const char *)data + done, size - done);
	return room;
}
