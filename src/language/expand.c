/* SPDX-License-Identifier: MIT */
#include "language/expand.h"

#include "base/nearest.h"
#include "result/result.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- literals --------------------------------------------------------------------- */

static void expand_put_hex(struct buffer *b, const char *bytes, size_t len)
{
	buffer_put_text(b, "x'");
	buffer_put_hex(b, bytes, len);
	buffer_put_char(b, '\'');
}

static void expand_put_quoted(struct buffer *b, const char *text, size_t len)
{
	if (len > 0 && memchr(text, '\0', len) != NULL) {
		buffer_put_text(b, "cast(");
		expand_put_hex(b, text, len);
		buffer_put_text(b, " as text)");
		return;
	}
	buffer_put_char(b, '\'');
	buffer_put_doubled(b, text, len, '\'');
	buffer_put_char(b, '\'');
}

void subst_put_literal(struct buffer *b, const struct cell *cell)
{
	switch (cell->type) {
	case CELL_NULL:
		buffer_put_text(b, "NULL");
		break;
	case CELL_INTEGER:
		buffer_printf(b, "%lld", (long long)cell->integer);
		break;
	case CELL_REAL:
		/* SQLite reads 9e999 as infinity; it stores no NaN. */
		if (isnan(cell->real)) {
			buffer_put_text(b, "NULL");
			break;
		}
		if (isinf(cell->real)) {
			buffer_put_text(b, cell->real < 0 ? "-9e999" : "9e999");
			break;
		}
		buffer_put_real(b, cell->real);
		break;
	case CELL_TEXT:
		expand_put_quoted(b, cell->text, cell->len);
		break;
	case CELL_BLOB:
		expand_put_hex(b, cell->text, cell->len);
		break;
	}
}

