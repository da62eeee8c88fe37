/* SPDX-License-Identifier: MIT */
#include "picture/mermaid.h"

#include "picture/sketch.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* A reader takes in no more at a glance; GitHub itself refuses 500 edges. */
#define MERMAID_NODES_MAX 24
#define MERMAID_EDGES_MAX 40
#define MERMAID_LABEL_WIDTH 40

/* How a kind of node looks: the brackets around its label, its style, and the words that
 * explain it.  The first that applies decides each; colours as in DOT. */
struct mermaid_mark {
	unsigned flag;
	const char *name;
	const char *open, *close; /* NULL: as without the mark */
	const char *style;
	const char *meaning;
};

static const struct mermaid_mark mermaid_marks[] = {
	{ DRAWING_MORE, "more", NULL, NULL,
		"fill:#fff,stroke:#777,stroke-dasharray:4 3,color:#000",
		"dashed: left out" },
	{ DRAWING_NEW, "new", NULL, NULL, "fill:#e69f00,stroke:#333,color:#000",
		"+ new" },
	{ DRAWING_GROWN, "grown", NULL, NULL, "fill:#f8dfad,stroke:#333,color:#000",
		"▲ grown" },
	{ DRAWING_SHRUNK, "shrunk", NULL, NULL, "fill:#bfe0f5,stroke:#333,color:#000",
		"▼ shrunk" },
	{ DRAWING_GONE, "gone", NULL, NULL,
		"fill:#fff,stroke:#777,stroke-dasharray:4 3,color:#555", "✕ gone" },
	{ DRAWING_SOURCE, "source", "([", "])",
		"fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000",
		"blue, round: start" },
	{ DRAWING_TARGET, "target", "[[", "]]",
		"fill:#fae0c8,stroke:#d55e00,stroke-width:2px,color:#000",
		"orange, double sides: end" },
	{ DRAWING_CUT, "cut", "[/", "/]",
		"fill:#f9d5d0,stroke:#b02a1d,stroke-width:3px,color:#000",
		"red, slanted: removing these frees the end" },
	{ DRAWING_ROOT, "root", "{{", "}}", "fill:#eee,stroke:#333,color:#000",
		"grey, six sides: root" },
	{ DRAWING_CYCLE, "cycle", NULL, NULL, "fill:#ead7e2,stroke:#a0527f,color:#000",
		"violet: on a cycle" },
};

#define MERMAID_MARKS (sizeof mermaid_marks / sizeof mermaid_marks[0])

/* The nodes that are not drawn: none, or in a large drawing those of what was left out,
 * which the table has too. */
static unsigned mermaid_omitted(const struct drawing *d)
{
	return d->node_count <= MERMAID_NODES_MAX && d->edge_count <= MERMAID_EDGES_MAX
		       ? 0
		       : DRAWING_MORE;
}

static bool mermaid_shows_node(const struct drawing *d, size_t i)
{
	return (d->nodes[i].flags & mermaid_omitted(d)) == 0;
}

static bool mermaid_shows_edge(const struct drawing *d, const struct drawing_edge *e)
{
	return mermaid_shows_node(d, e->from) && mermaid_shows_node(d, e->to);
}

bool mermaid_fits(const struct drawing *d)
{
	const unsigned answer = DRAWING_ON_PATH;
	size_t nodes = 0, edges = 0;
	bool answers = false;
	for (size_t i = 0; i < d->node_count; i++)
		nodes += mermaid_shows_node(d, i);
	for (size_t i = 0; i < d->edge_count; i++) {
		edges += mermaid_shows_edge(d, &d->edges[i]);
		answers = answers || (d->edges[i].flags & answer) != 0;
	}
	return answers && nodes <= MERMAID_NODES_MAX && edges <= MERMAID_EDGES_MAX;
}

/* The mark that decides the style, or with `shaped` the brackets, of such a node; NULL
 * when none does. */
static const struct mermaid_mark *mermaid_find_mark(unsigned flags, bool shaped)
{
	for (size_t i = 0; i < MERMAID_MARKS; i++)
		if ((flags & mermaid_marks[i].flag) != 0 &&
			(!shaped || mermaid_marks[i].open != NULL))
			return &mermaid_marks[i];
	return NULL;
}

/* Text as part of a quoted label: what could end it, or be taken for Markdown, HTML or a
 * character reference, becomes a reference of Mermaid's own, #NN;. */
static void mermaid_put_text(struct buffer *out, const char *text)
{
	struct buffer seen = BUFFER_INIT;
	sketch_put_text(&seen, text, MERMAID_LABEL_WIDTH);
	for (size_t i = 0; i < seen.len; i++) {
		char c = seen.data[i];
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 ||
			strchr(" .,_-+/()'=", c) != NULL)
			buffer_put_char(out, c);
		else
			buffer_printf(out, "#%d;", (int)c);
	}
	if (seen.failed)
		out->failed = true;
	buffer_fini(&seen);
}

