/* SPDX-License-Identifier: MIT */
/* The first generation has candidates: what permanents and other candidates hold under a
 * unique name.  Each further generation is walked along the same names; what is not
 * there, or of another type, is not a candidate. */
#include "leaks/lineage_named.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A name is a label, or the type of an unlabelled child with this bit, or, behind all
 * types, the place of an item in a tuple or list that has several of its type. */
#define NAME_IS_TYPE UINT32_C(0x80000000)

/* Longer tuples are not records, nor longer lists tables. */
enum { RECORD_MOST = 64 };

/* How many references ahead memory is asked for. */
enum { NAMED_AHEAD = 16 };

/* `item` holds `candidate` under `name`, in all generations so far.  Items are the
 * permanents, and after them the candidates. */
struct named_edge {
	uint32_t item, candidate, name;
};

struct named_search {
	struct lineage *l;
	uint32_t *
		*node;  /* of each generation, of each candidate; GRAPH_NONE: not there */
	uint32_t *type; /* of each candidate */
	uint32_t count;
	size_t first_cap, type_cap;
	struct named_edge *edge; /* ascending by item */
	size_t edges, edge_cap;
	/* Of labels, and of types and places: how often the object has them, and where it
	 * leads. */
	uint32_t *stamp[2], *times[2], *child[2];
	uint32_t types, now;
	uint64_t *placed; /* bits, of the first generation: a sequence in one */
};

/* The name of a reference of the object; false when it has none. */
static bool named_name(
	const struct snapshot *s, uint32_t node, uint32_t e, uint32_t *name)
{
	uint32_t label = s->label[e];
	unsigned traits = snapshot_traits(s, node);
	/* A tuple is a record without names. */
	bool tuple = (traits & TRAIT_FROZEN) != 0 && (traits & TRAIT_SEQUENCE) != 0 &&
		     !snapshot_label_names(s, label);
	*name = label;
	if (snapshot_is_link(s, s->child[e]))
		return false;
	if (label == LABEL_NONE || tuple) {
		*name = s->type[s->child[e]] | NAME_IS_TYPE;
		return tuple || (traits & (TRAIT_TABLE | TRAIT_SEQUENCE)) == 0;
	}
	if (label == LABEL_CLASS || snapshot_label_names(s, label))
		return label != LABEL_CLASS;
	/* A dict of any class has its entries under their keys, whatever these are. */
	return s->words->types.runtime == &runtime_cpython &&
	       (traits & TRAIT_SEQUENCE) == 0 && (label & LABEL_KEY) == 0 &&
	       (s->words->labels.flags[label] & LABEL_COMMON) == 0;
}

/* The name of a reference of a short tuple or list: its place, where the type of the item
 * is no name.  Such a list is a table of variables. */
static bool named_place(const struct named_search *n, const struct snapshot *s,
	uint32_t node, uint32_t e, uint32_t *name)
{
	unsigned traits = snapshot_traits(s, node);
	uint32_t items = s->start[node + 1] - s->start[node];
	*name = (n->types + e - s->start[node]) | NAME_IS_TYPE;
	return (traits & TRAIT_SEQUENCE) != 0 && items <= RECORD_MOST &&
	       ((traits & (TRAIT_FROZEN | TRAIT_TABLE)) != 0 || items == 1);
}

static void named_count(struct named_search *n, uint32_t name, uint32_t child)
{
	int of = (name & NAME_IS_TYPE) != 0;
	uint32_t i = name & ~NAME_IS_TYPE;
	if (n->stamp[of][i] != n->now)
		n->times[of][i] = 0;
	else if (of && n->child[of][i] == child)
		return;
	n->stamp[of][i] = n->now;
	n->times[of][i]++;
	n->child[of][i] = child;
}

/* Counts the names of a node of generation `k`. */
static void named_look(
	struct named_search *n, const struct snapshot *s, size_t k, uint32_t node)
{
	const uint32_t all = s->start[s->nodes];
	const uint64_t *passing = n->l->passing[k];
	const bool sequence = (snapshot_traits(s, node) & TRAIT_SEQUENCE) != 0;
	n->now++;
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
		uint32_t name;
		if (e + NAMED_AHEAD < all)
			__builtin_prefetch(&s->type[s->child[e + NAMED_AHEAD]]);
		/* What is there in all generations takes no name from what is replaced;
		 * the items of a tuple have their places, too.  A list or dict that is
		 * replaced would rather begin anew than grow. */
		const unsigned fixed = TRAIT_VALUED | TRAIT_FROZEN;
		if (named_name(s, node, e, &name) &&
			((name & NAME_IS_TYPE) == 0 || sequence ||
				bits_has(passing, s->child[e]) ||
				(snapshot_traits(s, s->child[e]) & fixed) == 0))
			named_count(n, name, s->child[e]);
		if (named_place(n, s, node, e, &name))
			named_count(n, name, s->child[e]);
	}
}

