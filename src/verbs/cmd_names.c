/* SPDX-License-Identifier: MIT */
/* set, let, default, echo: names and their values. */
#include "base/array.h"
#include "base/buffer.h"
#include "language/token.h"
#include "output/writer.h"
#include "session/commands.h"
#include "session/query.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int set_compare(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	return strcmp(x->name, y->name);
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

/* set [NAME VALUE] */
static bool set_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "name", "value" };
	struct db *db = session_db(s, err);
	size_t len, value;
	if (*in->text != '\0') {
		if (!name_split(in, &len, &value, err) || db == NULL)
			return false;
		/* The value is SQL text with its substitutions made now, so that it stays
		 * the same. */
		assert(value > len && value < in->line->len - in->line->args);
		char *name = strndup(in->text, len);
		struct subst_scope scope = session_scope(s);
		struct subst_text text = SUBST_TEXT_INIT;
		bool ok = (name != NULL || error_nomem(err)) &&
			  subst_text(&scope, in->text + value, strlen(in->text + value),
				  in->line->args + value, &text, err) &&
			  names_set(&s->names, db, name, buffer_text(&text.text), err);
		subst_text_fini(&text);
		free(name);
		return ok;
	}
	if (db == NULL)
		return false;
	/* All names as a result that takes no number, sorted. */
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

const struct command command_set = {
	.name = "set",
	.usage = "[NAME VALUE]",
	.summary = "name a value, or list the names",
	.kind = COMMAND_SQL,
	.run = set_run,
};

/* let NAME QUERY: the query's one value as text; no row and NULL give an empty one. */
static bool let_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t len, value;
	struct db_stmt *stmt = NULL;
	if (!name_split(in, &len, &value, err) ||
		!query_prepare(s, in->line, in->line->args + value, &stmt, err))
		return false;
	assert(in->line->args + value < in->line->len);
	char *name = strndup(in->text, len);
	struct buffer text = BUFFER_INIT;
	int row = name != NULL ? db_step(stmt, err) : -1;
	bool ok = row >= 0 || (name == NULL && error_nomem(err));
	if (ok && db_columns(stmt) != 1)
		ok = error_set(err, STATUS_SCRIPT,
			"expected a query of one column, found %d columns",
			db_columns(stmt));
	if (ok) {
		struct cell cell = row == 0 ? cell_null() : db_column(stmt, 0);
		if (cell.type == CELL_TEXT || cell.type == CELL_BLOB)
			buffer_put(&text, cell.text, cell.len);
		else if (cell.type != CELL_NULL)
			writer_put_number(&text, &cell);
		ok = !text.failed || error_nomem(err);
	}
	ok = ok && session_let(s, name, buffer_text(&text), text.len, err);
	buffer_fini(&text);
	free(name);
	db_stmt_free(stmt);
	return ok;
}

const struct command command_let = {
	.name = "let",
	.usage = "NAME QUERY",
	.summary = "name the single value of a query for this run",
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

/* default NAME VALUE */
static bool default_run(struct session *s, const struct invocation *in, struct error *err)
{
	assert(in->words.count == 2);
	const struct word *word = in->words.items;
	struct subst_scope scope = session_scope(s);
	struct subst_value value;
	/* Where the default is a number, a text that -D gave would fail far from here, or
	 * in SQL be more than any number.  In quotes it is a text that only looks like a
	 * number; the value of a `set` is SQL. */
	if (!word[1].quoted && default_is_number(word[1].text) &&
		scope.find_name(scope.context, word[0].text, word[0].len, &value) &&
		value.literal && !default_is_number(value.text))
		return error_at(err, STATUS_SCRIPT, words_origin(&in->words, 0, 0),
			"$%s must be a number, not '%s'", word[0].text, value.text);
	return session_default(s, word[0].text, word[1].text, word[1].len, err);
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
	.summary = "write a line, with substitutions",
	.kind = COMMAND_TEXT,
	.run = echo_run,
};
