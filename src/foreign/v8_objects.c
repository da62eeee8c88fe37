/* SPDX-License-Identifier: MIT */
/* A snapshot's nodes as objects.
 *
 * The synthetic nodes, the root and the lists of roots, are not objects: their children
 * are roots, with the name of the list as the reason.  Weak edges hold nothing and
 * shortcuts repeat other edges; neither becomes a reference.  The value in a weak map is
 * held by its key, which has an edge of its own for that, so the map's edge to it is left
 * out. */
#include "foreign/v8.h"
#include "foreign/v8_shapes.h"

#include "base/array.h"
#include "base/bits.h"
#include "dump/label_list.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	/* A plain object with more properties than that is a table, and they are keys:
	 * programs keep caches in objects. */
	V8_TABLE_LEAST = 50,
};

struct v8_emitter {
	struct v8 *v;
	struct dump_sink *sink;
	struct error *err;
	uint32_t *reason; /* of each node that is a root the string that says why + 1 */
	uint64_t *ephemeral; /* strings that name edges of weak maps */
	/* Of each node: a concatenated or sliced string refers to it; something else
	 * does. */
	uint64_t *part, *whole;
	int64_t *refs;
	size_t ref_cap;
	size_t nodes_gone, edges_gone; /* see v8_let_go() */
	struct label_list labels;
	struct buffer type, shape;
	struct v8_shapes shapes;
};

static struct dump_text v8_literal(const char *text)
{
	return (struct dump_text){ text, strlen(text) };
}

/* The first list that names a node gives the reason: V8's order puts what the program
 * itself consists of before what the engine needs. */
static bool v8_find_roots(struct v8_emitter *e)
{
	const struct v8 *v = e->v;
	size_t edge = 0;
	e->reason = array_new_zeroed(v->nodes, sizeof *e->reason);
	e->ephemeral = bits_new(v->strings);
	e->part = bits_new(v->nodes);
	e->whole = bits_new(v->nodes);
	if (e->reason == NULL || e->ephemeral == NULL || e->part == NULL ||
		e->whole == NULL)
		return error_nomem(e->err);
	for (size_t i = 0; i < v->nodes; i++) {
		const struct v8_node *n = &v->node[i];
		bool string = n->type == V8_CONCATENATED || n->type == V8_SLICED;
		for (size_t end = edge + n->edges; edge < end; edge++) {
			assert(v->to[edge] < v->nodes);
			bits_put(string ? e->part : e->whole, v->to[edge]);
			bool holds = v->kind[edge] != V8_WEAK &&
				     (v->kind[edge] != V8_SHORTCUT || i == 0);
			uint32_t *reason = &e->reason[v->to[edge]];
			if (n->type == V8_SYNTHETIC && holds && *reason == 0)
				*reason = n->name + 1;
		}
	}
	for (uint32_t i = 0; i < v->strings; i++) {
		struct dump_text t = v8_text(v, i);
		if (t.len > 20 && memmem(t.data, t.len, " pair in WeakMap (", 18) != NULL)
			bits_put(e->ephemeral, i);
	}
	return true;
}

/* Gives the locations of closures their scripts: a closure leads to what V8 shares
 * between all closures of its code, and that to the script. */
static bool v8_find_scripts(struct v8_emitter *e)
{
	struct v8 *v = e->v;
	if (v->locations == 0)
		return true;
	uint32_t shared = UINT32_MAX, script = UINT32_MAX, older = UINT32_MAX;
	for (uint32_t i = 0; i < v->strings; i++) {
		struct dump_text t = v8_text(v, i);
		shared = v8_equals(t, "shared") ? i : shared;
		script = v8_equals(t, "script") ? i : script;
		older = v8_equals(t, "script_or_debug_info") ? i : older;
	}
	/* Of each node that leads to a script that script's name + 1. */
	uint32_t *name = array_new_zeroed(v->nodes, sizeof *name);
	if (name == NULL)
		return error_nomem(e->err);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0, edge = 0; i < v->nodes; i++) {
			const struct v8_node *n = &v->node[i];
			size_t end = edge + n->edges;
			bool looked = pass == 0 ? n->type == V8_CODE
						: (n->trace & V8_LOCATED) != 0;
			for (; looked && edge < end; edge++) {
				if (v->kind[edge] != V8_INTERNAL)
					continue;
				const struct v8_node *to = &v->node[v->to[edge]];
				bool leads =
					v->name[edge] == script || v->name[edge] == older;
				if (pass == 0 && leads && to->type == V8_CODE)
					name[i] = to->name + 1;
				else if (pass == 1 && v->name[edge] == shared)
					v->location[n->trace & ~V8_LOCATED].script =
						name[v->to[edge]];
			}
			edge = end;
		}
	free(name);
	return true;
}

