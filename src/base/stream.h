/* SPDX-License-Identifier: MIT */
/* stream - the bytes of a file or of standard input, unpacked.
 *
 * Gzip (of several members too) and zstd (of several frames) are recognised by content,
 * not by name, and unpacked on a thread of their own, so that a reader never waits for
 * more than the slower of both.  A stream belongs to one thread at a time. */
#ifndef MEMSEE_BASE_STREAM_H
#define MEMSEE_BASE_STREAM_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Guards against files made to unpack without end.  0 means no limit. */
struct stream_limits {
	uint64_t bytes; /* unpacked */
	unsigned ratio; /* unpacked to packed; looked at beyond STREAM_RATIO_FREE */
	/* Once this is set a pipe's next bytes are not waited for, and reading fails with
	 * "interrupted"; may be NULL. */
	const volatile sig_atomic_t *cancel;
};

#define STREAM_RATIO_FREE ((uint64_t)16 << 20)
/* Real dumps pack 8 to 20 times; deflate cannot do more than 1032, zstd knows no end. */
#define STREAM_LIMITS_DEFAULT ((struct stream_limits){ .bytes = 0, .ratio = 200 })

struct stream;

/* Opens `path`, or standard input for "-".  NULL with STATUS_DATA when it is missing, a
 * folder, not readable, or of a packed kind that is not understood (named in the
 * message). */
struct stream *stream_open(
	const char *path, struct stream_limits limits, struct error *err);
void stream_close(struct stream *s); /* NULL is accepted */

/* Up to `size` bytes into `to`, fewer only at the end: how many, 0 at the end, -1 on a
 * failure.  Packed data that breaks off or turns out damaged ends the stream early, see
 * stream_torn(); it is a failure only when nothing at all could be unpacked. */
ptrdiff_t stream_read(struct stream *s, void *to, size_t size, struct error *err);

/* After the end: why the stream ended before its data did, as a static text ("the gzip
 * data breaks off"), or NULL. */
const char *stream_torn(const struct stream *s);

const char *stream_name(const struct stream *s);   /* the path, or "standard input" */
const char *stream_format(const struct stream *s); /* "plain", "gzip" or "zstd" */
/* The descriptor of a file that is on disk as it is read, for mapping it; else -1. */
int stream_plain_file(const struct stream *s);
/* Bytes of the file itself: read so far, and in all (0 when that is not known). */
uint64_t stream_position(const struct stream *s);
uint64_t stream_size(const struct stream *s);

/* When the file was last written to, in seconds since 1970; 0 when it is not a file. */
int64_t stream_time(const struct stream *s);

#endif
