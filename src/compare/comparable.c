/* SPDX-License-Identifier: MIT */
#include "compare/comparable.h"

#include "base/array.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What a dump says of its process: a sentence each where they differ. */
static const struct {
	const char *fact, *differ;
} comparable_identity[] = {
	{ "runtime", "The dumps are of different runtimes:" },
	{ "version", "The dumps are of different versions:" },
	{ "program", "The dumps are of different programs:" },
	{ "pid", "The dumps are of different processes: pid" },
};

enum { IDENTITY = sizeof comparable_identity / sizeof *comparable_identity };

/* What two readings of one dump have in common. */
static const char *const comparable_counts[] = { "bytes", "lines", "objects",
	"references", "size" };

enum { COUNTS = sizeof comparable_counts / sizeof *comparable_counts };

/* What is known of one generation; each text is NULL where nothing is, a count -1. */
struct comparable {
	int64_t num, count[COUNTS];
	char *file, *header, *time, *identity[IDENTITY];
	double day; /* Julian, of the time; 0: there is none */
};

/* Reads what the log says of generation `c->num`. */
static bool comparable_read(struct db *db, struct comparable *c, struct error *err)
{
	bool ok = read_log_text(db, c->num, "file", &c->file, err) &&
		  read_log_text(db, c->num, "header", &c->header, err) &&
		  read_log_text(db, c->num, "time", &c->time, err);
	for (size_t k = 0; ok && k < IDENTITY; k++)
		ok = read_log_text(
			db, c->num, comparable_identity[k].fact, &c->identity[k], err);
	for (size_t k = 0; ok && k < COUNTS; k++)
		ok = read_log_integer(
			db, c->num, comparable_counts[k], -1, &c->count[k], err);
	if (ok && c->file == NULL) {
		struct buffer name = BUFFER_INIT;
		buffer_printf(&name, "generation %" PRId64, c->num);
		c->file = buffer_take(&name);
		ok = c->file != NULL || error_nomem(err);
	}
	if (!ok || c->time == NULL)
		return ok;
	struct db_stmt *stmt = NULL;
	ok = db_prepare(db, "select julianday(?)", &stmt, NULL, err) &&
	     db_bind(stmt, 1, cell_text(c->time), err) && db_row(stmt, err);
	struct cell day = ok ? db_column(stmt, 0) : cell_null();
	c->day = day.type == CELL_REAL ? day.real : 0;
	db_stmt_free(stmt);
	return ok;
}

/* --- damage ------------------------------------------------------------------------- */

static bool comparable_whole(struct db *db, const struct comparable *c, bool accept,
	struct buffer *notes, struct error *err)
{
	char *torn = NULL;
	int64_t rejected, clashes;
	struct buffer what = BUFFER_INIT;
	if (!read_log_text(db, c->num, "torn", &torn, err) ||
		!read_log_integer(db, c->num, "rejected", 0, &rejected, err) ||
		!read_log_integer(db, c->num, "clashes", 0, &clashes, err)) {
		free(torn);
		return false;
	}
	if (torn != NULL)
		buffer_printf(&what, "%s", torn);
	if (rejected > 0)
		buffer_printf(&what, "%s%" PRId64 " line%s could not be read",
			what.len > 0 ? ", " : "", rejected, rejected == 1 ? "" : "s");
	if (clashes > 0)
		buffer_printf(&what, "%s%" PRId64 " object%s at the address of another",
			what.len > 0 ? ", " : "", clashes,
			clashes == 1 ? " was" : "s were");
	free(torn);
	bool ok = !what.failed || error_nomem(err);
	if (ok && what.len > 0 && !accept)
		ok = error_set(err, STATUS_DATA,
			"'%s' is damaged (%s), so a check would see a part of the heap "
			"only; 'default accept damaged' or -D accept=damaged allows it",
			c->file, buffer_text(&what));
	else if (ok && what.len > 0)
		buffer_printf(notes, "%s is damaged (%s), which is accepted.\n", c->file,
			buffer_text(&what));
	buffer_fini(&what);
	return ok;
}

/* --- the order, and the same one twice ---------------------------------------------- */

static int comparable_by_time(const void *a, const void *b)
{
	const struct comparable *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->num > y->num) - (x->num < y->num);
}

/* Names the first two that are in the wrong order, and the right order. */
static bool comparable_order(const struct comparable *c, size_t n, struct error *err)
{
	size_t later = SIZE_MAX, earlier = 0, count = 0;
	for (; earlier < n; earlier++) {
		if (c[earlier].day == 0)
			continue;
		if (later != SIZE_MAX && c[earlier].day < c[later].day)
			break;
		later = earlier;
	}
	if (earlier == n)
		return true;
	struct comparable *sorted = array_new(n, sizeof *sorted);
	struct buffer order = BUFFER_INIT;
	for (size_t i = 0; sorted != NULL && i < n; i++)
		if (c[i].day > 0)
			sorted[count++] = c[i];
	if (sorted == NULL)
		return error_nomem(err);
	assert(count >= 2);
	qsort(sorted, count, sizeof *sorted, comparable_by_time);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&order, "%s%s", i == 0 ? "" : ", ", sorted[i].file);
	free(sorted);
	error_set(err, STATUS_SCRIPT,
		"the dumps are in the wrong order: '%s' was made at %s, and '%s' behind "
		"it "
		"at %s; oldest first is: %s",
		c[later].file, c[later].time, c[earlier].file, c[earlier].time,
		buffer_text(&order));
	buffer_fini(&order);
	return false;
}

