/* SPDX-License-Identifier: MIT */
#include "explain/merge.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/map.h"
#include "base/saturate.h"
#include "graph/roots.h"
#include "graph/tree_order.h"
#include "paths/repeats.h"
#include "paths/signature.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* "module " and a name. */
#define MERGE_NAME_MAX (LABEL_MAX + 8)

/* How many objects ahead memory is asked for. */
enum { MERGE_AHEAD = 12 };

/* An object on some path. */
struct merge_step {
	uint32_t node;   /* of the graph */
	uint32_t from;   /* index of the step before; itself for a source */
	uint32_t place;  /* its node of the tree */
	bool attributes; /* the dict of the object before, and shown as one with it */
};

struct merge_builder {
	const struct graph *g;
	const struct objects *o;
	struct labels *labels;
	const struct path_tree *t;
	const struct roots *roots; /* whose variables paths begin with, or NULL */
	bool whole;                /* every object is a target */
	uint64_t *is_target;
	/* Bits: every path through these objects begins at them.  A reader looks for a
	 * module, not for what leads there. */
	uint64_t *begins;
	/* Bits: the namespaces of these; NULL: paths begin at their sources. */
	uint64_t *is_namespace;
	uint32_t
		*index; /* of each node of the graph: its step, and until that is made
			   the node before it; of a namespace its module from the first */
	struct merge_step *step; /* in the order of their paths: parents first */
	uint32_t step_count;
	struct merge *m;
	size_t cap;
	struct map places; /* nodes by parent, type and label */
};

void merge_free(struct merge *m)
{
	if (m == NULL)
		return;
	texts_fini(&m->texts);
	free(m->node);
	free(m->variable);
	free(m->kind);
	free(m);
}

/* --- the steps ---------------------------------------------------------------------- */

/* The namespace of a module at which paths begin, unless it is that of one before. */
static bool merge_add_namespace(
	struct merge_builder *b, uint32_t module, struct error *err)
{
	size_t n;
	const uint32_t *child = graph_children(b->g, module, &n);
	for (size_t i = 0; i < n; i++) {
		struct label label;
		if (bits_has(b->is_namespace, child[i]) ||
			strcmp(b->o->name[b->o->type[child[i]]], "dict") != 0)
			continue;
		if (!labels_find(b->labels, b->g->address[module],
			    b->g->address[child[i]], 0, false, &label, err))
			return false;
		if (label.is_dict) {
			bits_put(b->is_namespace, child[i]);
			b->index[child[i]] = module;
		}
	}
	return true;
}

/* Finds the modules at which paths begin, and their namespaces. */
static bool merge_find_modules(struct merge_builder *b, struct error *err)
{
	const struct objects *o = b->o;
	b->is_namespace = bits_new(b->g->nodes);
	bool ok = b->is_namespace != NULL || error_nomem(err);
	/* One that is itself a target is not a beginning, unless all are. */
	for (uint32_t i = 0; ok && i < b->g->nodes; i++)
		if (b->m->kind[o->type[i]] == KIND_MODULE &&
			b->t->from[i] != GRAPH_NONE &&
			(b->whole || !bits_has(b->is_target, i))) {
			bits_put(b->begins, i);
			ok = merge_add_namespace(b, i, err);
		}
	return ok;
}

/* What is before an object on its path: itself where the path begins.  The namespace of a
 * module is reached through the module, though a function or a frame may be nearer to a
 * root. */
static uint32_t merge_before(const struct merge_builder *b, uint32_t node)
{
	if (bits_has(b->is_namespace, node))
		return b->index[node];
	return bits_has(b->begins, node) ? node : b->t->from[node];
}

/* Adds the objects on the path to each target to `on_path`, which has the targets, from
 * the ends of the paths.  b->index gets what is before each, unless the search tells. */
static void merge_mark(struct merge_builder *b, uint64_t *on_path)
{
	const uint32_t *order = b->t->order, *from = b->t->from;
	bool plain = b->is_namespace == NULL;
	for (uint32_t i = b->t->reached; i-- > 0;) {
		uint32_t node = order[i];
		if (i > MERGE_AHEAD) {
			__builtin_prefetch(&from[order[i - MERGE_AHEAD]]);
			if (!plain)
				__builtin_prefetch(&b->index[order[i - MERGE_AHEAD]], 1);
		}
		if (!bits_has(on_path, node))
			continue;
		b->m->reached += bits_has(b->is_target, node);
		if (plain) {
			bits_put(on_path, from[node]);
			continue;
		}
		/* A module may be further from the roots than its namespace, so that its
		 * turn is over; it begins a path. */
		uint32_t before = b->index[node] = merge_before(b, node);
		bits_put(on_path, before);
		if (bits_has(b->begins, before))
			b->index[before] = before;
	}
}

