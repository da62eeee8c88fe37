/* SPDX-License-Identifier: MIT */
#include "cpython/cpython_heap.h"

#include <assert.h>
#include <inttypes.h>

enum {
	FRAMES_MAX = 100000, /* per thread */
	LOCALS_MAX = 100000,
	/* _PyInterpreterFrame.owner */
	OWNER_THREAD = 0,
	OWNER_GENERATOR = 1,
	OWNER_OBJECT = 2,
	OWNER_C = 3, /* from here on: between C and Python, not a function's */
};

/* A reference in a frame.  3.14 tags them; a tagged integer is not a reference. */
static uint64_t frame_untag(const struct cpython *c, uint64_t word)
{
	if (!cpython_since(c, 14))
		return word;
	return (word & 3) == 3 ? 0 : word & ~UINT64_C(3);
}

static uint64_t frame_code(struct cpython *c, uint64_t frame)
{
	return frame_untag(c, cpython_field(c, frame, c->layout.if_code));
}

static bool is_code(struct cpython *c, uint64_t code)
{
	const struct cpython_type *t =
		cpython_is_object(c, code) ? cpython_type_of(c, code) : NULL;
	return t != NULL && t->rule == CPYTHON_CODE;
}

/* The variables with their names, and for a frame that is not running its stack. */
static void frame_locals(struct cpython *c, uint64_t frame, uint64_t code, bool stack)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t named = memory_u32(c->m, code + (uint64_t)l->co_nlocalsplus);
	uint64_t names = cpython_field(c, code, l->co_localsplusnames);
	uint64_t at = frame + (uint64_t)l->if_localsplus, count = named;
	if (stack && l->if_stacktop >= 0) {
		uint64_t top = memory_u32(c->m, frame + (uint64_t)l->if_stacktop);
		if (top > count && top < LOCALS_MAX)
			count = top;
	}
	if (stack && l->if_stackpointer >= 0) {
		uint64_t top = cpython_field(c, frame, l->if_stackpointer);
		if (top > at && (top - at) / 8 > count && (top - at) / 8 < LOCALS_MAX)
			count = (top - at) / 8;
	}
	if (count > LOCALS_MAX || memory_at(c->m, at, count * 8) == NULL)
		return;
	for (uint64_t i = 0; i < count; i++) {
		uint64_t value = frame_untag(c, cpython_u64(c, at + i * 8));
		if (i < named)
			cpython_ref_named(c, value, "<local ",
				cpython_u64(c, names + (uint64_t)l->tu_items + i * 8),
				">");
		else
			cpython_ref(c, value, NULL);
	}
}

void cpython_name_frame(struct cpython *c, uint64_t code, int64_t instruction)
{
	const struct cpython_layout *l = &c->layout;
	int line = cpython_line(c, code, instruction);
	cpython_text(c, cpython_field(c, code, l->co_name), CPYTHON_TEXT_MAX, &c->value);
	cpython_text(c, cpython_field(c, code, l->co_filename), MEMORY_TEXT_MAX,
		&c->object_name);
	if (line > 0)
		buffer_printf(&c->object_name, ":%d", line);
}

static void frame_name(struct cpython *c, uint64_t frame, uint64_t code)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t at = cpython_field(c, frame, l->if_instruction);
	cpython_name_frame(c, code, (int64_t)(at - code - (uint64_t)l->co_code_adaptive));
}

/* Up to 3.10 a frame is one object: variables, cells, free variables and the stack. */
static void frame_old(struct cpython *c, uint64_t frame)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t code = cpython_field(c, frame, l->fr_code);
	/* From 3.10 on the last instruction is counted in units of two bytes. */
	int64_t last = (int32_t)memory_u32(c->m, frame + (uint64_t)l->fr_lasti);
	cpython_name_frame(c, code, cpython_since(c, 10) ? last * 2 : last);
	cpython_ref_field(c, frame, l->fr_back, "\".f_back\"");
	cpython_ref(c, code, "\".f_code\"");
	cpython_ref_field(c, frame, l->fr_globals, "\".f_globals\"");
	cpython_ref_field(c, frame, l->fr_builtins, "\".f_builtins\"");
	cpython_ref_field(c, frame, l->fr_locals, "\".f_locals\"");
	cpython_ref_field(c, frame, l->fr_trace, "\".f_trace\"");
	const int parts[] = { l->co_varnames, l->co_cellvars, l->co_freevars };
	uint64_t at = frame + (uint64_t)l->fr_localsplus;
	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		uint64_t names = cpython_field(c, code, parts[p]);
		uint64_t n = cpython_u64(c, names + 16);
		if (n > LOCALS_MAX)
			return;
		for (uint64_t i = 0; i < n; i++, at += 8)
			cpython_ref_named(c, cpython_u64(c, at), "<local ",
				cpython_u64(c, names + (uint64_t)l->tu_items + i * 8),
				">");
	}
	/* The depth of the stack is known if the frame is not running, else -1 or NULL.
	 */
	uint64_t top = cpython_field(c, frame, l->fr_stacktop);
	if (l->fr_stackdepth >= 0) {
		int32_t depth =
			(int32_t)memory_u32(c->m, frame + (uint64_t)l->fr_stackdepth);
		top = depth > 0 ? at + 8 * (uint64_t)depth : 0;
	}
	for (int i = 0; at < top && i < LOCALS_MAX; i++, at += 8)
		cpython_ref(c, cpython_u64(c, at), NULL);
}