static bool comparable_is_equal(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Fails if two of them are one dump that was read twice: reading a dump again makes the
 * same rows in the same order. */
static bool comparable_same(
	struct db *db, const struct comparable *c, size_t n, struct error *err)
{
	static const char differ_sql[] =
		"select (select count(*) from main.%s) <> (select count(*) from main.%s)"
		" or exists (select 1 from main.%s a left join main.%s b using (address)"
		"  where a.type is not b.type or a.size is not b.size"
		"  or a.len is not b.len or a.name is not b.name"
		"  or a.value is not b.value)"
		" or (select count(*) from main.%s) <> (select count(*) from main.%s)"
		" or exists (select 1 from main.%s a left join main.%s b"
		"  on a.rowid = b.rowid"
		"  where a.parent is not b.parent or a.child is not b.child)";
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			bool same = c[i].num == c[j].num;
			/* A request to PHP that leaves nothing behind leaves the very
			 * same heap, and its dump names neither time nor process: only
			 * the file's name can distinguish one from the other. */
			bool php = c[i].identity[0] != NULL &&
				   strcmp(c[i].identity[0], "PHP") == 0;
			if (!same &&
				(!comparable_is_equal(c[i].time, c[j].time) ||
					(php && strcmp(c[i].file, c[j].file) != 0) ||
					!comparable_is_equal(c[i].header, c[j].header) ||
					memcmp(c[i].count, c[j].count,
						sizeof c[i].count) != 0))
				continue;
			char obj[2][GENERATION_TABLE_MAX], ref[2][GENERATION_TABLE_MAX];
			int64_t differ = 0;
			if (!same &&
				(!generation_table(db, "obj", c[i].num, obj[0], err) ||
					!generation_table(
						db, "obj", c[j].num, obj[1], err) ||
					!generation_table(
						db, "ref", c[i].num, ref[0], err) ||
					!generation_table(
						db, "ref", c[j].num, ref[1], err) ||
					!db_integer(db, &differ, 0, err, differ_sql,
						obj[0], obj[1], obj[0], obj[1], ref[0],
						ref[1], ref[0], ref[1])))
				return false;
			if (differ == 0)
				return error_set(err, STATUS_SCRIPT,
					"generations %" PRId64 " and %" PRId64
					" are the same dump ('%s', '%s'); a comparison "
					"takes dumps made one after the other",
					c[i].num, c[j].num, c[i].file, c[j].file);
		}
	return true;
}

/* --- whose they are ------------------------------------------------------------------
 */

/* Says where the dumps differ in fact `k` of their identity. */
static void comparable_tell(
	const struct comparable *c, size_t n, size_t k, struct buffer *notes)
{
	const char *first = NULL;
	bool differ = false;
	for (size_t i = 0; i < n; i++) {
		const char *text = c[i].identity[k];
		first = first == NULL ? text : first;
		differ = differ || (text != NULL && strcmp(first, text) != 0);
	}
	if (!differ)
		return;
	buffer_put_text(notes, comparable_identity[k].differ);
	for (size_t i = 0; i < n; i++)
		buffer_printf(notes, "%s %s", i == 0 ? "" : ",",
			c[i].identity[k] == NULL ? "unknown" : c[i].identity[k]);
	buffer_put_text(notes, ".\n");
}

bool comparable_check(struct db *db, const int64_t *num, size_t n, bool accept_damage,
	struct comparable_notes *notes, struct error *err)
{
	assert(n > 0);
	struct comparable *c = array_new_zeroed(n, sizeof *c);
	bool ok = c != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < n; i++) {
		c[i].num = num[i];
		ok = comparable_read(db, &c[i], err) &&
		     comparable_whole(db, &c[i], accept_damage, &notes->first, err);
	}
	if (ok && n > 1) {
		ok = comparable_same(db, c, n, err) && comparable_order(c, n, err);
		for (size_t k = 0; ok && k < IDENTITY; k++)
			comparable_tell(c, n, k, &notes->first);
		size_t silent = 0;
		bool shrinks = true; /* in every step */
		for (size_t i = 0; ok && i < n; i++) {
			silent += c[i].day == 0;
			shrinks &= i == 0 || c[i].count[0] < c[i - 1].count[0];
		}
		/* The wrong order makes a leak look like its opposite. */
		if (ok && silent == n && shrinks)
			buffer_printf(&notes->first,
				"Each dump has fewer objects than the one before, and "
				"none says when it was made: is '%s' really the "
				"oldest?\n",
				c[0].file);
		if (silent > 0)
			buffer_printf(&notes->other,
				"%s and of which process: the order is taken as given.\n",
				silent == n ? "The dumps do not say when they were made"
					    : "Not every dump says when it was made");
	}
	for (size_t i = 0; c != NULL && i < n; i++) {
		free(c[i].file);
		free(c[i].header);
		free(c[i].time);
		for (size_t k = 0; k < IDENTITY; k++)
			free(c[i].identity[k]);
	}
	free(c);
	return ok && ((!notes->first.failed && !notes->other.failed) || error_nomem(err));
}
