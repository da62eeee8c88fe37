/* SPDX-License-Identifier: MIT */
/* set, echo: names and what they stand for. */
#include "command/commands.h"
#include "language/token.h"

#include <stdlib.h>
#include <string.h>

static bool set_list(struct session *s, struct error *err)
{
	for (size_t i = 0; i < s->names.count; i++)
		if (!session_say(s, err, "%s: %s", s->names.items[i].name,
			    s->names.items[i].value))
			return false;
	return true;
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

static bool set_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t len = 0;
	if (*in->text == '\0')
		return session_db(s, err) != NULL && set_list(s, err);
	while (token_is_name_byte(in->text[len]) ||
		(len > 0 && strchr(".:", in->text[len]) != NULL && in->text[len] != '\0'))
		len++;
	size_t value = len + strspn(in->text + len, " \t\n");
	if (len == 0 || value == len)
		return command_usage(in, err);
	return set_name(s, in, len, value, err);
}

const struct command command_set = {
	.name = "set",
	.usage = "[NAME VALUE]",
	.summary = "name a value, or list the names",
	.kind = COMMAND_SQL,
	.run = set_run,
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
