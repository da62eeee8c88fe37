/* SPDX-License-Identifier: MIT */
#include "output/html_drawing.h"

#include "base/array.h"
#include "picture/html.h"
#include "picture/sketch.h"
#include "picture/svg.h"

#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A reader takes in no more nodes at a glance. */
#define HTML_NODES_MAX 60
/* A narrow screen has room for this nesting. */
#define HTML_DEPTH_MAX 16

struct html_tree {
	const struct drawing *d;
	const struct drawing_edge **above; /* one a node: how it is held; NULL: a start */
	bool forks;
};

static bool html_tree_make(struct html_tree *t, const struct drawing *d)
{
	*t = (struct html_tree){ .d = d };
	bool owns = true;
	for (size_t i = 0; i < d->edge_count; i++)
		owns = owns && (d->edges[i].flags & DRAWING_DOMINATES) != 0;
	/* An icicle shows who owns whom better. */
	if (owns || d->node_count > HTML_NODES_MAX)
		return false;
	t->above = array_new_zeroed(d->node_count, sizeof *t->above);
	size_t *kids = array_new_zeroed(d->node_count, sizeof *kids);
	bool ok = t->above != NULL && kids != NULL;
	for (size_t i = 0; ok && i < d->edge_count; i++) {
		const struct drawing_edge *e = &d->edges[i];
		ok = e->from != e->to && t->above[e->to] == NULL;
		t->above[e->to] = e;
		t->forks = t->forks || kids[e->from]++ > 0;
	}
	size_t starts = 0;
	/* One parent each: a walk upwards ends at a start, unless it is on a cycle. */
	for (size_t i = 0; ok && i < d->node_count; i++) {
		size_t depth = 0;
		for (size_t up = i; t->above[up] != NULL && depth <= d->node_count;
			depth++)
			up = t->above[up]->from;
		ok = depth <= HTML_DEPTH_MAX && depth <= d->node_count;
		starts += t->above[i] == NULL;
	}
	t->forks = t->forks || starts > 1;
	free(kids);
	if (!ok) {
		free(t->above);
		t->above = NULL;
	}
	return ok;
}

static void html_put_node(struct buffer *out, const struct drawing_node *n)
{
	const char *title = n->title == NULL || n->title[0] == '\0' ? " " : n->title;
	bool more = (n->flags & DRAWING_MORE) != 0;
	bool noted = n->note != NULL && n->note[0] != '\0';
	buffer_printf(out, "<div class=\"nd%s%s%s\"",
		(n->flags & (DRAWING_CODE | DRAWING_ROOT)) != 0 ? " root" : "",
		n->count > 1 && !more ? " many" : "",
		(n->flags & (DRAWING_CUT | DRAWING_GROWN | DRAWING_NEW)) != 0 ? " cul"
									      : "");
	if (n->id < DRAWING_NO_ADDRESS && n->count == 1)
		buffer_printf(out, " data-a=\"%" PRIu64 "\"", n->id);
	buffer_put_char(out, '>');
	if (noted) {
		buffer_put_text(out, "<span class=\"tag\">");
		html_put_text(out, n->note);
		buffer_put_text(out, "</span> ");
	}
	buffer_put_text(out, "<b class=\"m\">");
	/* A note says what the sign would. */
	buffer_put_text(out, noted ? "" : sketch_sign(n->flags));
	if (n->count > 1 || more) {
		html_put_count(out, n->count, false);
		buffer_put_text(out, more ? " " : " \xc3\x97 ");
	}
	html_put_text(out, title);
	buffer_put_text(out, "</b>");
	bool detail = n->detail != NULL && n->detail[0] != '\0' &&
		      strcmp(n->detail, title) != 0;
	if (detail || n->bytes >= 0)
		buffer_put_text(out, " <small>");
	if (detail)
		html_put_text(out, n->detail);
	if (detail && n->bytes >= 0)
		buffer_put_text(out, ", ");
	if (n->bytes >= 0)
		html_put_bytes(out, (double)n->bytes, false);
	if (n->bytes >= 0 && (n->flags & DRAWING_EACH) != 0)
		buffer_put_text(out, " each");
	if (n->retained > 0) {
		buffer_put_text(out, ", owns ");
		html_put_bytes(out, (double)n->retained, false);
	}
	buffer_put_text(out, detail || n->bytes >= 0 ? "</small></div>" : "</div>");
}

