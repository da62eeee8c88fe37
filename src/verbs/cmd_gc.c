/* SPDX-License-Identifier: MIT */
/* gc, continue_gc: deleting what nothing keeps alive. */
#include "base/magnitude.h"
#include "graph/marks.h"
#include "graph/reach.h"
#include "session/commands.h"

#include <inttypes.h>
#include <stdlib.h>

/* What a collection would delete. */
struct gc_plan {
	size_t kept, deleted;
	double bytes; /* of what is deleted; sizes may be enormous */
};

static void gc_make_plan(
	struct gc_plan *plan, const struct objects *o, const uint32_t *mark)
{
	*plan = (struct gc_plan){ 0 };
	for (uint32_t i = 0; i < o->nodes; i++) {
		plan->kept += mark[i] != 0;
		plan->deleted += mark[i] == 0;
		plan->bytes += mark[i] != 0 ? 0.0 : (double)o->size[i];
	}
}

static void gc_tell(struct session *s, const struct invocation *in,
	const struct gc_plan *plan, bool keep)
{
	char bytes[MAGNITUDE_MAX];
	magnitude_format(bytes, plan->bytes);
	session_note(s,
		"%s: %zu of %zu objects are reachable; %zu objects of %.0f%s bytes are "
		"not%s",
		in->command->name, plan->kept, plan->kept + plan->deleted, plan->deleted,
		plan->bytes, bytes, keep ? " and stay" : ": deleting them");
}

/* Most of a heap is alive: roots that keep less than half of it are not its roots. */
static bool gc_is_sane(
	const struct invocation *in, const struct gc_plan *plan, struct error *err)
{
	if (plan->deleted <= plan->kept)
		return true;
	return error_at(err, STATUS_SCRIPT, 0,
		"%s would delete %zu of %zu objects, more than half: 'roots' shows what "
		"keeps objects, '%s force' deletes all the same",
		in->command->name, plan->deleted, plan->kept + plan->deleted,
		in->command->name);
}

static bool gc_write(struct session *s, const struct graph *g, const uint32_t *mark,
	bool keep, struct error *err)
{
	if (!db_begin(s->db, err))
		return false;
	if (marks_write(s->db, g, mark, err) && (keep || marks_sweep(s->db, err)) &&
		db_commit(s->db, err))
		return true;
	db_rollback(s->db);
	return false;
}

/* The depths under the roots, or what continues the marks in the table. */
static uint32_t *gc_mark(
	struct session *s, struct analysis *a, bool go_on, struct error *err)
{
	const struct roots *roots = go_on ? NULL : analysis_roots(a, err);
	if (roots != NULL) {
		struct reach_query q = { .nodes = roots->node, .count = roots->count };
		return reach_depths(a->g, &q, err);
	}
	uint32_t *mark = go_on ? marks_read(s->db, a->g, err) : NULL;
	if (mark == NULL || marks_continue(mark, a->g, err))
		return mark;
	free(mark);
	return NULL;
}

static bool gc_collect(
	struct session *s, const struct invocation *in, bool go_on, struct error *err)
{
	bool keep = in->words.count == 1 && words_is(&in->words, 0, "keep");
	bool force = in->words.count == 1 && words_is(&in->words, 0, "force");
	if (in->words.count == 1 && !force && (!keep || go_on))
		return command_usage(in, err);
	struct analysis *a = session_analysis(s, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	uint32_t *mark = o == NULL ? NULL : gc_mark(s, a, go_on, err);
	struct gc_plan plan;
	bool ok = mark != NULL;
	if (ok) {
		gc_make_plan(&plan, o, mark);
		ok = keep || force || gc_is_sane(in, &plan, err);
	}
	if (ok)
		gc_tell(s, in, &plan, keep);
	ok = ok && gc_write(s, a->g, mark, keep, err);
	free(mark);
	return ok;
}

static bool gc_run(struct session *s, const struct invocation *in, struct error *err)
{
	return gc_collect(s, in, false, err);
}

const struct command command_gc = {
	.name = "gc",
	.usage = "[keep|force]",
	.summary = "mark what the roots reach and delete the rest",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = gc_run,
};

static bool continue_gc_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	return gc_collect(s, in, true, err);
}

const struct command command_continue_gc = {
	.name = "continue_gc",
	.usage = "[force]",
	.summary = "go on with a gc that was interrupted, from the marks it left",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = continue_gc_run,
};
