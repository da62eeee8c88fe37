/* SPDX-License-Identifier: MIT */
/* A merged tree says of each of its places what a list of all the paths says. */
#include "explain/merge.h"

#include "random_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NODES 30
#define STEPS_MAX (NODES * NODES)

/* A step of the path to a target: what the path says up to there, and the object. */
struct step {
	char text[NODES * 5];
	uint32_t node, target;
};

struct paths {
	struct step step[STEPS_MAX];
	size_t count;
};

static void list_path(struct paths *p, const struct graph *g, const struct objects *o,
	const struct path_query *all, uint32_t target)
{
	struct path_query q = *all;
	struct path_list l = { 0 };
	char text[sizeof p->step->text] = "";
	q.targets = &target;
	q.target_count = 1;
	assert_true(path_find(g, &q, &l, NULL));
	for (size_t i = 0; i < l.node_count; i++) {
		struct step *s = &p->step[p->count++];
		assert_true(p->count <= STEPS_MAX);
		strcat(text, i == 0 ? "" : " -> ");
		strcat(text, objects_type(o, l.node[i]));
		strcpy(s->text, text);
		s->node = l.node[i];
		s->target = target;
	}
	free(l.node);
	free(l.start);
}

/* Compares a place with the steps of that text. */
static void check_place(
	const struct paths *p, const struct merge *m, const struct objects *o, uint32_t i)
{
	const struct merge_node *n = &m->node[i];
	struct buffer text = BUFFER_INIT;
	bool seen[NODES] = { false };
	uint32_t targets = 0, ends = 0, objects = 0, first = GRAPH_NONE;
	int64_t bytes = 0;
	merge_signature(m, o, i, &text);
	for (size_t k = 0; k < p->count; k++) {
		const struct step *s = &p->step[k];
		if (strcmp(s->text, buffer_text(&text)) != 0)
			continue;
		targets++;
		bytes += o->size[s->target];
		ends += s->node == s->target;
		objects += !seen[s->node];
		seen[s->node] = true;
		first = s->node < first ? s->node : first;
	}
	assert_int_equal(n->targets, targets);
	assert_int_equal(n->ends, ends);
	assert_int_equal(n->objects, objects);
	assert_int_equal(n->bytes, bytes);
	assert_int_equal(n->first, first);
	assert_true(n->parent == GRAPH_NONE || n->parent < i);
	buffer_fini(&text);
}

static void test_agrees_with_a_list_of_all_paths(void **state)
{
	static const char *const names[] = { "A", "B", "C" };
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct random_graph r;
		static struct paths p;
		int64_t size[NODES];
		const char *type[NODES];
		uint32_t targets[NODES], sources[2];
		random_graph_init(&r, seed, NODES);
		uint32_t n = (uint32_t)r.n;
		for (uint32_t i = 0; i < n; i++) {
			size[i] = 1 << random_below(&r, 20);
			type[i] = names[random_below(&r, 3)];
			targets[i] = i;
		}
		sources[0] = random_below(&r, n);
		sources[1] = random_below(&r, n);
		struct graph *g = random_graph_build(&r);
		struct objects *o = objects_build(size, type, n, NULL);
		struct path_query q = { .sources = sources,
			.source_count = 2,
			.targets = targets,
			.target_count = random_below(&r, n) + 1 };
		struct merge *m = merge_new(g, o, &q, NULL, NULL, false, NULL);
		assert_non_null(m);
		p.count = 0;
		uint32_t reached = 0, ends = 0;
		for (size_t i = 0; i < q.target_count; i++) {
			size_t before = p.count;
			list_path(&p, g, o, &q, targets[i]);
			reached += p.count > before;
		}
		for (uint32_t i = 0; i < m->count; i++) {
			check_place(&p, m, o, i);
			ends += m->node[i].ends;
		}
		assert_int_equal(m->reached, reached);
		assert_int_equal(m->unreachable, q.target_count - reached);
		assert_int_equal(ends, reached);
		merge_free(m);
		objects_free(o);
		graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agrees_with_a_list_of_all_paths),
	};
	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
