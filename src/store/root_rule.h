/* SPDX-License-Identifier: MIT */
/* root_rule - which objects a generation's user chose as its roots, kept in tables of
 * their own: root_rule(gen, rule, condition), a row a generation whose rule is not the
 * natural one, and root_chosen(gen, address), the objects that the condition chose when
 * it was given.  Neither exists before it is needed. */
#ifndef MEMSEE_STORE_ROOT_RULE_H
#define MEMSEE_STORE_ROOT_RULE_H

#include "store/db.h"

#include <stddef.h>

enum root_rule {
	ROOT_RULE_NATURAL,  /* what a Python programmer would call a root */
	ROOT_RULE_ORIGINAL, /* only what the pseudo object 0 refers to */
	ROOT_RULE_CHOSEN,   /* what a condition chose, and what was pinned since */
};

/* The rule of generation `num`. */
bool root_rule_find(struct db *db, int64_t num, enum root_rule *rule, struct error *err);

/* Sets the rule of generation `num`.  `condition` says which objects were chosen and
 * `addresses` are they, for ROOT_RULE_CHOSEN; else NULL and none.  All or nothing. */
bool root_rule_set(struct db *db, int64_t num, enum root_rule rule, const char *condition,
	const int64_t *addresses, size_t count, struct error *err);

/* What generation `num`, whose rule is ROOT_RULE_CHOSEN, chose: ascending and distinct
 * addresses, malloc'ed. */
bool root_rule_addresses(struct db *db, int64_t num, int64_t **addresses, size_t *count,
	struct error *err);

#endif
