/* SPDX-License-Identifier: MIT */
/* compare_options - the arguments of commands that compare several generations:
 * `1 2 3 by type min count 50 top 20`. */
#ifndef MEMSEE_ANSWERS_COMPARE_OPTIONS_H
#define MEMSEE_ANSWERS_COMPARE_OPTIONS_H

#include "compare/series.h"
#include "session/command.h"

/* Which of them a command takes. */
enum compare_option {
	COMPARE_BY = 1 << 0,
	COMPARE_TOP = 1 << 1,
	COMPARE_OF = 1 << 2,
	COMPARE_PER = 1 << 3,
	COMPARE_KNOWN = 1 << 4,
	COMPARE_PLAIN = 1 << 5,
};

struct compare_options {
	int64_t *num; /* the generations, owned */
	size_t generations;
	bool chosen; /* they were named */
	enum series_key by;
	int64_t min_count; /* -1: not given, as the next two */
	int64_t min_bytes;
	double min_share;  /* per cent */
	int64_t top;       /* 0: not given */
	bool bytes;        /* of bytes, not of count */
	int64_t per;       /* 0: not given */
	int64_t plain;     /* not 0: objects count as the dump has them */
	const char *known; /* borrowed from the words; NULL without */
};

/* Reads the words from `first` on.  Without generations: the `few` last ones up to the
 * current one, or all when `few` is 0; there must be at least two, else
 * STATUS_SCRIPT.  Call compare_options_fini() in any case. */
bool compare_options_read(struct compare_options *o, struct session *s,
	const struct invocation *in, size_t first, unsigned takes, size_t few,
	struct error *err);
void compare_options_fini(struct compare_options *o);

/* May these generations be compared, and checked, in this order?  Every comparison calls
 * this first.  See compare/comparable.h: its notes go into the report, each sentence once
 * in a run, and are kept for JUnit.  The name `accept` with the value `damaged` allows
 * damaged dumps. */
bool compare_may(struct session *s, const int64_t *num, size_t n, struct error *err);

/* A result without rows whose columns are those of `before`, one a generation (`g1`,
 * `g2`, …), and those of `after`; both lists end with NULL.  NULL on failure. */
struct result *compare_new_result(const char *const *before, const int64_t *num,
	size_t generations, const char *const *after, struct error *err);
/* Calls the columns `g1`, `g2`, … by the dumps that they are of, when these have
 * different names. */
bool compare_put_heads(struct result *r, struct db *db, struct error *err);

#endif
