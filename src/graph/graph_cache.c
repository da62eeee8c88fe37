/* SPDX-License-Identifier: MIT */
#include "graph/graph_cache.h"

#include "base/array.h"
#include "base/bits.h"
#include "graph/graph_kept.h"
#include "store/blob_cache.h"

#include <string.h>

enum {
	CACHE_COUNTS,
	CACHE_ADDRESSES,
	CACHE_STARTS,
	CACHE_CHILDREN,
	CACHE_ROOTS,
	CACHE_ORPHANS,
	CACHE_GRAPH_PARTS
};

enum { CACHE_SIZES, CACHE_TYPES, CACHE_NAMES, CACHE_OBJECT_PARTS };

/* The parts of a graph that are not arrays. */
struct graph_counts {
	uint32_t nodes, references, root_count, spare;
	uint64_t dangling, orphaned;
};

static void graph_cache_parts(struct blob_part part[CACHE_GRAPH_PARTS])
{
	static const char *const names[CACHE_GRAPH_PARTS] = { "counts", "addresses",
		"starts", "children", "roots", "orphans" };
	for (size_t i = 0; i < CACHE_GRAPH_PARTS; i++)
		part[i] = (struct blob_part){ .name = names[i] };
}

static void graph_cache_save(struct db *db, int64_t num, const struct graph *g)
{
	struct graph_counts counts = { g->nodes, g->references, g->root_count, 0,
		g->dangling, g->orphaned };
	struct blob_part part[CACHE_GRAPH_PARTS];
	size_t n = g->nodes;
	graph_cache_parts(part);
	part[CACHE_COUNTS].data = &counts;
	part[CACHE_COUNTS].size = sizeof counts;
	part[CACHE_ADDRESSES].data = g->address;
	part[CACHE_ADDRESSES].size = n * sizeof *g->address;
	part[CACHE_STARTS].data = g->children.start;
	part[CACHE_STARTS].size = (n + 1) * sizeof *g->children.start;
	part[CACHE_CHILDREN].data = g->children.node;
	part[CACHE_CHILDREN].size = (size_t)g->references * sizeof *g->children.node;
	part[CACHE_ROOTS].data = g->roots;
	part[CACHE_ROOTS].size = (size_t)g->root_count * sizeof *g->roots;
	part[CACHE_ORPHANS].data = g->orphans;
	part[CACHE_ORPHANS].size = (n / 64 + 1) * sizeof *g->orphans;
	blob_cache_save(db, num, part, CACHE_GRAPH_PARTS);
}

/* Are the parts as long as the counts say, and do they hold no node beyond the last?
 * Whoever can write the database may have written the cache. */
static bool graph_cache_fits(
	const struct blob_part part[CACHE_GRAPH_PARTS], const struct graph_counts *c)
{
	size_t n = c->nodes;
	if (part[CACHE_ADDRESSES].size != n * sizeof(int64_t) ||
		part[CACHE_STARTS].size != (n + 1) * sizeof(uint32_t) ||
		part[CACHE_CHILDREN].size != (size_t)c->references * sizeof(uint32_t) ||
		part[CACHE_ROOTS].size != (size_t)c->root_count * sizeof(uint32_t) ||
		part[CACHE_ORPHANS].size != (n / 64 + 1) * sizeof(uint64_t))
		return false;
	const uint32_t *start = part[CACHE_STARTS].data;
	const uint32_t *child = part[CACHE_CHILDREN].data;
	const uint32_t *root = part[CACHE_ROOTS].data;
	const int64_t *address = part[CACHE_ADDRESSES].data;
	bool fits = start[0] == 0 && start[n] == c->references && n < GRAPH_NONE - 1;
	for (size_t i = 0; fits && i < n; i++)
		fits = start[i] <= start[i + 1] &&
		       (i == 0 || address[i - 1] < address[i]);
	for (size_t i = 0; fits && i < c->references; i++)
		fits = child[i] < n;
	for (size_t i = 0; fits && i < c->root_count; i++)
		fits = root[i] < n;
	return fits;
}

/* Takes ownership of the parts that it uses. */
static struct graph *graph_cache_take(
	struct blob_part part[CACHE_GRAPH_PARTS], struct error *err)
{
	struct graph_counts c;
	if (part[CACHE_COUNTS].size != sizeof c)
		return NULL;
	memcpy(&c, part[CACHE_COUNTS].data, sizeof c);
	if (!graph_cache_fits(part, &c))
		return NULL;
	struct graph *g = array_new_zeroed(1, sizeof *g);
	if (g == NULL) {
		error_nomem(err);
		return NULL;
	}
	g->nodes = c.nodes;
	g->references = c.references;
	g->root_count = c.root_count;
	g->dangling = c.dangling;
	g->orphaned = c.orphaned;
	g->address = part[CACHE_ADDRESSES].data;
	g->children.start = part[CACHE_STARTS].data;
	g->children.node = part[CACHE_CHILDREN].data;
	g->roots = part[CACHE_ROOTS].data;
	uint64_t *orphans = part[CACHE_ORPHANS].data;
	for (size_t i = CACHE_ADDRESSES; i < CACHE_GRAPH_PARTS; i++)
		part[i].data = NULL;
	if (graph_complete(g, err)) {
		free(g->orphans);
		g->orphans = orphans;
		return g;
	}
	free(orphans);
	graph_free(g);
	return NULL;
}

