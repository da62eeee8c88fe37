/* SPDX-License-Identifier: MIT */
#include "explain/label.h"

#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LABEL_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

int label_fit(const char *name)
{
	return (int)utf8_cut(name, strnlen(name, LABEL_NAME_MAX + 1), LABEL_NAME_MAX);
}

bool label_is_name(const char *key)
{
	size_t n = strspn(key, LABEL_LETTERS "0123456789");
	return n > 0 && key[n] == '\0';
}

void label_put(struct label *label, const char *text)
{
	assert(strlen(text) < LABEL_MAX);
	snprintf(label->text, sizeof label->text, "%s", text);
	snprintf(label->stable, sizeof label->stable, "%s", text);
}

void label_put_index(struct label *label, int64_t index)
{
	snprintf(label->text, sizeof label->text, "[%" PRId64 "]", index);
	snprintf(label->stable, sizeof label->stable, "[]");
}

void label_put_key(struct label *label, const char *key, bool attribute)
{
	char text[LABEL_MAX];
	/* A key that is a word, without digits, names the same thing in every run;
	 * another may be one of many. */
	bool word = key[0] != '\0' && key[strspn(key, LABEL_LETTERS)] == '\0';
	bool named = attribute && label_is_name(key);
	snprintf(text, sizeof text, named ? ".%.*s" : "['%.*s']", label_fit(key), key);
	label_put(label, text);
	if (!named && !word)
		snprintf(label->stable, sizeof label->stable, "[]");
}
