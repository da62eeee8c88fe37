/* SPDX-License-Identifier: MIT */
#include "explain/attributes.h"

#include "base/array.h"
#include "explain/labels.h"
#include "store/db.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>

struct attributes_search {
	struct analysis *a;
	struct labels *labels;
	struct db_stmt
		*notes; /* the labels that the dump has for ?1; NULL: none at all */
	uint32_t dict;  /* the type */
	uint32_t *owner;
};

/* By the labels of the dump. */
static bool attributes_read(struct attributes_search *s, struct error *err)
{
	const struct graph *g = s->a->g;
	const uint32_t *type = s->a->objects->type;
	struct db_stmt *stmt = NULL;
	int row = 0;
	if (!notes_list_attributed(s->a->db, s->a->generation, &stmt, err))
		return false;
	while (stmt != NULL && row >= 0 && (row = db_step(stmt, err)) == 1) {
		uint32_t parent = graph_find_node(g, db_column_integer(stmt, 0));
		size_t n = 0, dicts = 0;
		/* A dump may say so of a dict, which has no dict of attributes. */
		const uint32_t *child = parent == GRAPH_NONE || type[parent] == s->dict
						? NULL
						: graph_children(g, parent, &n);
		for (size_t i = 0; i < n; i++)
			dicts += type[child[i]] == s->dict;
		for (size_t i = 0; row == 1 && i < n; i++) {
			struct label label = { .is_dict = true };
			if (type[child[i]] != s->dict || s->owner[child[i]] != child[i])
				continue;
			/* One of several is asked for, the others are in slots. */
			if (dicts > 1 &&
				!labels_find(s->labels, g->address[parent],
					g->address[child[i]], 0, false, &label, err))
				row = -1;
			else if (label.is_dict)
				s->owner[child[i]] = parent;
		}
	}
	db_stmt_free(stmt);
	return row == 0;
}

/* What one object of a type says about the dicts of the others. */
enum attributes_said {
	ATTRIBUTES_NOT_ASKED,
	ATTRIBUTES_TOLD, /* the labels of the dump have told all */
	ATTRIBUTES_DICTS,
	ATTRIBUTES_SLOT /* the only dict is in a slot */
};

static bool attributes_ask(struct attributes_search *s, uint32_t parent, uint32_t dict,
	enum attributes_said *said, struct error *err)
{
	const int64_t *address = s->a->g->address;
	struct label label;
	int row = 0;
	if (s->notes != NULL) {
		db_reset(s->notes);
		row = db_bind(s->notes, 1, cell_integer(address[parent]), err)
			      ? db_step(s->notes, err)
			      : -1;
		db_reset(s->notes);
	}
	*said = ATTRIBUTES_TOLD;
	if (row != 0)
		return row > 0;
	if (!labels_find(
		    s->labels, address[parent], address[dict], 0, false, &label, err))
		return false;
	*said = label.is_dict ? ATTRIBUTES_DICTS : ATTRIBUTES_SLOT;
	return true;
}

/* Without labels the dicts of an object are its attributes, unless the label that one
 * object of its type would have for its only dict says otherwise. */
static bool attributes_guess(struct attributes_search *s, struct error *err)
{
	const struct objects *o = s->a->objects;
	enum type_kind *kind = objects_kinds(o, err);
	enum attributes_said *said = array_new_zeroed(o->types, sizeof *said);
	bool ok = kind != NULL && (said != NULL || error_nomem(err));
	for (uint32_t parent = 0; ok && parent < o->nodes; parent++) {
		enum attributes_said *of_type = &said[o->type[parent]];
		enum type_kind is = kind[o->type[parent]];
		size_t n, dicts = 0;
		if ((is != KIND_OBJECT && is != KIND_CLASS && is != KIND_MODULE) ||
			*of_type == ATTRIBUTES_TOLD)
			continue;
		const uint32_t *child = graph_children(s->a->g, parent, &n);
		for (size_t i = 0; i < n; i++)
			dicts += o->type[child[i]] == s->dict;
		for (size_t i = 0; ok && dicts > 0 && i < n; i++) {
			uint32_t dict = child[i];
			if (o->type[dict] != s->dict || s->owner[dict] != dict)
				continue;
			if (*of_type == ATTRIBUTES_NOT_ASKED)
				ok = attributes_ask(s, parent, dict, of_type, err);
			if (*of_type == ATTRIBUTES_DICTS ||
				(*of_type == ATTRIBUTES_SLOT && dicts > 1))
				s->owner[dict] = parent;
		}
	}
	free(kind);
	free(said);
	return ok;
}

const uint32_t *attributes_owner(struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (a->owner != NULL || o == NULL)
		return a->owner;
	struct attributes_search s = { .a = a, .dict = objects_find_type(o, "dict") };
	s.owner = array_new(o->nodes, sizeof *s.owner);
	bool ok = s.owner != NULL || error_nomem(err);
	for (uint32_t i = 0; ok && i < o->nodes; i++)
		s.owner[i] = i;
	if (ok && o->runtime == &runtime_cpython && s.dict != GRAPH_NONE) {
		/* Whoever asks may be in the middle of a statement. */
		s.labels = labels_open_unlocked(a->db, a->generation, err);
		ok = s.labels != NULL &&
		     notes_find_labels(a->db, a->generation, &s.notes, err) &&
		     attributes_read(&s, err) && attributes_guess(&s, err);
		db_stmt_free(s.notes);
		labels_close(s.labels);
	}
	for (uint32_t i = 0; ok && i < o->nodes; i++)
		assert(s.owner[s.owner[i]] == s.owner[i]);
	if (!ok) {
		free(s.owner);
		return NULL;
	}
	a->owner = s.owner;
	return a->owner;
}
