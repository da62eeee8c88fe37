/* SPDX-License-Identifier: MIT */
#include "graph/graph.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/map.h"
#include "base/sort.h"
#include "base/sound.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Objects are close together in memory: one entry of `pages` serves a kilobyte. */
#define GRAPH_PAGE_BITS 10

/* How many addresses are looked up together, so that their cache misses overlap. */
#define GRAPH_BATCH 64

/* How many references ahead the loop prefetches. */
#define GRAPH_AHEAD 32

struct graph_above {
	pthread_mutex_t lock; /* who asks may be any thread */
	struct graph_side parents;
};

/* References with one parent that came one after the other.  Dumps come grouped by
 * parent, so there are about as many runs as objects. */
struct graph_run {
	uint32_t parent;
	uint32_t start; /* in `children` */
};

/* A graph under construction: graph_builder_address() fills it, then _ref(). */
struct graph_builder {
	struct graph *g;
	size_t address_cap;
	uint32_t *children; /* of all runs, in the order they came */
	size_t child_count, child_cap;
	struct graph_run *runs;
	size_t run_count, run_cap;
	size_t root_cap;
	int64_t parent_address;       /* of the last reference … */
	uint32_t parent;              /* … and its node */
	int64_t pending[GRAPH_BATCH]; /* the last children, not yet looked up */
	size_t pending_count;
};

void graph_free(struct graph *g)
{
	if (g == NULL)
		return;
	free(g->address);
	free(g->children.start);
	free(g->children.node);
	if (g->above != NULL) {
		free(g->above->parents.start);
		free(g->above->parents.node);
		pthread_mutex_destroy(&g->above->lock);
		free(g->above);
	}
	free(g->referred);
	free(g->roots);
	free(g->pages);
	free(g->orphans);
	free(g->repeat);
	free(g);
}

static uint64_t graph_page(int64_t address)
{
	return (uint64_t)address >> GRAPH_PAGE_BITS;
}

static uint32_t graph_page_slot(const struct graph *g, uint64_t page)
{
	return (uint32_t)(page * g->page_factor >> g->page_shift);
}

/* All addresses are there: builds the index that finds them. */
static bool graph_index_pages(struct graph *g, struct error *err)
{
	size_t pages = 0;
	for (uint32_t i = 0; i < g->nodes; i++)
		pages += i == 0 ||
			 graph_page(g->address[i]) != graph_page(g->address[i - 1]);
	size_t slots = 8;
	unsigned shift = 61;
	for (; slots < pages * 2; shift--)
		slots *= 2;
	g->pages = array_new(slots, sizeof *g->pages);
	g->orphans = bits_new(g->nodes);
	if (g->pages == NULL || g->orphans == NULL)
		return error_nomem(err);
	memset(g->pages, 0xff, slots * sizeof *g->pages);
	/* A power of two, at least half of it free, so that each search ends. */
	assert((slots & (slots - 1)) == 0 && pages * 2 <= slots);
	assert(slots == (size_t)1 << (64 - shift));
	g->page_mask = (uint32_t)(slots - 1);
	g->page_shift = shift;
	g->page_factor = map_factor();
	for (uint32_t i = 0; i < g->nodes; i++) {
		uint64_t page = graph_page(g->address[i]);
		if (i > 0 && page == graph_page(g->address[i - 1]))
			continue;
		uint32_t slot = graph_page_slot(g, page);
		while (g->pages[slot] != GRAPH_NONE)
			slot = (slot + 1) & g->page_mask;
		g->pages[slot] = i;
	}
	return true;
}

uint32_t graph_find_node(const struct graph *g, int64_t address)
{
	uint64_t page = graph_page(address);
	for (uint32_t slot = graph_page_slot(g, page);;
		slot = (slot + 1) & g->page_mask) {
		assert(slot <= g->page_mask);
		uint32_t node = g->pages[slot];
		if (node == GRAPH_NONE)
			return GRAPH_NONE;
		assert(node < g->nodes);
		if (graph_page(g->address[node]) != page)
			continue;
		while (node < g->nodes && g->address[node] < address)
			node++;
		return node < g->nodes && g->address[node] == address ? node : GRAPH_NONE;
	}
}

/* --- building ----------------------------------------------------------------------- */

/* Finds the nodes of the pending children, which are the last of `children`.  Dangling
 * children stay GRAPH_NONE. */
