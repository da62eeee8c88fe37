/* SPDX-License-Identifier: MIT */
#include "attach/debugger.h"

#include "attach/process.h"
#include "attach/snapshot.h"
#include "attach/stop.h"
#include "cpython/cpython.h"

#include <assert.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

enum {
	PLEASE_STOP = 1 << 5, /* of the breaker: _PY_EVAL_PLEASE_STOP_BIT */
	LOOKS = 100,          /* at whether the script has begun, a second */
};

static bool debugger_write(
	pid_t pid, uint64_t at, const void *data, size_t size, struct error *err)
{
	struct iovec here = { (void *)(uintptr_t)data, size };
	struct iovec there = { (void *)(uintptr_t)at, size };
	return process_vm_writev(pid, &here, 1, &there, 1, 0) == (ssize_t)size ||
	       error_set(err, STATUS_DATA, "process %d cannot be written to: %s",
		       (int)pid, strerror(errno));
}

/* Where the main thread of the process takes scripts from. */
static bool debugger_find(pid_t pid, const struct inject_options *options,
	struct cpython_debugger *to, struct error *err)
{
	const struct snapshot_options how = { SNAPSHOT_COPY, options->cancel };
	struct snapshot_cost cost;
	struct memory m;
	memory_init(&m);
	bool ok = snapshot_take(&m, pid, &how, &cost, err);
	if (ok && !cpython_debugger(&m, pid, to))
		ok = error_set(err, STATUS_DATA,
			"process %d is not a CPython 3.14 or newer, which runs scripts "
			"on request",
			(int)pid);
	else if (ok && !to->allowed)
		ok = error_set(err, STATUS_DATA,
			"process %d forbids remote debugging (-X "
			"disable-remote-debug or PYTHON_DISABLE_REMOTE_DEBUG)",
			(int)pid);
	memory_fini(&m);
	return ok;
}

bool debugger_script(pid_t pid, const char *script, const struct inject_options *options,
	struct error *err)
{
	struct cpython_debugger to;
	struct stop stop;
	assert(script[0] == '/');
	if (!debugger_find(pid, options, &to, err))
		return false;
	if (strlen(script) >= to.path_size)
		return error_set(
			err, STATUS_SCRIPT, "the name of the script is too long");
	if (!stop_all(&stop, pid, err))
		return false;
	/* All threads are stopped: nobody else changes the breaker meanwhile. */
	uint32_t pending = 0;
	uint64_t breaker = 0;
	bool ok =
		process_read(pid, to.pending, &pending, sizeof pending) ==
			sizeof pending &&
		process_read(pid, to.breaker, &breaker, sizeof breaker) == sizeof breaker;
	if (!ok)
		error_set(err, STATUS_DATA, "process %d has ended", (int)pid);
	else if (pending != 0)
		ok = error_set(err, STATUS_DATA,
			"process %d has been asked to run another script and has not "
			"begun",
			(int)pid);
	breaker |= PLEASE_STOP;
	pending = 1;
	ok = ok && debugger_write(pid, to.path, script, strlen(script) + 1, err) &&
	     debugger_write(pid, to.pending, &pending, sizeof pending, err) &&
	     debugger_write(pid, to.breaker, &breaker, sizeof breaker, err);
	stop_release(&stop);
	for (unsigned i = 0; ok && pending != 0; i++) {
		const bool cancelled = options->cancel != NULL && *options->cancel != 0;
		if (process_read(pid, to.pending, &pending, sizeof pending) !=
			sizeof pending)
			return error_set(
				err, STATUS_DATA, "process %d has ended", (int)pid);
		if (pending == 0)
			break;
		if (cancelled || i >= options->seconds * LOOKS) {
			const uint32_t none = 0;
			ok = debugger_write(pid, to.pending, &none, sizeof none, err) &&
			     error_set(err, STATUS_DATA,
				     cancelled
					     ? "interrupted"
					     : "process %d sleeps and did not begin the "
					       "script in time; the request is withdrawn",
				     (int)pid);
		}
		nanosleep(&(struct timespec){ .tv_nsec = 1000000000 / LOOKS }, NULL);
	}
	return ok;
}
