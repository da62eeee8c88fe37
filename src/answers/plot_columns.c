/* SPDX-License-Identifier: MIT */
#include "answers/plot_columns.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/sort.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What there is room for. */
enum { COLUMNS_BARS = 20, COLUMNS_LINES = 6, COLUMNS_PARTS = 12 };

static int64_t columns_integer(struct cell cell)
{
	return cell.type == CELL_INTEGER ? cell.integer
	       : cell.type == CELL_REAL  ? saturate_real(cell.real)
					 : 0;
}

/* Whether a column has numbers and nothing else. */
static bool columns_is_number(const struct result *r, int column)
{
	bool any = false;
	for (size_t row = 0; row < r->rows; row++) {
		enum cell_type type = result_cell(r, row, column).type;
		if (type == CELL_TEXT || type == CELL_BLOB)
			return false;
		any = any || type != CELL_NULL;
	}
	return any || r->rows == 0;
}

static int columns_find(const struct result *r, const char *name)
{
	return result_find_column(r, name, strlen(name));
}

static bool columns_is_growth(const char *name)
{
	size_t len = strlen(name);
	return len >= 6 && strcasecmp(name + len - 6, "growth") == 0;
}

static bool columns_is_whole(const struct result *r, size_t row)
{
	struct cell first = result_cell(r, row, 0);
	return result_is_whole(&first);
}

/* What a row is called: its name where it has one, else its first text; a type, how long
 * its objects are, and what owns them. */
static bool columns_put_name(
	struct buffer *out, const struct result *r, size_t row, struct error *err)
{
	static const char *const names[] = { "name", "value", "class", "holder", "type",
		"item", NULL };
	int column = -1, owner = columns_find(r, "owner");
	for (size_t i = 0; names[i] != NULL; i++) {
		int found = columns_find(r, names[i]);
		if (found >= 0 && result_cell(r, row, found).type == CELL_TEXT) {
			column = found;
			break;
		}
	}
	for (int i = 0; column < 0 && i < r->columns; i++)
		if (result_cell(r, row, i).type == CELL_TEXT)
			column = i;
	buffer_clear(out);
	if (column >= 0) {
		struct cell cell = result_cell(r, row, column);
		buffer_put(out, cell.text, cell.len);
	}
	int length = columns_find(r, "length");
	if (length >= 0 && length != column &&
		result_cell(r, row, length).type == CELL_TEXT) {
		struct cell cell = result_cell(r, row, length);
		buffer_put_text(out, " of ");
		buffer_put(out, cell.text, cell.len);
		buffer_put_text(out, " items");
	}
	if (owner >= 0 && owner != column) {
		struct cell cell = result_cell(r, row, owner);
		if (cell.type == CELL_TEXT) {
			buffer_put_text(out, " of ");
			buffer_put(out, cell.text, cell.len);
		}
	}
	return !out->failed || error_nomem(err);
}

static int64_t columns_address(const struct result *r, size_t row)
{
	int column = columns_find(r, "address");
	return column < 0 ? 0 : columns_integer(result_cell(r, row, column));
}

/* Bars are the longest of the result, the longest first; the parts of a stack are in its
 * order. */
