/* SPDX-License-Identifier: MIT */
/* expect growth of "COND" in count|bytes OP N|N% [between A and B] ["MESSAGE"] */
#include "answers/compare_options.h"
#include "base/saturate.h"
#include "expect/expect_forms.h"
#include "store/generation.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct growth {
	size_t condition; /* its word */
	bool bytes;
	const struct expect_operator *op;
	double limit; /* per cent when `relative` */
	bool relative;
	char *limit_text;
	int64_t first, second; /* the generations */
	int64_t before, after;
};

/* Word `index` with its substitutions made; NULL on failure. */
static char *growth_word(struct expectation *e, const struct invocation *in, size_t index,
	struct error *err)
{
	const struct word *word = &in->words.items[index];
	struct subst_scope scope = session_scope(e->s);
	struct subst_text text = SUBST_TEXT_INIT;
	char *copy = NULL;
	if (subst_text(&scope, word->text, word->len, words_origin(&in->words, index, 0),
		    &text, err)) {
		copy = buffer_take(&text.text);
		if (copy == NULL)
			error_nomem(err);
	}
	subst_text_fini(&text);
	return copy;
}

static bool growth_read_generation(struct expectation *e, const struct invocation *in,
	size_t index, int64_t *num, struct error *err)
{
	char *text = growth_word(e, in, index, err), *end;
	bool exists = false;
	if (text == NULL)
		return false;
	*num = strtoll(text, &end, 10);
	bool ok = (*text != '\0' && *end == '\0') ||
		  command_bad_word(in, index, "not a generation:", err);
	ok = ok && generation_exists(e->s->db, *num, &exists, err) &&
	     (exists || command_bad_word(in, index, "no generation", err));
	free(text);
	return ok;
}

/* growth of "COND" in count|bytes OP N|N% [between A and B] ["MESSAGE"] */
static bool growth_read(struct expectation *e, const struct invocation *in,
	struct growth *w, struct error *err)
{
	const struct words *words = &in->words;
	char *end;
	w->condition = 2;
	if (words->count < 7 || !words_is(words, 3, "in"))
		return error_at(err, STATUS_SCRIPT, e->start,
			"'growth' needs of \"COND\" in count|bytes OP N|N%%");
	w->bytes = words_is(words, 4, "bytes");
	if (!w->bytes && !words_is(words, 4, "count"))
		return command_bad_word(in, 4, "expected count or bytes, found", err);
	w->op = expect_find_operator(words->items[5].text, words->items[5].len);
	if (w->op == NULL)
		return command_bad_word(
			in, 5, "expected one of = <> < <= > >=, found", err);
	w->limit_text = growth_word(e, in, 6, err);
	if (w->limit_text == NULL)
		return false;
	errno = 0;
	w->limit = strtod(w->limit_text, &end);
	w->relative = *end == '%';
	if (end == w->limit_text || end[w->relative] != '\0' || errno != 0 ||
		!isfinite(w->limit))
		return command_bad_word(
			in, 6, "expected a number, or one with %, found", err);
	size_t at = 7;
	if (words->count >= 11 && words_is(words, 7, "between") &&
		words_is(words, 9, "and")) {
		if (!growth_read_generation(e, in, 8, &w->first, err) ||
			!growth_read_generation(e, in, 10, &w->second, err))
			return false;
		at = 11;
	} else {
		/* The current generation and the one before it. */
		if (!generation_current(e->s->db, &w->second, err) ||
			!db_integer(e->s->db, &w->first, GENERATION_NONE, err,
				"select max(num) from gen where num < %lld",
				(long long)w->second))
			return false;
		if (w->first == GENERATION_NONE)
			return error_at(err, STATUS_SCRIPT, e->start,
				"growth is between two generations, and there is only "
				"one; 'read' another");
	}
	if (at + 1 == words->count && words->items[at].quoted) {
		e->end = words->items[at].offset + words->base_offset;
		e->check.message = growth_word(e, in, at++, err);
		if (e->check.message == NULL)
			return false;
	}
	return at == words->count || command_bad_word(in, at, "unexpected word", err);
}

