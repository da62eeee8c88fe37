/* SPDX-License-Identifier: MIT */
#include "store/pages_level.h"

#include <assert.h>
#include <stdlib.h>

/* A page under construction: cells grow from its end towards the pointers. */
struct pages_interior {
	const struct pages_rows *rows;
	const struct pages_shape *shape;
	uint8_t *page;
	uint32_t start; /* of the cells */
	uint32_t cells;
	uint32_t last; /* bytes of the latest cell */
};

/* The largest cell of integers: child, length, header, values. */
#define PAGES_INTEGERS_MAX (1 + PAGES_COLUMNS_MAX + 8 * PAGES_COLUMNS_MAX)

/* The record of one row, made in `buffer` if it is one of integers. */
static struct pages_record pages_level_record(
	const struct pages_rows *rows, uint64_t row, uint8_t buffer[PAGES_INTEGERS_MAX])
{
	struct pages_record record;
	if (rows->columns == 0) {
		rows->records(rows->context, row, 1, &record);
		return record;
	}
	int64_t value[PAGES_COLUMNS_MAX];
	int64_t *column[PAGES_COLUMNS_MAX];
	struct cell cell[PAGES_COLUMNS_MAX];
	for (int c = 0; c < PAGES_COLUMNS_MAX; c++)
		column[c] = &value[c];
	rows->integers(rows->context, row, 1, column);
	for (int c = 0; c < rows->columns; c++)
		cell[c] = cell_integer(value[c]);
	record.bytes = buffer;
	record.size = record_put(buffer, cell, (size_t)rows->columns);
	return record;
}

/* Takes room for a cell with its pointer; NULL when there is none left. */
static uint8_t *pages_level_room(
	struct pages_interior *in, const struct pages_node *node, uint32_t size)
{
	uint8_t *pointer = in->page + PAGES_INTERIOR_HEADER + 2 * (size_t)in->cells;
	if (pointer + 2 + size > in->page + in->start)
		return NULL;
	in->start -= size;
	in->last = size;
	in->cells++;
	bytes_put16(pointer, (uint16_t)in->start);
	bytes_put32(in->page + in->start, node->page);
	return in->page + in->start + 4;
}

/* Puts the cell that divides node from the next one; false when there is no room. */
static bool pages_level_put(struct pages_interior *in, const struct pages_node *node)
{
	const struct pages_rows *rows = in->rows;
	if (in->shape->kind == PAGES_TABLE) {
		int64_t rowid = (int64_t)(node->row + 1);
		if (rows->rowids != NULL)
			rows->rowids(rows->context, node->row, 1, &rowid);
		uint32_t size = 4 + (uint32_t)record_varint_size((uint64_t)rowid);
		uint8_t *to = pages_level_room(in, node, size);
		if (to != NULL)
			record_put_varint(to, (uint64_t)rowid);
		return to != NULL;
	}
	uint8_t buffer[PAGES_INTEGERS_MAX];
	struct pages_record record = pages_level_record(rows, node->row, buffer);
	uint32_t size = 4 + pages_payload_room(in->shape, record.size);
	uint8_t *to = pages_level_room(in, node, size);
	if (to == NULL)
		return false;
	to += record_put_varint(to, record.size);
	pages_put_payload(to, in->shape, &record, node->overflow);
	return true;
}

/* Builds a page of as many of the `n` nodes as fit; returns their number, at least two.
 * One node is never left over, for a page needs a cell and so two children. */
static size_t pages_level_page(
	struct pages_interior *in, const struct pages_node *node, size_t n)
{
	assert(n >= 2);
	size_t taken = 0;
	in->start = in->shape->usable;
	in->cells = 0;
	while (taken < n - 1 && pages_level_put(in, &node[taken]))
		taken++;
	if (n - taken == 2) {
		in->start += in->last;
		in->cells--;
		taken--;
	}
	assert(in->cells == taken);
	int type = in->shape->kind == PAGES_TABLE ? PAGES_INTERIOR_TABLE
						  : PAGES_INTERIOR_INDEX;
	uint32_t content = in->shape->usable - in->start;
	pages_put_header(in->page, in->shape, type, in->cells, content, node[taken].page);
	return taken + 1;
}

bool pages_level_write(struct pages_node *node, size_t n, const struct pages_rows *rows,
	const struct pages_shape *shape, struct pages_out *out, uint64_t *order,
	uint8_t *root, struct error *err)
{
	struct pages_interior in = { .rows = rows, .shape = shape, .page = root };
	assert(n > 1);
	while (true) {
		/* The nodes of a level are replaced by those of the level above it. */
		size_t above = 0;
		for (size_t i = 0; i < n; above++) {
			size_t taken = pages_level_page(&in, node + i, n - i);
			if (taken == n) /* the page in `root` is the uppermost */
				return pages_out_flush(out, err);
			uint32_t at = pages_at(out->file, (*order)++);
			uint8_t *page = pages_out_next(out, at, err);
			if (page == NULL)
				return false;
			memcpy(page, in.page, shape->page_size);
			i += taken;
			node[above] = node[i - 1];
			node[above].page = at;
		}
		assert(above > 1 && above < n);
		n = above;
	}
}
