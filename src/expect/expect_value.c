/* SPDX-License-Identifier: MIT */
/* expect QUERY OP VALUE ["MESSAGE"]: one number or text, compared. */
#include "base/array.h"
#include "expect/expect_forms.h"
#include "language/token.h"
#include "output/writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of the expectation, without space and comments. */
struct value_tokens {
	struct token *items;
	size_t count, cap;
};

/* The last token, when it is "…", is what the script says of the check: takes it off.
 * Empty quotes mean no message. */
static bool value_take_message(
	struct expectation *e, struct value_tokens *t, struct error *err)
{
	const char *text = e->in->line->text;
	assert(t->count > 0);
	struct token last = t->items[t->count - 1];
	if (last.type != TOKEN_QUOTED || text[last.start] != '"')
		return true;
	struct buffer message = BUFFER_INIT;
	for (size_t i = last.start + 1; i + 1 < last.start + last.len; i++) {
		/* One line, however it was written. */
		bool space = strchr(" \t\r\n\f", text[i]) != NULL;
		if (!space || message.len == 0 || message.data[message.len - 1] != ' ')
			buffer_put_char(&message, space ? ' ' : text[i]);
		i += text[i] == '"'; /* it is doubled */
	}
	bool ok = !message.failed || error_nomem(err);
	if (ok && message.len > 0)
		e->check.message = buffer_take(&message);
	buffer_fini(&message);
	t->count--;
	e->end = last.start;
	return ok;
}

/* The one row and column of a query as a result; NULL on failure. */
static struct result *value_run(struct expectation *e, size_t start, size_t end,
	const char *head, const char *tail, struct error *err)
{
	struct db_stmt *stmt = NULL;
	const struct query_text part = { head, e->in->line->text + start, end - start,
		tail };
	if (!query_prepare_part(e->s, e->in->line, &part, &stmt, err))
		return NULL;
	struct result *r = NULL;
	if (db_columns(stmt) == 1)
		r = query_rows(e->s, stmt, err);
	else
		error_at(err, STATUS_SCRIPT, start,
			"expected one value, and the query has %d columns",
			db_columns(stmt));
	db_stmt_free(stmt);
	if (r == NULL || r->rows <= 1)
		return r;
	error_at(err, STATUS_SCRIPT, start,
		"expected one value, and the query gives %zu rows; 'expect empty' is "
		"about rows",
		r->rows);
	result_free(r);
	return NULL;
}

/* The value of a query without rows is NULL. */
static struct cell value_cell(const struct result *r)
{
	return r->rows == 0 ? cell_null() : result_cell(r, 0, 0);
}

/* Text that is a number counts as one: -D and arguments are text in SQL. */
static struct cell value_number(struct cell cell)
{
	char digits[64], *end;
	if (cell.type != CELL_TEXT || cell.len == 0 || cell.len >= sizeof digits)
		return cell;
	memcpy(digits, cell.text, cell.len);
	digits[cell.len] = '\0';
	errno = 0;
	long long integer = strtoll(digits, &end, 10);
	if (*end == '\0' && errno == 0)
		return cell_integer(integer);
	if (strspn(digits, "+-.0123456789eE") != cell.len)
		return cell;
	double real = strtod(digits, &end);
	return *end == '\0' ? cell_real(real) : cell;
}

static bool value_is_number(struct cell cell)
{
	return cell.type == CELL_INTEGER || cell.type == CELL_REAL;
}

/* NULL equals NULL and is not to be compared with anything else; numbers come before
 * texts. */
