/* SPDX-License-Identifier: MIT */
#include "result/card.h"

#include "base/array.h"
#include "result/drawing.h"

#include <stdlib.h>

struct card_list *card_list_new(void)
{
	return array_new_zeroed(1, sizeof(struct card_list));
}

void card_list_free(struct card_list *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->count; i++) {
		struct card *c = &l->items[i];
		char *const texts[] = { c->title, c->about, c->unit, c->trend, c->keeper,
			c->advice, c->site };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
		free(c->series);
		drawing_free(c->chain);
	}
	for (size_t i = 0; i < l->label_count; i++)
		free(l->labels[i]);
	free(l->labels);
	free(l->items);
	free(l);
}

struct card *card_list_add(struct card_list *l, struct error *err)
{
	if (!array_reserve(&l->items, &l->cap, l->count + 1, sizeof *l->items)) {
		error_nomem(err);
		return NULL;
	}
	struct card *c = &l->items[l->count++];
	*c = (struct card){ 0 };
	return c;
}
