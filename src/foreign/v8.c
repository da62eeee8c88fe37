/* SPDX-License-Identifier: MIT */
/* yajl parses the document except for its long lists: from the beginning of a list of
 * integers or of strings, scanners of this file take the bytes up to the closing bracket,
 * and yajl sees an empty list. */
#include "foreign/v8.h"

#include "base/array.h"
#include "dump/dump_text.h"
#include "dump/json_events.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

enum {
	V8_CHUNK = 1 << 18,
	V8_FIELDS_MAX = 16,  /* of a row; there are seven in 2024 */
	V8_DEPTH_MAX = 10000 /* of lists in lists: the tree of allocations */
};

enum { NODE_TYPE, NODE_NAME, NODE_ID, NODE_SIZE, NODE_EDGES, NODE_TRACE, NODE_DETACHED };
enum { EDGE_TYPE, EDGE_NAME, EDGE_TO };
enum { SITE_NAME, SITE_SCRIPT, SITE_LINE };
enum { LOCATION_OBJECT, LOCATION_LINE };

/* A list of rows of integers.  The document names the fields and their order; these are
 * those that are wanted, of which the first `needed` must be there. */
static const struct v8_table {
	const char *key, *fields; /* in the document; in snapshot.meta */
	const char *field[8];
	size_t needed;
} v8_tables[] = {
	{ "nodes", "node_fields",
		{ "type", "name", "id", "self_size", "edge_count", "trace_node_id",
			"detachedness" },
		5 },
	{ "edges", "edge_fields", { "type", "name_or_index", "to_node" }, 3 },
	{ "trace_function_infos", "trace_function_info_fields",
		{ "name", "script_name", "line" }, 0 },
	{ "locations", "location_fields", { "object_index", "line" }, 0 },
	/* Fields that are not used. */
	{ "samples", "sample_fields", { NULL }, 0 },
};

enum {
	V8_NODES,
	V8_EDGES,
	V8_SITES,
	V8_LOCATIONS,
	V8_TABLES = sizeof v8_tables / sizeof *v8_tables
};

static const char *const v8_node_types[V8_NODE_TYPES + 1] = { "hidden", "array", "string",
	"object", "code", "closure", "regexp", "number", "native", "synthetic",
	"concatenated string", "sliced string", "symbol", "bigint", "object shape",
	NULL };
static const char *const v8_edge_types[V8_EDGE_TYPES + 1] = { "context", "element",
	"property", "internal", "hidden", "shortcut", "weak", NULL };

/* An object or a list that is open: how far yajl is in it. */
struct v8_level {
	bool list;
	uint32_t index; /* of the next item of a list */
	int64_t trace;  /* the node of the tree of allocations that its numbers are of */
	char key[32];   /* the last of an object */
};

struct v8_reader {
	struct v8 *v;
	struct dump_input *in;
	struct error *err;
	yajl_handle yajl;
	struct v8_level *level;
	size_t depth, level_cap;
	uint64_t position; /* of the chunk's first byte */

	size_t width[V8_TABLES]; /* fields of a row */
	int8_t place[V8_TABLES]
		    [V8_FIELDS_MAX]; /* of each field: which one it is, or -1 */
	uint8_t node_type[256], edge_type[256]; /* what a number in `type` means */

	/* The list that is being scanned: V8_TABLES and `strings` false for none. */
	size_t table;
	bool strings;
	int64_t row[V8_FIELDS_MAX];
	size_t column;
	bool in_number, negative;
	uint64_t number;
	bool in_string, escaped;
	struct buffer raw, room; /* a string as it stands there, and decoded */
};

static bool v8_fail(const struct v8_reader *r, size_t at, const char *what)
{
	return error_set(r->err, STATUS_DATA, "'%s': byte %llu: %s",
		stream_name(dump_input_stream(r->in)),
		(unsigned long long)(r->position + at + 1), what);
}

/* --- the structure -------------------------------------------------------------------
 */

static bool v8_is(const struct v8_reader *r, size_t depth, const char *key)
{
	if (depth >= r->depth)
		return false;
	assert(r->level != NULL);
	return strcmp(r->level[depth].key, key) == 0;
}

