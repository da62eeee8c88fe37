/* SPDX-License-Identifier: MIT */
/* paths, signatures: how many objects at once are held. */
#include "base/array.h"
#include "explain/merge.h"
#include "graph/priority_rules.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/notes.h"

#include <stdlib.h>
#include <string.h>

/* How many branches `paths` shows unless it is told. */
enum { MERGE_TOP = 30 };

enum {
	MERGE_FROM,
	MERGE_TO,
	MERGE_AVOIDING,
	MERGE_TOP_CLAUSE,
	MERGE_PLAIN,
	MERGE_CLAUSES
};

/* A command's question and its answer. */
struct merge_view {
	struct session *s;
	struct analysis *a;
	const struct objects *o;
	struct merge *m;
	int64_t top;
};

static bool merge_ask(struct session *s, const struct invocation *in,
	struct clause *clauses, struct merge_view *v, struct error *err)
{
	const struct graph *g = v->a->g;
	const struct roots *roots = analysis_roots(v->a, err);
	struct priority low = { 0 };
	uint32_t *from = NULL, *to = NULL;
	uint64_t *avoided = NULL;
	struct path_query q = { 0 };
	struct labels *labels = NULL;
	bool ok = roots != NULL &&
		  clause_nodes(
			  s, g, in, &clauses[MERGE_FROM], &from, &q.source_count, err) &&
		  clause_nodes(s, g, in, &clauses[MERGE_TO], &to, &q.target_count, err) &&
		  clause_bits(s, g, in, &clauses[MERGE_AVOIDING], &avoided, err) &&
		  priority_load(s->db, v->o, &low, err);
	if (ok) {
		q.sources = from;
		q.targets = to;
		q.avoided = avoided;
		q.low = clauses[MERGE_PLAIN].given ? NULL : &low;
		if (!clauses[MERGE_FROM].given) {
			q.sources = roots->node;
			q.source_count = roots->count;
		}
		labels = labels_open(s->db, v->a->generation, err);
		v->m = labels == NULL ? NULL : merge_new(g, v->o, &q, labels, err);
	}
	labels_close(labels);
	priority_fini(&low);
	free(from);
	free(to);
	free(avoided);
	return ok && v->m != NULL;
}

static bool merge_view_init(struct merge_view *v, struct session *s,
	const struct invocation *in, struct error *err)
{
	struct clause clauses[MERGE_CLAUSES + 1] = {
		[MERGE_FROM] = { .name = "from", .takes = true },
		[MERGE_TO] = { .name = "to", .takes = true },
		[MERGE_AVOIDING] = { .name = "avoiding", .takes = true },
		[MERGE_TOP_CLAUSE] = { .name = "top", .takes = true },
		[MERGE_PLAIN] = { .name = "plain" },
	};
	*v = (struct merge_view){ 0 };
	if (!clauses_read(in, 0, clauses, err))
		return false;
	if (!clauses[MERGE_TO].given)
		return command_usage(in, err);
	if (!clause_number(in, &clauses[MERGE_TOP_CLAUSE], 1, MERGE_TOP, &v->top, err))
		return false;
	v->s = s;
	v->a = session_analysis(s, err);
	v->o = v->a == NULL ? NULL : analysis_objects(v->a, err);
	if (v->o == NULL || !merge_ask(s, in, clauses, v, err))
		return false;
	if (v->m->unreachable > 0)
		session_note(s, "%u of %u objects are not reachable", v->m->unreachable,
			v->m->unreachable + v->m->reached);
	if (!v->m->labelled && v->m->reached > 0)
		session_note(s, "too many objects on the paths to label the references");
	return true;
}

/* --- paths -------------------------------------------------------------------------- */

struct merge_rank {
	uint32_t node, targets;
};

