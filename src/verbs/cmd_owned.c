/* SPDX-License-Identifier: MIT */
/* owned: which types own the objects of a set. */
#include "base/array.h"
#include "base/bits.h"
#include "result/drawing.h"
#include "session/clauses.h"
#include "session/commands.h"

#include <stdlib.h>
#include <string.h>

/* One type of owners; the last means no owner at all. */
struct owned_type {
	uint32_t type, owners, objects;
	int64_t owner_bytes, bytes;
};

static int owned_compare(const void *a, const void *b)
{
	const struct owned_type *x = a, *y = b;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return (x->type > y->type) - (x->type < y->type);
}

/* Counts each object of the set for the nearest owner whose type is not skipped. */
static bool owned_count(const struct analysis *a, const uint64_t *set, const bool *skip,
	struct owned_type *t, struct error *err)
{
	const struct dominators *d = a->dominators;
	const struct objects *o = a->objects;
	uint64_t *seen = bits_new(d->nodes);
	if (seen == NULL)
		return error_nomem(err);
	for (uint32_t i = 0; i <= o->types; i++)
		t[i].type = i;
	for (uint32_t i = 0; i < d->reachable; i++) {
		uint32_t node = d->order[i], up = d->immediate[node];
		if (!bits_has(set, node))
			continue;
		while (up != DOMINATORS_TOP && skip[o->type[up]])
			up = d->immediate[up];
		struct owned_type *at = &t[up == DOMINATORS_TOP ? o->types : o->type[up]];
		at->objects++;
		at->bytes = dominators_add(at->bytes, o->size[node]);
		if (up == DOMINATORS_TOP || bits_has(seen, up))
			continue;
		bits_put(seen, up);
		at->owners++;
		at->owner_bytes = dominators_add(at->owner_bytes, o->size[up]);
	}
	free(seen);
	return true;
}

/* The owners by type, most bytes first, as rows and as a drawing with the set that they
 * own. */
static bool owned_push(struct result *r, const struct objects *o,
	const struct owned_type *t, struct error *err)
{
	struct drawing_node set = { .id = DRAWING_NO_ADDRESS,
		.title = "objects asked for",
		.flags = DRAWING_TARGET | DRAWING_GROUP };
	for (uint32_t i = 0; i <= o->types; i++) {
		set.count += t[i].objects;
		set.bytes = dominators_add(set.bytes, t[i].bytes);
	}
	struct drawing *d = r->drawing = drawing_new();
	if (d == NULL)
		return error_nomem(err);
	if (set.count > 0 && !drawing_put_node(d, &set, NULL, err))
		return false;
	for (uint32_t i = 0; i <= o->types; i++) {
		bool none = t[i].type == o->types;
		if (t[i].objects == 0)
			continue;
		const struct cell row[] = { none ? cell_null()
						 : cell_text(o->name[t[i].type]),
			cell_integer(t[i].owners), cell_integer(t[i].objects),
			cell_integer(t[i].owner_bytes), cell_integer(t[i].bytes) };
		const struct drawing_node owner = { .id = DRAWING_NO_ADDRESS + 1 + i,
			.title = none ? "no single owner" : o->name[t[i].type],
			.bytes = none ? -1 : t[i].owner_bytes,
			.count = t[i].owners,
			.flags = t[i].owners > 1 ? DRAWING_GROUP : 0u };
		struct drawing_edge edge = { .count = t[i].objects,
			.bytes = t[i].bytes,
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
	struct owned_type *t = array_new_zeroed((size_t)o->types + 1, sizeof *t);
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = (skip != NULL && names != NULL && t != NULL && r != NULL) ||
		  error_nomem(err);
	char *rest = NULL;
	for (char *name = ok ? strtok_r(names, separators, &rest) : NULL; name != NULL;
		name = strtok_r(NULL, separators, &rest)) {
		uint32_t type = objects_find_type(o, name);
		if (type != GRAPH_NONE)
			skip[type] = true;
	}
	ok = ok && clause_bits(s, a->g, in, &c[OF], &set, err) &&
	     owned_count(a, set, skip, t, err);
	if (ok) {
		qsort(t, (size_t)o->types + 1, sizeof *t, owned_compare);
		ok = owned_push(r, o, t, err);
	}
	if (ok)
		clause_note_unreachable(s, a->dominators, set);
	free(set);
	free(skip);
	free(names);
	free(t);
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
