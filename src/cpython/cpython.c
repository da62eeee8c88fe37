/* SPDX-License-Identifier: MIT */
#include "cpython/cpython.h"

#include "base/array.h"
#include "cpython/cpython_heap.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum {
	INTERPRETERS_MAX = 1024,
	THREADS_MAX = 1 << 16,
	HEAD = 16, /* bytes of the collector in front of an object */
	/* Objects between two calls of memory_rest(): each may touch several pages. */
	REST_BYTES = 1 << 15,
	REST_MIN = 128,
	REST_MAX = 1 << 14,
	ROOM = 256 << 10, /* bytes for the names of some thousand types */
};

static void heap_init(struct cpython *c, struct memory *m, const char *name)
{
	*c = (struct cpython){ .m = m, .name = name };
	arena_init(&c->room);
	arena_pieces(&c->room, ROOM);
	for (size_t i = 0; i < m->count; i++)
		c->words += (m->ranges[i].end - m->ranges[i].start) / 8;
	size_t rest = m->file_size / REST_BYTES;
	c->rest = rest < REST_MIN ? REST_MIN : rest > REST_MAX ? REST_MAX : rest;
}

static void heap_fini(struct cpython *c)
{
	free(c->types);
	free(c->refs);
	free(c->stack);
	free(c->tracked);
	free(c->closures);
	map_fini(&c->by_address);
	map_fini(&c->by_closure);
	buffer_fini(&c->labels);
	buffer_fini(&c->label);
	buffer_fini(&c->key);
	buffer_fini(&c->value);
	buffer_fini(&c->object_name);
	buffer_fini(&c->scratch);
	arena_fini(&c->room);
}

static void heap_add_root(struct cpython *c, uint64_t address, const char *reason)
{
	if (address != 0 && c->root_count < sizeof c->roots / sizeof *c->roots)
		c->roots[c->root_count++] = (struct cpython_root){ address, reason };
}

/* --- what the collector tracks -------------------------------------------------------
 */

/* Walks one list.  As long as each object's link back is right, the ring cannot close
 * before the head, because no object has two predecessors.  After a wrong link, as in the
 * lists of a collector at work, the walk continues only to new objects. */
static bool heap_take_list(struct cpython *c, uint64_t head, struct error *err)
{
	uint64_t before = head;
	uint64_t at = cpython_u64(c, head) & ~UINT64_C(3);
	bool torn = false; /* a wrong link may lead into a ring without the head */
	while (at != 0 && at != head) {
		if (memory_at(c->m, at, HEAD + 16) == NULL) {
			c->broken++;
			return true;
		}
		bool fits = (cpython_u64(c, at + 8) & ~UINT64_C(3)) == before;
		bool is_object = cpython_type_of(c, at + HEAD) != NULL;
		c->broken += !fits || !is_object;
		bool fresh = is_object && memory_mark(c->m, at + HEAD);
		torn |= !fits;
		if (!fresh && torn)
			return true;
		if (fresh) {
			if (!array_reserve(&c->tracked, &c->tracked_cap,
				    c->tracked_count + 1, sizeof *c->tracked))
				return error_nomem(err);
			c->tracked[c->tracked_count++] = at + HEAD;
			if (c->tracked_count % c->rest == 0)
				memory_rest(c->m);
		}
		before = at;
		at = cpython_u64(c, at) & ~UINT64_C(3);
	}
	return true;
}

/* --- telling -------------------------------------------------------------------------
 */

void cpython_begin(struct cpython *c)
{
	c->ref_count = 0;
	c->labelled = false;
	c->surrogates = 0;
	buffer_clear(&c->labels);
	buffer_put_char(&c->labels, '[');
	buffer_clear(&c->value);
	buffer_clear(&c->object_name);
}

bool cpython_tell(struct cpython *c, struct dump_object *o, struct dump_sink *sink,
	struct error *err)
{
	assert(o->type.data != NULL && c->ref_count <= c->ref_cap);
	o->refs = c->refs;
	o->ref_count = c->ref_count;
	o->surrogates = c->surrogates;
	if (c->labelled) {
		buffer_put_char(&c->labels, ']');
		o->labels = (struct dump_text){ buffer_text(&c->labels), c->labels.len };
	}
	if (c->nomem || c->labels.failed || c->label.failed || c->key.failed ||
		c->value.failed || c->object_name.failed || c->scratch.failed)
		return error_nomem(err);
	if (c->line % c->rest == 0)
		memory_rest(c->m);
	return sink->object(sink->data, ++c->line, o, err);
}