/* Digits that SQLite reads and writes alike: no leading zeros, at most 64 bits. */
static bool expand_is_integer(const char *text, size_t len)
{
	size_t digits = len > 0 && *text == '-' ? 1 : 0;
	size_t n = len - digits;
	const char *most = "9223372036854775807";
	if (n == 0 || n > strlen(most) || (text[digits] == '0' && len > 1))
		return false;
	for (size_t i = digits; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return n < strlen(most) || memcmp(text + digits, most, n) <= 0;
}

/* A value from outside.  In SQL it is quoted; glued to a name, as in `obj$1`, it is part
 * of that name, and must be able to. */
static bool expand_put_literal(const struct expand_form *form, const char *text,
	size_t len, struct buffer *out, struct error *err)
{
	bool glued = out->len > 0 && token_is_name_byte(out->data[out->len - 1]);
	bool plain = !form->in_sql || expand_is_integer(text, len);
	size_t name = 0;
	while (name < len && token_is_name_byte(text[name]))
		name++;
	if (!plain && !glued) {
		expand_put_quoted(out, text, len);
	} else if (plain || name == len) {
		buffer_put(out, text, len);
	} else {
		return error_at(err, STATUS_SCRIPT, form->offset,
			"%.*s is '%.*s', which cannot be part of a name", (int)form->len,
			form->text, (int)(len < 60 ? len : 60), text);
	}
	return true;
}

/* --- results ---------------------------------------------------------------------- */

static int expand_number(const char *digits, size_t len)
{
	int number = 0;
	for (size_t i = 0; i < len; i++) {
		if (number > (INT_MAX - 9) / 10)
			return INT_MAX;
		number = number * 10 + (digits[i] - '0');
	}
	return number;
}

/* The digits behind the `#`. */
static size_t expand_digits(const struct expand_form *form)
{
	size_t n = 0;
	while (1 + n < form->len && form->text[1 + n] >= '0' && form->text[1 + n] <= '9')
		n++;
	return n;
}

static bool expand_no_column(const struct expand_form *form, const struct result *r,
	const char *name, size_t len, struct error *err)
{
	struct buffer names = BUFFER_INIT;
	for (int i = 0; i < r->columns; i++)
		buffer_printf(&names, "%s%s", i == 0 ? "" : ", ", r->names[i]);
	error_at(err, STATUS_SCRIPT, form->offset,
		"result %.*s has no column '%.*s'; its columns are %s",
		(int)expand_digits(form) + 1, form->text, (int)len, name,
		buffer_text(&names));
	buffer_fini(&names);
	return false;
}

/* A column's values as a list, or, of many rows, SQL that reads them from the result's
 * table. */
static bool expand_column(const struct subst_scope *scope, const struct expand_form *form,
	const struct result *r, struct buffer *out, struct error *err)
{
	/* The name without its quotes. */
	struct buffer name = BUFFER_INIT;
	size_t digits = expand_digits(form);
	const char *text = form->text + digits + 2;
	size_t len = (size_t)(form->text + form->len - text);
	if (token_is_name_byte(*text)) {
		buffer_put(&name, text, len);
	} else {
		char quote = text[len - 1];
		for (size_t i = 1; i + 1 < len; i++) {
			buffer_put_char(&name, text[i]);
			if (quote != ']' && text[i] == quote)
				i++;
		}
	}
	int column = result_find_column(r, buffer_text(&name), name.len);
	bool ok = column >= 0 ||
		  expand_no_column(form, r, buffer_text(&name), name.len, err);
	buffer_fini(&name);
	if (!ok)
		return false;
	if (form->in_sql && r->rows > SUBST_LIST_MAX && scope->result_table != NULL) {
		int number = expand_number(form->text + 1, digits);
		const char *table = scope->result_table(scope->context, number, err);
		if (table == NULL)
			return false;
		buffer_put_text(out, "(select \"");
		for (const char *c = r->names[column]; *c != '\0'; c++) {
			buffer_put_char(out, *c);
			if (*c == '"')
				buffer_put_char(out, '"');
		}
		buffer_printf(out, "\" from %s)", table);
		return true;
	}
	buffer_put_char(out, '(');
	for (size_t i = 0; i < r->rows; i++) {
		struct cell cell = result_cell(r, i, column);
		if (i > 0)
			buffer_put_char(out, ',');
		subst_put_literal(out, &cell);
	}
	buffer_put_char(out, ')');
	return true;
}

/* #R, #R.N and #R.column. */
static bool expand_result(const struct subst_scope *scope, const struct expand_form *form,
	struct buffer *out, struct error *err)
{
	size_t digits = expand_digits(form);
	int number = expand_number(form->text + 1, digits);
	const struct result *r = scope->find_result == NULL
					 ? NULL
					 : scope->find_result(scope->context, number);
	if (r == NULL && scope->last_result < 0)
		return error_at(err, STATUS_SCRIPT, form->offset,
			"no result %.*s: no command has yielded one yet", (int)digits + 1,
			form->text);
	if (r == NULL)
		return error_at(err, STATUS_SCRIPT, form->offset,
			"no result %.*s; the last is #%d", (int)digits + 1, form->text,
			scope->last_result);
	if (form->type == TOKEN_CELL) {
		size_t at = digits + 2;
		int row = expand_number(form->text + at, form->len - at);
		int column = result_find_column(r, "address", strlen("address"));
		if (column < 0)
			return expand_no_column(
				form, r, "address", strlen("address"), err);
		if ((size_t)row >= r->rows)
			return error_at(err, STATUS_SCRIPT, form->offset,
				"result %.*s has %zu row%s, no row %.*s", (int)at - 1,
				form->text, r->rows, r->rows == 1 ? "" : "s",
				(int)(form->len - at), form->text + at);
		struct cell cell = result_cell(r, (size_t)row, column);
		subst_put_literal(out, &cell);
		return true;
	}
	if (form->type == TOKEN_COLUMN)
		return expand_column(scope, form, r, out, err);
	assert(form->type == TOKEN_RESULT);
	const char *table = scope->result_table == NULL
				    ? NULL
				    : scope->result_table(scope->context, number, err);
	if (table == NULL)
		return error_at(err, STATUS_SCRIPT, form->offset,
			"result %.*s cannot be a table here", (int)form->len, form->text);
	buffer_put_text(out, table);
	return true;
}

/* --- names and arguments ---------------------------------------------------------- */

static bool expand_put_value(const struct expand_form *form,
	const struct subst_value *value, struct buffer *out, struct error *err)
{
	if (value->literal)
		return expand_put_literal(form, value->text, value->len, out, err);
	buffer_put(out, value->text, value->len);
	return true;
}

/* The longest beginning that is defined, cut at a `.` or `:`. */
static bool expand_name(const struct subst_scope *scope, const struct expand_form *form,
	struct buffer *out, struct error *err)
{
	struct subst_value value;
	for (size_t len = form->len; scope->find_name != NULL && len > 1;) {
		if (scope->find_name(scope->context, form->text + 1, len - 1, &value)) {
			if (!expand_put_value(form, &value, out, err))
				return false;
			buffer_put(out, form->text + len, form->len - len);
			return true;
		}
		do
			len--;
		while (len > 1 && form->text[len] != '.' && form->text[len] != ':');
	}
	const char *const *names =
		scope->list_names == NULL ? NULL : scope->list_names(scope->context);
	const char *near =
		names == NULL ? NULL : nearest_name(form->text + 1, form->len - 1, names);
	size_t part = 1;
	while (part < form->len && token_is_name_byte(form->text[part]))
		part++;
	if (near == NULL && names != NULL)
		near = nearest_name(form->text + 1, part - 1, names);
	if (near == NULL)
		return error_at(err, STATUS_SCRIPT, form->offset,
			"no name %.*s; -D %.*s=VALUE gives it one", (int)form->len,
			form->text, (int)(part - 1), form->text + 1);
	return error_at(err, STATUS_SCRIPT, form->offset,
		"no name %.*s; did you mean $%s?", (int)form->len, form->text, near);
}

static bool expand_argument(const struct subst_scope *scope,
	const struct expand_form *form, struct buffer *out, struct error *err)
{
	struct subst_value value;
	if (form->text[1] == '@') {
		for (int i = 0; i < scope->arg_count; i++) {
			if (i > 0)
				buffer_put_char(out, form->in_sql ? ',' : ' ');
			if (!expand_put_literal(form, scope->args[i],
				    strlen(scope->args[i]), out, err))
				return false;
		}
		return true;
	}
	int index = form->text[1] - '1';
	if (index < scope->arg_count) {
		const char *arg = scope->args[index];
		return expand_put_literal(form, arg, strlen(arg), out, err);
	}
	/* The original let names be numbers. */
	if (scope->find_name != NULL &&
		scope->find_name(scope->context, form->text + 1, 1, &value))
		return expand_put_value(form, &value, out, err);
	return error_at(err, STATUS_SCRIPT, form->offset,
		"no argument %.*s; the script was given %d", (int)form->len, form->text,
		scope->arg_count);
}

bool expand_form(const struct subst_scope *scope, const struct expand_form *form,
	struct buffer *out, struct error *err)
{
	if (form->type == TOKEN_NAME)
		return expand_name(scope, form, out, err);
	if (form->type == TOKEN_ARGUMENT)
		return expand_argument(scope, form, out, err);
	return expand_result(scope, form, out, err);
}

/* --- relations -------------------------------------------------------------------- */

static const char *const expand_relations[] = { "(select child from ref where parent = ",
	"(select child from ref where parent IN ",
	"(select parent from ref where child = ",
	"(select parent from ref where child IN " };

/* Whether the operand of a value may hold a name that means another row.  The relations
 * that begin the value are ours, and are passed over. */
static bool expand_mentions_captured(const char *text, size_t len)
{
	const size_t count = sizeof expand_relations / sizeof *expand_relations;
	size_t at = 0, i = 0;
	while (i < count) {
		size_t n = strlen(expand_relations[i]);
		bool found =
			len - at >= n && memcmp(text + at, expand_relations[i], n) == 0;
		at += found ? n : 0;
		i = found ? 0 : i + 1;
	}
	while (at < len) {
		struct token token = token_at(text, len, at);
		if (token_is_captured(text, token))
			return true;
		at += token.len;
	}
	return false;
}

/* One token or name, or one pair of brackets around it all. */
static bool expand_is_primary(const char *text, size_t len)
{
	size_t depth = 0, tokens = 0;
	for (size_t at = 0; at < len; tokens++) {
		struct token token = token_at(text, len, at);
		at += token.len;
		if (token_is(text, token, "("))
			depth++;
		else if (token_is(text, token, ")") && depth > 0)
			depth--;
		else if (depth == 0 && tokens > 0 && token.type != TOKEN_WORD &&
			 !token_is(text, token, "."))
			return false;
		if (depth == 0 && at < len && *text == '(')
			return false;
	}
	return depth == 0;
}

struct expand_operand expand_classify(
	const struct expand_form *form, const char *text, size_t len)
{
	if (form->type == TOKEN_COLUMN)
		return (struct expand_operand){ .set = true };
	if (form->type == TOKEN_CELL)
		return (struct expand_operand){ .set = false };
	if (form->len == 2 && form->text[1] == '@')
		return (struct expand_operand){ .set = true, .bracket = true };
	bool primary = expand_is_primary(text, len);
	return (struct expand_operand){
		.set = primary && len > 0 && *text == '(',
		.open = expand_mentions_captured(text, len),
		.bracket = !primary,
	};
}

void expand_put_relation(
	struct buffer *out, const char *run, size_t len, struct expand_operand operand)
{
	for (size_t i = len; i-- > 0;) {
		const char *in = i > 0 || operand.set ? "IN" : "=";
		const char *from = run[i] == '&' ? "parent" : "child";
		const char *to = run[i] == '&' ? "child" : "parent";
		if (operand.open)
			buffer_printf(out,
				"(select memsee_%s from (select parent as memsee_parent, "
				"child as memsee_child from ref) where memsee_%s %s ",
				to, from, in);
		else
			buffer_printf(
				out, "(select %s from ref where %s %s ", to, from, in);
	}
}
