/* SPDX-License-Identifier: MIT */
#include "result/plot.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *plot_kind_name(size_t kind)
{
	static const char *const names[] = { [PLOT_ICICLE] = "icicle",
		[PLOT_TREEMAP] = "treemap",
		[PLOT_LINES] = "lines",
		[PLOT_BARS] = "bars",
		[PLOT_STACK] = "stack",
		[PLOT_CHAIN] = "chain" };
	return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

struct plot *plot_new(enum plot_kind kind, const char *caption)
{
	struct plot *p = array_new_zeroed(1, sizeof *p);
	if (p == NULL)
		return NULL;
	p->kind = kind;
	p->caption = strdup(caption);
	if (p->caption == NULL) {
		free(p);
		return NULL;
	}
	return p;
}

void plot_free(struct plot *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->count; i++) {
		free(p->items[i].name);
		free(p->items[i].detail);
	}
	for (size_t i = 0; i < p->label_count; i++)
		free(p->labels[i]);
	free(p->items);
	free(p->labels);
	free(p->values);
	free(p->caption);
	free(p);
}

bool plot_put(struct plot *p, const struct plot_item *item, struct error *err)
{
	assert(item->parent == PLOT_NONE || item->parent < p->count);
	if (!array_reserve(&p->items, &p->cap, p->count + 1, sizeof *p->items))
		return error_nomem(err);
	struct plot_item *to = &p->items[p->count];
	*to = *item;
	to->depth = item->parent == PLOT_NONE ? 0 : p->items[item->parent].depth + 1;
	to->name = strdup(item->name == NULL ? "" : item->name);
	to->detail = item->detail == NULL ? NULL : strdup(item->detail);
	if (to->name == NULL || (item->detail != NULL && to->detail == NULL)) {
		free(to->name);
		free(to->detail);
		return error_nomem(err);
	}
	p->count++;
	return true;
}

bool plot_set_labels(
	struct plot *p, const char *const *labels, size_t count, struct error *err)
{
	assert(p->count == 0 && p->labels == NULL);
	p->labels = array_new_zeroed(count, sizeof *p->labels);
	if (p->labels == NULL)
		return error_nomem(err);
	p->label_count = count;
	for (size_t i = 0; i < count; i++)
		if ((p->labels[i] = strdup(labels[i])) == NULL)
			return error_nomem(err);
	return true;
}

bool plot_set_values(struct plot *p, const int64_t *values, struct error *err)
{
	assert(p->count > 0);
	size_t n = p->label_count;
	if (!array_reserve(&p->values, &p->value_cap, p->count * n, sizeof *p->values))
		return error_nomem(err);
	memcpy(p->values + (p->count - 1) * n, values, n * sizeof *values);
	return true;
}
