/* SPDX-License-Identifier: MIT */
#include "result/check.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void check_fini(struct check *c)
{
	free(c->name);
	free(c->file);
	free(c->expected);
	free(c->found);
	free(c->message);
	result_free(c->rows);
	result_free(c->path);
	*c = (struct check){ 0 };
}

void check_list_fini(struct check_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		check_fini(&l->items[i]);
	free(l->items);
	for (size_t i = 0; i < l->note_count; i++)
		free(l->notes[i]);
	free(l->notes);
	*l = (struct check_list){ 0 };
}

bool check_list_note(struct check_list *l, const char *text, size_t len, bool *is_new,
	struct error *err)
{
	*is_new = false;
	for (size_t i = 0; i < l->note_count; i++)
		if (strlen(l->notes[i]) == len && memcmp(l->notes[i], text, len) == 0)
			return true;
	char *copy = strndup(text, len);
	if (copy == NULL || !array_reserve(&l->notes, &l->note_cap, l->note_count + 1,
				    sizeof *l->notes)) {
		free(copy);
		return error_nomem(err);
	}
	l->notes[l->note_count++] = copy;
	*is_new = true;
	return true;
}

static bool check_is_taken(const struct check_list *l, const char *name)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i].name, name) == 0)
			return true;
	return false;
}

bool check_list_take(struct check_list *l, struct check *c, struct error *err)
{
	if (c->name != NULL && check_is_taken(l, c->name)) {
		struct buffer name = BUFFER_INIT;
		size_t n = 1;
		do {
			buffer_clear(&name);
			buffer_printf(&name, "%s (%zu)", c->name, ++n);
		} while (!name.failed && check_is_taken(l, buffer_text(&name)));
		free(c->name);
		c->name = buffer_take(&name);
	}
	if (c->name == NULL ||
		!array_reserve(&l->items, &l->cap, l->count + 1, sizeof *l->items)) {
		check_fini(c);
		return error_nomem(err);
	}
	assert(!check_is_taken(l, c->name));
	l->items[l->count++] = *c;
	*c = (struct check){ 0 };
	return true;
}

size_t check_list_count(const struct check_list *l, enum check_state state)
{
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++)
		n += l->items[i].state == state;
	return n;
}

const char *check_state_name(enum check_state state)
{
	static const char *const names[] = { "passed", "failed", "error" };
	return names[state];
}

struct result *check_list_result(const struct check_list *l, struct error *err)
{
	static const char *const columns[] = { "check", "status", "expected", "found",
		"message" };
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = r != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < l->count; i++) {
		const struct check *c = &l->items[i];
		const struct cell row[] = { cell_text(c->name),
			cell_text(check_state_name(c->state)), cell_text(c->expected),
			cell_text(c->found), cell_text(c->message) };
		ok = result_push(r, row, err);
	}
	if (ok)
		return r;
	result_free(r);
	return NULL;
}
