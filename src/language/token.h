/* SPDX-License-Identifier: MIT */
/* token - SQL as SQLite's tokenizer cuts it, with memsee's own forms.
 *
 * Tokens follow one another without a gap and cover every byte, so text that nobody
 * understands is passed on untouched. */
#ifndef MEMSEE_LANGUAGE_TOKEN_H
#define MEMSEE_LANGUAGE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum token_type {
	TOKEN_SPACE,
	TOKEN_COMMENT,  /* -- to the line's end, or between / * and * / or the end */
	TOKEN_STRING,   /* '…' */
	TOKEN_BLOB,     /* x'…' */
	TOKEN_INTEGER,  /* 12, 0x1f */
	TOKEN_REAL,     /* 1.5, .5, 1e3 */
	TOKEN_WORD,     /* a keyword or a name */
	TOKEN_QUOTED,   /* "…", […], `…`: a name */
	TOKEN_VARIABLE, /* ?, ?1, :x, @x: what nothing binds */
	TOKEN_OPERATOR, /* also ( ) , . ; each as long as SQLite takes it */
	TOKEN_RELATION, /* a run of & and ^ */
	TOKEN_NAME,     /* $name */
	TOKEN_ARGUMENT, /* $1 … $9, $@ */
	TOKEN_RESULT,   /* #R */
	TOKEN_CELL,     /* #R.N */
	TOKEN_COLUMN,   /* #R.column, #R."any column" */
	TOKEN_ILLEGAL,  /* an unclosed quote, a byte that begins nothing */
};

struct token {
	enum token_type type;
	size_t start, len;
};

/* The token that begins at `at`, which is less than `len`.  Never of length 0.  O(its
 * length). */
struct token token_at(const char *sql, size_t len, size_t at);

/* True when the token is this operator, or this keyword in any case. */
bool token_is(const char *sql, struct token token, const char *text);

/* True when the word is one of SQL's that cannot be an operand: a word that may follow a
 * finished expression (`and`, `order`, `from`, …) or only before one (`select`, `where`,
 * `by`, …).  Words that begin an operand (`null`, `case`, `cast`, …) are not. */
bool token_is_keyword(const char *sql, struct token token);

/* True when the token is `parent`, `child` or `ref`, in quotes or not: inside the
 * subquery of a relation these names mean the table of references there. */
bool token_is_captured(const char *sql, struct token token);

/* The length of a form of memsee at `text`, 0 when there is none: `type` becomes one of
 * TOKEN_NAME, ARGUMENT, RESULT, CELL and COLUMN.  For texts that are not SQL.  A `.` or
 * `:` is part of a $name only with a name's byte behind it. */
size_t token_form(const char *text, size_t len, enum token_type *type);

/* True for the bytes of names: letters, digits, `_` and everything beyond ASCII. */
bool token_is_name_byte(char c);

#endif
