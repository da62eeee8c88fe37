/* SPDX-License-Identifier: MIT */
#include "foreign/ruby.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "base/utf8.h"
#include "dump/json_events.h"
#include "dump/label_list.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The keys of a line that are read. */
enum ruby_key {
	RUBY_ADDRESS,
	RUBY_TYPE,
	RUBY_CLASS,
	RUBY_NAME,
	RUBY_REAL_NAME,
	RUBY_SUPER,
	RUBY_SINGLETON,
	RUBY_STRUCT,
	RUBY_IMEMO,
	RUBY_ROOT,
	RUBY_REFERENCES,
	RUBY_MEMSIZE,
	RUBY_LENGTH,
	RUBY_SIZE,
	RUBY_BYTESIZE,
	RUBY_VALUE,
	RUBY_FILE,
	RUBY_LINE,
	RUBY_METHOD,
	RUBY_SHAPE,
	RUBY_ID,
	RUBY_PARENT,
	RUBY_EDGE,
	RUBY_KEYS
};

static const char *const ruby_keys[RUBY_KEYS] = { "address", "type", "class", "name",
	"real_class_name", "superclass", "singleton", "struct", "imemo_type", "root",
	"references", "memsize", "length", "size", "bytesize", "value", "file", "line",
	"method", "shape_id", "id", "parent_id", "edge_name" };

/* One line, its strings decoded. */
struct ruby_line {
	struct buffer text[RUBY_KEYS];
	bool has[RUBY_KEYS];
	int64_t *refs;
	size_t ref_count, ref_cap;
	enum ruby_key key;
	unsigned depth;
	bool complete, nomem;
};

struct ruby_class {
	int64_t address, super;
	const char *name; /* NULL: none */
	bool between; /* of one object, or a module mixed into a class: its objects are of
			 the class above */
};

struct ruby_root {
	int64_t address;
	const char *reason;
};

/* How an object of a shape came to it from another: by this instance variable. */
struct ruby_shape {
	int64_t parent; /* -1: none */
	const char *name;
};

struct ruby {
	const char *data, *end;
	struct dump_sink *sink;
	struct error *err;
	struct json_events json;
	struct ruby_line line;
	struct arena room;
	struct ruby_class *class;
	size_t classes, class_cap;
	struct map by_class;
	struct ruby_root *root; /* the first of each object gives the reason */
	size_t roots, root_cap;
	struct map by_root;
	struct ruby_shape *shape; /* by number */
	size_t shapes, shape_cap;
	struct label_list labels;
	struct buffer type;
};

/* --- a line --------------------------------------------------------------------------
 */

/* "0x7f…" */
static int64_t ruby_hex(const char *text, size_t len)
{
	uint64_t value = 0;
	if (len < 3 || memcmp(text, "0x", 2) != 0)
		return 0;
	for (size_t i = 2; i < len; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
		if (digit == NULL || value >> 59 != 0)
			return 0;
		value = value << 4 | (uint64_t)(digit - digits);
	}
	return (int64_t)value;
}

static bool ruby_take(void *data, enum json_event event, const char *text, size_t len)
{
	struct ruby_line *l = data;
	switch (event) {
	case JSON_MAP:
	case JSON_LIST:
		l->depth++;
		return true;
	case JSON_MAP_END:
	case JSON_LIST_END:
		l->complete = --l->depth == 0;
		return true;
	case JSON_KEY:
		if (l->depth == 1)
			for (l->key = 0; l->key < RUBY_KEYS; l->key++)
				if (strlen(ruby_keys[l->key]) == len &&
					memcmp(ruby_keys[l->key], text, len) == 0)
					break;
		return true;
	default:
		break;
	}
	if (l->depth == 2 && l->key == RUBY_REFERENCES && event == JSON_STRING) {
		int64_t address = ruby_hex(text, len);
		if (address <= 0)
			return true;
		if (!array_reserve(
			    &l->refs, &l->ref_cap, l->ref_count + 1, sizeof *l->refs)) {
			l->nomem = true;
			return false;
		}
		l->refs[l->ref_count++] = address;
	}
	if (l->depth != 1 || l->key == RUBY_KEYS || event == JSON_NULL ||
		event == JSON_FALSE)
		return true;
	struct buffer *b = &l->text[l->key];
	buffer_clear(b);
	if (utf8_is_valid(text, len))
		buffer_put(b, text, len);
	else
		utf8_put_valid(b, text, len);
	l->has[l->key] = true;
	l->nomem |= b->failed;
	return !b->failed;
}

