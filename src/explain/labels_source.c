/* SPDX-License-Identifier: MIT */
#include "explain/labels_source.h"

#include "base/array.h"
#include "dump/runtime.h"
#include "graph/graph_heap.h"
#include "graph/graph_kept.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_SEEN_BITS = 10 };

bool labels_source_open(
	struct labels_source *s, struct db *db, int64_t num, struct error *err)
{
	char ref[GENERATION_TABLE_MAX];
	const struct runtime *runtime;
	s->db = db;
	s->seen = array_new_zeroed((size_t)1 << LABELS_SEEN_BITS, sizeof *s->seen);
	if (s->seen == NULL)
		return error_nomem(err);
	if (!runtime_load(db, num, &runtime, err))
		return false;
	s->foreign = runtime != &runtime_cpython;
	s->left = graph_kept_share(db, num);
	return s->left != NULL || (generation_table(db, "obj", num, s->table, err) &&
					  generation_table(db, "ref", num, ref, err) &&
					  db_preparef(db, &s->object, err,
						  "select type, len, name, value from "
						  "main.\"%w\" where address = ?",
						  s->table) &&
					  db_preparef(db, &s->refs, err,
						  "select child from main.\"%w\" where "
						  "parent = ? order by rowid",
						  ref));
}

void labels_source_close(struct labels_source *s)
{
	db_stmt_free(s->object);
	db_stmt_free(s->refs);
	graph_heap_free(s->left);
	free(s->seen);
}

static void labels_take_cells(struct labels_object *object, struct cell type,
	struct cell len, struct cell name, struct cell value)
{
	object->found = true;
	object->len = len.type == CELL_INTEGER ? len.integer : -1;
	labels_copy(object->room[0], LABEL_MAX, &type);
	labels_copy(object->room[1], LABEL_MAX, &name);
	labels_copy(object->room[2], LABEL_MAX, &value);
	object->type = object->room[0];
	object->name = object->room[1];
	object->value = object->room[2];
}

void labels_copy_object(struct labels_object *to, const struct labels_object *from)
{
	if (from->type != from->room[0]) {
		/* Its texts are not its own. */
		to->id = from->id;
		to->len = from->len;
		to->found = from->found;
		to->type = from->type;
		to->name = from->name;
		to->value = from->value;
		return;
	}
	*to = *from;
	to->type = to->room[0];
	to->name = to->room[1];
	to->value = to->room[2];
}

bool labels_read_object(struct labels_source *s, int64_t id, struct labels_object *object,
	struct error *err)
{
	object->id = id;
	object->len = -1;
	object->found = false;
	object->type = object->name = object->value = "";
	const struct labels_heap *h = s->heap;
	if (h != NULL) {
		if (id < 0 || (uint64_t)id >= h->nodes)
			return true;
		/* Texts that nobody looks at are not touched: they are all over memory.
		 */
		const struct labels_node *node = &h->node[id];
		object->type = h->texts.data + h->type_text[node->type];
		object->name = h->texts.data + (node->named ? node->text : 0);
		object->value = h->texts.data + node->text + strlen(object->name) + 1;
		object->found = true;
		object->len = node->len == LABELS_NO_LEN ? -1 : (int64_t)node->len;
		return true;
	}
	/* Multiplied by 2^64 / the golden ratio, addresses at equal distances spread
	 * (Knuth, TAOCP 3, 6.4). */
	uint64_t spread = (uint64_t)id * 0x9e3779b97f4a7c15u;
	struct labels_object *seen = &s->seen[spread >> (64 - LABELS_SEEN_BITS)];
	if (seen->found && seen->id == id) {
		labels_copy_object(object, seen);
		return true;
	}
	if (s->left != NULL) {
		const struct heap *heap = graph_heap_readable(s->left);
		size_t at = heap_find_row(heap, id);
		struct cell cells[HEAP_COLUMNS];
		if (at == SIZE_MAX)
			return true;
		heap_part_decode(heap->rows[at].record, cells);
		labels_take_cells(object, cells[HEAP_TYPE], cells[HEAP_LEN],
			cells[HEAP_NAME], cells[HEAP_VALUE]);
		labels_copy_object(seen, object);
		return true;
	}
	db_reset(s->object);
	if (!db_bind(s->object, 1, cell_integer(id), err))
		return false;
	int row = db_step(s->object, err);
	if (row == 1) {
		labels_take_cells(object, db_column(s->object, 0),
			db_column(s->object, 1), db_column(s->object, 2),
			db_column(s->object, 3));
		labels_copy_object(seen, object);
	}
	db_reset(s->object);
	return row >= 0;
}

bool labels_read_refs(
	struct labels_source *s, int64_t id, struct labels_refs *refs, struct error *err)
{
	int row;
	refs->count = 0;
	if (s->heap != NULL) {
		if (id < 0 || (uint64_t)id >= s->heap->nodes)
			return true;
		const uint32_t *child = s->heap->child + s->heap->start[id];
		size_t n = s->heap->start[id + 1] - s->heap->start[id];
		if (!array_reserve(&refs->child, &refs->cap, n, sizeof *refs->child))
			return error_nomem(err);
		for (size_t i = 0; i < n; i++)
			refs->child[i] = child[i] == UINT32_MAX ? -1 : (int64_t)child[i];
		refs->count = n;
		return true;
	}
	if (s->left != NULL) {
		const struct heap *heap = graph_heap_readable(s->left);
		size_t at = heap_find_row(heap, id);
		if (at == SIZE_MAX)
			return true;
		const uint32_t *child = heap->children + heap->first_ref[at];
		size_t n = heap->first_ref[at + 1] - heap->first_ref[at];
		if (!array_reserve(&refs->child, &refs->cap, n, sizeof *refs->child))
			return error_nomem(err);
		for (size_t i = 0; i < n; i++)
			refs->child[i] = heap_keys_address(&heap->keys, child[i]);
		refs->count = n;
		return true;
	}
	db_reset(s->refs);
	if (!db_bind(s->refs, 1, cell_integer(id), err))
		return false;
	while ((row = db_step(s->refs, err)) == 1) {
		if (!array_reserve(&refs->child, &refs->cap, refs->count + 1,
			    sizeof *refs->child)) {
			error_nomem(err);
			row = -1;
			break;
		}
		assert(refs->count < refs->cap);
		refs->child[refs->count++] = db_column_integer(s->refs, 0);
	}
	db_reset(s->refs);
	return row == 0;
}

bool labels_find_python(struct labels_source *s, struct error *err)
{
	int64_t two;
	if (s->python != 0)
		return true;
	if (s->heap != NULL) {
		bool old = labels_heap_has_type(s->heap, "unicode") ||
			   labels_heap_has_type(s->heap, "instancemethod") ||
			   labels_heap_has_type(s->heap, "classobj");
		s->python = old ? 2 : 3;
		return true;
	}
	if (s->left != NULL) {
		s->python = graph_heap_is_python_2(s->left) ? 2 : 3;
		return true;
	}
	if (!db_integer(s->db, &two, 0, err,
		    "select exists (select 1 from main.\"%w\" where type in "
		    "('unicode', 'instancemethod', 'classobj'))",
		    s->table))
		return false;
	s->python = two != 0 ? 2 : 3;
	return true;
}
