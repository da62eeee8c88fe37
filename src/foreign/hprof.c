/* SPDX-License-Identifier: MIT */
/* The second walk: objects. */
#include "foreign/hprof.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/search.h"
#include "base/utf8.h"
#include "dump/label_list.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HPROF_NO_TRACE UINT64_MAX

enum {
	HPROF_ROOTED = 1 << 16, /* hashes of ids */
	HPROF_VALUE_MAX = 1024, /* characters of a string that are kept */
};

/* The labels of the last instance of a class.  The next one has the same if the same
 * fields are not null. */
struct hprof_seen {
	uint64_t mask; /* which of its references are not null */
	struct buffer labels;
};

struct hprof_emitter {
	const struct hprof *h;
	struct dump_sink *sink;
	struct error *err;
	uint64_t number;         /* of the object */
	size_t place;            /* where hprof_find_place() was last */
	const uint64_t *rooted;  /* hashes of the ids that are roots: see hprof_hash() */
	struct hprof_seen *seen; /* of each class */
	uint64_t trace;          /* the stack trace whose first frame is `site` */
	struct dump_site site;   /* borrows `function` */
	int64_t *refs;
	size_t ref_cap;
	struct label_list labels;
	struct buffer value, reason, function;
};

/* An id as an address of 63 bits. */
static int64_t hprof_address(uint64_t id)
{
	return (int64_t)(id & INT64_MAX);
}

static struct dump_text hprof_borrow(const struct buffer *b)
{
	return (struct dump_text){ buffer_text(b), b->len };
}

static struct dump_text hprof_class_name(const struct hprof_class *c)
{
	const char *name = c == NULL || c->name == NULL ? "(unknown class)" : c->name;
	return (struct dump_text){ name, strlen(name) };
}

/* --- values --------------------------------------------------------------------------
 */

/* A field's number in an instance's contents; false where they end before. */
static bool hprof_field_value(const struct hprof *h, const struct hprof_item *item,
	const struct hprof_field *f, uint64_t *value)
{
	unsigned width = hprof_width(h->id_size, f->type);
	*value = 0;
	if (width == 0 || f->offset > item->len || item->len - f->offset < width)
		return false;
	*value = hprof_number(item->data + f->offset, width);
	return true;
}

/* The same, with its sign. */
static int64_t hprof_signed(uint64_t value, unsigned type)
{
	switch (type) {
	case HPROF_BYTE:
		return (int8_t)value;
	case 9:
		return (int16_t)value;
	case 10:
		return (int32_t)value;
	default:
		return (int64_t)value;
	}
}

