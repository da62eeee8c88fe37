/* SPDX-License-Identifier: MIT */
/* runtime - what the types of a managed runtime are.
 *
 * A report asks for strings or mappings; what these are called differs: `str`,
 * `(string)`, `java.lang.String`, `STRING`, `string`.  One table a runtime says what a
 * type is and which references hide the answer (paths/priority.h).  The runtime of a
 * generation is the fact `runtime` of its read log; without one it is CPython.
 *
 * SQL has it as type_kind(type), for the runtime of the current generation. */
#ifndef MEMSEE_DUMP_RUNTIME_H
#define MEMSEE_DUMP_RUNTIME_H

#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum type_kind {
	KIND_OBJECT, /* of a class of the program or a library: none of the following */
	KIND_STRING,
	KIND_NUMBER,
	KIND_SEQUENCE, /* its references are items in an order: lists, arrays, tuples */
	KIND_MAPPING,  /* its references are keys and values: dicts, hashes, maps, sets */
	KIND_FUNCTION, /* what is called: functions, closures, methods */
	KIND_CODE,     /* what the runtime makes of source text */
	KIND_CLASS,
	KIND_MODULE,
	KIND_WEAK,  /* refers to something without holding it */
	KIND_BLOCK, /* a part of something else: tables of mappings, cells, frames, shapes
		     */
	KINDS
};

struct runtime_type {
	/* A type's name, or with a star at its end what begins like this, or with a star
	 * at its beginning what ends like this. */
	const char *type;
	enum type_kind kind;
};

struct runtime_low {
	const char *parent, *child; /* types; "*" takes any */
};

struct runtime {
	const char *name;                /* the fact `runtime` */
	const struct runtime_type *type; /* the first that fits; ends with NULL */
	const struct runtime_low *low;   /* ends with NULL */
	bool moves;       /* objects may have other addresses in the next dump */
	bool tells_roots; /* its dumps name all roots: what none leads to is garbage */
};

extern const struct runtime runtime_cpython, runtime_v8, runtime_jvm, runtime_ruby,
	runtime_php, runtime_julia, runtime_other;

/* The runtime of that name; CPython's for NULL, runtime_other for a name unknown here. */
const struct runtime *runtime_find(const char *name);

/* The runtime of generation `gen`, by its read log. */
bool runtime_load(
	struct db *db, int64_t gen, const struct runtime **runtime, struct error *err);

/* What a type is; `type` need not end with a NUL.  O(rows of the table). */
enum type_kind runtime_kind(const struct runtime *r, const char *type, size_t len);

/* What types were found to be, for whoever asks for each object of a dump.  All zero is
 * empty. */
struct runtime_memo {
	const struct runtime *runtime; /* of those that are remembered */
	struct runtime_known {
		char type[46];
		uint8_t len, kind; /* a length of 0: nothing */
	} known[128];
};

/* As runtime_kind(), O(length of the type) when it was asked lately. */
enum type_kind runtime_kind_again(
	struct runtime_memo *memo, const struct runtime *r, const char *type, size_t len);

/* "object", "string", …: what type_kind() yields. */
const char *type_kind_name(enum type_kind kind);

#endif
