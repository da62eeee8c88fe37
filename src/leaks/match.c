/* SPDX-License-Identifier: MIT */
#include "leaks/match.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

struct matcher {
	const struct snapshot *a, *b;
	/* Of each node of `a`, the node of `b` at its address, and whether both have the
	 * same type and value.  References lead anywhere: bits stay in the cache. */
	uint32_t *twin;
	uint64_t *alike;
	uint64_t *valued_a, *valued_b; /* bits: nodes that are TRAIT_VALUED */
	uint64_t *bare;                /* bits: nodes of `a` that are match_is_bare() */
	/* Scratch: an entry means something while its stamp is that of the moment. */
	uint32_t *by_label, *label_stamp; /* of each label: a node of b */
	uint32_t *place, *place_stamp;    /* of each node of b */
	uint32_t *seen_stamp;             /* of each node of a */
	uint32_t stamp;
};

/* Does the label distinguish the references of one object? */
static bool match_label_counts(const struct snapshot *s, uint32_t label)
{
	return label != LABEL_NONE && label != LABEL_CLASS && (label & LABEL_KEY) == 0 &&
	       (s->words->labels.flags[label] & LABEL_COMMON) == 0;
}

static bool match_by_names(struct matcher *m, uint32_t i, uint32_t j)
{
	const struct snapshot *a = m->a, *b = m->b;
	uint32_t equal = 0, other = 0, in_a = 0, in_b = 0;
	m->stamp++;
	for (uint32_t e = b->start[j]; e < b->start[j + 1]; e++) {
		uint32_t label = b->label[e];
		if (!match_label_counts(b, label))
			continue;
		m->by_label[label] = b->child[e];
		m->label_stamp[label] = m->stamp;
		in_b++;
	}
	for (uint32_t e = a->start[i]; e < a->start[i + 1]; e++) {
		uint32_t label = a->label[e];
		if (!match_label_counts(a, label))
			continue;
		in_a++;
		if (m->label_stamp[label] != m->stamp)
			continue;
		uint32_t c = a->child[e], d = m->by_label[label];
		if (m->twin[c] == d && bits_has(m->alike, c))
			equal++;
		else
			other++;
	}
	return equal + other > 0 ? equal >= other : in_a == 0 || in_b == 0;
}

/* Is the node of `a` the one of `b` at the same address? */
static bool match_is_same(struct matcher *m, uint32_t i, uint32_t j)
{
	const struct snapshot *a = m->a, *b = m->b;
	unsigned traits = snapshot_traits(a, i);
	uint32_t n = a->start[i + 1] - a->start[i], o = b->start[j + 1] - b->start[j];
	if (a->type[i] != b->type[j])
		return false;
	if ((traits & TRAIT_VALUED) != 0 || (n == 0 && o == 0))
		return bits_has(m->alike, i);
	if ((traits & (TRAIT_CLASS | TRAIT_MODULE)) != 0)
		return a->value[i] == b->value[j];
	/* Most of a heap stays as it is. */
	const uint32_t *c = a->child + a->start[i], *d = b->child + b->start[j];
	const uint32_t *x = a->label + a->start[i], *y = b->label + b->start[j];
	uint32_t same = 0;
	while (n == o && same < n && x[same] == y[same] && m->twin[c[same]] == d[same] &&
		bits_has(m->alike, c[same]))
		same++;
	if (n == o && same == n)
		return true;
	/* Names lead to what it refers to; of a dict the first entries show it. */
	for (uint32_t e = 0; e < n; e++)
		if (match_label_counts(a, x[e]) && snapshot_label_names(a, x[e]) &&
			(a->words->labels.text[x[e]][0] != '[' || e < 3))
			return match_by_names(m, i, j);
	if ((traits & TRAIT_FROZEN) != 0 && n != o)
		return false;
	/* The children of both, each once, without the class: how many there are, how
	 * many have values, and how many are the same. */
	uint32_t in_a = 0, in_b = 0, both = 0;
	uint32_t valued_a = 0, valued_b = 0, valued_both = 0;
	m->stamp++;
	for (uint32_t e = 0; e < o; e++) {
		if (y[e] == LABEL_CLASS || m->place_stamp[d[e]] == m->stamp)
			continue;
		m->place_stamp[d[e]] = m->stamp;
		in_b++;
		valued_b += bits_has(m->valued_b, d[e]);
	}
	for (uint32_t e = 0; e < n; e++) {
		if (x[e] == LABEL_CLASS || m->seen_stamp[c[e]] == m->stamp)
			continue;
		m->seen_stamp[c[e]] = m->stamp;
		uint32_t twin = m->twin[c[e]];
		bool valued = bits_has(m->valued_a, c[e]);
		bool in_both = twin != GRAPH_NONE && m->place_stamp[twin] == m->stamp &&
			       bits_has(m->alike, c[e]);
		in_a++;
		valued_a += valued;
		both += in_both;
		valued_both += valued && in_both;
	}
	assert(both <= in_a && both <= in_b && valued_both <= both);
	/* Of few children those with values decide alone. */
	if (in_a <= 4 && in_b <= 4 && valued_a > 0 && valued_b > 0) {
		in_a = valued_a;
		in_b = valued_b;
		both = valued_both;
	}
	/* What C code alone holds, as a thread its context, may be nothing but the way to
	 * something that is replaced. */
	bool way = n == 1 && o == 1 && !bits_has(a->referred, i) &&
		   !bits_has(b->referred, j) &&
		   a->type[a->child[a->start[i]]] == b->type[b->child[b->start[j]]];
	return way || both * 2 >= (in_a < in_b ? in_a : in_b);
}