/* Characters of 16 bits, pairs of surrogates joined. */
static void hprof_put_utf16(struct buffer *out, const unsigned char *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t c = (uint32_t)hprof_number(at + 2 * i, 2);
		uint32_t next =
			i + 1 < count ? (uint32_t)hprof_number(at + 2 * i + 2, 2) : 0;
		if (c >= 0xd800 && c < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
			i++;
		}
		utf8_put(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
}

/* The text of the string in `item`, into `out`; false when it is not in the dump. */
static bool hprof_put_text(struct hprof_emitter *e, const struct hprof_class *c,
	const struct hprof_item *item, struct buffer *out)
{
	const struct hprof *h = e->h;
	struct hprof_item array;
	uint64_t id, coder = 0, from = 0, count = 0;
	buffer_clear(out);
	if (c->role != HPROF_TEXT || !hprof_field_value(h, item, &c->value, &id) ||
		!hprof_find_place(h, id, &e->place, &array) ||
		array.tag != HPROF_PRIMITIVES)
		return false;
	hprof_field_value(h, item, &h->coder, &coder);
	if (array.element == HPROF_BYTE) {
		/* Latin-1, or UTF-16 as the machine has it, in an array of bytes. */
		size_t n = array.len < HPROF_VALUE_MAX ? array.len : HPROF_VALUE_MAX;
		if (coder == 1) {
			unsigned char swapped[HPROF_VALUE_MAX] = { 0 };
			for (size_t i = 0; i + 1 < n; i += 2) {
				swapped[i] = array.data[i + 1];
				swapped[i + 1] = array.data[i];
			}
			hprof_put_utf16(out, swapped, n / 2);
			return true;
		}
		size_t ascii = 0;
		while (ascii < n && array.data[ascii] < 0x80)
			ascii++;
		buffer_put(out, array.data, ascii);
		for (size_t i = ascii; i < n; i++)
			utf8_put(out, array.data[i]);
		return true;
	}
	/* Before Java 7 strings may share an array. */
	if (hprof_field_value(h, item, &h->from, &from) &&
		hprof_field_value(h, item, &h->count, &count) &&
		from + count <= array.count)
		array.count = (uint32_t)count;
	else
		from = 0;
	hprof_put_utf16(out, array.data + 2 * from,
		array.count < HPROF_VALUE_MAX ? array.count : HPROF_VALUE_MAX);
	return true;
}

/* The text of the string with that id, or of its characters alone. */
static bool hprof_put_string(struct hprof_emitter *e, uint64_t id, struct buffer *out)
{
	struct hprof_item item;
	buffer_clear(out);
	if (!hprof_find_place(e->h, id, &e->place, &item))
		return false;
	if (item.tag == HPROF_PRIMITIVES && item.element == HPROF_CHAR)
		hprof_put_utf16(out, item.data,
			item.count < HPROF_VALUE_MAX ? item.count : HPROF_VALUE_MAX);
	if (item.tag != HPROF_INSTANCE)
		return out->len > 0;
	const struct hprof_class *c = hprof_find_class(e->h, item.class);
	return c != NULL && hprof_put_text(e, c, &item, out);
}

/* The value in an Integer, a Boolean, a Double, … as a number or a word. */
static void hprof_put_box(struct buffer *out, uint64_t value, unsigned type)
{
	float narrow;
	double wide;
	uint32_t bits = (uint32_t)value;
	memcpy(&narrow, &bits, sizeof narrow);
	memcpy(&wide, &value, sizeof wide);
	buffer_clear(out);
	if (type == HPROF_BOOLEAN)
		buffer_put_text(out, value != 0 ? "true" : "false");
	else if (type == HPROF_CHAR)
		buffer_printf(out, "%" PRIu64, value);
	else if (type == HPROF_FLOAT)
		buffer_printf(out, "%.9g", (double)narrow);
	else if (type == HPROF_DOUBLE)
		buffer_printf(out, "%.17g", wide);
	else
		buffer_printf(out, "%" PRId64, hprof_signed(value, type));
}

/* --- roots and sites -----------------------------------------------------------------
 */

/* "Cart.add", and where in the source. */
static struct dump_site hprof_frame_site(
	struct hprof_emitter *e, const struct hprof_frame *f)
{
	const struct hprof *h = e->h;
	struct dump_text method = hprof_text(h, f->method);
	bool known = f->class > 0 && f->class <= h->serials &&
		     h->serial[f->class - 1] != HPROF_NONE;
	buffer_clear(&e->function);
	if (known) {
		struct dump_text c = hprof_class_name(&h->class[h->serial[f->class - 1]]);
		buffer_put(&e->function, c.data, c.len);
		buffer_put_char(&e->function, '.');
	}
	utf8_put_valid(&e->function, method.data == NULL ? "?" : method.data,
		method.data == NULL ? 1 : method.len);
	struct dump_text file = hprof_text(h, f->file);
	if (file.data == NULL || !utf8_is_valid(file.data, file.len))
		file = (struct dump_text){ "(unknown)", 9 };
	return (struct dump_site){ file, hprof_borrow(&e->function),
		f->line > 0 ? f->line : 0 };
}

/* The frame `number` of a stack, from 0. */
static const struct hprof_frame *hprof_stack_frame(
	const struct hprof *h, const struct hprof_trace *t, uint32_t number)
{
	if (t == NULL || number >= t->count)
		return NULL;
	return hprof_find_frame(
		h, hprof_number(t->frames + (size_t)number * h->id_size, h->id_size));
}

/* The name of a thread, by its serial number: that of its object. */
static void hprof_put_thread(struct hprof_emitter *e, uint32_t serial)
{
	const struct hprof *h = e->h;
	struct hprof_item item;
	for (size_t i = 0; i < h->roots; i++) {
		const struct hprof_root *r = &h->root[i];
		uint64_t name;
		if (r->tag != HPROF_ROOT_THREAD || r->thread != serial ||
			!hprof_find_place(h, r->id, &e->place, &item))
			continue;
		const struct hprof_class *c = hprof_find_class(h, item.class);
		for (size_t f = 0; c != NULL && f < c->fields; f++)
			if (c->field[f].name.len == 4 &&
				memcmp(c->field[f].name.data, "name", 4) == 0 &&
				hprof_field_value(h, &item, &c->field[f], &name) &&
				hprof_put_string(e, name, &e->value)) {
				buffer_printf(
					&e->reason, " %.80s", buffer_text(&e->value));
				return;
			}
	}
	buffer_printf(&e->reason, " %" PRIu32, serial);
}

static void hprof_put_reason(struct hprof_emitter *e, const struct hprof_root *r)
{
	static const struct {
		uint8_t tag;
		bool thread;
		const char *words;
	} reasons[] = {
		{ HPROF_ROOT_THREAD, true, "thread" },
		{ HPROF_ROOT_JAVA_FRAME, true, "stack of thread" },
		{ HPROF_ROOT_JNI_LOCAL, true, "native code in thread" },
		{ HPROF_ROOT_NATIVE_STACK, true, "native stack of thread" },
		{ HPROF_ROOT_THREAD_BLOCK, true, "thread block of thread" },
		{ HPROF_ROOT_JNI_GLOBAL, false, "held by native code" },
		{ HPROF_ROOT_JNI_MONITOR, true, "monitor of native code in thread" },
		{ HPROF_ROOT_MONITOR, false, "a monitor that is in use" },
		{ HPROF_ROOT_STICKY_CLASS, false, "system class" },
		{ HPROF_ROOT_INTERNED, false, "interned string" },
		{ HPROF_ROOT_FINALIZING, false, "being finalized" },
		{ HPROF_ROOT_DEBUGGER, false, "debugger" },
		{ HPROF_ROOT_CLEANUP, false, "reference cleanup" },
		{ HPROF_ROOT_VM, false, "virtual machine" },
	};
	size_t i = 0;
	buffer_clear(&e->reason);
	while (i < sizeof reasons / sizeof *reasons && reasons[i].tag != r->tag)
		i++;
	if (i == sizeof reasons / sizeof *reasons) {
		buffer_put_text(&e->reason, "unknown root");
		return;
	}
	buffer_put_text(&e->reason, reasons[i].words);
	if (reasons[i].thread)
		hprof_put_thread(e, r->thread);
	const struct hprof_trace *stack = NULL;
	for (size_t t = 0; r->tag == HPROF_ROOT_JAVA_FRAME && t < e->h->traces; t++)
		if (e->h->trace[t].thread == r->thread)
			stack = &e->h->trace[t];
	const struct hprof_frame *f = hprof_stack_frame(e->h, stack, r->frame);
	if (f != NULL) {
		hprof_frame_site(e, f);
		e->trace = HPROF_NO_TRACE;
		buffer_printf(&e->reason, ", in %s", buffer_text(&e->function));
	}
}

static size_t hprof_hash(uint64_t id)
{
	return (size_t)((id * UINT64_C(0x9e3779b97f4a7c15) >> 32) % HPROF_ROOTED);
}

/* --- objects -------------------------------------------------------------------------
 */

static bool hprof_push_ref(struct hprof_emitter *e, struct dump_object *o, uint64_t id)
{
	if (!array_reserve(&e->refs, &e->ref_cap, o->ref_count + 1, sizeof *e->refs))
		return false;
	e->refs[o->ref_count++] = hprof_address(id);
	return true;
}

/* The labels of an instance's references.  `mask` has a bit for each reference of the
 * class that is not null; of classes with more than 64 nothing is remembered. */
static void hprof_label_instance(struct hprof_emitter *e, const struct hprof_item *item,
	const struct hprof_class *c, uint64_t mask, struct dump_object *o)
{
	const struct hprof *h = e->h;
	struct hprof_seen *seen = &e->seen[c - h->class];
	uint64_t value;
	if (mask != 0 && mask == seen->mask) {
		o->labels = hprof_borrow(&seen->labels);
		return;
	}
	for (size_t i = 0; i < c->fields; i++)
		if (c->field[i].type == HPROF_OBJECT && !c->field[i].weak &&
			hprof_field_value(h, item, &c->field[i], &value) && value != 0)
			label_list_put(&e->labels, ".", c->field[i].name, "");
	label_list_put(&e->labels, ".class", (struct dump_text){ 0 }, "");
	o->labels = label_list_end(&e->labels);
	seen->mask = mask;
	buffer_clear(&seen->labels);
	buffer_put(&seen->labels, o->labels.data, o->labels.len);
}

static bool hprof_put_instance(struct hprof_emitter *e, const struct hprof_item *item,
	const struct hprof_class *c, struct dump_object *o)
{
	enum { MASK_BITS = 63 };
	const struct hprof *h = e->h;
	uint64_t value, mask = 1; /* its class */
	unsigned references = 0;
	o->size = c != NULL && c->record != NULL ? c->size : (int64_t)item->len + 8;
	if (c == NULL)
		return true;
	for (size_t i = 0; i < c->fields; i++) {
		const struct hprof_field *f = &c->field[i];
		if (f->type != HPROF_OBJECT || f->weak)
			continue;
		references++;
		if (!hprof_field_value(h, item, f, &value) || value == 0)
			continue;
		mask |= references <= MASK_BITS ? UINT64_C(1) << references : 0;
		if (!hprof_push_ref(e, o, value))
			return false;
	}
	if (c->id != 0 && !hprof_push_ref(e, o, c->id))
		return false;
	/* The references of strings and numbers need no labels. */
	if (c->role != HPROF_TEXT && c->role != HPROF_BOX)
		hprof_label_instance(e, item, c, references <= MASK_BITS ? mask : 0, o);
	if (c->role == HPROF_PLAIN)
		return true;
	if (c->role == HPROF_TEXT) {
		if (hprof_put_text(e, c, item, &e->value))
			o->value = hprof_borrow(&e->value);
	} else if (hprof_field_value(h, item, &c->value, &value)) {
		o->has_len = c->role == HPROF_SIZED;
		o->len = o->has_len ? hprof_signed(value, c->value.type) : 0;
		hprof_put_box(&e->value, value, c->value.type);
		if (c->role == HPROF_BOX)
			o->value = hprof_borrow(&e->value);
		o->value_is_number =
			c->role == HPROF_BOX && c->value.type != HPROF_BOOLEAN;
	}
	return true;
}

static bool hprof_put_objects(struct hprof_emitter *e, const struct hprof_item *item,
	const struct hprof_class *c, struct dump_object *o)
{
	static const char *const tables[] = { "Node[]", "Entry[]", "Segment[]" };
	unsigned width = e->h->id_size;
	/* In the table of a mapping the index of an item means nothing. */
	bool table = false;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		size_t len = strlen(tables[i]);
		table |= o->type.len > len &&
			 memcmp(o->type.data + o->type.len - len, tables[i], len) == 0;
	}
	for (uint32_t i = 0; i < item->count; i++) {
		uint64_t id = hprof_number(item->data + (size_t)i * width, width);
		if (id == 0)
			continue;
		if (table)
			label_list_put(&e->labels, "[]", (struct dump_text){ 0 }, "");
		else
			label_list_index(&e->labels, i);
		if (!hprof_push_ref(e, o, id))
			return false;
	}
	if (c != NULL && c->id != 0) {
		label_list_put(&e->labels, ".class", (struct dump_text){ 0 }, "");
		if (!hprof_push_ref(e, o, c->id))
			return false;
	}
	o->labels = label_list_end(&e->labels);
	o->has_len = true;
	o->len = item->count;
	o->size = hprof_array_size(e->h, HPROF_OBJECT, item->count);
	return true;
}

