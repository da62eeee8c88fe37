/* SPDX-License-Identifier: MIT */
#include "attach/inject.h"

#include "attach/debugger.h"
#include "attach/process.h"
#include "attach/remote.h"
#include "attach/stop.h"
#include "base/buffer.h"
#include "cpython/elf.h"
#include "cpython/memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

enum {
	INJECT_ROOM = 16384, /* bytes mapped in the process for the script's name */
	CALL_SECONDS = 2,    /* for calls that return at once */
	LOCK_SECONDS = 60,   /* for the interpreter's lock */
};

/* What is called in the process. */
struct inject_calls {
	uint64_t check, ensure, release, pending, run;
	uint64_t runtime;              /* Python's state */
	uint64_t libc_start, libc_end; /* of what libc writes: its own locks */
};

struct inject {
	pid_t pid;
	struct remote remote;
	struct inject_calls calls;
	struct buffer here,
		thread; /* Python that runs the script; in a thread of its own */
	uint64_t room;  /* in the process; 0: none yet */
};

static double inject_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- what there is to call -----------------------------------------------------------
 */

static bool inject_find_calls(struct inject *in, struct error *err)
{
	const struct {
		const char *name;
		uint64_t *to;
	} wanted[] = { { "PyGILState_Check", &in->calls.check },
		{ "PyGILState_Ensure", &in->calls.ensure },
		{ "PyGILState_Release", &in->calls.release },
		{ "Py_AddPendingCall", &in->calls.pending },
		{ "PyRun_SimpleString", &in->calls.run },
		{ "_PyRuntime", &in->calls.runtime } };
	struct memory m;
	memory_init(&m);
	/* The files that are mapped, without any memory of the process. */
	struct process_maps maps;
	char root[PROCESS_ROOT_MAX];
	bool ok = process_maps_read(in->pid, &maps, err);
	for (size_t i = 0; ok && i < maps.count; i++) {
		const struct process_map *map = &maps.map[i];
		if (map->path[0] != '/')
			continue;
		ok = memory_add_file(
			&m, map->start, map->end, map->offset, map->path, err);
		const char *base = strrchr(map->path, '/') + 1;
		bool libc = strncmp(base, "libc.so", 7) == 0 ||
			    strncmp(base, "libc-", 5) == 0;
		if (libc && map->writable) {
			in->calls.libc_start = map->start;
			in->calls.libc_end = map->end;
		}
	}
	process_maps_fini(&maps);
	process_root(in->pid, root);
	ok = ok && memory_fill(&m, root, err);
	for (size_t i = 0; ok && i < sizeof wanted / sizeof *wanted; i++) {
		*wanted[i].to = elf_symbol(&m, wanted[i].name, NULL);
		if (*wanted[i].to == 0)
			ok = error_set(err, STATUS_DATA,
				"process %d is not CPython, or its symbols are stripped: "
				"it has no %s",
				(int)in->pid, wanted[i].name);
	}
	memory_fini(&m);
	return ok;
}

/* The script's name goes into Python text. */
static bool inject_text(struct inject *in, const char *script, struct error *err)
{
	struct buffer load = BUFFER_INIT;
	buffer_put_text(&load, "(lambda p: eval(compile(open(p).read(), p, 'exec'), "
			       "{'__memsee_injected__': 1}))('");
	for (const char *at = script; *at != '\0'; at++) {
		if (*at == '\'' || *at == '\\' || *at == '\n')
			buffer_printf(&load, "\\x%02x", (unsigned char)*at);
		else
			buffer_put_char(&load, *at);
	}
	buffer_put_text(&load, "')");
	buffer_put(&in->here, buffer_text(&load), load.len);
	buffer_printf(&in->thread,
		"__import__('_thread').start_new_thread(lambda: %s, ())",
		buffer_text(&load));
	bool ok = !load.failed && !in->here.failed && !in->thread.failed;
	buffer_fini(&load);
	if (!ok)
		return error_nomem(err);
	return in->thread.len < INJECT_ROOM ||
	       error_set(err, STATUS_SCRIPT, "the name of the script is too long");
}

/* --- one moment ----------------------------------------------------------------------
 */

/* A thread in one of these is outside of Python and of libc's locks. */
static bool inject_sleeps(const struct inject *in)
{
	/* What FUTEX_WAIT and FUTEX_WAIT_BITSET are, without flags; and no less than
	 * Python's state, in which its own locks are: a thread that waits there is in the
	 * middle of taking the interpreter's lock or of giving it away.  Taking it once
	 * more within that could use up the one wake-up that the thread itself waits for,
	 * and it would wait for ever. */
	enum { OPERATION = 127, WAIT = 0, WAIT_BITSET = 9, RUNTIME = 1 << 21 };
	uint64_t lock, op;
	bool known = registers_argument(&in->remote.saved, 0, &lock);
	known = registers_argument(&in->remote.saved, 1, &op) && known;
	switch (in->remote.saved.system_call) {
	case SYS_ppoll:
	case SYS_pselect6:
	case SYS_epoll_pwait:
	case SYS_nanosleep:
	case SYS_clock_nanosleep:
	case SYS_accept:
	case SYS_accept4:
	case SYS_read:
	case SYS_recvfrom:
	case SYS_recvmsg:
	case SYS_wait4:
	case SYS_waitid:
	case SYS_rt_sigtimedwait:
	case SYS_connect:
	case SYS_write:
	case SYS_sendto:
	case SYS_flock:
#ifdef SYS_poll /* the older ones, which not every processor has */
	case SYS_poll:
	case SYS_select:
	case SYS_epoll_wait:
	case SYS_pause:
#endif
		return true;
	case SYS_futex: /* a lock of the program's, if it waits at all */
		return known &&
		       ((op & OPERATION) == WAIT || (op & OPERATION) == WAIT_BITSET) &&
		       (lock < in->calls.libc_start || lock >= in->calls.libc_end) &&
		       (lock < in->calls.runtime || lock >= in->calls.runtime + RUNTIME);
	default:
		return false;
	}
}

