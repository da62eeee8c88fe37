/* SPDX-License-Identifier: MIT */
/* A drawing that is no tree, in layers: what refers to something is above it, as far as
 * there is no cycle; a reference that leads back up runs around the right side (after K.
 * Sugiyama, S. Tagawa, M. Toda, 1981, for the few nodes that a reader takes in).  Boxes
 * have a fixed size in pixels, so a narrow page scrolls. */
#include "base/array.h"
#include "picture/html.h"
#include "picture/sketch.h"
#include "picture/svg.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	GRAPH_NODES_MAX = 40,
	GRAPH_BOX = 190, /* pixels: the width of a box, ... */
	GRAPH_BOX_HEIGHT = 42,
	GRAPH_COLUMN = 220, /* ... and from box to box */
	GRAPH_ROW = 100,
	GRAPH_SIDE = 130,  /* what leads back up, with its labels */
	GRAPH_LETTERS = 25 /* in a box */
};

struct graph_layout {
	unsigned *row, *column; /* one a node */
	bool *back;             /* one an edge: it leads back up, or to its own node */
	unsigned rows, columns;
};

static void graph_layout_fini(struct graph_layout *l)
{
	free(l->row);
	free(l->column);
	free(l->back);
}

/* Marks the references that close a cycle in a walk from `node`.  `state`: 0 not seen, 1
 * on the way, 2 left. */
static void graph_find_back(
	const struct drawing *d, size_t node, unsigned char *state, bool *back)
{
	state[node] = 1;
	for (size_t e = 0; e < d->edge_count; e++) {
		if (d->edges[e].from != node)
			continue;
		size_t to = d->edges[e].to;
		back[e] = state[to] == 1;
		if (state[to] == 0)
			graph_find_back(d, to, state, back);
	}
	state[node] = 2;
}

/* The mean column of what refers to a node from the rows above. */
static double graph_pull(
	const struct drawing *d, const struct graph_layout *l, size_t node)
{
	double sum = 0;
	size_t n = 0;
	for (size_t e = 0; e < d->edge_count; e++)
		if (d->edges[e].to == node && !l->back[e]) {
			sum += l->column[d->edges[e].from];
			n++;
		}
	return n == 0 ? (double)node : sum / (double)n;
}

/* Gives the nodes of a row their columns, in the order of what pulls them; returns how
 * many there are. */
static unsigned graph_order(const struct drawing *d, const struct graph_layout *l,
	unsigned row, unsigned char *placed)
{
	memset(placed, 0, d->node_count);
	for (unsigned column = 0;; column++) {
		size_t best = SIZE_MAX;
		for (size_t i = 0; i < d->node_count; i++)
			if (l->row[i] == row && placed[i] == 0 &&
				(best == SIZE_MAX ||
					graph_pull(d, l, i) < graph_pull(d, l, best)))
				best = i;
		if (best == SIZE_MAX)
			return column;
		placed[best] = 1;
		l->column[best] = column;
	}
}

/* Rows are longest ways from the top; within a row nodes are in the order of what pulls
 * them.  False out of memory. */
static bool graph_lay(struct graph_layout *l, const struct drawing *d)
{
	assert(d->node_count > 0);
	unsigned char *state = array_new_zeroed(d->node_count, 1);
	bool *pointed = array_new_zeroed(d->node_count, sizeof *pointed);
	*l = (struct graph_layout){ .row = array_new_zeroed(
					    d->node_count, sizeof *l->row),
		.column = array_new_zeroed(d->node_count, sizeof *l->column),
		.back = array_new_zeroed(d->edge_count + 1, sizeof *l->back) };
	bool ok = state != NULL && pointed != NULL && l->row != NULL &&
		  l->column != NULL && l->back != NULL;
	for (size_t e = 0; ok && e < d->edge_count; e++)
		pointed[d->edges[e].to] = true;
	/* From what nothing refers to, then from what is on cycles alone. */
	for (size_t i = 0; ok && i < 2 * d->node_count; i++) {
		size_t node = i % d->node_count;
		if (state[node] == 0 && (i >= d->node_count || !pointed[node]))
			graph_find_back(d, node, state, l->back);
	}
	/* No way is longer than there are nodes. */
	for (size_t pass = 0; ok && pass < d->node_count; pass++)
		for (size_t e = 0; e < d->edge_count; e++) {
			const struct drawing_edge *edge = &d->edges[e];
			if (!l->back[e] && l->row[edge->to] <= l->row[edge->from])
				l->row[edge->to] = l->row[edge->from] + 1;
		}
	for (size_t i = 0; ok && i < d->node_count; i++)
		if (l->row[i] >= l->rows)
			l->rows = l->row[i] + 1;
	for (unsigned row = 0; ok && row < l->rows; row++) {
		unsigned columns = graph_order(d, l, row, state);
		l->columns = columns > l->columns ? columns : l->columns;
	}
	free(state);
	free(pointed);
	if (!ok)
		graph_layout_fini(l);
	return ok;
}

static bool graph_fits(const struct drawing *d)
{
	return d != NULL && d->edge_count > 0 && d->node_count <= GRAPH_NODES_MAX;
}

unsigned svg_graph_height(const struct drawing *d)
{
	struct graph_layout l;
	if (!graph_fits(d) || !graph_lay(&l, d))
		return 0;
	unsigned height = l.rows * GRAPH_ROW - (GRAPH_ROW - GRAPH_BOX_HEIGHT) + 12;
	graph_layout_fini(&l);
	return height;
}

