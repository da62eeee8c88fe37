/* SPDX-License-Identifier: MIT */
/* load_cut - where one object of a dump ends and the next begins.
 *
 * A dump is either objects one a line or one JSON array of objects, in any layout.  Lines
 * are cut at line ends, whatever they hold, so damage in one does not reach the next.
 * In an array braces are counted outside strings; an unbalanced one spoils the rest. */
#ifndef MEMSEE_LOAD_LOAD_CUT_H
#define MEMSEE_LOAD_LOAD_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct load_cutter {
	bool array;
	bool in_string, escaped;
	unsigned depth; /* of braces and brackets that are open */
};

/* Looks at how the dump begins.  False when there is only white space so far. */
bool load_cutter_start(struct load_cutter *c, const char *data, size_t len);

/* The length of the whole lines, or of the whole elements, in data[0..end-1], of which
 * data[0..from-1] were looked at before.  0 when there are none. */
size_t load_cutter_cut(struct load_cutter *c, const char *data, size_t from, size_t end);

/* An element of an array, or what stands in its place. */
struct load_element {
	const char *at;
	size_t len;
	bool is_object;
	uint64_t lines_before; /* line ends between the element before and this one */
	uint64_t lines_within;
};

/* Goes on from e->at + e->len to the next element before `end`.  False when there is
 * none; then `lines_before` counts the rest. */
bool load_next_element(struct load_element *e, const char *end);

#endif
