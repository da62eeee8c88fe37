/* SPDX-License-Identifier: MIT */
/* snapshot - the memory of a running process, at one moment.
 *
 * By copy: all threads are stopped while memsee copies what they may have written.  By
 * fork: one thread is made to clone() a child, which takes as long as copying page
 * tables; the threads go on, the child never executes an instruction, is copied, killed
 * and reaped.  The process gets no signal for it and keeps no child.
 *
 * Fork makes the pause short, but charges the process's container with each page that it
 * changes until the copy is done.  So SNAPSHOT_AUTO forks, and copies where the process
 * is near its limit of memory, has a filter for system calls, is stopped, or where the
 * fork is refused.
 *
 * While Python's collector works its lists are in pieces: the process is let go and
 * looked at again, for up to ten seconds. */
#ifndef MEMSEE_ATTACH_SNAPSHOT_H
#define MEMSEE_ATTACH_SNAPSHOT_H

#include "cpython/memory.h"

#include <signal.h>
#include <sys/types.h>

enum snapshot_way { SNAPSHOT_AUTO, SNAPSHOT_COPY, SNAPSHOT_FORK };

struct snapshot_options {
	enum snapshot_way way;
	const volatile sig_atomic_t *cancel; /* may be NULL */
};

/* What it took. */
struct snapshot_cost {
	unsigned tries;  /* pauses, the last of which gave the snapshot */
	double pause;    /* seconds, the longest */
	uint64_t copied; /* bytes */
};

/* Fills `m`, which is initialised.  The process is as before whatever happens, unless
 * memsee is killed in the middle of a fork: then the child dies of a fault. */
bool snapshot_take(struct memory *m, pid_t pid, const struct snapshot_options *options,
	struct snapshot_cost *cost, struct error *err);

#endif
