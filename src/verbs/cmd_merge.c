/* SPDX-License-Identifier: MIT */
/* paths, signatures: how many objects at once are held. */
#include "base/array.h"
#include "base/map.h"
#include "base/saturate.h"
#include "base/siphash.h"
#include "base/sort.h"
#include "explain/merge.h"
#include "paths/priority_rules.h"
#include "paths/repeats.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Branches that `paths` shows by default. */
enum { MERGE_TOP = 30 };

/* A command's question and its answer. */
struct merge_view {
	struct session *s;
	struct analysis *a;
	const struct objects *o;
	struct merge *m;
	int64_t top;
};

/* Reads the clauses and merges the paths.  `v->m` is the caller's to free, also after a
 * failure. */
static bool merge_view_init(struct merge_view *v, struct session *s,
	const struct invocation *in, struct error *err)
{
	enum { FROM, TO, AVOIDING, TOP, PLAIN, CLAUSES };
	struct clause c[CLAUSES + 1] = {
		[FROM] = { .name = "from", .takes = true },
		[TO] = { .name = "to", .takes = true },
		[AVOIDING] = { .name = "avoiding", .takes = true },
		[TOP] = { .name = "top", .takes = true },
		[PLAIN] = { .name = "plain" },
	};
	*v = (struct merge_view){ .s = s };
	if (!clauses_read(in, 0, c, err))
		return false;
	if (!c[TO].given)
		return command_usage(in, err);
	if (!clause_number(in, &c[TOP], 1, MERGE_TOP, &v->top, err))
		return false;
	v->a = session_analysis(s, err);
	v->o = v->a == NULL ? NULL : analysis_objects(v->a, err);
	const struct roots *roots = v->o == NULL ? NULL : analysis_roots(v->a, err);
	if (roots == NULL)
		return false;
	const struct graph *g = v->a->g;
	struct path_query q = { 0 };
	struct priority low = { 0 };
	struct labels *labels = NULL;
	uint32_t *from = NULL, *to = NULL;
	uint64_t *avoided = NULL;
	bool ok = clause_nodes(s, g, in, &c[FROM], &from, &q.source_count, err) &&
		  clause_nodes(s, g, in, &c[TO], &to, &q.target_count, err) &&
		  clause_bits(s, g, in, &c[AVOIDING], &avoided, err) &&
		  priority_load(s->db, v->o, &low, err) &&
		  (labels = labels_open(s->db, v->a->generation, err)) != NULL;
	if (ok) {
		q.sources = c[FROM].given ? from : roots->node;
		q.source_count = c[FROM].given ? q.source_count : roots->count;
		q.targets = to;
		q.avoided = avoided;
		q.from_roots = !c[FROM].given;
		q.low = c[PLAIN].given ? NULL : &low;
		v->m = merge_new(g, v->o, &q, NULL, labels, false, err);
		ok = v->m != NULL;
	}
	labels_close(labels);
	priority_fini(&low);
	free(from);
	free(to);
	free(avoided);
	if (ok && v->m->unreachable > 0)
		session_note(s, "%u of %u objects are not reachable", v->m->unreachable,
			v->m->unreachable + v->m->reached);
	if (ok && !v->m->labelled && v->m->reached > 0)
		session_note(s, "too many objects on the paths to label the references");
	return ok;
}

/* --- paths -------------------------------------------------------------------------- */

