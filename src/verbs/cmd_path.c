/* SPDX-License-Identifier: MIT */
/* path: how objects lead to others. */
#include "base/array.h"
#include "base/bits.h"
#include "explain/labels.h"
#include "paths/disjoint.h"
#include "paths/path_tree.h"
#include "paths/priority_rules.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "session/picture.h"

#include <assert.h>
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

/* The best path by priority: that of the first target in the order of the tree. */
static bool path_find_prioritized(struct path_view *v, struct error *err)
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

/* Reads the clauses, finds the objects that they name, and searches. */
static bool path_ask(struct path_view *v, struct error *err)
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
	uint32_t *sources = NULL, *targets = NULL;
	uint64_t *avoided = NULL;
	int64_t first;
	memcpy(v->clause, clauses, sizeof clauses);
	v->g = session_graph(v->s, err);
	if (v->g == NULL || !clauses_read(v->in, 0, v->clause, err))
		return false;
	if (!c[PATH_FROM].given || !c[PATH_TO].given)
		return command_usage(v->in, err);
	v->many = c[PATH_FIRST].given || c[PATH_ALL].given || c[PATH_DISJOINT].given;
	if (c[PATH_ALL].given && (c[PATH_FIRST].given || c[PATH_DISJOINT].given))
		return error_set(err, STATUS_SCRIPT, "'%s' and 'all' exclude each other",
			c[PATH_FIRST].given ? "first" : "disjoint");
	if (v->many && c[PATH_PRIORITY].given)
		return error_set(err, STATUS_SCRIPT, "'prioritized' finds one path");
	v->q.reversed = c[PATH_REVERSED].given;
	bool ok = clause_nodes(v->s, v->g, v->in, &c[PATH_FROM], &sources,
			  &v->q.source_count, err) &&
		  clause_nodes(v->s, v->g, v->in, &c[PATH_TO], &targets,
			  &v->q.target_count, err) &&
		  clause_bits(v->s, v->g, v->in, &c[PATH_AVOIDING], &avoided, err) &&
		  clause_number(v->in, &c[PATH_FIRST], 1, PATH_ALL_MAX, &first, err);
	v->q.sources = sources;
	v->q.targets = targets;
	v->q.avoided = avoided;
	struct path_list *found = &v->found.paths;
	if (ok && c[PATH_DISJOINT].given)
		ok = disjoint_find(v->g, &v->q, (size_t)first, &v->found, err);
	else if (ok && c[PATH_FIRST].given)
		ok = path_find_first(v->g, &v->q, (size_t)first, found, err);
	else if (ok && c[PATH_ALL].given)
		ok = path_find_all(v->g, &v->q, PATH_ALL_MAX, found, err);
	else if (ok)
		ok = c[PATH_PRIORITY].given ? path_find_prioritized(v, err)
					    : path_find(v->g, &v->q, found, err);
	free(sources);
	free(targets);
	free(avoided);
	return ok;
}

/* What goes before the columns of obj when there may be several paths. */
static const char *const path_columns[] = { "route", "step", "cut", "reference" };

enum { PATH_EXTRA = sizeof path_columns / sizeof *path_columns };

/* Where rows come from and go to. */
struct path_output {
	struct path_view *v;
	struct db_stmt *stmt; /* an object by its address */
	struct labels *labels;
	struct cell *cells; /* of one row */
	struct result *r;
};

/* [i] is the label of the reference between nodes i - 1 and i.  They are read in the
 * direction of the references, so that behind `.__dict__` entries are known as
 * attributes.  NULL on failure. */
static struct label *path_labels(
	struct path_output *out, const uint32_t *node, size_t n, struct error *err)
{
	const int64_t *address = out->v->g->address;
	bool back = out->v->q.reversed, attributes = false;
	struct label *label = array_new_zeroed(n, sizeof *label);
	bool ok = label != NULL || error_nomem(err);
	for (size_t k = 1; ok && k < n; k++) {
		size_t i = back ? n - k : k;
		uint32_t parent = node[i - !back], child = node[i - back];
		ok = labels_find(out->labels, address[parent], address[child], 0,
			attributes, &label[i], err);
		attributes = label[i].is_dict;
	}
	if (ok)
		return label;
	free(label);
	return NULL;
}

