/* SPDX-License-Identifier: MIT */
/* owners, folded: the dominator tree merged by type, as `du` shows a disk. */
#include "base/magnitude.h"
#include "base/outfile.h"
#include "base/saturate.h"
#include "explain/owner_places.h"
#include "graph/owner_tree.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { OWNERS_DEPTH = 5 };

/* What is asked of the tree. */
struct owners_view {
	const struct objects *o;
	struct owner_tree *tree;
	int64_t depth, percent;
};

static bool owners_push(struct result *r, const struct owners_view *v, uint32_t depth,
	const char *name, const struct owner_node *n, struct error *err)
{
	struct buffer tree = BUFFER_INIT;
	for (uint32_t d = 0; d < depth; d++)
		buffer_put_text(&tree, "· ");
	buffer_put_text(&tree, name);
	double all = (double)v->tree->node[0].retained;
	double share = all <= 0 ? 0 : 100.0 * (double)n->retained / all;
	const struct cell row[] = { cell_text(buffer_text(&tree)),
		cell_integer(n->retained), cell_real(magnitude_tenths(share)),
		cell_integer(n->objects), cell_integer(n->own),
		cell_integer(n->contained) };
	bool ok = tree.failed ? error_nomem(err) : result_push(r, row, err);
	buffer_fini(&tree);
	return ok;
}

/* Is it worth a row of its own? */
static bool owners_is_shown(const struct owners_view *v, uint32_t i)
{
	const struct owner_node *n = &v->tree->node[i];
	return n->depth <= v->depth &&
	       (double)n->retained * 100 >=
		       (double)v->tree->node[0].retained * (double)v->percent;
}

/* What `parent` owns beside the nodes that are shown. */
static struct owner_node owners_rest(const struct owners_view *v, uint32_t parent)
{
	struct owner_node rest = { 0 };
	for (uint32_t c = v->tree->node[parent].down; c != GRAPH_NONE;
		c = v->tree->node[c].next)
		if (!owners_is_shown(v, c))
			owner_node_add(&rest, &v->tree->node[c]);
	return rest;
}

static bool owners_push_rest(
	struct result *r, const struct owners_view *v, uint32_t parent, struct error *err)
{
	const struct owner_node rest = owners_rest(v, parent);
	char count[MAGNITUDE_MAX], name[48];
	magnitude_count(count, rest.objects);
	snprintf(name, sizeof name, "%s more", count);
	return rest.objects == 0 ||
	       owners_push(r, v, v->tree->node[parent].depth, name, &rest, err);
}

static bool owners_draw_node(struct drawing *d, const struct drawing_node *node,
	uint32_t parent, struct error *err)
{
	struct drawing_edge edge = { .from = drawing_find(d, parent),
		.count = node->count,
		.bytes = node->bytes,
		.flags = DRAWING_DOMINATES };
	return drawing_put_node(d, node, &edge.to, err) &&
	       (edge.from == SIZE_MAX || drawing_put_edge(d, &edge, err));
}

static bool owners_draw_rest(struct drawing *d, const struct owners_view *v,
	uint32_t parent, struct error *err)
{
	const struct owner_node rest = owners_rest(v, parent);
	const struct drawing_node node = { .id = UINT64_MAX - parent,
		.title = "more",
		.bytes = rest.retained,
		.count = rest.objects,
		.flags = DRAWING_MORE };
	return rest.objects == 0 || owners_draw_node(d, &node, parent, err);
}

/* The tree of the current heap. */
static bool owners_load(struct owners_view *v, struct session *s, struct error *err)
{
	struct analysis *a = session_analysis(s, err);
	if (a == NULL || analysis_dominators(a, err) == NULL)
		return false;
	v->o = a->objects;
	v->tree = owner_tree_new(a->dominators, a->objects, err);
	return v->tree != NULL;
}

/* --- by name ------------------------------------------------------------------------ */

/* The places of the heap, and which of them are worth a row. */
struct owners_names {
	const struct plot *p;
	int64_t depth, percent;
	const struct analysis *a;
	struct result *r;
};

