/* SPDX-License-Identifier: MIT */
/* Paths are those that trying everything finds, in the promised order. */
#include "paths/disjoint.h"
#include "paths/path_tree.h"

#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TRIAL_NODES 10
#define PATHS_MAX 20000

/* A question about a small heap, and every path there is. */
struct trial {
	struct random_graph r;
	struct graph *g;
	struct path_query q;
	uint32_t sources[3], targets[3];
	uint64_t avoided[1];
	struct {
		uint32_t node[TRIAL_NODES];
		size_t length;
	} found[PATHS_MAX];
	size_t count;
	uint32_t path[TRIAL_NODES];
};

static bool trial_has(const uint32_t *set, size_t n, uint32_t node)
{
	for (size_t i = 0; i < n; i++)
		if (set[i] == node)
			return true;
	return false;
}

/* Every path that goes on from the `length` nodes of t->path. */
static void trial_explore(struct trial *t, size_t length)
{
	uint32_t at = t->path[length - 1];
	if (trial_has(t->targets, t->q.target_count, at)) {
		assert_true(t->count < PATHS_MAX);
		memcpy(t->found[t->count].node, t->path, length * sizeof *t->path);
		t->found[t->count++].length = length;
		return;
	}
	for (uint32_t next = 0; next < t->r.n; next++) {
		bool refers =
			t->q.reversed ? t->r.refers[next][at] : t->r.refers[at][next];
		if (!refers || trial_has(t->path, length, next) ||
			trial_has(t->sources, t->q.source_count, next) ||
			bits_has(t->avoided, next))
			continue;
		t->path[length] = next;
		trial_explore(t, length + 1);
	}
}

static int trial_compare(const void *a, const void *b)
{
	const struct {
		uint32_t node[TRIAL_NODES];
		size_t length;
	} *x = a, *y = b;
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	for (size_t i = 0; i < x->length; i++)
		if (x->node[i] != y->node[i])
			return x->node[i] < y->node[i] ? -1 : 1;
	return 0;
}

/* Fills t->found for its query. */
static void trial_find(struct trial *t)
{
	t->count = 0;
	for (uint32_t s = 0; s < t->r.n; s++) {
		t->path[0] = s;
		if (trial_has(t->sources, t->q.source_count, s) &&
			!bits_has(t->avoided, s))
			trial_explore(t, 1);
	}
	qsort(t->found, t->count, sizeof *t->found, trial_compare);
}

static void trial_init(struct trial *t, uint64_t seed)
{
	random_graph_init(&t->r, seed, TRIAL_NODES);
	t->g = random_graph_build(&t->r);
	assert_non_null(t->g);
	t->q = (struct path_query){ .sources = t->sources,
		.targets = t->targets,
		.source_count = (random_below(&t->r, 16) + 4) / 5,
		.target_count = (random_below(&t->r, 16) + 4) / 5,
		.avoided = t->avoided,
		.reversed = random_below(&t->r, 2) == 0 };
	for (size_t i = 0; i < 3; i++) {
		t->sources[i] = random_below(&t->r, (uint32_t)t->r.n);
		t->targets[i] = random_below(&t->r, (uint32_t)t->r.n);
	}
	t->avoided[0] = 0;
	for (uint32_t i = random_below(&t->r, 3); i-- > 0;)
		bits_put(t->avoided, random_below(&t->r, (uint32_t)t->r.n));
	trial_find(t);
}

static void check_paths(const struct trial *t, const struct path_list *l, size_t count)
{
	assert_int_equal(l->count, count);
	for (size_t i = 0; i < count; i++) {
		size_t n;
		const uint32_t *node = path_list_get(l, i, &n);
		assert_int_equal(n, t->found[i].length);
		assert_memory_equal(node, t->found[i].node, n * sizeof *node);
	}
}

static void test_first_of_the_shortest_is_found(void **state)
{
	struct trial *t = *state;
	for (uint64_t seed = 0; seed < 10000; seed++) {
		trial_init(t, seed);
		struct path_list l = { 0 };
		assert_true(path_find(t->g, &t->q, &l, NULL));
		check_paths(t, &l, t->count > 0);
		path_list_fini(&l);
		graph_free(t->g);
	}
}

