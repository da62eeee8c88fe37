/* SPDX-License-Identifier: MIT */
/* words - the arguments of a command that is not SQL, split into words.
 *
 * White space separates.  A part in "…" or '…' belongs to the word around it and may hold
 * white space, line breaks and the other quote; the quote itself is written twice, and in
 * "…" also \" (and a backslash before it \\).  Any other backslash in quotes is itself,
 * so SQL needs no other quoting.  Outside of quotes a backslash takes white space, a
 * quote or a backslash literally and is itself before anything else. */
#ifndef MEMSEE_LANGUAGE_WORDS_H
#define MEMSEE_LANGUAGE_WORDS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct word {
	char *text; /* NUL-terminated, without quotes and escapes: owned by its words */
	size_t len;
	size_t offset;    /* of its first byte (a quote, perhaps) in what was split */
	size_t end;       /* and behind its last */
	bool quoted;      /* any of it was in quotes */
	bool substituted; /* its text differs from the script's: see subst_words() */
};

struct words {
	struct word *items;
	size_t count, cap;
	char *source; /* a copy of what was split */
	size_t source_len;
	size_t base_offset;
};

#define WORDS_INIT ((struct words){ 0 })

void words_fini(struct words *w); /* also of a zeroed one; leaves it as WORDS_INIT */

/* Appends the words of `text` to `w`, which is WORDS_INIT.  Fails on a quote that is not
 * closed, with its offset + `base_offset`, and out of memory; call words_fini() in any
 * case.  O(len). */
bool words_split(struct words *w, const char *text, size_t len, size_t base_offset,
	struct error *err);

/* Where byte `offset` of a word's text was written: an offset into what was split, its
 * base_offset added; of a substituted word, where it begins.  O(len of the word). */
size_t words_origin(const struct words *w, size_t word, size_t offset);

/* True for an unquoted word equal to `text`, ASCII case folded: keywords such as `from`.
 */
bool words_is(const struct words *w, size_t word, const char *text);

#endif
