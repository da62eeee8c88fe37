/* SPDX-License-Identifier: MIT */
/* places - the files of one run, and which of them may be written.
 *
 * A run reads dumps, scripts and tables, keeps a database, and writes reports, and the
 * user names all of them freely.  Nothing that it reads and no database may be lost to
 * something that it writes, and no two outputs may meet.  That is decided here alone:
 * outfile_open() asks for every file, and asks again before it puts the file in place.
 *
 * Names are the same place when they lead to the same file (device and inode, so links
 * of both kinds and every spelling count) or, for a file that is not there yet, to the
 * same name in the same folder.  Only regular files count: a device or a pipe loses
 * nothing.
 *
 * It also knows the files that must not outlive the run: files written aside, private
 * databases.  places_remove_leftovers() may be called by a signal handler.
 *
 * Every place is kept until the end, so a decision takes O(places of the run). */
#ifndef MEMSEE_BASE_PLACES_H
#define MEMSEE_BASE_PLACES_H

#include "base/error.h"

#include <stdbool.h>

struct places;
struct place; /* one file of the run; lives as long as its places */

struct places *places_new(struct error *err);
void places_free(struct places *p); /* NULL is accepted */

/* `path`, `-` for what standard input comes from, is read by this run: from here on it
 * may not be written.  `what` (static text) says what it is: "a dump of this run". Fails,
 * STATUS_SCRIPT, when an output that is not yet in place would replace it; it is
 * protected even so. */
bool places_read(struct places *p, const char *path, const char *what, struct error *err);

/* `path` is a database of this run, there already or not yet: it, its journal, its WAL
 * and its backup are protected.  Fails, STATUS_SCRIPT, when one of them is an output of
 * this run, or when what SQLite keeps beside it would take the place of another file. */
bool places_database(struct places *p, const char *path, struct error *err);

/* Claims `path`, links followed, for an output; `name` is what the user calls it.  NULL
 * when it is protected or another output has it: "'x' would write over the database",
 * STATUS_SCRIPT. */
struct place *places_write(
	struct places *p, const char *name, const char *path, struct error *err);
/* The same for a descriptor that the run was given.  What is written directly adds to a
 * file, so several of these may meet. */
struct place *places_write_descriptor(
	struct places *p, const char *name, int fd, struct error *err);
/* Whether the claim would still be granted, now that the file is to appear. */
bool places_confirm(struct places *p, const struct place *place, struct error *err);
/* The file is in its place: it may be read from now on, but not written again. */
void places_written(struct place *place);
/* Nothing was written after all. */
void places_release(struct place *place);

/* `path` is to be removed when the run ends before place_is_gone() was called.  NULL when
 * out of memory. */
struct place *places_leftover(struct places *p, const char *path, struct error *err);
void place_is_gone(struct place *place); /* NULL is accepted */
const char *place_path(const struct place *place);

/* Removes the leftovers.  Safe in a signal handler, at any time. */
void places_remove_leftovers(struct places *p);

/* `path` with the links of its last part followed, also one that leads nowhere yet;
 * malloc'ed, NULL when out of memory. */
char *places_resolve(const char *path);
/* The bytes of `path` up to and with its last slash. */
size_t places_folder(const char *path);

#endif
