/* SPDX-License-Identifier: MIT */
/* DOT: each drawing is one `digraph`, to be drawn as it is.
 *
 * Several results in one file are several graphs: `dot -Tsvg -O FILE` draws each into a
 * file of its own; a folder as target gives each its own from the start.  A result that
 * found nothing is a graph that says so, and so is a file without any drawing.
 *
 * Data stands in quoted labels alone, escaped, never in names, attributes or HTML-like
 * labels. */
#include "output/writer.h"

#include "picture/dot_look.h"
#include "picture/sketch.h"
#include "result/drawing.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DOT_TITLE_WIDTH 48
#define DOT_DETAIL_WIDTH 40
#define DOT_LABEL_WIDTH 32
/* With more nodes side by side the graph runs from left to right, since labels are wider
 * than they are high. */
#define DOT_WIDE_FROM 7
#define DOT_PEN_MAX 6.0

#define DOT_FONT "Helvetica,Arial,sans-serif"

struct dot_graph {
	const struct drawing *drawing;
	const struct sketch *sketch;
	int64_t least_bytes, most_bytes; /* of the shown edges that carry some */
	struct dot_seen seen;
	bool wide;
	struct buffer text; /* of a label, before it is escaped; empty in between */
};

/* Appends g->text as part of a label, empties it.  A backslash begins an escape and `&` a
 * character reference there. */
static void dot_put_escaped(struct buffer *out, struct buffer *text)
{
	for (size_t i = 0; i < text->len; i++) {
		char c = text->data[i];
		if (c == '"' || c == '\\')
			buffer_put_char(out, '\\');
		if (c == '&')
			buffer_put_text(out, "&amp;");
		else
			buffer_put_char(out, c);
	}
	if (text->failed)
		out->failed = true;
	buffer_clear(text);
}

static void dot_put_text(
	struct dot_graph *g, const char *text, size_t width, struct buffer *out)
{
	sketch_put_text(&g->text, text, width);
	dot_put_escaped(out, &g->text);
}

static void dot_put_node_label(
	struct dot_graph *g, const struct drawing_node *n, struct buffer *out)
{
	const char *title = n->title == NULL ? "" : n->title;
	buffer_put_text(out, sketch_sign(n->flags));
	if ((n->flags & DRAWING_MORE) != 0) {
		sketch_put_count(out, n->count);
		buffer_put_char(out, ' ');
	}
	dot_put_text(g, title, DOT_TITLE_WIDTH, out);
	if (n->count > 1 && (n->flags & DRAWING_MORE) == 0) {
		buffer_put_text(out, " × ");
		sketch_put_count(out, n->count);
	}
	if (n->detail != NULL && n->detail[0] != '\0' && strcmp(n->detail, title) != 0) {
		buffer_put_text(out, "\\n");
		dot_put_text(g, n->detail, DOT_DETAIL_WIDTH, out);
	}
	if (n->bytes >= 0) {
		buffer_put_text(out, "\\n");
		sketch_put_bytes(out, n->bytes);
	}
}

static void dot_put_node(struct dot_graph *g, size_t index, struct buffer *out)
{
	const struct drawing_node *n = &g->drawing->nodes[index];
	buffer_printf(out, "\tn%zu [label=\"", index);
	dot_put_node_label(g, n, out);
	buffer_put_char(out, '"');
	if ((n->flags & (DRAWING_GROUP | DRAWING_MORE)) == 0 &&
		n->id < DRAWING_NO_ADDRESS)
		buffer_printf(
			out, ", tooltip=\"address %llu\"", (unsigned long long)n->id);
	dot_look_put_node(out, n->flags);
	buffer_put_text(out, "];\n");
	g->seen.nodes |= n->flags;
	g->seen.plain_node = g->seen.plain_node || dot_look_is_plain_node(n->flags);
}

/* How wide the arrow is drawn, by the bytes that it carries; 1 when nothing is. */
static double dot_edge_width(const struct dot_graph *g, const struct drawing_edge *e)
{
	if (e->bytes < 0 || g->most_bytes <= g->least_bytes)
		return 1;
	return 1 + (DOT_PEN_MAX - 1) * sqrt((double)e->bytes / (double)g->most_bytes);
}

/* The label on the arrow in a graph from left to right, beside it in the other: a wide
 * arrow would cover what begins near it, so it gets a space or a line for itself, and
 * keeps away from the next. */
