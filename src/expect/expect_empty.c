/* SPDX-License-Identifier: MIT */
/* expect empty QUERY [known FILE]: rows that should not be there. */
#include "base/array.h"
#include "expect/expect.h"
#include "language/token.h"
#include "verbs/leak_report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What the expectation says. */
struct empty_parts {
	size_t query, query_end;
	char *known; /* owned, NULL without */
};

/* The last word `known` with space around it and one word behind it, which `words`
 * becomes: then the query ends there.  Anything else is SQL. */
static bool empty_find_known(const struct expectation *e, struct empty_parts *p,
	struct words *words, struct error *err)
{
	const char *text = e->in->line->text;
	size_t known = 0, before = p->query;
	bool space = false;
	for (size_t at = p->query; at < e->end;) {
		struct token token = token_at(text, e->end, at);
		size_t next = at + token.len;
		if (space && token_is(text, token, "known") && next < e->end &&
			strchr(" \t\r\n\f", text[next]) != NULL) {
			known = next;
			before = at;
		}
		space = token.type == TOKEN_SPACE;
		at = next;
	}
	struct subst_scope scope = session_scope(e->s);
	if (known == 0)
		return true;
	if (!subst_words(&scope, text + known, e->end - known, known, words, err))
		return false;
	if (words->count != 1)
		return true;
	p->query_end = before;
	p->known = strdup(words->items[0].text);
	return p->known != NULL || error_nomem(err);
}

static bool empty_parse(
	const struct expectation *e, struct empty_parts *p, struct error *err)
{
	struct words words = WORDS_INIT;
	*p = (struct empty_parts){ .query = e->start + strlen("empty"),
		.query_end = e->end };
	bool ok = empty_find_known(e, p, &words, err);
	words_fini(&words);
	return ok;
}

static struct result *empty_query(
	struct expectation *e, const struct empty_parts *p, struct error *err)
{
	struct db_stmt *stmt = NULL;
	struct result *r = NULL;
	if (!query_prepare_part(
		    e->s, e->in->line, p->query, p->query_end, "", "", &stmt, err))
		return NULL;
	if (db_columns(stmt) > 0)
		r = query_rows(e->s, stmt, err);
	else
		error_at(err, STATUS_SCRIPT, p->query,
			"this is no query: it gives no rows");
	db_stmt_free(stmt);
	return r;
}

/* --- known findings ----------------------------------------------------------------- */

/* The column that counts what has the signature, -1: each row is one. */
static int empty_count_column(const struct result *r)
{
	static const char *const names[] = { "count", "objects", "growth" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int column = result_find_column(r, names[i], strlen(names[i]));
		if (column >= 0)
			return column;
	}
	return -1;
}

/* Asks the baseline about a row, or tells it; `*known` says whether it is accepted. */
static bool empty_ask(struct expectation *e, struct baseline *b, const struct result *r,
	size_t row, bool *known, struct error *err)
{
	bool update = e->s->settings->update_baseline;
	int column = empty_count_column(r);
	struct cell signature = result_cell(
		r, row, result_find_column(r, "signature", strlen("signature")));
	struct cell count = column < 0 ? cell_integer(1) : result_cell(r, row, column);
	*known = false;
	if (signature.type != CELL_TEXT || count.type != CELL_INTEGER)
		return true;
	char *text = strndup(signature.text, signature.len);
	if (text == NULL)
		return error_nomem(err);
	*known = baseline_judge(b, text, count.integer) == BASELINE_KNOWN || update;
	bool ok = !update || baseline_accept(b, text, count.integer, err);
	free(text);
	return ok;
}

/* The rows that the file does not accept; NULL on failure. */
static struct result *empty_drop_known(struct expectation *e, const struct result *r,
	struct baseline *b, struct error *err)
{
	struct result *left = result_new(r->columns, (const char *const *)r->names);
	struct cell *cells = array_new((size_t)r->columns, sizeof *cells);
	bool ok = (left != NULL && cells != NULL) || error_nomem(err), known;
	for (size_t row = 0; ok && row < r->rows; row++) {
		ok = empty_ask(e, b, r, row, &known, err);
		if (!ok || known)
			continue;
		result_row(r, row, cells);
		ok = result_push(left, cells, err);
	}
	free(cells);
	if (ok)
		return left;
	result_free(left);
	return NULL;
}

/* Takes `r`. */
static struct result *empty_apply_known(
	struct expectation *e, struct result *r, const char *path, struct error *err)
{
	bool update = e->s->settings->update_baseline;
	struct baseline b = { 0 };
	struct result *left = NULL;
	bool ok = result_find_column(r, "signature", strlen("signature")) >= 0 ||
		  error_set(err, STATUS_SCRIPT,
			  "'known' is about signatures, and the query has no column "
			  "'signature'");
	ok = ok && session_may_know(e->s, path, err) &&
	     baseline_read(&b, path, update, err) &&
	     (left = empty_drop_known(e, r, &b, err)) != NULL;
	if (ok) {
		leak_report_warn_stale(e->s, &b, path);
		ok = !update || baseline_write(&b, e->s->settings->places, path, err);
	}
	baseline_fini(&b);
	result_free(r);
	if (ok)
		return left;
	result_free(left);
	return NULL;
}

bool expect_empty(struct expectation *e, struct error *err)
{
	struct empty_parts p;
	struct result *r = NULL;
	bool ok = empty_parse(e, &p, err) && (r = empty_query(e, &p, err)) != NULL;
	if (ok && p.known != NULL)
		ok = (r = empty_apply_known(e, r, p.known, err)) != NULL;
	ok = ok &&
	     expect_say(&e->check.expected, err, "no %srows",
		     p.known == NULL ? "" : "new ") &&
	     expect_say(
		     &e->check.found, err, "%zu row%s", r->rows, r->rows == 1 ? "" : "s");
	free(p.known);
	if (!ok || r->rows == 0) {
		result_free(r);
		return ok;
	}
	e->check.state = CHECK_FAILED;
	return expect_show_rows(e, r, err);
}