static bool columns_put_rows(
	struct plot *p, const struct result *r, int figure, size_t top, struct error *err)
{
	struct buffer name = BUFFER_INIT;
	bool stack = p->kind == PLOT_STACK, ok = true;
	static const enum plot_colour parts[] = { PLOT_PROGRAM, PLOT_PACKAGE,
		PLOT_OBJECTS, PLOT_UNKNOWN, PLOT_FREE, PLOT_LIBRARY };
	struct plot_item item = { .parent = PLOT_NONE, .count = -1 };
	if (stack) {
		for (size_t row = 0; row < r->rows; row++)
			if (!columns_is_whole(r, row))
				item.value = saturate_add(item.value,
					columns_integer(result_cell(r, row, figure)));
		item.name = p->caption;
		ok = plot_put(p, &item, err);
		item.parent = 0;
	}
	struct sort_rank *order = array_new(r->rows + 1, sizeof *order);
	ok = ok && (order != NULL || error_nomem(err));
	assert(r->rows < UINT32_MAX);
	for (uint32_t row = 0; ok && row < r->rows; row++) {
		/* A bar is as long as its figure, whatever the sign. */
		int64_t value = columns_integer(result_cell(r, row, figure));
		order[row] = (struct sort_rank){ saturate_magnitude(value), row };
	}
	if (ok && !stack)
		sort_ranks(order, r->rows);
	for (size_t i = 0, put = 0; ok && i < r->rows && put < top; i++) {
		size_t row = order[i].id;
		if (columns_is_whole(r, row))
			continue;
		ok = columns_put_name(&name, r, row, err);
		item.name = (char *)buffer_text(&name);
		item.value = columns_integer(result_cell(r, row, figure));
		item.address = columns_address(r, row);
		item.colour = stack ? parts[put % (sizeof parts / sizeof *parts)]
			      : columns_is_growth(r->names[figure]) ? PLOT_GREW
								    : PLOT_REST;
		/* A negative part is not drawn. */
		if (item.value == 0 || (stack && item.value < 0))
			continue;
		ok = ok && plot_put(p, &item, err);
		put++;
	}
	free(order);
	buffer_fini(&name);
	return ok;
}

/* --- lines ------------------------------------------------------------------------- */

static bool columns_put_lines(struct plot *p, const struct result *r,
	const struct plot_choice *choice, struct error *err)
{
	size_t top = choice->top == 0 ? COLUMNS_LINES : choice->top;
	struct buffer name = BUFFER_INIT;
	size_t n = 0;
	int *points = array_new((size_t)r->columns, sizeof *points);
	const char **labels = array_new((size_t)r->columns, sizeof *labels);
	int64_t *values = array_new((size_t)r->columns, sizeof *values);
	bool ok =
		(points != NULL && labels != NULL && values != NULL) || error_nomem(err);
	/* The points are the columns `g1`, `g2`, …, else all numbers that are not growth.
	 */
	for (int i = 0; ok && i < r->columns; i++) {
		const char *column = r->names[i];
		if (column[0] == 'g' && isdigit((unsigned char)column[1]) &&
			column[1 + strspn(column + 1, "0123456789")] == '\0')
			points[n++] = i;
	}
	bool numbered = n > 0;
	for (int i = 0; ok && !numbered && i < r->columns; i++)
		if (columns_is_number(r, i) && !columns_is_growth(r->names[i]))
			points[n++] = i;
	if (ok && n < 2)
		ok = error_set(err, STATUS_SCRIPT,
			"plot lines needs a result with a column for each dump");
	assert(n <= (size_t)r->columns);
	for (size_t k = 0; ok && k < n; k++)
		labels[k] = r->names[points[k]];
	ok = ok && (p->label_count == n || plot_set_labels(p, labels, n, err));
	/* Classes first, then building blocks. */
	for (size_t i = 0; ok && i < 2 * r->rows && p->count < top; i++) {
		size_t row = i < r->rows ? i : i - r->rows;
		struct cell first = result_cell(r, row, 0);
		bool class = first.type == CELL_TEXT &&
			     runtime_kind(choice->runtime, first.text, first.len) ==
				     KIND_OBJECT;
		if (columns_is_whole(r, row) || class != (i < r->rows))
			continue;
		for (size_t k = 0; k < n; k++)
			values[k] = columns_integer(result_cell(r, row, points[k]));
		ok = columns_put_name(&name, r, row, err);
		const struct plot_item item = { .name = (char *)buffer_text(&name),
			.parent = PLOT_NONE,
			.value = values[n - 1],
			.before = values[0],
			.count = -1,
			.address = columns_address(r, row) };
		ok = ok && plot_put(p, &item, err) && plot_set_values(p, values, err);
	}
	free(labels);
	free(values);
	free(points);
	buffer_fini(&name);
	return ok;
}

/* --- trees ------------------------------------------------------------------------- */

/* How deep a row of a column `tree` is: each level is a middle dot and a space in front.
 */
static size_t columns_depth(const char **text, size_t *len)
{
	size_t depth = 0;
	while (*len >= 3 && memcmp(*text, "\xc2\xb7 ", 3) == 0) {
		*text += 3;
		*len -= 3;
		depth++;
	}
	return depth;
}

enum { COLUMNS_DEPTH_MAX = 64 };

