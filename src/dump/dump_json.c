/* SPDX-License-Identifier: MIT */
/* Reads lines with yajl.  yajl checks the syntax and finds the tokens.  Strings are
 * decoded here from the bytes of the line, because yajl loses unpaired surrogates. */
#include "base/array.h"
#include "dump/dump.h"
#include "dump/dump_text.h"
#include "dump/json_events.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* The kinds of value that a key may have, as bits.  null is the same as a missing key. */
enum {
	TAKES_STRING = 1,
	TAKES_INTEGER = 2,
	TAKES_NUMBER = 4,
	TAKES_WORD = 8,
	TAKES_ARRAY = 16
};

enum dump_key {
	KEY_ADDRESS,
	KEY_TYPE,
	KEY_SIZE,
	KEY_NAME,
	KEY_LEN,
	KEY_VALUE,
	KEY_REFS,
	KEY_LABELS,
	KEY_ROOT,
	KEY_HEADER,
	KEY_UNKNOWN,
};

static const struct {
	const char *name;
	unsigned takes;
	const char *wanted;
} dump_keys[] = {
	[KEY_ADDRESS] = { "address", TAKES_INTEGER, "an integer" },
	[KEY_TYPE] = { "type", TAKES_STRING, "a string" },
	[KEY_SIZE] = { "size", TAKES_INTEGER, "an integer" },
	[KEY_NAME] = { "name", TAKES_STRING, "a string" },
	[KEY_LEN] = { "len", TAKES_INTEGER, "an integer" },
	[KEY_VALUE] = { "value", TAKES_STRING | TAKES_INTEGER | TAKES_NUMBER | TAKES_WORD,
		"a string or a number" },
	[KEY_REFS] = { "refs", TAKES_ARRAY, "a list" },
	[KEY_LABELS] = { "labels", TAKES_ARRAY, "a list" },
	[KEY_ROOT] = { "root", TAKES_STRING, "a string" },
	[KEY_HEADER] = { "memsee_dump", TAKES_INTEGER, "an integer" },
	[KEY_UNKNOWN] = { NULL, ~0u, NULL },
};

struct dump_json {
	struct dump_parser *parser;
	struct dump_object *object;
	struct dump_fault *fault;
	const char *line;
	size_t before, end; /* where the previous token ended, and where this one ends */
	unsigned depth;
	enum dump_key key; /* the key at depth 1 whose value is being read */
	unsigned seen;     /* a bit for each key */
	size_t labels;     /* offset of the list of labels in the line */
	bool complete;     /* the object has been closed */
	bool faulty;       /* `fault` is filled */
	bool nomem;
};

/* Records why the line is bad, and the byte `at` where that shows.  Returns 0, which
 * makes yajl stop. */
static int dump_json_fail(struct dump_json *j, size_t at, const char *reason)
{
	assert(!j->faulty);
	j->faulty = true;
	j->fault->column = at + 1;
	snprintf(j->fault->reason, sizeof j->fault->reason, "%s", reason);
	return 0;
}

/* Where the token that ends at j->end begins. */
static size_t dump_json_start(const struct dump_json *j)
{
	assert(j->before <= j->end);
	size_t at = j->before;
	while (at < j->end && memchr(" \t\r\n,:", j->line[at], 6) != NULL)
		at++;
	return at;
}

