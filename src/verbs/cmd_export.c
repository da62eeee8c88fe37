/* SPDX-License-Identifier: MIT */
/* export: the heap, or a part of it, for tools that browse graphs. */
#include "base/bits.h"
#include "explain/labels.h"
#include "output/export.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

/* How often a long walk looks whether the user has interrupted. */
#define EXPORT_CANCEL_EVERY 4096

/* What is written, and how far it has come. */
struct export_walk {
	struct session *s;
	struct analysis *a;
	const struct graph *g;
	const char *place;
	const struct export_format *format;
	struct export *out;
	uint64_t *of; /* the chosen objects; NULL: all */
	uint64_t *roots;
	int64_t objects, references;
	uint64_t bytes[2];
};

static bool export_is_chosen(const struct export_walk *w, uint32_t node)
{
	return w->of == NULL || bits_has(w->of, node);
}

static bool export_find_roots(struct export_walk *w, struct error *err)
{
	const struct roots *roots = analysis_roots(w->a, err);
	if (roots == NULL)
		return false;
	w->roots = bits_new(w->g->nodes);
	if (w->roots == NULL)
		return error_nomem(err);
	for (uint32_t i = 0; i < roots->count; i++)
		bits_put(w->roots, roots->node[i]);
	return true;
}

/* With --max-rows no file gets more objects than a result may have rows. */
static bool export_check_count(const struct export_walk *w, struct error *err)
{
	size_t most = w->s->settings->max_rows;
	size_t count = w->of == NULL ? w->g->nodes : bits_count(w->of, w->g->nodes);
	return most == 0 || count <= most ||
	       error_set(err, STATUS_SCRIPT,
		       "more than %zu objects; --max-rows allows more", most);
}

static bool export_put_row(struct export_walk *w, struct db_stmt *rows, struct error *err)
{
	uint32_t node = graph_find_node(w->g, db_column_integer(rows, 0));
	if (node == GRAPH_NONE || !export_is_chosen(w, node))
		return true;
	const struct export_object o = { .address = w->g->address[node],
		.type = db_column(rows, 1),
		.name = db_column(rows, 2),
		.value = db_column(rows, 3),
		.size = db_column_integer(rows, 4),
		.len = db_column(rows, 5),
		.retained = w->a->retained[node],
		.root = bits_has(w->roots, node) };
	w->objects++;
	return export_put_object(w->out, &o, err);
}

static bool export_objects(struct export_walk *w, struct error *err)
{
	char table[GENERATION_TABLE_MAX];
	struct db_stmt *rows = NULL;
	int got = 0;
	bool ok = generation_table(w->s->db, "obj", w->a->generation, table, err) &&
		  db_preparef(w->s->db, &rows, err,
			  "select address, type, name, cast(value as text), size, len"
			  " from main.\"%w\" where address <> 0 order by address",
			  table);
	while (ok && (got = db_step(rows, err)) == 1)
		ok = export_put_row(w, rows, err);
	db_stmt_free(rows);
	return ok && got == 0;
}

static bool export_references_of(
	struct export_walk *w, uint32_t node, struct labels *labels, struct error *err)
{
	size_t n;
	const uint32_t *child = graph_children(w->g, node, &n);
	for (size_t i = 0; i < n; i++) {
		struct label label;
		if (!export_is_chosen(w, child[i]))
			continue;
		int64_t from = w->g->address[node], to = w->g->address[child[i]];
		if (!labels_find(labels, from, to, 0, false, &label, err))
			return false;
		const struct export_reference r = { from, to, label.text, label.guessed };
		w->references++;
		if (!export_put_reference(w->out, &r, err))
			return false;
	}
	return true;
}

static bool export_all_references(struct export_walk *w, struct error *err)
{
	struct labels *labels = labels_open(w->s->db, w->a->generation, err);
	bool ok = labels != NULL && export_references(w->out, err);
	for (uint32_t node = 0; ok && node < w->g->nodes; node++) {
		if (node % EXPORT_CANCEL_EVERY == 0 && session_cancelled(w->s, err))
			ok = false;
		else if (export_is_chosen(w, node))
			ok = export_references_of(w, node, labels, err);
	}
	labels_close(labels);
	return ok;
}

static bool export_write(struct export_walk *w, struct error *err)
{
	/* One state of the database, which others may write to meanwhile. */
	if (!db_read_begin(w->s->db, err))
		return false;
	w->out = export_open(w->s->settings->places, w->format, w->place, err);
	bool ok =
		w->out != NULL && export_objects(w, err) && export_all_references(w, err);
	db_read_end(w->s->db);
	if (!ok) {
		export_discard(w->out);
		return false;
	}
	return export_close(w->out, w->bytes, err);
}

/* What was written, a row a file. */
static bool export_tell(struct export_walk *w, struct error *err)
{
	static const char *const columns[] = { "file", "objects", "references", "bytes" };
	const char *const names[] = { w->format->objects, w->format->references };
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = r != NULL || error_nomem(err);
	bool one = names[0] == NULL;
	for (size_t i = 0; ok && i < (one ? 1 : 2); i++) {
		struct buffer file = BUFFER_INIT;
		size_t len = strlen(w->place);
		buffer_put_text(&file, w->place);
		if (!one && len > 0 && w->place[len - 1] != '/')
			buffer_put_char(&file, '/');
		buffer_put_text(&file, one ? "" : names[i]);
		const struct cell row[] = { cell_text(buffer_text(&file)),
			i == 0 ? cell_integer(w->objects) : cell_null(),
			one || i == 1 ? cell_integer(w->references) : cell_null(),
			cell_integer((int64_t)w->bytes[i]) };
		ok = file.failed ? error_nomem(err) : result_push(r, row, err);
		buffer_fini(&file);
	}
	if (ok)
		return session_emit(w->s, r, err);
	result_free(r);
	return false;
}

/* export FORMAT FILE [of "COND"] */
static bool export_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct clause c[] = { { .name = "of", .takes = true }, { 0 } };
	struct export_walk w = { .s = s, .place = in->words.items[1].text };
	w.format = export_find_format(in->words.items[0].text, err);
	bool ok = w.format != NULL && clauses_read(in, 2, c, err) &&
		  session_may_write(s, "export", w.place, err) &&
		  (w.g = session_graph(s, err)) != NULL &&
		  clause_bits(s, w.g, in, &c[0], &w.of, err) &&
		  (w.a = session_analysis(s, err)) != NULL &&
		  analysis_dominators(w.a, err) != NULL && export_find_roots(&w, err) &&
		  export_check_count(&w, err) && export_write(&w, err);
	free(w.of);
	free(w.roots);
	return ok && export_tell(&w, err);
}

const struct command command_export = {
	.name = "export",
	.usage = "graphml FILE | neo4j FOLDER [of \"COND\"]",
	.summary = "write objects and references for tools that browse graphs",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = export_run,
};