/* A path's objects as rows and in the drawing. */
static bool path_put(struct path_output *out, size_t path, struct error *err)
{
	const struct path_view *v = out->v;
	const int64_t *address = v->g->address;
	struct drawing *d = out->r->drawing;
	bool back = v->q.reversed;
	size_t n;
	const uint32_t *node = path_list_get(&v->found.paths, path, &n);
	assert(n > 0);
	struct label *label = path_labels(out, node, n, err);
	bool ok = label != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		bool cut = false;
		for (size_t k = 0; k < v->found.cut_count; k++)
			cut = cut || v->found.cut[k] == node[i];
		char text[LABEL_MAX + 2];
		snprintf(text, sizeof text, "%s%s", label[i].text,
			label[i].guessed ? "?" : "");
		struct cell *cells = out->cells;
		if (v->many) {
			*cells++ = cell_integer((int64_t)path);
			*cells++ = cell_integer((int64_t)i);
			*cells++ = cell_integer(cut);
			*cells++ = text[0] == '\0' ? cell_null() : cell_text(text);
		}
		db_reset(out->stmt);
		ok = db_bind(out->stmt, 1, cell_integer(address[node[i]]), err) &&
		     db_row(out->stmt, err);
		for (int c = 0; ok && c < db_columns(out->stmt); c++)
			*cells++ = db_column(out->stmt, c);
		assert(!ok || cells - out->cells == out->r->columns);
		unsigned flags = (i == 0 ? DRAWING_SOURCE : 0u) |
				 (i + 1 == n ? DRAWING_TARGET : 0u) |
				 (cut ? DRAWING_CUT : 0u);
		ok = ok && result_push(out->r, out->cells, err) &&
		     picture_put_object(d, &v->s->held, address[node[i]], flags, err);
		if (!ok || i == 0)
			continue;
		/* Arrows go in the direction of the references, however the search went.
		 */
		uint32_t parent = node[i - !back], child = node[i - back];
		const struct drawing_edge edge = { .from = drawing_find(
							   d, (uint64_t)address[parent]),
			.to = drawing_find(d, (uint64_t)address[child]),
			.label = label[i].text[0] == '\0' ? NULL : label[i].text,
			.count = 1,
			.bytes = -1,
			.flags = DRAWING_ON_PATH |
				 (label[i].guessed ? DRAWING_GUESSED : 0u) };
		ok = drawing_put_edge(d, &edge, err);
	}
	free(label);
	return ok;
}

static bool path_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct path_view v = { .s = s, .in = in };
	struct path_output out = { .v = &v };
	const char **names = NULL;
	bool ok = path_ask(&v, err) &&
		  (out.labels = labels_open(s->db, s->held.analysis->generation, err)) !=
			  NULL &&
		  db_prepare(s->db, "select * from main.obj where address = ?", &out.stmt,
			  NULL, err);
	if (ok) {
		/* The columns of obj, behind our own when there may be several paths. */
		int extra = v.many ? PATH_EXTRA : 0, all = extra + db_columns(out.stmt);
		names = array_new((size_t)all, sizeof *names);
		out.cells = array_new((size_t)all, sizeof *out.cells);
		for (int i = 0; names != NULL && i < all; i++)
			names[i] = i < extra ? path_columns[i]
					     : db_column_name(out.stmt, i - extra);
		out.r = names == NULL ? NULL : result_new(all, names);
		ok = (out.cells != NULL && out.r != NULL &&
			     (out.r->drawing = drawing_new()) != NULL) ||
		     error_nomem(err);
	}
	for (size_t i = 0; ok && i < v.found.paths.count; i++)
		ok = path_put(&out, i, err);
	bool disjoint = v.clause[PATH_DISJOINT].given;
	if (ok && (v.found.paths.more || (disjoint && v.found.more)))
		session_note(
			s, "there are more than %zu such paths", v.found.paths.count);
	if (ok && disjoint && v.found.direct)
		session_note(s, "a source refers to a target itself: "
				"no other object can be cut");
	disjoint_fini(&v.found);
	labels_close(out.labels);
	db_stmt_free(out.stmt);
	free(names);
	free(out.cells);
	return session_answer(s, ok, out.r, err);
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
