/* SPDX-License-Identifier: MIT */
#include "cpython/cpython_heap.h"

#include <assert.h>

enum { POINTER = 8, SIZE_MAX_SANE = 48 }; /* no object has 2^48 bytes */

static uint64_t size_items(struct cpython *c, uint64_t object)
{
	int64_t n = (int64_t)cpython_u64(c, object + 16);
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

/* Objects/dictobject.c: a table that several dicts share counts for none of them. */
static uint64_t size_dict(struct cpython *c, uint64_t dict)
{
	struct cpython_keys k;
	if (!cpython_keys(c, cpython_field(c, dict, c->layout.ma_keys), &k))
		return 0;
	uint64_t size = k.refcount == 1 ? k.size : 0;
	if (cpython_field(c, dict, c->layout.ma_values) != 0)
		size += (k.count + k.usable) * POINTER;
	return size;
}

static uint64_t size_variables(struct cpython *c, uint64_t code)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t stack = memory_u32(c->m, code + (uint64_t)l->co_stacksize);
	if (l->co_nlocalsplus >= 0)
		return POINTER *
		       (stack + memory_u32(c->m, code + (uint64_t)l->co_nlocalsplus));
	return POINTER *
	       (stack + memory_u32(c->m, code + (uint64_t)l->co_nlocals) +
		       cpython_u64(c, cpython_field(c, code, l->co_cellvars) + 16) +
		       cpython_u64(c, cpython_field(c, code, l->co_freevars) + 16));
}

/* Objects/codeobject.c: up to 3.10 caches and the map of cells are outside the object. */
static uint64_t size_code(struct cpython *c, const struct cpython_type *t, uint64_t code)
{
	enum { OPCACHE = 32 }; /* sizeof(_PyOpcache): 3.8 to 3.10 */
	const struct cpython_layout *l = &c->layout;
	uint64_t size = (uint64_t)t->basic + (uint64_t)t->item * size_items(c, code);
	size = (size + POINTER - 1) & ~(uint64_t)(POINTER - 1);
	uint64_t extra = cpython_field(c, code, l->co_extra);
	if (extra != 0)
		size += 8 + POINTER * cpython_u64(c, extra);
	if (cpython_field(c, code, l->co_cell2arg) != 0)
		size += POINTER *
			cpython_u64(c, cpython_field(c, code, l->co_cellvars) + 16);
	if (cpython_field(c, code, l->co_opcache_map) != 0)
		size += cpython_u64(c, cpython_field(c, code, l->co_code) + 16) / 2 +
			OPCACHE * memory_u8(c->m, code + (uint64_t)l->co_opcache_size);
	return size;
}

/* The types of CPython's library and of numpy: bytes besides those of the object itself.
 */
static uint64_t size_library(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	uint64_t size = 0;
	switch (t->rule) {
	case CPYTHON_ODICT: { /* Objects/odictobject.c: fast nodes, and 4 words per node
			       */
		enum { FAST_NODES_SIZE = 72 };
		size = size_dict(c, object) +
		       POINTER * cpython_u64(c, object + FAST_NODES_SIZE) +
		       4 * POINTER * cpython_field(c, object, c->layout.ma_used);
		break;
	}
	case CPYTHON_DEQUE: { /* blocks of two links and 64 items */
		enum { LEFT_INDEX = 40, BLOCK = 64 };
		uint64_t slots =
			cpython_u64(c, object + LEFT_INDEX) + size_items(c, object);
		uint64_t blocks = (slots + BLOCK - 1) / BLOCK;
		size = (blocks == 0 ? 1 : blocks) * (BLOCK + 2) * POINTER;
		break;
	}
	case CPYTHON_BYTESIO: { /* the buffer counts unless it is shared */
		uint64_t buffer = cpython_u64(c, object + 16);
		if (!cpython_since(c, 12) && buffer != 0 && memory_u32(c->m, buffer) == 1)
			size = 33 + cpython_u64(c, buffer + 16);
		break;
	}
	case CPYTHON_BUFFERED: { /* Modules/_io/bufferedio.c: …, size, mask, dict, weak */
		uint64_t end = object + (uint64_t)t->base_basic;
		uint64_t room = cpython_u64(c, end - 32);
		if (cpython_u64(c, end - 24) == room - 1) /* it is a power of two */
			size = room;
		break;
	}
	case CPYTHON_CARRAY: { /* Modules/arraymodule.c: room for items of one size */
		enum { ROOM = 32, KIND = 40, ITEM = 4 };
		size = cpython_u64(c, object + ROOM) *
		       memory_u32(c->m, cpython_u64(c, object + KIND) + ITEM);
		break;
	}
	case CPYTHON_ARRAY: {
		/* numpy: sizes and strides, and the data of arrays that own them and are
		 * in C's order, whose first stride has their size. */
		enum { RANK = 24, SIZES = 32, STRIDES = 40, FLAGS = 64 };
		enum { IN_ORDER = 1, OWNED = 4 };
		uint64_t rank = memory_u32(c->m, object + RANK);
		uint32_t flags = memory_u32(c->m, object + FLAGS);
		size = 2 * POINTER * rank;
		if ((flags & OWNED) != 0 && (flags & IN_ORDER) != 0 && rank > 0)
			size += cpython_u64(c, cpython_u64(c, object + SIZES)) *
				cpython_u64(c, cpython_u64(c, object + STRIDES));
		break;
	}
	default:
		assert(false && "a type of the library");
	}
	return size;
}