/* Is the edge that of the weak map itself?  "… pair in WeakMap (table @1234)" */
static bool v8_is_of_table(const struct v8 *v, int64_t self, uint32_t name)
{
	struct dump_text t = v8_text(v, name);
	const char *at = memrchr(t.data, '@', t.len);
	int64_t id = 0;
	for (; at != NULL && ++at < t.data + t.len && *at >= '0' && *at <= '9';)
		id = id > INT64_MAX / 16 ? id : 10 * id + (*at - '0');
	return id == self;
}

/* --- what a node is ------------------------------------------------------------------
 */

/* The name of a class, "(object)" where there is none; a DOM node that belongs to no
 * document is of a class of its own. */
static struct dump_text v8_class(
	struct v8_emitter *e, const struct v8_node *n, const char *without)
{
	struct dump_text name = v8_text(e->v, n->name);
	if (name.len == 0)
		return v8_literal(without);
	if (!n->detached || v8_begins(name, "Detached "))
		return name;
	buffer_clear(&e->type);
	buffer_put_text(&e->type, "Detached ");
	buffer_put(&e->type, name.data, name.len);
	return (struct dump_text){ buffer_text(&e->type), e->type.len };
}

/* A string is one for a program however the engine keeps it: flat, put together of two
 * others, or a slice of one.  The strings that only such a one refers to are its parts.
 */
static const char *v8_string_type(const struct v8_emitter *e, size_t i)
{
	if (e->v->julia)
		return "String";
	return bits_has(e->part, i) && !bits_has(e->whole, i) ? "(string part)"
							      : "(string)";
}

static void v8_describe(
	struct v8_emitter *e, const struct v8_node *n, struct dump_object *o)
{
	struct dump_text name = v8_text(e->v, n->name);
	/* A name that begins with a bracket is V8's own, for a part of the engine. */
	struct dump_text told = name.len > 0 ? name : (struct dump_text){ 0 };
	size_t digits = 0, others = 0;
	switch (n->type) {
	case V8_STRING:
		o->type = v8_literal(v8_string_type(e, (size_t)(n - e->v->node)));
		o->value = name;
		break;
	case V8_CONCATENATED:
	case V8_SLICED:
		o->type = v8_literal(v8_string_type(e, (size_t)(n - e->v->node)));
		o->name = told;
		break;
	case V8_SYMBOL:
		o->type = v8_literal(e->v->julia ? "Symbol" : "(symbol)");
		o->value = name;
		break;
	case V8_NUMBER:
		o->type = v8_literal("(number)");
		/* Digits, perhaps with a sign and a point: not NaN, not 1e21. */
		for (size_t i = 0; i < name.len; i++) {
			digits += name.data[i] >= '0' && name.data[i] <= '9';
			others += name.data[i] == '.';
		}
		others += name.len > 0 && name.data[0] == '-';
		o->value_is_number = digits > 0 && digits + others == name.len &&
				     memchr(name.data, '.', name.len) ==
					     memrchr(name.data, '.', name.len);
		if (o->value_is_number)
			o->value = name;
		break;
	case V8_BIGINT:
		o->type = v8_literal("(bigint)");
		break;
	case V8_REGEXP:
		o->type = v8_literal("(regexp)");
		o->value = name;
		break;
	case V8_CLOSURE:
		o->type = v8_literal("Function");
		o->name = told;
		break;
	case V8_CODE:
		o->type = v8_literal("(compiled code)");
		o->name = told;
		break;
	case V8_ARRAY:
		o->type = e->v->julia ? v8_class(e, n, "(array)") : v8_literal("(array)");
		o->name = told;
		break;
	case V8_SHAPE:
		o->type = v8_literal("(object shape)");
		o->name = told;
		break;
	case V8_HIDDEN:
		o->type = v8_equals(name, "system / Map") ? v8_literal("(object shape)")
			  : v8_begins(name, "system / ")  ? name
							  : v8_literal("(system)");
		o->name = told;
		break;
	case V8_OBJECT:
	case V8_NATIVE:
		o->type = v8_class(e, n, n->type == V8_OBJECT ? "(object)" : "(native)");
		break;
	default:
		o->type = v8_class(e, n, "(unknown)");
		break;
	}
}

