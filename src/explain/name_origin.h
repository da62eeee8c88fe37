/* SPDX-License-Identifier: MIT */
/* name_origin - objects with names of their own, modules and classes, and their owners.
 * Part of `name`; nothing else includes it. */
#ifndef MEMSEE_EXPLAIN_NAME_ORIGIN_H
#define MEMSEE_EXPLAIN_NAME_ORIGIN_H

#include "explain/name.h"
#include "explain/name_cost.h"

struct name_module {
	uint32_t node;
	uint32_t rank; /* the program's own first, then by owner, name, address */
	enum name_owner owner;
	char *name;
};

struct name_class {
	uint32_t node;
	uint32_t module; /* where it is defined, as an index; GRAPH_NONE: not known */
	char *name;
	char *in; /* the name of its module; NULL for a built-in class */
	/* The name says all, as classes of other runtimes than CPython say their package:
	 * what the class leads to is named by it. */
	bool whole;
};

/* The dict of a module, for finding whose globals a function has. */
struct name_dict {
	uint32_t node, module;
};

struct name_origins {
	struct name_module *module; /* by node */
	size_t module_count, module_cap;
	struct name_class *class; /* by node */
	size_t class_count, class_cap;
	struct name_dict *dict; /* by node */
	size_t dict_count;
	uint32_t *by_name; /* the modules' indexes, by name, then node */
};

/* `*o` is zeroed, and the caller's for name_origins_fini(), also after a failure.  Types
 * of which objects bear names become classes in `c`.  O(n), and a few queries a class. */
bool name_origins_init(struct name_origins *o, struct name_costs *c, struct analysis *a,
	struct error *err);
void name_origins_fini(struct name_origins *o);

/* Indexes, or GRAPH_NONE: of the module or class at a node, of the module whose dict it
 * is.  O(log n). */
uint32_t name_origins_module(const struct name_origins *o, uint32_t node);
uint32_t name_origins_class(const struct name_origins *o, uint32_t node);
uint32_t name_origins_dict(const struct name_origins *o, uint32_t node);

/* The module that defines an object: its class's or, of a function, that of its globals;
 * GRAPH_NONE when none is known.  O(children). */
uint32_t name_origins_home(
	const struct name_origins *o, const struct name_costs *c, uint32_t node);

#endif
