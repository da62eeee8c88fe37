/* SPDX-License-Identifier: MIT */
/* load_write - a heap into the tables of a new generation. */
#ifndef MEMSEE_LOAD_LOAD_WRITE_H
#define MEMSEE_LOAD_LOAD_WRITE_H

#include "load/load.h"

/* Makes a new generation of `heap`, with the facts of `report` in the read log, in one
 * transaction; report->generation is its number.  The tables are filled page by page
 * where the database allows it, else, or with options->ordinary, row by row; both give
 * the same rows.  On failure the database is what it was. */
bool load_write(struct db *db, struct heap *heap, const struct load_options *options,
	struct load_report *report, struct error *err);

#endif
