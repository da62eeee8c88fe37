/* SPDX-License-Identifier: MIT */
#include "explain/texts.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void texts_init(struct texts *t)
{
	*t = (struct texts){ 0 };
	arena_init(&t->room);
	arena_pieces(&t->room, 1 << 12);
}

void texts_fini(struct texts *t)
{
	arena_fini(&t->room);
	free(t->text);
	map_fini(&t->map);
}

struct texts_key {
	const struct texts *t;
	const char *text;
};

static bool texts_same(const void *key, uint32_t i)
{
	const struct texts_key *k = key;
	assert(i < k->t->count);
	return strcmp(k->t->text[i], k->text) == 0;
}

const char *texts_put(struct texts *t, const char *text)
{
	static const char empty[] = "";
	if (text[0] == '\0')
		return empty;
	const struct texts_key key = { t, text };
	uint64_t hash = map_hash_text(0, text);
	uint32_t at = map_find(&t->map, hash, texts_same, &key);
	if (at != MAP_NONE)
		return t->text[at];
	char *copy = arena_copy(&t->room, text, strlen(text) + 1);
	if (copy == NULL ||
		!array_reserve(&t->text, &t->cap, t->count + 1, sizeof *t->text) ||
		!map_put(&t->map, hash, (uint32_t)t->count))
		return NULL;
	t->text[t->count++] = copy;
	return copy;
}
