/* SPDX-License-Identifier: MIT */
#include "compare/snapshot_labels.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/search.h"
#include "dump/dump.h"
#include "explain/labels.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lists of labels, taken apart once each: objects of one class share theirs. */
struct label_lists {
	int64_t *number; /* of each list, ascending */
	size_t *end;     /* where its labels end */
	bool *goes_on;   /* the last is that of all further references, too */
	uint32_t *label;
	size_t count, number_cap, end_cap, goes_on_cap, label_count, label_cap;
	struct buffer room;
};

/* Takes a list apart; false out of memory. */
static bool label_lists_put(
	struct label_lists *l, int64_t number, struct cell text, struct terms *labels)
{
	struct dump_text name;
	enum dump_label next;
	bool goes_on = false;
	const char *at = text.text, *end = at + text.len;
	while ((next = dump_labels_next(&at, end, &l->room, &name)) != DUMP_LABEL_END) {
		uint32_t label = LABEL_NONE;
		if (next == DUMP_LABEL_GOES_ON) {
			goes_on = true;
			break;
		}
		if (next == DUMP_LABEL_NAME && name.len > 0)
			label = terms_put_label(labels, name.data, name.len);
		if (label == TERM_NONE || !array_reserve(&l->label, &l->label_cap,
						  l->label_count + 1, sizeof *l->label))
			return false;
		l->label[l->label_count++] = label;
	}
	if (!array_reserve(&l->number, &l->number_cap, l->count + 1, sizeof *l->number) ||
		!array_reserve(&l->end, &l->end_cap, l->count + 1, sizeof *l->end) ||
		!array_reserve(
			&l->goes_on, &l->goes_on_cap, l->count + 1, sizeof *l->goes_on))
		return false;
	l->goes_on[l->count] = goes_on;
	l->number[l->count] = number;
	l->end[l->count++] = l->label_count;
	return !l->room.failed;
}

/* Gives each object's references the labels of its list; one that does not fit them means
 * nothing. */
static bool labels_apply(
	struct snapshot *s, struct db *db, const struct label_lists *l, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = 0;
	uint32_t node = 0;
	if (!notes_list_parents(db, s->num, &stmt, err))
		return false;
	while (stmt != NULL && (row = db_step(stmt, err)) == 1) {
		/* Both ascend by address. */
		int64_t address = db_column_integer(stmt, 0);
		int64_t number = db_column_integer(stmt, 1);
		node = snapshot_seek(s, node, address);
		size_t at;
		SEARCH_FIRST(at, l->count, l->number[at] >= number);
		if (node == s->nodes || s->address[node] != address || at == l->count ||
			l->number[at] != number)
			continue;
		size_t start = at == 0 ? 0 : l->end[at - 1], n = l->end[at] - start;
		size_t refs = s->start[node + 1] - s->start[node];
		const uint32_t *label = l->label + start;
		uint32_t *to = s->label + s->start[node];
		if (n == 0 || (n != refs && !(l->goes_on[at] && n < refs)))
			continue;
		memcpy(to, label, n * sizeof *label);
		/* The last is that of all further ones; of an index, these are indices.
		 */
		bool names = (s->words->labels.flags[label[n - 1] & ~LABEL_KEY] &
				     LABEL_NAMES) != 0;
		for (size_t i = n; names && i < refs; i++)
			to[i] = label[n - 1];
	}
	db_stmt_free(stmt);
	return row == 0;
}

/* Labels that were put together before. */
struct label_guesser {
	struct labels *labels;
	struct terms *terms;
	uint32_t *of_index; /* of `[i]`; TERM_NONE: not yet */
	uint32_t indices;
	uint32_t *of_key; /* of the value of the key that is node i; likewise */
};

/* The label of reference `place` of node `i`, put together. */
static bool guesser_put(struct label_guesser *g, uint32_t i, size_t place, uint32_t *term,
	struct error *err)
{
	struct label label;
	if (!labels_find_place(g->labels, i, place, false, &label, err))
		return false;
	bool is_key = strcmp(label.text, "key") == 0;
	const char *text = label.is_dict ? ".__dict__" : is_key ? "[]" : label.text;
	*term = text[0] == '{' ? LABEL_NONE : terms_put(g->terms, text, strlen(text));
	if (*term == TERM_NONE)
		return error_nomem(err);
	*term |= is_key ? LABEL_KEY : 0;
	return true;
}

/* The same, looked up where it was put together before. */
static bool guesser_find(struct label_guesser *g, uint32_t i, size_t place,
	uint32_t *term, struct error *err)
{
	struct labels_basis basis;
	uint32_t *known = NULL;
	if (!labels_find_basis(g->labels, i, place, &basis, err))
		return false;
	if (basis.kind == LABELS_INDEX && basis.number < g->indices)
		known = &g->of_index[basis.number];
	if (basis.kind == LABELS_ENTRY && basis.number >= 0)
		known = &g->of_key[basis.number];
	if (basis.kind == LABELS_KEY)
		known = &g->of_index[g->indices];
	if (known != NULL && *known != TERM_NONE) {
		*term = *known;
		return true;
	}
	if (!guesser_put(g, i, place, term, err))
		return false;
	if (known != NULL)
		*known = *term;
	return true;
}

/* Does the node refer to as many objects as it has items?  Then they are the items, and
 * none is a key. */