/* --- objects without contents ------------------------------------------------------- */

/* Has the object nothing that distinguishes it from another of its type? */
static bool match_is_bare(const struct snapshot *s, uint32_t i)
{
	if ((snapshot_traits(s, i) & (TRAIT_VALUED | TRAIT_CLASS)) != 0 ||
		s->root[i] != 0)
		return false;
	for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++)
		if (s->label[e] != LABEL_CLASS)
			return false;
	return true;
}

/* Of fewer bare items no order is asked. */
enum { BARE_ORDERED = 10 };

/* Bare items of a sequence of which too many changed their order are not the same. */
static void match_check_order(struct matcher *m, uint32_t *match, uint32_t i, uint32_t j)
{
	const struct snapshot *a = m->a, *b = m->b;
	uint32_t count = 0, up = 0, before = 0;
	m->stamp++;
	for (uint32_t e = b->start[j]; e < b->start[j + 1]; e++) {
		uint32_t d = b->child[e];
		if (m->place_stamp[d] == m->stamp)
			continue;
		m->place_stamp[d] = m->stamp;
		m->place[d] = e;
	}
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t e = a->start[i]; e < a->start[i + 1]; e++) {
			uint32_t c = a->child[e], d;
			if (!bits_has(m->bare, c) || (d = match[c]) == GRAPH_NONE ||
				m->place_stamp[d] != m->stamp)
				continue;
			if (pass == 1) {
				match[c] = GRAPH_NONE;
				continue;
			}
			up += count > 0 && before < m->place[d];
			before = m->place[d];
			count++;
		}
		/* One comparison less than there are items. */
		if (count < BARE_ORDERED || up * 20 <= count - 1 ||
			up * 20 >= (count - 1) * 19)
			return;
	}
}

static void match_check_bare(struct matcher *m, uint32_t *match)
{
	enum { HOLDER_LEAST = 10, LABELS_ASKED = 4 };
	const struct snapshot *a = m->a, *b = m->b;
	for (uint32_t i = 0; i < a->nodes; i++) {
		uint32_t j = m->twin[i], n = a->start[i + 1] - a->start[i];
		if (n < HOLDER_LEAST || j == GRAPH_NONE || a->type[i] != b->type[j])
			continue;
		bool keyed = false,
		     ordered = (snapshot_traits(a, i) & TRAIT_SEQUENCE) != 0;
		/* Few objects are bare, so most holders have none. */
		uint32_t bare = 0;
		for (uint32_t e = a->start[i]; e < a->start[i + 1]; e++)
			bare += bits_has(m->bare, a->child[e]);
		if (ordered && bare >= BARE_ORDERED)
			match_check_order(m, match, i, j);
		if (ordered || bare == 0)
			continue;
		for (uint32_t e = a->start[i]; e < a->start[i] + LABELS_ASKED; e++)
			keyed = keyed ||
				a->words->labels.text[a->label[e] & ~LABEL_KEY][0] == '[';
		if (!keyed)
			continue;
		/* Bare values that moved to another key of a dict are not the same. */
		m->stamp++;
		for (uint32_t e = b->start[j]; e < b->start[j + 1]; e++)
			if (match_label_counts(b, b->label[e])) {
				m->place[b->child[e]] = b->label[e];
				m->place_stamp[b->child[e]] = m->stamp;
			}
		for (uint32_t e = a->start[i]; e < a->start[i + 1]; e++) {
			uint32_t c = a->child[e], d = match[c];
			if (bits_has(m->bare, c) && d != GRAPH_NONE &&
				match_label_counts(a, a->label[e]) &&
				m->place_stamp[d] == m->stamp &&
				m->place[d] != a->label[e])
				match[c] = GRAPH_NONE;
		}
	}
}

