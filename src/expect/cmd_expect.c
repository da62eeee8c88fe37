/* SPDX-License-Identifier: MIT */
/* expect: what should be true of the heap, for CI. */
#include "answers/compare_options.h"
#include "base/array.h"
#include "expect/expect_forms.h"
#include "language/token.h"
#include "session/commands.h"
#include "session/verdict.h"
#include "store/generation.h"

#include <assert.h>
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

/* expect [NAME:] FORM … */
static bool expect_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct expectation e = {
		.s = s, .in = in, .start = in->line->args, .end = in->line->len
	};
	const char *text = in->line->text;
	int64_t current = GENERATION_NONE;
	if (e.start >= e.end)
		return command_usage(in, err);
	/* Nothing is proved of a heap of which a part is missing. */
	bool ok = expect_read_name(&e, err) &&
		  (s->db == NULL || generation_current(s->db, &current, err)) &&
		  (current == GENERATION_NONE || compare_may(s, &current, 1, err));
	/* The form whose words begin it. */
	bool (*look)(struct expectation * e, struct error * err) = expect_value;
	for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
		size_t at = e.start;
		bool begins = true;
		for (size_t i = 0; begins && i < 2 && forms[f].words[i] != NULL; i++) {
			const char *word = forms[f].words[i];
			size_t len = strlen(word);
			at = expect_skip_space(text, at, e.end);
			begins = e.end - at >= len &&
				 strncasecmp(text + at, word, len) == 0 &&
				 (at + len == e.end ||
					 !token_is_name_byte(text[at + len]));
			at += len;
		}
		if (begins) {
			look = forms[f].look;
			break;
		}
	}
	ok = ok && look(&e, err);
	assert(!ok || (e.check.expected != NULL && e.check.found != NULL));
	/* Without a name the check has the name of its own text, on one line. */
	if (ok && e.check.name == NULL) {
		struct buffer name = BUFFER_INIT;
		for (size_t at = e.start; at < e.end;) {
			size_t next = expect_skip_space(text, at, e.end);
			if (next > at)
				buffer_put_char(&name, ' ');
			else
				buffer_put_char(&name, text[next++]);
			at = next;
		}
		while (name.len > 0 && name.data[name.len - 1] == ' ')
			name.data[--name.len] = '\0';
		e.check.name = buffer_take(&name);
		ok = e.check.name != NULL || error_nomem(err);
	}
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
	.summary = "check the heap; the exit status is the result",
	.kind = COMMAND_SQL,
	.run = expect_run,
};
