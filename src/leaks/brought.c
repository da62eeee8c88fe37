/* SPDX-License-Identifier: MIT */
#include "leaks/brought.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

/* A new module, and what it looks like. */
struct brought_module {
	uint64_t names; /* a hash of the set of names in it */
	uint32_t node;
};

enum { BROUGHT_ALIKE = 10 };

static int brought_compare(const void *a, const void *b)
{
	const struct brought_module *x = a, *y = b;
	if (x->names != y->names)
		return x->names < y->names ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

uint64_t *brought_find(const struct lineage *l, const struct snapshot *s, size_t k,
	uint32_t *modules, struct error *err)
{
	struct brought_module *list = NULL;
	size_t n = 0, cap = 0;
	uint64_t *bits = bits_new(s->nodes);
	uint32_t *queue = array_new(s->nodes, sizeof *queue), count = 0;
	bool ok = bits != NULL && queue != NULL;
	/* The new modules, those that look alike next to each other. */
	for (uint32_t i = 0; ok && i < s->nodes; i++) {
		uint64_t names = 0;
		if ((snapshot_traits(s, i) & TRAIT_MODULE) == 0 ||
			!bits_has(l->passing[k], i))
			continue;
		for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++)
			if (s->label[e] != LABEL_NONE && (s->label[e] & LABEL_KEY) == 0)
				names += map_hash_number(1, s->label[e]);
		ok = array_reserve(&list, &cap, n + 1, sizeof *list);
		if (ok)
			list[n++] = (struct brought_module){ names, i };
	}
	if (n > 0)
		qsort(list, n, sizeof *list, brought_compare);
	/* Many that look alike are not imports: the program makes them. */
	for (size_t i = 0, end; ok && i < n; i = end) {
		for (end = i; end < n && list[end].names == list[i].names;)
			end++;
		for (size_t j = i; end - i < BROUGHT_ALIKE && j < end; j++) {
			bits_put(bits, list[j].node);
			queue[count++] = list[j].node;
		}
	}
	*modules = count;
	/* What they reach, without what was there before. */
	for (uint32_t at = 0; ok && at < count; at++)
		for (uint32_t e = s->start[queue[at]]; e < s->start[queue[at] + 1]; e++) {
			uint32_t c = s->child[e];
			if (bits_has(bits, c) || !bits_has(l->passing[k], c))
				continue;
			assert(count < s->nodes);
			bits_put(bits, c);
			queue[count++] = c;
		}
	free(list);
	free(queue);
	if (ok)
		return bits;
	free(bits);
	error_nomem(err);
	return NULL;
}
