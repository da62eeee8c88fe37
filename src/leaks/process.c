/* SPDX-License-Identifier: MIT */
#include "leaks/process.h"

#include "base/array.h"
#include "leaks/match.h"
#include "store/db.h"

#include <assert.h>
#include <stdlib.h>

bool process_is_one(struct snapshots *s, bool *one, struct error *err)
{
	/* First what the dumps say of their process. */
	int64_t columns;
	*one = !s->words.types.runtime->moves;
	if (!db_integer(s->db, &columns, 0, err,
		    "select count(*) from pragma_table_info('read_log')"))
		return false;
	for (size_t k = 0; *one && columns > 0 && k < s->count; k++) {
		int64_t against;
		if (!db_integer(s->db, &against, 0, err,
			    "select count(*) from read_log a where a.gen = %lld and ("
			    "a.fact = 'identity' and a.value = 'places' or"
			    " a.fact = 'pid' and exists (select 1 from read_log b"
			    " where b.gen = %lld and b.fact = 'pid'"
			    " and b.value <> a.value))",
			    (long long)s->num[k], (long long)s->num[0]))
			return false;
		*one = against == 0;
	}
	if (!*one)
		return true;
	/* Then what is the same by its name must have the same address in both. */
	uint32_t *match = NULL, same = 0, moved = 0;
	const struct snapshot *a = snapshots_get(s, 0, err);
	const struct snapshot *b = a == NULL ? NULL : snapshots_get(s, s->count - 1, err);
	if (b == NULL || !match_snapshots(a, b, false, &match, err))
		return false;
	for (uint32_t i = 0; i < a->nodes; i++) {
		if (match[i] == GRAPH_NONE)
			continue;
		assert(match[i] < b->nodes);
		if (a->address[i] == b->address[match[i]])
			same++;
		else
			moved++;
	}
	free(match);
	*one = same >= moved;
	return true;
}

/* The value of a fact, or -1. */
static bool process_fact(
	struct db *db, int64_t num, const char *fact, int64_t *value, struct error *err)
{
	return db_integer(db, value, -1, err,
		"select max(value) from read_log where gen = %lld and fact = %Q and"
		" typeof(value) = 'integer'",
		(long long)num, fact);
}

bool process_weigh(
	struct db *db, int64_t num, struct process_weight *w, struct error *err)
{
	int64_t columns, rss;
	*w = (struct process_weight){ -1, -1, -1 };
	if (!db_integer(db, &columns, 0, err,
		    "select count(*) from pragma_table_info('read_log')"))
		return false;
	if (columns == 0)
		return true;
	if (!process_fact(db, num, "anonymous", &w->process, err) ||
		!process_fact(db, num, "rss", &rss, err) ||
		!process_fact(db, num, "size", &w->objects, err) ||
		!process_fact(db, num, "gc_enabled", &w->collector, err))
		return false;
	if (w->process < 0)
		w->process = rss;
	return true;
}

bool process_outgrows(
	const struct process_weight *before, const struct process_weight *after)
{
	const int64_t least = 10000000, share = 20;
	if (before->process < 0 || after->process < 0 || before->objects < 0 ||
		after->objects < 0)
		return false;
	int64_t grown = after->process - before->process;
	return grown >= least && grown >= before->process / share &&
	       after->objects - before->objects < grown / 2;
}
