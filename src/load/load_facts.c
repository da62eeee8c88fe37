/* SPDX-License-Identifier: MIT */
#include "load/load_facts.h"

#include "base/array.h"
#include "store/read_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool load_facts_put(
	struct load_facts *facts, const char *name, struct cell value, struct error *err)
{
	size_t at = 0;
	while (at < facts->count && strcmp(facts->fact[at].name, name) != 0)
		at++;
	if (at == facts->count) {
		if (!array_reserve(&facts->fact, &facts->cap, facts->count + 1,
			    sizeof *facts->fact))
			return error_nomem(err);
		facts->fact[at] = (struct load_fact){ .name = strdup(name) };
		if (facts->fact[at].name == NULL)
			return error_nomem(err);
		facts->count++;
	}
	assert(at < facts->count);
	struct load_fact *f = &facts->fact[at];
	char *text = NULL;
	if (value.text != NULL) {
		text = malloc(value.len + 1);
		if (text == NULL)
			return error_nomem(err);
		memcpy(text, value.text, value.len);
		value.text = text;
	}
	free((char *)(uintptr_t)f->value.text);
	f->value = value;
	return true;
}

bool load_facts_write(
	const struct load_facts *facts, struct db *db, int64_t gen, struct error *err)
{
	for (size_t i = 0; i < facts->count; i++)
		if (!read_log_put(
			    db, gen, facts->fact[i].name, facts->fact[i].value, err))
			return false;
	return true;
}

void load_facts_fini(struct load_facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		free(facts->fact[i].name);
		free((char *)(uintptr_t)facts->fact[i].value.text);
	}
	free(facts->fact);
	*facts = (struct load_facts){ 0 };
}
