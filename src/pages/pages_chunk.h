/* SPDX-License-Identifier: MIT */
/* pages_chunk - a chunk of rows packed into leaf pages. */
#ifndef MEMSEE_PAGES_PAGES_CHUNK_H
#define MEMSEE_PAGES_PAGES_CHUNK_H

#include "pages/pages_cell.h"
#include "pages/pages_out.h"

/* A leaf to be: rows first..first+rows-1 of the chunk.  In an index the row behind them
 * divides this leaf from the next and goes into an interior page. */
struct pages_leaf {
	uint32_t first;
	uint32_t rows;
	uint32_t content; /* bytes of its cells */
	bool divides;
	uint64_t offset;   /* its page, and behind it those its rows overflow into: */
	uint64_t overflow; /* the divider's first overflow page; both from the chunk's */
};

/* What rows of integers have in common when they all take the same room: bytes of the
 * cell, 0 if they do not, of the record and of the rowid, 0 in an index, and the serial
 * types. */
enum { PAGES_EVEN_COLUMNS = 2 };
struct pages_even {
	uint32_t cell;
	uint32_t payload;
	uint32_t rowid;
	uint8_t type[PAGES_EVEN_COLUMNS];
};

static inline size_t pages_chunk_rows(const struct pages_rows *rows)
{
	return rows->chunk == 0 ? PAGES_CHUNK : rows->chunk;
}

/* One thread's work.  Arrays have room for as many items as a chunk has rows. */
struct pages_chunk {
	const struct pages_rows *rows;
	struct pages_shape shape;
	uint64_t first; /* row */
	size_t n;
	bool last; /* of the tree */

	int64_t *column[PAGES_COLUMNS_MAX];
	int64_t *rowid;
	struct pages_record *record;
	struct pages_even even;
	uint32_t *payload; /* bytes a record; not set if all are even */
	uint32_t *cell;    /* bytes a cell; likewise */

	struct pages_leaf *leaf;
	size_t leaves;
	uint64_t pages; /* leaves and overflow pages */
};

bool pages_chunk_init(struct pages_chunk *chunk, const struct pages_rows *rows,
	struct pages_shape shape, struct error *err);
void pages_chunk_fini(struct pages_chunk *chunk);

/* Fetches chunk `number` and decides what goes into which leaf.  Fails when a record is
 * longer than SQLite takes. */
bool pages_chunk_pack(struct pages_chunk *chunk, uint64_t number, struct error *err);

/* Writes the packed chunk to the pages from order `base` on; some may stay in `out`, for
 * the caller to flush. */
bool pages_chunk_write(const struct pages_chunk *chunk, struct pages_out *out,
	uint64_t base, struct error *err);

/* For a tree that is one leaf: builds it as the root, writes the overflow pages, of which
 * there are chunk->pages - 1, from order `base` on. */
bool pages_chunk_write_root(const struct pages_chunk *chunk, struct pages_out *out,
	uint64_t base, uint8_t *root, struct error *err);

#endif
