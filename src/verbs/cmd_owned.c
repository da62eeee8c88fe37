/* SPDX-License-Identifier: MIT */
/* owned: which types own the objects of a set. */
#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The owners of one type. */
struct owned_type {
	uint32_t owners, objects;
	int64_t owner_bytes, bytes; /* of the owners themselves, of what they own */
};

/* The owners by type, in the order of `rank`, as rows and as a drawing with the set that
 * they own.  Behind the last type, t[o->types] counts the objects without an owner. */
static bool owned_push(struct result *r, const struct objects *o,
	const struct owned_type *t, const struct sort_rank *rank, struct error *err)
{
	struct drawing_node set = { .id = DRAWING_NO_ADDRESS,
		.title = "objects asked for",
		.flags = DRAWING_TARGET | DRAWING_GROUP };
	for (uint32_t i = 0; i <= o->types; i++) {
		set.count += t[i].objects;
		set.bytes = saturate_add(set.bytes, t[i].bytes);
	}
	struct drawing *d = r->drawing = drawing_new();
	if (d == NULL)
		return error_nomem(err);
	if (set.count > 0 && !drawing_put_node(d, &set, NULL, err))
		return false;
	for (uint32_t i = 0; i <= o->types; i++) {
		const struct owned_type *at = &t[rank[i].id];
		bool none = rank[i].id == o->types;
		char *type = none ? NULL : o->name[rank[i].id];
		if (at->objects == 0)
			continue;
		const struct cell row[] = { cell_text(type), cell_integer(at->owners),
			cell_integer(at->objects), cell_integer(at->owner_bytes),
			cell_integer(at->bytes) };
		const struct drawing_node owner = { .id = DRAWING_NO_ADDRESS + 1 + i,
			.title = none ? "no single owner" : type,
			.bytes = none ? -1 : at->owner_bytes,
			.count = at->owners,
			.flags = at->owners > 1 ? DRAWING_GROUP : 0u };
		struct drawing_edge edge = { .count = at->objects,
			.bytes = at->bytes,
			.flags = DRAWING_DOMINATES };
		if (!result_push(r, row, err) ||
			!drawing_put_node(d, &owner, &edge.from, err) ||
			!drawing_put_edge(d, &edge, err))
			return false;
	}
	return true;
}

/* owned of "COND" [skipping "TYPE …"] */
static bool owned_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "type", "owners", "objects", "owner_bytes",
		"bytes" };
	static const char separators[] = " \t\n|,";
	enum { OF, SKIPPING };
	struct clause c[] = { [OF] = { .name = "of", .takes = true },
		[SKIPPING] = { .name = "skipping", .takes = true },
		{ 0 } };
	struct analysis *a = session_analysis(s, err);
	if (a == NULL || analysis_dominators(a, err) == NULL ||
		!clauses_read(in, 0, c, err))
		return false;
	if (!c[OF].given)
		return command_usage(in, err);
	const struct objects *o = a->objects;
	uint64_t *set = NULL;
	bool *skip = array_new_zeroed((size_t)o->types + 1, sizeof *skip); /* by type */
	char *names =
		strdup(c[SKIPPING].given ? in->words.items[c[SKIPPING].word].text : "");
	const struct dominators *d = a->dominators;
	uint64_t *seen = bits_new(d->nodes);
	struct owned_type *t = array_new_zeroed((size_t)o->types + 1, sizeof *t);
	struct sort_rank *rank = array_new((size_t)o->types + 1, sizeof *rank);
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = (skip != NULL && names != NULL && seen != NULL && t != NULL &&
			  rank != NULL && r != NULL) ||
		  error_nomem(err);
	char *rest = NULL;
	for (char *name = ok ? strtok_r(names, separators, &rest) : NULL; name != NULL;
		name = strtok_r(NULL, separators, &rest)) {
		uint32_t type = objects_find_type(o, name);
		if (type != GRAPH_NONE)
			skip[type] = true;
	}
	ok = ok && clause_bits(s, a->g, in, &c[OF], &set, err);
	/* Each object of the set counts for the nearest owner whose type is not skipped.
	 */
	for (uint32_t i = 0; ok && i < d->reachable; i++) {
		uint32_t node = d->order[i], up = d->immediate[node];
		if (!bits_has(set, node))
			continue;
		while (up != DOMINATORS_TOP && skip[o->type[up]])
			up = d->immediate[up];
		struct owned_type *at = &t[up == DOMINATORS_TOP ? o->types : o->type[up]];
		at->objects++;
		at->bytes = saturate_add(at->bytes, o->size[node]);
		if (up == DOMINATORS_TOP || bits_has(seen, up))
			continue;
		bits_put(seen, up);
		at->owners++;
		at->owner_bytes = saturate_add(at->owner_bytes, o->size[up]);
	}
	for (uint32_t i = 0; ok && i <= o->types; i++) {
		assert(t[i].owners <= t[i].objects);
		rank[i] = (struct sort_rank){ t[i].bytes, i };
	}
	if (ok) {
		sort_ranks(rank, (size_t)o->types + 1);
		ok = owned_push(r, o, t, rank, err);
	}
	if (ok)
		clause_note_unreachable(s, d, set);
	free(set);
	free(skip);
	free(names);
	free(seen);
	free(t);
	free(rank);
	return session_answer(s, ok, r, err);
}

const struct command command_owned = {
	.name = "owned",
	.usage = "of \"COND\" [skipping \"TYPE...\"]",
	.summary = "show which types own the objects of a set",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = owned_run,
};
