/* SPDX-License-Identifier: MIT */
#include "compare/counted.h"

#include "base/array.h"
#include "base/saturate.h"
#include "explain/attributes.h"
#include "explain/home.h"
#include "explain/labels.h"
#include "graph/graph_kept.h"
#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* --- classes ------------------------------------------------------------------------ */

struct counted_class {
	uint32_t node;
	uint32_t type;        /* of its objects */
	char *module;         /* NULL: not known, or not asked */
	uint32_t module_type; /* of its objects in the view; GRAPH_NONE */
};

/* The classes of one generation that have objects. */
struct counted_classes {
	struct analysis *a;
	const uint32_t *owner;
	struct counted_class *class; /* ascending by type, node */
	size_t count, cap;
	struct labels *labels; /* NULL: the dump has none */
	struct db_stmt *text;  /* name and value of the object at ?1 */
	bool reading;          /* many small queries: see db_read_begin() */
	char **module;         /* the names of all modules, ascending; without labels */
	size_t modules, modules_cap;
};

/* Copies the name or the value of a node; NULL when it has none. */
static bool counted_text(struct counted_classes *c, uint32_t node, int column,
	char **text, struct error *err)
{
	*text = NULL;
	db_reset(c->text);
	if (!db_bind(c->text, 1, cell_integer(c->a->g->address[node]), err))
		return false;
	int row = db_step(c->text, err);
	struct cell cell = row == 1 ? db_column(c->text, column) : cell_null();
	if (cell.type == CELL_TEXT && cell.text != NULL &&
		(*text = strndup(cell.text, cell.len)) == NULL)
		row = error_nomem(err) ? 1 : -1;
	db_reset(c->text);
	return row >= 0;
}

