/* SPDX-License-Identifier: MIT */
/* The round of an ancestor is one more than the last round of a child of its. */
#include "paths/ancestors.h"

#include "base/bits.h"
#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 40

/* Rounds as sets: the next is all parents of those of the last round that the search has
 * not gone above yet. */
static uint32_t search_slowly(const struct random_graph *r, const bool start[NODES],
	const bool barred[NODES], uint32_t round[NODES])
{
	bool above[NODES] = { false }, level[NODES];
	uint32_t rounds = 0;
	memcpy(level, start, sizeof level);
	for (uint32_t i = 0; i < r->n; i++)
		round[i] = start[i] ? 0 : GRAPH_NONE;
	for (bool grew = true; grew;) {
		bool next[NODES] = { false };
		grew = false;
		for (uint32_t i = 0; i < r->n; i++) {
			if (!level[i] || above[i])
				continue;
			above[i] = true;
			for (uint32_t p = 0; p < r->n && !barred[i]; p++)
				if (r->refers[p][i])
					grew = next[p] = true;
		}
		rounds += grew;
		for (uint32_t i = 0; i < r->n; i++)
			if (next[i])
				round[i] = rounds;
		memcpy(level, next, sizeof level);
	}
	return rounds;
}

static void test_rounds_are_those_of_the_slow_search(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct random_graph r;
		bool start[NODES] = { false }, barred[NODES] = { false };
		uint32_t starts[3], want[NODES];
		uint64_t bars[1] = { 0 };
		size_t count = 0;
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		for (size_t i = 0; i < 3; i++) {
			uint32_t node = random_below(&r, g->nodes);
			if (!start[node])
				starts[count++] = node;
			start[node] = true;
		}
		for (uint32_t i = random_below(&r, 5); i > 0; i--) {
			uint32_t node = random_below(&r, g->nodes);
			barred[node] = true;
			bits_put(bars, node);
		}
		uint32_t rounds = search_slowly(&r, start, barred, want);
		struct ancestors a;
		assert_true(ancestors_find(&a, g, starts, count, bars, NULL));
		assert_memory_equal(a.round, want, g->nodes * sizeof *want);
		assert_int_equal(a.rounds, rounds);
		ancestors_fini(&a);
		graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rounds_are_those_of_the_slow_search),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