/* The only child of that name of the node that was looked at, or GRAPH_NONE. */
static uint32_t named_find(const struct named_search *n, uint32_t name)
{
	int of = (name & NAME_IS_TYPE) != 0;
	uint32_t i = name & ~NAME_IS_TYPE;
	return n->stamp[of][i] == n->now && n->times[of][i] == 1 ? n->child[of][i]
								 : GRAPH_NONE;
}

static uint32_t named_node(const struct named_search *n, size_t k, uint32_t item)
{
	return item < n->l->permanents ? n->l->node[k][item]
				       : n->node[k][item - n->l->permanents];
}

/* A number is its value; only one that is long may get longer. */
static bool named_is_no_candidate(const struct snapshot *s, uint32_t node)
{
	enum { LONG = 512 };
	unsigned traits = snapshot_traits(s, node);
	return (traits & TRAIT_MODULE) != 0 ||
	       ((traits & TRAIT_SCALAR) != 0 && s->size[node] < LONG);
}

/* Has the reference a name that leads to its child alone?  A list among the items of a
 * list is no table but may be a link of a chain. */
static bool named_leads(const struct named_search *n, const struct snapshot *s,
	uint32_t node, uint32_t e, uint32_t *name)
{
	if (named_name(s, node, e, name) && named_find(n, *name) != GRAPH_NONE)
		return true;
	return !bits_has(n->placed, node) && named_place(n, s, node, e, name);
}

/* Adds a node of the first generation as a candidate; false out of memory. */
static bool named_add(struct named_search *n, const struct snapshot *s, uint32_t node)
{
	size_t need = (size_t)n->count + 1;
	if (!array_reserve(&n->node[0], &n->first_cap, need, sizeof **n->node) ||
		!array_reserve(&n->type, &n->type_cap, need, sizeof *n->type))
		return false;
	n->node[0][n->count] = node;
	n->type[n->count++] = s->type[node];
	return true;
}

/* The candidates of the first generation, breadth first, and who holds them. */
static bool named_collect(
	struct named_search *n, const struct snapshot *s, struct error *err)
{
	uint32_t *candidate = array_new(s->nodes, sizeof *candidate);
	const uint64_t *passing = n->l->passing[0];
	n->placed = bits_new(s->nodes);
	bool ok = candidate != NULL && n->placed != NULL;
	for (uint32_t i = 0; ok && i < s->nodes; i++)
		candidate[i] = GRAPH_NONE;
	for (uint32_t item = 0; ok && item < n->l->permanents + n->count; item++) {
		uint32_t node = named_node(n, 0, item), name;
		unsigned traits = snapshot_traits(s, node);
		bool looked = false;
		if ((traits & TRAIT_WEAK) != 0)
			continue;
		for (uint32_t e = s->start[node]; ok && e < s->start[node + 1]; e++) {
			uint32_t c = s->child[e];
			if (!bits_has(passing, c) || named_is_no_candidate(s, c))
				continue;
			/* Also one that a dict holds, as the links of an OrderedDict. */
			if ((traits & snapshot_traits(s, c) & TRAIT_SEQUENCE) != 0)
				bits_put(n->placed, c);
			/* Most permanents hold none. */
			if (!looked)
				named_look(n, s, 0, node);
			looked = true;
			if (!named_leads(n, s, node, e, &name))
				continue;
			if (candidate[c] == GRAPH_NONE) {
				ok = named_add(n, s, c);
				if (!ok)
					break;
				candidate[c] = n->count - 1;
			} else if (candidate[c] + n->l->permanents <= item) {
				continue;
			}
			ok = array_reserve(
				&n->edge, &n->edge_cap, n->edges + 1, sizeof *n->edge);
			if (ok)
				n->edge[n->edges++] =
					(struct named_edge){ item, candidate[c], name };
		}
	}
	free(candidate);
	return ok || error_nomem(err);
}

/* Walks generation `k` along the names that are left, and drops those that lead to
 * nothing, or to something else than before. */
