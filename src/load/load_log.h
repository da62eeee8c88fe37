/* SPDX-License-Identifier: MIT */
/* load_log - writes the facts of a load_report into the database's read log.
 *
 * The counts are always there, the other facts only if they apply:
 *
 *	file         name of the dump, without folder and .gz or .zst
 *	runtime, version, pid, time, program, identity and other facts that the dump has
 *	             about its process, in its order; identity is "addresses" if objects
 *	             keep their addresses from dump to dump, else "places"
 *	format       of the dump, unless that is lines of JSON
 *	bytes, lines of the dump, unpacked
 *	objects, references, size, top: as they are in the tables
 *	size_read    sum of the sizes of all lines, with repeats
 *	rejected     lines that could not be read; `rejected 1` … describe the first few
 *	repeats      identical repeats of an object
 *	clashes      other objects at the address of an object; `clash 1` … likewise
 *	dangling     references to objects that are not in the dump
 *	dangling_targets: the number of these objects
 *	surrogates   unpaired ones replaced by U+FFFD
 *	torn         why the dump ended early
 *	values       "redacted" if they were replaced
 *	runtime, version, pid, time, program: of the process that was dumped; the time in
 *	             ISO 8601, the program as argv[0]
 *	…            every other number in the dump's header, under its key there, such as
 *	             rss: bytes of memory
 *	header       the dumper's description of itself, JSON
 *
 * A header cannot replace a count: a key with the name of such a fact is ignored.  A
 * redacted dump keeps only facts that cannot reveal a value of the program: not the
 * header, not the program, and numbers only under known names.
 *
 * No fact depends on the clock, the folder or the packing, so the same dump always gives
 * the same database. */
#ifndef MEMSEE_LOAD_LOAD_LOG_H
#define MEMSEE_LOAD_LOAD_LOG_H

#include "load/load.h"

/* Writes the facts of report->generation. */
bool load_log_write(struct db *db, const struct load_report *report, struct error *err);

#endif
