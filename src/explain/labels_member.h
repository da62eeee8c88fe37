/* SPDX-License-Identifier: MIT */
/* labels_member - the members of objects that are not containers: functions, frames,
 * instances.  Part of `labels`. */
#ifndef MEMSEE_EXPLAIN_LABELS_MEMBER_H
#define MEMSEE_EXPLAIN_LABELS_MEMBER_H

#include "explain/labels_source.h"

/* What the name of a type says about the references of its objects. */
struct labels_type {
	bool known; /* false: nobody has looked yet */
	bool deque, list, set;
	unsigned char dict;        /* which kind of dict: from 1; 0: none */
	unsigned char rule, rules; /* the rows of the table of members that are its */
};

/* An object and its references. */
struct labels_parent {
	struct labels_object object;
	struct labels_refs refs;
	struct labels_type type;
	/* How far its references have been matched with the rows of its type: */
	size_t walked;      /* these are */
	unsigned char rule; /* the row that the next may take */
	bool taken;         /* the last took the row before that, */
	bool certain;       /* and can be nothing else */
	/* Of an object of a class: */
	bool asked;               /* the rest is known */
	bool has_class, has_dict; /* which come last */
	size_t slots;             /* what comes before */
};

/* Looks for the rows of a type. */
void labels_find_rules(struct labels_type *type, const char *name);

/* The label of reference `place` of `parent`, which exists: O(1) where the one before was
 * asked for last. */
bool labels_put_member(struct labels_source *s, struct labels_parent *parent,
	size_t place, struct label *label, struct error *err);

#endif
