/* SPDX-License-Identifier: MIT */
/* The objects of CPython's library and of numpy.  Each of their structures is private to
 * one C file, so no header has it.  The offsets here are those of CPython 3.8 and later.
 */
#include "cpython/cpython_heap.h"

#include <inttypes.h>
#include <stdio.h>

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
		if (cpython_since(
			    c, 10)) /* the entry's class, as it has no line itself */
			cpython_ref(c, cpython_u64(c, entry + 8), NULL);
		uint64_t next = cpython_u64(c, entry + NEXT);
		if (next == entry || memory_u64(c->m, next + 16) != entry)
			break; /* no ring */
		entry = next;
	}
	cpython_scan(c, t, object, OWN, t->basic);
}

/* Python/hamt.c: pairs of a key and a value, or of NULL and another node.  The keys are
 * context variables, whose first field is their name. */
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

/* Modules/_elementtree.c: tag (16), text (24), tail (32), where the lowest bit of the
 * last two marks a list of strings to be joined; a block (40) of attributes, length, room
 * and the array of children (24). */
static void library_element(struct cpython *c, uint64_t object)
{
	enum { TAG = 16, TEXT = 24, TAIL = 32, EXTRA = 40, LENGTH = 8, CHILDREN = 24 };
	uint64_t extra = cpython_u64(c, object + EXTRA);
	uint64_t n = extra == 0 ? 0 : cpython_u64(c, extra + LENGTH);
	uint64_t children = cpython_u64(c, extra + CHILDREN);
	cpython_ref(c, cpython_u64(c, object + TAG), "\".tag\"");
	cpython_ref(c, cpython_u64(c, object + TEXT) & ~UINT64_C(1), "\".text\"");
	cpython_ref(c, cpython_u64(c, object + TAIL) & ~UINT64_C(1), "\".tail\"");
	if (extra == 0)
		return;
	cpython_ref(c, cpython_u64(c, extra), "\".attrib\"");
	if (n > CPYTHON_ITEMS_MAX || memory_at(c->m, children, n * 8) == NULL) {
		c->dropped += n > 0;
		return;
	}
	for (uint64_t i = 0; i < n; i++)
		cpython_ref_item(c, cpython_u64(c, children + i * 8), i);
}

/* Modules/_queuemodule.c: a list (32) up to 3.12, then a ring: index of the first item
 * (32), the items (40), room for items (48), number of items (56). */
static void library_queue(struct cpython *c, uint64_t object)
{
	enum { LIST = 32, FIRST = 32, ITEMS = 40, ROOM = 48, COUNT = 56 };
	if (!cpython_since(c, 13)) {
		cpython_ref(c, cpython_u64(c, object + LIST), NULL);
		return;
	}
	uint64_t items = cpython_u64(c, object + ITEMS);
	uint64_t room = cpython_u64(c, object + ROOM), n = cpython_u64(c, object + COUNT);
	uint64_t first = cpython_u64(c, object + FIRST);
	if (room > CPYTHON_ITEMS_MAX || n > room || first >= room ||
		memory_at(c->m, items, room * 8) == NULL)
		return;
	for (uint64_t i = 0; i < n; i++)
		cpython_ref_item(c, cpython_u64(c, items + (first + i) % room * 8), i);
}

/* numpy/ndarraytypes.h, PyArrayObject_fields: data (16), number of dimensions (24),
 * dimensions (32), strides (40), base (48), descriptor (56), flags (64); of PyArray_Descr
 * the kind (24), 'O' for an array of objects, 'V' for one of records, whose words are
 * scanned if the array is in C's order. */
