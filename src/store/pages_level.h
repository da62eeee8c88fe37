/* SPDX-License-Identifier: MIT */
/* pages_level - the interior pages of a tree, level by level up to the root. */
#ifndef MEMSEE_STORE_PAGES_LEVEL_H
#define MEMSEE_STORE_PAGES_LEVEL_H

#include "store/pages_cell.h"
#include "store/pages_out.h"

/* A page of a level, seen from the level above.  In a table `row` is the last row below
 * it; in an index the row that divides it from the next page, and `overflow` that row's
 * first overflow page.  Of the last page of an index both are unused. */
struct pages_node {
	uint64_t row;
	uint32_t page;
	uint32_t overflow;
};

/* Writes the levels above the `n` > 1 leaves in `node`, which it uses as scratch, to the
 * pages from order *order on, which it advances; the uppermost page goes into `root`. */
bool pages_level_write(struct pages_node *node, size_t n, const struct pages_rows *rows,
	const struct pages_shape *shape, struct pages_out *out, uint64_t *order,
	uint8_t *root, struct error *err);

#endif
