/* SPDX-License-Identifier: MIT */
/* snap - the options --snap, --by, --when-rss, --every and --count.
 *
 * Without a script each process becomes a dump, a file that memsee's own dumper could
 * have written.  With one the processes are the script's first arguments, `pid:PID`, and
 * `read` takes them. */
#ifndef MEMSEE_PROGRAM_SNAP_H
#define MEMSEE_PROGRAM_SNAP_H

#include "base/places.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Zeroed: none was given. */
struct snap {
	pid_t *pids;
	size_t pid_count, pid_cap;
	const char *way;     /* --by; NULL: any */
	uint64_t when_bytes; /* --when-rss: of the process; 0: none */
	unsigned when_share; /* or percent of the limit of its container; 0: none */
	unsigned every;      /* seconds between rounds */
	unsigned count;      /* rounds; 0: one */
	char **words;        /* see snap_words() */
	size_t word_count;
};

/* The arguments of --snap, --when-rss and --every. */
bool snap_set_pids(struct snap *s, const char *argument, struct error *err);
bool snap_set_when(struct snap *s, const char *argument, struct error *err);
bool snap_set_every(struct snap *s, const char *argument, struct error *err);
void snap_fini(struct snap *s);

/* Do the options fit together? */
bool snap_check(const struct snap *s, struct error *err);

/* Makes s->words: for `read`, all processes of all rounds in order. */
bool snap_words(struct snap *s, struct error *err);

/* Waits until --when-rss is reached; returns at once without it. */
bool snap_wait(
	const struct snap *s, const volatile sig_atomic_t *cancel, struct error *err);

/* How dumps are written, and where each file is reported. */
struct snap_out {
	struct places *places;
	/* %p is the process, %n the round, from 1; NULL: a name with both. */
	const char *pattern;
	const volatile sig_atomic_t *cancel;
	void (*tell)(void *data, const char *line); /* of each file */
	void *data;
};

/* Takes and writes the dumps of all processes and rounds. */
bool snap_write(const struct snap *s, const struct snap_out *out, struct error *err);

#endif
