/* SPDX-License-Identifier: MIT */
#include "compare/series.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "compare/counted.h"
#include "compare/growth_tree.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	const char *column[2];
} keys[] = {
	[SERIES_TYPE] = { "type", { "type", NULL } },
	[SERIES_OWNER] = { "owner", { "type", "owner" } },
	[SERIES_SIGNATURE] = { "signature", { "signature", "type" } },
	[SERIES_VALUE] = { "value", { "type", "value" } },
	[SERIES_ADDRESS] = { "address", { "type", NULL } },
};

const char *series_key_name(enum series_key key)
{
	return keys[key].name;
}

const char *series_key_column(enum series_key key, size_t part)
{
	return keys[key].column[part];
}

void series_free(struct series *s)
{
	if (s == NULL)
		return;
	growth_tree_free(s->tree);
	free(s->row);
	map_fini(&s->by_key);
	arena_fini(&s->room);
	free(s);
}

/* --- rows --------------------------------------------------------------------------- */

static bool series_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What is looked for in the rows. */
struct series_wanted {
	const struct series *s;
	const char *const *key;
};

static bool series_is_row(const void *key, uint32_t i)
{
	const struct series_wanted *wanted = key;
	const struct series_row *row = &wanted->s->row[i];
	return series_same(row->key[0], wanted->key[0]) &&
	       series_same(row->key[1], wanted->key[1]);
}

/* A row of zeros; its numbers and texts are one piece of room. */
static bool series_row_init(
	struct series *s, struct series_row *row, const char *const key[2])
{
	size_t numbers = 2 * s->generations * sizeof *row->count, size = numbers;
	for (int part = 0; part < 2; part++)
		size += key[part] == NULL ? 0 : strlen(key[part]) + 1;
	int64_t *room = arena_take(&s->room, size);
	if (room == NULL)
		return false;
	memset(room, 0, numbers);
	*row = (struct series_row){ .count = room, .bytes = room + s->generations };
	char *text = (char *)room + numbers;
	for (int part = 0; part < 2; part++) {
		if (key[part] == NULL)
			continue;
		row->key[part] = text;
		text = stpcpy(text, key[part]) + 1;
	}
	assert((size_t)(text - (char *)room) == size);
	return true;
}

/* The row of a kind, which may be new; MAP_NONE out of memory. */
static uint32_t series_put(struct series *s, const char *const key[2])
{
	struct series_wanted wanted = { s, key };
	uint64_t hash = 0;
	for (int part = 0; part < 2; part++)
		hash = map_hash_text(hash, key[part] == NULL ? "" : key[part]);
	uint32_t found = map_find(&s->by_key, hash, series_is_row, &wanted);
	if (found == MAP_NONE) {
		found = (uint32_t)s->count;
		if (!array_reserve(&s->row, &s->cap, s->count + 1, sizeof *s->row) ||
			!map_put(&s->by_key, hash, found) ||
			!series_row_init(s, &s->row[found], key))
			return MAP_NONE;
		s->count++;
	}
	return found;
}

/* Adds objects of the kind of a row to generation `k`. */
static void series_count(
	struct series *s, size_t k, uint32_t i, int64_t count, int64_t bytes)
{
	struct series_row *row = &s->row[i];
	assert(i < s->count && k < s->generations);
	row->count[k] += count;
	row->bytes[k] = saturate_add(row->bytes[k], bytes);
	s->total.count[k] += count;
	s->total.bytes[k] = saturate_add(s->total.bytes[k], bytes);
}

/* Adds objects of a kind to generation `k`. */
static bool series_add(struct series *s, size_t k, const char *const key[2],
	int64_t count, int64_t bytes, struct error *err)
{
	uint32_t row = series_put(s, key);
	if (row == MAP_NONE)
		return error_nomem(err);
	series_count(s, k, row, count, bytes);
	return true;
}

/* Adds what a query yields: key, second part of the key, count, and the sum of sizes in
 * two halves, which cannot overflow. */
static bool series_add_rows(
	struct series *s, size_t k, struct db_stmt *stmt, struct error *err)
{
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		struct cell first = db_column(stmt, 0), second = db_column(stmt, 1);
		int64_t bytes = saturate_halves(
			db_column_integer(stmt, 3), db_column_integer(stmt, 4));
		const char *const key[2] = { first.text == NULL ? "" : first.text,
			second.type == CELL_NULL ? NULL : second.text };
		if (!series_add(s, k, key, db_column_integer(stmt, 2), bytes, err))
			return false;
	}
	return row == 0;
}