static int counted_compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int counted_compare_classes(const void *a, const void *b)
{
	const struct counted_class *x = a, *y = b;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Finds the module of a class: its `__module__` where labels say which it is; where they
 * don't, a text that is the name of a module, if no other is. */
static bool counted_find_module(
	struct counted_classes *c, struct counted_class *class, struct error *err)
{
	const struct graph *g = c->a->g;
	const struct objects *o = c->a->objects;
	size_t n, texts;
	const uint32_t *child = graph_children(g, class->node, &n);
	uint32_t dict = GRAPH_NONE;
	for (size_t i = 0; i < n; i++)
		if (c->owner[child[i]] == class->node && child[i] != class->node)
			dict = child[i];
	if (dict == GRAPH_NONE)
		return true;
	const uint32_t *text = graph_children(g, dict, &texts);
	struct home home = { 0 };
	bool named = false;
	for (size_t i = 0; i < texts && !named; i++) {
		struct label label = { .text = "?" };
		char *found = NULL;
		if (strcmp(objects_type(o, text[i]), "str") != 0)
			continue;
		/* The class may have the text under more names than one. */
		for (size_t nth = 0; c->labels != NULL && label.text[0] != '\0' && !named;
			nth++) {
			if (!labels_find(c->labels, g->address[dict], g->address[text[i]],
				    nth, true, &label, err))
				return false;
			named = strcmp(label.text, ".__module__") == 0;
		}
		if (c->labels != NULL && !named)
			continue;
		if (!counted_text(c, text[i], 1, &found, err))
			return false;
		char **module =
			found == NULL || c->modules == 0
				? NULL
				: bsearch(&found, c->module, c->modules,
					  sizeof *c->module, counted_compare_texts);
		if (named) {
			class->module = found;
			return true;
		}
		free(found);
		if (module != NULL)
			home_note(&home, text[i], (uint64_t)(module - c->module));
	}
	return !home_is_known(&home) ||
	       counted_text(c, home.text, 1, &class->module, err);
}

/* Reads the names of all modules. */
static bool counted_read_modules(
	struct counted_classes *c, const enum type_kind *kind, struct error *err)
{
	const struct objects *o = c->a->objects;
	for (uint32_t i = 0; i < o->nodes; i++) {
		char *name = NULL;
		if (kind[o->type[i]] != KIND_MODULE)
			continue;
		if (!counted_text(c, i, 0, &name, err))
			return false;
		if (!array_reserve(&c->module, &c->modules_cap, c->modules + 1,
			    sizeof *c->module)) {
			free(name);
			return error_nomem(err);
		}
		if (name != NULL)
			c->module[c->modules++] = name;
	}
	if (c->modules > 0)
		qsort(c->module, c->modules, sizeof *c->module, counted_compare_texts);
	return true;
}

/* Lists the classes of `a`.  What bears a name and is of a type that is none of the known
 * ones is a class, too: `class ModelBase(type)`. */
static bool counted_classes_init(
	struct counted_classes *c, struct analysis *a, struct error *err)
{
	enum { NOT_ASKED, IS_CLASS, IS_OTHER };
	char obj[GENERATION_TABLE_MAX];
	const struct objects *o = a->objects;
	bool labelled;
	*c = (struct counted_classes){ .a = a };
	c->owner = attributes_owner(a, err);
	if (c->owner == NULL || !db_read_begin(a->db, err))
		return false;
	c->reading = true;
	if (!notes_have_labels(a->db, a->generation, &labelled, err) ||
		(labelled &&
			(c->labels = labels_open(a->db, a->generation, err)) == NULL) ||
		!generation_table(a->db, "obj", a->generation, obj, err) ||
		!db_preparef(a->db, &c->text, err,
			"select cast(name as text), cast(value as text) from main.\"%w\""
			" where address = ?",
			obj))
		return false;
	enum type_kind *kind = objects_kinds(o, err);
	uint8_t *said = array_new_zeroed(o->types, sizeof *said);
	bool ok = kind != NULL && (said != NULL || error_nomem(err));
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		uint32_t type = o->type[i];
		char *name = NULL;
		if (kind[type] != KIND_CLASS && kind[type] != KIND_OBJECT)
			said[type] = IS_OTHER;
		if (said[type] == IS_OTHER)
			continue;
		ok = counted_text(c, i, 0, &name, err);
		if (said[type] == NOT_ASKED)
			said[type] = name != NULL || kind[type] == KIND_CLASS ? IS_CLASS
									      : IS_OTHER;
		uint32_t own = name == NULL ? GRAPH_NONE : objects_find_type(o, name);
		free(name);
		if (!ok || own == GRAPH_NONE)
			continue;
		ok = array_reserve(&c->class, &c->cap, c->count + 1, sizeof *c->class) ||
		     error_nomem(err);
		if (ok)
			c->class[c->count++] = (struct counted_class){
				.node = i, .type = own, .module_type = GRAPH_NONE
			};
	}
	if (ok && c->count > 0)
		qsort(c->class, c->count, sizeof *c->class, counted_compare_classes);
	/* Without labels a module is known by its name. */
	ok = ok && (labelled || counted_read_modules(c, kind, err));
	free(kind);
	free(said);
	return ok;
}

static void counted_classes_fini(struct counted_classes *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->class[i].module);
	for (size_t i = 0; i < c->modules; i++)
		free(c->module[i]);
	free(c->class);
	free(c->module);
	db_stmt_free(c->text);
	labels_close(c->labels);
	if (c->reading)
		db_read_end(c->a->db);
}

/* --- names of several classes ------------------------------------------------------- */

static bool counted_is_twin(const struct counted *c, const char *name)
{
	return c->twins > 0 && bsearch(&name, c->twin, c->twins, sizeof *c->twin,
				       counted_compare_texts) != NULL;
}

