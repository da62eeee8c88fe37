/* SPDX-License-Identifier: MIT */
/* diff: what there is more and less of than before. */
#include "base/array.h"
#include "compare/series.h"
#include "graph/dominators.h"
#include "session/commands.h"
#include "verbs/compare_options.h"
#include "verbs/compare_picture.h"

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
			dominators_subtract(row->bytes[after], row->bytes[before]) };
}

static void diff_add(struct diff_row *sum, const struct diff_row *d)
{
	sum->count_before += d->count_before;
	sum->count_after += d->count_after;
	sum->count_growth += d->count_growth;
	sum->bytes_before = dominators_add(sum->bytes_before, d->bytes_before);
	sum->bytes_after = dominators_add(sum->bytes_after, d->bytes_after);
	sum->bytes_growth = dominators_add(sum->bytes_growth, d->bytes_growth);
}

static int64_t diff_abs(int64_t n)
{
	return n >= 0 ? n : n == INT64_MIN ? INT64_MAX : -n;
}

/* Grown most first, shrunk most last; what moved no bytes in between. */
static int diff_compare(const void *a, const void *b)
{
	const struct diff_row *x = a, *y = b;
	if (x->bytes_growth != y->bytes_growth)
		return x->bytes_growth > y->bytes_growth ? -1 : 1;
	if (x->count_growth != y->count_growth)
		return x->count_growth > y->count_growth ? -1 : 1;
	/* The rows of a series are ascending. */
	return (x->row > y->row) - (x->row < y->row);
}

static int diff_compare_size(const void *a, const void *b)
{
	const struct diff_row *x = a, *y = b;
	int64_t p = diff_abs(x->bytes_growth), q = diff_abs(y->bytes_growth);
	return p != q ? (p > q ? -1 : 1) : diff_compare(a, b);
}

static bool diff_is_wanted(const struct diff_row *d, const struct compare_options *o,
	const struct series_row *total, size_t after)
{
	if (d->count_growth == 0 && d->bytes_growth == 0)
		return false;
	double heap = (double)total->bytes[after];
	return diff_abs(d->count_growth) >= o->min_count &&
	       diff_abs(d->bytes_growth) >= o->min_bytes &&
	       (o->min_share < 0 ||
		       (double)diff_abs(d->bytes_growth) * 100 >= o->min_share * heap);
}

static const char *diff_state(const struct diff_row *d)
{
	if (d->count_before == 0)
		return "new";
	if (d->count_after == 0)
		return "gone";
	int64_t growth = d->count_growth != 0 ? d->count_growth : d->bytes_growth;
	return growth > 0 ? "grown" : "shrunk";
}

/* --- rows --------------------------------------------------------------------------- */

static bool diff_push(struct result *r, enum series_key key, const char *name,
	const char *state, const struct diff_row *d, struct error *err)
{
	struct cell cells[DIFF_CELLS_MAX];
	size_t n = 0;
	cells[n++] = cell_text(name != NULL ? name : d->row->key[0]);
	if (series_key_column(key, 1) != NULL)
		cells[n++] = name != NULL ? cell_null() : cell_text(d->row->key[1]);
	cells[n++] = cell_text(state);
	cells[n++] = cell_integer(d->count_before);
	cells[n++] = cell_integer(d->count_after);
	cells[n++] = cell_integer(d->count_growth);
	cells[n++] = cell_integer(d->bytes_before);
	cells[n++] = cell_integer(d->bytes_after);
	cells[n++] = cell_integer(d->bytes_growth);
	return result_push(r, cells, err);
}

static struct result *diff_new_result(enum series_key key, struct error *err)
{
	static const char *const numbers[] = { "state", "count_before", "count_after",
		"count_growth", "bytes_before", "bytes_after", "bytes_growth" };
	const char *columns[DIFF_CELLS_MAX];
	int n = 0;
	for (size_t part = 0; part < 2; part++)
		if (series_key_column(key, part) != NULL)
			columns[n++] = series_key_column(key, part);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		columns[n++] = numbers[i];
	struct result *r = result_new(n, columns);
	if (r == NULL)
		error_nomem(err);
	return r;
}

/* The rows that are wanted, those that are not as one, and the totals, which all of them
 * add up to. */
