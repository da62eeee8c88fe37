/* SPDX-License-Identifier: MIT */
/* parse - the meaning of SQL's tokens for the substitutions: which `&` is a relation, its
 * operand, and where a table is allowed.  There is no grammar: SQLite judges the rest. */
#ifndef MEMSEE_LANGUAGE_PARSE_H
#define MEMSEE_LANGUAGE_PARSE_H

#include "base/error.h"
#include "language/token.h"

enum parse_table {
	PARSE_NO_TABLE,
	PARSE_TABLE_ALIAS, /* a table is allowed here, and `as NAME` after it */
	PARSE_TABLE_BARE,  /* a table's name alone */
};

struct parse_token {
	struct token token;
	enum parse_table table;
	/* Of the first token of a relation's operand: the index of the run of & and ^
	 * behind it; 0 of any other. */
	size_t run;
	/* Of a run that is a relation: how many bytes of it; 0 of any other. */
	size_t relation;
	bool set;            /* of an operand's first token: a set in brackets */
	bool open;           /* and: it may name a column that a relation would capture */
	size_t open_bracket; /* of a closing bracket: its index + 1; 0 without */
};

struct parse {
	const char *sql; /* borrowed */
	struct parse_token *tokens;
	size_t count, cap;
};

/* A longer run of & and ^ is an error: SQLite nests no further. */
#define PARSE_RUN_MAX 1000

/* Cuts SQL into tokens and marks them.  Fails when an operand is glued to a run that
 * cannot be SQL's operator, and out of memory; call parse_fini() in any case.
 * O(len). */
bool parse_sql(struct parse *p, const char *sql, size_t len, size_t base_offset,
	struct error *err);
void parse_fini(struct parse *p);

/* The next token from `i` on that is neither space nor comment; p->count at the end. */
size_t parse_significant(const struct parse *p, size_t i);

#endif
