/* SPDX-License-Identifier: MIT */
/* nearest - "did you mean": the name that a mistyped word most likely means. */
#ifndef MEMSEE_BASE_NEAREST_H
#define MEMSEE_BASE_NEAREST_H

#include <stddef.h>

/* The edits (insert, delete, replace, swap of neighbours; ASCII case does not count) that
 * turn one text into the other: the optimal string alignment form of the distance of
 * Damerau (1964) and Levenshtein (1966).  SIZE_MAX when either is longer than 64 bytes.
 * O(a_len * b_len), no allocation. */
size_t nearest_distance(const char *a, size_t a_len, const char *b, size_t b_len);

/* Of `names` (ended by NULL) the one with the fewest edits from `word`, at most one in
 * three of the word's bytes (and one in a word of two); of several the first.  A name
 * that begins with the whole word (two bytes or more) counts as no edit.  Borrowed from
 * `names`; NULL when nothing is near. */
const char *nearest_name(const char *word, size_t len, const char *const *names);

#endif
