/* SPDX-License-Identifier: MIT */
/* Every length and count in a dump is compared with what is left before it is believed.
 */
#include "foreign/hprof.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

unsigned hprof_width(unsigned id_size, unsigned type)
{
	static const unsigned char widths[HPROF_TYPES] = { 0, 0, 0, 0, 1, 2, 4, 8, 1, 2,
		4, 8 };
	return type == HPROF_OBJECT ? id_size : type < HPROF_TYPES ? widths[type] : 0;
}

/* A cursor over what is left of a record. */
struct hprof_cursor {
	const unsigned char *at, *end;
	bool short_of; /* the record ended early */
	bool odd;      /* an unknown type */
};

static uint64_t hprof_take(struct hprof_cursor *c, unsigned width)
{
	if (c->short_of || (size_t)(c->end - c->at) < width) {
		c->short_of = true;
		return 0;
	}
	c->at += width;
	return hprof_number(c->at - width, width);
}

static void hprof_skip(struct hprof_cursor *c, uint64_t count)
{
	if (c->short_of || (size_t)(c->end - c->at) < count)
		c->short_of = true;
	else
		c->at += count;
}

/* Values, each behind its type: constants and static fields. */
static void hprof_skip_values(struct hprof_cursor *c, unsigned before, unsigned id_size)
{
	uint64_t count = hprof_take(c, 2);
	for (uint64_t i = 0; i < count && !c->short_of && !c->odd; i++) {
		hprof_skip(c, before);
		unsigned width = hprof_width(id_size, (unsigned)hprof_take(c, 1));
		c->odd = width == 0 && !c->short_of;
		hprof_skip(c, width);
	}
}

/* How many bytes follow the id of a root, or -1 for any other tag. */
static int hprof_root_rest(unsigned tag, unsigned id_size)
{
	switch (tag) {
	case HPROF_ROOT_UNKNOWN:
	case HPROF_ROOT_STICKY_CLASS:
	case HPROF_ROOT_MONITOR:
	case HPROF_ROOT_INTERNED:
	case HPROF_ROOT_FINALIZING:
	case HPROF_ROOT_DEBUGGER:
	case HPROF_ROOT_CLEANUP:
	case HPROF_ROOT_VM:
	case HPROF_UNREACHABLE:
		return 0;
	case HPROF_ROOT_JNI_GLOBAL:
		return (int)id_size;
	case HPROF_ROOT_NATIVE_STACK:
	case HPROF_ROOT_THREAD_BLOCK:
		return 4;
	case HPROF_ROOT_JNI_LOCAL:
	case HPROF_ROOT_JAVA_FRAME:
	case HPROF_ROOT_THREAD:
	case HPROF_ROOT_JNI_MONITOR:
		return 8;
	default:
		return -1;
	}
}

/* One record within a heap.  False for an unknown tag. */
static bool hprof_take_item(
	struct hprof_cursor *c, unsigned id_size, struct hprof_item *item)
{
	switch (item->tag) {
	case HPROF_CLASS:
		item->id = hprof_take(c, id_size);
		item->trace = (uint32_t)hprof_take(c, 4);
		item->data = c->at;
		hprof_skip(c, HPROF_CLASS_REFERENCES * id_size + 4);
		hprof_skip_values(c, 2, id_size);
		hprof_skip_values(c, id_size, id_size);
		hprof_skip(c, hprof_take(c, 2) * (id_size + 1));
		item->len = (size_t)(c->at - item->data);
		return true;
	case HPROF_INSTANCE:
		item->id = hprof_take(c, id_size);
		item->trace = (uint32_t)hprof_take(c, 4);
		item->class = hprof_take(c, id_size);
		item->len = (size_t)hprof_take(c, 4);
		item->data = c->at;
		hprof_skip(c, item->len);
		return true;
	case HPROF_OBJECTS:
	case HPROF_PRIMITIVES:
	case HPROF_PRIMITIVES_NODATA: {
		unsigned width = id_size;
		item->id = hprof_take(c, id_size);
		item->trace = (uint32_t)hprof_take(c, 4);
		item->count = (uint32_t)hprof_take(c, 4);
		if (item->tag == HPROF_OBJECTS) {
			item->class = hprof_take(c, id_size);
		} else {
			item->element = (uint8_t)hprof_take(c, 1);
			width = hprof_width(id_size, item->element);
			c->odd = width == 0 && !c->short_of;
		}
		item->data = c->at;
		item->len = item->tag == HPROF_PRIMITIVES_NODATA
				    ? 0
				    : (size_t)item->count * (size_t)width;
		hprof_skip(c, item->len);
		return true;
	}
	case HPROF_HEAP_INFO:
		hprof_skip(c, 4 + id_size);
		return true;
	default: {
		int rest = hprof_root_rest(item->tag, id_size);
		if (rest < 0)
			return false;
		item->id = hprof_take(c, id_size);
		item->data = c->at;
		item->len = (size_t)rest;
		hprof_skip(c, item->len);
		return true;
	}
	}
}

