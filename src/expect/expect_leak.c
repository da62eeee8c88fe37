/* SPDX-License-Identifier: MIT */
/* expect no leak [A B …] [min count|bytes|share N] [known FILE]: the verdict of CI. */
#include "answers/compare_options.h"
#include "answers/leak_cards.h"
#include "expect/expect_forms.h"

#include <assert.h>
#include <stdlib.h>

bool expect_no_leak(struct expectation *e, struct error *err)
{
	struct subst_scope scope = session_scope(e->s);
	struct invocation in = *e->in;
	struct leak_report l = { 0 };
	in.words = WORDS_INIT;
	/* Substitutions are made in all words: there are no conditions among them. */
	bool ok = subst_words(&scope, e->in->line->text + e->start, e->end - e->start,
			  e->start, &in.words, err) &&
		  leak_report_make(&l, e->s, &in, 2, err) &&
		  leak_report_say(&l, e->s, err) &&
		  expect_say(&e->check.expected, err, "no leak");
	size_t failing = leak_report_failing(&l);
	const struct leak *first = NULL;
	for (size_t i = 0; i < l.leaks.count && first == NULL; i++)
		if (l.leaks.items[i].state != BASELINE_KNOWN)
			first = &l.leaks.items[i];
	assert(!ok || (failing == 0) == (first == NULL));
	if (ok && first == NULL)
		ok = expect_say(&e->check.found, err,
			l.accepted > 0 ? "no leak that is not known" : "no leak");
	if (ok && first != NULL) {
		/* "2 leaks: UploadHandler +200 (20, 120, 220), …" */
		char *words = leak_report_words(&l, first);
		e->check.state = CHECK_FAILED;
		ok = words == NULL ? error_nomem(err)
				   : expect_say(&e->check.found, err, "%zu leak%s: %s%s",
					     failing, failing == 1 ? "" : "s", words,
					     failing == 1 ? "" : ", …");
		free(words);
		/* All of them: a leak that a report leaves out is never mended. */
		ok = ok && (e->check.rows = leak_report_rows(&l, true, err)) != NULL &&
		     compare_put_heads(e->check.rows, e->s->db, err) &&
		     leak_cards_make(e->check.rows, e->s, &l, true, &e->check.path, err);
	}
	leak_report_fini(&l);
	words_fini(&in.words);
	return ok;
}