static int merge_rank_compare(const void *a, const void *b)
{
	const struct merge_rank *x = a, *y = b;
	if (x->targets != y->targets)
		return x->targets > y->targets ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Which nodes are shown: those with most targets.  A parent has no fewer than its
 * children and stands before them, so what is shown is a tree. */
static bool *merge_choose(const struct merge *m, int64_t top, struct error *err)
{
	bool *shown = array_new_zeroed(m->count, sizeof *shown);
	struct merge_rank *rank = array_new(m->count, sizeof *rank);
	if (shown == NULL || rank == NULL) {
		error_nomem(err);
		free(shown);
		free(rank);
		return NULL;
	}
	for (uint32_t i = 0; i < m->count; i++)
		rank[i] = (struct merge_rank){ i, m->node[i].targets };
	if (m->count > 0)
		qsort(rank, m->count, sizeof *rank, merge_rank_compare);
	for (uint32_t i = 0; i < m->count && i < top; i++)
		shown[rank[i].node] = true;
	free(rank);
	return shown;
}

static bool paths_push_node(
	struct result *r, const struct merge_view *v, uint32_t i, struct error *err)
{
	const struct merge_node *n = &v->m->node[i];
	struct buffer tree = BUFFER_INIT;
	for (uint32_t d = 0; d < n->depth; d++)
		buffer_put_text(&tree, "· ");
	if (n->label[0] != '\0')
		buffer_printf(&tree, "%s%s ", n->label, n->guessed ? "?" : "");
	buffer_put_text(&tree, merge_type(v->m, v->o, i));
	if (n->repeated)
		buffer_put_text(&tree, " (repeated)");
	const struct cell row[] = { cell_text(buffer_text(&tree)),
		cell_integer(n->objects), cell_integer(n->targets),
		cell_integer(n->bytes), cell_integer(v->a->g->address[n->first]) };
	bool ok = tree.failed ? error_nomem(err) : result_push(r, row, err);
	buffer_fini(&tree);
	return ok;
}

/* What the children of `parent` (GRAPH_NONE: the sources) that are not shown hold. */
static struct merge_node paths_rest(
	const struct merge *m, const bool *shown, uint32_t parent)
{
	struct merge_node rest = { 0 };
	uint32_t child = parent != GRAPH_NONE ? m->node[parent].down
			 : m->count > 0       ? 0
					      : GRAPH_NONE;
	for (; child != GRAPH_NONE; child = m->node[child].next) {
		if (shown[child])
			continue;
		rest.targets += m->node[child].targets;
		rest.objects += m->node[child].objects;
		rest.bytes = dominators_add(rest.bytes, m->node[child].bytes);
	}
	return rest;
}

static bool paths_push_rest(struct result *r, const struct merge_view *v,
	const bool *shown, uint32_t parent, struct error *err)
{
	struct merge_node rest = paths_rest(v->m, shown, parent);
	if (rest.targets == 0)
		return true;
	struct buffer tree = BUFFER_INIT;
	uint32_t depth = parent == GRAPH_NONE ? 0 : v->m->node[parent].depth + 1;
	for (uint32_t d = 0; d < depth; d++)
		buffer_put_text(&tree, "· ");
	buffer_printf(&tree, "%u more", rest.targets);
	const struct cell row[] = { cell_text(buffer_text(&tree)),
		cell_integer(rest.objects), cell_integer(rest.targets),
		cell_integer(rest.bytes), cell_null() };
	bool ok = tree.failed ? error_nomem(err) : result_push(r, row, err);
	buffer_fini(&tree);
	return ok;
}

/* The subtree of `i` has ended before `next`: what is left out of each node that ends. */
static bool paths_close(struct result *r, const struct merge_view *v, const bool *shown,
	uint32_t i, uint32_t next, struct error *err)
{
	uint32_t depth = next == GRAPH_NONE ? 0 : v->m->node[next].depth;
	for (; i != GRAPH_NONE && v->m->node[i].depth >= depth; i = v->m->node[i].parent)
		if (!paths_push_rest(r, v, shown, i, err))
			return false;
	return next != GRAPH_NONE || paths_push_rest(r, v, shown, GRAPH_NONE, err);
}

static bool paths_push(struct result *r, const struct merge_view *v, const bool *shown,
	struct error *err)
{
	uint32_t last = GRAPH_NONE;
	for (uint32_t i = 0; i < v->m->count; i++) {
		if (!shown[i])
			continue;
		if (last != GRAPH_NONE && !paths_close(r, v, shown, last, i, err))
			return false;
		if (!paths_push_node(r, v, i, err))
			return false;
		last = i;
	}
	return paths_close(r, v, shown, last, GRAPH_NONE, err);
}

/* Where a node is in the drawing. */
static size_t merge_find(const struct drawing *d, const struct merge_view *v, uint32_t i)
{
	return drawing_find(d, (uint64_t)v->a->g->address[v->m->node[i].first]);
}

static bool paths_draw_node(
	struct drawing *d, const struct merge_view *v, uint32_t i, struct error *err)
{
	const struct merge_node *n = &v->m->node[i];
	/* Each object is in one place, so its address is the place's. */
	struct drawing_node node = { .id = (uint64_t)v->a->g->address[n->first],
		.title = merge_type(v->m, v->o, i),
		.bytes = n->bytes,
		.count = n->objects,
		.flags = (n->objects > 1 ? DRAWING_GROUP : 0u) |
			 (n->depth == 0 ? DRAWING_SOURCE : 0u) |
			 (n->ends > 0 ? DRAWING_TARGET : 0u) |
			 (n->repeated ? DRAWING_CYCLE : 0u) };
	size_t at;
	if (!drawing_put_node(d, &node, &at, err))
		return false;
	if (n->parent == GRAPH_NONE)
		return true;
	struct drawing_edge edge = { .from = merge_find(d, v, n->parent),
		.to = at,
		.label = n->label[0] == '\0' ? NULL : n->label,
		.count = n->targets,
		.bytes = n->bytes,
		.flags = DRAWING_ON_PATH | (n->guessed ? DRAWING_GUESSED : 0u) };
	return drawing_put_edge(d, &edge, err);
}

static bool paths_draw_rest(struct drawing *d, const struct merge_view *v,
	const bool *shown, uint32_t parent, struct error *err)
{
	struct merge_node rest = paths_rest(v->m, shown, parent);
	if (rest.targets == 0)
		return true;
	struct drawing_node node = { .id = UINT64_MAX - parent,
		.title = "more",
		.bytes = rest.bytes,
		.count = rest.targets,
		.flags = DRAWING_MORE };
	struct drawing_edge edge = {
		.count = rest.targets, .bytes = rest.bytes, .flags = DRAWING_ON_PATH
	};
	if (!drawing_put_node(d, &node, &edge.to, err))
		return false;
	if (parent == GRAPH_NONE)
		return true;
	edge.from = merge_find(d, v, parent);
	return drawing_put_edge(d, &edge, err);
}

static bool paths_draw(struct result *r, const struct merge_view *v, const bool *shown,
	struct error *err)
{
	r->drawing = drawing_new();
	if (r->drawing == NULL)
		return error_nomem(err);
	for (uint32_t i = 0; i < v->m->count; i++)
		if (shown[i] && (!paths_draw_node(r->drawing, v, i, err) ||
					!paths_draw_rest(r->drawing, v, shown, i, err)))
			return false;
	return paths_draw_rest(r->drawing, v, shown, GRAPH_NONE, err);
}

static bool paths_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "tree", "objects", "targets", "bytes",
		"address" };
	struct merge_view v;
	bool *shown = NULL;
	struct result *r = NULL;
	bool ok = merge_view_init(&v, s, in, err);
	if (ok) {
		shown = merge_choose(v.m, v.top, err);
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = shown != NULL && (r != NULL || error_nomem(err)) &&
		     paths_push(r, &v, shown, err) && paths_draw(r, &v, shown, err);
	}
	free(shown);
	merge_free(v.m);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_paths = {
	.name = "paths",
	.usage = "[from \"COND\"] to \"COND\" [avoiding \"COND\"] [top N] [plain]",
	.summary = "merge the paths to many objects into one tree of types",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = paths_run,
};

