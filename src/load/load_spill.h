/* SPDX-License-Identifier: MIT */
/* load_spill - writes a dump into the database with little memory.
 *
 * The objects go into temporary tables, in the order of the file.  SQLite sorts them
 * there on disk, and the rows then go into the new generation one by one.  They are the
 * same rows as load_write() makes, in ten to thirty times the time. */
#ifndef MEMSEE_LOAD_LOAD_SPILL_H
#define MEMSEE_LOAD_LOAD_SPILL_H

#include "load/load.h"

struct load_spill;

/* SQLite's caches may take half of `memory` bytes.  NULL on failure. */
struct load_spill *load_spill_new(struct db *db, size_t memory, struct error *err);
/* Drops the temporary tables; NULL is accepted. */
void load_spill_free(struct load_spill *spill);

/* Takes the objects of a piece, number `index` in the file; only the counts and notes of
 * the piece stay.  Pieces may come in any order, one at a time. */
bool load_spill_put(struct load_spill *spill, struct heap_part *part, size_t index,
	struct error *err);

/* Makes the new generation, after every piece was put and `heap`, which has them all, was
 * numbered.  Fills the figures of `report` that are known only now.  On failure the
 * database stays as it was. */
bool load_spill_write(struct load_spill *spill, struct heap *heap,
	const struct load_options *options, struct load_report *report,
	struct error *err);

#endif
