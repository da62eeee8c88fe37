/* SPDX-License-Identifier: MIT */
#include "base/array.h"
#include "cpython/cpython_heap.h"
#include "dump/dump_write.h"

#include <assert.h>
#include <stdlib.h>

enum {
	TYPES_MAX = 1 << 20, /* a program has some thousands */
	BASES_MAX = 64,      /* steps along the chain of bases */
	MEMBERS_MAX = 64,    /* of all bases together */
	NAME_MAX_BYTES = 200,
	BASIC_MAX = 1 << 20,
	ITEM_MAX = 4096,
	MEMBER_SIZE = 40,      /* PyMemberDef: name, type, offset, flags, doc */
	MEMBER_OBJECT = 6,     /* _Py_T_OBJECT */
	MEMBER_OBJECT_EX = 16, /* Py_T_OBJECT_EX */
};

/* C's names of the types that have a rule. */
static const struct {
	const char *name;
	enum cpython_rule rule;
} cpython_rules[] = {
	{ "list", CPYTHON_LIST },
	{ "tuple", CPYTHON_TUPLE },
	{ "dict", CPYTHON_DICT },
	{ "frozendict", CPYTHON_DICT },
	{ "collections.OrderedDict", CPYTHON_ODICT },
	{ "set", CPYTHON_SET },
	{ "frozenset", CPYTHON_SET },
	{ "function", CPYTHON_FUNCTION },
	{ "cell", CPYTHON_CELL },
	{ "code", CPYTHON_CODE },
	{ "frame", CPYTHON_FRAME },
	{ "generator", CPYTHON_GENERATOR },
	{ "coroutine", CPYTHON_COROUTINE },
	{ "async_generator", CPYTHON_ASYNC_GENERATOR },
	{ "module", CPYTHON_MODULE },
	{ "type", CPYTHON_TYPE },
	{ "str", CPYTHON_STR },
	{ "bytes", CPYTHON_BYTES },
	{ "bytearray", CPYTHON_BYTEARRAY },
	{ "bool", CPYTHON_BOOL },
	{ "int", CPYTHON_INT },
	{ "float", CPYTHON_FLOAT },
	{ "builtin_function_or_method", CPYTHON_BUILTIN },
	{ "weakref", CPYTHON_WEAKREF },
	{ "weakproxy", CPYTHON_WEAKREF },
	{ "weakcallableproxy", CPYTHON_WEAKREF },
	{ "weakref.ReferenceType", CPYTHON_WEAKREF },
	{ "weakref.ProxyType", CPYTHON_WEAKREF },
	{ "weakref.CallableProxyType", CPYTHON_WEAKREF },
	{ "getset_descriptor", CPYTHON_DESCRIPTOR },
	{ "member_descriptor", CPYTHON_DESCRIPTOR },
	{ "method_descriptor", CPYTHON_DESCRIPTOR },
	{ "wrapper_descriptor", CPYTHON_DESCRIPTOR },
	{ "classmethod_descriptor", CPYTHON_DESCRIPTOR },
	{ "BaseException", CPYTHON_EXCEPTION },
	{ "memoryview", CPYTHON_MEMORYVIEW },
	{ "collections.deque", CPYTHON_DEQUE },
	{ "functools._lru_cache_wrapper", CPYTHON_LRU_CACHE },
	{ "functools._lru_list_elem", CPYTHON_LRU_ENTRY },
	{ "hamt_array_node", CPYTHON_HAMT_NODE },
	{ "hamt_bitmap_node", CPYTHON_HAMT_NODE },
	{ "hamt_collision_node", CPYTHON_HAMT_NODE },
	{ "_contextvars.ContextVar", CPYTHON_CONTEXTVAR },
	{ "ContextVar", CPYTHON_CONTEXTVAR },
	{ "xml.etree.ElementTree.Element", CPYTHON_ELEMENT },
	{ "_queue.SimpleQueue", CPYTHON_QUEUE },
	{ "greenlet.greenlet", CPYTHON_GREENLET },
	{ "numpy.ndarray", CPYTHON_ARRAY },
	{ "array.array", CPYTHON_CARRAY },
	{ "_io.BytesIO", CPYTHON_BYTESIO },
	{ "_io.BufferedReader", CPYTHON_BUFFERED },
	{ "_io.BufferedWriter", CPYTHON_BUFFERED },
	{ "_io.BufferedRandom", CPYTHON_BUFFERED },
	{ "<dummy key>", CPYTHON_DUMMY },
};

#define CPYTHON_RULES (sizeof cpython_rules / sizeof *cpython_rules)

static uint64_t type_flags(struct cpython *c, uint64_t type)
{
	return cpython_field(c, type, c->layout.tp_flags);
}

