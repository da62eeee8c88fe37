/* SPDX-License-Identifier: MIT */
#include "explain/pile_search.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool pile_search_init(struct pile_search *s, struct analysis *a, struct error *err)
{
	uint32_t nodes = s->o->nodes, types = s->o->types;
	s->claimed = array_new_zeroed(nodes, sizeof *s->claimed);
	s->done = bits_new(nodes);
	s->kind = array_new(types, sizeof *s->kind);
	s->type = array_new_zeroed(types, sizeof *s->type);
	s->used = array_new(types, sizeof *s->used);
	s->queue = array_new(nodes, sizeof *s->queue);
	s->depth = array_new(nodes, sizeof *s->depth);
	if (s->claimed == NULL || s->done == NULL || s->kind == NULL || s->type == NULL ||
		s->used == NULL || s->queue == NULL || s->depth == NULL)
		return error_nomem(err);
	if (!runtime_load(a->db, a->generation, &s->runtime, err))
		return false;
	for (uint32_t i = 0; i < types; i++) {
		const char *name = s->o->name[i];
		enum type_kind kind = runtime_kind(s->runtime, name, strlen(name));
		/* Types of C code have dots in their names and say little. */
		if (kind == KIND_OBJECT && s->runtime == &runtime_cpython &&
			strchr(name, '.') != NULL)
			kind = KIND_WEAK;
		s->kind[i] = (uint8_t)kind;
	}
	return cover_init(&s->cover, s->t, s->o, err);
}

void pile_search_fini(struct pile_search *s)
{
	cover_fini(&s->cover);
	free(s->claimed);
	free(s->done);
	free(s->kind);
	free(s->type);
	free(s->used);
	free(s->queue);
	free(s->depth);
}

void pile_note(struct pile_search *s, uint32_t node, uint32_t depth, int64_t bytes)
{
	uint32_t type = s->o->type[node];
	struct pile_type *t = &s->type[type];
	if (t->count++ == 0) {
		t->sample = node;
		t->depth = depth;
		assert(s->used_count < s->o->types);
		s->used[s->used_count++] = type;
	}
	if (node < t->sample)
		t->sample = node;
	if (depth < t->depth)
		t->depth = depth;
	t->bytes = saturate_add(t->bytes, bytes);
}

void pile_forget(struct pile_search *s)
{
	for (size_t i = 0; i < s->used_count; i++)
		s->type[s->used[i]] = (struct pile_type){ 0 };
	s->used_count = 0;
}

uint32_t pile_commonest(const struct pile_search *s)
{
	uint32_t best = GRAPH_NONE;
	for (size_t i = 0; i < s->used_count; i++) {
		uint32_t type = s->used[i];
		if (best == GRAPH_NONE) {
			best = type;
			continue;
		}
		const struct pile_type *x = &s->type[type], *y = &s->type[best];
		if (x->count > y->count ||
			(x->count == y->count && x->bytes > y->bytes) ||
			(x->count == y->count && x->bytes == y->bytes && type < best))
			best = type;
	}
	return best;
}

uint32_t pile_telling(const struct pile_search *s, uint32_t least)
{
	uint32_t best = GRAPH_NONE;
	for (size_t i = 0; i < s->used_count; i++) {
		uint32_t type = s->used[i];
		const struct pile_type *x = &s->type[type];
		if (s->kind[type] != KIND_OBJECT || x->count < least)
			continue;
		unsigned a = (unsigned)name_owner_of_type(s->t, type) - 1u;
		const struct pile_type *y = best == GRAPH_NONE ? NULL : &s->type[best];
		unsigned b = best == GRAPH_NONE
				     ? 0
				     : (unsigned)name_owner_of_type(s->t, best) - 1u;
		bool better = y == NULL              ? true
			      : a != b               ? a < b
			      : x->depth != y->depth ? x->depth < y->depth
			      : x->bytes != y->bytes ? x->bytes > y->bytes
						     : type < best;
		if (better)
			best = type;
	}
	return best;
}

void pile_note_below(struct pile_search *s, uint32_t rank)
{
	enum { AHEAD = 16 };
	const struct cover *c = &s->cover;
	size_t count = 0;
	s->queue[count] = rank;
	s->depth[count++] = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t at = s->queue[i], node = c->node[at];
		unsigned depth = s->depth[i];
		if (i + AHEAD < count) {
			uint32_t far = c->node[s->queue[i + AHEAD]];
			__builtin_prefetch(&s->o->size[far]);
			__builtin_prefetch(&s->o->type[far]);
		}
		if (at != rank)
			pile_note(s, node, depth, s->o->size[node]);
		for (uint32_t child = c->first[at]; child < c->first[at + 1]; child++) {
			if (s->claimed[child] >= c->bytes[child])
				continue;
			s->queue[count] = child;
			s->depth[count++] = (uint8_t)(depth + (depth < UINT8_MAX));
		}
	}
}

void pile_claim(struct pile_search *s, uint32_t rank, int64_t bytes)
{
	for (;; rank = s->cover.up[rank]) {
		s->claimed[rank] = saturate_add(s->claimed[rank], bytes);
		if (s->cover.up[rank] == rank)
			return;
	}
}

bool pile_push(struct pile_search *s, struct pile pile, struct error *err)
{
	struct piles *p = s->piles;
	if (!array_reserve(&p->pile, &p->cap, p->count + 1, sizeof *p->pile))
		return error_nomem(err);
	p->pile[p->count++] = pile;
	return true;
}

/* Modules of the standard library whose tables and caches grow to a bound. */
bool pile_is_known(const struct pile_search *s, uint32_t owner)
{
	static const char *const known[] = { "linecache", "html.entities", "encodings",
		"re", "sre_parse", "sre_compile", "_sre", "tokenize", "importlib",
		"_frozen_importlib", "_frozen_importlib_external", "unicodedata",
		"mimetypes", "errno", "opcode", "zipimport" };
	const char *module = name_module(s->t, owner);
	size_t len = module == NULL ? 0 : strcspn(module, ".");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (module != NULL &&
			(strcmp(module, known[i]) == 0 ||
				(strlen(known[i]) == len &&
					strncmp(module, known[i], len) == 0)))
			return true;
	return false;
}