/* Adds each name that classes of different modules have in one generation. */
static bool counted_learn(struct counted *c, struct analysis *a, struct error *err)
{
	struct counted_classes all;
	bool ok = counted_classes_init(&all, a, err);
	for (size_t i = 0, end; ok && i < all.count; i = end) {
		bool differ = false;
		const char *name = a->objects->name[all.class[i].type], *module = NULL;
		for (end = i + 1; end < all.count; end++)
			if (all.class[end].type != all.class[i].type)
				break;
		if (end - i < 2 || counted_is_twin(c, name))
			continue;
		for (size_t k = i; ok && k < end && !differ; k++) {
			ok = counted_find_module(&all, &all.class[k], err);
			const char *found = all.class[k].module;
			differ = module != NULL && found != NULL &&
				 strcmp(module, found) != 0;
			module = found == NULL ? module : found;
		}
		if (!ok || !differ)
			continue;
		ok = array_reserve(&c->twin, &c->cap, c->twins + 1, sizeof *c->twin) &&
		     (c->twin[c->twins] = strdup(name)) != NULL;
		if (!ok) {
			error_nomem(err);
			break;
		}
		c->twins++;
		qsort(c->twin, c->twins, sizeof *c->twin, counted_compare_texts);
	}
	counted_classes_fini(&all);
	return ok;
}

bool counted_init(
	struct counted *c, struct db *db, const int64_t *num, size_t n, struct error *err)
{
	*c = (struct counted){ .folds = true };
	bool ok = true;
	for (size_t k = 0; ok && k < n; k++) {
		struct analysis *a = graph_kept_analysis(db, num[k], err);
		const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
		ok = o != NULL &&
		     (o->runtime != &runtime_cpython || counted_learn(c, a, err));
	}
	return ok;
}

void counted_fini(struct counted *c)
{
	for (size_t i = 0; i < c->twins; i++)
		free(c->twin[i]);
	free(c->twin);
	*c = (struct counted){ 0 };
}

/* --- one generation ----------------------------------------------------------------- */

struct counted_name {
	char *name;
	uint32_t type;
};

static int counted_compare_names(const void *a, const void *b)
{
	const struct counted_name *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order != 0 ? order : (x->type > y->type) - (x->type < y->type);
}

/* Appends a type to the view, which has room for it; false out of memory. */
static bool counted_add_type(struct counted_view *v, const char *name)
{
	char *made = strdup(name);
	if (made == NULL)
		return false;
	v->made[v->mades++] = v->name[v->objects.types++] = made;
	return true;
}

/* Gives objects of classes that share a name the types of their modules: appends those to
 * the view, and notes them in `all`. */
static bool counted_split(struct counted_view *v, const struct counted *c,
	struct counted_classes *all, struct error *err)
{
	const struct graph *g = all->a->g;
	const struct objects *o = all->a->objects;
	struct buffer name = BUFFER_INIT;
	uint32_t *class_of = array_new(g->nodes, sizeof *class_of);
	bool *split = array_new_zeroed(o->types, sizeof *split), ok = true;
	if (class_of == NULL || split == NULL)
		ok = error_nomem(err);
	for (uint32_t i = 0; ok && i < g->nodes; i++)
		class_of[i] = GRAPH_NONE;
	for (size_t i = 0; ok && i < all->count; i++) {
		struct counted_class *class = &all->class[i];
		if (!counted_is_twin(c, o->name[class->type]))
			continue;
		ok = counted_find_module(all, class, err);
		if (!ok || class->module == NULL)
			continue;
		buffer_clear(&name);
		buffer_printf(&name, "%s (%s)", o->name[class->type], class->module);
		uint32_t type = o->types;
		while (type < v->objects.types &&
			strcmp(v->name[type], buffer_text(&name)) != 0)
			type++;
		if (type == v->objects.types)
			ok = (!name.failed && counted_add_type(v, buffer_text(&name))) ||
			     error_nomem(err);
		class->module_type = type;
		class_of[class->node] = (uint32_t)i;
		split[class->type] = true;
	}
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		size_t n;
		const uint32_t *child =
			split[o->type[i]] ? graph_children(g, i, &n) : NULL;
		for (size_t k = 0; child != NULL && k < n; k++) {
			uint32_t class = class_of[child[k]];
			if (class != GRAPH_NONE && all->class[class].type == o->type[i])
				v->type[i] = all->class[class].module_type;
		}
	}
	buffer_fini(&name);
	free(class_of);
	free(split);
	return ok;
}

