/* SPDX-License-Identifier: MIT */
/* An icicle: the whole on top, a row a level, what owns above what it owns. */
#include "base/array.h"
#include "base/saturate.h"
#include "picture/svg.h"

#include "picture/html.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define ICICLE_ROW 23
#define ICICLE_LEVELS 9
/* Per cent of the whole below which a box is left out. */
#define ICICLE_LEAST 0.3

struct icicle {
	const struct plot *p;
	double whole;
	/* One an item: where it begins and how much of it its children have taken, in
	 * parts of the whole; how many of these are too small to be shown. */
	double *x, *used;
	int64_t *small_value, *small_before;
	size_t *small_count;
};

static bool icicle_is_shown(const struct icicle *c, size_t i)
{
	const struct plot_item *item = &c->p->items[i];
	if (item->depth >= ICICLE_LEVELS || (double)item->value <= 0)
		return false;
	return item->parent == PLOT_NONE ||
	       (100 * (double)item->value >= ICICLE_LEAST * c->whole &&
		       icicle_is_shown(c, item->parent));
}

unsigned svg_icicle_height(const struct plot *p)
{
	struct icicle c = { .p = p, .whole = (double)p->items[0].value };
	uint32_t deepest = 0;
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].depth > deepest && icicle_is_shown(&c, i))
			deepest = p->items[i].depth;
	return c.whole <= 0 ? 0 : (deepest + 1) * ICICLE_ROW;
}

static void icicle_put_box(struct buffer *out, const struct icicle *c,
	const struct plot_item *item, double x, const char *class)
{
	assert(c->whole > 0 && item->depth < ICICLE_LEVELS);
	const struct svg_box box = { .x = 100 * x / c->whole,
		.width = 100 * (double)item->value / c->whole,
		.y = item->depth * ICICLE_ROW,
		.height = ICICLE_ROW,
		.plot = c->p,
		.item = item,
		.class = class };
	svg_put_box(out, &box);
	buffer_put_text(out, "<text x=\"5\" y=\"15\">");
	html_put_text(out, item->name);
	buffer_put_text(out, "</text></svg>\n");
}

void svg_put_icicle(struct buffer *out, const struct plot *p)
{
	struct icicle c = { .p = p, .whole = (double)p->items[0].value };
	c.x = array_new_zeroed(p->count, sizeof *c.x);
	c.used = array_new_zeroed(p->count, sizeof *c.used);
	c.small_value = array_new_zeroed(p->count, sizeof *c.small_value);
	c.small_before = array_new_zeroed(p->count, sizeof *c.small_before);
	c.small_count = array_new_zeroed(p->count, sizeof *c.small_count);
	if (c.x == NULL || c.used == NULL || c.small_value == NULL ||
		c.small_before == NULL || c.small_count == NULL)
		out->failed = true;
	for (size_t i = 0; !out->failed && i < p->count; i++) {
		const struct plot_item *item = &p->items[i];
		bool shown = icicle_is_shown(&c, i);
		/* Parents come before their children. */
		assert(item->parent == PLOT_NONE || item->parent < i);
		if (item->parent == PLOT_NONE) {
			if (shown)
				icicle_put_box(out, &c, item, 0, "");
			continue;
		}
		if (!shown) {
			c.small_count[item->parent]++;
			int64_t *small = &c.small_value[item->parent];
			*small = saturate_add(*small, item->value);
			small = &c.small_before[item->parent];
			*small = saturate_add(*small, item->before);
			continue;
		}
		c.x[i] = c.x[item->parent] + c.used[item->parent];
		c.used[item->parent] += (double)item->value;
		icicle_put_box(out, &c, item, c.x[i], "");
	}
	/* One pale box for the children that are too small, behind the others. */
	for (size_t i = 0; !out->failed && i < p->count; i++) {
		const struct plot_item *parent = &p->items[i];
		char name[48];
		if (c.small_count[i] == 0 || !icicle_is_shown(&c, i))
			continue;
		snprintf(name, sizeof name, "%zu smaller", c.small_count[i]);
		struct plot_item rest = { .name = name,
			.parent = (uint32_t)i,
			.depth = parent->depth + 1,
			.value = c.small_value[i],
			.before = c.small_before[i],
			.count = -1,
			.colour = parent->parent == PLOT_NONE ? PLOT_REST
							      : parent->colour };
		if (rest.depth < ICICLE_LEVELS &&
			100 * (double)rest.value >= ICICLE_LEAST * c.whole)
			icicle_put_box(out, &c, &rest, c.x[i] + c.used[i], " pale");
	}
	free(c.x);
	free(c.used);
	free(c.small_value);
	free(c.small_before);
	free(c.small_count);
}
