/* SPDX-License-Identifier: MIT */
/* Many small queries between db_read_begin() and db_read_end() see one state. */
#include "scratch.h"
#include "store/db.h"

static struct db *connect_to(enum db_mode mode)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open("a.db", mode, &err);
	assert_non_null(db);
	return db;
}

static int64_t count(struct db *db, const char *table)
{
	struct error err = ERROR_INIT;
	int64_t n = -1;
	assert_true(db_integer(db, &n, -1, &err, "select count(*) from %s", table));
	return n;
}

static void run(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	assert_true(db_exec(db, sql, &err));
}

static void nobody_writes_until_the_last_reader_ends(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct db *db = connect_to(DB_CREATE);
	run(db, "create table t (x)");
	struct db *other = connect_to(DB_EXISTING);
	run(other, "pragma busy_timeout = 0");
	assert_true(db_read_begin(db, &err));
	assert_true(db_read_begin(db, &err));
	assert_int_equal(count(db, "t"), 0);
	run(db, "create temporary table seen (x)");
	db_read_end(db);
	assert_false(db_exec(other, "insert into t values (1)", NULL));
	db_read_end(db);
	run(other, "insert into t values (1)");
	assert_int_equal(count(db, "t"), 1);
	assert_int_equal(count(db, "seen"), 0);
	db_close(other);
	db_close(db);
}

static void a_transaction_of_somebody_else_stays_open(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct db *db = connect_to(DB_EXISTING);
	assert_true(db_begin(db, &err));
	run(db, "insert into t values (2)");
	assert_true(db_read_begin(db, &err));
	assert_int_equal(count(db, "t"), 2);
	db_read_end(db);
	db_rollback(db);
	assert_int_equal(count(db, "t"), 1);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_writes_until_the_last_reader_ends),
		cmocka_unit_test(a_transaction_of_somebody_else_stays_open),
	};
	return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