static void graph_builder_flush(struct graph_builder *b)
{
	struct graph *g = b->g;
	if (b->pending_count == 0)
		return;
	assert(b->pending_count <= GRAPH_BATCH && b->pending_count <= b->child_count);
	uint32_t *child = b->children + b->child_count - b->pending_count;
	for (size_t i = 0; i < b->pending_count; i++)
		__builtin_prefetch(
			&g->pages[graph_page_slot(g, graph_page(b->pending[i]))]);
	for (size_t i = 0; i < b->pending_count; i++) {
		uint32_t node = g->pages[graph_page_slot(g, graph_page(b->pending[i]))];
		if (node != GRAPH_NONE)
			__builtin_prefetch(&g->address[node]);
	}
	for (size_t i = 0; i < b->pending_count; i++) {
		child[i] = graph_find_node(g, b->pending[i]);
		g->dangling += child[i] == GRAPH_NONE;
	}
	b->pending_count = 0;
}

static bool graph_builder_init(struct graph_builder *b, struct error *err)
{
	*b = (struct graph_builder){ .parent = GRAPH_NONE };
	b->g = array_new_zeroed(1, sizeof *b->g);
	return b->g != NULL || error_nomem(err);
}

static void graph_builder_fini(struct graph_builder *b)
{
	graph_free(b->g);
	free(b->children);
	free(b->runs);
}

static bool graph_builder_address(
	struct graph_builder *b, int64_t address, struct error *err)
{
	struct graph *g = b->g;
	if (g->nodes == GRAPH_NONE - 1)
		return error_set(err, STATUS_DATA, "more than %u objects in a generation",
			GRAPH_NONE - 1);
	if (!array_reserve(&g->address, &b->address_cap, (size_t)g->nodes + 1,
		    sizeof *g->address))
		return error_nomem(err);
	assert(g->nodes < b->address_cap);
	assert(g->nodes == 0 || g->address[g->nodes - 1] < address);
	g->address[g->nodes++] = address;
	return true;
}

static bool graph_builder_ref(
	struct graph_builder *b, int64_t parent, int64_t child, struct error *err)
{
	struct graph *g = b->g;
	uint32_t node;
	if (parent == 0) { /* a reference to a root */
		node = graph_find_node(g, child);
		if (node == GRAPH_NONE) {
			g->dangling += child != 0;
			return true;
		}
		if (!array_reserve(&g->roots, &b->root_cap, (size_t)g->root_count + 1,
			    sizeof *g->roots))
			return error_nomem(err);
		assert(g->root_count < b->root_cap);
		g->roots[g->root_count++] = node;
		return true;
	}
	/* A run begins, unless the last one has the same parent. */
	if (b->parent == GRAPH_NONE || b->parent_address != parent) {
		b->parent_address = parent;
		b->parent = graph_find_node(g, parent);
		if (b->parent != GRAPH_NONE) {
			if (!array_reserve(&b->runs, &b->run_cap, b->run_count + 1,
				    sizeof *b->runs))
				return error_nomem(err);
			b->runs[b->run_count++] = (struct graph_run){ .parent = b->parent,
				.start = (uint32_t)b->child_count };
		}
	}
	if (b->parent == GRAPH_NONE) {
		node = graph_find_node(g, child);
		g->orphaned++;
		if (node != GRAPH_NONE)
			bits_put(g->orphans, node);
		return true;
	}
	if (b->child_count == GRAPH_NONE - 1)
		return error_set(err, STATUS_DATA,
			"more than %u references in a generation", GRAPH_NONE - 1);
	if (!array_reserve(
		    &b->children, &b->child_cap, b->child_count + 1, sizeof *b->children))
		return error_nomem(err);
	assert(b->pending_count < GRAPH_BATCH && b->child_count < b->child_cap);
	b->child_count++;
	b->pending[b->pending_count++] = child;
	if (b->pending_count == GRAPH_BATCH)
		graph_builder_flush(b);
	return true;
}

/* Sorts and drops repeats and GRAPH_NONE; how many are left. */
static size_t graph_sort_nodes(uint32_t *nodes, size_t n)
{
	sort_u32(nodes, n);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (nodes[i] != GRAPH_NONE && (kept == 0 || nodes[i] != nodes[kept - 1]))
			nodes[kept++] = nodes[i];
	return kept;
}

