/* SPDX-License-Identifier: MIT */
/* What the reader's arrays make is what the tables say. */
#include "graph/graph_heap.h"

#include "load/load.h"
#include "store/generation.h"

#include "same_graph.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Reads a dump and makes the graph and the objects both ways; `early`: as of a heap whose
 * records are too large to stay. */
static void check_dump(const char *path, bool early)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	assert_non_null(db);
	assert_true(generation_create_schema(db, &err));
	struct heap *heap = NULL;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	options.progress = PROGRESS_NEVER;
	options.keep = &heap;
	struct load_report report;
	assert_true(load_dump(db, path, &options, &report, &err));
	assert_non_null(heap);
	struct objects *objects = NULL, *o = NULL;
	if (early) {
		objects = objects_of_heap(heap, &err);
		heap_drop_records(heap);
	}
	struct graph_heap *h = graph_heap_new(heap, &err);
	assert_non_null(h);
	if (!early)
		objects = graph_heap_objects(h, &err);
	struct graph *graph = graph_heap_graph(h, &err), *g = NULL;
	graph_heap_free(h);
	assert_true(graph_load(db, report.generation, &g, &err));
	assert_true(objects_load(db, report.generation, g, &o, &err));
	check_same(g, graph);
	check_same_objects(o, objects);
	/* What is no reference between two objects is one that the dump says again. */
	int64_t rows = 0;
	char ref[GENERATION_TABLE_MAX];
	assert_true(generation_table(db, "ref", report.generation, ref, &err));
	assert_true(db_integer(db, &rows, 0, &err,
		"select count(*) from \"%w\" where parent <> 0", ref));
	assert_true(graph->repeats_known);
	assert_int_equal(graph->repeats, (uint64_t)rows - g->references - g->dangling);
	for (size_t i = 0; i < graph->repeats; i++) {
		uint32_t from = (uint32_t)(graph->repeat[i] >> 32);
		assert_true(i == 0 || graph->repeat[i - 1] <= graph->repeat[i]);
		assert_int_not_equal(graph_find_neighbour(&g->children, from,
					     (uint32_t)graph->repeat[i]),
			GRAPH_NONE);
	}
	graph_free(graph);
	graph_free(g);
	objects_free(objects);
	objects_free(o);
	load_report_fini(&report);
	db_close(db);
}

static void test_real_dumps(void **state)
{
	static const char *const dumps[] = { "tiny_py27.json", "tiny_py310.json",
		"strings_py27.json", "smallgc_py310.json.gz", "leaky_py310_1.json.gz",
		"dumper_py313.json" };
	(void)state;
	for (size_t i = 0; i < sizeof dumps / sizeof *dumps; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", getenv("MEMSEE_DATA"), dumps[i]);
		check_dump(path, i % 2 == 0);
	}
}

static unsigned random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % n;
}

/* Repeats, clashes, references to themselves, to nothing and to 0, repeated references,
 * objects with many, sizes that are missing, no objects at all. */
static void test_random_dumps(void **state)
{
	const char *path = "dump.json";
	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		unsigned seed = round;
		FILE *f = fopen(path, "w");
		assert_non_null(f);
		bool large = round % 10 == 0;
		unsigned n = 1 + random_below(&seed, large ? 600 : 30);
		unsigned places = large ? 1000 : 40;
		for (unsigned i = 0; i < n; i++) {
			fprintf(f, "{\"address\": %u, \"type\": \"t%u\"",
				8 * (1 + random_below(&seed, places)),
				random_below(&seed, 5));
			if (random_below(&seed, 4) != 0)
				fprintf(f, ", \"size\": %d",
					(int)random_below(&seed, 300) - 100);
			fprintf(f, ", \"refs\": [");
			bool many = large && i % 50 == 0;
			unsigned refs = random_below(&seed, many ? 1500 : 6);
			/* A line that refers to 0 is rejected. */
			for (unsigned r = 0; r < refs; r++)
				fprintf(f, "%s%u", r == 0 ? "" : ", ",
					8 * (many + random_below(&seed, places + 2)));
			fprintf(f, "]}\n");
		}
		assert_int_equal(fclose(f), 0);
		check_dump(path, round % 2 == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_real_dumps),
		cmocka_unit_test_setup_teardown(
			test_random_dumps, scratch_enter, scratch_leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
