/* SPDX-License-Identifier: MIT */
#include "compare/leaks.h"

#include "base/array.h"
#include "compare/leaks_module.h"
#include "store/db.h"
#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

/* Types that say nothing of the program, in ascending order. */
static const char *const building_blocks[] = {
	"NoneType",
	"bool",
	"builtin_function_or_method",
	"bytearray",
	"bytes",
	"cell",
	"classmethod",
	"classobj",
	"code",
	"collections.OrderedDict",
	"collections.defaultdict",
	"collections.deque",
	"complex",
	"dict",
	"dictproxy",
	"float",
	"frame",
	"frozenset",
	"function",
	"functools.partial",
	"generator",
	"getset_descriptor",
	"instance",
	"instancemethod",
	"int",
	"list",
	"long",
	"mappingproxy",
	"member_descriptor",
	"method",
	"method-wrapper",
	"method_descriptor",
	"module",
	"property",
	"range",
	"set",
	"slice",
	"staticmethod",
	"str",
	"tuple",
	"type",
	"unicode",
	"weakref",
	"wrapper_descriptor",
	"xrange",
};

static int leaks_compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool leaks_is_building_block(const char *type)
{
	return bsearch(&type, building_blocks,
		       sizeof building_blocks / sizeof *building_blocks,
		       sizeof *building_blocks, leaks_compare_names) != NULL;
}

/* --- growing types ------------------------------------------------------------------ */

/* The types of which the last generation has more than the first, ascending. */
struct leak_types {
	char **name;
	size_t count, cap;
	int64_t bytes; /* of the last generation */
};

static void leak_types_fini(struct leak_types *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->name[i]);
	free(t->name);
}

static bool leak_types_want(void *context, const char *type)
{
	const struct leak_types *t = context;
	return t->count > 0 && bsearch(&type, t->name, t->count, sizeof *t->name,
				       leaks_compare_names) != NULL;
}

