/* SPDX-License-Identifier: MIT */
/* interpreter - runs the commands of a script, one after the other. */
#ifndef MEMSEE_SESSION_INTERPRETER_H
#define MEMSEE_SESSION_INTERPRETER_H

#include "session/session.h"

/* Runs a script with its arguments ($1 is args[0]).  Every failure is reported and makes
 * the session's exit status; false when the run is to end: after a failing command
 * unless the settings say to keep going, or when the user interrupted. */
bool interpreter_run(
	struct session *s, struct script *script, const char *const *args, int arg_count);

/* Does `name` mean a shipped report, and not a file? */
bool interpreter_is_report(const char *reports, const char *name);

/* The path of the script that `name` means: a file of that name, else, for a name without
 * a slash, one of the shipped reports.  malloc'ed; NULL on failure (STATUS_SCRIPT when
 * there is no such script). */
char *interpreter_find_script(const char *reports, const char *name, struct error *err);

/* The path of a shipped report: malloc'ed, NULL out of memory. */
char *interpreter_find_report(const char *reports, const char *name);

/* The names of the shipped reports in `reports`, sorted, ended by NULL: malloc'ed, as
 * each name is; NULL out of memory.  A folder that cannot be read has none. */
char **interpreter_list_reports(const char *reports);
void interpreter_free_reports(char **names);

#endif
