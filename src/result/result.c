/* SPDX-License-Identifier: MIT */
#include "result/result.h"

#include "base/array.h"
#include "result/card.h"
#include "result/drawing.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct result *result_new(int columns, const char *const names[])
{
	struct result *r = array_new_zeroed(1, sizeof *r);
	if (r == NULL)
		return NULL;
	r->number = -1;
	r->names = array_new_zeroed((size_t)columns, sizeof *r->names);
	if (r->names == NULL)
		goto fail;
	for (r->columns = 0; r->columns < columns; r->columns++) {
		r->names[r->columns] = strdup(names[r->columns]);
		if (r->names[r->columns] == NULL)
			goto fail;
	}
	return r;
fail:
	result_free(r);
	return NULL;
}

void result_free(struct result *r)
{
	if (r == NULL)
		return;
	for (int i = 0; r->names != NULL && i < r->columns; i++)
		free(r->names[i]);
	for (int i = 0; r->heads != NULL && i < r->columns; i++)
		free(r->heads[i]);
	free(r->names);
	free(r->heads);
	free(r->caption);
	free(r->start);
	buffer_fini(&r->cells);
	drawing_free(r->drawing);
	card_list_free(r->cards);
	free(r);
}

/* A cell is a tag byte, the type in its high nibble and in the low one the bytes of the
 * number that follows, least significant first; then, for text, its bytes. */
static struct cell result_get_cell(const unsigned char **at)
{
	unsigned tag = *(*at)++, n = tag & 0x0f;
	struct cell cell = { .type = (enum cell_type)(tag >> 4) };
	assert(cell.type <= CELL_BLOB && n <= sizeof(uint64_t));
	uint64_t number = 0;
	for (unsigned i = 0; i < n; i++)
		number |= (uint64_t)(*at)[i] << (8 * i);
	*at += n;
	if (cell.type == CELL_INTEGER) {
		uint64_t sign = (number & 1) != 0 ? UINT64_MAX : 0;
		cell.integer = (int64_t)(number >> 1 ^ sign);
	} else if (cell.type == CELL_REAL) {
		memcpy(&cell.real, &number, sizeof cell.real);
	} else if (cell.type != CELL_NULL) {
		cell.text = (const char *)*at;
		cell.len = number;
		*at += number;
	}
	return cell;
}

bool result_push(struct result *r, const struct cell *row, struct error *err)
{
	if (!array_reserve(&r->start, &r->start_cap, r->rows + 1, sizeof *r->start))
		return error_nomem(err);
	size_t start = r->cells.len;
	for (int i = 0; i < r->columns; i++) {
		const struct cell *cell = &row[i];
		uint64_t number = 0;
		if (cell->type == CELL_INTEGER)
			/* Zigzag, so that small negative numbers stay short. */
			number = (uint64_t)cell->integer << 1 ^
				 (cell->integer < 0 ? UINT64_MAX : 0);
		else if (cell->type == CELL_REAL)
			memcpy(&number, &cell->real, sizeof number);
		else if (cell->type != CELL_NULL)
			number = cell->len;
		unsigned char bytes[1 + sizeof number];
		unsigned n = 0;
		for (uint64_t rest = number; rest != 0; rest >>= 8)
			bytes[1 + n++] = (unsigned char)rest;
		bytes[0] = (unsigned char)((unsigned)cell->type << 4 | n);
		buffer_put(&r->cells, bytes, (size_t)n + 1);
		if (cell->type == CELL_TEXT || cell->type == CELL_BLOB)
			buffer_put(&r->cells, cell->text, cell->len);
	}
	if (r->cells.failed)
		return error_nomem(err);
	r->start[r->rows++] = start;
	return true;
}

void result_row(const struct result *r, size_t row, struct cell *cells)
{
	assert(row < r->rows);
	const unsigned char *at = (const unsigned char *)r->cells.data + r->start[row];
	for (int i = 0; i < r->columns; i++)
		cells[i] = result_get_cell(&at);
}

struct cell result_cell(const struct result *r, size_t row, int column)
{
	assert(row < r->rows && column >= 0 && column < r->columns);
	const unsigned char *at = (const unsigned char *)r->cells.data + r->start[row];
	struct cell cell = result_get_cell(&at);
	while (column-- > 0)
		cell = result_get_cell(&at);
	return cell;
}

bool result_is_whole(const struct cell *first)
{
	static const char total[] = "(total)";
	return first->type == CELL_TEXT && first->len > 2 && first->text[0] == '(' &&
	       (isdigit((unsigned char)first->text[1]) ||
		       (first->len == sizeof total - 1 &&
			       memcmp(first->text, total, first->len) == 0));
}

int result_find_column(const struct result *r, const char *name, size_t len)
{
	for (int i = 0; i < r->columns; i++)
		if (strlen(r->names[i]) == len &&
			strncasecmp(r->names[i], name, len) == 0)
			return i;
	return -1;
}