int64_t cpython_size(struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t size = (uint64_t)t->basic, before = (uint64_t)t->before;
	switch (t->rule) {
	case CPYTHON_LIST:
		size += cpython_u64(c, object + (uint64_t)l->li_items + 8) * POINTER;
		break;
	case CPYTHON_DICT:
		size += size_dict(c, object);
		break;
	case CPYTHON_SET:
		if (cpython_field(c, object, l->se_table) !=
			object + (uint64_t)l->se_smalltable)
			size += (cpython_field(c, object, l->se_mask) + 1) * 2 * POINTER;
		break;
	case CPYTHON_STR: {
		uint32_t state = memory_u32(c->m, object + (uint64_t)l->us_state);
		uint64_t width = (state & (unsigned)l->us_kind_bits) /
				 (unsigned)(l->us_kind_bits & -l->us_kind_bits);
		bool compact = (state & (unsigned)l->us_compact_bits) != 0;
		bool ascii = compact && (state & (unsigned)l->us_ascii_bits) != 0;
		uint64_t utf8 = cpython_field(c, object, l->us_utf8);
		size = (uint64_t)(ascii     ? l->us_ascii_size
				  : compact ? l->us_compact_size
					    : l->us_size) +
		       (cpython_field(c, object, l->us_length) + 1) * width;
		/* The UTF-8 of a text that is not ASCII, once somebody asked for it. */
		if (!ascii && utf8 != 0 && utf8 != cpython_field(c, object, l->us_data))
			size += cpython_field(c, object, l->us_utf8_length) + 1;
		break;
	}
	case CPYTHON_INT:
	case CPYTHON_BOOL: {
		uint64_t digits = cpython_int_digits(c, object);
		if (!cpython_since(c, 12)) /* of a subclass only the digits count */
			size = 24;
		size += 4 * (digits == 0 && cpython_since(c, 11) ? 1 : digits);
		break;
	}
	case CPYTHON_TYPE: {
		struct cpython_keys keys;
		uint64_t cached = cpython_field(c, object, l->ht_cached_keys);
		bool heap =
			(cpython_field(c, object, l->tp_flags) & CPYTHON_HEAP_TYPE) != 0;
		size = (uint64_t)(heap ? l->ht_size : l->tp_size);
		if (heap && cached != 0 && cpython_keys(c, cached, &keys))
			size += keys.size;
		/* A static type has no words of the collector, but some versions count
		 * them. */
		before = heap || (cpython_since(c, 11) && !cpython_since(c, 13)) ? 16 : 0;
		break;
	}
	case CPYTHON_CODE:
		size = size_code(c, t, object);
		break;
	case CPYTHON_FRAME:
		if (l->fr_frame < 0) /* one variable is within the object */
			size += size_variables(c, cpython_field(c, object, l->fr_code)) -
				POINTER;
		else
			size = (uint64_t)(l->fr_data + l->if_localsplus) +
			       size_variables(
				       c, cpython_field(c,
						  cpython_field(c, object, l->fr_frame),
						  l->if_code) &
						  ~UINT64_C(3));
		break;
	case CPYTHON_GENERATOR:
	case CPYTHON_COROUTINE:
	case CPYTHON_ASYNC_GENERATOR:
		if (l->gi_iframe >= 0)
			size = (uint64_t)(l->gi_iframe + l->if_localsplus) +
			       size_variables(c,
				       cpython_field(c, object + (uint64_t)l->gi_iframe,
					       l->if_code) &
					       ~UINT64_C(3));
		break;
	case CPYTHON_BYTEARRAY:
		size += cpython_u64(c, object + 24);
		break;
	case CPYTHON_ODICT:
	case CPYTHON_DEQUE:
	case CPYTHON_BYTESIO:
	case CPYTHON_BUFFERED:
	case CPYTHON_CARRAY:
	case CPYTHON_ARRAY:
		size += size_library(c, t, object);
		break;
	default:
		if (t->item != 0)
			size += (uint64_t)t->item * size_items(c, object);
	}
	size += before;
	return size >> SIZE_MAX_SANE != 0 ? 0 : (int64_t)size;
}
