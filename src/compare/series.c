/* SPDX-License-Identifier: MIT */
#include "compare/series.h"

#include "base/array.h"
#include "compare/growth_tree.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "store/db.h"
#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	const char *column[2];
} keys[] = {
	[SERIES_TYPE] = { "type", { "type", NULL } },
	[SERIES_OWNER] = { "owner", { "type", "owner" } },
	[SERIES_SIGNATURE] = { "signature", { "signature", NULL } },
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

static void series_row_fini(struct series_row *row)
{
	free(row->key[0]);
	free(row->key[1]);
	free(row->count);
	free(row->bytes);
}

void series_free(struct series *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->count; i++)
		series_row_fini(&s->row[i]);
	series_row_fini(&s->total);
	growth_tree_free(s->tree);
	free(s->row);
	map_fini(&s->by_key);
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

static uint64_t series_hash(const char *const key[2])
{
	uint64_t hash = 0;
	for (int part = 0; part < 2; part++)
		hash = map_hash_text(hash, key[part] == NULL ? "" : key[part]);
	return hash;
}

static bool series_row_init(
	struct series_row *row, size_t generations, const char *const key[2])
{
	*row = (struct series_row){
		.key = { key[0] == NULL ? NULL : strdup(key[0]),
			key[1] == NULL ? NULL : strdup(key[1]) },
		.count = array_new_zeroed(generations, sizeof *row->count),
		.bytes = array_new_zeroed(generations, sizeof *row->bytes),
	};
	if ((key[0] == NULL || row->key[0] != NULL) &&
		(key[1] == NULL || row->key[1] != NULL) && row->count != NULL &&
		row->bytes != NULL)
		return true;
	series_row_fini(row);
	return false;
}

/* Adds objects of a kind to generation `k`. */
static bool series_add(struct series *s, size_t k, const char *const key[2],
	int64_t count, int64_t bytes, struct error *err)
{
	struct series_wanted wanted = { s, key };
	uint64_t hash = series_hash(key);
	uint32_t found = map_find(&s->by_key, hash, series_is_row, &wanted);
	if (found == MAP_NONE) {
		found = (uint32_t)s->count;
		if (!array_reserve(&s->row, &s->cap, s->count + 1, sizeof *s->row) ||
			!map_put(&s->by_key, hash, found) ||
			!series_row_init(&s->row[found], s->generations, key))
			return error_nomem(err);
		s->count++;
	}
	struct series_row *row = &s->row[found];
	row->count[k] += count;
	row->bytes[k] = dominators_add(row->bytes[k], bytes);
	s->total.count[k] += count;
	s->total.bytes[k] = dominators_add(s->total.bytes[k], bytes);
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
		int64_t bytes, high = db_column_integer(stmt, 3);
		if (__builtin_mul_overflow(high, INT64_C(1) << 32, &bytes))
			bytes = high < 0 ? INT64_MIN : INT64_MAX;
		const char *const key[2] = { first.text == NULL ? "" : first.text,
			second.type == CELL_NULL ? NULL : second.text };
		if (!series_add(s, k, key, db_column_integer(stmt, 2),
			    dominators_add(bytes, db_column_integer(stmt, 4)), err))
			return false;
	}
	return row == 0;
}

#define SERIES_SUMS "count(*), sum(size >> 32), sum(size & 4294967295)"

/* From the arrays of a graph that is in memory. */
static bool series_add_types(
	struct series *s, struct db *db, size_t k, int64_t num, struct error *err)
{
	struct analysis *a = graph_kept_analysis(db, num, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	int64_t *count = o == NULL ? NULL : array_new_zeroed(o->types, sizeof *count);
	int64_t *bytes = o == NULL ? NULL : array_new_zeroed(o->types, sizeof *bytes);
	bool ok = o != NULL && ((count != NULL && bytes != NULL) || error_nomem(err));
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		count[o->type[i]]++;
		bytes[o->type[i]] = dominators_add(bytes[o->type[i]], o->size[i]);
	}
	for (uint32_t i = 0; ok && i < o->types; i++) {
		const char *const key[2] = { o->name[i], NULL };
		ok = series_add(s, k, key, count[i], bytes[i], err);
	}
	free(count);
	free(bytes);
	return ok;
}