enum ruby_line_kind { RUBY_OBJECT_LINE, RUBY_BLANK, RUBY_BAD, RUBY_NOMEM };

static enum ruby_line_kind ruby_parse(
	struct ruby *r, const char *at, size_t len, struct dump_fault *fault)
{
	struct ruby_line *l = &r->line;
	memset(l->has, 0, sizeof l->has);
	l->ref_count = 0;
	l->depth = 0;
	l->key = RUBY_KEYS;
	l->complete = false;
	size_t blank = 0;
	while (blank < len &&
		(at[blank] == ' ' || at[blank] == '\r' || at[blank] == '\t'))
		blank++;
	if (blank == len)
		return RUBY_BLANK;
	if (r->json.yajl == NULL && !json_events_open(&r->json, ruby_take, l))
		return RUBY_NOMEM;
	bool ok = json_events_feed(&r->json, at, len, fault);
	if (ok && l->complete)
		return RUBY_OBJECT_LINE;
	if (ok)
		*fault = (struct dump_fault){ len + 1, "the line ends within an object" };
	json_events_close(&r->json);
	return l->nomem ? RUBY_NOMEM : RUBY_BAD;
}

static struct dump_text ruby_text(const struct ruby *r, enum ruby_key key)
{
	if (!r->line.has[key])
		return (struct dump_text){ 0 };
	const struct buffer *b = &r->line.text[key];
	return (struct dump_text){ buffer_text(b), b->len };
}

static bool ruby_is(const struct ruby *r, enum ruby_key key, const char *word)
{
	struct dump_text t = ruby_text(r, key);
	return t.data != NULL && strcmp(t.data, word) == 0;
}

static int64_t ruby_address(const struct ruby *r, enum ruby_key key)
{
	struct dump_text t = ruby_text(r, key);
	return t.data == NULL ? 0 : ruby_hex(t.data, t.len);
}

/* A number; false without one. */
static bool ruby_number(const struct ruby *r, enum ruby_key key, int64_t *value)
{
	struct dump_text t = ruby_text(r, key);
	char *rest;
	errno = 0;
	*value = t.data == NULL ? 0 : strtoll(t.data, &rest, 10);
	return t.data != NULL && t.len > 0 && *rest == '\0' && errno == 0;
}

static struct dump_text ruby_literal(const char *text)
{
	return (struct dump_text){ text, strlen(text) };
}

/* --- what the first reading collects -------------------------------------------------
 */

/* The key of a lookup: an item of an array whose items begin with their addresses. */
struct ruby_find {
	const void *items;
	size_t size; /* of an item */
	int64_t address;
};

static_assert(offsetof(struct ruby_class, address) == 0 &&
		      offsetof(struct ruby_root, address) == 0,
	"an item begins with its address");

static bool ruby_same(const void *key, uint32_t item)
{
	const struct ruby_find *f = key;
	int64_t address;
	memcpy(&address, (const char *)f->items + item * f->size, sizeof address);
	return address == f->address;
}

static const struct ruby_class *ruby_find_class(const struct ruby *r, int64_t address)
{
	const struct ruby_find f = { r->class, sizeof *r->class, address };
	uint32_t i = map_find(&r->by_class, (uint64_t)address, ruby_same, &f);
	return i == MAP_NONE ? NULL : &r->class[i];
}

static const struct ruby_root *ruby_find_root(const struct ruby *r, int64_t address)
{
	const struct ruby_find f = { r->root, sizeof *r->root, address };
	uint32_t i = map_find(&r->by_root, (uint64_t)address, ruby_same, &f);
	return i == MAP_NONE ? NULL : &r->root[i];
}

static const char *ruby_copy(struct ruby *r, struct dump_text t)
{
	char *copy = arena_take(&r->room, t.len + 1);
	if (copy != NULL) {
		memcpy(copy, t.data, t.len);
		copy[t.len] = '\0';
	}
	return copy;
}

static bool ruby_take_class(struct ruby *r)
{
	struct ruby_class c = { .address = ruby_address(r, RUBY_ADDRESS),
		.super = ruby_address(r, RUBY_SUPER),
		.between =
			r->line.has[RUBY_SINGLETON] || ruby_is(r, RUBY_TYPE, "ICLASS") };
	if (c.address == 0 || ruby_find_class(r, c.address) != NULL)
		return true;
	if (r->line.has[RUBY_NAME]) {
		c.name = ruby_copy(r, ruby_text(r, RUBY_NAME));
		if (c.name == NULL)
			return false;
	}
	if (!array_reserve(&r->class, &r->class_cap, r->classes + 1, sizeof *r->class) ||
		!map_put(&r->by_class, (uint64_t)c.address, (uint32_t)r->classes))
		return false;
	r->class[r->classes++] = c;
	return true;
}

