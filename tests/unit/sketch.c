/* SPDX-License-Identifier: MIT */
/* What a drawing has no room for is counted, each object once, where it hangs. */
#include "picture/sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NODES_MAX 60

static uint32_t below(uint64_t *state, uint32_t n)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)((*state >> 33) % n);
}

static struct drawing *random_drawing(uint64_t *state)
{
	static const unsigned kinds[] = { 0, 0, 0, 0, 0, 0, DRAWING_SOURCE,
		DRAWING_TARGET, DRAWING_ROOT, DRAWING_GROUP };
	struct drawing *d = drawing_new();
	assert_non_null(d);
	size_t n = 1 + below(state, NODES_MAX);
	for (size_t i = 0; i < n; i++) {
		struct drawing_node node = { .id = i,
			.title = (char *)(uintptr_t) "t",
			.bytes = -1,
			.count = below(state, 4),
			.flags = kinds[below(state, 10)] };
		assert_true(drawing_put_node(d, &node, NULL, NULL));
	}
	for (uint32_t i = below(state, (uint32_t)n * 2); i > 0; i--) {
		struct drawing_edge edge = { .from = below(state, (uint32_t)n),
			.to = below(state, (uint32_t)n),
			.count = 1,
			.bytes = -1,
			.flags = below(state, 8) == 0 ? DRAWING_ON_PATH : 0u };
		assert_true(drawing_put_edge(d, &edge, NULL));
	}
	return d;
}

static int64_t objects(const struct drawing *d, size_t i)
{
	return d->nodes[i].count > 1 ? d->nodes[i].count : 1;
}

/* What no shown node leads to, by a walk that goes on until nothing changes. */
static int64_t behind_none(const struct drawing *d, const struct sketch *s)
{
	bool led[NODES_MAX];
	int64_t sum = 0;
	memcpy(led, s->shown, d->node_count * sizeof *led);
	for (bool grew = true; grew;) {
		grew = false;
		for (size_t i = 0; i < d->edge_count; i++)
			if (led[d->edges[i].from] && !led[d->edges[i].to])
				grew = led[d->edges[i].to] = true;
	}
	for (size_t i = 0; i < d->node_count; i++)
		sum += led[i] ? 0 : objects(d, i);
	return sum;
}

static bool is_important(const struct drawing *d, size_t node)
{
	if ((d->nodes[node].flags & (DRAWING_SOURCE | DRAWING_TARGET | DRAWING_ROOT)) !=
		0)
		return true;
	for (size_t i = 0; i < d->edge_count; i++)
		if ((d->edges[i].flags & DRAWING_ON_PATH) != 0 &&
			(d->edges[i].from == node || d->edges[i].to == node))
			return true;
	return false;
}

static void check_counts(const struct drawing *d, const struct sketch *s)
{
	int64_t all = 0, told = 0;
	size_t shown = 0, more = 0;
	for (size_t i = 0; i < d->node_count; i++) {
		all += objects(d, i);
		told += s->shown[i] ? objects(d, i) : 0;
		shown += s->shown[i];
		assert_true(s->shown[i] || s->more[i] == 0);
	}
	for (size_t i = 0; i <= d->node_count; i++) {
		told += s->more[i];
		more += s->more[i] > 0;
	}
	assert_int_equal(told, all);
	assert_int_equal(s->shown_count, shown);
	assert_int_equal(s->more_count, more);
	assert_int_equal(s->more[d->node_count], behind_none(d, s));
}

static void test_what_is_left_out_is_counted_once(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		uint64_t random = seed * 2654435761u + 1;
		struct drawing *d = random_drawing(&random);
		struct sketch *s = sketch_new(d, 3 + below(&random, NODES_MAX));
		assert_non_null(s);
		check_counts(d, s);
		sketch_free(s);
		drawing_free(d);
	}
}

static void test_limit_holds_for_all_that_is_drawn(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		uint64_t random = seed * 2654435761u + 1;
		struct drawing *d = random_drawing(&random);
		size_t limit = 3 + below(&random, NODES_MAX);
		struct sketch *s = sketch_new(d, limit);
		assert_non_null(s);
		assert_true(s->shown_count >= 1);
		assert_true(s->shown_count + s->more_count <= limit);
		if (d->node_count <= limit)
			assert_int_equal(s->shown_count, d->node_count);
		sketch_free(s);
		drawing_free(d);
	}
}

static void test_answer_is_shown_before_the_rest(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		uint64_t random = seed * 2654435761u + 1;
		struct drawing *d = random_drawing(&random);
		struct sketch *s = sketch_new(d, 3 + below(&random, NODES_MAX));
		bool rest = false;
		assert_non_null(s);
		for (size_t i = 0; i < d->node_count; i++)
			rest = rest || (s->shown[i] && !is_important(d, i));
		for (size_t i = 0; rest && i < d->node_count; i++)
			assert_true(s->shown[i] || !is_important(d, i));
		sketch_free(s);
		drawing_free(d);
	}
}

static void check_bytes(int64_t bytes, const char *want)
{
	struct buffer text = BUFFER_INIT;
	sketch_put_bytes(&text, bytes);
	assert_string_equal(buffer_text(&text), want);
	buffer_fini(&text);
}

static void test_bytes_are_rounded_to_what_is_read(void **state)
{
	(void)state;
	check_bytes(0, "0 bytes");
	check_bytes(1, "1 byte");
	check_bytes(9999, "9,999 bytes");
	check_bytes(10000, "10.0 kB");
	check_bytes(10049, "10.0 kB");
	check_bytes(10050, "10.1 kB");
	check_bytes(999499, "999.5 kB");
	check_bytes(999500, "1.0 MB");
	check_bytes(-1234567, "-1,234,567 bytes");
	check_bytes(INT64_MAX, "9.2 EB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_left_out_is_counted_once),
		cmocka_unit_test(test_limit_holds_for_all_that_is_drawn),
		cmocka_unit_test(test_answer_is_shown_before_the_rest),
		cmocka_unit_test(test_bytes_are_rounded_to_what_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
