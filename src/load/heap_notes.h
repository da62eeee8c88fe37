/* SPDX-License-Identifier: MIT */
/* heap_notes - what a dump says of some objects beyond the tables obj and ref: what their
 * references are called, and why the interpreter itself holds them.
 *
 * Lists of labels repeat, as all objects of a class have the same attributes, so each is
 * kept once.  A list or tuple whose labels only count its items down, as every reader
 * knows anyway, has none here.  24 bytes an object that has a note, and the lists.
 *
 * The table of texts is its own instead of base/map: it gives up after a few probes, so
 * that a dump whose texts collide costs memory, not time. */
#ifndef MEMSEE_LOAD_HEAP_NOTES_H
#define MEMSEE_LOAD_HEAP_NOTES_H

#include "dump/dump.h"

/* Texts by number, from 1, in the order in which they came. */
struct heap_texts {
	char *bytes;
	size_t len, cap;
	size_t *end; /* of each */
	size_t count, end_cap;
	uint32_t *slot; /* hash table of numbers, 0: free */
	size_t slot_count;
};

struct heap_note {
	int64_t address;
	uint32_t labels, root, site; /* numbers of texts, 0: none */
};

struct heap_notes {
	struct heap_note *note;
	size_t count, cap;
	struct heap_texts texts;
};

/* A site as one text, that of `site`: the file, the line and the function, lines each. */
bool heap_notes_split(struct dump_text site, struct dump_site *out);

void heap_notes_fini(struct heap_notes *n); /* all zero is empty */
/* Notes what is to be noted of an object.  False out of memory.  Amortised O(bytes). */
bool heap_notes_put(struct heap_notes *n, const struct dump_object *o);

void heap_texts_fini(struct heap_texts *t); /* all zero is empty */
/* The number of a text, which is copied unless it is there; 0 out of memory.  Texts made
 * to collide may be kept twice. */
uint32_t heap_texts_put(struct heap_texts *t, const char *text, size_t len);
/* Text `number`: borrowed until the next put. */
struct dump_text heap_texts_get(const struct heap_texts *t, uint32_t number);

#endif
