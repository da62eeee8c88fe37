/* SPDX-License-Identifier: MIT */
/* memory - the memory of a process: ranges of addresses and their bytes.
 *
 * The bytes come from a core file (core.h) or were copied from a process
 * (attach/snapshot.h).  Both leave out the unchanged pages of mapped files, which
 * memory_fill() takes from the files themselves.
 *
 * No byte is trusted: an address may lead anywhere, so every access names its number of
 * bytes.  Numbers are little-endian, as on all processors whose memory memsee reads. */
#ifndef MEMSEE_CPYTHON_MEMORY_H
#define MEMSEE_CPYTHON_MEMORY_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct memory_range {
	uint64_t start, end;
	const uint8_t *data; /* borrowed from a mapping of the memory or its caller */
	uint8_t *marks;      /* a bit for every 8 bytes, NULL until one is set */
};

/* Where a file was mapped. */
struct memory_file {
	uint64_t start, end, offset;
	size_t path;  /* offset of its path in `names` */
	size_t image; /* index of its image; MEMORY_NO_IMAGE until it is needed */
};

#define MEMORY_NO_IMAGE SIZE_MAX

/* The bytes of a file.  If `data` is NULL, `problem` says why, as a sentence that names
 * the file. */
struct memory_image {
	size_t path;
	const uint8_t *data;
	size_t size;
	char *problem;
	bool wanted; /* its bytes were missed: see memory_missed() */
};

struct memory {
	struct memory_range *ranges; /* by address, without overlaps */
	size_t count, cap;
	size_t sorted; /* how many are in order; the others cannot be found yet */
	size_t last;   /* the one that was found last */
	struct memory_file *files;
	size_t file_count, file_cap;
	struct memory_image *images;
	size_t image_count, image_cap;
	struct buffer names;
	struct memory_mapping { /* released by memory_fini() */
		void *data;
		size_t size;
	} * mappings;
	size_t mapping_count, mapping_cap;
	/* A file that the ranges are mapped from, in whole pages, or NULL.  The source
	 * owns it; only memory_rest() uses it. */
	const void *file;
	size_t file_size;
	/* Facts about the process; 0 or empty if the source has none. */
	int64_t pid;
	uint64_t rss, rss_peak, anonymous; /* bytes; for a core those in it */
	int64_t time;    /* when the memory was taken, in seconds since 1970 */
	const char *way; /* "core", "copy" or "fork" */
};

void memory_init(struct memory *m);
void memory_fini(struct memory *m);

/* Adds a range of bytes at `start`, which must outlive the memory.  Leaves out addresses
 * from 2^63 on, which belong to the system.  False out of memory. */
bool memory_add(struct memory *m, uint64_t start, const void *data, size_t size,
	struct error *err);
/* Lets memory_fini() munmap `data`.  On failure it is unmapped at once. */
bool memory_own(struct memory *m, void *data, size_t size, struct error *err);
bool memory_add_file(struct memory *m, uint64_t start, uint64_t end, uint64_t offset,
	const char *path, struct error *err);

/* Call this once, after all ranges and files were added.  Sorts the ranges, drops
 * overlaps, and fills the holes of mapped files with the files' bytes.  Paths are
 * relative to `sysroot` (NULL or "": absolute).  A file of another build than the one in
 * memory is not used, see memory_problems(). */
bool memory_fill(struct memory *m, const char *sysroot, struct error *err);

/* Releases all pages that are mapped from files; they come back when they are read again.
 * So a core can be read from one end to the other without holding all of it. */
void memory_rest(const struct memory *m);

/* The base name of the file that is mapped at an address with unknown bytes, or NULL.
 * Notes that the file was missed. */
const char *memory_missed(struct memory *m, uint64_t at);
/* Appends a line for each file that was not used, with the reason: only missed files, or
 * all. */
void memory_problems(const struct memory *m, bool all, struct buffer *out);

const char *memory_path(const struct memory *m, const struct memory_file *f);
/* The range with the address, or NULL. */
struct memory_range *memory_find(struct memory *m, uint64_t at);

/* The `size` bytes at an address, or NULL if some of them are unknown.  O(1) near the
 * previous address, else O(log n). */
static inline const uint8_t *memory_at(struct memory *m, uint64_t at, uint64_t size)
{
	struct memory_range *r = m->sorted > 0 ? &m->ranges[m->last] : NULL;
	if (r == NULL || at < r->start || at >= r->end) {
		r = memory_find(m, at);
		if (r == NULL)
			return NULL;
	}
	return r->end - at >= size ? r->data + (at - r->start) : NULL;
}

/* The number at an address, 0 if it is unknown. */
static inline uint64_t memory_u64(struct memory *m, uint64_t at)
{
	uint64_t v = 0;
	const uint8_t *p = memory_at(m, at, sizeof v);
	if (p != NULL)
		memcpy(&v, p, sizeof v);
	return v;
}

static inline uint32_t memory_u32(struct memory *m, uint64_t at)
{
	uint32_t v = 0;
	const uint8_t *p = memory_at(m, at, sizeof v);
	if (p != NULL)
		memcpy(&v, p, sizeof v);
	return v;
}

static inline uint8_t memory_u8(struct memory *m, uint64_t at)
{
	const uint8_t *p = memory_at(m, at, 1);
	return p != NULL ? *p : 0;
}

/* The NUL-terminated text at an address, or NULL if it does not end within
 * MEMORY_TEXT_MAX bytes. */
#define MEMORY_TEXT_MAX 4096
const char *memory_text(struct memory *m, uint64_t at);

/* Marks the address.  False if it was marked before, is unknown, or memory is short. */
bool memory_mark(struct memory *m, uint64_t at);
bool memory_marked(struct memory *m, uint64_t at);

#endif