static struct result *diff_rows(const struct series *s, const struct diff_row *rows,
	size_t n, size_t others, struct error *err)
{
	struct result *r = diff_new_result(s->key, err);
	struct diff_row total = diff_measure(&s->total, 0, s->generations - 1),
			sum = { 0 };
	bool ok = r != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		diff_add(&sum, &rows[i]);
		ok = diff_push(r, s->key, NULL, diff_state(&rows[i]), &rows[i], err);
	}
	struct diff_row rest = { .count_before = total.count_before - sum.count_before,
		.count_after = total.count_after - sum.count_after,
		.count_growth = total.count_growth - sum.count_growth,
		.bytes_before = dominators_subtract(total.bytes_before, sum.bytes_before),
		.bytes_after = dominators_subtract(total.bytes_after, sum.bytes_after),
		.bytes_growth =
			dominators_subtract(total.bytes_growth, sum.bytes_growth) };
	char name[64];
	snprintf(name, sizeof name, "(%zu other%s)", others, others == 1 ? "" : "s");
	ok = ok && (others == 0 || diff_push(r, s->key, name, NULL, &rest, err)) &&
	     diff_push(r, s->key, "(total)", NULL, &total, err);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static struct result *diff_select(
	const struct series *s, const struct compare_options *o, struct error *err)
{
	struct diff_row *rows = array_new(s->count, sizeof *rows);
	size_t n = 0, after = s->generations - 1;
	if (rows == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < s->count; i++) {
		rows[n] = diff_measure(&s->row[i], 0, after);
		n += diff_is_wanted(&rows[n], o, &s->total, after);
	}
	if (o->top > 0 && n > (size_t)o->top) {
		qsort(rows, n, sizeof *rows, diff_compare_size);
		n = (size_t)o->top;
	}
	if (n > 0)
		qsort(rows, n, sizeof *rows, diff_compare);
	struct result *r = diff_rows(s, rows, n, s->count - n, err);
	free(rows);
	return r;
}

static bool diff_say(struct session *s, const struct series *series, struct error *err)
{
	struct diff_row d = diff_measure(&series->total, 0, series->generations - 1);
	return session_say(s, err,
		"%+" PRId64 " objects (%" PRId64 ", then %" PRId64 "), %+" PRId64
		" bytes (%" PRId64 ", then %" PRId64 "); the rows add up to that.",
		d.count_growth, d.count_before, d.count_after, d.bytes_growth,
		d.bytes_before, d.bytes_after);
}

