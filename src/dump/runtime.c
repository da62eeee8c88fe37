/* SPDX-License-Identifier: MIT */
#include "dump/runtime.h"

#include "store/read_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_kind_names[KINDS] = {
	[KIND_OBJECT] = "object",
	[KIND_STRING] = "string",
	[KIND_NUMBER] = "number",
	[KIND_SEQUENCE] = "sequence",
	[KIND_MAPPING] = "mapping",
	[KIND_FUNCTION] = "function",
	[KIND_CODE] = "code",
	[KIND_CLASS] = "class",
	[KIND_MODULE] = "module",
	[KIND_WEAK] = "weak",
	[KIND_BLOCK] = "block",
};

const struct runtime runtime_other = {
	.name = "unknown",
	.type = (const struct runtime_type[]){ { NULL, KIND_OBJECT } },
	.low = (const struct runtime_low[]){ { NULL, NULL } },
};

static const struct runtime *const runtimes[] = { &runtime_cpython, &runtime_v8,
	&runtime_jvm, &runtime_ruby, &runtime_php, &runtime_julia, &runtime_other };

const struct runtime *runtime_find(const char *name)
{
	/* PyPy's types are CPython's. */
	if (name == NULL || strcmp(name, "PyPy") == 0)
		return &runtime_cpython;
	for (size_t i = 0; i < sizeof runtimes / sizeof *runtimes; i++)
		if (strcmp(runtimes[i]->name, name) == 0)
			return runtimes[i];
	return &runtime_other;
}

bool runtime_load(
	struct db *db, int64_t gen, const struct runtime **runtime, struct error *err)
{
	char *name;
	if (!read_log_text(db, gen, "runtime", &name, err))
		return false;
	*runtime = runtime_find(name);
	free(name);
	return true;
}

static bool runtime_fits(const char *pattern, const char *type, size_t len)
{
	size_t n = strlen(pattern);
	assert(n > 0);
	bool ends = pattern[0] == '*', begins = !ends && pattern[n - 1] == '*';
	n -= ends || begins;
	return (ends || begins ? len >= n : len == n) &&
	       memcmp(ends ? type + len - n : type, pattern + ends, n) == 0;
}

enum type_kind runtime_kind(const struct runtime *r, const char *type, size_t len)
{
	const struct runtime_type *row = r->type;
	while (row->type != NULL && !runtime_fits(row->type, type, len))
		row++;
	assert(row->kind < KINDS);
	return row->kind;
}

bool runtime_is_library(const struct runtime *r, const char *type)
{
	const char *const *pattern = r->library;
	while (pattern != NULL && *pattern != NULL &&
		!runtime_fits(*pattern, type, strlen(type)))
		pattern++;
	return pattern != NULL && *pattern != NULL;
}

enum type_kind runtime_kind_again(
	struct runtime_memo *memo, const struct runtime *r, const char *type, size_t len)
{
	struct runtime_known *known = memo->known;
	const size_t count = sizeof memo->known / sizeof *memo->known;
	uint64_t end = len;
	if (len == 0 || len > sizeof known->type)
		return runtime_kind(r, type, len);
	if (memo->runtime != r)
		*memo = (struct runtime_memo){ .runtime = r };
	/* Names of types differ most at their ends. */
	size_t tail = len < sizeof end ? len : sizeof end;
	memcpy(&end, type + len - tail, tail);
	known += ((end ^ len) * UINT64_C(0x9e3779b97f4a7c15) >> 32) % count;
	if (known->len != len || memcmp(known->type, type, len) != 0) {
		memcpy(known->type, type, len);
		known->len = (uint8_t)len;
		known->kind = (uint8_t)runtime_kind(r, type, len);
	}
	assert(known->kind < KINDS);
	return (enum type_kind)known->kind;
}

const char *type_kind_name(enum type_kind kind)
{
	assert(kind < KINDS && type_kind_names[kind] != NULL);
	return type_kind_names[kind];
}
