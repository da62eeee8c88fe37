/* SPDX-License-Identifier: MIT */
#include "graph/roots.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/sort.h"
#include "graph/reach.h"
#include "graph/scc.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const roots_reasons[ROOT_REASONS] = {
	[ROOT_UNREFERENCED] = "nothing refers to it",
	[ROOT_PINNED] = "pinned",
	[ROOT_MODULE_TABLE] = "table of modules in a cycle of its own",
	[ROOT_MODULE] = "module in a cycle of its own",
	[ROOT_FRAME] = "frame in a cycle of its own",
	[ROOT_THREAD] = "thread in a cycle of its own",
	[ROOT_CLASS] = "class of C code in a cycle of its own",
	[ROOT_CHOSEN] = "chosen",
	[ROOT_MARKED_MODULE_TABLE] = "module table",
	[ROOT_MARKED_INTERPRETER] = "interpreter",
	[ROOT_MARKED_FRAME] = "thread frame",
	[ROOT_MARKED_TYPE] = "static type",
	[ROOT_MARKED_SINGLETON] = "singleton",
	[ROOT_MARKED_INTERNED] = "interned",
	[ROOT_MARKED_OBJECTS] = "held by objects alone",
	[ROOT_MARKED] = "held by the interpreter",
};

/* Which object of a cycle is its holder, by type: the first row that matches an object of
 * the cycle decides.  The dict of modules takes precedence over all rows. */
static const struct roots_rule {
	const char *type;
	enum root_reason reason;
} roots_rules[] = {
	{ "module", ROOT_MODULE },
	{ "frame", ROOT_FRAME },
	{ "Thread", ROOT_THREAD },
	{ "_MainThread", ROOT_THREAD },
	{ "_DummyThread", ROOT_THREAD },
	{ "Timer", ROOT_THREAD },
	{ "greenlet", ROOT_THREAD },
	{ "greenlet.greenlet", ROOT_THREAD },
	{ "_asyncio.Task", ROOT_THREAD },
	{ "type", ROOT_CLASS },
};

#define ROOTS_RULES (sizeof roots_rules / sizeof *roots_rules)

/* What only C code, or `__slots__`, puts into the dict of a class. */
static const char *const roots_c_types[] = { "builtin_function_or_method",
	"member_descriptor", "method_descriptor", "wrapper_descriptor" };

#define ROOTS_C_TYPES (sizeof roots_c_types / sizeof *roots_c_types)

/* The numbers of the types that the rules speak of. */
struct roots_types {
	uint32_t rule[ROOTS_RULES];
	uint32_t dict, module, function, getset;
	uint32_t of_c[ROOTS_C_TYPES];
};

struct roots_search {
	const struct graph *g;
	const struct objects *o;
	struct roots_types types;
	const struct root_mark *marks;
	size_t mark_count;
	struct roots *roots;
	size_t cap;
};

bool root_is_variable(const char *words)
{
	const char *sign = strchr(words, '$');
	return sign != NULL && (sign == words || sign[-1] == ' ' || sign[-1] == ':');
}

const char *root_reason_text(const struct root *root)
{
	return root->words != NULL ? root->words : roots_reasons[root->reason];
}

void roots_free(struct roots *r)
{
	if (r == NULL)
		return;
	if (r->words != NULL)
		arena_fini(r->words);
	free(r->words);
	free(r->held);
	free(r->node);
	free(r->root);
	free(r);
}

const struct root *roots_at(const struct roots *r, uint32_t node)
{
	size_t at = sort_find_u32(r->node, r->count, node);
	return at < r->count && r->node[at] == node ? &r->root[at] : NULL;
}

static size_t roots_count_children(
	const struct roots_search *s, uint32_t node, uint32_t type)
{
	size_t n, count = 0;
	const uint32_t *child = graph_children(s->g, node, &n);
	for (size_t i = 0; i < n; i++)
		count += s->o->type[child[i]] == type;
	return count;
}

/* Does the dict of a class show that Python code made it?  It has functions, or it has
 * `__dict__` and `__weakref__`, and nothing of C code. */
static bool roots_is_python_dict(const struct roots_search *s, uint32_t dict)
{
	size_t of_c = 0;
	for (size_t i = 0; i < ROOTS_C_TYPES; i++)
		if (s->types.of_c[i] != GRAPH_NONE)
			of_c += roots_count_children(s, dict, s->types.of_c[i]);
	return (s->types.function != GRAPH_NONE &&
		       roots_count_children(s, dict, s->types.function) > 0) ||
	       (s->types.getset != GRAPH_NONE && of_c == 0 &&
		       roots_count_children(s, dict, s->types.getset) == 2);
}

