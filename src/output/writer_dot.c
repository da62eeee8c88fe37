/* SPDX-License-Identifier: MIT */
/* DOT: each drawing is one `digraph`, to be drawn as it is.
 *
 * Several results in one file are several graphs: `dot -Tsvg -O FILE` draws each into a
 * file of its own; a folder as target gives each its own from the start.  A result that
 * found nothing becomes a graph that says so, and so does a file without any drawing.
 *
 * Data appears in quoted labels alone, escaped, never in names, attributes or HTML-like
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
	bool wide; /* it runs from left to right */
	struct buffer
		text; /* of a label before it is escaped; empty between two labels */
};

/* Appends text as part of a label, in which a backslash begins an escape and `&` a
 * character reference. */
static void dot_put_text(
	struct dot_graph *g, const char *text, size_t width, struct buffer *out)
{
	assert(g->text.len == 0);
	sketch_put_text(&g->text, text, width);
	for (size_t i = 0; i < g->text.len; i++) {
		char c = g->text.data[i];
		if (c == '"' || c == '\\')
			buffer_put_char(out, '\\');
		if (c == '&')
			buffer_put_text(out, "&amp;");
		else
			buffer_put_char(out, c);
	}
	if (g->text.failed)
		out->failed = true;
	buffer_clear(&g->text);
}

static void dot_put_node(struct dot_graph *g, size_t index, struct buffer *out)
{
	assert(index < g->drawing->node_count && g->sketch->shown[index]);
	const struct drawing_node *n = &g->drawing->nodes[index];
	const char *title = n->title == NULL ? "" : n->title;
	buffer_printf(out, "\tn%zu [label=\"", index);
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

/* The label is on the arrow in a graph from left to right, and beside it in one from top
 * to bottom: a wide arrow would cover what begins near it, so it gets a space or a line
 * for itself, and keeps away from the next. */
static void dot_put_edge(
	struct dot_graph *g, const struct drawing_edge *e, struct buffer *out)
{
	assert(g->sketch->shown[e->from] && g->sketch->shown[e->to]);
	/* Widths show bytes, where these differ. */
	bool measured = e->bytes >= 0 && g->most_bytes > g->least_bytes;
	double pen = measured ? 1 + (DOT_PEN_MAX - 1) * sqrt((double)e->bytes /
								(double)g->most_bytes)
			      : 1;
	assert(pen >= 1 && pen <= DOT_PEN_MAX);
	buffer_printf(out, "\tn%zu -> n%zu [label=\"", e->from, e->to);
	bool thick = pen > (g->wide ? 1.5 : 3);
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
	buffer_put_char(out, '"');
	dot_look_put_edge(out, e->flags);
	if (measured) {
		buffer_printf(out, ", penwidth=%.2f", pen);
		g->seen.widths = true;
	}
	buffer_put_text(out, "];\n");
	g->seen.edges |= e->flags;
	if (dot_look_is_plain_edge(e->flags))
		g->seen.plain_edge = true;
}

/* Whether node `i` is drawn inside the cluster of that name. */
static bool dot_is_inside(const struct dot_graph *g, size_t i, const char *name)
{
	const struct drawing_node *n = &g->drawing->nodes[i];
	return g->sketch->shown[i] && n->cluster != NULL && strcmp(n->cluster, name) == 0;
}

/* Puts each cluster where its first shown node is. */
static void dot_put_clusters(struct dot_graph *g, struct buffer *out)
{
	const struct drawing *d = g->drawing;
	for (size_t i = 0; i < d->node_count; i++) {
		const char *name = d->nodes[i].cluster;
		bool first = g->sketch->shown[i] && name != NULL;
		for (size_t j = 0; first && j < i; j++)
			first = !dot_is_inside(g, j, name);
		if (!first)
			continue;
		buffer_printf(out, "\tsubgraph cluster_%zu {\n\t\tlabel=\"", i);
		dot_put_text(g, name, DOT_TITLE_WIDTH, out);
		buffer_put_text(
			out, "\"; fontsize=11; color=\"#999999\"; style=rounded;\n\t\t");
		for (size_t j = i; j < d->node_count; j++)
			if (dot_is_inside(g, j, name))
				buffer_printf(out, "n%zu; ", j);
		buffer_put_text(out, "\n\t}\n");
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

static void dot_put_graph(struct dot_graph *g, const struct result *r, struct buffer *out)
{
	const struct drawing *d = g->drawing;
	const bool *shown = g->sketch->shown;
	/* The range of the bytes that shown edges carry. */
	g->least_bytes = INT64_MAX;
	for (size_t i = 0; i < d->edge_count; i++) {
		const struct drawing_edge *e = &d->edges[i];
		assert(e->from < d->node_count && e->to < d->node_count);
		if (!shown[e->from] || !shown[e->to] || e->bytes < 0)
			continue;
		if (e->bytes > g->most_bytes)
			g->most_bytes = e->bytes;
		if (e->bytes < g->least_bytes)
			g->least_bytes = e->bytes;
	}
	g->wide = g->sketch->widest >= DOT_WIDE_FROM;
	dot_put_head(g, r, out);
	for (size_t i = 0; i < d->node_count; i++)
		if (shown[i])
			dot_put_node(g, i, out);
	dot_put_clusters(g, out);
	for (size_t i = 0; i < d->edge_count; i++)
		if (shown[d->edges[i].from] && shown[d->edges[i].to])
			dot_put_edge(g, &d->edges[i], out);
	/* What the limit left out behind each node; the last: behind none, a node alone.
	 */
	for (size_t i = 0; i <= d->node_count; i++) {
		if (g->sketch->more[i] == 0)
			continue;
		buffer_printf(out, "\tm%zu [label=\"", i);
		sketch_put_count(out, g->sketch->more[i]);
		buffer_put_text(out, " more\"");
		dot_look_put_node(out, DRAWING_MORE);
		buffer_put_text(out, "];\n");
		if (i < d->node_count)
			buffer_printf(out,
				"\tn%zu -> m%zu [style=dashed, color=\"#666666\"];\n", i,
				i);
		g->seen.nodes |= DRAWING_MORE;
	}
	/* Graphviz would put nodes that nothing connects into one endless row; invisible
	 * edges make a block of them, about as wide as high. */
	size_t columns = 1, previous = 0, at = 0;
	while (columns * columns * 3 < g->sketch->loose_count)
		columns++;
	for (size_t i = 0; g->wide && i < d->node_count; i++) {
		if (!g->sketch->loose[i])
			continue;
		assert(shown[i]);
		if (at++ % columns != 0)
			buffer_printf(
				out, "\tn%zu -> n%zu [style=invis];\n", previous, i);
		previous = i;
	}
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