/* A class: what it is made of, and its static fields. */
static bool hprof_put_class(
	struct hprof_emitter *e, const struct hprof_item *item, struct dump_object *o)
{
	static const char *const names[] = { "<super>", "<class loader>", "<signers>",
		"<protection domain>" };
	static_assert(sizeof names / sizeof *names <= HPROF_CLASS_REFERENCES, "");
	const struct hprof *h = e->h;
	const struct hprof_class_parts parts = hprof_take_apart(item->data, h->id_size);
	const unsigned char *at = parts.references;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++, at += h->id_size) {
		uint64_t id = hprof_number(at, h->id_size);
		if (id == 0)
			continue;
		label_list_put(&e->labels, names[i], (struct dump_text){ 0 }, "");
		if (!hprof_push_ref(e, o, id))
			return false;
	}
	at = parts.statics;
	o->size = h->id_size == 4 ? 8 : h->narrow ? 12 : 16;
	for (uint32_t i = 0; i < parts.static_count; i++) {
		struct hprof_member m = hprof_next_static(&at, h->id_size);
		bool reference = m.type == HPROF_OBJECT;
		o->size += reference && h->narrow ? 4 : hprof_width(h->id_size, m.type);
		if (!reference || m.value == 0)
			continue;
		label_list_put(&e->labels, ".", hprof_text(h, m.name), "");
		if (!hprof_push_ref(e, o, m.value))
			return false;
	}
	o->labels = label_list_end(&e->labels);
	o->size = (o->size + 7) / 8 * 8;
	return true;
}

