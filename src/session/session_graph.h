/* SPDX-License-Identifier: MIT */
/* session_graph - the graph of the current generation, as long as it is valid.
 *
 * Everything gets the graph from here, and only this module decides whether the graph
 * that is held is still valid: it is of the current generation, and nothing has changed
 * since it was made (graph/graph_kept.h).  A transaction sees its own changes.  Commits
 * of others are seen by the next command: a command has one graph, unless it changes the
 * heap itself. */
#ifndef MEMSEE_SESSION_SESSION_GRAPH_H
#define MEMSEE_SESSION_SESSION_GRAPH_H

#include "explain/owner_places.h"
#include "explain/pile.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "store/db.h"

struct session_graph {
	struct db *db; /* borrowed; NULL: none is open */
	/* A share of the analysis and the names of its graph, NULL before they are
	 * needed, and what a report asks for several times: the places of owners, and the
	 * last piles.  All are valid for this moment. */
	struct analysis *analysis;
	struct name_tree *names;
	struct places *places;
	struct piles piles;
	struct pile_query pile_query;
	bool has_piles;
	/* The last condition that was asked of the heap alone, as SQL, and a bit set of
	 * the objects that fulfil it; both NULL: there is none. */
	char *condition;
	uint64_t *fulfils;
	struct graph_moment moment;
	bool asked; /* the command that runs has looked for changes by others */
};

/* From here on the graph is that of `db`; NULL: there is none. */
void session_graph_connect(struct session_graph *held, struct db *db);

/* A command begins. */
void session_graph_begin(struct session_graph *held);

/* The graph, loaded when it is missing or no longer valid.  Borrowed until the next
 * command that changes the heap.  NULL on failure: STATUS_SCRIPT when no generation is
 * current. */
const struct graph *session_graph_get(struct session_graph *held, struct error *err);

/* The analysis of that graph: roots, types, dominators.  Borrowed as the graph is. */
struct analysis *session_graph_analysis(struct session_graph *held, struct error *err);

/* The names of its objects.  Borrowed as the graph is. */
struct name_tree *session_graph_names(struct session_graph *held, struct error *err);

/* The places of its owners, and its piles.  Borrowed as the graph is, piles until the
 * next call. */
struct places *session_graph_places(struct session_graph *held, struct error *err);
const struct piles *session_graph_piles(
	struct session_graph *held, const struct pile_query *q, struct error *err);

/* A bit set of the nodes of `g` that the query `sql` yielded when it was last asked;
 * NULL, without an error, when it must be asked (again).  Borrowed until the next call.
 */
const uint64_t *session_graph_condition(
	const struct session_graph *held, const struct graph *g, const char *sql);
/* Keeps a copy: the rows of the query follow from the heap alone (db_stmt_asks_heap()).
 * Only for speed: out of memory nothing is kept. */
void session_graph_keep_condition(struct session_graph *held, const struct graph *g,
	const char *sql, const uint64_t *fulfils);

#endif