static size_t graph_run_length(const struct graph_builder *b, size_t run)
{
	assert(run < b->run_count);
	size_t end = run + 1 < b->run_count ? b->runs[run + 1].start : b->child_count;
	assert(b->runs[run].start <= end && end <= b->child_count);
	return end - b->runs[run].start;
}

/* Turns start[i + 1], the number of children of node i, into where they start. */
static void graph_sum_starts(uint32_t *start, uint32_t nodes)
{
	for (uint32_t i = 0; i < nodes; i++)
		start[i + 1] += start[i];
}

/* Brings the runs, which came in any order, into the order of their parents. */
static bool graph_order_runs(struct graph_builder *b, struct error *err)
{
	uint32_t *ordered = array_new(b->child_count, sizeof *ordered);
	uint32_t *next = array_new(b->g->nodes, sizeof *next);
	bool ok = ordered != NULL && next != NULL;
	if (!ok) {
		error_nomem(err);
		goto out;
	}
	memcpy(next, b->g->children.start, b->g->nodes * sizeof *next);
	for (size_t i = 0; i < b->run_count; i++) {
		size_t length = graph_run_length(b, i);
		assert(b->runs[i].parent < b->g->nodes);
		assert(next[b->runs[i].parent] + length <= b->child_count);
		memcpy(ordered + next[b->runs[i].parent], b->children + b->runs[i].start,
			length * sizeof *ordered);
		next[b->runs[i].parent] += (uint32_t)length;
	}
	free(b->children);
	b->children = ordered;
	ordered = NULL;
out:
	free(ordered);
	free(next);
	return ok;
}

static bool graph_side_is_sound(const struct graph *g, const struct graph_side *side)
{
	bool sound = side->start[0] == 0 && side->start[g->nodes] == g->references;
	for (uint32_t i = 0; sound && i < g->nodes; i++) {
		sound = side->start[i] <= side->start[i + 1];
		for (uint32_t k = side->start[i]; sound && k < side->start[i + 1]; k++)
			sound = side->node[k] < g->nodes &&
				(k == side->start[i] ||
					side->node[k - 1] < side->node[k]);
	}
	return sound;
}

/* Builds the parents from the children.  Nodes are visited in ascending order, so the
 * parents of each come out ascending. */
static bool graph_transpose(
	const struct graph *g, struct graph_side *to, struct error *err)
{
	const struct graph_side *from = &g->children;
	assert(to->start == NULL && to->node == NULL);
	to->start = array_new_zeroed((size_t)g->nodes + 2, sizeof(uint32_t));
	to->node = array_new(g->references, sizeof(uint32_t));
	if (to->start == NULL || to->node == NULL) {
		free(to->start);
		free(to->node);
		*to = (struct graph_side){ 0 };
		return error_nomem(err);
	}
	/* While filling, start[i + 1] is where the next neighbour of i goes; the place
	 * for the last one makes it the start of i + 1. */
	uint32_t *next = to->start + 1;
	const uint32_t *node = from->node;
	for (uint32_t i = 0; i < g->references; i++)
		next[node[i] + 1]++;
	graph_sum_starts(next, g->nodes);
	for (uint32_t i = 0; i < g->nodes; i++)
		for (uint32_t j = from->start[i]; j < from->start[i + 1]; j++) {
			if (g->references - j > GRAPH_AHEAD) {
				__builtin_prefetch(&next[node[j + GRAPH_AHEAD]], 1);
				__builtin_prefetch(
					&to->node[next[node[j + GRAPH_AHEAD / 2]]], 1);
			}
			to->node[next[node[j]]++] = i;
		}
	assert(to->start[g->nodes] == g->references);
	assert_sound(graph_side_is_sound(g, to));
	return true;
}

const struct graph_side *graph_parents(const struct graph *g, struct error *err)
{
	struct graph_above *a = g->above;
	pthread_mutex_lock(&a->lock);
	bool ok = a->parents.start != NULL || graph_transpose(g, &a->parents, err);
	pthread_mutex_unlock(&a->lock);
	return ok ? &a->parents : NULL;
}

/* Objects and children are there: says which objects are referred to, and has room for
 * the parents, which nobody asked for yet. */
static bool graph_finish(struct graph *g, struct error *err)
{
	assert(g->above == NULL && g->referred == NULL);
	g->referred = bits_new(g->nodes);
	g->above = array_new_zeroed(1, sizeof *g->above);
	if (g->referred == NULL || g->above == NULL) {
		free(g->above);
		g->above = NULL;
		return error_nomem(err);
	}
	pthread_mutex_init(&g->above->lock, NULL);
	for (uint32_t i = 0; i < g->references; i++)
		bits_put(g->referred, g->children.node[i]);
	return true;
}

