/* SPDX-License-Identifier: MIT */
/* dump - reads one object of a heap dump from its line of JSON.
 *
 * meliae writes one object per line,
 *
 *     {"address": N, "type": "T", "size": N[, "name": "S"][, "len": N]
 *      [, "value": "S"|N], "refs": [N, N]}
 *
 * in exactly this order and spacing.  dump_scan() reads lines of exactly this form and no
 * others.  yajl reads every other line: keys in another order, spaces, unknown keys,
 * damage.  Both agree on every line that dump_scan() accepts.
 *
 * memsee's own dumper adds, after the references,
 *
 *     [, "labels": ["S"|null, …]][, "root": "S"]
 *
 * the name of each reference, and the reason why the interpreter itself holds the object.
 * dump_scan() reads these lines too.
 *
 * `address` (1 to 2^63-1) and `type` are required; `size`, `name`, `len`, `value`,
 * `refs`, `labels` and `root` may be missing or null.  A repeated key, a value of the
 * wrong type or a number beyond 64 bits makes the line bad, and the fault says why.
 * Unknown keys are skipped with their values, which may nest up to DUMP_DEPTH_MAX levels.
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

/* The kinds of line. */
enum dump_kind {
	DUMP_OBJECT, /* an object of the heap */
	DUMP_BLANK,  /* only white space */
	DUMP_HEADER, /* the dumper's description of itself: {"memsee_dump": 1, …} */
	DUMP_BAD,    /* unreadable: see struct dump_fault */
	DUMP_NOMEM,
};

/* UTF-8 of `len` bytes, which may include NULs; `data` is NULL for a missing or null
 * value. */
struct dump_text {
	const char *data;
	size_t len;
};

/* A place in a program's source; the line is 0 if it is unknown. */
struct dump_site {
	struct dump_text file, function;
	int64_t line;
};

/* All texts and references are borrowed from the line and the parser until the next
 * dump_parse(). */
struct dump_object {
	int64_t address;
	struct dump_text type, name, value;
	/* The text that the original memsee shows for the object: the name of a function,
	 * type or module, Python 2's repr() of an int, str or unicode, else the type. */
	struct dump_text repr;
	int64_t size, len;
	bool has_size, has_len;
	bool value_is_number; /* then `value` is its digits */
	const int64_t *refs;  /* in the order of the dump, with repeats */
	size_t ref_count;
	/* The JSON list, as written in the line: see dump_labels_next().  It may have
	 * more or fewer items than there are references. */
	struct dump_text labels;
	struct dump_text root;
	struct dump_site site; /* where it was allocated; no file if that is unknown */
	unsigned surrogates;   /* number of unpaired surrogates that were replaced */
};

#define DUMP_REASON_MAX 128

/* Why a line is bad, and the column of the byte where that shows, counted from 1. */
struct dump_fault {
	size_t column;
	char reason[DUMP_REASON_MAX];
};

/* Memory that is reused for each line.  A parser belongs to one thread at a time. */
struct dump_parser {
	struct buffer type, name, value, repr, root; /* decoded strings */
	struct buffer label;                         /* the last one */
	int64_t *refs;
	size_t ref_cap;
	struct yajl_handle_t *yajl; /* NULL until a line needs it */
	struct dump_json *json;     /* the state of yajl's callbacks, likewise */
	bool yajl_only;             /* never call dump_scan(): to compare the two */
};

void dump_parser_init(struct dump_parser *p);
void dump_parser_fini(struct dump_parser *p);

/* Reads the `len` bytes of one line (without its newline; a carriage return at its end is
 * white space) or of one element of a JSON array.  Fills `*o` for DUMP_OBJECT and
 * `*fault` for DUMP_BAD.  O(len) time; memory in proportion to the longest line. */
enum dump_kind dump_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *o, struct dump_fault *fault);

/* The kinds of item in a list of labels. */
enum dump_label {
	DUMP_LABEL_END, /* the end of the list, or something that is not a label */
	DUMP_LABEL_NAME,
	DUMP_LABEL_NONE,    /* null: a reference without a label */
	DUMP_LABEL_GOES_ON, /* true: see dump/label_list.h */
};

/* Reads the next item of the JSON list `labels`.  `*at` is at first the list's first
 * byte, and then where the last call left it; `end` is the end of the list.  For a
 * DUMP_LABEL_NAME, `*name` is the label, decoded into `room` and borrowed until the next
 * call; otherwise it has no data.  The index N becomes "[N]".  O(length of the item). */
enum dump_label dump_labels_next(
	const char **at, const char *end, struct buffer *room, struct dump_text *name);

/* The two readers, for dump_parse() and the tests.  dump_scan() is false for a line that
 * does not have exactly the form above, without saying why.  Neither makes the repr. */
bool dump_scan(
	struct dump_parser *p, const char *line, size_t len, struct dump_object *object);
enum dump_kind dump_json_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *object, struct dump_fault *fault);
void dump_json_fini(struct dump_parser *p);

#endif
