/* SPDX-License-Identifier: MIT */
/* verdict - the outcome of checks: each is reported at once, is kept for the table at the
 * end, and affects the exit status. */
#ifndef MEMSEE_SESSION_VERDICT_H
#define MEMSEE_SESSION_VERDICT_H

#include "session/session.h"

/* Takes a check of the command that runs, also when it fails: `name`, `state`, `expected`
 * and `found` are set.  A failed one is reported, its rows and its path go into the
 * report, and the exit status becomes STATUS_CHECK at least; the run continues. */
bool verdict_put(struct session *s, struct check *c, struct error *err);

/* Puts the table of all checks into the report; nothing when there were none. */
bool verdict_summarize(struct session *s, struct error *err);

/* The last line, as a note: "3 checks: 2 passed, 1 failed".  Nothing without checks. */
void verdict_tell(struct session *s);

#endif