static bool owners_push_place(const struct owners_names *v, const struct plot_item *item,
	uint32_t depth, struct error *err)
{
	static const char *const whose[PLOT_COLOURS] = { [PLOT_PROGRAM] = "program",
		[PLOT_PACKAGE] = "package",
		[PLOT_LIBRARY] = "library" };
	double all = (double)v->p->items[0].value;
	struct buffer tree = BUFFER_INIT;
	for (uint32_t d = 0; d < depth; d++)
		buffer_put_text(&tree, "\xc2\xb7 ");
	buffer_put_text(&tree, item->name);
	const char *of = whose[item->colour];
	const struct cell row[] = { cell_text(buffer_text(&tree)),
		cell_integer(item->value),
		cell_real(
			all > 0 ? magnitude_tenths(100 * (double)item->value / all) : 0),
		cell_integer(item->count), of == NULL ? cell_null() : cell_text(of),
		item->address == 0 ? cell_null() : cell_integer(item->address) };
	bool ok = tree.failed ? error_nomem(err) : result_push(v->r, row, err);
	buffer_fini(&tree);
	return ok;
}

/* The rows below item `parent`, and the rest of it without the item itself. */
static bool owners_name_rows(
	const struct owners_names *v, uint32_t parent, struct error *err)
{
	const struct plot_item *up = &v->p->items[parent];
	struct plot_item rest = { .value = up->value, .count = up->count };
	if (up->depth >= (uint64_t)v->depth)
		return true;
	if (up->address != 0) {
		uint32_t node = graph_find_node(v->a->g, up->address);
		if (node != GRAPH_NONE)
			rest.value =
				saturate_subtract(rest.value, v->a->objects->size[node]);
		rest.count--;
	}
	bool ok = true, any = false;
	for (uint32_t i = parent + 1;
		ok && i < v->p->count && v->p->items[i].depth > up->depth; i++) {
		const struct plot_item *item = &v->p->items[i];
		if (item->parent != parent ||
			(double)item->value * 100 <
				(double)v->p->items[0].value * (double)v->percent)
			continue;
		assert(item->depth == up->depth + 1);
		any = true;
		rest.value = saturate_subtract(rest.value, item->value);
		rest.count -= item->count;
		ok = owners_push_place(v, item, up->depth, err) &&
		     owners_name_rows(v, i, err);
	}
	char count[MAGNITUDE_MAX], name[48];
	magnitude_count(count, rest.count);
	snprintf(name, sizeof name, "%s more", count);
	rest.name = name;
	return ok && (!any || rest.count <= 0 || rest.value <= 0 ||
			     owners_push_place(v, &rest, up->depth, err));
}

static bool owners_by_name(
	struct session *s, struct owners_view *shown, struct error *err)
{
	/* Not `address`: its objects would be drawn, a picture without references. */
	static const char *const columns[] = { "tree", "retained", "percent", "objects",
		"whose", "object" };
	struct analysis *a = session_analysis(s, err);
	struct places *places = a == NULL ? NULL : session_graph_places(&s->held, err);
	struct plot *p =
		places == NULL ? NULL : owner_places_plot(places, PLOT_ICICLE, "", err);
	if (p == NULL)
		return false;
	struct owners_names v = { .p = p,
		.depth = shown->depth,
		.percent = shown->percent,
		.a = a,
		.r = result_new(sizeof columns / sizeof *columns, columns) };
	bool ok = v.r != NULL || error_nomem(err);
	ok = ok && (p->count == 0 || owners_name_rows(&v, 0, err));
	plot_free(p);
	if (ok)
		return session_emit(s, v.r, err);
	result_free(v.r);
	return false;
}

