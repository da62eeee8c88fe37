/* SPDX-License-Identifier: MIT */
/* outfile - a file that appears whole or not at all.
 *
 * What is written goes to a nameless-looking file beside the wanted one, in the same
 * folder; outfile_commit() makes it durable (fsync) and renames it into place, and until
 * then whatever stood there before stays.  A symbolic link is followed: its target is
 * what gets replaced.  A new file has the permissions that the umask leaves, an existing
 * one keeps its own.
 *
 * What is no regular file (a pipe, a terminal, /dev/full, /dev/stdout) is written
 * directly, as it comes. */
#ifndef MEMSEE_BASE_OUTFILE_H
#define MEMSEE_BASE_OUTFILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct outfile;

/* Opens what will be `path`.  Fails at once, STATUS_DATA, when the folder is missing, the
 * place cannot be written or `path` is a folder.  Waits for a reader when it is a FIFO.
 */
struct outfile *outfile_open(const char *path, struct error *err);

/* Standard output, written directly. */
struct outfile *outfile_stdout(struct error *err);

/* Whether it appears whole or not at all: not what is written directly. */
bool outfile_is_whole(const struct outfile *f);

/* Whether one would replace what the other writes.  Compares places, not spellings. */
bool outfile_is_same(const struct outfile *a, const struct outfile *b);

/* Whether outfile_commit() would put another file in the place of `path`; not for what is
 * written directly. */
bool outfile_replaces(const struct outfile *f, const char *path);

/* Writes all of it, unbuffered; signals and slow readers are waited out. */
bool outfile_write(struct outfile *f, const void *data, size_t len, struct error *err);

/* Everything was written: closes the descriptor, so that many can be held ready.  To be
 * followed by outfile_commit() or outfile_discard(). */
bool outfile_finish(struct outfile *f, struct error *err);

/* outfile_finish() if that is still to do, then the rename.  Frees, also when it fails;
 * then the file aside is gone and the old one is still there. */
bool outfile_commit(struct outfile *f, struct error *err);

/* Drops what was written aside and frees; NULL is accepted. */
void outfile_discard(struct outfile *f);

#endif