static bool series_load_types(
	struct series *s, struct db *db, size_t k, int64_t num, struct error *err)
{
	if (graph_kept_is_near(db, num))
		return series_add_types(s, db, k, num, err);
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok =
		generation_table(db, "obj", num, obj, err) &&
		db_preparef(db, &stmt, err,
			"select type, null, " SERIES_SUMS " from main.\"%w\" group by 1",
			obj) &&
		series_add_rows(s, k, stmt, err);
	db_stmt_free(stmt);
	return ok;
}

static bool series_load_values(
	struct series *s, struct db *db, size_t k, int64_t num, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok = generation_table(db, "obj", num, obj, err) &&
		  db_preparef(db, &stmt, err,
			  "select type, case when type in ('str', 'unicode', 'bytes')"
			  " then cast(value as text) end as v, " SERIES_SUMS
			  " from main.\"%w\" group by 1, 2",
			  obj) &&
		  series_add_rows(s, k, stmt, err);
	db_stmt_free(stmt);
	return ok;
}

/* --- by owner ----------------------------------------------------------------------- */

static const char *series_owner(const struct analysis *a, uint32_t node)
{
	uint32_t owner = a->dominators->immediate[node];
	return owner == DOMINATORS_UNREACHABLE ? "(unreachable)"
	       : owner == DOMINATORS_TOP       ? "(no single owner)"
					       : objects_type(a->objects, owner);
}

static bool series_load_owners(
	struct series *s, struct db *db, size_t k, int64_t num, struct error *err)
{
	struct analysis *a = graph_kept_analysis(db, num, err);
	bool ok = a != NULL && analysis_dominators(a, err) != NULL;
	for (uint32_t i = 0; ok && i < a->g->nodes; i++) {
		const char *const key[2] = { objects_type(a->objects, i),
			series_owner(a, i) };
		ok = series_add(s, k, key, 1, a->objects->size[i], err);
	}
	return ok;
}

/* --- by signature ------------------------------------------------------------------- */

/* The bytes of a place alone: without those of the places below. */
static bool series_own_bytes(
	const struct growth_tree *t, int64_t **own, struct error *err)
{
	size_t n = (size_t)t->count * t->generations;
	*own = array_new(n, sizeof **own);
	if (*own == NULL)
		return error_nomem(err);
	if (n > 0)
		memcpy(*own, t->bytes, n * sizeof **own);
	for (uint32_t i = 0; i < t->count; i++)
		for (size_t k = 0; t->node[i].parent != GRAPH_NONE && k < t->generations;
			k++) {
			size_t at = (size_t)t->node[i].parent * t->generations + k;
			(*own)[at] =
				dominators_subtract((*own)[at], growth_bytes(t, i)[k]);
		}
	return true;
}

static bool series_add_place(
	struct series *s, uint32_t i, const int64_t *own, struct error *err)
{
	const struct growth_tree *t = s->tree;
	struct buffer signature = BUFFER_INIT;
	growth_signature(t, i, &signature);
	const char *const key[2] = { buffer_text(&signature), NULL };
	bool ok = !signature.failed || error_nomem(err);
	for (size_t k = 0; ok && k < t->generations; k++)
		ok = series_add(s, k, key, growth_objects(t, i)[k],
			own[(size_t)i * t->generations + k], err);
	buffer_fini(&signature);
	return ok;
}

static struct series *series_init(
	enum series_key key, size_t generations, struct error *err)
{
	static const char *const none[2] = { NULL, NULL };
	struct series *s = array_new_zeroed(1, sizeof *s);
	if (s == NULL || !series_row_init(&s->total, generations, none)) {
		free(s);
		error_nomem(err);
		return NULL;
	}
	s->key = key;
	s->generations = generations;
	return s;
}