/* --- signatures --------------------------------------------------------------------- */

/* The bytes of the targets that end in node `i`: what its children do not have. */
enum { SIGNATURE_COLUMNS = 5 };

static int64_t signatures_bytes(const struct merge *m, uint32_t i)
{
	int64_t bytes = m->node[i].bytes;
	for (uint32_t c = m->node[i].down; c != GRAPH_NONE; c = m->node[c].next)
		bytes = dominators_subtract(bytes, m->node[c].bytes);
	return bytes;
}

/* What is held in one way; the places of the tree that have one signature are one way. */
struct signature_row {
	char *text;
	int64_t objects, bytes;
	uint32_t first;
};

static int signatures_compare_text(const void *a, const void *b)
{
	const struct signature_row *x = a, *y = b;
	return strcmp(x->text, y->text);
}

static int signatures_compare(const void *a, const void *b)
{
	const struct signature_row *x = a, *y = b;
	if (x->objects != y->objects)
		return x->objects > y->objects ? -1 : 1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* A row for each place in which objects of the set are; false out of memory. */
static bool signatures_list(
	const struct merge_view *v, struct signature_row *row, size_t *n)
{
	for (uint32_t i = 0; i < v->m->count; i++) {
		const struct merge_node *node = &v->m->node[i];
		struct buffer text = BUFFER_INIT;
		if (node->ends == 0)
			continue;
		merge_signature(v->m, v->o, i, &text);
		row[*n] = (struct signature_row){ .text = buffer_take(&text),
			.objects = node->ends,
			.bytes = signatures_bytes(v->m, i),
			.first = node->first_end };
		if (row[*n].text == NULL)
			return false;
		(*n)++;
	}
	return true;
}

/* Makes one of those with the same signature. */
static size_t signatures_join(struct signature_row *row, size_t n)
{
	size_t kept = 0;
	if (n > 0)
		qsort(row, n, sizeof *row, signatures_compare_text);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || strcmp(row[kept - 1].text, row[i].text) != 0) {
			row[kept++] = row[i];
			continue;
		}
		struct signature_row *to = &row[kept - 1];
		to->objects += row[i].objects;
		to->bytes = dominators_add(to->bytes, row[i].bytes);
		if (row[i].first < to->first)
			to->first = row[i].first;
		free(row[i].text);
	}
	if (kept > 0)
		qsort(row, kept, sizeof *row, signatures_compare);
	return kept;
}