/* Lists the objects on paths, those before others first. */
static bool merge_list_steps(struct merge_builder *b, struct error *err)
{
	uint64_t *on_path = bits_new(b->g->nodes);
	bool ok = on_path != NULL || error_nomem(err);
	bool plain = b->is_namespace == NULL;
	const uint32_t *before_of = plain ? b->t->from : b->index;
	size_t words = (size_t)b->g->nodes / 64 + 1;
	if (ok)
		memcpy(on_path, b->is_target, words * sizeof *on_path);
	if (ok)
		merge_mark(b, on_path);
	/* Targets that are not reachable are among them: a few too many. */
	size_t count = 0;
	if (ok) {
		count = bits_count(on_path, b->g->nodes);
		b->m->unreachable =
			(uint32_t)bits_count(b->is_target, b->g->nodes) - b->m->reached;
		b->step = array_new(count, sizeof *b->step);
		ok = b->step != NULL || error_nomem(err);
	}
	/* Modules begin paths, wherever the search came upon them, if paths begin at any.
	 * They are few: what tells them stays in the cache. */
	for (int others = plain; others < 2; others++)
		for (uint32_t i = 0; ok && i < b->t->reached; i++) {
			uint32_t node = b->t->order[i];
			if (others && b->t->reached - i > 2 * MERGE_AHEAD) {
				uint32_t near = b->t->order[i + MERGE_AHEAD];
				__builtin_prefetch(
					&before_of[b->t->order[i + 2 * MERGE_AHEAD]]);
				if (bits_has(on_path, near))
					__builtin_prefetch(&b->index[before_of[near]]);
			}
			if (bits_has(b->begins, node) == others ||
				!bits_has(on_path, node))
				continue;
			uint32_t before = before_of[node];
			b->index[node] = b->step_count;
			b->step[b->step_count++] = (struct merge_step){ .node = node,
				.from = b->index[before],
				.place = GRAPH_NONE };
			assert(b->step[b->index[node]].from <= b->index[node]);
		}
	assert(!ok || b->step_count == count - b->m->unreachable);
	free(on_path);
	return ok;
}

/* --- the tree ----------------------------------------------------------------------- */

/* What is looked for in the tree; the texts are the tree's. */
struct merge_key {
	const struct merge *m;
	uint32_t parent, type;
	const char *label, *name;
};

static bool merge_is_place(const void *key, uint32_t i)
{
	const struct merge_key *k = key;
	const struct merge_node *n = &k->m->node[i];
	return n->parent == k->parent && n->type == k->type && n->label == k->label &&
	       n->name == k->name;
}

/* A path begins with the variable of the program that holds its first object: those of
 * two variables are no one path. */
static void merge_begin_with_variable(
	const struct merge_builder *b, uint32_t i, struct label *label)
{
	if (b->roots == NULL || b->step[i].from != i)
		return;
	const struct root *root = roots_at(b->roots, b->step[i].node);
	if (root != NULL && root->words != NULL && root_is_variable(root->words))
		snprintf(label->stable, sizeof label->stable, "%s", root->words);
}

/* Are both objects of one type that references of one name lead to? */
static bool merge_is_link(const struct merge_node *n, const struct merge_key *k)
{
	return n->type == k->type && n->label == k->label;
}

/* The place of the link of a chain before this reference to an object of type k->type;
 * GRAPH_NONE without.  Outside of CPython references may have no names, and those between
 * containers are none; there objects of two classes may take turns, as decorators do. */
static uint32_t merge_find_link(const struct merge_builder *b, const struct merge_key *k)
{
	const struct merge_node *node = b->m->node;
	bool elsewhere = b->o->runtime != &runtime_cpython;
	if (k->parent == GRAPH_NONE || k->name[0] != '\0' ||
		(k->label[0] == '\0' && !elsewhere))
		return GRAPH_NONE;
	enum type_kind kind = elsewhere ? b->m->kind[k->type] : KIND_OBJECT;
	if (k->label[0] == '\0' && kind != KIND_OBJECT && kind != KIND_BLOCK &&
		kind != KIND_WEAK)
		return GRAPH_NONE;
	if (merge_is_link(&node[k->parent], k))
		return k->parent;
	uint32_t before = node[k->parent].parent;
	bool turns = elsewhere && before != GRAPH_NONE && kind == KIND_OBJECT &&
		     b->m->kind[node[k->parent].type] == KIND_OBJECT;
	return turns && merge_is_link(&node[before], k) ? before : GRAPH_NONE;
}

