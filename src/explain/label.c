/* SPDX-License-Identifier: MIT */
#include "explain/label.h"

#include "base/utf8.h"

#include <assert.h>
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

/* A comparison labels every reference of a heap, so these copy what printf() would take
 * ten times as long to put together. */

void label_put(struct label *label, const char *text)
{
	size_t size = strlen(text) + 1;
	assert(size <= LABEL_MAX);
	memcpy(label->text, text, size);
	memcpy(label->stable, text, size);
}

/* Puts the digits of a number before `end`; returns where they begin. */
static char *label_digits(char *end, uint64_t number)
{
	do
		*--end = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	return end;
}

void label_put_index(struct label *label, int64_t index)
{
	char digits[24], *end = digits + sizeof digits;
	memcpy(end - 2, "]", sizeof "]");
	char *at =
		label_digits(end - 2, index < 0 ? 0 - (uint64_t)index : (uint64_t)index);
	if (index < 0)
		*--at = '-';
	*--at = '[';
	memcpy(label->text, at, (size_t)(end - at));
	memcpy(label->stable, "[]", sizeof "[]");
}

void label_put_place(struct label *label, uint64_t place, bool attribute)
{
	char digits[25], *end = digits + sizeof digits;
	memcpy(end - 2, "}", sizeof "}");
	char *at = label_digits(end - 2, place);
	*--at = '{';
	if (attribute)
		*--at = '.';
	memcpy(label->text, at, (size_t)(end - at));
	if (attribute)
		memcpy(label->stable, at, (size_t)(end - at));
	else
		memcpy(label->stable, "{}", sizeof "{}");
}

void label_put_entry(struct label *label, const char *what)
{
	size_t len = (size_t)label_fit(what);
	assert(len + sizeof "[]" <= LABEL_MAX);
	label->text[0] = '[';
	memcpy(label->text + 1, what, len);
	memcpy(label->text + 1 + len, "]", sizeof "]");
	memcpy(label->stable, "[]", sizeof "[]");
}

void label_put_key(struct label *label, const char *key, bool attribute)
{
	/* A key that is a word, without digits, names the same thing in every run;
	 * another may be one of many. */
	bool word = key[0] != '\0' && key[strspn(key, LABEL_LETTERS)] == '\0';
	bool named = attribute && label_is_name(key);
	const char *before = named ? "." : "['", *behind = named ? "" : "']";
	size_t len = (size_t)label_fit(key);
	char *to = label->text;
	static_assert(LABEL_NAME_MAX + sizeof "['']" <= LABEL_MAX, "a key fits");
	for (; *before != '\0'; before++)
		*to++ = *before;
	memcpy(to, key, len);
	memcpy(to + len, behind, strlen(behind) + 1);
	if (named || word)
		memcpy(label->stable, label->text, LABEL_MAX);
	else
		memcpy(label->stable, "[]", sizeof "[]");
}
