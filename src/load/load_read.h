/* SPDX-License-Identifier: MIT */
/* load_read - a dump from a stream into the pieces of a heap, on several threads.
 *
 * The file is cut at line ends into blocks of a few megabytes; each thread takes the next
 * block under a lock and parses it by itself.  Pieces are put together in the order of
 * the file, so the number of threads does not show. */
#ifndef MEMSEE_LOAD_LOAD_READ_H
#define MEMSEE_LOAD_LOAD_READ_H

#include "dump/input.h"
#include "load/load.h"

struct load_spill;

/* Reads all of `in` into `heap`, which is empty.  Fills of `report` what only the reader
 * knows: lines, rejected lines, surrogates, torn tail, header.  With options->strict a
 * bad line is a failure, named in the message.  What is read goes on into `spill` unless
 * that is NULL. */
bool load_read(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err);

#endif
