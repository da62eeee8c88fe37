/* SPDX-License-Identifier: MIT */
/* Paths are those that trying everything finds, in the promised order. */
#include "model/path.h"

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

static void trial_init(struct trial *t, uint64_t seed)
{
	random_graph_init(&t->r, seed, TRIAL_NODES);
	t->g = random_graph_build(&t->r);
	assert_non_null(t->g);
	t->q = (struct path_query){ .sources = t->sources,
		.targets = t->targets,
		.source_count = random_below(&t->r, 4),
		.target_count = random_below(&t->r, 4),
		.avoided = t->avoided,
		.reversed = random_below(&t->r, 2) == 0 };
	for (size_t i = 0; i < 3; i++) {
		t->sources[i] = random_below(&t->r, (uint32_t)t->r.n);
		t->targets[i] = random_below(&t->r, (uint32_t)t->r.n);
	}
	t->avoided[0] = 0;
	for (uint32_t i = random_below(&t->r, 3); i-- > 0;)
		bits_put(t->avoided, random_below(&t->r, (uint32_t)t->r.n));
	t->count = 0;
	for (uint32_t s = 0; s < t->r.n; s++) {
		t->path[0] = s;
		if (trial_has(t->sources, t->q.source_count, s) &&
			!bits_has(t->avoided, s))
			trial_explore(t, 1);
	}
	qsort(t->found, t->count, sizeof *t->found, trial_compare);
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
	for (uint64_t seed = 0; seed < 2000; seed++) {
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
	for (uint64_t seed = 0; seed < 2000; seed++) {
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
	for (uint64_t seed = 0; seed < 2000; seed++) {
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
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