bool graph_cache_graph(struct db *db, int64_t num, struct graph **g, struct error *err)
{
	struct blob_part part[CACHE_GRAPH_PARTS];
	graph_cache_parts(part);
	*g = graph_kept_graph(db, num);
	if (*g == NULL && blob_cache_load(db, num, part, CACHE_GRAPH_PARTS)) {
		struct error failure = ERROR_INIT;
		*g = graph_cache_take(part, &failure);
		if (*g == NULL)
			db_remark(db, BLOB_DAMAGED);
		for (size_t i = 0; i < CACHE_GRAPH_PARTS; i++)
			free(part[i].data);
		if (*g == NULL && failure.status != STATUS_OK)
			return error_pass(err, &failure);
		if (*g != NULL)
			return true;
	}
	if (*g == NULL && !graph_load(db, num, g, err))
		return false;
	if ((uint64_t)(*g)->nodes + (*g)->references >= GRAPH_CACHE_LEAST)
		graph_cache_save(db, num, *g);
	return true;
}

/* --- objects ------------------------------------------------------------------------ */

static void objects_cache_parts(struct blob_part part[CACHE_OBJECT_PARTS])
{
	static const char *const names[CACHE_OBJECT_PARTS] = { "sizes", "types",
		"names" };
	for (size_t i = 0; i < CACHE_OBJECT_PARTS; i++)
		part[i] = (struct blob_part){ .name = names[i] };
}

static void objects_cache_save(struct db *db, int64_t num, const struct objects *o)
{
	struct blob_part part[CACHE_OBJECT_PARTS];
	struct buffer names = BUFFER_INIT;
	for (uint32_t i = 0; i < o->types; i++)
		buffer_put(&names, o->name[i], strlen(o->name[i]) + 1);
	objects_cache_parts(part);
	part[CACHE_SIZES].data = o->size;
	part[CACHE_SIZES].size = (size_t)o->nodes * sizeof *o->size;
	part[CACHE_TYPES].data = o->type;
	part[CACHE_TYPES].size = (size_t)o->nodes * sizeof *o->type;
	part[CACHE_NAMES].data = names.data;
	part[CACHE_NAMES].size = names.len;
	if (!names.failed)
		blob_cache_save(db, num, part, CACHE_OBJECT_PARTS);
	buffer_fini(&names);
}

static struct objects *objects_cache_take(struct blob_part part[CACHE_OBJECT_PARTS],
	const struct graph *g, struct error *err)
{
	struct objects *o = objects_new(g->nodes, err);
	if (o == NULL)
		return NULL;
	o->size = part[CACHE_SIZES].data;
	o->type = part[CACHE_TYPES].data;
	part[CACHE_SIZES].data = part[CACHE_TYPES].data = NULL;
	/* The names follow each other, each with its NUL, ascending. */
	size_t cap = 0;
	const char *names = part[CACHE_NAMES].data;
	const char *end = names + part[CACHE_NAMES].size;
	bool fits = part[CACHE_SIZES].size == (size_t)g->nodes * sizeof *o->size &&
		    part[CACHE_TYPES].size == (size_t)g->nodes * sizeof *o->type &&
		    (names == end || end[-1] == '\0');
	for (; fits && names < end; names += strlen(names) + 1) {
		char *copy = arena_copy(&o->room, names, strlen(names) + 1);
		if (copy == NULL || !array_reserve(&o->name, &cap, (size_t)o->types + 1,
					    sizeof *o->name)) {
			fits = error_nomem(err);
			break;
		}
		o->name[o->types++] = copy;
		fits = o->types == 1 || strcmp(o->name[o->types - 2], copy) < 0;
	}
	for (uint32_t i = 0; fits && i < g->nodes; i++)
		fits = o->type[i] < o->types;
	if (fits)
		return o;
	objects_free(o);
	return NULL;
}

bool graph_cache_objects(struct db *db, int64_t num, const struct graph *g,
	struct objects **o, struct error *err)
{
	struct blob_part part[CACHE_OBJECT_PARTS];
	bool large = (uint64_t)g->nodes + g->references >= GRAPH_CACHE_LEAST;
	bool cached = false;
	objects_cache_parts(part);
	*o = graph_kept_objects(db, num, g);
	if (*o == NULL && large && blob_cache_load(db, num, part, CACHE_OBJECT_PARTS)) {
		struct error failure = ERROR_INIT;
		*o = objects_cache_take(part, g, &failure);
		cached = *o != NULL;
		if (!cached)
			db_remark(db, BLOB_DAMAGED);
		for (size_t i = 0; i < CACHE_OBJECT_PARTS; i++)
			free(part[i].data);
		if (!cached && failure.status != STATUS_OK)
			return error_pass(err, &failure);
	}
	if (*o == NULL) {
		if (!objects_load(db, num, g, o, err))
			return false;
	} else if (!runtime_load(db, num, &(*o)->runtime, err)) {
		objects_free(*o);
		*o = NULL;
		return false;
	}
	if (large && !cached)
		objects_cache_save(db, num, *o);
	return true;
}

void graph_cache_put(
	struct db *db, int64_t num, const struct graph *g, const struct objects *o)
{
	if ((uint64_t)g->nodes + g->references < GRAPH_CACHE_LEAST)
		return;
	graph_cache_save(db, num, g);
	objects_cache_save(db, num, o);
}