/* Finds the node of the tree that represents a step, a new one where there is none, and
 * counts the step there. */
static bool merge_place_step(struct merge_builder *b, uint32_t i, struct error *err)
{
	struct merge_step *s = &b->step[i];
	const struct merge_step *from = &b->step[s->from];
	struct label label = { 0 };
	bool source = s->from == i, target = bits_has(b->is_target, s->node);
	if (!source && b->m->labelled &&
		!labels_find(b->labels, b->g->address[from->node], b->g->address[s->node],
			0, from->attributes, &label, err))
		return false;
	merge_begin_with_variable(b, i, &label);
	s->attributes = label.is_dict;
	if (label.is_dict && !target) {
		s->place = from->place;
		return true;
	}
	/* A class or module has its name: "module shop", "class Registry"; outside of
	 * CPython the name alone.  Not those that are kept by a number or a key, as in a
	 * registry, where a name for each would tear one place apart. */
	char name[MERGE_NAME_MAX] = "", own[LABEL_MAX] = "";
	bool cpython = b->o->runtime == &runtime_cpython, named = false;
	enum type_kind kind = KIND_OBJECT;
	if (b->m->labelled) {
		kind = b->m->kind[b->o->type[s->node]];
		named = (kind == KIND_CLASS || kind == KIND_MODULE) &&
			(!cpython ||
				(kind == KIND_MODULE ? source : label.stable[0] == '.'));
	}
	if (named && !labels_name(b->labels, b->g->address[s->node], own, err))
		return false;
	if (own[0] != '\0')
		snprintf(name, sizeof name, "%s%s",
			!cpython              ? ""
			: kind == KIND_MODULE ? "module "
					      : "class ",
			own);
	struct merge *m = b->m;
	uint32_t parent = source ? GRAPH_NONE : from->place;
	struct merge_node *n = NULL;
	const struct merge_key key = { m, parent, b->o->type[s->node],
		texts_put(&m->texts, label.stable), texts_put(&m->texts, name) };
	if (key.label == NULL || key.name == NULL)
		return error_nomem(err);
	uint64_t hash = map_hash_number(0, (uint64_t)parent << 32 | key.type);
	hash = map_hash_number(hash, (uintptr_t)key.label);
	hash = map_hash_number(hash, (uintptr_t)key.name);
	uint32_t link = merge_find_link(b, &key);
	if (link != GRAPH_NONE) {
		/* A link of a chain is where the link before it is. */
		m->node[link].repeated = true;
		s->place = link;
	} else if ((s->place = map_find(&b->places, hash, merge_is_place, &key)) ==
		   MAP_NONE) {
		s->place = m->count;
		if (!array_reserve(
			    &m->node, &b->cap, (size_t)m->count + 1, sizeof *m->node) ||
			!map_put(&b->places, hash, m->count))
			return error_nomem(err);
		n = &m->node[m->count++];
		*n = (struct merge_node){ .parent = parent,
			.depth = parent == GRAPH_NONE ? 0 : m->node[parent].depth + 1,
			.type = key.type,
			.label = key.label,
			.name = key.name,
			.first = GRAPH_NONE,
			.first_end = GRAPH_NONE,
			.next = GRAPH_NONE,
			.down = GRAPH_NONE };
	}
	n = &m->node[s->place];
	n->guessed = n->guessed || label.guessed;
	n->objects++;
	if (s->node < n->first)
		n->first = s->node;
	if (!target)
		return true;
	n->ends++;
	n->bytes = saturate_add(n->bytes, b->o->size[s->node]);
	if (s->node < n->first_end)
		n->first_end = s->node;
	return true;
}

/* --- the order ---------------------------------------------------------------------- */

static int merge_compare(const void *a, const void *b, void *context)
{
	const struct merge_node *node = context;
	const struct merge_node *p = &node[*(const uint32_t *)a];
	const struct merge_node *q = &node[*(const uint32_t *)b];
	if (p->targets != q->targets)
		return p->targets > q->targets ? -1 : 1;
	if (p->bytes != q->bytes)
		return p->bytes > q->bytes ? -1 : 1;
	if (p->type != q->type)
		return p->type < q->type ? -1 : 1;
	return strcmp(p->label, q->label);
}

