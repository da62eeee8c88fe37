/* SPDX-License-Identifier: MIT */
/* The first walk: collects what the objects need, wherever it is in the file, and divides
 * the second walk into shares. */
#include "foreign/hprof.h"

#include "base/array.h"
#include "base/search.h"
#include "base/utf8.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of a share: a part of the dump, but neither many small ones nor more than the
 * caches of a processor hold. */
enum { HPROF_SHARES = 8, HPROF_SHARE_MIN = 64 << 10, HPROF_SHARE_MAX = 4 << 20 };

/* --- finding by id -------------------------------------------------------------------
 */

/* The key of a lookup: an item of an array whose items begin with their ids. */
struct hprof_key {
	const void *items;
	size_t size; /* of an item */
	uint64_t id;
};

static_assert(offsetof(struct hprof_string, id) == 0 &&
		      offsetof(struct hprof_class, id) == 0 &&
		      offsetof(struct hprof_frame, id) == 0 &&
		      offsetof(struct hprof_trace, serial) == 0,
	"an item begins with its id");

static bool hprof_same(const void *key, uint32_t item)
{
	const struct hprof_key *k = key;
	uint64_t id;
	memcpy(&id, (const char *)k->items + item * k->size, sizeof id);
	return id == k->id;
}

/* The place in `items` of the one with that id, or MAP_NONE. */
static uint32_t hprof_find(
	const struct map *m, const void *items, size_t size, uint64_t id)
{
	const struct hprof_key key = { items, size, id };
	return map_find(m, id, hprof_same, &key);
}

struct hprof_class *hprof_find_class(const struct hprof *h, uint64_t id)
{
	uint32_t i = hprof_find(&h->by_class, h->class, sizeof *h->class, id);
	return i == MAP_NONE ? NULL : &h->class[i];
}

struct dump_text hprof_text(const struct hprof *h, uint64_t id)
{
	uint32_t i = hprof_find(&h->by_string, h->string, sizeof *h->string, id);
	if (i == MAP_NONE)
		return (struct dump_text){ 0 };
	/* Names are in Java's modified UTF-8; sequences that are not valid UTF-8 are
	 * rare. */
	const char *text = (const char *)h->string[i].data;
	if (!utf8_is_valid(text, h->string[i].len))
		return (struct dump_text){ "?", 1 };
	return (struct dump_text){ text, h->string[i].len };
}

const struct hprof_trace *hprof_find_trace(const struct hprof *h, uint32_t serial)
{
	uint32_t i = hprof_find(&h->by_trace, h->trace, sizeof *h->trace, serial);
	return i == MAP_NONE ? NULL : &h->trace[i];
}

const struct hprof_frame *hprof_find_frame(const struct hprof *h, uint64_t id)
{
	uint32_t i = hprof_find(&h->by_frame, h->frame, sizeof *h->frame, id);
	return i == MAP_NONE ? NULL : &h->frame[i];
}

bool hprof_find_place(
	const struct hprof *h, uint64_t id, size_t *near, struct hprof_item *item)
{
	const struct hprof_place *place = h->place;
	size_t low = *near < h->places ? *near : 0, high = low, step = 1;
	if (h->places == 0)
		return false;
	/* A string and its characters are mostly close together, so the search begins
	 * where the last one ended: in steps that double, then by halves. */
	while (low > 0 && place[low].id >= id) {
		high = low;
		low -= step < low ? step : low;
		step *= 2;
	}
	while (high < h->places && place[high].id < id) {
		low = high + 1;
		high = step < h->places - high ? high + step : h->places;
		step *= 2;
	}
	assert(low <= high && high <= h->places);
	size_t at;
	SEARCH_FIRST(at, high - low, place[low + at].id >= id);
	at += low;
	if (at == h->places || place[at].id != id)
		return false;
	*near = at;
	struct hprof_walk w = { .data = h->data,
		.len = h->len,
		.at = place[at].at,
		.heap_end = h->len,
		.id_size = h->id_size };
	return hprof_next(&w, item);
}

/* --- collecting ----------------------------------------------------------------------
 */

/* The class of that id, a new one if need be; NULL out of memory. */
static struct hprof_class *hprof_add_class(struct hprof *h, uint64_t id)
{
	struct hprof_class *c = hprof_find_class(h, id);
	if (c != NULL)
		return c;
	if (!array_reserve(&h->class, &h->class_cap, h->classes + 1, sizeof *h->class) ||
		!map_put(&h->by_class, id, (uint32_t)h->classes))
		return NULL;
	c = &h->class[h->classes++];
	*c = (struct hprof_class){ .id = id, .stride = UINT32_MAX };
	return c;
}