#define SERIES_SUMS "count(*), sum(size >> 32), sum(size & 4294967295)"

/* --- by type ------------------------------------------------------------------------ */

/* What the loader of a key works on. */
struct series_loader {
	struct series *s;
	struct db *db;
	const struct counted *counted;
};

/* Counts the objects of each type, from arrays in memory; with `valued` those alone that
 * have no value of their own. */
static bool series_add_types(const struct series_loader *l, size_t k, int64_t num,
	bool valued, struct error *err)
{
	struct analysis *a = graph_kept_analysis(l->db, num, err);
	struct counted_view v = { 0 };
	bool ok = a != NULL && counted_view_init(&v, l->counted, a, err);
	const struct objects *o = &v.objects;
	int64_t *count = ok ? array_new_zeroed(o->types, sizeof *count) : NULL;
	int64_t *bytes = ok ? array_new_zeroed(o->types, sizeof *bytes) : NULL;
	if (ok && (count == NULL || bytes == NULL))
		ok = error_nomem(err);
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		count[o->type[i]]++;
		bytes[o->type[i]] = saturate_add(bytes[o->type[i]], o->size[i]);
	}
	for (uint32_t i = 0; ok && i < o->types; i++) {
		const char *const key[2] = { o->name[i], NULL };
		bool text = strcmp(key[0], "str") == 0 ||
			    strcmp(key[0], "unicode") == 0 ||
			    strcmp(key[0], "bytes") == 0;
		if (count[i] > 0 && i != v.part && !(valued && text))
			ok = series_add(l->s, k, key, count[i], bytes[i], err);
	}
	free(count);
	free(bytes);
	counted_view_fini(&v);
	return ok;
}

static bool series_load_types(
	const struct series_loader *l, size_t k, int64_t num, struct error *err)
{
	if (l->counted->folds || graph_kept_is_near(l->db, num))
		return series_add_types(l, k, num, false, err);
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok =
		generation_table(l->db, "obj", num, obj, err) &&
		db_preparef(l->db, &stmt, err,
			"select type, null, " SERIES_SUMS " from main.\"%w\" group by 1",
			obj) &&
		series_add_rows(l->s, k, stmt, err);
	db_stmt_free(stmt);
	return ok;
}

/* Counts all objects as one kind. */
static bool series_load_total(
	const struct series_loader *l, size_t k, int64_t num, struct error *err)
{
	static const char *const all[2] = { "", NULL };
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	if (!l->counted->folds && !graph_kept_is_near(l->db, num)) {
		bool ok = generation_table(l->db, "obj", num, obj, err) &&
			  db_preparef(l->db, &stmt, err,
				  "select null, null, " SERIES_SUMS " from main.\"%w\"",
				  obj) &&
			  series_add_rows(l->s, k, stmt, err);
		db_stmt_free(stmt);
		return ok;
	}
	struct analysis *a = graph_kept_analysis(l->db, num, err);
	struct counted_view v = { 0 };
	bool ok = a != NULL && counted_view_init(&v, l->counted, a, err);
	int64_t count = 0, bytes = 0;
	for (uint32_t i = 0; ok && i < v.objects.nodes; i++) {
		count += v.objects.type[i] != v.part;
		bytes = saturate_add(bytes, v.objects.size[i]);
	}
	ok = ok && series_add(l->s, k, all, count, bytes, err);
	counted_view_fini(&v);
	return ok;
}

static bool series_load_values(
	const struct series_loader *l, size_t k, int64_t num, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok = generation_table(l->db, "obj", num, obj, err) &&
		  db_preparef(l->db, &stmt, err,
			  "select type, cast(value as text), " SERIES_SUMS
			  " from main.\"%w\" where type in ('str', 'unicode', 'bytes')"
			  " group by 1, 2",
			  obj) &&
		  series_add_rows(l->s, k, stmt, err) &&
		  series_add_types(l, k, num, true, err);
	db_stmt_free(stmt);
	return ok;
}

/* --- by owner ----------------------------------------------------------------------- */

/* The objects of each type with each type of owner, by the numbers of the types: few, so
 * that few texts are compared. */
