/* SPDX-License-Identifier: MIT */
/* References are called what the order of CPython's traverse functions says, in both
 * Pythons, and what a dump itself says where it does. */
#include "explain/labels.h"

#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A heap in the making; its objects are at 10, 20, … in the order in which they come. */
struct heap {
	struct db *db;
	int64_t last;
};

static int set_up(void **state)
{
	static struct heap heap;
	int64_t num;
	heap = (struct heap){ .db = db_open(NULL, DB_TEMPORARY, NULL) };
	*state = &heap;
	return heap.db == NULL || !generation_create_schema(heap.db, NULL) ||
	       !generation_new(heap.db, &num, NULL);
}

static int tear_down(void **state)
{
	struct heap *h = *state;
	db_close(h->db);
	return 0;
}

/* Puts an object; text NULL is none, len -1 too.  Its address. */
static int64_t put(struct heap *h, const char *type, int64_t len, const char *name,
	const char *value)
{
	h->last += 10;
	assert_true(db_execf(h->db, NULL,
		"insert into obj (address, type, len, name, value)"
		" values (%lld, %Q, nullif(%lld, -1), %Q, %Q)",
		(long long)h->last, type, (long long)len, name, value));
	return h->last;
}

static int64_t put_text(struct heap *h, const char *value)
{
	return put(h, "str", (int64_t)strlen(value), NULL, value);
}

/* The references of an object, in the order of the dump; the last is 0. */
static void refer(struct heap *h, int64_t parent, ...)
{
	va_list children;
	va_start(children, parent);
	for (int64_t child; (child = va_arg(children, int64_t)) != 0;)
		assert_true(db_execf(h->db, NULL, "insert into ref values (%lld, %lld)",
			(long long)parent, (long long)child));
	va_end(children);
}

#define END ((int64_t)0)

/* Something that only Python 2 has. */
static void make_python_2(struct heap *h)
{
	put(h, "unicode", 1, NULL, "u");
}

static struct label find(
	struct heap *h, int64_t parent, int64_t child, size_t nth, bool attributes)
{
	struct label label;
	struct labels *l = labels_open(h->db, 1, NULL);
	assert_non_null(l);
	assert_true(labels_find(l, parent, child, nth, attributes, &label, NULL));
	labels_close(l);
	return label;
}

static void check(struct heap *h, int64_t parent, int64_t child, const char *text,
	const char *stable, bool guessed)
{
	struct label label = find(h, parent, child, 0, false);
	assert_string_equal(label.text, text);
	assert_string_equal(label.stable, stable);
	assert_int_equal(label.guessed, guessed);
}

static void check_attribute(struct heap *h, int64_t dict, int64_t child, const char *text)
{
	struct label label = find(h, dict, child, 0, true);
	assert_string_equal(label.text, text);
	assert_string_equal(label.stable, text);
}

/* --- dicts -------------------------------------------------------------------------- */

static void test_kinds_of_dicts_in_python_3(void **state)
{
	struct heap *h = *state;
	int64_t key = put_text(h, "path"), value = put(h, "Entry", -1, NULL, NULL);
	int64_t number = put(h, "int", -1, NULL, "42");
	int64_t list = put(h, "type", -1, "list", NULL);
	int64_t ordered = put(h, "collections.OrderedDict", 1, NULL, NULL);
	refer(h, ordered, key, value, END);
	check(h, ordered, value, "['path']", "['path']", true);
	check(h, ordered, key, "key", "key", false);
	int64_t mixed = put(h, "collections.OrderedDict", 1, NULL, NULL);
	refer(h, mixed, number, value, number, END);
	check(h, mixed, value, "[42]", "[]", false);
	int64_t made = put(h, "collections.defaultdict", 1, NULL, NULL);
	refer(h, made, list, value, END);
	check(h, made, value, "{0}", "{}", false);
	int64_t pair = put(h, "collections.defaultdict", 1, NULL, NULL);
	refer(h, pair, list, value, number, END);
	check(h, pair, value, "[42]", "[]", false);
	/* Objects of classes made at run time may lead to their class first. */
	int64_t class = put(h, "type", -1, "collections.defaultdict", NULL);
	int64_t recent = put(h, "collections.defaultdict", 1, NULL, NULL);
	refer(h, recent, class, list, value, END);
	check(h, recent, value, "{0}", "{}", false);
	int64_t deque = put(h, "collections.deque", -1, NULL, NULL);
	int64_t own = put(h, "type", -1, "collections.deque", NULL);
	refer(h, deque, own, value, number, END);
	check(h, deque, value, "[0]", "[]", false);
	check(h, deque, number, "[1]", "[]", false);
	int64_t tuple = put(h, "tuple", 2, NULL, NULL);
	int64_t dict = put(h, "dict", 1, NULL, NULL);
	refer(h, dict, value, tuple, END);
	check(h, dict, value, "[tuple]", "[]", true);
}

