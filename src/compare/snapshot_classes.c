/* SPDX-License-Identifier: MIT */
#include "compare/snapshot_classes.h"

#include "base/array.h"
#include "base/buffer.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Appends the value or the name of an object that is a text; `text` selects both. */
static bool class_put_text(struct db_stmt *text, int64_t address, int column,
	struct buffer *out, struct error *err)
{
	db_reset(text);
	if (!db_bind(text, 1, cell_integer(address), err))
		return false;
	int row = db_step(text, err);
	struct cell cell = row == 1 ? db_column(text, column) : cell_null();
	if (cell.type == CELL_TEXT && cell.text != NULL)
		buffer_put(out, cell.text, cell.len);
	db_reset(text);
	return row >= 0;
}

/* Has any reference a label that tells of classes? */
static bool class_is_labelled(const struct snapshot *s, uint32_t mro)
{
	bool is = false;
	for (uint32_t e = 0; e < s->start[s->nodes] && !is; e++)
		is = s->label[e] == LABEL_CLASS || s->label[e] == LABEL_MODULE ||
		     s->label[e] == mro;
	return is;
}

/* Finds the shape of the objects of each class: `shape` has one for each node, TERM_NONE
 * for what is not a class or whose objects have no other shape than their type. */
static bool class_find_shapes(struct snapshot *s, struct vocabulary *v,
	struct db_stmt *text, uint32_t mro, uint32_t *shape, struct error *err)
{
	uint32_t classobj = terms_put(&v->types, "classobj", strlen("classobj"));
	struct buffer name = BUFFER_INIT;
	bool ok = classobj != TERM_NONE || error_nomem(err);
	for (uint32_t i = 0; ok && i < s->nodes; i++) {
		uint32_t module = GRAPH_NONE;
		shape[i] = TERM_NONE;
		for (uint32_t e = s->start[i]; s->value[i] != 0 && e < s->start[i + 1];
			e++) {
			if (s->label[e] == mro)
				v->types.flags[s->type[i]] |= TRAIT_CLASS;
			if (s->label[e] == LABEL_MODULE)
				module = s->child[e];
		}
		if (s->value[i] == 0 || (snapshot_traits(s, i) & TRAIT_CLASS) == 0 ||
			(module == GRAPH_NONE && s->type[i] != classobj))
			continue;
		buffer_clear(&name);
		ok = module == GRAPH_NONE ||
		     class_put_text(text, s->address[module], 0, &name, err);
		size_t prefix = name.len;
		if (prefix > 0)
			buffer_put_char(&name, '.'), prefix++;
		ok = ok && class_put_text(text, s->address[i], 1, &name, err) &&
		     (!name.failed || error_nomem(err));
		/* Types of C code bear their modules already. */
		const char *own = buffer_text(&name) + prefix;
		if (!ok || *own == '\0' || strchr(own, '.') != NULL)
			continue;
		uint32_t bare = terms_put(&v->types, own, strlen(own));
		shape[i] = terms_put(&v->types, name.data, name.len);
		ok = (bare != TERM_NONE && shape[i] != TERM_NONE) || error_nomem(err);
		if (ok && prefix > 0)
			v->types.flags[shape[i]] = v->types.flags[bare] | TRAIT_MODULED;
	}
	buffer_fini(&name);
	return ok;
}

bool snapshot_tell_classes(
	struct snapshot *s, struct db *db, struct vocabulary *v, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *text = NULL;
	uint32_t mro = terms_put(&v->labels, ".__mro__", strlen(".__mro__"));
	uint32_t instance = terms_put(&v->types, "instance", strlen("instance"));
	bool ok = (mro != TERM_NONE && instance != TERM_NONE) || error_nomem(err);
	if (ok && !class_is_labelled(s, mro))
		return true;
	uint32_t *shape = ok ? array_new(s->nodes, sizeof *shape) : NULL;
	ok = ok && (shape != NULL || error_nomem(err));
	ok = ok && db_read_begin(db, err);
	bool reading = ok;
	ok = ok && generation_table(db, "obj", s->num, obj, err) &&
	     db_preparef(db, &text, err,
		     "select value, name from main.\"%w\" where address = ?", obj) &&
	     class_find_shapes(s, v, text, mro, shape, err);
	for (uint32_t e = 0, i = 0; ok && e < s->start[s->nodes]; e++) {
		if (s->label[e] != LABEL_CLASS)
			continue;
		uint32_t term = shape[s->child[e]];
		if (term == TERM_NONE)
			continue;
		while (s->start[i + 1] <= e)
			i++;
		if (s->type[i] == instance)
			s->type[i] = term;
		/* Not of a proxy, which says that it is of another class. */
		const char *own = strrchr(v->types.text[term], '.');
		own = own == NULL ? v->types.text[term] : own + 1;
		if (s->type[i] == term || strcmp(v->types.text[s->type[i]], own) == 0)
			s->shape[i] = term;
	}
	db_stmt_free(text);
	if (reading)
		db_read_end(db);
	free(shape);
	return ok;
}
