/* SPDX-License-Identifier: MIT */
/* subst_tables - the current generation's tables by their numbers.
 *
 * The current generation's tables are `obj` and `ref`, without its number; a script that
 * says `obj3` means the same whether or not 3 is current. */
#ifndef MEMSEE_LANGUAGE_SUBST_TABLES_H
#define MEMSEE_LANGUAGE_SUBST_TABLES_H

#include "base/error.h"
#include "language/parse.h"
#include "language/subst.h"

#include <stdbool.h>
#include <stdint.h>

/* Replaces, where a table is allowed, `obj3` by `obj as obj3`, so that `obj3.size` goes
 * on to mean it, or by `obj` where there is another alias or none may be; `ref3` alike.
 * To be called with the forms expanded, since a value may bring the number: `obj$1`.
 * Nothing is done for generation 0, and when the statement defines such a table itself.
 * `parsed` is the parse of this very text, NULL when nobody has parsed it.  Fails only
 * out of memory. */
bool subst_tables_rename(struct subst_text *out, const struct parse *parsed,
	int64_t generation, struct error *err);

#endif
