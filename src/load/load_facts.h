/* SPDX-License-Identifier: MIT */
/* load_facts - the facts that a dump has about its process, for the read log. */
#ifndef MEMSEE_LOAD_LOAD_FACTS_H
#define MEMSEE_LOAD_LOAD_FACTS_H

#include "base/cell.h"
#include "store/db.h"

struct load_fact {
	char *name;
	struct cell value; /* its text is owned */
};

/* All zero is empty. */
struct load_facts {
	struct load_fact *fact;
	size_t count, cap;
};

/* Copies a fact; it replaces one with the same name. */
bool load_facts_put(
	struct load_facts *facts, const char *name, struct cell value, struct error *err);

/* Writes them for generation `gen`, in the order in which each was put first. */
bool load_facts_write(
	const struct load_facts *facts, struct db *db, int64_t gen, struct error *err);

void load_facts_fini(struct load_facts *facts);

#endif
