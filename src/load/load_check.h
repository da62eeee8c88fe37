/* SPDX-License-Identifier: MIT */
/* load_check - is what was read in order?  Asked once everything was read. */
#ifndef MEMSEE_LOAD_LOAD_CHECK_H
#define MEMSEE_LOAD_LOAD_CHECK_H

#include "load/load.h"

/* Sums up the pieces in the report: the first few faults of all are those of the dump.
 * `*bad_bytes` are those of what was rejected. */
void load_summarise(
	const struct heap *h, struct load_report *report, uint64_t *bad_bytes);

/* Is what was read a dump at all, and in good order if `strict`? */
bool load_check(const struct load_report *report, bool strict, uint64_t bad_bytes,
	struct error *err);

/* Clashes are damage, too, for options->strict: fails when there was one. */
bool load_check_clashes(const struct load_options *options,
	const struct load_report *report, struct error *err);

#endif
