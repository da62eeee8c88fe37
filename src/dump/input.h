/* SPDX-License-Identifier: MIT */
/* input - the bytes of a dump, for whoever takes them apart.
 *
 * A reader either takes the unpacked bytes one after the other, dump_input_read(), or
 * asks for all of them as one block of memory, dump_input_map().  What begins the dump
 * can be looked at first without taking it.  An input belongs to one thread at a time. */
#ifndef MEMSEE_DUMP_INPUT_H
#define MEMSEE_DUMP_INPUT_H

#include "base/stream.h"

/* Bytes from the beginning that tell what a dump is. */
#define DUMP_HEAD_MAX 4096

struct dump_input;

/* Opens `path`, or standard input for "-"; fails as stream_open() does. */
struct dump_input *dump_input_open(
	const char *path, struct stream_limits limits, struct error *err);
void dump_input_close(struct dump_input *in); /* NULL is accepted */

/* The first bytes, DUMP_HEAD_MAX unless the dump is shorter: borrowed while the input is
 * open, whatever was read of it. */
const unsigned char *dump_input_head(const struct dump_input *in, size_t *len);

/* Up to `size` bytes into `to`: see stream_read(). */
ptrdiff_t dump_input_read(
	struct dump_input *in, void *to, size_t size, struct error *err);

/* All bytes as one block, never NULL, read only, aligned to a page, valid until the input
 * is closed. Call it instead of dump_input_read(), before that took anything.  A plain
 * file is mapped where it lies; packed data and standard input go through a file in
 * $TMPDIR (else /tmp) that has no name, so nobody else sees it and nothing of it is left.
 * A file that is cut short while it is mapped kills the process (SIGBUS); the database is
 * as before then. */
bool dump_input_map(struct dump_input *in, const unsigned char **data, size_t *len,
	struct error *err);

/* How many bytes dump_input_map() has mapped; 0 before. */
size_t dump_input_mapped(const struct dump_input *in);

/* How many unpacked bytes were read, or mapped. */
uint64_t dump_input_bytes(const struct dump_input *in);

/* Where the bytes come from: its name, size, packing, and why it ended early. */
const struct stream *dump_input_stream(const struct dump_input *in);

#endif