static bool hprof_emit_object(struct hprof_emitter *e, const struct hprof_item *item)
{
	const struct hprof *h = e->h;
	const struct hprof_class *c = hprof_find_class(h, item->class);
	struct dump_object o = { .address = hprof_address(item->id),
		.has_size = true,
		.type = hprof_class_name(c) };
	bool ok = true;
	const char *words = "java.lang.Class";
	label_list_clear(&e->labels);
	switch (item->tag) {
	case HPROF_INSTANCE:
		ok = hprof_put_instance(e, item, c, &o);
		break;
	case HPROF_OBJECTS:
		ok = hprof_put_objects(e, item, c, &o);
		break;
	case HPROF_CLASS:
		o.type = (struct dump_text){ words, strlen(words) };
		o.name = hprof_class_name(hprof_find_class(h, item->id));
		ok = hprof_put_class(e, item, &o);
		break;
	default: {
		static const char *const arrays[HPROF_TYPES] = { "?[]", "?[]", "?[]",
			"?[]", "boolean[]", "char[]", "float[]", "double[]", "byte[]",
			"short[]", "int[]", "long[]" };
		o.type = (struct dump_text){ arrays[item->element],
			strlen(arrays[item->element]) };
		o.has_len = true;
		o.len = item->count;
		o.size = hprof_array_size(h, item->element, item->count);
		break;
	}
	}
	o.refs = e->refs;
	if (bits_has(e->rooted, hprof_hash(item->id))) {
		size_t at;
		SEARCH_FIRST(at, h->roots, h->root[at].id >= item->id);
		if (at < h->roots && h->root[at].id == item->id) {
			hprof_put_reason(e, &h->root[at]);
			o.root = hprof_borrow(&e->reason);
		}
	}
	if (item->trace != e->trace) {
		const struct hprof_frame *f =
			hprof_stack_frame(h, hprof_find_trace(h, item->trace), 0);
		e->trace = item->trace;
		e->site = (struct dump_site){ 0 };
		if (f != NULL)
			e->site = hprof_frame_site(e, f);
	}
	o.site = e->site;
	if (!ok || e->labels.text.failed || e->value.failed || e->reason.failed ||
		e->function.failed)
		return error_nomem(e->err);
	return e->sink->object(e->sink->data, e->number, &o, e->err);
}

