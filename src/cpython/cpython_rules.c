/* SPDX-License-Identifier: MIT */
#include "cpython/cpython_heap.h"

#include <assert.h>
#include <inttypes.h>

static uint64_t rules_length(struct cpython *c, uint64_t object)
{
	int64_t n = (int64_t)cpython_u64(c, object + 16);
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

static void rules_set_length(struct dump_object *o, uint64_t length)
{
	o->has_len = length <= INT64_MAX;
	o->len = (int64_t)length;
}

struct closure_key {
	const struct cpython *c;
	uint64_t tuple;
};

static bool closure_same(const void *key, uint32_t item)
{
	const struct closure_key *k = key;
	return k->c->closures[2 * (size_t)item] == k->tuple;
}

/* The items of a struct sequence have names, as C members.  A tuple of cells, a closure,
 * has the names of its function's free variables. */
static void rules_tuple(struct cpython *c, const struct cpython_type *t, uint64_t object,
	struct dump_object *o)
{
	const struct cpython_layout *l = &c->layout;
	const struct closure_key key = { c, object };
	uint32_t closure =
		map_find(&c->by_closure, map_hash_number(0, object), closure_same, &key);
	assert(closure == MAP_NONE || closure < c->closure_count);
	uint64_t code = closure == MAP_NONE ? 0 : c->closures[2 * (size_t)closure + 1];
	uint64_t n = rules_length(c, object);
	uint64_t items = object + (uint64_t)l->tu_items;
	rules_set_length(o, n);
	if (n > CPYTHON_ITEMS_MAX || memory_at(c->m, items, n * 8) == NULL) {
		c->dropped += n > 0;
		return;
	}
	/* Free variables are the last of all names; up to 3.10 they have a tuple. */
	uint64_t names = cpython_field(
		c, code, l->co_freevars >= 0 ? l->co_freevars : l->co_localsplusnames);
	uint64_t named = rules_length(c, names);
	if (code == 0 || named < n || memory_at(c->m, names, 24 + named * 8) == NULL)
		named = 0;
	for (uint64_t i = 0; i < n; i++) {
		uint64_t item = cpython_u64(c, items + i * 8);
		const char *member =
			cpython_member_label(t, l->tu_items + (int64_t)i * 8);
		if (member != NULL)
			cpython_ref(c, item, member);
		else if (named == 0)
			cpython_ref_item(c, item, i);
		else
			cpython_ref_named(c, item, "<closure ",
				cpython_u64(c, names + (uint64_t)l->tu_items +
						       (named - n + i) * 8),
				">");
	}
}

/* Functions, modules and types: their parts and their names. */
static void rules_definition(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	const struct cpython_layout *l = &c->layout;
	if (t->rule == CPYTHON_FUNCTION) {
		cpython_ref_field(c, object, l->fn_code, "\".__code__\"");
		cpython_ref_field(c, object, l->fn_globals, "\".__globals__\"");
		cpython_ref_field(c, object, l->fn_module, "\".__module__\"");
		cpython_ref_field(c, object, l->fn_defaults, "\".__defaults__\"");
		cpython_ref_field(c, object, l->fn_kwdefaults, "\".__kwdefaults__\"");
		cpython_ref_field(c, object, l->fn_doc, "\".__doc__\"");
		cpython_ref_field(c, object, l->fn_name, "\".__name__\"");
		cpython_ref_field(c, object, l->fn_dict, "\".__dict__\"");
		cpython_ref_field(c, object, l->fn_closure, "\".__closure__\"");
		cpython_ref_field(c, object, l->fn_annotations, "\".__annotations__\"");
		cpython_ref_field(c, object, l->fn_annotate, "\".__annotate__\"");
		cpython_ref_field(c, object, l->fn_typeparams, "\".__type_params__\"");
		cpython_ref_field(c, object, l->fn_qualname, "\".__qualname__\"");
		cpython_ref_field(c, object, l->fn_builtins, "\".__builtins__\"");
		cpython_text(c, cpython_field(c, object, l->fn_name), CPYTHON_TEXT_MAX,
			&c->object_name);
		return;
	}
	if (t->rule == CPYTHON_MODULE) {
		/* The state of a C module belongs to C, so its words are scanned. */
		enum { STATE_SIZE = 56, STATE_MAX = 1 << 20 }; /* PyModuleDef.m_size */
		uint64_t state = cpython_field(c, object, l->mo_state);
		uint64_t definition = cpython_field(c, object, l->mo_def);
		uint64_t dict = cpython_field(c, object, l->mo_dict);
		uint64_t size = definition == 0
					? cpython_field(c, object, l->mo_state_size)
					: cpython_u64(c, definition + STATE_SIZE);
		cpython_ref(c, dict, "\".__dict__\"");
		if (state != 0 && size < STATE_MAX)
			cpython_scan_words(c, state, size / 8);
		cpython_text(c, cpython_dict_get(c, dict, "__name__"), CPYTHON_TEXT_MAX,
			&c->object_name);
		return;
	}
	assert(t->rule == CPYTHON_TYPE);
	const struct cpython_type *defined = cpython_type_at(c, object);
	if (defined == NULL)
		return;
	buffer_put(&c->object_name, defined->name.data, defined->name.len);
	cpython_ref_field(c, object, l->tp_dict, "\".__dict__\"");
	cpython_ref_field(c, object, l->tp_mro, "\".__mro__\"");
	cpython_ref_field(c, object, l->tp_bases, "\".__bases__\"");
	cpython_ref_field(c, object, l->tp_base, "\".__base__\"");
	if (!defined->heap)
		return;
	cpython_ref_field(c, object, l->tp_cache, NULL);
	cpython_ref_field(c, object, l->ht_module, NULL);
	cpython_scan(c, t, object, l->ht_size, t->basic);
}

/* Lists, dicts and sets: their lengths and their items. */
static void rules_container(struct cpython *c, const struct cpython_type *t,
	uint64_t object, struct dump_object *o)
{
	const struct cpython_layout *l = &c->layout;
	if (t->rule == CPYTHON_DICT || t->rule == CPYTHON_ODICT) {
		rules_set_length(o, cpython_field(c, object, l->ma_used));
		cpython_ref_dict(c, object);
		if (t->rule == CPYTHON_ODICT)
			cpython_describe_library(c, t, object);
		return;
	}
	if (t->rule == CPYTHON_LIST) {
		uint64_t n = rules_length(c, object);
		uint64_t items = cpython_field(c, object, l->li_items);
		rules_set_length(o, n);
		if (n == 0 || n > CPYTHON_ITEMS_MAX)
			return;
		if (memory_at(c->m, items, n * 8) == NULL) {
			c->dropped++;
			return;
		}
		for (uint64_t i = 0; i < n; i++)
			cpython_ref_item(c, cpython_u64(c, items + i * 8), i);
		return;
	}
	/* A hash table of pairs of an element and its hash. */
	assert(t->rule == CPYTHON_SET);
	uint64_t mask = cpython_field(c, object, l->se_mask);
	uint64_t table = cpython_field(c, object, l->se_table);
	rules_set_length(o, cpython_field(c, object, l->se_used));
	if (mask >= CPYTHON_ITEMS_MAX ||
		memory_at(c->m, table, (mask + 1) * 16) == NULL) {
		c->dropped++;
		return;
	}
	for (uint64_t i = 0; i <= mask; i++) {
		uint64_t element = cpython_u64(c, table + i * 16);
		const struct cpython_type *of =
			element == 0 ? NULL : cpython_type_of(c, element);
		if (of != NULL && of->rule != CPYTHON_DUMMY)
			cpython_ref(c, element, NULL);
	}
}

/* The values of text and numbers. */
static void rules_value(struct cpython *c, const struct cpython_type *t, uint64_t object,
	struct dump_object *o)
{
	int64_t number;
	uint64_t n = rules_length(c, object);
	switch (t->rule) {
	case CPYTHON_STR:
		rules_set_length(o, cpython_field(c, object, c->layout.us_length));
		cpython_text(c, object, CPYTHON_TEXT_MAX, &c->value);
		break;
	case CPYTHON_BYTES:
		rules_set_length(o, n);
		cpython_bytes(c, object + 32, n < CPYTHON_TEXT_MAX ? n : CPYTHON_TEXT_MAX,
			&c->value);
		break;
	case CPYTHON_INT:
		if (!t->exact || !cpython_int(c, object, &number))
			return;
		buffer_printf(&c->value, "%" PRId64, number);
		o->value_is_number = true;
		break;
	case CPYTHON_BOOL:
		buffer_put_text(&c->value, cpython_int(c, object, &number) && number != 0
						   ? "True"
						   : "False");
		break;
	default:
		return;
	}
	o->value = (struct dump_text){ buffer_text(&c->value), c->value.len };
}

/* The references that no rule has told: words from `from` on, items of unknown types,
 * attributes, and the class. */
static void rules_rest(
	struct cpython *c, const struct cpython_type *t, uint64_t object, int64_t from)
{
	if (from < t->basic)
		cpython_scan(
			c, t, object, from == 16 && t->item != 0 ? 24 : from, t->basic);
	if (t->rule == CPYTHON_OTHER && t->item == 8 && t->gc) {
		uint64_t n = rules_length(c, object), items = object + (uint64_t)t->basic;
		if (n < CPYTHON_ITEMS_MAX && memory_at(c->m, items, n * 8) != NULL)
			cpython_scan_words(c, items, n);
	}
	uint64_t values = 0, dict = 0;
	if ((t->flags & CPYTHON_MANAGED_DICT) != 0 && t->heap && !t->is_type &&
		cpython_since(c, 11)) {
		/* Attributes that the instance keeps itself, and its dict once somebody
		 * asked for it: Objects/object_layout.md of CPython.  3.11 has two words
		 * for them in front of the object, 3.12 one, whose lowest bit tells them
		 * apart, and from 3.13 on the values are behind the object. */
		enum { VALID = 3 }; /* PyDictValues.valid */
		dict = cpython_u64(c, object - 24);
		if (cpython_since(c, 13)) {
			uint64_t end = object + (uint64_t)t->basic;
			if ((t->flags & CPYTHON_INLINE_VALUES) != 0 &&
				memory_u8(c->m, end + VALID) != 0)
				values = end;
		} else if (!cpython_since(c, 12)) {
			values = cpython_u64(c, object - 32);
			dict = values != 0 ? 0 : dict;
		} else if ((dict & 1) != 0) {
			values = dict + 1;
			dict = 0;
		}
	} else if (t->dict_offset < -1) {
		/* A negative offset counts from the end of an object of variable size. */
		uint64_t n = t->rule == CPYTHON_INT ? cpython_int_digits(c, object)
						    : rules_length(c, object);
		uint64_t size =
			((uint64_t)t->basic + n * (uint64_t)t->item + 7) & ~UINT64_C(7);
		dict = cpython_u64(c, object + size + (uint64_t)t->dict_offset);
	}
	if (values != 0)
		cpython_ref_attributes(c, t->cached_keys, values);
	cpython_ref(c, dict, "\".__dict__\"");
	if (t->heap)
		cpython_ref(c, t->address, "\".__class__\"");
}

void cpython_describe(struct cpython *c, const struct cpython_type *t, uint64_t object,
	struct dump_object *o)
{
	int64_t scan = t->base_basic; /* words from here on are scanned */
	bool leaf = false;
	if (c->told / CPYTHON_SHARED > c->words)
		return;
	switch (t->rule) {
	case CPYTHON_STR:
	case CPYTHON_BYTES:
	case CPYTHON_INT:
	case CPYTHON_BOOL:
	case CPYTHON_FLOAT:
	case CPYTHON_BYTEARRAY:
	case CPYTHON_DUMMY:
	case CPYTHON_LRU_ENTRY: /* told with its cache, as the collector does */
		rules_value(c, t, object, o);
		leaf = !t->heap || t->exact;
		break;
	case CPYTHON_LIST:
	case CPYTHON_DICT:
	case CPYTHON_ODICT:
	case CPYTHON_SET:
		rules_container(c, t, object, o);
		break;
	case CPYTHON_TUPLE:
		rules_tuple(c, t, object, o);
		scan = t->basic; /* the items follow the head */
		break;
	case CPYTHON_FUNCTION:
	case CPYTHON_MODULE:
		rules_definition(c, t, object);
		break;
	case CPYTHON_CELL:
		cpython_ref(c, cpython_u64(c, object + 16), "\".cell_contents\"");
		break;
	case CPYTHON_CODE:
		cpython_describe_code(c, object);
		scan = t->basic;
		break;
	case CPYTHON_FRAME:
		cpython_describe_frame(c, object);
		scan = t->basic;
		break;
	case CPYTHON_GENERATOR:
	case CPYTHON_COROUTINE:
	case CPYTHON_ASYNC_GENERATOR:
		cpython_describe_generator(c, t, object);
		scan = t->basic;
		break;
	case CPYTHON_TYPE:
		rules_definition(c, t, object);
		scan = t->basic;
		break;
	case CPYTHON_BUILTIN: /* method, self, module, weak references, vectorcall, class
			       */
		cpython_ref(c, cpython_u64(c, object + 24), "\".__self__\"");
		cpython_ref(c, cpython_u64(c, object + 32), "\".__module__\"");
		cpython_scan(c, t, object, 56, t->basic);
		scan = t->basic;
		break;
	case CPYTHON_WEAKREF: /* its object is borrowed */
		cpython_ref(c, cpython_u64(c, object + 24), "\".__callback__\"");
		break;
	case CPYTHON_DESCRIPTOR:
		cpython_ref(c, cpython_u64(c, object + 16), "\".__objclass__\"");
		break;
	case CPYTHON_MEMORYVIEW: /* the buffer it manages; the rest is of the buffer */
		cpython_ref(c, cpython_u64(c, object + 24), NULL);
		break;
	default: /* of the library */
		cpython_describe_library(c, t, object);
		if (t->rule == CPYTHON_HAMT_NODE)
			scan = t->basic;
		break;
	case CPYTHON_BYTESIO:
	case CPYTHON_BUFFERED:
		scan = 16;
		break;
	case CPYTHON_CARRAY:
	case CPYTHON_EXCEPTION:
	case CPYTHON_OTHER:
		break;
	}
	if (!leaf)
		rules_rest(c, t, object, scan);
	if (c->object_name.len > 0)
		o->name = (struct dump_text){ buffer_text(&c->object_name),
			c->object_name.len };
}