static void test_every_shortest_is_found_in_order(void **state)
{
	struct trial *t = *state;
	for (uint64_t seed = 0; seed < 10000; seed++) {
		trial_init(t, seed);
		size_t shortest = 0;
		while (shortest < t->count &&
			t->found[shortest].length == t->found[0].length)
			shortest++;
		struct path_list l = { 0 };
		assert_true(path_find_all(t->g, &t->q, PATHS_MAX, &l, NULL));
		check_paths(t, &l, shortest);
		assert_false(l.more);
		path_list_fini(&l);
		if (shortest > 1) {
			assert_true(path_find_all(t->g, &t->q, 1, &l, NULL));
			check_paths(t, &l, 1);
			assert_true(l.more);
			path_list_fini(&l);
		}
		graph_free(t->g);
	}
}

static void test_first_n_are_found_in_order(void **state)
{
	struct trial *t = *state;
	for (uint64_t seed = 0; seed < 10000; seed++) {
		trial_init(t, seed);
		for (size_t limit = 1; limit < 200; limit = limit * 3 + 1) {
			struct path_list l = { 0 };
			assert_true(path_find_first(t->g, &t->q, limit, &l, NULL));
			check_paths(t, &l, t->count < limit ? t->count : limit);
			assert_int_equal(l.more, t->count > limit);
			path_list_fini(&l);
		}
		graph_free(t->g);
	}
}

/* Fewest low-priority references first; the trial's paths are in order otherwise. */
static size_t trial_best(const struct trial *t, const struct priority *low)
{
	size_t best = 0, fewest = SIZE_MAX;
	for (size_t i = 0; i < t->count; i++) {
		size_t count = 0;
		for (size_t j = 1; j < t->found[i].length; j++) {
			uint32_t a = t->found[i].node[j - 1], b = t->found[i].node[j];
			count += t->q.reversed ? priority_is_low(low, b, a)
					       : priority_is_low(low, a, b);
		}
		if (count < fewest) {
			fewest = count;
			best = i;
		}
	}
	return best;
}

/* Each target by itself, with references from, to and between some nodes low. */
static void test_tree_has_the_best_path_to_each(void **state)
{
	struct trial *t = *state;
	for (uint64_t seed = 0; seed < 10000; seed++) {
		uint32_t type[TRIAL_NODES];
		uint64_t from = 0, to = 0, pair = 0, pairs[1] = { UINT64_C(1) << 32 | 2 };
		struct priority low = { .from = &from,
			.to = &to,
			.pair_parent = &pair,
			.type = type,
			.pairs = pairs,
			.pair_count = 1 };
		trial_init(t, seed);
		for (uint32_t i = 0; i < t->r.n; i++) {
			type[i] = random_below(&t->r, 3);
			pair |= (uint64_t)(type[i] == 1) << i;
			from |= (uint64_t)(random_below(&t->r, 6) == 0) << i;
			to |= (uint64_t)(random_below(&t->r, 6) == 0) << i;
		}
		t->q.low = random_below(&t->r, 4) == 0 ? NULL : &low;
		struct path_tree *tree = path_tree_new(t->g, &t->q, NULL);
		assert_non_null(tree);
		for (uint32_t i = 0; i < t->r.n; i++) {
			t->targets[0] = i;
			t->q.target_count = 1;
			trial_find(t);
			assert_int_equal(tree->from[i] != GRAPH_NONE, t->count > 0);
			if (t->count == 0)
				continue;
			size_t best = t->q.low == NULL ? 0 : trial_best(t, &low);
			struct path_list l = { 0 };
			assert_true(path_tree_path(tree, i, &l, NULL));
			assert_int_equal(l.node_count, t->found[best].length);
			assert_memory_equal(l.node, t->found[best].node,
				l.node_count * sizeof *l.node);
			path_list_fini(&l);
		}
		path_tree_free(tree);
		graph_free(t->g);
	}
}

/* --- two long ways side by side -------------------------------------------------------
 */

enum { LADDER_RUNGS = 60, LADDER_NODES = 3 * LADDER_RUNGS };

