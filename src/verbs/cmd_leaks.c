/* SPDX-License-Identifier: MIT */
/* leaks: what goes on growing, and where. */
#include "session/commands.h"
#include "verbs/compare_picture.h"
#include "verbs/leak_report.h"

static bool leaks_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct leak_report l;
	struct result *r = NULL;
	bool ok = leak_report_make(&l, s, in, 0, err) && leak_report_say(&l, s, err) &&
		  (r = leak_report_rows(&l, false, err)) != NULL &&
		  compare_picture(r, l.leaks.tree, 0, err);
	leak_report_fini(&l);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_leaks = {
	.name = "leaks",
	.usage = "[A B …] [min count|bytes|share N] [known FILE]",
	.summary = "find what goes on growing over several generations, and where",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = leaks_run,
};
