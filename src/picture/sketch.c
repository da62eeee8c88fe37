/* SPDX-License-Identifier: MIT */
#include "picture/sketch.h"

#include "base/magnitude.h"

#include "base/array.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The edges of a drawing by the node they leave, and a walk over its nodes. */
struct sketch_walk {
	size_t *first; /* of each node in `to`, and the end */
	size_t *to;
	size_t *queue;
	size_t *from;  /* where the walk to each node began, SIZE_MAX: not reached */
	size_t *depth; /* of each node */
	bool *important;
};

static bool sketch_walk_init(struct sketch_walk *k, const struct drawing *d)
{
	*k = (struct sketch_walk){
		.first = array_new_zeroed(d->node_count + 2, sizeof *k->first),
		.to = array_new(d->edge_count, sizeof *k->to),
		.queue = array_new(d->node_count, sizeof *k->queue),
		.from = array_new(d->node_count, sizeof *k->from),
		.depth = array_new_zeroed(d->node_count, sizeof *k->depth),
		.important = array_new_zeroed(d->node_count, sizeof *k->important),
	};
	if (k->first == NULL || k->to == NULL || k->queue == NULL || k->from == NULL ||
		k->depth == NULL || k->important == NULL)
		return false;
	for (size_t i = 0; i < d->edge_count; i++) {
		assert(d->edges[i].from < d->node_count &&
			d->edges[i].to < d->node_count);
		k->first[d->edges[i].from + 2]++;
	}
	for (size_t i = 1; i <= d->node_count; i++)
		k->first[i + 1] += k->first[i];
	for (size_t i = 0; i < d->edge_count; i++)
		k->to[k->first[d->edges[i].from + 1]++] = d->edges[i].to;
	assert(k->first[0] == 0 && k->first[d->node_count] == d->edge_count);
	for (size_t i = 0; i < d->node_count; i++)
		k->important[i] = (d->nodes[i].flags & (DRAWING_SOURCE | DRAWING_TARGET |
							       DRAWING_ROOT)) != 0;
	for (size_t i = 0; i < d->edge_count; i++)
		if ((d->edges[i].flags & DRAWING_ON_PATH) != 0)
			k->important[d->edges[i].from] = k->important[d->edges[i].to] =
				true;
	return true;
}

/* Walks breadth-first from the `count` nodes in the queue, which know where they began,
 * to those not reached yet. */
static void sketch_spread(struct sketch_walk *k, size_t count)
{
	for (size_t head = 0; head < count; head++) {
		size_t node = k->queue[head];
		for (size_t i = k->first[node]; i < k->first[node + 1]; i++) {
			size_t to = k->to[i];
			if (k->from[to] != SIZE_MAX)
				continue;
			k->from[to] = k->from[node];
			k->depth[to] = k->depth[node] + 1;
			k->queue[count++] = to;
		}
	}
}

/* Shows `keep` nodes, and counts what hangs on them. */
static void sketch_choose(struct sketch *s, struct sketch_walk *k, size_t keep)
{
	size_t n = s->drawing->node_count, count = 0;
	assert(keep <= n);
	memset(s->shown, 0, n * sizeof *s->shown);
	memset(s->more, 0, (n + 1) * sizeof *s->more);
	s->more_count = s->shown_count = 0;
	for (int important = 1; important >= 0; important--)
		for (size_t i = 0; i < n && s->shown_count < keep; i++)
			if (k->important[i] == (important == 1)) {
				s->shown[i] = true;
				s->shown_count++;
			}
	for (size_t i = 0; i < n; i++) {
		k->from[i] = s->shown[i] ? i : SIZE_MAX;
		if (s->shown[i])
			k->queue[count++] = i;
	}
	assert(count == s->shown_count && count == keep);
	sketch_spread(k, count);
	for (size_t i = 0; i < n; i++) {
		if (s->shown[i])
			continue;
		size_t at = k->from[i] == SIZE_MAX ? n : k->from[i];
		int64_t objects = s->drawing->nodes[i].count;
		s->more_count += s->more[at] == 0;
		s->more[at] += objects > 1 ? objects : 1;
	}
}

/* The most nodes at one distance from those that nothing refers to, or, in a drawing that
 * is one cycle, from its first node. */
