/* SPDX-License-Identifier: MIT */
/* expect growth of "COND" in count|bytes OP N|N% [between A and B] ["MESSAGE"] */
#include "expect/expect.h"
#include "graph/dominators.h"
#include "store/generation.h"
#include "verbs/compare_options.h"

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

/* N or N% */
static bool growth_read_limit(struct expectation *e, const struct invocation *in,
	size_t index, struct growth *w, struct error *err)
{
	char *end;
	w->limit_text = growth_word(e, in, index, err);
	if (w->limit_text == NULL)
		return false;
	errno = 0;
	w->limit = strtod(w->limit_text, &end);
	w->relative = *end == '%';
	if (end == w->limit_text || end[w->relative] != '\0' || errno != 0 ||
		!isfinite(w->limit))
		return command_bad_word(
			in, index, "a number is wanted, or one with %, not", err);
	return true;
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

/* The current generation and the one before it. */
static bool growth_find_generations(
	struct expectation *e, struct growth *w, struct error *err)
{
	return generation_current(e->s->db, &w->second, err) &&
	       db_integer(e->s->db, &w->first, GENERATION_NONE, err,
		       "select max(num) from gen where num < %lld",
		       (long long)w->second) &&
	       (w->first != GENERATION_NONE ||
		       error_at(err, STATUS_SCRIPT, e->start,
			       "growth is between two generations, and there is only "
			       "one; 'read' another"));
}

/* growth of "COND" in count|bytes OP N: words 0 to 6 */
static bool growth_read_question(struct expectation *e, const struct invocation *in,
	struct growth *w, struct error *err)
{
	const struct words *words = &in->words;
	w->condition = 2;
	if (words->count < 7 || !words_is(words, 3, "in"))
		return error_at(err, STATUS_SCRIPT, e->start,
			"'growth' wants of \"COND\" in count|bytes OP N|N%%");
	w->bytes = words_is(words, 4, "bytes");
	if (!w->bytes && !words_is(words, 4, "count"))
		return command_bad_word(in, 4, "count or bytes is wanted, not", err);
	w->op = expect_find_operator(words->items[5].text, words->items[5].len);
	if (w->op == NULL)
		return command_bad_word(
			in, 5, "one of = <> < <= > >= is wanted, not", err);
	return growth_read_limit(e, in, 6, w, err);
}

/* [between A and B] ["MESSAGE"]: the words from 7 on */
static bool growth_read_rest(struct expectation *e, const struct invocation *in,
	struct growth *w, struct error *err)
{
	const struct words *words = &in->words;
	size_t at = 7;
	if (words->count >= 11 && words_is(words, 7, "between") &&
		words_is(words, 9, "and")) {
		if (!growth_read_generation(e, in, 8, &w->first, err) ||
			!growth_read_generation(e, in, 10, &w->second, err))
			return false;
		at = 11;
	} else if (!growth_find_generations(e, w, err)) {
		return false;
	}
	if (at + 1 == words->count && words->items[at].quoted) {
		e->end = words->items[at].offset + words->base_offset;
		e->check.message = growth_word(e, in, at++, err);
		if (e->check.message == NULL)
			return false;
	}
	return at == words->count || command_bad_word(in, at, "unexpected word", err);
}

/* The count or the bytes of what fulfils the condition in the generation looked at.
 * Sizes are summed in halves, which cannot overflow. */
static bool growth_query(struct expectation *e, const struct invocation *in,
	const struct growth *w, int64_t *value, struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = query_prepare_word(e->s, in, w->condition,
		"select count(*), sum(size >> 32), sum(size & 4294967295) "
		"from obj where (",
		"\n)", &stmt, err);
	int row = ok ? db_step(stmt, err) : -1;
	/* A condition that closes the parenthesis may go on as it likes. */
	ok = row == 1 || (row == 0 ? error_at(err, STATUS_SCRIPT, e->start,
					     "the condition leaves no row to count")
				   : false);
	if (ok && w->bytes) {
		int64_t bytes;
		if (__builtin_mul_overflow(
			    db_column_integer(stmt, 1), INT64_C(1) << 32, &bytes))
			bytes = db_column_integer(stmt, 1) < 0 ? INT64_MIN : INT64_MAX;
		*value = dominators_add(bytes, db_column_integer(stmt, 2));
	} else if (ok) {
		*value = db_column_integer(stmt, 0);
	}
	db_stmt_free(stmt);
	return ok;
}

static bool growth_measure(struct expectation *e, const struct invocation *in,
	const struct growth *w, int64_t num, int64_t *value, struct error *err)
{
	if (!session_look_at(e->s, num, err))
		return false;
	bool ok = growth_query(e, in, w, value, err);
	return session_look_back(e->s, ok ? err : NULL) && ok;
}

/* Objects of the second generation at addresses where the first has none of their type,
 * and one row more than is shown. */
static struct result *growth_query_rows(struct expectation *e,
	const struct invocation *in, const struct growth *w, struct error *err)
{
	struct db_stmt *stmt = NULL;
	char before[GENERATION_TABLE_MAX], tail[192 + GENERATION_TABLE_MAX];
	if (!generation_table(e->s->db, "obj", w->first, before, err))
		return NULL;
	snprintf(tail, sizeof tail,
		"\n) and not exists (select 1 from main.%s as b where"
		" b.address = obj.address and b.type is obj.type)"
		" order by address limit %d",
		before, CHECK_ROWS_MAX);
	struct result *r = NULL;
	if (query_prepare_word(e->s, in, w->condition,
		    "select address, type, repr, size from obj where (", tail, &stmt,
		    err))
		r = query_rows(e->s, stmt, err);
	db_stmt_free(stmt);
	return r;
}

static bool growth_show(struct expectation *e, const struct invocation *in,
	const struct growth *w, struct error *err)
{
	int64_t current;
	if (!session_look_at(e->s, w->second, err))
		return false;
	struct result *r = growth_query_rows(e, in, w, err);
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

/* "+100 (20, then 120)", "+500 % (20, then 120)" */
static bool growth_tell(struct expectation *e, const struct growth *w, struct error *err)
{
	struct check *c = &e->check;
	double growth = (double)w->after - (double)w->before;
	if (w->relative)
		growth = growth == 0 ? 0 : 100 * growth / fabs((double)w->before);
	c->state = expect_holds(w->op, growth, w->limit) ? CHECK_PASSED : CHECK_FAILED;
	return expect_say(&c->expected, err, "%s %s", w->op->text, w->limit_text) &&
	       expect_say(&c->found, err, "%+.*f%s (%" PRId64 ", then %" PRId64 ")",
		       w->relative && isfinite(growth) ? 1 : 0, growth,
		       w->relative ? "%" : "", w->before, w->after);
}

bool expect_growth(struct expectation *e, struct error *err)
{
	struct growth w = { 0 };
	struct invocation in;
	bool ok = expect_words(e, &in, err) && session_heap(e->s, err) != NULL &&
		  growth_read_question(e, &in, &w, err) &&
		  growth_read_rest(e, &in, &w, err) &&
		  compare_may(e->s, (int64_t[]){ w.first, w.second }, 2, err) &&
		  growth_measure(e, &in, &w, w.first, &w.before, err) &&
		  growth_measure(e, &in, &w, w.second, &w.after, err) &&
		  growth_tell(e, &w, err);
	if (ok && e->check.state == CHECK_FAILED)
		ok = growth_show(e, &in, &w, err);
	free(w.limit_text);
	words_fini(&in.words);
	return ok;
}
