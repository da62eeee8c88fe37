/* SPDX-License-Identifier: MIT */
/* load_log - the facts of a load_report in the database's read log.
 *
 * Facts, in this order; the counts are always there, the rest only when it is the case:
 *
 *	file         name of the dump, without folder and .gz or .zst
 *	runtime, version, pid, time, program, identity and whatever else the dump tells
 *	             of its process, in the order in which it does; identity is
 *"addresses" where objects keep theirs from dump to dump, else "places" format       of
 *the dump, where it is none of lines of JSON bytes, lines of the dump, unpacked objects,
 *references, size, top: as they are in the tables size_read    sum of the sizes of all
 *lines, repeats included rejected     lines that could not be read; `rejected 1` … tell
 *the first few repeats      identical repeats of an object clashes      other objects at
 *an address that had one; `clash 1` … likewise dangling     references to what is not in
 *the dump; dangling_targets: to how many surrogates   unpaired ones replaced by U+FFFD
 *	torn         why the dump ended early
 *	values       "redacted" when they were replaced
 *	runtime, version, pid, time, program: of the process that was dumped; the time in
 *	             ISO 8601, the program as argv[0]
 *	…            every other number in the dump's header, under its key there, such as
 *	             rss: bytes of memory
 *	header       what the dumper says of itself, JSON
 *
 * A header may not replace what was counted: a key with the name of such a fact is
 * ignored.  Of a redacted dump only the facts stay that cannot hold a value of the
 * program: neither the header nor the program, and numbers under known names alone.
 *
 * Nothing of it depends on the clock, the folder or the packing: one dump gives one
 * database. */
#ifndef MEMSEE_LOAD_LOAD_LOG_H
#define MEMSEE_LOAD_LOAD_LOG_H

#include "load/load.h"

/* Writes them for report->generation. */
bool load_log_write(struct db *db, const struct load_report *report, struct error *err);

#endif
