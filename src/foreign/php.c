/* SPDX-License-Identifier: MIT */
#include "foreign/php.h"

#include "base/array.h"
#include "base/map.h"
#include "base/utf8.h"
#include "dump/json_events.h"
#include "dump/label_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHP_CHUNK = 1 << 18, PHP_DEPTH = 4, PHP_KEY = 64, PHP_SHAPE = 8 };

/* The fields of an item, as text. */
enum php_field {
	PHP_TYPE,
	PHP_SIZE,
	PHP_CLASS,
	PHP_FRAME,
	PHP_SYMBOL,
	PHP_ROOT,
	PHP_FIELDS
};

static const char *const php_fields[PHP_FIELDS] = { "type", "size", "class", "frame",
	"symbol_name", "is_root" };

/* What php-meminfo shows of an SplObjectStorage and a WeakMap: arrays of their own, which
 * come after what refers to them. */
enum php_part_kind { PHP_STORAGE, PHP_ENTRY, PHP_WEAK_ENTRY };

struct php_part {
	int64_t address;
	enum php_part_kind kind;
};

struct php_reader {
	struct dump_input *in;
	struct dump_sink *sink;
	struct error *err;
	unsigned depth;
	char key[PHP_DEPTH][PHP_KEY]; /* of the objects that are open */
	bool items;                   /* they have come */
	uint64_t number;              /* of the item */
	int64_t address;
	struct buffer field[PHP_FIELDS];
	bool has[PHP_FIELDS];
	int64_t *refs;
	size_t ref_count, ref_cap;
	struct label_list labels;
	struct buffer name, reason; /* of a child; of a root */
	struct buffer shape;        /* of an array: the names of its first items */
	unsigned names;
	int64_t place; /* in a list of children */
	struct php_part *part;
	size_t parts, part_cap;
	struct map by_part;
};

static struct dump_text php_text(const struct php_reader *r, enum php_field field)
{
	if (!r->has[field])
		return (struct dump_text){ 0 };
	return (struct dump_text){ buffer_text(&r->field[field]), r->field[field].len };
}

static int64_t php_address(const char *text)
{
	char *rest;
	errno = 0;
	unsigned long long value = strtoull(text, &rest, 16);
	return strncmp(text, "0x", 2) == 0 && *rest == '\0' && errno == 0 &&
			       value <= INT64_MAX
		       ? (int64_t)value
		       : 0;
}

static bool php_is(const struct php_reader *r, enum php_field field, const char *word)
{
	return r->has[field] && strcmp(buffer_text(&r->field[field]), word) == 0;
}

struct php_part_key {
	const struct php_reader *r;
	int64_t address;
};

static bool php_is_part(const void *key, uint32_t item)
{
	const struct php_part_key *k = key;
	return k->r->part[item].address == k->address;
}

/* The part of a container at that address; NULL: there is none. */
static const struct php_part *php_find_part(const struct php_reader *r, int64_t address)
{
	const struct php_part_key key = { r, address };
	uint32_t i = map_find(&r->by_part, (uint64_t)address, php_is_part, &key);
	return i == MAP_NONE ? NULL : &r->part[i];
}

/* Two containers may hold one array: the first says what it is. */
static bool php_note_part(struct php_reader *r, int64_t address, enum php_part_kind kind)
{
	if (php_find_part(r, address) != NULL)
		return true;
	if (!array_reserve(&r->part, &r->part_cap, r->parts + 1, sizeof *r->part) ||
		!map_put(&r->by_part, (uint64_t)address, (uint32_t)r->parts))
		return false;
	r->part[r->parts++] = (struct php_part){ address, kind };
	return true;
}

/* Where the frame is, and what the variable is called there:
 * `<GLOBAL> $registry`.  A static member is called as in programs,
 * `Registry::$services`. */
static void php_call_root(struct php_reader *r)
{
	struct dump_text frame = php_text(r, PHP_FRAME);
	struct dump_text symbol = php_text(r, PHP_SYMBOL);
	bool variable = symbol.len > 0 && symbol.data[0] != '$' && symbol.data[0] != '<';
	buffer_clear(&r->reason);
	const char *member =
		frame.len > 0 && strcmp(frame.data, "<CLASS_STATIC_MEMBER>") == 0
			? strstr(buffer_text(&r->field[PHP_SYMBOL]), "::")
			: NULL;
	/* The dump has a star for the class of a protected member. */
	if (member != NULL && symbol.len > 0 && symbol.data[0] == '*')
		buffer_printf(&r->reason, "static::$%s", member + 2);
	else if (member != NULL && symbol.len > 0)
		buffer_printf(&r->reason, "%.*s::$%s", (int)(member - symbol.data),
			symbol.data, member + 2);
	else
		buffer_printf(&r->reason, "%s%s%s%s", frame.len > 0 ? frame.data : "",
			frame.len > 0 && symbol.len > 0 ? " " : "", variable ? "$" : "",
			symbol.len > 0 ? symbol.data : "");
}

