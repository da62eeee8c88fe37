/* SPDX-License-Identifier: MIT */
#include "store/pages_chunk.h"

#include "base/array.h"
#include "store/pages_integers.h"

#include <assert.h>
#include <stdlib.h>

/* SQLite's own limit for a row, unless it was built otherwise. */
#define PAGES_RECORD_MAX 1000000000

bool pages_chunk_init(struct pages_chunk *chunk, const struct pages_rows *rows,
	struct pages_shape shape, struct error *err)
{
	*chunk = (struct pages_chunk){ .rows = rows, .shape = shape };
	size_t n = rows->count < PAGES_CHUNK ? (size_t)rows->count : PAGES_CHUNK;
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

/* The end of the run of rows from `first`, before `end`, that fits a leaf. */
static size_t pages_chunk_fill(
	const struct pages_chunk *chunk, size_t first, size_t end, uint32_t *content)
{
	uint32_t room = chunk->shape.usable - PAGES_LEAF_HEADER;
	if (chunk->even.cell > 0) {
		size_t fit = room / (chunk->even.cell + 2);
		size_t taken = end - first < fit ? end - first : fit;
		*content = (uint32_t)taken * chunk->even.cell;
		return first + taken;
	}
	size_t i = first;
	*content = 0;
	while (i < end && chunk->cell[i] + 2 <= room) {
		room -= chunk->cell[i] + 2;
		*content += chunk->cell[i];
		i++;
	}
	return i;
}

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
		uint32_t content;
		size_t next = pages_chunk_fill(chunk, first, end, &content);
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
		first = divides ? next + 1 : next;
	}
}

bool pages_chunk_pack(struct pages_chunk *chunk, uint64_t number, struct error *err)
{
	const struct pages_rows *rows = chunk->rows;
	bool table = chunk->shape.kind == PAGES_TABLE;
	uint64_t left = rows->count - number * PAGES_CHUNK;
	chunk->first = number * PAGES_CHUNK;
	chunk->last = left <= PAGES_CHUNK;
	chunk->n = chunk->last ? (size_t)left : PAGES_CHUNK;
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

/* Records lie all over the caller's memory: asking for them so many cells before they are
 * copied hides most of the waiting. */
enum { PAGES_AHEAD = 16 };

static void pages_chunk_put_records(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, const struct pages_file *file, uint64_t base,
	uint8_t *page)
{
	const struct pages_shape *shape = &chunk->shape;
	uint32_t at = shape->usable - leaf->content;
	uint64_t overflow = base + leaf->offset + 1;
	uint8_t *pointer = page + PAGES_LEAF_HEADER;
	for (size_t i = leaf->first; i < leaf->first + leaf->rows; i++) {
		if (i + PAGES_AHEAD < chunk->n) {
			const struct pages_record *ahead =
				&chunk->record[i + PAGES_AHEAD];
			__builtin_prefetch(ahead->bytes);
			__builtin_prefetch((const char *)ahead->bytes + ahead->size);
		}
		uint8_t *to = page + at;
		bytes_put32(to, 0); /* the cell may be shorter than the format wants */
		to += record_put_varint_wide(to, chunk->payload[i]);
		if (shape->kind == PAGES_TABLE)
			to += record_put_varint_wide(to, (uint64_t)chunk->rowid[i]);
		pages_put_payload(to, shape, &chunk->record[i], pages_at(file, overflow));
		bytes_put16(pointer, (uint16_t)at);
		pointer += 2;
		at += chunk->cell[i];
		overflow += pages_overflow(shape, chunk->payload[i]);
	}
}

static void pages_chunk_put_leaf(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, const struct pages_file *file, uint64_t base,
	uint8_t *page)
{
	if (chunk->rows->columns > 0)
		pages_integers_put(chunk, leaf, page);
	else
		pages_chunk_put_records(chunk, leaf, file, base, page);
	int type = chunk->shape.kind == PAGES_TABLE ? PAGES_LEAF_TABLE : PAGES_LEAF_INDEX;
	pages_put_header(page, &chunk->shape, type, leaf->rows, leaf->content, 0);
}

/* Writes what of row `i` is not in its cell; `*order` is that of its first page. */
static bool pages_chunk_write_chain(const struct pages_chunk *chunk, size_t i,
	struct pages_out *out, uint64_t *order, struct error *err)
{
	const struct pages_shape *shape = &chunk->shape;
	size_t local = pages_local(shape, chunk->payload[i]);
	size_t left = chunk->payload[i] - local;
	if (left == 0)
		return true;
	const uint8_t *from = (const uint8_t *)chunk->record[i].bytes + local;
	while (left > 0) {
		uint8_t *page = pages_out_next(out, pages_at(out->file, *order), err);
		if (page == NULL)
			return false;
		++*order;
		size_t n = left < shape->usable - 4 ? left : shape->usable - 4;
		left -= n;
		bytes_put32(page, left == 0 ? 0 : pages_at(out->file, *order));
		memcpy(page + 4, from, n);
		memset(page + 4 + n, 0, shape->page_size - 4 - n);
		from += n;
	}
	return true;
}

static bool pages_chunk_write_overflow(const struct pages_chunk *chunk,
	const struct pages_leaf *leaf, struct pages_out *out, uint64_t base,
	struct error *err)
{
	if (chunk->pages == chunk->leaves)
		return true;
	uint64_t order = base + leaf->offset + 1;
	size_t end = leaf->first + leaf->rows + (leaf->divides ? 1 : 0);
	for (size_t i = leaf->first; i < end; i++)
		if (!pages_chunk_write_chain(chunk, i, out, &order, err))
			return false;
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
	return pages_out_flush(out, err);
}

bool pages_chunk_write_root(const struct pages_chunk *chunk, struct pages_out *out,
	uint64_t base, uint8_t *root, struct error *err)
{
	/* Built in the buffer, which has the room behind it that a root has not.  The
	 * root takes no page of the run: the run begins one earlier. */
	pages_chunk_put_leaf(chunk, &chunk->leaf[0], out->file, base - 1, out->buffer);
	memcpy(root, out->buffer, chunk->shape.page_size);
	return pages_chunk_write_overflow(chunk, &chunk->leaf[0], out, base - 1, err) &&
	       pages_out_flush(out, err);
}