/* The best path to a node. */
struct ladder_best {
	uint32_t node[LADDER_NODES], length; /* 0: none */
	uint32_t low;
};

static bool ladder_is_better(const struct ladder_best *a, const struct ladder_best *b)
{
	if (b->length == 0 || a->low != b->low)
		return b->length == 0 || a->low < b->low;
	if (a->length != b->length)
		return a->length < b->length;
	uint32_t i = 0;
	while (i < a->length && a->node[i] == b->node[i])
		i++;
	return i < a->length && a->node[i] < b->node[i];
}

/* Goes along a reference; true when that is better than what was known. */
static bool ladder_follow(
	struct ladder_best *best, const struct priority *low, uint32_t from, uint32_t to)
{
	struct ladder_best way = best[from];
	if (way.length == 0 || way.length == LADDER_NODES)
		return false;
	way.node[way.length++] = to;
	way.low += priority_is_low(low, from, to);
	bool better = ladder_is_better(&way, &best[to]);
	if (better)
		best[to] = way;
	return better;
}

/* One column leads down, each of its nodes to a rung, and the rungs, whose references are
 * low, to the other column: ways of one length to the same node, which differ where they
 * began.  The addresses are in no order, in one or in the other. */
static void ladder_check(uint64_t seed)
{
	static struct ladder_best best[LADDER_NODES];
	struct random_graph r = { .state = seed * 2654435761u + 1 };
	struct graph_ref ref[4 * LADDER_RUNGS];
	int64_t address[LADDER_NODES];
	uint32_t place[LADDER_NODES], type[LADDER_NODES] = { 0 };
	uint64_t from[LADDER_NODES / 64 + 1] = { 0 }, none[LADDER_NODES / 64 + 1] = { 0 };
	const struct priority low = {
		.from = from, .to = none, .pair_parent = none, .type = type
	};
	size_t m = 0;
	for (uint32_t i = 0; i < LADDER_NODES; i++) {
		address[i] = 16 * ((int64_t)i + 1);
		place[i] = seed % 3 == 0 ? LADDER_NODES - 1 - i : i;
	}
	for (uint32_t i = LADDER_NODES; seed % 3 == 1 && i-- > 1;) {
		uint32_t other = random_below(&r, i + 1), mine = place[i];
		place[i] = place[other];
		place[other] = mine;
	}
	for (uint32_t i = 0; i < LADDER_RUNGS; i++) {
		uint32_t down = place[i], rung = place[LADDER_RUNGS + i];
		uint32_t other = place[2 * LADDER_RUNGS + i];
		bits_put(from, rung);
		ref[m++] = (struct graph_ref){ address[down], address[rung] };
		ref[m++] = (struct graph_ref){ address[rung], address[other] };
		if (i + 1 == LADDER_RUNGS)
			break;
		ref[m++] = (struct graph_ref){ address[down], address[place[i + 1]] };
		if (random_below(&r, 8) > 0)
			ref[m++] = (struct graph_ref){ address[other],
				address[place[2 * LADDER_RUNGS + i + 1]] };
	}
	memset(best, 0, sizeof best);
	best[place[0]] = (struct ladder_best){ { place[0] }, 1, 0 };
	for (bool grew = true; grew;) {
		grew = false;
		for (size_t i = 0; i < m; i++)
			grew |= ladder_follow(best, &low,
				(uint32_t)(ref[i].parent / 16 - 1),
				(uint32_t)(ref[i].child / 16 - 1));
	}
	struct graph *g = graph_build(address, LADDER_NODES, ref, m, NULL);
	assert_non_null(g);
	const struct path_query q = { .sources = place, .source_count = 1, .low = &low };
	struct path_tree *tree = path_tree_new(g, &q, NULL);
	assert_non_null(tree);
	for (uint32_t i = 0; i < LADDER_NODES; i++) {
		struct path_list l = { 0 };
		assert_int_equal(tree->from[i] != GRAPH_NONE, best[i].length > 0);
		assert_true(path_tree_path(tree, i, &l, NULL));
		assert_int_equal(l.node_count, best[i].length);
		assert_memory_equal(l.node, best[i].node, l.node_count * sizeof *l.node);
		path_list_fini(&l);
	}
	path_tree_free(tree);
	graph_free(g);
}

