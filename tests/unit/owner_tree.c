/* SPDX-License-Identifier: MIT */
/* A node of the tree of owners is all objects with the same types above them, no more and
 * no less, and the sizes add up. */
#include "graph/owner_tree.h"

#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 40

/* A random heap, its dominators and its tree. */
struct owned {
	struct random_graph r;
	struct graph *g;
	struct dominators *d;
	struct objects *o;
	struct owner_tree *t;
};

static void owned_init(struct owned *w, uint64_t seed)
{
	static const char *const names[] = { "A", "B", "C" };
	int64_t size[NODES];
	const char *type[NODES];
	random_graph_init(&w->r, seed, NODES);
	for (size_t i = 0; i < w->r.n; i++) {
		size[i] = (int64_t)random_below(&w->r, 1000) - 10;
		type[i] = names[random_below(&w->r, 3)];
	}
	w->g = random_graph_build(&w->r);
	assert_non_null(w->g);
	w->d = dominators_new(w->g, w->g->roots, w->g->root_count, NULL);
	w->o = objects_build(size, type, (uint32_t)w->r.n, NULL);
	assert_true(w->d != NULL && w->o != NULL);
	w->t = owner_tree_new(w->d, w->o, NULL);
	assert_non_null(w->t);
}

static void owned_fini(struct owned *w)
{
	owner_tree_free(w->t);
	objects_free(w->o);
	dominators_free(w->d);
	graph_free(w->g);
}

/* The types from the top down to an object, or to a node of the tree: "ABA". */
static void types_of_object(const struct owned *w, uint32_t node, char text[NODES + 1])
{
	size_t n = 0;
	for (uint32_t at = node; at != DOMINATORS_TOP; at = w->d->immediate[at])
		n++;
	text[n] = '\0';
	for (uint32_t at = node; at != DOMINATORS_TOP; at = w->d->immediate[at])
		text[--n] = objects_type(w->o, at)[0];
}

static void types_of_place(const struct owned *w, uint32_t i, char text[NODES + 1])
{
	size_t n = w->t->node[i].depth;
	text[n] = '\0';
	for (uint32_t at = i; at != 0; at = w->t->node[at].parent)
		text[--n] = w->o->name[w->t->node[at].type][0];
}

static void check_place(const struct owned *w, uint32_t i)
{
	const struct owner_node *n = &w->t->node[i];
	char place[NODES + 1], object[NODES + 1];
	uint32_t objects = 0, contained = 0;
	int64_t own = 0, retained = 0;
	types_of_place(w, i, place);
	for (uint32_t k = 0; k < w->r.n; k++) {
		if (w->d->immediate[k] == DOMINATORS_UNREACHABLE)
			continue;
		types_of_object(w, k, object);
		if (strncmp(object, place, strlen(place)) != 0)
			continue;
		contained++;
		retained += w->o->size[k];
		if (strcmp(object, place) == 0) {
			objects++;
			own += w->o->size[k];
		}
	}
	assert_int_equal(n->objects, objects);
	assert_int_equal(n->contained, contained);
	assert_int_equal(n->own, own);
	assert_int_equal(n->retained, retained);
	assert_true(i == 0 || objects > 0);
}

static void test_place_is_all_objects_with_its_types_above(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct owned w;
		uint32_t objects = 0;
		owned_init(&w, seed);
		for (uint32_t i = 0; i < w.t->count; i++) {
			check_place(&w, i);
			objects += w.t->node[i].objects;
		}
		assert_int_equal(objects, w.d->reachable);
		owned_fini(&w);
	}
}

static void test_children_stand_in_the_order_of_what_they_retain(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct owned w;
		uint32_t seen = 1;
		owned_init(&w, seed);
		const struct owner_node *node = w.t->node;
		for (uint32_t i = 0; i < w.t->count; i++) {
			/* The first child stands right behind its parent. */
			assert_true(node[i].down == GRAPH_NONE || node[i].down == i + 1);
			for (uint32_t c = node[i].down; c != GRAPH_NONE;
				c = node[c].next) {
				uint32_t next = node[c].next;
				seen++;
				assert_int_equal(node[c].parent, i);
				assert_int_equal(node[c].depth, node[i].depth + 1);
				if (next == GRAPH_NONE)
					continue;
				assert_true(next > c);
				assert_true(node[c].retained > node[next].retained ||
					    (node[c].retained == node[next].retained &&
						    node[c].type < node[next].type));
			}
		}
		assert_int_equal(seen, w.t->count);
		owned_fini(&w);
	}
}

/* A list of links: what is deeper than the tree goes counts where it ends. */
static void test_what_is_too_deep_counts_in_the_last_place(void **state)
{
	enum { LINKS = 3 * OWNER_TREE_DEPTH };
	(void)state;
	int64_t address[LINKS], size[LINKS];
	struct graph_ref ref[LINKS];
	const char *type[LINKS];
	for (int64_t i = 0; i < LINKS; i++) {
		address[i] = 16 * (i + 1);
		ref[i] = (struct graph_ref){ 16 * i, 16 * (i + 1) };
		size[i] = 8;
		type[i] = "Link";
	}
	struct graph *g = graph_build(address, LINKS, ref, LINKS, NULL);
	assert_non_null(g);
	struct dominators *d = dominators_new(g, g->roots, g->root_count, NULL);
	struct objects *o = objects_build(size, type, LINKS, NULL);
	assert_true(d != NULL && o != NULL);
	struct owner_tree *t = owner_tree_new(d, o, NULL);
	assert_non_null(t);
	assert_int_equal(t->count, OWNER_TREE_DEPTH + 1);
	assert_int_equal(t->node[0].contained, LINKS);
	assert_int_equal(t->node[0].retained, 8 * LINKS);
	assert_int_equal(t->node[OWNER_TREE_DEPTH].objects, LINKS - OWNER_TREE_DEPTH + 1);
	owner_tree_free(t);
	objects_free(o);
	dominators_free(d);
	graph_free(g);
}

static void test_heap_without_roots_is_one_empty_place(void **state)
{
	(void)state;
	const int64_t address = 16, size = 8;
	const char *type = "A";
	struct graph *g = graph_build(&address, 1, NULL, 0, NULL);
	assert_non_null(g);
	struct dominators *d = dominators_new(g, g->roots, g->root_count, NULL);
	struct objects *o = objects_build(&size, &type, 1, NULL);
	assert_true(d != NULL && o != NULL);
	struct owner_tree *t = owner_tree_new(d, o, NULL);
	assert_non_null(t);
	assert_int_equal(t->count, 1);
	assert_int_equal(t->node[0].contained, 0);
	owner_tree_free(t);
	objects_free(o);
	dominators_free(d);
	graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_place_is_all_objects_with_its_types_above),
		cmocka_unit_test(test_children_stand_in_the_order_of_what_they_retain),
		cmocka_unit_test(test_what_is_too_deep_counts_in_the_last_place),
		cmocka_unit_test(test_heap_without_roots_is_one_empty_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
