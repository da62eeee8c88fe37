/* SPDX-License-Identifier: MIT */
#include "explain/labels_heap.h"

#include "base/array.h"
#include "base/utf8.h"
#include "explain/label.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void labels_heap_fini(struct labels_heap *h)
{
	free(h->len);
	free(h->type);
	free(h->text);
	free(h->type_text);
	buffer_fini(&h->texts);
	*h = (struct labels_heap){ 0 };
}

size_t labels_copy(char *to, size_t room, const struct cell *cell)
{
	size_t n = 0;
	if (cell->type == CELL_TEXT && cell->text != NULL) {
		n = utf8_cut(cell->text, cell->len, room - 1);
		for (size_t i = 0; i < n; i++) {
			unsigned char c = (unsigned char)cell->text[i];
			to[i] = c < 0x20 || c == 0x7f ? '?' : (char)c;
		}
	}
	to[n] = '\0';
	return n;
}

/* Where the text is from now on. */
static size_t labels_heap_put_text(struct labels_heap *h, const struct cell *cell)
{
	size_t at = h->texts.len;
	char *room = buffer_reserve(&h->texts, LABEL_MAX);
	if (room != NULL)
		h->texts.len += labels_copy(room, LABEL_MAX, cell) + 1;
	return at;
}

bool labels_heap_add(
	struct labels_heap *h, uint32_t number, const struct cell row[HEAP_COLUMNS])
{
	size_t n = h->nodes + 1;
	if (h->texts.len == 0)
		buffer_put_char(&h->texts, '\0'); /* nothing begins at 0 */
	if (number >= h->types) {
		size_t cap = h->types;
		if (!array_reserve(&h->type_text, &cap, (size_t)number + 1,
			    sizeof *h->type_text))
			return false;
		memset(h->type_text + h->types, 0,
			(cap - h->types) * sizeof *h->type_text);
		h->types = cap;
	}
	if (h->type_text[number] == 0)
		h->type_text[number] = labels_heap_put_text(h, &row[HEAP_TYPE]);
	if (!array_reserve(&h->len, &h->len_cap, n, sizeof *h->len) ||
		!array_reserve(&h->type, &h->type_cap, n, sizeof *h->type) ||
		!array_reserve(&h->text, &h->text_cap, n, sizeof *h->text))
		return false;
	const struct cell *len = &row[HEAP_LEN];
	h->len[h->nodes] = len->type == CELL_INTEGER ? len->integer : -1;
	h->type[h->nodes] = number;
	h->text[h->nodes] = labels_heap_put_text(h, &row[HEAP_NAME]);
	labels_heap_put_text(h, &row[HEAP_VALUE]);
	h->nodes = n;
	return !h->texts.failed;
}

bool labels_heap_has_type(const struct labels_heap *h, const char *type)
{
	for (size_t i = 0; i < h->types; i++)
		if (h->type_text[i] != 0 &&
			strcmp(h->texts.data + h->type_text[i], type) == 0)
			return true;
	return false;
}
