/* SPDX-License-Identifier: MIT */
/* snapshot_labels - what a dump calls the references, or what it can be guessed that it
 * would.  Part of `snapshot`; nothing else includes it. */
#ifndef MEMSEE_COMPARE_SNAPSHOT_LABELS_H
#define MEMSEE_COMPARE_SNAPSHOT_LABELS_H

#include "compare/snapshot.h"
#include "explain/labels_heap.h"

/* Sets `*labelled`: does the dump have labels? */
bool snapshot_ask_labels(struct db *db, int64_t num, bool *labelled, struct error *err);

/* Sets `label` of a snapshot whose references are as in the dump, and whose `labelled` is
 * set.  `at` finds addresses.  Without labels they are guessed from `heap`, which has the
 * nodes in their order.  False on failure. */
bool snapshot_load_labels(struct snapshot *s, struct db *db, const struct graph *at,
	struct labels_heap *heap, struct vocabulary *v, struct error *err);

#endif
