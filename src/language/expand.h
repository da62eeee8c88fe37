/* SPDX-License-Identifier: MIT */
/* expand - the text that replaces one form; the part of subst that knows results,
 * names and arguments, but not where a form is allowed. */
#ifndef MEMSEE_LANGUAGE_EXPAND_H
#define MEMSEE_LANGUAGE_EXPAND_H

#include "language/subst.h"
#include "language/token.h"

/* A form, and the language around it. */
struct expand_form {
	const char *text;
	size_t len;
	enum token_type type; /* TOKEN_NAME … TOKEN_COLUMN */
	bool in_sql;
	size_t offset; /* for errors, base_offset included */
};

/* Appends the text that replaces the form.  When only the beginning of a $name is
 * defined, the rest of the form is appended as it is.  Out of memory shows in the buffer
 * alone. */
bool expand_form(const struct subst_scope *scope, const struct expand_form *form,
	struct buffer *out, struct error *err);

/* How a relation takes an operand. */
struct expand_operand {
	bool set;     /* after `IN`, not `=` */
	bool open;    /* may hold names that mean another row */
	bool bracket; /* must be bracketed first */
};

/* How the text of an expanded form is taken as an operand. */
struct expand_operand expand_classify(
	const struct expand_form *form, const char *text, size_t len);

/* Appends the text before the operand of a run of `&` and `^`; after it come as many
 * closing brackets as the run is long. */
void expand_put_relation(
	struct buffer *out, const char *run, size_t len, struct expand_operand operand);

#endif
