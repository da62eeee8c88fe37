/* SPDX-License-Identifier: MIT */
/* leak_report - the leaks of several generations, as sentences and as rows. */
#ifndef MEMSEE_ANSWERS_LEAK_REPORT_H
#define MEMSEE_ANSWERS_LEAK_REPORT_H

#include "leaks/leaks.h"
#include "session/command.h"

struct leak_report {
	struct leak_list leaks;
	int64_t *num; /* the generations that were compared, owned */
	size_t generations;
	struct baseline known;
	bool has_known;
	const char *known_path; /* borrowed from the words */
	size_t accepted;        /* leaks that are known */
};

/* `[A B …] [min count|bytes|share N] [known FILE]`: reads the words from `first` on,
 * finds the leaks and looks them up in the baseline, which --update-baseline rewrites.
 * A stale entry is a warning.  Call leak_report_fini() in any case. */
bool leak_report_make(struct leak_report *l, struct session *s,
	const struct invocation *in, size_t first, struct error *err);
void leak_report_fini(struct leak_report *l);

/* How many are not accepted: those that fail a check. */
size_t leak_report_failing(const struct leak_report *l);

/* The answer in lines of plain text: every leak, most important first, and how the first
 * of them are held. */
bool leak_report_say(const struct leak_report *l, struct session *s, struct error *err);

/* A row a leak: class, state, verdict, growth, g1 …, bytes_growth, module, signature,
 * address, and `allocated` if dumps record it. With `failing` only those that are not
 * accepted.  NULL on failure. */
struct result *leak_report_rows(
	const struct leak_report *l, bool failing, struct error *err);

/* Appends what leaks: "Session and 3 other classes", "str in Converter .outtext and 7
 * others". */
void leak_report_put_title(struct buffer *out, const struct leak *leak);

/* "UploadHandler +200 (20, 120, 220)": malloc'ed, NULL out of memory. */
char *leak_report_words(const struct leak_report *l, const struct leak *leak);

/* Warns of each entry of `b` that was not found again. */
void leak_report_warn_stale(
	struct session *s, const struct baseline *b, const char *path);

#endif
