/* SPDX-License-Identifier: MIT */
#include "explain/name_origin.h"

#include "base/array.h"
#include "base/search.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Texts longer than this are cut in a meliae dump. */
enum { NAME_TEXT_WHOLE = 100 };

struct name_search {
	struct name_origins *o;
	struct name_costs *c;
	const struct graph *g;
	struct db_stmt *value; /* the text of the object at ?1 */
	uint32_t text_type, text_type_2;
	uint32_t spec_type; /* of the objects that say how a module was found, in Python 3
			     */
};

/* --- finding ----------------------------------------------------------------------- */

/* All three kinds of items begin with their node. */
static int name_node_compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static uint32_t name_find(const void *items, size_t count, size_t size, uint32_t node)
{
	const char *found =
		count == 0 ? NULL : bsearch(&node, items, count, size, name_node_compare);
	return found == NULL ? GRAPH_NONE
			     : (uint32_t)((size_t)(found - (const char *)items) / size);
}

uint32_t name_origins_module(const struct name_origins *o, uint32_t node)
{
	return name_find(o->module, o->module_count, sizeof *o->module, node);
}

uint32_t name_origins_class(const struct name_origins *o, uint32_t node)
{
	return name_find(o->class, o->class_count, sizeof *o->class, node);
}

uint32_t name_origins_dict(const struct name_origins *o, uint32_t node)
{
	uint32_t at = name_find(o->dict, o->dict_count, sizeof *o->dict, node);
	return at == GRAPH_NONE ? GRAPH_NONE : o->dict[at].module;
}

uint32_t name_origins_home(
	const struct name_origins *o, const struct name_costs *c, uint32_t node)
{
	size_t n;
	const uint32_t *child = graph_children(c->g, node, &n);
	enum name_kind kind = name_costs_kind(c, node);
	if (kind == NAME_KIND_CLASS) {
		uint32_t class = name_origins_class(o, node);
		return class == GRAPH_NONE ? GRAPH_NONE : o->class[class].module;
	}
	/* A container of no class of its own belongs to nobody. */
	bool globals = kind == NAME_KIND_FUNCTION;
	if (!globals && kind != NAME_KIND_OTHER)
		return GRAPH_NONE;
	uint32_t builtins = GRAPH_NONE; /* functions refer to it from Python 3.10 on */
	for (size_t i = 0; i < n; i++) {
		uint32_t module = GRAPH_NONE;
		if (globals && name_costs_kind(c, child[i]) == NAME_KIND_DICT)
			module = name_origins_dict(o, child[i]);
		if (!globals && name_costs_kind(c, child[i]) == NAME_KIND_CLASS)
			module = name_origins_home(o, c, child[i]);
		if (module == GRAPH_NONE)
			continue;
		if (strcmp(o->module[module].name, "builtins") != 0)
			return module;
		builtins = module;
	}
	return builtins;
}

/* The module of that name at the lowest address, or GRAPH_NONE. */
static uint32_t name_origins_named(const struct name_origins *o, const char *name)
{
	size_t at;
	SEARCH_FIRST(
		at, o->module_count, strcmp(o->module[o->by_name[at]].name, name) >= 0);
	return at < o->module_count && strcmp(o->module[o->by_name[at]].name, name) == 0
		       ? o->by_name[at]
		       : GRAPH_NONE;
}

/* Functions have names too, which are not theirs alone. */
static bool name_origins_read(
	struct name_search *s, struct analysis *a, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	if (!generation_table(a->db, "obj", a->generation, obj, err) ||
		!db_preparef(a->db, &stmt, err,
			"select address, cast(name as text) from main.\"%w\" where name "
			"is "
			"not "
			"null and type <> 'function' order by address",
			obj))
		return false;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		struct cell name = db_column(stmt, 1);
		uint32_t node = graph_find_node(s->g, db_column_integer(stmt, 0));
		if (node == GRAPH_NONE || name.text == NULL)
			continue;
		/* An object with a name that is neither function nor module is a class,
		 * also when its own class is none of those known. */
		uint8_t *kind = &s->c->kind[s->c->o->type[node]];
		bool cpython = s->c->o->runtime == &runtime_cpython;
		if (cpython && *kind == NAME_KIND_OTHER)
			*kind = NAME_KIND_CLASS;
		bool module = *kind == NAME_KIND_MODULE;
		bool function = !cpython && *kind == NAME_KIND_FUNCTION;
		if (!module && !function && *kind != NAME_KIND_CLASS)
			continue;
		struct name_origins *o = s->o;
		char *copy = strndup(name.text, name.len);
		bool ok = module ? array_reserve(&o->module, &o->module_cap,
					   o->module_count + 1, sizeof *o->module)
				 : array_reserve(&o->class, &o->class_cap,
					   o->class_count + 1, sizeof *o->class);
		if (!ok || copy == NULL) {
			free(copy);
			error_nomem(err);
			row = -1;
			break;
		}
		if (module)
			o->module[o->module_count++] =
				(struct name_module){ .node = node, .name = copy };
		else
			o->class[o->class_count++] = (struct name_class){
				.node = node,
				.module = GRAPH_NONE,
				.name = copy,
				/* A singleton class has the name of another. */
				.whole = !cpython && !function &&
					 s->c->o->name[s->c->o->type[node]][0] != '(',
			};
	}
	db_stmt_free(stmt);
	return row == 0;
}

