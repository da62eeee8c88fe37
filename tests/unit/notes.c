/* SPDX-License-Identifier: MIT */
/* What dumps say beyond objects and references is found again, by generation. */
#include "store/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	*state = db_open(NULL, DB_TEMPORARY, NULL);
	return *state == NULL;
}

static int tear_down(void **state)
{
	db_close(*state);
	return 0;
}

/* The labels of an object, "" without. */
static void check_labels(struct db *db, int64_t gen, int64_t parent, const char *want)
{
	struct db_stmt *stmt;
	assert_true(notes_find_labels(db, gen, &stmt, NULL));
	assert_non_null(stmt);
	assert_true(db_bind(stmt, 1, cell_integer(parent), NULL));
	int row = db_step(stmt, NULL);
	assert_int_equal(row, want[0] != '\0');
	if (row == 1)
		assert_string_equal(db_column(stmt, 0).text, want);
	db_stmt_free(stmt);
}

static void write_notes(struct db *db, int64_t gen, const char *labels)
{
	struct notes_writer *w = notes_writer_new(db, gen, NULL);
	assert_non_null(w);
	assert_true(notes_put_list(w, 1, cell_text(labels), NULL));
	assert_true(notes_put_labels(w, 160, 1, NULL));
	assert_true(notes_put_labels(w, 320, 1, NULL));
	assert_true(notes_put_root(w, 640, cell_text("thread frame"), NULL));
	assert_true(notes_put_root(w, 160, cell_text("singleton"), NULL));
	notes_writer_free(w);
}

static void test_database_without_notes_has_no_statements(void **state)
{
	struct db_stmt *stmt;
	assert_true(notes_find_labels(*state, 1, &stmt, NULL));
	assert_null(stmt);
	assert_true(notes_list_roots(*state, 1, &stmt, NULL));
	assert_null(stmt);
}

static void test_objects_share_a_list(void **state)
{
	write_notes(*state, 1, "[\".a\"]");
	check_labels(*state, 1, 160, "[\".a\"]");
	check_labels(*state, 1, 320, "[\".a\"]");
	check_labels(*state, 1, 640, "");
}

static void test_generations_are_apart(void **state)
{
	write_notes(*state, 1, "[\".a\"]");
	write_notes(*state, 2, "[\".b\"]");
	check_labels(*state, 1, 160, "[\".a\"]");
	check_labels(*state, 2, 160, "[\".b\"]");
	check_labels(*state, 3, 160, "");
	check_labels(*state, 0, 160, "");
}

static void test_roots_come_by_address(void **state)
{
	struct db_stmt *stmt;
	write_notes(*state, 4, "[]");
	assert_true(notes_list_roots(*state, 4, &stmt, NULL));
	assert_non_null(stmt);
	assert_int_equal(db_step(stmt, NULL), 1);
	assert_int_equal(db_column_integer(stmt, 0), 160);
	assert_string_equal(db_column(stmt, 1).text, "singleton");
	assert_int_equal(db_step(stmt, NULL), 1);
	assert_int_equal(db_column_integer(stmt, 0), 640);
	assert_int_equal(db_step(stmt, NULL), 0);
	db_stmt_free(stmt);
}

static void test_object_has_one_note_a_generation(void **state)
{
	struct error err = ERROR_INIT;
	struct notes_writer *w = notes_writer_new(*state, 1, NULL);
	assert_non_null(w);
	assert_true(notes_put_root(w, 160, cell_text("singleton"), NULL));
	assert_false(notes_put_root(w, 160, cell_text("interned"), &err));
	assert_non_null(strstr(err.message, "UNIQUE"));
	notes_writer_free(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_database_without_notes_has_no_statements),
		TEST(test_objects_share_a_list),
		TEST(test_generations_are_apart),
		TEST(test_roots_come_by_address),
		TEST(test_object_has_one_note_a_generation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
