/* SPDX-License-Identifier: MIT */
#include "attach/stop.h"

#include "attach/process.h"
#include "base/array.h"

#include <assert.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static bool stop_refused(pid_t pid, struct error *err)
{
	struct process_status status = { 0 };
	int why = errno;
	if (why == EPERM && process_status_read(pid, &status, NULL) && status.ended)
		return error_set(err, STATUS_DATA, "process %d has ended", (int)pid);
	if (why == EPERM && status.tracer != 0)
		return error_set(err, STATUS_DATA,
			"process %d is being traced by process %d already, a debugger "
			"perhaps",
			(int)pid, (int)status.tracer);
	if (why == EPERM)
		return process_refused(pid, err);
	if (why == ESRCH)
		return error_set(err, STATUS_DATA, "there is no process %d", (int)pid);
	return error_set(err, STATUS_DATA, "process %d cannot be traced: %s", (int)pid,
		strerror(why));
}

/* False with errno; ESRCH when the thread has ended meanwhile. */
static bool stop_one(struct stop *s, pid_t tid, struct error *err)
{
	if (!array_reserve(&s->thread, &s->cap, s->count + 1, sizeof *s->thread))
		return error_nomem(err);
	if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) != 0)
		return (errno == ESRCH && tid != s->pid) || stop_refused(s->pid, err);
	struct stop_thread *t = &s->thread[s->count++];
	*t = (struct stop_thread){ .tid = tid };
	if (ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) != 0 && errno == ESRCH)
		t->gone = true;
	if (t->gone)
		return true;
	/* Waits until the thread has stopped.  It may be about to get a signal: that is
	 * its stop then, and the signal is kept for later. */
	int status;
	pid_t got;
	do {
		got = waitpid(t->tid, &status, __WALL);
	} while (got < 0 && errno == EINTR);
	if (got != t->tid || !WIFSTOPPED(status))
		t->gone = true;
	else if (status >> 16 == PTRACE_EVENT_STOP)
		s->by_signal |= WSTOPSIG(status) != SIGTRAP;
	else if (status >> 16 == 0)
		t->signal = WSTOPSIG(status);
	return true;
}

/* A running thread may start others: once a pass finds no new thread, all are stopped. */
bool stop_all(struct stop *s, pid_t pid, struct error *err)
{
	*s = (struct stop){ .pid = pid };
	bool ok = true, found = true;
	while (ok && found) {
		size_t count;
		pid_t *tids = process_threads(pid, &count, err);
		ok = tids != NULL;
		found = false;
		for (size_t i = 0; ok && i < count; i++) {
			bool known = false;
			for (size_t k = 0; k < s->count && !known; k++)
				known = s->thread[k].tid == tids[i];
			if (known)
				continue;
			size_t before = s->count;
			ok = stop_one(s, tids[i], err);
			found |= s->count > before;
		}
		free(tids);
	}
	assert(!ok || s->pid == pid);
	if (ok && (s->count == 0 || s->thread[0].gone))
		ok = error_set(err, STATUS_DATA, "process %d has ended", (int)pid);
	if (!ok)
		stop_release(s);
	return ok;
}

bool stop_main(struct stop *s, pid_t pid, struct error *err)
{
	*s = (struct stop){ .pid = pid };
	bool ok = stop_one(s, pid, err);
	if (ok && s->thread[0].gone)
		ok = error_set(err, STATUS_DATA, "process %d has ended", (int)pid);
	if (!ok)
		stop_release(s);
	return ok;
}

void stop_release(struct stop *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (!s->thread[i].gone)
			ptrace(PTRACE_DETACH, s->thread[i].tid, NULL,
				(void *)(intptr_t)s->thread[i].signal);
	free(s->thread);
	*s = (struct stop){ .pid = s->pid };
}
