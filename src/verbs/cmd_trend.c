/* SPDX-License-Identifier: MIT */
/* trend: what keeps growing over several generations, and what only fills up. */
#include "answers/compare_options.h"
#include "base/array.h"
#include "base/saturate.h"
#include "compare/series.h"
#include "compare/trend.h"
#include "session/commands.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Growth that is not worth a row, unless the script says otherwise. */
enum { TREND_MIN_COUNT = 50, TREND_GENERATIONS_MAX = 1000 };

/* Leaks come first, what shrinks last. */
static const int trend_order[] = { [TREND_MONOTONIC] = 0,
	[TREND_NEW] = 1,
	[TREND_NET_UP] = 2,
	[TREND_SATURATING] = 3,
	[TREND_FLAT] = 4,
	[TREND_SHRINKING] = 5,
	[TREND_GONE] = 6 };

struct trend_row {
	const struct series_row *row;
	const int64_t *value; /* count or bytes */
	enum trend trend;
	int64_t growth;
};

static int trend_compare(const void *a, const void *b)
{
	const struct trend_row *x = a, *y = b;
	if (x->trend != y->trend)
		return trend_order[x->trend] - trend_order[y->trend];
	if (x->growth != y->growth)
		return x->growth > y->growth ? -1 : 1;
	return 0;
}

static struct trend_row trend_measure(
	const struct series_row *row, size_t n, const struct compare_options *o)
{
	struct trend_row t = { .row = row, .value = o->bytes ? row->bytes : row->count };
	t.trend = trend_judge(t.value, n);
	t.growth = saturate_subtract(t.value[n - 1], t.value[0]);
	return t;
}

/* --- the result --------------------------------------------------------------------- */

static bool trend_push(struct result *r, const struct series *s, const char *name,
	const struct trend_row *t, const struct compare_options *o, struct error *err)
{
	struct cell *cells = array_new((size_t)r->columns, sizeof *cells);
	struct buffer room = BUFFER_INIT;
	const char *text[2] = { name, NULL };
	size_t n = 0;
	if (cells == NULL)
		return error_nomem(err);
	bool ok =
		name != NULL || series_texts(s, t->row, &room, text) || error_nomem(err);
	cells[n++] = cell_text(text[0]);
	if (series_key_column(s->key, 1) != NULL)
		cells[n++] = cell_text(text[1]);
	cells[n++] = cell_text(trend_name(t->trend));
	for (size_t k = 0; k < s->generations; k++)
		cells[n++] = cell_integer(t->value[k]);
	cells[n++] = cell_integer(t->growth);
	cells[n++] = cell_real(trend_slope(t->value, s->generations));
	if (o->per > 0)
		cells[n++] = cell_real((double)t->growth /
				       ((double)(s->generations - 1) * (double)o->per));
	assert(n == (size_t)r->columns);
	ok = ok && result_push(r, cells, err);
	buffer_fini(&room);
	free(cells);
	return ok;
}

/* trend: the rows that pass the limits, in the order of their verdicts, and the totals.
 * Columns: those of the key, verdict, one a generation, the rest. */
static bool trend_run(
	struct session *session, const struct invocation *in, struct error *err)
{
	struct compare_options o;
	struct series *s = NULL;
	struct trend_row *rows = NULL;
	struct result *r = NULL;
	bool ok = compare_options_read(&o, session, in, 0,
		COMPARE_BY | COMPARE_TOP | COMPARE_OF | COMPARE_PER | COMPARE_PLAIN, 0,
		err);
	if (ok && o.by == SERIES_ADDRESS)
		ok = error_set(err, STATUS_SCRIPT,
			"a trend by address makes no sense: 'diff by address' shows what "
			"was born and died");
	if (ok && o.generations > TREND_GENERATIONS_MAX)
		ok = error_set(err, STATUS_SCRIPT,
			"a trend over more than %d generations", TREND_GENERATIONS_MAX);
	const struct series_query q = { o.by, o.num, o.generations, o.plain != 0 };
	ok = ok && compare_may(session, o.num, o.generations, err) &&
	     (s = series_new(session->db, &q, err)) != NULL;
	if (ok) {
		const char *before[4] = { NULL }, *after[4] = { "growth", "slope" };
		size_t columns = 0;
		for (size_t part = 0; part < 2; part++)
			if (series_key_column(s->key, part) != NULL)
				before[columns++] = series_key_column(s->key, part);
		assert(columns + 1 < sizeof before / sizeof *before);
		before[columns] = "verdict";
		if (o.per > 0)
			after[2] = o.bytes ? "bytes_per_unit" : "growth_per_unit";
		r = compare_new_result(before, o.num, s->generations, after, err);
		rows = array_new(s->count, sizeof *rows);
		ok = r != NULL && (rows != NULL || error_nomem(err)) &&
		     compare_put_heads(r, session->db, err);
	}
	int64_t least = o.min_count >= 0 ? o.min_count
			: o.min_bytes >= 0 || o.min_share >= 0 || o.bytes
				? 0
				: TREND_MIN_COUNT;
	size_t n = 0, last = ok ? s->generations - 1 : 0;
	for (size_t i = 0; ok && i < s->count; i++) {
		const struct series_row *row = &s->row[i];
		double bytes = fabs((double)row->bytes[last] - (double)row->bytes[0]);
		rows[n] = trend_measure(row, s->generations, &o);
		n += rows[n].growth != 0 &&
		     saturate_magnitude(row->count[last] - row->count[0]) >= least &&
		     bytes >= (double)o.min_bytes &&
		     (o.min_share < 0 ||
			     bytes * 100 >= o.min_share * (double)s->total.bytes[last]);
	}
	ok = ok && series_sort(s, rows, n, sizeof *rows, o.top == 0 ? n : (size_t)o.top,
			   trend_compare, err);
	for (size_t i = 0; ok && i < n && (o.top == 0 || i < (size_t)o.top); i++)
		ok = trend_push(r, s, NULL, &rows[i], &o, err);
	if (ok) {
		struct trend_row total = trend_measure(&s->total, s->generations, &o);
		ok = trend_push(r, s, "(total)", &total, &o, err);
	}
	free(rows);
	series_free(s);
	compare_options_fini(&o);
	return session_answer(session, ok, r, err);
}

const struct command command_trend = {
	.name = "trend",
	.usage = "[A B …] [of count|bytes] [by type|owner|signature|value] "
		 "[min count|bytes|share N] [per N] [top N] [plain 0|1]",
	.summary = "judge what grows over several generations",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = trend_run,
};
