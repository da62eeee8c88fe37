/* SPDX-License-Identifier: MIT */
#include "load/heap_notes.h"

#include "base/array.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* After this many collisions a search gives up. */
	TEXTS_PROBES_MAX = 64,
	TEXTS_SLOTS_MIN = 64,
};

void heap_texts_fini(struct heap_texts *t)
{
	free(t->bytes);
	free(t->end);
	free(t->slot);
	*t = (struct heap_texts){ 0 };
}

struct dump_text heap_texts_get(const struct heap_texts *t, uint32_t number)
{
	assert(number > 0 && number <= t->count);
	size_t start = number == 1 ? 0 : t->end[number - 2];
	return (struct dump_text){ t->bytes + start, t->end[number - 1] - start };
}

/* The slot of the text, or else a free one; SIZE_MAX if neither is near. */
static size_t heap_texts_find(const struct heap_texts *t, const char *text, size_t len)
{
	/* The hash multiplies in eight bytes at a time (Knuth, The Art of Computer
	 * Programming, vol. 3, 6.4) and folds the high half into the low one. */
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	const char *at = text, *end = text + len;
	uint64_t hash = len, word;
	for (; (size_t)(end - at) >= sizeof word; at += sizeof word) {
		memcpy(&word, at, sizeof word);
		hash = (hash ^ word) * factor;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, at, (size_t)(end - at));
	hash = (hash ^ word) * factor;
	hash ^= hash >> 32;

	assert(t->slot_count > 0 && (t->slot_count & (t->slot_count - 1)) == 0);
	for (size_t i = 0; i < TEXTS_PROBES_MAX; i++) {
		size_t slot = ((size_t)hash + i) & (t->slot_count - 1);
		if (t->slot[slot] == 0)
			return slot;
		struct dump_text other = heap_texts_get(t, t->slot[slot]);
		if (other.len == len && memcmp(other.data, text, len) == 0)
			return slot;
	}
	return SIZE_MAX;
}

uint32_t heap_texts_put(struct heap_texts *t, const char *text, size_t len)
{
	if (t->count >= UINT32_MAX - 1)
		return 0;
	/* More than half of the slots stay free. */
	if (t->slot_count <= 2 * t->count) {
		size_t count = t->slot_count == 0 ? TEXTS_SLOTS_MIN : 2 * t->slot_count;
		uint32_t *slot = array_new_zeroed(count, sizeof *slot);
		if (slot == NULL)
			return 0;
		free(t->slot);
		t->slot = slot;
		t->slot_count = count;
		for (uint32_t number = 1; number <= t->count; number++) {
			struct dump_text known = heap_texts_get(t, number);
			size_t at = heap_texts_find(t, known.data, known.len);
			if (at != SIZE_MAX)
				t->slot[at] = number;
		}
	}
	size_t at = heap_texts_find(t, text, len);
	if (at != SIZE_MAX && t->slot[at] != 0)
		return t->slot[at];
	if (!array_reserve(&t->bytes, &t->cap, t->len + len + 1, 1) ||
		!array_reserve(&t->end, &t->end_cap, t->count + 1, sizeof *t->end))
		return 0;
	memcpy(t->bytes + t->len, text, len);
	t->len += len;
	t->end[t->count++] = t->len;
	if (at != SIZE_MAX)
		t->slot[at] = (uint32_t)t->count;
	return (uint32_t)t->count;
}

void heap_notes_fini(struct heap_notes *n)
{
	heap_texts_fini(&n->texts);
	if (n->cap > 0)
		free(n->note);
	*n = (struct heap_notes){ 0 };
}

bool heap_notes_settle(struct heap_notes *n, struct arena *room, struct heap_notes *spare)
{
	assert(spare->note == NULL && spare->count == 0);
	if (n->count == 0) {
		spare->note = n->note;
		spare->cap = n->cap;
		n->note = NULL;
		n->cap = 0;
		return true;
	}
	assert(n->cap >= n->count);
	struct heap_note *note = arena_copy(room, n->note, n->count * sizeof *note);
	if (note == NULL)
		return false;
	spare->note = n->note;
	spare->cap = n->cap;
	n->note = note;
	n->cap = 0;
	return true;
}

bool heap_notes_split(struct dump_text site, struct dump_site *out)
{
	char *rest;
	*out = (struct dump_site){ .line = strtoll(site.data, &rest, 10) };
	const char *end = site.data + site.len, *file = rest + 1;
	const char *line = memrchr(site.data, '\n', site.len);
	if (line == NULL || line < file)
		return false;
	out->file = (struct dump_text){ file, (size_t)(line - file) };
	out->function = (struct dump_text){ line + 1, (size_t)(end - line - 1) };
	return true;
}

bool heap_notes_put(struct heap_notes *n, const struct dump_object *o)
{
	struct heap_note note = { .address = o->address };
	bool labels = o->labels.data != NULL, root = o->root.data != NULL;
	bool site = o->site.file.data != NULL;
	if (!labels && !root && !site)
		return true;
	/* The labels of a list or tuple that only count its items down, "[2]", "[1]",
	 * "[0]", are not kept. */
	bool list = o->type.len == 4 && memcmp(o->type.data, "list", 4) == 0;
	bool tuple = o->type.len == 5 && memcmp(o->type.data, "tuple", 5) == 0;
	if (labels && (list || tuple) && o->has_len && o->len >= 1 &&
		(uint64_t)o->len == o->ref_count) {
		char first[32];
		int len = snprintf(first, sizeof first, "[\"[%zu]\"", o->ref_count - 1);
		assert(len > 0 && (size_t)len < sizeof first);
		labels = o->labels.len <= (size_t)len ||
			 memcmp(o->labels.data, first, (size_t)len) != 0;
		if (!labels && !root && !site)
			return true;
	}
	if (site) {
		struct buffer text = BUFFER_INIT;
		buffer_printf(&text, "%" PRId64 "\n", o->site.line);
		buffer_put(&text, o->site.file.data, o->site.file.len);
		buffer_put_char(&text, '\n');
		buffer_put(&text, o->site.function.data, o->site.function.len);
		if (!text.failed)
			note.site = heap_texts_put(&n->texts, text.data, text.len);
		buffer_fini(&text);
	}
	if (labels)
		note.labels = heap_texts_put(&n->texts, o->labels.data, o->labels.len);
	if (root)
		note.root = heap_texts_put(&n->texts, o->root.data, o->root.len);
	if ((labels && note.labels == 0) || (root && note.root == 0) ||
		(site && note.site == 0) ||
		!array_reserve(&n->note, &n->cap, n->count + 1, sizeof *n->note))
		return false;
	n->note[n->count++] = note;
	return true;
}
