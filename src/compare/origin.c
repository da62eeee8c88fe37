/* SPDX-License-Identifier: MIT */
#include "compare/origin.h"

#include "base/array.h"
#include "base/search.h"
#include "explain/home.h"
#include "store/db.h"
#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

/* A class or a module. */
struct origin_named {
	bool is_module;
	uint64_t name;
	uint32_t node;
};

static int origin_compare(const void *a, const void *b)
{
	const struct origin_named *x = a, *y = b;
	if (x->is_module != y->is_module)
		return x->is_module ? 1 : -1;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

bool origins_init(
	struct origins *o, const struct snapshot *s, struct db *db, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	*o = (struct origins){ .s = s };
	o->known = array_new_zeroed(s->words->types.count, sizeof *o->known);
	o->module = array_new_zeroed(s->words->types.count, sizeof *o->module);
	if (o->known == NULL || o->module == NULL)
		return error_nomem(err);
	memset(o->known, ORIGIN_UNKNOWN, s->words->types.count);
	for (uint32_t i = 0; i < s->nodes; i++) {
		unsigned traits = snapshot_traits(s, i);
		if (s->value[i] == 0 || (traits & (TRAIT_CLASS | TRAIT_MODULE)) == 0)
			continue;
		if (!array_reserve(&o->item, &o->cap, o->count + 1, sizeof *o->item))
			return error_nomem(err);
		o->item[o->count++] = (struct origin_named){ (traits & TRAIT_MODULE) != 0,
			s->value[i], i };
	}
	if (o->count > 0)
		qsort(o->item, o->count, sizeof *o->item, origin_compare);
	return generation_table(db, "obj", s->num, obj, err) &&
	       db_preparef(db, &o->value, err,
		       "select cast(value as text) from main.\"%w\" where address = ?",
		       obj);
}

void origins_fini(struct origins *o)
{
	for (size_t i = 0; o->module != NULL && i < o->s->words->types.count; i++)
		free(o->module[i]);
	free(o->module);
	free(o->known);
	free(o->item);
	db_stmt_free(o->value);
	*o = (struct origins){ 0 };
}

/* The first of the classes or modules of that name; o->count without one. */
static size_t origin_find(const struct origins *o, bool is_module, uint64_t name)
{
	const struct origin_named wanted = { is_module, name, 0 };
	size_t at;
	SEARCH_FIRST(at, o->count, origin_compare(&o->item[at], &wanted) >= 0);
	bool found = at < o->count && o->item[at].is_module == is_module &&
		     o->item[at].name == name;
	return found ? at : o->count;
}

/* What the object calls `label`, or GRAPH_NONE. */
static uint32_t origin_member(const struct snapshot *s, uint32_t node, uint32_t label)
{
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
		if (s->label[e] == label)
			return s->child[e];
	return GRAPH_NONE;
}

/* The text of a str: malloc'ed, NULL without one. */
static char *origin_text(struct origins *o, uint32_t node)
{
	char *text = NULL;
	db_reset(o->value);
	if (db_bind(o->value, 1, cell_integer(o->s->address[node]), NULL) &&
		db_step(o->value, NULL) == 1) {
		struct cell value = db_column(o->value, 0);
		if (value.text != NULL)
			text = strndup(value.text, value.len);
	}
	db_reset(o->value);
	return text;
}

/* A module of Python's library or of a folder of packages, by its `.__file__` or, in a
 * dump without labels, by a text that it refers to; or one of C code, which has no file.
 */
static bool origin_is_library(struct origins *o, const char *module)
{
	const struct snapshot *s = o->s;
	size_t at = origin_find(o, true, snapshot_hash(module, strlen(module)));
	if (strcmp(module, "__main__") == 0)
		return false;
	uint32_t node = at == o->count ? GRAPH_NONE : o->item[at].node;
	bool library = node == GRAPH_NONE ||
		       (s->labelled && origin_member(s, node, LABEL_FILE) == GRAPH_NONE);
	for (uint32_t e = library ? 0 : s->start[node];
		!library && e < s->start[node + 1]; e++) {
		if (s->labelled ? s->label[e] != LABEL_FILE
				: (snapshot_traits(s, s->child[e]) & TRAIT_VALUED) == 0)
			continue;
		char *path = origin_text(o, s->child[e]);
		library = path != NULL && home_owner(path) != NAME_PROGRAM;
		free(path);
	}
	return library;
}

/* The only module of the classes of that name: malloc'ed, or NULL.  In a dump without
 * labels it is the only text in the dict of a class that is the name of a module. */
static char *origin_module(struct origins *o, uint64_t name)
{
	const struct snapshot *s = o->s;
	uint32_t found = GRAPH_NONE;
	for (size_t i = origin_find(o, false, name);
		i < o->count && !o->item[i].is_module && o->item[i].name == name; i++) {
		uint32_t class = o->item[i].node;
		uint32_t module = origin_member(s, class, LABEL_MODULE);
		struct home home = { 0 };
		for (uint32_t e = s->start[class];
			!s->labelled && e < s->start[class + 1]; e++) {
			uint32_t c = s->child[e];
			if ((snapshot_traits(s, c) & TRAIT_VALUED) != 0 &&
				s->value[c] != 0 &&
				origin_find(o, true, s->value[c]) < o->count)
				home_note(&home, c, s->value[c]);
		}
		if (module == GRAPH_NONE && home_is_known(&home))
			module = home.text;
		if (module == GRAPH_NONE)
			continue;
		if (found != GRAPH_NONE && s->value[found] != s->value[module])
			return NULL;
		found = module;
	}
	return found == GRAPH_NONE ? NULL : origin_text(o, found);
}

enum origin origin_of(struct origins *o, uint32_t type, const char **module)
{
	const char *name = o->s->words->types.text[type];
	if (o->known[type] == ORIGIN_UNKNOWN) {
		uint64_t hash = snapshot_hash(name, strlen(name));
		size_t class = origin_find(o, false, hash);
		bool moduled = (o->s->words->types.flags[type] & TRAIT_MODULED) != 0;
		const struct runtime *runtime = o->s->words->types.runtime;
		bool library = runtime == &runtime_cpython
				       ? !moduled && strchr(name, '.') != NULL
				       : runtime_is_library(runtime, name);
		o->module[type] =
			moduled ? strndup(name, (size_t)(strrchr(name, '.') - name))
				: origin_module(o, hash);
		if (class < o->count)
			library = library ||
				  o->s->root[o->item[class].node] == SNAPSHOT_ROOT_TYPE;
		if (o->module[type] != NULL)
			library = library || origin_is_library(o, o->module[type]);
		o->known[type] = (o->s->words->types.flags[type] & TRAIT_BLOCK) != 0
					 ? ORIGIN_BLOCK
				 : library ? ORIGIN_LIBRARY
					   : ORIGIN_PROGRAM;
	}
	if (module != NULL)
		*module = o->module[type];
	return (enum origin)o->known[type];
}