/* --- its references ------------------------------------------------------------------
 */

static bool v8_put_refs(
	struct v8_emitter *e, const struct v8_node *n, size_t edge, struct dump_object *o)
{
	const struct v8 *v = e->v;
	/* A plain object with many properties is a table, and they are its keys. */
	size_t elements = 0, properties = 0;
	bool plain = v8_equals(o->type, "Object");
	for (size_t i = edge; plain && i < edge + n->edges; i++)
		properties += v->kind[i] == V8_PROPERTY;
	bool table = properties > V8_TABLE_LEAST;
	properties = 0;
	/* Only objects that the program made have references with names of its own.  The
	 * names of slots in strings, in code and in tables add nothing to the type. */
	bool labelled = n->type == V8_OBJECT || n->type == V8_CLOSURE ||
			n->type == V8_NATIVE || v->julia;
	label_list_clear(&e->labels);
	for (size_t end = edge + n->edges; edge < end; edge++) {
		int64_t to = v->id[v->to[edge]];
		uint8_t kind = v->kind[edge];
		if (kind == V8_WEAK || kind == V8_SHORTCUT || to == 0 ||
			(v8_edge_is_named(kind) &&
				bits_has(e->ephemeral, v->name[edge]) &&
				v8_is_of_table(v, o->address, v->name[edge])))
			continue;
		if (!array_reserve(
			    &e->refs, &e->ref_cap, o->ref_count + 1, sizeof *e->refs))
			return error_nomem(e->err);
		e->refs[o->ref_count++] = to;
		uint32_t name = v->name[edge];
		if (labelled && kind == V8_ELEMENT)
			label_list_index(&e->labels, name);
		else if (labelled && kind == V8_HIDDEN_EDGE)
			label_list_none(&e->labels);
		else if (labelled && kind == V8_CONTEXT)
			label_list_put(&e->labels, "<closure ", v8_text(v, name), ">");
		else if (labelled && kind == V8_PROPERTY && table)
			label_list_put(&e->labels, "['", v8_text(v, name), "']");
		else if (labelled && kind == V8_PROPERTY)
			label_list_attribute(&e->labels, v8_text(v, name));
		else if (labelled)
			label_list_put(&e->labels, "<",
				bits_has(e->ephemeral, name)
					? v8_literal("value in a WeakMap")
					: v8_text(v, name),
				">");
		elements += kind == V8_ELEMENT;
		properties += kind == V8_PROPERTY &&
			      !v8_equals(v8_text(v, v->name[edge]), "__proto__");
	}
	o->refs = e->refs;
	o->labels = label_list_end(&e->labels);
	if (e->labels.text.failed)
		return error_nomem(e->err);
	/* Small integers are not nodes: an array that seems empty may be full of them. */
	o->len = (int64_t)(plain ? properties : elements);
	o->has_len = o->len > 0 && (plain || v8_equals(o->type, "Array"));
	return true;
}

