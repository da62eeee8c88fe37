/* SPDX-License-Identifier: MIT */
/* leaks - what goes on growing over several generations, and in which place.
 *
 * A leak is an accumulation: a place whose objects grow in number while what holds them
 * does not, as the entries of a list.  Everything that hangs on these objects belongs to
 * it, unless there is more of it than these objects explain: a thread more does not hide
 * what grows in the modules that its frames lead to.  It is named after the first class
 * below that is not one of Python's own building blocks: `UploadHandler`, not `dict`.
 *
 * What is no leak: growth that comes to an end (trend.h), fewer objects than asked for
 * that are a small share of the heap too, and what modules and classes gather when code
 * is imported. */
#ifndef MEMSEE_COMPARE_LEAKS_H
#define MEMSEE_COMPARE_LEAKS_H

#include "compare/baseline.h"
#include "compare/growth_tree.h"
#include "compare/trend.h"

/* A share of the heap says nothing when there is hardly a heap. */
#define LEAK_SHARE_LEAST 100000 /* bytes */

/* The thresholds; an accumulation counts when it has grown by as many objects, or when
 * it has grown by such a share of the heap (and by
 * LEAK_SHARE_LEAST). */
struct leak_limits {
	int64_t count; /* objects */
	double share;  /* per cent of the last generation's bytes */
	int64_t bytes; /* and by as many bytes in any case */
};

#define LEAK_LIMITS_DEFAULT ((struct leak_limits){ .count = 50, .share = 2, .bytes = 0 })

struct leak {
	uint32_t place;   /* where the objects accumulate: a node of the tree */
	uint32_t named;   /* the node of the class that names it: the same or below */
	char *signature;  /* of `named` */
	char *module;     /* that defines the class; NULL when that is not known */
	bool library;     /* a module of Python's standard library */
	enum trend trend; /* of the number of objects */
	int64_t growth;   /* of the objects of the class, first to last generation */
	int64_t bytes;    /* growth of all that hangs there */
	int64_t example;  /* address of one of the objects in the last generation */
	enum baseline_state state; /* new before a baseline was asked */
};

/* The program's own classes come before the standard library's, then most bytes first,
 * then most objects, then by signature. */
struct leak_list {
	struct leak *items;
	size_t count, cap;
	struct growth_tree *tree;
};

/* Looks at generations num[0] … num[n - 1], two at least, in that order.  Only growing
 * types are looked at.  False on failure; leak_list_fini() is due in any case. */
bool leaks_find(struct leak_list *l, struct db *db, const int64_t *num, size_t n,
	const struct leak_limits *limits, struct error *err);
void leak_list_fini(struct leak_list *l);

/* The class, as people say it. */
const char *leak_class(const struct leak_list *l, const struct leak *leak);

#endif
