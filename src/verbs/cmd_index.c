/* SPDX-License-Identifier: MIT */
/* index: which columns can be searched without reading every row. */
#include "session/commands.h"
#include "session/query.h"
#include "store/column_index.h"
#include "store/generation.h"

/* index [COLUMN]… */
static bool index_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_heap(s, err);
	int64_t num;
	if (db == NULL)
		return false;
	if (in->words.count == 0) {
		struct db_stmt *stmt = NULL;
		struct result *r = NULL;
		if (db_prepare(db, column_index_list, &stmt, NULL, err))
			r = query_rows(s, stmt, err);
		db_stmt_free(stmt);
		return r != NULL && session_show(s, r, err);
	}
	/* Nothing is made before all names are known to be right. */
	for (size_t i = 0; i < in->words.count; i++) {
		bool known;
		if (!column_index_knows(db, in->words.items[i].text, &known, err))
			return false;
		if (!known)
			return command_bad_word(
				in, i, "neither obj nor ref has a column", err);
	}
	bool ok = generation_current(db, &num, err);
	for (size_t i = 0; ok && i < in->words.count; i++) {
		const char *column = in->words.items[i].text;
		bool made;
		ok = column_index_make(db, num, column, &made, err);
		if (ok && !made)
			session_note(s, "column '%s' has an index already", column);
	}
	return ok;
}

const struct command command_index = {
	.name = "index",
	.usage = "[COLUMN]…",
	.summary = "make indexes on columns, or list them",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = index_run,
};
