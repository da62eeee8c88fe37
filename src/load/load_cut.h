/* SPDX-License-Identifier: MIT */
/* load_cut - finds where the objects of a dump begin and end.
 *
 * A dump is either one object per line or one JSON array of objects, in any layout. Lines
 * are cut at line ends, whatever is in them, so damage in one line does not affect the
 * next.  In an array, braces outside strings are counted; an unbalanced brace spoils the
 * rest. */
#ifndef MEMSEE_LOAD_LOAD_CUT_H
#define MEMSEE_LOAD_LOAD_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct load_cutter {
	bool array;
	bool in_string, escaped;
	unsigned depth; /* how many braces and brackets are open */
};

/* Decides by the first bytes of the dump.  False if they are only white space. */
bool load_cutter_start(struct load_cutter *c, const char *data, size_t len);

/* The length of the whole lines or elements in data[0..end-1], 0 if there are none.
 * data[0..from-1] were passed before. */
size_t load_cutter_cut(struct load_cutter *c, const char *data, size_t from, size_t end);

/* An element of an array, or the text in place of one. */
struct load_element {
	const char *at;
	size_t len;
	bool is_object;
	uint64_t lines_before; /* line ends between the element before and this one */
	uint64_t lines_within;
};

/* Moves on from e->at + e->len to the next element before `end`.  False if there is none;
 * then `lines_before` counts the rest. */
bool load_next_element(struct load_element *e, const char *end);

#endif
