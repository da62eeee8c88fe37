/* SPDX-License-Identifier: MIT */
/* leaks - which objects go on growing over several generations, and in which place.
 *
 * CPython moves no object, so the dumps of one process can be laid over each other: what
 * has the same address, type and content is the same object (match.h).  A leak is a
 * holder that is there in all dumps, below which new objects keep coming and do not die
 * (judge.h).  In a queue, a batch or a cache that is full, births and deaths balance;
 * what an import brings is reachable from a new module and does not count (brought.h).
 *
 * Dumps of different processes, and of runtimes that move their objects, are compared by
 * place alone: holders are found again by name, and a crowd is judged by its numbers. */
#ifndef MEMSEE_LEAKS_LEAKS_H
#define MEMSEE_LEAKS_LEAKS_H

#include "compare/baseline.h"
#include "compare/trend.h"
#include "leaks/findings.h"
#include "leaks/process.h"

/* A share of the heap says nothing when there is hardly a heap. */
#define LEAK_SHARE_LEAST 100000 /* bytes */

/* The thresholds; an accumulation counts when it has grown by as many objects, or when it
 * has grown by such a share of the heap (and by LEAK_SHARE_LEAST). */
struct leak_limits {
	int64_t count; /* objects */
	double share;  /* per cent of the last generation's bytes */
	int64_t bytes; /* and by as many bytes in any case */
};

#define LEAK_LIMITS_DEFAULT ((struct leak_limits){ .count = 50, .share = 2, .bytes = 0 })

struct path_tree;

struct leak {
	enum leak_kind kind;
	char *class;        /* as people say it */
	char *signature;    /* of the way to the example, see explain/merge.h */
	char *within;       /* LEAK_SIZE: what has it, "Converter .outtext"; else NULL */
	char *module;       /* that defines the class; NULL when that is not known */
	enum origin origin; /* of the class */
	enum trend trend;   /* of the series */
	bool garbage;       /* no root leads there: the collector has not run */
	uint32_t classes;   /* LEAK_MIXED: how many; LEAK_SIZE: how many objects */
	bool items;         /* LEAK_SIZE: its items are counted, not its bytes */
	int64_t growth;     /* first to last generation: objects; bytes or items for
			       LEAK_SIZE */
	int64_t bytes;      /* growth of all that hangs there */
	char *site; /* where the example was allocated; NULL when that is not known */
	int64_t *series; /* one a generation */
	int64_t example; /* address of one of the objects, or of what grows, in the last
			    generation */
	int64_t holder;  /* address of what holds them there; 0: nothing does */
	enum baseline_state state; /* new before a baseline was asked */
};

/* The program's own classes come before a library's, then building blocks; then most
 * bytes first, then most objects, then by name. */
struct leak_list {
	struct leak *items;
	size_t count, cap, generations;
	bool identity; /* objects were followed; false: places were compared */
	/* The paths from all roots to the objects of the last generation; NULL where no
	 * leak was signed with them. */
	struct path_tree *paths;
	/* The process at first and at last; of three and more dumps the second is taken
	 * as the first, since making the first dump takes memory.
	 */
	struct process_weight before, after;
};

/* Looks at generations num[0] … num[n - 1], two at least, in that order.  False on
 * failure; leak_list_fini() is due in any case.  O(n + m) a generation. */
bool leaks_find(struct leak_list *l, struct db *db, const int64_t *num, size_t n,
	const struct leak_limits *limits, struct error *err);
void leak_list_fini(struct leak_list *l);

#endif