void cpython_describe_frame(struct cpython *c, uint64_t object)
{
	const struct cpython_layout *l = &c->layout;
	if (l->fr_frame < 0) {
		frame_old(c, object);
		return;
	}
	uint64_t frame = cpython_field(c, object, l->fr_frame);
	uint64_t code = frame_code(c, frame);
	cpython_ref_field(c, object, l->fr_back, "\".f_back\"");
	cpython_ref_field(c, object, l->fr_trace, "\".f_trace\"");
	cpython_ref_field(c, object, l->fr_extra_locals, NULL);
	cpython_ref_field(c, object, l->fr_locals_cache, NULL);
	if (!is_code(c, code))
		return;
	frame_name(c, frame, code);
	cpython_ref(c, code, "\".f_code\"");
	uint8_t owner = memory_u8(c->m, frame + (uint64_t)l->if_owner);
	if (owner == OWNER_OBJECT) {
		cpython_ref(
			c, frame_untag(c, cpython_field(c, frame, l->if_function)), NULL);
		cpython_ref_field(c, frame, l->if_locals, "\".f_locals\"");
	} else {
		cpython_ref_field(c, frame, l->if_globals, "\".f_globals\"");
	}
	/* A generator's variables belong to the generator. */
	if (owner != OWNER_GENERATOR)
		frame_locals(c, frame, code, owner == OWNER_OBJECT);
}

void cpython_describe_generator(
	struct cpython *c, const struct cpython_type *t, uint64_t object)
{
	const struct cpython_layout *l = &c->layout;
	static const char *const labels[][3] = {
		{ "\".gi_frame\"", "\".gi_code\"", "\".gi_yieldfrom\"" },
		{ "\".cr_frame\"", "\".cr_code\"", "\".cr_await\"" },
		{ "\".ag_frame\"", "\".ag_code\"", "\".ag_await\"" },
	};
	assert(t->rule >= CPYTHON_GENERATOR && t->rule <= CPYTHON_ASYNC_GENERATOR);
	const char *const *label = labels[t->rule - CPYTHON_GENERATOR];
	cpython_ref_field(c, object, l->gi_frame, label[0]);
	cpython_ref_field(c, object, l->gi_code, label[1]);
	if (l->gi_iframe >= 0 &&
		(int8_t)memory_u8(c->m, object + (uint64_t)l->gi_frame_state) <
			l->gi_cleared) {
		uint64_t frame = object + (uint64_t)l->gi_iframe;
		uint64_t code = frame_code(c, frame);
		if (is_code(c, code)) {
			cpython_ref(c, code, label[1]);
			cpython_ref_field(c, frame, l->if_object, label[0]);
			cpython_ref_field(c, frame, l->if_locals, NULL);
			cpython_ref(c,
				frame_untag(c, cpython_field(c, frame, l->if_function)),
				NULL);
			frame_locals(c, frame, code, true);
		}
	}
	cpython_ref_field(c, object, l->gi_exc_type, NULL);
	cpython_ref_field(c, object, l->gi_exc_value, NULL);
	cpython_ref_field(c, object, l->gi_exc_traceback, NULL);
	bool plain = t->rule == CPYTHON_GENERATOR;
	cpython_ref_field(c, object, l->gi_name, "\".__name__\"");
	cpython_ref_field(c, object, l->gi_qualname, "\".__qualname__\"");
	if (!plain)
		cpython_ref_field(c, object,
			t->rule == CPYTHON_COROUTINE ? l->gi_origin : l->ag_hooks,
			t->rule == CPYTHON_COROUTINE ? "\".cr_origin\"" : NULL);
}

