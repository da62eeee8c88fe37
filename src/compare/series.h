/* SPDX-License-Identifier: MIT */
/* series - how many objects and bytes there are of each kind, in several generations.
 *
 * What a kind is depends on the key; every object is of exactly one, so the rows of a
 * generation add up to its totals. */
#ifndef MEMSEE_COMPARE_SERIES_H
#define MEMSEE_COMPARE_SERIES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/map.h"
#include "base/siphash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counted;
struct db;
struct growth_tree;

enum series_key {
	SERIES_TYPE,      /* the type */
	SERIES_OWNER,     /* the type, and the type of the immediate dominator */
	SERIES_SIGNATURE, /* types and labels on the path from a root, and the type */
	SERIES_VALUE,     /* the type and the value of strings, the type of others */
	SERIES_ADDRESS,   /* the type, of two generations: see series_survivors() */
	SERIES_KEYS
};

struct series_row {
	union {
		char *key[2]; /* the second NULL when the key has one part */
		/* Of SERIES_SIGNATURE, whose texts would take more than all else: a hash
		 * of them. */
		uint64_t hash[2];
	};
	int64_t *count; /* one a generation */
	int64_t *bytes;
	uint32_t place; /* of SERIES_SIGNATURE, in the tree; GRAPH_NONE: unreachable */
};

struct series {
	enum series_key key;
	size_t generations;
	struct series_row *row; /* ascending by key; signatures in no order */
	size_t count, cap;
	struct series_row total;  /* without a key */
	struct arena room;        /* of what the rows point to */
	struct growth_tree *tree; /* SERIES_SIGNATURE: where its rows come from */
	struct map by_key;        /* empty once the rows are sorted */
	struct siphash_key hash_key[2];
};

/* What is counted: generations num[0] … num[n - 1], one after the other. */
struct series_query {
	enum series_key key;
	const int64_t *num;
	size_t n;
	bool plain; /* objects count as the dump has them, see compare/counted.h */
};

/* NULL on failure. */
struct series *series_new(struct db *db, const struct series_query *q, struct error *err);

/* By address: three columns, the objects of the generation num[0], those of them that are
 * in all the following too (same address, same type), and the objects of the last.  With
 * three generations: those born in the second, those of them alive in the third, and the
 * objects of the third. */
struct series *series_survivors(
	struct db *db, const struct series_query *q, struct error *err);

void series_free(struct series *s); /* NULL is accepted */

/* The texts of the key of a row: borrowed from the series, or from `room`, where they are
 * made, until its next change.  False out of memory. */
bool series_texts(const struct series *s, const struct series_row *row,
	struct buffer *room, const char *text[2]);

/* Sorts items[0..n-1] of `size` bytes, which begin with a pointer to their row, by
 * `compare`, and those that are equal by the keys of their rows: just the first `most`
 * are in order afterwards. */
bool series_sort(const struct series *s, void *items, size_t n, size_t size, size_t most,
	int (*compare)(const void *a, const void *b), struct error *err);

/* "type", "owner", … as scripts say it, and the names of the key's columns (the second
 * may be NULL). */
const char *series_key_name(enum series_key key);
const char *series_key_column(enum series_key key, size_t part);

#endif