struct series_owned {
	struct series_owned_item {
		uint64_t types; /* of object and owner */
		int64_t count, bytes;
	} * item;
	size_t count, cap;
	struct map by_types;
};

struct series_owned_key {
	const struct series_owned *all;
	uint64_t types;
};

static bool series_is_owned(const void *key, uint32_t i)
{
	const struct series_owned_key *k = key;
	return k->all->item[i].types == k->types;
}

/* Adds an object; false out of memory. */
static bool series_own(struct series_owned *all, uint64_t types, int64_t bytes)
{
	const struct series_owned_key key = { all, types };
	uint64_t hash = map_hash_number(0, types);
	uint32_t found = map_find(&all->by_types, hash, series_is_owned, &key);
	if (found == MAP_NONE) {
		found = (uint32_t)all->count;
		if (!array_reserve(
			    &all->item, &all->cap, all->count + 1, sizeof *all->item) ||
			!map_put(&all->by_types, hash, found))
			return false;
		all->item[all->count++] = (struct series_owned_item){ .types = types };
	}
	struct series_owned_item *item = &all->item[found];
	item->count++;
	item->bytes = saturate_add(item->bytes, bytes);
	return true;
}

static bool series_load_owners(
	const struct series_loader *l, size_t k, int64_t num, struct error *err)
{
	enum { AHEAD = 16 };
	struct analysis *a = graph_kept_analysis(l->db, num, err);
	struct counted_view v = { 0 };
	const struct dominators *d = a == NULL ? NULL : analysis_dominators(a, err);
	bool ok = d != NULL && counted_view_init(&v, l->counted, a, err);
	struct series_owned all = { 0 };
	const uint32_t types = v.objects.types;
	for (uint32_t i = 0; ok && i < a->g->nodes; i++) {
		uint32_t owner = d->immediate[i];
		uint32_t far =
			i + AHEAD < a->g->nodes ? d->immediate[i + AHEAD] : GRAPH_NONE;
		if (far < a->g->nodes) {
			__builtin_prefetch(&v.objects.type[far]);
			if (v.owner != NULL)
				__builtin_prefetch(&v.owner[far]);
		}
		if (v.objects.type[i] == v.part)
			continue;
		/* The dict of an object's attributes is the object. */
		if (v.owner != NULL && owner < a->g->nodes && v.owner[owner] == i)
			owner = d->immediate[owner];
		else if (v.owner != NULL && owner < a->g->nodes)
			owner = v.owner[owner];
		owner = owner == DOMINATORS_UNREACHABLE ? types
			: owner == DOMINATORS_TOP       ? types + 1
							: v.objects.type[owner];
		ok = series_own(&all, (uint64_t)v.objects.type[i] << 32 | owner,
			     v.objects.size[i]) ||
		     error_nomem(err);
	}
	for (size_t i = 0; ok && i < all.count; i++) {
		const struct series_owned_item *item = &all.item[i];
		uint32_t owner = (uint32_t)item->types;
		const char *const key[2] = { v.objects.name[item->types >> 32],
			owner == types       ? "(unreachable)"
			: owner == types + 1 ? "(no single owner)"
					     : v.objects.name[owner] };
		ok = series_add(l->s, k, key, item->count, item->bytes, err);
	}
	free(all.item);
	map_fini(&all.by_types);
	counted_view_fini(&v);
	return ok;
}

/* --- by signature ------------------------------------------------------------------- */

static struct series *series_init(
	enum series_key key, size_t generations, struct error *err)
{
	static const char *const none[2] = { NULL, NULL };
	enum { PIECE = 1 << 20 };
	struct series *s = array_new_zeroed(1, sizeof *s);
	if (s == NULL) {
		error_nomem(err);
		return NULL;
	}
	s->key = key;
	s->generations = generations;
	for (size_t i = 0; i < 2; i++)
		s->hash_key[i] = (struct siphash_key){ map_factor(), map_factor() };
	arena_init(&s->room);
	arena_pieces(&s->room, PIECE);
	if (series_row_init(s, &s->total, none))
		return s;
	series_free(s);
	error_nomem(err);
	return NULL;
}

static const char series_unreachable[] = "(unreachable)";

