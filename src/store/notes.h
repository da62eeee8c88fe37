/* SPDX-License-Identifier: MIT */
/* notes - what a dump says of objects beyond obj and ref, in tables that databases have
 * once a dump with such notes was read:
 *
 *   ref_label(gen, parent, list)    the list of labels of an object's references
 *   ref_label_list(gen, list, labels)
 *                                   a list: JSON, a string or null for each reference in
 *                                   the order of the dump
 *   root_mark(gen, address, reason) objects that the interpreter itself holds
 *   site_mark(gen, address, place)  where an object was allocated
 *   site_place(gen, place, file, line, function)
 *                                   each place once; the line is NULL when not known
 *
 * and the view site(address, site, file, line, function) of those of the current
 * generation: "cart.rb:41 in add".
 *
 * Rows of objects that were deleted from obj stay, and mean nothing. */
#ifndef MEMSEE_STORE_NOTES_H
#define MEMSEE_STORE_NOTES_H

#include "store/db.h"

struct notes_writer;

/* Makes the tables unless they are there.  For generation `gen`, which has no notes yet;
 * call it in a transaction.  NULL on failure. */
struct notes_writer *notes_writer_new(struct db *db, int64_t gen, struct error *err);
void notes_writer_free(struct notes_writer *w); /* NULL is accepted */

/* The tables that have a row an object. */
enum notes_table { NOTES_LABELS, NOTES_SITES };

/* Did the writer make this table?  Then it is empty until the first row is put, and may
 * be filled as one, see store/bulk.h.  That of the sites is made by notes_put_place(). */
bool notes_is_new(const struct notes_writer *w, enum notes_table table);

bool notes_put_list(
	struct notes_writer *w, int64_t list, struct cell labels, struct error *err);
/* Fastest by ascending addresses. */
bool notes_put_labels(
	struct notes_writer *w, int64_t parent, int64_t list, struct error *err);
bool notes_put_root(
	struct notes_writer *w, int64_t address, struct cell reason, struct error *err);
bool notes_put_place(struct notes_writer *w, int64_t place, struct cell file,
	struct cell line, struct cell function, struct error *err);
bool notes_put_site(
	struct notes_writer *w, int64_t address, int64_t place, struct error *err);

/* Where no dump has sites, an empty temporary table replaces the view, so that reports
 * can ask. */
bool notes_stand_in(struct db *db, struct error *err);

/* The site of an object, as text for free(); NULL in `*site` when none is known. */
bool notes_find_site(
	struct db *db, int64_t gen, int64_t address, char **site, struct error *err);

/* `*stmt` yields `labels` of the object bound to parameter 1, at most one row; it is NULL
 * when no generation has labels. */
bool notes_find_labels(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err);

/* `*stmt` yields the number of each list and its `labels`; NULL as above. */
bool notes_list_labels(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err);

/* `*stmt` yields the address of each object with labels and the number of its list, by
 * ascending address; NULL as above. */
bool notes_list_parents(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err);

/* Has some object of the generation labels? */
bool notes_have_labels(struct db *db, int64_t gen, bool *have, struct error *err);

/* `*stmt` yields the address of each object whose labels include `.__dict__`, ascending;
 * NULL as above. */
bool notes_list_attributed(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err);

/* `*stmt` yields the addresses and reasons of all roots by ascending address; it is NULL
 * when no generation has any. */
bool notes_list_roots(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err);

#endif
