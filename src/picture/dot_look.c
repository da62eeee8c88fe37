/* SPDX-License-Identifier: MIT */
#include "picture/dot_look.h"

#include "result/drawing.h"

#include <stddef.h>

struct dot_look {
	unsigned flag;
	const char *attributes;
	const char *meaning;
};

/* In each table the first that applies decides.  Later tables overrule earlier ones where
 * they set the same attribute. */
static const struct dot_look dot_shapes[] = {
	{ DRAWING_CUT,
		", shape=octagon, style=filled, fillcolor=\"#f9d5d0\", "
		"color=\"#b02a1d\", penwidth=2.5",
		"removing these frees the end" },
	{ DRAWING_MORE, ", shape=box, style=\"dashed,filled\", color=\"#666666\"",
		"left out" },
	{ DRAWING_ROOT, ", shape=house, style=filled, fillcolor=\"#eeeeee\"", "root" },
	{ DRAWING_GROUP, ", shape=box3d, style=filled", "several objects of a kind" },
	{ DRAWING_CODE, ", shape=component, style=filled",
		"code: module, type, function, frame" },
	{ 0, NULL, NULL },
};

static const struct dot_look dot_cycles[] = {
	{ DRAWING_CYCLE, ", fillcolor=\"#ead7e2\", color=\"#a0527f\", penwidth=1.6",
		"on a reference cycle" },
	{ 0, NULL, NULL },
};

static const struct dot_look dot_ends[] = {
	{ DRAWING_SOURCE, ", fillcolor=\"#d3e6f3\", color=\"#0072b2\", penwidth=3",
		"start: thick border" },
	{ DRAWING_TARGET,
		", fillcolor=\"#fae0c8\", color=\"#d55e00\", penwidth=1.5, "
		"peripheries=2",
		"end: double border" },
	{ 0, NULL, NULL },
};

static const struct dot_look dot_changes[] = {
	{ DRAWING_NEW, ", fillcolor=\"#e69f00\"", "+ new" },
	{ DRAWING_GROWN, ", fillcolor=\"#f8dfad\"", "▲ grown" },
	{ DRAWING_SHRUNK, ", fillcolor=\"#bfe0f5\"", "▼ shrunk" },
	{ DRAWING_GONE,
		", style=\"dashed,filled\", fillcolor=\"#ffffff\", fontcolor=\"#555555\"",
		"✕ gone" },
	{ 0, NULL, NULL },
};

static const struct dot_look *const dot_node_tables[] = { dot_shapes, dot_cycles,
	dot_ends, dot_changes, NULL };

static const struct dot_look dot_edge_looks[] = {
	{ DRAWING_DOMINATES, ", color=\"#666666\", style=dashed, arrowhead=empty",
		"owns" },
	{ DRAWING_ON_PATH, ", color=\"#000000\", penwidth=2", "refers to, on the path" },
	{ 0, ", color=\"#666666\"", "refers to" },
};

static const struct dot_look *dot_find_look(const struct dot_look *table, unsigned flags)
{
	while (table->flag != 0 && (table->flag & flags) == 0)
		table++;
	return table;
}

void dot_look_put_node(struct buffer *out, unsigned flags)
{
	for (size_t i = 0; dot_node_tables[i] != NULL; i++) {
		const struct dot_look *look = dot_find_look(dot_node_tables[i], flags);
		if (look->attributes != NULL)
			buffer_put_text(out, look->attributes);
	}
}

void dot_look_put_edge(struct buffer *out, unsigned flags)
{
	buffer_put_text(out, dot_find_look(dot_edge_looks, flags)->attributes);
}

bool dot_look_is_plain_edge(unsigned edge_flags)
{
	return dot_find_look(dot_edge_looks, edge_flags)->flag == 0;
}

bool dot_look_is_plain_node(unsigned node_flags)
{
	for (size_t i = 0; dot_node_tables[i] != NULL; i++)
		if (dot_find_look(dot_node_tables[i], node_flags)->flag != 0)
			return false;
	return true;
}

/* Room for every look there is, and the notes. */
#define DOT_LEGEND_MAX 24
#define DOT_LEGEND_COLUMNS 3

