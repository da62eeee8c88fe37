/* SPDX-License-Identifier: MIT */
/* heap_notes - data of objects that the tables obj and ref have no columns for: the
 * labels of their references, why the interpreter itself holds them, where they were
 * allocated.
 *
 * Lists of labels repeat, because all objects of a class have the same attributes, so
 * each list is kept once.  The labels of a list or tuple that only count its items down
 * are left out.  24 bytes per object that has a note, and the lists.
 *
 * The table of texts does not use base/map: a search gives up after a few probes, so that
 * a dump whose texts collide costs memory, not time. */
#ifndef MEMSEE_LOAD_HEAP_NOTES_H
#define MEMSEE_LOAD_HEAP_NOTES_H

#include "base/arena.h"
#include "dump/dump.h"

/* Texts, numbered from 1 in the order in which they came. */
struct heap_texts {
	char *bytes;
	size_t len, cap;
	size_t *end; /* where each text ends */
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
	size_t count, cap; /* cap 0: they are in an arena */
	struct heap_texts texts;
};

/* Splits the text of a note's `site`: the line, the file and the function, on a line
 * each. */
bool heap_notes_split(struct dump_text site, struct dump_site *out);

void heap_notes_fini(struct heap_notes *n); /* all zero is empty */
/* Adds a note for an object that has something to note.  False out of memory.  Amortised
 * O(bytes). */
bool heap_notes_put(struct heap_notes *n, const struct dump_object *o);
/* Moves the notes to `room`; from then on none can be added.  `spare`, which is empty,
 * takes over the array that they were in.  False out of memory. */
bool heap_notes_settle(
	struct heap_notes *n, struct arena *room, struct heap_notes *spare);

void heap_texts_fini(struct heap_texts *t); /* all zero is empty */
/* The number of a text, which is copied if it is new; 0 out of memory.  Texts that were
 * made to collide may be kept twice. */
uint32_t heap_texts_put(struct heap_texts *t, const char *text, size_t len);
/* Text `number`: borrowed until the next put. */
struct dump_text heap_texts_get(const struct heap_texts *t, uint32_t number);

#endif
