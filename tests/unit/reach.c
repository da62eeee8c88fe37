/* SPDX-License-Identifier: MIT */
/* Reachability, depths and components agree with a matrix of who leads to whom. */
#include "graph/reach.h"

#include "base/bits.h"
#include "graph/scc.h"
#include "paths/path.h"
#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 30

/* The length of the shortest way from each node to each, 0 for itself, -1 for none; nodes
 * in `avoided` lead nowhere and are led to by nothing. */
static void measure(
	const struct random_graph *r, const uint64_t *avoided, int distance[NODES][NODES])
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; j < r->n; j++) {
			bool no = bits_has(avoided, i) || bits_has(avoided, j);
			distance[i][j] = no ? -1 : i == j ? 0 : r->refers[i][j] ? 1 : -1;
		}
	for (size_t k = 0; k < r->n; k++)
		for (size_t i = 0; i < r->n; i++)
			for (size_t j = 0; j < r->n; j++) {
				int a = distance[i][k], b = distance[k][j];
				if (a < 0 || b < 0)
					continue;
				if (distance[i][j] < 0 || distance[i][j] > a + b)
					distance[i][j] = a + b;
			}
}

static void test_reaches_what_the_matrix_reaches(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1000; seed++) {
		struct random_graph r;
		int distance[NODES][NODES];
		uint64_t avoided = 0;
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		uint32_t start[2] = { random_below(&r, (uint32_t)r.n),
			random_below(&r, (uint32_t)r.n) };
		if (random_below(&r, 2) == 0)
			bits_put(&avoided, random_below(&r, (uint32_t)r.n));
		measure(&r, &avoided, distance);
		struct reach_query q = { .nodes = start,
			.count = 2,
			.avoided = &avoided,
			.reversed = random_below(&r, 2) == 0 };
		uint32_t reached, seen = 0;
		uint64_t *found = reach_find(g, &q, &reached, NULL);
		uint32_t *depth = reach_depths(g, &q, NULL);
		assert_non_null(found);
		assert_non_null(depth);
		for (uint32_t i = 0; i < r.n; i++) {
			int a = q.reversed ? distance[i][start[0]]
					   : distance[start[0]][i];
			int b = q.reversed ? distance[i][start[1]]
					   : distance[start[1]][i];
			int least = a < 0 ? b : b < 0 ? a : a < b ? a : b;
			assert_int_equal(bits_has(found, i), least >= 0);
			assert_int_equal(depth[i], least + 1);
			seen += least >= 0;
		}
		assert_int_equal(reached, seen);
		free(found);
		free(depth);
		graph_free(g);
	}
}

static void check_cycle(const struct graph *g, const struct scc *s, uint32_t component,
	int distance[NODES][NODES], const struct random_graph *r)
{
	struct path_list l = { 0 };
	size_t members, n;
	uint32_t first = *scc_members(s, component, &members);
	assert_true(path_find_cycle(g, first, &l, NULL));
	assert_int_equal(l.count, scc_is_cycle(g, s, component));
	int shortest = -1;
	for (size_t i = 0; i < r->n; i++)
		if (r->refers[first][i] && distance[i][first] >= 0 &&
			(shortest < 0 || distance[i][first] + 1 < shortest))
			shortest = distance[i][first] + 1;
	if (l.count == 0) {
		assert_int_equal(shortest, -1);
		return;
	}
	const uint32_t *node = path_list_get(&l, 0, &n);
	assert_int_equal(n, shortest + 1);
	assert_int_equal(node[0], first);
	assert_int_equal(node[n - 1], first);
	for (size_t i = 0; i + 1 < n; i++)
		assert_true(r->refers[node[i]][node[i + 1]]);
	path_list_fini(&l);
}

static void check_holders(const struct graph *g, const struct scc *s, uint32_t component,
	const struct random_graph *r)
{
	size_t n, at = 0;
	uint32_t *holder = scc_holders(g, s, component, &n, NULL);
	assert_non_null(holder);
	for (uint32_t i = 0; i < r->n; i++)
		for (uint32_t j = 0; j < r->n; j++)
			if (r->refers[i][j] && s->component[i] != component &&
				s->component[j] == component) {
				assert_true(at < n);
				assert_int_equal(holder[2 * at], i);
				assert_int_equal(holder[2 * at + 1], j);
				at++;
			}
	assert_int_equal(at, n);
	free(holder);
}

/* Is the component of node `i` referred to from another one? */
static bool is_held(const struct scc *s, uint32_t i, const struct random_graph *r)
{
	for (uint32_t from = 0; from < r->n; from++)
		for (uint32_t to = 0; to < r->n; to++)
			if (r->refers[from][to] &&
				s->component[from] != s->component[i] &&
				s->component[to] == s->component[i])
				return true;
	return false;
}

/* The components of what is left are those of the whole graph, where what is left out has
 * with each node all it leads to. */
static void check_part(
	const struct graph *g, const struct scc *all, struct random_graph *r)
{
	uint32_t from[2] = { random_below(r, g->nodes), random_below(r, g->nodes) };
	const struct reach_query q = { .nodes = from, .count = random_below(r, 3) };
	uint64_t *done = reach_find(g, &q, NULL, NULL);
	uint32_t *node;
	struct graph *part = graph_without(g, done, &node, NULL);
	assert_non_null(part);
	struct scc *s = scc_new(part, NULL);
	assert_non_null(s);
	uint64_t *held = scc_held(part, s, NULL);
	assert_non_null(held);
	uint32_t left = 0;
	for (uint32_t i = 0; i < g->nodes; i++) {
		if (bits_has(done, i))
			continue;
		assert_true(left < part->nodes);
		assert_int_equal(node[left], i);
		assert_int_equal(bits_has(held, s->component[left]), is_held(all, i, r));
		left++;
	}
	assert_int_equal(left, part->nodes);
	for (uint32_t i = 0; i < left; i++)
		for (uint32_t j = 0; j < left; j++)
			assert_int_equal(s->component[i] == s->component[j],
				all->component[node[i]] == all->component[node[j]]);
	scc_free(s);
	graph_free(part);
	free(held);
	free(node);
	free(done);
}

static void test_components_reach_each_other(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct random_graph r;
		int distance[NODES][NODES];
		uint64_t avoided = 0;
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		measure(&r, &avoided, distance);
		struct scc *s = scc_new(g, NULL);
		assert_non_null(s);
		uint32_t seen = 0;
		for (uint32_t i = 0; i < r.n; i++) {
			assert_true(s->component[i] <= seen);
			seen += s->component[i] == seen;
			for (uint32_t j = 0; j < r.n; j++)
				assert_int_equal(s->component[i] == s->component[j],
					distance[i][j] >= 0 && distance[j][i] >= 0);
		}
		assert_int_equal(seen, s->count);
		for (uint32_t c = 0; c < s->count; c++) {
			size_t n;
			const uint32_t *member = scc_members(s, c, &n);
			assert_true(n > 0);
			for (size_t i = 0; i < n; i++) {
				assert_int_equal(s->component[member[i]], c);
				assert_true(i == 0 || member[i - 1] < member[i]);
			}
			check_cycle(g, s, c, distance, &r);
			check_holders(g, s, c, &r);
		}
		check_part(g, s, &r);
		scc_free(s);
		graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reaches_what_the_matrix_reaches),
		cmocka_unit_test(test_components_reach_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