static bool heap_tell(
	struct cpython *c, uint64_t object, struct dump_sink *sink, struct error *err)
{
	enum { IMMORTAL = 1 << 29 }; /* no other object has so many references */
	const struct cpython_type *t = cpython_type_of(c, object);
	if (t == NULL || memory_at(c->m, object, cpython_bytes_of(c, t)) == NULL) {
		c->dropped++;
		return true;
	}
	struct dump_object o = { .address = (int64_t)object, .type = t->name };
	cpython_begin(c);
	cpython_describe(c, t, object, &o);
	o.size = cpython_size(c, t, object);
	o.has_size = true;
	/* The reason why the interpreter itself holds the object, if it does. */
	const struct cpython_layout *l = &c->layout;
	const char *reason = NULL;
	for (size_t i = 0; reason == NULL && i < c->root_count; i++)
		if (c->roots[i].address == object)
			reason = c->roots[i].reason;
	if (reason == NULL && t->is_type &&
		(cpython_field(c, object, l->tp_flags) & CPYTHON_HEAP_TYPE) == 0)
		reason = "static type";
	if (reason == NULL && t->single)
		reason = "singleton";
	if (reason == NULL && t->rule == CPYTHON_STR && t->exact &&
		cpython_since(c, 12) && memory_u32(c->m, object) >= IMMORTAL &&
		(memory_u32(c->m, object + (uint64_t)l->us_state) &
			(unsigned)l->us_interned_bits) != 0)
		reason = "interned";
	if (reason != NULL)
		o.root = (struct dump_text){ reason, strlen(reason) };
	if (t->rule == CPYTHON_FRAME)
		o.value = (struct dump_text){ buffer_text(&c->value), c->value.len };
	if (!cpython_tell(c, &o, sink, err))
		return false;
	/* The type is an object too, even if nothing else refers to it. */
	if (memory_mark(c->m, t->address)) {
		if (!array_reserve(&c->stack, &c->stack_cap, c->stack_count + 1,
			    sizeof *c->stack))
			return error_nomem(err);
		c->stack[c->stack_count++] = t->address;
	}
	return true;
}

static bool heap_drain(struct cpython *c, struct dump_sink *sink, struct error *err)
{
	assert(c->stack_count <= c->stack_cap);
	while (c->stack_count > 0)
		if (!heap_tell(c, c->stack[--c->stack_count], sink, err))
			return false;
	return true;
}

/* --- facts ---------------------------------------------------------------------------
 */

static bool heap_fact_text(
	struct dump_sink *sink, const char *name, const char *text, struct error *err)
{
	return sink->fact(sink->data, name, cell_text(text), err);
}

static bool heap_fact_number(
	struct dump_sink *sink, const char *name, int64_t number, struct error *err)
{
	return number == 0 || sink->fact(sink->data, name, cell_integer(number), err);
}

static bool heap_facts(struct cpython *c, struct dump_sink *sink, struct error *err)
{
	enum { ARGUMENTS_MAX = 1000 };
	struct buffer text = BUFFER_INIT;
	const struct memory *m = c->m;
	cpython_text(c, cpython_dict_get(c, c->sys, "version"), CPYTHON_TEXT_MAX, &text);
	if (text.len > 0)
		text.data[strcspn(text.data, " ")] = '\0';
	bool ok = heap_fact_text(sink, "version", buffer_text(&text), err);
	buffer_clear(&text);
	/* The command line, from sys.argv. */
	uint64_t argv = cpython_dict_get(c, c->sys, "argv");
	const struct cpython_type *t =
		cpython_is_object(c, argv) ? cpython_type_of(c, argv) : NULL;
	bool list = t != NULL && t->rule == CPYTHON_LIST;
	uint64_t n = list ? cpython_u64(c, argv + 16) : 0;
	uint64_t items = list ? cpython_field(c, argv, c->layout.li_items) : 0;
	for (uint64_t i = 0; i < n && i < ARGUMENTS_MAX; i++) {
		if (i > 0)
			buffer_put_char(&text, ' ');
		cpython_text(c, cpython_u64(c, items + i * 8), MEMORY_TEXT_MAX, &text);
	}
	ok = ok && heap_fact_text(sink, "program", buffer_text(&text), err);
	ok = ok && heap_fact_number(sink, "pid", m->pid, err);
	char time[32];
	struct tm tm;
	time_t when = (time_t)m->time;
	if (ok && m->time != 0 && gmtime_r(&when, &tm) != NULL &&
		strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0)
		ok = heap_fact_text(sink, "time", time, err);
	ok = ok && heap_fact_number(sink, "rss", (int64_t)m->rss, err);
	ok = ok && heap_fact_number(sink, "rss_peak", (int64_t)m->rss_peak, err);
	ok = ok && heap_fact_number(sink, "anonymous", (int64_t)m->anonymous, err);
	ok = ok && (m->way == NULL || heap_fact_text(sink, "taken_by", m->way, err));
	buffer_fini(&text);
	return ok;
}

/* --- the whole -----------------------------------------------------------------------
 */

