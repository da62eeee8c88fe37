/* SPDX-License-Identifier: MIT */
/* snapshot_labels - what a dump calls the references, or what it can be guessed that it
 * would.  Part of `snapshot`; nothing else includes it. */
#ifndef MEMSEE_COMPARE_SNAPSHOT_LABELS_H
#define MEMSEE_COMPARE_SNAPSHOT_LABELS_H

#include "compare/snapshot_fill.h"

/* Sets `*labelled`: does the dump have labels? */
bool snapshot_ask_labels(struct db *db, int64_t num, bool *labelled, struct error *err);

/* Set `label` of a snapshot whose references are as in the dump: to what the dump calls
 * them, or to what can be guessed from the texts.  False on failure. */
bool snapshot_load_labels(struct snapshot_fill *f, struct db *db, struct error *err);
bool snapshot_guess_labels(struct snapshot_fill *f, struct error *err);

#endif
