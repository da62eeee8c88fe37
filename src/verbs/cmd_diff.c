/* SPDX-License-Identifier: MIT */
/* diff: what there is more and less of than before. */
#include "answers/compare_options.h"
#include "answers/compare_picture.h"
#include "base/array.h"
#include "base/magnitude.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "compare/series.h"
#include "session/commands.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cells of a row: up to two of the key, the state, three numbers of each measure. */
enum { DIFF_CELLS_MAX = 9 };

/* A kind and how it changed from generation `before` to `after` of the series. */
struct diff_row {
	const struct series_row *row;
	int64_t count_before, count_after, count_growth;
	int64_t bytes_before, bytes_after, bytes_growth;
};

static struct diff_row diff_measure(
	const struct series_row *row, size_t before, size_t after)
{
	return (struct diff_row){ .row = row,
		.count_before = row->count[before],
		.count_after = row->count[after],
		.count_growth = row->count[after] - row->count[before],
		.bytes_before = row->bytes[before],
		.bytes_after = row->bytes[after],
		.bytes_growth =
			saturate_subtract(row->bytes[after], row->bytes[before]) };
}

/* Grown most first, shrunk most last; what moved no bytes in between. */
static int diff_compare(const void *a, const void *b)
{
	const struct diff_row *x = a, *y = b;
	if (x->bytes_growth != y->bytes_growth)
		return x->bytes_growth > y->bytes_growth ? -1 : 1;
	if (x->count_growth != y->count_growth)
		return x->count_growth > y->count_growth ? -1 : 1;
	return 0;
}

static int diff_compare_size(const void *a, const void *b)
{
	const struct diff_row *x = a, *y = b;
	int64_t p = saturate_magnitude(x->bytes_growth),
		q = saturate_magnitude(y->bytes_growth);
	return p != q ? (p > q ? -1 : 1) : diff_compare(a, b);
}

static bool diff_push(struct result *r, const struct series *s, const char *name,
	const char *state, const struct diff_row *d, struct error *err)
{
	struct cell cells[DIFF_CELLS_MAX];
	struct buffer room = BUFFER_INIT;
	const char *text[2] = { name, NULL };
	size_t n = 0;
	bool ok =
		name != NULL || series_texts(s, d->row, &room, text) || error_nomem(err);
	cells[n++] = cell_text(text[0]);
	if (series_key_column(s->key, 1) != NULL)
		cells[n++] = cell_text(text[1]);
	cells[n++] = cell_text(state);
	cells[n++] = cell_integer(d->count_before);
	cells[n++] = cell_integer(d->count_after);
	cells[n++] = cell_integer(d->count_growth);
	cells[n++] = cell_integer(d->bytes_before);
	cells[n++] = cell_integer(d->bytes_after);
	cells[n++] = cell_integer(d->bytes_growth);
	ok = ok && result_push(r, cells, err);
	buffer_fini(&room);
	return ok;
}

/* The rows that pass the limits, all others as one row, and the totals, which they add up
 * to. */