enum dot_item_kind { DOT_NODE, DOT_ARROW, DOT_NOTE };

struct dot_item {
	enum dot_item_kind kind;
	const char *attributes, *meaning;
};

struct dot_legend {
	struct dot_item items[DOT_LEGEND_MAX];
	size_t count;
};

static void dot_add(struct dot_legend *l, enum dot_item_kind kind, const char *attributes,
	const char *meaning)
{
	if (l->count < DOT_LEGEND_MAX)
		l->items[l->count++] = (struct dot_item){ kind, attributes, meaning };
}

static void dot_add_looks(struct dot_legend *l, enum dot_item_kind kind,
	const struct dot_look *table, unsigned flags)
{
	for (; table->flag != 0; table++)
		if ((table->flag & flags) != 0)
			dot_add(l, kind, table->attributes, table->meaning);
}

void dot_look_put_legend(
	struct buffer *out, const struct dot_seen *seen, bool wide, size_t levels)
{
	static const char plain[] = "shape=plaintext, style=\"\", label=";
	struct dot_legend legend = { .count = 0 };
	if (seen->plain_node)
		dot_add(&legend, DOT_NODE, "", "object: type, value, size");
	for (size_t i = 0; dot_node_tables[i] != NULL; i++)
		dot_add_looks(&legend, DOT_NODE, dot_node_tables[i], seen->nodes);
	dot_add_looks(&legend, DOT_ARROW, dot_edge_looks, seen->edges);
	if (seen->plain_edge) {
		const struct dot_look *usual = dot_find_look(dot_edge_looks, 0);
		dot_add(&legend, DOT_ARROW, usual->attributes, usual->meaning);
	}
	if ((seen->edges & DRAWING_GUESSED) != 0)
		dot_add(&legend, DOT_NOTE, "", "name ?: guessed from the order");
	if (seen->widths)
		dot_add(&legend, DOT_NOTE, "", "wider arrow: more bytes");
	buffer_put_text(out,
		"\tsubgraph cluster_legend {\n"
		"\t\tlabel=\"legend\"; fontsize=10; color=\"#aaaaaa\"; "
		"style=rounded;\n"
		"\t\tnode [fontsize=9, margin=\"0.08,0.04\", height=0.2];\n");
	for (size_t i = 0; i < legend.count; i++) {
		const struct dot_item *item = &legend.items[i];
		if (item->kind == DOT_NODE)
			buffer_printf(out, "\t\tl%zu [label=\"%s\"%s];\n", i,
				item->meaning, item->attributes);
		if (item->kind == DOT_NOTE)
			buffer_printf(
				out, "\t\tl%zu [%s\"%s\"];\n", i, plain, item->meaning);
		if (item->kind == DOT_ARROW)
			buffer_printf(out,
				"\t\tl%zu [shape=point, width=0.06, "
				"color=\"#666666\"];\n"
				"\t\tr%zu [%s\"%s\"];\n"
				"\t\tl%zu -> r%zu [minlen=1%s];\n",
				i, i, plain, item->meaning, i, i, item->attributes);
	}
	/* A graph that runs from top to bottom shares its ranks with the legend, so a
	 * short one gets several items a row. */
	size_t columns = levels == 0 ? 1 : (legend.count + levels - 1) / levels;
	if (columns > DOT_LEGEND_COLUMNS)
		columns = DOT_LEGEND_COLUMNS;
	for (size_t i = 0; !wide && i < legend.count; i++) {
		bool first = i % columns == 0, last = i % columns == columns - 1;
		if (first && i > 0)
			buffer_printf(out, "\t\tl%zu -> l%zu [style=invis, weight=10];\n",
				i - columns, i);
		buffer_put_text(out, first ? "\t\t{ rank=same;" : "");
		buffer_printf(out, " l%zu;", i);
		if (legend.items[i].kind == DOT_ARROW)
			buffer_printf(out, " r%zu;", i);
		buffer_put_text(out, last || i + 1 == legend.count ? " }\n" : "");
	}
	buffer_put_text(out, "\t}\n");
}
