/* SPDX-License-Identifier: MIT */
/* load_check - checks a dump after everything was read. */
#ifndef MEMSEE_LOAD_LOAD_CHECK_H
#define MEMSEE_LOAD_LOAD_CHECK_H

#include "load/load.h"

/* Adds up the pieces in the report, with the first few faults.  `*bad_bytes` is the size
 * of all that was rejected. */
void load_summarise(
	const struct heap *h, struct load_report *report, uint64_t *bad_bytes);

/* Fails if this was not a dump at all, or with `strict`, if anything in it was bad. */
bool load_check(const struct load_report *report, bool strict, uint64_t bad_bytes,
	struct error *err);

/* Fails with options->strict if there was a clash. */
bool load_check_clashes(const struct load_options *options,
	const struct load_report *report, struct error *err);

#endif
