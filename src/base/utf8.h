/* SPDX-License-Identifier: MIT */
/* utf8 - text of unknown quality: decoded, measured, and made harmless.
 *
 * Text from a dump may hold anything: control characters, halves of surrogate pairs,
 * bytes that are not UTF-8 at all.  Nothing here depends on the locale. */
#ifndef MEMSEE_BASE_UTF8_H
#define MEMSEE_BASE_UTF8_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT UINT32_C(0xfffd)
/* What utf8_decode() gives for bytes that are not a character: one for a stray byte or a
 * cut sequence, one for the three bytes of a surrogate half. */
#define UTF8_INVALID UINT32_MAX

/* The first character of `text`, `len` > 0 bytes; `*used`, at least 1, is how many of
 * them it takes.  Overlong forms, surrogates and values above U+10FFFF are UTF8_INVALID.
 */
uint32_t utf8_decode(const char *text, size_t len, size_t *used);

/* The half of a surrogate pair that the first three bytes would be; 0 for others. */
uint32_t utf8_surrogate(const char *text, size_t len);

bool utf8_is_valid(const char *text, size_t len);

/* Writes `c`, at most U+10FFFF, to `to`, which has room for four bytes; returns how many
 * it took.  Surrogate halves are written, too. */
size_t utf8_encode(char *to, uint32_t c);

/* The bytes of the longest start of `text` that has no more than `most` bytes and ends
 * before a character, so that none is cut. */
size_t utf8_cut(const char *text, size_t len, size_t most);

/* Appends character `c`, a Unicode scalar value. */
void utf8_put(struct buffer *out, uint32_t c);

/* Appends `text`, each run that is not a character as one U+FFFD: always valid UTF-8. */
void utf8_put_valid(struct buffer *out, const char *text, size_t len);

/* Whether `c` acts on a reader instead of being seen: control characters, line and
 * paragraph separators, marks that turn the direction of the text, and what has no
 * shape.  Joiners, which scripts and emoji need, are not among them. */
bool utf8_is_unseen(uint32_t c);

/* Appends `text` as one line that shows everything in it: unseen characters as \n, \r,
 * \t, \x1b, \u202e or \U000e0041, surrogate halves as \ud83d, stray bytes as \xff. Always
 * valid UTF-8.  A backslash stays single: this is for eyes, not for reading back. */
void utf8_put_visible(struct buffer *out, const char *text, size_t len);

/* The columns that `c` takes on a terminal: 0, 1 or 2 (Unicode 14, ambiguous ones 1). */
int utf8_width(uint32_t c);

/* The columns of valid UTF-8; stray bytes count 1 each. */
size_t utf8_text_width(const char *text, size_t len);

/* The bytes of the longest start of `text` that fits in `width` columns, no character and
 * no mark above one cut off. */
size_t utf8_fit(const char *text, size_t len, size_t width);

/* The number of characters, a stray run being one. */
size_t utf8_length(const char *text, size_t len);

#endif
