/* SPDX-License-Identifier: MIT */
#include "session/verdict.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Puts what explains the failure into the report. */
static bool verdict_show(struct session *s, const char *name, const char *what,
	struct result *r, struct error *err)
{
	if (r == NULL)
		return true;
	struct buffer caption = BUFFER_INIT;
	buffer_printf(&caption, "%s: %s", name, what);
	free(r->caption);
	r->caption = buffer_take(&caption);
	return r->caption != NULL ? session_write(s, r, err) : error_nomem(err);
}

bool verdict_put(struct session *s, struct check *c, struct error *err)
{
	if (!session_locate_check(s, c, err)) {
		check_fini(c);
		return false;
	}
	if (!check_list_take(&s->checks, c, err))
		return false;
	assert(s->checks.count > 0);
	const struct check *kept = &s->checks.items[s->checks.count - 1];
	if (kept->state == CHECK_PASSED)
		return true;
	assert(kept->name != NULL && kept->expected != NULL && kept->found != NULL);
	struct error failure = ERROR_INIT;
	error_set(&failure, STATUS_CHECK, "check failed: %s: expected %s, found %s%s%s",
		kept->name, kept->expected, kept->found,
		kept->message == NULL ? "" : ": ",
		kept->message == NULL ? "" : kept->message);
	session_fail(s, &failure);
	const char *holds = kept->rows == NULL ? "the path" : "what holds them";
	return verdict_show(s, kept->name, "what is at fault", kept->rows, err) &&
	       verdict_show(s, kept->name, holds, kept->path, err);
}

static size_t verdict_count(const struct session *s)
{
	return s->checks.count - check_list_count(&s->checks, CHECK_ERROR);
}

bool verdict_summarize(struct session *s, struct error *err)
{
	if (!session_tell_facts(s, err) || !session_tell_checks(s, err))
		return false;
	if (verdict_count(s) == 0)
		return true;
	struct result *r = check_list_result(&s->checks, err);
	if (r == NULL)
		return false;
	r->caption = strdup("Checks");
	if (r->caption != NULL)
		return session_show(s, r, err);
	result_free(r);
	return error_nomem(err);
}

void verdict_tell(struct session *s)
{
	size_t count = verdict_count(s);
	if (count > 0)
		session_note(s, "%zu check%s: %zu passed, %zu failed", count,
			count == 1 ? "" : "s", check_list_count(&s->checks, CHECK_PASSED),
			check_list_count(&s->checks, CHECK_FAILED));
}
