/* SPDX-License-Identifier: MIT */
#include "explain/name_cost.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/search.h"
#include "dump/dump.h"
#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const uint16_t name_step_cost[NAME_STEPS] = {
	[NAME_STEP_DICT] = 1,
	[NAME_STEP_NAME] = 10,
	[NAME_STEP_ITEM] = 20,
	[NAME_STEP_CLOSURE] = 40,
	[NAME_STEP_UNKNOWN] = 250,
	[NAME_STEP_HIDDEN] = NAME_COST_MAX,
};

static const struct name_kind_type {
	const char *type;
	enum name_kind kind;
} name_kind_types[] = {
	{ "dict", NAME_KIND_DICT },
	{ "OrderedDict", NAME_KIND_DICT },
	{ "collections.OrderedDict", NAME_KIND_DICT },
	{ "defaultdict", NAME_KIND_DICT },
	{ "collections.defaultdict", NAME_KIND_DICT },
	{ "Counter", NAME_KIND_DICT },
	{ "collections.Counter", NAME_KIND_DICT },
	{ "mappingproxy", NAME_KIND_DICT },
	{ "dictproxy", NAME_KIND_DICT },
	{ "list", NAME_KIND_SEQUENCE },
	{ "tuple", NAME_KIND_SEQUENCE },
	{ "collections.deque", NAME_KIND_SEQUENCE },
	{ "set", NAME_KIND_SET },
	{ "frozenset", NAME_KIND_SET },
	{ "module", NAME_KIND_MODULE },
	{ "type", NAME_KIND_CLASS },
	{ "classobj", NAME_KIND_CLASS },
	{ "ABCMeta", NAME_KIND_CLASS },
	{ "EnumMeta", NAME_KIND_CLASS },
	{ "EnumType", NAME_KIND_CLASS },
	{ "function", NAME_KIND_FUNCTION },
	{ "method", NAME_KIND_METHOD },
	{ "instancemethod", NAME_KIND_METHOD },
	{ "cell", NAME_KIND_CELL },
	{ "frame", NAME_KIND_FRAME },
};

