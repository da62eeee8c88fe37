/* SPDX-License-Identifier: MIT */
/* expect [no] path from "COND" to "COND": what must, and what must not, hold what. */
#include "answers/holding.h"
#include "expect/expect_forms.h"
#include "session/clauses.h"

#include <assert.h>
#include <stdlib.h>

/* Searches as `path` does; a path that must not be there is shown. */
static bool path_look(struct expectation *e, size_t first, bool wanted, struct error *err)
{
	enum { FROM, TO, AVOIDING, REVERSED, CLAUSES };
	struct clause c[CLAUSES + 1] = {
		[FROM] = { .name = "from", .takes = true },
		[TO] = { .name = "to", .takes = true },
		[AVOIDING] = { .name = "avoiding", .takes = true },
		[REVERSED] = { .name = "reversed" },
	};
	struct invocation in;
	struct path_list found = { 0 };
	struct path_query q = { 0 };
	uint32_t *from = NULL, *to = NULL;
	uint64_t *avoided = NULL;
	const struct graph *g = NULL;
	bool ok = expect_words(e, &in, err) && clauses_read(&in, first, c, err);
	if (ok && (!c[FROM].given || !c[TO].given))
		ok = error_at(err, STATUS_SCRIPT, e->start,
			"'path' needs from \"COND\" and to \"COND\"");
	ok = ok && (g = session_graph(e->s, err)) != NULL &&
	     clause_nodes(e->s, g, &in, &c[FROM], &from, &q.source_count, err) &&
	     clause_nodes(e->s, g, &in, &c[TO], &to, &q.target_count, err) &&
	     clause_bits(e->s, g, &in, &c[AVOIDING], &avoided, err);
	if (ok) {
		q.sources = from;
		q.targets = to;
		q.avoided = avoided;
		q.reversed = c[REVERSED].given;
		ok = path_find(g, &q, &found, err);
	}
	struct check *check = &e->check;
	size_t count = 0;
	const uint32_t *nodes =
		found.count == 0 ? NULL : path_list_get(&found, 0, &count);
	assert((count > 0) == (found.count > 0));
	check->state = (found.count > 0) == wanted ? CHECK_PASSED : CHECK_FAILED;
	ok = ok && expect_say(&check->expected, err, wanted ? "a path" : "no path") &&
	     (count == 0 ? expect_say(&check->found, err, "no path")
			 : expect_say(&check->found, err, "a path of %zu object%s", count,
				   count == 1 ? "" : "s"));
	if (ok && check->state == CHECK_FAILED && count > 0) {
		struct analysis *a = session_analysis(e->s, err);
		check->path =
			a == NULL ? NULL
				  : holding_rows(e->s, a, nodes, count, q.reversed, err);
		ok = check->path != NULL;
	}
	free(from);
	free(to);
	free(avoided);
	path_list_fini(&found);
	words_fini(&in.words);
	return ok;
}

bool expect_path(struct expectation *e, struct error *err)
{
	return path_look(e, 1, true, err);
}

bool expect_no_path(struct expectation *e, struct error *err)
{
	return path_look(e, 2, false, err);
}
