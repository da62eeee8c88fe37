/* SPDX-License-Identifier: MIT */
/* An object dominates what its removal makes unreachable, and retains just that. */
#include "graph/dominators.h"

#include "base/bits.h"
#include "graph/reach.h"
#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 40

/* What is reachable from the roots of `r` without `without` (GRAPH_NONE: with all). */
static void flood(const struct random_graph *r, uint32_t without, bool reached[NODES])
{
	bool grew = true;
	for (uint32_t i = 0; i < r->n; i++)
		reached[i] = r->root[i] && i != without;
	while (grew) {
		grew = false;
		for (uint32_t i = 0; i < r->n; i++)
			for (uint32_t j = 0; j < r->n && reached[i]; j++)
				if (r->refers[i][j] && j != without && !reached[j])
					grew = reached[j] = true;
	}
}

/* dominated[i][j]: removing i frees j. */
struct oracle {
	bool reached[NODES];
	bool dominated[NODES][NODES];
};

static void oracle_init(struct oracle *o, const struct random_graph *r)
{
	flood(r, GRAPH_NONE, o->reached);
	for (uint32_t i = 0; i < r->n; i++) {
		bool left[NODES];
		flood(r, i, left);
		for (uint32_t j = 0; j < r->n; j++)
			o->dominated[i][j] = o->reached[j] && !left[j] && o->reached[i];
	}
}

/* Of all that dominate `node` the one that all others dominate. */
static uint32_t oracle_immediate(
	const struct oracle *o, const struct random_graph *r, uint32_t node)
{
	uint32_t nearest = DOMINATORS_TOP;
	if (!o->reached[node])
		return DOMINATORS_UNREACHABLE;
	for (uint32_t i = 0; i < r->n; i++)
		if (i != node && o->dominated[i][node] &&
			(nearest == DOMINATORS_TOP || o->dominated[nearest][i]))
			nearest = i;
	return nearest;
}

static void check_order(const struct dominators *d)
{
	bool before[NODES] = { false };
	for (uint32_t i = 0; i < d->reachable; i++) {
		uint32_t up = d->immediate[d->order[i]];
		assert_true(up != DOMINATORS_UNREACHABLE);
		assert_true(up == DOMINATORS_TOP || before[up]);
		before[d->order[i]] = true;
	}
}

static void check_retained(
	const struct dominators *d, const struct oracle *o, struct random_graph *r)
{
	int64_t size[NODES], retained[NODES], tops = 0, all = 0;
	uint32_t count[NODES], depth[NODES];
	for (uint32_t i = 0; i < r->n; i++)
		size[i] = (int64_t)random_below(r, 1000) - 100;
	dominators_retained(d, size, retained, count);
	dominators_depths(d, depth);
	for (uint32_t i = 0; i < r->n; i++) {
		int64_t bytes = 0;
		uint32_t objects = 0, above = 0;
		for (uint32_t j = 0; j < r->n; j++) {
			bytes += o->dominated[i][j] ? size[j] : 0;
			objects += o->dominated[i][j];
			above += o->dominated[j][i];
		}
		assert_int_equal(retained[i], bytes);
		assert_int_equal(count[i], objects);
		assert_int_equal(depth[i], above);
		tops += d->immediate[i] == DOMINATORS_TOP ? retained[i] : 0;
		all += o->reached[i] ? size[i] : 0;
	}
	assert_int_equal(tops, all);
}

static void check_tree(const struct dominators *d)
{
	struct graph_side tree;
	assert_true(dominators_tree(d, &tree, NULL));
	uint32_t seen = 0;
	for (uint32_t i = 0; i <= d->nodes; i++) {
		size_t n;
		const uint32_t *kid = graph_neighbours(&tree, i, &n);
		for (size_t j = 0; j < n; j++) {
			uint32_t up = d->immediate[kid[j]];
			assert_int_equal(up == DOMINATORS_TOP ? d->nodes : up, i);
			assert_true(j == 0 || kid[j - 1] < kid[j]);
			seen++;
		}
	}
	assert_int_equal(seen, d->reachable);
	dominators_tree_fini(&tree);
}

