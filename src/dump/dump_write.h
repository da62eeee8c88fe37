/* SPDX-License-Identifier: MIT */
/* dump_write - objects as the lines of JSON that memsee's own dumper writes.
 *
 * What dump.h reads; see there for the keys. */
#ifndef MEMSEE_DUMP_DUMP_WRITE_H
#define MEMSEE_DUMP_DUMP_WRITE_H

#include "dump/dump.h"

/* Appends an object as one line.  O(its line). */
void dump_write_object(struct buffer *out, const struct dump_object *o);

/* Appends `text` as a JSON string, in ASCII but for valid UTF-8. */
void dump_write_text(struct buffer *out, const char *text, size_t len);

#endif
