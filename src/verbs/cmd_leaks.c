/* SPDX-License-Identifier: MIT */
/* leaks: what keeps growing, and where. */
#include "answers/compare_options.h"
#include "answers/compare_picture.h"
#include "answers/leak_cards.h"
#include "session/commands.h"

#include <assert.h>
#include <string.h>

static bool leaks_is_class(void *context, const char *type)
{
	const struct leak_list *l = context;
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i].class, type) == 0)
			return true;
	return false;
}

static bool leaks_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct leak_report l;
	struct result *r = NULL, *steps = NULL;
	struct growth_tree *t = NULL;
	bool ok = leak_report_make(&l, s, in, 0, err) && leak_report_say(&l, s, err) &&
		  (r = leak_report_rows(&l, false, err)) != NULL &&
		  compare_put_heads(r, s->db, err);
	if (ok) {
		assert(l.generations >= 2 && l.num != NULL);
		/* The paths to all objects of the classes that leak. */
		const struct growth_query q = { .num = l.num,
			.generations = l.generations,
			.wants = leaks_is_class,
			.context = &l.leaks,
			.paths = l.leaks.paths };
		t = growth_tree_new(s->db, &q, err);
		ok = t != NULL && compare_picture(r, t, 0, err) &&
		     leak_cards_make(r, s, &l, false, &steps, err);
	}
	growth_tree_free(t);
	leak_report_fini(&l);
	ok = session_answer(s, ok, r, err);
	if (ok && steps != NULL) {
		steps->aside = true;
		steps->caption = strdup("How they are held");
		ok = steps->caption == NULL ? error_nomem(err)
					    : session_write(s, steps, err);
	}
	result_free(steps);
	return ok;
}

const struct command command_leaks = {
	.name = "leaks",
	.usage = "[A B …] [min count|bytes|share N] [known FILE]",
	.summary = "find what keeps growing over several generations, and where",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = leaks_run,
};
