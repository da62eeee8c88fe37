/* SPDX-License-Identifier: MIT */
/* subst - replaces X& X^ #R.N #R.column #R $name $1.
 *
 * In SQL they are tokens: never found in strings, quoted names and comments.  In texts
 * (echo, title, a word of a command) they are found anywhere, and a backslash before `$`,
 * `#`, `&` or `^` keeps a form from being one (and is dropped; any other stays).  SQL or
 * text that holds no form comes out byte for byte.
 *
 *     form        in SQL                               in a text
 *     X&          (select child from ref where …)      the same
 *     #R.N        the address                          the same
 *     #R.column   (v1,v2,…) as SQL literals            the same
 *     #R          the table, where one is allowed      itself
 *     $name       its value, a literal quoted          its value
 *     $1          quoted                               the argument
 *     $@          'a','b',… without brackets           separated by spaces
 *
 * `$a.b` is the name `a.b`, else (when that is not defined) `$a` followed by `.b`.  A
 * value that is spliced in is final: forms in it are not looked for again.
 *
 * X is an integer, $name, $1, #R.N, #R.column; in SQL also a column (`parent`,
 * `o.child`), a call, and anything in brackets.  In SQL `X&` is a relation when nothing
 * is between X and & and no operand follows; `size&7` and `size& 7` are SQL's operator.
 * `X^` and longer runs, which SQL does not have, are relations, and it is an error when
 * an operand is glued to them.  In a text `X&` is a relation unless a byte of a name,
 * `(`, `$`, `#` or a quote is glued to it.
 *
 * A relation reads `parent = X`, and `parent IN X` when X is a set: #R.column, brackets,
 * a value in brackets, another relation.  When X may hold names of columns, the columns
 * of `ref` are renamed inside, so that a name always means the row outside. */
#ifndef MEMSEE_LANGUAGE_SUBST_H
#define MEMSEE_LANGUAGE_SUBST_H

#include "base/buffer.h"
#include "base/error.h"
#include "language/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct result;

struct subst_value {
	const char *text; /* borrowed until the next call */
	size_t len;
	bool literal; /* a text from outside (-D): in SQL quoted; else spliced as it is */
};

/* What the forms refer to.  A callback may be NULL: then there is nothing of its kind. */
struct subst_scope {
	void *context; /* handed to the callbacks */
	/* Result R, borrowed; NULL when there is none. */
	const struct result *(*find_result)(void *context, int number);
	int last_result; /* -1: none yet */
	/* The value of a name; false when it is not defined. */
	bool (*find_name)(
		void *context, const char *name, size_t len, struct subst_value *value);
	/* All names, ended by NULL, borrowed: for "did you mean". */
	const char *const *(*list_names)(void *context);
	int arg_count; /* of the script: $1 is args[0] */
	const char *const *args;
	/* A table `objN` or `refN` of this generation becomes `obj as objN`, since the
	 * current generation's tables have no number.  0: none. */
	int64_t current_generation;
	/* Makes result R (which exists) a table and returns its name as SQL spells it;
	 * NULL when it failed.  Its columns have the names of the result's and no type;
	 * of equal names the first keeps it.  Borrowed until the next call. */
	const char *(*result_table)(void *context, int number, struct error *err);
};

/* Sets of more values than this are taken from result_table() in SQL, if there is one. */
#define SUBST_LIST_MAX 4096

struct subst_piece {
	size_t out, in; /* where it begins in the output and in the input */
	bool copied;    /* byte for byte; else the piece replaces the byte at `in` */
};

/* A text with its substitutions made. */
struct subst_text {
	struct buffer text;
	struct subst_piece *pieces;
	size_t piece_count, piece_cap;
};

#define SUBST_TEXT_INIT ((struct subst_text){ 0 })

void subst_text_fini(struct subst_text *t); /* also of a zeroed one */

/* Make the substitutions in SQL (a whole statement, a condition, the value of `set`) and
 * in a text.  `out` is SUBST_TEXT_INIT or is emptied; its text is NUL-terminated, see
 * buffer_text().  Errors are STATUS_SCRIPT, or those of result_table(), and carry the
 * offset in the input + `base_offset`.  O(input + output). */
bool subst_sql(const struct subst_scope *scope, const char *sql, size_t len,
	size_t base_offset, struct subst_text *out, struct error *err);
bool subst_text(const struct subst_scope *scope, const char *text, size_t len,
	size_t base_offset, struct subst_text *out, struct error *err);

/* The same in word `i` of `words`, which keeps its place in the script. */
bool subst_word(const struct subst_scope *scope, struct words *words, size_t i,
	struct error *err);

/* Splits into words first (see words.h), then makes the substitutions of a text in each,
 * so a value with spaces stays one word.  An unquoted word `$@` becomes a word an
 * argument. */
bool subst_words(const struct subst_scope *scope, const char *text, size_t len,
	size_t base_offset, struct words *words, struct error *err);

/* The place in the input, without any base_offset, of byte `offset` of the output: for a
 * value that was spliced in, the form's first byte.  O(log pieces). */
size_t subst_origin(const struct subst_text *t, size_t offset);

/* Appends a value as an SQL literal: integers as they are, reals with the fewest digits
 * that read back equal, texts in '…' (with a NUL inside as cast(x'…' as text)), blobs as
 * x'…'. */
struct cell;
void subst_put_literal(struct buffer *b, const struct cell *cell);

#endif