static bool v8_emit_node(struct v8_emitter *e, size_t i, size_t edge)
{
	const struct v8 *v = e->v;
	const struct v8_node *n = &v->node[i];
	struct dump_object o = { .address = v->id[i], .size = n->size, .has_size = true };
	v8_describe(e, n, &o);
	if (!v8_put_refs(e, n, edge, &o))
		return false;
	/* The properties that objects of the same shape share, "{id, body}": those that
	 * the object shows, or all that its hidden class has. */
	size_t names = 0, all = 0,
	       end = v8_equals(o.type, "Object") ? edge + n->edges : edge;
	struct dump_text shape = { 0 };
	buffer_clear(&e->shape);
	for (size_t k = edge; k < end; k++) {
		struct dump_text name = v->kind[k] == V8_PROPERTY
						? v8_text(v, v->name[k])
						: (struct dump_text){ 0 };
		if (name.len > 0 && !v8_equals(name, "__proto__"))
			v8_shapes_put(&e->shape, names++, name);
		if (v->kind[k] == V8_INTERNAL && v8_equals(v8_text(v, v->name[k]), "map"))
			shape = v8_shapes_find(&e->shapes, v->to[k], &all);
	}
	if (names > 0)
		buffer_put_char(&e->shape, '}');
	if (all < names)
		shape = (struct dump_text){ buffer_text(&e->shape), e->shape.len };
	/* What has nothing but a constructor is the prototype of a function. */
	if (shape.len > 0 && !(names == 1 && v8_begins(shape, "{constructor}")))
		o.name = shape;
	if (e->reason[i] != 0) {
		o.root = v8_text(v, e->reason[i] - 1);
		if (o.root.len == 0)
			o.root = v8_literal("global object");
	}
	/* A closure is made where its code is. */
	const struct v8_location *place = (n->trace & V8_LOCATED) == 0
						  ? NULL
						  : &v->location[n->trace & ~V8_LOCATED];
	if (place != NULL && place->script > 0)
		o.site = (struct dump_site){ .file = v8_text(v, place->script - 1),
			.line = place->line };
	size_t site = n->trace < v->traces ? v->trace[n->trace] : 0;
	if (site > 0 && site <= v->sites) {
		const struct v8_site *s = &v->site[site - 1];
		o.site = (struct dump_site){ v8_text(v, s->script),
			v8_text(v, s->function), s->line };
	}
	return e->sink->object(e->sink->data, i + 1, &o, e->err);
}

/* Gives the pages back in which items before `upto` lie; `*gone` of them are gone. */
static void v8_let_go(const void *items, size_t size, size_t upto, size_t *gone)
{
	const uintptr_t page = 4096;
	uintptr_t from = (uintptr_t)items + *gone * size,
		  to = (uintptr_t)items + upto * size;
	from = (from + page - 1) / page * page;
	to = to / page * page;
	if (to > from)
		madvise((void *)from, to - from, MADV_DONTNEED);
	*gone = upto;
}

bool v8_emit(struct v8 *v, struct dump_sink *sink, struct error *err)
{
	enum { LET_GO = 1 << 16 };
	struct v8_emitter e = { .v = v, .sink = sink, .err = err };
	bool ok = v8_find_scripts(&e) && v8_find_roots(&e) &&
		  (v8_shapes_init(&e.shapes, v) || error_nomem(err));
	if (ok && v->julia)
		ok = sink->fact(sink->data, "runtime", cell_text("Julia"), err);
	size_t edge = 0;
	for (size_t i = 0; ok && i < v->nodes; i++) {
		const struct v8_node *n = &v->node[i];
		const struct dump_fault fault = { 1, "a node without an id" };
		if (n->type != V8_SYNTHETIC)
			ok = v->id[i] > 0
				     ? v8_emit_node(&e, i, edge)
				     : sink->reject(sink->data, i + 1, 1, &fault, err);
		edge += n->edges;
		/* Returns the pages of what was handed over, of arrays large enough to
		 * have pages of their own. */
		if (i % LET_GO == LET_GO - 1 && v->edges >= LET_GO) {
			size_t gone[2] = { e.edges_gone, e.edges_gone };
			v8_let_go(v->node, sizeof *v->node, i + 1, &e.nodes_gone);
			v8_let_go(v->to, sizeof *v->to, edge, &gone[0]);
			v8_let_go(v->name, sizeof *v->name, edge, &gone[1]);
			v8_let_go(v->kind, sizeof *v->kind, edge, &e.edges_gone);
		}
	}
	assert(!ok || edge == v->edges);
	free(e.reason);
	free(e.ephemeral);
	free(e.part);
	free(e.whole);
	free(e.refs);
	v8_shapes_fini(&e.shapes);
	label_list_fini(&e.labels);
	buffer_fini(&e.type);
	buffer_fini(&e.shape);
	return ok;
}
