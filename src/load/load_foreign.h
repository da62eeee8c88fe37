/* SPDX-License-Identifier: MIT */
/* load_foreign - collects the objects of a reader of dump/format.h in pieces of a heap.
 */
#ifndef MEMSEE_LOAD_LOAD_FOREIGN_H
#define MEMSEE_LOAD_LOAD_FOREIGN_H

#include "dump/format.h"
#include "load/load.h"

struct load_spill;

/* Reads all of `in`, a dump of options->format, into `heap`, which is empty, on one
 * thread. The rest is the same as in load_read().  Facts go into `report`. */
bool load_foreign(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err);

#endif
