/* SPDX-License-Identifier: MIT */
#include "explain/peers.h"

#include "base/array.h"
#include "base/sort.h"
#include "dump/runtime.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PEERS_LEAST = 10 };

bool peers_find(struct peers *p, const struct peers_query *q, struct analysis *a,
	const struct name_tree *t, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	const struct graph *g = a->g;
	const struct runtime *runtime;
	if (o == NULL || !runtime_load(a->db, a->generation, &runtime, err))
		return false;
	bool *is = array_new(o->types, sizeof *is);
	uint64_t *key = array_new(g->nodes, sizeof *key);
	uint32_t *usual = array_new_zeroed(o->types, sizeof *usual);
	bool ok = (is != NULL && key != NULL && usual != NULL) || error_nomem(err);
	/* Which types are containers: by the runtime's table; objects of other classes
	 * may be some. */
	for (uint32_t i = 0; ok && i < o->types; i++) {
		enum type_kind kind =
			runtime_kind(runtime, o->name[i], strlen(o->name[i]));
		is[i] = kind == KIND_SEQUENCE || kind == KIND_MAPPING ||
			kind == KIND_OBJECT;
	}
	/* By type, then by the number of references. */
	size_t count = 0;
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		uint32_t n = g->children.start[i + 1] - g->children.start[i];
		if (n > 0 && is[o->type[i]])
			key[count++] = (uint64_t)o->type[i] << 32 | n;
	}
	if (ok)
		sort_u64(key, count);
	/* What is usual for each type is the median, if there are enough of it. */
	for (size_t begin = 0, end; begin < count; begin = end) {
		uint32_t type = (uint32_t)(key[begin] >> 32);
		for (end = begin; end < count && key[end] >> 32 == type;)
			end++;
		assert(end > begin && type < o->types);
		size_t n = end - begin;
		if (n >= PEERS_LEAST)
			usual[type] = (uint32_t)key[begin + (n - 1) / 2];
	}
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
