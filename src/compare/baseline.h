/* SPDX-License-Identifier: MIT */
/* baseline - findings that are known and accepted: a CSV file with the columns
 * `signature`, `count` and `note`.
 *
 * A finding has a signature, which is the same in every run, and a count.  It is NEW when
 * the file does not have it, KNOWN when it is there with as high a count, else GROWN.  An
 * entry that nothing matches is stale: what it was about is fixed. */
#ifndef MEMSEE_COMPARE_BASELINE_H
#define MEMSEE_COMPARE_BASELINE_H

#include "base/error.h"
#include "base/places.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum baseline_state { BASELINE_NEW, BASELINE_KNOWN, BASELINE_GROWN };

struct baseline_entry {
	char *signature;
	int64_t count; /* what is accepted */
	char *note;    /* NULL without */
	bool found;    /* a finding matched it */
	int64_t seen;  /* the counts of these findings */
};

struct baseline {
	struct baseline_entry *items; /* ascending by signature */
	size_t count, cap;
	size_t older; /* entries found under what signature_was() accepts */
};

/* Reads the file.  With `update` a missing one is empty.  STATUS_DATA when it cannot be
 * read, lacks a column, or has a signature twice. */
bool baseline_read(struct baseline *b, const char *path, bool update, struct error *err);
void baseline_fini(struct baseline *b);

/* What the file says of a finding, and notes that it was found; findings of the same
 * signature add up.  Without a file everything is new.  O(log entries); O(entries) for
 * one that is new. */
enum baseline_state baseline_judge(
	struct baseline *b, const char *signature, int64_t count);

/* Accepts a finding from now on, with its count and its signature; the note stays. */
bool baseline_accept(
	struct baseline *b, const char *signature, int64_t count, struct error *err);

/* Writes the entries that were found, ascending by signature, whole or not at all. */
bool baseline_write(const struct baseline *b, struct places *places, const char *path,
	struct error *err);

/* "new", "known", "grown" */
const char *baseline_state_name(enum baseline_state state);

#endif
