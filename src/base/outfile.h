/* SPDX-License-Identifier: MIT */
/* outfile - a file that appears whole or not at all, and never in the place of one that
 * the run needs: base/places is asked before it is written and before it appears.
 *
 * What is written goes to a nameless-looking file beside the wanted one, in the same
 * folder; outfile_commit() makes it durable (fsync) and renames it into place, and until
 * then whatever stood there before stays.  A symbolic link is followed: its target is
 * what gets replaced.  A new file has the permissions that the umask leaves, an existing
 * one keeps its own.
 *
 * Anything but a regular file (a pipe, a terminal, /dev/full, /dev/stdout) is written
 * directly, as it comes. */
#ifndef MEMSEE_BASE_OUTFILE_H
#define MEMSEE_BASE_OUTFILE_H

#include "base/error.h"
#include "base/places.h"

#include <stdbool.h>
#include <stddef.h>

struct outfile;

/* Opens what will be `path`.  Fails at once: STATUS_SCRIPT when `places` protects it,
 * STATUS_DATA when the folder is missing, the place cannot be written or `path` is a
 * folder.  Waits for a reader when it is a FIFO.  `places` must outlive it. */
struct outfile *outfile_open(struct places *places, const char *path, struct error *err);

/* The same; a file that is new is its owner's alone, whatever the umask leaves. */
struct outfile *outfile_open_private(
	struct places *places, const char *path, struct error *err);

/* Standard output, written directly.  When who reads it goes away (`| head`), what is
 * still written goes nowhere and nothing fails. */
struct outfile *outfile_stdout(struct places *places, struct error *err);

/* The whole of it at once: opens `path`, writes and commits. */
bool outfile_save(struct places *places, const char *path, const void *data, size_t len,
	struct error *err);

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

/* The folder for temporary files: $TMPDIR, or /tmp without it. */
const char *outfile_temporary_folder(void);

/* Makes an empty file there, `memsee-KIND-` and a suffix that nobody can guess, which
 * only its owner may read, and opens it; -1 with errno on failure.  `*name` becomes its
 * name, malloc'ed, and the caller removes the file.  Where `name` is NULL the file loses
 * its name at once, and its space when it is closed. */
int outfile_temporary(const char *kind, char **name);

#endif
