/* SPDX-License-Identifier: MIT */
/* snapshot_labels - what a dump calls the references, or what it can be guessed that it
 * would.  Part of `snapshot`; nothing else includes it. */
#ifndef MEMSEE_COMPARE_SNAPSHOT_LABELS_H
#define MEMSEE_COMPARE_SNAPSHOT_LABELS_H

#include "compare/snapshot.h"

/* Sets `label` and `labelled` of a snapshot whose references are as in the dump.  `at`
 * finds addresses.  False on failure. */
bool snapshot_load_labels(struct snapshot *s, struct db *db, const struct graph *at,
	struct vocabulary *v, struct error *err);

#endif