static void html_put_label(struct buffer *out, const struct drawing_edge *e)
{
	const char *label = e->label != NULL && e->label[0] != '\0' ? e->label
			    : (e->flags & DRAWING_DOMINATES) != 0   ? "owns"
								    : "refers to";
	html_put_text(out, label);
	if ((e->flags & DRAWING_GUESSED) != 0)
		buffer_put_text(out, " ?");
}

static const char *html_guess_class(const struct drawing_edge *e)
{
	return (e->flags & DRAWING_GUESSED) != 0 ? " f" : "";
}

/* The nodes held by `parent` (SIZE_MAX: by nothing), and below each those that it holds.
 */
static void html_put_branch(
	struct buffer *out, const struct html_tree *t, size_t parent, const char *class)
{
	bool any = false;
	for (size_t i = 0; i < t->d->node_count; i++) {
		const struct drawing_edge *e = t->above[i];
		if ((e == NULL ? SIZE_MAX : e->from) != parent)
			continue;
		buffer_printf(out, "%s<li>", any ? "" : class);
		any = true;
		if (e != NULL) {
			buffer_printf(
				out, "<span class=\"lb m%s\">", html_guess_class(e));
			html_put_label(out, e);
			buffer_put_text(out, "</span> ");
		}
		html_put_node(out, &t->d->nodes[i]);
		html_put_branch(out, t, i, "<ul>");
		buffer_put_text(out, "</li>");
	}
	buffer_put_text(out, any ? "</ul>" : "");
}

bool html_put_drawing(struct buffer *out, const struct drawing *d)
{
	struct html_tree t;
	if (!html_tree_make(&t, d)) {
		unsigned width, height;
		for (size_t i = 0; i < d->edge_count; i++)
			if ((d->edges[i].flags & DRAWING_DOMINATES) != 0)
				return false;
		if (!svg_graph_size(d, &width, &height))
			return false;
		buffer_printf(out,
			"<figure class=\"gs\" role=\"region\" tabindex=\"0\" "
			"aria-label=\"References\"><svg class=\"gr\" font-size=\"12\" "
			"role=\"img\" width=\"%u\" height=\"%u\" aria-label=\"%zu "
			"object%s and the reference%s\">",
			width, height, d->node_count, d->node_count == 1 ? "" : "s",
			d->node_count == 1 ? " to itself" : "s among them");
		svg_put_graph(out, d);
		buffer_put_text(out, "</svg></figure>\n");
		return true;
	}
	buffer_put_text(out, "<figure>");
	if (t.forks)
		html_put_branch(out, &t, SIZE_MAX, "<ul class=\"tree\">");
	/* One start and no fork: a path, read from its start. */
	size_t at = 0, left = t.forks ? 0 : d->node_count;
	while (left > 0 && t.above[at] != NULL)
		at = t.above[at]->from;
	buffer_put_text(out, t.forks ? "" : "<ol class=\"chain\">");
	for (; left > 0; left--) {
		const struct drawing_edge *e = t.above[at];
		assert((e == NULL) == (left == d->node_count));
		buffer_put_text(out, "<li>");
		if (e != NULL) {
			buffer_printf(out, "<div class=\"lk%s\"><span class=\"m\">",
				e->via != NULL ? " f" : html_guess_class(e));
			html_put_label(out, e);
			buffer_put_text(out, "</span><i></i>");
			if (e->via != NULL) {
				buffer_put_text(out, "<small>via ");
				html_put_text(out, e->via);
				buffer_put_text(out, "</small>");
			}
			buffer_put_text(out, "</div> ");
		}
		html_put_node(out, &d->nodes[at]);
		buffer_put_text(out, "</li>");
		for (size_t i = 0; i < d->edge_count; i++)
			if (d->edges[i].from == at) {
				at = d->edges[i].to;
				break;
			}
	}
	buffer_put_text(out, t.forks ? "" : "</ol>\n");
	buffer_put_text(out, "</figure>\n");
	free(t.above);
	return true;
}
