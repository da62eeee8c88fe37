/* SPDX-License-Identifier: MIT */
/* path: how objects lead to others. */
#include "base/array.h"
#include "command/commands.h"
#include "command/picture.h"
#include "command/query.h"
#include "model/path.h"

#include <stdlib.h>
#include <string.h>

struct path_words {
	size_t from, to; /* words that hold the conditions */
	bool reversed;
};

/* path from "COND" to "COND" [reversed] */
static bool path_parse(
	const struct invocation *in, struct path_words *words, struct error *err)
{
	*words = (struct path_words){ .from = 1, .to = 3 };
	const struct words *w = &in->words;
	if (w->count < 4 || !words_is(w, 0, "from") || !words_is(w, 2, "to"))
		return command_usage(in, err);
	for (size_t i = 4; i < w->count; i++) {
		if (!words_is(w, i, "reversed"))
			return command_bad_word(in, i, "path: unknown option", err);
		words->reversed = true;
	}
	return true;
}

static bool path_query(struct session *s, const struct graph *g,
	const struct invocation *in, struct path_list *found, struct error *err)
{
	struct path_words words;
	uint32_t *sources = NULL, *targets = NULL;
	struct path_query q = { 0 };
	bool ok = path_parse(in, &words, err) &&
		  query_nodes(s, g, in, words.from, &sources, &q.source_count, err) &&
		  query_nodes(s, g, in, words.to, &targets, &q.target_count, err);
	q.sources = sources;
	q.targets = targets;
	q.reversed = words.reversed;
	ok = ok && path_find(g, &q, found, err);
	free(sources);
	free(targets);
	return ok;
}

/* The path's objects with all columns of obj, in its order. */
static struct result *path_rows(struct session *s, const struct graph *g,
	const uint32_t *nodes, size_t count, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!db_prepare(s->db, "select * from obj where address = ?", &stmt, NULL, err))
		return NULL;
	int columns = db_columns(stmt);
	const char **names = array_new((size_t)columns, sizeof *names);
	struct cell *cells = array_new((size_t)columns, sizeof *cells);
	struct result *r = NULL;
	if (names != NULL && cells != NULL) {
		for (int i = 0; i < columns; i++)
			names[i] = db_column_name(stmt, i);
		r = result_new(columns, names);
	}
	bool ok = r != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < count; i++) {
		db_reset(stmt);
		ok = db_bind(stmt, 1, cell_integer(g->address[nodes[i]]), err) &&
		     db_step(stmt, err) == 1;
		for (int c = 0; ok && c < columns; c++)
			cells[c] = db_column(stmt, c);
		ok = ok && result_push(r, cells, err);
	}
	db_stmt_free(stmt);
	free(names);
	free(cells);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

/* Arrows go in the direction of the references, however the search went. */
static bool path_draw(struct session *s, struct result *r, const struct graph *g,
	const uint32_t *nodes, size_t count, bool reversed, struct error *err)
{
	r->drawing = drawing_new();
	if (r->drawing == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++) {
		unsigned flags = (i == 0 ? DRAWING_SOURCE : 0u) |
				 (i + 1 == count ? DRAWING_TARGET : 0u);
		if (!picture_put_object(
			    r->drawing, s->db, g, g->address[nodes[i]], flags, err))
			return false;
		struct drawing_edge edge = { .from = reversed ? i : i - 1,
			.to = reversed ? i - 1 : i,
			.count = 1,
			.bytes = -1,
			.flags = DRAWING_ON_PATH };
		if (i > 0 && !drawing_put_edge(r->drawing, &edge, err))
			return false;
	}
	return true;
}

static bool path_run(struct session *s, const struct invocation *in, struct error *err)
{
	const struct graph *g = session_graph(s, err);
	struct path_list found = { 0 };
	if (g == NULL || !path_query(s, g, in, &found, err)) {
		path_list_fini(&found);
		return false;
	}
	size_t count = 0;
	const uint32_t *nodes =
		found.count == 0 ? NULL : path_list_get(&found, 0, &count);
	struct result *r = path_rows(s, g, nodes, count, err);
	struct path_words words = { 0 };
	bool ok = r != NULL && path_parse(in, &words, err) &&
		  path_draw(s, r, g, nodes, count, words.reversed, err);
	path_list_fini(&found);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_path = {
	.name = "path",
	.usage = "from \"COND\" to \"COND\" [reversed]",
	.summary = "find a shortest path of references",
	.kind = COMMAND_CONDITIONS,
	.least = 4,
	.most = COMMAND_ANY,
	.run = path_run,
};
