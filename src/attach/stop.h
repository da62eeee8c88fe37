/* SPDX-License-Identifier: MIT */
/* stop - all threads of a process, stopped and let go.
 *
 * By PTRACE_SEIZE and PTRACE_INTERRUPT (ptrace(2)): the process does not notice, no
 * signal is made or lost, and a system call that sleeps goes on sleeping afterwards.  A
 * process that a signal had stopped stays stopped.  When memsee itself is killed the
 * kernel lets the process go. */
#ifndef MEMSEE_ATTACH_STOP_H
#define MEMSEE_ATTACH_STOP_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stop_thread {
	pid_t tid;
	int signal; /* it was about to get, and gets when it is let go; 0: none */
	bool gone;  /* it has ended meanwhile */
};

struct stop {
	pid_t pid;
	struct stop_thread
		*thread; /* the first is the main thread, unless that has ended */
	size_t count, cap;
	bool by_signal; /* a signal had stopped the process before */
};

/* Stops all threads.  Lets go of those it has when it fails: there is no such process, it
 * may not be traced, or somebody else traces it. */
bool stop_all(struct stop *s, pid_t pid, struct error *err);
/* Stops the main thread alone. */
bool stop_main(struct stop *s, pid_t pid, struct error *err);
/* Lets go of all; `s` is empty then. */
void stop_release(struct stop *s);

#endif
