/* SPDX-License-Identifier: MIT */
/* command - the table of the commands of the language.
 *
 * A command is one function and one `const struct command` in a cmd_*.c file, and one
 * line in the table of command.c.  Its usage line, arity errors, `help`,
 * `--list-commands`, the manual's check and the shell completion derive from the row. */
#ifndef MEMSEE_SESSION_COMMAND_H
#define MEMSEE_SESSION_COMMAND_H

#include "language/words.h"
#include "session/session.h"

/* How the text after the command's name is read before the command gets it. */
enum command_kind {
	COMMAND_WORDS,      /* split into words, substitutions made in each */
	COMMAND_CONDITIONS, /* the same, but quoted ones are SQL: raw */
	COMMAND_TEXT,       /* one text to the end, substitutions made */
	COMMAND_SQL,        /* SQL: raw */
};

#define COMMAND_ANY (-1)

struct invocation {
	const struct command *command;
	const struct script_command *line; /* the whole command as it was written */
	struct words words;                /* COMMAND_WORDS and COMMAND_CONDITIONS */
	const char *text;                  /* else what follows the name */
	const struct subst_text *made;     /* COMMAND_TEXT: what in `text` was put in */
};

struct command {
	const char *name;
	const char *usage;   /* what follows the name: "[N|none]" */
	const char *summary; /* one line for help and lists */
	enum command_kind kind;
	int least, most; /* words; `most` may be COMMAND_ANY; a text only has `least` */
	bool (*run)(struct session *s, const struct invocation *in, struct error *err);
};

/* All commands, ended by NULL, in the order of the manual. */
const struct command *const *command_table(void);

/* The command of that name, or NULL. */
const struct command *command_find(const char *name, size_t len);

/* STATUS_SCRIPT: "no command 'selct'; did you mean 'select'?" */
bool command_unknown(const char *name, size_t len, struct error *err);

/* STATUS_SCRIPT: the usage line.  Inline, so that analysers see that it is false. */
static inline bool command_usage(const struct invocation *in, struct error *err)
{
	const struct command *c = in->command;
	return error_at(err, STATUS_SCRIPT, 0, "usage: %s%s%s", c->name,
		*c->usage == '\0' ? "" : " ", c->usage);
}

/* STATUS_SCRIPT, about word `index`: "MESSAGE 'WORD'". */
bool command_bad_word(const struct invocation *in, size_t index, const char *message,
	struct error *err);

/* Word `index` (which exists) as an integer. */
bool command_integer(
	const struct invocation *in, size_t index, int64_t *value, struct error *err);

#endif