/* The dict of a module or class, or GRAPH_NONE. */
static uint32_t name_dict_of(const struct name_search *s, uint32_t node)
{
	for (uint32_t i = s->g->children.start[node]; i < s->g->children.start[node + 1];
		i++) {
		uint32_t child = s->g->children.node[i];
		if (name_costs_step(s->c, name_costs_kind(s->c, node),
			    name_costs_kind(s->c, child), i) == NAME_STEP_DICT)
			return child;
	}
	return GRAPH_NONE;
}

/* Copies the text of a node; `*text` is NULL when it has none. */
static bool name_read_text(
	struct name_search *s, uint32_t node, char **text, struct error *err)
{
	*text = NULL;
	db_reset(s->value);
	if (!db_bind(s->value, 1, cell_integer(s->g->address[node]), err))
		return false;
	int row = db_step(s->value, err);
	struct cell value = row == 1 ? db_column(s->value, 0) : cell_null();
	if (value.type == CELL_TEXT && value.text != NULL) {
		*text = strndup(value.text, value.len);
		if (*text == NULL)
			row = error_nomem(err) ? 1 : -1;
	}
	db_reset(s->value);
	return row >= 0;
}

static bool name_is_text(const struct name_search *s, uint32_t node)
{
	uint32_t type = s->c->o->type[node];
	return type == s->text_type || type == s->text_type_2;
}

/* --- owners ------------------------------------------------------------------------ */

static bool name_read_owner(
	struct name_search *s, struct name_module *m, uint32_t dict, struct error *err)
{
	char *text = NULL;
	uint32_t file =
		dict == GRAPH_NONE ? GRAPH_NONE : name_costs_text(s->c, dict, true);
	size_t n = 0;
	const uint32_t *child = file != GRAPH_NONE   ? &file
				: dict == GRAPH_NONE ? NULL
						     : graph_children(s->g, dict, &n);
	/* A module without a file is built in; but not when Python 3 does not know how it
	 * was found, or it is the one that was started: the program made it. */
	m->owner = s->spec_type == GRAPH_NONE ? NAME_LIBRARY : NAME_PROGRAM;
	size_t items = 0;
	const uint32_t *item =
		dict == GRAPH_NONE ? NULL : graph_children(s->g, dict, &items);
	for (size_t i = 0; i < items; i++)
		if (s->c->o->type[item[i]] == s->spec_type)
			m->owner = NAME_LIBRARY;
	if (strcmp(m->name, "__main__") == 0)
		m->owner = NAME_PROGRAM;
	n = file != GRAPH_NONE ? 1 : n;
	for (size_t i = 0; i < n; i++) {
		if (!name_is_text(s, child[i]))
			continue;
		if (!name_read_text(s, child[i], &text, err))
			return false;
		bool found = text != NULL;
		if (found && file == GRAPH_NONE) {
			/* Labels don't say which text is the file: it is a path to
			 * Python's code, or the beginning of one that was cut. */
			const char *dot = strrchr(text, '.');
			bool whole = dot != NULL && (strcmp(dot, ".py") == 0 ||
							    strcmp(dot, ".pyc") == 0 ||
							    strcmp(dot, ".so") == 0 ||
							    strcmp(dot, ".pyd") == 0);
			bool absolute =
				text[0] == '/' || (text[0] != '\0' && text[1] == ':');
			found = strpbrk(text, " \n") == NULL &&
				strpbrk(text, "/\\") != NULL &&
				(whole || (absolute && strlen(text) >= NAME_TEXT_WHOLE));
		}
		if (found)
			m->owner = home_owner(text);
		free(text);
		if (found)
			break;
	}
	return true;
}

/* --- which module defines a class -------------------------------------------------- */

/* `__module__` of a class where labels say which it is; where they don't, a text that is
 * the name of a module, if no other is. */
