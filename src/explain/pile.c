/* SPDX-License-Identifier: MIT */
#include "explain/pile.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/map.h"
#include "dump/runtime.h"
#include "explain/pile_cover.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	PILE_CHAIN_LOOK = 24, /* steps in which a chain must show itself */
	PILE_CHAIN_GAP = 4,   /* steps from one link to the next */
	PILE_CHAIN_RUN = 8,   /* links of a chain of built-in containers */
	PILE_FEW = 3,         /* large objects that are as suspect as many small ones */
	PILE_NEAR = 4,        /* steps from an owner to piles that are one */
};

/* What is known of the objects of one type in a place. */
struct pile_type {
	uint32_t count, sample;
	uint32_t depth; /* the least */
	int64_t bytes;
};

struct pile_search {
	const struct graph *g;
	const struct objects *o;
	const struct name_tree *t;
	const struct pile_query *q;
	const struct runtime *runtime;
	struct cover cover;
	int64_t *claimed;       /* of the bytes below each node: those in piles */
	uint64_t *done;         /* nodes that belong to a chain */
	uint8_t *kind;          /* of each type, enum type_kind */
	struct pile_type *type; /* of each type, all zero between uses */
	uint32_t *used;         /* types with something in `type` */
	size_t used_count;
	uint32_t *queue; /* room for nodes, with their depths */
	uint8_t *depth;  /* of each node, while a subtree is walked */
	struct piles *piles;
};

void piles_fini(struct piles *p)
{
	free(p->pile);
	*p = (struct piles){ 0 };
}

/* --- types ---------------------------------------------------------------------------
 */

static enum type_kind pile_kind_of(const struct pile_search *s, uint32_t node)
{
	return (enum type_kind)s->kind[s->o->type[node]];
}

static void pile_note(struct pile_search *s, uint32_t node, uint32_t depth, int64_t bytes)
{
	uint32_t type = s->o->type[node];
	struct pile_type *t = &s->type[type];
	if (t->count++ == 0) {
		t->sample = node;
		t->depth = depth;
		assert(s->used_count < s->o->types);
		s->used[s->used_count++] = type;
	}
	if (node < t->sample)
		t->sample = node;
	if (depth < t->depth)
		t->depth = depth;
	t->bytes = dominators_add(t->bytes, bytes);
}

static void pile_forget(struct pile_search *s)
{
	for (size_t i = 0; i < s->used_count; i++)
		s->type[s->used[i]] = (struct pile_type){ 0 };
	s->used_count = 0;
}

/* The commonest type of those noted; of several the first by name. */
static uint32_t pile_commonest(const struct pile_search *s)
{
	uint32_t best = GRAPH_NONE;
	for (size_t i = 0; i < s->used_count; i++) {
		uint32_t type = s->used[i];
		if (best == GRAPH_NONE) {
			best = type;
			continue;
		}
		uint32_t count = s->type[type].count, most = s->type[best].count;
		if (count > most || (count == most && type < best))
			best = type;
	}
	return best;
}

/* Of the types noted that have `least` objects and are not building blocks: the program's
 * own first, then a package's, the library's; nearest to the owner; with most bytes. */
static uint32_t pile_telling(const struct pile_search *s, uint32_t least)
{
	uint32_t best = GRAPH_NONE;
	for (size_t i = 0; i < s->used_count; i++) {
		uint32_t type = s->used[i];
		const struct pile_type *x = &s->type[type];
		if (s->kind[type] != KIND_OBJECT || x->count < least)
			continue;
		unsigned a = (unsigned)name_owner_of_type(s->t, type) - 1u;
		const struct pile_type *y = best == GRAPH_NONE ? NULL : &s->type[best];
		unsigned b = best == GRAPH_NONE
				     ? 0
				     : (unsigned)name_owner_of_type(s->t, best) - 1u;
		bool better = y == NULL              ? true
			      : a != b               ? a < b
			      : x->depth != y->depth ? x->depth < y->depth
			      : x->bytes != y->bytes ? x->bytes > y->bytes
						     : type < best;
		if (better)
			best = type;
	}
	return best;
}

/* --- claiming ------------------------------------------------------------------------
 */

static void pile_claim(struct pile_search *s, uint32_t node, int64_t bytes)
{
	for (;;) {
		s->claimed[node] = dominators_add(s->claimed[node], bytes);
		uint32_t from = name_from(s->t, node);
		if (from == node)
			return;
		node = from;
	}
}

