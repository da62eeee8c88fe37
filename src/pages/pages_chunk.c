/* SPDX-License-Identifier: MIT */
#include "pages/pages_chunk.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

/* SQLite's own limit for a row, unless it was built otherwise. */
#define PAGES_RECORD_MAX 1000000000

bool pages_chunk_init(struct pages_chunk *chunk, const struct pages_rows *rows,
	struct pages_shape shape, struct error *err)
{
	*chunk = (struct pages_chunk){ .rows = rows, .shape = shape };
	assert(rows->columns >= 0 && rows->columns <= PAGES_COLUMNS_MAX);
	assert(shape.usable <= shape.page_size);
	size_t most = pages_chunk_rows(rows);
	size_t n = rows->count < most ? (size_t)rows->count : most;
	bool ok = true;
	for (int c = 0; c < rows->columns; c++) {
		chunk->column[c] = array_new(n, sizeof **chunk->column);
		ok &= chunk->column[c] != NULL;
	}
	if (rows->columns == 0) {
		chunk->record = array_new(n, sizeof *chunk->record);
		ok &= chunk->record != NULL;
	}
	chunk->rowid = array_new(n, sizeof *chunk->rowid);
	chunk->payload = array_new(n, sizeof *chunk->payload);
	chunk->cell = array_new(n, sizeof *chunk->cell);
	chunk->leaf = array_new(n, sizeof *chunk->leaf);
	ok &= chunk->rowid != NULL && chunk->payload != NULL && chunk->cell != NULL &&
	      chunk->leaf != NULL;
	return ok || error_nomem(err);
}

void pages_chunk_fini(struct pages_chunk *chunk)
{
	for (int c = 0; c < PAGES_COLUMNS_MAX; c++)
		free(chunk->column[c]);
	free(chunk->record);
	free(chunk->rowid);
	free(chunk->payload);
	free(chunk->cell);
	free(chunk->leaf);
}

/* --- rows that are a few integers ----------------------------------------------------
 *
 * Nearly all rows of a heap are references and their index entries, so here is where the
 * time goes.  Such a row never overflows: its payload is at most 37 bytes, and a page of
 * any size keeps more than that of a payload in its cell. */

/* How far a value of each serial type is shifted, to be the first of eight bytes. */
static const uint8_t pages_shift[] = { 0, 56, 48, 40, 32, 16, 0, 0, 0, 0 };

/* Have all values the type of the first? */
static bool pages_integers_have_type(const int64_t *value, size_t n, unsigned type)
{
	static const uint8_t bits[] = { 0, 7, 15, 23, 31, 47, 63 };
	uint64_t all = 0;
	if (type > 6) {
		for (size_t i = 1; i < n; i++)
			all |= (uint64_t)(value[i] ^ value[0]);
		return all == 0;
	}
	/* 0 and 1 have types of their own; the others of type 1 begin at 2 and -1. */
	if (type == 1)
		return false;
	/* A magnitude below the least of the type sets the highest bit of `below`. */
	uint64_t least = UINT64_C(1) << bits[type - 1], below = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t magnitude = (uint64_t)value[i] ^ (uint64_t)(value[i] >> 63);
		below |= magnitude - least;
		all |= magnitude;
	}
	return below >> 63 == 0 && all >> bits[type] == 0;
}

/* Fills chunk->even or else chunk->payload and chunk->cell, from chunk->column and, for a
 * table, chunk->rowid. */
static void pages_integers_size(struct pages_chunk *chunk)
{
	bool table = chunk->shape.kind == PAGES_TABLE;
	int columns = chunk->rows->columns;
	/* Most chunks are of addresses and rowids of the same length. */
	struct pages_even *e = &chunk->even;
	bool even = columns == PAGES_EVEN_COLUMNS;
	*e = (struct pages_even){ .payload = 1 + PAGES_EVEN_COLUMNS };
	for (int c = 0; even && c < PAGES_EVEN_COLUMNS; c++) {
		e->type[c] = (uint8_t)record_integer_type(chunk->column[c][0]);
		e->payload += record_width[e->type[c]];
		even = pages_integers_have_type(chunk->column[c], chunk->n, e->type[c]);
	}
	if (even && table) {
		e->rowid = (uint32_t)record_varint_size((uint64_t)chunk->rowid[0]);
		uint64_t last = (uint64_t)chunk->rowid[chunk->n - 1];
		even = e->rowid < RECORD_VARINT_MAX &&
		       record_varint_size(last) == e->rowid;
	}
	if (even) {
		e->cell = 1 + e->rowid + e->payload;
		return;
	}
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

/* Writes the cells of a leaf and their pointers, where nothing depends on the row but its
 * values, so that no step waits for the one before.  Each value is stored as eight bytes,
 * of which the next one overwrites those that it does not take; so it is below. */
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
	assert((size_t)leaf->first + leaf->rows <= chunk->n);
	assert(e.cell > 0 && leaf->content == leaf->rows * e.cell);
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
	assert(at == chunk->shape.usable);
}

