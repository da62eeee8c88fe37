/* SPDX-License-Identifier: MIT */
#include "store/pages_integers.h"

/* The loops are compiled once for the usual two columns and once for any number. */
#define PAGES_INLINE static inline __attribute__((always_inline))

PAGES_INLINE void pages_integers_size_rows(
	struct pages_chunk *chunk, int columns, bool table)
{
	for (size_t i = 0; i < chunk->n; i++) {
		uint32_t size = 1 + (uint32_t)columns;
		for (int c = 0; c < columns; c++)
			size += record_width[record_integer_type(chunk->column[c][i])];
		chunk->payload[i] = size++;
		if (table)
			size += (uint32_t)record_varint_size((uint64_t)chunk->rowid[i]);
		chunk->cell[i] = size < PAGES_CELL_MIN ? PAGES_CELL_MIN : size;
	}
}

void pages_integers_size(struct pages_chunk *chunk)
{
	bool table = chunk->shape.kind == PAGES_TABLE;
	int columns = chunk->rows->columns;
	if (columns == 2 && table)
		pages_integers_size_rows(chunk, 2, true);
	else if (columns == 2)
		pages_integers_size_rows(chunk, 2, false);
	else
		pages_integers_size_rows(chunk, columns, table);
}

/* Each value is stored as eight bytes, of which the next one overwrites those that it
 * does not take. */
PAGES_INLINE void pages_integers_put_cell(
	uint8_t *to, const struct pages_chunk *chunk, size_t i, int columns, bool table)
{
	static const uint8_t shift[] = { 0, 56, 48, 40, 32, 16, 0, 0, 0, 0 };
	bytes_put32(to, 0); /* the cell may be shorter than the format wants */
	*to++ = (uint8_t)chunk->payload[i];
	if (table)
		to += record_put_varint_wide(to, (uint64_t)chunk->rowid[i]);
	uint8_t *value = to + 1 + columns;
	*to++ = (uint8_t)(1 + columns);
	for (int c = 0; c < columns; c++) {
		int64_t integer = chunk->column[c][i];
		unsigned type = record_integer_type(integer);
		*to++ = (uint8_t)type;
		bytes_put64(value, (uint64_t)integer << shift[type]);
		value += record_width[type];
	}
}

PAGES_INLINE void pages_integers_put_rows(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, uint8_t *page, int columns, bool table)
{
	uint32_t at = chunk->shape.usable - leaf->content;
	uint8_t *pointer = page + PAGES_LEAF_HEADER;
	for (size_t i = leaf->first; i < leaf->first + leaf->rows; i++) {
		pages_integers_put_cell(page + at, chunk, i, columns, table);
		bytes_put16(pointer, (uint16_t)at);
		pointer += 2;
		at += chunk->cell[i];
	}
}

void pages_integers_put(
	const struct pages_chunk *chunk, const struct pages_leaf *leaf, uint8_t *page)
{
	bool table = chunk->shape.kind == PAGES_TABLE;
	int columns = chunk->rows->columns;
	if (columns == 2 && table)
		pages_integers_put_rows(chunk, leaf, page, 2, true);
	else if (columns == 2)
		pages_integers_put_rows(chunk, leaf, page, 2, false);
	else
		pages_integers_put_rows(chunk, leaf, page, columns, table);
}
