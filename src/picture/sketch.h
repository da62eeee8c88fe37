/* SPDX-License-Identifier: MIT */
/* sketch - the part of a drawing that is put on paper, and the words there.
 *
 * A drawing with more nodes than the limit keeps its ends, its roots and the nodes on a
 * path first, then the others in their order.  Each node that is left out counts at the
 * kept node from which a walk reaches it first, where "N more" is written, so that the
 * counts add up. */
#ifndef MEMSEE_PICTURE_SKETCH_H
#define MEMSEE_PICTURE_SKETCH_H

#include "base/buffer.h"
#include "result/drawing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sketch {
	const struct drawing *drawing; /* borrowed */
	bool *shown;                   /* one a node */
	size_t shown_count;
	bool *loose; /* no shown edge begins or ends there */
	size_t loose_count;
	/* The objects left out behind each node; the one after the last: behind none. */
	int64_t *more;
	size_t more_count; /* "N more" nodes */
	size_t widest;     /* the most nodes at the same distance from the start */
	size_t levels;     /* how many such distances there are */
};

/* Chooses at most `limit` nodes (at least 1), the "N more" nodes among them.  NULL out of
 * memory.  O((nodes + edges) log limit). */
struct sketch *sketch_new(const struct drawing *d, size_t limit);
void sketch_free(struct sketch *s); /* NULL is accepted */

/* A sign before the title that says new, grown, shrunk or gone also without colours; ""
 * for the others. */
const char *sketch_sign(unsigned node_flags);

/* Appends 1234567 as 1,234,567: pictures are read by people alone. */
void sketch_put_count(struct buffer *out, int64_t count);

/* Appends "1,234 bytes", "12.3 kB", "4.6 GB": powers of 1000. */
void sketch_put_bytes(struct buffer *out, int64_t bytes);

/* Appends `text` as it is shown on one line, at most `width` columns wide. */
void sketch_put_text(struct buffer *out, const char *text, size_t width);

/* The same for the name of a type, which loses its package before its end is cut. */
void sketch_put_type(struct buffer *out, const char *type, size_t width);

#endif
