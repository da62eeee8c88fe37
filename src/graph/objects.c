/* SPDX-License-Identifier: MIT */
#include "graph/objects.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/search.h"
#include "load/heap.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many records ahead the loop prefetches: they are scattered over memory. */
#define OBJECTS_AHEAD 16
/* Names take so many bytes at once. */
#define OBJECTS_PIECE ((size_t)64 << 10)

enum {
	/* Most objects have one of few names, which are found again without the map. */
	OBJECTS_RECENT = 256,
	/* More than any program has classes. */
	OBJECTS_TYPES_MANY = 1 << 17,
};

struct objects_recent {
	const char *name; /* of `names`; NULL: none */
	size_t len;
	uint32_t number;
};

/* Names while they get numbers, at first in the order in which they come. */
struct objects_names {
	struct arena *room; /* of the texts */
	char **name;
	size_t count, cap;
	struct map by_name;
	struct objects_recent recent[OBJECTS_RECENT]; /* by hash */
};

struct objects_wanted {
	const struct objects_names *names;
	const char *name;
	size_t len;
};

static bool objects_is_name(const void *key, uint32_t i)
{
	const struct objects_wanted *wanted = key;
	const char *name = wanted->names->name[i];
	return strncmp(name, wanted->name, wanted->len) == 0 && name[wanted->len] == '\0';
}

/* The number of a name, which may be new. */
static bool objects_intern(struct objects_names *names, const char *name, size_t len,
	uint32_t *number, struct error *err)
{
	uint64_t hash = map_hash_bytes(0, name, len);
	struct objects_recent *recent = &names->recent[hash % OBJECTS_RECENT];
	if (recent->name != NULL && recent->len == len &&
		(len == 0 || memcmp(recent->name, name, len) == 0)) {
		*number = recent->number;
		return true;
	}
	/* A name ends where C's strings do; NULs occur in damaged dumps only. */
	struct objects_wanted wanted = { names, name, len == 0 ? 0 : strnlen(name, len) };
	if (wanted.len < len)
		hash = map_hash_bytes(0, name, wanted.len);
	uint32_t found = map_find(&names->by_name, hash, objects_is_name, &wanted);
	if (found == MAP_NONE) {
		found = (uint32_t)names->count;
		char *copy = arena_take(names->room, wanted.len + 1);
		if (copy == NULL ||
			!array_reserve(&names->name, &names->cap, names->count + 1,
				sizeof *names->name) ||
			!map_put(&names->by_name, hash, found))
			return error_nomem(err);
		memcpy(copy, name, wanted.len);
		copy[wanted.len] = '\0';
		names->name[names->count++] = copy;
	}
	*recent = (struct objects_recent){ names->name[found], wanted.len, found };
	*number = found;
	return true;
}

static void objects_names_fini(struct objects_names *names)
{
	free(names->name);
	map_fini(&names->by_name);
}

struct objects *objects_new(uint32_t nodes, struct error *err)
{
	struct objects *o = array_new_zeroed(1, sizeof *o);
	if (o == NULL) {
		error_nomem(err);
		return NULL;
	}
	o->nodes = nodes;
	arena_init(&o->room);
	arena_pieces(&o->room, OBJECTS_PIECE);
	return o;
}

/* The same with room for sizes and types. */
static struct objects *objects_new_arrays(uint32_t nodes, struct error *err)
{
	struct objects *o = objects_new(nodes, err);
	if (o == NULL)
		return NULL;
	o->size = array_new_zeroed(nodes, sizeof *o->size);
	o->type = array_new_zeroed(nodes, sizeof *o->type);
	if (o->size != NULL && o->type != NULL)
		return o;
	objects_free(o);
	error_nomem(err);
	return NULL;
}

void objects_free(struct objects *o)
{
	if (o == NULL)
		return;
	arena_fini(&o->room);
	free(o->name);
	free(o->size);
	free(o->type);
	lengths_free(o->lengths);
	free(o->named);
	free(o);
}

struct objects_ranked {
	char *name;
	uint32_t number;
};

static int objects_compare(const void *a, const void *b)
{
	const struct objects_ranked *x = a, *y = b;
	return strcmp(x->name, y->name);
}

/* Gives the types their final numbers, in the order of their names, and the names to `o`.
 */
