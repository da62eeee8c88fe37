/* SPDX-License-Identifier: MIT */
#include "output/mermaid.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* What is still read at a glance; GitHub itself refuses 500 edges. */
#define MERMAID_NODES_MAX 24
#define MERMAID_EDGES_MAX 40
#define MERMAID_LABEL_WIDTH 40

/* How a kind of node looks: the brackets around its label, its style, and the words that
 * explain it.  The first that applies decides each. */
struct mermaid_mark {
	unsigned flag;
	const char *name;
	const char *open, *close; /* NULL: as without the mark */
	const char *style;
	const char *meaning;
};

static const struct mermaid_mark mermaid_marks[] = {
	{ DRAWING_MORE, "more", NULL, NULL, "fill:#fff,stroke:#777,stroke-dasharray:4 3",
		"dashed: left out" },
	{ DRAWING_NEW, "new", NULL, NULL, "fill:#f5b183,stroke:#333", "orange: new" },
	{ DRAWING_GROWN, "grown", NULL, NULL, "fill:#fae0c8,stroke:#333",
		"light orange: grown" },
	{ DRAWING_SHRUNK, "shrunk", NULL, NULL, "fill:#d3e6f3,stroke:#333",
		"light blue: shrunk" },
	{ DRAWING_GONE, "gone", NULL, NULL,
		"fill:#fff,stroke:#777,stroke-dasharray:4 3,color:#555", "dashed: gone" },
	{ DRAWING_SOURCE, "source", "([", "])",
		"fill:#d3e6f3,stroke:#0072b2,stroke-width:3px", "round, blue: start" },
	{ DRAWING_TARGET, "target", "[[", "]]",
		"fill:#fae0c8,stroke:#d55e00,stroke-width:3px",
		"double sides, orange: end" },
	{ DRAWING_ROOT, "root", "{{", "}}", "fill:#eee,stroke:#333", "six sides: root" },
	{ DRAWING_CYCLE, "cycle", NULL, NULL, "fill:#eadcef,stroke:#7b4f8f",
		"violet: on a cycle" },
};

#define MERMAID_MARKS (sizeof mermaid_marks / sizeof mermaid_marks[0])

bool mermaid_fits(const struct drawing *d)
{
	return d->node_count >= 2 && d->node_count <= MERMAID_NODES_MAX &&
	       d->edge_count <= MERMAID_EDGES_MAX;
}

/* Text as part of a quoted label: what could end it, or be taken for Markdown, HTML or a
 * character reference, becomes a reference of Mermaid's own, #NN;. */
static void mermaid_put_text(struct buffer *out, const char *text)
{
	struct buffer seen = BUFFER_INIT;
	utf8_put_visible(&seen, text, strlen(text));
	size_t len = utf8_fit(buffer_text(&seen), seen.len, MERMAID_LABEL_WIDTH);
	for (size_t i = 0; i < len; i++) {
		char c = seen.data[i];
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 ||
			strchr(" .,_-+/()'=", c) != NULL)
			buffer_put_char(out, c);
		else
			buffer_printf(out, "#%d;", (int)c);
	}
	if (len < seen.len)
		buffer_put_text(out, "…");
	if (seen.failed)
		out->failed = true;
	buffer_fini(&seen);
}

static void mermaid_put_node(
	struct buffer *out, size_t index, const struct drawing_node *n)
{
	const char *open = "[", *close = "]";
	for (size_t i = MERMAID_MARKS; i-- > 0;)
		if ((n->flags & mermaid_marks[i].flag) != 0 &&
			mermaid_marks[i].open != NULL) {
			open = mermaid_marks[i].open;
			close = mermaid_marks[i].close;
		}
	buffer_printf(out, "    n%zu%s\"", index, open);
	mermaid_put_text(out, n->title == NULL ? "" : n->title);
	if (n->count > 1)
		buffer_printf(out, " × %" PRId64, n->count);
	if (n->detail != NULL && n->detail[0] != '\0' &&
		(n->title == NULL || strcmp(n->detail, n->title) != 0)) {
		buffer_put_text(out, "<br>");
		mermaid_put_text(out, n->detail);
	}
	if (n->bytes >= 0)
		buffer_printf(out, "<br>%" PRId64 " bytes", n->bytes);
	buffer_printf(out, "\"%s\n", close);
}

static void mermaid_put_edge(struct buffer *out, const struct drawing_edge *e)
{
	const char *arrow = (e->flags & DRAWING_DOMINATES) != 0 ? "-.->" : "-->";
	buffer_printf(out, "    n%zu %s", e->from, arrow);
	if (e->label != NULL && e->label[0] != '\0') {
		buffer_put_text(out, "|\"");
		mermaid_put_text(out, e->label);
		buffer_put_text(out, (e->flags & DRAWING_GUESSED) != 0 ? " ?\"|" : "\"|");
	}
	buffer_printf(out, " n%zu\n", e->to);
}

/* The nodes whose style comes from mark `which`. */
static void mermaid_put_class(struct buffer *out, const struct drawing *d, size_t which)
{
	const char *comma = NULL;
	unsigned above = 0;
	for (size_t i = 0; i < which; i++)
		above |= mermaid_marks[i].flag;
	for (size_t i = 0; i < d->node_count; i++) {
		if ((d->nodes[i].flags & mermaid_marks[which].flag) == 0 ||
			(d->nodes[i].flags & above) != 0)
			continue;
		if (comma == NULL)
			buffer_printf(out, "    classDef %s %s%s\n    class ",
				mermaid_marks[which].name, mermaid_marks[which].style,
				strstr(mermaid_marks[which].style, "color:#555") != NULL
					? ""
					: ",color:#000");
		buffer_printf(out, "%sn%zu", comma == NULL ? "" : comma, i);
		comma = ",";
	}
	if (comma != NULL)
		buffer_printf(out, " %s\n", mermaid_marks[which].name);
}

/* One line below the drawing that explains what is in it. */
static void mermaid_put_legend(struct buffer *out, const struct drawing *d)
{
	unsigned nodes = 0, edges = 0;
	const char *comma = "";
	for (size_t i = 0; i < d->node_count; i++)
		nodes |= d->nodes[i].flags;
	for (size_t i = 0; i < d->edge_count; i++)
		edges |= d->edges[i].flags;
	buffer_put_text(out, "\n*");
	for (size_t i = 0; i < MERMAID_MARKS; i++)
		if ((nodes & mermaid_marks[i].flag) != 0) {
			buffer_printf(out, "%s%s", comma, mermaid_marks[i].meaning);
			comma = "; ";
		}
	buffer_printf(out, "%s%s%s*\n", comma,
		(edges & DRAWING_DOMINATES) != 0 ? "arrow: owns" : "arrow: refers to",
		(edges & DRAWING_GUESSED) != 0 ? "; name with ?: guessed" : "");
}

void mermaid_put(const struct drawing *d, struct buffer *out)
{
	buffer_put_text(out, "```mermaid\nflowchart TD\n");
	for (size_t i = 0; i < d->node_count; i++)
		mermaid_put_node(out, i, &d->nodes[i]);
	for (size_t i = 0; i < d->edge_count; i++)
		mermaid_put_edge(out, &d->edges[i]);
	for (size_t i = 0; i < MERMAID_MARKS; i++)
		mermaid_put_class(out, d, i);
	buffer_put_text(out, "```\n");
	mermaid_put_legend(out, d);
}
