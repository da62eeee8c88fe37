/* SPDX-License-Identifier: MIT */
/* The layout of classes.  An instance's contents are the fields of its class, then those
 * of the class above, and so on.
 *
 * A dump does not have the sizes of objects: its references are as wide as an id, but a
 * virtual machine of 64 bits mostly keeps them in 4 bytes, and headers in 12.  The
 * distance of adjacent objects shows what it did, for classes whose size is known in both
 * layouts. */
#include "foreign/hprof.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum { HPROF_LINE_MAX = 1000, HPROF_ALIGN = 8 };

static bool hprof_is(struct dump_text t, const char *word)
{
	return t.len == strlen(word) && memcmp(t.data, word, t.len) == 0;
}

static bool hprof_named(const struct hprof_class *c, const char *name)
{
	return c->name != NULL && strcmp(c->name, name) == 0;
}

/* The fields of the line of classes from `c` up. */
static bool hprof_take_fields(struct hprof *h, struct hprof_class *c)
{
	size_t cap = 0;
	uint32_t offset = 0;
	bool soft = false;
	const struct hprof_class *up = c;
	for (int i = 0; up != NULL && up->record != NULL && i < HPROF_LINE_MAX; i++) {
		const struct hprof_class_parts own =
			hprof_take_apart(up->record, h->id_size);
		const unsigned char *at = own.fields;
		soft |= hprof_named(up, "java.lang.ref.SoftReference");
		bool reference = hprof_named(up, "java.lang.ref.Reference");
		if (!array_reserve(&c->field, &cap, c->fields + own.field_count + 1,
			    sizeof *c->field))
			return false;
		for (uint32_t k = 0; k < own.field_count; k++) {
			struct hprof_member m = hprof_next_field(&at, h->id_size);
			struct hprof_field f = { .offset = offset,
				.type = m.type,
				.name = hprof_text(h, m.name) };
			f.weak = reference && !soft && hprof_is(f.name, "referent");
			offset += hprof_width(h->id_size, f.type);
			c->field[c->fields++] = f;
		}
		up = hprof_find_class(h, up->super);
	}
	return true;
}

static const struct hprof_field *hprof_find_field(
	const struct hprof_class *c, const char *const *names)
{
	for (; *names != NULL; names++)
		for (size_t i = 0; i < c->fields; i++)
			if (hprof_is(c->field[i].name, *names))
				return &c->field[i];
	return NULL;
}

static void hprof_take_role(struct hprof *h, struct hprof_class *c)
{
	static const char *const value[] = { "value", NULL };
	static const char *const size[] = { "size", "elementCount", "baseCount", "count",
		NULL };
	static const struct hprof_field none = { .type = 0 };
	const char *const *wanted = NULL;
	if (c->name == NULL)
		return;
	enum type_kind kind = runtime_kind(&runtime_jvm, c->name, strlen(c->name));
	if (hprof_named(c, "java.lang.String")) {
		const struct {
			struct hprof_field *to;
			const char *names[2];
		} more[] = { { &h->coder, { "coder" } }, { &h->from, { "offset" } },
			{ &h->count, { "count" } } };
		for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
			const struct hprof_field *f = hprof_find_field(c, more[i].names);
			*more[i].to = f == NULL ? none : *f;
		}
		c->role = HPROF_TEXT;
		wanted = value;
	} else if (kind == KIND_NUMBER) {
		c->role = HPROF_BOX;
		wanted = value;
	} else if (kind == KIND_SEQUENCE || kind == KIND_MAPPING) {
		c->role = HPROF_SIZED;
		wanted = size;
	}
	const struct hprof_field *f = wanted == NULL ? NULL : hprof_find_field(c, wanted);
	bool reference = f != NULL && f->type == HPROF_OBJECT;
	if (f == NULL || hprof_width(h->id_size, f->type) == 0 ||
		reference != (c->role == HPROF_TEXT))
		c->role = HPROF_PLAIN;
	else
		c->value = *f;
}

static int64_t hprof_align(int64_t size)
{
	return (size + HPROF_ALIGN - 1) / HPROF_ALIGN * HPROF_ALIGN;
}

/* The shallow size of an instance with references of 4 bytes, or of all. */
static int64_t hprof_instance_size(
	const struct hprof *h, const struct hprof_class *c, bool narrow)
{
	int64_t size = h->id_size == 4 ? 8 : narrow ? 12 : 16;
	for (size_t i = 0; i < c->fields; i++)
		size += c->field[i].type == HPROF_OBJECT && narrow
				? 4
				: hprof_width(h->id_size, c->field[i].type);
	return hprof_align(size);
}

int64_t hprof_array_size(const struct hprof *h, unsigned type, uint64_t count)
{
	unsigned width = hprof_width(h->id_size, type);
	if (type == HPROF_OBJECT && h->narrow)
		width = 4;
	int64_t header = h->id_size == 4 ? 12 : h->narrow ? 16 : 24;
	return hprof_align(header + (int64_t)(count * width));
}

bool hprof_layout(struct hprof *h, struct error *err)
{
	static const char *const known[] = { "java.lang.Integer", "java.lang.String",
		"java.util.HashMap$Node", "java.lang.Object", "java.lang.Long",
		"java.util.ArrayList", "java.lang.ref.WeakReference" };
	for (size_t i = 0; i < h->classes; i++) {
		struct hprof_class *c = &h->class[i];
		if (!hprof_take_fields(h, c))
			return error_nomem(err);
		hprof_take_role(h, c);
	}
	/* How wide are references?  The distance of adjacent instances of classes of
	 * known size shows it. */
	int narrow = 0, wide = 0;
	for (size_t i = 0; h->id_size != 4 && i < h->classes; i++) {
		const struct hprof_class *c = &h->class[i];
		int64_t small = hprof_instance_size(h, c, true),
			large = hprof_instance_size(h, c, false);
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			if (hprof_named(c, known[k]) && small != large) {
				narrow += c->stride == small;
				wide += c->stride == large;
			}
	}
	/* Small addresses fit in 4 bytes when objects are aligned to 8. */
	const uint64_t most = (uint64_t)UINT32_MAX * HPROF_ALIGN;
	h->narrow =
		h->id_size != 4 &&
		(narrow != wide ? narrow > wide
				: h->places == 0 || h->place[h->places - 1].id <= most);
	if (h->id_size == 4)
		h->layout = "headers of 8 bytes and references of 4, as ids have 4";
	else if (h->narrow)
		h->layout = narrow > wide ? "headers of 12 bytes and references of 4, as "
					    "objects lie"
					  : "headers of 12 bytes and references of 4, "
					    "assumed";
	else
		h->layout = wide > narrow ? "headers of 16 bytes and references of 8, as "
					    "objects lie"
					  : "headers of 16 bytes and references of 8, "
					    "assumed";
	for (size_t i = 0; i < h->classes; i++)
		h->class[i].size = hprof_instance_size(h, &h->class[i], h -> narrow);
	return true;
}
