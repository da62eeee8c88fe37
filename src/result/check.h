/* SPDX-License-Identifier: MIT */
/* check - an expectation of a script, the value found, and its place in the script.
 *
 * Every format that reports to people (the summary in the report, JUnit, the last line)
 * is made from the same list. */
#ifndef MEMSEE_RESULT_CHECK_H
#define MEMSEE_RESULT_CHECK_H

#include "result/result.h"

enum check_state {
	CHECK_PASSED,
	CHECK_FAILED,
	CHECK_ERROR, /* not a check: an error that ended the run or a command */
};

/* Rows that explain a failure, other than leaks. */
#define CHECK_ROWS_MAX 10

struct check {
	enum check_state state;
	char *name;          /* unique in its list */
	char *file;          /* the script, NULL when it was none */
	size_t line;         /* in it, from 1 */
	char *expected;      /* "<= 100"; NULL for an error */
	char *found;         /* "120" */
	char *message;       /* the script's words about it; NULL without */
	struct result *rows; /* every leak, else up to CHECK_ROWS_MAX at fault; or NULL */
	struct result *path; /* what holds the first of them; NULL without */
};

struct check_list {
	struct check *items; /* in the order they ran */
	size_t count, cap;
	char **notes; /* remarks on the dumps that were checked, each once */
	size_t note_count, note_cap;
};

/* Releases what it owns; also of a zeroed one. */
void check_fini(struct check *c);
void check_list_fini(struct check_list *l);

/* Takes `c`, whose strings are malloc'ed, also when it fails.  A name that is taken
 * already gets ` (2)`, ` (3)`, …  O(checks). */
bool check_list_take(struct check_list *l, struct check *c, struct error *err);

/* Keeps a sentence of `len` bytes for the readers of the checks; `*is_new` unless it is
 * there already.  O(notes). */
bool check_list_note(struct check_list *l, const char *text, size_t len, bool *is_new,
	struct error *err);

/* How many are in that state. */
size_t check_list_count(const struct check_list *l, enum check_state state);

/* "passed", "failed", "error". */
const char *check_state_name(enum check_state state);

/* A row a check: check, status, expected, found, message.  NULL out of memory. */
struct result *check_list_result(const struct check_list *l, struct error *err);

#endif