/* Appends the texts of the key of a place: its signature and its type. */
static void series_put_texts(
	const struct growth_tree *t, uint32_t place, struct buffer *text)
{
	if (place == GRAPH_NONE) {
		buffer_put(text, series_unreachable, sizeof series_unreachable);
		return;
	}
	growth_signature(t, place, text);
	buffer_put(text, "", 1);
	buffer_put_text(text, t->node[place].type);
}

/* What is looked for in rows of signatures. */
struct series_wanted_hash {
	const struct series *s;
	uint64_t hash[2];
};

static bool series_has_hash(const void *key, uint32_t i)
{
	const struct series_wanted_hash *wanted = key;
	return memcmp(wanted->s->row[i].hash, wanted->hash, sizeof wanted->hash) == 0;
}

/* The row of the signature of a place, which may be new; MAP_NONE out of memory. */
static uint32_t series_put_place(struct series *s, uint32_t place, struct buffer *room)
{
	static const char *const none[2] = { NULL, NULL };
	struct series_wanted_hash wanted = { .s = s };
	buffer_clear(room);
	series_put_texts(s->tree, place, room);
	if (room->failed)
		return MAP_NONE;
	for (size_t i = 0; i < 2; i++)
		wanted.hash[i] = siphash(&s->hash_key[i], room->data, room->len);
	uint32_t found = map_find(&s->by_key, wanted.hash[0], series_has_hash, &wanted);
	if (found != MAP_NONE)
		return found;
	if (!array_reserve(&s->row, &s->cap, s->count + 1, sizeof *s->row) ||
		!map_put(&s->by_key, wanted.hash[0], (uint32_t)s->count) ||
		!series_row_init(s, &s->row[s->count], none))
		return MAP_NONE;
	memcpy(s->row[s->count].hash, wanted.hash, sizeof wanted.hash);
	s->row[s->count].place = place;
	return (uint32_t)s->count++;
}

/* Adds what no root leads to: the rest of the heap. */
static bool series_load_unreachable(
	const struct series_loader *l, const struct series_query *q, struct error *err)
{
	struct buffer text = BUFFER_INIT;
	struct series *s = l->s, *whole = series_init(SERIES_TYPE, q->n, err);
	const struct series_loader all = { whole, l->db, l->counted };
	bool ok = whole != NULL;
	for (size_t k = 0; ok && k < q->n; k++) {
		ok = series_load_total(&all, k, q->num[k], err);
		if (!ok)
			break;
		int64_t count = whole->total.count[k] - s->total.count[k];
		int64_t bytes =
			saturate_subtract(whole->total.bytes[k], s->total.bytes[k]);
		if (count == 0 && bytes == 0)
			continue;
		uint32_t row = series_put_place(s, GRAPH_NONE, &text);
		ok = row != MAP_NONE || error_nomem(err);
		if (ok)
			series_count(s, k, row, count, bytes);
	}
	buffer_fini(&text);
	series_free(whole);
	return ok;
}

static bool series_load_signatures(
	const struct series_loader *l, const struct series_query *q, struct error *err)
{
	const struct growth_query places = {
		.num = q->num, .generations = q->n, .counted = l->counted
	};
	struct series *s = l->s;
	const struct growth_tree *t = s->tree = growth_tree_new(l->db, &places, err);
	/* The bytes of each place alone: without those of the places below. */
	int64_t *own = t == NULL ? NULL : array_new((size_t)t->count * q->n, sizeof *own);
	bool ok = own != NULL || (t != NULL && error_nomem(err));
	if (ok && t->count > 0)
		memcpy(own, t->bytes, (size_t)t->count * q->n * sizeof *own);
	for (uint32_t i = 0; ok && i < t->count; i++)
		for (size_t k = 0; t->node[i].parent != GRAPH_NONE && k < q->n; k++) {
			int64_t *above = &own[(size_t)t->node[i].parent * q->n + k];
			assert(t->node[i].parent < i);
			*above = saturate_subtract(*above, growth_bytes(t, i)[k]);
		}
	/* Of each node the first with its signature; of those the row. */
	uint32_t *first = ok ? growth_find_repeats(t) : NULL;
	uint32_t *row_of = ok ? array_new(t->count, sizeof *row_of) : NULL;
	if (ok && (first == NULL || row_of == NULL))
		ok = error_nomem(err);
	struct buffer text = BUFFER_INIT;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		const int64_t *objects = growth_objects(t, i), *bytes = own + i * q->n;
		bool any = false;
		for (size_t k = 0; k < q->n; k++)
			any = any || objects[k] != 0 || bytes[k] != 0;
		row_of[i] = MAP_NONE;
		if (!any)
			continue; /* a dict of attributes, which is on the way to others
				   */
		uint32_t *row = &row_of[first[i]];
		if (*row == MAP_NONE) {
			*row = series_put_place(s, i, &text);
			ok = *row != MAP_NONE || error_nomem(err);
		}
		for (size_t k = 0; ok && k < q->n; k++)
			series_count(s, k, *row, objects[k], bytes[k]);
	}
	buffer_fini(&text);
	free(first);
	free(row_of);
	free(own);
	return ok && series_load_unreachable(l, q, err);
}