/* Puts text where the process can read it. */
static bool inject_put(struct inject *in, const struct buffer *text, struct error *err)
{
	const uint64_t map[6] = { 0, INJECT_ROOM, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, (uint64_t)-1, 0 };
	int64_t room = (int64_t)in->room;
	if (room == 0 && (!remote_system_call(&in->remote, SYS_mmap, map, &room, err)))
		return false;
	if (room < 0)
		return error_set(err, STATUS_DATA, "process %d gets no memory: %s",
			(int)in->pid, strerror((int)-room));
	in->room = (uint64_t)room;
	struct iovec here = { text->data, text->len + 1 };
	struct iovec there = { (void *)(uintptr_t)in->room, text->len + 1 };
	if (process_vm_writev(in->pid, &here, 1, &there, 1, 0) ==
		(ssize_t)(text->len + 1))
		return true;
	return error_set(err, STATUS_DATA, "process %d cannot be written to: %s",
		(int)in->pid, strerror(errno));
}

static bool inject_unmap(struct inject *in, struct error *err)
{
	const uint64_t arguments[6] = { in->room, INJECT_ROOM };
	int64_t result;
	if (in->room == 0)
		return true;
	in->room = 0;
	return remote_system_call(&in->remote, SYS_munmap, arguments, &result, err);
}

/* Takes the lock, starts the thread, gives the lock back. */
static bool inject_thread(struct inject *in, struct error *err)
{
	uint64_t state, result, none[2] = { 0 }, run[2] = { 0 };
	if (!inject_put(in, &in->thread, err) ||
		!remote_call(
			&in->remote, in->calls.ensure, none, LOCK_SECONDS, &state, err))
		return false;
	run[0] = in->room;
	/* From here on it has the lock, and must come back from all of it. */
	bool ok =
		remote_call(&in->remote, in->calls.run, run, LOCK_SECONDS, &result, err);
	const uint64_t give[2] = { state & UINT32_MAX };
	ok = remote_call(
		     &in->remote, in->calls.release, give, LOCK_SECONDS, &state, err) &&
	     ok;
	if (ok && (int32_t)result != 0)
		ok = error_set(err, STATUS_DATA, "process %d could not start the script",
			(int)in->pid);
	return inject_unmap(in, err) && ok;
}

/* The main thread is stopped and under our control.  *way stays NULL when it is not safe
 * to call anything now. */
static bool inject_now_or_later(struct inject *in, const char **way, struct error *err)
{
	const uint64_t none[2] = { 0 };
	uint64_t holds, failed;
	if (!remote_call(&in->remote, in->calls.check, none, CALL_SECONDS, &holds, err))
		return false;
	if ((holds & UINT32_MAX) == 0) {
		if (!inject_sleeps(in))
			return inject_unmap(in, err);
		*way = "thread";
		return inject_thread(in, err);
	}
	if (!inject_put(in, &in->here, err))
		return false;
	const uint64_t call[2] = { in->calls.run, in->room };
	if (!remote_call(
		    &in->remote, in->calls.pending, call, CALL_SECONDS, &failed, err))
		return false;
	if ((int32_t)failed ==
		0) /* else the queue is full; the room stays for its text */
		*way = "pending call";
	return true;
}

bool inject_script(pid_t pid, const char *script, const struct inject_options *options,
	const char **way, struct error *err)
{
	struct inject *in = calloc(1, sizeof *in);
	if (in == NULL)
		return error_nomem(err);
	in->pid = pid;
	*way = NULL;
	double end = inject_now() + options->seconds;
	struct process_status status;
	bool ok = process_status_read(pid, &status, err);
	/* Where no function may be called, only Python's own protocol remains. */
	if (ok && (status.shadow_stack || !registers_known)) {
		free(in);
		*way = "debugger";
		return debugger_script(pid, script, options, err);
	}
	ok = ok && inject_find_calls(in, err) && inject_text(in, script, err);
	while (ok && *way == NULL) {
		struct stop stop;
		ok = stop_main(&stop, pid, err);
		if (!ok)
			break;
		ok = !stop.by_signal || error_set(err, STATUS_DATA,
						"process %d is stopped by a signal: let "
						"it go on first, with "
						"kill -CONT %d",
						(int)pid, (int)pid);
		if (ok && remote_begin(&in->remote, pid, pid, err)) {
			ok = inject_now_or_later(in, way, err);
			ok = remote_end(&in->remote, err) && ok;
		} else {
			ok = false;
		}
		stop_release(&stop);
		if (!ok || *way != NULL)
			break;
		if (options->cancel != NULL && *options->cancel != 0)
			ok = error_set(err, STATUS_DATA, "interrupted");
		else if (inject_now() > end)
			ok = error_set(err, STATUS_DATA,
				"process %d was in the middle of something for %u "
				"seconds: C code "
				"that neither sleeps nor has the interpreter's lock",
				(int)pid, options->seconds);
		else
			nanosleep(&(struct timespec){ .tv_nsec = 3000000 }, NULL);
	}
	buffer_fini(&in->here);
	buffer_fini(&in->thread);
	free(in);
	return ok;
}