static void test_long_paths_side_by_side_are_told_apart(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 30; seed++)
		ladder_check(seed);
}

/* The nodes between the ends of a path, as a bit set. */
static uint64_t between(const uint32_t *node, size_t n)
{
	uint64_t set = 0;
	for (size_t i = 1; i + 1 < n; i++)
		set |= UINT64_C(1) << node[i];
	return set;
}

/* As many of the trial's paths from `i` on as share nothing with `used` and each other.
 */
static size_t trial_disjoint(const struct trial *t, size_t i, uint64_t used)
{
	size_t best = 0;
	for (; i < t->count; i++) {
		uint64_t set = between(t->found[i].node, t->found[i].length);
		if ((set & used) != 0)
			continue;
		size_t count = 1 + trial_disjoint(t, i + 1, used | set);
		if (count > best)
			best = count;
		/* One that shares nothing costs nothing to take. */
		if (set == 0)
			break;
	}
	return best;
}

static bool trial_has_path(const struct trial *t, const uint32_t *node, size_t n)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->found[i].length == n &&
			memcmp(t->found[i].node, node, n * sizeof *node) == 0)
			return true;
	return false;
}

/* Without any object of the cut there is no path. */
static void check_cut(const struct trial *t, const struct disjoint *d)
{
	assert_int_equal(d->cut_count, d->direct ? 0 : d->paths.count);
	for (size_t i = 0; i < t->count && !d->direct; i++) {
		bool cut = false;
		for (size_t j = 0; j < d->cut_count; j++)
			cut = cut || (between(t->found[i].node, t->found[i].length) >>
						     d->cut[j] &
					     1) != 0;
		assert_true(cut);
	}
}

static void test_disjoint_paths_are_as_many_as_there_can_be(void **state)
{
	struct trial *t = *state;
	size_t tried = 0;
	for (uint64_t seed = 0; seed < 10000; seed++) {
		trial_init(t, seed);
		struct disjoint d;
		assert_true(disjoint_find(t->g, &t->q, PATHS_MAX, &d, NULL));
		uint64_t used = 0;
		for (size_t i = 0; i < d.paths.count; i++) {
			size_t n;
			const uint32_t *node = path_list_get(&d.paths, i, &n);
			assert_true(trial_has_path(t, node, n));
			assert_int_equal(used & between(node, n), 0);
			used |= between(node, n);
		}
		assert_false(d.more);
		check_cut(t, &d);
		if (t->count < 40) {
			assert_int_equal(d.paths.count, trial_disjoint(t, 0, 0));
			tried += t->count > 2;
		}
		disjoint_fini(&d);
		if (t->count > 0) {
			assert_true(disjoint_find(t->g, &t->q, 1, &d, NULL));
			assert_true(d.paths.count >= 1);
			disjoint_fini(&d);
		}
		graph_free(t->g);
	}
	assert_true(tried > 1000);
}

/* --- disjoint paths on larger heaps --------------------------------------------------
 */

#define SPARSE_NODES 18

/* Does 0 lead to the last node without the nodes of `without`? */
static bool sparse_leads(const struct random_graph *r, uint32_t without)
{
	uint32_t reached = 1, before = 0;
	while (reached != before) {
		before = reached;
		for (size_t i = 0; i < r->n; i++)
			for (size_t j = 0; (before >> i & 1) != 0 && j < r->n; j++)
				if (r->refers[i][j] && (without >> j & 1) == 0)
					reached |= UINT32_C(1) << j;
	}
	return (reached >> (r->n - 1) & 1) != 0;
}

/* The fewest objects between 0 and the last whose removal leaves no path: all sets of
 * objects are tried. */
static size_t sparse_smallest_cut(const struct random_graph *r)
{
	size_t best = r->n;
	for (uint32_t set = 0; set < UINT32_C(1) << (r->n - 2); set++) {
		size_t size = (size_t)__builtin_popcount(set);
		if (size < best && !sparse_leads(r, set << 1))
			best = size;
	}
	return best;
}

