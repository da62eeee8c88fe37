/* SPDX-License-Identifier: MIT */
/* gc, continue_gc, garbage: what nothing keeps alive. */
#include "base/array.h"
#include "base/bits.h"
#include "base/magnitude.h"
#include "command/commands.h"
#include "model/marks.h"
#include "model/object.h"
#include "model/reach.h"
#include "model/roots.h"
#include "model/scc.h"

#include <inttypes.h>
#include <stdlib.h>

/* The objects of a heap, and the roots that the user's rule finds in it. */
struct gc_heap {
	const struct graph *g; /* borrowed from the session */
	struct objects *objects;
	struct roots *roots;
};

static bool gc_heap_init(struct gc_heap *h, struct session *s, struct error *err)
{
	*h = (struct gc_heap){ .g = session_graph(s, err) };
	if (h->g == NULL ||
		!objects_load(s->db, s->graph_generation, h->g, &h->objects, err))
		return false;
	h->roots = roots_load(s->db, s->graph_generation, h->g, h->objects, err);
	return h->roots != NULL;
}

static void gc_heap_fini(struct gc_heap *h)
{
	roots_free(h->roots);
	objects_free(h->objects);
}

/* What a collection would delete. */
struct gc_plan {
	size_t kept, deleted;
	double bytes; /* of what is deleted; sizes may be enormous */
};

static void gc_make_plan(
	struct gc_plan *plan, const struct gc_heap *h, const uint32_t *mark)
{
	*plan = (struct gc_plan){ 0 };
	for (uint32_t i = 0; i < h->g->nodes; i++) {
		plan->kept += mark[i] != 0;
		plan->deleted += mark[i] == 0;
		plan->bytes += mark[i] != 0 ? 0.0 : (double)h->objects->size[i];
	}
}

static void gc_tell(struct session *s, const struct invocation *in,
	const struct gc_plan *plan, bool keep)
{
	char bytes[MAGNITUDE_MAX];
	magnitude_format(bytes, plan->bytes);
	session_note(s,
		"%s: %zu of %zu objects are reachable; %zu objects of %.0f%s bytes are "
		"not%s",
		in->command->name, plan->kept, plan->kept + plan->deleted, plan->deleted,
		plan->bytes, bytes, keep ? " and stay" : ": deleting them");
}

/* Most of a heap is alive: roots that keep less than half of it are not its roots. */
static bool gc_is_sane(
	const struct invocation *in, const struct gc_plan *plan, struct error *err)
{
	if (plan->deleted <= plan->kept)
		return true;
	return error_at(err, STATUS_SCRIPT, 0,
		"%s would delete %zu of %zu objects, more than half: 'roots' shows what "
		"keeps objects, '%s force' deletes all the same",
		in->command->name, plan->deleted, plan->kept + plan->deleted,
		in->command->name);
}

static bool gc_write(struct session *s, const struct graph *g, const uint32_t *mark,
	bool keep, struct error *err)
{
	if (!db_begin(s->db, err))
		return false;
	if (marks_write(s->db, g, mark, err) && (keep || marks_sweep(s->db, err)) &&
		db_commit(s->db, err))
		return true;
	db_rollback(s->db);
	return false;
}

/* The depths under the roots, or what continues the marks in the table. */
static uint32_t *gc_mark(
	struct session *s, const struct gc_heap *h, bool go_on, struct error *err)
{
	if (!go_on) {
		struct reach_query q = { .nodes = h->roots->node,
			.count = h->roots->count };
		return reach_depths(h->g, &q, err);
	}
	uint32_t *mark = marks_read(s->db, h->g, err);
	if (mark == NULL || marks_continue(mark, h->g, err))
		return mark;
	free(mark);
	return NULL;
}

static bool gc_collect(
	struct session *s, const struct invocation *in, bool go_on, struct error *err)
{
	bool keep = in->words.count == 1 && words_is(&in->words, 0, "keep");
	bool force = in->words.count == 1 && words_is(&in->words, 0, "force");
	if (in->words.count == 1 && !force && (!keep || go_on))
		return command_usage(in, err);
	struct gc_heap h;
	struct gc_plan plan;
	uint32_t *mark = NULL;
	bool ok = gc_heap_init(&h, s, err) && (mark = gc_mark(s, &h, go_on, err)) != NULL;
	if (ok) {
		gc_make_plan(&plan, &h, mark);
		ok = keep || force || gc_is_sane(in, &plan, err);
	}
	if (ok)
		gc_tell(s, in, &plan, keep);
	ok = ok && gc_write(s, h.g, mark, keep, err);
	gc_heap_fini(&h);
	free(mark);
	return ok;
}

static bool gc_run(struct session *s, const struct invocation *in, struct error *err)
{
	return gc_collect(s, in, false, err);
}

const struct command command_gc = {
	.name = "gc",
	.usage = "[keep|force]",
	.summary = "mark what the roots reach and delete the rest",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = gc_run,
};

static bool continue_gc_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	return gc_collect(s, in, true, err);
}

