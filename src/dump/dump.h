/* SPDX-License-Identifier: MIT */
/* dump - one object of a heap dump out of its line of JSON.
 *
 * meliae writes one object a line,
 *
 *     {"address": N, "type": "T", "size": N[, "name": "S"][, "len": N]
 *      [, "value": "S"|N], "refs": [N, N]}
 *
 * in exactly this order and spacing.  A line of exactly this form is taken apart by
 * dump_scan(), which does nothing else; every other line (keys in another order, spaces,
 * keys that are unknown here, damage) goes to yajl, byte for byte.  Both agree on every
 * line that the first accepts.
 *
 * memsee's own dumper adds, behind the references,
 *
 *     [, "labels": ["S"|null, …]][, "root": "S"]
 *
 * what each reference is called, and why the interpreter itself holds the object.  Such
 * lines are dump_scan()'s as well.
 *
 * What is taken: `address` (1 to 2^63-1) and `type` must be there; `size`, `name`, `len`,
 * `value`, `refs`, `labels` and `root` may be missing or null.  A repeated key, a value
 * of the wrong type and a number beyond 64 bits make the line bad, with the reason;
 * unknown keys are skipped whatever they hold, down to DUMP_DEPTH_MAX levels.
 *
 * Strings are decoded exactly, NULs and control characters included.  An unpaired
 * surrogate, which UTF-8 cannot hold, becomes U+FFFD and is counted. */
#ifndef MEMSEE_DUMP_DUMP_H
#define MEMSEE_DUMP_DUMP_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DUMP_DEPTH_MAX 64

/* What a line is. */
enum dump_kind {
	DUMP_OBJECT, /* an object of the heap */
	DUMP_BLANK,  /* nothing but white space */
	DUMP_HEADER, /* what a dumper says of itself: {"memsee_dump": 1, …} */
	DUMP_BAD,    /* unreadable: see struct dump_fault */
	DUMP_NOMEM,
};

/* UTF-8 of `len` bytes, NULs possible; `data` is NULL when it was missing or null. */
struct dump_text {
	const char *data;
	size_t len;
};

/* A place in a program's text; the line is 0 when it is not known. */
struct dump_site {
	struct dump_text file, function;
	int64_t line;
};

/* Everything is borrowed from the line and the parser until the next dump_parse(). */
struct dump_object {
	int64_t address;
	struct dump_text type, name, value;
	/* What the original memsee shows for the object: the name of a function, type or
	 * module, Python 2's repr() of an int, str or unicode, else the type. */
	struct dump_text repr;
	int64_t size, len;
	bool has_size, has_len;
	bool value_is_number; /* then `value` is its digits */
	const int64_t *refs;  /* as in the dump: repeats kept */
	size_t ref_count;
	/* The JSON list, as it stands in the line: see dump_labels_next().  Nobody has
	 * counted whether there are as many as references. */
	struct dump_text labels;
	struct dump_text root;
	struct dump_site site; /* where it was allocated; without a file when not known */
	unsigned surrogates;   /* unpaired ones that were replaced */
};

#define DUMP_REASON_MAX 128

/* Why a line is bad, and the byte, from 1, where that shows. */
struct dump_fault {
	size_t column;
	char reason[DUMP_REASON_MAX];
};

/* Room that is used again for each line.  A parser belongs to one thread at a time. */
struct dump_parser {
	struct buffer type, name, value, repr, root; /* decoded strings */
	struct buffer label;                         /* the last one */
	int64_t *refs;
	size_t ref_cap;
	struct yajl_handle_t *yajl; /* NULL until a line needs it */
	struct dump_json *json;     /* what yajl's callbacks share, likewise */
	bool yajl_only;             /* never dump_scan(): for comparing the two */
};

void dump_parser_init(struct dump_parser *p);
void dump_parser_fini(struct dump_parser *p);

/* Takes apart the `len` bytes of one line (without its end; a carriage return there is
 * white space) or of one element of a JSON array.  Fills `*object` for DUMP_OBJECT and
 * `*fault` for DUMP_BAD.  O(len), and memory in proportion to the longest line. */
enum dump_kind dump_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *object, struct dump_fault *fault);

/* What stands next in a list of labels. */
enum dump_label {
	DUMP_LABEL_END, /* nothing, or what is no label */
	DUMP_LABEL_NAME,
	DUMP_LABEL_NONE,    /* null: a reference without one */
	DUMP_LABEL_GOES_ON, /* true: see dump/label_list.h */
};

/* Goes through the JSON list of `labels`: `*at` is its first byte, later where the last
 * call left it, `end` the byte behind it.  `*name` is the next label, decoded into `room`
 * (borrowed until the next call), without data unless it is a DUMP_LABEL_NAME; the index
 * N is "[N]".  O(the label). */
enum dump_label dump_labels_next(
	const char **at, const char *end, struct buffer *room, struct dump_text *name);

/* The two ways of it, for dump_parse() and the tests.  dump_scan() is false when the line
 * is not exactly meliae's, whatever else it is, and then says nothing about it; the
 * repr is left to the caller.  */
bool dump_scan(
	struct dump_parser *p, const char *line, size_t len, struct dump_object *object);
enum dump_kind dump_json_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *object, struct dump_fault *fault);
void dump_json_fini(struct dump_parser *p);

#endif
