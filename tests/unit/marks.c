/* SPDX-License-Identifier: MIT */
/* Marks go on from where they stopped, and come back from the table as they went. */
#include "graph/marks.h"

#include "graph/reach.h"
#include "random_graph.h"
#include "store/db.h"
#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 40

/* What marks become when each reference passes on its parent's, plus one, to a child that
 * has none, always from the lowest mark there is: the slow twin. */
static void continue_slowly(const struct random_graph *r, uint32_t mark[NODES])
{
	bool done[NODES] = { false };
	for (;;) {
		uint32_t low = GRAPH_NONE;
		for (uint32_t i = 0; i < r->n; i++)
			if (mark[i] != 0 && !done[i] &&
				(low == GRAPH_NONE || mark[i] < mark[low]))
				low = i;
		if (low == GRAPH_NONE)
			return;
		done[low] = true;
		for (uint32_t i = 0; i < r->n; i++)
			if (r->refers[low][i] && mark[i] == 0)
				mark[i] = mark[low] + 1;
	}
}

static void test_goes_on_from_any_marks(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct random_graph r;
		uint32_t mark[NODES] = { 0 }, want[NODES];
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		for (uint32_t i = random_below(&r, 6); i > 0; i--)
			mark[random_below(&r, g->nodes)] = 1 + random_below(&r, 5);
		memcpy(want, mark, sizeof want);
		continue_slowly(&r, want);
		assert_true(marks_continue(mark, g, NULL));
		assert_memory_equal(mark, want, g->nodes * sizeof *mark);
		graph_free(g);
	}
}

/* A gc that stopped between two rounds and was continued marks what a whole one marks. */
static void test_interrupted_marks_become_the_whole(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 500; seed++) {
		struct random_graph r;
		random_graph_init(&r, seed, NODES);
		struct graph *g = random_graph_build(&r);
		assert_non_null(g);
		struct reach_query q = { .nodes = g->roots, .count = g->root_count };
		uint32_t *whole = reach_depths(g, &q, NULL);
		uint32_t *part = reach_depths(g, &q, NULL);
		assert_true(whole != NULL && part != NULL);
		uint32_t stop = 1 + random_below(&r, 4);
		for (uint32_t i = 0; i < g->nodes; i++)
			part[i] = part[i] > stop ? 0 : part[i];
		assert_true(marks_continue(part, g, NULL));
		assert_memory_equal(part, whole, g->nodes * sizeof *part);
		free(whole);
		free(part);
		graph_free(g);
	}
}

static struct db *make_heap(void)
{
	int64_t num;
	struct db *db = db_open("", DB_TEMPORARY, NULL);
	assert_non_null(db);
	assert_true(generation_create_schema(db, NULL) && db_begin(db, NULL) &&
		    generation_new(db, &num, NULL) &&
		    db_exec(db,
			    "insert into obj (address, mark) values"
			    " (16, 7), (32, null), (48, -1), (64, 'x'), (80, 9);"
			    "insert into ref values (0, 16), (16, 32)",
			    NULL) &&
		    db_commit(db, NULL));
	return db;
}

static void test_only_numbers_of_the_table_are_marks(void **state)
{
	(void)state;
	static const uint32_t want[] = { 7, 0, 0, 0, 9 };
	struct db *db = make_heap();
	struct graph *g;
	assert_true(graph_load(db, 1, &g, NULL));
	uint32_t *mark = marks_read(db, g, NULL);
	assert_non_null(mark);
	assert_memory_equal(mark, want, sizeof want);
	free(mark);
	graph_free(g);
	db_close(db);
}

static void test_writes_marks_and_sweeps_the_rest(void **state)
{
	(void)state;
	static const uint32_t mark[] = { 1, 2, 0, 0, GRAPH_NONE - 1 };
	struct db *db = make_heap();
	struct graph *g;
	int64_t value;
	assert_true(graph_load(db, 1, &g, NULL));
	assert_true(db_begin(db, NULL) && marks_write(db, g, mark, NULL));
	uint32_t *back = marks_read(db, g, NULL);
	assert_non_null(back);
	assert_memory_equal(back, mark, sizeof mark);
	assert_true(marks_sweep(db, NULL) && db_commit(db, NULL));
	assert_true(db_integer(db, &value, -1, NULL, "select sum(address) from obj"));
	assert_int_equal(value, 16 + 32 + 80);
	/* References stay, as the original memsee leaves them. */
	assert_true(db_integer(db, &value, -1, NULL, "select count(*) from ref"));
	assert_int_equal(value, 2);
	free(back);
	graph_free(g);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goes_on_from_any_marks),
		cmocka_unit_test(test_interrupted_marks_become_the_whole),
		cmocka_unit_test(test_only_numbers_of_the_table_are_marks),
		cmocka_unit_test(test_writes_marks_and_sweeps_the_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