const struct command command_continue_gc = {
	.name = "continue_gc",
	.usage = "[force]",
	.summary = "go on with a gc that was interrupted, from the marks it left",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = continue_gc_run,
};

/* --- garbage ------------------------------------------------------------------------ */

struct garbage {
	struct gc_heap heap;
	uint64_t *alive;
	struct scc *scc;
};

static bool garbage_init(struct garbage *b, struct session *s, struct error *err)
{
	*b = (struct garbage){ 0 };
	if (!gc_heap_init(&b->heap, s, err))
		return false;
	struct reach_query q = { .nodes = b->heap.roots->node,
		.count = b->heap.roots->count };
	b->alive = reach_find(b->heap.g, &q, NULL, err);
	b->scc = b->alive == NULL ? NULL : scc_new(b->heap.g, err);
	return b->scc != NULL;
}

static void garbage_fini(struct garbage *b)
{
	gc_heap_fini(&b->heap);
	scc_free(b->scc);
	free(b->alive);
}

static bool garbage_in_cycle(const struct garbage *b, uint32_t node)
{
	return scc_is_cycle(b->heap.g, b->scc, b->scc->component[node]);
}

struct garbage_type {
	uint32_t type;
	int64_t count, in_cycles;
	int64_t bytes; /* saturated */
};

static int garbage_compare_types(const void *a, const void *b)
{
	const struct garbage_type *x = a, *y = b;
	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return (x->type > y->type) - (x->type < y->type);
}

static void garbage_count(const struct garbage *b, struct garbage_type *types)
{
	const struct objects *o = b->heap.objects;
	for (uint32_t t = 0; t < o->types; t++)
		types[t] = (struct garbage_type){ .type = t };
	for (uint32_t n = 0; n < o->nodes; n++) {
		if (bits_has(b->alive, n))
			continue;
		struct garbage_type *t = &types[o->type[n]];
		t->count++;
		t->in_cycles += garbage_in_cycle(b, n);
		if (__builtin_add_overflow(t->bytes, o->size[n], &t->bytes))
			t->bytes = o->size[n] < 0 ? INT64_MIN : INT64_MAX;
	}
	qsort(types, o->types, sizeof *types, garbage_compare_types);
}

static struct result *garbage_by_type(const struct garbage *b, struct error *err)
{
	static const char *const names[] = { "type", "objects", "bytes", "in_cycles" };
	const struct objects *o = b->heap.objects;
	struct garbage_type *types = array_new(o->types, sizeof *types);
	struct result *r = types == NULL ? NULL : result_new(4, names);
	bool ok = r != NULL || error_nomem(err);
	if (ok)
		garbage_count(b, types);
	for (uint32_t t = 0; ok && t < o->types; t++) {
		const struct cell row[] = { cell_text(o->name[types[t].type]),
			cell_integer(types[t].count), cell_integer(types[t].bytes),
			cell_integer(types[t].in_cycles) };
		ok = types[t].count == 0 || result_push(r, row, err);
	}
	free(types);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

/* Each cycle is told by the address of its first object. */
static struct cell garbage_cycle(const struct garbage *b, uint32_t node)
{
	size_t n;
	if (!garbage_in_cycle(b, node))
		return cell_null();
	const uint32_t *member = scc_members(b->scc, b->scc->component[node], &n);
	return cell_integer(b->heap.g->address[member[0]]);
}

static bool garbage_push_object(struct session *s, struct result *r,
	const struct garbage *b, uint32_t node, struct error *err)
{
	struct object o;
	bool ok = object_read(&o, s->db, b->heap.g->address[node], err);
	if (ok) {
		const struct cell row[] = { cell_integer(o.address), cell_text(o.type),
			cell_text(object_detail(&o)), cell_integer(o.size),
			garbage_cycle(b, node) };
		ok = result_push(r, row, err);
	}
	object_fini(&o);
	return ok;
}

static struct result *garbage_objects(
	struct session *s, const struct garbage *b, struct error *err)
{
	static const char *const names[] = { "address", "type", "repr", "size", "cycle" };
	struct result *r = result_new(5, names);
	bool ok = r != NULL || error_nomem(err);
	for (uint32_t n = 0; ok && n < b->heap.g->nodes; n++)
		ok = bits_has(b->alive, n) || garbage_push_object(s, r, b, n, err);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool garbage_run(struct session *s, const struct invocation *in, struct error *err)
{
	bool each = in->words.count == 1 && words_is(&in->words, 0, "objects");
	if (in->words.count == 1 && !each)
		return command_usage(in, err);
	struct garbage b;
	struct result *r = NULL;
	if (garbage_init(&b, s, err))
		r = each ? garbage_objects(s, &b, err) : garbage_by_type(&b, err);
	garbage_fini(&b);
	return r != NULL && session_emit(s, r, err);
}

const struct command command_garbage = {
	.name = "garbage",
	.usage = "[objects]",
	.summary = "count what only reference cycles keep alive, by type",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = garbage_run,
};
