/* SPDX-License-Identifier: MIT */
/* expect empty QUERY [known FILE]: rows that should not be there. */
#include "answers/leak_report.h"
#include "base/array.h"
#include "expect/expect_forms.h"
#include "language/token.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- known findings ----------------------------------------------------------------- */

/* The rows of `r` that the file does not accept, and with --update-baseline the file
 * accepts all of them.  NULL on failure. */
static struct result *empty_drop_known(struct expectation *e, const struct result *r,
	const char *path, struct error *err)
{
	static const char *const counts[] = { "count", "objects", "growth" };
	bool update = e->s->settings->update_baseline;
	struct baseline b = { 0 };
	struct result *left = result_new(r->columns, (const char *const *)r->names);
	struct cell *cells = array_new((size_t)r->columns, sizeof *cells);
	/* The column that counts what has the signature, -1: each row is one. */
	int column = -1, named = result_find_column(r, "signature", strlen("signature"));
	for (size_t i = 0; column < 0 && i < sizeof counts / sizeof *counts; i++)
		column = result_find_column(r, counts[i], strlen(counts[i]));
	bool ok = (left != NULL && cells != NULL) || error_nomem(err);
	if (ok && named < 0)
		ok = error_set(err, STATUS_SCRIPT,
			"'known' is about signatures, and the query has no column "
			"'signature'");
	ok = ok && session_may_know(e->s, path, err) &&
	     baseline_read(&b, path, update, err);
	for (size_t row = 0; ok && row < r->rows; row++) {
		assert(named >= 0);
		struct cell signature = result_cell(r, row, named);
		struct cell count =
			column < 0 ? cell_integer(1) : result_cell(r, row, column);
		bool known = false;
		if (signature.type == CELL_TEXT && count.type == CELL_INTEGER) {
			char *text = strndup(signature.text, signature.len);
			ok = text != NULL || error_nomem(err);
			known = ok && (baseline_judge(&b, text, count.integer) ==
						      BASELINE_KNOWN ||
					      update);
			ok = ok &&
			     (!update || baseline_accept(&b, text, count.integer, err));
			free(text);
		}
		if (!ok || known)
			continue;
		result_row(r, row, cells);
		ok = result_push(left, cells, err);
	}
	if (ok) {
		leak_report_warn_stale(e->s, &b, path);
		ok = !update || baseline_write(&b, e->s->settings->places, path, err);
	}
	baseline_fini(&b);
	free(cells);
	if (ok)
		return left;
	result_free(left);
	return NULL;
}

bool expect_empty(struct expectation *e, struct error *err)
{
	const char *text = e->in->line->text;
	size_t query = e->start + strlen("empty"), query_end = e->end;
	/* The last word `known` with space around it and one word behind it ends the
	 * query; anything else is SQL. */
	size_t known = 0, before = query;
	bool space = false;
	for (size_t at = query; at < e->end;) {
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
	assert(query <= e->end);
	struct subst_scope scope = session_scope(e->s);
	struct words words = WORDS_INIT;
	struct db_stmt *stmt = NULL;
	struct result *r = NULL;
	bool ok = known == 0 ||
		  subst_words(&scope, text + known, e->end - known, known, &words, err);
	const char *path = NULL;
	if (ok && words.count == 1) {
		path = words.items[0].text;
		query_end = before;
	}
	const struct query_text part = { "", e->in->line->text + query, query_end - query,
		"" };
	ok = ok && query_prepare_part(e->s, e->in->line, &part, &stmt, err);
	if (ok && db_columns(stmt) == 0)
		ok = error_at(err, STATUS_SCRIPT, query,
			"this is not a query: it gives no rows");
	ok = ok && (r = query_rows(e->s, stmt, err)) != NULL;
	db_stmt_free(stmt);
	if (ok && path != NULL) {
		struct result *left = empty_drop_known(e, r, path, err);
		result_free(r);
		r = left;
		ok = r != NULL;
	}
	ok = ok &&
	     expect_say(
		     &e->check.expected, err, "no %srows", path == NULL ? "" : "new ") &&
	     expect_say(
		     &e->check.found, err, "%zu row%s", r->rows, r->rows == 1 ? "" : "s");
	words_fini(&words);
	if (!ok || r->rows == 0) {
		result_free(r);
		return ok;
	}
	e->check.state = CHECK_FAILED;
	return expect_show_rows(e, r, err);
}