static bool heap_walk(struct cpython *c, struct dump_sink *sink, struct error *err)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t interpreter = c->interpreter;
	for (int i = 0; interpreter != 0 && i < INTERPRETERS_MAX; i++) {
		heap_add_root(
			c, cpython_field(c, interpreter, l->is_modules), "module table");
		heap_add_root(
			c, cpython_field(c, interpreter, l->is_sysdict), "interpreter");
		heap_add_root(
			c, cpython_field(c, interpreter, l->is_builtins), "interpreter");
		uint64_t thread = cpython_field(c, interpreter, l->is_threads);
		for (int k = 0; thread != 0 && k < THREADS_MAX; k++) {
			if (!cpython_tell_frames(c, thread, sink, err))
				return false;
			thread = cpython_field(c, thread, l->ts_next);
		}
		/* The objects that the collector tracks. */
		const int lists[] = { l->gc_young, l->gc_middle, l->gc_old,
			l->gc_permanent };
		uint64_t collector = cpython_collector(c, interpreter);
		c->collecting |=
			memory_u32(c->m, collector + (uint64_t)l->gc_collecting) != 0;
		for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
			if (!heap_take_list(c, collector + (uint64_t)lists[k], err))
				return false;
		interpreter = cpython_field(c, interpreter, l->is_next);
	}
	/* Cells get their names from the function whose closure they are in. */
	for (size_t i = 0; i < c->tracked_count; i++) {
		if (i % c->rest == 0)
			memory_rest(c->m);
		uint64_t function = c->tracked[i];
		const struct cpython_type *t = cpython_type_of(c, function);
		uint64_t closure = cpython_field(c, function, l->fn_closure);
		if (t == NULL || t->rule != CPYTHON_FUNCTION || closure == 0)
			continue;
		size_t n = c->closure_count;
		if (!array_reserve(&c->closures, &c->closure_cap, 2 * (n + 1),
			    sizeof *c->closures) ||
			!map_put(
				&c->by_closure, map_hash_number(0, closure), (uint32_t)n))
			return error_nomem(err);
		c->closures[2 * n] = closure;
		c->closures[2 * n + 1] = cpython_field(c, function, l->fn_code);
		c->closure_count++;
	}
	/* All objects, each followed by the new ones that it leads to. */
	if (!heap_drain(c, sink, err))
		return false;
	for (size_t i = 0; i < c->tracked_count; i++)
		if (!heap_tell(c, c->tracked[i], sink, err) || !heap_drain(c, sink, err))
			return false;
	for (size_t i = 0; i < c->root_count; i++) {
		uint64_t root = c->roots[i].address;
		if (cpython_is_object(c, root) && memory_mark(c->m, root) &&
			(!heap_tell(c, root, sink, err) || !heap_drain(c, sink, err)))
			return false;
	}
	return true;
}

bool cpython_read(
	struct memory *m, const char *name, struct dump_sink *sink, struct error *err)
{
	struct cpython *c = malloc(sizeof *c);
	if (c == NULL)
		return error_nomem(err);
	heap_init(c, m, name);
	bool ok = cpython_find(c, err);
	memory_rest(m);
	ok = ok && heap_facts(c, sink, err) && heap_walk(c, sink, err);
	if (ok && c->collecting)
		ok = sink->torn(sink->data,
			"the collector was at work: objects may be missing", err);
	else if (ok && c->broken > 0)
		ok = sink->torn(sink->data,
			"the memory does not hang together: objects may be missing", err);
	heap_fini(c);
	free(c);
	return ok;
}

size_t cpython_collecting_at(struct memory *m, uint64_t *at, size_t most)
{
	struct cpython *c = malloc(sizeof *c);
	size_t count = 0;
	if (c == NULL)
		return 0;
	heap_init(c, m, "");
	uint64_t interpreter = cpython_find(c, NULL) ? c->interpreter : 0;
	for (; interpreter != 0 && count < most; count++) {
		at[count] = cpython_collector(c, interpreter) +
			    (uint64_t)c->layout.gc_collecting;
		interpreter = cpython_field(c, interpreter, c->layout.is_next);
	}
	assert(count <= most);
	heap_fini(c);
	free(c);
	return count;
}

bool cpython_debugger(struct memory *m, int64_t tid, struct cpython_debugger *debugger)
{
	struct cpython *c = malloc(sizeof *c);
	bool found = false;
	if (c == NULL)
		return false;
	heap_init(c, m, "");
	const struct cpython_layout *l = &c->layout;
	uint64_t interpreter = cpython_find(c, NULL) ? c->interpreter : 0;
	uint64_t thread = cpython_field(c, interpreter, l->is_threads);
	for (int i = 0; thread != 0 && i < THREADS_MAX && !found && l->db_pending >= 0;
		i++) {
		uint64_t support = thread + (uint64_t)l->ts_debugger;
		found = (int64_t)cpython_field(c, thread, l->ts_native_id) == tid;
		*debugger = (struct cpython_debugger){
			.breaker = thread + (uint64_t)l->ts_eval_breaker,
			.pending = support + (uint64_t)l->db_pending,
			.path = support + (uint64_t)l->db_path,
			.path_size = (uint64_t)l->db_path_size,
			.allowed = memory_u32(m,
					   interpreter +
						   (uint64_t)l->is_debugger_allowed) != 0,
		};
		thread = cpython_field(c, thread, l->ts_next);
	}
	heap_fini(c);
	free(c);
	return found;
}
