/* SPDX-License-Identifier: MIT */
/* gc, continue_gc: deleting what nothing keeps alive. */
#include "base/magnitude.h"
#include "graph/marks.h"
#include "graph/reach.h"
#include "session/commands.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

/* gc [keep|force] marks the depths under the roots, continue_gc [force] continues from
 * the marks in the table, and both delete the objects without a mark. */
static bool gc_run(struct session *s, const struct invocation *in, struct error *err)
{
	const bool go_on = in->command == &command_continue_gc;
	const char *name = in->command->name;
	bool keep = in->words.count == 1 && words_is(&in->words, 0, "keep");
	bool force = in->words.count == 1 && words_is(&in->words, 0, "force");
	if (in->words.count == 1 && !force && (!keep || go_on))
		return command_usage(in, err);
	struct analysis *a = session_analysis(s, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	const struct roots *roots = o == NULL || go_on ? NULL : analysis_roots(a, err);
	uint32_t *mark = NULL;
	bool ok = false;
	assert(!keep || !force);
	if (roots != NULL) {
		struct reach_query q = { .nodes = roots->node, .count = roots->count };
		ok = (mark = reach_depths(a->g, &q, err)) != NULL;
	} else if (o != NULL && go_on) {
		mark = marks_read(s->db, a->g, err);
		ok = mark != NULL && marks_continue(mark, a->g, err);
	}
	if (!ok) {
		free(mark);
		return false;
	}
	size_t kept = 0, deleted = 0;
	double bytes = 0; /* of the deleted objects; sizes may be enormous */
	for (uint32_t i = 0; i < o->nodes; i++) {
		kept += mark[i] != 0;
		deleted += mark[i] == 0;
		bytes += mark[i] != 0 ? 0.0 : (double)o->size[i];
	}
	assert(kept + deleted == o->nodes);
	/* Most of a heap is alive: roots that keep less than half are not its roots. */
	if (!keep && !force && deleted > kept) {
		free(mark);
		return error_at(err, STATUS_SCRIPT, 0,
			"%s would delete %zu of %zu objects, more than half: 'roots' "
			"shows what keeps objects, '%s force' deletes all the same",
			name, deleted, kept + deleted, name);
	}
	char magnitude[MAGNITUDE_MAX];
	magnitude_format(magnitude, bytes);
	session_note(s,
		"%s: %zu of %zu objects are reachable; %zu objects of %.0f%s bytes are "
		"not%s",
		name, kept, kept + deleted, deleted, bytes, magnitude,
		keep ? " and stay" : ": deleting them");
	ok = db_begin(s->db, err);
	if (ok && !(marks_write(s->db, a->g, mark, err) &&
			  (keep || marks_sweep(s->db, err)) && db_commit(s->db, err))) {
		db_rollback(s->db);
		ok = false;
	}
	free(mark);
	return ok;
}

const struct command command_gc = {
	.name = "gc",
	.usage = "[keep|force]",
	.summary = "mark what the roots reach and delete the rest",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = gc_run,
};

const struct command command_continue_gc = {
	.name = "continue_gc",
	.usage = "[force]",
	.summary = "continue an interrupted gc from the marks it left",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = gc_run,
};