/* owners [by name|type] [depth N] [percent N] */
static bool owners_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "tree", "retained", "percent", "objects",
		"size", "contained" };
	enum { BY, DEPTH, PERCENT };
	struct clause c[] = { [BY] = { .name = "by", .takes = true },
		[DEPTH] = { .name = "depth", .takes = true },
		[PERCENT] = { .name = "percent", .takes = true },
		{ 0 } };
	struct owners_view v = { 0 };
	struct result *r = NULL;
	bool ok = clauses_read(in, 0, c, err) &&
		  clause_number(in, &c[DEPTH], 1, OWNERS_DEPTH, &v.depth, err) &&
		  clause_number(in, &c[PERCENT], 0, 1, &v.percent, err);
	const char *by = c[BY].given ? in->words.items[c[BY].word].text : "type";
	if (ok && strcasecmp(by, "name") == 0)
		return owners_by_name(s, &v, err);
	if (ok && strcasecmp(by, "type") != 0)
		return command_bad_word(
			in, c[BY].word, "'by' takes name or type, not", err);
	ok = ok && owners_load(&v, s, err);
	if (ok) {
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = (r != NULL && (r->drawing = drawing_new()) != NULL) ||
		     error_nomem(err);
	}
	/* The rows are in the order of the tree; when a subtree ends, one row sums up its
	 * nodes that are not shown. */
	const struct owner_tree *t = v.tree;
	uint32_t last = 0;
	for (uint32_t i = 1; ok && i < t->count; i++) {
		const struct owner_node *n = &t->node[i];
		if (!owners_is_shown(&v, i))
			continue;
		assert(n->depth > 0 && n->parent < i);
		for (; ok && t->node[last].depth >= n->depth; last = t->node[last].parent)
			ok = owners_push_rest(r, &v, last, err);
		const struct drawing_node node = { .id = i,
			.title = v.o->name[n->type],
			.bytes = n->retained,
			.count = n->objects,
			.flags = n->objects > 1 ? DRAWING_GROUP : 0u };
		ok = ok && owners_push(r, &v, n->depth - 1, v.o->name[n->type], n, err) &&
		     owners_draw_node(r->drawing, &node, n->parent, err) &&
		     owners_draw_rest(r->drawing, &v, i, err);
		last = i;
	}
	for (; ok && last != GRAPH_NONE; last = t->node[last].parent)
		ok = owners_push_rest(r, &v, last, err);
	ok = ok && owners_draw_rest(r->drawing, &v, 0, err);
	owner_tree_free(v.tree);
	return session_answer(s, ok, r, err);
}

const struct command command_owners = {
	.name = "owners",
	.usage = "[by name|type] [depth N] [percent N]",
	.summary = "show what owns the heap as a tree",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = owners_run,
};

/* Puts the types from the root to node `i`, with semicolons between them.  A space and
 * the number follow.  No control character is left, so that the file is safe to show on a
 * terminal. */
static void folded_put_stack(struct buffer *b, const struct owners_view *v, uint32_t i)
{
	uint32_t stack[OWNER_TREE_DEPTH];
	size_t n = 0;
	for (; i != 0; i = v->tree->node[i].parent) {
		assert(n < OWNER_TREE_DEPTH && v->tree->node[i].parent < i);
		stack[n++] = v->tree->node[i].type;
	}
	while (n-- > 0) {
		for (const char *at = v->o->name[stack[n]]; *at != '\0'; at++) {
			unsigned char c = (unsigned char)*at;
			buffer_put_char(b, c == ';' || c < ' ' || c == 0x7f ? '_' : *at);
		}
		if (n > 0)
			buffer_put_char(b, ';');
	}
}

/* folded [FILE]; an empty name, from an unused option of a report, means no file and no
 * result. */
static bool folded_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "stack", "bytes" };
	struct owners_view v = { 0 };
	const char *path = in->words.count > 0 ? in->words.items[0].text : NULL;
	struct buffer text = BUFFER_INIT;
	struct result *r = NULL;
	if (path != NULL && path[0] == '\0')
		return true;
	bool ok = (path == NULL || session_may_write(s, "folded", path, err)) &&
		  owners_load(&v, s, err);
	if (ok && path == NULL) {
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = r != NULL || error_nomem(err);
	}
	for (uint32_t i = 1; ok && i < v.tree->count; i++) {
		int64_t bytes = v.tree->node[i].own;
		if (bytes <= 0)
			continue;
		folded_put_stack(&text, &v, i);
		if (path != NULL) {
			buffer_printf(&text, " %lld\n", (long long)bytes);
			continue;
		}
		const struct cell row[] = { cell_text(buffer_text(&text)),
			cell_integer(bytes) };
		ok = text.failed ? error_nomem(err) : result_push(r, row, err);
		buffer_clear(&text);
	}
	if (ok && path != NULL)
		ok = text.failed ? error_nomem(err)
				 : outfile_save(s->settings->places, path, text.data,
					   text.len, err);
	buffer_fini(&text);
	owner_tree_free(v.tree);
	return path != NULL ? ok : session_answer(s, ok, r, err);
}

const struct command command_folded = {
	.name = "folded",
	.usage = "[FILE]",
	.summary = "write owners and bytes as folded stacks, for a flame graph",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = folded_run,
};
