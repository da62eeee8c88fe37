/* SPDX-License-Identifier: MIT */
/* load_read - reads a dump of lines of JSON into the pieces of a heap, on several
 * threads.
 *
 * The file is cut at line ends into blocks of a few megabytes.  Each thread takes the
 * next block under a lock and parses it alone.  The pieces are in the order of the file,
 * so the result does not depend on the number of threads. */
#ifndef MEMSEE_LOAD_LOAD_READ_H
#define MEMSEE_LOAD_LOAD_READ_H

#include "dump/input.h"
#include "load/load.h"

struct load_spill;

/* Reads all of `in` into `heap`, which is empty.  Fills the part of `report` that the
 * reader knows: lines, rejected lines, surrogates, torn tail, header.  With
 * options->strict a bad line is an error, and the message names it.  The objects move on
 * to `spill` unless that is NULL. */
bool load_read(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err);

#endif