static bool pile_push(struct pile_search *s, struct pile pile, struct error *err)
{
	struct piles *p = s->piles;
	if (!array_reserve(&p->pile, &p->cap, p->count + 1, sizeof *p->pile))
		return error_nomem(err);
	p->pile[p->count++] = pile;
	return true;
}

/* --- chains --------------------------------------------------------------------------
 */

/* Where the heaviest path from a node goes through one type again and again: its first
 * link; GRAPH_NONE when it does not. */
static uint32_t pile_first_link(const struct pile_search *s, uint32_t node)
{
	uint32_t path[PILE_CHAIN_LOOK];
	size_t n = 0;
	while (n < PILE_CHAIN_LOOK) {
		/* The child that has most of the bytes below the node. */
		size_t children, heavy = 0;
		const uint32_t *child = cover_children(&s->cover, node, &children);
		while (heavy < children &&
			s->cover.bytes[child[heavy]] < s->cover.bytes[node] / 2)
			heavy++;
		if (heavy == children)
			break;
		path[n++] = node = child[heavy];
	}
	for (size_t first = 0; first < n && first <= PILE_CHAIN_GAP; first++) {
		uint32_t type = s->o->type[path[first]];
		bool plain = s->kind[type] == KIND_OBJECT;
		size_t links = 1, last = first;
		for (size_t i = first + 1; i < n && i - last <= PILE_CHAIN_GAP; i++)
			if (s->o->type[path[i]] == type && (plain || i - last == 1)) {
				links++;
				last = i;
			}
		if (links >= (plain ? PILE_FEW : PILE_CHAIN_RUN))
			return path[first];
	}
	return GRAPH_NONE;
}

static bool pile_find_chains(struct pile_search *s, struct error *err)
{
	for (uint32_t i = 0; i < s->cover.reached; i++) {
		uint32_t node = s->cover.order[i];
		if (s->cover.bytes[node] < s->q->bytes || bits_has(s->done, node))
			continue;
		uint32_t first = pile_first_link(s, node);
		if (first == GRAPH_NONE || bits_has(s->done, first) ||
			s->cover.bytes[first] - s->claimed[first] < s->q->bytes)
			continue;
		/* All below the first link: how many objects of its type are links. */
		uint32_t type = s->o->type[first], links = 0;
		size_t count = 0;
		s->queue[count++] = first;
		s->depth[first] = 0;
		for (size_t k = 0; k < count; k++) {
			uint32_t at = s->queue[k], depth = s->depth[at];
			size_t n;
			const uint32_t *child = cover_children(&s->cover, at, &n);
			bool link = s->o->type[at] == type && depth <= PILE_CHAIN_GAP;
			links += link;
			for (size_t j = 0; j < n; j++) {
				s->queue[count++] = child[j];
				s->depth[child[j]] =
					(uint8_t)(link ? 1
						       : depth + (depth <=
									 PILE_CHAIN_GAP));
			}
		}
		assert(count <= s->cover.nodes);
		if (links < s->q->least)
			continue;
		for (size_t k = 0; k < count; k++)
			bits_put(s->done, s->queue[k]);
		struct pile pile = { .kind = PILE_CHAIN,
			.owner = name_from(s->t, first),
			.sample = first,
			.objects = links,
			.units = 1,
			.unit = first,
			.kinds = 1,
			.bytes = s->cover.bytes[first] };
		pile_claim(s, first, pile.bytes);
		if (!pile_push(s, pile, err))
			return false;
	}
	return true;
}

/* --- many ----------------------------------------------------------------------------
 */

/* Modules of the standard library whose tables and caches grow to a bound. */
static bool pile_is_known(const struct pile_search *s, uint32_t owner)
{
	static const char *const known[] = { "linecache", "html.entities", "encodings",
		"re", "sre_parse", "sre_compile", "_sre", "tokenize", "importlib",
		"_frozen_importlib", "_frozen_importlib_external", "unicodedata",
		"mimetypes", "errno", "opcode", "zipimport" };
	const char *module = name_module(s->t, owner);
	size_t len = module == NULL ? 0 : strcspn(module, ".");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (module != NULL &&
			(strcmp(module, known[i]) == 0 ||
				(strlen(known[i]) == len &&
					strncmp(module, known[i], len) == 0)))
			return true;
	return false;
}

