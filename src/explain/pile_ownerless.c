/* SPDX-License-Identifier: MIT */
#include "explain/pile_ownerless.h"

#include "base/array.h"
#include "base/map.h"
#include "base/saturate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Roots that nothing refers to and that are not part of the interpreter, whose types keep
 * dicts and tuples: what C code holds. */
static bool pile_is_held_root(const struct pile_search *s, const struct root *root)
{
	enum type_kind kind = pile_kind_of(s, root->node);
	return root->reason == ROOT_UNREFERENCED &&
	       name_from(s->t, root->node) == root->node &&
	       (kind == KIND_OBJECT || kind == KIND_FUNCTION || kind == KIND_WEAK);
}

bool pile_find_roots(struct pile_search *s, struct analysis *a, struct error *err)
{
	const struct roots *roots = a->roots;
	for (size_t i = 0; i < roots->count; i++) {
		uint32_t node = roots->node[i];
		if (pile_is_held_root(s, &roots->root[i]))
			pile_note(s, node, 0,
				pile_left(s, cover_find_top(&s->cover, node)));
	}
	uint32_t type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least &&
		    s->type[type].bytes >= s->q->bytes;
	struct pile pile = {
		.kind = PILE_ROOTS, .owner = GRAPH_NONE, .holder = GRAPH_NONE, .kinds = 1
	};
	if (many) {
		pile.sample = pile.unit = s->type[type].sample;
		pile.objects = pile.units = s->type[type].count;
		pile.bytes = s->type[type].bytes;
	}
	pile_forget(s);
	if (!many)
		return true;
	for (size_t i = 0; s->kind[type] != KIND_OBJECT && i < roots->count; i++)
		if (s->o->type[roots->node[i]] == type &&
			pile_is_held_root(s, &roots->root[i]))
			pile_note_below(s, cover_find_top(&s->cover, roots->node[i]));
	type = pile_telling(s, pile.units / 2);
	if (type != GRAPH_NONE) {
		pile.sample = s->type[type].sample;
		pile.objects = s->type[type].count;
	}
	pile_forget(s);
	return pile_push(s, pile, err);
}

bool pile_find_garbage(struct pile_search *s, struct error *err)
{
	int64_t bytes = 0;
	bool any = s->cover.reached < s->o->nodes;
	for (uint32_t i = 0; any && i < s->o->nodes; i++)
		if (name_from(s->t, i) == GRAPH_NONE) {
			pile_note(s, i, 0, s->o->size[i]);
			bytes = saturate_add(bytes, s->o->size[i]);
		}
	uint32_t type = pile_telling(s, s->q->least);
	if (type == GRAPH_NONE)
		type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least &&
		    bytes >= s->q->bytes;
	struct pile pile = { .kind = PILE_GARBAGE,
		.owner = GRAPH_NONE,
		.holder = GRAPH_NONE,
		.kinds = (uint32_t)s->used_count,
		.bytes = bytes };
	if (many) {
		pile.sample = pile.unit = s->type[type].sample;
		pile.objects = pile.units = s->type[type].count;
	}
	pile_forget(s);
	return !many || pile_push(s, pile, err);
}

/* A module by its name without digits. */
struct pile_module {
	uint64_t hash;
	uint32_t node, rank;
};

static int pile_module_compare(const void *a, const void *b)
{
	const struct pile_module *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

bool pile_find_modules(struct pile_search *s, struct error *err)
{
	struct pile_module *module = NULL;
	size_t count = 0, cap = 0, begin = 0;
	for (uint32_t rank = 0; rank < s->cover.tops; rank++) {
		uint32_t node = s->cover.node[rank];
		const char *name = pile_kind_of(s, node) == KIND_MODULE
					   ? name_module(s->t, node)
					   : NULL;
		if (name == NULL || strpbrk(name, "0123456789") == NULL ||
			name_owner(s->t, node) == NAME_PACKAGE || pile_is_known(s, node))
			continue;
		if (!array_reserve(&module, &cap, count + 1, sizeof *module)) {
			free(module);
			return error_nomem(err);
		}
		uint64_t hash = 0;
		for (const char *at = name; *at != '\0'; at++)
			if (*at < '0' || *at > '9')
				hash = map_hash_number(hash, (unsigned char)*at);
		module[count++] = (struct pile_module){ hash, node, rank };
	}
	if (count > 0)
		qsort(module, count, sizeof *module, pile_module_compare);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		if (i + 1 < count && module[i + 1].hash == module[i].hash)
			continue;
		struct pile pile = { .kind = PILE_MODULES,
			.owner = GRAPH_NONE,
			.holder = GRAPH_NONE,
			.sample = module[begin].node,
			.unit = module[begin].node,
			.objects = (uint32_t)(i + 1 - begin),
			.units = (uint32_t)(i + 1 - begin),
			.kinds = 1 };
		for (; begin <= i; begin++)
			pile.bytes = saturate_add(
				pile.bytes, pile_left(s, module[begin].rank));
		if (pile.objects >= s->q->least && pile.bytes >= s->q->bytes)
			ok = pile_push(s, pile, err);
	}
	free(module);
	return ok;
}
