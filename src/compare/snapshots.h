/* SPDX-License-Identifier: MIT */
/* snapshots - the generations that are compared, of which as many are in memory as there
 * is room for: two at least, all when they are small. */
#ifndef MEMSEE_COMPARE_SNAPSHOTS_H
#define MEMSEE_COMPARE_SNAPSHOTS_H

#include "compare/snapshot.h"

struct snapshots {
	struct db *db;
	const int64_t *num; /* borrowed */
	size_t count;
	struct vocabulary words;
	struct snapshot **loaded; /* NULL where it is not in memory */
	uint64_t *used;           /* when each was asked for last */
	uint64_t clock;
};

/* For generations num[0] … num[n - 1].  snapshots_fini() is due in any case. */
bool snapshots_init(struct snapshots *s, struct db *db, const int64_t *num, size_t n,
	struct error *err);
void snapshots_fini(struct snapshots *s);

/* Generation `k`: borrowed, valid until two others have been asked for.  NULL on failure.
 * What is loaded again has the same nodes and terms. */
const struct snapshot *snapshots_get(struct snapshots *s, size_t k, struct error *err);

/* Are all in memory, so that asking for one neither loads nor frees anything? */
bool snapshots_are_loaded(const struct snapshots *s);

#endif