/* A list or a dict whose items are at the same addresses in the same order has the same
 * items, whatever they refer to by now: shards whose only attribute is replaced. */
static bool match_by_order(const struct matcher *m, uint32_t *match)
{
	enum { ITEMS_LEAST = 3 };
	const struct snapshot *a = m->a, *b = m->b;
	/* What may get a match here: few, so most holders have no such item. */
	uint64_t *lone = bits_new(a->nodes);
	if (lone == NULL)
		return false;
	for (uint32_t i = 0; i < a->nodes; i++)
		if (match[i] == GRAPH_NONE && !bits_has(m->valued_a, i) &&
			!bits_has(m->bare, i))
			bits_put(lone, i);
	for (uint32_t i = 0; i < a->nodes; i++) {
		uint32_t j = match[i], n = a->start[i + 1] - a->start[i], same = 0;
		if (j == GRAPH_NONE || n < ITEMS_LEAST ||
			n != b->start[j + 1] - b->start[j] ||
			(snapshot_traits(a, i) & (TRAIT_SEQUENCE | TRAIT_DICT)) == 0)
			continue;
		const uint32_t *c = a->child + a->start[i], *d = b->child + b->start[j];
		bool any = false;
		for (uint32_t e = 0; e < n && !any; e++)
			any = bits_has(lone, c[e]);
		while (any && same < n && m->twin[c[same]] == d[same] &&
			a->type[c[same]] == b->type[d[same]])
			same++;
		for (uint32_t e = 0; same == n && e < n; e++)
			if (bits_has(lone, c[e]))
				match[c[e]] = d[e];
	}
	free(lone);
	return true;
}

/* --- names of their own --------------------------------------------------------------
 */

/* A module, a class, the table of modules or what a variable holds, which is the same
 * where it has the same name. */
struct match_name {
	uint32_t type;
	uint64_t name;
	uint32_t node;
};

static int match_order_names(const struct match_name *a, const struct match_name *b)
{
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	return (a->name > b->name) - (a->name < b->name);
}

static int match_compare_names(const void *x, const void *y)
{
	const struct match_name *a = x, *b = y;
	int order = match_order_names(a, b);
	return order != 0 ? order : (a->node > b->node) - (a->node < b->node);
}

/* Sorted by name, each name that occurs once; malloc'ed. */
static struct match_name *match_list_names(const struct snapshot *s, size_t *n)
{
	struct match_name *list = NULL;
	size_t cap = 0, kept = 0;
	*n = 0;
	for (uint32_t i = 0; i < s->nodes; i++) {
		unsigned traits = snapshot_traits(s, i);
		bool named = s->value[i] != 0 &&
			     ((traits & (TRAIT_CLASS | TRAIT_MODULE)) != 0 ||
				     (s->root[i] == SNAPSHOT_ROOT_VARIABLE &&
					     (traits & TRAIT_VALUED) == 0));
		if (!named && s->root[i] != SNAPSHOT_ROOT_MODULES)
			continue;
		if (!array_reserve(&list, &cap, *n + 1, sizeof *list)) {
			free(list);
			return NULL;
		}
		list[(*n)++] = (struct match_name){ s->type[i], s->value[i], i };
	}
	if (*n == 0)
		return array_new(1, sizeof *list);
	qsort(list, *n, sizeof *list, match_compare_names);
	for (size_t i = 0; i < *n; i++)
		if ((i == 0 || match_order_names(&list[i], &list[i - 1]) != 0) &&
			(i + 1 == *n || match_order_names(&list[i], &list[i + 1]) != 0))
			list[kept++] = list[i];
	*n = kept;
	return list;
}

static bool match_by_own_name(
	const struct snapshot *a, const struct snapshot *b, uint32_t *match)
{
	size_t in_a = 0, in_b = 0;
	struct match_name *x = match_list_names(a, &in_a);
	struct match_name *y = match_list_names(b, &in_b);
	bool ok = x != NULL && y != NULL;
	for (uint32_t i = 0; i < a->nodes; i++)
		match[i] = GRAPH_NONE;
	/* Both lists ascend, and each has a name once. */
	for (size_t i = 0, j = 0; ok && i < in_a && j < in_b;) {
		int order = match_order_names(&x[i], &y[j]);
		if (order == 0)
			match[x[i].node] = y[j].node;
		i += order <= 0;
		j += order >= 0;
	}
	free(x);
	free(y);
	return ok;
}

