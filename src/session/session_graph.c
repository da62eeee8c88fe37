/* SPDX-License-Identifier: MIT */
#include "session/session_graph.h"

#include "base/bits.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void session_graph_drop(struct session_graph *held)
{
	free(held->condition);
	free(held->fulfils);
	held->condition = NULL;
	held->fulfils = NULL;
	piles_fini(&held->piles);
	owner_places_free(held->places);
	name_tree_free(held->names);
	analysis_free(held->analysis);
	held->has_piles = false;
	held->places = NULL;
	held->names = NULL;
	held->analysis = NULL;
}

void session_graph_connect(struct session_graph *held, struct db *db)
{
	session_graph_drop(held);
	held->db = db;
	held->asked = false;
}

void session_graph_begin(struct session_graph *held)
{
	held->asked = false;
}

struct analysis *session_graph_analysis(struct session_graph *held, struct error *err)
{
	assert(held->db != NULL);
	int64_t num;
	struct graph_moment now;
	/* A caller that got the graph earlier in this command keeps working with it. */
	if (held->analysis != NULL && held->asked &&
		held->moment.heap_version == db_heap_version(held->db))
		return held->analysis;
	if (!generation_require(held->db, &num, err) ||
		!graph_moment_now(held->db, &now, err))
		return NULL;
	held->asked = true;
	if (held->analysis != NULL && held->analysis->generation == num &&
		graph_moment_is(&held->moment, &now))
		return held->analysis;
	session_graph_drop(held);
	struct analysis *a = graph_kept_analysis(held->db, num, err);
	if (a == NULL)
		return NULL;
	assert(a->generation == num);
	held->analysis = analysis_share(a);
	held->moment = now;
	/* Keeping the graph in the database did not change the heap. */
	held->moment.heap_version = db_heap_version(held->db);
	return a;
}

const struct graph *session_graph_get(struct session_graph *held, struct error *err)
{
	const struct analysis *a = session_graph_analysis(held, err);
	return a == NULL ? NULL : a->g;
}

struct name_tree *session_graph_names(struct session_graph *held, struct error *err)
{
	struct analysis *a = session_graph_analysis(held, err);
	if (a != NULL && held->names == NULL)
		held->names = name_tree_new(a, err);
	return a == NULL ? NULL : held->names;
}

struct places *session_graph_places(struct session_graph *held, struct error *err)
{
	struct name_tree *names = session_graph_names(held, err);
	if (names != NULL && held->places == NULL)
		held->places = owner_places_new(held->analysis, names, err);
	return names == NULL ? NULL : held->places;
}

const struct piles *session_graph_piles(
	struct session_graph *held, const struct pile_query *q, struct error *err)
{
	struct name_tree *names = session_graph_names(held, err);
	const struct pile_query *last = &held->pile_query;
	if (names == NULL)
		return NULL;
	if (!held->has_piles || last->least != q->least || last->bytes != q->bytes ||
		last->large != q->large) {
		piles_fini(&held->piles);
		held->pile_query = *q;
		held->has_piles = piles_find(&held->piles, q, held->analysis, names, err);
	}
	return held->has_piles ? &held->piles : NULL;
}

const uint64_t *session_graph_condition(
	const struct session_graph *held, const struct graph *g, const char *sql)
{
	bool valid = held->condition != NULL && held->analysis->g == g &&
		     held->moment.heap_version == db_heap_version(held->db);
	return valid && strcmp(held->condition, sql) == 0 ? held->fulfils : NULL;
}

void session_graph_keep_condition(struct session_graph *held, const struct graph *g,
	const char *sql, const uint64_t *fulfils)
{
	if (held->analysis == NULL || held->analysis->g != g ||
		held->moment.heap_version != db_heap_version(held->db))
		return;
	free(held->condition);
	free(held->fulfils);
	held->condition = strdup(sql);
	held->fulfils = bits_copy(fulfils, g->nodes);
	if (held->condition != NULL && held->fulfils != NULL)
		return;
	free(held->condition);
	free(held->fulfils);
	held->condition = NULL;
	held->fulfils = NULL;
}
