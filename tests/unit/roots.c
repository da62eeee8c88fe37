/* SPDX-License-Identifier: MIT */
/* Roots hold all that lives, and no garbage cycle. */
#include "base/bits.h"
#include "graph/analysis.h"
#include "graph/reach.h"
#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define MOST 12

/* A heap of up to MOST objects at addresses 10, 20, …, and its roots. */
struct heap {
	const char *type[MOST];
	struct graph_ref ref[4 * MOST];
};

struct held {
	struct graph *g;
	struct objects *o;
	struct roots *r;
};

static struct held hold(const struct heap *h)
{
	int64_t address[MOST], size[MOST];
	uint32_t n = 0;
	size_t m = 0;
	for (; n < MOST && h->type[n] != NULL; n++) {
		address[n] = 10 * (n + 1);
		size[n] = 1;
	}
	while (h->ref[m].parent != 0 || h->ref[m].child != 0)
		m++;
	struct held held = { .g = graph_build(address, n, h->ref, m, NULL),
		.o = objects_build(size, h->type, n, NULL) };
	assert_true(held.g != NULL && held.o != NULL);
	held.r = roots_new(held.g, held.o, NULL, 0, NULL);
	assert_non_null(held.r);
	return held;
}

static void let_go(struct held *held)
{
	graph_free(held->g);
	objects_free(held->o);
	roots_free(held->r);
}

static void check_root(const struct held *h, size_t i, int64_t address,
	enum root_reason reason, uint32_t held)
{
	assert_true(i < h->r->count);
	assert_int_equal(h->g->address[h->r->node[i]], address);
	assert_int_equal(h->r->root[i].node, h->r->node[i]);
	assert_int_equal(h->r->root[i].reason, reason);
	assert_int_equal(h->r->root[i].held, held);
}

/* sys.modules (30) holds two modules and is held by a function in one of them. */
static void test_table_of_modules_is_the_holder(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "module", "dict", "dict", "module", "function", "str" },
		.ref = { { 10, 20 }, { 20, 50 }, { 50, 30 }, { 30, 10 }, { 30, 40 },
			{ 40, 20 }, { 20, 60 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 1);
	check_root(&h, 0, 30, ROOT_MODULE_TABLE, 5);
	let_go(&h);
}

static void test_garbage_cycles_are_nobodys(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "CycleNode", "dict", "CycleNode", "dict", "dict", "list" },
		.ref = { { 10, 20 }, { 20, 30 }, { 30, 40 }, { 40, 10 }, { 0, 50 },
			{ 60, 60 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 1);
	check_root(&h, 0, 50, ROOT_UNREFERENCED, 1);
	let_go(&h);
}

/* Three classes, each in a cycle with its own tuple of bases; one has a method. */
static void test_class_of_python_code_is_no_holder(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "type", "tuple", "type", "tuple", "dict", "function", "type",
			"tuple", "function" },
		.ref = { { 10, 20 }, { 20, 10 }, { 30, 40 }, { 40, 30 }, { 30, 50 },
			{ 50, 60 }, { 70, 80 }, { 80, 70 }, { 70, 90 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 1);
	check_root(&h, 0, 10, ROOT_CLASS, 2);
	let_go(&h);
}

static void test_one_holder_a_cycle_the_most_telling_first(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "type", "frame", "module", "frame", "dict", "Thread", "dict" },
		.ref = { { 10, 20 }, { 20, 30 }, { 30, 10 }, { 40, 50 }, { 50, 40 },
			{ 60, 70 }, { 70, 60 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 3);
	check_root(&h, 0, 30, ROOT_MODULE, 3);
	check_root(&h, 1, 40, ROOT_FRAME, 2);
	check_root(&h, 2, 60, ROOT_THREAD, 2);
	let_go(&h);
}

static void test_held_or_pinned_cycle_needs_no_holder(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "module", "dict", "list", "frame", "dict" },
		.ref = { { 10, 20 }, { 20, 10 }, { 30, 10 }, { 0, 30 }, { 40, 50 },
			{ 50, 40 }, { 0, 50 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 2);
	check_root(&h, 0, 30, ROOT_UNREFERENCED, 1);
	check_root(&h, 1, 50, ROOT_PINNED, 1);
	let_go(&h);
}