static bool sketch_measure(struct sketch *s, struct sketch_walk *k)
{
	const struct drawing *d = s->drawing;
	size_t *width = array_new_zeroed(d->node_count, sizeof *width);
	size_t count = 0;
	if (width == NULL)
		return false;
	for (size_t i = 0; i < d->node_count; i++)
		k->from[i] = 0;
	for (size_t i = 0; i < d->edge_count; i++)
		if (d->edges[i].from != d->edges[i].to)
			k->from[d->edges[i].to] = SIZE_MAX;
	for (size_t i = 0; i < d->node_count; i++)
		if (k->from[i] == 0) {
			k->depth[i] = 0;
			k->queue[count++] = i;
		}
	if (count == 0 && d->node_count > 0) {
		k->from[0] = 0;
		k->depth[0] = 0;
		k->queue[count++] = 0;
	}
	sketch_spread(k, count);
	for (size_t i = 0; i < d->node_count; i++)
		if (s->shown[i] && k->from[i] == 0) {
			size_t now = ++width[k->depth[i]];
			s->widest = now > s->widest ? now : s->widest;
			s->levels += now == 1;
		}
	free(width);
	return true;
}

struct sketch *sketch_new(const struct drawing *d, size_t limit)
{
	struct sketch_walk k = { 0 };
	struct sketch *s = array_new_zeroed(1, sizeof *s);
	if (s == NULL)
		return NULL;
	s->drawing = d;
	s->shown = array_new_zeroed(d->node_count, sizeof *s->shown);
	s->loose = array_new_zeroed(d->node_count, sizeof *s->loose);
	s->more = array_new_zeroed(d->node_count + 1, sizeof *s->more);
	bool ok = s->shown != NULL && s->loose != NULL && s->more != NULL &&
		  sketch_walk_init(&k, d);
	if (ok) {
		/* Shows as many nodes as fit together with their "N more". */
		size_t low = 1, high = limit;
		if (d->node_count <= limit)
			low = high = d->node_count;
		while (low < high) {
			size_t middle = low + (high - low + 1) / 2;
			sketch_choose(s, &k, middle);
			if (s->shown_count + s->more_count <= limit)
				low = middle;
			else
				high = middle - 1;
		}
		sketch_choose(s, &k, low);
		/* Nodes that no arrow joins to another are listed apart. */
		for (size_t i = 0; i < d->node_count; i++)
			s->loose[i] = s->shown[i] && s->more[i] == 0;
		for (size_t i = 0; i < d->edge_count; i++) {
			const struct drawing_edge *e = &d->edges[i];
			if (s->shown[e->from] && s->shown[e->to] && e->from != e->to)
				s->loose[e->from] = s->loose[e->to] = false;
		}
		for (size_t i = 0; i < d->node_count; i++)
			s->loose_count += s->loose[i];
		ok = sketch_measure(s, &k);
	}
	free(k.first);
	free(k.to);
	free(k.queue);
	free(k.from);
	free(k.depth);
	free(k.important);
	if (!ok) {
		sketch_free(s);
		return NULL;
	}
	return s;
}

void sketch_free(struct sketch *s)
{
	if (s == NULL)
		return;
	free(s->shown);
	free(s->loose);
	free(s->more);
	free(s);
}

const char *sketch_sign(unsigned node_flags)
{
	return (node_flags & DRAWING_NEW) != 0      ? "+ "
	       : (node_flags & DRAWING_GROWN) != 0  ? "▲ "
	       : (node_flags & DRAWING_SHRUNK) != 0 ? "▼ "
	       : (node_flags & DRAWING_GONE) != 0   ? "✕ "
						    : "";
}

void sketch_put_count(struct buffer *out, int64_t count)
{
	char text[MAGNITUDE_MAX];
	magnitude_count(text, count);
	buffer_put_text(out, text);
}

void sketch_put_bytes(struct buffer *out, int64_t bytes)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
	int64_t tenth = 100;
	size_t unit = 0;
	if (bytes < 10000) {
		sketch_put_count(out, bytes);
		buffer_put_text(out, bytes == 1 ? " byte" : " bytes");
		return;
	}
	for (; unit < 5 && bytes / tenth >= 9995; unit++)
		tenth *= 1000;
	int64_t tenths = bytes / tenth + (bytes % tenth >= tenth / 2);
	buffer_printf(
		out, "%" PRId64 ".%" PRId64 " %s", tenths / 10, tenths % 10, units[unit]);
}

void sketch_put_text(struct buffer *out, const char *text, size_t width)
{
	struct buffer seen = BUFFER_INIT;
	utf8_put_visible(&seen, text, strlen(text));
	size_t len = seen.len;
	bool cut = utf8_text_width(buffer_text(&seen), len) > width;
	if (cut)
		len = utf8_fit(buffer_text(&seen), len, width - 1);
	buffer_put(out, buffer_text(&seen), len);
	if (cut)
		buffer_put_text(out, "…");
	if (seen.failed)
		out->failed = true;
	buffer_fini(&seen);
}

void sketch_put_type(struct buffer *out, const char *type, size_t width)
{
	const char *dot = strrchr(type, '.');
	bool tail = dot != NULL && dot[1] != '\0' &&
		    utf8_text_width(type, strlen(type)) > width;
	sketch_put_text(out, tail ? dot + 1 : type, width);
}
