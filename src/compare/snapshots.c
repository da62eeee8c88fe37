/* SPDX-License-Identifier: MIT */
#include "compare/snapshots.h"

#include "base/array.h"
#include "dump/runtime.h"
#include "graph/graph_kept.h"

#include <assert.h>
#include <stdlib.h>

bool snapshots_init(struct snapshots *s, struct db *db, const int64_t *num, size_t n,
	struct error *err)
{
	*s = (struct snapshots){ .db = db, .num = num, .count = n };
	s->loaded = array_new_zeroed(n, sizeof(struct snapshot *));
	s->used = array_new_zeroed(n, sizeof *s->used);
	if (s->loaded == NULL || s->used == NULL)
		return error_nomem(err);
	const struct runtime *runtime;
	return runtime_load(db, num[0], &runtime, err) &&
	       vocabulary_init(&s->words, runtime, err);
}

void snapshots_fini(struct snapshots *s)
{
	for (size_t k = 0; s->loaded != NULL && k < s->count; k++)
		snapshot_free(s->loaded[k]);
	free(s->loaded);
	free(s->used);
	vocabulary_fini(&s->words);
}

const struct snapshot *snapshots_get(struct snapshots *s, size_t k, struct error *err)
{
	assert(k < s->count);
	/* Loads all at once, if none is there and all reads left their arrays, which are
	 * no more than fit into memory together. */
	bool all = s->clock == 0;
	for (size_t i = 0; all && i < s->count; i++)
		all = s->loaded[i] == NULL && graph_kept_heap(s->db, s->num[i]) != NULL;
	if (all && !snapshot_load(s->db, s->num, s->count, &s->words, s->loaded, err))
		return NULL;
	/* Makes room for one more beside the two that are looked at: forgets those that
	 * were not asked for longest. */
	size_t room = s->loaded[k] == NULL ? array_room() : 0;
	while (s->loaded[k] == NULL) {
		size_t weight = 0, count = 0, oldest = s->count;
		for (size_t i = 0; i < s->count; i++) {
			const struct snapshot *one = s->loaded[i];
			if (one == NULL)
				continue;
			weight += (size_t)one->nodes * 37 +
				  (size_t)one->start[one->nodes] * 8;
			count++;
			if (oldest == s->count || s->used[i] < s->used[oldest])
				oldest = i;
		}
		if (count < 2 || weight <= room) {
			if (!snapshot_load(
				    s->db, &s->num[k], 1, &s->words, &s->loaded[k], err))
				return NULL;
			break;
		}
		snapshot_free(s->loaded[oldest]);
		s->loaded[oldest] = NULL;
	}
	s->used[k] = ++s->clock;
	return s->loaded[k];
}

bool snapshots_are_loaded(const struct snapshots *s)
{
	for (size_t k = 0; k < s->count; k++)
		if (s->loaded[k] == NULL)
			return false;
	return true;
}
