/* SPDX-License-Identifier: MIT */
/* Kept arrays come back as they were, until anybody writes anything to the database. */
#include "store/blob_cache.h"

#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "restamp.h"

struct place {
	char folder[64], path[96];
	struct db *db;
};

static struct db *connect_to(const char *path, enum db_mode mode)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(path, mode, &err);
	assert_non_null(db);
	return db;
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct error err = ERROR_INIT;
	assert_non_null(p);
	snprintf(p->folder, sizeof p->folder, "/tmp/memsee-test-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof p->path, "%s/a.db", p->folder);
	p->db = connect_to(p->path, DB_CREATE);
	assert_true(generation_create_schema(p->db, &err));
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;
	db_close(p->db);
	unlink(p->path);
	rmdir(p->folder);
	free(p);
	return 0;
}

static void keep(struct db *db, const char *name, const char *text)
{
	char copy[64];
	snprintf(copy, sizeof copy, "%s", text);
	const struct blob_part part = {
		.name = name, .data = copy, .size = strlen(text)
	};
	blob_cache_save(db, 1, &part, 1);
}

/* Is the part kept, with this content? */
static bool has(struct db *db, const char *name, const char *text)
{
	struct blob_part part = { .name = name };
	bool found = blob_cache_load(db, 1, &part, 1);
	bool same = found && part.size == strlen(text) &&
		    memcmp(part.data, text, part.size) == 0;
	assert_int_equal(found, same);
	free(part.data);
	return found;
}

static void test_kept_parts_come_back_also_to_others(void **state)
{
	struct place *p = *state;
	assert_false(has(p->db, "a", "one"));
	keep(p->db, "a", "one");
	assert_true(has(p->db, "a", "one"));
	keep(p->db, "b", "two");
	keep(p->db, "empty", "");
	assert_true(has(p->db, "a", "one"));
	assert_true(has(p->db, "b", "two"));
	assert_true(has(p->db, "empty", ""));
	assert_false(has(p->db, "c", ""));
	struct db *other = connect_to(p->path, DB_EXISTING);
	assert_true(has(other, "a", "one"));
	db_close(other);
}

static void test_any_write_makes_them_untrue(void **state)
{
	static const char *const writes[] = {
		"insert into env values ('a', 'b')",
		"create table other (a)",
		"insert into other values (1); delete from other",
		"drop table other",
		"vacuum",
		"pragma user_version = 7",
	};
	struct place *p = *state;
	for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
		struct error err = ERROR_INIT;
		keep(p->db, "a", "one");
		assert_true(has(p->db, "a", "one"));
		struct db *other = connect_to(p->path, DB_EXISTING);
		assert_true(db_exec(other, writes[i], &err));
		db_close(other);
		assert_false(has(p->db, "a", "one"));
		keep(p->db, "b", "two");
		assert_false(has(p->db, "a", "one"));
		assert_true(has(p->db, "b", "two"));
		assert_true(db_exec(p->db, "delete from env", &err));
		assert_false(has(p->db, "b", "two"));
	}
}

static void test_wal_and_transactions_have_no_cache(void **state)
{
	struct place *p = *state;
	struct error err = ERROR_INIT;
	keep(p->db, "a", "one");
	assert_true(db_begin(p->db, &err));
	assert_false(has(p->db, "a", "one"));
	keep(p->db, "a", "two");
	assert_true(db_commit(p->db, &err));
	assert_true(db_exec(p->db, "pragma journal_mode = wal", &err));
	keep(p->db, "a", "one");
	assert_false(has(p->db, "a", "one"));
	assert_true(db_exec(p->db, "pragma journal_mode = delete", &err));
	assert_false(has(p->db, "a", "one"));
}

/* What somebody else's hand has done to the tables, with a stamp that fits. */
static void test_damage_is_not_used_and_said(void **state)
{
	static const char *const damages[] = {
		"update graph_cache set data = zeroblob(2) where part = 'a' and chunk = "
		"0;"
		"delete from graph_cache where part = 'a' and chunk = 0",
		"update graph_cache set data = 'one' where part = 'a'",
		"update graph_cache set data = null where part = 'a'",
		"update graph_cache set chunk = 7 where part = 'a'",
		"update graph_cache set chunk = null where part = 'a'",
		"insert into graph_cache values (1, 'a', 0, zeroblob(100))",
		"insert into graph_cache values (1, 'a', 1, 'text')",
		"insert into graph_cache values (1, 'a', -1, x'00')",
	};
	struct place *p = *state;
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		struct error err = ERROR_INIT;
		keep(p->db, "a", "one");
		restamp(p->db, p->path);
		assert_true(has(p->db, "a", "one"));
		assert_null(db_take_remark(p->db));
		assert_true(db_exec(p->db, damages[i], &err));
		restamp(p->db, p->path);
		assert_false(has(p->db, "a", "one"));
		if (i > 0)
			assert_string_equal(db_take_remark(p->db), BLOB_DAMAGED);
	}
}

/* Tables of these names that are not memsee's are neither read nor replaced. */
static void test_tables_of_others_are_left_alone(void **state)
{
	static const char *const others[] = {
		"create table graph_cache (generation, part, chunk, data);"
		"create table graph_cache_stamp (counter, format)",
		"create table graph_cache (generation int, part text, chunk int, "
		"data blob, rowid text)",
		"create table graph_cache (generation int, part text, chunk int, "
		"data blob, primary key (part, chunk)) without rowid",
		"create view graph_cache as select 1 as generation, 'a' as part, 0 as "
		"chunk,"
		" x'00' as data",
		"create table Graph_Cache_Stamp (mine)",
	};
	struct place *p = *state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct error err = ERROR_INIT;
		int64_t before, after;
		keep(p->db, "a", "one");
		assert_true(db_exec(p->db,
			"drop table if exists graph_cache;"
			"drop table if exists graph_cache_stamp",
			&err));
		assert_true(db_exec(p->db, others[i], &err));
		static const char look[] =
			"select sum(length(sql)) from sqlite_schema where "
			"lower(name) like 'graph_cache%'";
		assert_true(db_integer(p->db, &before, 0, &err, "%s", look));
		keep(p->db, "a", "one");
		assert_false(has(p->db, "a", "one"));
		assert_true(db_integer(p->db, &after, 0, &err, "%s", look));
		assert_int_equal(before, after);
		assert_true(db_exec(p->db,
			i == 3 ? "drop view graph_cache"
			       : "drop table if exists graph_cache;"
				 "drop table if exists graph_cache_stamp",
			&err));
	}
}

/* A table of the same words as memsee's, written by an older one. */
static void test_the_older_format_is_replaced(void **state)
{
	struct place *p = *state;
	struct error err = ERROR_INIT;
	assert_true(db_exec(p->db,
		"create table graph_cache (generation int, part text, chunk int, data "
		"blob);"
		"create table graph_cache_stamp (counter int, format text);"
		"insert into graph_cache values (1, 'a', 0, x'00')",
		&err));
	assert_false(has(p->db, "a", "one"));
	keep(p->db, "b", "two");
	assert_true(has(p->db, "b", "two"));
	assert_false(has(p->db, "a", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_kept_parts_come_back_also_to_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_any_write_makes_them_untrue, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_wal_and_transactions_have_no_cache, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_damage_is_not_used_and_said, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_tables_of_others_are_left_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_the_older_format_is_replaced, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