static bool diff_kinds(
	struct session *s, const struct compare_options *o, struct error *err)
{
	struct series *series = series_new(s->db, o->by, o->num, o->generations, err);
	struct result *r = series == NULL ? NULL : diff_select(series, o, err);
	bool ok =
		r != NULL &&
		(series->tree == NULL || compare_picture(r, series->tree, o->top, err)) &&
		diff_say(s, series, err);
	series_free(series);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

/* --- by address --------------------------------------------------------------------- */

/* Two dumps of one process share most of their objects: modules, classes, functions. */
static void diff_warn(struct session *s, const struct series *series)
{
	const int64_t *count = series->total.count;
	int64_t fewer = count[0] < count[2] ? count[0] : count[2];
	enum { SHARED_LEAST = 20 };
	if (count[1] * 100 < fewer * SHARED_LEAST)
		session_warn(s,
			"only %" PRId64 " of %" PRId64
			" objects are at the same address with the same type: these seem "
			"to be dumps of different processes",
			count[1], fewer);
}

static bool diff_push_address(struct result *r, const char *name,
	const struct series_row *row, bool three, struct error *err)
{
	const int64_t *c = row->count, *b = row->bytes;
	const struct cell two_cells[] = { cell_text(name), cell_integer(c[0] - c[1]),
		cell_integer(c[1]), cell_integer(c[2] - c[1]), cell_integer(c[2] - c[0]),
		cell_integer(dominators_subtract(b[0], b[1])), cell_integer(b[1]),
		cell_integer(dominators_subtract(b[2], b[1])),
		cell_integer(dominators_subtract(b[2], b[0])) };
	const struct cell three_cells[] = { cell_text(name), cell_integer(c[0]),
		cell_integer(c[1]), cell_integer(b[0]), cell_integer(b[1]) };
	return result_push(r, three ? three_cells : two_cells, err);
}

/* The address's rows are ordered by what matters: what was born and is alive. */
static int diff_compare_born(const void *a, const void *b)
{
	const struct series_row *x = *(const struct series_row *const *)a;
	const struct series_row *y = *(const struct series_row *const *)b;
	int64_t p = dominators_subtract(x->bytes[2], x->bytes[1]);
	int64_t q = dominators_subtract(y->bytes[2], y->bytes[1]);
	return p != q ? (p > q ? -1 : 1) : strcmp(x->key[0], y->key[0]);
}

static int diff_compare_alive(const void *a, const void *b)
{
	const struct series_row *x = *(const struct series_row *const *)a;
	const struct series_row *y = *(const struct series_row *const *)b;
	if (x->bytes[1] != y->bytes[1])
		return x->bytes[1] > y->bytes[1] ? -1 : 1;
	return strcmp(x->key[0], y->key[0]);
}

static bool diff_is_born_or_dead(const struct series_row *row,
	const struct compare_options *o, const struct series_row *total, bool three)
{
	int64_t changed =
		three ? row->count[1] : row->count[0] + row->count[2] - 2 * row->count[1];
	int64_t bytes =
		three ? row->bytes[1]
		      : dominators_add(dominators_subtract(row->bytes[0], row->bytes[1]),
				dominators_subtract(row->bytes[2], row->bytes[1]));
	return changed > 0 && changed >= o->min_count && bytes >= o->min_bytes &&
	       (o->min_share < 0 ||
		       (double)bytes * 100 >= o->min_share * (double)total->bytes[2]);
}

/* The kinds that are wanted, in the order of their rows; how many is in `*n`. */
static const struct series_row **diff_choose_addresses(const struct series *s,
	const struct compare_options *o, bool three, size_t *n, struct error *err)
{
	const struct series_row **rows = array_new(s->count, sizeof *rows);
	*n = 0;
	if (rows == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < s->count; i++)
		if (diff_is_born_or_dead(&s->row[i], o, &s->total, three))
			rows[(*n)++] = &s->row[i];
	if (*n > 0)
		qsort(rows, *n, sizeof *rows,
			three ? diff_compare_alive : diff_compare_born);
	if (o->top > 0 && *n > (size_t)o->top)
		*n = (size_t)o->top;
	return rows;
}

/* Pushes what the rows leave of the totals, as one row. */
static bool diff_push_others(struct result *r, const struct series *s,
	const struct series_row *const *rows, size_t n, bool three, struct error *err)
{
	int64_t count[3], bytes[3];
	const struct series_row rest = { .count = count, .bytes = bytes };
	char name[64];
	for (size_t k = 0; k < 3; k++) {
		count[k] = s->total.count[k];
		bytes[k] = s->total.bytes[k];
		for (size_t i = 0; i < n; i++) {
			count[k] -= rows[i]->count[k];
			bytes[k] = dominators_subtract(bytes[k], rows[i]->bytes[k]);
		}
	}
	snprintf(name, sizeof name, "(%zu other%s)", s->count - n,
		s->count - n == 1 ? "" : "s");
	return n == s->count || diff_push_address(r, name, &rest, three, err);
}

static struct result *diff_address_rows(const struct series *s,
	const struct compare_options *o, bool three, struct error *err)
{
	static const char *const two_columns[] = { "type", "died", "survived", "born",
		"growth", "bytes_died", "bytes_survived", "bytes_born", "bytes_growth" };
	static const char *const three_columns[] = { "type", "born", "alive",
		"bytes_born", "bytes_alive" };
	size_t n;
	struct result *r =
		three ? result_new(5, three_columns) : result_new(9, two_columns);
	const struct series_row **rows = diff_choose_addresses(s, o, three, &n, err);
	bool ok = rows != NULL && (r != NULL || error_nomem(err));
	for (size_t i = 0; ok && i < n; i++)
		ok = diff_push_address(r, rows[i]->key[0], rows[i], three, err);
	ok = ok && diff_push_others(r, s, rows, n, three, err) &&
	     diff_push_address(r, "(total)", &s->total, three, err);
	free(rows);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool diff_addresses(
	struct session *s, const struct compare_options *o, struct error *err)
{
	bool three = o->generations == 3;
	struct series *series = series_survivors(s->db, o->num, o->generations, err);
	struct result *r =
		series == NULL ? NULL : diff_address_rows(series, o, three, err);
	if (r != NULL && !three)
		diff_warn(s, series);
	series_free(series);
	return r != NULL && session_emit(s, r, err);
}

static bool diff_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct compare_options o;
	bool ok = compare_options_read(&o, s, in, 0, COMPARE_BY | COMPARE_TOP, 2, err);
	if (ok && o.generations > (o.by == SERIES_ADDRESS ? 3u : 2u))
		ok = error_set(err, STATUS_SCRIPT,
			"diff is between two generations (by address, up to three), and "
			"here are %zu; 'trend' takes any number",
			o.generations);
	ok = ok && compare_may(s, o.num, o.generations, err) &&
	     (o.by == SERIES_ADDRESS ? diff_addresses(s, &o, err)
				     : diff_kinds(s, &o, err));
	compare_options_fini(&o);
	return ok;
}

const struct command command_diff = {
	.name = "diff",
	.usage = "[A B [C]] [by type|owner|signature|value|address] [min "
		 "count|bytes|share N] "
		 "[top N]",
	.summary = "compare two generations",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = diff_run,
};
