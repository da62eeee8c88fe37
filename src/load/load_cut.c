/* SPDX-License-Identifier: MIT */
#include "load/load_cut.h"

#include <assert.h>
#include <string.h>

static bool load_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool load_cutter_start(struct load_cutter *c, const char *data, size_t len)
{
	size_t i = 0;
	while (i < len && load_is_space(data[i]))
		i++;
	c->array = i < len && data[i] == '[';
	return i < len;
}

/* Counts one more byte of an array.  True if an element ends with it. */
static bool load_cutter_step(struct load_cutter *c, char byte)
{
	if (c->in_string) {
		c->in_string = c->escaped || byte != '"';
		c->escaped = !c->escaped && byte == '\\';
		return false;
	}
	switch (byte) {
	case '"':
		c->in_string = true;
		return false;
	case '{':
	case '[':
		c->depth++;
		return false;
	case '}':
	case ']':
		c->depth -= c->depth > 0;
		return c->depth <= 1;
	default:
		return false;
	}
}

size_t load_cutter_cut(struct load_cutter *c, const char *data, size_t from, size_t end)
{
	if (!c->array) {
		const char *last =
			end == from ? NULL : memrchr(data + from, '\n', end - from);
		return last == NULL ? 0 : (size_t)(last + 1 - data);
	}
	assert(from <= end);
	size_t whole = 0;
	for (size_t i = from; i < end; i++)
		if (load_cutter_step(c, data[i]))
			whole = i + 1;
	return whole;
}

bool load_next_element(struct load_element *e, const char *end)
{
	const char *at = e->at + e->len;
	*e = (struct load_element){ 0 };
	/* The order of the array's own brackets and commas is not checked. */
	while (at < end && (load_is_space(*at) || memchr(",[]", *at, 3) != NULL)) {
		e->lines_before += *at == '\n';
		at++;
	}
	e->at = at;
	if (at == end)
		return false;
	e->is_object = *at == '{';
	const char *stop = at;
	if (e->is_object) {
		struct load_cutter c = { .array = true, .depth = 1 };
		while (stop < end && !load_cutter_step(&c, *stop))
			stop++;
		stop += stop < end; /* with the last brace */
	} else {
		while (stop < end && *stop != '{' && *stop != '\n')
			stop++;
	}
	assert(stop > at || !e->is_object);
	e->len = (size_t)(stop - at);
	for (const char *c = at; c < stop; c++)
		e->lines_within += *c == '\n';
	return true;
}
