/* SPDX-License-Identifier: MIT */
/* dump_write - writes objects as the lines of JSON that memsee's own dumper writes.
 *
 * dump.h reads them and describes the keys. */
#ifndef MEMSEE_DUMP_DUMP_WRITE_H
#define MEMSEE_DUMP_DUMP_WRITE_H

#include "dump/dump.h"

/* Appends an object as one line.  O(its line). */
void dump_write_object(struct buffer *out, const struct dump_object *o);

/* Appends `text` as the inside of a JSON string: quotes, backslashes and control
 * characters are escaped, all other bytes are copied. */
void dump_write_escaped(struct buffer *out, const char *text, size_t len);

/* The same, with the quotes around it. */
void dump_write_text(struct buffer *out, const char *text, size_t len);

/* Appends a number in decimal.  printf() is too slow for the addresses of a dump. */
void dump_write_number(struct buffer *out, int64_t number);

#endif