static void dot_put_edge_label(
	struct dot_graph *g, const struct drawing_edge *e, struct buffer *out)
{
	bool thick = dot_edge_width(g, e) > (g->wide ? 1.5 : 3);
	const char *beside = thick ? "     " : "  ";
	const char *room = g->most_bytes > g->least_bytes ? "   \\l" : "\\l";
	const char *begin = g->wide ? "" : beside, *end = g->wide ? "" : room;
	bool named = e->label != NULL && e->label[0] != '\0';
	if (named) {
		buffer_put_text(out, begin);
		dot_put_text(g, e->label, DOT_LABEL_WIDTH, out);
		buffer_put_text(out, (e->flags & DRAWING_GUESSED) != 0 ? " ?" : "");
		buffer_put_text(out, end);
	}
	bool growth = (e->flags & DRAWING_GROWTH) != 0;
	bool sized = e->bytes > (growth ? 0 : -1);
	if (e->count > 1 || sized)
		buffer_put_text(out, named && g->wide ? " " : begin);
	if (e->count > 1) {
		buffer_put_text(out, "× ");
		sketch_put_count(out, e->count);
	}
	if (sized) {
		buffer_put_text(out, e->count > 1 ? ", " : "");
		buffer_put_text(out, growth ? "+" : "");
		sketch_put_bytes(out, e->bytes);
	}
	if (e->count > 1 || sized)
		buffer_put_text(out, end);
	if (thick && g->wide)
		buffer_put_text(out, "\\n ");
}

static void dot_put_edge(
	struct dot_graph *g, const struct drawing_edge *e, struct buffer *out)
{
	buffer_printf(out, "\tn%zu -> n%zu [label=\"", e->from, e->to);
	dot_put_edge_label(g, e, out);
	buffer_put_char(out, '"');
	dot_look_put_edge(out, e->flags);
	if (e->bytes >= 0 && g->most_bytes > g->least_bytes) {
		buffer_printf(out, ", penwidth=%.2f", dot_edge_width(g, e));
		g->seen.widths = true;
	}
	buffer_put_text(out, "];\n");
	g->seen.edges |= e->flags;
	if (dot_look_is_plain_edge(e->flags))
		g->seen.plain_edge = true;
}

/* What the limit left out behind node `index`; behind none, it stands alone. */
static void dot_put_more(struct dot_graph *g, size_t index, struct buffer *out)
{
	int64_t objects = g->sketch->more[index];
	if (objects == 0)
		return;
	buffer_printf(out, "\tm%zu [label=\"", index);
	sketch_put_count(out, objects);
	buffer_put_text(out, " more\"");
	dot_look_put_node(out, DRAWING_MORE);
	buffer_put_text(out, "];\n");
	if (index < g->drawing->node_count)
		buffer_printf(out, "\tn%zu -> m%zu [style=dashed, color=\"#666666\"];\n",
			index, index);
	g->seen.nodes |= DRAWING_MORE;
}

/* Nodes that nothing connects would stand in one endless row; invisible edges make a
 * block of them, about as wide as high. */
static void dot_put_grid(struct dot_graph *g, struct buffer *out)
{
	size_t columns = 1, previous = 0, at = 0;
	if (!g->wide)
		return;
	while (columns * columns * 3 < g->sketch->loose_count)
		columns++;
	for (size_t i = 0; i < g->drawing->node_count; i++) {
		if (!g->sketch->loose[i])
			continue;
		if (at++ % columns != 0)
			buffer_printf(
				out, "\tn%zu -> n%zu [style=invis];\n", previous, i);
		previous = i;
	}
}

/* The shown nodes of the cluster that node `first` is the first of. */
static void dot_put_cluster(struct dot_graph *g, size_t first, struct buffer *out)
{
	const struct drawing *d = g->drawing;
	const char *name = d->nodes[first].cluster;
	assert(name != NULL);
	buffer_printf(out, "\tsubgraph cluster_%zu {\n\t\tlabel=\"", first);
	dot_put_text(g, name, DOT_TITLE_WIDTH, out);
	buffer_put_text(out, "\"; fontsize=11; color=\"#999999\"; style=rounded;\n\t\t");
	for (size_t i = first; i < d->node_count; i++)
		if (g->sketch->shown[i] && d->nodes[i].cluster != NULL &&
			strcmp(d->nodes[i].cluster, name) == 0)
			buffer_printf(out, "n%zu; ", i);
	buffer_put_text(out, "\n\t}\n");
}

static void dot_put_clusters(struct dot_graph *g, struct buffer *out)
{
	const struct drawing *d = g->drawing;
	for (size_t i = 0; i < d->node_count; i++) {
		bool first = g->sketch->shown[i] && d->nodes[i].cluster != NULL;
		for (size_t j = 0; first && j < i; j++)
			first = !g->sketch->shown[j] || d->nodes[j].cluster == NULL ||
				strcmp(d->nodes[i].cluster, d->nodes[j].cluster) != 0;
		if (first)
			dot_put_cluster(g, i, out);
	}
}