/* --- all ---------------------------------------------------------------------------- */

static int series_compare(const void *a, const void *b)
{
	const struct series_row *x = a, *y = b;
	int order = strcmp(x->key[0], y->key[0]);
	if (order != 0 || x->key[1] == y->key[1])
		return order;
	return x->key[1] == NULL   ? -1
	       : y->key[1] == NULL ? 1
				   : strcmp(x->key[1], y->key[1]);
}

static struct series *series_finish(struct series *s, bool ok)
{
	if (!ok) {
		series_free(s);
		return NULL;
	}
	map_fini(&s->by_key);
	if (s->count > 0 && s->key != SERIES_SIGNATURE)
		qsort(s->row, s->count, sizeof *s->row, series_compare);
	return s;
}

bool series_texts(const struct series *s, const struct series_row *row,
	struct buffer *room, const char *text[2])
{
	if (s->key != SERIES_SIGNATURE) {
		memcpy(text, row->key, sizeof row->key);
		return true;
	}
	buffer_clear(room);
	series_put_texts(s->tree, row->place, room);
	if (room->failed)
		return false;
	text[0] = buffer_text(room);
	text[1] = row->place == GRAPH_NONE ? NULL : text[0] + strlen(text[0]) + 1;
	return true;
}

/* By a comparison, and then by the rows. */
static int series_compare_items(const void *a, const void *b, void *context)
{
	int (*const *compare)(const void *a, const void *b) = context;
	const struct series_row *const *x = a, *const *y = b;
	int first = (*compare)(a, b);
	return first != 0 ? first : (*x > *y) - (*x < *y);
}

static char *series_text(const void *series, const void *item)
{
	const struct series *s = series;
	const struct series_row *const *row = item;
	struct buffer text = BUFFER_INIT;
	series_put_texts(s->tree, (*row)->place, &text);
	return buffer_take(&text);
}

bool series_sort(const struct series *s, void *items, size_t n, size_t size, size_t most,
	int (*compare)(const void *a, const void *b), struct error *err)
{
	if (s->key == SERIES_SIGNATURE)
		return sort_ties(items, n, size, most, compare, series_text, s) ||
		       error_nomem(err);
	/* The rows of the others ascend by their keys. */
	if (n > 1)
		qsort_r(items, n, size, series_compare_items, &compare);
	return true;
}

struct series *series_new(struct db *db, const struct series_query *q, struct error *err)
{
	static bool (*const load[])(
		const struct series_loader *, size_t, int64_t, struct error *) = {
		[SERIES_TYPE] = series_load_types,
		[SERIES_OWNER] = series_load_owners,
		[SERIES_VALUE] = series_load_values,
		[SERIES_ADDRESS] = series_load_types,
	};
	struct series *s = series_init(q->key, q->n, err);
	if (s == NULL)
		return NULL;
	struct counted counted = { 0 };
	const struct series_loader l = { s, db, &counted };
	if (graph_kept_is_near(db, q->num[0]))
		graph_kept_prepare(db, q->num, q->n, q->key == SERIES_OWNER);
	bool ok = q->plain || counted_init(&counted, db, q->num, q->n, err);
	if (ok && q->key == SERIES_SIGNATURE)
		ok = series_load_signatures(&l, q, err);
	else
		for (size_t k = 0; ok && k < q->n; k++)
			ok = load[q->key](&l, k, q->num[k], err);
	counted_fini(&counted);
	return series_finish(s, ok);
}

/* --- by address --------------------------------------------------------------------- */

/* Marks the objects of one generation that are in another, too: at the same address, and
 * of a type with the same name.  Bits by node; NULL out of memory. */
