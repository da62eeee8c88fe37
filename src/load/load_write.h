/* SPDX-License-Identifier: MIT */
/* load_write - writes a heap into the tables of a new generation. */
#ifndef MEMSEE_LOAD_LOAD_WRITE_H
#define MEMSEE_LOAD_LOAD_WRITE_H

#include "load/load.h"

/* Makes a new generation from `heap`, with the facts of `report` in the read log, in one
 * transaction, and sets report->generation to its number.  It fills the tables page by
 * page if the database allows that, else, or with options->ordinary, row by row; the rows
 * are the same.  On failure the database stays as it was. */
bool load_write(struct db *db, struct heap *heap, const struct load_options *options,
	struct load_report *report, struct error *err);

#endif