static void graph_put_node(
	struct buffer *out, const struct drawing_node *n, unsigned x, unsigned y)
{
	struct buffer text = BUFFER_INIT;
	bool marked = (n->flags & (DRAWING_CYCLE | DRAWING_CUT | DRAWING_GROWN)) != 0;
	const char *title = n->title == NULL ? "" : n->title, *detail = n->detail;
	buffer_put_text(&text, sketch_sign(n->flags));
	if ((n->flags & DRAWING_MORE) != 0) {
		/* "462 more", and below it of what. */
		sketch_put_count(&text, n->count);
		buffer_put_text(&text, " more");
		detail = strncmp(title, "more ", 5) == 0 ? title + 5 : detail;
	} else {
		if (n->count > 1) {
			sketch_put_count(&text, n->count);
			buffer_put_text(&text, " \xc3\x97 ");
		}
		sketch_put_text(&text, title, GRAPH_LETTERS);
	}
	buffer_printf(out, "<svg x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\"><title>", x,
		y, GRAPH_BOX, GRAPH_BOX_HEIGHT);
	html_put_text(out, title);
	if (n->detail != NULL) {
		buffer_put_char(out, '\n');
		html_put_text(out, n->detail);
	}
	buffer_printf(out,
		"</title><rect class=\"gb%s\" fill=\"#fff\" stroke=\"%s\" x=\"1\" "
		"y=\"1\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
		marked ? " gm" : "", marked ? "#d55e00" : "#dedfda", GRAPH_BOX - 2,
		GRAPH_BOX_HEIGHT - 2);
	buffer_put_text(out, "<text class=\"tb\" font-weight=\"650\" x=\"9\" y=\"17\">");
	html_put_text(out, buffer_text(&text));
	buffer_put_text(out, "</text><text class=\"t2\" x=\"9\" y=\"33\">");
	buffer_clear(&text);
	if (detail != NULL && strcmp(detail, title) != 0)
		sketch_put_text(&text, detail, GRAPH_LETTERS);
	if (text.len == 0 && n->bytes >= 0)
		html_put_bytes(out, (double)n->bytes, false);
	html_put_text(out, buffer_text(&text));
	buffer_put_text(out, "</text></svg>\n");
	out->failed = out->failed || text.failed;
	buffer_fini(&text);
}

/* A reference: a curve down, or around the right side of all boxes; its label lies on it.
 */
static void graph_put_edge(struct buffer *out, const struct graph_layout *l,
	const struct drawing_edge *e, bool back)
{
	unsigned x = l->column[e->from] * GRAPH_COLUMN, y = l->row[e->from] * GRAPH_ROW;
	unsigned to_x = l->column[e->to] * GRAPH_COLUMN, to_y = l->row[e->to] * GRAPH_ROW;
	unsigned label_x, label_y;
	if (back) {
		unsigned side = (l->columns - 1) * GRAPH_COLUMN + GRAPH_BOX + 50;
		buffer_printf(out,
			"<path class=\"ge\" fill=\"none\" stroke=\"#585d63\" "
			"d=\"M%u %uC%u %u %u %u %u %u\"/>",
			x + GRAPH_BOX, y + 26, side, y + 26, side, to_y + 16,
			to_x + GRAPH_BOX + 7, to_y + 16);
		buffer_printf(out,
			"<path class=\"ga\" fill=\"#585d63\" d=\"M%u %ul8 -4v8z\"/>",
			to_x + GRAPH_BOX, to_y + 16);
		label_x = side - 30;
		label_y = (y + to_y) / 2 + 24;
	} else {
		unsigned from_x = x + GRAPH_BOX / 2, end = to_x + GRAPH_BOX / 2;
		unsigned from_y = y + GRAPH_BOX_HEIGHT, bend = (from_y + to_y) / 2;
		buffer_printf(out,
			"<path class=\"ge\" fill=\"none\" stroke=\"#585d63\" "
			"d=\"M%u %uC%u %u %u %u %u %u\"/>",
			from_x, from_y, from_x, bend, end, bend, end, to_y - 7);
		buffer_printf(out,
			"<path class=\"ga\" fill=\"#585d63\" d=\"M%u %ul-4 -8h8z\"/>",
			end, to_y);
		label_x = (from_x + end) / 2 + 6;
		label_y = bend + 2;
	}
	struct buffer text = BUFFER_INIT;
	if (e->label != NULL)
		sketch_put_text(&text, e->label, GRAPH_LETTERS);
	if (text.len > 0 && (e->flags & DRAWING_GUESSED) != 0)
		buffer_put_text(&text, " ?");
	if (text.len > 0) {
		buffer_printf(out, "<text class=\"t2 gt\" x=\"%u\" y=\"%u\">", label_x,
			label_y);
		html_put_text(out, buffer_text(&text));
		buffer_put_text(out, "</text>\n");
	}
	out->failed = out->failed || text.failed;
	buffer_fini(&text);
}

unsigned svg_graph_width(const struct drawing *d)
{
	struct graph_layout l;
	if (!graph_fits(d) || !graph_lay(&l, d))
		return 0;
	unsigned width = l.columns * GRAPH_COLUMN - (GRAPH_COLUMN - GRAPH_BOX);
	for (size_t e = 0; e < d->edge_count; e++)
		if (l.back[e]) {
			width += GRAPH_SIDE;
			break;
		}
	graph_layout_fini(&l);
	return width;
}

void svg_put_graph(struct buffer *out, const struct drawing *d)
{
	struct graph_layout l;
	if (!graph_fits(d))
		return;
	if (!graph_lay(&l, d)) {
		out->failed = true;
		return;
	}
	assert(l.rows > 0 && l.columns > 0);
	for (size_t e = 0; e < d->edge_count; e++)
		graph_put_edge(out, &l, &d->edges[e], l.back[e]);
	for (size_t i = 0; i < d->node_count; i++)
		graph_put_node(out, &d->nodes[i], l.column[i] * GRAPH_COLUMN,
			l.row[i] * GRAPH_ROW);
	graph_layout_fini(&l);
}