static bool objects_rank_types(
	struct objects *o, struct objects_names *names, struct error *err)
{
	struct objects_ranked *ranked = array_new(names->count, sizeof *ranked);
	uint32_t *rank = array_new(names->count, sizeof *rank);
	bool ok = ranked != NULL && rank != NULL;
	if (!ok) {
		error_nomem(err);
		goto out;
	}
	for (uint32_t i = 0; i < names->count; i++)
		ranked[i] = (struct objects_ranked){ names->name[i], i };
	if (names->count > 0)
		qsort(ranked, names->count, sizeof *ranked, objects_compare);
	for (uint32_t i = 0; i < names->count; i++) {
		names->name[i] = ranked[i].name;
		rank[ranked[i].number] = i;
	}
	for (uint32_t i = 0; i < o->nodes; i++)
		o->type[i] = rank[o->type[i]];
	o->name = names->name;
	o->types = (uint32_t)names->count;
	names->name = NULL;
	names->count = 0;
out:
	free(ranked);
	free(rank);
	return ok;
}

bool objects_load(struct db *db, int64_t num, const struct graph *g, struct objects **out,
	struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	uint32_t node = 0;
	int row = 0;
	*out = NULL;
	struct objects *o = objects_new_arrays(g->nodes, err);
	struct objects_names names = { .room = o == NULL ? NULL : &o->room };
	bool ok = o != NULL && generation_table(db, "obj", num, obj, err) &&
		  db_preparef(db, &stmt, err,
			  "select address, type, size from main.\"%w\" where "
			  "typeof(address) = "
			  "'integer' and address <> 0 order by address",
			  obj);
	/* The rows are the nodes, one after the other. */
	while (ok && (row = db_step(stmt, err)) == 1) {
		int64_t address = db_column_integer(stmt, 0);
		/* See graph_load(): the first row of an address counts. */
		if (node > 0 && g->address[node - 1] == address)
			continue;
		assert(node <= g->nodes);
		if (node == g->nodes || g->address[node] != address)
			break;
		struct cell type = db_column(stmt, 1), size = db_column(stmt, 2);
		bool text = type.type == CELL_TEXT && type.text != NULL;
		o->size[node] = size.type == CELL_INTEGER ? size.integer : 0;
		ok = objects_intern(&names, text ? type.text : "", text ? type.len : 0,
			&o->type[node], err);
		node++;
	}
	ok = ok && row >= 0;
	if (ok && (row == 1 || node < g->nodes))
		ok = error_set(
			err, STATUS_DATA, "the objects changed while the graph was read");
	ok = ok && objects_rank_types(o, &names, err) &&
	     runtime_load(db, num, &o->runtime, err);
	db_stmt_free(stmt);
	objects_names_fini(&names);
	if (ok)
		*out = o;
	else
		objects_free(o);
	return ok;
}

