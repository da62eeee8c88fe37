/* SPDX-License-Identifier: MIT */
#include "explain/peers.h"

#include "base/array.h"
#include "dump/runtime.h"

#include <stdlib.h>
#include <string.h>

enum { PEERS_LEAST = 10 };

static int peers_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Which types are containers: by what the runtime says, and objects of other classes may
 * be some. */
static bool *peers_types(struct analysis *a, struct error *err)
{
	const struct objects *o = a->objects;
	const struct runtime *runtime;
	bool *is = array_new(o->types, sizeof *is);
	if (is == NULL || !runtime_load(a->db, a->generation, &runtime, err)) {
		error_nomem(err);
		free(is);
		return NULL;
	}
	for (uint32_t i = 0; i < o->types; i++) {
		enum type_kind kind =
			runtime_kind(runtime, o->name[i], strlen(o->name[i]));
		is[i] = kind == KIND_SEQUENCE || kind == KIND_MAPPING ||
			kind == KIND_OBJECT;
	}
	return is;
}

/* What is usual for each type, 0 where nothing is.  `key` is type << 32 | number of
 * references, ascending. */
static void peers_find_usual(const uint64_t *key, size_t count, uint32_t *usual)
{
	for (size_t begin = 0, end; begin < count; begin = end) {
		uint32_t type = (uint32_t)(key[begin] >> 32);
		for (end = begin; end < count && key[end] >> 32 == type;)
			end++;
		size_t n = end - begin;
		uint32_t middle = (uint32_t)key[begin + (n - 1) / 2];
		if (n >= PEERS_LEAST)
			usual[type] = middle;
	}
}

bool peers_find(struct peers *p, const struct peers_query *q, struct analysis *a,
	const struct name_tree *t, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	const struct graph *g = a->g;
	bool *is = o == NULL ? NULL : peers_types(a, err);
	if (is == NULL)
		return false;
	uint64_t *key = array_new(g->nodes, sizeof *key);
	uint32_t *usual = array_new_zeroed(o->types, sizeof *usual);
	bool ok = (key != NULL && usual != NULL) || error_nomem(err);
	size_t count = 0;
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		uint32_t n = g->children.start[i + 1] - g->children.start[i];
		if (n > 0 && is[o->type[i]])
			key[count++] = (uint64_t)o->type[i] << 32 | n;
	}
	if (ok && count > 0)
		qsort(key, count, sizeof *key, peers_compare);
	if (ok)
		peers_find_usual(key, count, usual);
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		uint32_t n = g->children.start[i + 1] - g->children.start[i];
		uint32_t normal = usual[o->type[i]];
		if (normal == 0 || n < q->least || n < (uint64_t)normal * q->times ||
			name_is_namespace(t, i))
			continue;
		ok = array_reserve(&p->peer, &p->cap, p->count + 1, sizeof *p->peer) ||
		     error_nomem(err);
		if (ok)
			p->peer[p->count++] = (struct peer){ i, n, normal };
	}
	free(is);
	free(key);
	free(usual);
	return ok;
}