static void test_python_2_dict_tells_the_key_first(void **state)
{
	struct heap *h = *state;
	int64_t key = put_text(h, "path"), value = put(h, "list", 0, NULL, NULL);
	int64_t other = put_text(h, "size"), number = put(h, "int", -1, NULL, "7");
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	make_python_2(h);
	refer(h, dict, key, value, other, number, END);
	check(h, dict, value, "['path']", "['path']", false);
	check(h, dict, number, "['size']", "['size']", false);
	check(h, dict, key, "key", "key", false);
}

static void test_python_3_dict_with_other_keys_tells_the_value_first(void **state)
{
	struct heap *h = *state;
	int64_t key = put(h, "int", -1, NULL, "42"),
		value = put(h, "list", 0, NULL, NULL);
	int64_t name = put_text(h, "path"), text = put(h, "bytes", 3, NULL, "abc");
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	refer(h, dict, value, key, text, name, END);
	check(h, dict, value, "[42]", "[]", false);
	check(h, dict, text, "['path']", "['path']", false);
	check(h, dict, key, "key", "key", false);
}

static void test_python_3_dict_of_texts_tells_places_alone(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "list", 0, NULL, NULL), b = put(h, "int", -1, NULL, "7");
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	refer(h, dict, a, b, END);
	check(h, dict, a, "{0}", "{}", false);
	check(h, dict, b, "{1}", "{}", false);
}

static void test_value_with_a_name_guesses_the_key(void **state)
{
	struct heap *h = *state;
	int64_t f = put(h, "function", -1, "serve", NULL);
	int64_t lambda = put(h, "function", -1, "<lambda>", NULL);
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	refer(h, dict, f, lambda, END);
	check(h, dict, f, "['serve']", "['serve']", true);
	check(h, dict, lambda, "{1}", "{}", false);
}

static void test_key_with_a_digit_is_one_of_many(void **state)
{
	struct heap *h = *state;
	int64_t key = put_text(h, "user_17"), value = put(h, "list", 0, NULL, NULL);
	int64_t dict = put(h, "dict", 1, NULL, NULL);
	make_python_2(h);
	refer(h, dict, key, value, END);
	check(h, dict, value, "['user_17']", "[]", false);
}

static void test_key_is_shown_on_one_line(void **state)
{
	struct heap *h = *state;
	int64_t key = put_text(h, "a\nb\x7f"), value = put(h, "list", 0, NULL, NULL);
	int64_t dict = put(h, "dict", 1, NULL, NULL);
	make_python_2(h);
	refer(h, dict, key, value, END);
	check(h, dict, value, "['a?b?']", "[]", false);
}

static void test_object_under_two_keys_has_two_labels(void **state)
{
	struct heap *h = *state;
	int64_t value = put(h, "list", 0, NULL, NULL);
	int64_t one = put_text(h, "one"), two = put_text(h, "two");
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	make_python_2(h);
	refer(h, dict, one, value, two, value, END);
	assert_string_equal(find(h, dict, value, 0, false).text, "['one']");
	assert_string_equal(find(h, dict, value, 1, false).text, "['two']");
	assert_string_equal(find(h, dict, value, 2, false).text, "");
}

static void test_dict_of_another_length_is_not_taken_for_one(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), b = put(h, "int", -1, NULL, "2");
	int64_t dict = put(h, "dict", 3, NULL, NULL);
	refer(h, dict, a, b, END);
	assert_null(strchr(find(h, dict, a, 0, false).text, '{'));
	assert_null(strchr(find(h, dict, a, 0, false).text, '\''));
}

static void test_default_factory_comes_before_the_entries(void **state)
{
	struct heap *h = *state;
	int64_t factory = put(h, "type", -1, "list", NULL);
	int64_t key = put_text(h, "path"), value = put(h, "list", 0, NULL, NULL);
	int64_t dict = put(h, "collections.defaultdict", 1, NULL, NULL);
	make_python_2(h);
	refer(h, dict, factory, key, value, END);
	check(h, dict, factory, ".default_factory", ".default_factory", true);
	check(h, dict, value, "['path']", "['path']", false);
}

/* --- attributes --------------------------------------------------------------------- */

