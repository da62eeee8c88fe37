/* SPDX-License-Identifier: MIT */
/* owners, folded: the dominator tree merged by type, as `du` shows a disk. */
#include "base/magnitude.h"
#include "base/outfile.h"
#include "graph/owner_tree.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"

#include <stdio.h>
#include <stdlib.h>

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
	char name[48];
	snprintf(name, sizeof name, "%u more", rest.objects);
	return rest.objects == 0 ||
	       owners_push(r, v, v->tree->node[parent].depth, name, &rest, err);
}

/* The rows below `parent`, which stand after it in the tree's order. */
static bool owners_rows(struct result *r, const struct owners_view *v, struct error *err)
{
	const struct owner_tree *t = v->tree;
	uint32_t last = 0;
	for (uint32_t i = 1; i < t->count; i++) {
		if (!owners_is_shown(v, i))
			continue;
		for (; t->node[last].depth >= t->node[i].depth;
			last = t->node[last].parent)
			if (!owners_push_rest(r, v, last, err))
				return false;
		if (!owners_push(r, v, t->node[i].depth - 1, v->o->name[t->node[i].type],
			    &t->node[i], err))
			return false;
		last = i;
	}
	for (; last != GRAPH_NONE; last = t->node[last].parent)
		if (!owners_push_rest(r, v, last, err))
			return false;
	return true;
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

static bool owners_draw(struct result *r, const struct owners_view *v, struct error *err)
{
	const struct owner_tree *t = v->tree;
	struct drawing *d = r->drawing = drawing_new();
	if (d == NULL)
		return error_nomem(err);
	for (uint32_t i = 1; i < t->count; i++) {
		const struct owner_node *n = &t->node[i];
		if (!owners_is_shown(v, i))
			continue;
		struct drawing_node node = { .id = i,
			.title = v->o->name[n->type],
			.bytes = n->retained,
			.count = n->objects,
			.flags = n->objects > 1 ? DRAWING_GROUP : 0u };
		if (!owners_draw_node(d, &node, n->parent, err) ||
			!owners_draw_rest(d, v, i, err))
			return false;
	}
	return owners_draw_rest(d, v, 0, err);
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

/* owners [depth N] [percent N] */
static bool owners_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "tree", "retained", "percent", "objects",
		"size", "contained" };
	enum { DEPTH, PERCENT };
	struct clause c[] = { [DEPTH] = { .name = "depth", .takes = true },
		[PERCENT] = { .name = "percent", .takes = true },
		{ 0 } };
	struct owners_view v = { 0 };
	struct result *r = NULL;
	bool ok = clauses_read(in, 0, c, err) &&
		  clause_number(in, &c[DEPTH], 1, OWNERS_DEPTH, &v.depth, err) &&
		  clause_number(in, &c[PERCENT], 0, 1, &v.percent, err) &&
		  owners_load(&v, s, err);
	if (ok) {
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = r != NULL ? owners_rows(r, &v, err) && owners_draw(r, &v, err)
			       : error_nomem(err);
	}
	owner_tree_free(v.tree);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_owners = {
	.name = "owners",
	.usage = "[depth N] [percent N]",
	.summary = "show what owns the heap as a tree of types",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = owners_run,
};

/* --- folded ------------------------------------------------------------------------- */

/* Frames are separated by semicolons and ended by a space and the number; whoever shows
 * the file on a terminal is to see names only, so no control character is left. */
static void folded_put_name(struct buffer *b, const char *name)
{
	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;
		buffer_put_char(b, c == ';' || c < ' ' || c == 0x7f ? '_' : *name);
	}
}

static void folded_put_stack(struct buffer *b, const struct owners_view *v, uint32_t i)
{
	uint32_t stack[OWNER_TREE_DEPTH];
	size_t n = 0;
	for (; i != 0 && n < OWNER_TREE_DEPTH; i = v->tree->node[i].parent)
		stack[n++] = v->tree->node[i].type;
	while (n-- > 0) {
		folded_put_name(b, v->o->name[stack[n]]);
		if (n > 0)
			buffer_put_char(b, ';');
	}
}

static struct result *folded_rows(const struct owners_view *v, struct error *err)
{
	static const char *const columns[] = { "stack", "bytes" };
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	struct buffer stack = BUFFER_INIT;
	bool ok = r != NULL || error_nomem(err);
	for (uint32_t i = 1; ok && i < v->tree->count; i++) {
		if (v->tree->node[i].own <= 0)
			continue;
		buffer_clear(&stack);
		folded_put_stack(&stack, v, i);
		const struct cell row[] = { cell_text(buffer_text(&stack)),
			cell_integer(v->tree->node[i].own) };
		ok = stack.failed ? error_nomem(err) : result_push(r, row, err);
	}
	buffer_fini(&stack);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool folded_write(const struct owners_view *v, struct places *places,
	const char *path, struct error *err)
{
	struct buffer text = BUFFER_INIT;
	for (uint32_t i = 1; i < v->tree->count; i++) {
		if (v->tree->node[i].own <= 0)
			continue;
		folded_put_stack(&text, v, i);
		buffer_printf(&text, " %lld\n", (long long)v->tree->node[i].own);
	}
	bool ok = text.failed ? error_nomem(err)
			      : outfile_save(places, path, text.data, text.len, err);
	buffer_fini(&text);
	return ok;
}

/* folded [FILE]; the empty name, an option of a report that nobody used, is no file. */
static bool folded_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct owners_view v = { 0 };
	const char *path = in->words.count > 0 ? in->words.items[0].text : NULL;
	if (path != NULL && path[0] == '\0')
		return true;
	struct result *r = NULL;
	bool ok = (path == NULL || session_may_write(s, "folded", path, err)) &&
		  owners_load(&v, s, err);
	if (ok && path != NULL)
		ok = folded_write(&v, s->settings->places, path, err);
	else if (ok)
		r = folded_rows(&v, err);
	owner_tree_free(v.tree);
	if (!ok || path != NULL)
		return ok;
	return r != NULL && session_emit(s, r, err);
}

const struct command command_folded = {
	.name = "folded",
	.usage = "[FILE]",
	.summary = "write owners and bytes as folded stacks, for a flame graph",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = folded_run,
};