/* Did Python code make the class?  The functions are in its dict, or in the class itself
 * where the dump shows no dict. */
static bool roots_is_python_class(const struct roots_search *s, uint32_t node)
{
	size_t n;
	const uint32_t *child = graph_children(s->g, node, &n);
	if (s->types.function != GRAPH_NONE &&
		roots_count_children(s, node, s->types.function) > 0)
		return true;
	for (size_t i = 0; i < n; i++)
		if (s->o->type[child[i]] == s->types.dict &&
			roots_is_python_dict(s, child[i]))
			return true;
	return false;
}

/* The dict among `member` that has the most modules, two at least, or GRAPH_NONE. */
static uint32_t roots_find_table(
	const struct roots_search *s, const uint32_t *member, size_t n)
{
	uint32_t best = GRAPH_NONE;
	size_t most = 1;
	if (s->types.module == GRAPH_NONE || s->types.dict == GRAPH_NONE)
		return GRAPH_NONE;
	for (size_t i = 0; i < n; i++) {
		if (s->o->type[member[i]] != s->types.dict)
			continue;
		size_t modules = roots_count_children(s, member[i], s->types.module);
		if (modules > most) {
			most = modules;
			best = member[i];
		}
	}
	return best;
}

static int roots_compare_mark(const void *node, const void *mark)
{
	uint32_t x = *(const uint32_t *)node;
	uint32_t y = ((const struct root_mark *)mark)->node;
	return (x > y) - (x < y);
}

/* The natural holder of a cycle; false when it is garbage. */
static bool roots_find_holder(
	const struct roots_search *s, const uint32_t *member, size_t n, struct root *root)
{
	*root = (struct root){ .node = roots_find_table(s, member, n),
		.reason = ROOT_MODULE_TABLE,
		.held = (uint32_t)n };
	if (root->node != GRAPH_NONE)
		return true;
	for (size_t rule = 0; rule < ROOTS_RULES; rule++) {
		root->reason = roots_rules[rule].reason;
		/* All frames that run are marked, if any object is. */
		if (s->types.rule[rule] == GRAPH_NONE ||
			(root->reason == ROOT_FRAME && s->mark_count > 0))
			continue;
		for (size_t i = 0; i < n; i++) {
			root->node = member[i];
			if (s->o->type[member[i]] != s->types.rule[rule])
				continue;
			if (root->reason != ROOT_CLASS)
				return true;
			/* May C code hold the class?  The dump says of some that it does
			 * not. */
			const struct root_mark *mark =
				s->mark_count == 0
					? NULL
					: bsearch(&member[i], s->marks, s->mark_count,
						  sizeof *s->marks, roots_compare_mark);
			if ((mark == NULL || mark->reason != ROOT_MARKED_OBJECTS) &&
				!roots_is_python_class(s, member[i]))
				return true;
		}
	}
	return false;
}

static bool roots_push(struct roots_search *s, struct root root, struct error *err)
{
	struct roots *r = s->roots;
	if (!array_reserve(&r->root, &s->cap, r->count + 1, sizeof *r->root))
		return error_nomem(err);
	r->root[r->count++] = root;
	return true;
}

/* The children of the pseudo object 0.  Where the dump names all roots, an object that
 * nothing refers to is garbage, unless a user pinned it. */
static bool roots_push_original(struct roots_search *s, struct error *err)
{
	const struct graph *g = s->g;
	bool told = s->mark_count > 0 && s->o->runtime->tells_roots;
	for (uint32_t i = 0; i < g->root_count; i++) {
		uint32_t node = g->roots[i];
		bool referred = bits_has(g->referred, node);
		struct root root = { .node = node,
			.reason = referred ? ROOT_PINNED : ROOT_UNREFERENCED,
			.held = 1 };
		if ((referred || !told) && !roots_push(s, root, err))
			return false;
	}
	return true;
}

/* A holder for each cycle of `rest`, whose node i is node[i] of the heap, that nothing
 * else there holds. */
