/* SPDX-License-Identifier: MIT */
#include "compare/snapshot_fill.h"

#include "base/array.h"
#include "base/saturate.h"
#include "load/heap.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Records are read in another order than they were written. */
	FILL_AHEAD = 16,
};

/* --- objects ------------------------------------------------------------------------ */

static bool fill_reserve(struct snapshot_fill *f, size_t n, struct error *err)
{
	struct snapshot *s = f->s;
	if (n <= f->cap)
		return true;
	if (n >= GRAPH_NONE)
		return error_set(err, STATUS_DATA, "more than 2^32-2 objects");
	/* All have the same room, so each begins with `cap` and comes to the same. */
	const struct {
		void *items;
		size_t item_size;
	} arrays[] = {
		{ &s->address, sizeof *s->address },
		{ &s->size, sizeof *s->size },
		{ &s->type, sizeof *s->type },
		{ &s->shape, sizeof *s->shape },
		{ &s->value, sizeof *s->value },
	};
	size_t grown = f->cap;
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		size_t room = f->cap;
		if (!array_reserve(arrays[i].items, &room, n, arrays[i].item_size))
			return error_nomem(err);
		assert(i == 0 || room == grown);
		grown = room;
	}
	f->cap = grown;
	return true;
}

/* The term of the type of the next object, TERM_NONE out of memory. */
static uint32_t fill_put_type(struct snapshot_fill *f, const struct cell *type)
{
	bool text = type->type == CELL_TEXT && type->text != NULL;
	uint32_t *known = f->objects == NULL
				  ? NULL
				  : &f->term_of_type[f->objects->type[f->s->nodes]];
	if (known != NULL && *known != TERM_NONE)
		return *known;
	uint32_t term =
		terms_put(&f->words.types, text ? type->text : "", text ? type->len : 0);
	if (known != NULL)
		*known = term;
	return term;
}

/* Adds the object of a row of `obj`, for which there is room; false out of memory. */
static bool fill_put(
	struct snapshot_fill *f, int64_t address, const struct cell row[HEAP_COLUMNS])
{
	struct snapshot *s = f->s;
	/* Not copies: what was just written in parts is read in parts. */
	const struct cell *name = &row[HEAP_NAME], *size = &row[HEAP_SIZE];
	struct terms *types = &f->words.types;
	uint32_t i = s->nodes;
	assert(i < f->cap && (i == 0 || s->address[i - 1] < address));
	uint32_t term = fill_put_type(f, &row[HEAP_TYPE]);
	if (term == TERM_NONE)
		return false;
	/* Readers of dumps give a plain object the names of its properties for a name:
	 * `Object {user, body}`. */
	uint32_t shape = term;
	if (name->type == CELL_TEXT && name->len > 0 && name->text[0] == '{' &&
		runtime_kind(types->runtime, types->text[term],
			strlen(types->text[term])) == KIND_MAPPING) {
		buffer_clear(&f->room);
		buffer_put_text(&f->room, types->text[term]);
		buffer_put_char(&f->room, ' ');
		buffer_put(&f->room, name->text, name->len);
		shape = f->room.failed ? TERM_NONE
				       : terms_put(types, f->room.data, f->room.len);
	}
	if (shape == TERM_NONE ||
		(!s->labelled && !labels_heap_add(&f->texts, term, row)))
		return false;
	const struct cell *what =
		(types->flags[term] & TRAIT_VALUED) != 0 ? &row[HEAP_VALUE] : name;
	s->value[i] = 0;
	if ((what->type == CELL_TEXT || what->type == CELL_BLOB) && what->text != NULL)
		s->value[i] = snapshot_hash(what->text, what->len);
	else if (what->type == CELL_INTEGER)
		s->value[i] =
			snapshot_hash((const char *)&what->integer, sizeof what->integer);
	else if (what->type == CELL_REAL)
		s->value[i] = snapshot_hash((const char *)&what->real, sizeof what->real);
	s->address[i] = address;
	s->type[i] = term;
	s->shape[i] = shape;
	s->size[i] = size->type == CELL_INTEGER && size->integer > 0 ? size->integer : 0;
	s->bytes = saturate_add(s->bytes, s->size[i]);
	s->nodes++;
	return true;
}

/* --- from the tables ---------------------------------------------------------------- */

/* Reads the rows of `ref`, parents ascending.  `*ascending` is false, and nothing else
 * means anything, when they are not and the query does not order them. */
