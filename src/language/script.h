/* SPDX-License-Identifier: MIT */
/* script - the bytes of a script become commands.
 *
 * One command a line.  In the order in which they are looked at:
 *
 * - A byte order mark at the start and a CR before a line's end do not count.
 * - A line that ends in a backslash (white space after it does not count) continues in
 *   the next line, however that begins.
 * - A line of white space alone ends a command.
 * - A line that begins with white space continues the command above it, a prompt `::> `
 *   behind the white space excepted.  Without a command above (none yet, or an empty line
 *   between) it is an error.
 * - A line that begins with `#` and no digit, or with `--`, is a comment.  It neither
 *   ends nor joins anything, so it may be between the lines of one command.  An indented
 *   `-- …` is part of the command: SQL's own comment.
 * - A leading `::> ` is dropped, and the rest is a command (or a comment, or empty).
 *
 * Of a command's end, white space and `;` are dropped.  The lines of a command are joined
 * by '\n', their white space kept, so SQL strings and Markdown stay as they were written.
 */
#ifndef MEMSEE_LANGUAGE_SCRIPT_H
#define MEMSEE_LANGUAGE_SCRIPT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct script;

/* Longer scripts are refused. */
#define SCRIPT_SIZE_MAX ((size_t)64 << 20)

/* A command, valid until the next script_next() or script_free() of its script. */
struct script_command {
	const char *text; /* NUL-terminated, of one line or more; never empty */
	size_t len;
	/* The verb is the beginning of `text`: a name (letters, digits, `_`, and `-`
	 * before a letter), else one of `!` and `?`, else everything up to white space.
	 */
	size_t verb_len;
	size_t args; /* where the arguments begin in `text`; `len` without any */
};

/* A place in a script, to be shown. */
struct script_place {
	const char *file;     /* the script's name: borrowed from the script */
	size_t line;          /* from 1 */
	size_t column;        /* from 1, in characters */
	const char *source;   /* the line, not NUL-terminated: borrowed from the script */
	size_t source_len;    /* in bytes, without its end */
	size_t source_offset; /* of the place in `source`, in bytes; at most source_len */
};

/* Reads a whole script from a file, or from standard input when `path` is "-".  NULL on
 * failure, which is STATUS_SCRIPT unless the memory failed and names the file: it cannot
 * be read, is longer than SCRIPT_SIZE_MAX, or holds a NUL or invalid UTF-8 (then with
 * line and column). */
struct script *script_load(const char *path, struct error *err);

/* The same of a text that is copied; `name` is shown in errors.  Leading white space is
 * dropped: there is nothing above that it could continue. */
struct script *script_from_text(
	const char *name, const char *text, size_t len, struct error *err);

void script_free(struct script *s); /* NULL is accepted */

/* The name that places carry: the path as given, `standard input`, or `name`. */
const char *script_name(const struct script *s);

/* The next command: 1, the end: 0, a failure: -1.  After a failure `command` is the line
 * at fault and err->offset is in it, so script_locate() works as for any other error;
 * the next call continues after it.  O(its bytes). */
int script_next(struct script *s, struct script_command *command, struct error *err);

/* Where byte `offset` of the last command's text is in the script; an offset beyond
 * its end (ERROR_NOWHERE, say) counts as 0, the command's first byte. */
struct script_place script_locate(
	const struct script *s, const struct script_command *command, size_t offset);

/* The description of a script: its first block of comment lines, before any command
 * and up to the first line that is not a comment, without the `#! ` line, lines that name
 * a licence (SPDX-…) and the marks `# ` and `-- `; lines end with '\n'.  "" without.
 * Borrowed from the script; NULL out of memory. */
const char *script_header(struct script *s);

#endif
