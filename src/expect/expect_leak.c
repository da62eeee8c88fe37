/* SPDX-License-Identifier: MIT */
/* expect no leak [A B …] [min count|bytes|share N] [known FILE]: the verdict of CI. */
#include "expect/expect.h"
#include "verbs/leak_cards.h"

#include <stdlib.h>

/* The words with their substitutions made: there are no conditions among them. */
static bool leak_words(
	const struct expectation *e, struct invocation *in, struct error *err)
{
	struct subst_scope scope = session_scope(e->s);
	*in = *e->in;
	in->words = WORDS_INIT;
	return subst_words(&scope, e->in->line->text + e->start, e->end - e->start,
		e->start, &in->words, err);
}

/* "2 leaks: UploadHandler +200 (20, 120, 220), …" */
static bool leak_tell(
	struct expectation *e, const struct leak_report *l, struct error *err)
{
	size_t failing = leak_report_failing(l);
	const struct leak *first = NULL;
	for (size_t i = 0; i < l->leaks.count && first == NULL; i++)
		if (l->leaks.items[i].state != BASELINE_KNOWN)
			first = &l->leaks.items[i];
	if (first == NULL)
		return expect_say(&e->check.found, err,
			l->accepted > 0 ? "no leak that is not known" : "no leak");
	e->check.state = CHECK_FAILED;
	char *words = leak_report_words(l, first);
	bool ok = words == NULL ? error_nomem(err)
				: expect_say(&e->check.found, err, "%zu leak%s: %s%s",
					  failing, failing == 1 ? "" : "s", words,
					  failing == 1 ? "" : ", …");
	free(words);
	/* All of them: a leak that a report leaves out is a leak that nobody mends. */
	return ok && (e->check.rows = leak_report_rows(l, true, err)) != NULL &&
	       leak_cards_make(e->check.rows, e->s, l, true, &e->check.path, err);
}

bool expect_no_leak(struct expectation *e, struct error *err)
{
	struct invocation in;
	struct leak_report l = { 0 };
	bool ok = leak_words(e, &in, err) && leak_report_make(&l, e->s, &in, 2, err) &&
		  leak_report_say(&l, e->s, err) &&
		  expect_say(&e->check.expected, err, "no leak") && leak_tell(e, &l, err);
	leak_report_fini(&l);
	words_fini(&in.words);
	return ok;
}