/* What a node itself holds that belongs to no pile yet. */
struct pile_place {
	uint32_t units, kinds;
	uint32_t unit; /* the commonest type */
	int64_t bytes, top;
};

static struct pile_place pile_look(struct pile_search *s, uint32_t node, bool namespace)
{
	struct pile_place p = { .unit = GRAPH_NONE };
	size_t n;
	const uint32_t *child = cover_children(&s->cover, node, &n);
	for (size_t i = 0; i < n; i++) {
		int64_t bytes = s->cover.bytes[child[i]] - s->claimed[child[i]];
		/* Functions and classes are the program where they have their names. */
		enum type_kind kind = pile_kind_of(s, child[i]);
		bool program = kind == KIND_FUNCTION || kind == KIND_CODE ||
			       kind == KIND_CLASS || kind == KIND_MODULE ||
			       kind == KIND_BLOCK;
		if (bytes <= 0 || (namespace && program))
			continue;
		pile_note(s, child[i], 0, bytes);
		p.units++;
		p.bytes = dominators_add(p.bytes, bytes);
		if (bytes > p.top)
			p.top = bytes;
	}
	p.kinds = (uint32_t)s->used_count;
	p.unit = pile_commonest(s);
	/* A namespace holds this and that: only objects of one type are a pile. */
	if (namespace && p.unit != GRAPH_NONE) {
		p.units = s->type[p.unit].count;
		p.bytes = s->type[p.unit].bytes;
		p.kinds = 1;
	}
	return p;
}

/* Notes the types of all that is below a node and in no pile. */
static void pile_note_below(struct pile_search *s, uint32_t top)
{
	size_t count = 0;
	s->queue[count++] = top;
	s->depth[top] = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t node = s->queue[i];
		size_t n;
		const uint32_t *child = cover_children(&s->cover, node, &n);
		if (node != top)
			pile_note(s, node, s->depth[node], s->o->size[node]);
		for (size_t j = 0; j < n; j++) {
			if (s->claimed[child[j]] >= s->cover.bytes[child[j]])
				continue;
			s->queue[count++] = child[j];
			s->depth[child[j]] =
				(uint8_t)(s->depth[node] + (s->depth[node] < UINT8_MAX));
		}
	}
}

/* Is the pile's owner a few steps below the node? */
static bool pile_is_near(
	const struct pile_search *s, const struct pile *pile, uint32_t node)
{
	uint32_t at = pile->owner;
	for (int steps = 0; steps < PILE_NEAR && at != node; steps++)
		at = name_from(s->t, at);
	return pile->kind == PILE_MANY && at == node && pile->owner != node;
}

/* Piles of one type right below a node, which have most of its bytes, are one pile of
 * this node. */
static bool pile_fold(struct pile_search *s, uint32_t node)
{
	struct piles *p = s->piles;
	struct pile sum = { .units = 0 };
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct pile *pile = &p->pile[i];
		if (!pile_is_near(s, pile, node))
			continue;
		if (sum.units == 0)
			sum = (struct pile){ .kind = PILE_MANY,
				.owner = node,
				.sample = pile->sample,
				.unit = pile->owner,
				.kinds = 1 };
		if (s->o->type[pile->sample] != s->o->type[sum.sample])
			continue;
		sum.units++;
		sum.objects += pile->objects;
		sum.bytes = dominators_add(sum.bytes, pile->bytes);
	}
	if (sum.units < PILE_FEW || sum.bytes < s->cover.bytes[node] / 2)
		return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct pile pile = p->pile[i];
		if (!pile_is_near(s, &pile, node) ||
			s->o->type[pile.sample] != s->o->type[sum.sample])
			p->pile[kept++] = pile;
	}
	p->count = kept;
	p->pile[p->count++] = sum;
	return true;
}

/* Few units, many objects in them. */
static bool pile_is_spread(struct pile_search *s, uint32_t node, struct pile *pile)
{
	pile_note_below(s, node);
	uint32_t type = pile_telling(s, s->q->least);
	if (type == GRAPH_NONE && pile_kind_of(s, node) != KIND_OBJECT)
		type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least;
	if (many) {
		pile->sample = s->type[type].sample;
		pile->objects = s->type[type].count;
	}
	pile_forget(s);
	return many;
}