/* --- the reader ----------------------------------------------------------------------
 */

/* The version of the virtual machine, which it keeps in a static field. */
static bool hprof_fact_version(struct hprof_emitter *e)
{
	static const char field[] = "java_version";
	const struct hprof *h = e->h;
	for (size_t i = 0; i < h->classes; i++) {
		const struct hprof_class *c = &h->class[i];
		if (c->record == NULL || c->name == NULL ||
			strcmp(c->name, "java.lang.VersionProps") != 0)
			continue;
		const struct hprof_class_parts parts =
			hprof_take_apart(c->record, h->id_size);
		const unsigned char *at = parts.statics;
		for (uint32_t k = 0; k < parts.static_count; k++) {
			struct hprof_member m = hprof_next_static(&at, h->id_size);
			struct dump_text name = hprof_text(h, m.name);
			if (name.len == sizeof field - 1 &&
				memcmp(name.data, field, name.len) == 0 &&
				hprof_put_string(e, m.value, &e->value))
				return e->sink->fact(e->sink->data, "version",
					cell_bytes(e->value.data, e->value.len), e->err);
		}
	}
	return true;
}

/* What the shares of the second walk have in common. */
struct hprof_second {
	const struct hprof *h;
	uint64_t *rooted; /* see struct hprof_emitter */
};

static void hprof_emitter_fini(struct hprof_emitter *e)
{
	for (size_t i = 0; e->seen != NULL && i < e->h->classes; i++)
		buffer_fini(&e->seen[i].labels);
	free(e->seen);
	free(e->refs);
	label_list_fini(&e->labels);
	buffer_fini(&e->value);
	buffer_fini(&e->reason);
	buffer_fini(&e->function);
}

