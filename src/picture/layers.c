/* SPDX-License-Identifier: MIT */
#include "picture/layers.h"

#include "base/array.h"
#include "result/drawing.h"

#include <assert.h>
#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LAYERS_GAP 16     /* between items of a layer */
#define LAYERS_SWEEPS 24  /* more change nothing in graphs of this size */
#define LAYERS_STRAIGHT 8 /* how much more a line than a node wants its height */

/* The layer of a node without lines, until all others have their places. */
#define LAYERS_NONE UINT32_MAX

void layers_fini(struct layers *l)
{
	free(l->item);
	free(l->segment);
	free(l->first);
	free(l->length);
	free(l->back);
}

/* Marks the edges that close a cycle in a walk from `node`.  `state`: 0 not seen, 1 on
 * the way, 2 left. */
static void layers_find_back(
	struct layers *l, const struct drawing *d, size_t node, unsigned char *state)
{
	state[node] = 1;
	for (size_t e = 0; e < d->edge_count; e++) {
		if (d->edges[e].from != node)
			continue;
		size_t to = d->edges[e].to;
		l->back[e] = state[to] == 1;
		if (state[to] == 0)
			layers_find_back(l, d, to, state);
	}
	state[node] = 2;
}

/* Gives each node its layer: the longest way from the left, but a start is next to what
 * it refers to. */
static bool layers_assign(struct layers *l, const struct drawing *d)
{
	unsigned char *state = array_new_zeroed(d->node_count, 1);
	bool *pointed = array_new_zeroed(d->node_count, sizeof *pointed);
	bool ok = state != NULL && pointed != NULL;
	for (size_t e = 0; ok && e < d->edge_count; e++)
		pointed[d->edges[e].to] = true;
	/* From what nothing refers to, then from what is on cycles alone. */
	for (size_t i = 0; ok && i < 2 * d->node_count; i++) {
		size_t node = i % d->node_count;
		if (state[node] == 0 && (i >= d->node_count || !pointed[node]))
			layers_find_back(l, d, node, state);
	}
	/* No way is longer than there are nodes. */
	for (size_t pass = 0; ok && pass < d->node_count; pass++)
		for (size_t e = 0; e < d->edge_count; e++) {
			const struct drawing_edge *edge = &d->edges[e];
			struct layers_item *to = &l->item[edge->to];
			if (!l->back[e] && to->layer <= l->item[edge->from].layer)
				to->layer = l->item[edge->from].layer + 1;
		}
	for (size_t i = 0; ok && i < d->node_count; i++) {
		unsigned nearest = UINT32_MAX;
		for (size_t e = 0; e < d->edge_count; e++)
			if (d->edges[e].from == i && !l->back[e] &&
				l->item[d->edges[e].to].layer < nearest)
				nearest = l->item[d->edges[e].to].layer;
		if (l->item[i].layer == 0 && nearest != UINT32_MAX)
			l->item[i].layer = nearest - 1;
		if (l->item[i].layer >= l->layers)
			l->layers = l->item[i].layer + 1;
	}
	free(state);
	free(pointed);
	return ok;
}

/* Cuts each edge into segments from layer to layer, with an item between two of them. */
static bool layers_cut(struct layers *l, const struct drawing *d)
{
	for (size_t e = 0; e < d->edge_count; e++) {
		const struct drawing_edge *edge = &d->edges[e];
		size_t left = l->back[e] ? edge->to : edge->from;
		size_t right = l->back[e] ? edge->from : edge->to;
		l->first[e] = l->segments;
		if (left == right) {
			/* It leaves a node and comes back to its side. */
			l->item[left].right += 2;
			continue;
		}
		unsigned at = l->item[left].layer, end = l->item[right].layer;
		/* What closes a cycle leads to where the walk came from. */
		assert(at < end);
		l->item[left].right++;
		l->item[right].left++;
		for (; at < end; at++) {
			if (!array_reserve(
				    &l->item, &l->cap, l->count + 1, sizeof *l->item) ||
				!array_reserve(&l->segment, &l->segment_cap,
					l->segments + 1, sizeof *l->segment))
				return false;
			size_t next = right;
			if (at + 1 < end) {
				next = l->count++;
				l->item[next] = (struct layers_item){ .layer = at + 1,
					.height = LAYERS_LINE };
			}
			l->segment[l->segments++] =
				(struct layers_segment){ .left = left, .right = next };
			left = next;
		}
		l->length[e] = l->segments - l->first[e];
	}
	return true;
}

/* Writes the items of a layer to `order` by their pulls, those of one pull by their
 * ranks; returns how many there are. */
