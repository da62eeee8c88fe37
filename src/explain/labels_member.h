/* SPDX-License-Identifier: MIT */
/* labels_member - the members of objects that are no containers: functions, frames,
 * instances.  Part of `labels`; nothing else includes it. */
#ifndef MEMSEE_EXPLAIN_LABELS_MEMBER_H
#define MEMSEE_EXPLAIN_LABELS_MEMBER_H

#include "explain/labels.h"
#include "store/generation.h"

struct db_stmt;

/* What the tables say of an object; texts are cut to what a label can show. */
struct labels_object {
	int64_t address;
	int64_t len; /* -1: none */
	bool found;
	char type[LABEL_MAX], name[LABEL_MAX], value[LABEL_MAX];
};

/* More members than this, and it is no object of a class. */
enum { LABELS_MEMBERS_MAX = 64 };

/* The slots of a class's objects that refer to `count` things besides class and dict; in
 * the order of their names, none when the class has no such list of slots. */
struct labels_slots {
	int64_t class;
	size_t count; /* 0: nothing is known yet */
	size_t names;
	char name[LABELS_MEMBERS_MAX][LABEL_MAX];
};

/* Where labels read from. */
struct labels_source {
	struct db *db;
	struct db_stmt *object;           /* by address */
	struct db_stmt *refs;             /* by parent, in the order of the dump */
	char table[GENERATION_TABLE_MAX]; /* of objects */
	int python;                       /* 2 or 3; 0: not looked up */
	struct labels_object *seen;       /* objects read lately, by their address */
	struct labels_slots slots;        /* of the class that was asked about last */
};

/* Classes and the names of attributes are asked for again and again, so what was read
 * lately is kept: O(1) for them, O(log objects) for others. */
bool labels_read_object(struct labels_source *s, int64_t address,
	struct labels_object *object, struct error *err);

/* The children of an object, `*child` grows as needed. */
bool labels_read_refs(struct labels_source *s, int64_t address, int64_t **child,
	size_t *count, size_t *cap, struct error *err);

/* Sets `s->python`: 2 when there is any object of a type that only Python 2 has. */
bool labels_find_python(struct labels_source *s, struct error *err);

/* The label of reference `place` of `parent`, which has `count` children. */
bool labels_put_member(struct labels_source *s, const struct labels_object *parent,
	const int64_t *child, size_t count, size_t place, struct label *label,
	struct error *err);

#endif
