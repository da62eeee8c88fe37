/* SPDX-License-Identifier: MIT */
/* Boxes and lines of random graphs: no two overlap, and lines go from layer to layer. */
#include "picture/layers.h"

#include "result/drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t below(uint64_t *state, uint32_t n)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)((*state >> 33) % n);
}

static struct drawing *random_drawing(uint64_t *state)
{
	struct drawing *d = drawing_new();
	assert_non_null(d);
	uint32_t n = 1 + below(state, 30);
	for (uint32_t i = 0; i < n; i++) {
		struct drawing_node node = {
			.id = i, .title = (char *)(uintptr_t) "t", .bytes = -1, .count = 1
		};
		assert_true(drawing_put_node(d, &node, NULL, NULL));
	}
	for (uint32_t i = below(state, n * 2); i > 0; i--) {
		struct drawing_edge edge = { .from = below(state, n),
			.to = below(state, n),
			.count = 1,
			.bytes = -1 };
		assert_true(drawing_put_edge(d, &edge, NULL));
	}
	return d;
}

static void check_items(const struct layers *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct layers_item *a = &l->item[i];
		assert_true(a->layer < l->layers);
		/* Whole pixels may take one. */
		assert_true(a->y - a->height / 2 >= -1);
		assert_true(a->y + a->height / 2 <= l->height + 1);
		for (size_t k = 0; k < i; k++) {
			const struct layers_item *b = &l->item[k];
			if (a->layer != b->layer)
				continue;
			assert_int_not_equal(a->rank, b->rank);
			double distance = a->rank > b->rank ? a->y - b->y : b->y - a->y;
			assert_true(distance >= (a->height + b->height) / 2);
		}
	}
}

static void check_edge(const struct layers *l, const struct drawing *d, size_t e)
{
	const struct drawing_edge *edge = &d->edges[e];
	size_t left = l->back[e] ? edge->to : edge->from;
	size_t right = l->back[e] ? edge->from : edge->to;
	if (left == right) {
		assert_int_equal(l->length[e], 0);
		return;
	}
	assert_true(l->length[e] > 0);
	size_t at = left;
	for (size_t k = 0; k < l->length[e]; k++) {
		const struct layers_segment *s = &l->segment[l->first[e] + k];
		const struct layers_item *a = &l->item[s->left], *b = &l->item[s->right];
		assert_int_equal(s->left, at);
		assert_int_equal(a->layer + 1, b->layer);
		/* It leaves and arrives at the sides. */
		assert_true(s->left_y >= a->y - a->height / 2);
		assert_true(s->left_y <= a->y + a->height / 2);
		assert_true(s->right_y >= b->y - b->height / 2);
		assert_true(s->right_y <= b->y + b->height / 2);
		at = s->right;
		assert_true(k + 1 == l->length[e] || at >= l->nodes);
	}
	assert_int_equal(at, right);
}

static void test_random_graphs(void **unused)
{
	uint64_t state = 1;
	(void)unused;
	for (int round = 0; round < 400; round++) {
		struct drawing *d = random_drawing(&state);
		struct layers l, again;
		assert_true(layers_make(&l, d));
		assert_int_equal(l.nodes, d->node_count);
		check_items(&l);
		for (size_t e = 0; e < d->edge_count; e++)
			check_edge(&l, d, e);
		assert_true(layers_make(&again, d));
		assert_int_equal(again.count, l.count);
		for (size_t i = 0; i < l.count; i++) {
			assert_int_equal(l.item[i].rank, again.item[i].rank);
			assert_true(l.item[i].y <= again.item[i].y);
			assert_true(l.item[i].y >= again.item[i].y);
		}
		layers_fini(&l);
		layers_fini(&again);
		drawing_free(d);
	}
}

static size_t crossings(const struct layers *l)
{
	size_t n = 0;
	for (size_t s = 0; s < l->segments; s++)
		for (size_t t = 0; t < s; t++) {
			const struct layers_segment *a = &l->segment[s],
						    *b = &l->segment[t];
			if (l->item[a->left].layer != l->item[b->left].layer)
				continue;
			double left = l->item[a->left].y - l->item[b->left].y;
			double right = l->item[a->right].y - l->item[b->right].y;
			n += left * right < 0;
		}
	return n;
}

/* A tree whose nodes come in an order that crosses nearly all lines. */
static void test_trees_have_no_crossings(void **unused)
{
	enum { NODES = 31 };
	struct drawing *d = drawing_new();
	(void)unused;
	assert_non_null(d);
	for (uint64_t i = 0; i < NODES; i++) {
		struct drawing_node node = {
			.id = i, .title = (char *)(uintptr_t) "t", .bytes = -1, .count = 1
		};
		assert_true(drawing_put_node(d, &node, NULL, NULL));
	}
	/* Node i of the heap-shaped tree is 7 * i mod 31 of the drawing. */
	for (size_t i = 1; i < NODES; i++) {
		struct drawing_edge edge = { .from = (i - 1) / 2 * 7 % NODES,
			.to = i * 7 % NODES,
			.count = 1,
			.bytes = -1 };
		assert_true(drawing_put_edge(d, &edge, NULL));
	}
	struct layers l;
	assert_true(layers_make(&l, d));
	assert_int_equal(l.layers, 5);
	assert_int_equal(crossings(&l), 0);
	layers_fini(&l);
	drawing_free(d);
}

/* One line among many nodes: those without one do not spread the picture. */
static void test_nodes_without_lines_are_in_rows_below(void **unused)
{
	struct drawing *d = drawing_new();
	(void)unused;
	assert_non_null(d);
	for (uint64_t i = 0; i < 7; i++) {
		struct drawing_node node = {
			.id = i, .title = (char *)(uintptr_t) "t", .bytes = -1, .count = 1
		};
		assert_true(drawing_put_node(d, &node, NULL, NULL));
	}
	struct drawing_edge edge = { .from = 4, .to = 1, .count = 1, .bytes = -1 };
	assert_true(drawing_put_edge(d, &edge, NULL));
	struct layers l;
	assert_true(layers_make(&l, d));
	assert_int_equal(l.layers, 2);
	check_items(&l);
	/* Four rows of boxes, the last of one, and a gap between two. */
	assert_true(l.height < 5 * LAYERS_BOX + 4 * 20);
	for (size_t i = 0; i < 7; i++)
		if (i != 1 && i != 4)
			assert_true(l.item[i].y > l.item[4].y + LAYERS_BOX);
	layers_fini(&l);
	drawing_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_graphs),
		cmocka_unit_test(test_trees_have_no_crossings),
		cmocka_unit_test(test_nodes_without_lines_are_in_rows_below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