/* Numbers the types by their names, as struct objects does: those of the dump are in that
 * order, and what was made goes between them, behind equal names. */
static bool counted_sort_types(struct counted_view *v, const struct objects *o)
{
	uint32_t types = v->objects.types, at = 0, next = 0;
	struct counted_name *made = array_new(v->mades, sizeof *made);
	char **name = array_new(types, sizeof *name);
	uint32_t *place = array_new(types, sizeof *place);
	if (made == NULL || name == NULL || place == NULL) {
		free(made);
		free(name);
		free(place);
		return false;
	}
	assert(types == o->types + v->mades);
	for (uint32_t i = 0; i < v->mades; i++)
		made[i] = (struct counted_name){ v->made[i], o->types + i };
	qsort(made, v->mades, sizeof *made, counted_compare_names);
	for (uint32_t i = 0; i <= o->types; i++) {
		while (next < v->mades &&
			(i == o->types || strcmp(made[next].name, o->name[i]) < 0)) {
			place[made[next].type] = at;
			name[at++] = made[next++].name;
		}
		if (i == o->types)
			break;
		place[i] = at;
		name[at++] = o->name[i];
	}
	assert(at == types);
	for (uint32_t i = 0; i < o->nodes; i++)
		v->type[i] = place[v->type[i]];
	v->part = place[v->part];
	free(v->name);
	v->name = name;
	free(made);
	free(place);
	return true;
}

bool counted_view_init(struct counted_view *v, const struct counted *c,
	struct analysis *a, struct error *err)
{
	*v = (struct counted_view){ .part = GRAPH_NONE };
	const struct objects *o = analysis_objects(a, err);
	if (o == NULL)
		return false;
	v->objects = *o;
	if (!c->folds || o->runtime != &runtime_cpython)
		return true;
	struct counted_classes all = { 0 };
	bool ok = c->twins == 0 || counted_classes_init(&all, a, err);
	v->owner = ok ? attributes_owner(a, err) : NULL;
	v->size = array_new(o->nodes, sizeof *v->size);
	v->type = array_new(o->nodes, sizeof *v->type);
	v->name = array_new((size_t)o->types + all.count + 1, sizeof *v->name);
	v->made = array_new(all.count + 1, sizeof *v->made);
	if (ok && (v->size == NULL || v->type == NULL || v->name == NULL ||
			  v->made == NULL))
		ok = error_nomem(err);
	ok = ok && v->owner != NULL;
	if (ok) {
		/* A heap without objects has no types. */
		if (o->types > 0)
			memcpy(v->name, o->name, o->types * sizeof *v->name);
		memcpy(v->size, o->size, o->nodes * sizeof *v->size);
		memcpy(v->type, o->type, o->nodes * sizeof *v->type);
		ok = c->twins == 0 || counted_split(v, c, &all, err);
	}
	if (ok) {
		v->part = v->objects.types;
		ok = counted_add_type(v, "dict") || error_nomem(err);
	}
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		uint32_t owner = v->owner[i];
		if (owner == i)
			continue;
		assert(v->owner[owner] == owner);
		v->size[owner] = saturate_add(v->size[owner], v->size[i]);
		v->size[i] = 0;
		v->type[i] = v->part;
	}
	ok = ok && (counted_sort_types(v, o) || error_nomem(err));
	counted_classes_fini(&all);
	v->objects.size = v->size;
	v->objects.type = v->type;
	v->objects.name = v->name;
	return ok;
}

void counted_view_fini(struct counted_view *v)
{
	for (uint32_t i = 0; i < v->mades; i++)
		free(v->made[i]);
	free(v->made);
	free(v->name);
	free(v->size);
	free(v->type);
	*v = (struct counted_view){ 0 };
}
