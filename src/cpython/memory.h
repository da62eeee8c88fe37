/* SPDX-License-Identifier: MIT */
/* memory - what a process had in memory: ranges of addresses and their bytes.
 *
 * The bytes come from a core file or were copied from a process; whoever fills a memory
 * says so (core.h, attach/snapshot.h).  What both leave out, the unchanged pages of
 * mapped files, comes from the files themselves, see memory_fill().
 *
 * Nothing that is read here can be trusted: an address may lead anywhere, and every
 * access says how many bytes it wants.  Numbers are little-endian, as the processors are
 * on which memsee reads memory. */
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
	uint8_t *marks;      /* a bit for every 8 bytes, NULL until the first */
};

/* Where a file was mapped. */
struct memory_file {
	uint64_t start, end, offset;
	size_t path;  /* where its path begins in `names` */
	size_t image; /* number of the file's bytes; MEMORY_NO_IMAGE until asked for */
};

#define MEMORY_NO_IMAGE SIZE_MAX

/* A file whose bytes are at hand; `data` is NULL when they are not, and `problem` says
 * why, as a sentence that names the file. */
struct memory_image {
	size_t path;
	const uint8_t *data;
	size_t size;
	char *problem;
	bool wanted; /* bytes of it were missed: see memory_missed() */
};

struct memory {
	struct memory_range *ranges; /* by address, apart from each other */
	size_t count, cap;
	size_t sorted; /* so many are in order: the others cannot be found yet */
	size_t last;   /* the one that was hit last */
	struct memory_file *files;
	size_t file_count, file_cap;
	struct memory_image *images;
	size_t image_count, image_cap;
	struct buffer names;
	struct memory_mapping { /* to be released in the end */
		void *data;
		size_t size;
	} * mappings;
	size_t mapping_count, mapping_cap;
	/* A file that the ranges are mapped from, whole pages, NULL: none.  It is the
	 * source's own: memory_rest() alone may touch it. */
	const void *file;
	size_t file_size;
	/* What the source says of the process; 0 or empty where it does not. */
	int64_t pid;
	uint64_t rss, rss_peak, anonymous; /* bytes; of a core, what it holds */
	int64_t time;    /* seconds since 1970: when the memory was taken */
	const char *way; /* "core", "copy" or "fork" */
};

void memory_init(struct memory *m);
void memory_fini(struct memory *m);

/* Adds bytes at `start`, which must outlive the memory.  False out of memory. */
bool memory_add(struct memory *m, uint64_t start, const void *data, size_t size,
	struct error *err);
/* Lets the memory munmap `data` in the end.  Does so at once when it fails. */
bool memory_own(struct memory *m, void *data, size_t size, struct error *err);
bool memory_add_file(struct memory *m, uint64_t start, uint64_t end, uint64_t offset,
	const char *path, struct error *err);

/* To be called once, when all ranges and files are added: sorts them, drops what overlaps
 * another range, and fills the holes of mapped files with the files' bytes.  Paths are
 * looked up under `sysroot` (NULL or "": as they are).  A file of another build than
 * the one in memory is not used, see memory_problems(). */
bool memory_fill(struct memory *m, const char *sysroot, struct error *err);

/* Lets go of all pages that are mapped from files: they come back when they are read
 * again.  So whoever reads a core from one end to the other need not hold it as a whole.
 */
void memory_rest(const struct memory *m);

/* The base name of the file that is mapped at an address whose bytes are not known, NULL
 * when there is none; that it was missed is remembered. */
const char *memory_missed(struct memory *m, uint64_t at);
/* Why files that were missed, or all, were not used: one line each. */
void memory_problems(const struct memory *m, bool all, struct buffer *out);

const char *memory_path(const struct memory *m, const struct memory_file *f);
/* The range that holds the address, or NULL. */
struct memory_range *memory_find(struct memory *m, uint64_t at);

/* The `size` bytes at an address, or NULL where they are not all known.  O(1) near the
 * address before, else O(log n). */
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

/* The number at an address, 0 where nothing is known. */
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

/* The text that ends with a NUL at an address, or NULL when it does not end within
 * MEMORY_TEXT_MAX bytes. */
#define MEMORY_TEXT_MAX 4096
const char *memory_text(struct memory *m, uint64_t at);

/* Marks the address; false when it was marked, is unknown, or there is no room for
 * marks. */
bool memory_mark(struct memory *m, uint64_t at);
bool memory_marked(struct memory *m, uint64_t at);

#endif