static void test_attributes_are_named_by_their_dict(void **state)
{
	struct heap *h = *state;
	int64_t key = put_text(h, "body"), value = put(h, "list", 0, NULL, NULL);
	int64_t odd = put_text(h, "not a name"), other = put(h, "set", 0, NULL, NULL);
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	make_python_2(h);
	refer(h, dict, key, value, odd, other, END);
	check_attribute(h, dict, value, ".body");
	assert_string_equal(find(h, dict, other, 0, true).text, "['not a name']");
}

static void test_attributes_of_python_3_have_places(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "list", 0, NULL, NULL), b = put(h, "set", 0, NULL, NULL);
	int64_t dict = put(h, "dict", 2, NULL, NULL);
	refer(h, dict, a, b, END);
	check_attribute(h, dict, a, ".{0}");
	check_attribute(h, dict, b, ".{1}");
}

static void test_instance_leads_to_its_dict_and_class(void **state)
{
	struct heap *h = *state;
	int64_t dict = put(h, "dict", 0, NULL, NULL);
	int64_t class = put(h, "type", -1, "Registry", NULL);
	int64_t object = put(h, "Registry", -1, NULL, NULL);
	refer(h, object, dict, class, END);
	check(h, object, dict, ".__dict__", ".__dict__", false);
	check(h, object, class, ".__class__", ".__class__", false);
	assert_true(find(h, object, dict, 0, false).is_dict);
	assert_false(find(h, object, class, 0, false).is_dict);
}

/* CPython 3.11 and newer keep the values in the object: no name is there to be had. */
static void test_values_inside_an_instance_have_no_name(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "list", 0, NULL, NULL), b = put(h, "int", -1, NULL, "7");
	int64_t class = put(h, "type", -1, "Registry", NULL);
	int64_t object = put(h, "Registry", -1, NULL, NULL);
	refer(h, object, a, b, class, END);
	check(h, object, a, "", "", false);
	check(h, object, b, "", "", false);
	check(h, object, class, ".__class__", ".__class__", false);
}

static void test_slots_are_guessed_in_the_order_of_their_names(void **state)
{
	struct heap *h = *state;
	int64_t next = put_text(h, "next"), key = put_text(h, "key");
	int64_t slots = put(h, "tuple", 2, NULL, NULL),
		space = put(h, "dict", 1, NULL, NULL);
	int64_t class = put(h, "type", -1, "Node", NULL);
	int64_t a = put(h, "int", -1, NULL, "1"), b = put(h, "list", 0, NULL, NULL);
	int64_t object = put(h, "Node", -1, NULL, NULL);
	refer(h, slots, next, key, END);
	refer(h, space, slots, END);
	refer(h, class, space, END);
	refer(h, object, a, b, class, END);
	check(h, object, a, ".key", ".key", true);
	check(h, object, b, ".next", ".next", true);
}

/* --- other containers --------------------------------------------------------------- */

static void test_items_of_lists_and_tuples_come_last_to_first(void **state)
{
	struct heap *h = *state;
	static const char *const types[] = { "list", "tuple" };
	int64_t a = put(h, "int", -1, NULL, "1"), b = put(h, "int", -1, NULL, "2"),
		c = put(h, "int", -1, NULL, "3");
	for (size_t i = 0; i < 2; i++) {
		int64_t list = put(h, types[i], 3, NULL, NULL);
		refer(h, list, c, b, a, END);
		check(h, list, a, "[0]", "[]", false);
		check(h, list, b, "[1]", "[]", false);
		check(h, list, c, "[2]", "[]", false);
	}
}

/* A class that is a list has its dict and its class before the items. */
static void test_items_behind_something_else_are_guessed(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), b = put(h, "int", -1, NULL, "2");
	int64_t class = put(h, "type", -1, "Stack", NULL);
	int64_t list = put(h, "Stack", 2, NULL, NULL);
	refer(h, list, class, b, a, END);
	check(h, list, a, "[0]", "[]", true);
	check(h, list, b, "[1]", "[]", true);
}

static void test_items_of_sets_have_no_place(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), set = put(h, "set", 1, NULL, NULL);
	refer(h, set, a, END);
	check(h, set, a, "item", "item", false);
}

static void test_items_of_a_deque_come_in_order(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), b = put(h, "int", -1, NULL, "2");
	int64_t deque = put(h, "collections.deque", -1, NULL, NULL);
	refer(h, deque, a, b, END);
	check(h, deque, a, "[0]", "[]", false);
	check(h, deque, b, "[1]", "[]", false);
}