static uint64_t *series_find_in(const struct counted_view *v, const struct analysis *a,
	const struct counted_view *other, const struct analysis *there)
{
	const struct objects *o = &v->objects, *p = &other->objects;
	assert(a != NULL && there != NULL);
	uint64_t *in = bits_new(o->nodes);
	/* Of each type of the other one, the first with its name, which ascend; and of
	 * each of this one, that of the other one. */
	uint32_t *first = array_new(p->types, sizeof *first);
	uint32_t *same = array_new(o->types, sizeof *same);
	if (in == NULL || first == NULL || same == NULL) {
		free(in);
		free(first);
		free(same);
		return NULL;
	}
	for (uint32_t t = 0; t < p->types; t++)
		first[t] = t > 0 && strcmp(p->name[t - 1], p->name[t]) == 0 ? first[t - 1]
									    : t;
	for (uint32_t t = 0; t < o->types; t++)
		same[t] = objects_find_type(p, o->name[t]);
	const int64_t *address = there->g->address;
	for (uint32_t i = 0, j = 0; i < o->nodes; i++) {
		while (j < p->nodes && address[j] < a->g->address[i])
			j++;
		/* A dict that became the attributes of an object counts with it there. */
		if (j < p->nodes && address[j] == a->g->address[i] &&
			p->type[j] != other->part &&
			first[p->type[j]] == same[o->type[i]])
			bits_put(in, i);
	}
	free(first);
	free(same);
	return in;
}

/* Adds the objects of each type to column `k`, those alone that are in `in` (NULL: all),
 * and not in `out`. */
static bool series_add_column(struct series *s, size_t k, const struct counted_view *v,
	const uint64_t *in, const uint64_t *out, struct error *err)
{
	const struct objects *o = &v->objects;
	int64_t *count = array_new_zeroed(o->types, sizeof *count);
	int64_t *bytes = array_new_zeroed(o->types, sizeof *bytes);
	bool ok = (count != NULL && bytes != NULL) || error_nomem(err);
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		if (o->type[i] == v->part || (in != NULL && !bits_has(in, i)) ||
			(out != NULL && bits_has(out, i)))
			continue;
		count[o->type[i]]++;
		bytes[o->type[i]] = saturate_add(bytes[o->type[i]], o->size[i]);
	}
	for (uint32_t t = 0; ok && t < o->types; t++) {
		const char *const key[2] = { o->name[t], NULL };
		ok = count[t] == 0 || series_add(s, k, key, count[t], bytes[t], err);
	}
	free(count);
	free(bytes);
	return ok;
}

struct series *series_survivors(
	struct db *db, const struct series_query *q, struct error *err)
{
	enum { MOST = 3 };
	struct counted counted = { 0 };
	struct counted_view v[MOST] = { 0 };
	struct analysis *a[MOST] = { NULL };
	struct series *s = series_init(SERIES_ADDRESS, MOST, err);
	assert(q->n == 2 || q->n == MOST);
	bool ok =
		s != NULL && (q->plain || counted_init(&counted, db, q->num, q->n, err));
	for (size_t i = 0; ok && i < q->n; i++) {
		struct analysis *one = graph_kept_analysis(db, q->num[i], err);
		a[i] = one == NULL ? NULL : analysis_share(one);
		ok = one != NULL && counted_view_init(&v[i], &counted, one, err);
	}
	/* Of three, what is of interest was born in the second. */
	size_t k = q->n - 2;
	uint64_t *old = ok && k > 0 ? series_find_in(&v[1], a[1], &v[0], a[0]) : NULL;
	uint64_t *stays = ok ? series_find_in(&v[k], a[k], &v[k + 1], a[k + 1]) : NULL;
	if (ok && (stays == NULL || (k > 0 && old == NULL)))
		ok = error_nomem(err);
	ok = ok && series_add_column(s, 0, &v[k], NULL, old, err) &&
	     series_add_column(s, 1, &v[k], stays, old, err) &&
	     series_add_column(s, 2, &v[k + 1], NULL, NULL, err);
	free(old);
	free(stays);
	for (size_t i = 0; i < MOST; i++) {
		counted_view_fini(&v[i]);
		analysis_free(a[i]);
	}
	counted_fini(&counted);
	return s == NULL ? NULL : series_finish(s, ok);
}
