/* SPDX-License-Identifier: MIT */
/* cycles: objects that keep each other alive, and what holds them. */
#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "explain/labels.h"
#include "paths/path.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "session/picture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CYCLES_ROWS = 20, CYCLES_TYPES = 4, CYCLES_HOLDERS = 5 };

/* A component that is a cycle. */
struct cycle {
	uint32_t component;
	uint32_t objects;
	int64_t bytes;
	bool garbage; /* no root leads to it */
};

struct cycles {
	struct analysis *a;
	const struct objects *o;
	const struct scc *scc;
	const uint64_t *reachable;
	uint32_t *members;   /* of one cycle by type; all 0 between rows */
	struct cycle *cycle; /* largest first */
	size_t count;
};

static int cycles_compare(const void *a, const void *b)
{
	const struct cycle *x = a, *y = b;
	if (x->objects != y->objects)
		return x->objects > y->objects ? -1 : 1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return (x->component > y->component) - (x->component < y->component);
}

/* The types of the members, the most frequent first ("2 CycleNode, 2 dict"), and a real
 * way around ("dict -> list -> dict"). */
static bool cycles_push(struct result *r, const struct cycles *c,
	const struct cycle *cycle, struct error *err)
{
	struct buffer types = BUFFER_INIT, route = BUFFER_INIT;
	struct path_list around = { 0 };
	size_t n, kinds = 0, steps = 0, holders = 0;
	const uint32_t *member = scc_members(c->scc, cycle->component, &n);
	uint32_t *holder = scc_holders(c->a->g, c->scc, cycle->component, &holders, err);
	struct sort_rank *type = array_new(n, sizeof *type);
	bool ok = holder != NULL && (type != NULL || error_nomem(err)) &&
		  path_find_cycle(c->a->g, member[0], &around, err);
	for (size_t i = 0; ok && i < n; i++)
		if (c->members[c->o->type[member[i]]]++ == 0)
			type[kinds++].id = c->o->type[member[i]];
	for (size_t i = 0; i < kinds; i++) {
		type[i].weight = c->members[type[i].id];
		c->members[type[i].id] = 0;
	}
	assert(kinds <= n);
	sort_ranks(type, kinds);
	for (size_t i = 0; i < kinds && i < CYCLES_TYPES; i++)
		buffer_printf(&types, "%s%lld %s", i == 0 ? "" : ", ",
			(long long)type[i].weight, c->o->name[type[i].id]);
	if (kinds > CYCLES_TYPES)
		buffer_printf(&types, ", %zu more types", kinds - CYCLES_TYPES);
	const uint32_t *node =
		ok && around.count > 0 ? path_list_get(&around, 0, &steps) : NULL;
	for (size_t i = 0; i < steps; i++) {
		if (i == 12 && steps > 14) {
			buffer_printf(&route, " -> … %zu more", steps - 1 - i);
			i = steps - 1;
		}
		buffer_printf(&route, "%s%s", i == 0 ? "" : " -> ",
			objects_type(c->o, node[i]));
	}
	if (ok) {
		const struct cell row[] = { cell_integer(cycle->objects),
			cell_integer(cycle->bytes), cell_text(buffer_text(&types)),
			cell_text(buffer_text(&route)),
			cell_text(cycle->garbage ? "garbage" : "alive"),
			cell_integer((int64_t)holders),
			holders == 0 ? cell_null()
				     : cell_integer(c->a->g->address[holder[0]]),
			cell_integer(c->a->g->address[member[0]]) };
		ok = types.failed || route.failed ? error_nomem(err)
						  : result_push(r, row, err);
	}
	path_list_fini(&around);
	free(type);
	free(holder);
	buffer_fini(&types);
	buffer_fini(&route);
	return ok;
}

/* A picture at work. */
struct cycles_picture {
	struct drawing *d;
	struct session *s;
	const struct graph *g;
	struct labels *labels;
	bool attributes; /* the last reference led to an attribute dict */
};

static bool cycles_draw_edge(struct cycles_picture *p, uint32_t from, uint32_t to,
	unsigned flags, struct error *err)
{
	struct drawing *d = p->d;
	struct label label;
	int64_t parent = p->g->address[from], child = p->g->address[to];
	if (!labels_find(p->labels, parent, child, 0, p->attributes, &label, err))
		return false;
	p->attributes = label.is_dict;
	struct drawing_edge edge = { .from = drawing_find(d, (uint64_t)parent),
		.to = drawing_find(d, (uint64_t)child),
		.label = label.text[0] == '\0' ? NULL : label.text,
		.count = 1,
		.bytes = -1,
		.flags = flags | (label.guessed ? DRAWING_GUESSED : 0u) };
	return drawing_put_edge(d, &edge, err);
}