/* Brings the nodes into the order of the walk. */
static bool merge_sort(struct merge *m, struct error *err)
{
	uint32_t *parent = array_new(m->count, sizeof *parent);
	struct tree_order order = { 0 };
	bool ok = parent != NULL;
	for (uint32_t i = 0; ok && i < m->count; i++)
		parent[i] = m->node[i].parent;
	ok = ok && tree_order_init(&order, parent, m->count, merge_compare, m->node);
	free(parent);
	if (ok)
		tree_order_move(&order, m->node, m->count, sizeof *m->node);
	for (uint32_t i = 0; ok && i < m->count; i++) {
		const struct tree_link *link = &order.link[i];
		assert(link->parent == GRAPH_NONE || link->parent < i);
		m->node[i].parent = link->parent;
		m->node[i].next = link->next;
		m->node[i].down = link->down;
	}
	tree_order_fini(&order);
	return ok || error_nomem(err);
}

/* --- the variables of closures ------------------------------------------------------ */

/* A path from its beginning, or from below the last of the engine's timers, on. */
struct merge_scope {
	uint32_t timer;    /* GRAPH_NONE: there is none */
	uint32_t variable; /* the last one before the first data, or that; GRAPH_NONE */
	bool data;
};

/* What merge_variable() says of each node; false out of memory. */
static bool merge_find_variables(struct merge *m, const struct objects *o)
{
	static const char closure[] = "<closure ";
	/* What runs, or will later, and is not data of the program. */
	static const char *const running[] = { "process", "Generator", "AsyncGenerator",
		"Promise", "AsyncFunction" };
	struct merge_scope *scope = array_new(m->count, sizeof *scope);
	m->variable = array_new(m->count, sizeof *m->variable);
	bool ok = scope != NULL && m->variable != NULL;
	for (uint32_t i = 0; ok && i < m->count; i++) {
		const char *type = o->name[m->node[i].type];
		enum type_kind kind = m->kind[m->node[i].type];
		uint32_t up = m->node[i].parent;
		const char *above = up == GRAPH_NONE ? "" : o->name[m->node[up].type];
		bool timer =
			strcmp(above, "Timeout") == 0 || strcmp(above, "Immediate") == 0;
		struct merge_scope *s = &scope[i];
		*s = up == GRAPH_NONE || timer
			     ? (struct merge_scope){ up, GRAPH_NONE, false }
			     : scope[up];
		if (!s->data &&
			strncmp(m->node[i].label, closure, sizeof closure - 1) == 0)
			s->variable = i;
		bool code = kind == KIND_BLOCK || kind == KIND_FUNCTION ||
			    kind == KIND_CODE || kind == KIND_MODULE;
		for (size_t k = 0; k < sizeof running / sizeof *running; k++)
			code = code || strcmp(type, running[k]) == 0;
		s->data = s->data || !code;
		/* A scope around that of a closure, such as a module's: what leads there
		 * through a timer is whichever closure waits. */
		up = s->variable == GRAPH_NONE ? GRAPH_NONE : m->node[s->variable].parent;
		bool outer =
			up != GRAPH_NONE && strcmp(m->node[up].label, "<previous>") == 0;
		m->variable[i] = s->timer == GRAPH_NONE || outer ? s->variable
								 : m->variable[s->timer];
	}
	free(scope);
	return ok;
}

/* Targets and bytes of a node: its own, and its children's. */
static void merge_sum(struct merge *m)
{
	for (uint32_t i = m->count; i-- > 0;) {
		struct merge_node *n = &m->node[i];
		n->targets += n->ends;
		if (n->parent == GRAPH_NONE)
			continue;
		assert(n->parent < i);
		struct merge_node *up = &m->node[n->parent];
		up->targets += n->targets;
		up->bytes = saturate_add(up->bytes, n->bytes);
	}
}