/* The pile that a node is the owner of, when all below it has been looked at. */
static bool pile_look_at(struct pile_search *s, uint32_t node, struct error *err)
{
	bool namespace = name_is_namespace(s->t, node);
	enum type_kind kind = pile_kind_of(s, node);
	bool container = kind == KIND_MAPPING || kind == KIND_SEQUENCE;
	if (!namespace && pile_fold(s, node))
		return true;
	struct pile_place p = pile_look(s, node, namespace);
	struct pile pile = { .kind = PILE_MANY,
		.owner = node,
		.units = p.units,
		.unit = p.unit == GRAPH_NONE ? node : s->type[p.unit].sample,
		.kinds = p.kinds,
		.bytes = dominators_add(p.bytes, namespace ? 0 : s->o->size[node]) };
	bool even = p.units > 1 && (p.top < p.bytes / 2 || p.units > s->q->least * 2);
	bool enough = even && pile.bytes >= s->q->bytes;
	if (enough && p.units >= s->q->least) {
		/* It is about the units themselves, or about their contents. */
		pile.sample = pile.unit;
		pile.objects = s->type[p.unit].count;
		pile_forget(s);
		uint32_t inside = GRAPH_NONE;
		if (s->kind[p.unit] != KIND_OBJECT) {
			pile_note_below(s, node);
			inside = pile_telling(
				s, pile.units / 2 > PILE_FEW ? pile.units / 2 : PILE_FEW);
		}
		if (inside != GRAPH_NONE) {
			pile.sample = s->type[inside].sample;
			pile.objects = s->type[inside].count;
		}
		pile_forget(s);
	} else if (pile_forget(s), enough && !namespace && kind != KIND_BLOCK &&
					   pile_is_spread(s, node, &pile)) {
		/* A tree, a table of tables. */
	} else if (even && container && !namespace && p.units >= PILE_FEW &&
		   p.bytes >= s->q->large) {
		pile.sample = pile.unit;
		pile.objects = p.units;
	} else if (s->o->size[node] >= s->q->large) {
		pile = (struct pile){ .kind = PILE_SINGLE,
			.owner = node,
			.sample = node,
			.unit = node,
			.objects = 1,
			.units = 1,
			.kinds = 1,
			.bytes = s->o->size[node] };
		/* The buffer of an object of C code is that object's. */
		uint32_t from = name_from(s->t, node);
		if (from != node && strchr(objects_type(s->o, from), '.') != NULL &&
			pile_kind_of(s, from) == KIND_WEAK)
			pile.owner = pile.sample = pile.unit = from;
	} else {
		return true;
	}
	bool plain = pile_kind_of(s, pile.sample) != KIND_OBJECT;
	bool unnamed = name_module(s->t, node) == NULL && pile.kind == PILE_MANY;
	bool library = name_owner(s->t, node) == NAME_LIBRARY;
	/* Tables of the interpreter and of its library hold what built-in types hold. */
	if (pile_is_known(s, node) ||
		(plain && (library || unnamed) && pile.bytes < 2 * s->q->large))
		return true;
	pile_claim(s, node, pile.bytes);
	return pile_push(s, pile, err);
}

/* --- piles without an owner ----------------------------------------------------------
 */

/* Roots that nothing refers to and that are not part of the interpreter, whose types keep
 * dicts and tuples: what C code holds. */
static bool pile_is_held_root(const struct pile_search *s, const struct root *root)
{
	enum type_kind kind = pile_kind_of(s, root->node);
	return root->reason == ROOT_UNREFERENCED &&
	       name_from(s->t, root->node) == root->node &&
	       (kind == KIND_OBJECT || kind == KIND_FUNCTION || kind == KIND_WEAK);
}

static bool pile_find_roots(struct pile_search *s, struct analysis *a, struct error *err)
{
	const struct roots *roots = a->roots;
	for (size_t i = 0; i < roots->count; i++) {
		uint32_t node = roots->node[i];
		if (pile_is_held_root(s, &roots->root[i]))
			pile_note(s, node, 0, s->cover.bytes[node] - s->claimed[node]);
	}
	uint32_t type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least &&
		    s->type[type].bytes >= s->q->bytes;
	struct pile pile = {
		.kind = PILE_ROOTS, .owner = GRAPH_NONE, .holder = GRAPH_NONE, .kinds = 1
	};
	if (many) {
		pile.sample = pile.unit = s->type[type].sample;
		pile.objects = pile.units = s->type[type].count;
		pile.bytes = s->type[type].bytes;
	}
	pile_forget(s);
	if (!many)
		return true;
	for (size_t i = 0; s->kind[type] != KIND_OBJECT && i < roots->count; i++)
		if (s->o->type[roots->node[i]] == type &&
			pile_is_held_root(s, &roots->root[i]))
			pile_note_below(s, roots->node[i]);
	type = pile_telling(s, pile.units / 2);
	if (type != GRAPH_NONE) {
		pile.sample = s->type[type].sample;
		pile.objects = s->type[type].count;
	}
	pile_forget(s);
	return pile_push(s, pile, err);
}

