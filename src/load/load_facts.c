/* SPDX-License-Identifier: MIT */
#include "load/load_facts.h"

#include "base/array.h"
#include "store/read_log.h"

#include <stdlib.h>
#include <string.h>

/* The fact of that name, a new one if need be; NULL out of memory. */
static struct load_fact *load_facts_find(struct load_facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->count; i++)
		if (strcmp(facts->fact[i].name, name) == 0)
			return &facts->fact[i];
	if (!array_reserve(
		    &facts->fact, &facts->cap, facts->count + 1, sizeof *facts->fact))
		return NULL;
	struct load_fact *f = &facts->fact[facts->count];
	*f = (struct load_fact){ .name = strdup(name) };
	if (f->name == NULL)
		return NULL;
	facts->count++;
	return f;
}

bool load_facts_put(
	struct load_facts *facts, const char *name, struct cell value, struct error *err)
{
	struct load_fact *f = load_facts_find(facts, name);
	char *text = NULL;
	if (f == NULL)
		return error_nomem(err);
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
