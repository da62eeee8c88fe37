/* SPDX-License-Identifier: MIT */
/* format_process - a process that runs as one of the kinds of heap dump.
 *
 * It has no bytes that could be recognised: whoever reads names it, `pid:PID`, or
 * `pid:PID+SECONDS`, which waits before it looks. */
#ifndef MEMSEE_ATTACH_FORMAT_PROCESS_H
#define MEMSEE_ATTACH_FORMAT_PROCESS_H

#include "dump/format.h"

#include <sys/types.h>

struct process_word {
	pid_t pid;
	unsigned seconds; /* to wait before */
};

/* Is `word` of that form, and then what does it say? */
bool process_word(const char *word, struct process_word *said);

/* A file of the process that can be opened for as long as it is there, for struct
 * dump_input.  Fails when there is no such process. */
#define PROCESS_FILE_MAX 64
bool process_file(
	const struct process_word *said, char path[PROCESS_FILE_MAX], struct error *err);

/* Its reader takes options->process for what to read, and options->way ("copy", "fork",
 * NULL for what suits) for how.  The input is read and not
 * looked at. */
extern const struct dump_format process_format;

#endif
