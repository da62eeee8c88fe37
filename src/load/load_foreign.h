/* SPDX-License-Identifier: MIT */
/* load_foreign - what a reader of dump/format.h finds, into the pieces of a heap. */
#ifndef MEMSEE_LOAD_LOAD_FOREIGN_H
#define MEMSEE_LOAD_LOAD_FOREIGN_H

#include "dump/format.h"
#include "load/load.h"

struct load_spill;

/* Reads all of `in`, a dump of `format`, into `heap`, which is empty.  The rest is as
 * load_read() does it; one thread.  Facts go into `report`. */
bool load_foreign(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err);

#endif
