/* SPDX-License-Identifier: MIT */
/* error - what went wrong, told once, by the function that knows it best.
 *
 * What can fail returns bool or a pointer and takes a `struct error *` last.  The
 * first message stays: callers that fail because a callee failed add nothing, so the
 * deepest and most exact message is what the user reads.  A message is one line, lower
 * case, says what was found and what was wanted, and quotes the user's own words.
 * False (or NULL, or -1) means that an error is set, and true that none is: the
 * interpreter holds every command to it.
 * Only the program layer prints, only main exits. */
#ifndef MEMSEE_BASE_ERROR_H
#define MEMSEE_BASE_ERROR_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

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
	bool told;          /* the user knows already: see error_told() */
	char message[ERROR_MESSAGE_MAX];
};

#define ERROR_INIT ((struct error){ .status = STATUS_OK, .offset = ERROR_NOWHERE })

/* Records a failure unless one is recorded already.  A message that does not fit is cut
 * at a character boundary and marked with an ellipsis.  Control characters, which may
 * come from data, are replaced by `?`.  `err` may be NULL: then nothing is recorded. */
void error_record(struct error *err, enum status status, size_t offset,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What the functions below return.  It is here, as they are, for the sake of tools
 * that look at one source file at a time: they see that what failed goes no further. */
static inline bool error_false(void)
{
	return false;
}

/* error_record() about byte `offset` of the text that was being read.  False, so that
 * `return error_at(…)` reads well. */
#define error_at(...) (error_record(__VA_ARGS__), error_false())

/* error_record() about no particular byte: error_set(err, status, format, ...).  False.
 */
#define error_set(err, status, ...) error_at(err, status, ERROR_NOWHERE, __VA_ARGS__)

/* error_set() as `from`, a struct error that was kept aside: of a thread, of an attempt.
 * False. */
#define error_pass(err, from) error_set(err, (from)->status, "%s", (from)->message)

/* error_set() for an allocation that failed.  False. */
static inline bool error_nomem(struct error *err)
{
	return error_set(err, STATUS_DATA, "out of memory");
}

/* error_set() for a system call that failed: "ACTION 'NAME': strerror(errno)".  False. */
static inline bool error_errno(struct error *err, const char *action, const char *name)
{
	return error_set(err, STATUS_DATA, "%s '%s': %s", action, name, strerror(errno));
}

/* Records a failure of which the user has been told already, with its own place. False.
 */
static inline bool error_told(struct error *err, enum status status)
{
	error_record(err, status, ERROR_NOWHERE, "told already");
	if (err != NULL)
		err->told = true;
	return error_false();
}

/* Forgets the failure. */
void error_clear(struct error *err);

#endif
