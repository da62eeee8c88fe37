/* SPDX-License-Identifier: MIT */
/* lineage - the fate of each object from generation to generation.
 *
 * An object is *permanent* when it is there in all generations.  So is what a permanent
 * object holds under a name of its own (an attribute, a key of a dict, the only reference
 * of its kind from an object of C code, but for those to values that stay) in all
 * generations, of one type, though replaced: `text += "x"`, `LIST = LIST + [x]`.  An
 * index is a name in a short list or tuple alone. All others are *passing*.
 */
#ifndef MEMSEE_LEAKS_LINEAGE_H
#define MEMSEE_LEAKS_LINEAGE_H

#include "compare/snapshots.h"

struct lineage {
	size_t generations;
	bool identity;        /* objects were found again by address, else by name */
	uint32_t permanents;  /* numbered from 0 */
	uint32_t **permanent; /* of each generation, of each node: its number, GRAPH_NONE
				 where it is passing */
	uint64_t **passing;   /* bits, where only that is asked: references lead anywhere,
				 and bits stay in the cache */
	uint32_t **node;      /* the other way: of each generation, of each permanent */
	uint64_t **known;     /* bits: the node was there in the generation before */
	uint64_t **stays;     /* bits: it is there in the next */
	uint32_t *bearer;     /* of each permanent that has no name, the one that alone
				 refers to it; else GRAPH_NONE */
};

/* `identity` as for match_snapshots().  False on failure; lineage_fini() is due in any
 * case.  O(n + m) a generation. */
bool lineage_init(
	struct lineage *l, struct snapshots *s, bool identity, struct error *err);
void lineage_fini(struct lineage *l);

#endif