/* A class's name as people write it: [Lfoo/Bar; is foo.Bar[], [I is int[]. */
static char *hprof_name(struct hprof *h, struct dump_text t)
{
	static const char letters[] = "ZCFDBSIJ";
	static const char *const primitives[] = { "boolean", "char", "float", "double",
		"byte", "short", "int", "long" };
	size_t dimensions = 0;
	while (dimensions < t.len && t.data[dimensions] == '[')
		dimensions++;
	struct dump_text base = { t.data + dimensions, t.len - dimensions };
	const char *letter =
		dimensions > 0 && base.len == 1 ? strchr(letters, base.data[0]) : NULL;
	if (letter != NULL && *letter != '\0') {
		const char *word = primitives[letter - letters];
		base = (struct dump_text){ word, strlen(word) };
	} else if (dimensions > 0 && base.len > 2 && base.data[0] == 'L' &&
		   base.data[base.len - 1] == ';') {
		base = (struct dump_text){ base.data + 1, base.len - 2 };
	}
	/* The address in the name of a lambda's class differs from run to run. */
	const char *place = memmem(base.data, base.len, "$$Lambda", 8);
	place = place == NULL
			? NULL
			: memmem(place, (size_t)(base.data + base.len - place), "0x", 2);
	if (place != NULL)
		base.len = (size_t)(place - base.data) - 1;
	char *name = arena_take(&h->room, base.len + 2 * dimensions + 1);
	if (name == NULL)
		return NULL;
	for (size_t i = 0; i < base.len; i++)
		name[i] = base.data[i] == '/'    ? '.'
			  : base.data[i] == '\0' ? '?'
						 : base.data[i];
	for (size_t i = 0; i < dimensions; i++)
		memcpy(name + base.len + 2 * i, "[]", 2);
	name[base.len + 2 * dimensions] = '\0';
	return name;
}

static bool hprof_take_load(struct hprof *h, const struct hprof_item *item)
{
	if (item->len < 8 + 2 * h->id_size)
		return true;
	uint32_t serial = (uint32_t)hprof_number(item->data, 4);
	uint64_t id = hprof_number(item->data + 4, h->id_size);
	struct dump_text name =
		hprof_text(h, hprof_number(item->data + 8 + h->id_size, h->id_size));
	struct hprof_class *c = hprof_add_class(h, id);
	if (c == NULL)
		return false;
	if (c->name == NULL && name.data != NULL) {
		c->name = hprof_name(h, name);
		if (c->name == NULL)
			return false;
	}
	/* Serial numbers are consecutive; one that is far ahead is ignored. */
	if (serial == 0 || serial > 2 * h->serials + 4096)
		return true;
	if (!array_reserve(&h->serial, &h->serial_cap, serial, sizeof *h->serial))
		return false;
	while (h->serials < serial)
		h->serial[h->serials++] = HPROF_NONE;
	h->serial[serial - 1] = (uint32_t)(c - h->class);
	return true;
}

static bool hprof_take_frame(struct hprof *h, const struct hprof_item *item)
{
	unsigned n = h->id_size;
	if (item->len < 4 * n + 8)
		return true;
	struct hprof_frame f = { .id = hprof_number(item->data, n),
		.method = hprof_number(item->data + n, n),
		.file = hprof_number(item->data + 3 * n, n),
		.class = (uint32_t)hprof_number(item->data + 4 * n, 4),
		.line = (int32_t)hprof_number(item->data + 4 * n + 4, 4) };
	if (hprof_find_frame(h, f.id) != NULL)
		return true;
	if (!array_reserve(&h->frame, &h->frame_cap, h->frames + 1, sizeof *h->frame) ||
		!map_put(&h->by_frame, f.id, (uint32_t)h->frames))
		return false;
	h->frame[h->frames++] = f;
	return true;
}

static bool hprof_take_place(struct hprof *h, uint64_t id, size_t at)
{
	if (!array_reserve(&h->place, &h->place_cap, h->places + 1, sizeof *h->place))
		return false;
	h->unsorted |= h->places > 0 && h->place[h->places - 1].id > id;
	h->place[h->places++] = (struct hprof_place){ id, at };
	return true;
}

