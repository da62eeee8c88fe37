/* SPDX-License-Identifier: MIT */
#include "base/array.h"
#include "cpython/cpython_heap.h"
#include "dump/dump_write.h"

#include <assert.h>
#include <inttypes.h>

#define LOWEST_OBJECT UINT64_C(65536) /* no process maps the first pages */

bool cpython_is_object(struct cpython *c, uint64_t at)
{
	if ((at & 7) != 0 || at < LOWEST_OBJECT)
		return false;
	if (memory_marked(c->m, at))
		return true;
	const uint8_t *head = memory_at(c->m, at, 16);
	if (head == NULL)
		return false;
	uint32_t refcount;
	uint64_t type;
	memcpy(&refcount, head, sizeof refcount);
	memcpy(&type, head + 8, sizeof type);
	if (refcount == 0 || type < LOWEST_OBJECT)
		return false;
	const struct cpython_type *t = cpython_type_at(c, type);
	return t != NULL && memory_at(c->m, at, cpython_bytes_of(c, t)) != NULL;
}

/* --- one reference -------------------------------------------------------------------
 */

void cpython_ref(struct cpython *c, uint64_t to, const char *label)
{
	if (to == 0)
		return;
	if (!memory_marked(c->m, to)) {
		if (!cpython_is_object(c, to) || !memory_mark(c->m, to)) {
			c->dropped++;
			return;
		}
		if (!array_reserve(&c->stack, &c->stack_cap, c->stack_count + 1,
			    sizeof *c->stack)) {
			c->nomem = true;
			return;
		}
		c->stack[c->stack_count++] = to;
	}
	if (!array_reserve(&c->refs, &c->ref_cap, c->ref_count + 1, sizeof *c->refs)) {
		c->nomem = true;
		return;
	}
	if (c->ref_count > 0)
		buffer_put(&c->labels, ", ", 2);
	assert(to <= INT64_MAX); /* memory_add() takes no other addresses */
	c->told++;
	c->refs[c->ref_count++] = (int64_t)to;
	buffer_put_text(&c->labels, label == NULL ? "null" : label);
	c->labelled |= label != NULL;
}

void cpython_ref_labelled(struct cpython *c, uint64_t to)
{
	cpython_ref(c, to, buffer_text(&c->label));
}

void cpython_ref_item(struct cpython *c, uint64_t to, uint64_t index)
{
	char label[32], *at = label + sizeof label;
	*--at = '\0';
	*--at = '"';
	*--at = ']';
	do {
		*--at = (char)('0' + index % 10);
		index /= 10;
	} while (index > 0);
	*--at = '[';
	*--at = '"';
	assert(at >= label);
	cpython_ref(c, to, at);
}

void cpython_ref_field(struct cpython *c, uint64_t object, int field, const char *label)
{
	cpython_ref(c, cpython_field(c, object, field), label);
}

void cpython_ref_named(struct cpython *c, uint64_t to, const char *before, uint64_t name,
	const char *after)
{
	if (to == 0)
		return;
	buffer_clear(&c->key);
	cpython_text(c, name, CPYTHON_TEXT_MAX, &c->key);
	buffer_clear(&c->label);
	buffer_put_char(&c->label, '"');
	buffer_put_text(&c->label, before);
	dump_write_escaped(&c->label, buffer_text(&c->key), c->key.len);
	buffer_put_text(&c->label, after);
	buffer_put_char(&c->label, '"');
	cpython_ref_labelled(c, to);
}

/* --- words of unknown meaning --------------------------------------------------------
 */

void cpython_scan(struct cpython *c, const struct cpython_type *t, uint64_t object,
	int64_t from, int64_t to)
{
	for (int64_t at = from; at + 8 <= to; at += 8) {
		/* The link to weak references does not retain them. */
		if (at == t->weak_offset)
			continue;
		uint64_t word = cpython_u64(c, object + (uint64_t)at);
		if (word == 0 || word == object || !cpython_is_object(c, word))
			continue;
		c->scanned++;
		cpython_ref(c, word,
			at == t->dict_offset ? "\".__dict__\""
					     : cpython_member_label(t, at));
	}
}