/* Gives the finished graph away; NULL on failure. */
static struct graph *graph_builder_take(struct graph_builder *b, struct error *err)
{
	struct graph *g = b->g;
	graph_builder_flush(b);
	g->children.start = array_new_zeroed((size_t)g->nodes + 1, sizeof(uint32_t));
	if (g->children.start == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (size_t i = 0; i < b->run_count; i++)
		g->children.start[b->runs[i].parent + 1] +=
			(uint32_t)graph_run_length(b, i);
	graph_sum_starts(g->children.start, g->nodes);
	bool ascend = true;
	for (size_t i = 1; ascend && i < b->run_count; i++)
		ascend = b->runs[i - 1].parent < b->runs[i].parent;
	if (!ascend && !graph_order_runs(b, err))
		return NULL;
	free(b->runs);
	b->runs = NULL;
	/* Sorts each node's children, drops repeats and closes the gaps. */
	uint32_t kept = 0, from = 0;
	for (uint32_t i = 0; i < g->nodes; i++) {
		uint32_t end = g->children.start[i + 1];
		/* A graph without references has no array. */
		size_t n = b->children == NULL
				   ? 0
				   : graph_sort_nodes(b->children + from, end - from);
		if (n > 0)
			memmove(b->children + kept, b->children + from,
				n * sizeof *b->children);
		assert(n <= end - from && kept <= from);
		kept += (uint32_t)n;
		g->children.start[i + 1] = kept;
		from = end;
	}
	assert(kept <= from);
	g->references = kept;
	uint32_t *fitted =
		realloc(b->children, (g->references + (size_t)1) * sizeof *fitted);
	if (fitted == NULL) {
		error_nomem(err);
		return NULL;
	}
	b->children = NULL;
	g->children.node = fitted;
	g->root_count = (uint32_t)graph_sort_nodes(g->roots, g->root_count);
	if (!graph_finish(g, err))
		return NULL;
	b->g = NULL;
	assert(g->root_count <= g->nodes);
	assert_sound(graph_is_sound(g));
	return g;
}

bool graph_complete(struct graph *g, struct error *err)
{
	assert(g->children.start != NULL);
	if (!graph_index_pages(g, err) || !graph_finish(g, err))
		return false;
	assert_sound(graph_is_sound(g));
	return true;
}

/* The nodes that stay, ascending, and their references to each other. */
static bool graph_fill_part(struct graph *part, const struct graph *g,
	const uint64_t *left_out, uint32_t *before, uint32_t *node)
{
	uint32_t refs = 0;
	for (size_t word = 0; word <= g->nodes / 64; word++) {
		before[word] = part->nodes;
		size_t end = word * 64 + 64 < g->nodes ? word * 64 + 64 : g->nodes;
		for (size_t i = word * 64; ~left_out[word] != 0 && i < end; i++)
			if (!bits_has(left_out, i)) {
				node[part->nodes++] = (uint32_t)i;
				refs += g->children.start[i + 1] - g->children.start[i];
			}
	}
	part->address = array_new(part->nodes, sizeof *part->address);
	part->children.start =
		array_new((size_t)part->nodes + 1, sizeof *part->children.start);
	part->children.node = array_new(refs, sizeof *part->children.node);
	if (part->address == NULL || part->children.start == NULL ||
		part->children.node == NULL)
		return false;
	for (uint32_t i = 0; i < part->nodes; i++) {
		size_t n;
		const uint32_t *child = graph_children(g, node[i], &n);
		part->address[i] = g->address[node[i]];
		part->children.start[i] = part->references;
		for (size_t k = 0; k < n; k++) {
			if (bits_has(left_out, child[k]))
				continue;
			size_t word = child[k] / 64;
			uint64_t below = (UINT64_C(1) << child[k] % 64) - 1;
			part->children.node[part->references++] =
				before[word] +
				(uint32_t)__builtin_popcountll(~left_out[word] & below);
		}
	}
	part->children.start[part->nodes] = part->references;
	return true;
}

struct graph *graph_without(const struct graph *g, const uint64_t *left_out,
	uint32_t **node, struct error *err)
{
	size_t left = g->nodes - bits_count(left_out, g->nodes);
	/* Of each 64 nodes: how many stay of those before them. */
	uint32_t *before = array_new((size_t)g->nodes / 64 + 1, sizeof *before);
	struct graph *part = array_new_zeroed(1, sizeof *part);
	*node = array_new(left, sizeof **node);
	bool ok = before != NULL && part != NULL && *node != NULL &&
		  graph_fill_part(part, g, left_out, before, *node);
	ok = ok ? graph_complete(part, err) : error_nomem(err);
	assert(!ok || part->nodes == left);
	free(before);
	if (ok)
		return part;
	graph_free(part);
	free(*node);
	*node = NULL;
	return NULL;
}

uint32_t graph_find_neighbour(
	const struct graph_side *side, uint32_t node, uint32_t neighbour)
{
	size_t n;
	const uint32_t *of = graph_neighbours(side, node, &n);
	size_t at = sort_find_u32(of, n, neighbour);
	return at < n && of[at] == neighbour ? side->start[node] + (uint32_t)at
					     : GRAPH_NONE;
}

bool graph_is_root(const struct graph *g, uint32_t node)
{
	size_t at = sort_find_u32(g->roots, g->root_count, node);
	return at < g->root_count && g->roots[at] == node;
}

bool graph_is_sound(const struct graph *g)
{
	bool sound = g->nodes < GRAPH_NONE - 1 && g->root_count <= g->nodes;
	for (uint32_t i = 0; sound && i < g->nodes; i++)
		sound = (i == 0 || g->address[i - 1] < g->address[i]) &&
			g->address[i] != 0 && graph_find_node(g, g->address[i]) == i;
	for (uint32_t i = 0; sound && i < g->root_count; i++)
		sound = g->roots[i] < g->nodes &&
			(i == 0 || g->roots[i - 1] < g->roots[i]);
	sound = sound && graph_side_is_sound(g, &g->children);
	for (uint32_t i = 0; sound && i < g->references; i++)
		sound = bits_has(g->referred, g->children.node[i]);
	return sound;
}

struct graph *graph_build(const int64_t *addresses, size_t n,
	const struct graph_ref *refs, size_t m, struct error *err)
{
	struct graph_builder b;
	struct graph *g = NULL;
	if (!graph_builder_init(&b, err))
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (!graph_builder_address(&b, addresses[i], err))
			goto out;
	if (!graph_index_pages(b.g, err))
		goto out;
	for (size_t i = 0; i < m; i++)
		if (!graph_builder_ref(&b, refs[i].parent, refs[i].child, err))
			goto out;
	g = graph_builder_take(&b, err);
out:
	graph_builder_fini(&b);
	return g;
}

/* --- from the tables ---------------------------------------------------------------- */

bool graph_load(struct db *db, int64_t num, struct graph **g, struct error *err)
{
	struct graph_builder b;
	char obj[GENERATION_TABLE_MAX], ref[GENERATION_TABLE_MAX];
	*g = NULL;
	if (!generation_table(db, "obj", num, obj, err) ||
		!generation_table(db, "ref", num, ref, err) ||
		!graph_builder_init(&b, err))
		return false;
	struct db_stmt *addresses = NULL, *refs = NULL;
	if (!db_preparef(db, &addresses, err,
		    "select address from main.\"%w\" where typeof(address) = 'integer' "
		    "and address <> 0 order by address",
		    obj)) {
		graph_builder_fini(&b);
		return false;
	}
	int row;
	while ((row = db_step(addresses, err)) == 1) {
		int64_t address = db_column_integer(addresses, 0);
		/* A table that another program wrote may hold an address twice: it is one
		 * object. */
		if (b.g->nodes > 0 && b.g->address[b.g->nodes - 1] == address)
			continue;
		if (!graph_builder_address(&b, address, err))
			break;
	}
	db_stmt_free(addresses);
	bool ok = row == 0 && graph_index_pages(b.g, err) &&
		  db_preparef(db, &refs, err,
			  "select parent, child from main.\"%w\" not indexed", ref);
	row = 0;
	while (ok && (row = db_step(refs, err)) == 1)
		ok = graph_builder_ref(
			&b, db_column_integer(refs, 0), db_column_integer(refs, 1), err);
	db_stmt_free(refs);
	if (ok && row == 0)
		*g = graph_builder_take(&b, err);
	graph_builder_fini(&b);
	return *g != NULL;
}
