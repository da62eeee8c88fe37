/* SPDX-License-Identifier: MIT */
#include "verbs/holding.h"

#include "explain/labels.h"
#include "graph/priority_rules.h"
#include "result/drawing.h"
#include "store/generation.h"

#include <string.h>

/* What a path is shown with. */
struct holding {
	const struct analysis *a;
	struct labels *labels;
	struct db_stmt *object; /* type, repr, size of an address */
	struct result *r;
	bool reversed;
	bool attributes; /* the object before is the dict of its owner's attributes */
};

static bool holding_prepare(struct holding *h, struct session *s, struct error *err)
{
	static const char *const columns[] = { "address", "reference", "type", "repr",
		"size" };
	char table[GENERATION_TABLE_MAX];
	h->labels = labels_open(s->db, h->a->generation, err);
	h->r = result_new(sizeof columns / sizeof *columns, columns);
	if (h->r == NULL || (h->r->drawing = drawing_new()) == NULL)
		error_nomem(err);
	return h->labels != NULL && h->r != NULL && h->r->drawing != NULL &&
	       generation_table(s->db, "obj", h->a->generation, table, err) &&
	       db_preparef(s->db, &h->object, err,
		       "select type, repr, size from main.\"%w\" where address = ?",
		       table);
}

static bool holding_label(struct holding *h, uint32_t before, uint32_t node,
	struct label *label, struct error *err)
{
	const int64_t *address = h->a->g->address;
	if (before == GRAPH_NONE)
		return true;
	if (!labels_find(h->labels, address[h->reversed ? node : before],
		    address[h->reversed ? before : node], 0, h->attributes, label, err))
		return false;
	h->attributes = label->is_dict && !h->reversed;
	return true;
}

static bool holding_draw(struct holding *h, const struct cell *row,
	const struct label *label, unsigned flags, struct error *err)
{
	struct drawing *d = h->r->drawing;
	struct drawing_node node = { .id = (uint64_t)row[0].integer,
		.title = (char *)(row[2].text == NULL ? "" : row[2].text),
		.detail = (char *)row[3].text,
		.bytes = row[4].type == CELL_INTEGER ? row[4].integer : -1,
		.count = 1,
		.flags = flags };
	size_t before = d->node_count, at;
	if (!drawing_put_node(d, &node, &at, err))
		return false;
	if (before == 0)
		return true;
	struct drawing_edge edge = { .from = h->reversed ? at : before - 1,
		.to = h->reversed ? before - 1 : at,
		.label = label->text[0] == '\0' ? NULL : (char *)label->text,
		.count = 1,
		.bytes = -1,
		.flags = DRAWING_ON_PATH | (label->guessed ? DRAWING_GUESSED : 0u) };
	return drawing_put_edge(d, &edge, err);
}

static bool holding_put(struct holding *h, uint32_t before, uint32_t node, unsigned flags,
	struct error *err)
{
	struct label label = { 0 };
	int64_t address = h->a->g->address[node];
	if (!holding_label(h, before, node, &label, err))
		return false;
	db_reset(h->object);
	if (!db_bind(h->object, 1, cell_integer(address), err) ||
		db_step(h->object, err) < 0)
		return false;
	const struct cell row[] = { cell_integer(address),
		label.text[0] == '\0' ? cell_null() : cell_text(label.text),
		db_column(h->object, 0), db_column(h->object, 1),
		db_column(h->object, 2) };
	return result_push(h->r, row, err) && holding_draw(h, row, &label, flags, err);
}

struct result *holding_rows(struct session *s, const struct analysis *a,
	const uint32_t *nodes, size_t count, bool reversed, struct error *err)
{
	struct holding h = { .a = a, .reversed = reversed };
	bool ok = holding_prepare(&h, s, err);
	for (size_t i = 0; ok && i < count; i++)
		ok = holding_put(&h, i == 0 ? GRAPH_NONE : nodes[i - 1], nodes[i],
			(i == 0 ? DRAWING_SOURCE : 0u) |
				(i + 1 == count ? DRAWING_TARGET : 0u),
			err);
	db_stmt_free(h.object);
	labels_close(h.labels);
	if (ok)
		return h.r;
	result_free(h.r);
	return NULL;
}

bool holding_find(struct session *s, struct analysis *a, uint32_t node,
	struct result **path, struct error *err)
{
	const struct roots *roots = analysis_roots(a, err);
	struct priority low = { 0 };
	struct path_list found = { 0 };
	bool ok = roots != NULL && priority_load(s->db, a->objects, &low, err);
	if (ok) {
		struct path_query q = { .sources = roots->node,
			.source_count = roots->count,
			.targets = &node,
			.target_count = 1,
			.low = &low };
		ok = path_find(a->g, &q, &found, err);
	}
	if (ok && found.count > 0) {
		size_t count;
		const uint32_t *nodes = path_list_get(&found, 0, &count);
		*path = holding_rows(s, a, nodes, count, false, err);
		ok = *path != NULL;
	}
	path_list_fini(&found);
	priority_fini(&low);
	return ok;
}

bool holding_current(
	struct session *s, int64_t address, struct result **path, struct error *err)
{
	/* An address may come from a table that is no heap. */
	struct error nothing = ERROR_INIT;
	if (session_heap(s, &nothing) == NULL)
		return true;
	struct analysis *a = session_analysis(s, err);
	if (a == NULL)
		return false;
	uint32_t node = graph_find_node(a->g, address);
	return node == GRAPH_NONE || holding_find(s, a, node, path, err);
}
