/* SPDX-License-Identifier: MIT */
/* Notes of objects: each text once, and none that every reader knows anyway. */
#include "load/heap_notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct dump_text text(const char *of)
{
	return (struct dump_text){ of, of == NULL ? 0 : strlen(of) };
}

static void put(struct heap_notes *n, int64_t address, const char *type, size_t refs,
	const char *labels, const char *root)
{
	const struct dump_object o = { .address = address,
		.type = text(type),
		.len = (int64_t)refs,
		.has_len = true,
		.ref_count = refs,
		.labels = text(labels),
		.root = text(root) };
	assert_true(heap_notes_put(n, &o));
}

static void check_text(const struct heap_notes *n, uint32_t number, const char *want)
{
	struct dump_text found = heap_texts_get(&n->texts, number);
	assert_int_equal(found.len, strlen(want));
	assert_memory_equal(found.data, want, found.len);
}

static void test_object_without_notes_takes_no_room(void **state)
{
	(void)state;
	struct heap_notes n = { 0 };
	put(&n, 16, "dict", 2, NULL, NULL);
	assert_int_equal(n.count, 0);
	heap_notes_fini(&n);
}

static void test_equal_lists_are_kept_once(void **state)
{
	(void)state;
	struct heap_notes n = { 0 };
	for (int64_t i = 1; i <= 1000; i++)
		put(&n, 16 * i, "Registry", 2,
			i % 2 == 0 ? "[\".a\", \".b\"]" : "[\".a\", \".c\"]", NULL);
	assert_int_equal(n.count, 1000);
	assert_int_equal(n.texts.count, 2);
	check_text(&n, n.note[0].labels, "[\".a\", \".c\"]");
	check_text(&n, n.note[999].labels, "[\".a\", \".b\"]");
	assert_int_equal(n.note[999].address, 16000);
	heap_notes_fini(&n);
}

static void test_many_texts_are_all_found_again(void **state)
{
	(void)state;
	struct heap_texts t = { 0 };
	char name[32];
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			int len = snprintf(name, sizeof name, "text %d", i);
			assert_int_equal(heap_texts_put(&t, name, (size_t)len), i + 1);
		}
	assert_int_equal(t.count, 5000);
	struct dump_text last = heap_texts_get(&t, 5000);
	assert_memory_equal(last.data, "text 4999", last.len);
	heap_texts_fini(&t);
}

static void test_items_that_only_count_down_have_no_note(void **state)
{
	(void)state;
	struct heap_notes n = { 0 };
	put(&n, 16, "list", 3, "[\"[2]\", \"[1]\", \"[0]\"]", NULL);
	put(&n, 32, "tuple", 1, "[\"[0]\"]", NULL);
	assert_int_equal(n.count, 0);
	put(&n, 48, "list", 3, "[\"[0]\", \"[1]\", \"[2]\"]", NULL);
	put(&n, 64, "Stack", 1, "[\"[0]\"]", NULL);
	put(&n, 80, "list", 12, "[\"[1]\", \"[0]\"]", NULL);
	assert_int_equal(n.count, 3);
	heap_notes_fini(&n);
}

static void test_items_beside_something_else_are_noted(void **state)
{
	(void)state;
	struct heap_notes n = { 0 };
	const struct dump_object o = { .address = 16,
		.type = text("list"),
		.len = 2,
		.has_len = true,
		.ref_count = 3,
		.labels = text("[\"[2]\", \"[1]\", \"[0]\"]") };
	assert_true(heap_notes_put(&n, &o));
	assert_int_equal(n.count, 1);
	heap_notes_fini(&n);
}

static void test_root_is_noted_without_labels(void **state)
{
	(void)state;
	struct heap_notes n = { 0 };
	put(&n, 16, "list", 1, "[\"[0]\"]", "singleton");
	put(&n, 32, "frame", 0, NULL, "thread frame");
	assert_int_equal(n.count, 2);
	assert_int_equal(n.note[0].labels, 0);
	check_text(&n, n.note[0].root, "singleton");
	check_text(&n, n.note[1].root, "thread frame");
	heap_notes_fini(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_object_without_notes_takes_no_room),
		cmocka_unit_test(test_equal_lists_are_kept_once),
		cmocka_unit_test(test_many_texts_are_all_found_again),
		cmocka_unit_test(test_items_that_only_count_down_have_no_note),
		cmocka_unit_test(test_items_beside_something_else_are_noted),
		cmocka_unit_test(test_root_is_noted_without_labels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