static size_t layers_sort(const struct layers *l, unsigned layer, size_t *order)
{
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct layers_item *item = &l->item[i];
		if (item->layer != layer)
			continue;
		size_t at = n++;
		for (; at > 0; at--) {
			const struct layers_item *above = &l->item[order[at - 1]];
			if (above->pull < item->pull ||
				(above->pull <= item->pull && above->rank <= item->rank))
				break;
			order[at] = order[at - 1];
		}
		order[at] = i;
	}
	return n;
}

/* Lets the items of a layer be pulled to the mean of their neighbours' ranks or heights
 * in the layer before or behind; who has none there stays. */
static void layers_pull(struct layers *l, unsigned layer, bool from_left, bool heights)
{
	for (size_t i = 0; i < l->count; i++) {
		struct layers_item *item = &l->item[i];
		if (item->layer != layer)
			continue;
		double sum = 0;
		size_t n = 0;
		for (size_t s = 0; s < l->segments; s++) {
			const struct layers_segment *g = &l->segment[s];
			if ((from_left ? g->right : g->left) != i)
				continue;
			const struct layers_item *o =
				&l->item[from_left ? g->left : g->right];
			sum += heights ? o->y : (double)o->rank;
			n++;
		}
		item->pull = n > 0     ? sum / (double)n
			     : heights ? item->y
				       : (double)item->rank;
	}
}

static size_t layers_crossings(const struct layers *l)
{
	size_t crossings = 0;
	for (size_t s = 0; s < l->segments; s++)
		for (size_t t = 0; t < s; t++) {
			const struct layers_item *a = &l->item[l->segment[s].left],
						 *b = &l->item[l->segment[t].left],
						 *c = &l->item[l->segment[s].right],
						 *e = &l->item[l->segment[t].right];
			crossings += a->layer == b->layer &&
				     ((a->rank < b->rank && c->rank > e->rank) ||
					     (a->rank > b->rank && c->rank < e->rank));
		}
	return crossings;
}

/* Orders the items of each layer in sweeps from left to right and back, and keeps the
 * order with the fewest crossings.  `order` and `best` have room for all items. */
static void layers_order(struct layers *l, size_t *order, unsigned *best)
{
	size_t fewest = SIZE_MAX;
	for (unsigned sweep = 0; sweep <= LAYERS_SWEEPS && fewest > 0; sweep++) {
		bool right = sweep % 2 == 1;
		for (unsigned k = 0; k < l->layers; k++) {
			unsigned layer = right ? k : l->layers - 1 - k;
			/* The first sweep only counts: ranks are in the order of nodes.
			 */
			if (sweep > 0)
				layers_pull(l, layer, right, false);
			size_t n = layers_sort(l, layer, order);
			for (size_t i = 0; i < n; i++)
				l->item[order[i]].rank = (unsigned)i;
		}
		size_t crossings = layers_crossings(l);
		if (crossings >= fewest)
			continue;
		fewest = crossings;
		for (size_t i = 0; i < l->count; i++)
			best[i] = l->item[i].rank;
	}
	for (size_t i = 0; i < l->count; i++)
		l->item[i].rank = best[i];
}

/* A run of items of a layer that touch each other, and where they want to be: the least
 * squares of all keep their order (pool adjacent violators). */
struct layers_run {
	double sum, weight;
	size_t items;
};

/* Gives the items of a layer their heights, as near as possible to their pulls. */
static void layers_settle(
	struct layers *l, unsigned layer, size_t *order, struct layers_run *run)
{
	size_t n = 0, runs = 0;
	for (size_t i = 0; i < l->count; i++)
		if (l->item[i].layer == layer) {
			order[l->item[i].rank] = i;
			n++;
		}
	double offset = 0;
	for (size_t i = 0; i < n; i++) {
		struct layers_item *item = &l->item[order[i]];
		if (i > 0)
			offset += (l->item[order[i - 1]].height + item->height) / 2 +
				  LAYERS_GAP;
		double weight = order[i] < l->nodes ? 1 : LAYERS_STRAIGHT;
		run[runs++] =
			(struct layers_run){ weight * (item->pull - offset), weight, 1 };
		while (runs > 1 && run[runs - 2].sum * run[runs - 1].weight >
					   run[runs - 1].sum * run[runs - 2].weight) {
			run[runs - 2].sum += run[runs - 1].sum;
			run[runs - 2].weight += run[runs - 1].weight;
			run[runs - 2].items += run[runs - 1].items;
			runs--;
		}
		item->y = offset;
	}
	for (size_t r = 0, i = 0; r < runs; r++)
		for (size_t k = 0; k < run[r].items; k++)
			l->item[order[i++]].y += run[r].sum / run[r].weight;
}