/* The same where lengths differ from row to row. */
static void pages_integers_put_uneven(
	const struct pages_chunk *chunk, const struct pages_leaf *leaf, uint8_t *page)
{
	int columns = chunk->rows->columns;
	uint32_t at = chunk->shape.usable - leaf->content;
	uint8_t *pointer = page + PAGES_LEAF_HEADER;
	for (size_t i = leaf->first; i < leaf->first + leaf->rows; i++) {
		uint8_t *to = page + at;
		bytes_put32(to, 0); /* the cell may be shorter than the format asks for */
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
		bytes_put16(pointer, (uint16_t)at);
		pointer += 2;
		at += chunk->cell[i];
	}
	assert(at == chunk->shape.usable);
}

/* --- any rows ------------------------------------------------------------------------
 */

/* Decides which rows go into which leaf.  In an index the row behind each leaf, but not
 * behind the last of the tree, divides it from the next one; so of any chunk but the
 * last, the last row is a divider. */
static void pages_chunk_split(struct pages_chunk *chunk)
{
	bool index = chunk->shape.kind == PAGES_INDEX;
	bool overflows = chunk->rows->columns == 0;
	size_t end = index && !chunk->last ? chunk->n - 1 : chunk->n;
	size_t first = 0;
	while (first < end) {
		/* As many rows as fit: with even cells a division finds them. */
		uint32_t room = chunk->shape.usable - PAGES_LEAF_HEADER;
		uint32_t content = 0;
		size_t next = first;
		if (chunk->even.cell > 0) {
			size_t fit = room / (chunk->even.cell + 2);
			next += end - first < fit ? end - first : fit;
			content = (uint32_t)(next - first) * chunk->even.cell;
		} else {
			for (; next < end && chunk->cell[next] + 2 <= room; next++) {
				room -= chunk->cell[next] + 2;
				content += chunk->cell[next];
			}
		}
		assert(next > first);
		/* A divider needs a leaf behind it: the last row becomes one. */
		if (index && end - next == 1) {
			next--;
			content -= chunk->even.cell > 0 ? chunk->even.cell
							: chunk->cell[next];
		}
		bool divides = index && next < chunk->n;
		struct pages_leaf *leaf = &chunk->leaf[chunk->leaves++];
		*leaf = (struct pages_leaf){
			.first = (uint32_t)first,
			.rows = (uint32_t)(next - first),
			.content = content,
			.divides = divides,
			.offset = chunk->pages++,
		};
		for (size_t i = first; overflows && i < next; i++)
			chunk->pages += pages_overflow(&chunk->shape, chunk->payload[i]);
		leaf->overflow = chunk->pages;
		if (overflows && divides)
			chunk->pages +=
				pages_overflow(&chunk->shape, chunk->payload[next]);
		assert(leaf->content + 2 * leaf->rows + PAGES_LEAF_HEADER <=
			chunk->shape.usable);
		assert(leaf->rows > 0 && chunk->leaves <= chunk->n);
		first = divides ? next + 1 : next;
	}
}

bool pages_chunk_pack(struct pages_chunk *chunk, uint64_t number, struct error *err)
{
	const struct pages_rows *rows = chunk->rows;
	bool table = chunk->shape.kind == PAGES_TABLE;
	size_t most = pages_chunk_rows(rows);
	assert(number * most < rows->count);
	uint64_t left = rows->count - number * most;
	chunk->first = number * most;
	chunk->last = left <= most;
	chunk->n = chunk->last ? (size_t)left : most;
	chunk->leaves = 0;
	chunk->pages = 0;
	assert(chunk->n > 0);
	if (table && rows->rowids != NULL)
		rows->rowids(rows->context, chunk->first, chunk->n, chunk->rowid);
	else
		for (size_t i = 0; table && i < chunk->n; i++)
			chunk->rowid[i] = (int64_t)(chunk->first + i + 1);
	if (rows->columns > 0) {
		rows->integers(rows->context, chunk->first, chunk->n, chunk->column);
		pages_integers_size(chunk);
		pages_chunk_split(chunk);
		return true;
	}
	rows->records(rows->context, chunk->first, chunk->n, chunk->record);
	for (size_t i = 0; i < chunk->n; i++) {
		size_t payload = chunk->record[i].size;
		if (payload > PAGES_RECORD_MAX)
			return error_set(err, STATUS_DATA,
				"a row of %zu bytes is too long for a database", payload);
		uint32_t size = pages_payload_room(&chunk->shape, payload);
		if (table)
			size += (uint32_t)record_varint_size((uint64_t)chunk->rowid[i]);
		chunk->payload[i] = (uint32_t)payload;
		chunk->cell[i] = size < PAGES_CELL_MIN ? PAGES_CELL_MIN : size;
	}
	pages_chunk_split(chunk);
	return true;
}

