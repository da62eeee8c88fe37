/* SPDX-License-Identifier: MIT */
/* transaction - a transaction that a script began (`!begin`, `!savepoint a`) and must
 * end.
 *
 * Changes are lost unless they are committed, so a run that ends inside a transaction, or
 * connects to another database there, fails and names the command that began it.
 */
#ifndef MEMSEE_SESSION_TRANSACTION_H
#define MEMSEE_SESSION_TRANSACTION_H

#include "language/script.h"
#include "store/db.h"

/* Zeroed: none is open. */
struct transaction {
	bool open;
	char *file, *source;       /* owned; NULL out of memory */
	struct script_place place; /* of what began it, in these */
};

/* Call this after each command of `script`: it notes a transaction that begins or ends.
 */
void transaction_watch(struct transaction *t, const struct db *db,
	const struct script *script, const struct script_command *command);

/* Fails with STATUS_SCRIPT while one is open. */
bool transaction_check(const struct transaction *t, struct error *err);

/* Forgets it. */
void transaction_fini(struct transaction *t);

#endif