void cpython_scan_words(struct cpython *c, uint64_t at, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++) {
		uint64_t word = cpython_u64(c, at + i * 8);
		if (word == 0 || !cpython_is_object(c, word))
			continue;
		c->scanned++;
		cpython_ref(c, word, NULL);
	}
}

/* --- dicts ---------------------------------------------------------------------------
 */

/* PyDictKeysObject: a head, indices of 1 to 8 bytes each, and the entries, of (key,
 * value) where all keys are text (3.11 and newer), else of (hash, key, value). */
bool cpython_keys(struct cpython *c, uint64_t keys, struct cpython_keys *k)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t slots, indices;
	bool text = false;
	if (memory_at(c->m, keys, (uint64_t)l->dk_indices) == NULL)
		return false;
	if (l->dk_size >= 0) {
		slots = cpython_field(c, keys, l->dk_size);
		indices = slots * (slots <= 0xff                ? 1
					  : slots <= 0xffff     ? 2
					  : slots <= 0xffffffff ? 4
								: 8);
	} else {
		uint8_t log2_size = memory_u8(c->m, keys + (uint64_t)l->dk_log2_size);
		uint8_t log2_index = memory_u8(c->m, keys + (uint64_t)l->dk_log2_index);
		if (log2_size > 40 || log2_index > 43)
			return false;
		slots = UINT64_C(1) << log2_size;
		indices = UINT64_C(1) << log2_index;
		text = memory_u8(c->m, keys + (uint64_t)l->dk_kind) != 0;
	}
	k->count = cpython_field(c, keys, l->dk_nentries);
	k->usable = cpython_field(c, keys, l->dk_usable);
	if (slots > CPYTHON_ITEMS_MAX || k->count > slots)
		return false;
	k->stride = text ? 16 : 24;
	k->at = keys + (uint64_t)l->dk_indices + indices + (text ? 0 : 8);
	k->size = (uint64_t)l->dk_indices + indices + (slots << 1) / 3 * k->stride;
	k->refcount = cpython_u64(c, keys);
	return k->count == 0 ||
	       memory_at(c->m, k->at, (k->count - 1) * k->stride + 16) != NULL;
}

void cpython_ref_dict(struct cpython *c, uint64_t dict)
{
	const struct cpython_layout *l = &c->layout;
	struct cpython_keys k;
	uint64_t values = cpython_field(c, dict, l->ma_values);
	if (!cpython_keys(c, cpython_field(c, dict, l->ma_keys), &k)) {
		c->dropped++;
		return;
	}
	for (uint64_t i = 0, number = 0; i < k.count; i++) { /* some entries are empty */
		uint64_t entry = k.at + i * k.stride;
		uint64_t key = cpython_u64(c, entry);
		uint64_t value =
			values != 0
				? cpython_u64(c, values + (uint64_t)l->dv_values + i * 8)
				: cpython_u64(c, entry + 8);
		if (key == 0 || value == 0)
			continue;
		buffer_clear(&c->label);
		buffer_put(&c->label, "\"[", 2);
		cpython_key(c, key, number++, &c->label);
		buffer_put(&c->label, "]\"", 2);
		cpython_ref_labelled(c, value);
		if (values != 0)
			continue; /* all instances of the class share the keys */
		buffer_clear(&c->label);
		buffer_put(&c->label, "\"<key ", 6);
		cpython_key(c, key, number - 1, &c->label);
		buffer_put(&c->label, ">\"", 2);
		cpython_ref_labelled(c, key);
	}
}

void cpython_ref_attributes(struct cpython *c, uint64_t keys, uint64_t values)
{
	struct cpython_keys k;
	if (keys == 0 || !cpython_keys(c, keys, &k))
		return;
	for (uint64_t i = 0; i < k.count; i++)
		cpython_ref_named(c,
			cpython_u64(c, values + (uint64_t)c->layout.dv_values + i * 8),
			".", cpython_u64(c, k.at + i * k.stride), "");
}