static bool value_holds(
	struct cell found, const struct expect_operator *op, struct cell wanted)
{
	if (found.type == CELL_NULL || wanted.type == CELL_NULL) {
		bool equal = found.type == wanted.type;
		return equal ? op->equal : op->less && op->more;
	}
	struct cell a = value_number(found), b = value_number(wanted);
	if (a.type == CELL_INTEGER && b.type == CELL_INTEGER)
		return a.integer < b.integer   ? op->less
		       : a.integer > b.integer ? op->more
					       : op->equal;
	if (value_is_number(a) && value_is_number(b))
		return expect_holds(op, a.type == CELL_REAL ? a.real : (double)a.integer,
			b.type == CELL_REAL ? b.real : (double)b.integer);
	if (value_is_number(a) != value_is_number(b))
		return value_is_number(a) ? op->less : op->more;
	size_t len = found.len < wanted.len ? found.len : wanted.len;
	int order = len == 0 ? 0 : memcmp(found.text, wanted.text, len);
	if (order == 0)
		order = (found.len > wanted.len) - (found.len < wanted.len);
	return order < 0 ? op->less : order > 0 ? op->more : op->equal;
}

static bool value_say(
	char **text, const char *operator, struct cell cell, struct error *err)
{
	struct buffer b = BUFFER_INIT;
	buffer_put_text(&b, operator);
	if (cell.type == CELL_NULL)
		buffer_put_text(&b, "null");
	else if (value_is_number(cell))
		writer_put_number(&b, &cell);
	else
		subst_put_literal(&b, &cell);
	*text = buffer_take(&b);
	return *text != NULL || error_nomem(err);
}

/* QUERY OP VALUE ["MESSAGE"] is read from the end: the query may hold operators of its
 * own. */
bool expect_value(struct expectation *e, struct error *err)
{
	static const char *const verbs[] = { "select", "with", "values" };
	const char *text = e->in->line->text;
	struct value_tokens t = { 0 };
	bool ok = true;
	for (size_t at = e->start; ok && at < e->end;) {
		struct token token = token_at(text, e->end, at);
		at += token.len;
		if (token.type == TOKEN_SPACE || token.type == TOKEN_COMMENT)
			continue;
		ok = array_reserve(&t.items, &t.cap, t.count + 1, sizeof *t.items) ||
		     error_nomem(err);
		if (ok)
			t.items[t.count++] = token;
	}
	ok = ok && (t.count == 0 || value_take_message(e, &t, err));
	/* The value: one token, perhaps with a sign, or everything in a pair of brackets.
	 */
	size_t first = t.count == 0 ? 0 : t.count - 1;
	if (first > 0 && token_is(text, t.items[first], ")"))
		for (size_t depth = 0; first > 0; first--) {
			depth += token_is(text, t.items[first], ")");
			depth -= token_is(text, t.items[first], "(");
			if (depth == 0)
				break;
		}
	if (first > 0 && (token_is(text, t.items[first - 1], "-") ||
				 token_is(text, t.items[first - 1], "+")))
		first--;
	if (!ok || first < 2) {
		free(t.items);
		return ok && command_usage(e->in, err);
	}
	struct token begin = t.items[0], sign = t.items[first - 1];
	struct token last = t.items[t.count - 1];
	size_t start = t.items[first].start, end = last.start + last.len;
	assert(start < end && end <= e->end);
	free(t.items);
	const struct expect_operator *op =
		expect_find_operator(text + sign.start, sign.len);
	if (op == NULL)
		return error_at(err, STATUS_SCRIPT, sign.start,
			"expected one of = <> < <= > >= before the value '%.*s'",
			(int)(end - start), text + start);
	struct result *value = value_run(e, start, end, "select (", "\n)", err);
	/* A query as it is; anything else is an expression. */
	bool is_query = false;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		is_query = is_query || token_is(text, begin, verbs[i]);
	struct result *query = value == NULL ? NULL
					     : value_run(e, e->start, sign.start,
						       is_query ? "" : "select (",
						       is_query ? "" : "\n)", err);
	ok = query != NULL;
	if (ok) {
		struct cell found = value_cell(query);
		struct cell wanted = value_number(value_cell(value));
		char spelt[8] = "";
		snprintf(spelt, sizeof spelt, "%s ", op->text);
		e->check.state =
			value_holds(found, op, wanted) ? CHECK_PASSED : CHECK_FAILED;
		ok = value_say(&e->check.expected, spelt, wanted, err) &&
		     value_say(&e->check.found, "", found, err);
	}
	result_free(query);
	result_free(value);
	return ok;
}
