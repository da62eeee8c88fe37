/* SPDX-License-Identifier: MIT */
/* What comes out of the cache is what the tables say. */
#include "graph/graph_cache.h"

#include "store/blob_cache.h"
#include "store/db.h"
#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "restamp.h"
#include "same_graph.h"

static struct db *make_heap(const char *path)
{
	struct error err = ERROR_INIT;
	int64_t num;
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_non_null(db);
	assert_true(generation_create_schema(db, &err));
	assert_true(db_begin(db, &err));
	assert_true(generation_new(db, &num, &err));
	assert_true(db_exec(db,
		"with recursive n(i) as (select 1 union all select i + 1 from n"
		" where i < 200000) insert into obj (address, type, size)"
		" select i * 16, 'type' || (i % 7), i % 1000 - 5 from n;"
		"insert into ref select address, (address * 7 + 16) % 3200000 from obj;"
		"insert into ref select address, (address * 31 + 48) % 3200000 from obj;"
		"insert into ref select address, (address * 3) % 3200000 from obj;"
		"insert into ref values (0, 16), (0, 160), (5, 32)",
		&err));
	assert_true(db_commit(db, &err));
	return db;
}

static bool is_cached(struct db *db)
{
	int64_t parts;
	assert_true(db_integer(db, &parts, 0, NULL, "select count(*) from graph_cache"));
	return parts > 0;
}

static void check_heap(struct db *db)
{
	struct graph *plain, *g;
	struct objects *objects, *o;
	struct error err = ERROR_INIT;
	assert_true(graph_load(db, 1, &plain, &err));
	assert_true(objects_load(db, 1, plain, &objects, &err));
	for (int i = 0; i < 2; i++) {
		assert_true(graph_cache_graph(db, 1, &g, &err));
		assert_true(graph_cache_objects(db, 1, g, &o, &err));
		assert_true(
			(size_t)plain->nodes + plain->references >= GRAPH_CACHE_LEAST);
		check_same(plain, g);
		check_same_objects(objects, o);
		assert_true(is_cached(db));
		graph_free(g);
		objects_free(o);
	}
	graph_free(plain);
	objects_free(objects);
}

static void test_cache_is_what_the_tables_say(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	char folder[] = "/tmp/memsee-test-XXXXXX", path[64];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.db", folder);
	struct db *db = make_heap(path);
	check_heap(db);
	assert_true(db_exec(db, "delete from obj where address % 224 = 0", &err));
	check_heap(db);
	/* A stamp that is right on contents that are not. */
	struct graph *plain, *g;
	assert_true(graph_load(db, 1, &plain, &err));
	assert_true(db_exec(db,
		"update graph_cache set data = randomblob(length(data))"
		" where part in ('children', 'starts', 'types')",
		&err));
	restamp(db, path);
	assert_true(graph_cache_graph(db, 1, &g, &err));
	assert_true((size_t)plain->nodes + plain->references >= GRAPH_CACHE_LEAST);
	check_same(plain, g);
	assert_string_equal(db_take_remark(db), BLOB_DAMAGED);
	graph_free(plain);
	graph_free(g);
	db_close(db);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cache_is_what_the_tables_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