/* Where dumps tell sites, that of the example is a column. */
static bool signatures_have_sites(struct db *db, int64_t *have, struct error *err)
{
	return db_integer(db, have, 0, err, "select exists (select 1 from site)");
}

static bool signatures_push(struct result *r, const struct merge_view *v,
	const struct signature_row *row, struct error *err)
{
	int64_t address = v->a->g->address[row->first];
	char *site = NULL;
	if (r->columns == SIGNATURE_COLUMNS &&
		!notes_find_site(v->s->db, v->a->generation, address, &site, err))
		return false;
	const struct cell cells[SIGNATURE_COLUMNS] = { cell_integer(row->objects),
		cell_integer(row->bytes), cell_text(row->text), cell_integer(address),
		cell_text(site) };
	bool ok = result_push(r, cells, err);
	free(site);
	return ok;
}

static struct result *signatures_rows(const struct merge_view *v, struct error *err)
{
	static const char *const columns[SIGNATURE_COLUMNS] = { "objects", "bytes",
		"signature", "address", "allocated" };
	int64_t sites;
	if (!signatures_have_sites(v->s->db, &sites, err))
		return NULL;
	struct result *r = result_new(SIGNATURE_COLUMNS - (sites == 0), columns);
	struct signature_row *row = array_new(v->m->count, sizeof *row);
	size_t n = 0;
	bool ok = (r != NULL && row != NULL && signatures_list(v, row, &n)) ||
		  error_nomem(err);
	if (ok)
		n = signatures_join(row, n);
	for (size_t i = 0; ok && i < n && (int64_t)i < v->top; i++)
		ok = signatures_push(r, v, &row[i], err);
	for (size_t i = 0; i < n; i++)
		free(row[i].text);
	free(row);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool signatures_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	struct merge_view v;
	struct result *r = NULL;
	bool *shown = NULL;
	bool ok = merge_view_init(&v, s, in, err);
	if (ok) {
		shown = merge_choose(v.m, MERGE_TOP, err);
		r = shown == NULL ? NULL : signatures_rows(&v, err);
		ok = r != NULL && paths_draw(r, &v, shown, err);
	}
	free(shown);
	merge_free(v.m);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_signatures = {
	.name = "signatures",
	.usage = "[from \"COND\"] to \"COND\" [avoiding \"COND\"] [top N] [plain]",
	.summary = "group objects by the way in which they are held",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = signatures_run,
};
