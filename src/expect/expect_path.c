/* SPDX-License-Identifier: MIT */
/* expect [no] path from "COND" to "COND": what must, and what must not, hold what. */
#include "expect/expect.h"
#include "session/clauses.h"
#include "verbs/holding.h"

#include <stdlib.h>

enum { PATH_FROM, PATH_TO, PATH_AVOIDING, PATH_REVERSED, PATH_CLAUSES };

static bool path_search(struct expectation *e, const struct invocation *in,
	struct clause *clauses, struct path_list *found, struct error *err)
{
	const struct graph *g = session_graph(e->s, err);
	uint32_t *from = NULL, *to = NULL;
	uint64_t *avoided = NULL;
	struct path_query q = { .reversed = clauses[PATH_REVERSED].given };
	bool ok =
		g != NULL &&
		clause_nodes(
			e->s, g, in, &clauses[PATH_FROM], &from, &q.source_count, err) &&
		clause_nodes(e->s, g, in, &clauses[PATH_TO], &to, &q.target_count, err) &&
		clause_bits(e->s, g, in, &clauses[PATH_AVOIDING], &avoided, err);
	if (ok) {
		q.sources = from;
		q.targets = to;
		q.avoided = avoided;
		ok = path_find(g, &q, found, err);
	}
	free(from);
	free(to);
	free(avoided);
	return ok;
}

/* What is found, as words and, when it should not be there, as the path. */
static bool path_tell(struct expectation *e, const struct path_list *found, bool reversed,
	bool wanted, struct error *err)
{
	struct check *c = &e->check;
	size_t count = 0;
	const uint32_t *nodes =
		found->count == 0 ? NULL : path_list_get(found, 0, &count);
	c->state = (found->count > 0) == wanted ? CHECK_PASSED : CHECK_FAILED;
	if (!expect_say(&c->expected, err, wanted ? "a path" : "no path") ||
		!(count == 0 ? expect_say(&c->found, err, "no path")
			     : expect_say(&c->found, err, "a path of %zu object%s", count,
				       count == 1 ? "" : "s")))
		return false;
	if (c->state == CHECK_PASSED || count == 0)
		return true;
	struct analysis *a = session_analysis(e->s, err);
	c->path = a == NULL ? NULL : holding_rows(e->s, a, nodes, count, reversed, err);
	return c->path != NULL;
}

static bool path_look(struct expectation *e, size_t first, bool wanted, struct error *err)
{
	struct clause clauses[PATH_CLAUSES + 1] = {
		[PATH_FROM] = { .name = "from", .takes = true },
		[PATH_TO] = { .name = "to", .takes = true },
		[PATH_AVOIDING] = { .name = "avoiding", .takes = true },
		[PATH_REVERSED] = { .name = "reversed" },
	};
	struct invocation in;
	struct path_list found = { 0 };
	bool ok = expect_words(e, &in, err) && clauses_read(&in, first, clauses, err);
	if (ok && (!clauses[PATH_FROM].given || !clauses[PATH_TO].given))
		ok = error_at(err, STATUS_SCRIPT, e->start,
			"'path' wants from \"COND\" and to \"COND\"");
	ok = ok && path_search(e, &in, clauses, &found, err) &&
	     path_tell(e, &found, clauses[PATH_REVERSED].given, wanted, err);
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
