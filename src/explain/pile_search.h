/* SPDX-License-Identifier: MIT */
/* pile_search - what the searches for piles share: the types of the objects looked at,
 * and the bytes that belong to piles already.  Part of `pile`. */
#ifndef MEMSEE_EXPLAIN_PILE_SEARCH_H
#define MEMSEE_EXPLAIN_PILE_SEARCH_H

#include "base/saturate.h"
#include "dump/runtime.h"
#include "explain/pile.h"
#include "explain/pile_cover.h"

/* What is known of the objects of one type in a place. */
struct pile_type {
	uint32_t count, sample;
	uint32_t depth; /* the least */
	int64_t bytes;
};

struct pile_search {
	const struct graph *g;
	const struct objects *o;
	const struct name_tree *t;
	const struct pile_query *q;
	const struct runtime *runtime;
	struct cover cover;
	int64_t *claimed;       /* of the bytes below each rank: those in piles */
	uint64_t *done;         /* ranks that belong to a chain */
	uint8_t *kind;          /* of each type, enum type_kind */
	struct pile_type *type; /* of each type, all zero between uses */
	uint32_t *used;         /* types with something in `type` */
	size_t used_count;
	/* Ranks, with their depths, while a subtree is walked. */
	uint32_t *queue;
	uint8_t *depth;
	struct piles *piles;
};

/* Makes room for a search and finds the kinds of the types: s->o, s->t, s->q and s->piles
 * are set, and everything else is zero.  False on failure; pile_search_fini() is due in
 * any case.  O(n). */
bool pile_search_init(struct pile_search *s, struct analysis *a, struct error *err);
void pile_search_fini(struct pile_search *s);

static inline enum type_kind pile_kind_of(const struct pile_search *s, uint32_t node)
{
	return (enum type_kind)s->kind[s->o->type[node]];
}

/* The type of the object of a rank. */
static inline uint32_t pile_type_of(const struct pile_search *s, uint32_t rank)
{
	return s->o->type[s->cover.node[rank]];
}

/* The bytes below an object, by its rank, that are in no pile yet. */
static inline int64_t pile_left(const struct pile_search *s, uint32_t rank)
{
	return saturate_subtract(s->cover.bytes[rank], s->claimed[rank]);
}

/* Note an object, found `depth` steps below the owner, and all that is below a rank and
 * in no pile; pile_forget() forgets them.  O(1), O(nodes below), O(types noted). */
void pile_note(struct pile_search *s, uint32_t node, uint32_t depth, int64_t bytes);
void pile_note_below(struct pile_search *s, uint32_t rank);
void pile_forget(struct pile_search *s);

/* The commonest type of those noted; of several, as keys and their values,
 * that with most bytes. */
uint32_t pile_commonest(const struct pile_search *s);

/* Of the types noted that have `least` objects and are not building blocks: the program's
 * own first, then a package's, the library's; nearest to the owner; with most bytes. */
uint32_t pile_telling(const struct pile_search *s, uint32_t least);

/* Takes the bytes of a pile out of all that leads to it. */
void pile_claim(struct pile_search *s, uint32_t rank, int64_t bytes);

/* Adds a pile.  False out of memory. */
bool pile_push(struct pile_search *s, struct pile pile, struct error *err);

/* Does the node belong to a module of the standard library whose tables and caches grow
 * to a bound? */
bool pile_is_known(const struct pile_search *s, uint32_t owner);

#endif
