/* SPDX-License-Identifier: MIT */
#include "store/pages_integers.h"

#include <assert.h>

/* Where a value of that type stands in eight bytes of which the last ones do not count.
 */
static const uint8_t pages_shift[] = { 0, 56, 48, 40, 32, 16, 0, 0, 0, 0 };

/* Have all values the type of the first? */
static bool pages_integers_have_type(const int64_t *value, size_t n, unsigned type)
{
	static const uint8_t bits[] = { 0, 7, 15, 23, 31, 47, 63 };
	uint64_t other = 0;
	if (type > 6) {
		for (size_t i = 1; i < n; i++)
			other |= (uint64_t)(value[i] ^ value[0]);
		return other == 0;
	}
	/* 0 and 1 have types of their own; the others of type 1 begin at 2 and -1. */
	if (type == 1)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint64_t magnitude = (uint64_t)value[i] ^ (uint64_t)(value[i] >> 63);
		other |= magnitude >> bits[type];
		other |= ((magnitude >> bits[type - 1]) - 1) >> 63;
	}
	return other == 0;
}

/* Most chunks are of addresses and rowids of the same length: finds out. */
static bool pages_integers_find_even(struct pages_chunk *chunk)
{
	struct pages_even *e = &chunk->even;
	if (chunk->rows->columns != PAGES_EVEN_COLUMNS)
		return false;
	e->payload = 1 + PAGES_EVEN_COLUMNS;
	for (int c = 0; c < PAGES_EVEN_COLUMNS; c++) {
		e->type[c] = (uint8_t)record_integer_type(chunk->column[c][0]);
		if (!pages_integers_have_type(chunk->column[c], chunk->n, e->type[c]))
			return false;
		e->payload += record_width[e->type[c]];
	}
	e->rowid = 0;
	if (chunk->shape.kind == PAGES_TABLE) {
		e->rowid = (uint32_t)record_varint_size((uint64_t)chunk->rowid[0]);
		uint64_t last = (uint64_t)chunk->rowid[chunk->n - 1];
		if (e->rowid == RECORD_VARINT_MAX || record_varint_size(last) != e->rowid)
			return false;
	}
	e->cell = 1 + e->rowid + e->payload;
	return true;
}

void pages_integers_size(struct pages_chunk *chunk)
{
	if (pages_integers_find_even(chunk))
		return;
	bool table = chunk->shape.kind == PAGES_TABLE;
	int columns = chunk->rows->columns;
	chunk->even.cell = 0;
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

/* Each value is stored as eight bytes, of which the next one overwrites those that it
 * does not take. */
static void pages_integers_put_cell(
	uint8_t *to, const struct pages_chunk *chunk, size_t i)
{
	int columns = chunk->rows->columns;
	bytes_put32(to, 0); /* the cell may be shorter than the format wants */
	*to++ = (uint8_t)chunk->payload[i];
	if (chunk->shape.kind == PAGES_TABLE)
		to += record_put_varint_wide(to, (uint64_t)chunk->rowid[i]);
	uint8_t *value = to + 1 + columns;
	*to++ = (uint8_t)(1 + columns);
	for (int c = 0; c < columns; c++) {
		int64_t integer = chunk->column[c][i];
		unsigned type = record_integer_type(integer);
		*to++ = (uint8_t)type;
		bytes_put64(value, (uint64_t)integer << pages_shift[type]);
		value += record_width[type];
	}
}

/* The cells of a leaf where nothing depends on the row but its values, so that no step
 * waits for the one before. */
static void pages_integers_put_even(
	const struct pages_chunk *chunk, const struct pages_leaf *leaf, uint8_t *page)
{
	const struct pages_even e = chunk->even;
	const int64_t *a = chunk->column[0] + leaf->first;
	const int64_t *b = chunk->column[1] + leaf->first;
	const int64_t *rowid = chunk->rowid + leaf->first;
	const size_t header = 1 + e.rowid, first = header + 1 + PAGES_EVEN_COLUMNS;
	const size_t second = first + record_width[e.type[0]];
	const uint32_t types = (uint32_t)(1 + PAGES_EVEN_COLUMNS) << 24 |
			       (uint32_t)e.type[0] << 16 | (uint32_t)e.type[1] << 8;
	uint32_t at = chunk->shape.usable - leaf->content;
	for (size_t i = 0; i < leaf->rows; i++, at += e.cell) {
		uint8_t *to = page + at;
		*to = (uint8_t)e.payload;
		if (e.rowid > 0)
			record_put_varint_of(to + 1, (uint64_t)rowid[i], e.rowid);
		bytes_put32(to + header, types);
		bytes_put64(to + first, (uint64_t)a[i] << pages_shift[e.type[0]]);
		bytes_put64(to + second, (uint64_t)b[i] << pages_shift[e.type[1]]);
		bytes_put16(page + PAGES_LEAF_HEADER + 2 * i, (uint16_t)at);
	}
}

void pages_integers_put(
	const struct pages_chunk *chunk, const struct pages_leaf *leaf, uint8_t *page)
{
	if (chunk->even.cell > 0) {
		pages_integers_put_even(chunk, leaf, page);
		return;
	}
	uint32_t at = chunk->shape.usable - leaf->content;
	uint8_t *pointer = page + PAGES_LEAF_HEADER;
	for (size_t i = leaf->first; i < leaf->first + leaf->rows; i++) {
		pages_integers_put_cell(page + at, chunk, i);
		bytes_put16(pointer, (uint16_t)at);
		pointer += 2;
		at += chunk->cell[i];
	}
	assert(at == chunk->shape.usable);
}