static uint8_t v8_find(const char *const *names, const void *text, size_t len)
{
	uint8_t i = 0;
	while (names[i] != NULL &&
		(strlen(names[i]) != len || memcmp(names[i], text, len) != 0))
		i++;
	return i;
}

/* The place of something that begins within a list. */
static uint32_t v8_step(struct v8_reader *r)
{
	struct v8_level *level = r->depth == 0 ? NULL : &r->level[r->depth - 1];
	return level != NULL && level->list ? level->index++ : 0;
}

/* The lists of snapshot.meta name the fields of rows and their types. */
static int v8_on_string(void *context, const unsigned char *text, size_t len)
{
	struct v8_reader *r = context;
	uint32_t i = v8_step(r);
	if (!v8_is(r, 0, "snapshot") || !v8_is(r, 1, "meta") || r->depth < 4)
		return 1;
	const char *key = r->level[2].key;
	for (size_t t = 0; r->depth == 4 && t < V8_TABLES; t++) {
		if (strcmp(key, v8_tables[t].fields) != 0)
			continue;
		if (i >= V8_FIELDS_MAX)
			return v8_fail(r, 0, "more fields than a snapshot has");
		uint8_t field = v8_find(v8_tables[t].field, text, len);
		r->place[t][i] = v8_tables[t].field[field] == NULL ? -1 : (int8_t)field;
		r->width[t] = i + 1;
	}
	/* The first list of `node_types` is about their types. */
	if (r->depth != 5 || r->level[3].index != 1 || i > UINT8_MAX)
		return 1;
	if (strcmp(key, "node_types") == 0) {
		r->node_type[i] = v8_find(v8_node_types, text, len);
		r->v->julia |= i == 0 && r->node_type[i] == V8_SYNTHETIC;
	} else if (strcmp(key, "edge_types") == 0) {
		r->edge_type[i] = v8_find(v8_edge_types, text, len);
	}
	return 1;
}

/* How much there is; the tree of allocations: id, function, count, size, a list of such.
 */
static int v8_on_integer(void *context, long long value)
{
	enum { TREE_FIELDS = 5, TREE_ID = 0, TREE_FUNCTION = 1 };
	struct v8_reader *r = context;
	struct v8 *v = r->v;
	uint32_t i = v8_step(r);
	if (r->depth == 2 && v8_is(r, 0, "snapshot")) {
		/* Makes room for as many nodes or edges as the snapshot says there are,
		 * so that no array moves while it grows.  A number that is too large
		 * costs no memory: nothing is written there. */
		const long long most = 1 << 24;
		const char *key = r->level[1].key;
		size_t n = (size_t)(value < 0 ? 0 : value < most ? value : most);
		if (strcmp(key, "node_count") == 0)
			(void)(array_reserve(
				       &v->node, &v->node_cap, n, sizeof *v->node) &&
				array_reserve(&v->id, &v->id_cap, n, sizeof *v->id));
		else if (strcmp(key, "edge_count") == 0)
			(void)(array_reserve(&v->to, &v->to_cap, n, sizeof *v->to) &&
				array_reserve(
					&v->name, &v->name_cap, n, sizeof *v->name) &&
				array_reserve(
					&v->kind, &v->kind_cap, n, sizeof *v->kind));
	}
	if (r->depth < 2 || !v8_is(r, 0, "trace_tree"))
		return 1;
	struct v8_level *level = &r->level[r->depth - 1];
	if (i % TREE_FIELDS == TREE_ID)
		level->trace = value;
	if (i % TREE_FIELDS != TREE_FUNCTION || value < 0 || value >= UINT32_MAX ||
		level->trace < 0 || level->trace > INT32_MAX)
		return 1;
	size_t id = (size_t)level->trace;
	/* Ids are consecutive, so one far ahead would take memory that nobody needs. */
	if (id > 2 * v->traces + 1024)
		return v8_fail(r, 0, "an id in the tree of allocations is out of range");
	if (!array_reserve(&v->trace, &v->trace_cap, id + 1, sizeof *v->trace))
		return error_nomem(r->err);
	while (v->traces <= id)
		v->trace[v->traces++] = 0;
	v->trace[id] = (uint32_t)value + 1;
	return 1;
}