/* What no root leads to: the type that says most of it, and all of its bytes. */
static bool pile_find_garbage(struct pile_search *s, struct error *err)
{
	int64_t bytes = 0;
	for (uint32_t i = 0; i < s->o->nodes; i++)
		if (name_from(s->t, i) == GRAPH_NONE) {
			pile_note(s, i, 0, s->o->size[i]);
			bytes = dominators_add(bytes, s->o->size[i]);
		}
	uint32_t type = pile_telling(s, s->q->least);
	if (type == GRAPH_NONE)
		type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least &&
		    bytes >= s->q->bytes;
	struct pile pile = { .kind = PILE_GARBAGE,
		.owner = GRAPH_NONE,
		.holder = GRAPH_NONE,
		.kinds = (uint32_t)s->used_count,
		.bytes = bytes };
	if (many) {
		pile.sample = pile.unit = s->type[type].sample;
		pile.objects = pile.units = s->type[type].count;
	}
	pile_forget(s);
	return !many || pile_push(s, pile, err);
}

/* A module by its name without digits. */
struct pile_module {
	uint64_t hash;
	uint32_t node;
};

static int pile_module_compare(const void *a, const void *b)
{
	const struct pile_module *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Modules whose names differ in digits alone: the program makes them. */
static bool pile_find_modules(struct pile_search *s, struct error *err)
{
	struct pile_module *module = NULL;
	size_t count = 0, cap = 0, begin = 0;
	for (uint32_t i = 0; i < s->cover.reached; i++) {
		uint32_t node = s->cover.order[i];
		if (name_from(s->t, node) != node)
			break;
		const char *name = pile_kind_of(s, node) == KIND_MODULE
					   ? name_module(s->t, node)
					   : NULL;
		if (name == NULL || strpbrk(name, "0123456789") == NULL ||
			name_owner(s->t, node) == NAME_PACKAGE || pile_is_known(s, node))
			continue;
		if (!array_reserve(&module, &cap, count + 1, sizeof *module)) {
			free(module);
			return error_nomem(err);
		}
		uint64_t hash = 0;
		for (const char *at = name; *at != '\0'; at++)
			if (*at < '0' || *at > '9')
				hash = map_hash_number(hash, (unsigned char)*at);
		module[count++] = (struct pile_module){ hash, node };
	}
	if (count > 0)
		qsort(module, count, sizeof *module, pile_module_compare);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		if (i + 1 < count && module[i + 1].hash == module[i].hash)
			continue;
		struct pile pile = { .kind = PILE_MODULES,
			.owner = GRAPH_NONE,
			.holder = GRAPH_NONE,
			.sample = module[begin].node,
			.unit = module[begin].node,
			.objects = (uint32_t)(i + 1 - begin),
			.units = (uint32_t)(i + 1 - begin),
			.kinds = 1 };
		for (; begin <= i; begin++)
			pile.bytes = dominators_add(
				pile.bytes, s->cover.bytes[module[begin].node] -
						    s->claimed[module[begin].node]);
		if (pile.objects >= s->q->least && pile.bytes >= s->q->bytes)
			ok = pile_push(s, pile, err);
	}
	free(module);
	return ok;
}

/* --- all of them ---------------------------------------------------------------------
 */

/* Objects of classes are more often a leak than building blocks, and many than few: a
 * table has few large ones, or one. */
static double pile_weight(const struct pile *p)
{
	return (double)p->bytes * (p->telling ? 3 : p->few ? 1 : 2);
}

static int pile_compare(const void *a, const void *b)
{
	const struct pile *x = a, *y = b;
	double v = pile_weight(x), w = pile_weight(y);
	if (v != w)
		return v > w ? -1 : 1;
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return (x->sample > y->sample) - (x->sample < y->sample);
}