/* A shortest path around a cycle, and what holds it. */
static bool cycles_draw(struct drawing *d, struct session *s, const struct cycles *c,
	uint32_t component, struct error *err)
{
	struct path_list l = { 0 };
	const struct graph *g = c->a->g;
	struct cycles_picture p = { d, s, g, labels_open(s->db, c->a->generation, err),
		false };
	size_t members, n = 0, holders = 0, shown = 0;
	uint32_t first = *scc_members(c->scc, component, &members), *holder = NULL;
	bool ok = p.labels != NULL && path_find_cycle(g, first, &l, err);
	const uint32_t *node = ok && l.count > 0 ? path_list_get(&l, 0, &n) : NULL;
	for (size_t i = 0; ok && i < n; i++) {
		ok = picture_put_object(
			d, &s->held, g->address[node[i]], DRAWING_CYCLE, err);
		if (ok && i > 0)
			ok = cycles_draw_edge(
				&p, node[i - 1], node[i], DRAWING_ON_PATH, err);
	}
	/* The first few references into the drawn part; `holder` is pairs: from, to. */
	ok = ok && (holder = scc_holders(g, c->scc, component, &holders, err)) != NULL;
	for (size_t i = 0; ok && i < holders && shown < CYCLES_HOLDERS; i++) {
		uint32_t from = holder[2 * i], to = holder[2 * i + 1];
		if (drawing_find(d, (uint64_t)g->address[to]) == SIZE_MAX)
			continue;
		shown++;
		p.attributes = false;
		ok = picture_put_object(
			     d, &s->held, g->address[from], DRAWING_SOURCE, err) &&
		     cycles_draw_edge(&p, from, to, 0, err);
	}
	assert(shown <= holders);
	/* All others are one node before the cycle. */
	if (ok && holders > shown) {
		struct drawing_node more = { .id = UINT64_MAX - component,
			.title = "more references into it",
			.bytes = -1,
			.count = (int64_t)(holders - shown),
			.flags = DRAWING_MORE };
		struct drawing_edge edge = { .to = 0, .count = 1, .bytes = -1 };
		ok = drawing_put_node(d, &more, &edge.from, err) &&
		     drawing_put_edge(d, &edge, err);
	}
	free(holder);
	path_list_fini(&l);
	labels_close(p.labels);
	return ok;
}

/* cycles [of "COND"] [top N]: those of which at least one object is in COND. */
static bool cycles_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "objects", "bytes", "types", "route",
		"state", "held_by", "holder", "address" };
	enum { OF, TOP };
	struct clause clause[] = { [OF] = { .name = "of", .takes = true },
		[TOP] = { .name = "top", .takes = true },
		{ 0 } };
	struct cycles c = { .a = session_analysis(s, err) };
	struct result *r = NULL;
	uint64_t *of = NULL;
	size_t cap = 0;
	int64_t top;
	if (c.a == NULL || !clauses_read(in, 0, clause, err) ||
		!clause_number(in, &clause[TOP], 1, CYCLES_ROWS, &top, err) ||
		!clause_bits(s, c.a->g, in, &clause[OF], &of, err))
		return false;
	c.reachable = analysis_reachable(c.a, err);
	c.o = c.a->objects;
	c.scc = analysis_scc(c.a, err);
	bool ok = c.reachable != NULL && c.scc != NULL;
	if (ok) {
		c.members = array_new_zeroed(c.o->types, sizeof *c.members);
		ok = c.members != NULL || error_nomem(err);
	}
	for (uint32_t i = 0; ok && i < c.scc->count; i++) {
		size_t n;
		const uint32_t *member = scc_members(c.scc, i, &n);
		assert(n > 0);
		struct cycle cycle = { .component = i,
			.objects = (uint32_t)n,
			.garbage = !bits_has(c.reachable, member[0]) };
		bool wanted = of == NULL;
		for (size_t k = 0; k < n; k++) {
			wanted = wanted || bits_has(of, member[k]);
			cycle.bytes = saturate_add(cycle.bytes, c.o->size[member[k]]);
		}
		if (!wanted || !scc_is_cycle(c.a->g, c.scc, i))
			continue;
		ok = array_reserve(&c.cycle, &cap, c.count + 1, sizeof cycle) ||
		     error_nomem(err);
		if (ok)
			c.cycle[c.count++] = cycle;
	}
	if (ok) {
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = (r != NULL && (r->drawing = drawing_new()) != NULL) ||
		     error_nomem(err);
	}
	if (ok && c.count > 0)
		qsort(c.cycle, c.count, sizeof *c.cycle, cycles_compare);
	for (size_t i = 0; ok && i < c.count && (int64_t)i < top; i++)
		ok = cycles_push(r, &c, &c.cycle[i], err);
	/* Of the rows the first that is garbage says more than the first of all, which
	 * in every program is that of its modules and classes. */
	const struct cycle *drawn = c.cycle;
	for (size_t i = 0; ok && i < c.count && (int64_t)i < top; i++)
		if (c.cycle[i].garbage) {
			drawn = &c.cycle[i];
			break;
		}
	if (ok && c.count > 0)
		ok = cycles_draw(r->drawing, s, &c, drawn->component, err);
	if (ok && (int64_t)c.count > top)
		session_note(s, "%zu cycles, of which %lld are shown", c.count,
			(long long)top);
	free(c.members);
	free(c.cycle);
	free(of);
	return session_answer(s, ok, r, err);
}

const struct command command_cycles = {
	.name = "cycles",
	.usage = "[of \"COND\"] [top N]",
	.summary = "show the reference cycles, a shortest path around each and what "
		   "holds it",
	.kind = COMMAND_CONDITIONS,
	.most = COMMAND_ANY,
	.run = cycles_run,
};