static bool guesser_has_items_alone(const struct labels_heap *heap, uint32_t i)
{
	return heap->node[i].len == heap->start[i + 1] - heap->start[i];
}

/* Asks for what the labels of the nodes behind `i` are made of: first the objects that
 * they refer to, then the texts that nobody asked for yet; items alone have only places.
 * Inlined, because GCC 12 drops calls of a function that only prefetches. */
static inline __attribute__((always_inline)) void guesser_prefetch(
	const struct label_guesser *g, const struct labels_heap *heap, uint32_t i)
{
	enum { AHEAD = 6, MOST = 24 }; /* nodes; references of one */
	const uint32_t *start = heap->start, *child = heap->child;
	uint32_t near = i + AHEAD, far = i + 2 * AHEAD;
	if (far >= heap->nodes)
		return;
	if (!guesser_has_items_alone(heap, far))
		for (uint32_t e = start[far]; e < start[far + 1] && e < start[far] + MOST;
			e++)
			if (child[e] != GRAPH_NONE) {
				__builtin_prefetch(&heap->node[child[e]]);
				__builtin_prefetch(&g->of_key[child[e]]);
			}
	if (!guesser_has_items_alone(heap, near))
		for (uint32_t e = start[near];
			e < start[near + 1] && e < start[near] + MOST; e++)
			if (child[e] != GRAPH_NONE && g->of_key[child[e]] == TERM_NONE)
				__builtin_prefetch(
					heap->texts.data + heap->node[child[e]].text);
}

bool snapshot_guess_labels(struct snapshot_fill *f, struct error *err)
{
	/* Most lists are short. */
	enum { INDICES = 4096 };
	struct snapshot *s = f->s;
	struct labels_heap *heap = &f->texts;
	assert(heap->nodes == s->nodes);
	heap->start = s->start;
	heap->child = s->child;
	struct label_guesser g = { .labels = labels_open_heap(heap, err),
		.terms = &f->words.labels,
		.indices = INDICES,
		.of_index = array_new(INDICES + 1, sizeof *g.of_index),
		.of_key = array_new(s->nodes, sizeof *g.of_key) };
	uint64_t *named = bits_new(s->nodes);
	uint32_t dict = terms_put(&f->words.types, "dict", strlen("dict"));
	static_assert(LABEL_NONE == 0, "labels begin as none");
	s->label = array_new_zeroed(s->start[s->nodes], sizeof *s->label);
	bool ok = g.labels != NULL;
	if (ok && (g.of_index == NULL || g.of_key == NULL || s->label == NULL ||
			  named == NULL || dict == TERM_NONE))
		ok = error_nomem(err);
	if (ok) {
		memset(g.of_index, 0xff, (INDICES + 1) * sizeof *g.of_index);
		memset(g.of_key, 0xff, s->nodes * sizeof *g.of_key);
	}
	for (uint32_t i = 0; ok && i < s->nodes; i++)
		if (heap->node[i].named)
			bits_put(named, i);
	for (uint32_t i = 0; ok && i < s->nodes; i++) {
		/* Values without their keys have their names, or places, which say
		 * nothing (explain/labels.h). */
		bool values =
			heap->node[i].type == dict && guesser_has_items_alone(heap, i);
		guesser_prefetch(&g, heap, i);
		for (uint32_t e = s->start[i]; ok && e < s->start[i + 1]; e++) {
			uint32_t c = s->child[e];
			if (c != GRAPH_NONE && (!values || bits_has(named, c)))
				ok = guesser_find(
					&g, i, e - s->start[i], &s->label[e], err);
		}
	}
	labels_close(g.labels);
	free(g.of_index);
	free(g.of_key);
	free(named);
	return ok;
}

bool snapshot_ask_labels(struct db *db, int64_t num, bool *labelled, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = notes_list_labels(db, num, &stmt, err) ? 0 : -1;
	*labelled = false;
	while (row == 0 && stmt != NULL && !*labelled &&
		(row = db_step(stmt, err)) == 1) {
		struct cell text = db_column(stmt, 1);
		*labelled = text.type == CELL_TEXT && text.text != NULL;
		row = 0;
	}
	db_stmt_free(stmt);
	return row == 0;
}

bool snapshot_load_labels(struct snapshot_fill *f, struct db *db, struct error *err)
{
	struct snapshot *s = f->s;
	struct label_lists lists = { 0 };
	s->label = array_new_zeroed(s->start[s->nodes], sizeof *s->label);
	bool ok = s->label != NULL || error_nomem(err);
	struct db_stmt *stmt = NULL;
	int row = ok && notes_list_labels(db, s->num, &stmt, err) ? 0 : -1;
	while (row == 0 && stmt != NULL && (row = db_step(stmt, err)) == 1) {
		struct cell text = db_column(stmt, 1);
		row = 0;
		if (text.type == CELL_TEXT && text.text != NULL &&
			!label_lists_put(&lists, db_column_integer(stmt, 0), text,
				&f->words.labels)) {
			error_nomem(err);
			row = -1;
		}
	}
	db_stmt_free(stmt);
	ok = row == 0 && labels_apply(s, db, &lists, err);
	free(lists.number);
	free(lists.end);
	free(lists.goes_on);
	free(lists.label);
	buffer_fini(&lists.room);
	return ok;
}
