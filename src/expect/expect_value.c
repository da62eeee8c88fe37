/* SPDX-License-Identifier: MIT */
/* expect QUERY OP VALUE ["MESSAGE"]: one number or text, compared. */
#include "base/array.h"
#include "expect/expect.h"
#include "language/token.h"
#include "output/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of what is expected, without space and comments. */
struct value_tokens {
	struct token *items;
	size_t count, cap;
};

/* What the expectation says: bytes of the command's text. */
struct value_parts {
	size_t query_end;
	const struct expect_operator *op;
	size_t value_start, value_end;
};

static bool value_read_tokens(
	const struct expectation *e, struct value_tokens *t, struct error *err)
{
	const char *text = e->in->line->text;
	for (size_t at = e->start; at < e->end;) {
		struct token token = token_at(text, e->end, at);
		at += token.len;
		if (token.type == TOKEN_SPACE || token.type == TOKEN_COMMENT)
			continue;
		if (!array_reserve(&t->items, &t->cap, t->count + 1, sizeof *t->items))
			return error_nomem(err);
		t->items[t->count++] = token;
	}
	return true;
}

/* The last token, when it is "…", is what the script says of the check. */
static bool value_take_message(
	struct expectation *e, struct value_tokens *t, struct error *err)
{
	const char *text = e->in->line->text;
	if (t->count == 0)
		return true;
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
	bool empty = message.len == 0 && !message.failed;
	e->check.message = buffer_take(&message);
	t->count--;
	e->end = last.start;
	if (empty) {
		free(e->check.message);
		e->check.message = NULL;
	}
	return empty || e->check.message != NULL || error_nomem(err);
}

/* The first of the tokens that are the value at the end: one, with a sign perhaps, or
 * what is in brackets. */
static size_t value_begin(const char *text, const struct value_tokens *t)
{
	size_t at = t->count - 1;
	if (token_is(text, t->items[at], ")"))
		for (size_t depth = 0; at > 0; at--) {
			depth += token_is(text, t->items[at], ")");
			depth -= token_is(text, t->items[at], "(");
			if (depth == 0)
				break;
		}
	bool is_signed = at > 0 && (token_is(text, t->items[at - 1], "-") ||
					   token_is(text, t->items[at - 1], "+"));
	return is_signed ? at - 1 : at;
}

/* Reads from the end: the query may hold operators of its own. */
static bool value_split(const struct expectation *e, const struct value_tokens *t,
	struct value_parts *p, struct error *err)
{
	const char *text = e->in->line->text;
	size_t value = t->count == 0 ? 0 : value_begin(text, t);
	if (value < 2)
		return command_usage(e->in, err);
	struct token op = t->items[value - 1], last = t->items[t->count - 1];
	p->op = expect_find_operator(text + op.start, op.len);
	p->query_end = op.start;
	p->value_start = t->items[value].start;
	p->value_end = last.start + last.len;
	return p->op != NULL ||
	       error_at(err, STATUS_SCRIPT, op.start,
		       "no comparison before the value '%.*s'; one of = <> < <= > >= is "
		       "wanted",
		       (int)(p->value_end - p->value_start), text + p->value_start);
}

/* The one row and column of a query as a result; NULL on failure. */
static struct result *value_run(struct expectation *e, size_t start, size_t end,
	const char *head, const char *tail, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!query_prepare_part(e->s, e->in->line, start, end, head, tail, &stmt, err))
		return NULL;
	struct result *r = NULL;
	if (db_columns(stmt) == 1)
		r = query_rows(e->s, stmt, err);
	else
		error_at(err, STATUS_SCRIPT, start,
			"one value is wanted, and the query has %d columns",
			db_columns(stmt));
	db_stmt_free(stmt);
	if (r == NULL || r->rows <= 1)
		return r;
	error_at(err, STATUS_SCRIPT, start,
		"one value is wanted, and the query gives %zu rows; 'expect empty' is "
		"about rows",
		r->rows);
	result_free(r);
	return NULL;
}

/* A query as it is; anything else is an expression. */
static struct result *value_query(struct expectation *e, const struct value_tokens *t,
	size_t end, struct error *err)
{
	static const char *const verbs[] = { "select", "with", "values" };
	const char *text = e->in->line->text;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (token_is(text, t->items[0], verbs[i]))
			return value_run(e, e->start, end, "", "", err);
	return value_run(e, e->start, end, "select (", "\n)", err);
}

/* No row is no value. */
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

static int value_compare_bytes(struct cell a, struct cell b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.text, b.text, len);
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
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
	int order = value_compare_bytes(found, wanted);
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

bool expect_value(struct expectation *e, struct error *err)
{
	struct value_tokens t = { 0 };
	struct value_parts p = { 0 };
	struct result *query = NULL, *value = NULL;
	bool ok = value_read_tokens(e, &t, err) && value_take_message(e, &t, err) &&
		  value_split(e, &t, &p, err);
	if (ok) {
		value = value_run(e, p.value_start, p.value_end, "select (", "\n)", err);
		query = value == NULL ? NULL : value_query(e, &t, p.query_end, err);
		ok = query != NULL;
	}
	free(t.items);
	if (ok) {
		struct cell found = value_cell(query);
		struct cell wanted = value_number(value_cell(value));
		char sign[8] = "";
		snprintf(sign, sizeof sign, "%s ", p.op->text);
		e->check.state =
			value_holds(found, p.op, wanted) ? CHECK_PASSED : CHECK_FAILED;
		ok = value_say(&e->check.expected, sign, wanted, err) &&
		     value_say(&e->check.found, "", found, err);
	}
	result_free(query);
	result_free(value);
	return ok;
}
