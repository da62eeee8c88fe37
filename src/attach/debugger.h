/* SPDX-License-Identifier: MIT */
/* debugger - a Python script run in a process by the protocol that CPython 3.14 and newer
 * have for debuggers: PEP 768.
 *
 * The script's path is written into the state of the main thread, and a bit is set that
 * makes it look there between two bytecodes.  No code of ours runs in the process and no
 * register changes, so it works where inject.h may not call functions; but a thread that
 * sleeps looks only once it wakes. */
#ifndef MEMSEE_ATTACH_DEBUGGER_H
#define MEMSEE_ATTACH_DEBUGGER_H

#include "attach/inject.h"

/* As inject_script().  Waits until the script has begun; when it has not in the given
 * time the request is taken back. */
bool debugger_script(pid_t pid, const char *script, const struct inject_options *options,
	struct error *err);

#endif