struct merge *merge_new(const struct graph *g, const struct objects *o,
	const struct path_query *q, const struct path_tree *t, struct labels *labels,
	bool labelled_only, struct error *err)
{
	/* Without targets there are no paths, so nothing needs to be reached. */
	struct path_query walk = *q;
	if (q->target_count == 0)
		walk.source_count = 0;
	struct path_tree *own = t == NULL ? path_tree_new(g, &walk, err) : NULL;
	t = t == NULL ? own : t;
	struct merge_builder b = { .g = g,
		.o = o,
		.labels = labels,
		.t = t,
		.roots = q->roots,
		.whole = q->target_count == g->nodes };
	b.m = array_new_zeroed(1, sizeof *b.m);
	b.is_target = bits_new(g->nodes);
	bool ok = t != NULL;
	b.begins = bits_new(g->nodes);
	b.index = array_new(g->nodes, sizeof *b.index);
	if (b.m != NULL)
		texts_init(&b.m->texts);
	if (ok && (b.m == NULL || b.is_target == NULL || b.begins == NULL ||
			  b.index == NULL))
		ok = error_nomem(err);
	if (ok && (labels != NULL || o->runtime != &runtime_cpython))
		ok = (b.m->kind = objects_kinds(o, err)) != NULL;
	for (size_t i = 0; ok && i < q->target_count; i++)
		bits_put(b.is_target, q->targets[i]);
	if (ok && q->from_roots && labels != NULL && o->runtime == &runtime_cpython)
		ok = merge_find_modules(&b, err);
	ok = ok && merge_list_steps(&b, err);
	path_tree_free(own);
	b.t = NULL;
	if (ok)
		b.m->labelled = labels != NULL && b.step_count <= MERGE_LABELS_MAX;
	if (ok && labelled_only && !b.m->labelled)
		b.step_count = 0;
	for (uint32_t i = 0; ok && i < b.step_count; i++) {
		if (i + MERGE_AHEAD < b.step_count) {
			uint32_t far = b.step[i + MERGE_AHEAD].node;
			__builtin_prefetch(&o->type[far]);
			__builtin_prefetch(&o->size[far]);
		}
		ok = merge_place_step(&b, i, err);
	}
	if (ok)
		merge_sum(b.m);
	free(b.begins);
	free(b.is_namespace);
	free(b.is_target);
	free(b.index);
	free(b.step);
	map_fini(&b.places);
	ok = ok && merge_sort(b.m, err);
	/* Only labels say so. */
	if (ok && o->runtime == &runtime_v8 && b.m->labelled)
		ok = merge_find_variables(b.m, o) || error_nomem(err);
	if (ok)
		return b.m;
	merge_free(b.m);
	return NULL;
}

char *merge_type(const struct merge *m, const struct objects *o, uint32_t i)
{
	const struct merge_node *n = &m->node[i];
	return n->name[0] != '\0' ? (char *)n->name : o->name[n->type];
}

uint32_t merge_variable(const struct merge *m, uint32_t i)
{
	return m->variable == NULL ? GRAPH_NONE : m->variable[i];
}

void merge_signature(
	const struct merge *m, const struct objects *o, uint32_t i, struct buffer *out)
{
	uint32_t path[REPEATS_STEPS];
	size_t n = 0;
	uint32_t at = i, variable = merge_variable(m, i);
	for (; at != GRAPH_NONE && n < REPEATS_STEPS; at = m->node[at].parent) {
		path[n++] = at;
		if (at == variable) {
			at = GRAPH_NONE;
			break;
		}
		/* The path to a class says nothing about the objects that it holds; in
		 * CPython the module does. */
		if (o->runtime != &runtime_cpython && m->node[at].name[0] != '\0') {
			at = GRAPH_NONE;
			break;
		}
	}
	/* Of a path that is longer the end is shown. */
	if (at != GRAPH_NONE)
		buffer_put_text(out, "… ");
	const char *label = NULL;
	for (bool first = true; n-- > 0; first = false) {
		const struct merge_node *node = &m->node[path[n]];
		signature_put(out, first,
			label != NULL                    ? label
			: first && node->name[0] != '\0' ? ""
							 : node->label,
			merge_type(m, o, path[n]), node->repeated);
		/* The steps that follow a sequence or mapping may be parts of it; then
		 * what it holds comes after them. */
		label = NULL;
		if (o->runtime == &runtime_cpython)
			continue;
		enum type_kind kind = m->kind[node->type];
		size_t end = n;
		if (kind != KIND_SEQUENCE && kind != KIND_MAPPING)
			continue;
		while (end > 1 && m->kind[m->node[path[end - 1]].type] == KIND_BLOCK)
			end--;
		if (end < n)
			label = kind == KIND_SEQUENCE ? "[]" : "{*}";
		n = end;
	}
}