/* What no root leads to: the rest of the heap. */
static bool series_add_unreachable(
	struct series *s, struct db *db, const int64_t *num, struct error *err)
{
	static const char *const key[2] = { "(unreachable)", NULL };
	struct series *types = series_init(SERIES_TYPE, s->generations, err);
	bool ok = types != NULL;
	for (size_t k = 0; ok && k < s->generations; k++) {
		ok = series_load_types(types, db, k, num[k], err);
		if (!ok)
			break;
		int64_t count = types->total.count[k] - s->total.count[k];
		int64_t bytes =
			dominators_subtract(types->total.bytes[k], s->total.bytes[k]);
		ok = (count == 0 && bytes == 0) ||
		     series_add(s, k, key, count, bytes, err);
	}
	series_free(types);
	return ok;
}

static bool series_load_signatures(
	struct series *s, struct db *db, const int64_t *num, struct error *err)
{
	struct growth_query q = { .num = num, .generations = s->generations };
	int64_t *own = NULL;
	s->tree = growth_tree_new(db, &q, err);
	bool ok = s->tree != NULL && series_own_bytes(s->tree, &own, err);
	for (uint32_t i = 0; ok && i < s->tree->count; i++)
		ok = series_add_place(s, i, own, err);
	free(own);
	return ok && series_add_unreachable(s, db, num, err);
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
	if (s->count > 0)
		qsort(s->row, s->count, sizeof *s->row, series_compare);
	map_fini(&s->by_key);
	return s;
}

struct series *series_new(struct db *db, enum series_key key, const int64_t *num,
	size_t n, struct error *err)
{
	static bool (*const load[])(
		struct series *, struct db *, size_t, int64_t, struct error *) = {
		[SERIES_TYPE] = series_load_types,
		[SERIES_OWNER] = series_load_owners,
		[SERIES_VALUE] = series_load_values,
		[SERIES_ADDRESS] = series_load_types,
	};
	struct series *s = series_init(key, n, err);
	if (s == NULL)
		return NULL;
	bool ok = true;
	if (key == SERIES_SIGNATURE)
		ok = series_load_signatures(s, db, num, err);
	else
		for (size_t k = 0; ok && k < n; k++)
			ok = load[key](s, db, k, num[k], err);
	return series_finish(s, ok);
}

/* Adds what a query on two or three tables yields. */
static bool series_load_joined(struct series *s, struct db *db, size_t k, const char *sql,
	char obj[3][GENERATION_TABLE_MAX], struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = db_preparef(db, &stmt, err, sql, obj[0], obj[1], obj[2]) &&
		  series_add_rows(s, k, stmt, err);
	db_stmt_free(stmt);
	return ok;
}

#define SERIES_BOTH " on b.address = a.address and b.type is a.type"
#define SERIES_A                                                                         \
	"select a.type, null, count(*), sum(a.size >> 32), sum(a.size & 4294967295)"

struct series *series_survivors(
	struct db *db, const int64_t *num, size_t n, struct error *err)
{
	/* Each names the tables it needs in the order of the generations. */
	static const char survived[] =
		SERIES_A " from main.\"%w\" a join main.\"%w\" b" SERIES_BOTH
			 " group by 1 having '%w' is not null";
	static const char born[] =
		"with before as (select address, type from main.\"%w\") " SERIES_A
		" from main.\"%w\" a where not exists (select 1 from before b where"
		" b.address = a.address and b.type is a.type)"
		" group by 1 having '%w' is not null";
	static const char alive[] =
		"with before as (select address, type from main.\"%w\") " SERIES_A
		" from main.\"%w\" a join main.\"%w\" b" SERIES_BOTH
		" where not exists (select 1 from before c where"
		" c.address = a.address and c.type is a.type) group by 1";
	char obj[3][GENERATION_TABLE_MAX] = { "", "", "" };
	struct series *s = series_init(SERIES_ADDRESS, 3, err);
	bool ok = s != NULL;
	for (size_t i = 0; ok && i < n; i++)
		ok = generation_table(db, "obj", num[i], obj[i], err);
	if (ok && n == 2)
		ok = series_load_types(s, db, 0, num[0], err) &&
		     series_load_joined(s, db, 1, survived, obj, err);
	else if (ok)
		ok = series_load_joined(s, db, 0, born, obj, err) &&
		     series_load_joined(s, db, 1, alive, obj, err);
	ok = ok && series_load_types(s, db, 2, num[n - 1], err);
	return s == NULL ? NULL : series_finish(s, ok);
}
