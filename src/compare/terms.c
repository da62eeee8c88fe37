/* SPDX-License-Identifier: MIT */
#include "compare/terms.h"

#include "base/array.h"
#include "base/buffer.h"
#include "compare/traits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where the key of `['x']`, `["x"]` or `[u'x']` begins; NULL for other labels. */
static const char *label_key_text(const char *label)
{
	if (label[0] != '[')
		return NULL;
	const char *quote = label + 1 + (label[1] == 'u' || label[1] == 'b');
	return *quote == '\'' || *quote == '"' ? quote + 1 : NULL;
}

struct terms_key {
	const struct terms *t;
	const char *text;
	size_t len;
};

static bool terms_is(const void *key, uint32_t item)
{
	const struct terms_key *k = key;
	const char *text = k->t->text[item];
	return strncmp(text, k->text, k->len) == 0 && text[k->len] == '\0';
}

uint32_t terms_put(struct terms *t, const char *text, size_t len)
{
	/* A name ends where C's strings do; NULs occur in damaged dumps only. */
	len = len == 0 ? 0 : strnlen(text, len);
	struct terms_key key = { t, len == 0 ? "" : text, len };
	uint64_t hash = map_hash_bytes(0, key.text, len);
	uint32_t found = map_find(&t->by_text, hash, terms_is, &key);
	if (found != MAP_NONE)
		return found;
	size_t need = (size_t)t->count + 1;
	if (need >= LABEL_KEY ||
		!array_reserve(&t->text, &t->text_cap, need, sizeof *t->text) ||
		!array_reserve(&t->flags, &t->flags_cap, need, sizeof *t->flags) ||
		!array_reserve(
			&t->attribute, &t->attribute_cap, need, sizeof *t->attribute))
		return TERM_NONE;
	char *copy = arena_take(&t->room, len + 1);
	if (copy == NULL || !map_put(&t->by_text, hash, t->count))
		return TERM_NONE;
	memcpy(copy, key.text, len);
	copy[len] = '\0';
	t->text[t->count] = copy;
	if (t->runtime != NULL)
		t->flags[t->count] = traits_of_type(t->runtime, copy);
	else if (strcmp(copy, "[]") == 0 || strcmp(copy, "{}") == 0 ||
		 strcmp(copy, ".class") == 0)
		t->flags[t->count] = LABEL_COMMON;
	else
		t->flags[t->count] = strchr(".<@", copy[0]) != NULL && copy[0] != '\0'
					     ? LABEL_NAMES
				     : label_key_text(copy) != NULL ? LABEL_NAMES
								    : 0;
	t->attribute[t->count] = TERM_NONE;
	return t->count++;
}

uint32_t *terms_join(struct terms *t, const struct terms *other)
{
	uint32_t *as = array_new(other->count, sizeof *as);
	for (uint32_t i = 0; as != NULL && i < other->count; i++) {
		as[i] = terms_put(t, other->text[i], strlen(other->text[i]));
		if (as[i] == TERM_NONE) {
			free(as);
			return NULL;
		}
	}
	return as;
}

uint32_t terms_put_label(struct terms *labels, const char *text, size_t len)
{
	static const char key[] = "<key ";
	enum { KEY_LEN = sizeof key - 1 };
	if (len <= KEY_LEN || memcmp(text, key, KEY_LEN) != 0)
		return terms_put(labels, text, len);
	struct buffer entry = BUFFER_INIT;
	buffer_put_char(&entry, '[');
	buffer_put(&entry, text + KEY_LEN, len - KEY_LEN - 1);
	buffer_put_char(&entry, ']');
	uint32_t label =
		entry.failed ? TERM_NONE : terms_put(labels, entry.data, entry.len);
	buffer_fini(&entry);
	return label == TERM_NONE ? TERM_NONE : label | LABEL_KEY;
}

uint32_t terms_attribute(struct terms *labels, uint32_t label)
{
	uint32_t key = label & LABEL_KEY, entry = label & ~LABEL_KEY;
	if (labels->attribute[entry] == TERM_NONE) {
		const char *text = label_key_text(labels->text[entry]);
		size_t len = text == NULL ? 0 : strlen(text);
		uint32_t name = entry;
		if (len > 2 && len < 4096) {
			/* In place of quote and bracket comes the dot before. */
			char room[4096];
			room[0] = '.';
			memcpy(room + 1, text, len - 2);
			name = terms_put(labels, room, len - 1);
			if (name == TERM_NONE)
				return TERM_NONE;
		}
		labels->attribute[entry] = name;
	}
	return labels->attribute[entry] | key;
}

static void terms_init(struct terms *t)
{
	enum { PIECE = 64 << 10 };
	arena_init(&t->room);
	arena_pieces(&t->room, PIECE);
}

bool vocabulary_init(
	struct vocabulary *v, const struct runtime *runtime, struct error *err)
{
	static const char *const fixed[LABEL_FIXED] = { [LABEL_NONE] = "",
		[LABEL_CLASS] = ".__class__",
		[LABEL_DICT] = ".__dict__",
		[LABEL_GLOBALS] = ".__globals__",
		[LABEL_MODULE] = ".__module__",
		[LABEL_FILE] = ".__file__" };
	*v = (struct vocabulary){ .types.runtime = runtime };
	terms_init(&v->types);
	terms_init(&v->labels);
	for (uint32_t i = 0; i < LABEL_FIXED; i++) {
		uint32_t label = terms_put(&v->labels, fixed[i], strlen(fixed[i]));
		if (label == TERM_NONE)
			return error_nomem(err);
		assert(label == i);
	}
	return true;
}

static void terms_fini(struct terms *t)
{
	if (t->room.piece > 0) /* else nothing began */
		arena_fini(&t->room);
	free(t->text);
	free(t->flags);
	free(t->attribute);
	map_fini(&t->by_text);
}

void vocabulary_fini(struct vocabulary *v)
{
	terms_fini(&v->types);
	terms_fini(&v->labels);
}