/* Rooms for a search, and what the types of the heap are. */
static bool pile_search_init(struct pile_search *s, struct analysis *a, struct error *err)
{
	uint32_t nodes = s->o->nodes, types = s->o->types;
	s->claimed = array_new_zeroed(nodes, sizeof *s->claimed);
	s->done = bits_new(nodes);
	s->kind = array_new(types, sizeof *s->kind);
	s->type = array_new_zeroed(types, sizeof *s->type);
	s->used = array_new(types, sizeof *s->used);
	s->queue = array_new(nodes, sizeof *s->queue);
	s->depth = array_new_zeroed(nodes, sizeof *s->depth);
	if (s->claimed == NULL || s->done == NULL || s->kind == NULL || s->type == NULL ||
		s->used == NULL || s->queue == NULL || s->depth == NULL)
		return error_nomem(err);
	if (!runtime_load(a->db, a->generation, &s->runtime, err))
		return false;
	for (uint32_t i = 0; i < types; i++) {
		const char *name = s->o->name[i];
		enum type_kind kind = runtime_kind(s->runtime, name, strlen(name));
		/* Types of C code have dots in their names and say little. */
		if (kind == KIND_OBJECT && s->runtime == &runtime_cpython &&
			strchr(name, '.') != NULL)
			kind = KIND_WEAK;
		s->kind[i] = (uint8_t)kind;
	}
	return cover_init(&s->cover, s->t, s->o, err);
}

bool piles_find(struct piles *p, const struct pile_query *q, struct analysis *a,
	struct name_tree *t, struct error *err)
{
	struct pile_search s = {
		.g = a->g, .o = analysis_objects(a, err), .t = t, .q = q, .piles = p
	};
	bool ok =
		s.o != NULL && pile_search_init(&s, a, err) && pile_find_chains(&s, err);
	for (uint32_t i = s.cover.reached; ok && i-- > 0;) {
		uint32_t node = s.cover.order[i];
		if (s.cover.bytes[node] - s.claimed[node] + (s.claimed[node] > 0) >=
				q->bytes &&
			!bits_has(s.done, node))
			ok = pile_look_at(&s, node, err);
	}
	ok = ok && pile_find_roots(&s, a, err) && pile_find_modules(&s, err) &&
	     pile_find_garbage(&s, err);
	assert(!ok || s.used_count == 0);
	/* Two ends of one chain are one pile. */
	size_t kept = 0;
	for (size_t i = 0; ok && i < p->count; i++) {
		const struct pile pile = p->pile[i];
		size_t j = 0;
		while (j < kept &&
			(pile.kind != PILE_CHAIN || p->pile[j].kind != PILE_CHAIN ||
				s.o->type[p->pile[j].sample] != s.o->type[pile.sample]))
			j++;
		if (j == kept) {
			p->pile[kept++] = pile;
			continue;
		}
		p->pile[j].objects += pile.objects;
		p->pile[j].bytes = dominators_add(p->pile[j].bytes, pile.bytes);
	}
	p->count = kept;
	for (size_t i = 0; ok && i < p->count; i++) {
		uint32_t owner = p->pile[i].owner;
		if (owner != GRAPH_NONE && name_is_attributes(t, owner, &owner))
			p->pile[i].owner = owner;
		/* The nearest object with an identity on the way to the owner. */
		uint32_t holder = owner;
		while (holder != GRAPH_NONE) {
			enum type_kind of = pile_kind_of(&s, holder);
			if (of == KIND_OBJECT || of == KIND_CLASS || of == KIND_MODULE ||
				of == KIND_FUNCTION)
				break;
			uint32_t from = name_from(t, holder);
			holder = from == holder ? GRAPH_NONE : from;
		}
		p->pile[i].holder = holder;
		enum type_kind kind = pile_kind_of(&s, p->pile[i].sample);
		p->pile[i].telling =
			kind == KIND_OBJECT || kind == KIND_CLASS || kind == KIND_MODULE;
		p->pile[i].few = p->pile[i].objects < q->least;
	}
	if (ok && p->count > 0)
		qsort(p->pile, p->count, sizeof *p->pile, pile_compare);
	cover_fini(&s.cover);
	free(s.claimed);
	free(s.done);
	free(s.kind);
	free(s.type);
	free(s.used);
	free(s.queue);
	free(s.depth);
	return ok;
}
