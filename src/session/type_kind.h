/* SPDX-License-Identifier: MIT */
/* type_kind - the SQL function type_kind(type): the kind of a type in the runtime of
 * the current generation, as dump/runtime.h has it: "string", "mapping", … */
#ifndef MEMSEE_SESSION_TYPE_KIND_H
#define MEMSEE_SESSION_TYPE_KIND_H

#include "dump/runtime.h"
#include "store/db.h"

/* The runtime of the heap that SQL sees, and when it was looked up. */
struct type_kinds {
	struct db *db;
	const int64_t *looked_at;      /* see session_look_at() */
	const struct runtime *runtime; /* NULL: not looked up yet */
	uint64_t version;              /* db_heap_version() at that time */
	int64_t generation;            /* *looked_at at that time */
};

/* Registers the function with `db`; `k` and `looked_at` must outlive the connection. */
bool type_kinds_register(
	struct type_kinds *k, struct db *db, const int64_t *looked_at, struct error *err);

#endif
