/* SPDX-License-Identifier: MIT */
#include "session/session_graph.h"

#include "graph/graph_cache.h"
#include "store/generation.h"

#include <assert.h>

static void session_graph_drop(struct session_graph *held)
{
	analysis_free(held->analysis);
	graph_free(held->graph);
	held->analysis = NULL;
	held->graph = NULL;
}

void session_graph_connect(struct session_graph *held, struct db *db)
{
	session_graph_drop(held);
	held->db = db;
}

const struct graph *session_graph_get(struct session_graph *held, struct error *err)
{
	assert(held->db != NULL);
	int64_t num, data_version;
	if (!generation_require(held->db, &num, err) ||
		!db_integer(held->db, &data_version, 0, err, "pragma main.data_version"))
		return NULL;
	if (held->graph != NULL && held->generation == num &&
		held->heap_version == db_heap_version(held->db) &&
		held->data_version == data_version)
		return held->graph;
	session_graph_drop(held);
	if (!graph_cache_graph(held->db, num, &held->graph, err))
		return NULL;
	assert(held->graph != NULL);
	held->generation = num;
	held->heap_version = db_heap_version(held->db);
	held->data_version = data_version;
	return held->graph;
}

struct analysis *session_graph_analysis(struct session_graph *held, struct error *err)
{
	const struct graph *g = session_graph_get(held, err);
	if (g != NULL && held->analysis == NULL)
		held->analysis = analysis_new(g, held->db, held->generation, err);
	assert(g == NULL || held->analysis == NULL || held->analysis->g == g);
	return g == NULL ? NULL : held->analysis;
}