/* What kind of step a label is. */
static enum name_step name_step_by_label(const char *label, size_t len)
{
	static const struct {
		const char *label;
		enum name_step step;
	} known[] = {
		{ ".__dict__", NAME_STEP_DICT },
		{ ".cell_contents", NAME_STEP_DICT },
		{ ".__closure__", NAME_STEP_DICT },
		{ ".__class__", NAME_STEP_HIDDEN },
		{ ".__globals__", NAME_STEP_HIDDEN },
		{ ".__builtins__", NAME_STEP_HIDDEN },
		{ "['__builtins__']", NAME_STEP_HIDDEN },
		{ ".__mro__", NAME_STEP_HIDDEN },
		{ ".__bases__", NAME_STEP_HIDDEN },
		{ ".__base__", NAME_STEP_HIDDEN },
		{ ".f_globals", NAME_STEP_HIDDEN },
		{ ".f_builtins", NAME_STEP_HIDDEN },
		{ ".f_back", NAME_STEP_HIDDEN },
		{ ".class", NAME_STEP_HIDDEN },
		{ "<super>", NAME_STEP_HIDDEN },
		{ "<map>", NAME_STEP_HIDDEN },
		{ ".__proto__", NAME_STEP_HIDDEN },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (len == strlen(known[i].label) &&
			memcmp(label, known[i].label, len) == 0)
			return known[i].step;
	if (len > 2 && label[0] == '[')
		return label[1] == '\'' || label[1] == '"' || label[1] == 'u'
			       ? NAME_STEP_NAME
			       : NAME_STEP_ITEM;
	if (len > 9 && memcmp(label, "<closure ", 9) == 0)
		return NAME_STEP_CLOSURE;
	return len > 5 && memcmp(label, "<key ", 5) == 0 ? NAME_STEP_UNKNOWN
	       : len > 0                                 ? NAME_STEP_NAME
							 : NAME_STEP_UNKNOWN;
}

/* --- labels of the dump ------------------------------------------------------------ */

/* A step, or that and what makes the text that it leads to worth remembering. */
enum { NAME_LABEL_STEP = 7, NAME_LABEL_MODULE = 8, NAME_LABEL_FILE = 16 };

/* A list of labels: its number in the database, and where its bytes in `said` begin. */
struct name_list {
	int64_t number;
	size_t start, count;
};

struct name_lists {
	struct name_list *list; /* by number */
	size_t count, cap;
	struct buffer said; /* a byte a label */
	struct buffer room;
};

static int name_list_compare(const void *a, const void *b)
{
	const struct name_list *x = a, *y = b;
	return (x->number > y->number) - (x->number < y->number);
}

static bool name_lists_load(
	struct name_lists *l, struct db *db, int64_t num, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = 0;
	if (!notes_list_labels(db, num, &stmt, err))
		return false;
	while (stmt != NULL && (row = db_step(stmt, err)) == 1) {
		struct cell labels = db_column(stmt, 1);
		struct name_list list = { .number = db_column_integer(stmt, 0),
			.start = l->said.len };
		bool any = labels.type == CELL_TEXT && labels.text != NULL;
		const char *at = labels.text, *end = any ? at + labels.len : at;
		struct dump_text label;
		while (any && dump_labels_next(&at, end, &l->room, &label)) {
			char said = (char)name_step_by_label(label.data, label.len);
			if (label.len == 14 &&
				memcmp(label.data, "['__module__']", 14) == 0)
				said |= NAME_LABEL_MODULE;
			if (label.len == 12 &&
				memcmp(label.data, "['__file__']", 12) == 0)
				said |= NAME_LABEL_FILE;
			buffer_put_char(&l->said, said);
		}
		list.count = l->said.len - list.start;
		if (l->said.failed || l->room.failed ||
			!array_reserve(
				&l->list, &l->cap, l->count + 1, sizeof *l->list)) {
			error_nomem(err);
			row = -1;
			break;
		}
		l->list[l->count++] = list;
	}
	db_stmt_free(stmt);
	if (l->count > 0)
		qsort(l->list, l->count, sizeof *l->list, name_list_compare);
	return row == 0;
}

/* References come in the order of the dump, whatever the order of their parents. */
static bool name_costs_walk(struct name_costs *c, const struct name_lists *l,
	const uint32_t *list_of, struct db_stmt *stmt, struct error *err)
{
	const struct graph *g = c->g;
	uint32_t *seen = array_new_zeroed(g->nodes, sizeof *seen);
	int64_t last = 0;
	uint32_t parent = GRAPH_NONE;
	int row = seen != NULL || error_nomem(err) ? 0 : -1;
	while (row == 0 && (row = db_step(stmt, err)) == 1) {
		int64_t from = db_column_integer(stmt, 0);
		row = 0;
		if (from != last)
			parent = graph_find_node(g, from);
		last = from;
		if (parent == GRAPH_NONE || from == 0 || list_of[parent] == GRAPH_NONE)
			continue;
		const struct name_list *list = &l->list[list_of[parent]];
		uint32_t place = seen[parent]++;
		uint32_t child = graph_find_node(g, db_column_integer(stmt, 1));
		if (child == GRAPH_NONE || place >= list->count)
			continue;
		assert(list->start + place < l->said.len);
		unsigned said = (unsigned char)l->said.data[list->start + place];
		uint32_t at = graph_find_neighbour(&g->children, parent, child);
		if (at != GRAPH_NONE && c->step[at] > (said & NAME_LABEL_STEP))
			c->step[at] = said & NAME_LABEL_STEP;
		if (said <= NAME_LABEL_STEP)
			continue;
		if (!array_reserve(
			    &c->text, &c->text_cap, c->text_count + 1, sizeof *c->text)) {
			error_nomem(err);
			row = -1;
			break;
		}
		c->text[c->text_count++] = (struct name_text){ parent, child,
			(said & NAME_LABEL_FILE) != 0 };
	}
	free(seen);
	return row == 0;
}

static int name_text_compare(const void *a, const void *b)
{
	const struct name_text *x = a, *y = b;
	if (x->dict != y->dict)
		return x->dict < y->dict ? -1 : 1;
	if (x->is_file != y->is_file)
		return x->is_file ? 1 : -1;
	return (x->text > y->text) - (x->text < y->text);
}

/* --- costs ------------------------------------------------------------------------- */

/* The dump gave a reference no label: the kinds of both objects say something. */
static enum name_step name_step_by_kinds(enum name_kind parent, enum name_kind child)
{
	switch (parent) {
	case NAME_KIND_DICT:
		return NAME_STEP_NAME;
	case NAME_KIND_SEQUENCE:
		return child == NAME_KIND_CELL ? NAME_STEP_CLOSURE : NAME_STEP_ITEM;
	case NAME_KIND_MODULE:
	case NAME_KIND_CLASS:
		return child == NAME_KIND_DICT ? NAME_STEP_DICT : NAME_STEP_HIDDEN;
	case NAME_KIND_FUNCTION:
		return child == NAME_KIND_DICT       ? NAME_STEP_HIDDEN
		       : child == NAME_KIND_SEQUENCE ? NAME_STEP_NAME
						     : NAME_STEP_UNKNOWN;
	case NAME_KIND_METHOD:
		return NAME_STEP_NAME;
	case NAME_KIND_CELL:
		return NAME_STEP_DICT;
	case NAME_KIND_PART:
		return NAME_STEP_ITEM;
	case NAME_KIND_FRAME:
		return NAME_STEP_CLOSURE;
	default:
		return child == NAME_KIND_DICT    ? NAME_STEP_DICT
		       : child == NAME_KIND_CLASS ? NAME_STEP_HIDDEN
						  : NAME_STEP_UNKNOWN;
	}
}

bool name_costs_init(struct name_costs *c, struct analysis *a, struct error *err)
{
	for (unsigned parent = 0; parent < NAME_KINDS; parent++)
		for (unsigned child = 0; child < NAME_KINDS; child++)
			c->guess[parent][child] = (uint8_t)name_step_by_kinds(
				(enum name_kind)parent, (enum name_kind)child);
	c->g = a->g;
	c->o = analysis_objects(a, err);
	if (c->o == NULL)
		return false;
	c->kind = array_new_zeroed(c->o->types, sizeof *c->kind);
	if (c->kind == NULL)
		return error_nomem(err);
	bool cpython = c->o->runtime == &runtime_cpython;
	for (size_t i = 0;
		cpython && i < sizeof name_kind_types / sizeof *name_kind_types; i++) {
		uint32_t type = objects_find_type(c->o, name_kind_types[i].type);
		if (type != GRAPH_NONE)
			c->kind[type] = (uint8_t)name_kind_types[i].kind;
	}
	/* Elsewhere classes and modules are found by what the runtime's table says. */
	static const uint8_t kinds[KINDS] = {
		[KIND_CLASS] = NAME_KIND_CLASS,
		[KIND_MODULE] = NAME_KIND_CLASS,
		[KIND_FUNCTION] = NAME_KIND_FUNCTION,
		[KIND_BLOCK] = NAME_KIND_PART,
	};
	for (uint32_t i = 0; !cpython && i < c->o->types; i++) {
		const char *type = c->o->name[i];
		c->kind[i] = kinds[runtime_kind(c->o->runtime, type, strlen(type))];
	}
	struct name_lists lists = { 0 };
	struct db_stmt *parents = NULL, *refs = NULL;
	uint32_t *list_of = NULL;
	char ref[GENERATION_TABLE_MAX];
	bool ok = name_lists_load(&lists, a->db, a->generation, err);
	if (!ok || lists.count == 0)
		goto out;
	list_of = array_new(c->g->nodes, sizeof *list_of);
	c->step = array_new(c->g->references, sizeof *c->step);
	ok = (list_of != NULL && c->step != NULL) || error_nomem(err);
	if (!ok)
		goto out;
	memset(c->step, NAME_STEPS, c->g->references);
	/* Which list each node's references have; GRAPH_NONE for none. */
	memset(list_of, 0xff, c->g->nodes * sizeof *list_of);
	int row = notes_list_parents(a->db, a->generation, &parents, err) ? 1 : -1;
	while (row == 1 && (row = db_step(parents, err)) == 1) {
		uint32_t node = graph_find_node(c->g, db_column_integer(parents, 0));
		const struct name_list wanted = { .number =
							  db_column_integer(parents, 1) };
		const struct name_list *found = bsearch(&wanted, lists.list, lists.count,
			sizeof *lists.list, name_list_compare);
		if (node != GRAPH_NONE && found != NULL)
			list_of[node] = (uint32_t)(found - lists.list);
	}
	ok = row == 0 && generation_table(a->db, "ref", a->generation, ref, err) &&
	     db_preparef(a->db, &refs, err,
		     "select parent, child from main.\"%w\" not indexed order by rowid",
		     ref) &&
	     name_costs_walk(c, &lists, list_of, refs, err);
	if (ok && c->text_count > 0)
		qsort(c->text, c->text_count, sizeof *c->text, name_text_compare);
out:
	db_stmt_free(parents);
	db_stmt_free(refs);
	free(list_of);
	free(lists.list);
	buffer_fini(&lists.said);
	buffer_fini(&lists.room);
	return ok;
}

void name_costs_fini(struct name_costs *c)
{
	free(c->kind);
	free(c->step);
	free(c->text);
	*c = (struct name_costs){ 0 };
}

uint32_t name_costs_text(const struct name_costs *c, uint32_t dict, bool file)
{
	size_t at;
	const struct name_text wanted = { .dict = dict, .is_file = file };
	SEARCH_FIRST(at, c->text_count, name_text_compare(&c->text[at], &wanted) >= 0);
	assert(at == c->text_count || c->text[at].dict >= dict);
	return at < c->text_count && c->text[at].dict == dict &&
			       c->text[at].is_file == file
		       ? c->text[at].text
		       : GRAPH_NONE;
}