/* The second walk, from the beginning of one share to that of the next. */
static bool hprof_read_share(
	void *context, size_t i, struct dump_sink *sink, struct error *err)
{
	const struct hprof_second *second = context;
	const struct hprof *h = second->h;
	assert(i < h->shares);
	struct hprof_walk w = h->share[i];
	size_t start = w.at, end = i + 1 < h->shares ? h->share[i + 1].at : h->len;
	struct hprof_emitter e = { .h = h,
		.sink = sink,
		.err = err,
		.number = i == 0 ? 1 : h->before[i],
		.rooted = second->rooted,
		.trace = HPROF_NO_TRACE };
	struct hprof_item item;
	e.seen = array_new_zeroed(h->classes + 1, sizeof *e.seen);
	bool ok = e.seen != NULL || error_nomem(err);
	while (ok && w.at < end && hprof_next(&w, &item)) {
		if (!hprof_is_object(&item))
			continue;
		const struct dump_fault fault = { 1, "an object without an id" };
		e.number++;
		ok = hprof_address(item.id) != 0
			     ? hprof_emit_object(&e, &item)
			     : sink->reject(sink->data, e.number, item.len, &fault, err);
	}
	assert(!ok || i + 1 == h->shares ||
		(w.at == end && e.number == h->before[i + 1]));
	dump_input_let_go(h->data, start, w.at);
	hprof_emitter_fini(&e);
	return ok;
}

#define HPROF_MAGIC "JAVA PROFILE 1.0."

bool hprof_recognise(const unsigned char *head, size_t len)
{
	return len > sizeof HPROF_MAGIC &&
	       memcmp(head, HPROF_MAGIC, sizeof HPROF_MAGIC - 1) == 0;
}

bool hprof_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	(void)options;
	struct hprof h = { 0 };
	const char *file = stream_name(dump_input_stream(in));
	if (!dump_input_map(in, &h.data, &h.len, err))
		return false;
	/* The header: a name and a version, the width of ids, the time. */
	const unsigned char *nul = memchr(h.data, 0, h.len < 64 ? h.len : 64);
	if (!hprof_recognise(h.data, h.len) || nul == NULL)
		return error_set(err, STATUS_DATA, "'%s' is not an HPROF dump", file);
	h.start = (size_t)(nul + 1 - h.data) + 12;
	h.version = (unsigned)(h.data[sizeof HPROF_MAGIC - 1] - '0');
	if (h.start > h.len)
		return error_set(err, STATUS_DATA, "'%s' ends in its header", file);
	if (h.version < 1 || h.version > 3)
		return error_set(err, STATUS_DATA,
			"'%s' is of HPROF version %.16s; 1.0.1 to 1.0.3 are read", file,
			(const char *)h.data + sizeof HPROF_MAGIC - 5);
	h.id_size = (unsigned)hprof_number(nul + 1, 4);
	h.time = hprof_number(nul + 5, 8);
	if (h.id_size != 4 && h.id_size != 8)
		return error_set(err, STATUS_DATA,
			"'%s' has ids of %u bytes; 4 or 8 are read", file, h.id_size);
	struct hprof_emitter e = { .h = &h, .sink = sink, .err = err };
	arena_init(&h.room);
	bool ok = hprof_index(&h, sink, err) && hprof_layout(&h, err) &&
		  sink->fact(sink->data, "layout", cell_text(h.layout), err) &&
		  hprof_fact_version(&e);
	/* The time, if it is one. */
	char text[64];
	struct tm tm;
	time_t seconds = (time_t)(h.time / 1000);
	if (ok && h.time != 0 && h.time / 1000 <= UINT32_MAX * UINT64_C(4) &&
		gmtime_r(&seconds, &tm) != NULL) {
		(void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
		ok = sink->fact(sink->data, "time", cell_text(text), err);
	}
	struct hprof_second second = { .h = &h };
	second.rooted = ok ? bits_new(HPROF_ROOTED) : NULL;
	ok = ok && (second.rooted != NULL || error_nomem(err));
	for (size_t i = 0; ok && i < h.roots; i++)
		bits_put(second.rooted, hprof_hash(h.root[i].id));
	ok = ok &&
	     sink->divide(sink->data, h.before, h.shares, hprof_read_share, &second, err);
	ok = ok && (h.torn == NULL || sink->torn(sink->data, h.torn, err));
	free(second.rooted);
	hprof_emitter_fini(&e);
	hprof_fini(&h);
	return ok;
}