struct type_members {
	struct cpython_member member[MEMBERS_MAX];
	size_t count;
};

static void type_add_member(
	struct cpython *c, struct type_members *all, int64_t offset, const char *name)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->member[i].offset == offset)
			return;
	if (all->count == MEMBERS_MAX)
		return;
	assert(all->count < MEMBERS_MAX);
	/* The label `".name"` lives as long as the walk. */
	buffer_clear(&c->scratch);
	buffer_put_text(&c->scratch, "\".");
	dump_write_escaped(&c->scratch, name, strnlen(name, NAME_MAX_BYTES));
	buffer_put_char(&c->scratch, '"');
	char *label = c->scratch.failed ? NULL : arena_take(&c->room, c->scratch.len + 1);
	if (label == NULL)
		return;
	memcpy(label, c->scratch.data, c->scratch.len + 1);
	all->member[all->count++] =
		(struct cpython_member){ .offset = offset, .label = label };
}

/* Slots and C members that hold objects. */
static void type_read_members(
	struct cpython *c, uint64_t type, int64_t basic, struct type_members *all)
{
	bool items =
		cpython_field(c, type, c->layout.tp_itemsize) == 8; /* may have names */
	uint64_t row = cpython_field(c, type, c->layout.tp_members);
	for (int i = 0; row != 0 && i < MEMBERS_MAX; i++, row += MEMBER_SIZE) {
		uint64_t name = cpython_u64(c, row);
		if (name == 0)
			break;
		uint32_t kind = memory_u32(c->m, row + 8);
		int64_t offset = (int64_t)cpython_u64(c, row + 16);
		if ((kind != MEMBER_OBJECT && kind != MEMBER_OBJECT_EX) || offset < 16 ||
			(offset >= basic && !items))
			continue;
		const char *text = memory_text(c->m, name);
		if (text != NULL)
			type_add_member(c, all, offset, text);
	}
}

/* Follows the bases to the first one that has a rule, and collects the slots and C
 * members that hold objects.  A program may call a class `list`, so only C's types have
 * rules: those that are static or have a dot in their names. */
static void type_find_rule(
	struct cpython *c, struct cpython_type *t, struct type_members *all)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t base = t->address;
	t->base_basic = 16;
	for (int i = 0; base != 0 && i < BASES_MAX; i++) {
		const char *name = memory_text(c->m, cpython_field(c, base, l->tp_name));
		bool heap = (type_flags(c, base) & CPYTHON_HEAP_TYPE) != 0;
		if (name != NULL && (!heap || strchr(name, '.') != NULL)) {
			size_t rule = 0;
			while (rule < CPYTHON_RULES &&
				strcmp(cpython_rules[rule].name, name) != 0)
				rule++;
			t->rule = rule < CPYTHON_RULES ? cpython_rules[rule].rule
						       : CPYTHON_OTHER;
		}
		type_read_members(c, base, t->basic, all);
		if (t->rule != CPYTHON_OTHER) {
			int64_t basic = (int64_t)cpython_field(c, base, l->tp_basicsize);
			t->exact = base == t->address;
			t->base_basic = basic < t->basic ? basic : t->basic;
			break;
		}
		base = cpython_field(c, base, l->tp_base);
	}
	if (t->rule == CPYTHON_EXCEPTION) {
		const struct {
			int offset;
			const char *name;
		} parts[] = { { l->ex_dict, "__dict__" }, { l->ex_args, "args" },
			{ l->ex_notes, "__notes__" },
			{ l->ex_traceback, "__traceback__" },
			{ l->ex_context, "__context__" }, { l->ex_cause, "__cause__" } };
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			if (parts[i].offset >= 0)
				type_add_member(c, all, parts[i].offset, parts[i].name);
		t->base_basic = 16; /* scanned like any other */
	}
	t->is_type = t->rule == CPYTHON_TYPE;
}