static bool leak_types_load(struct leak_types *t, struct db *db, int64_t first,
	int64_t last, struct error *err)
{
	char before[GENERATION_TABLE_MAX], after[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok = generation_table(db, "obj", first, before, err) &&
		  generation_table(db, "obj", last, after, err) &&
		  db_integer(db, &t->bytes, 0, err,
			  "select cast(total(max(size, 0)) as int) from \"%w\"", after) &&
		  db_preparef(db, &stmt, err,
			  "select coalesce(type, '') as t from"
			  " (select type, 1 as n from \"%w\""
			  "  union all select type, -1 from \"%w\")"
			  " group by t having sum(n) > 0 order by t",
			  after, before);
	int row = 0;
	while (ok && (row = db_step(stmt, err)) == 1) {
		struct cell type = db_column(stmt, 0);
		ok = array_reserve(&t->name, &t->cap, t->count + 1, sizeof *t->name) &&
		     (t->name[t->count] = strndup(type.text, type.len)) != NULL;
		if (ok)
			t->count++;
		else
			error_nomem(err);
	}
	db_stmt_free(stmt);
	return ok && row == 0;
}

/* --- accumulations ------------------------------------------------------------------ */

/* Is it where code keeps its names: the dict of a module or a class? */
static bool leaks_is_namespace(const struct growth_tree *t, uint32_t i)
{
	static const char *const owners[] = { "module", "type", "classobj" };
	for (int up = 0; up < 2 && i != GRAPH_NONE; up++, i = t->node[i].parent) {
		for (size_t k = 0; k < sizeof owners / sizeof *owners; k++)
			if (strcmp(t->node[i].type, owners[k]) == 0)
				return true;
		if (strcmp(t->node[i].type, "dict") != 0)
			return false;
	}
	return false;
}

/* Do the objects in a place grow in number, and what holds them does not? */
static bool leaks_accumulates(const struct growth_tree *t, uint32_t i)
{
	uint32_t parent = t->node[i].parent;
	int64_t growth = growth_net(t, growth_objects(t, i));
	if (growth <= 0)
		return false;
	return parent == GRAPH_NONE ||
	       growth_net(t, growth_objects(t, parent)) * 2 < growth;
}

/* Is it by itself that there are more objects in place `i`, below place `over`?  They
 * follow `over` when each object there holds as many as before.  Of places that became
 * many times more all follows. */
static bool leaks_grows_alone(const struct growth_tree *t, uint32_t i, uint32_t over,
	const struct leak_limits *limits)
{
	int64_t more = growth_net(t, growth_objects(t, over));
	int64_t before = growth_objects(t, over)[0];
	if (before == 0 || (more >= limits->count && more * 2 >= before))
		return false;
	double followed = (double)growth_objects(t, i)[0] * (double)more / (double)before;
	return followed * 2 <= (double)growth_net(t, growth_objects(t, i));
}

static bool leaks_is_large(const struct growth_tree *t, uint32_t i, int64_t bytes,
	const struct leak_limits *limits, int64_t heap)
{
	return bytes >= limits->bytes &&
	       (growth_net(t, growth_objects(t, i)) >= limits->count ||
		       (bytes >= LEAK_SHARE_LEAST &&
			       (double)bytes * 100 >= limits->share * (double)heap));
}

/* What a walk over the tree knows of each place. */
struct leak_place {
	uint32_t over; /* the accumulation that it belongs to; GRAPH_NONE */
	uint32_t name; /* of an accumulation: the place that names it */
	int64_t bytes; /* growth of what belongs to it */
	bool alone;    /* an accumulation that does not follow the one above */
};

/* Finds the accumulations, and takes their bytes from those above that they don't follow.
 * Parents come first. */
static void leaks_find_alone(const struct growth_tree *t, struct leak_place *place,
	const struct leak_limits *limits)
{
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t parent = t->node[i].parent;
		uint32_t over = parent == GRAPH_NONE ? GRAPH_NONE : place[parent].over;
		place[i].bytes = growth_net(t, growth_bytes(t, i));
		place[i].alone =
			leaks_accumulates(t, i) &&
			(over == GRAPH_NONE || leaks_grows_alone(t, i, over, limits));
		place[i].over = place[i].alone ? i : over;
		if (place[i].alone && over != GRAPH_NONE)
			place[over].bytes -= place[i].bytes;
	}
}

/* Leaves those that are large; the others go to the one above, and what follows one that
 * is small is looked at by itself. */
static void leaks_find_large(const struct growth_tree *t, struct leak_place *place,
	const struct leak_limits *limits, int64_t heap)
{
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t parent = t->node[i].parent;
		uint32_t over = parent == GRAPH_NONE ? GRAPH_NONE : place[parent].over;
		bool wanted =
			place[i].alone || (over == GRAPH_NONE && leaks_accumulates(t, i));
		if (wanted && leaks_is_large(t, i, place[i].bytes, limits, heap))
			over = i;
		else if (place[i].alone && over != GRAPH_NONE)
			place[over].bytes += place[i].bytes;
		place[i].over = over;
	}
}

/* Is `i` a better name than `best` for what they belong to? */
static bool leaks_names_better(const struct growth_tree *t, uint32_t i, uint32_t best)
{
	if (best == GRAPH_NONE || t->node[i].depth != t->node[best].depth)
		return best == GRAPH_NONE || t->node[i].depth < t->node[best].depth;
	return growth_net(t, growth_bytes(t, i)) > growth_net(t, growth_bytes(t, best));
}

/* The name of an accumulation is the place nearest to it whose objects grow with it and
 * are of a class. */
static void leaks_find_names(const struct growth_tree *t, struct leak_place *place)
{
	for (uint32_t i = 0; i < t->count; i++)
		place[i].name = GRAPH_NONE;
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t over = place[i].over;
		if (over == GRAPH_NONE || leaks_is_building_block(t->node[i].type) ||
			growth_net(t, growth_objects(t, i)) * 2 <
				growth_net(t, growth_objects(t, over)))
			continue;
		if (leaks_names_better(t, i, place[over].name))
			place[over].name = i;
	}
}