static bool named_follow(
	struct named_search *n, const struct snapshot *s, size_t k, struct error *err)
{
	uint32_t *taken = array_new(s->nodes, sizeof *taken);
	n->node[k] = array_new(n->count, sizeof **n->node);
	size_t kept = 0;
	uint32_t looked = GRAPH_NONE;
	if (taken == NULL || n->node[k] == NULL) {
		free(taken);
		return error_nomem(err);
	}
	for (uint32_t i = 0; i < s->nodes; i++)
		taken[i] = GRAPH_NONE;
	for (uint32_t i = 0; i < n->count; i++)
		n->node[k][i] = GRAPH_NONE;
	for (size_t i = 0; i < n->edges; i++) {
		const struct named_edge *e = &n->edge[i];
		uint32_t holder = named_node(n, k, e->item);
		if (holder == GRAPH_NONE || n->node[k - 1][e->candidate] == GRAPH_NONE)
			continue;
		if (looked != e->item)
			named_look(n, s, k, holder);
		looked = e->item;
		uint32_t c = named_find(n, e->name);
		if (c == GRAPH_NONE || !bits_has(n->l->passing[k], c) ||
			s->type[c] != n->type[e->candidate] ||
			(taken[c] != GRAPH_NONE && taken[c] != e->candidate) ||
			(taken[c] == GRAPH_NONE &&
				n->node[k][e->candidate] != GRAPH_NONE))
			continue;
		taken[c] = e->candidate;
		n->node[k][e->candidate] = c;
		n->edge[kept++] = *e;
	}
	n->edges = kept;
	free(taken);
	return true;
}

/* Makes the candidates that are left permanent: those that something permanent holds
 * under a name in all generations. */
static bool named_accept(struct named_search *n, struct error *err)
{
	struct lineage *l = n->l;
	uint32_t *number = array_new(n->count, sizeof *number);
	uint32_t *bearer = array_new((size_t)l->permanents + n->count, sizeof *bearer);
	uint32_t total = l->permanents;
	if (number == NULL || bearer == NULL) {
		free(number);
		free(bearer);
		return error_nomem(err);
	}
	for (uint32_t i = 0; i < n->count; i++)
		number[i] = GRAPH_NONE;
	for (uint32_t g = 0; g < l->permanents; g++)
		bearer[g] = GRAPH_NONE;
	for (size_t i = 0; i < n->edges; i++) {
		const struct named_edge *e = &n->edge[i];
		assert(e->candidate < n->count && e->item < l->permanents + n->count);
		uint32_t holder = e->item < l->permanents
					  ? e->item
					  : number[e->item - l->permanents];
		if (holder == GRAPH_NONE || number[e->candidate] != GRAPH_NONE)
			continue;
		bearer[total] = (e->name & NAME_IS_TYPE) != 0 ? holder : GRAPH_NONE;
		number[e->candidate] = total++;
	}
	l->bearer = bearer;
	for (size_t k = 0; k < l->generations; k++) {
		size_t cap = l->permanents;
		if (total > cap &&
			!array_reserve(&l->node[k], &cap, total, sizeof **l->node)) {
			free(number);
			return error_nomem(err);
		}
		for (uint32_t i = 0; i < n->count; i++)
			if (number[i] != GRAPH_NONE) {
				l->node[k][number[i]] = n->node[k][i];
				l->permanent[k][n->node[k][i]] = number[i];
				bits_drop(l->passing[k], n->node[k][i]);
			}
	}
	l->permanents = total;
	free(number);
	return true;
}

bool lineage_add_named(struct lineage *l, struct snapshots *s, struct error *err)
{
	struct named_search n = { .l = l };
	const size_t size[2] = { s->words.labels.count,
		(size_t)s->words.types.count + RECORD_MOST };
	n.types = s->words.types.count;
	bool ok = (n.node = array_new_zeroed(l->generations, sizeof *n.node)) != NULL;
	for (int i = 0; i < 2; i++) {
		n.stamp[i] = array_new_zeroed(size[i], sizeof *n.stamp[i]);
		n.times[i] = array_new(size[i], sizeof *n.times[i]);
		n.child[i] = array_new(size[i], sizeof *n.child[i]);
		ok = ok && n.stamp[i] != NULL && n.times[i] != NULL && n.child[i] != NULL;
	}
	ok = ok || error_nomem(err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *snapshot = snapshots_get(s, k, err);
		ok = snapshot != NULL && (k == 0 ? named_collect(&n, snapshot, err)
						 : named_follow(&n, snapshot, k, err));
	}
	ok = ok && named_accept(&n, err);
	for (size_t k = 0; n.node != NULL && k < l->generations; k++)
		free(n.node[k]);
	free(n.node);
	free(n.placed);
	free(n.type);
	free(n.edge);
	for (int i = 0; i < 2; i++) {
		free(n.stamp[i]);
		free(n.times[i]);
		free(n.child[i]);
	}
	return ok;
}