/* The holder of a module (address 5) was deleted: to see what that frees. */
static void test_deleting_a_holder_makes_no_root(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "module", "dict" },
		.ref = { { 10, 20 }, { 20, 10 }, { 5, 20 } },
	};
	struct held h = hold(&heap);
	assert_int_equal(h.r->count, 0);
	let_go(&h);
}

static void test_original_rule_is_what_zero_refers_to(void **state)
{
	(void)state;
	const struct heap heap = {
		.type = { "module", "dict", "list" },
		.ref = { { 10, 20 }, { 20, 10 }, { 0, 30 } },
	};
	struct held h = hold(&heap);
	struct roots *original = roots_original(h.g, NULL);
	assert_non_null(original);
	assert_int_equal(original->count, 1);
	assert_int_equal(h.g->address[original->node[0]], 30);
	assert_int_equal(h.r->count, 2);
	roots_free(original);
	let_go(&h);
}

/* The names of Java's nested classes have the mark of a variable within them. */
static void test_a_dollar_within_a_name_is_no_variable(void **state)
{
	(void)state;
	assert_true(root_is_variable("$registry"));
	assert_true(root_is_variable("<GLOBAL> $cache"));
	assert_true(root_is_variable("App\\Registry::$services"));
	assert_false(root_is_variable("sticky class Leaky$Bus"));
	assert_false(root_is_variable("thread"));
}

/* Finding the roots leaves most of what they lead to; with the rest it is all of it, by
 * each rule. */
static void test_what_roots_hold_is_completed(void **state)
{
	static const char *const names[] = { "dict", "module", "list", "frame", "str" };
	(void)state;
	size_t found_on_the_way = 0, holders = 0;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		struct random_graph random;
		int64_t size[RANDOM_GRAPH_MAX];
		const char *type[RANDOM_GRAPH_MAX];
		random_graph_init(&random, seed, RANDOM_GRAPH_MAX);
		for (size_t i = 0; i < random.n; i++) {
			size[i] = 1;
			type[i] = names[random_below(
				&random, sizeof names / sizeof *names)];
		}
		struct graph *g =
			graph_build(random.address, random.n, random.ref, random.m, NULL);
		assert_non_null(g);
		struct analysis *a = analysis_new(g, NULL, 1, NULL);
		assert_non_null(a);
		a->objects = objects_build(size, type, (uint32_t)random.n, NULL);
		assert_non_null(a->objects);
		a->roots = seed % 4 == 0   ? roots_original(g, NULL)
			   : seed % 4 == 1 ? roots_chosen(g, random.address, 2, NULL)
					   : roots_new(g, a->objects, NULL, 0, NULL);
		assert_non_null(a->roots);
		for (size_t i = 0; i < a->roots->count; i++)
			holders += a->roots->root[i].reason == ROOT_MODULE_TABLE ||
				   a->roots->root[i].reason == ROOT_MODULE ||
				   a->roots->root[i].reason == ROOT_FRAME;
		struct reach_query q = { .nodes = a->roots->node,
			.count = a->roots->count };
		uint64_t *all = reach_find(g, &q, NULL, NULL);
		const uint64_t *reachable = analysis_reachable(a, NULL);
		assert_true(all != NULL && reachable != NULL);
		assert_memory_equal(all, reachable, (g->nodes / 64 + 1) * sizeof *all);
		found_on_the_way +=
			a->roots->held == NULL ? 0 : bits_count(a->roots->held, g->nodes);
		int64_t bytes;
		uint32_t objects;
		assert_true(analysis_total(a, &bytes, &objects, NULL));
		assert_int_equal(objects, bits_count(all, g->nodes));
		assert_int_equal(bytes, objects);
		free(all);
		analysis_free(a);
	}
	assert_true(found_on_the_way > 1000 && holders > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_of_modules_is_the_holder),
		cmocka_unit_test(test_garbage_cycles_are_nobodys),
		cmocka_unit_test(test_class_of_python_code_is_no_holder),
		cmocka_unit_test(test_one_holder_a_cycle_the_most_telling_first),
		cmocka_unit_test(test_held_or_pinned_cycle_needs_no_holder),
		cmocka_unit_test(test_deleting_a_holder_makes_no_root),
		cmocka_unit_test(test_original_rule_is_what_zero_refers_to),
		cmocka_unit_test(test_a_dollar_within_a_name_is_no_variable),
		cmocka_unit_test(test_what_roots_hold_is_completed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
