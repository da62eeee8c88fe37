/* SPDX-License-Identifier: MIT */
#include "session/transaction.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void transaction_fini(struct transaction *t)
{
	free(t->file);
	free(t->source);
	*t = (struct transaction){ 0 };
}

void transaction_watch(struct transaction *t, const struct db *db,
	const struct script *script, const struct script_command *command)
{
	bool open = db != NULL && db_in_transaction(db);
	if (open == t->open)
		return;
	transaction_fini(t);
	if (!open)
		return;
	assert(t->file == NULL && t->source == NULL);
	t->open = true;
	assert(script != NULL && command != NULL);
	t->place = script_locate(script, command, ERROR_NOWHERE);
	t->file = strdup(t->place.file);
	t->source = strndup(t->place.source, t->place.source_len);
	t->place.file = t->file;
	t->place.source = t->source;
}

bool transaction_check(const struct transaction *t, struct error *err)
{
	return !t->open ||
	       error_set(err, STATUS_SCRIPT,
		       "the transaction that begins in line %zu is not ended, and what "
		       "it "
		       "changed would be lost: '!commit' keeps it, '!rollback' drops it",
		       t->place.line);
}