static bool php_emit(struct php_reader *r)
{
	struct dump_object o = { .address = r->address };
	const struct dump_fault no_address = { 1, "an item under what is no address" };
	const struct dump_fault no_type = { 1, "an item without a type" };
	r->number++;
	if (o.address <= 0 || !r->has[PHP_TYPE])
		return r->sink->reject(r->sink->data, r->number, 1,
			o.address <= 0 ? &no_address : &no_type, r->err);
	o.type = php_text(r, PHP_TYPE);
	if (php_is(r, PHP_TYPE, "object") && r->has[PHP_CLASS])
		o.type = php_text(r, PHP_CLASS);
	const struct php_part *part =
		php_is(r, PHP_TYPE, "array") ? php_find_part(r, r->address) : NULL;
	bool storage = part != NULL && part->kind == PHP_STORAGE;
	/* The storage of a class below SplObjectStorage has entries, too. */
	bool entry =
		r->ref_count == 2 && strcmp(buffer_text(&r->shape), "{obj, inf") == 0;
	if (part != NULL || entry)
		o.type = storage ? (struct dump_text){ "(storage)", 9 }
				 : (struct dump_text){ "(entry)", 7 };
	bool objects = php_is(r, PHP_CLASS, "SplObjectStorage");
	bool weak = php_is(r, PHP_CLASS, "WeakMap");
	for (size_t i = 0; (storage || objects || weak) && i < r->ref_count; i++)
		if (!php_note_part(r, r->refs[i],
			    objects ? PHP_STORAGE
			    : weak  ? PHP_WEAK_ENTRY
				    : PHP_ENTRY))
			return error_nomem(r->err);
	char *rest;
	o.size = strtoll(buffer_text(&r->field[PHP_SIZE]), &rest, 10);
	o.has_size = r->has[PHP_SIZE] && *rest == '\0' && r->field[PHP_SIZE].len > 0;
	o.has_len = php_is(r, PHP_TYPE, "array") && (part == NULL || storage);
	if (o.has_len && r->names > 0) {
		buffer_put_text(&r->shape, r->names > PHP_SHAPE ? ", …}" : "}");
		o.name = (struct dump_text){ buffer_text(&r->shape), r->shape.len };
	}
	o.len = (int64_t)r->ref_count;
	o.refs = r->refs;
	o.ref_count = r->ref_count;
	o.labels = label_list_end(&r->labels);
	if (php_is(r, PHP_ROOT, "true")) {
		php_call_root(r);
		o.root = r->reason.len > 0
				 ? (struct dump_text){ r->reason.data, r->reason.len }
				 : (struct dump_text){ "root", 4 };
	}
	if (r->labels.text.failed || r->reason.failed || r->shape.failed)
		return error_nomem(r->err);
	return r->sink->object(r->sink->data, r->number, &o, r->err);
}

static bool php_take_child(struct php_reader *r, const char *text, size_t len)
{
	char address[PHP_KEY];
	struct dump_text name = { buffer_text(&r->name), r->name.len };
	snprintf(address, sizeof address, "%.*s",
		(int)(len < PHP_KEY ? len : PHP_KEY - 1), text);
	int64_t child = php_address(address);
	/* A WeakMap holds what is kept under its keys, not these. */
	const struct php_part *part = name.len == 3 && memcmp(name.data, "key", 3) == 0
					      ? php_find_part(r, r->address)
					      : NULL;
	bool weak = part != NULL && part->kind == PHP_WEAK_ENTRY;
	/* A heap's flag is not an object: its address is of a copy, where the dump has
	 * another value. */
	bool flag = r->place < 0 && name.len == 11 &&
		    memcmp(name.data, "isCorrupted", name.len) == 0;
	if (child <= 0 || flag || weak)
		return true;
	if (!array_reserve(&r->refs, &r->ref_cap, r->ref_count + 1, sizeof *r->refs))
		return error_nomem(r->err);
	r->refs[r->ref_count++] = child;
	bool digits = name.len > 0 && name.len < 18 &&
		      strspn(name.data, "0123456789") == name.len;
	if (r->place >= 0 || digits)
		label_list_index(
			&r->labels, r->place >= 0 ? r->place++ : atoll(name.data));
	else if (php_is(r, PHP_TYPE, "object"))
		label_list_attribute(&r->labels, name);
	else
		label_list_put(&r->labels, "['", name, "']");
	/* Arrays that are records share their keys. */
	if (name.len > 0 && !digits && r->names++ < PHP_SHAPE) {
		buffer_put_text(&r->shape, r->names == 1 ? "{" : ", ");
		buffer_put(&r->shape, name.data, name.len < 40 ? name.len : 40);
	}
	return true;
}

