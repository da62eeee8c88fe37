/* SPDX-License-Identifier: MIT */
/* A treemap of two levels, more where one box is most of it: areas are values, laid out
 * as squares as far as they go (M. Bruls, K. Huizing, J. van Wijk, Squarified Treemaps,
 * 2000). */
#include "base/array.h"
#include "base/saturate.h"
#include "picture/html.h"
#include "picture/svg.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The width for which boxes are made square; on another page they are stretched. */
#define TREEMAP_WIDTH 1000.0
#define TREEMAP_HEAD 18.0
/* The pixels of a letter of a head, and the letters of a figure: " 2.59 MB". */
#define TREEMAP_LETTER 7.0
#define TREEMAP_FIGURE 9
/* Per cent of the whole below which a group, or a box in one, is not shown alone. */
#define TREEMAP_LEAST_GROUP 1.2
#define TREEMAP_LEAST 0.25
/* Per cent of the whole from which on a box in a group is opened, too: one box that fills
 * the picture says nothing. */
#define TREEMAP_OPENED 40.0

struct treemap_cell {
	struct plot_item item; /* its name is borrowed, or `made` */
	size_t source;         /* of a group: the item, or SIZE_MAX */
	char made[48];
	double x, y, width, height; /* pixels */
};

struct treemap_cells {
	struct treemap_cell *cells;
	size_t count, cap;
};

static struct treemap_cell *treemap_add(
	struct treemap_cells *c, const struct plot_item *item, size_t source)
{
	if (!array_reserve(&c->cells, &c->cap, c->count + 1, sizeof *c->cells))
		return NULL;
	struct treemap_cell *cell = &c->cells[c->count++];
	*cell = (struct treemap_cell){ .item = *item, .source = source };
	return cell;
}

static int treemap_compare(const void *a, const void *b)
{
	const struct treemap_cell *x = a, *y = b;
	if (x->item.value != y->item.value)
		return x->item.value > y->item.value ? -1 : 1;
	return (x->source > y->source) - (x->source < y->source);
}

/* The worst ratio of sides in a row of cells of `sum` along a side of `length`, where one
 * square pixel is worth 1 / `scale`. */
static double treemap_worst(double least, double most, double sum, double length)
{
	double square = sum * sum, side = length * length;
	double wide = side * most / square, high = square / (side * least);
	return wide > high ? wide : high;
}

/* Fills the rectangle with the cells, which are descending, row by row along its shorter
 * side. */
static void treemap_lay(
	struct treemap_cell *cells, size_t count, const struct treemap_cell *in)
{
	double x = in->x, y = in->y, width = in->width, height = in->height, left = 0;
	for (size_t i = 0; i < count; i++)
		left += (double)cells[i].item.value;
	for (size_t first = 0, end; first < count && left > 0; first = end) {
		double scale = width * height / left;
		double side = width < height ? width : height;
		double sum = 0, worst = 0;
		for (end = first; end < count; end++) {
			double area = (double)cells[end].item.value * scale;
			double most = (double)cells[first].item.value * scale;
			double next = treemap_worst(area, most, sum + area, side);
			if (end > first && next > worst)
				break;
			worst = next;
			sum += area;
		}
		assert(end > first);
		double thick = side > 0 ? sum / side : 0, at = 0;
		for (size_t i = first; i < end; i++) {
			double length =
				thick > 0 ? (double)cells[i].item.value * scale / thick
					  : 0;
			bool column = width >= height;
			cells[i].x = column ? x : x + at;
			cells[i].y = column ? y + at : y;
			cells[i].width = column ? thick : length;
			cells[i].height = column ? length : thick;
			at += length;
			left -= (double)cells[i].item.value;
		}
		if (width >= height) {
			x += thick;
			width -= thick;
		} else {
			y += thick;
			height -= thick;
		}
	}
}

/* What is left of `whole` when the cells are taken out. */
static bool treemap_add_rest(struct treemap_cells *c, const char *name,
	const struct plot_item *whole, enum plot_colour colour)
{
	int64_t left = whole->value, before = whole->before;
	for (size_t i = 0; i < c->count; i++) {
		left = saturate_subtract(left, c->cells[i].item.value);
		before = saturate_subtract(before, c->cells[i].item.before);
	}
	if (left <= 0)
		return true;
	struct plot_item rest = { .parent = 0,
		.value = left,
		.before = before,
		.count = -1,
		.colour = colour };
	struct treemap_cell *cell = treemap_add(c, &rest, SIZE_MAX);
	if (cell != NULL)
		snprintf(cell->made, sizeof cell->made, "%s", name);
	return cell != NULL;
}

static void treemap_put_cell(struct buffer *out, const struct plot *p,
	const struct treemap_cell *cell, bool rest)
{
	struct plot_item item = cell->item;
	if (rest)
		item.name = (char *)cell->made;
	const struct svg_box box = { .x = 100 * cell->x / TREEMAP_WIDTH,
		.width = 100 * cell->width / TREEMAP_WIDTH,
		.y = cell->y,
		.height = cell->height,
		.plot = p,
		.item = &item,
		.class = rest ? " pale" : "" };
	svg_put_box(out, &box);
	if (cell->height >= 16) {
		buffer_put_text(out, "<text x=\"4\" y=\"14\">");
		html_put_text(out, item.name);
		buffer_put_text(out, "</text>");
	}
	if (cell->height >= 34) {
		buffer_put_text(out, "<text x=\"4\" y=\"29\">");
		svg_put_value(out, p, (double)item.value, false);
		buffer_put_text(out, "</text>");
	}
	buffer_put_text(out, "</svg>\n");
}

