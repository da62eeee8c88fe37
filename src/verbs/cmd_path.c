/* SPDX-License-Identifier: MIT */
/* path: how objects lead to others. */
#include "base/array.h"
#include "base/bits.h"
#include "explain/labels.h"
#include "graph/disjoint.h"
#include "graph/path_tree.h"
#include "graph/priority_rules.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "session/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More shortest paths than this explain nothing. */
enum { PATH_ALL_MAX = 1000 };

enum {
	PATH_FROM,
	PATH_TO,
	PATH_REVERSED,
	PATH_AVOIDING,
	PATH_FIRST,
	PATH_ALL,
	PATH_DISJOINT,
	PATH_PRIORITY,
	PATH_CLAUSES
};

/* A path command: its words, its question and its answer. */
struct path_view {
	struct session *s;
	const struct invocation *in;
	const struct graph *g;
	struct clause clause[PATH_CLAUSES + 1];
	struct path_query q;
	struct disjoint found; /* the cut only with `disjoint` */
	bool many;             /* several paths may come */
};

static bool path_parse(struct path_view *v, struct error *err)
{
	static const struct clause clauses[] = {
		[PATH_FROM] = { .name = "from", .takes = true },
		[PATH_TO] = { .name = "to", .takes = true },
		[PATH_REVERSED] = { .name = "reversed" },
		[PATH_AVOIDING] = { .name = "avoiding", .takes = true },
		[PATH_FIRST] = { .name = "first", .takes = true },
		[PATH_ALL] = { .name = "all" },
		[PATH_DISJOINT] = { .name = "disjoint" },
		[PATH_PRIORITY] = { .name = "prioritized" },
	};
	const struct clause *c = v->clause;
	memcpy(v->clause, clauses, sizeof clauses);
	if (!clauses_read(v->in, 0, v->clause, err))
		return false;
	if (!c[PATH_FROM].given || !c[PATH_TO].given)
		return command_usage(v->in, err);
	if (c[PATH_FIRST].given && c[PATH_ALL].given)
		return error_set(
			err, STATUS_SCRIPT, "'first' and 'all' exclude each other");
	if (c[PATH_DISJOINT].given && c[PATH_ALL].given)
		return error_set(
			err, STATUS_SCRIPT, "'disjoint' and 'all' exclude each other");
	v->many = c[PATH_FIRST].given || c[PATH_ALL].given || c[PATH_DISJOINT].given;
	if (v->many && c[PATH_PRIORITY].given)
		return error_set(err, STATUS_SCRIPT, "'prioritized' finds one path");
	v->q.reversed = c[PATH_REVERSED].given;
	return true;
}

