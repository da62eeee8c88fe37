/* SPDX-License-Identifier: MIT */
/* formats - the table of all heap dump formats.
 *
 * A dump is recognised by its first bytes, or the user names its format: `read
 * FORMAT:FILE`.  dump/format.h has the interface of a format.  The readers are in the
 * rooms below this one. */
#ifndef MEMSEE_LOAD_FORMATS_H
#define MEMSEE_LOAD_FORMATS_H

#include "dump/format.h"

/* The format of a dump with these first bytes.  Never NULL: any unknown dump is taken for
 * lines of JSON. */
const struct dump_format *dump_format_recognise(const unsigned char *head, size_t len);

/* Splits `NAME:FILE`, with the name of a format: returns the format, and where FILE
 * begins.  Returns NULL if there is no such name; then all of `word` is the file. */
const struct dump_format *dump_format_split(const char *word, const char **file);

/* Fails with a message that says what the dump is and how to get one that memsee reads.
 */
bool dump_format_refuse(
	const struct dump_format *format, const char *path, struct error *err);

#endif
