/* SPDX-License-Identifier: MIT */
/* progress - a line on the terminal that shows how far a long job has come.
 *
 *	[############--------] 62 of 137 MB, 512,345 objects, 310 MB/s, 1 s left
 *
 * It is drawn over itself a few times a second and wiped out at the end.  Nobody's output
 * may depend on it. */
#ifndef MEMSEE_BASE_PROGRESS_H
#define MEMSEE_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum progress_mode {
	PROGRESS_AUTO, /* only when `out` is a terminal */
	PROGRESS_ALWAYS,
	PROGRESS_NEVER,
};

struct progress {
	FILE *out;
	bool shown;           /* is there anybody to look? */
	bool drawn;           /* is there a line to wipe out? */
	uint64_t total;       /* bytes, 0 when unknown */
	uint64_t start, last; /* nanoseconds */
};

#define PROGRESS_LINE_MAX 160

/* `out` is borrowed; `total` bytes are to be done, 0 when that is not known. */
void progress_init(
	struct progress *p, enum progress_mode mode, FILE *out, uint64_t total);

/* `bytes` and `objects` are done by now.  Looks at the clock and mostly returns: as cheap
 * as that. */
void progress_update(struct progress *p, uint64_t bytes, uint64_t objects);

/* All is read and something else takes its time: shows `words` instead. */
void progress_say(struct progress *p, const char *words);

/* Wipes the line out. */
void progress_fini(struct progress *p);

/* The words of progress_update(), `seconds` after the start. */
void progress_format(char line[PROGRESS_LINE_MAX], uint64_t bytes, uint64_t total,
	uint64_t objects, double seconds);

#endif