static int v8_on_boolean(void *context, int value)
{
	(void)value;
	v8_step(context);
	return 1;
}

static int v8_on_double(void *context, double value)
{
	(void)value;
	v8_step(context);
	return 1;
}

static int v8_on_null(void *context)
{
	v8_step(context);
	return 1;
}

static bool v8_open(struct v8_reader *r, bool list)
{
	v8_step(r);
	if (r->depth == V8_DEPTH_MAX)
		return v8_fail(r, 0, "lists are nested too deeply");
	if (!array_reserve(&r->level, &r->level_cap, r->depth + 1, sizeof *r->level))
		return error_nomem(r->err);
	r->level[r->depth++] = (struct v8_level){ .list = list };
	return true;
}

static int v8_on_map(void *context)
{
	return v8_open(context, false);
}

static int v8_on_list(void *context)
{
	struct v8_reader *r = context;
	if (!v8_open(r, true))
		return 0;
	if (r->depth != 2)
		return 1;
	r->strings = v8_is(r, 0, "strings");
	r->column = 0;
	for (r->table = 0; r->table < V8_TABLES; r->table++)
		if (v8_is(r, 0, v8_tables[r->table].key))
			break;
	if (r->table > V8_EDGES || r->width[r->table] > 0)
		return 1;
	return v8_fail(r, 0, "the fields are not named before the numbers");
}

static int v8_on_key(void *context, const unsigned char *text, size_t len)
{
	struct v8_level *level = &((struct v8_reader *)context)->level[0];
	level += ((struct v8_reader *)context)->depth - 1;
	snprintf(level->key, sizeof level->key, "%.*s", (int)(len > 31 ? 31 : len),
		(const char *)text);
	return 1;
}

static int v8_on_close(void *context)
{
	((struct v8_reader *)context)->depth--;
	return 1;
}

static const yajl_callbacks v8_callbacks = {
	.yajl_null = v8_on_null,
	.yajl_boolean = v8_on_boolean,
	.yajl_integer = v8_on_integer,
	.yajl_double = v8_on_double,
	.yajl_string = v8_on_string,
	.yajl_start_map = v8_on_map,
	.yajl_map_key = v8_on_key,
	.yajl_end_map = v8_on_close,
	.yajl_start_array = v8_on_list,
	.yajl_end_array = v8_on_close,
};

/* --- the long lists ------------------------------------------------------------------
 */

/* Does the byte only separate the items of a list? */
static bool v8_is_between(char c)
{
	return c == ',' || c == '\n' || c == ' ' || c == '\r' || c == '\t';
}

/* A number that must be one of 32 bits. */
static bool v8_narrow(const struct v8_reader *r, size_t at, int64_t value, uint32_t *to)
{
	*to = (uint32_t)value;
	return (value >= 0 && value < UINT32_MAX) ||
	       v8_fail(r, at, "a number that counts or names something is out of range");
}

static bool v8_take_node(struct v8_reader *r, size_t at)
{
	struct v8 *v = r->v;
	struct v8_node n = { .type = V8_NODE_TYPES };
	int64_t id = 0;
	for (size_t i = 0; i < r->width[V8_NODES]; i++) {
		int64_t value = r->row[i];
		bool ok = true;
		switch (r->place[V8_NODES][i]) {
		case NODE_TYPE:
			if (value >= 0 && value <= UINT8_MAX)
				n.type = r->node_type[value];
			break;
		case NODE_NAME:
			ok = v8_narrow(r, at, value, &n.name);
			break;
		case NODE_ID:
			id = value;
			break;
		case NODE_SIZE:
			n.size = value;
			break;
		case NODE_EDGES:
			ok = v8_narrow(r, at, value, &n.edges);
			break;
		case NODE_TRACE:
			ok = v8_narrow(r, at, value, &n.trace);
			n.trace &= ~V8_LOCATED;
			break;
		case NODE_DETACHED:
			n.detached = value == 2;
			break;
		default:
			break;
		}
		if (!ok)
			return false;
	}
	if (v->nodes == UINT32_MAX - 1)
		return v8_fail(r, at, "more nodes than memsee can hold");
	if (!array_reserve(&v->node, &v->node_cap, v->nodes + 1, sizeof *v->node) ||
		!array_reserve(&v->id, &v->id_cap, v->nodes + 1, sizeof *v->id))
		return error_nomem(r->err);
	v->id[v->nodes] = n.type == V8_SYNTHETIC || id < 0 ? 0 : id;
	v->node[v->nodes++] = n;
	return true;
}