struct hprof_indexer {
	struct hprof *h;
	struct hprof_class *last; /* the class of the object before, NULL for an array */
	uint64_t last_id;
};

static bool hprof_take_object(
	struct hprof_indexer *x, const struct hprof_item *item, size_t at)
{
	enum { STRIDE_MAX = 1 << 16, LINE_MAX = 32 };
	struct hprof *h = x->h;
	struct hprof_class *last = x->last;
	/* Where objects are in the order of their allocation, the distance to the next
	 * one is the size. */
	if (last != NULL && item->id > x->last_id && item->id - x->last_id < STRIDE_MAX &&
		item->id - x->last_id < last->stride)
		last->stride = (uint32_t)(item->id - x->last_id);
	x->last = NULL;
	x->last_id = item->id;
	if (item->tag == HPROF_PRIMITIVES)
		return (item->element != HPROF_CHAR && item->element != HPROF_BYTE) ||
		       hprof_take_place(h, item->id, at);
	if (item->tag != HPROF_INSTANCE)
		return true;
	struct hprof_class *c = x->last = hprof_find_class(h, item->class);
	/* Does the class lead up to one whose contents are read: strings and threads?
	 * Where a class comes after its instances it is not known, and neither are they.
	 */
	if (c != NULL && c->record != NULL && !c->asked) {
		const struct hprof_class *up = c;
		c->asked = true;
		for (int i = 0; up != NULL && up->name != NULL && i < LINE_MAX; i++) {
			c->wanted |= strcmp(up->name, "java.lang.String") == 0 ||
				     strcmp(up->name, "java.lang.Thread") == 0;
			up = hprof_find_class(h, up->super);
		}
	}
	return c == NULL || !c->wanted || hprof_take_place(h, item->id, at);
}

static bool hprof_take(struct hprof_indexer *x, const struct hprof_item *item, size_t at)
{
	struct hprof *h = x->h;
	bool object = item->in_heap &&
		      (item->tag == HPROF_INSTANCE || item->tag == HPROF_OBJECTS ||
			      item->tag == HPROF_PRIMITIVES);
	if (object)
		return hprof_take_object(x, item, at);
	x->last = NULL;
	if (!item->in_heap)
		switch (item->tag) {
		case HPROF_STRING: {
			if (item->len < h->id_size)
				return true;
			uint64_t id = hprof_number(item->data, h->id_size);
			if (hprof_find(&h->by_string, h->string, sizeof *h->string, id) !=
				MAP_NONE)
				return true;
			if (!array_reserve(&h->string, &h->string_cap, h->strings + 1,
				    sizeof *h->string) ||
				!map_put(&h->by_string, id, (uint32_t)h->strings))
				return false;
			h->string[h->strings++] =
				(struct hprof_string){ id, item->data + h->id_size,
					(uint32_t)item->len - h->id_size };
			return true;
		}
		case HPROF_LOAD_CLASS:
			return hprof_take_load(x->h, item);
		case HPROF_FRAME:
			return hprof_take_frame(x->h, item);
		case HPROF_TRACE: {
			enum { HEADER = 12 };
			if (item->len < HEADER)
				return true;
			struct hprof_trace t = { .serial = hprof_number(item->data, 4),
				.thread = (uint32_t)hprof_number(item->data + 4, 4),
				.count = (uint32_t)hprof_number(item->data + 8, 4),
				.frames = item->data + HEADER };
			if (t.count > (item->len - HEADER) / h->id_size)
				t.count = (uint32_t)((item->len - HEADER) / h->id_size);
			if (hprof_find_trace(h, (uint32_t)t.serial) != NULL)
				return true;
			if (!array_reserve(&h->trace, &h->trace_cap, h->traces + 1,
				    sizeof *h->trace) ||
				!map_put(&h->by_trace, t.serial, (uint32_t)h->traces))
				return false;
			h->trace[h->traces++] = t;
			return true;
		}
		default:
			return true;
		}
	switch (item->tag) {
	case HPROF_CLASS: {
		struct hprof_class *c = hprof_add_class(h, item->id);
		if (c == NULL)
			return false;
		if (c->record != NULL)
			return true;
		c->record = item->data;
		c->record_len = item->len;
		c->trace = item->trace;
		c->super = hprof_number(item->data, h->id_size);
		c->loader = hprof_number(item->data + h->id_size, h->id_size);
		return true;
	}
	case 0:
	case HPROF_PRIMITIVES_NODATA:
	case HPROF_HEAP_INFO:
	case HPROF_UNREACHABLE:
		return true;
	default: /* a root */
		if (!array_reserve(&h->root, &h->root_cap, h->roots + 1, sizeof *h->root))
			return false;
		struct hprof_root r = { .id = item->id, .tag = (uint8_t)item->tag };
		if (item->len >= 4 && item->tag != HPROF_ROOT_JNI_GLOBAL)
			r.thread = (uint32_t)hprof_number(item->data, 4);
		if (item->len == 8)
			r.frame = (uint32_t)hprof_number(item->data + 4, 4);
		h->root[h->roots++] = r;
		return true;
	}
}