static void library_array(struct cpython *c, uint64_t object)
{
	enum { DATA = 16, RANK = 24, SIZES = 32, STRIDES = 40, BASE = 48, DESCR = 56 };
	enum { FLAGS = 64, KIND = 24, RANK_MAX = 64 };
	uint64_t data = cpython_u64(c, object + DATA), at[RANK_MAX] = { 0 };
	uint32_t rank = memory_u32(c->m, object + RANK);
	uint64_t sizes = cpython_u64(c, object + SIZES);
	uint64_t strides = cpython_u64(c, object + STRIDES);
	uint64_t descr = cpython_u64(c, object + DESCR);
	uint8_t kind = memory_u8(c->m, descr + KIND);
	cpython_ref(c, cpython_u64(c, object + BASE), "\".base\"");
	cpython_ref(c, descr, "\".dtype\"");
	if ((kind != 'O' && kind != 'V') || rank > RANK_MAX ||
		memory_at(c->m, sizes, rank * 8) == NULL ||
		memory_at(c->m, strides, rank * 8) == NULL)
		return;
	uint64_t count = 1;
	for (uint32_t d = 0; d < rank; d++) {
		uint64_t size = cpython_u64(c, sizes + d * 8);
		if (size > c->words || count * size > c->words)
			return;
		count *= size;
	}
	if (kind == 'V') {
		uint64_t bytes =
			rank == 0 ? 0 : cpython_u64(c, sizes) * cpython_u64(c, strides);
		if ((memory_u32(c->m, object + FLAGS) & 1) != 0 &&
			memory_at(c->m, data, bytes) != NULL)
			cpython_scan_words(c, data, bytes / 8);
		return;
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
	case CPYTHON_DEQUE: {
		/* Modules/_collectionsmodule.c: the items are in a chain of blocks.
		 * dequeobject: …, left block (24), right block, left index (40), …
		 * block: left link, 64 items, right link. */
		enum {
			LEFT = 24,
			INDEX = 40,
			ITEMS = 8,
			BLOCK = 64,
			NEXT = 8 + BLOCK * 8
		};
		uint64_t n = cpython_u64(c, object + 16);
		uint64_t block = cpython_u64(c, object + LEFT);
		uint64_t index = cpython_u64(c, object + INDEX);
		for (uint64_t i = 0; i < n && n < c->words && index < BLOCK; i++) {
			if (memory_at(c->m, block, NEXT + 8) == NULL) {
				c->dropped++;
				break;
			}
			uint64_t item = cpython_u64(c, block + ITEMS + index * 8);
			cpython_ref_item(c, item, i);
			index = (index + 1) % BLOCK;
			if (index == 0)
				block = cpython_u64(c, block + NEXT);
		}
		break;
	}
	case CPYTHON_ODICT: {
		/* Objects/odictobject.c: a dict, and an ordered list of its keys, which
		 * refers to them again; then the attributes of a subclass.  Keys that are
		 * all text are told once, as the collector does. */
		enum { ATTRIBUTES = 96 };
		struct cpython_keys k;
		bool again = cpython_keys(c, cpython_field(c, object, c->layout.ma_keys),
				     &k) &&
			     k.stride == 24;
		for (uint64_t i = 0; again && i < k.count; i++) {
			uint64_t entry = k.at + i * k.stride;
			if (cpython_u64(c, entry + 8) != 0)
				cpython_ref(c, cpython_u64(c, entry), NULL);
		}
		cpython_ref(c, cpython_u64(c, object + ATTRIBUTES), "\".__dict__\"");
		break;
	}
	case CPYTHON_LRU_CACHE:
		library_lru_cache(c, t, object);
		break;
	case CPYTHON_HAMT_NODE:
		library_hamt_node(c, t, object);
		break;
	case CPYTHON_CONTEXTVAR:
		/* Python/context.c: name (16), default (24).  The value that was looked
		 * up last comes after them and belongs to a context. */
		cpython_ref(c, cpython_u64(c, object + 16), "\".name\"");
		cpython_ref(c, cpython_u64(c, object + 24), NULL);
		break;
	case CPYTHON_ELEMENT:
		library_element(c, object);
		break;
	case CPYTHON_QUEUE:
		library_queue(c, object);
		break;
	case CPYTHON_GREENLET: {
		/* greenlet 2 and newer: weak references (16), dict (24), and an object of
		 * C++ (32) that begins with its table of functions.  Its layout depends
		 * on CPython's version, so its words are scanned, up to the next such
		 * object; it also refers back to the greenlet. */
		enum { DICT = 24, OWN = 32, WORDS_MAX = 32 };
		uint64_t own = cpython_u64(c, object + OWN);
		cpython_ref(c, cpython_u64(c, object + DICT), "\".__dict__\"");
		for (uint64_t i = 1; own != 0 && i < WORDS_MAX; i++) {
			uint64_t word = cpython_u64(c, own + i * 8);
			if (word == cpython_u64(c, own))
				break;
			if (word == 0 || word == object || !cpython_is_object(c, word))
				continue;
			const struct cpython_type *of = cpython_type_of(c, word);
			bool frame = of != NULL && of->rule == CPYTHON_FRAME;
			c->scanned++;
			cpython_ref(c, word, frame ? "\".gr_frame\"" : NULL);
		}
		break;
	}
	case CPYTHON_ARRAY:
		library_array(c, object);
		break;
	default:
		break;
	}
}