static void test_members_that_may_be_missing_are_guessed(void **state)
{
	struct heap *h = *state;
	int64_t code = put(h, "code", -1, NULL, NULL);
	int64_t globals = put(h, "dict", 1, NULL, NULL);
	int64_t closure = put(h, "tuple", 1, NULL, NULL);
	int64_t cell = put(h, "cell", -1, NULL, NULL);
	int64_t value = put(h, "list", 0, NULL, NULL);
	int64_t function = put(h, "function", -1, "f", NULL);
	refer(h, function, code, globals, closure, END);
	refer(h, cell, value, END);
	check(h, function, code, ".__code__", ".__code__", false);
	check(h, function, globals, ".__globals__", ".__globals__", false);
	assert_true(find(h, function, closure, 0, false).guessed);
	check(h, cell, value, ".cell_contents", ".cell_contents", false);
}

/* --- what is not there -------------------------------------------------------------- */

static void test_reference_that_is_not_there_has_no_label(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), list = put(h, "list", 1, NULL, NULL);
	refer(h, list, a, END);
	check(h, list, 4711, "", "", false);
	check(h, list, 5, "", "", false);
	check(h, 4711, a, "", "", false);
	check(h, a, list, "", "", false);
}

static void test_dangling_reference_keeps_its_place(void **state)
{
	struct heap *h = *state;
	int64_t a = put(h, "int", -1, NULL, "1"), list = put(h, "list", 2, NULL, NULL);
	refer(h, list, (int64_t)4711, a, END);
	check(h, list, 4711, "[1]", "[]", false);
	check(h, list, a, "[0]", "[]", false);
}

/* --- dumps that name their references ----------------------------------------------- */

static void note(struct heap *h, int64_t parent, int64_t number, const char *list)
{
	struct notes_writer *w = notes_writer_new(h->db, 1, NULL);
	assert_non_null(w);
	assert_true(notes_put_list(w, number, cell_text(list), NULL));
	assert_true(notes_put_labels(w, parent, number, NULL));
	notes_writer_free(w);
}

static void test_names_of_the_dump_are_believed(void **state)
{
	struct heap *h = *state;
	int64_t f = put(h, "function", -1, "serve", NULL),
		g = put(h, "int", -1, NULL, "1");
	int64_t rest = put(h, "list", 0, NULL, NULL);
	int64_t dict = put(h, "dict", 3, NULL, NULL);
	refer(h, dict, f, g, rest, END);
	note(h, dict, 1, "[\"['handler']\", \".body\", null]");
	check(h, dict, f, "['handler']", "['handler']", false);
	check(h, dict, g, ".body", ".body", false);
	check(h, dict, rest, "{2}", "{}", false);
	check_attribute(h, dict, f, ".handler");
}

static void test_names_that_do_not_fit_are_ignored(void **state)
{
	struct heap *h = *state;
	int64_t f = put(h, "function", -1, "serve", NULL);
	int64_t dict = put(h, "dict", 1, NULL, NULL);
	refer(h, dict, f, END);
	note(h, dict, 1, "[\"['handler']\", \"['other']\"]");
	check(h, dict, f, "['serve']", "['serve']", true);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_kinds_of_dicts_in_python_3),
		TEST(test_python_2_dict_tells_the_key_first),
		TEST(test_python_3_dict_with_other_keys_tells_the_value_first),
		TEST(test_python_3_dict_of_texts_tells_places_alone),
		TEST(test_value_with_a_name_guesses_the_key),
		TEST(test_key_with_a_digit_is_one_of_many),
		TEST(test_key_is_shown_on_one_line),
		TEST(test_object_under_two_keys_has_two_labels),
		TEST(test_dict_of_another_length_is_not_taken_for_one),
		TEST(test_default_factory_comes_before_the_entries),
		TEST(test_attributes_are_named_by_their_dict),
		TEST(test_attributes_of_python_3_have_places),
		TEST(test_instance_leads_to_its_dict_and_class),
		TEST(test_values_inside_an_instance_have_no_name),
		TEST(test_slots_are_guessed_in_the_order_of_their_names),
		TEST(test_items_of_lists_and_tuples_come_last_to_first),
		TEST(test_items_behind_something_else_are_guessed),
		TEST(test_items_of_sets_have_no_place),
		TEST(test_items_of_a_deque_come_in_order),
		TEST(test_members_that_may_be_missing_are_guessed),
		TEST(test_reference_that_is_not_there_has_no_label),
		TEST(test_dangling_reference_keeps_its_place),
		TEST(test_names_of_the_dump_are_believed),
		TEST(test_names_that_do_not_fit_are_ignored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