static bool leaks_put(struct leak_list *l, uint32_t place, uint32_t named, int64_t bytes,
	struct error *err)
{
	const struct growth_tree *t = l->tree;
	struct buffer signature = BUFFER_INIT;
	enum trend trend = trend_judge(growth_objects(t, named), t->generations);
	if (!trend_is_leak(trend, t->generations))
		return true;
	growth_signature(t, named, &signature);
	struct leak leak = { .place = place,
		.named = named,
		.signature = buffer_take(&signature),
		.trend = trend,
		.growth = growth_net(t, growth_objects(t, named)),
		.bytes = bytes,
		.example = t->node[named].first };
	if (leak.signature == NULL ||
		!array_reserve(&l->items, &l->cap, l->count + 1, sizeof *l->items)) {
		free(leak.signature);
		return error_nomem(err);
	}
	l->items[l->count++] = leak;
	return true;
}

/* O(places). */
static bool leaks_walk(struct leak_list *l, const struct leak_limits *limits,
	int64_t heap, struct error *err)
{
	const struct growth_tree *t = l->tree;
	struct leak_place *place = array_new(t->count, sizeof *place);
	bool ok = place != NULL || error_nomem(err);
	if (ok) {
		leaks_find_alone(t, place, limits);
		leaks_find_large(t, place, limits, heap);
		leaks_find_names(t, place);
	}
	for (uint32_t i = 0; ok && i < t->count; i++) {
		uint32_t parent = t->node[i].parent;
		if (place[i].over != i)
			continue;
		uint32_t named = place[i].name == GRAPH_NONE ? i : place[i].name;
		if (parent == GRAPH_NONE || !leaks_is_namespace(t, parent) ||
			!leaks_is_building_block(t->node[named].type))
			ok = leaks_put(l, i, named, place[i].bytes, err);
	}
	free(place);
	return ok;
}

/* --- the list ----------------------------------------------------------------------- */

static int leaks_compare(const void *a, const void *b)
{
	const struct leak *x = a, *y = b;
	if (x->library != y->library)
		return x->library ? 1 : -1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	if (x->growth != y->growth)
		return x->growth > y->growth ? -1 : 1;
	return strcmp(x->signature, y->signature);
}

static bool leaks_find_modules(
	struct leak_list *l, struct db *db, int64_t num, struct error *err)
{
	if (l->count == 0)
		return true;
	struct leaks_modules *m = leaks_modules_open(db, num, err);
	bool ok = m != NULL;
	for (size_t i = 0; ok && i < l->count; i++)
		ok = leaks_modules_find(m, leak_class(l, &l->items[i]),
			&l->items[i].module, &l->items[i].library, err);
	leaks_modules_close(m);
	return ok;
}

bool leaks_find(struct leak_list *l, struct db *db, const int64_t *num, size_t n,
	const struct leak_limits *limits, struct error *err)
{
	struct leak_types types = { 0 };
	struct growth_query q = {
		.num = num, .generations = n, .wants = leak_types_want, .context = &types
	};
	*l = (struct leak_list){ 0 };
	bool ok = leak_types_load(&types, db, num[0], num[n - 1], err) &&
		  (l->tree = growth_tree_new(db, &q, err)) != NULL &&
		  leaks_walk(l, limits, types.bytes, err);
	leak_types_fini(&types);
	ok = ok && leaks_find_modules(l, db, num[n - 1], err);
	if (ok && l->count > 0)
		qsort(l->items, l->count, sizeof *l->items, leaks_compare);
	return ok;
}

void leak_list_fini(struct leak_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->items[i].signature);
		free(l->items[i].module);
	}
	free(l->items);
	growth_tree_free(l->tree);
	*l = (struct leak_list){ 0 };
}

const char *leak_class(const struct leak_list *l, const struct leak *leak)
{
	return l->tree->node[leak->named].type;
}