static struct cpython_type *type_new(struct cpython *c, uint64_t address)
{
	const struct cpython_layout *l = &c->layout;
	struct cpython_type *t = arena_take(&c->room, sizeof *t);
	if (t == NULL) {
		c->nomem = true;
		return NULL;
	}
	*t = (struct cpython_type){ .address = address,
		.flags = type_flags(c, address),
		.basic = (int64_t)cpython_field(c, address, l->tp_basicsize),
		.item = (int64_t)cpython_field(c, address, l->tp_itemsize),
		.dict_offset = (int64_t)cpython_field(c, address, l->tp_dictoffset),
		.weak_offset = (int64_t)cpython_field(c, address, l->tp_weaklistoffset) };
	/* The name, byte by byte as memsee's dumper writes it.  If the type's file is
	 * missing, only that is known. */
	uint64_t at = cpython_field(c, address, l->tp_name);
	const char *name = memory_text(c->m, at);
	buffer_clear(&c->scratch);
	if (name != NULL) {
		cpython_bytes(c, at, strnlen(name, CPYTHON_TEXT_MAX), &c->scratch);
	} else {
		const char *file = memory_missed(c->m, at);
		if (file != NULL)
			buffer_printf(&c->scratch, "(a type of %s)", file);
		name = "";
	}
	if (c->scratch.failed || c->scratch.len == 0)
		return NULL;
	char *copy = arena_take(&c->room, c->scratch.len);
	if (copy == NULL)
		return NULL;
	memcpy(copy, c->scratch.data, c->scratch.len);
	t->name = (struct dump_text){ copy, c->scratch.len };
	t->is_none = strcmp(name, "NoneType") == 0;
	t->single = t->is_none || strcmp(name, "ellipsis") == 0 ||
		    strcmp(name, "NotImplementedType") == 0 || strcmp(name, "bool") == 0;
	t->heap = (t->flags & CPYTHON_HEAP_TYPE) != 0;
	t->gc = (t->flags & CPYTHON_HAVE_GC) != 0;
	t->before = t->gc ? 16 : 0;
	uint64_t managed = !cpython_since(c, 11) ? 0
			   : !cpython_since(c, 12)
				   ? CPYTHON_MANAGED_DICT
				   : CPYTHON_MANAGED_DICT | CPYTHON_MANAGED_WEAKREF;
	if ((t->flags & managed) != 0)
		t->before += 16;
	if (t->heap)
		t->cached_keys = cpython_field(c, address, l->ht_cached_keys);
	struct type_members all = { .count = 0 };
	type_find_rule(c, t, &all);
	assert(all.count <= MEMBERS_MAX && t->base_basic <= t->basic);
	struct cpython_member *members =
		arena_take(&c->room, (all.count + 1) * sizeof *members);
	if (members == NULL) {
		c->nomem = true;
		return NULL;
	}
	memcpy(members, all.member, all.count * sizeof *members);
	t->members = members;
	t->member_count = all.count;
	return t;
}

struct type_key {
	const struct cpython *c;
	uint64_t address;
};

static bool type_same(const void *key, uint32_t item)
{
	const struct type_key *k = key;
	assert(item < k->c->type_count);
	return k->c->types[item]->address == k->address;
}

struct cpython_type *cpython_type_at(struct cpython *c, uint64_t address)
{
	if (c->last_type != NULL && c->last_type->address == address)
		return c->last_type;
	struct type_key key = { c, address };
	uint64_t hash = map_hash_number(0, address);
	uint32_t item = map_find(&c->by_address, hash, type_same, &key);
	if (item != MAP_NONE)
		return c->last_type = c->types[item];
	/* A type is an object whose own type is a subclass of `type`. */
	const struct cpython_layout *l = &c->layout;
	const uint64_t size = (uint64_t)l->tp_size;
	if ((address & 7) != 0 || memory_at(c->m, address, size) == NULL)
		return NULL;
	uint64_t meta = cpython_u64(c, address + 8);
	if ((meta & 7) != 0 || memory_at(c->m, meta, size) == NULL ||
		(type_flags(c, meta) & CPYTHON_TYPE_SUBCLASS) == 0)
		return NULL;
	int64_t basic = (int64_t)cpython_field(c, address, l->tp_basicsize);
	int64_t each = (int64_t)cpython_field(c, address, l->tp_itemsize);
	uint64_t flags = type_flags(c, address);
	/* Up to 3.9 functools leaves the type of its entries unready. */
	bool ready = (flags & CPYTHON_READY) != 0 ||
		     (!cpython_since(c, 10) && flags == CPYTHON_DEFAULT);
	if (basic < 16 || basic >= BASIC_MAX || each < 0 || each >= ITEM_MAX || !ready ||
		c->type_count == TYPES_MAX)
		return NULL;
	struct cpython_type *t = type_new(c, address);
	if (t == NULL)
		return NULL;
	if (!array_reserve(
		    &c->types, &c->type_cap, c->type_count + 1, sizeof *c->types) ||
		!map_put(&c->by_address, hash, (uint32_t)c->type_count)) {
		c->nomem = true;
		return NULL;
	}
	c->types[c->type_count++] = t;
	return c->last_type = t;
}

const char *cpython_member_label(const struct cpython_type *t, int64_t offset)
{
	for (size_t i = 0; i < t->member_count; i++)
		if (t->members[i].offset == offset)
			return t->members[i].label;
	return NULL;
}
