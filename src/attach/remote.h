/* SPDX-License-Identifier: MIT */
/* remote - a stopped thread of another process, made to do something and put back.
 *
 * Between remote_begin() and remote_end() the thread has our registers; signals that come
 * meanwhile wait, with all that they say, for nearly all are blocked.  remote_end() must
 * follow on every way out: then the thread is where it was, to the last bit, and a system
 * call that it slept in is restarted by the kernel. */
#ifndef MEMSEE_ATTACH_REMOTE_H
#define MEMSEE_ATTACH_REMOTE_H

#include "attach/registers.h"

struct remote {
	pid_t pid, tid;
	uint64_t trap; /* address of an instruction that makes system calls */
	struct registers saved;
	uint64_t mask; /* of signals, as the thread had it */
	pid_t child;   /* that a system call made and that is stopped; 0: none */
	bool begun;
	bool stopped; /* somebody sent it SIGSTOP meanwhile */
};

/* `tid` is stopped by stop.h.  Finds the instruction at the first time; keep `r` for the
 * next.  Fails without having changed anything. */
bool remote_begin(struct remote *r, pid_t pid, pid_t tid, struct error *err);
bool remote_end(struct remote *r, struct error *err);

/* Executes one system call; `*result` is what the kernel gave, a negative errno if it
 * failed.  Gives up after two seconds. */
bool remote_system_call(struct remote *r, long number, const uint64_t arguments[6],
	int64_t *result, struct error *err);

/* Calls a C function, of up to two arguments, and waits up to `seconds` for it to return.
 * False when it does not, or faults. */
bool remote_call(struct remote *r, uint64_t function, const uint64_t arguments[2],
	double seconds, uint64_t *result, struct error *err);

#endif
