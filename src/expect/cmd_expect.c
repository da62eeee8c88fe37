/* SPDX-License-Identifier: MIT */
/* expect: what should be true of the heap, for CI. */
#include "base/array.h"
#include "expect/expect.h"
#include "language/token.h"
#include "session/commands.h"
#include "session/verdict.h"
#include "store/generation.h"
#include "verbs/compare_options.h"
#include "verbs/holding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A form is known by its first words; what begins with none of them is a value. */
struct expect_form {
	const char *words[2];
	bool (*look)(struct expectation *e, struct error *err);
};

static const struct expect_form forms[] = {
	{ { "empty", NULL }, expect_empty },
	{ { "path", "from" }, expect_path },
	{ { "no", "path" }, expect_no_path },
	{ { "growth", "of" }, expect_growth },
	{ { "no", "leak" }, expect_no_leak },
};

/* --- for the forms ------------------------------------------------------------------ */

bool expect_say(char **text, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vasprintf(text, format, args);
	va_end(args);
	if (len >= 0)
		return true;
	*text = NULL;
	return error_nomem(err);
}

static const struct expect_operator operators[] = {
	{ "=", false, true, false },
	{ "==", false, true, false },
	{ "<>", true, false, true },
	{ "!=", true, false, true },
	{ "<", true, false, false },
	{ "<=", true, true, false },
	{ ">", false, false, true },
	{ ">=", false, true, true },
};

const struct expect_operator *expect_find_operator(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strlen(operators[i].text) == len &&
			memcmp(operators[i].text, text, len) == 0)
			return &operators[i];
	return NULL;
}

bool expect_holds(const struct expect_operator *op, double found, double wanted)
{
	return found < wanted ? op->less : found > wanted ? op->more : op->equal;
}

bool expect_words(const struct expectation *e, struct invocation *in, struct error *err)
{
	*in = *e->in;
	in->words = WORDS_INIT;
	return words_split(&in->words, e->in->line->text + e->start, e->end - e->start,
		e->start, err);
}

bool expect_show_rows(struct expectation *e, struct result *r, struct error *err)
{
	e->check.rows = r;
	if (r->rows > CHECK_ROWS_MAX)
		r->rows = CHECK_ROWS_MAX;
	int column = result_find_column(r, "address", strlen("address"));
	for (size_t row = 0; column >= 0 && row < r->rows && e->check.path == NULL;
		row++) {
		struct cell cell = result_cell(r, row, column);
		if (cell.type == CELL_INTEGER &&
			!holding_current(e->s, cell.integer, &e->check.path, err))
			return false;
	}
	return true;
}

/* --- names -------------------------------------------------------------------------- */

static size_t expect_skip_space(const char *text, size_t at, size_t end)
{
	while (at < end && strchr(" \t\n\r\f", text[at]) != NULL)
		at++;
	return at;
}

/* `NAME:` or `"NAME":` with space behind it: takes it off. */
static bool expect_read_name(struct expectation *e, struct error *err)
{
	const char *text = e->in->line->text;
	size_t at = e->start;
	struct buffer name = BUFFER_INIT;
	if (text[at] == '"') {
		struct token token = token_at(text, e->end, at);
		for (size_t i = at + 1; i + 1 < at + token.len; i++) {
			buffer_put_char(&name, text[i]);
			i += text[i] == '"'; /* it is doubled */
		}
		at += token.len;
	} else {
		size_t len = strcspn(text + at, " \t\n\r\f'\"():");
		buffer_put(&name, text + at, len);
		at += len;
	}
	bool named = at < e->end && text[at] == ':' && name.len > 0 &&
		     strchr(" \t\n\r\f", text[at + 1]) != NULL;
	bool ok = !name.failed;
	if (ok && named) {
		e->check.name = buffer_take(&name);
		e->start = expect_skip_space(text, at + 1, e->end);
	}
	buffer_fini(&name);
	return ok || error_nomem(err);
}

/* What is expected, on one line. */
static bool expect_derive_name(struct expectation *e, struct error *err)
{
	const char *text = e->in->line->text;
	struct buffer name = BUFFER_INIT;
	for (size_t at = e->start; at < e->end;) {
		size_t next = expect_skip_space(text, at, e->end);
		if (next > at)
			buffer_put_char(&name, ' ');
		else
			buffer_put_char(&name, text[next++]);
		at = next;
	}
	while (name.len > 0 && name.data[name.len - 1] == ' ')
		name.data[--name.len] = '\0';
	e->check.name = buffer_take(&name);
	return e->check.name != NULL || error_nomem(err);
}

/* Do the words of a form begin here? */
static bool expect_begins(const struct expectation *e, const struct expect_form *form)
{
	const char *text = e->in->line->text;
	size_t at = e->start;
	for (size_t i = 0; i < 2 && form->words[i] != NULL; i++) {
		size_t len = strlen(form->words[i]);
		at = expect_skip_space(text, at, e->end);
		if (e->end - at < len ||
			strncasecmp(text + at, form->words[i], len) != 0 ||
			(at + len < e->end && token_is_name_byte(text[at + len])))
			return false;
		at += len;
	}
	return true;
}

/* Nothing is proved of a heap of which a part is missing. */
static bool expect_whole(struct session *s, struct error *err)
{
	int64_t current = GENERATION_NONE;
	if (s->db != NULL && !generation_current(s->db, &current, err))
		return false;
	return current == GENERATION_NONE || compare_may(s, &current, 1, err);
}

static bool expect_look(struct expectation *e, struct error *err)
{
	if (!expect_whole(e->s, err))
		return false;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (expect_begins(e, &forms[i]))
			return forms[i].look(e, err);
	return expect_value(e, err);
}

static bool expect_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct expectation e = {
		.s = s, .in = in, .start = in->line->args, .end = in->line->len
	};
	if (e.start >= e.end)
		return command_usage(in, err);
	bool ok = expect_read_name(&e, err) && expect_look(&e, err) &&
		  (e.check.name != NULL || expect_derive_name(&e, err));
	if (ok)
		return verdict_put(s, &e.check, err);
	check_fini(&e.check);
	return false;
}

const struct command command_expect = {
	.name = "expect",
	.usage =
		"[NAME:] QUERY OP VALUE [\"MESSAGE\"] | empty QUERY | [no] path from … | "
		"growth of … | no leak …",
	.summary = "check the heap; the exit status tells",
	.kind = COMMAND_SQL,
	.run = expect_run,
};