static void mermaid_put_node(
	struct buffer *out, size_t index, const struct drawing_node *n)
{
	const struct mermaid_mark *shape = mermaid_find_mark(n->flags, true);
	const char *title = n->title == NULL || n->title[0] == '\0' ? " " : n->title;
	assert(shape == NULL || shape->close != NULL);
	buffer_printf(out, "    n%zu%s\"%s", index, shape == NULL ? "[" : shape->open,
		sketch_sign(n->flags));
	if ((n->flags & DRAWING_MORE) != 0) {
		sketch_put_count(out, n->count);
		buffer_put_char(out, ' ');
	}
	mermaid_put_text(out, title);
	if (n->count > 1 && (n->flags & DRAWING_MORE) == 0) {
		buffer_put_text(out, " × ");
		sketch_put_count(out, n->count);
	}
	if (n->detail != NULL && n->detail[0] != '\0' && strcmp(n->detail, title) != 0) {
		buffer_put_text(out, "<br>");
		mermaid_put_text(out, n->detail);
	}
	if (n->bytes >= 0) {
		buffer_put_text(out, "<br>");
		sketch_put_bytes(out, n->bytes);
	}
	buffer_printf(out, "\"%s\n", shape == NULL ? "]" : shape->close);
}

/* One line below the drawing that explains what is in it. */
static void mermaid_put_legend(struct buffer *out, const struct drawing *d)
{
	unsigned edges = 0;
	bool plain = false;
	buffer_put_text(out, "\n*Arrows: ");
	for (size_t i = 0; i < d->edge_count; i++) {
		edges |= d->edges[i].flags;
		plain = plain || (d->edges[i].flags & DRAWING_DOMINATES) == 0;
	}
	buffer_put_text(out, plain || edges == 0 ? "refers to" : "");
	if ((edges & DRAWING_DOMINATES) != 0)
		buffer_put_text(out, plain ? ", dotted: owns" : "owns");
	if ((edges & DRAWING_GUESSED) != 0)
		buffer_put_text(out, "; a name with ?: guessed");
	for (size_t i = 0; i < MERMAID_MARKS; i++) {
		const struct mermaid_mark *mark = &mermaid_marks[i];
		bool used = false;
		for (size_t n = 0; n < d->node_count && !used; n++)
			used = mermaid_shows_node(d, n) &&
			       (mermaid_find_mark(d->nodes[n].flags, false) == mark ||
				       mermaid_find_mark(d->nodes[n].flags, true) ==
					       mark);
		if (used)
			buffer_printf(out, "; %s", mark->meaning);
	}
	if (mermaid_omitted(d) != 0)
		buffer_put_text(out, "; not drawn: what the table calls more");
	buffer_put_text(out, ".*\n");
}

void mermaid_put(const struct drawing *d, struct buffer *out)
{
	assert(d->node_count > 0);
	buffer_put_text(out, "```mermaid\nflowchart TD\n");
	for (size_t i = 0; i < d->node_count; i++)
		if (mermaid_shows_node(d, i))
			mermaid_put_node(out, i, &d->nodes[i]);
	for (size_t i = 0; i < d->edge_count; i++) {
		const struct drawing_edge *e = &d->edges[i];
		if (!mermaid_shows_edge(d, e))
			continue;
		buffer_printf(out, "    n%zu %s", e->from,
			(e->flags & DRAWING_DOMINATES) != 0 ? "-.->" : "-->");
		if (e->label != NULL && e->label[0] != '\0') {
			buffer_put_text(out, "|\"");
			mermaid_put_text(out, e->label);
			buffer_put_text(
				out, (e->flags & DRAWING_GUESSED) != 0 ? " ?\"|" : "\"|");
		}
		buffer_printf(out, " n%zu\n", e->to);
	}
	/* A class for each mark, with the nodes whose style comes from it. */
	for (size_t k = 0; k < MERMAID_MARKS; k++) {
		const struct mermaid_mark *mark = &mermaid_marks[k];
		bool any = false;
		for (size_t i = 0; i < d->node_count; i++) {
			if (!mermaid_shows_node(d, i) ||
				mermaid_find_mark(d->nodes[i].flags, false) != mark)
				continue;
			if (!any)
				buffer_printf(out, "    classDef %s %s\n    class ",
					mark->name, mark->style);
			buffer_printf(out, "%sn%zu", any ? "," : "", i);
			any = true;
		}
		if (any)
			buffer_printf(out, " %s\n", mark->name);
	}
	buffer_put_text(out, "```\n");
	mermaid_put_legend(out, d);
}