/* Without newrank Graphviz may put both ends of an arrow between clusters side by side,
 * and its version 2.43 frees memory twice when such an arrow has a label. */
static void dot_put_head(struct dot_graph *g, const struct result *r, struct buffer *out)
{
	if (r != NULL && r->number >= 0)
		buffer_printf(out, "digraph result_%d {\n", r->number);
	else
		buffer_put_text(out, "digraph result {\n");
	buffer_printf(out,
		"\tgraph [fontname=\"%s\", fontsize=14, labelloc=t, rankdir=%s, "
		"nodesep=0.25, ranksep=%s, pad=0.2, bgcolor=white, newrank=true];\n"
		"\tnode [fontname=\"%s\", fontsize=11, shape=box, "
		"style=\"rounded,filled\", fillcolor=white, color=\"#333333\", "
		"margin=\"0.12,0.06\", height=0.3];\n"
		"\tedge [fontname=\"%s\", fontsize=9, arrowsize=0.7];\n",
		DOT_FONT, g->wide ? "LR" : "TB", g->wide ? "0.6" : "0.4", DOT_FONT,
		DOT_FONT);
	if (r == NULL || r->caption == NULL)
		return;
	buffer_put_text(out, "\tlabel=\"");
	dot_put_text(g, r->caption, SIZE_MAX, out);
	buffer_put_text(out, "\";\n");
}

static void dot_put_nothing(
	struct dot_graph *g, const struct result *r, const char *why, struct buffer *out)
{
	dot_put_head(g, r, out);
	buffer_printf(
		out, "\tnothing [shape=plaintext, style=\"\", label=\"%s\"];\n}\n", why);
}

/* Widths mean something where they differ. */
static void dot_measure_edges(struct dot_graph *g)
{
	const struct drawing *d = g->drawing;
	g->least_bytes = INT64_MAX;
	for (size_t i = 0; i < d->edge_count; i++) {
		const struct drawing_edge *e = &d->edges[i];
		if (!g->sketch->shown[e->from] || !g->sketch->shown[e->to] ||
			e->bytes < 0)
			continue;
		if (e->bytes > g->most_bytes)
			g->most_bytes = e->bytes;
		if (e->bytes < g->least_bytes)
			g->least_bytes = e->bytes;
	}
}

static void dot_put_graph(struct dot_graph *g, const struct result *r, struct buffer *out)
{
	const struct drawing *d = g->drawing;
	const bool *shown = g->sketch->shown;
	dot_measure_edges(g);
	g->wide = g->sketch->widest >= DOT_WIDE_FROM;
	dot_put_head(g, r, out);
	for (size_t i = 0; i < d->node_count; i++)
		if (shown[i])
			dot_put_node(g, i, out);
	dot_put_clusters(g, out);
	for (size_t i = 0; i < d->edge_count; i++)
		if (shown[d->edges[i].from] && shown[d->edges[i].to])
			dot_put_edge(g, &d->edges[i], out);
	for (size_t i = 0; i <= d->node_count; i++)
		dot_put_more(g, i, out);
	dot_put_grid(g, out);
	dot_look_put_legend(out, &g->seen, g->wide, g->sketch->levels);
	buffer_put_text(out, "}\n");
}

static bool dot_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	struct dot_graph g = { .drawing = r->drawing };
	if (r->drawing == NULL) {
		*note = "nothing in it can be drawn: it has no address column";
		return false;
	}
	writer_put_gap(w, out);
	if (r->drawing->node_count == 0) {
		dot_put_nothing(&g, r, "nothing found", out);
	} else {
		size_t limit = w->options->node_limit;
		struct sketch *s =
			sketch_new(r->drawing, limit == 0 ? WRITER_NODE_LIMIT : limit);
		g.sketch = s;
		if (s == NULL)
			out->failed = true;
		else
			dot_put_graph(&g, r, out);
		sketch_free(s);
	}
	buffer_fini(&g.text);
	return true;
}

/* A file without any graph would make `dot` fail. */
static void dot_end(struct writer *w, struct buffer *out)
{
	struct dot_graph g = { 0 };
	if (w->results == 0)
		dot_put_nothing(&g, NULL, "nothing to draw", out);
	buffer_fini(&g.text);
}

const struct writer_format writer_dot = {
	.name = "dot",
	.extension = "dot",
	.aliases = "gv",
	.draws = true,
	.result = dot_result,
	.end = dot_end,
};