static struct result *diff_rows(
	const struct series *s, const struct compare_options *o, struct error *err)
{
	static const char *const numbers[] = { "state", "count_before", "count_after",
		"count_growth", "bytes_before", "bytes_after", "bytes_growth" };
	const char *columns[DIFF_CELLS_MAX];
	int column_count = 0;
	for (size_t part = 0; part < 2; part++)
		if (series_key_column(s->key, part) != NULL)
			columns[column_count++] = series_key_column(s->key, part);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		columns[column_count++] = numbers[i];
	assert(column_count <= DIFF_CELLS_MAX);
	struct result *r = result_new(column_count, columns);
	struct diff_row *rows = array_new(s->count, sizeof *rows);
	bool ok = (r != NULL && rows != NULL) || error_nomem(err);
	size_t n = 0, after = s->generations - 1;
	const struct diff_row total = diff_measure(&s->total, 0, after);
	for (size_t i = 0; ok && i < s->count; i++) {
		struct diff_row d = diff_measure(&s->row[i], 0, after);
		int64_t count = saturate_magnitude(d.count_growth),
			bytes = saturate_magnitude(d.bytes_growth);
		if ((count != 0 || bytes != 0) && count >= o->min_count &&
			bytes >= o->min_bytes &&
			(o->min_share < 0 ||
				(double)bytes * 100 >=
					o->min_share * (double)total.bytes_after))
			rows[n++] = d;
	}
	assert(n <= s->count);
	if (ok && o->top > 0 && n > (size_t)o->top) {
		ok = series_sort(
			s, rows, n, sizeof *rows, (size_t)o->top, diff_compare_size, err);
		n = (size_t)o->top;
	}
	ok = ok && series_sort(s, rows, n, sizeof *rows, n, diff_compare, err);
	struct diff_row sum = { 0 };
	for (size_t i = 0; ok && i < n; i++) {
		const struct diff_row *d = &rows[i];
		int64_t growth = d->count_growth != 0 ? d->count_growth : d->bytes_growth;
		sum.count_before += d->count_before;
		sum.count_after += d->count_after;
		sum.count_growth += d->count_growth;
		sum.bytes_before = saturate_add(sum.bytes_before, d->bytes_before);
		sum.bytes_after = saturate_add(sum.bytes_after, d->bytes_after);
		sum.bytes_growth = saturate_add(sum.bytes_growth, d->bytes_growth);
		ok = diff_push(r, s, NULL,
			d->count_before == 0  ? "new"
			: d->count_after == 0 ? "gone"
			: growth > 0          ? "grown"
					      : "shrunk",
			d, err);
	}
	const struct diff_row rest = { .count_before =
					       total.count_before - sum.count_before,
		.count_after = total.count_after - sum.count_after,
		.count_growth = total.count_growth - sum.count_growth,
		.bytes_before = saturate_subtract(total.bytes_before, sum.bytes_before),
		.bytes_after = saturate_subtract(total.bytes_after, sum.bytes_after),
		.bytes_growth = saturate_subtract(total.bytes_growth, sum.bytes_growth) };
	char name[64];
	size_t others = s->count - n;
	snprintf(name, sizeof name, "(%zu other%s)", others, others == 1 ? "" : "s");
	ok = ok && (others == 0 || diff_push(r, s, name, NULL, &rest, err)) &&
	     diff_push(r, s, "(total)", NULL, &total, err);
	free(rows);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool diff_push_address(struct result *r, const char *name,
	const struct series_row *row, bool three, struct error *err)
{
	const int64_t *c = row->count, *b = row->bytes;
	/* What survived was there before and is there after. */
	assert(three || (c[1] <= c[0] && c[1] <= c[2]));
	const struct cell two_cells[] = { cell_text(name), cell_integer(c[0] - c[1]),
		cell_integer(c[1]), cell_integer(c[2] - c[1]), cell_integer(c[2] - c[0]),
		cell_integer(saturate_subtract(b[0], b[1])), cell_integer(b[1]),
		cell_integer(saturate_subtract(b[2], b[1])),
		cell_integer(saturate_subtract(b[2], b[0])) };
	const struct cell three_cells[] = { cell_text(name), cell_integer(c[0]),
		cell_integer(c[1]), cell_integer(b[0]), cell_integer(b[1]) };
	return result_push(r, three ? three_cells : two_cells, err);
}

/* The kinds with objects that died or were born (of three dumps: that were born between
 * the first two and are alive in the last), the others as one row, and the totals. */
static struct result *diff_address_rows(const struct series *s,
	const struct compare_options *o, bool three, struct error *err)
{
	static const char *const two_columns[] = { "type", "died", "survived", "born",
		"growth", "bytes_died", "bytes_survived", "bytes_born", "bytes_growth" };
	static const char *const three_columns[] = { "type", "born", "alive",
		"bytes_born", "bytes_alive" };
	struct result *r =
		three ? result_new(5, three_columns) : result_new(9, two_columns);
	struct sort_rank *rows = array_new(s->count, sizeof *rows);
	bool ok = (r != NULL && rows != NULL) || error_nomem(err);
	size_t n = 0;
	for (uint32_t i = 0; ok && i < s->count; i++) {
		const int64_t *c = s->row[i].count, *b = s->row[i].bytes;
		int64_t count = three ? c[1] : c[0] + c[2] - 2 * c[1];
		int64_t bytes = three ? b[1]
				      : saturate_add(saturate_subtract(b[0], b[1]),
						saturate_subtract(b[2], b[1]));
		if (count > 0 && count >= o->min_count && bytes >= o->min_bytes &&
			(o->min_share < 0 ||
				(double)bytes * 100 >=
					o->min_share * (double)s->total.bytes[2]))
			rows[n++] = (struct sort_rank){
				three ? b[1] : saturate_subtract(b[2], b[1]), i
			};
	}
	/* What matters comes first: what was born, of three dumps what is alive.  The
	 * rows of a series ascend by their names. */
	sort_ranks(rows, n);
	if (o->top > 0 && n > (size_t)o->top)
		n = (size_t)o->top;
	int64_t count[3], bytes[3];
	memcpy(count, s->total.count, sizeof count);
	memcpy(bytes, s->total.bytes, sizeof bytes);
	for (size_t i = 0; ok && i < n; i++) {
		const struct series_row *row = &s->row[rows[i].id];
		ok = diff_push_address(r, row->key[0], row, three, err);
		for (size_t k = 0; k < 3; k++) {
			count[k] -= row->count[k];
			bytes[k] = saturate_subtract(bytes[k], row->bytes[k]);
		}
	}
	const struct series_row rest = { .count = count, .bytes = bytes };
	size_t others = s->count - n;
	char name[64];
	snprintf(name, sizeof name, "(%zu other%s)", others, others == 1 ? "" : "s");
	ok = ok && (others == 0 || diff_push_address(r, name, &rest, three, err)) &&
	     diff_push_address(r, "(total)", &s->total, three, err);
	free(rows);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool diff_run(struct session *s, const struct invocation *in, struct error *err)
{
	enum { SHARED_LEAST = 20 }; /* per cent */
	struct compare_options o;
	struct series *series = NULL;
	struct result *r = NULL;
	bool ok = compare_options_read(
		&o, s, in, 0, COMPARE_BY | COMPARE_TOP | COMPARE_PLAIN, 2, err);
	if (ok && o.generations > (o.by == SERIES_ADDRESS ? 3u : 2u))
		ok = error_set(err, STATUS_SCRIPT,
			"diff compares two generations (by address, up to three), not "
			"%zu; 'trend' takes any number",
			o.generations);
	ok = ok && compare_may(s, o.num, o.generations, err);
	const struct series_query q = { o.by, o.num, o.generations, o.plain != 0 };
	if (ok && o.by == SERIES_ADDRESS) {
		bool three = o.generations == 3;
		series = series_survivors(s->db, &q, err);
		r = series == NULL ? NULL : diff_address_rows(series, &o, three, err);
		ok = r != NULL;
		/* Two dumps of one process share most of their objects: modules, classes,
		 * functions. */
		const int64_t *count = ok ? series->total.count : NULL;
		int64_t fewer = !ok ? 0 : count[0] < count[2] ? count[0] : count[2];
		if (ok && !three && count[1] * 100 < fewer * SHARED_LEAST)
			session_warn(s,
				"only %" PRId64 " of %" PRId64
				" objects are at the same address with the same type: "
				"these seem to be dumps of different processes",
				count[1], fewer);
	} else if (ok) {
		series = series_new(s->db, &q, err);
		r = series == NULL ? NULL : diff_rows(series, &o, err);
		ok = r != NULL && (series->tree == NULL ||
					  compare_picture(r, series->tree, o.top, err));
		if (ok) {
			struct diff_row d =
				diff_measure(&series->total, 0, series->generations - 1);
			const int64_t figure[] = { d.count_growth, d.count_before,
				d.count_after, d.bytes_growth, d.bytes_before,
				d.bytes_after };
			char text[sizeof figure / sizeof *figure][MAGNITUDE_MAX];
			for (size_t i = 0; i < sizeof figure / sizeof *figure; i++)
				magnitude_count(text[i], figure[i]);
			ok = session_say(s, err,
				"%s%s objects (%s, then %s), %s%s bytes (%s, then %s); "
				"the rows add up to that.",
				figure[0] < 0 ? "" : "+", text[0], text[1], text[2],
				figure[3] < 0 ? "" : "+", text[3], text[4], text[5]);
		}
	}
	series_free(series);
	compare_options_fini(&o);
	return session_answer(s, ok, r, err);
}

const struct command command_diff = {
	.name = "diff",
	.usage = "[A B [C]] [by type|owner|signature|value|address] [min "
		 "count|bytes|share N] "
		 "[top N] [plain 0|1]",
	.summary = "compare two generations",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = diff_run,
};