/* Records why the line is bad at this token. */
__attribute__((format(printf, 2, 3))) static int dump_json_failf(
	struct dump_json *j, const char *format, ...)
{
	char reason[DUMP_REASON_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(reason, sizeof reason, format, args);
	va_end(args);
	return dump_json_fail(j, dump_json_start(j), reason);
}

/* Moves on to the next token.  Every callback calls this first. */
static void dump_json_step(struct dump_json *j)
{
	j->before = j->end;
	j->end = yajl_get_bytes_consumed(j->parser->yajl);
}

/* May a value of kind `takes` be here?  1 yes, 0 no, -1 skip it. */
static int dump_json_admit(struct dump_json *j, unsigned takes, const char *what)
{
	if (j->depth == 0)
		return dump_json_failf(
			j, "%s", j->complete ? "more than one object" : "no object");
	if (j->depth > 2 || j->key == KEY_UNKNOWN)
		return -1;
	if (j->depth == 2) {
		/* The item of a list. */
		assert(j->key == KEY_REFS || j->key == KEY_LABELS);
		bool labels = j->key == KEY_LABELS;
		if (takes == (labels ? TAKES_STRING : TAKES_INTEGER))
			return 1;
		return dump_json_failf(j, "'%s' holds %s, not only %s",
			dump_keys[j->key].name, what, labels ? "names" : "addresses");
	}
	if ((dump_keys[j->key].takes & takes) == 0)
		return dump_json_failf(j, "'%s' is %s, not %s", dump_keys[j->key].name,
			what, dump_keys[j->key].wanted);
	return 1;
}

static int dump_json_null(void *context)
{
	struct dump_json *j = context;
	dump_json_step(j);
	/* A key may be null, and so may a label, but not a reference. */
	if (j->depth == 1 || (j->depth == 2 && j->key == KEY_LABELS))
		return 1;
	return dump_json_admit(j, 0, "null") != 0;
}

static int dump_json_boolean(void *context, int value)
{
	struct dump_json *j = context;
	dump_json_step(j);
	int admitted = dump_json_admit(j, TAKES_WORD, value ? "true" : "false");
	if (admitted == 1)
		j->object->value = value ? (struct dump_text){ "True", 4 }
					 : (struct dump_text){ "False", 5 };
	return admitted != 0;
}

/* Reads the integer in `text`; false if it does not fit into 64 bits.  JSON has no
 * leading zeros and no plus. */
static bool dump_json_integer(const char *text, size_t len, int64_t *value)
{
	bool negative = len > 0 && *text == '-';
	uint64_t limit = (uint64_t)INT64_MAX + negative, sum = 0;
	size_t i = negative;
	for (; i < len; i++) {
		unsigned digit = (unsigned)(text[i] - '0');
		if (digit > 9 || sum > (limit - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return true;
}

static int dump_json_number(void *context, const char *text, size_t len)
{
	struct dump_json *j = context;
	struct dump_parser *p = j->parser;
	struct dump_object *o = j->object;
	dump_json_step(j);
	bool whole = memchr(text, '.', len) == NULL && memchr(text, 'e', len) == NULL &&
		     memchr(text, 'E', len) == NULL;
	int admitted = dump_json_admit(j, whole ? TAKES_INTEGER : TAKES_NUMBER,
		whole ? "a number" : "a number with a fraction");
	if (admitted != 1)
		return admitted != 0;
	if (j->depth == 1 && j->key == KEY_VALUE) {
		/* The value keeps its digits as written, but -0 is Python's 0. */
		if (len == 2 && memcmp(text, "-0", 2) == 0)
			text++, len--;
		buffer_clear(&p->value);
		buffer_put(&p->value, text, len);
		j->nomem = p->value.failed;
		o->value = (struct dump_text){ p->value.data, p->value.len };
		o->value_is_number = true;
		return !j->nomem;
	}

	int64_t number;
	if (!dump_json_integer(text, len, &number))
		return dump_json_failf(
			j, "a number in '%s' is beyond 64 bits", dump_keys[j->key].name);
	bool is_address = number > 0;
	if (j->depth == 2) {
		assert(j->key == KEY_REFS);
		if (!is_address)
			return dump_json_fail(
				j, j->end, "'refs' holds a number that is no address");
		j->nomem = !array_reserve(
			&p->refs, &p->ref_cap, o->ref_count + 1, sizeof *p->refs);
		if (j->nomem)
			return 0;
		p->refs[o->ref_count++] = number;
		return 1;
	}
	switch (j->key) {
	case KEY_ADDRESS:
		o->address = number;
		return is_address ? 1 : dump_json_failf(j, "'address' is no address");
	case KEY_SIZE:
		o->size = number;
		o->has_size = true;
		break;
	case KEY_LEN:
		o->len = number;
		o->has_len = true;
		break;
	default:
		assert(j->key == KEY_HEADER);
		break;
	}
	return 1;
}

static int dump_json_string(void *context, const unsigned char *text, size_t len)
{
	(void)text;
	(void)len;
	struct dump_json *j = context;
	dump_json_step(j);
	int admitted = dump_json_admit(j, TAKES_STRING, "a string");
	if (admitted != 1)
		return admitted != 0;
	struct buffer *buffers[] = { [KEY_TYPE] = &j->parser->type,
		[KEY_NAME] = &j->parser->name,
		[KEY_VALUE] = &j->parser->value,
		[KEY_ROOT] = &j->parser->root,
		[KEY_LABELS] = &j->parser->label };
	struct dump_text *texts[] = { [KEY_TYPE] = &j->object->type,
		[KEY_NAME] = &j->object->name,
		[KEY_VALUE] = &j->object->value,
		[KEY_ROOT] = &j->object->root };
	assert(j->key < sizeof buffers / sizeof *buffers && buffers[j->key] != NULL);
	struct buffer *b = buffers[j->key];
	size_t start = dump_json_start(j) + 1;
	assert(start < j->end);
	if (!dump_text_decode(
		    b, j->line + start, j->end - 1 - start, &j->object->surrogates))
		return dump_json_failf(j, "'%s' is not UTF-8", dump_keys[j->key].name);
	j->nomem = b->failed;
	if (j->key != KEY_LABELS)
		*texts[j->key] = (struct dump_text){ b->data, b->len };
	return !b->failed;
}

static int dump_json_open(struct dump_json *j, unsigned takes, const char *what)
{
	dump_json_step(j);
	bool top = j->depth == 0 && takes == 0 && !j->complete;
	if (!top && dump_json_admit(j, takes, what) == 0)
		return 0;
	if (j->depth == 1 && j->key == KEY_LABELS)
		j->labels = j->end - 1;
	if (++j->depth > DUMP_DEPTH_MAX)
		return dump_json_failf(j, "nested too deeply");
	return 1;
}

static int dump_json_start_map(void *context)
{
	return dump_json_open(context, 0, "an object");
}

static int dump_json_start_array(void *context)
{
	return dump_json_open(context, TAKES_ARRAY, "a list");
}

static int dump_json_map_key(void *context, const unsigned char *text, size_t len)
{
	struct dump_json *j = context;
	dump_json_step(j);
	if (j->depth != 1)
		return 1;
	j->key = 0;
	while (j->key < KEY_UNKNOWN &&
		(strlen(dump_keys[j->key].name) != len ||
			memcmp(dump_keys[j->key].name, text, len) != 0))
		j->key++;
	if (j->key < KEY_UNKNOWN && (j->seen & 1u << j->key) != 0)
		return dump_json_failf(j, "'%s' is there twice", dump_keys[j->key].name);
	j->seen |= 1u << j->key;
	return 1;
}

static int dump_json_close(void *context)
{
	struct dump_json *j = context;
	dump_json_step(j);
	assert(j->depth > 0 && !j->complete);
	j->complete = --j->depth == 0;
	if (j->depth == 1 && j->key == KEY_LABELS)
		j->object->labels =
			(struct dump_text){ j->line + j->labels, j->end - j->labels };
	return 1;
}

static const yajl_callbacks dump_json_callbacks = {
	.yajl_null = dump_json_null,
	.yajl_boolean = dump_json_boolean,
	.yajl_number = dump_json_number,
	.yajl_string = dump_json_string,
	.yajl_start_map = dump_json_start_map,
	.yajl_map_key = dump_json_map_key,
	.yajl_end_map = dump_json_close,
	.yajl_start_array = dump_json_start_array,
	.yajl_end_array = dump_json_close,
};

void dump_json_fini(struct dump_parser *p)
{
	if (p->yajl != NULL)
		yajl_free(p->yajl);
	free(p->json);
	p->yajl = NULL;
	p->json = NULL;
}

enum dump_kind dump_json_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *object, struct dump_fault *fault)
{
	*object = (struct dump_object){ 0 };
	*fault = (struct dump_fault){ 0 };
	/* One handle serves line after line as long as each line is one whole object. */
	if (p->json == NULL)
		p->json = calloc(1, sizeof *p->json);
	if (p->json != NULL && p->yajl == NULL) {
		p->yajl = yajl_alloc(&dump_json_callbacks, NULL, p->json);
		if (p->yajl != NULL)
			yajl_config(p->yajl, yajl_allow_multiple_values, 1);
	}
	if (p->json == NULL || p->yajl == NULL)
		return DUMP_NOMEM;
	struct dump_json *j = p->json;
	*j = (struct dump_json){
		.parser = p, .object = object, .fault = fault, .line = line
	};
	yajl_status status = yajl_parse(p->yajl, (const unsigned char *)line, len);
	if (status != yajl_status_ok && !j->faulty && !j->nomem) {
		struct dump_fault why;
		json_explain(p->yajl, line, len, &why);
		dump_json_fail(j, why.column - 1, why.reason);
	}
	/* yajl has seen the whole line: is it an object? */
	bool header = (j->seen & 1u << KEY_HEADER) != 0;
	if (!j->faulty && !j->nomem) {
		if (!j->complete)
			dump_json_fail(j, len,
				j->depth > 0 ? "the object breaks off" : "no object");
		else if (!header && object->address == 0)
			dump_json_fail(j, 0, "no 'address'");
		else if (!header && object->type.data == NULL)
			dump_json_fail(j, 0, "no 'type'");
	}
	enum dump_kind kind = j->nomem    ? DUMP_NOMEM
			      : j->faulty ? DUMP_BAD
			      : header    ? DUMP_HEADER
					  : DUMP_OBJECT;
	object->refs = p->refs;
	assert(object->ref_count <= p->ref_cap);
	if (status != yajl_status_ok || !j->complete)
		dump_json_fini(p);
	return kind;
}