static bool roots_push_cycles(struct roots_search *s, const struct graph *rest,
	const uint32_t *node, struct error *err)
{
	struct scc *components = scc_new(rest, err);
	uint64_t *held = components == NULL ? NULL : scc_held(rest, components, err);
	uint32_t *cycle = array_new(rest->nodes, sizeof *cycle);
	bool ok = held != NULL && (cycle != NULL || error_nomem(err));
	for (uint32_t c = 0; ok && c < components->count; c++) {
		size_t n;
		struct root root;
		const uint32_t *member = scc_members(components, c, &n);
		assert(n > 0);
		if (bits_has(held, c) || !scc_is_cycle(rest, components, c))
			continue;
		bool orphan = false;
		for (size_t i = 0; i < n; i++) {
			cycle[i] = node[member[i]];
			orphan = orphan || bits_has(s->g->orphans, cycle[i]);
		}
		if (!orphan && roots_find_holder(s, cycle, n, &root))
			ok = roots_push(s, root, err);
	}
	scc_free(components);
	free(held);
	free(cycle);
	return ok;
}

/* Cycles that the roots found so far lead to are held, so only the rest of the heap,
 * which is small as a rule, is searched for cycles. */
static bool roots_search_cycles(struct roots_search *s, struct error *err)
{
	uint32_t *node = array_new(s->roots->count, sizeof *node);
	if (node == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < s->roots->count; i++)
		node[i] = s->roots->root[i].node;
	struct reach_query q = { .nodes = node, .count = s->roots->count };
	s->roots->held = reach_find(s->g, &q, NULL, err);
	free(node);
	if (s->roots->held == NULL)
		return false;
	struct graph *rest = graph_without(s->g, s->roots->held, &node, err);
	bool ok = rest != NULL && roots_push_cycles(s, rest, node, err);
	free(node);
	graph_free(rest);
	return ok;
}

static int roots_compare(const void *a, const void *b)
{
	const struct root *x = a, *y = b;
	return (x->node > y->node) - (x->node < y->node);
}

/* Sorts, and lists the nodes alone. */
static bool roots_finish(struct roots *r, struct error *err)
{
	/* Those of a heap whose objects nothing refers to ascend already; sorting takes
	 * as much memory as they do. */
	size_t sorted = r->count == 0 ? 0 : 1;
	while (sorted < r->count && r->root[sorted - 1].node < r->root[sorted].node)
		sorted++;
	if (sorted < r->count)
		qsort(r->root, r->count, sizeof *r->root, roots_compare);
	r->node = array_new(r->count, sizeof *r->node);
	if (r->node == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < r->count; i++)
		r->node[i] = r->root[i].node;
	return true;
}

struct roots *roots_new(const struct graph *g, const struct objects *o,
	const struct root_mark *marks, size_t n, struct error *err)
{
	struct roots_search s = { .g = g, .o = o, .marks = marks, .mark_count = n };
	s.roots = array_new_zeroed(1, sizeof *s.roots);
	if (s.roots == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < ROOTS_RULES; i++)
		s.types.rule[i] = objects_find_type(o, roots_rules[i].type);
	s.types.dict = objects_find_type(o, "dict");
	s.types.module = objects_find_type(o, "module");
	s.types.function = objects_find_type(o, "function");
	s.types.getset = objects_find_type(o, "getset_descriptor");
	for (size_t i = 0; i < ROOTS_C_TYPES; i++)
		s.types.of_c[i] = objects_find_type(o, roots_c_types[i]);
	bool ok = roots_push_original(&s, err);
	/* The objects that the dump marked.  Of an object that nothing refers to, the
	 * mark is the reason. */
	uint32_t *known = array_new_zeroed(g->nodes, sizeof *known);
	ok = ok && (known != NULL || error_nomem(err));
	for (size_t i = 0; ok && i < s.roots->count; i++)
		known[s.roots->root[i].node] = (uint32_t)i + 1;
	for (size_t i = 0; ok && i < n; i++) {
		struct root mark = { marks[i].node, marks[i].reason, 1, marks[i].words };
		assert(i == 0 || marks[i - 1].node <= mark.node);
		if (mark.reason == ROOT_MARKED_OBJECTS)
			continue;
		struct root *root = known[mark.node] == 0
					    ? NULL
					    : &s.roots->root[known[mark.node] - 1];
		if (root == NULL) {
			ok = roots_push(&s, mark, err);
			known[mark.node] = (uint32_t)s.roots->count;
		} else if (root->reason == ROOT_UNREFERENCED) {
			root->reason = mark.reason;
			root->words = mark.words;
		}
	}
	free(known);
	if (ok && roots_search_cycles(&s, err) && roots_finish(s.roots, err))
		return s.roots;
	roots_free(s.roots);
	return NULL;
}