uint64_t *objects_load_named(
	struct db *db, int64_t num, const struct graph *g, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	uint64_t *named = bits_new(g->nodes);
	uint32_t next = 0;
	int row = 0;
	bool ok = (named != NULL || error_nomem(err)) &&
		  generation_table(db, "obj", num, obj, err) &&
		  db_preparef(db, &stmt, err,
			  "select address from main.\"%w\" where name is not null "
			  "order by address",
			  obj);
	while (ok && (row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_next(g, db_column_integer(stmt, 0), &next);
		if (node != GRAPH_NONE)
			bits_put(named, node);
	}
	db_stmt_free(stmt);
	if (ok && row == 0)
		return named;
	free(named);
	return NULL;
}

struct objects *objects_build(
	const int64_t *size, const char *const *type, uint32_t n, struct error *err)
{
	struct objects *o = objects_new_arrays(n, err);
	struct objects_names names = { .room = o == NULL ? NULL : &o->room };
	bool ok = o != NULL;
	for (uint32_t i = 0; ok && i < n; i++) {
		o->size[i] = size[i];
		ok = objects_intern(&names, type[i], strlen(type[i]), &o->type[i], err);
	}
	ok = ok && objects_rank_types(o, &names, err);
	objects_names_fini(&names);
	if (ok) {
		o->runtime = &runtime_cpython;
		return o;
	}
	objects_free(o);
	return NULL;
}

/* A part of the nodes, which one thread fills, with numbers of its own for the types. */
struct objects_share {
	uint32_t first, end;
	struct objects_names names;
	struct arena room;      /* of these names */
	struct lengths lengths; /* see lengths_join() */
	struct error error;
	bool ok;
};

struct objects_shares {
	const struct heap *heap;
	struct objects *o;
	unsigned threads;
	struct objects_share share[PARALLEL_MAX];
};

static void objects_fill(void *context, unsigned index)
{
	struct objects_shares *all = context;
	struct objects_share *s = &all->share[index];
	const struct heap_row *rows = all->heap->rows;
	struct objects *o = all->o;
	s->ok = true;
	for (uint32_t i = s->first; s->ok && i < s->end; i++) {
		if (i % all->heap->store.stride == 0)
			heap_store_rest(&all->heap->store);
		if (i + OBJECTS_AHEAD < s->end) {
			const struct heap_row *ahead = &rows[i + OBJECTS_AHEAD];
			__builtin_prefetch(ahead->record);
			__builtin_prefetch(ahead->record + ahead->size - 1);
		}
		struct dump_text type;
		struct cell len;
		bool named;
		heap_part_type(rows[i].record, &type, &o->size[i], &len, &named);
		if (named)
			bits_put(o->named, i);
		s->ok = objects_intern(
				&s->names, type.data, type.len, &o->type[i], &s->error) &&
			(lengths_set(&s->lengths, i, &len) || error_nomem(&s->error));
	}
}

/* Gives the types of a share the numbers that they have in `names`. */
static bool objects_join(struct objects *o, struct objects_names *names,
	struct objects_share *s, struct error *err)
{
	if (!s->ok)
		return error_pass(err, &s->error);
	uint32_t *number = array_new(s->names.count, sizeof *number);
	bool ok = (number != NULL && lengths_join(o->lengths, &s->lengths)) ||
		  error_nomem(err);
	for (size_t t = 0; ok && t < s->names.count; t++)
		ok = objects_intern(names, s->names.name[t], strlen(s->names.name[t]),
			&number[t], err);
	for (uint32_t i = s->first; ok && i < s->end; i++)
		o->type[i] = number[o->type[i]];
	free(number);
	return ok;
}

struct objects *objects_of_heap(const struct heap *h, struct error *err)
{
	struct objects_shares all = { .heap = h, .threads = parallel_threads(0) };
	struct objects *o = all.o = objects_new_arrays((uint32_t)h->count, err);
	struct objects_names names = { .room = o == NULL ? NULL : &o->room };
	bool ok = o != NULL;
	if (ok) {
		o->lengths = lengths_new(o->nodes, err);
		o->named = bits_new(o->nodes);
		ok = o->lengths != NULL && (o->named != NULL || error_nomem(err));
	}
	unsigned shares = ok ? all.threads : 0;
	/* Two threads have no bits of one word. */
	const size_t words = ok ? o->nodes / 64 + (size_t)1 : 0;
	for (unsigned i = 0; i < shares; i++) {
		struct objects_share *s = &all.share[i];
		size_t end = parallel_share(words, shares, i + 1) * 64;
		*s = (struct objects_share){
			.first = i == 0 ? 0 : all.share[i - 1].end,
			.end = end < o->nodes ? (uint32_t)end : o->nodes,
			.lengths = *o->lengths,
			.names.room = &s->room,
			.error = ERROR_INIT,
		};
		arena_init(&s->room);
		arena_pieces(&s->room, OBJECTS_PIECE);
	}
	if (ok)
		parallel_run(shares, objects_fill, &all);
	for (unsigned i = 0; i < shares; i++) {
		struct objects_share *s = &all.share[i];
		ok = ok && objects_join(o, &names, s, err);
		free(s->lengths.far);
		objects_names_fini(&s->names);
		arena_fini(&s->room);
	}
	ok = ok && objects_rank_types(o, &names, err);
	objects_names_fini(&names);
	/* What is counted by type takes as much memory as what is counted by object. */
	if (ok && o->types >= OBJECTS_TYPES_MANY)
		array_return_large();
	if (ok)
		return o;
	objects_free(o);
	return NULL;
}

uint32_t objects_find_type(const struct objects *o, const char *name)
{
	size_t at;
	SEARCH_FIRST(at, o->types, strcmp(o->name[at], name) >= 0);
	bool found = at < o->types && strcmp(o->name[at], name) == 0;
	return found ? (uint32_t)at : GRAPH_NONE;
}

enum type_kind *objects_kinds(const struct objects *o, struct error *err)
{
	enum type_kind *kind = array_new(o->types, sizeof *kind);
	if (kind == NULL)
		error_nomem(err);
	for (uint32_t i = 0; kind != NULL && i < o->types; i++)
		kind[i] = runtime_kind(o->runtime, o->name[i], strlen(o->name[i]));
	return kind;
}