static bool fill_read_refs(struct snapshot *s, const struct graph *at,
	struct db_stmt *stmt, bool *ascending, struct error *err)
{
	size_t count = 0, cap = 0, at_parent = 0;
	int row;
	*ascending = true;
	/* An array of none is an array. */
	if (!array_reserve(&s->child, &cap, 1, sizeof *s->child))
		return error_nomem(err);
	while ((row = db_step(stmt, err)) == 1) {
		struct cell from = db_column(stmt, 0), to = db_column(stmt, 1);
		if (from.type != CELL_INTEGER || to.type != CELL_INTEGER)
			continue;
		int64_t parent = from.integer;
		while (at_parent < s->nodes && s->address[at_parent] < parent)
			s->start[++at_parent] = (uint32_t)count;
		if (at_parent > 0 && parent != 0 && parent <= s->address[at_parent - 1]) {
			*ascending = false;
			return true;
		}
		if (at_parent == s->nodes || s->address[at_parent] != parent)
			continue; /* the pseudo parent, or one that was deleted */
		if (count == GRAPH_NONE - 1)
			return error_set(err, STATUS_DATA, "more than 2^32-2 references");
		if (!array_reserve(&s->child, &cap, count + 1, sizeof *s->child))
			return error_nomem(err);
		assert(s->child != NULL);
		s->child[count++] = graph_find_node(at, to.integer);
	}
	while (at_parent < s->nodes)
		s->start[++at_parent] = (uint32_t)count;
	return row == 0;
}

bool snapshot_fill_tables(struct snapshot_fill *f, struct db *db, struct error *err)
{
	static const char *const order[] = { "rowid", "parent, rowid" };
	char obj[GENERATION_TABLE_MAX], ref[GENERATION_TABLE_MAX];
	struct snapshot *s = f->s;
	struct db_stmt *objects = NULL;
	int row = generation_table(db, "obj", s->num, obj, err) &&
				  generation_table(db, "ref", s->num, ref, err) &&
				  db_preparef(db, &objects, err,
					  "select address, type, name, value, size, len "
					  "from main.\"%w\" order by address",
					  obj)
			  ? 1
			  : -1;
	while (row == 1 && (row = db_step(objects, err)) == 1) {
		struct cell cells[HEAP_COLUMNS] = { 0 };
		for (int c = HEAP_ADDRESS; c <= HEAP_LEN; c++)
			cells[c] = db_column(objects, c);
		/* A table of another tool may have other rows. */
		struct cell address = cells[HEAP_ADDRESS];
		if (address.type != CELL_INTEGER || address.integer == 0)
			continue;
		if (!fill_reserve(f, (size_t)s->nodes + 1, err) ||
			(!fill_put(f, address.integer, cells) && !error_nomem(err)))
			row = -1;
	}
	db_stmt_free(objects);
	if (row != 0)
		return false;
	struct graph *at = graph_build(s->address, s->nodes, NULL, 0, err);
	s->start = array_new_zeroed((size_t)s->nodes + 1, sizeof *s->start);
	bool ok = at != NULL && (s->start != NULL || error_nomem(err));
	bool ascending = false;
	for (size_t i = 0; ok && !ascending && i < sizeof order / sizeof *order; i++) {
		struct db_stmt *stmt = NULL;
		free(s->child);
		s->child = NULL;
		ok = db_preparef(db, &stmt, err,
			     "select parent, child from main.\"%w\" order by %s", ref,
			     order[i]) &&
		     fill_read_refs(s, at, stmt, &ascending, err);
		db_stmt_free(stmt);
	}
	graph_free(at);
	return ok;
}

/* --- from the reader's arrays ------------------------------------------------------- */

bool snapshot_fill_heap(
	struct snapshot_fill *f, const struct heap *heap, struct error *err)
{
	struct snapshot *s = f->s;
	struct cell row[HEAP_COLUMNS];
	if (!fill_reserve(f, heap->count, err) ||
		(!s->labelled && !labels_heap_reserve(&f->texts, heap->count) &&
			!error_nomem(err)))
		return false;
	if (f->objects != NULL) {
		size_t types = f->objects->types;
		assert(f->objects->nodes == heap->count);
		f->term_of_type = array_new(types, sizeof *f->term_of_type);
		if (f->term_of_type == NULL)
			return error_nomem(err);
		memset(f->term_of_type, 0xff, types * sizeof *f->term_of_type);
	}
	for (size_t i = 0; i < heap->count; i++) {
		if (i + FILL_AHEAD < heap->count) {
			/* Most records are longer than a line of the cache. */
			const struct heap_row *ahead = &heap->rows[i + FILL_AHEAD];
			__builtin_prefetch(ahead->record);
			__builtin_prefetch(ahead->record + ahead->size - 1);
		}
		heap_part_decode(heap->rows[i].record, row);
		if (!fill_put(f, heap_address(heap, i), row))
			return error_nomem(err);
	}
	s->start = array_new(heap->count + 1, sizeof *s->start);
	s->child = array_new(heap->ref_count, sizeof *s->child);
	if (s->start == NULL || s->child == NULL)
		return error_nomem(err);
	memcpy(s->start, heap->first_ref, (heap->count + 1) * sizeof *s->start);
	heap_child_ranks(heap, s->child);
	return true;
}

void snapshot_fill_fini(struct snapshot_fill *f)
{
	free(f->term_of_type);
	labels_heap_fini(&f->texts);
	buffer_fini(&f->room);
	vocabulary_fini(&f->words);
}