/* How much a root says: a thread more than the class loader. */
static unsigned hprof_root_rank(uint8_t tag)
{
	static const uint8_t order[] = { HPROF_ROOT_THREAD, HPROF_ROOT_JAVA_FRAME,
		HPROF_ROOT_JNI_LOCAL, HPROF_ROOT_NATIVE_STACK, HPROF_ROOT_THREAD_BLOCK,
		HPROF_ROOT_JNI_GLOBAL, HPROF_ROOT_MONITOR, HPROF_ROOT_STICKY_CLASS };
	unsigned i = 0;
	while (i < sizeof order && order[i] != tag)
		i++;
	return i;
}

static int hprof_compare_roots(const void *a, const void *b)
{
	const struct hprof_root *x = a, *y = b;
	unsigned p = hprof_root_rank(x->tag), q = hprof_root_rank(y->tag);
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (p != q)
		return p < q ? -1 : 1;
	return (x->thread > y->thread) - (x->thread < y->thread);
}

static int hprof_compare_places(const void *a, const void *b)
{
	const struct hprof_place *x = a, *y = b;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static bool hprof_begin_share(
	struct hprof *h, const struct hprof_walk *start, uint64_t number)
{
	if (!array_reserve(&h->share, &h->share_cap, h->shares + 1, sizeof *h->share) ||
		!array_reserve(
			&h->before, &h->before_cap, h->shares + 1, sizeof *h->before))
		return false;
	h->share[h->shares] = *start;
	/* What precedes the first object belongs to its share. */
	h->before[h->shares] = h->shares == 0 ? 0 : number;
	h->shares++;
	return true;
}

bool hprof_index(struct hprof *h, struct dump_sink *sink, struct error *err)
{
	struct hprof_indexer x = { .h = h };
	struct hprof_walk w = {
		.data = h->data, .len = h->len, .at = h->start, .id_size = h->id_size
	};
	struct hprof_item item;
	size_t share = h->len / HPROF_SHARES;
	share = share < HPROF_SHARE_MIN ? HPROF_SHARE_MIN : share;
	share = share > HPROF_SHARE_MAX ? HPROF_SHARE_MAX : share;
	/* Objects are numbered from 2, as if the header were the first. */
	uint64_t number = 1;
	for (;;) {
		const struct hprof_walk start = w;
		size_t last = h->shares == 0 ? 0 : h->share[h->shares - 1].at;
		if (!hprof_next(&w, &item))
			break;
		if (h->shares == 0 || start.at - last >= share) {
			if (!hprof_begin_share(h, &start, number))
				return error_nomem(err);
			dump_input_let_go(h->data, last, start.at);
		}
		number += hprof_is_object(&item);
		if (!hprof_take(&x, &item, start.at))
			return error_nomem(err);
		if (w.fault.reason[0] != '\0' &&
			!sink->reject(sink->data, 1, w.fault_len, &w.fault, err))
			return false;
	}
	h->torn = w.torn;
	if (h->roots > 0)
		qsort(h->root, h->roots, sizeof *h->root, hprof_compare_roots);
	if (h->unsorted)
		qsort(h->place, h->places, sizeof *h->place, hprof_compare_places);
	return true;
}

void hprof_fini(struct hprof *h)
{
	for (size_t i = 0; i < h->classes; i++)
		free(h->class[i].field);
	free(h->string);
	free(h->class);
	free(h->serial);
	free(h->frame);
	free(h->trace);
	free(h->root);
	free(h->place);
	free(h->share);
	free(h->before);
	map_fini(&h->by_string);
	map_fini(&h->by_class);
	map_fini(&h->by_frame);
	map_fini(&h->by_trace);
	arena_fini(&h->room);
}
