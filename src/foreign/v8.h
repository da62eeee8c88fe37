/* SPDX-License-Identifier: MIT */
/* format_v8 - V8's heap snapshots (.heapsnapshot), which Node.js, Chrome, Electron and
 * Deno write, and Julia in the same form: v8/src/profiler/heap-snapshot-generator.cc.
 *
 * One JSON document: what the fields mean, the integers of `nodes` and `edges`, and last
 * the strings that these name by number.  A node is known only when all of it was read,
 * so nodes and edges are kept, 32 and 9 bytes each, until then.
 *
 * format_v8.c reads the document, format_v8_objects.c makes objects of it. */
#ifndef MEMSEE_FOREIGN_V8_H
#define MEMSEE_FOREIGN_V8_H

#include "base/buffer.h"
#include "dump/format.h"

#include <assert.h>
#include <string.h>

enum v8_node_type {
	V8_HIDDEN,
	V8_ARRAY,
	V8_STRING,
	V8_OBJECT,
	V8_CODE,
	V8_CLOSURE,
	V8_REGEXP,
	V8_NUMBER,
	V8_NATIVE,
	V8_SYNTHETIC,
	V8_CONCATENATED,
	V8_SLICED,
	V8_SYMBOL,
	V8_BIGINT,
	V8_SHAPE,
	V8_NODE_TYPES, /* also: one that is unknown here */
};

enum v8_edge_type {
	V8_CONTEXT, /* a variable that a closure sees */
	V8_ELEMENT,
	V8_PROPERTY,
	V8_INTERNAL,
	V8_HIDDEN_EDGE,
	V8_SHORTCUT, /* repeats what other edges say together */
	V8_WEAK,     /* holds nothing */
	V8_EDGE_TYPES,
};

/* What is asked of a node only once, when it becomes an object. */
struct v8_node {
	int64_t size;
	uint32_t name, edges; /* its name, how many edges */
	/* A node of the tree of allocations; or, of a closure without one, the number of
	 * its place in the source with V8_LOCATED; 0 for neither. */
	uint32_t trace;
	uint8_t type;  /* enum v8_node_type */
	bool detached; /* a DOM node that belongs to no document */
};

/* Where something was allocated. */
struct v8_site {
	uint32_t function, script, line; /* strings, and a line from 1 */
};

#define V8_LOCATED (UINT32_C(1) << 31)

/* Where a closure is in the source. */
struct v8_location {
	uint32_t line;   /* from 1 */
	uint32_t script; /* the string that names it, + 1; 0 when that is not known */
};

/* Objects are made in the order of the nodes, and what was used is let go: only `id` is
 * asked in any order. */
struct v8 {
	struct v8_node *node;
	int64_t *id; /* of each node; 0 for those that become no object */
	size_t nodes, node_cap, id_cap;
	/* Of each edge, in the order of the nodes that have them. */
	uint32_t *to;   /* a node's number */
	uint32_t *name; /* a string's number, or an index where v8_edge_is_named() is
			   false */
	uint8_t *kind;  /* enum v8_edge_type */
	size_t edges, to_cap, name_cap, kind_cap;
	struct buffer text; /* all strings */
	size_t *string_end; /* of each, in `text` */
	size_t strings, string_cap;
	struct v8_site *site;
	size_t sites, site_cap;
	uint32_t *trace; /* of each node of the tree of allocations its site + 1, or 0 */
	size_t traces, trace_cap;
	struct v8_location *location;
	size_t locations, location_cap;
	bool julia;
};

static inline bool v8_edge_is_named(uint8_t kind)
{
	return kind != V8_ELEMENT && kind != V8_HIDDEN_EDGE;
}

/* String `i`, valid as long as the strings are. */
static inline struct dump_text v8_text(const struct v8 *v, uint32_t i)
{
	assert(i < v->strings);
	size_t start = i == 0 ? 0 : v->string_end[i - 1];
	return (struct dump_text){ buffer_text(&v->text) + start,
		v->string_end[i] - start };
}

static inline bool v8_begins(struct dump_text t, const char *with)
{
	size_t len = strlen(with);
	return t.len >= len && memcmp(t.data, with, len) == 0;
}

static inline bool v8_equals(struct dump_text t, const char *word)
{
	return t.len == strlen(word) && v8_begins(t, word);
}

bool v8_recognise(const unsigned char *head, size_t len);
bool v8_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err);

/* Hands over all objects of a snapshot that was checked: every number in it is one of
 * those that there are.  Its nodes and edges are gone then. */
bool v8_emit(struct v8 *v, struct dump_sink *sink, struct error *err);

#endif