struct roots *roots_original(const struct graph *g, struct error *err)
{
	struct roots_search s = { .g = g };
	s.roots = array_new_zeroed(1, sizeof *s.roots);
	if (s.roots == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (roots_push_original(&s, err) && roots_finish(s.roots, err))
		return s.roots;
	roots_free(s.roots);
	return NULL;
}

struct roots *roots_chosen(
	const struct graph *g, const int64_t *addresses, size_t n, struct error *err)
{
	struct roots_search s = { .g = g };
	s.roots = array_new_zeroed(1, sizeof *s.roots);
	bool ok = s.roots != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < n; i++) {
		struct root root = { .reason = ROOT_CHOSEN, .held = 1 };
		root.node = graph_find_node(g, addresses[i]);
		ok = root.node == GRAPH_NONE || roots_push(&s, root, err);
	}
	if (ok && roots_finish(s.roots, err))
		return s.roots;
	roots_free(s.roots);
	return NULL;
}

/* --- what was told ------------------------------------------------------------------ */

static const char *roots_copy_words(struct roots_told *t, struct cell words)
{
	if (t->words == NULL) {
		t->words = malloc(sizeof *t->words);
		if (t->words == NULL)
			return NULL;
		arena_init(t->words);
	}
	char *copy = arena_take(t->words, words.len + 1);
	if (copy == NULL)
		return NULL;
	memcpy(copy, words.text, words.len);
	copy[words.len] = '\0';
	return copy;
}

void roots_told_fini(struct roots_told *t)
{
	if (t->words != NULL)
		arena_fini(t->words);
	free(t->words);
	free(t->mark);
	free(t->address);
	*t = (struct roots_told){ 0 };
}

bool roots_ask(struct db *db, int64_t num, const struct graph *g, struct roots_told *t,
	struct error *err)
{
	*t = (struct roots_told){ 0 };
	if (!root_rule_find(db, num, &t->rule, err))
		return false;
	switch (t->rule) {
	case ROOT_RULE_NATURAL:
		break;
	case ROOT_RULE_CHOSEN:
		return root_rule_addresses(db, num, &t->address, &t->addresses, err);
	case ROOT_RULE_ORIGINAL:
		return true;
	}
	/* What the dump marked and is still there. */
	int row = 0;
	size_t cap = 0;
	struct db_stmt *stmt;
	if (!notes_list_roots(db, num, &stmt, err))
		return false;
	while (stmt != NULL && (row = db_step(stmt, err)) == 1) {
		struct cell words = db_column(stmt, 1);
		struct root_mark mark = { .reason = ROOT_MARKED_MODULE_TABLE };
		mark.node = graph_find_node(g, db_column_integer(stmt, 0));
		if (mark.node == GRAPH_NONE)
			continue;
		while (mark.reason < ROOT_MARKED &&
			(words.text == NULL ||
				strcmp(roots_reasons[mark.reason], words.text) != 0))
			mark.reason++;
		/* A reason in words of the dump's own. */
		bool own = mark.reason == ROOT_MARKED && words.type == CELL_TEXT &&
			   words.len > 0;
		if (own)
			mark.words = roots_copy_words(t, words);
		if ((own && mark.words == NULL) ||
			!array_reserve(&t->mark, &cap, t->marks + 1, sizeof *t->mark)) {
			error_nomem(err);
			row = -1;
			break;
		}
		t->mark[t->marks++] = mark;
	}
	db_stmt_free(stmt);
	return row == 0;
}

struct roots *roots_find(const struct graph *g, const struct objects *o,
	struct roots_told *t, struct error *err)
{
	struct roots *r = NULL;
	switch (t->rule) {
	case ROOT_RULE_NATURAL:
		r = roots_new(g, o, t->mark, t->marks, err);
		if (r != NULL) {
			r->unnamed = t->marks == 0;
			r->words = t->words;
			t->words = NULL;
		}
		break;
	case ROOT_RULE_ORIGINAL:
		r = roots_original(g, err);
		break;
	case ROOT_RULE_CHOSEN:
		r = roots_chosen(g, t->address, t->addresses, err);
		break;
	}
	return r;
}

struct roots *roots_load(struct db *db, int64_t num, const struct graph *g,
	const struct objects *o, struct error *err)
{
	struct roots_told t;
	struct roots *r =
		roots_ask(db, num, g, &t, err) ? roots_find(g, o, &t, err) : NULL;
	roots_told_fini(&t);
	return r;
}