static bool name_read_module(
	struct name_search *s, struct name_class *class, struct error *err)
{
	uint32_t dict = name_dict_of(s, class->node);
	if (dict == GRAPH_NONE)
		return true;
	uint32_t text = name_costs_text(s->c, dict, false);
	if (text != GRAPH_NONE) {
		if (!name_read_text(s, text, &class->in, err))
			return false;
		class->module = class->in == NULL ? GRAPH_NONE
						  : name_origins_named(s->o, class->in);
		return true;
	}
	size_t n;
	struct home home = { 0 };
	const uint32_t *child = graph_children(s->g, dict, &n);
	for (size_t i = 0; s->c->step == NULL && i < n; i++) {
		char *name = NULL;
		if (!name_is_text(s, child[i]))
			continue;
		if (!name_read_text(s, child[i], &name, err))
			return false;
		uint32_t module =
			name == NULL ? GRAPH_NONE : name_origins_named(s->o, name);
		free(name);
		if (module != GRAPH_NONE)
			home_note(&home, child[i], module);
	}
	if (home_is_known(&home))
		class->module = (uint32_t)home.module;
	/* A function in the class has the globals of its module. */
	for (size_t i = 0; class->module == GRAPH_NONE && i < n; i++)
		if (name_costs_kind(s->c, child[i]) == NAME_KIND_FUNCTION)
			class->module = name_origins_home(s->o, s->c, child[i]);
	if (class->module != GRAPH_NONE) {
		class->in = strdup(s->o->module[class->module].name);
		return class->in != NULL || error_nomem(err);
	}
	return true;
}

/* --- putting it together ----------------------------------------------------------- */

/* A module on its way to its places in two orders. */
struct name_order {
	const struct name_module *module;
	uint32_t index;
};

static int name_compare_names(const void *a, const void *b)
{
	const struct name_module *x = ((const struct name_order *)a)->module;
	const struct name_module *y = ((const struct name_order *)b)->module;
	int order = strcmp(x->name, y->name);
	return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static int name_compare_ranks(const void *a, const void *b)
{
	const struct name_module *x = ((const struct name_order *)a)->module;
	const struct name_module *y = ((const struct name_order *)b)->module;
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return name_compare_names(a, b);
}

bool name_origins_init(struct name_origins *o, struct name_costs *c, struct analysis *a,
	struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct name_search s = { .o = o, .c = c, .g = c->g };
	s.text_type = objects_find_type(c->o, "str");
	s.text_type_2 = objects_find_type(c->o, "unicode");
	s.spec_type = objects_find_type(c->o, "ModuleSpec");
	bool ok = name_origins_read(&s, a, err) &&
		  generation_table(a->db, "obj", a->generation, obj, err) &&
		  db_preparef(a->db, &s.value, err,
			  "select value from main.\"%w\" where address = ?", obj);
	bool reading = ok && (ok = db_read_begin(a->db, err));
	struct name_order *order = NULL;
	if (ok) {
		o->by_name = array_new(o->module_count, sizeof *o->by_name);
		o->dict = array_new(o->module_count, sizeof *o->dict);
		order = array_new(o->module_count, sizeof *order);
		ok = (o->by_name != NULL && o->dict != NULL && order != NULL) ||
		     error_nomem(err);
	}
	for (uint32_t i = 0; ok && i < o->module_count; i++) {
		uint32_t dict = name_dict_of(&s, o->module[i].node);
		if (dict != GRAPH_NONE)
			o->dict[o->dict_count++] = (struct name_dict){ dict, i };
		ok = name_read_owner(&s, &o->module[i], dict, err);
		order[i] = (struct name_order){ &o->module[i], i };
	}
	assert(o->dict_count <= o->module_count);
	if (ok && o->module_count > 0) {
		qsort(o->dict, o->dict_count, sizeof *o->dict, name_node_compare);
		qsort(order, o->module_count, sizeof *order, name_compare_names);
		for (uint32_t i = 0; i < o->module_count; i++)
			o->by_name[i] = order[i].index;
		qsort(order, o->module_count, sizeof *order, name_compare_ranks);
		for (uint32_t i = 0; i < o->module_count; i++)
			o->module[order[i].index].rank = i;
	}
	free(order);
	for (size_t i = 0; ok && i < o->class_count; i++)
		ok = o->class[i].whole || name_read_module(&s, &o->class[i], err);
	if (reading)
		db_read_end(a->db);
	db_stmt_free(s.value);
	return ok;
}

void name_origins_fini(struct name_origins *o)
{
	for (size_t i = 0; i < o->module_count; i++)
		free(o->module[i].name);
	for (size_t i = 0; i < o->class_count; i++) {
		free(o->class[i].name);
		free(o->class[i].in);
	}
	free(o->module);
	free(o->class);
	free(o->dict);
	free(o->by_name);
	*o = (struct name_origins){ 0 };
}
