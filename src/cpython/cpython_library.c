/* SPDX-License-Identifier: MIT */
/* The structures here are private to one C file each of CPython or numpy: no header has
 * them.  They are given as they stand there, and have stood since CPython 3.8. */
#include "cpython/cpython_heap.h"

#include <inttypes.h>
#include <stdio.h>

/* Modules/_collectionsmodule.c: the items are in a row of blocks.
 * dequeobject: …, left block (24), right block, left index (40), …
 * block: left link, 64 items, right link. */
static void library_deque(struct cpython *c, uint64_t object)
{
	enum { LEFT = 24, INDEX = 40, ITEMS = 8, BLOCK = 64, NEXT = 8 + BLOCK * 8 };
	uint64_t n = cpython_u64(c, object + 16), block = cpython_u64(c, object + LEFT);
	uint64_t index = cpython_u64(c, object + INDEX);
	for (uint64_t i = 0; i < n && n < c->words && index < BLOCK; i++) {
		if (memory_at(c->m, block, NEXT + 8) == NULL) {
			c->dropped++;
			return;
		}
		cpython_ref_item(c, cpython_u64(c, block + ITEMS + index * 8), i);
		if (++index == BLOCK) {
			index = 0;
			block = cpython_u64(c, block + NEXT);
		}
	}
}

/* Objects/odictobject.c: a dict, and a list of its keys in order, which the dict has told
 * already; then the attributes of a subclass. */
static void library_odict(struct cpython *c, uint64_t object)
{
	enum { ATTRIBUTES = 96 };
	cpython_ref(c, cpython_u64(c, object + ATTRIBUTES), "\".__dict__\"");
}

/* Modules/_functoolsmodule.c: the entries are in a ring that begins in the cache.
 * lru_list_elem: previous (16), next (24), hash, key (40), result (48). */
static void library_lru_cache(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	enum { NEXT = 24, KEY = 40, RESULT = 48, OWN = 56 };
	uint64_t entry = cpython_u64(c, object + NEXT);
	for (uint64_t i = 0; entry != object && i < c->words; i++) {
		if (memory_at(c->m, entry, OWN) == NULL)
			break;
		uint64_t key = cpython_u64(c, entry + KEY);
		buffer_clear(&c->label);
		buffer_put_text(&c->label, "\"[");
		cpython_key(c, key, i, &c->label);
		buffer_put_text(&c->label, "]\"");
		cpython_ref_labelled(c, cpython_u64(c, entry + RESULT));
		buffer_clear(&c->label);
		buffer_put_text(&c->label, "\"<key ");
		cpython_key(c, key, i, &c->label);
		buffer_put_text(&c->label, ">\"");
		cpython_ref_labelled(c, key);
		if (cpython_since(c, 10)) /* told with its cache, its class too */
			cpython_ref(c, cpython_u64(c, entry + 8), NULL);
		uint64_t next = cpython_u64(c, entry + NEXT);
		if (next == entry || memory_u64(c->m, next + 16) != entry)
			break; /* no ring */
		entry = next;
	}
	cpython_scan(c, t, object, OWN, t->basic);
}

/* Python/hamt.c: pairs of a key, NULL where the other is a node of its own, and a value;
 * the keys are context variables, whose name is their first field. */
static void library_hamt_node(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	enum { NODES = 16, ITEMS = 32, NAME = 16 };
	if (t->item == 0) { /* of 32 nodes */
		cpython_scan_words(c, object + NODES, 32);
		return;
	}
	uint64_t n = cpython_u64(c, object + 16), first = object + ITEMS;
	if (n > CPYTHON_ITEMS_MAX || memory_at(c->m, first, n * 8) == NULL)
		return;
	for (uint64_t i = 0; i + 1 < n; i += 2) {
		uint64_t key = cpython_u64(c, first + i * 8);
		uint64_t value = cpython_u64(c, first + i * 8 + 8);
		if (key == 0) {
			cpython_ref(c, value, NULL);
			continue;
		}
		cpython_ref(c, key, NULL);
		if (cpython_is_object(c, key))
			cpython_ref_named(
				c, value, "<context ", cpython_u64(c, key + NAME), ">");
	}
}

/* numpy/ndarraytypes.h, PyArrayObject_fields: data (16), number of dimensions (24),
 * dimensions (32), strides (40), base (48), descriptor (56), flags; of PyArray_Descr the
 * kind (24), 'O' for an array of objects. */
static void library_array(struct cpython *c, uint64_t object)
{
	enum { DATA = 16, RANK = 24, SIZES = 32, STRIDES = 40, DESCR = 56, KIND = 24 };
	enum { RANK_MAX = 64 };
	uint64_t data = cpython_u64(c, object + DATA), at[RANK_MAX] = { 0 };
	uint32_t rank = memory_u32(c->m, object + RANK);
	uint64_t sizes = cpython_u64(c, object + SIZES);
	uint64_t strides = cpython_u64(c, object + STRIDES);
	if (memory_u8(c->m, cpython_u64(c, object + DESCR) + KIND) != 'O' ||
		rank > RANK_MAX || memory_at(c->m, sizes, rank * 8) == NULL ||
		memory_at(c->m, strides, rank * 8) == NULL)
		return;
	uint64_t count = 1;
	for (uint32_t d = 0; d < rank; d++) {
		uint64_t size = cpython_u64(c, sizes + d * 8);
		if (size > c->words || count * size > c->words)
			return;
		count *= size;
	}
	for (uint64_t i = 0; i < count; i++) {
		uint64_t place = data;
		buffer_clear(&c->label);
		buffer_put_text(&c->label, "\"[");
		for (uint32_t d = 0; d < rank; d++) {
			place += at[d] * cpython_u64(c, strides + d * 8);
			buffer_printf(&c->label, "%s%" PRIu64, d > 0 ? ", " : "", at[d]);
		}
		buffer_put_text(&c->label, "]\"");
		if (memory_at(c->m, place, 8) == NULL) {
			c->dropped++;
			return;
		}
		cpython_ref_labelled(c, cpython_u64(c, place));
		for (uint32_t d = rank; d-- > 0;) {
			if (++at[d] < cpython_u64(c, sizes + d * 8))
				break;
			at[d] = 0;
		}
	}
}

void cpython_describe_library(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	switch (t->rule) {
	case CPYTHON_DEQUE:
		library_deque(c, object);
		break;
	case CPYTHON_ODICT:
		library_odict(c, object);
		break;
	case CPYTHON_LRU_CACHE:
		library_lru_cache(c, t, object);
		break;
	case CPYTHON_HAMT_NODE:
		library_hamt_node(c, t, object);
		break;
	case CPYTHON_ARRAY:
		library_array(c, object);
		break;
	default:
		break;
	}
}