/* Spreads the lines at the sides of each node, in the order of where they come from. */
static void layers_spread(struct layers *l)
{
	for (size_t s = 0; s < l->segments; s++) {
		struct layers_segment *g = &l->segment[s];
		unsigned above_left = 0, above_right = 0;
		for (size_t t = 0; t < l->segments; t++) {
			const struct layers_segment *o = &l->segment[t];
			unsigned a = l->item[g->right].rank, b = l->item[o->right].rank;
			above_left += o->left == g->left && (b < a || (b == a && t < s));
			a = l->item[g->left].rank;
			b = l->item[o->left].rank;
			above_right +=
				o->right == g->right && (b < a || (b == a && t < s));
		}
		const struct layers_item *left = &l->item[g->left],
					 *right = &l->item[g->right];
		g->left_y = left->y;
		g->right_y = right->y;
		if (g->left < l->nodes)
			g->left_y += LAYERS_LINE * (above_left - (left->right - 1) / 2.0);
		if (g->right < l->nodes)
			g->right_y +=
				LAYERS_LINE * (above_right - (right->left - 1) / 2.0);
	}
}

/* Rows of nodes without lines from `bottom` on; returns where they end. */
static double layers_put_rows(struct layers *l, double bottom)
{
	size_t n = 0;
	for (size_t i = 0; i < l->nodes; i++) {
		struct layers_item *item = &l->item[i];
		if (item->layer != LAYERS_NONE)
			continue;
		item->layer = (unsigned)(n % l->layers);
		item->rank = (unsigned)(l->count + n);
		if (item->layer == 0)
			bottom += LAYERS_GAP + LAYERS_BOX;
		item->y = bottom - item->height / 2;
		n++;
	}
	return bottom;
}

/* Gives all items their heights, and the picture its own. */
static void layers_put_heights(struct layers *l, size_t *order, struct layers_run *run)
{
	/* All begin at the top, then follow those before and behind them in turn. */
	for (unsigned sweep = 0; sweep <= LAYERS_SWEEPS; sweep++)
		for (unsigned k = 0; k < l->layers; k++) {
			bool right = sweep % 2 == 0;
			unsigned layer = right ? k : l->layers - 1 - k;
			if (sweep > 0)
				layers_pull(l, layer, right, true);
			else
				for (size_t i = 0; i < l->count; i++)
					l->item[i].pull = 0;
			layers_settle(l, layer, order, run);
		}
	double top = DBL_MAX, bottom = -DBL_MAX;
	for (size_t i = 0; i < l->count; i++) {
		const struct layers_item *item = &l->item[i];
		if (item->layer == LAYERS_NONE)
			continue;
		if (item->y - item->height / 2 < top)
			top = item->y - item->height / 2;
		if (item->y + item->height / 2 > bottom)
			bottom = item->y + item->height / 2;
	}
	/* Without any line there is nothing above the rows. */
	if (top > bottom)
		top = LAYERS_GAP, bottom = 0;
	bottom = layers_put_rows(l, bottom);
	/* Whole pixels draw sharp lines. */
	for (size_t i = 0; i < l->count; i++)
		l->item[i].y = (double)(long)(l->item[i].y - top + 0.5);
	l->height = (double)(long)(bottom - top + 1.5);
}

bool layers_make(struct layers *l, const struct drawing *d)
{
	assert(d->node_count > 0);
	*l = (struct layers){ .nodes = d->node_count };
	l->first = array_new_zeroed(d->edge_count + 1, sizeof *l->first);
	l->length = array_new_zeroed(d->edge_count + 1, sizeof *l->length);
	l->back = array_new_zeroed(d->edge_count + 1, sizeof *l->back);
	if (l->first == NULL || l->length == NULL || l->back == NULL ||
		!array_reserve(&l->item, &l->cap, d->node_count, sizeof *l->item))
		return false;
	for (l->count = 0; l->count < d->node_count; l->count++)
		l->item[l->count] = (struct layers_item){ .height = LAYERS_BOX };
	if (!layers_assign(l, d) || !layers_cut(l, d))
		return false;
	for (size_t i = 0; i < l->nodes; i++)
		if (l->item[i].left + l->item[i].right == 0)
			l->item[i].layer = LAYERS_NONE;
	size_t *order = array_new(l->count, sizeof *order);
	unsigned *best = array_new(l->count, sizeof *best);
	struct layers_run *run = array_new(l->count, sizeof *run);
	bool ok = order != NULL && best != NULL && run != NULL;
	for (size_t i = 0; i < d->node_count; i++) {
		struct layers_item *item = &l->item[i];
		unsigned lines = item->left > item->right ? item->left : item->right;
		if (lines * LAYERS_LINE + 10 > LAYERS_BOX)
			item->height = lines * LAYERS_LINE + 10;
	}
	if (ok)
		layers_order(l, order, best);
	if (ok)
		layers_put_heights(l, order, run);
	if (ok)
		layers_spread(l);
	free(order);
	free(best);
	free(run);
	return ok;
}
