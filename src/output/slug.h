/* SPDX-License-Identifier: MIT */
/* slug - a file name made of a caption. */
#ifndef MEMSEE_OUTPUT_SLUG_H
#define MEMSEE_OUTPUT_SLUG_H

#include "base/buffer.h"

/* Appends a name (no folder, no extension) for the result `number` with that caption,
 * NULL or not: its letters and digits, ASCII ones in lower case, with one `-` for all
 * between them, cut at 80 bytes.  Without any, or when a system reserves the name,
 * `result-R` or `result-R-NAME`.  Never empty, no dot, slash or control character, no `-`
 * at its ends.
 */
void slug_put(struct buffer *out, const char *caption, int number);

#endif
