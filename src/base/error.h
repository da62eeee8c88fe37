/* SPDX-License-Identifier: MIT */
/* error - what went wrong, told once, by the function that knows it best.
 *
 * What can fail returns bool or a pointer and takes a `struct error *` last.  The
 * first message stays: callers that fail because a callee failed add nothing, so the
 * deepest and most exact message is what the user reads.  A message is one line, lower
 * case, says what was found and what was wanted, and quotes the user's own words.
 * Only the program layer prints, only main exits. */
#ifndef MEMSEE_BASE_ERROR_H
#define MEMSEE_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* The exit statuses of the program, also the classes of failure. */
enum status {
	STATUS_OK = 0,     /* all ran, every expectation held */
	STATUS_CHECK = 1,  /* an expectation failed */
	STATUS_SCRIPT = 2, /* the command line or the script is wrong */
	STATUS_DATA = 3,   /* a dump, a database, the disk or the memory failed */
};

/* `offset` when the message is about no particular byte. */
#define ERROR_NOWHERE ((size_t)-1)

#define ERROR_MESSAGE_MAX 1024

struct error {
	enum status status; /* STATUS_OK: nothing failed */
	size_t offset;      /* where in the text that was being read, in bytes */
	char message[ERROR_MESSAGE_MAX];
};

#define ERROR_INIT ((struct error){ .status = STATUS_OK, .offset = ERROR_NOWHERE })

/* Records a failure unless one is recorded already.  A message that does not fit is cut
 * at a character boundary and marked with an ellipsis.  Control characters, which may
 * come from data, are replaced by `?`.  Returns false, so that `return error_set(…)`
 * reads well.  `err` may be NULL: then nothing is recorded. */
bool error_set(struct error *err, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* error_set() about byte `offset` of the text that was being read. */
bool error_at(struct error *err, enum status status, size_t offset, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* error_set() for an allocation that failed. */
bool error_nomem(struct error *err);

/* error_set() for a system call that failed: "ACTION 'NAME': strerror(errno)". */
bool error_errno(struct error *err, const char *action, const char *name);

/* Forgets the failure. */
void error_clear(struct error *err);

#endif
