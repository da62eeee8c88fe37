/* SPDX-License-Identifier: MIT */
/* export: the heap, or a part of it, for tools that browse graphs. */
#include "base/bits.h"
#include "explain/labels.h"
#include "output/export.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A long walk checks for an interrupt once in so many nodes. */
#define EXPORT_CANCEL_EVERY 4096

/* What is written, and how far it has come. */
struct export_walk {
	struct session *s;
	struct analysis *a;
	const struct graph *g;
	const struct export_format *format;
	struct export *out;
	uint64_t *of; /* the chosen objects; NULL: all */
	uint64_t *roots;
	int64_t objects, references;
};

static bool export_is_chosen(const struct export_walk *w, uint32_t node)
{
	return w->of == NULL || bits_has(w->of, node);
}

/* Objects in ascending order, then the references of each. */
static bool export_write(struct export_walk *w, struct error *err)
{
	char table[GENERATION_TABLE_MAX];
	struct db_stmt *rows = NULL;
	struct labels *labels = NULL;
	int got = 0;
	bool ok = generation_table(w->s->db, "obj", w->a->generation, table, err) &&
		  db_preparef(w->s->db, &rows, err,
			  "select address, type, name, cast(value as text), size, len"
			  " from main.\"%w\" where address <> 0 order by address",
			  table);
	while (ok && (got = db_step(rows, err)) == 1) {
		uint32_t node = graph_find_node(w->g, db_column_integer(rows, 0));
		if (node == GRAPH_NONE || !export_is_chosen(w, node))
			continue;
		const struct export_object o = { .address = w->g->address[node],
			.type = db_column(rows, 1),
			.name = db_column(rows, 2),
			.value = db_column(rows, 3),
			.size = db_column_integer(rows, 4),
			.len = db_column(rows, 5),
			.retained = w->a->retained[node],
			.root = bits_has(w->roots, node) };
		w->objects++;
		ok = export_put_object(w->out, &o, err);
	}
	db_stmt_free(rows);
	ok = ok && got == 0 &&
	     (labels = labels_open(w->s->db, w->a->generation, err)) != NULL &&
	     export_references(w->out, err);
	for (uint32_t node = 0; ok && node < w->g->nodes; node++) {
		size_t n;
		const uint32_t *child = graph_children(w->g, node, &n);
		if (node % EXPORT_CANCEL_EVERY == 0 && session_cancelled(w->s, err))
			ok = false;
		if (!export_is_chosen(w, node))
			continue;
		for (size_t i = 0; ok && i < n; i++) {
			struct label label;
			int64_t from = w->g->address[node], to = w->g->address[child[i]];
			if (!export_is_chosen(w, child[i]))
				continue;
			ok = labels_find(labels, from, to, 0, false, &label, err);
			if (!ok)
				break;
			const struct export_reference r = { from, to, label.text,
				label.guessed };
			w->references++;
			ok = export_put_reference(w->out, &r, err);
		}
	}
	labels_close(labels);
	return ok;
}

/* export FORMAT FILE [of "COND"] */
static bool export_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "file", "objects", "references", "bytes" };
	struct clause c[] = { { .name = "of", .takes = true }, { 0 } };
	struct export_walk w = { .s = s };
	const char *place = in->words.items[1].text;
	const struct roots *roots = NULL;
	w.format = export_find_format(in->words.items[0].text, err);
	bool ok = w.format != NULL && clauses_read(in, 2, c, err) &&
		  session_may_write(s, "export", place, err) &&
		  (w.g = session_graph(s, err)) != NULL &&
		  clause_bits(s, w.g, in, &c[0], &w.of, err) &&
		  (w.a = session_analysis(s, err)) != NULL &&
		  analysis_retained(w.a, err) != NULL &&
		  (roots = analysis_roots(w.a, err)) != NULL &&
		  ((w.roots = bits_new(w.g->nodes)) != NULL || error_nomem(err));
	for (uint32_t i = 0; ok && i < roots->count; i++)
		bits_put(w.roots, roots->node[i]);
	/* With --max-rows no file gets more objects than a result may have rows. */
	size_t most = s->settings->max_rows;
	if (ok && most > 0 &&
		(w.of == NULL ? w.g->nodes : bits_count(w.of, w.g->nodes)) > most)
		ok = error_set(err, STATUS_SCRIPT,
			"more than %zu objects; --max-rows allows more", most);
	/* One state of the database, which others may write to meanwhile. */
	uint64_t bytes[2] = { 0 };
	if (ok && (ok = db_read_begin(s->db, err))) {
		w.out = export_open(s->settings->places, w.format, place, err);
		ok = w.out != NULL && export_write(&w, err);
		db_read_end(s->db);
		if (ok)
			ok = export_close(w.out, bytes, err);
		else
			export_discard(w.out);
	}
	free(w.of);
	free(w.roots);
	if (!ok)
		return false;
	assert((uint64_t)w.objects <= w.g->nodes);
	/* A row for each file that was written. */
	const char *const names[] = { w.format->objects, w.format->references };
	bool one = names[0] == NULL;
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	ok = r != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < (one ? 1 : 2); i++) {
		struct buffer file = BUFFER_INIT;
		size_t len = strlen(place);
		buffer_put_text(&file, place);
		if (!one && len > 0 && place[len - 1] != '/')
			buffer_put_char(&file, '/');
		buffer_put_text(&file, one ? "" : names[i]);
		const struct cell row[] = { cell_text(buffer_text(&file)),
			i == 0 ? cell_integer(w.objects) : cell_null(),
			one || i == 1 ? cell_integer(w.references) : cell_null(),
			cell_integer((int64_t)bytes[i]) };
		ok = file.failed ? error_nomem(err) : result_push(r, row, err);
		buffer_fini(&file);
	}
	return session_answer(s, ok, r, err);
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