static bool columns_put_tree(
	struct plot *p, const struct result *r, int figure, struct error *err)
{
	int tree = columns_find(r, "tree"), objects = columns_find(r, "objects");
	uint32_t up[COLUMNS_DEPTH_MAX + 1] = { 0 };
	struct plot_item item = {
		.name = "heap", .parent = PLOT_NONE, .count = -1, .colour = PLOT_REST
	};
	if (tree < 0)
		return error_set(err, STATUS_SCRIPT,
			"plot %s needs a result with a column 'tree'",
			plot_kind_name(p->kind));
	for (size_t row = 0; row < r->rows; row++) {
		struct cell cell = result_cell(r, row, tree);
		const char *text = cell.type == CELL_TEXT ? cell.text : "";
		size_t len = cell.type == CELL_TEXT ? cell.len : 0;
		if (columns_depth(&text, &len) == 0)
			item.value = saturate_add(
				item.value, columns_integer(result_cell(r, row, figure)));
	}
	bool ok = plot_put(p, &item, err);
	for (size_t row = 0; ok && row < r->rows; row++) {
		struct cell cell = result_cell(r, row, tree);
		const char *text = cell.type == CELL_TEXT ? cell.text : "";
		size_t len = cell.type == CELL_TEXT ? cell.len : 0;
		size_t depth = columns_depth(&text, &len);
		char *name = strndup(text, len);
		if (name == NULL)
			return error_nomem(err);
		item = (struct plot_item){ .name = name,
			.parent = depth == 0 ? 0
					     : up[depth < COLUMNS_DEPTH_MAX
							       ? depth
							       : COLUMNS_DEPTH_MAX],
			.value = columns_integer(result_cell(r, row, figure)),
			.count = objects < 0
					 ? -1
					 : columns_integer(result_cell(r, row, objects)),
			.address = columns_address(r, row),
			.colour = PLOT_PLAIN };
		assert(item.parent < p->count);
		if (depth < COLUMNS_DEPTH_MAX)
			up[depth + 1] = (uint32_t)p->count;
		ok = plot_put(p, &item, err);
		free(name);
	}
	return ok;
}

bool plot_columns(struct plot *p, const struct result *r,
	const struct plot_choice *choice, struct error *err)
{
	static const char *const figures[] = { "bytes_growth", "growth", "wasted",
		"retained", "bytes", "size", "objects", "count", NULL };
	static const char *const of_bytes[] = { "bytes", "size", "retained", "wasted",
		"saved", "one", "largest", "own", "owns", NULL };
	const char *column = choice->column;
	size_t top = choice->top;
	if (p->kind == PLOT_LINES)
		return columns_put_lines(p, r, choice, err);
	/* The figures: the column of that name, else the first of the known ones, else
	 * the last with numbers. */
	int figure = column == NULL ? -1 : columns_find(r, column);
	for (size_t i = 0; column == NULL && figure < 0 && figures[i] != NULL; i++) {
		int found = columns_find(r, figures[i]);
		if (found >= 0 && columns_is_number(r, found))
			figure = found;
	}
	for (int i = r->columns; column == NULL && figure < 0 && i-- > 0;)
		if (columns_is_number(r, i) && strcasecmp(r->names[i], "address") != 0)
			figure = i;
	if (figure < 0)
		return error_set(err, STATUS_SCRIPT, "plot %s%s%s%s",
			plot_kind_name(p->kind),
			column == NULL ? " needs a result with a column of numbers"
				       : ": the result has no column '",
			column == NULL ? "" : column, column == NULL ? "" : "'");
	assert(figure < r->columns);
	const char *name = r->names[figure];
	p->bytes = strncasecmp(name, "bytes_", 6) == 0;
	for (size_t i = 0; of_bytes[i] != NULL; i++)
		p->bytes = p->bytes || strcasecmp(name, of_bytes[i]) == 0;
	if (p->kind == PLOT_BARS || p->kind == PLOT_STACK)
		return columns_put_rows(p, r, figure,
			top > 0                 ? top
			: p->kind == PLOT_STACK ? COLUMNS_PARTS
						: COLUMNS_BARS,
			err);
	return columns_put_tree(p, r, figure, err);
}
