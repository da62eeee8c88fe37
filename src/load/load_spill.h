/* SPDX-License-Identifier: MIT */
/* load_spill - a dump into the database within little memory.
 *
 * What is parsed goes into temporary tables, in the order of the file, and SQLite sorts
 * it there on disk; the rows then go into the new generation one by one.  They are the
 * same rows as load_write() makes, in ten to thirty times the time. */
#ifndef MEMSEE_LOAD_LOAD_SPILL_H
#define MEMSEE_LOAD_LOAD_SPILL_H

#include "load/load.h"

struct load_spill;

/* `memory` bytes are what SQLite's caches may take.  NULL on failure. */
struct load_spill *load_spill_new(struct db *db, size_t memory, struct error *err);
/* Drops the temporary tables; NULL is accepted. */
void load_spill_free(struct load_spill *spill);

/* Takes what was read of a piece, number `index` in the file, and empties it: only its
 * counts stay.  Pieces may come in any order, one at a time. */
bool load_spill_put(struct load_spill *spill, struct heap_part *part, size_t index,
	struct error *err);

/* Makes the new generation, once every piece was put and `heap`, which has them all, was
 * numbered; fills report with what shows only now, as heap_build() does for load_dump().
 * On failure the database is what it was. */
bool load_spill_write(struct load_spill *spill, struct heap *heap,
	const struct load_options *options, struct load_report *report,
	struct error *err);

#endif