static bool v8_take_edge(struct v8_reader *r, size_t at)
{
	struct v8 *v = r->v;
	uint32_t to = 0, name = 0, width = (uint32_t)r->width[V8_NODES];
	uint8_t kind = V8_EDGE_TYPES;
	for (size_t i = 0; i < r->width[V8_EDGES]; i++) {
		int64_t value = r->row[i];
		int8_t field = r->place[V8_EDGES][i];
		if (field == EDGE_TYPE && value >= 0 && value <= UINT8_MAX)
			kind = r->edge_type[value];
		else if ((field == EDGE_NAME && !v8_narrow(r, at, value, &name)) ||
			 (field == EDGE_TO && !v8_narrow(r, at, value, &to)))
			return false;
	}
	if (width == 0 || to % width != 0 || to / width >= v->nodes)
		return v8_fail(r, at, "an edge leads to no node");
	size_t n = v->edges + 1;
	if ((n > v->to_cap && !array_reserve(&v->to, &v->to_cap, n, sizeof *v->to)) ||
		(n > v->name_cap &&
			!array_reserve(&v->name, &v->name_cap, n, sizeof *v->name)) ||
		(n > v->kind_cap &&
			!array_reserve(&v->kind, &v->kind_cap, n, sizeof *v->kind)))
		return error_nomem(r->err);
	v->to[v->edges] = to / width;
	v->name[v->edges] = name;
	v->kind[v->edges] = kind;
	v->edges = n;
	return true;
}

static bool v8_take_site(struct v8_reader *r, size_t at)
{
	struct v8 *v = r->v;
	struct v8_site s = { 0 };
	uint32_t *const to[] = { &s.function, &s.script, &s.line };
	for (size_t i = 0; i < r->width[V8_SITES]; i++) {
		int8_t field = r->place[V8_SITES][i];
		if (field < 0)
			continue;
		/* An unknown line is -1. */
		int64_t value = r->row[i];
		value += field == SITE_LINE && value < INT64_MAX;
		if (!v8_narrow(r, at, value, to[field]))
			return false;
	}
	if (!array_reserve(&v->site, &v->site_cap, v->sites + 1, sizeof *v->site))
		return error_nomem(r->err);
	v->site[v->sites++] = s;
	return true;
}

static bool v8_take_location(struct v8_reader *r, size_t at)
{
	struct v8 *v = r->v;
	uint32_t object = 0, line = 0, width = (uint32_t)r->width[V8_NODES];
	for (size_t i = 0; i < r->width[V8_LOCATIONS]; i++) {
		int8_t field = r->place[V8_LOCATIONS][i];
		if ((field == LOCATION_OBJECT && !v8_narrow(r, at, r->row[i], &object)) ||
			(field == LOCATION_LINE && !v8_narrow(r, at, r->row[i], &line)))
			return false;
	}
	if (width == 0 || object % width != 0 || object / width >= v->nodes)
		return v8_fail(r, at, "a location is of no node");
	/* Other objects have the location of their class. */
	struct v8_node *n = &v->node[object / width];
	if (n->type != V8_CLOSURE || n->trace != 0 || v->locations == V8_LOCATED - 1)
		return true;
	if (!array_reserve(&v->location, &v->location_cap, v->locations + 1,
		    sizeof *v->location))
		return error_nomem(r->err);
	n->trace = V8_LOCATED | (uint32_t)v->locations;
	v->location[v->locations++] = (struct v8_location){ .line = line + 1 };
	return true;
}