/* The first target in the order of the tree has the best path. */
static bool path_search_prioritized(struct path_view *v, struct error *err)
{
	struct analysis *a = session_analysis(v->s, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	struct priority low = { 0 };
	uint64_t *is_target = bits_new(v->g->nodes);
	struct path_tree *t = NULL;
	bool ok = o != NULL && (is_target != NULL || error_nomem(err)) &&
		  priority_load(v->s->db, o, &low, err);
	if (ok) {
		v->q.low = &low;
		t = path_tree_new(v->g, &v->q, err);
		v->q.low = NULL;
		ok = t != NULL;
	}
	for (size_t i = 0; ok && i < v->q.target_count; i++)
		bits_put(is_target, v->q.targets[i]);
	for (uint32_t i = 0; ok && i < t->reached; i++)
		if (bits_has(is_target, t->order[i])) {
			ok = path_tree_path(t, t->order[i], &v->found.paths, err);
			break;
		}
	path_tree_free(t);
	priority_fini(&low);
	free(is_target);
	return ok;
}

static bool path_search(struct path_view *v, struct error *err)
{
	const struct clause *c = v->clause;
	int64_t limit;
	if (!clause_number(v->in, &c[PATH_FIRST], 1, PATH_ALL_MAX, &limit, err))
		return false;
	if (c[PATH_DISJOINT].given)
		return disjoint_find(v->g, &v->q, (size_t)limit, &v->found, err);
	if (c[PATH_FIRST].given)
		return path_find_first(v->g, &v->q, (size_t)limit, &v->found.paths, err);
	if (c[PATH_ALL].given)
		return path_find_all(v->g, &v->q, PATH_ALL_MAX, &v->found.paths, err);
	if (c[PATH_PRIORITY].given)
		return path_search_prioritized(v, err);
	return path_find(v->g, &v->q, &v->found.paths, err);
}

static bool path_ask(struct path_view *v, struct error *err)
{
	uint32_t *sources = NULL, *targets = NULL;
	uint64_t *avoided = NULL;
	v->g = session_graph(v->s, err);
	bool ok =
		v->g != NULL && path_parse(v, err) &&
		clause_nodes(v->s, v->g, v->in, &v->clause[PATH_FROM], &sources,
			&v->q.source_count, err) &&
		clause_nodes(v->s, v->g, v->in, &v->clause[PATH_TO], &targets,
			&v->q.target_count, err) &&
		clause_bits(v->s, v->g, v->in, &v->clause[PATH_AVOIDING], &avoided, err);
	v->q.sources = sources;
	v->q.targets = targets;
	v->q.avoided = avoided;
	ok = ok && path_search(v, err);
	free(sources);
	free(targets);
	free(avoided);
	return ok;
}

/* --- rows and the picture ----------------------------------------------------------- */

/* What goes before the columns of obj when there may be several paths. */
static const char *const path_columns[] = { "route", "step", "cut", "reference" };

enum { PATH_EXTRA = sizeof path_columns / sizeof *path_columns };

/* Where rows come from and go to. */
struct path_output {
	struct path_view *v;
	struct db_stmt *stmt; /* an object by its address */
	struct labels *labels;
	struct cell *cells;
	int columns; /* of obj */
	struct result *r;
};

static bool path_is_cut(const struct path_view *v, uint32_t node)
{
	for (size_t i = 0; i < v->found.cut_count; i++)
		if (v->found.cut[i] == node)
			return true;
	return false;
}

/* label[i] is of the reference between nodes i - 1 and i.  Read in the direction of the
 * references, so that behind `.__dict__` entries are known as attributes. */
static bool path_labels(struct path_output *out, const uint32_t *node, size_t n,
	struct label *label, struct error *err)
{
	const struct graph *g = out->v->g;
	bool back = out->v->q.reversed, attributes = false;
	label[0] = (struct label){ 0 };
	for (size_t k = 1; k < n; k++) {
		size_t i = back ? n - k : k;
		uint32_t parent = node[back ? i : i - 1], child = node[back ? i - 1 : i];
		if (!labels_find(out->labels, g->address[parent], g->address[child], 0,
			    attributes, &label[i], err))
			return false;
		attributes = label[i].is_dict;
	}
	return true;
}

/* One object of a path, reached by `label`. */
static bool path_push(struct path_output *out, size_t path, size_t step, uint32_t node,
	const struct label *label, struct error *err)
{
	struct cell *extra = out->cells;
	char text[LABEL_MAX + 2];
	int at = out->v->many ? PATH_EXTRA : 0;
	snprintf(text, sizeof text, "%s%s", label->text, label->guessed ? "?" : "");
	if (out->v->many) {
		extra[0] = cell_integer((int64_t)path);
		extra[1] = cell_integer((int64_t)step);
		extra[2] = cell_integer(path_is_cut(out->v, node));
		extra[3] = text[0] == '\0' ? cell_null() : cell_text(text);
	}
	db_reset(out->stmt);
	if (!db_bind(out->stmt, 1, cell_integer(out->v->g->address[node]), err) ||
		!db_row(out->stmt, err))
		return false;
	for (int c = 0; c < out->columns; c++)
		out->cells[at + c] = db_column(out->stmt, c);
	return result_push(out->r, out->cells, err);
}

/* Arrows go in the direction of the references, however the search went. */
static bool path_draw(struct path_output *out, uint32_t before, uint32_t node,
	unsigned flags, const struct label *label, struct error *err)
{
	const struct path_view *v = out->v;
	struct drawing *d = out->r->drawing;
	if (!picture_put_object(d, &v->s->held, v->g->address[node], flags, err))
		return false;
	if (before == GRAPH_NONE)
		return true;
	size_t from = drawing_find(d, (uint64_t)v->g->address[before]);
	size_t to = drawing_find(d, (uint64_t)v->g->address[node]);
	struct drawing_edge edge = { .from = v->q.reversed ? to : from,
		.to = v->q.reversed ? from : to,
		.label = label->text[0] == '\0' ? NULL : (char *)label->text,
		.count = 1,
		.bytes = -1,
		.flags = DRAWING_ON_PATH | (label->guessed ? DRAWING_GUESSED : 0u) };
	return drawing_put_edge(d, &edge, err);
}

static bool path_put(struct path_output *out, size_t path, struct error *err)
{
	size_t n;
	const uint32_t *node = path_list_get(&out->v->found.paths, path, &n);
	struct label *label = array_new(n, sizeof *label);
	bool ok =
		label != NULL ? path_labels(out, node, n, label, err) : error_nomem(err);
	for (size_t i = 0; ok && i < n; i++) {
		unsigned flags = (i == 0 ? DRAWING_SOURCE : 0u) |
				 (i + 1 == n ? DRAWING_TARGET : 0u) |
				 (path_is_cut(out->v, node[i]) ? DRAWING_CUT : 0u);
		uint32_t before = i == 0 ? GRAPH_NONE : node[i - 1];
		ok = path_push(out, path, i, node[i], &label[i], err) &&
		     path_draw(out, before, node[i], flags, &label[i], err);
	}
	free(label);
	return ok;
}

/* The columns of obj, behind our own when there may be several paths. */
static bool path_output_init(
	struct path_output *out, struct path_view *v, struct error *err)
{
	*out = (struct path_output){ .v = v };
	out->labels = labels_open(v->s->db, v->s->held.generation, err);
	if (out->labels == NULL ||
		!db_prepare(v->s->db, "select * from main.obj where address = ?",
			&out->stmt, NULL, err))
		return false;
	out->columns = db_columns(out->stmt);
	int extra = v->many ? PATH_EXTRA : 0, all = extra + out->columns;
	const char **names = array_new((size_t)all, sizeof *names);
	out->cells = array_new((size_t)all, sizeof *out->cells);
	if (names != NULL && out->cells != NULL) {
		for (int i = 0; i < all; i++)
			names[i] = i < extra ? path_columns[i]
					     : db_column_name(out->stmt, i - extra);
		out->r = result_new(all, names);
	}
	free(names);
	return (out->r != NULL && (out->r->drawing = drawing_new()) != NULL) ||
	       error_nomem(err);
}

static void path_note(const struct path_view *v)
{
	if (v->found.paths.more)
		session_note(
			v->s, "there are more than %zu such paths", v->found.paths.count);
	if (v->clause[PATH_DISJOINT].given && v->found.more)
		session_note(
			v->s, "there are more than %zu such paths", v->found.paths.count);
	if (v->clause[PATH_DISJOINT].given && v->found.direct)
		session_note(v->s, "a source refers to a target itself: "
				   "no other object can be cut");
}

static bool path_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct path_view v = { .s = s, .in = in };
	struct path_output out = { 0 };
	bool ok = path_ask(&v, err) && path_output_init(&out, &v, err);
	for (size_t i = 0; ok && i < v.found.paths.count; i++)
		ok = path_put(&out, i, err);
	if (ok)
		path_note(&v);
	disjoint_fini(&v.found);
	labels_close(out.labels);
	db_stmt_free(out.stmt);
	free(out.cells);
	if (ok)
		return session_emit(s, out.r, err);
	result_free(out.r);
	return false;
}

const struct command command_path = {
	.name = "path",
	.usage = "from \"COND\" to \"COND\" [reversed] [avoiding \"COND\"] [first N | "
		 "all] "
		 "[disjoint] [prioritized]",
	.summary = "find a shortest path of references, or several",
	.kind = COMMAND_CONDITIONS,
	.least = 4,
	.most = COMMAND_ANY,
	.run = path_run,
};
