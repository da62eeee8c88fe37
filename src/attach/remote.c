/* SPDX-License-Identifier: MIT */
#include "attach/remote.h"

#include "attach/process.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

enum {
	TRAP_SIZE = sizeof REGISTERS_TRAP - 1,
	SEARCH = 1 << 16,
	/* The return address of the calls: no process has anything mapped there, so
	 * returning faults. */
	NOWHERE = 1,
};

/* --- where a system call can be made -------------------------------------------------
 */

static bool remote_find_trap(struct remote *r, struct error *err)
{
	struct process_maps maps;
	unsigned char *bytes = malloc(SEARCH);
	if (bytes == NULL)
		return error_nomem(err);
	if (!process_maps_read(r->pid, &maps, err)) {
		free(bytes);
		return false;
	}
	for (size_t i = 0; i < maps.count && r->trap == 0; i++) {
		const struct process_map *map = &maps.map[i];
		if (!map->executable || !map->readable ||
			strcmp(map->path, "[vsyscall]") == 0)
			continue;
		for (uint64_t at = map->start; at < map->end && r->trap == 0;
			at += SEARCH) {
			size_t want =
				map->end - at < SEARCH ? (size_t)(map->end - at) : SEARCH;
			ssize_t got = process_read(r->pid, at, bytes, want);
			const unsigned char *found =
				got <= 0 ? NULL
					 : memmem(bytes, (size_t)got, REGISTERS_TRAP,
						   TRAP_SIZE);
			if (found != NULL && (TRAP_SIZE == 2 || (found - bytes) % 4 == 0))
				r->trap = at + (uint64_t)(found - bytes);
		}
	}
	process_maps_fini(&maps);
	free(bytes);
	return r->trap != 0 ||
	       error_set(err, STATUS_DATA,
		       "process %d has no code that makes a system call", (int)r->pid);
}

/* --- begin and end -------------------------------------------------------------------
 */

static uint64_t remote_bit(int signal_number)
{
	return UINT64_C(1) << (signal_number - 1);
}

bool remote_begin(struct remote *r, pid_t pid, pid_t tid, struct error *err)
{
	assert(!r->begun);
	r->pid = pid;
	r->tid = tid;
	r->child = 0;
	if (!registers_known)
		return registers_take(tid, &r->saved, err);
	if (r->trap == 0 && !remote_find_trap(r, err))
		return false;
	if (!registers_take(tid, &r->saved, err))
		return false;
	/* A fault that is blocked would make the kernel forget its handler. */
	uint64_t mask = ~(remote_bit(SIGTRAP) | remote_bit(SIGSEGV) | remote_bit(SIGBUS) |
			  remote_bit(SIGILL) | remote_bit(SIGFPE));
	if (ptrace(PTRACE_GETSIGMASK, tid, (void *)sizeof r->mask, &r->mask) != 0 ||
		ptrace(PTRACE_SETSIGMASK, tid, (void *)sizeof mask, &mask) != 0)
		return error_set(err, STATUS_DATA, "the signals of thread %d: %s",
			(int)tid, strerror(errno));
	r->begun = true;
	return true;
}

bool remote_end(struct remote *r, struct error *err)
{
	if (!r->begun)
		return true;
	r->begun = false;
	bool ok = registers_give(r->tid, &r->saved, err);
	if (r->stopped)
		kill(r->pid, SIGSTOP);
	r->stopped = false;
	if (ptrace(PTRACE_SETSIGMASK, r->tid, (void *)sizeof r->mask, &r->mask) != 0 &&
		ok)
		ok = error_set(err, STATUS_DATA, "the signals of thread %d: %s",
			(int)r->tid, strerror(errno));
	return ok;
}

/* --- running -------------------------------------------------------------------------
 */

static double remote_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Waits for the next stop, at most until `end`.  False when the time is up or the thread
 * has ended; a thread whose time is up is stopped as well. */
static bool remote_wait(struct remote *r, double end, int *status, struct error *err)
{
	pid_t got;
	while ((got = waitpid(r->tid, status, __WALL | WNOHANG)) == 0 ||
		(got < 0 && errno == EINTR)) {
		if (remote_now() > end) {
			ptrace(PTRACE_INTERRUPT, r->tid, NULL, NULL);
			waitpid(r->tid, status, __WALL);
			return error_set(err, STATUS_DATA,
				"process %d did not come back in time", (int)r->pid);
		}
		nanosleep(&(struct timespec){ .tv_nsec = 20000 }, NULL);
	}
	if (got == r->tid && WIFSTOPPED(*status))
		return true;
	r->begun = false;
	return error_set(err, STATUS_DATA, "process %d has ended", (int)r->pid);
}

/* Lets the thread go on, step by step or freely, until it stops at `place` by `wanted`.
 */
static bool remote_run(
	struct remote *r, bool step, uint64_t place, double seconds, struct error *err)
{
	double end = remote_now() + seconds;
	int wanted = step ? SIGTRAP : SIGSEGV, status;
	for (;;) {
		registers_general g;
		if (ptrace(step ? PTRACE_SINGLESTEP : PTRACE_CONT, r->tid, NULL, NULL) !=
			0)
			return error_set(err, STATUS_DATA, "process %d: %s", (int)r->pid,
				strerror(errno));
		if (!remote_wait(r, end, &status, err))
			return false;
		int event = status >> 16, number = WSTOPSIG(status);
		unsigned long child;
		if (event == PTRACE_EVENT_CLONE || event == PTRACE_EVENT_FORK) {
			ptrace(PTRACE_GETEVENTMSG, r->tid, NULL, &child);
			r->child = (pid_t)child;
		}
		if (event != 0)
			continue;
		/* No mask blocks this signal: it is sent again when everything is
		 * restored. */
		r->stopped |= number == SIGSTOP;
		if (!registers_get(r->tid, &g, err))
			return false;
		if (number == wanted && registers_place(&g) == place)
			return true;
		if (number == SIGSEGV || number == SIGBUS || number == SIGILL ||
			number == SIGFPE)
			return error_set(err, STATUS_DATA,
				"process %d: the call made in it failed (signal %d)",
				(int)r->pid, number);
	}
}

bool remote_system_call(struct remote *r, long number, const uint64_t arguments[6],
	int64_t *result, struct error *err)
{
	enum { SECONDS = 2 };
	assert(r->begun);
	registers_general g = r->saved.general;
	registers_call_system(&g, r->trap, number, arguments);
	if (!registers_set(r->tid, &g, err) ||
		!remote_run(r, true, r->trap + TRAP_SIZE, SECONDS, err) ||
		!registers_get(r->tid, &g, err))
		return false;
	*result = (int64_t)registers_result(&g);
	return true;
}

bool remote_call(struct remote *r, uint64_t function, const uint64_t arguments[2],
	double seconds, uint64_t *result, struct error *err)
{
	assert(r->begun);
	registers_general g = r->saved.general;
	uint64_t back = NOWHERE;
	bool push;
	registers_call(&g, function, arguments, back, &push);
	struct iovec here = { &back, sizeof back };
	struct iovec there = { (void *)(uintptr_t)registers_stack(&g), sizeof back };
	if (push && process_vm_writev(r->pid, &here, 1, &there, 1, 0) != sizeof back)
		return error_set(err, STATUS_DATA, "the stack of process %d: %s",
			(int)r->pid, strerror(errno));
	if (!registers_set(r->tid, &g, err) ||
		!remote_run(r, false, NOWHERE, seconds, err) ||
		!registers_get(r->tid, &g, err))
		return false;
	*result = registers_result(&g);
	return true;
}
