/* SPDX-License-Identifier: MIT */
/* pages_integers - chunks whose rows are a few integers: nearly all rows of a heap are
 * references and their index entries, so here is where the time goes.
 *
 * Such a row never overflows: its payload is at most 37 bytes, and the least that a page
 * of any size keeps of one in a cell is more. */
#ifndef MEMSEE_STORE_PAGES_INTEGERS_H
#define MEMSEE_STORE_PAGES_INTEGERS_H

#include "store/pages_chunk.h"

/* Fills chunk->even or else chunk->payload and chunk->cell, from chunk->column and, for a
 * table, ->rowid. */
void pages_integers_size(struct pages_chunk *chunk);

/* Writes the leaf's cells and their pointers. */
void pages_integers_put(
	const struct pages_chunk *chunk, const struct pages_leaf *leaf, uint8_t *page);

#endif
