/* SPDX-License-Identifier: MIT */
#include "graph/type_totals.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/sort.h"

#include <assert.h>
#include <stdlib.h>

uint32_t *type_examples(const struct objects *o, struct error *err)
{
	uint32_t *example = array_new(o->types, sizeof *example);
	if (example == NULL)
		error_nomem(err);
	for (uint32_t i = o->nodes; example != NULL && i-- > 0;) {
		assert(o->type[i] < o->types);
		example[o->type[i]] = i;
	}
	return example;
}

/* --- lengths -------------------------------------------------------------------------
 */

/* A length below 0, and then one for each number of digits. */
enum { TYPE_DIGITS = 2 + 63 };

static unsigned type_digits(int64_t len)
{
	return len < 0 ? 0 : len == 0 ? 1 : 65 - (unsigned)__builtin_clzll((uint64_t)len);
}

bool type_lengths_find(const struct objects *o, const struct lengths *l,
	struct type_lengths *out, struct error *err)
{
	/* The digits that occur with each type, to number the pairs. */
	uint64_t(*seen)[2] = array_new_zeroed(o->types, sizeof *seen);
	uint32_t *first = array_new((size_t)o->types + 1, sizeof *first);
	bool ok = seen != NULL && first != NULL;
	int64_t len;
	*out = (struct type_lengths){ 0 };
	for (uint32_t i = 0; ok && i < o->nodes; i++)
		if (lengths_get(l, i, &len)) {
			unsigned digits = type_digits(len);
			seen[o->type[i]][digits / 64] |= UINT64_C(1) << digits % 64;
		}
	for (uint32_t t = 0; ok && t < o->types; t++) {
		first[t] = (uint32_t)out->count;
		out->count += (size_t)__builtin_popcountll(seen[t][0]) +
			      (size_t)__builtin_popcountll(seen[t][1]);
	}
	out->item = ok ? array_new_zeroed(out->count, sizeof *out->item) : NULL;
	ok = out->item != NULL;
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		if (!lengths_get(l, i, &len))
			continue;
		unsigned digits = type_digits(len);
		const uint64_t *of = seen[o->type[i]];
		uint64_t below = of[digits / 64] & ((UINT64_C(1) << digits % 64) - 1);
		size_t at = first[o->type[i]] + (size_t)__builtin_popcountll(below) +
			    (digits < 64 ? 0 : (size_t)__builtin_popcountll(of[0]));
		assert(digits < TYPE_DIGITS && at < out->count);
		struct type_length *item = &out->item[at];
		item->least = item->objects == 0 || len < item->least ? len : item->least;
		item->type = o->type[i];
		item->objects++;
		item->bytes = saturate_add(item->bytes, o->size[i]);
		item->items = saturate_add(item->items, len);
	}
	free(seen);
	free(first);
	if (!ok)
		type_lengths_fini(out);
	return ok || error_nomem(err);
}

void type_lengths_fini(struct type_lengths *t)
{
	free(t->item);
	*t = (struct type_lengths){ 0 };
}

/* --- the greatest --------------------------------------------------------------------
 */

struct type_great {
	int64_t value;
	uint32_t node;
};

/* Does x come behind y? */
static bool type_behind(const struct type_great *x, const struct type_great *y)
{
	return x->value != y->value ? x->value < y->value : x->node > y->node;
}

/* Puts `new` in the place of the top, item 0, of a heap of n: that which is behind all
 * others. */
static void type_sink(struct type_great *heap, size_t n, struct type_great new)
{
	size_t at = 0;
	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && type_behind(&heap[child + 1], &heap[child]))
			child++;
		if (!type_behind(&heap[child], &new))
			break;
		heap[at] = heap[child];
	}
	heap[at] = new;
}

uint32_t *type_greatest(const struct objects *o, const struct type_figure *figure,
	uint32_t most, size_t *count, struct error *err)
{
	/* One heap for each type, in one array. */
	size_t *first = array_new_zeroed((size_t)o->types + 1, sizeof *first);
	uint32_t *filled = array_new_zeroed(o->types, sizeof *filled);
	struct type_great *heap = NULL;
	uint32_t *node = NULL;
	*count = 0;
	if (first == NULL || filled == NULL)
		goto out;
	for (uint32_t i = 0; i < o->nodes; i++)
		if (first[o->type[i] + 1] < most)
			first[o->type[i] + 1]++;
	for (uint32_t t = 0; t < o->types; t++)
		first[t + 1] += first[t];
	heap = array_new(first[o->types], sizeof *heap);
	node = array_new(first[o->types], sizeof *node);
	if (heap == NULL || node == NULL)
		goto out;
	for (uint32_t i = 0; i < o->nodes; i++) {
		struct type_great new = { .node = i };
		uint32_t type = o->type[i];
		struct type_great *top = heap + first[type];
		size_t room = first[type + 1] - first[type];
		if (!figure->get(figure->context, i, &new.value))
			continue;
		if (filled[type] < room) {
			/* Sifts up from the last place. */
			size_t at = filled[type]++;
			for (; at > 0 && type_behind(&new, &top[(at - 1) / 2]);
				at = (at - 1) / 2)
				top[at] = top[(at - 1) / 2];
			top[at] = new;
		} else if (type_behind(top, &new))
			type_sink(top, room, new);
	}
	for (uint32_t t = 0; t < o->types; t++)
		for (uint32_t i = 0; i < filled[t]; i++)
			node[(*count)++] = heap[first[t] + i].node;
	sort_u32(node, *count);
	free(first);
	free(filled);
	free(heap);
	return node;
out:
	free(first);
	free(filled);
	free(heap);
	free(node);
	error_nomem(err);
	return NULL;
}
