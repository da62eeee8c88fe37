/* SPDX-License-Identifier: MIT */
/* How objects are held, top to bottom: a box a line, what it holds further in, and on the
 * arrow what it calls it.  A tree has no crossing that way, and needs no layout; what is
 * no tree is svg_graph's. */
#include "picture/html.h"
#include "picture/sketch.h"
#include "picture/svg.h"
#include "result/drawing.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#define CHAIN_ROW 30
#define CHAIN_INDENT 26
/* A reader would have to search a larger one: the table is better. */
#define CHAIN_NODES_MAX 60
#define CHAIN_DEPTH_MAX 16

/* The edge that leads to a node first; NULL for a start. */
static const struct drawing_edge *chain_above(const struct drawing *d, size_t node)
{
	for (size_t i = 0; i < d->edge_count; i++)
		if (d->edges[i].to == node && d->edges[i].from != node)
			return &d->edges[i];
	return NULL;
}

/* Whether each node has one parent, and none is on a cycle. */
static bool chain_is_tree(const struct drawing *d)
{
	for (size_t i = 0; i < d->node_count; i++) {
		size_t above = 0, depth = 0;
		for (size_t e = 0; e < d->edge_count; e++)
			above += d->edges[e].to == i;
		const struct drawing_edge *up = chain_above(d, i);
		for (; up != NULL && depth <= CHAIN_DEPTH_MAX; depth++)
			up = chain_above(d, up->from);
		if (above > 1 || depth > CHAIN_DEPTH_MAX)
			return false;
	}
	return true;
}

unsigned svg_chain_height(const struct plot *p)
{
	const struct drawing *d = p->drawing;
	if (d == NULL || d->edge_count == 0 || d->node_count > CHAIN_NODES_MAX)
		return 0;
	if (chain_is_tree(d))
		return (unsigned)d->node_count * CHAIN_ROW;
	unsigned width, height;
	return svg_graph_size(d, &width, &height) ? height : 0;
}

unsigned svg_width(const struct plot *p)
{
	const struct drawing *d = p->kind == PLOT_CHAIN ? p->drawing : NULL;
	unsigned width, height;
	return d != NULL && !chain_is_tree(d) && svg_graph_size(d, &width, &height)
		       ? width
		       : 0;
}

static void chain_put_node(struct buffer *out, const struct drawing_node *n,
	const struct drawing_edge *e, unsigned depth, unsigned row)
{
	unsigned x = depth * CHAIN_INDENT, y = row * CHAIN_ROW;
	buffer_printf(out, "<text x=\"%u\" y=\"%u\">", x + 4, y + 20);
	if (e != NULL) {
		buffer_put_text(out, "<tspan class=\"t2\" fill=\"#585d63\">");
		html_put_text(out, e->label != NULL && e->label[0] != '\0' ? e->label
				   : (e->flags & DRAWING_DOMINATES) != 0   ? "owns"
									   : "refers to");
		buffer_put_text(out, (e->flags & DRAWING_GUESSED) != 0
					     ? " ? \xe2\x86\x92 </tspan>"
					     : " \xe2\x86\x92 </tspan>");
	}
	buffer_put_text(out, "<tspan class=\"tb\" font-weight=\"650\">");
	buffer_put_text(out, sketch_sign(n->flags));
	if (n->count > 1 || (n->flags & DRAWING_MORE) != 0) {
		html_put_count(out, n->count, false);
		buffer_put_text(out, (n->flags & DRAWING_MORE) != 0 ? " " : " \xc3\x97 ");
	}
	html_put_text(out, n->title == NULL ? "" : n->title);
	buffer_put_text(out, "</tspan><tspan class=\"t2\" fill=\"#585d63\">");
	if (n->detail != NULL && n->title != NULL && strcmp(n->detail, n->title) != 0) {
		buffer_put_text(out, "  ");
		html_put_text(out, n->detail);
	}
	if (n->bytes >= 0) {
		buffer_put_text(out, "  ");
		html_put_bytes(out, (double)n->bytes, false);
	}
	buffer_put_text(out, "</tspan></text>\n");
}

/* The nodes below `parent` (SIZE_MAX: the starts), each followed by those below it. */
static void chain_put_branch(struct buffer *out, const struct drawing *d, size_t parent,
	unsigned depth, unsigned *row)
{
	unsigned from = *row;
	for (size_t i = 0; i < d->node_count; i++) {
		const struct drawing_edge *e = chain_above(d, i);
		if ((e == NULL ? SIZE_MAX : e->from) != parent)
			continue;
		if (e != NULL)
			buffer_printf(out,
				"<path d=\"M%u %uV%uH%u\" fill=\"none\" "
				"stroke=\"#585d63\"/>\n",
				(depth - 1) * CHAIN_INDENT + 12, from * CHAIN_ROW - 4,
				*row * CHAIN_ROW + 16, depth * CHAIN_INDENT);
		unsigned own = (*row)++;
		assert(own < d->node_count && depth <= CHAIN_DEPTH_MAX);
		chain_put_node(out, &d->nodes[i], e, depth, own);
		chain_put_branch(out, d, i, depth + 1, row);
	}
}

void svg_put_chain(struct buffer *out, const struct plot *p)
{
	unsigned row = 0;
	if (svg_chain_height(p) == 0)
		return;
	if (chain_is_tree(p->drawing))
		chain_put_branch(out, p->drawing, SIZE_MAX, 0, &row);
	else
		svg_put_graph(out, p->drawing);
}
