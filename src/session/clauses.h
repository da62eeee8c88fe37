/* SPDX-License-Identifier: MIT */
/* clauses - the words of a command that come in any order: `to "COND" top 10 reversed`.
 */
#ifndef MEMSEE_SESSION_CLAUSES_H
#define MEMSEE_SESSION_CLAUSES_H

#include "graph/dominators.h"
#include "session/query.h"

struct clause {
	const char *name;
	bool takes; /* a word follows it */
	bool given;
	size_t word; /* the word that follows, when it was given */
};

/* Reads the words from `first` on as clauses, each at most once.  `clauses` is ended by a
 * NULL name.  STATUS_SCRIPT for a word that begins no clause. */
bool clauses_read(const struct invocation *in, size_t first, struct clause *clauses,
	struct error *err);

/* The number behind a clause, at least `least`; `otherwise` when it was not given. */
bool clause_number(const struct invocation *in, const struct clause *c, int64_t least,
	int64_t otherwise, int64_t *value, struct error *err);

/* The objects behind a clause as a new bit set; NULL when it was not given.  A note says
 * when there are none. */
bool clause_bits(struct session *s, const struct graph *g, const struct invocation *in,
	const struct clause *c, uint64_t **bits, struct error *err);

/* The same as a new array of nodes, ascending; NULL and none when it was not given. */
bool clause_nodes(struct session *s, const struct graph *g, const struct invocation *in,
	const struct clause *c, uint32_t **nodes, size_t *count, struct error *err);

/* Notes how many objects of a set (NULL: none) no root leads to: they have no owner. */
void clause_note_unreachable(
	struct session *s, const struct dominators *d, const uint64_t *set);

#endif
