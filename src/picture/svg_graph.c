/* SPDX-License-Identifier: MIT */
/* A drawing that is no tree: boxes in layers from left to right, and the lines among
 * them. A reference that closes a cycle leads back to the left.  Boxes have a fixed width
 * in pixels, so a narrow page scrolls. */
#include "base/utf8.h"
#include "picture/html.h"
#include "picture/layers.h"
#include "picture/sketch.h"
#include "picture/svg.h"

#include <assert.h>
#include <string.h>

/* A reader makes nothing of more. */
#define GRAPH_NODES_MAX 60
#define GRAPH_EDGES_MAX 150
#define GRAPH_BOX 158 /* pixels: the width of a box, ... */
#define GRAPH_GAP 118 /* ... and between two */
#define GRAPH_COLUMN (GRAPH_BOX + GRAPH_GAP)
#define GRAPH_LETTERS 19       /* in a box, ... */
#define GRAPH_LABEL_LETTERS 17 /* ... and between two */

/* False when there is nothing to draw, or too much; what is made is the caller's. */
static bool graph_lay(struct layers *l, const struct drawing *d)
{
	*l = (struct layers){ 0 };
	if (d == NULL || d->edge_count == 0 || d->node_count > GRAPH_NODES_MAX ||
		d->edge_count > GRAPH_EDGES_MAX)
		return false;
	if (layers_make(l, d))
		return true;
	layers_fini(l);
	return false;
}

bool svg_graph_size(const struct drawing *d, unsigned *width, unsigned *height)
{
	struct layers l;
	if (!graph_lay(&l, d))
		return false;
	*height = (unsigned)l.height;
	*width = l.layers * GRAPH_COLUMN - GRAPH_GAP;
	/* A loop at the last layer has its name beside it. */
	for (size_t e = 0; e < d->edge_count; e++)
		if (l.length[e] == 0 && l.item[d->edges[e].from].layer + 1 == l.layers) {
			*width += GRAPH_GAP;
			break;
		}
	layers_fini(&l);
	return true;
}

static void graph_put_node(
	struct buffer *out, const struct drawing_node *n, const struct layers_item *item)
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
		size_t used = utf8_text_width(buffer_text(&text), text.len);
		sketch_put_type(&text, title,
			used < GRAPH_LETTERS / 2 ? GRAPH_LETTERS - used
						 : GRAPH_LETTERS / 2);
	}
	buffer_printf(out,
		"<svg x=\"%u\" y=\"%.0f\" width=\"%d\" height=\"%.0f\"><title>",
		item->layer * GRAPH_COLUMN, item->y - item->height / 2, GRAPH_BOX,
		item->height);
	html_put_text(out, title);
	if (n->detail != NULL) {
		buffer_put_char(out, '\n');
		html_put_text(out, n->detail);
	}
	buffer_printf(out,
		"</title><rect class=\"gb%s\" fill=\"#fff\" stroke=\"%s\" x=\"1\" "
		"y=\"1\" width=\"%d\" height=\"%.0f\" rx=\"6\"/>",
		marked ? " gm" : "", marked ? "#d55e00" : "#dedfda", GRAPH_BOX - 2,
		item->height - 2);
	buffer_put_text(out, "<text class=\"tb\" font-weight=\"650\" x=\"9\" ");
	buffer_printf(out, "y=\"%.0f\">", item->height / 2 - 4);
	html_put_text(out, buffer_text(&text));
	buffer_printf(out, "</text><text class=\"t2\" x=\"9\" y=\"%.0f\">",
		item->height / 2 + 12);
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

/* A reference: a curve from side to side through its places in the layers between, with
 * its name at the arrow. */
static void graph_put_edge(
	struct buffer *out, const struct layers *l, const struct drawing *d, size_t e)
{
	const struct drawing_edge *edge = &d->edges[e];
	const struct layers_item *self = &l->item[edge->from];
	/* The arrow's point. */
	double x = 0, y = 0;
	bool leftward = l->back[e];
	buffer_put_text(out, "<path class=\"ge\" fill=\"none\" stroke=\"#585d63\" d=\"");
	if (l->length[e] == 0) {
		/* From a node to itself: at its side, below all other lines. */
		x = self->layer * GRAPH_COLUMN + GRAPH_BOX;
		y = self->y + LAYERS_LINE * ((double)self->right - 3) / 2;
		buffer_printf(out, "M%.0f %.1fC%.0f %.1f %.0f %.1f %.0f %.1f", x,
			y + LAYERS_LINE, x + 40, y + LAYERS_LINE, x + 40, y, x + 7, y);
	}
	for (size_t k = 0; k < l->length[e]; k++) {
		const struct layers_segment *s = &l->segment[l->first[e] + k];
		double from = l->item[s->left].layer * GRAPH_COLUMN + GRAPH_BOX,
		       to = from + GRAPH_GAP, middle = from + GRAPH_GAP / 2.0;
		bool first = k == 0, last = k + 1 == l->length[e];
		/* A place in a layer is as wide as its boxes. */
		buffer_printf(out, "%c%.0f %.1fC%.0f %.1f %.0f %.1f %.0f %.1f",
			first ? 'M' : 'L', from + (first && leftward ? 7 : 0), s->left_y,
			middle, s->left_y, middle, s->right_y,
			to - (last && !leftward ? 7 : 0), s->right_y);
		if (first && leftward) {
			x = from;
			y = s->left_y;
		} else if (last && !leftward) {
			x = to;
			y = s->right_y;
		}
	}
	leftward = leftward || l->length[e] == 0;
	buffer_printf(out,
		"\"/><path class=\"ga\" fill=\"#585d63\" d=\"M%.0f %.1fl%d -4v8z\"/>", x,
		y, leftward ? 8 : -8);
	struct buffer text = BUFFER_INIT;
	if (edge->label != NULL)
		sketch_put_text(&text, edge->label, GRAPH_LABEL_LETTERS);
	if (text.len > 0 && (edge->flags & DRAWING_GUESSED) != 0)
		buffer_put_text(&text, " ?");
	if (text.len > 0) {
		buffer_printf(out,
			"<text class=\"t2 gt\" font-size=\"11\" x=\"%.0f\" y=\"%.1f\"%s>",
			x + (leftward ? 11 : -11), y + 4,
			leftward ? "" : " text-anchor=\"end\"");
		html_put_text(out, buffer_text(&text));
		buffer_put_text(out, "</text>\n");
	}
	out->failed = out->failed || text.failed;
	buffer_fini(&text);
}

void svg_put_graph(struct buffer *out, const struct drawing *d)
{
	struct layers l;
	if (!graph_lay(&l, d))
		return;
	assert(l.layers > 0 && l.height > 0);
	for (size_t e = 0; e < d->edge_count; e++)
		graph_put_edge(out, &l, d, e);
	for (size_t i = 0; i < d->node_count; i++)
		graph_put_node(out, &d->nodes[i], &l.item[i]);
	layers_fini(&l);
}