/* Shapes are numbered from 0, without large gaps. */
static bool ruby_take_shape(struct ruby *r)
{
	int64_t id, parent;
	if (!ruby_number(r, RUBY_ID, &id) || id < 0 ||
		(uint64_t)id > 2 * r->shapes + 4096)
		return true;
	struct ruby_shape s = { .parent = -1 };
	if (ruby_number(r, RUBY_PARENT, &parent) && parent >= 0 && parent < id)
		s.parent = parent;
	if (r->line.has[RUBY_EDGE]) {
		s.name = ruby_copy(r, ruby_text(r, RUBY_EDGE));
		if (s.name == NULL)
			return false;
	}
	if (!array_reserve(&r->shape, &r->shape_cap, (size_t)id + 1, sizeof *r->shape))
		return false;
	while (r->shapes <= (size_t)id)
		r->shape[r->shapes++] = (struct ruby_shape){ .parent = -1 };
	r->shape[id] = s;
	return true;
}

/* The lines between `*from` and `at`, which were read, need not stay in memory. */
static void ruby_let_go(const struct ruby *r, const char **from, const char *at)
{
	const size_t much = (size_t)8 << 20;
	assert(*from <= at);
	if ((size_t)(at - *from) < much)
		return;
	dump_input_let_go(r->data, (size_t)(*from - r->data), (size_t)(at - r->data));
	*from = at;
}

/* Reads the lines of classes, roots and shapes alone. */
static bool ruby_collect(struct ruby *r)
{
	enum { TYPE_WITHIN = 96 };
	static const char *const words[] = { "\"CLASS\"", "\"MODULE\"", "\"ICLASS\"",
		"\"ROOT\"", "\"SHAPE\"", NULL };
	struct dump_fault fault;
	const char *next, *let_go = r->data;
	for (const char *at = r->data; at < r->end; at = next + 1) {
		ruby_let_go(r, &let_go, at);
		next = memchr(at, '\n', (size_t)(r->end - at));
		if (next == NULL)
			next = r->end;
		size_t len = (size_t)(next - at);
		/* The type is always near the beginning of a line. */
		bool wanted = false;
		size_t n = len < TYPE_WITHIN ? len : TYPE_WITHIN;
		for (const char *const *word = words; *word != NULL && !wanted; word++)
			wanted = memmem(at, n, *word, strlen(*word)) != NULL;
		if (!wanted)
			continue;
		enum ruby_line_kind kind = ruby_parse(r, at, len, &fault);
		bool ok = kind != RUBY_NOMEM;
		if (kind != RUBY_OBJECT_LINE)
			continue;
		if (ruby_is(r, RUBY_TYPE, "ROOT")) {
			/* The first root of an object gives the reason. */
			struct dump_text reason = ruby_text(r, RUBY_ROOT);
			const char *copy = ruby_copy(
				r, reason.data != NULL ? reason : ruby_literal("root"));
			ok = copy != NULL;
			for (size_t i = 0; ok && i < r->line.ref_count; i++) {
				int64_t to = r->line.refs[i];
				if (ruby_find_root(r, to) != NULL)
					continue;
				ok = array_reserve(&r->root, &r->root_cap, r->roots + 1,
					     sizeof *r->root) &&
				     map_put(&r->by_root, (uint64_t)to,
					     (uint32_t)r->roots);
				if (ok)
					r->root[r->roots++] =
						(struct ruby_root){ to, copy };
			}
		} else if (ruby_is(r, RUBY_TYPE, "SHAPE"))
			ok = ruby_take_shape(r);
		else if (ruby_is(r, RUBY_TYPE, "CLASS") ||
			 ruby_is(r, RUBY_TYPE, "MODULE") ||
			 ruby_is(r, RUBY_TYPE, "ICLASS"))
			ok = ruby_take_class(r);
		if (!ok)
			return error_nomem(r->err);
	}
	return true;
}

/* --- objects -------------------------------------------------------------------------
 */

/* "(word)", from the line. */
static struct dump_text ruby_part(struct ruby *r, enum ruby_key key, const char *without)
{
	struct dump_text t = ruby_text(r, key);
	if (t.data == NULL || t.len == 0)
		return ruby_literal(without);
	buffer_clear(&r->type);
	buffer_put_char(&r->type, '(');
	buffer_put(&r->type, t.data, t.len);
	buffer_put_char(&r->type, ')');
	return (struct dump_text){ buffer_text(&r->type), r->type.len };
}

