/* SPDX-License-Identifier: MIT */
#include "foreign/v8_shapes.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A hidden class. */
struct v8_shape {
	uint32_t descriptors, back; /* nodes; UINT32_MAX: none */
	bool inner;                 /* another continues its line */
	uint32_t own;               /* how many properties it has; 0: not known */
	size_t begin, end;          /* its text */
};

void v8_shapes_put(struct buffer *shape, size_t before, struct dump_text name)
{
	const size_t most = 40;
	if (before > V8_SHAPE_NAMES)
		return;
	if (before == V8_SHAPE_NAMES) {
		buffer_put_text(shape, ", …");
		return;
	}
	buffer_put_text(shape, before == 0 ? "{" : ", ");
	buffer_put(shape, name.data, name.len < most ? name.len : most);
}

/* Finds the hidden classes, and where the edges of the arrays of descriptors begin:
 * `first[node]` is the number of an edge + 1. */
static bool v8_shapes_collect(struct v8_shapes *s, const struct v8 *v, size_t *first)
{
	uint32_t descriptors = UINT32_MAX, back = UINT32_MAX;
	for (uint32_t i = 0; i < v->strings; i++) {
		struct dump_text t = v8_text(v, i);
		descriptors = v8_equals(t, "descriptors") ? i : descriptors;
		back = v8_equals(t, "back_pointer") ? i : back;
	}
	for (size_t i = 0, edge = 0; i < v->nodes; i++) {
		const struct v8_node *n = &v->node[i];
		size_t end = edge + n->edges;
		struct v8_shape shape = { .descriptors = UINT32_MAX, .back = UINT32_MAX };
		if (n->type == V8_SHAPE) /* the others' pages stay untouched */
			first[i] = edge + 1;
		for (; n->type == V8_SHAPE && edge < end; edge++) {
			if (v->kind[edge] != V8_INTERNAL)
				continue;
			if (v->name[edge] == descriptors)
				shape.descriptors = v->to[edge];
			else if (v->name[edge] == back)
				shape.back = v->to[edge];
		}
		edge = end;
		if (shape.descriptors == UINT32_MAX)
			continue;
		if (!array_reserve(
			    &s->shape, &s->shape_cap, s->shapes + 1, sizeof *s->shape))
			return false;
		s->shape[s->shapes++] = shape;
		s->of[i] = (uint32_t)s->shapes;
	}
	return true;
}

enum { V8_NAMES_MOST = 128 }; /* of the properties of a class that is looked at */

/* The names in the array of descriptors of a class.  A descriptor has three slots, its
 * key first; where a key is missing the rest says nothing. */
static uint32_t v8_shapes_list(const struct v8 *v, const struct v8_shape *shape,
	const size_t *first, struct dump_text name[V8_NAMES_MOST])
{
	/* Beside its slots the array has few edges.  A forged one has any number, and is
	 * that of any number of classes. */
	enum { SLOTS = 3, EDGES_MOST = (SLOTS + 1) * V8_NAMES_MOST };
	size_t edge = first[shape->descriptors];
	size_t edges = v->node[shape->descriptors].edges;
	if (edge-- == 0)
		return 0;
	size_t end = edge + (edges < EDGES_MOST ? edges : EDGES_MOST);
	uint32_t count = 0;
	for (; edge < end && count < V8_NAMES_MOST; edge++) {
		struct dump_text t = v->kind[edge] == V8_INTERNAL
					     ? v8_text(v, v->name[edge])
					     : (struct dump_text){ 0 };
		unsigned long slot = 0;
		for (size_t i = 0; i < t.len; i++)
			slot = t.data[i] >= '0' && t.data[i] <= '9' && slot < UINT16_MAX
				       ? 10 * slot + (unsigned long)(t.data[i] - '0')
				       : UINT32_MAX;
		if (t.len == 0 || slot >= UINT16_MAX || slot % SLOTS != 0)
			continue;
		if (slot != (unsigned long)SLOTS * count)
			break;
		const struct v8_node *key = &v->node[v->to[edge]];
		name[count++] = key->type == V8_STRING ? v8_text(v, key->name)
						       : (struct dump_text){ 0 };
	}
	return count;
}

/* From the last class of each line back to its first, each has one property less. */
static void v8_shapes_count(struct v8_shapes *s, uint32_t last, uint32_t properties)
{
	struct v8_shape *at = &s->shape[last];
	while (properties > 0 && at->own == 0) {
		at->own = properties--;
		uint32_t up = at->back == UINT32_MAX ? 0 : s->of[at->back];
		if (up == 0 || s->shape[up - 1].descriptors != at->descriptors)
			break;
		at = &s->shape[up - 1];
	}
}

/* Writes the shape of a class that has properties. */
static void v8_shapes_write(struct v8_shapes *s, struct v8_shape *shape,
	const struct dump_text *name, uint32_t names)
{
	uint32_t put = 0;
	assert(shape->own > 0);
	shape->begin = s->text.len;
	for (uint32_t k = 0; k < shape->own && k < names; k++)
		if (name[k].len > 0) /* a symbol has no name */
			v8_shapes_put(&s->text, put++, name[k]);
	if (put > 0)
		buffer_put_char(&s->text, '}');
	shape->end = s->text.len;
	shape->own = put;
}

bool v8_shapes_init(struct v8_shapes *s, const struct v8 *v)
{
	struct dump_text name[V8_NAMES_MOST];
	size_t *first = array_new_zeroed(v->nodes, sizeof *first);
	*s = (struct v8_shapes){ .of = array_new_zeroed(v->nodes, sizeof *s->of) };
	bool ok = first != NULL && s->of != NULL && v8_shapes_collect(s, v, first);
	for (size_t i = 0; ok && i < s->shapes; i++) {
		const struct v8_shape *shape = &s->shape[i];
		uint32_t up = shape->back == UINT32_MAX ? 0 : s->of[shape->back];
		if (up != 0 && s->shape[up - 1].descriptors == shape->descriptors)
			s->shape[up - 1].inner = true;
	}
	for (uint32_t i = 0; ok && i < s->shapes; i++) {
		uint32_t n = s->shape[i].inner
				     ? 0
				     : v8_shapes_list(v, &s->shape[i], first, name);
		v8_shapes_count(s, i, n < V8_NAMES_MOST ? n : 0);
	}
	for (uint32_t i = 0; ok && i < s->shapes; i++)
		if (s->shape[i].own > 0)
			v8_shapes_write(s, &s->shape[i], name,
				v8_shapes_list(v, &s->shape[i], first, name));
	free(first);
	return ok && !s->text.failed;
}

void v8_shapes_fini(struct v8_shapes *s)
{
	free(s->shape);
	free(s->of);
	buffer_fini(&s->text);
	*s = (struct v8_shapes){ 0 };
}

struct dump_text v8_shapes_find(
	const struct v8_shapes *s, uint32_t node, size_t *properties)
{
	uint32_t i = s->of[node];
	*properties = 0;
	if (i == 0 || s->shape[i - 1].own == 0)
		return (struct dump_text){ 0 };
	const struct v8_shape *shape = &s->shape[i - 1];
	assert(shape->begin < shape->end && shape->end <= s->text.len);
	*properties = shape->own;
	return (struct dump_text){ s->text.data + shape->begin,
		shape->end - shape->begin };
}
