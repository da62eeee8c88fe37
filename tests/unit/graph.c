/* SPDX-License-Identifier: MIT */
/* A graph holds each reference between objects once, both ways, in ascending order. */
#include "graph/graph.h"
#include "base/bits.h"

#include "random_graph.h"

#include "store/db.h"
#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void check_side(const struct graph *g, const struct graph_side *side,
	const struct random_graph *r, bool children)
{
	for (uint32_t i = 0; i < g->nodes; i++) {
		size_t n, at = 0;
		const uint32_t *next = graph_neighbours(side, i, &n);
		for (uint32_t j = 0; j < g->nodes; j++) {
			if (!(children ? r->refers[i][j] : r->refers[j][i]))
				continue;
			assert_true(at < n);
			assert_int_equal(next[at++], j);
		}
		assert_int_equal(at, n);
	}
}

static void check_graph(const struct graph *g, const struct random_graph *r)
{
	assert_int_equal(g->nodes, r->n);
	assert_int_equal(g->dangling, r->dangling);
	assert_int_equal(g->orphaned, r->orphaned);
	check_side(g, &g->children, r, true);
	check_side(g, graph_parents(g, NULL), r, false);
	for (uint32_t i = 0; i < g->nodes; i++) {
		bool referred = false;
		for (uint32_t j = 0; j < g->nodes; j++)
			referred = referred || r->refers[j][i];
		assert_int_equal(bits_has(g->referred, i), referred);
	}
	uint32_t roots = 0;
	for (uint32_t i = 0; i < g->nodes; i++)
		if (r->root[i])
			assert_int_equal(g->roots[roots++], i);
	assert_int_equal(g->root_count, roots);
}

static void test_holds_what_the_references_say(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1000; seed++) {
		struct random_graph r;
		random_graph_init(&r, seed, RANDOM_GRAPH_MAX);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		check_graph(g, &r);
		graph_free(g);
	}
}

static void test_finds_objects_by_address_alone(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct random_graph r;
		random_graph_init(&r, seed, RANDOM_GRAPH_MAX);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		for (uint32_t i = 0; i < r.n; i++) {
			assert_int_equal(graph_find_node(g, r.address[i]), i);
			int64_t next = r.address[i] + 1;
			bool is = i + 1 < r.n && r.address[i + 1] == next;
			assert_int_equal(
				graph_find_node(g, next), is ? i + 1 : GRAPH_NONE);
		}
		assert_int_equal(graph_find_node(g, 0), GRAPH_NONE);
		assert_int_equal(graph_find_node(g, -1), GRAPH_NONE);
		assert_int_equal(graph_find_node(g, INT64_MAX), GRAPH_NONE);
		graph_free(g);
	}
}

static void test_a_part_has_what_stays(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct random_graph r;
		random_graph_init(&r, seed, RANDOM_GRAPH_MAX);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		uint64_t left_out[RANDOM_GRAPH_MAX / 64 + 1] = { 0 };
		/* None, a few, most or all. */
		uint32_t outside = random_below(&r, 5);
		for (uint32_t i = 0; i < g->nodes; i++)
			if (random_below(&r, 4) < outside)
				bits_put(left_out, i);
		uint32_t *node, left = 0;
		struct graph *part = graph_without(g, left_out, &node, NULL);
		assert_non_null(part);
		for (uint32_t i = 0; i < g->nodes; i++)
			if (!bits_has(left_out, i)) {
				assert_true(left < part->nodes);
				assert_int_equal(node[left++], i);
			}
		assert_int_equal(part->nodes, left);
		assert_int_equal(part->root_count, 0);
		for (uint32_t i = 0; i < left; i++) {
			assert_int_equal(graph_find_node(part, g->address[node[i]]), i);
			for (uint32_t j = 0; j < left; j++)
				assert_int_equal(graph_find_neighbour(&part->children, i,
							 j) != GRAPH_NONE,
					r.refers[node[i]][node[j]]);
		}
		graph_free(part);
		graph_free(g);
		free(node);
	}
}

static void test_nothing_is_a_graph(void **state)
{
	(void)state;
	struct graph *g = graph_build(NULL, 0, NULL, 0, NULL);
	assert_non_null(g);
	assert_int_equal(g->nodes, 0);
	assert_int_equal(graph_find_node(g, 1), GRAPH_NONE);
	graph_free(g);
}

/* The same heap by way of the tables, with rows that no dump would make. */
static void test_loads_the_tables_of_any_generation(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	for (uint64_t seed = 0; seed < 10; seed++) {
		struct random_graph r;
		random_graph_init(&r, seed, RANDOM_GRAPH_MAX);
		struct db *db = db_open(NULL, DB_TEMPORARY, &err);
		assert_non_null(db);
		assert_true(generation_create_schema(db, &err));
		int64_t num;
		assert_true(generation_new(db, &num, &err));
		for (size_t i = r.n; i-- > 0;)
			assert_true(db_execf(db, &err,
				"insert into obj (address) values (%lld)",
				(long long)r.address[i]));
		for (size_t i = 0; i < r.m; i++)
			assert_true(db_execf(db, &err,
				"insert into ref values (%lld, %lld)",
				(long long)r.ref[i].parent, (long long)r.ref[i].child));
		assert_true(db_exec(db,
			"insert into obj (address) values (0);"
			"insert into ref values (0, 0)",
			&err));
		assert_true(generation_select(db, GENERATION_NONE, &err));
		struct graph *g;
		assert_true(graph_load(db, num, &g, &err));
		check_graph(g, &r);
		graph_free(g);
		db_close(db);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holds_what_the_references_say),
		cmocka_unit_test(test_finds_objects_by_address_alone),
		cmocka_unit_test(test_a_part_has_what_stays),
		cmocka_unit_test(test_nothing_is_a_graph),
		cmocka_unit_test(test_loads_the_tables_of_any_generation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