/* What the children of `parent` (GRAPH_NONE: the sources) that are not shown hold. */
static struct merge_node paths_rest(
	const struct merge *m, const bool *shown, uint32_t parent)
{
	struct merge_node rest = { 0 };
	uint32_t child = parent != GRAPH_NONE ? m->node[parent].down
			 : m->count > 0       ? 0
					      : GRAPH_NONE;
	for (; child != GRAPH_NONE; child = m->node[child].next) {
		assert(child < m->count && (parent == GRAPH_NONE || child > parent));
		if (shown[child])
			continue;
		rest.targets += m->node[child].targets;
		rest.objects += m->node[child].objects;
		rest.bytes = saturate_add(rest.bytes, m->node[child].bytes);
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

/* The subtree of `i` has ended before `next`: a row for the omitted children of each node
 * that ends. */
static bool paths_close(struct result *r, const struct merge_view *v, const bool *shown,
	uint32_t i, uint32_t next, struct error *err)
{
	uint32_t depth = next == GRAPH_NONE ? 0 : v->m->node[next].depth;
	for (; i != GRAPH_NONE && v->m->node[i].depth >= depth; i = v->m->node[i].parent)
		if (!paths_push_rest(r, v, shown, i, err))
			return false;
	return next != GRAPH_NONE || paths_push_rest(r, v, shown, GRAPH_NONE, err);
}

/* A row for each node that is shown, in the order of the tree, and behind the children of
 * each one for those that are not shown. */
static bool paths_push(struct result *r, const struct merge_view *v, const bool *shown,
	struct error *err)
{
	uint32_t last = GRAPH_NONE;
	bool ok = true;
	for (uint32_t i = 0; ok && i < v->m->count; i++) {
		const struct merge_node *n = &v->m->node[i];
		struct buffer tree = BUFFER_INIT;
		if (!shown[i])
			continue;
		assert(n->depth == 0 || shown[n->parent]);
		if (last != GRAPH_NONE && !paths_close(r, v, shown, last, i, err))
			return false;
		for (uint32_t d = 0; d < n->depth; d++)
			buffer_put_text(&tree, "· ");
		if (n->label[0] != '\0')
			buffer_printf(&tree, "%s%s ", n->label, n->guessed ? "?" : "");
		buffer_put_text(&tree, merge_type(v->m, v->o, i));
		if (n->repeated)
			buffer_put_text(&tree, " (repeated)");
		const struct cell row[] = { cell_text(buffer_text(&tree)),
			cell_integer(n->objects), cell_integer(n->targets),
			cell_integer(n->bytes),
			cell_integer(v->a->g->address[n->first]) };
		ok = tree.failed ? error_nomem(err) : result_push(r, row, err);
		buffer_fini(&tree);
		last = i;
	}
	return ok && paths_close(r, v, shown, last, GRAPH_NONE, err);
}

/* Where a node is in the drawing. */
static size_t merge_find(const struct drawing *d, const struct merge_view *v, uint32_t i)
{
	return drawing_find(d, (uint64_t)v->a->g->address[v->m->node[i].first]);
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
	struct drawing *d = r->drawing = drawing_new();
	if (d == NULL)
		return error_nomem(err);
	for (uint32_t i = 0; i < v->m->count; i++) {
		const struct merge_node *n = &v->m->node[i];
		if (!shown[i])
			continue;
		/* Each object is in one place, so its address is the place's. */
		const struct drawing_node node = {
			.id = (uint64_t)v->a->g->address[n->first],
			.title = merge_type(v->m, v->o, i),
			.bytes = n->bytes,
			.count = n->objects,
			.flags = (n->objects > 1 ? DRAWING_GROUP : 0u) |
				 (n->depth == 0 ? DRAWING_SOURCE : 0u) |
				 (n->ends > 0 ? DRAWING_TARGET : 0u) |
				 (n->repeated ? DRAWING_CYCLE : 0u)
		};
		struct drawing_edge edge = {
			.label = n->label[0] == '\0' ? NULL : (char *)n->label,
			.count = n->targets,
			.bytes = n->bytes,
			.flags = DRAWING_ON_PATH | (n->guessed ? DRAWING_GUESSED : 0u)
		};
		if (!drawing_put_node(d, &node, &edge.to, err))
			return false;
		if (n->parent != GRAPH_NONE) {
			edge.from = merge_find(d, v, n->parent);
			if (!drawing_put_edge(d, &edge, err))
				return false;
		}
		if (!paths_draw_rest(d, v, shown, i, err))
			return false;
	}
	return paths_draw_rest(d, v, shown, GRAPH_NONE, err);
}

/* --- signatures --------------------------------------------------------------------- */

enum { SIGNATURE_COLUMNS = 5 };

/* What is held in one way; the places of the tree that have one signature are one way.
 * A chain has as many signatures as objects, long ones: only a hash of each is kept. */
struct signature_row {
	uint64_t key[2];
	uint32_t place; /* one of the places, whose signature it is */
	uint32_t first;
	int64_t objects, bytes;
};

static int signatures_compare_key(const void *a, const void *b)
{
	const struct signature_row *x = a, *y = b;
	return memcmp(x->key, y->key, sizeof x->key);
}

static int signatures_compare(const void *a, const void *b)
{
	const struct signature_row *x = a, *y = b;
	if (x->objects != y->objects)
		return x->objects > y->objects ? -1 : 1;
	return (x->bytes < y->bytes) - (x->bytes > y->bytes);
}

static uint32_t signatures_parent(const void *nodes, uint32_t i)
{
	return ((const struct merge_node *)nodes)[i].parent;
}

static bool signatures_are_same(const void *nodes, uint32_t i, uint32_t j)
{
	const struct merge_node *a = (const struct merge_node *)nodes + i;
	const struct merge_node *b = (const struct merge_node *)nodes + j;
	return a->type == b->type && a->label == b->label && a->name == b->name &&
	       a->repeated == b->repeated;
}

static uint64_t signatures_hash(const void *nodes, uint32_t i)
{
	const struct merge_node *n = (const struct merge_node *)nodes + i;
	uint64_t hash = map_hash_number(n->type, (uintptr_t)n->label);
	return map_hash_number(hash, (uintptr_t)n->name);
}

/* Of each node one before it that is known to have the same signature, or itself: see
 * paths/repeats.h. */
static uint32_t *signatures_find_repeats(const struct merge *m)
{
	const struct repeats_tree t = { .count = m->count,
		.nodes = m->node,
		.parent = signatures_parent,
		.same = signatures_are_same,
		.hash = signatures_hash };
	uint32_t *first = repeats_find(&t);
	/* What merge_variable() finds depends on more than the last steps. */
	for (uint32_t i = 0; first != NULL && i < m->count; i++)
		if (merge_variable(m, i) != GRAPH_NONE ||
			merge_variable(m, first[i]) != GRAPH_NONE)
			first[i] = i;
	return first;
}

/* A row for each signature of a place in which objects of the set are, in no order, and
 * their number; NULL out of memory. */
static struct signature_row *signatures_gather(
	const struct merge_view *v, size_t *count, struct error *err)
{
	const struct merge *m = v->m;
	const struct siphash_key hash[] = { { map_factor(), map_factor() },
		{ map_factor(), map_factor() } };
	struct signature_row *row = array_new(m->count, sizeof *row);
	/* Of each node of the tree the first with its signature; of those a row with it.
	 */
	uint32_t *first = signatures_find_repeats(m);
	uint32_t *row_of = array_new(m->count, sizeof *row_of);
	struct buffer text = BUFFER_INIT;
	size_t n = 0;
	bool ok = row != NULL && first != NULL && row_of != NULL;
	for (uint32_t i = 0; ok && i < m->count; i++) {
		const struct merge_node *node = &m->node[i];
		int64_t bytes = node->bytes; /* without what its children have */
		row_of[i] = GRAPH_NONE;
		if (node->ends == 0)
			continue;
		for (uint32_t c = node->down; c != GRAPH_NONE; c = m->node[c].next)
			bytes = saturate_subtract(bytes, m->node[c].bytes);
		row[n] = (struct signature_row){ .place = i,
			.first = node->first_end,
			.objects = node->ends,
			.bytes = bytes };
		uint32_t *same = &row_of[first[i]];
		if (*same == GRAPH_NONE) {
			buffer_clear(&text);
			merge_signature(m, v->o, i, &text);
			for (int k = 0; k < 2; k++)
				row[n].key[k] = siphash(&hash[k], text.data, text.len);
			*same = (uint32_t)n;
		} else
			memcpy(row[n].key, row[*same].key, sizeof row[n].key);
		n++;
	}
	ok = ok && !text.failed;
	buffer_fini(&text);
	free(first);
	free(row_of);
	if (!ok) {
		error_nomem(err);
		free(row);
		return NULL;
	}
	if (n > 0)
		qsort(row, n, sizeof *row, signatures_compare_key);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		struct signature_row *to = *count == 0 ? NULL : &row[*count - 1];
		if (to == NULL || signatures_compare_key(to, &row[i]) != 0) {
			row[(*count)++] = row[i];
			continue;
		}
		to->objects += row[i].objects;
		to->bytes = saturate_add(to->bytes, row[i].bytes);
		if (row[i].first < to->first)
			to->first = row[i].first;
	}
	assert(*count <= n && n <= m->count);
	return row;
}

static char *signatures_text(const void *view, const void *item)
{
	const struct merge_view *v = view;
	const struct signature_row *row = item;
	struct buffer text = BUFFER_INIT;
	merge_signature(v->m, v->o, row->place, &text);
	return buffer_take(&text);
}

/* The paths that hold objects of the set, most objects first. */
static bool signatures_push(
	struct result *r, const struct merge_view *v, struct error *err)
{
	size_t n = 0;
	struct signature_row *row = signatures_gather(v, &n, err);
	size_t top = row == NULL || (uint64_t)v->top > n ? n : (size_t)v->top;
	bool ok = row != NULL && (sort_ties(row, n, sizeof *row, top, signatures_compare,
					  signatures_text, v) ||
					 error_nomem(err));
	for (size_t i = 0; ok && i < top; i++) {
		int64_t address = v->a->g->address[row[i].first];
		char *text = signatures_text(v, &row[i]), *site = NULL;
		ok = (text != NULL || error_nomem(err)) &&
		     (r->columns < SIGNATURE_COLUMNS ||
			     notes_find_site(
				     v->s->db, v->a->generation, address, &site, err));
		const struct cell cells[SIGNATURE_COLUMNS] = {
			cell_integer(row[i].objects), cell_integer(row[i].bytes),
			cell_text(text), cell_integer(address), cell_text(site)
		};
		ok = ok && result_push(r, cells, err);
		free(site);
		free(text);
	}
	free(row);
	return ok;
}

/* --- the commands ------------------------------------------------------------------- */

/* Both draw the same tree, `paths` of as many nodes as it has rows. */
static bool merge_run(struct session *s, const struct invocation *in, struct error *err)
{
	const bool by_signature = in->command == &command_signatures;
	static const char *const tree[] = { "tree", "objects", "targets", "bytes",
		"address" };
	static const char *const signatures[SIGNATURE_COLUMNS] = { "objects", "bytes",
		"signature", "address", "allocated" };
	struct merge_view v;
	struct result *r = NULL;
	bool *shown = NULL; /* by node of the tree */
	struct sort_rank *rank = NULL;
	int64_t sites = 0; /* where dumps have them, that of the example is a column */
	bool ok = merge_view_init(&v, s, in, err);
	if (ok) {
		shown = array_new_zeroed(v.m->count, sizeof *shown);
		rank = array_new(v.m->count, sizeof *rank);
		ok = (shown != NULL && rank != NULL) || error_nomem(err);
	}
	/* The nodes with most targets are shown.  A parent has no fewer than its children
	 * and comes before them, so what is shown is a tree. */
	for (uint32_t i = 0; ok && i < v.m->count; i++) {
		assert(v.m->node[i].parent == GRAPH_NONE || v.m->node[i].parent < i);
		rank[i] = (struct sort_rank){ v.m->node[i].targets, i };
	}
	if (ok)
		sort_ranks(rank, v.m->count);
	int64_t top = by_signature ? MERGE_TOP : v.top;
	for (uint32_t i = 0; ok && i < v.m->count && i < top; i++)
		shown[rank[i].id] = true;
	ok = ok && (!by_signature || db_integer(s->db, &sites, 0, err,
					     "select exists (select 1 from site)"));
	if (ok) {
		r = by_signature
			    ? result_new(SIGNATURE_COLUMNS - (sites == 0), signatures)
			    : result_new(sizeof tree / sizeof *tree, tree);
		ok = r != NULL ? (by_signature ? signatures_push(r, &v, err)
					       : paths_push(r, &v, shown, err)) &&
					 paths_draw(r, &v, shown, err)
			       : error_nomem(err);
	}
	free(rank);
	free(shown);
	merge_free(v.m);
	return session_answer(s, ok, r, err);
}

const struct command command_paths = {
	.name = "paths",
	.usage = "[from \"COND\"] to \"COND\" [avoiding \"COND\"] [top N] [plain]",
	.summary = "merge the paths to many objects into one tree of types",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = merge_run,
};

const struct command command_signatures = {
	.name = "signatures",
	.usage = "[from \"COND\"] to \"COND\" [avoiding \"COND\"] [top N] [plain]",
	.summary = "group objects by the way in which they are held",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = merge_run,
};
