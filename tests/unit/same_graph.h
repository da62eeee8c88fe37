/* SPDX-License-Identifier: MIT */
/* Two graphs, and the objects of two, are the same to the last node. */
#ifndef MEMSEE_TESTS_SAME_GRAPH_H
#define MEMSEE_TESTS_SAME_GRAPH_H

#include "graph/objects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline void check_same(const struct graph *a, const struct graph *b)
{
	size_t n = a->nodes, m = a->references;
	assert_int_equal(n, b->nodes);
	assert_int_equal(m, b->references);
	assert_int_equal(a->root_count, b->root_count);
	assert_int_equal(a->dangling, b->dangling);
	assert_int_equal(a->orphaned, b->orphaned);
	assert_memory_equal(a->address, b->address, n * sizeof *a->address);
	assert_memory_equal(a->children.start, b->children.start, (n + 1) * 4);
	assert_memory_equal(a->children.node, b->children.node, m * 4);
	const struct graph_side *x = graph_parents(a, NULL), *y = graph_parents(b, NULL);
	assert_non_null(x);
	assert_non_null(y);
	assert_memory_equal(x->start, y->start, (n + 1) * 4);
	assert_memory_equal(x->node, y->node, m * 4);
	assert_memory_equal(a->referred, b->referred, (n / 64 + 1) * sizeof *a->referred);
	assert_memory_equal(a->roots, b->roots, a->root_count * sizeof *a->roots);
	assert_memory_equal(a->orphans, b->orphans, (n / 64 + 1) * sizeof *a->orphans);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(graph_find_node(b, a->address[i]), i);
}

static inline void check_same_objects(const struct objects *a, const struct objects *b)
{
	assert_int_equal(a->nodes, b->nodes);
	assert_int_equal(a->types, b->types);
	assert_memory_equal(a->size, b->size, a->nodes * sizeof *a->size);
	assert_memory_equal(a->type, b->type, a->nodes * sizeof *a->type);
	for (uint32_t i = 0; i < a->types; i++)
		assert_string_equal(a->name[i], b->name[i]);
}

#endif
