/* SPDX-License-Identifier: MIT */
#include "compare/snapshot.h"

#include "base/array.h"
#include "base/buffer.h"
#include "compare/snapshot_classes.h"
#include "compare/snapshot_labels.h"
#include "graph/dominators.h"
#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void snapshot_free(struct snapshot *s)
{
	if (s == NULL)
		return;
	free(s->address);
	free(s->size);
	free(s->type);
	free(s->shape);
	free(s->value);
	free(s->root);
	free(s->start);
	free(s->child);
	free(s->label);
	free(s->referred);
	free(s->merged);
	free(s);
}

uint64_t snapshot_hash(const char *text, size_t len)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	hash = map_hash_number(hash, len);
	return hash == 0 ? 1 : hash;
}

static uint64_t snapshot_hash_cell(struct cell cell)
{
	switch (cell.type) {
	case CELL_TEXT:
	case CELL_BLOB:
		return cell.text == NULL ? 0 : snapshot_hash(cell.text, cell.len);
	case CELL_INTEGER:
		return snapshot_hash((const char *)&cell.integer, sizeof cell.integer);
	case CELL_REAL:
		return snapshot_hash((const char *)&cell.real, sizeof cell.real);
	case CELL_NULL:
		break;
	}
	return 0;
}

/* --- objects ------------------------------------------------------------------------ */

static bool snapshot_reserve(struct snapshot *s, size_t *cap, struct error *err)
{
	if (s->nodes < *cap)
		return true;
	if (s->nodes == GRAPH_NONE - 1)
		return error_set(err, STATUS_DATA, "more than 2^32-2 objects");
	/* All have the same room, so each begins with `*cap` and comes to the same. */
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
	size_t grown = *cap;
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		size_t room = *cap;
		if (!array_reserve(arrays[i].items, &room, (size_t)s->nodes + 1,
			    arrays[i].item_size))
			return error_nomem(err);
		assert(i == 0 || room == grown);
		grown = room;
	}
	*cap = grown;
	return true;
}

/* The term of a plain object of this type: with the names of its properties, which
 * readers of dumps give it for a name, `Object {user, body}`.  TERM_NONE out of memory.
 */
static uint32_t snapshot_shape(
	struct vocabulary *v, uint32_t type, struct cell name, struct buffer *room)
{
	const char *text = v->types.text[type];
	if (name.type != CELL_TEXT || name.len == 0 || name.text[0] != '{' ||
		runtime_kind(v->types.runtime, text, strlen(text)) != KIND_MAPPING)
		return type;
	buffer_clear(room);
	buffer_put_text(room, text);
	buffer_put_char(room, ' ');
	buffer_put(room, name.text, name.len);
	return room->failed ? TERM_NONE : terms_put(&v->types, room->data, room->len);
}

/* Fills `heap`, too, where the dump has no labels. */
static bool snapshot_load_objects(struct snapshot *s, struct db *db, struct vocabulary *v,
	struct labels_heap *heap, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	struct buffer room = BUFFER_INIT;
	size_t cap = 0;
	int row = generation_table(db, "obj", s->num, obj, err) &&
				  db_preparef(db, &stmt, err,
					  "select address, type, size, name, value, len "
					  "from main.\"%w\""
					  " where typeof(address) = 'integer' and "
					  "address <> 0"
					  " order by address",
					  obj)
			  ? 1
			  : -1;
	while (row == 1 && (row = db_step(stmt, err)) == 1) {
		struct cell type = db_column(stmt, 1), size = db_column(stmt, 2);
		bool text = type.type == CELL_TEXT && type.text != NULL;
		uint32_t i = s->nodes, term;
		if (!snapshot_reserve(s, &cap, err)) {
			row = -1;
			break;
		}
		term = terms_put(&v->types, text ? type.text : "", text ? type.len : 0);
		uint32_t shape = term == TERM_NONE ? TERM_NONE
						   : snapshot_shape(v, term,
							     db_column(stmt, 3), &room);
		if (shape == TERM_NONE ||
			(!s->labelled &&
				!labels_heap_add(heap, term, type, db_column(stmt, 5),
					db_column(stmt, 3), db_column(stmt, 4)))) {
			error_nomem(err);
			row = -1;
			break;
		}
		s->shape[i] = shape;
		s->address[i] = db_column_integer(stmt, 0);
		s->type[i] = term;
		s->size[i] =
			size.type == CELL_INTEGER && size.integer > 0 ? size.integer : 0;
		bool valued = (v->types.flags[term] & TRAIT_VALUED) != 0;
		s->value[i] = snapshot_hash_cell(db_column(stmt, valued ? 4 : 3));
		s->bytes = dominators_add(s->bytes, s->size[i]);
		s->nodes++;
	}
	buffer_fini(&room);
	db_stmt_free(stmt);
	return row == 0;
}

