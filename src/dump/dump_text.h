/* SPDX-License-Identifier: MIT */
/* dump_text - JSON strings to UTF-8, and UTF-8 to what Python 2 shows for it. */
#ifndef MEMSEE_DUMP_DUMP_TEXT_H
#define MEMSEE_DUMP_DUMP_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Replaces the contents of `out` by what the JSON string `raw` (without its quotes)
 * stands for.  Surrogate pairs are joined; an unpaired surrogate stays, as the three
 * bytes that UTF-8 would have for it if it could (ED A0..BF xx), and is counted in
 * `*surrogates`: dump_text_repair() then replaces them in place.  False when `raw` holds
 * something that cannot be in a JSON string: an unknown escape, a control character,
 * bytes that are not UTF-8.  O(len); `out->failed` out of memory. */
bool dump_text_decode(
	struct buffer *out, const char *raw, size_t len, unsigned *surrogates);

/* Makes each unpaired surrogate, as left by dump_text_decode(), U+FFFD: as long. */
void dump_text_repair(char *text, size_t len);

/* Replaces the contents of `out` by repr() of the unicode string `text`, as Python 2.7
 * has it: u'…' with \xNN, \uNNNN and \UNNNNNNNN.  `text` is as dump_text_decode() left
 * it.  Pure ASCII. */
void dump_text_repr(struct buffer *out, const char *text, size_t len);

#endif
