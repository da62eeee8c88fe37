/* SPDX-License-Identifier: MIT */
/* input - the bytes of a dump, for its reader.
 *
 * A reader either reads the unpacked bytes in order, dump_input_read(), or asks for all
 * of them as one block of memory, dump_input_map().  It can look at the first bytes
 * before that without consuming them.  An input belongs to one thread at a time. */
#ifndef MEMSEE_DUMP_INPUT_H
#define MEMSEE_DUMP_INPUT_H

#include "base/stream.h"

/* How many first bytes are enough to recognise a dump. */
#define DUMP_HEAD_MAX 4096

struct dump_input;

/* Opens `path`, or standard input for "-"; fails as stream_open() does. */
struct dump_input *dump_input_open(
	const char *path, struct stream_limits limits, struct error *err);
void dump_input_close(struct dump_input *in); /* NULL is accepted */

/* The first DUMP_HEAD_MAX bytes, or fewer if the dump is shorter.  They are borrowed
 * while the input is open, and reading does not change them. */
const unsigned char *dump_input_head(const struct dump_input *in, size_t *len);

/* Reads up to `size` bytes into `to`: see stream_read(). */
ptrdiff_t dump_input_read(
	struct dump_input *in, void *to, size_t size, struct error *err);

/* All bytes as one block: never NULL, read only, aligned to a page, valid until the input
 * is closed.  Call this instead of dump_input_read(), and once.  A plain file is mapped
 * directly.  Packed data and standard input are first copied to a file without a name in
 * $TMPDIR (else /tmp), so that nobody else sees it and it always disappears.  If another
 * program truncates a file while it is mapped, SIGBUS ends the process, and the database
 * stays as it was. */
bool dump_input_map(struct dump_input *in, const unsigned char **data, size_t *len,
	struct error *err);

/* Releases the memory of bytes from..to of a mapped dump, for a reader that has passed
 * them; whole blocks of 64 kB.  When they are looked at again, the system reads them from
 * the file. */
void dump_input_let_go(const void *mapped, size_t from, size_t to);

/* How many bytes dump_input_map() has mapped; 0 before. */
size_t dump_input_mapped(const struct dump_input *in);

/* How many unpacked bytes were read or mapped. */
uint64_t dump_input_bytes(const struct dump_input *in);

/* The source of the bytes: its name, size, packing, and why it ended early. */
const struct stream *dump_input_stream(const struct dump_input *in);

#endif