static enum snapshot_root snapshot_root_of(struct cell reason)
{
	static const struct {
		const char *text;
		enum snapshot_root root;
	} known[] = {
		{ "module table", SNAPSHOT_ROOT_MODULES },
		{ "interpreter", SNAPSHOT_ROOT_INTERPRETER },
		{ "thread frame", SNAPSHOT_ROOT_FRAME },
		{ "static type", SNAPSHOT_ROOT_TYPE },
		{ "interned", SNAPSHOT_ROOT_INTERNED },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (reason.type == CELL_TEXT && reason.text != NULL &&
			strcmp(reason.text, known[i].text) == 0)
			return known[i].root;
	return SNAPSHOT_ROOT_OTHER;
}

static bool snapshot_load_roots(
	struct snapshot *s, struct db *db, const struct graph *at, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = 0;
	s->root = array_new_zeroed(s->nodes, sizeof *s->root);
	if (s->root == NULL)
		return error_nomem(err);
	if (!notes_list_roots(db, s->num, &stmt, err))
		return false;
	while (stmt != NULL && (row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_node(at, db_column_integer(stmt, 0));
		struct cell reason = db_column(stmt, 1);
		if (node == GRAPH_NONE ||
			(reason.type == CELL_TEXT && reason.text != NULL &&
				strcmp(reason.text, "held by objects alone") == 0))
			continue;
		s->root[node] = (unsigned char)snapshot_root_of(reason);
		s->marked = true;
	}
	db_stmt_free(stmt);
	return row == 0;
}

/* --- references --------------------------------------------------------------------- */

/* Reads the rows of `ref`, parents ascending.  `*ascending` is false, and nothing else
 * means anything, when they are not and the query does not order them. */
static bool snapshot_read_refs(struct snapshot *s, const struct graph *at,
	struct db_stmt *stmt, bool *ascending, struct error *err)
{
	size_t count = 0, cap = 0, at_parent = 0;
	int row;
	*ascending = true;
	while ((row = db_step(stmt, err)) == 1) {
		int64_t parent = db_column_integer(stmt, 0);
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
		s->child[count++] = graph_find_node(at, db_column_integer(stmt, 1));
	}
	while (at_parent < s->nodes)
		s->start[++at_parent] = (uint32_t)count;
	return row == 0;
}

/* Children as they stand in the dump; GRAPH_NONE for those that are no objects. */
static bool snapshot_load_refs(struct snapshot *s, struct db *db, const char *ref,
	const struct graph *at, struct error *err)
{
	static const char *const order[] = { "rowid", "parent, rowid" };
	bool ok = true, ascending = false;
	s->start = array_new_zeroed((size_t)s->nodes + 1, sizeof *s->start);
	if (s->start == NULL)
		return error_nomem(err);
	for (size_t i = 0; ok && !ascending && i < sizeof order / sizeof *order; i++) {
		struct db_stmt *stmt = NULL;
		free(s->child);
		s->child = NULL;
		ok = db_preparef(db, &stmt, err,
			     "select parent, child from main.\"%w\" where typeof(parent) "
			     "="
			     " 'integer' and typeof(child) = 'integer' order by %s",
			     ref, order[i]) &&
		     snapshot_read_refs(s, at, stmt, &ascending, err);
		db_stmt_free(stmt);
	}
	return ok;
}

/* The owner of each dict of attributes; of other nodes themselves.  malloc'ed; NULL out
 * of memory. */
static uint32_t *snapshot_find_owners(const struct snapshot *s)
{
	uint32_t *own = array_new(s->nodes, sizeof *own);
	if (own == NULL)
		return NULL;
	for (uint32_t i = 0; i < s->nodes; i++)
		own[i] = i;
	for (uint32_t i = 0; i < s->nodes; i++)
		for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++) {
			uint32_t c = s->child[e];
			if (s->label[e] == LABEL_DICT && c != GRAPH_NONE && c != i &&
				own[c] == c && own[i] == i &&
				(snapshot_traits(s, c) & TRAIT_DICT) != 0)
				own[c] = i;
		}
	return own;
}

/* Appends the references of `from`, as those of `to`, to the new arrays. */
static bool snapshot_take_refs(const struct snapshot *s, struct snapshot *out,
	struct vocabulary *v, const uint32_t *own, uint32_t from, uint32_t to)
{
	for (uint32_t e = s->start[from]; e < s->start[from + 1]; e++) {
		if (s->child[e] == GRAPH_NONE)
			continue;
		uint32_t c = own[s->child[e]], label = s->label[e];
		if (c == to && label == LABEL_DICT)
			continue;
		if (from != to &&
			(label = terms_attribute(&v->labels, label)) == TERM_NONE)
			return false;
		uint32_t at = out->start[to + 1]++;
		out->child[at] = c;
		out->label[at] = label;
		if (c != to)
			bits_put(s->referred, c);
	}
	return true;
}

/* Makes each dict of attributes one with its owner, and leaves out what leads nowhere. */
static bool snapshot_merge(struct snapshot *s, struct vocabulary *v, struct error *err)
{
	uint32_t *own = snapshot_find_owners(s), *dict = NULL;
	struct snapshot out = { 0 };
	s->referred = bits_new(s->nodes);
	s->merged = bits_new(s->nodes);
	dict = array_new(s->nodes, sizeof *dict);
	out.start = array_new_zeroed((size_t)s->nodes + 1, sizeof *out.start);
	out.child = array_new(s->start[s->nodes], sizeof *out.child);
	out.label = array_new(s->start[s->nodes], sizeof *out.label);
	bool ok = own != NULL && dict != NULL && s->referred != NULL &&
		  s->merged != NULL && out.start != NULL && out.child != NULL &&
		  out.label != NULL;
	for (uint32_t i = 0; ok && i < s->nodes; i++)
		dict[i] = GRAPH_NONE;
	for (uint32_t i = 0; ok && i < s->nodes; i++)
		if (own[i] != i) {
			dict[own[i]] = i;
			bits_put(s->merged, i);
			s->size[own[i]] = dominators_add(s->size[own[i]], s->size[i]);
		}
	for (uint32_t i = 0; ok && i < s->nodes; i++) {
		out.start[i + 1] = out.start[i];
		if (own[i] != i)
			continue;
		ok = snapshot_take_refs(s, &out, v, own, i, i) &&
		     (dict[i] == GRAPH_NONE ||
			     snapshot_take_refs(s, &out, v, own, dict[i], i));
	}
	free(own);
	free(dict);
	if (!ok) {
		free(out.start);
		free(out.child);
		free(out.label);
		return error_nomem(err);
	}
	free(s->start);
	free(s->child);
	free(s->label);
	s->start = out.start;
	s->child = out.child;
	s->label = out.label;
	return true;
}

struct snapshot *snapshot_load(
	struct db *db, int64_t num, struct vocabulary *v, struct error *err)
{
	char ref[GENERATION_TABLE_MAX];
	struct graph *at = NULL;
	struct labels_heap heap = { 0 };
	struct snapshot *s = array_new_zeroed(1, sizeof *s);
	if (s == NULL) {
		error_nomem(err);
		return NULL;
	}
	s->num = num;
	s->words = v;
	bool ok = snapshot_ask_labels(db, num, &s->labelled, err) &&
		  snapshot_load_objects(s, db, v, &heap, err) &&
		  (at = graph_build(s->address, s->nodes, NULL, 0, err)) != NULL &&
		  snapshot_load_roots(s, db, at, err) &&
		  generation_table(db, "ref", num, ref, err) &&
		  snapshot_load_refs(s, db, ref, at, err) &&
		  snapshot_load_labels(s, db, at, &heap, v, err);
	graph_free(at);
	labels_heap_fini(&heap);
	ok = ok && snapshot_merge(s, v, err) && snapshot_tell_classes(s, db, v, err);
	if (!ok) {
		snapshot_free(s);
		return NULL;
	}
	return s;
}
