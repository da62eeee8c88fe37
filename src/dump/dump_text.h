/* SPDX-License-Identifier: MIT */
/* dump_text - JSON strings to UTF-8, and UTF-8 to what Python 2 shows for it. */
#ifndef MEMSEE_DUMP_DUMP_TEXT_H
#define MEMSEE_DUMP_DUMP_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Decodes the JSON string `raw` (without its quotes) into `out`, which loses its previous
 * contents.  Surrogate pairs are joined.  An unpaired surrogate becomes the three bytes
 * that UTF-8 would use if it allowed surrogates (ED A0..BF xx) and is counted in
 * `*surrogates`; dump_text_repair() replaces them in place later.  False if `raw` has
 * something that a JSON string cannot have: an unknown escape, a control character,
 * bytes that are not UTF-8.  O(len); `out->failed` out of memory. */
bool dump_text_decode(
	struct buffer *out, const char *raw, size_t len, unsigned *surrogates);

/* Replaces each unpaired surrogate that dump_text_decode() left by U+FFFD, which has the
 * same length. */
void dump_text_repair(char *text, size_t len);

/* Replaces the contents of `out` by Python 2.7's repr() of the unicode string `text`:
 * u'…' with \xNN, \uNNNN and \UNNNNNNNN, pure ASCII.  `text` comes from
 * dump_text_decode(). */
void dump_text_repr(struct buffer *out, const char *text, size_t len);

#endif