static struct dump_text ruby_type(struct ruby *r)
{
	enum { LINE_MAX = 100 };
	static const struct {
		const char *type, *name;
	} built_in[] = {
		{ "OBJECT", "Object" },
		{ "STRING", "String" },
		{ "ARRAY", "Array" },
		{ "HASH", "Hash" },
		{ "SYMBOL", "Symbol" },
		{ "FLOAT", "Float" },
		{ "BIGNUM", "Integer" },
		{ "RATIONAL", "Rational" },
		{ "COMPLEX", "Complex" },
		{ "REGEXP", "Regexp" },
		{ "MATCH", "MatchData" },
		{ "STRUCT", "Struct" },
		{ "FILE", "File" },
	};
	if (ruby_is(r, RUBY_TYPE, "CLASS"))
		return ruby_literal(
			r->line.has[RUBY_SINGLETON] ? "(singleton class)" : "Class");
	if (ruby_is(r, RUBY_TYPE, "MODULE"))
		return ruby_literal("Module");
	if (ruby_is(r, RUBY_TYPE, "ICLASS"))
		return ruby_literal("(include class)");
	if (ruby_is(r, RUBY_TYPE, "IMEMO"))
		return ruby_part(r, RUBY_IMEMO, "(imemo)");
	if (ruby_is(r, RUBY_TYPE, "NODE"))
		return ruby_literal("(node)");
	/* The class of the object; of a singleton class the class above. */
	const struct ruby_class *c = ruby_find_class(r, ruby_address(r, RUBY_CLASS));
	for (int i = 0; c != NULL && c->between && i < LINE_MAX; i++)
		c = ruby_find_class(r, c->super);
	const char *name = c == NULL         ? NULL
			   : c->name == NULL ? "(anonymous class)"
					     : c->name;
	/* What C code keeps without a class of its own. */
	if (name != NULL && strcmp(name, "Object") == 0 && ruby_is(r, RUBY_TYPE, "DATA"))
		return ruby_part(r, RUBY_STRUCT, "(data)");
	if (name != NULL)
		return ruby_literal(name);
	for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
		if (ruby_is(r, RUBY_TYPE, built_in[i].type))
			return ruby_literal(built_in[i].name);
	return ruby_is(r, RUBY_TYPE, "DATA") ? ruby_part(r, RUBY_STRUCT, "(data)")
					     : ruby_part(r, RUBY_TYPE, "(unknown)");
}

