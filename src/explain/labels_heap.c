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
	free(h->node);
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

bool labels_heap_reserve(struct labels_heap *h, size_t nodes)
{
	return array_reserve(&h->node, &h->cap, nodes, sizeof *h->node);
}

bool labels_heap_add(
	struct labels_heap *h, uint32_t number, const struct cell row[HEAP_COLUMNS])
{
	size_t n = h->nodes + 1;
	if (h->texts.len == 0)
		buffer_put(&h->texts, "\0", 2); /* an empty name and an empty value */
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
	if (!labels_heap_reserve(h, n))
		return false;
	const struct cell *len = &row[HEAP_LEN];
	size_t text = labels_heap_put_text(h, &row[HEAP_NAME]);
	size_t value = labels_heap_put_text(h, &row[HEAP_VALUE]);
	bool named = value > text + 1;
	/* Most objects have neither. */
	if (!named && h->texts.len <= value + 1) {
		h->texts.len = text;
		text = 0;
	}
	struct labels_node *node = &h->node[h->nodes];
	*node = (struct labels_node){ .text = text,
		.len = LABELS_NO_LEN,
		.type = number & INT32_MAX,
		.named = named };
	assert(node->type == number);
	if (len->type == CELL_INTEGER && len->integer >= 0)
		node->len = len->integer < LABELS_NO_LEN ? (uint32_t)len->integer
							 : LABELS_NO_LEN - 1;
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