/* --- the whole ---------------------------------------------------------------------- */

/* Which nodes are at one address, and whether they are alike: once for each node, and not
 * for each reference. */
static void match_find_twins(struct matcher *m)
{
	enum { LONG = 512 };
	const struct snapshot *a = m->a, *b = m->b;
	/* Both are in the order of addresses. */
	for (uint32_t i = 0, j = 0; i < a->nodes; i++) {
		assert(i == 0 || a->address[i - 1] < a->address[i]);
		while (j < b->nodes && b->address[j] < a->address[i])
			j++;
		bool there = j < b->nodes && b->address[j] == a->address[i] &&
			     !bits_has(a->merged, i) && !bits_has(b->merged, j);
		m->twin[i] = there ? j : GRAPH_NONE;
		bool valued = (snapshot_traits(a, i) & TRAIT_VALUED) != 0;
		if (valued)
			bits_put(m->valued_a, i);
		else if (match_is_bare(a, i))
			bits_put(m->bare, i);
		if (!there || a->type[i] != b->type[j])
			continue;
		/* Where text is appended to in place, one that is long already and gets
		 * longer is the same. */
		bool appended = a->words->types.runtime->appends && a->size[i] >= LONG &&
				b->size[j] >= a->size[i];
		if (!valued || appended ||
			(a->value[i] == b->value[j] && a->size[i] == b->size[j]))
			bits_put(m->alike, i);
	}
	for (uint32_t j = 0; j < b->nodes; j++)
		if ((snapshot_traits(b, j) & TRAIT_VALUED) != 0)
			bits_put(m->valued_b, j);
}

/* Asks for what the references of a node behind `i` lead to, as far as most nodes need
 * it, which are the same.  Inlined, because GCC 12 drops calls of a function that only
 * prefetches. */
static inline __attribute__((always_inline)) void match_prefetch(
	const struct matcher *m, uint32_t i)
{
	enum { AHEAD = 8, MOST = 12 }; /* nodes; references of one */
	const struct snapshot *a = m->a;
	if (i + AHEAD >= a->nodes)
		return;
	uint32_t from = a->start[i + AHEAD], end = a->start[i + AHEAD + 1];
	for (uint32_t e = from; e < end && e - from < MOST; e++)
		__builtin_prefetch(&m->twin[a->child[e]]);
}

bool match_snapshots(const struct snapshot *a, const struct snapshot *b, bool identity,
	uint32_t **node, struct error *err)
{
	struct matcher m = { .a = a, .b = b };
	size_t labels = a->words->labels.count;
	uint32_t *match = array_new(a->nodes, sizeof *match);
	bool ok = match != NULL;
	if (ok && !identity)
		ok = match_by_own_name(a, b, match);
	if (ok && identity) {
		m.twin = array_new(a->nodes, sizeof *m.twin);
		m.alike = bits_new(a->nodes);
		m.valued_a = bits_new(a->nodes);
		m.valued_b = bits_new(b->nodes);
		m.bare = bits_new(a->nodes);
		m.by_label = array_new(labels, sizeof *m.by_label);
		m.label_stamp = array_new_zeroed(labels, sizeof *m.label_stamp);
		m.place = array_new(b->nodes, sizeof *m.place);
		m.place_stamp = array_new_zeroed(b->nodes, sizeof *m.place_stamp);
		m.seen_stamp = array_new_zeroed(a->nodes, sizeof *m.seen_stamp);
		ok = m.twin != NULL && m.alike != NULL && m.valued_a != NULL &&
		     m.valued_b != NULL && m.bare != NULL && m.by_label != NULL &&
		     m.label_stamp != NULL && m.place != NULL && m.place_stamp != NULL &&
		     m.seen_stamp != NULL;
	}
	if (ok && identity) {
		match_find_twins(&m);
		for (uint32_t i = 0; i < a->nodes; i++) {
			uint32_t j = m.twin[i];
			match_prefetch(&m, i);
			match[i] = j != GRAPH_NONE && match_is_same(&m, i, j)
					   ? j
					   : GRAPH_NONE;
		}
		match_check_bare(&m, match);
		ok = match_by_order(&m, match);
	}
	free(m.twin);
	free(m.alike);
	free(m.valued_a);
	free(m.valued_b);
	free(m.bare);
	free(m.by_label);
	free(m.label_stamp);
	free(m.place);
	free(m.place_stamp);
	free(m.seen_stamp);
	*node = ok ? match : NULL;
	if (!ok)
		free(match);
	return ok || error_nomem(err);
}
