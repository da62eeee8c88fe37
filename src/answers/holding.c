/* SPDX-License-Identifier: MIT */
#include "answers/holding.h"

#include "explain/labels.h"
#include "paths/priority_rules.h"
#include "result/drawing.h"
#include "store/generation.h"

#include <string.h>

/* Adds the next object of the path, and the reference between it and the one before. */
static bool holding_draw(struct drawing *d, const struct drawing_node *node,
	const struct label *label, bool reversed, struct error *err)
{
	size_t before = d->node_count, drawn;
	if (!drawing_put_node(d, node, &drawn, err))
		return false;
	const struct drawing_edge edge = { .from = reversed ? drawn : before - 1,
		.to = reversed ? before - 1 : drawn,
		.label = label->text[0] == '\0' ? NULL : (char *)label->text,
		.count = 1,
		.bytes = -1,
		.flags = DRAWING_ON_PATH | (label->guessed ? DRAWING_GUESSED : 0u) };
	return before == 0 || drawing_put_edge(d, &edge, err);
}

struct result *holding_rows(struct session *s, const struct analysis *a,
	const uint32_t *nodes, size_t count, bool reversed, struct error *err)
{
	static const char *const columns[] = { "address", "reference", "type", "repr",
		"size" };
	const int64_t *address = a->g->address;
	char table[GENERATION_TABLE_MAX];
	struct db_stmt *object = NULL;
	struct labels *labels = labels_open(s->db, a->generation, err);
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = labels != NULL &&
		  ((r != NULL && (r->drawing = drawing_new()) != NULL) ||
			  error_nomem(err)) &&
		  generation_table(s->db, "obj", a->generation, table, err) &&
		  db_preparef(s->db, &object, err,
			  "select type, repr, size from main.\"%w\" where address = ?",
			  table);
	bool attributes =
		false; /* the object before is the dict of its owner's attributes */
	for (size_t i = 0; ok && i < count; i++) {
		struct label label = { 0 };
		int64_t at = address[nodes[i]];
		if (i > 0) {
			int64_t before = address[nodes[i - 1]];
			ok = labels_find(labels, reversed ? at : before,
				reversed ? before : at, 0, attributes, &label, err);
			attributes = label.is_dict && !reversed;
		}
		db_reset(object);
		ok = ok && db_bind(object, 1, cell_integer(at), err) &&
		     db_step(object, err) >= 0;
		if (!ok)
			break;
		const struct cell row[] = { cell_integer(at),
			label.text[0] == '\0' ? cell_null() : cell_text(label.text),
			db_column(object, 0), db_column(object, 1),
			db_column(object, 2) };
		const struct drawing_node node = { .id = (uint64_t)at,
			.title = (char *)(row[2].text == NULL ? "" : row[2].text),
			.detail = (char *)row[3].text,
			.bytes = row[4].type == CELL_INTEGER ? row[4].integer : -1,
			.count = 1,
			.flags = (i == 0 ? DRAWING_SOURCE : 0u) |
				 (i + 1 == count ? DRAWING_TARGET : 0u) };
		ok = result_push(r, row, err) &&
		     holding_draw(r->drawing, &node, &label, reversed, err);
	}
	db_stmt_free(object);
	labels_close(labels);
	if (ok)
		return r;
	result_free(r);
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
	/* An address may come from a table that is not a heap. */
	struct error nothing = ERROR_INIT;
	if (session_heap(s, &nothing) == NULL)
		return true;
	struct analysis *a = session_analysis(s, err);
	if (a == NULL)
		return false;
	uint32_t node = graph_find_node(a->g, address);
	return node == GRAPH_NONE || holding_find(s, a, node, path, err);
}