/* The children of item `parent` that are at least `least` per cent of the whole, and less
 * than `most`. */
static bool treemap_gather(struct treemap_cells *c, const struct plot *p, uint32_t parent,
	double least, double most)
{
	for (size_t i = parent + 1; i < p->count; i++) {
		double share =
			100 * (double)p->items[i].value / (double)p->items[0].value;
		if (p->items[i].parent == parent && share >= least && share < most &&
			treemap_add(c, &p->items[i], i) == NULL)
			return false;
	}
	if (c->count > 1)
		qsort(c->cells, c->count, sizeof *c->cells, treemap_compare);
	return true;
}

static bool treemap_has_parts(const struct plot *p, const struct treemap_cell *cell)
{
	for (size_t i = cell->source + 1; i < p->count; i++)
		if (p->items[i].parent == cell->source)
			return true;
	return false;
}

/* Whether a box of a group is large enough to show its own parts. */
static bool treemap_is_opened(const struct plot *p, const struct treemap_cell *cell)
{
	return (double)cell->item.value >=
		       TREEMAP_OPENED / 100 * (double)p->items[0].value &&
	       cell->height >= 6 * TREEMAP_HEAD && treemap_has_parts(p, cell);
}

/* A group: its head where there is room, and its parts below that. */
static bool treemap_put_group(
	struct buffer *out, const struct plot *p, const struct treemap_cell *group)
{
	struct treemap_cells inner = { 0 };
	struct treemap_cell room = *group;
	assert(group->source == SIZE_MAX || group->source < p->count);
	bool alone = group->source == SIZE_MAX, ok = true;
	const char *name = alone ? group->made : group->item.name;
	if (group->height >= 3 * TREEMAP_HEAD && group->width >= 40) {
		buffer_printf(out,
			"<svg class=\"gl\" x=\"%.4g%%\" y=\"%.5g\" width=\"%.4g%%\" "
			"height=\"%.5g\" aria-hidden=\"true\"><text class=\"t2 tb\" "
			"x=\"3\" y=\"13\" font-weight=\"600\">",
			100 * group->x / TREEMAP_WIDTH, group->y,
			100 * group->width / TREEMAP_WIDTH, TREEMAP_HEAD);
		html_put_text(out, name);
		/* A figure is seen whole or not at all. */
		size_t letters = strlen(name) + TREEMAP_FIGURE;
		double screen =
			(double)letters * TREEMAP_LETTER * TREEMAP_WIDTH / group->width;
		buffer_printf(out, "<tspan class=\"%s\"> ",
			screen < 320    ? "w4"
			: screen < 600  ? "w0"
			: screen < 1100 ? "w2"
					: "w3");
		svg_put_value(out, p, (double)group->item.value, false);
		buffer_put_text(out, "</tspan></text></svg>\n");
		room.y += TREEMAP_HEAD;
		room.height -= TREEMAP_HEAD;
	}
	/* The small groups together are cells, the largest with their names. */
	ok = treemap_gather(&inner, p, alone ? 0 : (uint32_t)group->source, TREEMAP_LEAST,
		alone ? TREEMAP_LEAST_GROUP : 101);
	ok = ok && treemap_add_rest(&inner, inner.count > 0 ? "all else" : name,
			   &group->item, group->item.colour);
	if (ok)
		treemap_lay(inner.cells, inner.count, &room);
	for (size_t i = 0; ok && i < inner.count; i++) {
		const struct treemap_cell *cell = &inner.cells[i];
		bool rest = cell->source == SIZE_MAX;
		if (!rest && treemap_is_opened(p, cell))
			ok = treemap_put_group(out, p, cell);
		else
			treemap_put_cell(out, p, cell, rest);
	}
	free(inner.cells);
	return ok;
}

void svg_put_treemap(struct buffer *out, const struct plot *p)
{
	struct treemap_cells groups = { 0 };
	struct treemap_cell all = { .width = TREEMAP_WIDTH,
		.height = SVG_TREEMAP_HEIGHT };
	bool ok = treemap_gather(&groups, p, 0, TREEMAP_LEAST_GROUP, 101);
	size_t small = p->unseen;
	for (size_t i = 1; i < p->count; i++)
		small += p->items[i].parent == 0;
	assert(groups.count <= small);
	small -= groups.count;
	char name[48];
	snprintf(name, sizeof name, small > 0 ? "%zu smaller" : "all else", small);
	ok = ok && treemap_add_rest(&groups, name, &p->items[0], PLOT_REST);
	/* What is left stays last, however much it is: it says least. */
	if (ok)
		treemap_lay(groups.cells, groups.count, &all);
	/* What consists of nothing else needs no head above its box. */
	for (size_t i = 0; ok && i < groups.count; i++) {
		const struct treemap_cell *group = &groups.cells[i];
		if (group->source != SIZE_MAX && !treemap_has_parts(p, group))
			treemap_put_cell(out, p, group, false);
		else
			ok = treemap_put_group(out, p, group);
	}
	if (!ok)
		out->failed = true;
	free(groups.cells);
}
