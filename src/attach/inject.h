/* SPDX-License-Identifier: MIT */
/* inject - a Python script run in a process that knows nothing of it.
 *
 * For what cannot be read from outside.  The main thread is stopped and asked whether it
 * has the interpreter's lock (PyGILState_Check).  If so the script becomes a pending
 * call, which Python makes between two bytecodes.  If it sleeps in a system call, outside
 * of everything, it takes the lock, starts a Python thread for the script, gives the lock
 * back, and goes on sleeping.  In any other moment it is let go and looked at again.
 *
 * The registers, the extended ones included, are put back on every way out.  Where
 * functions cannot be called from outside see debugger.h. */
#ifndef MEMSEE_ATTACH_INJECT_H
#define MEMSEE_ATTACH_INJECT_H

#include "base/error.h"

#include <signal.h>
#include <sys/types.h>

struct inject_options {
	unsigned seconds;                    /* to find a moment */
	const volatile sig_atomic_t *cancel; /* may be NULL */
};

/* Makes the process run the script, an absolute path that it can read.  True when the
 * script is sure to begin as soon as Python runs; `*way` says how: "pending call", for
 * which 16 KiB stay mapped in the process, "thread", or "debugger" where a shadow stack
 * catches calls from outside, or memsee does not know the processor: see debugger.h. */
bool inject_script(pid_t pid, const char *script, const struct inject_options *options,
	const char **way, struct error *err);

#endif