/* A number, a text or a word. */
static bool php_take_value(
	struct php_reader *r, enum json_event event, const char *text, size_t len)
{
	if (r->depth == 2 && strcmp(r->key[0], "header") == 0 && event == JSON_NUMBER &&
		strstr(r->key[1], "memory_usage") != NULL) {
		char number[32];
		snprintf(number, sizeof number, "%.*s", (int)(len < 31 ? len : 31), text);
		char *rest;
		long long value = strtoll(number, &rest, 10);
		return *rest != '\0' || r->sink->fact(r->sink->data, r->key[1],
						cell_integer(value), r->err);
	}
	if (!r->items || strcmp(r->key[0], "items") != 0)
		return true;
	if (r->depth == 4 && event == JSON_STRING && strcmp(r->key[2], "children") == 0)
		return php_take_child(r, text, len);
	if (r->depth != 3)
		return true;
	for (size_t i = 0; i < PHP_FIELDS; i++)
		if (strcmp(r->key[2], php_fields[i]) == 0) {
			buffer_clear(&r->field[i]);
			utf8_put_valid(&r->field[i], text, len);
			r->has[i] = event != JSON_NULL;
			if (r->field[i].failed)
				return error_nomem(r->err);
		}
	return true;
}

static bool php_take(void *data, enum json_event event, const char *text, size_t len)
{
	struct php_reader *r = data;
	switch (event) {
	case JSON_MAP:
	case JSON_LIST:
		if (r->depth == 2 && r->items) { /* an item begins */
			memset(r->has, 0, sizeof r->has);
			r->ref_count = 0;
			r->address = php_address(r->key[1]);
			label_list_clear(&r->labels);
			buffer_clear(&r->shape);
			r->names = 0;
		}
		r->place = event == JSON_LIST ? 0 : -1;
		if (r->depth < PHP_DEPTH)
			r->key[r->depth][0] = '\0';
		r->depth++;
		return true;
	case JSON_MAP_END:
	case JSON_LIST_END:
		r->depth--;
		return r->depth != 2 || !r->items || php_emit(r);
	case JSON_KEY:
		if (r->depth >= 1 && r->depth < PHP_DEPTH)
			snprintf(r->key[r->depth - 1], PHP_KEY, "%.*s",
				(int)(len < PHP_KEY ? len : PHP_KEY - 1), text);
		if (r->depth == 1)
			r->items = strcmp(r->key[0], "items") == 0;
		if (r->depth == PHP_DEPTH) {
			buffer_clear(&r->name);
			utf8_put_valid(&r->name, text, len);
		}
		return !r->name.failed || error_nomem(r->err);
	default:
		return php_take_value(r, event, text, len);
	}
}

bool php_recognise(const unsigned char *head, size_t len)
{
	return json_head_key(head, len, "header") != NULL &&
	       memmem(head, len, "\"memory_usage\"", 14) != NULL;
}

bool php_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	(void)options;
	struct php_reader r = { .in = in, .sink = sink, .err = err };
	struct json_events json = { 0 };
	char *chunk = malloc(PHP_CHUNK);
	bool ok = (chunk != NULL && json_events_open(&json, php_take, &r)) ||
		  error_nomem(err);
	uint64_t before = 0;
	for (ptrdiff_t got = 1; ok && got > 0; before += (uint64_t)got) {
		struct dump_fault fault;
		got = dump_input_read(in, chunk, PHP_CHUNK, err);
		ok = got >= 0;
		if (!ok || json_events_feed(&json, chunk, (size_t)got, &fault))
			continue;
		ok = false;
		if (!json.stopped)
			error_set(err, STATUS_DATA, "'%s': byte %" PRIu64 ": %s",
				stream_name(dump_input_stream(in)), before + fault.column,
				fault.reason);
	}
	ok = ok &&
	     (r.depth == 0 || sink->torn(sink->data, "the last item breaks off", err));
	json_events_close(&json);
	free(chunk);
	free(r.refs);
	free(r.part);
	map_fini(&r.by_part);
	for (size_t i = 0; i < PHP_FIELDS; i++)
		buffer_fini(&r.field[i]);
	label_list_fini(&r.labels);
	buffer_fini(&r.name);
	buffer_fini(&r.reason);
	buffer_fini(&r.shape);
	return ok;
}