/* The count or the bytes of what fulfils the condition in generation `num`. */
static bool growth_measure(struct expectation *e, const struct invocation *in,
	const struct growth *w, int64_t num, int64_t *value, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!session_look_at(e->s, num, err))
		return false;
	/* Sizes are summed in halves, which cannot overflow. */
	bool ok = query_prepare_word(e->s, in, w->condition,
		"select count(*), sum(size >> 32), sum(size & 4294967295) "
		"from obj where (",
		"\n)", &stmt, err);
	int row = ok ? db_step(stmt, err) : -1;
	/* A condition that closes the parenthesis may continue with any SQL. */
	ok = row == 1 || (row == 0 && error_at(err, STATUS_SCRIPT, e->start,
					      "the condition leaves no row to count"));
	if (ok && w->bytes) {
		*value = saturate_halves(
			db_column_integer(stmt, 1), db_column_integer(stmt, 2));
	} else if (ok) {
		*value = db_column_integer(stmt, 0);
	}
	db_stmt_free(stmt);
	return session_look_back(e->s, ok ? err : NULL) && ok;
}

/* Shows objects of the second generation at addresses where the first has none of their
 * type. */
static bool growth_show(struct expectation *e, const struct invocation *in,
	const struct growth *w, struct error *err)
{
	struct db_stmt *stmt = NULL;
	char before[GENERATION_TABLE_MAX], tail[192 + GENERATION_TABLE_MAX];
	int64_t current;
	struct result *r = NULL;
	if (!session_look_at(e->s, w->second, err))
		return false;
	if (generation_table(e->s->db, "obj", w->first, before, err)) {
		snprintf(tail, sizeof tail,
			"\n) and not exists (select 1 from main.%s as b where"
			" b.address = obj.address and b.type is obj.type)"
			" order by address limit %d",
			before, CHECK_ROWS_MAX);
		if (query_prepare_word(e->s, in, w->condition,
			    "select address, type, repr, size from obj where (", tail,
			    &stmt, err))
			r = query_rows(e->s, stmt, err);
		db_stmt_free(stmt);
	}
	if (!session_look_back(e->s, r == NULL ? NULL : err) || r == NULL ||
		!generation_current(e->s->db, &current, err)) {
		result_free(r);
		return false;
	}
	if (w->second == current)
		return expect_show_rows(e, r, err);
	e->check.rows = r;
	return true;
}

bool expect_growth(struct expectation *e, struct error *err)
{
	struct growth w = { 0 };
	struct invocation in;
	struct check *c = &e->check;
	bool ok = expect_words(e, &in, err) && session_heap(e->s, err) != NULL &&
		  growth_read(e, &in, &w, err) &&
		  compare_may(e->s, (int64_t[]){ w.first, w.second }, 2, err) &&
		  growth_measure(e, &in, &w, w.first, &w.before, err) &&
		  growth_measure(e, &in, &w, w.second, &w.after, err);
	if (ok) {
		assert(w.op != NULL && w.limit_text != NULL);
		/* "+100 (20, then 120)", "+500 % (20, then 120)" */
		double growth = (double)w.after - (double)w.before;
		if (w.relative)
			growth = growth == 0 ? 0 : 100 * growth / fabs((double)w.before);
		bool holds = expect_holds(w.op, growth, w.limit);
		c->state = holds ? CHECK_PASSED : CHECK_FAILED;
		ok = expect_say(&c->expected, err, "%s %s", w.op->text, w.limit_text) &&
		     expect_say(&c->found, err, "%+.*f%s (%" PRId64 ", then %" PRId64 ")",
			     w.relative && isfinite(growth) ? 1 : 0, growth,
			     w.relative ? "%" : "", w.before, w.after) &&
		     (holds || growth_show(e, &in, &w, err));
	}
	free(w.limit_text);
	words_fini(&in.words);
	return ok;
}
