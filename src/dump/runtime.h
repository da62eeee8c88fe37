/* SPDX-License-Identifier: MIT */
/* runtime - the kinds of a managed runtime's types.
 *
 * A report asks for strings or mappings, whose names differ between runtimes: `str`,
 * `(string)`, `java.lang.String`, `STRING`, `string`.  One table per runtime gives the
 * kind of each type and the references of low priority (paths/priority.h).  The runtime
 * of a generation is the fact `runtime` of its read log, or CPython if that is missing.
 *
 * The SQL function type_kind(type) uses the runtime of the current generation. */
#ifndef MEMSEE_DUMP_RUNTIME_H
#define MEMSEE_DUMP_RUNTIME_H

#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum type_kind {
	KIND_OBJECT, /* none of the following: of a class of the program or a library */
	KIND_STRING,
	KIND_NUMBER,
	KIND_SEQUENCE, /* its references are items in an order: lists, arrays, tuples */
	KIND_MAPPING,  /* its references are keys and values: dicts, hashes, maps, sets */
	KIND_FUNCTION, /* functions, closures, methods */
	KIND_CODE,     /* compiled source text */
	KIND_CLASS,
	KIND_MODULE,
	KIND_WEAK,  /* refers to an object without retaining it */
	KIND_BLOCK, /* a part of another object: tables of mappings, cells, frames, shapes
		     */
	KINDS
};

struct runtime_type {
	/* A pattern: a type's name.  A star at its end fits any end, one at its beginning
	 * any beginning. */
	const char *type;
	enum type_kind kind;
};

struct runtime_low {
	const char *parent, *child; /* types; "*" fits any */
};

struct runtime {
	const char *name;                /* the fact `runtime` */
	const struct runtime_type *type; /* the first that fits counts; ends with NULL */
	const struct runtime_low *low;   /* ends with NULL */
	const char *const *library; /* patterns of the runtime's own classes, which name
				       no leak while one of the program does; ends with
				       NULL; NULL: there are none */
	const char *constants; /* the type of classes that have others as constants: such
				  references are not low; NULL: there is none */
	const char *scope;     /* the type of what holds the variables of a scope, which
				  closures share; NULL: there is none */
	const char *compiled; /* the type of what the engine makes of functions while they
				 run, which no program lets go; NULL: there is none */
	bool moves;           /* objects may have other addresses in the next dump */
	bool appends;         /* text may get longer in place */
	bool tells_roots; /* its dumps name all roots: unreachable objects are garbage */
};

extern const struct runtime runtime_cpython, runtime_v8, runtime_jvm, runtime_ruby,
	runtime_php, runtime_julia, runtime_other;

/* The runtime of that name; CPython for NULL, runtime_other for an unknown name. */
const struct runtime *runtime_find(const char *name);

/* The runtime of generation `gen`, from its read log. */
bool runtime_load(
	struct db *db, int64_t gen, const struct runtime **runtime, struct error *err);

/* The kind of a type; `type` need not end with a NUL.  O(rows of the table). */
enum type_kind runtime_kind(const struct runtime *r, const char *type, size_t len);

/* Is the type one of the runtime's own classes? */
bool runtime_is_library(const struct runtime *r, const char *type);

/* The kinds of types that were looked up lately, for callers that ask for each object of
 * a dump.  All zero is empty. */
struct runtime_memo {
	const struct runtime *runtime; /* the one that the entries are from */
	struct runtime_known {
		char type[46];
		uint8_t len, kind; /* a length of 0: an empty entry */
	} known[128];
};

/* The same as runtime_kind(); O(length of the type) if it was looked up lately. */
enum type_kind runtime_kind_again(
	struct runtime_memo *memo, const struct runtime *r, const char *type, size_t len);

/* "object", "string", …: what type_kind() yields. */
const char *type_kind_name(enum type_kind kind);

#endif
