/* SPDX-License-Identifier: MIT */
/* v8_shapes - the names of all properties of a plain object, by its hidden class.
 *
 * A snapshot has no edges to small integers and to the values of other numbers, so the
 * edges of `{id: 7, user: "ann"}` show `user` alone.  The object leads to its hidden
 * class ("system / Map"), which leads to an array of descriptors with the names of the
 * properties in their order: v8/src/objects/descriptor-array.h.  Hidden classes of one
 * line of transitions share the array of the last of them; each has one property more
 * than the one that its `back_pointer` leads to. */
#ifndef MEMSEE_FOREIGN_V8_SHAPES_H
#define MEMSEE_FOREIGN_V8_SHAPES_H

#include "foreign/v8.h"

struct v8_shapes {
	struct v8_shape *shape;
	size_t shapes, shape_cap;
	uint32_t *of;       /* of each node that is a hidden class its shape + 1, or 0 */
	struct buffer text; /* of all shapes */
};

/* Finds the shapes of a snapshot whose edges are all there.  O(nodes + edges).  False out
 * of memory; v8_shapes_fini() is due in any case. */
bool v8_shapes_init(struct v8_shapes *s, const struct v8 *v);
void v8_shapes_fini(struct v8_shapes *s);

/* The shape of the objects of a hidden class, "{id, user}", whose properties are
 * `*properties`.  The text is empty where the snapshot does not tell.  O(1). */
struct dump_text v8_shapes_find(
	const struct v8_shapes *s, uint32_t node, size_t *properties);

/* Adds the name of a property to a shape that has `before` of them: up to V8_SHAPE_NAMES,
 * and of long names the beginning. */
enum { V8_SHAPE_NAMES = 8 };
void v8_shapes_put(struct buffer *shape, size_t before, struct dump_text name);

#endif
