/* SPDX-License-Identifier: MIT */
/* set, let, default, echo: names and what they stand for. */
#include "base/array.h"
#include "base/buffer.h"
#include "language/token.h"
#include "output/writer.h"
#include "session/commands.h"
#include "session/query.h"

#include <stdlib.h>
#include <string.h>

static int set_compare(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	return strcmp(x->name, y->name);
}

/* All names as a result that takes no number, sorted. */
static bool set_list(struct session *s, struct error *err)
{
	static const char *const columns[] = { "name", "value" };
	size_t count = s->names.count;
	struct name *sorted = array_new(count, sizeof *sorted);
	struct result *r = result_new(2, columns);
	bool ok = (sorted != NULL && r != NULL) || error_nomem(err);
	if (ok && count > 0) {
		memcpy(sorted, s->names.items, count * sizeof *sorted);
		qsort(sorted, count, sizeof *sorted, set_compare);
	}
	for (size_t i = 0; ok && i < count; i++) {
		const struct cell row[] = { cell_text(sorted[i].name),
			cell_text(sorted[i].value) };
		ok = result_push(r, row, err);
	}
	free(sorted);
	if (ok)
		return session_show(s, r, err);
	result_free(r);
	return false;
}

/* The value is SQL text with its substitutions made now, so that it stays what it is. */
static bool set_name(struct session *s, const struct invocation *in, size_t name_len,
	size_t value, struct error *err)
{
	struct db *db = session_db(s, err);
	if (db == NULL)
		return false;
	char *name = strndup(in->text, name_len);
	if (name == NULL)
		return error_nomem(err);
	struct subst_scope scope = session_scope(s);
	struct subst_text text = SUBST_TEXT_INIT;
	bool ok = subst_text(&scope, in->text + value, strlen(in->text + value),
			  in->line->args + value, &text, err) &&
		  names_set(&s->names, db, name, buffer_text(&text.text), err);
	subst_text_fini(&text);
	free(name);
	return ok;
}

/* Splits NAME VALUE: the length of the name and where the value begins. */
static bool name_split(
	const struct invocation *in, size_t *name_len, size_t *value, struct error *err)
{
	const char *text = in->text;
	size_t len = 0;
	while (token_is_name_byte(text[len]) ||
		(len > 0 && text[len] != '\0' && strchr(".:", text[len]) != NULL))
		len++;
	*name_len = len;
	*value = len + strspn(text + len, " \t\n");
	return (len > 0 && *value > len && text[*value] != '\0') ||
	       command_usage(in, err);
}

static bool set_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t len, value;
	if (*in->text == '\0')
		return session_db(s, err) != NULL && set_list(s, err);
	return name_split(in, &len, &value, err) && set_name(s, in, len, value, err);
}

const struct command command_set = {
	.name = "set",
	.usage = "[NAME VALUE]",
	.summary = "name a value, or list the names",
	.kind = COMMAND_SQL,
	.run = set_run,
};

/* A query's one value as text; a query without rows and NULL give an empty one. */
static bool let_value(struct db_stmt *stmt, struct buffer *text, struct error *err)
{
	int row = db_step(stmt, err);
	if (row < 0)
		return false;
	if (db_columns(stmt) != 1)
		return error_set(err, STATUS_SCRIPT,
			"a query of one column is wanted, not %d", db_columns(stmt));
	struct cell cell = row == 0 ? cell_null() : db_column(stmt, 0);
	if (cell.type == CELL_TEXT || cell.type == CELL_BLOB)
		buffer_put(text, cell.text, cell.len);
	else if (cell.type != CELL_NULL)
		writer_put_number(text, &cell);
	return !text->failed || error_nomem(err);
}

static bool let_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t len, value;
	struct db_stmt *stmt = NULL;
	if (!name_split(in, &len, &value, err) ||
		!query_prepare(s, in->line, in->line->args + value, &stmt, err))
		return false;
	char *name = strndup(in->text, len);
	struct buffer text = BUFFER_INIT;
	bool ok = (name != NULL || error_nomem(err)) && let_value(stmt, &text, err) &&
		  session_let(s, name, buffer_text(&text), text.len, err);
	buffer_fini(&text);
	free(name);
	db_stmt_free(stmt);
	return ok;
}

const struct command command_let = {
	.name = "let",
	.usage = "NAME QUERY",
	.summary = "name the one value of a query for this run",
	.kind = COMMAND_SQL,
	.run = let_run,
};

static bool default_is_number(const char *text)
{
	char *end;
	(void)strtod(text, &end);
	return end != text && *end == '\0' &&
	       text[strspn(text, "+-.0123456789eE")] == '\0';
}

/* Where a number stands when nobody asked for another value, a text would fail far from
 * here, or in SQL be more than any number. */
static bool default_check(
	struct session *s, const struct invocation *in, struct error *err)
{
	const struct word *word = in->words.items;
	struct subst_scope scope = session_scope(s);
	struct subst_value value;
	/* In quotes it is a text that only looks like a number; what `set` gave is SQL.
	 */
	if (word[1].quoted || !default_is_number(word[1].text) ||
		!scope.find_name(scope.context, word[0].text, word[0].len, &value) ||
		!value.literal || default_is_number(value.text))
		return true;
	return error_at(err, STATUS_SCRIPT, words_origin(&in->words, 0, 0),
		"$%s is '%s', where a number is wanted", word[0].text, value.text);
}

static bool default_run(struct session *s, const struct invocation *in, struct error *err)
{
	const struct word *word = in->words.items;
	return default_check(s, in, err) &&
	       session_default(s, word[0].text, word[1].text, word[1].len, err);
}

const struct command command_default = {
	.name = "default",
	.usage = "NAME VALUE",
	.summary = "name a value unless -D or the script did already",
	.kind = COMMAND_WORDS,
	.least = 2,
	.most = 2,
	.run = default_run,
};

static bool echo_run(struct session *s, const struct invocation *in, struct error *err)
{
	return session_say(s, err, "%s", in->text);
}

const struct command command_echo = {
	.name = "echo",
	.usage = "TEXT",
	.summary = "write a line with its substitutions made",
	.kind = COMMAND_TEXT,
	.run = echo_run,
};