static void test_agrees_with_removing_each_object(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct random_graph r;
		struct oracle o;
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		oracle_init(&o, &r);
		struct dominators *d = dominators_new(g, g->roots, g->root_count, NULL);
		assert_non_null(d);
		for (uint32_t i = 0; i < r.n; i++)
			assert_int_equal(d->immediate[i], oracle_immediate(&o, &r, i));
		check_order(d);
		check_retained(d, &o, &r);
		check_tree(d);
		dominators_free(d);
		graph_free(g);
	}
}

/* A list of 200,000 links, each also referring back to the first: deep for a walk, and a
 * long path to compress. */
static void test_survives_long_chains(void **state)
{
	(void)state;
	enum { LINKS = 200000 };
	int64_t *address = malloc(LINKS * sizeof *address);
	struct graph_ref *ref = malloc((2 * LINKS) * sizeof *ref);
	int64_t *size = malloc(LINKS * sizeof *size),
		*retained = malloc(LINKS * sizeof *size);
	assert_true(address != NULL && ref != NULL && size != NULL && retained != NULL);
	for (int64_t i = 0; i < LINKS; i++) {
		address[i] = 16 * (i + 1);
		size[i] = INT64_C(1) << 62;
		ref[2 * i] = (struct graph_ref){ 16 * i, 16 * (i + 1) };
		ref[2 * i + 1] = (struct graph_ref){ 16 * (i + 1), 16 };
	}
	struct graph *g = graph_build(address, LINKS, ref, 2 * LINKS, NULL);
	assert_non_null(g);
	struct dominators *d = dominators_new(g, g->roots, g->root_count, NULL);
	assert_non_null(d);
	for (uint32_t i = 1; i < LINKS; i++)
		assert_int_equal(d->immediate[i], i - 1);
	dominators_retained(d, size, retained, NULL);
	assert_true(retained[0] == INT64_MAX);
	assert_true(retained[LINKS - 1] == INT64_C(1) << 62);
	dominators_free(d);
	graph_free(g);
	free(address);
	free(ref);
	free(size);
	free(retained);
}

/* A list of 100,000 links with a value each, and behind the last link a table of all
 * values: the walk comes to each value from far below the link that owns it. */
static void test_climbs_long_chains(void **state)
{
	(void)state;
	enum { LINKS = 100000, TABLE = 2 * LINKS, NODES_ALL = TABLE + 1 };
	int64_t *address = malloc(NODES_ALL * sizeof *address);
	struct graph_ref *ref = malloc((3 * LINKS + 1) * sizeof *ref);
	size_t m = 0;
	assert_true(address != NULL && ref != NULL);
	for (int64_t i = 0; i < NODES_ALL; i++)
		address[i] = 16 * (i + 1);
	ref[m++] = (struct graph_ref){ 0, address[0] };
	for (int64_t i = 0; i < LINKS; i++) {
		int64_t next = i + 1 < LINKS ? i + 1 : TABLE;
		ref[m++] = (struct graph_ref){ address[i], address[next] };
		ref[m++] = (struct graph_ref){ address[i], address[LINKS + i] };
		ref[m++] = (struct graph_ref){ address[TABLE], address[LINKS + i] };
	}
	struct graph *g = graph_build(address, NODES_ALL, ref, m, NULL);
	assert_non_null(g);
	struct dominators *d = dominators_new(g, g->roots, g->root_count, NULL);
	assert_non_null(d);
	for (uint32_t i = 0; i < LINKS; i++) {
		assert_int_equal(d->immediate[i], i == 0 ? DOMINATORS_TOP : i - 1);
		assert_int_equal(d->immediate[LINKS + i], i);
	}
	assert_int_equal(d->immediate[TABLE], LINKS - 1);
	dominators_free(d);
	graph_free(g);
	free(address);
	free(ref);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agrees_with_removing_each_object),
		cmocka_unit_test(test_survives_long_chains),
		cmocka_unit_test(test_climbs_long_chains),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
