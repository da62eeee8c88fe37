/* SPDX-License-Identifier: MIT */
/* findings - the leaks that the rules found, before they have words. */
#ifndef MEMSEE_LEAKS_FINDINGS_H
#define MEMSEE_LEAKS_FINDINGS_H

#include "compare/origin.h"
#include "leaks/places.h"

enum leak_kind {
	LEAK_OBJECTS,    /* a holder has more and more of them */
	LEAK_MIXED,      /* of many classes, no one of which is half */
	LEAK_CHAIN,      /* each holds the next: a list, a tree */
	LEAK_REFERENCES, /* a holder has more and more references to what was there */
	LEAK_SIZE        /* one object gets longer and longer, or several of a kind do */
};

struct finding {
	enum leak_kind kind;
	enum origin origin;
	uint32_t type;  /* of the class that names it */
	uint32_t types; /* LEAK_MIXED: how many classes; LEAK_SIZE: how many objects */
	uint32_t holder, label; /* where */
	uint32_t place;         /* PLACE_NONE for LEAK_SIZE */
	bool items;             /* LEAK_SIZE: its items are counted, not its bytes */
	int64_t growth;         /* of the series, first to last */
	int64_t bytes;          /* of all that hangs there */
	int64_t *series;        /* of the class (LEAK_MIXED: of all, LEAK_REFERENCES:
				   references, LEAK_SIZE: bytes or items), one a
				   generation; owned */
};

struct findings {
	struct finding *item;
	size_t count, cap, generations;
};

void findings_fini(struct findings *f);

/* Adds one with a copy of the series.  False out of memory. */
bool findings_put(struct findings *f, struct finding finding, const int64_t *series);

/* The program's own classes first, then libraries', then building blocks; of these most
 * bytes, most objects, and by name. */
void findings_sort(struct findings *f, const struct terms *types);

/* Removes the echoes of other findings: building blocks in the holder of a better one
 * (the keys of its values), and weak references, or building blocks beside a class with a
 * name, whose steps are in constant proportion to those of another.  Sorted before and
 * after. */
void findings_drop_echoes(struct findings *f, const struct terms *types);

#endif
