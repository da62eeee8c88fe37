/* SPDX-License-Identifier: MIT */
/* unfinished - generations of a command that may yet come to nothing.
 *
 * `read A B` makes a generation of each dump, each in a transaction of its own, and is
 * all or nothing as a whole.  A process that dies between two of them cannot take back
 * the first.  So the transaction that makes a generation also writes a row of table
 * `read_unfinished`, unless it is the last one of its command: that one deletes the rows.
 * Whoever opens the database next finds the rows of a dead process and takes back their
 * generations.
 *
 * A living process has a lock of its own on the database file for as long as its command
 * runs (db_claim()), so nobody takes it for dead.  A copy of the file, made while the
 * command runs, has the rows and no lock: it becomes the database before the command. */
#ifndef MEMSEE_STORE_UNFINISHED_H
#define MEMSEE_STORE_UNFINISHED_H

#include "store/db.h"

/* A command that makes several generations. */
struct unfinished {
	int64_t before; /* the generation that was current when it began */
	int64_t first;  /* that it made; GENERATION_NONE: there is none yet */
	bool last;      /* the next one completes it */
	bool marked;    /* there are rows in the database */
};

/* Notes generation `gen` as one of command `u`; NULL: it is the only one.  Call it in the
 * transaction that makes the generation, before it is filled.  Does nothing in a private
 * database, which nobody opens again, and on a file system that has no such lock. */
bool unfinished_note(struct db *db, struct unfinished *u, int64_t gen, struct error *err);

/* The command has ended, in whatever way: from here on its rows mean a dead process. */
void unfinished_end(struct db *db, struct unfinished *u);

/* Takes back the generations of dead processes; `*count` is how many there were.  Takes
 * no lock and writes nothing when there are none. */
bool unfinished_take_back(struct db *db, int64_t *count, struct error *err);

#endif