enum hprof_step { HPROF_ITEM, HPROF_LEFT, HPROF_TORN };

static enum hprof_step hprof_tear(struct hprof_walk *w)
{
	w->torn = "the last record breaks off";
	w->at = w->len;
	return HPROF_TORN;
}

/* A record of a heap.  A heap of 4 GB or more in one record has the low 32 bits of its
 * length, or 0: it ends a multiple of 4 GB later, or at the first record that does not
 * belong to a heap. */
static enum hprof_step hprof_next_in_heap(struct hprof_walk *w, struct hprof_item *item)
{
	struct hprof_cursor c = { w->data + w->at, w->data + w->len, false, false };
	*item = (struct hprof_item){ .in_heap = true, .tag = *c.at++ };
	bool known = hprof_take_item(&c, w->id_size, item);
	size_t end = (size_t)(c.at - w->data);
	if (!known && w->heap_open_end) {
		w->heap_end = w->at;
		return HPROF_LEFT;
	}
	if (known && !c.odd && c.short_of)
		return hprof_tear(w);
	while (known && w->heap_end < end && w->len - w->heap_end > UINT32_MAX)
		w->heap_end += (size_t)UINT32_MAX + 1;
	if (known && !c.odd && end <= w->heap_end) {
		w->at = end;
		return HPROF_ITEM;
	}
	snprintf(w->fault.reason, sizeof w->fault.reason,
		"byte %zu: %s, tag 0x%02x; %zu bytes of the heap are skipped", w->at + 1,
		!known  ? "a record of an unknown kind"
		: c.odd ? "a value of an unknown type"
			: "a record that is longer than its heap",
		item->tag, w->heap_end - w->at);
	w->fault.column = 1;
	w->fault_len = w->heap_end - w->at;
	w->at = w->heap_end;
	item->tag = 0;
	return HPROF_ITEM;
}

struct hprof_class_parts hprof_take_apart(const unsigned char *record, unsigned id_size)
{
	struct hprof_class_parts parts = { .references = record };
	const unsigned char *at = record + (size_t)HPROF_CLASS_REFERENCES * id_size + 4;
	/* Constants: an index, a type, a value. */
	uint64_t constants = hprof_number(at, 2);
	for (at += 2; constants > 0; constants--)
		at += 3 + hprof_width(id_size, at[2]);
	parts.static_count = (uint32_t)hprof_number(at, 2);
	at += 2;
	parts.statics = at;
	for (uint32_t i = 0; i < parts.static_count; i++)
		hprof_next_static(&at, id_size);
	parts.field_count = (uint32_t)hprof_number(at, 2);
	parts.fields = at + 2;
	return parts;
}

struct hprof_member hprof_next_field(const unsigned char **at, unsigned id_size)
{
	struct hprof_member m = { .name = hprof_number(*at, id_size),
		.type = (*at)[id_size] };
	*at += id_size + 1;
	return m;
}

struct hprof_member hprof_next_static(const unsigned char **at, unsigned id_size)
{
	struct hprof_member m = hprof_next_field(at, id_size);
	unsigned width = hprof_width(id_size, m.type);
	assert(width > 0);
	m.value = hprof_number(*at, width);
	*at += width;
	return m;
}

bool hprof_is_object(const struct hprof_item *item)
{
	return item->in_heap &&
	       (item->tag == HPROF_CLASS || item->tag == HPROF_INSTANCE ||
		       item->tag == HPROF_OBJECTS || item->tag == HPROF_PRIMITIVES ||
		       item->tag == HPROF_PRIMITIVES_NODATA);
}

bool hprof_next(struct hprof_walk *w, struct hprof_item *item)
{
	enum { HEADER = 9 };
	enum hprof_step step = HPROF_LEFT;
	assert(w->at <= w->len && w->heap_end <= w->len);
	w->fault.reason[0] = '\0';
	if (w->at < w->heap_end)
		step = hprof_next_in_heap(w, item);
	if (step != HPROF_LEFT)
		return step == HPROF_ITEM;
	/* Outside of heaps: a tag, a time and a length before each record. */
	if (w->len - w->at < HEADER)
		return w->at != w->len && hprof_tear(w) == HPROF_ITEM;
	const unsigned char *at = w->data + w->at;
	size_t len = (size_t)hprof_number(at + 5, 4), left = w->len - w->at - HEADER;
	*item = (struct hprof_item){ .tag = at[0], .data = at + HEADER, .len = len };
	if (item->tag == HPROF_HEAP || item->tag == HPROF_HEAP_SEGMENT) {
		w->at += HEADER;
		w->heap_open_end = len == 0 && item->tag == HPROF_HEAP;
		w->heap_end = w->heap_open_end || len > left ? w->len : w->at + len;
		item->len = 0;
		return true;
	}
	if (len > left)
		return hprof_tear(w) == HPROF_ITEM;
	w->at += HEADER + len;
	return true;
}
