/* SPDX-License-Identifier: MIT */
/* labels_source - the objects and references that labels are made from, read from the
 * tables of one generation, from what its read left, or from arrays.  Part of `labels`.
 *
 * An object has an id: its number in the arrays, else its address. */
#ifndef MEMSEE_EXPLAIN_LABELS_SOURCE_H
#define MEMSEE_EXPLAIN_LABELS_SOURCE_H

#include "explain/label.h"
#include "explain/labels_heap.h"
#include "store/db.h"
#include "store/generation.h"

struct graph_heap;

/* An object; its texts are cut to the length that a label can show.  They are in the
 * arrays, or in `room`, so it is copied by labels_copy_object() alone. */
struct labels_object {
	int64_t id;
	int64_t len; /* -1: none */
	bool found;
	const char *type, *name, *value; /* "" where there is none */
	char room[3][LABEL_MAX];
};

/* The children of an object in the order of the dump; grows as needed. */
struct labels_refs {
	int64_t *child;
	size_t count, cap;
};

/* An object with more members than this is not an instance of a class. */
enum { LABELS_MEMBERS_MAX = 64 };

/* The slots of a class's objects that refer to `count` things besides class and dict; in
 * the order of their names, none when the class has no such list of slots. */
struct labels_slots {
	int64_t class; /* its id */
	size_t count;  /* 0: nothing is known yet */
	size_t names;
	char name[LABELS_MEMBERS_MAX][LABEL_MAX];
};

struct labels_source {
	const struct labels_heap *heap; /* the arrays, or NULL */
	struct graph_heap *left;        /* a share of what the read left, or NULL */
	struct db *db;                  /* NULL with arrays */
	/* NULL unless the tables are read: */
	struct db_stmt *object;           /* by address */
	struct db_stmt *refs;             /* by parent, in the order of the dump */
	char table[GENERATION_TABLE_MAX]; /* of objects */
	bool foreign; /* of another runtime than CPython: a label is what the dump says */
	int python;   /* 2 or 3; 0: not looked up */
	struct labels_object *seen; /* objects read lately, by their address */
	struct labels_slots slots;  /* of the class that was asked about last */
};

/* Of generation `num`.  What failed to open must be closed, too. */
bool labels_source_open(
	struct labels_source *s, struct db *db, int64_t num, struct error *err);
void labels_source_close(struct labels_source *s);

void labels_copy_object(struct labels_object *to, const struct labels_object *from);

/* O(1) with arrays.  Else classes and the names of attributes are asked for again
 * and again, so what was read lately is kept: O(1) for them, O(log objects) for others.
 */
bool labels_read_object(struct labels_source *s, int64_t id, struct labels_object *object,
	struct error *err);

/* Replaces `*refs` by the ids of an object's children. */
bool labels_read_refs(
	struct labels_source *s, int64_t id, struct labels_refs *refs, struct error *err);

/* Sets `s->python`: 2 when there is any object of a type that only Python 2 has. */
bool labels_find_python(struct labels_source *s, struct error *err);

#endif
