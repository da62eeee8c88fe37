/* SPDX-License-Identifier: MIT */
/* pages - SQLite b-trees written bottom-up from sorted rows.
 *
 * The pages are those of the documented format (https://www.sqlite.org/fileformat2.html),
 * as full as they get, appended to a database file in long sequential writes by several
 * threads.  Nothing here knows of locks and transactions: bulk.h does, and is what a
 * loader calls; it also writes the root pages and the file's header.
 *
 * Rows are taken in chunks of a fixed number, each packed into leaves of its own, so the
 * file holds the same bytes whatever the number of threads. */
#ifndef MEMSEE_PAGES_PAGES_H
#define MEMSEE_PAGES_PAGES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One record in SQLite's record format, see record.h. */
struct pages_record {
	const void *bytes;
	size_t size;
};

#define PAGES_COLUMNS_MAX 4

/* Where the rows of one tree come from, in the order of the tree: a table's by ascending
 * rowid, an index's by its columns and then rowid, which is the last column of an index
 * record.  The rows are either `columns` integers, none of them NULL, or prepared
 * records.
 *
 * The functions are called for rows first..first+n-1, with n at most `chunk`, from
 * several threads at once, for each row once or twice, in no promised order; they cannot
 * fail.  What they hand out must stay valid until pages_fill() returns. */
struct pages_rows {
	uint64_t count;
	const void *context;
	size_t chunk; /* how many a thread packs at once; 0: PAGES_CHUNK */

	/* 1..PAGES_COLUMNS_MAX: `integers` fills column[0][0..n-1], column[1][…, …. */
	int columns;
	void (*integers)(
		const void *context, uint64_t first, size_t n, int64_t *const *column);

	/* For columns == 0: borrowed records. */
	void (*records)(const void *context, uint64_t first, size_t n,
		struct pages_record *record);

	/* The rowids of a table; NULL: 1, 2, 3, …; ignored for an index. */
	void (*rowids)(const void *context, uint64_t first, size_t n, int64_t *rowid);
};

#define PAGES_CHUNK 32768

enum pages_kind { PAGES_TABLE, PAGES_INDEX };

/* A database file that is being appended to. */
struct pages_file {
	int fd;             /* open for writing */
	const char *name;   /* for messages */
	uint32_t page_size; /* 512..65536, a power of two */
	uint32_t usable;    /* page_size less the bytes reserved in each page */
	uint32_t count;     /* pages in the file: appending goes on from here */
	uint32_t max_count; /* that it may have */
	uint64_t lock_byte; /* the page with this byte is never used */
	unsigned threads;   /* that fill a tree; 0: one a processor */
};

#define PAGES_LOCK_BYTE UINT64_C(0x40000000)
#define PAGES_MAX_COUNT UINT32_C(0xfffffffe)

/* Appends the tree of `rows` to `file`, all but the root, which goes into
 * root[0..page_size-1], for the caller to put where the tree's root has its place.
 * Advances file->count.  Fails when the disk is full, the memory short, or a record
 * longer than SQLite takes (10^9 bytes); then there may be pages behind file->count.
 * O(rows) time; memory for a chunk a thread and 16 bytes a page. */
bool pages_fill(struct pages_file *file, enum pages_kind kind,
	const struct pages_rows *rows, uint8_t *root, struct error *err);

#endif