void cpython_describe_code(struct cpython *c, uint64_t code)
{
	const struct cpython_layout *l = &c->layout;
	cpython_ref_field(c, code, l->co_consts, "\".co_consts\"");
	cpython_ref_field(c, code, l->co_names, "\".co_names\"");
	cpython_ref_field(c, code, l->co_localsplusnames, "\".co_varnames\"");
	cpython_ref_field(c, code, l->co_varnames, "\".co_varnames\"");
	cpython_ref_field(c, code, l->co_cellvars, "\".co_cellvars\"");
	cpython_ref_field(c, code, l->co_freevars, "\".co_freevars\"");
	cpython_ref_field(c, code, l->co_code, "\".co_code\"");
	cpython_ref_field(c, code, l->co_filename, "\".co_filename\"");
	cpython_ref_field(c, code, l->co_name, "\".co_name\"");
	cpython_ref_field(c, code, l->co_qualname, "\".co_qualname\"");
	cpython_ref_field(c, code, l->co_linetable,
		cpython_since(c, 10) ? "\".co_linetable\"" : "\".co_lnotab\"");
	cpython_ref_field(c, code, l->co_exceptiontable, "\".co_exceptiontable\"");
	cpython_text(
		c, cpython_field(c, code, l->co_name), CPYTHON_TEXT_MAX, &c->object_name);
}

/* --- the frames of a thread ----------------------------------------------------------
 */

/* The next outer frame of a function. */
static uint64_t frame_outer(struct cpython *c, uint64_t frame)
{
	const struct cpython_layout *l = &c->layout;
	for (int i = 0; frame != 0 && i < FRAMES_MAX; i++) {
		if (memory_at(c->m, frame, (uint64_t)l->if_localsplus) == NULL)
			return 0;
		if (memory_u8(c->m, frame + (uint64_t)l->if_owner) < OWNER_C &&
			is_code(c, frame_code(c, frame)))
			return frame;
		frame = cpython_field(c, frame, l->if_previous);
	}
	return 0;
}

/* The address of a frame: that of its object, or else of the frame itself. */
static uint64_t frame_identity(struct cpython *c, uint64_t frame)
{
	uint64_t object = cpython_field(c, frame, c->layout.if_object);
	return object != 0 && cpython_is_object(c, object) ? object : frame;
}

bool cpython_tell_frames(
	struct cpython *c, uint64_t thread, struct dump_sink *sink, struct error *err)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t frame = cpython_field(c, thread, l->ts_frame);
	if (l->fr_frame < 0) { /* up to 3.10: an object like any other */
		if (cpython_is_object(c, frame) &&
			c->root_count < sizeof c->roots / sizeof *c->roots)
			c->roots[c->root_count++] =
				(struct cpython_root){ frame, "thread frame" };
		return true;
	}
	if (l->cframe_current >= 0)
		frame = cpython_field(c, frame, l->cframe_current);
	frame = frame_outer(c, frame);
	if (frame == 0 || !memory_mark(c->m, frame_identity(c, frame)))
		return true;
	bool innermost = true;
	while (frame != 0) {
		uint64_t outer = frame_outer(c, cpython_field(c, frame, l->if_previous));
		uint64_t identity = frame_identity(c, frame), code = frame_code(c, frame);
		cpython_begin(c);
		if (outer != 0) {
			/* A marked address counts as an object, even if it is a frame
			 * without one. */
			uint64_t back = frame_identity(c, outer);
			bool fresh = memory_mark(c->m, back);
			cpython_ref(c, back, "\".f_back\"");
			outer = fresh ? outer : 0;
		}
		cpython_ref(c, code, "\".f_code\"");
		cpython_ref_field(c, frame, l->if_globals, "\".f_globals\"");
		if (identity != frame)
			cpython_ref_field(c, identity, l->fr_trace, "\".f_trace\"");
		frame_locals(c, frame, code, false);
		frame_name(c, frame, code);
		int64_t size =
			l->fr_data + l->if_localsplus + 16 +
			8 * (int64_t)(memory_u32(
					      c->m, code + (uint64_t)l->co_nlocalsplus) +
				      memory_u32(c->m, code + (uint64_t)l->co_stacksize));
		struct dump_object o = { .address = (int64_t)identity,
			.type = { "frame", 5 },
			.has_size = true,
			.size = size };
		o.value = (struct dump_text){ buffer_text(&c->value), c->value.len };
		o.name = (struct dump_text){ buffer_text(&c->object_name),
			c->object_name.len };
		if (innermost)
			o.root = (struct dump_text){ "thread frame", 12 };
		if (!cpython_tell(c, &o, sink, err))
			return false;
		frame = outer;
		innermost = false;
	}
	return true;
}