/* Builds the leaf in `page`. */
static void pages_chunk_put_leaf(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, const struct pages_file *file, uint64_t base,
	uint8_t *page)
{
	/* Records are scattered over the caller's memory: asking for them so many cells
	 * before they are copied hides most of the waiting. */
	enum { AHEAD = 16 };
	const struct pages_shape *shape = &chunk->shape;
	uint32_t at = shape->usable - leaf->content;
	uint64_t overflow = base + leaf->offset + 1;
	uint8_t *pointer = page + PAGES_LEAF_HEADER;
	if (chunk->even.cell > 0)
		pages_integers_put_even(chunk, leaf, page);
	else if (chunk->rows->columns > 0)
		pages_integers_put_uneven(chunk, leaf, page);
	size_t end = chunk->rows->columns > 0 ? 0 : leaf->first + leaf->rows;
	for (size_t i = leaf->first; i < end; i++) {
		if (i + AHEAD < chunk->n) {
			const struct pages_record *ahead = &chunk->record[i + AHEAD];
			__builtin_prefetch(ahead->bytes);
			__builtin_prefetch((const char *)ahead->bytes + ahead->size);
		}
		uint8_t *to = page + at;
		bytes_put32(to, 0); /* the cell may be shorter than the format asks for */
		to += record_put_varint_wide(to, chunk->payload[i]);
		if (shape->kind == PAGES_TABLE)
			to += record_put_varint_wide(to, (uint64_t)chunk->rowid[i]);
		pages_put_payload(to, shape, &chunk->record[i], pages_at(file, overflow));
		bytes_put16(pointer, (uint16_t)at);
		pointer += 2;
		at += chunk->cell[i];
		overflow += pages_overflow(shape, chunk->payload[i]);
	}
	assert(end == 0 || at == shape->usable);
	/* Last, because cells are written in steps that reach beyond the page's end. */
	pages_put_header(page, shape, leaf->rows, leaf->content, 0);
}

/* Writes what of the leaf's rows, and of its divider, is not in their cells. */
static bool pages_chunk_write_overflow(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, struct pages_out *out, uint64_t base,
	struct error *err)
{
	if (chunk->pages == chunk->leaves)
		return true;
	const struct pages_shape *shape = &chunk->shape;
	uint64_t order = base + leaf->offset + 1;
	size_t end = leaf->first + leaf->rows + (leaf->divides ? 1 : 0);
	for (size_t i = leaf->first; i < end; i++) {
		size_t local = pages_local(shape, chunk->payload[i]);
		assert(local <= chunk->payload[i]);
		size_t left = chunk->payload[i] - local;
		const uint8_t *from = (const uint8_t *)chunk->record[i].bytes + local;
		while (left > 0) {
			uint8_t *page =
				pages_out_next(out, pages_at(out->file, order++), err);
			if (page == NULL)
				return false;
			size_t n = left < shape->usable - 4 ? left : shape->usable - 4;
			left -= n;
			bytes_put32(page, left == 0 ? 0 : pages_at(out->file, order));
			memcpy(page + 4, from, n);
			memset(page + 4 + n, 0, shape->page_size - 4 - n);
			from += n;
		}
	}
	return true;
}

bool pages_chunk_write(const struct pages_chunk *chunk, struct pages_out *out,
	uint64_t base, struct error *err)
{
	for (size_t l = 0; l < chunk->leaves; l++) {
		const struct pages_leaf *leaf = &chunk->leaf[l];
		uint32_t at = pages_at(out->file, base + leaf->offset);
		uint8_t *page = pages_out_next(out, at, err);
		if (page == NULL)
			return false;
		pages_chunk_put_leaf(chunk, leaf, out->file, base, page);
		if (!pages_chunk_write_overflow(chunk, leaf, out, base, err))
			return false;
	}
	return true;
}

bool pages_chunk_write_root(const struct pages_chunk *chunk, struct pages_out *out,
	uint64_t base, uint8_t *root, struct error *err)
{
	assert(chunk->leaves == 1 && chunk->leaf[0].offset == 0);
	/* Built in the buffer, which has the room behind it that a root has not.  The
	 * root takes no page of the run: the run begins one earlier. */
	pages_chunk_put_leaf(chunk, &chunk->leaf[0], out->file, base - 1, out->buffer);
	memcpy(root, out->buffer, chunk->shape.page_size);
	return pages_chunk_write_overflow(chunk, &chunk->leaf[0], out, base - 1, err) &&
	       pages_out_flush(out, err);
}