static bool ruby_emit(struct ruby *r, uint64_t number)
{
	enum { VARIABLES_MAX = 256 };
	struct ruby_line *l = &r->line;
	struct dump_object o = { .address = ruby_address(r, RUBY_ADDRESS) };
	const struct dump_fault fault = { 1, "an object without an address" };
	if (o.address <= 0)
		return r->sink->reject(r->sink->data, number, 1, &fault, r->err);
	o.type = ruby_type(r);
	/* The list of what runs when an object goes is the interpreter's: it has one for
	 * each key of a WeakMap. */
	const struct ruby_root *root = ruby_find_root(r, o.address);
	if (root != NULL && strcmp(root->reason, "finalizers") == 0 &&
		ruby_is(r, RUBY_TYPE, "ARRAY"))
		o.type = ruby_literal("(finalizers)");
	/* The records of allocation tracing grow with the objects and are not part of the
	 * program. */
	o.has_size = ruby_number(r, RUBY_MEMSIZE, &o.size) &&
		     !ruby_is(r, RUBY_STRUCT, "ObjectTracing/allocation_info_tracer");
	if (!o.has_size)
		o.size = 0;
	o.has_len = ruby_number(r, RUBY_LENGTH, &o.len) ||
		    ruby_number(r, RUBY_SIZE, &o.len) ||
		    ruby_number(r, RUBY_BYTESIZE, &o.len);
	o.name = ruby_text(r, l->has[RUBY_NAME] ? RUBY_NAME : RUBY_REAL_NAME);
	o.value = ruby_text(r, RUBY_VALUE);
	o.value_is_number = ruby_is(r, RUBY_TYPE, "FLOAT") && o.value.len > 0 &&
			    o.value.data[strcspn(o.value.data, "ainNI")] == '\0';
	label_list_clear(&r->labels);
	/* What the dump says of references: those of an object are its variables, those
	 * of an array have indexes if none is missing, those of a hash are its own. */
	bool array = ruby_is(r, RUBY_TYPE, "ARRAY"), hash = ruby_is(r, RUBY_TYPE, "HASH");
	bool whole = array && o.has_len && (uint64_t)o.len == l->ref_count;
	/* A dump leaves out references to numbers and symbols, so the variables are known
	 * only where the shape names as many as there are references. */
	const char *name[VARIABLES_MAX];
	size_t n = 0;
	int64_t shape;
	bool named =
		ruby_is(r, RUBY_TYPE, "OBJECT") && ruby_number(r, RUBY_SHAPE, &shape);
	for (; named && shape >= 0 && (uint64_t)shape < r->shapes && n < VARIABLES_MAX;
		shape = r->shape[shape].parent)
		if (r->shape[shape].name != NULL)
			name[n++] = r->shape[shape].name;
	named = named && n == l->ref_count;
	while (named && n > 0)
		label_list_put(&r->labels, "", ruby_literal(name[--n]), "");
	for (size_t i = 0; !named && i < l->ref_count; i++)
		if (whole)
			label_list_index(&r->labels, (int64_t)i);
		else if (array || hash)
			label_list_put(&r->labels, array ? "[]" : "{}",
				(struct dump_text){ 0 }, "");
		else
			label_list_none(&r->labels);
	int64_t class = ruby_address(r, RUBY_CLASS);
	if (class > 0) {
		label_list_put(&r->labels, ".class", (struct dump_text){ 0 }, "");
		if (!array_reserve(
			    &l->refs, &l->ref_cap, l->ref_count + 1, sizeof *l->refs))
			return error_nomem(r->err);
		l->refs[l->ref_count++] = class;
	}
	o.refs = l->refs;
	o.ref_count = l->ref_count;
	o.labels = label_list_end(&r->labels);
	if (root != NULL)
		o.root = ruby_literal(root->reason);
	o.site = (struct dump_site){ .file = ruby_text(r, RUBY_FILE),
		.function = ruby_text(r, RUBY_METHOD) };
	ruby_number(r, RUBY_LINE, &o.site.line);
	if (r->labels.text.failed || r->type.failed)
		return error_nomem(r->err);
	return r->sink->object(r->sink->data, number, &o, r->err);
}

static bool ruby_emit_all(struct ruby *r)
{
	struct dump_fault fault;
	const char *next, *let_go = r->data;
	uint64_t number = 0;
	for (const char *at = r->data; at < r->end; at = next + 1) {
		next = memchr(at, '\n', (size_t)(r->end - at));
		bool last = next == NULL;
		if (last)
			next = r->end;
		number++;
		ruby_let_go(r, &let_go, at);
		switch (ruby_parse(r, at, (size_t)(next - at), &fault)) {
		case RUBY_OBJECT_LINE:
			if (ruby_is(r, RUBY_TYPE, "ROOT") ||
				ruby_is(r, RUBY_TYPE, "SHAPE"))
				break;
			if (!ruby_emit(r, number))
				return false;
			break;
		case RUBY_BAD:
			if (!r->sink->reject(r->sink->data, number, (size_t)(next - at),
				    &fault, r->err) ||
				(last && !r->sink->torn(r->sink->data,
						 "the last line breaks off", r->err)))
				return false;
			break;
		case RUBY_NOMEM:
			return error_nomem(r->err);
		case RUBY_BLANK:
			break;
		}
	}
	return true;
}

bool ruby_recognise(const unsigned char *head, size_t len)
{
	const unsigned char *end = head + len;
	const unsigned char *at = json_head_key(head, len, "address");
	if (at != NULL)
		return end - at > 3 && memcmp(at, "\"0x", 3) == 0;
	at = json_head_key(head, len, "type");
	return at != NULL && end - at > 6 && memcmp(at, "\"ROOT\"", 6) == 0;
}

bool ruby_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	(void)options;
	struct ruby r = { .sink = sink, .err = err };
	const unsigned char *data;
	size_t len;
	if (!dump_input_map(in, &data, &len, err))
		return false;
	r.data = (const char *)data;
	r.end = r.data + len;
	arena_init(&r.room);
	bool ok = ruby_collect(&r) && ruby_emit_all(&r);
	json_events_close(&r.json);
	for (size_t i = 0; i < RUBY_KEYS; i++)
		buffer_fini(&r.line.text[i]);
	free(r.line.refs);
	free(r.class);
	free(r.root);
	free(r.shape);
	map_fini(&r.by_class);
	map_fini(&r.by_root);
	label_list_fini(&r.labels);
	buffer_fini(&r.type);
	arena_fini(&r.room);
	return ok;
}