/* A number is complete, and with it perhaps a row. */
static bool v8_take_number(struct v8_reader *r, uint64_t number, size_t at)
{
	if (number > INT64_MAX)
		return v8_fail(r, at, "a number is beyond 64 bits");
	if (r->width[r->table] == 0)
		return true;
	assert(r->column < r->width[r->table]);
	r->row[r->column++] = r->negative ? -(int64_t)number : (int64_t)number;
	if (r->column < r->width[r->table])
		return true;
	r->column = 0;
	return r->table == V8_NODES       ? v8_take_node(r, at)
	       : r->table == V8_EDGES     ? v8_take_edge(r, at)
	       : r->table == V8_SITES     ? v8_take_site(r, at)
	       : r->table == V8_LOCATIONS ? v8_take_location(r, at)
					  : true;
}

/* Goes on in a list of integers from data[*at]; stops at the bracket that closes it. */
static bool v8_scan_numbers(struct v8_reader *r, const char *data, size_t len, size_t *at)
{
	size_t i = *at;
	uint64_t number = r->number;
	bool in_number = r->in_number;
	for (; i < len; i++) {
		unsigned digit = (unsigned char)data[i] - (unsigned)'0';
		if (digit <= 9) {
			if (number > INT64_MAX / 10)
				return v8_fail(r, i, "a number is beyond 64 bits");
			number = 10 * number + digit;
			in_number = true;
			continue;
		}
		if (data[i] == '-' && !in_number && !r->negative) {
			r->negative = true;
			continue;
		}
		if (in_number && !v8_take_number(r, number, i))
			return false;
		in_number = r->negative = false;
		number = 0;
		if (data[i] == ']')
			break;
		if (!v8_is_between(data[i]))
			return v8_fail(r, i, "expected a number");
	}
	*at = i;
	r->number = number;
	r->in_number = in_number;
	if (i < len && r->column != 0)
		return v8_fail(r, i, "the list ends within a row");
	return true;
}

/* Goes on in the list of strings, which may go on in the next chunk. */
static bool v8_scan_strings(struct v8_reader *r, const char *data, size_t len, size_t *at)
{
	struct v8 *v = r->v;
	size_t i = *at;
	while (i < len) {
		if (!r->in_string) {
			if (data[i] == ']')
				break;
			if (data[i] != '"' && !v8_is_between(data[i]))
				return v8_fail(r, i, "expected a string");
			r->in_string = data[i++] == '"';
			continue;
		}
		size_t start = i;
		while (i < len && (r->escaped || data[i] != '"')) {
			r->escaped = !r->escaped && data[i] == '\\';
			i++;
		}
		const char *raw = data + start;
		size_t n = i - start;
		if (i == len || r->raw.len > 0) {
			buffer_put(&r->raw, raw, n);
			if (r->raw.failed)
				return error_nomem(r->err);
			raw = r->raw.data;
			n = r->raw.len;
		}
		if (i == len)
			break;
		/* The string is complete. */
		unsigned surrogates = 0;
		if (memchr(raw, '\\', n) == NULL) {
			buffer_put(&v->text, raw, n);
		} else {
			if (!dump_text_decode(&r->room, raw, n, &surrogates))
				return v8_fail(r, i, "an invalid string");
			if (surrogates > 0)
				dump_text_repair(r->room.data, r->room.len);
			buffer_put(&v->text, r->room.data, r->room.len);
		}
		if (v->text.failed || r->room.failed ||
			!array_reserve(&v->string_end, &v->string_cap, v->strings + 1,
				sizeof *v->string_end))
			return error_nomem(r->err);
		v->string_end[v->strings++] = v->text.len;
		buffer_clear(&r->raw);
		r->in_string = false;
		i++;
	}
	*at = i;
	return true;
}

/* --- all of it -----------------------------------------------------------------------
 */

/* Says why yajl stopped at these bytes, which are at place `at` of the chunk; a callback
 * may have said so. */
