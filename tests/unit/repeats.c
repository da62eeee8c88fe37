/* SPDX-License-Identifier: MIT */
/* Paths that are said to end with the same steps do. */
#include "paths/repeats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "graph/graph.h"

#include <stdlib.h>

enum { NODES = 3000 };

struct trees {
	uint32_t parent[NODES];
	char step[NODES];
};

static uint32_t tree_parent(const void *nodes, uint32_t i)
{
	return ((const struct trees *)nodes)->parent[i];
}

static bool tree_same(const void *nodes, uint32_t i, uint32_t j)
{
	const struct trees *t = nodes;
	return t->step[i] == t->step[j];
}

static uint64_t tree_hash(const void *nodes, uint32_t i)
{
	return map_hash_number(0, (uint64_t)((const struct trees *)nodes)->step[i]);
}

/* The last steps as a text, from the last to the first, which has a dot if there are
 * more. */
static void tree_text(const struct trees *t, uint32_t i, char text[REPEATS_STEPS + 2])
{
	size_t n = 0;
	for (; i != GRAPH_NONE && n < REPEATS_STEPS; i = t->parent[i])
		text[n++] = t->step[i];
	if (i != GRAPH_NONE)
		text[n++] = '.';
	text[n] = '\0';
}

/* Chains whose steps repeat after `period`, with branches: what is found has the same
 * end, and as few others as they have are left. */
static void check_chains(uint32_t period, uint32_t branch, size_t most)
{
	struct trees t;
	size_t left = 0;
	for (uint32_t i = 0, end = GRAPH_NONE, links = 0; i < NODES; i++) {
		bool off = branch > 0 && i % branch == branch - 1;
		t.parent[i] = i == NODES / 2 ? GRAPH_NONE : end;
		t.step[i] = (char)(off ? 'z' : 'a' + links % period);
		links += !off;
		end = off && i != NODES / 2 ? end : i;
	}
	const struct repeats_tree tree = { NODES, &t, tree_parent, tree_same, tree_hash };
	uint32_t *first = repeats_find(&tree);
	assert_non_null(first);
	for (uint32_t i = 0; i < NODES; i++) {
		char own[REPEATS_STEPS + 2], other[REPEATS_STEPS + 2];
		tree_text(&t, i, own);
		tree_text(&t, first[i], other);
		assert_true(first[i] <= i && first[first[i]] == first[i]);
		assert_string_equal(own, other);
		left += first[i] == i;
	}
	assert_true(left <= most);
	free(first);
}

static void test_long_chains_have_few_ends(void **state)
{
	(void)state;
	check_chains(1, 0, 600);
	check_chains(2, 0, 600);
	check_chains(8, 0, 600);
	check_chains(1, 2, 1200);
	check_chains(2, 3, 1200);
	check_chains(26, 5, NODES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long_chains_have_few_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
