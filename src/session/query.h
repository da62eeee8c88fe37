/* SPDX-License-Identifier: MIT */
/* query - SQL with substitutions, run for a command.
 *
 * Errors point at the byte of the script that is wrong, however long the text became by
 * substitution. */
#ifndef MEMSEE_SESSION_QUERY_H
#define MEMSEE_SESSION_QUERY_H

#include "session/command.h"

/* Compiles the one statement in the command's text from byte `offset` on.  More than one
 * statement is an error, and so is none. */
bool query_prepare(struct session *s, const struct script_command *line, size_t offset,
	struct db_stmt **stmt, struct error *err);

/* SQL of the script between SQL of memsee. */
struct query_text {
	const char *head;
	const char *text;
	size_t len;
	const char *tail;
};

/* The same of a part of the command's text, to which `part->text` points. */
bool query_prepare_part(struct session *s, const struct script_command *line,
	const struct query_text *part, struct db_stmt **stmt, struct error *err);

/* The same of word `index` of `in`, raw. */
bool query_prepare_word(struct session *s, const struct invocation *in, size_t index,
	const char *head, const char *tail, struct db_stmt **stmt, struct error *err);

/* The rows of a compiled statement as a result; NULL on failure. */
struct result *query_rows(struct session *s, struct db_stmt *stmt, struct error *err);

/* A bit set of the nodes of `g` for which COND holds; COND is word `index` of `in`, raw:
 * what may follow `where` in a select on obj.  `*bits` is malloc'ed. */
bool query_bits(struct session *s, const struct graph *g, const struct invocation *in,
	size_t index, uint64_t **bits, struct error *err);

/* Compiles `HEAD (COND)`, COND being all that follows the command's name, raw, or the
 * text in quotes there when that is one word in quotes. */
bool query_prepare_condition(struct session *s, const struct invocation *in,
	const char *head, struct db_stmt **stmt, struct error *err);

/* The addresses that a compiled query yields in its first column, as nodes of `g` in the
 * same order, malloc'ed; those of no object are left out. */
bool query_read_nodes(const struct graph *g, struct db_stmt *stmt, uint32_t **nodes,
	size_t *count, struct error *err);

#endif