static void sparse_check(const struct random_graph *r, size_t *several)
{
	struct graph *g = random_graph_build(r);
	uint32_t first = 0, last = (uint32_t)r->n - 1, used = 0, cut = 0;
	const struct path_query q = {
		.sources = &first, .targets = &last, .source_count = 1, .target_count = 1
	};
	struct disjoint d;
	assert_non_null(g);
	assert_true(disjoint_find(g, &q, PATHS_MAX, &d, NULL));
	assert_int_equal(d.direct, r->refers[0][last]);
	for (size_t i = 0; i < d.paths.count; i++) {
		size_t n;
		const uint32_t *node = path_list_get(&d.paths, i, &n);
		for (size_t j = 1; j < n; j++)
			assert_true(r->refers[node[j - 1]][node[j]]);
		assert_int_equal(used & between(node, n), 0);
		used |= (uint32_t)between(node, n);
	}
	if (!d.direct) {
		assert_int_equal(d.paths.count, sparse_smallest_cut(r));
		assert_int_equal(d.cut_count, d.paths.count);
		for (size_t i = 0; i < d.cut_count; i++)
			cut |= UINT32_C(1) << d.cut[i];
		assert_false(sparse_leads(r, cut));
		*several += d.paths.count > 1;
	}
	disjoint_fini(&d);
	graph_free(g);
}

/* Few references: ways that must be given up again for two others are common. */
static void sparse_init(struct random_graph *r, uint64_t seed)
{
	*r = (struct random_graph){ .state = seed * 2654435761u + 1 };
	r->n = 6 + random_below(r, SPARSE_NODES - 12);
	for (size_t i = 0; i < r->n; i++)
		r->address[i] = 16 * ((int64_t)i + 1);
	size_t refs = r->n * 3 / 2 + random_below(r, (uint32_t)r->n);
	for (size_t i = 0; i < refs; i++) {
		uint32_t p = random_below(r, (uint32_t)r->n);
		uint32_t c = random_below(r, (uint32_t)r->n);
		r->ref[r->m++] = (struct graph_ref){ r->address[p], r->address[c] };
		r->refers[p][c] = true;
	}
}

static void test_disjoint_paths_are_as_many_as_the_smallest_cut(void **state)
{
	(void)state;
	size_t several = 0;
	for (uint64_t seed = 0; seed < 4000; seed++) {
		struct random_graph r;
		sparse_init(&r, seed);
		sparse_check(&r, &several);
	}
	assert_true(several > 100);
}

/* The shortest path, 0 -> 1 -> 2 -> 3 -> 17, stands in the way of both others, which
 * leave it and come to it by long detours: it must be given up as a whole. */
static void test_a_short_path_gives_way_to_two_long_ones(void **state)
{
	static const uint8_t refs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 3, 17 },
		{ 1, 4 }, { 4, 5 }, { 5, 6 }, { 6, 17 }, { 0, 7 }, { 7, 8 }, { 8, 9 },
		{ 9, 3 } };
	(void)state;
	size_t several = 0;
	struct random_graph r = { .n = SPARSE_NODES };
	for (size_t i = 0; i < r.n; i++)
		r.address[i] = 16 * ((int64_t)i + 1);
	for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
		uint8_t p = refs[i][0], c = refs[i][1];
		r.ref[r.m++] = (struct graph_ref){ r.address[p], r.address[c] };
		r.refers[p][c] = true;
	}
	sparse_check(&r, &several);
	assert_int_equal(several, 1);
}

static int set_up(void **state)
{
	*state = malloc(sizeof(struct trial));
	return *state == NULL;
}

static int tear_down(void **state)
{
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_of_the_shortest_is_found),
		cmocka_unit_test(test_every_shortest_is_found_in_order),
		cmocka_unit_test(test_first_n_are_found_in_order),
		cmocka_unit_test(test_tree_has_the_best_path_to_each),
		cmocka_unit_test(test_long_paths_side_by_side_are_told_apart),
		cmocka_unit_test(test_disjoint_paths_are_as_many_as_there_can_be),
		cmocka_unit_test(test_disjoint_paths_are_as_many_as_the_smallest_cut),
		cmocka_unit_test(test_a_short_path_gives_way_to_two_long_ones),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
