/* SPDX-License-Identifier: MIT */
/* expect - what the forms of the command `expect` share.  A form fills a check;
 * cmd_expect.c names it and hands it to the verdict. */
#ifndef MEMSEE_EXPECT_EXPECT_H
#define MEMSEE_EXPECT_EXPECT_H

#include "session/query.h"

/* An expectation that is being checked. */
struct expectation {
	struct session *s;
	const struct invocation *in;
	size_t start, end;  /* bytes of in->line->text: the expectation, without a name */
	struct check check; /* its outcome */
};

/* How two values compare. */
struct expect_operator {
	const char *text;
	bool less, equal, more; /* for which outcomes it holds */
};

/* The operator of that spelling, or NULL. */
const struct expect_operator *expect_find_operator(const char *text, size_t len);

/* Does it hold for two numbers? */
bool expect_holds(const struct expect_operator *op, double found, double wanted);

/* Sets `*text` (NULL before) to a formatted text. */
bool expect_say(char **text, struct error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Splits the expectation into words for clauses_read().  Call words_fini() in any case.
 */
bool expect_words(const struct expectation *e, struct invocation *in, struct error *err);

/* Of the rows of `r` those that are shown: `r` is the check's from here on, cut to
 * CHECK_ROWS_MAX, and with the path that holds its first object. */
bool expect_show_rows(struct expectation *e, struct result *r, struct error *err);

#endif