static bool v8_yajl_failed(struct v8_reader *r, const char *data, size_t len, size_t at)
{
	if (r->err != NULL && r->err->status != STATUS_OK)
		return false;
	struct dump_fault fault;
	json_explain(r->yajl, data, len, &fault);
	return v8_fail(r, at + fault.column - 1, fault.reason);
}

/* Does the snapshot hold every string that something is named by, and every edge that a
 * node has?  From here on every index is within its array. */
static bool v8_check(const struct v8 *v, const char *file, struct error *err)
{
	uint64_t edges = 0;
	bool names = true;
	for (size_t i = 0; i < v->nodes; i++) {
		edges += v->node[i].edges;
		names = names && v->node[i].name < v->strings;
	}
	for (size_t i = 0; i < v->edges; i++)
		names = names &&
			(!v8_edge_is_named(v->kind[i]) || v->name[i] < v->strings);
	for (size_t i = 0; i < v->sites; i++)
		names = names && v->site[i].function < v->strings &&
			v->site[i].script < v->strings;
	if (v->nodes == 0)
		return error_set(err, STATUS_DATA, "'%s' holds no nodes", file);
	if (edges != v->edges)
		return error_set(err, STATUS_DATA,
			"'%s': its nodes have %llu edges, but it holds %zu", file,
			(unsigned long long)edges, v->edges);
	return names ||
	       error_set(err, STATUS_DATA, "'%s': a name is beyond its %zu strings", file,
		       v->strings);
}

bool v8_recognise(const unsigned char *head, size_t len)
{
	return json_head_key(head, len, "snapshot") != NULL;
}

bool v8_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	(void)options;
	struct v8 v = { 0 };
	struct v8_reader r = { .v = &v, .in = in, .err = err, .table = V8_TABLES };
	memset(r.node_type, V8_NODE_TYPES, sizeof r.node_type);
	memset(r.edge_type, V8_EDGE_TYPES, sizeof r.edge_type);
	r.yajl = yajl_alloc(&v8_callbacks, NULL, &r);
	char *chunk = malloc(V8_CHUNK);
	bool ok = (r.yajl != NULL && chunk != NULL) || error_nomem(err);
	for (ptrdiff_t got = 1; ok && got > 0; r.position += (uint64_t)got) {
		got = dump_input_read(in, chunk, V8_CHUNK, err);
		ok = got >= 0;
		size_t at = 0, len = ok ? (size_t)got : 0;
		while (ok && at < len) {
			if (r.strings || r.table < V8_TABLES) {
				ok = r.strings ? v8_scan_strings(&r, chunk, len, &at)
					       : v8_scan_numbers(&r, chunk, len, &at);
				if (!ok || at == len)
					break;
				r.strings = false;
				r.table = V8_TABLES;
			}
			/* The bytes behind each bracket show whether a long list begins.
			 * */
			const char *bracket = memchr(chunk + at, '[', len - at);
			size_t stop =
				bracket == NULL ? len : (size_t)(bracket + 1 - chunk);
			ok = yajl_parse(r.yajl, (const unsigned char *)chunk + at,
				     stop - at) == yajl_status_ok ||
			     v8_yajl_failed(&r, chunk + at, stop - at, at);
			at = stop;
		}
	}
	const char *file = stream_name(dump_input_stream(in));
	if (ok && r.depth > 0)
		ok = error_set(err, STATUS_DATA,
			"'%s' breaks off in '%s'; a snapshot can only be read whole",
			file, r.level[0].key);
	ok = ok && (yajl_complete_parse(r.yajl) == yajl_status_ok ||
			   v8_yajl_failed(&r, chunk, 0, 0));
	ok = ok && v8_check(&v, file, err);
	if (r.yajl != NULL)
		yajl_free(r.yajl);
	free(chunk);
	free(r.level);
	buffer_fini(&r.raw);
	buffer_fini(&r.room);
	ok = ok && v8_emit(&v, sink, err);
	free(v.node);
	free(v.id);
	free(v.to);
	free(v.name);
	free(v.kind);
	free(v.string_end);
	free(v.site);
	free(v.trace);
	free(v.location);
	buffer_fini(&v.text);
	return ok;
}
