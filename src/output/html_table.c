/* SPDX-License-Identifier: MIT */
#include "output/html_table.h"

#include "base/array.h"
#include "base/saturate.h"
#include "picture/html.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* JavaScript's numbers are exact up to here; larger ones are written as text. */
#define HTML_EXACT (INT64_C(1) << 53)
/* From as many bytes on a name has a wide column: the signature of a path. */
#define HTML_LONG_NAME 48

/* A line of two points says no more than the two figures. */
enum { HTML_POINTS_LEAST = 3, HTML_SPARK_WIDTH = 56, HTML_SPARK_HEIGHT = 14 };

struct html_column {
	const char *name;
	enum html_kind kind;
	bool bars;  /* its figures have bars beside them */
	bool out;   /* left out: it has no value in any row, or bars of characters, for
		     * formats that draw none */
	double top; /* the largest of them */
};

struct html_table {
	struct writer *w;
	const struct result *r;
	struct html_column *columns;
	int points;         /* the first of the columns `g1`, `g2`, ... */
	int point_count;    /* how many there are; 0: none has a line */
	struct buffer seen; /* a cell as text; empty between two cells */
};

/* --- what columns mean ----------------------------------------------------------------
 */

static bool html_is_one_of(const char *name, const char *const names[])
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool html_ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);
	return len >= end_len && strcasecmp(name + len - end_len, end) == 0;
}

enum html_kind html_table_kind(const struct result *r, int column)
{
	static const char *const addresses[] = { "address", "dominator", "parent",
		"child", "example", "object", "holder", NULL };
	static const char *const bytes[] = { "bytes", "size", "retained", "wasted",
		"saved", "largest", "average", "one", "own", "owns", "own_size", "frees",
		NULL };
	static const char *const names[] = { "type", "name", "owner", "item", "value",
		"repr", "signature", "path", "reference", "tree", "holder", "class",
		"module", "key", "kept_by", "held_as", "package", "held_by", "held_from",
		"owned_by", "place", NULL };
	assert(column >= 0 && column < r->columns);
	const char *name = r->names[column];
	bool number = false, real = false;
	for (size_t row = 0; row < r->rows; row++) {
		enum cell_type type = result_cell(r, row, column).type;
		if (type == CELL_TEXT || type == CELL_BLOB)
			return html_is_one_of(name, names) ? HTML_NAME : HTML_TEXT;
		number = number || type != CELL_NULL;
		real = real || type == CELL_REAL;
	}
	if (!number)
		return HTML_TEXT;
	if (!real &&
		(html_is_one_of(name, addresses) || html_ends_with(name, "_address")))
		return HTML_ADDRESS;
	bool of_bytes = strncasecmp(name, "bytes_", 6) == 0 ||
			html_ends_with(name, "_bytes") || html_is_one_of(name, bytes);
	if (html_ends_with(name, "growth") || html_ends_with(name, "change"))
		return of_bytes ? HTML_BYTES_GROWTH : HTML_GROWTH;
	if (of_bytes)
		return HTML_BYTES;
	if (strcasecmp(name, "share") == 0 || html_ends_with(name, "percent"))
		return HTML_PERCENT;
	return real ? HTML_REAL : HTML_COUNT;
}

static bool html_is_figure(enum html_kind kind)
{
	return kind != HTML_TEXT && kind != HTML_NAME;
}

/* Whether a text is a bar made of U+2588. */
static bool html_is_drawn(const struct cell *cell)
{
	for (size_t i = 0; cell->type == CELL_TEXT && i + 3 <= cell->len; i += 3)
		if (memcmp(cell->text + i, "\xe2\x96\x88", 3) != 0)
			return false;
	return cell->type == CELL_TEXT && cell->len > 0 && cell->len % 3 == 0;
}

/* Decides what the columns mean, and which have bars and lines. */
static void html_read_columns(struct html_table *t)
{
	const struct result *r = t->r;
	int best = -1; /* the last column that is a share or a growth */
	bool any = false;
	for (int i = 0; i < r->columns; i++) {
		struct html_column *column = &t->columns[i];
		column->name = r->names[i];
		column->kind = html_table_kind(r, i);
		bool drawn = r->rows > 0, empty = r->rows > 0;
		for (size_t row = 0; (drawn || empty) && row < r->rows; row++) {
			struct cell cell = result_cell(r, row, i);
			drawn = drawn && html_is_drawn(&cell);
			empty = empty && cell.type == CELL_NULL;
		}
		column->out = drawn || empty;
		any = any || !column->out;
		if (column->kind == HTML_PERCENT || column->kind == HTML_GROWTH ||
			column->kind == HTML_BYTES_GROWTH)
			best = i;
		/* A row over dumps, `g1`, `g2`, ..., has a line from three dumps on. */
		bool point = column->name[0] == 'g' &&
			     isdigit((unsigned char)column->name[1]) &&
			     html_is_figure(column->kind);
		if (point && (t->point_count == 0 || i == t->points + t->point_count)) {
			t->points = t->point_count == 0 ? i : t->points;
			t->point_count++;
		}
	}
	for (int i = 0; i < r->columns && !any; i++)
		t->columns[i].out = false;
	if (t->point_count < HTML_POINTS_LEAST)
		t->point_count = 0;
	assert(t->points + t->point_count <= r->columns);
	if (best < 0)
		return;
	/* The longest bar; a row of the total would dwarf the others. */
	struct html_column *column = &t->columns[best];
	column->bars = true;
	for (size_t row = 0; row < r->rows; row++) {
		struct cell cell = result_cell(r, row, best);
		struct cell first = result_cell(r, row, 0);
		double value = cell.type == CELL_INTEGER ? fabs((double)cell.integer)
			       : cell.type == CELL_REAL  ? fabs(cell.real)
							 : 0;
		if (!result_is_whole(&first) && value > column->top)
			column->top = value;
	}
}

/* --- cells ----------------------------------------------------------------------------
 */

/* How high a point is above the axis. */
static double html_point(const struct cell *cell)
{
	return cell->type == CELL_INTEGER && cell->integer > 0 ? (double)cell->integer
							       : 0;
}

/* The figures of a row over dumps as a line, its axis from nought. */
static void html_put_spark(
	const struct html_table *t, const struct cell *cells, struct buffer *out)
{
	double top = 1;
	for (int i = 0; i < t->point_count; i++)
		top = fmax(top, html_point(&cells[t->points + i]));
	buffer_printf(out,
		"<svg class=\"sl\" aria-hidden=\"true\" width=\"%d\" "
		"height=\"%d\"><polyline class=\"ln\" fill=\"none\" "
		"stroke=\"#d55e00\" stroke-width=\"1.5\" points=\"",
		HTML_SPARK_WIDTH, HTML_SPARK_HEIGHT);
	const double width = HTML_SPARK_WIDTH, height = HTML_SPARK_HEIGHT;
	for (int i = 0; i < t->point_count; i++)
		buffer_printf(out, "%s%.4g,%.4g", i == 0 ? "" : " ",
			1 + (width - 2) * i / (t->point_count - 1),
			height - 1 -
				html_point(&cells[t->points + i]) / top * (height - 2));
	buffer_put_text(out, "\"/></svg> ");
}

static void html_put_figure(struct html_table *t, const struct html_column *column,
	const struct cell *cell, bool total, struct buffer *out)
{
	bool whole = cell->type == CELL_INTEGER;
	double value = whole ? (double)cell->integer : cell->real;
	enum html_kind kind = column->kind;
	bool bytes = kind == HTML_BYTES || kind == HTML_BYTES_GROWTH;
	bool plus = kind == HTML_GROWTH || kind == HTML_BYTES_GROWTH;
	assert(whole || cell->type == CELL_REAL);
	if (column->bars && !total) {
		/* A share, a loss, a growth. */
		static const char *const looks[][2] = { { "k-rest", "#cfd3d4" },
			{ "k-dn", "#7cb8de" }, { "k-grew", "#d55e00" } };
		int look = kind == HTML_PERCENT ? 0 : value < 0 ? 1 : 2;
		double width = column->top > 0 ? 100 * fabs(value) / column->top : 0;
		buffer_printf(out,
			"<svg class=\"cb\" aria-hidden=\"true\" width=\"112\" "
			"height=\"11\"><rect class=\"%s\" fill=\"%s\" width=\"%.4g%%\" "
			"height=\"100%%\"/></svg> ",
			looks[look][0], looks[look][1], fmin(width, 100));
	}
	const char *class = kind == HTML_ADDRESS        ? " class=\"m a\""
			    : kind == HTML_BYTES_GROWTH ? " class=\"b p\""
			    : bytes                     ? " class=\"b\""
							: "";
	if (column->bars)
		class = kind == HTML_BYTES_GROWTH ? " class=\"b p w\"" : " class=\"w\"";
	buffer_printf(out, "<data%s value=\"", class);
	writer_put_number(out, cell);
	if (bytes && whole) {
		buffer_put_text(out, "\" title=\"");
		html_put_count(out, cell->integer, plus);
		buffer_put_text(out, cell->integer == 1 ? " byte" : " bytes");
	}
	buffer_put_text(out, "\">");
	if (kind == HTML_ADDRESS) {
		writer_put_visible(t->w, column->name, cell, &t->seen);
		html_put_text(out, buffer_text(&t->seen));
		buffer_clear(&t->seen);
	} else if (bytes)
		html_put_bytes(out, value, plus);
	else if (kind == HTML_PERCENT)
		html_put_real(out, value, 1);
	else if (whole)
		html_put_count(out, cell->integer, plus);
	else
		html_put_real(out, value, value == floor(value) ? 0 : 1);
	buffer_put_text(out, kind == HTML_PERCENT ? " %</data>" : "</data>");
}

static void html_put_cell(struct html_table *t, const struct cell *cell,
	const struct cell *row, bool total, struct buffer *out)
{
	const struct html_column *column = &t->columns[cell - row];
	bool figure = html_is_figure(column->kind);
	buffer_put_text(out, figure ? "<td class=\"n\">"
			     : strcasecmp(column->name, "tree") == 0
				     ? "<td class=\"nm tr\">"
			     : column->kind == HTML_NAME && cell->type == CELL_TEXT &&
					     cell->len >= HTML_LONG_NAME
				     ? "<td class=\"nm lg\">"
			     : column->kind == HTML_NAME ? "<td class=\"nm\">"
							 : "<td>");
	if (cell->type == CELL_NULL)
		buffer_put_text(out, "<span class=\"none\">\xe2\x88\x98</span>");
	else if (figure) {
		if (column->bars && !total && t->point_count > 0)
			html_put_spark(t, row, out);
		html_put_figure(t, column, cell, total, out);
	} else {
		bool name = column->kind == HTML_NAME;
		writer_put_visible(t->w, column->name, cell, &t->seen);
		buffer_put_text(out, name ? "<span class=\"m\">" : "");
		/* A name may break behind its dots, where browsers would not break it. */
		const char *at = buffer_text(&t->seen);
		for (const char *dot;
			name && (dot = strchr(at, '.')) != NULL && dot[1] != '\0';
			at = dot + 1) {
			html_put(out, at, (size_t)(dot - at) + 1);
			buffer_put_text(out, "<wbr>");
		}
		html_put_text(out, at);
		buffer_put_text(out, name ? "</span>" : "");
		buffer_clear(&t->seen);
	}
	buffer_put_text(out, "</td>");
}

/* --- rows for the script --------------------------------------------------------------
 */

static void html_put_block(
	struct html_table *t, size_t first, size_t end, struct buffer *out)
{
	for (size_t row = first; row < end; row++) {
		const struct cell *cells = writer_row(t->w, t->r, row, out);
		buffer_put_text(out, row == first ? "[[" : ",\n[");
		bool any = false;
		for (int i = 0; cells != NULL && i < t->r->columns; i++) {
			const struct html_column *column = &t->columns[i];
			const struct cell *cell = &cells[i];
			if (column->out)
				continue;
			buffer_put_text(out, any ? "," : "");
			any = true;
			/* JavaScript would round a larger integer, and JSON has no
			 * infinity. */
			bool exact =
				cell->type == CELL_INTEGER
					? saturate_magnitude(cell->integer) <= HTML_EXACT
					: cell->type == CELL_REAL && isfinite(cell->real);
			if (cell->type == CELL_NULL) {
				buffer_put_text(out, "null");
				continue;
			}
			if (exact && html_is_figure(column->kind)) {
				writer_put_number(out, cell);
				continue;
			}
			/* A JSON string; without `<` nothing in it ends the block. */
			writer_put_visible(t->w, column->name, cell, &t->seen);
			buffer_put_char(out, '"');
			for (const char *c = buffer_text(&t->seen); *c != '\0'; c++) {
				if (*c == '<' || *c == '\\' || *c == '"' ||
					(unsigned char)*c < ' ')
					buffer_printf(out, "\\u%04x", (unsigned char)*c);
				else
					buffer_put_char(out, *c);
			}
			buffer_put_char(out, '"');
			buffer_clear(&t->seen);
		}
		buffer_put_char(out, ']');
	}
	buffer_put_text(out, "]");
}

/* --- the table ------------------------------------------------------------------------
 */

static void html_put_rows(
	struct html_table *t, size_t first, size_t end, struct buffer *out)
{
	for (size_t row = first; row < end; row++) {
		const struct cell *cells = writer_row(t->w, t->r, row, out);
		if (cells == NULL)
			return;
		/* The script keeps it last in every order. */
		bool total = result_is_whole(cells);
		buffer_put_text(out, total ? "<tr class=\"tot\">" : "<tr>");
		for (int i = 0; i < t->r->columns; i++)
			if (!t->columns[i].out)
				html_put_cell(t, &cells[i], cells, total, out);
		buffer_put_text(out, "</tr>\n");
	}
}

static void html_put_opening(
	struct html_table *t, size_t number, size_t left, struct buffer *out)
{
	const char *caption = t->r->caption == NULL ? "" : t->r->caption;
	buffer_put_text(out, "<div class=\"sc\" role=\"region\" tabindex=\"0\""
			     " aria-label=\"");
	/* Its section has the same title. */
	buffer_put_text(out, *caption == '\0' ? "Table " : "Table: ");
	if (*caption == '\0')
		buffer_printf(out, "%zu", number);
	html_put_text(out, caption);
	buffer_put_text(out, "\"><table class=\"t\" data-top=\"");
	const char *space = "";
	int before = 0; /* columns that the script sees before the points */
	for (int i = 0; i < t->r->columns; i++) {
		if (t->columns[i].out)
			continue;
		buffer_printf(out, "%s%.15g", space,
			t->columns[i].bars ? t->columns[i].top : 0);
		space = " ";
		before += i < t->points;
	}
	buffer_put_char(out, '"');
	if (t->point_count > 0)
		buffer_printf(out, " data-spark=\"%d %d\"", before, t->point_count);
	if (left > 0)
		buffer_printf(out, " data-more=\"r%zu\" data-left=\"%zu\"", number, left);
	buffer_put_text(out, ">");
	if (*caption != '\0') {
		buffer_put_text(out, "<caption>");
		html_put_text(out, caption);
		buffer_put_text(out, "</caption>");
	}
	buffer_put_text(out, "\n<thead><tr>");
	for (int i = 0; i < t->r->columns; i++) {
		const struct html_column *column = &t->columns[i];
		if (column->out)
			continue;
		const char *head = t->r->heads == NULL ? NULL : t->r->heads[i];
		buffer_printf(out, "<th scope=\"col\" data-k=\"%c\"%s",
			(char)column->kind,
			html_is_figure(column->kind) ? " class=\"n\""
			: column->kind == HTML_NAME  ? " class=\"nm\""
						     : "");
		/* A script calls it by its name. */
		if (head != NULL)
			buffer_printf(out, " title=\"column %s\"", column->name);
		buffer_put_char(out, '>');
		/* `bytes_growth` reads as words. */
		html_put_text(&t->seen, head == NULL ? column->name : head);
		for (char *c = t->seen.data; head == NULL && c != NULL && *c != '\0'; c++)
			if (*c == '_' && c > t->seen.data && c[1] != '\0')
				*c = ' ';
		buffer_put_text(out, buffer_text(&t->seen));
		buffer_clear(&t->seen);
		buffer_put_text(out, "</th>");
	}
	buffer_put_text(out, "</tr></thead>\n<tbody>\n");
}

void html_put_table(
	struct writer *w, const struct result *r, size_t number, struct buffer *out)
{
	struct html_table t = { .w = w, .r = r };
	/* Rows of the total come last; they are markup even where those before are not.
	 */
	size_t rows = r->rows;
	for (; rows > 0; rows--) {
		struct cell first = result_cell(r, rows - 1, 0);
		if (!result_is_whole(&first))
			break;
	}
	size_t end = rows < HTML_TABLE_MOST ? rows : HTML_TABLE_MOST;
	size_t seen = end <= HTML_TABLE_ROWS ? end : HTML_TABLE_ROWS;
	t.columns = array_new_zeroed((size_t)r->columns, sizeof *t.columns);
	if (t.columns == NULL) {
		out->failed = true;
		return;
	}
	html_read_columns(&t);
	assert(seen <= end && end <= rows && rows <= r->rows);
	html_put_opening(&t, number, end - seen, out);
	html_put_rows(&t, 0, seen, out);
	html_put_rows(&t, rows, r->rows, out);
	buffer_put_text(out, "</tbody></table></div>\n");
	if (seen < end) {
		buffer_printf(
			out, "<script type=\"application/json\" id=\"r%zu\">", number);
		html_put_block(&t, seen, end, out);
		buffer_put_text(out, "</script>\n<noscript><p class=\"note\">The first ");
		buffer_printf(out, "%zu of ", seen);
		html_put_count(out, (int64_t)rows, false);
		buffer_put_text(
			out, " rows; the page's script shows more.</p></noscript>\n");
	}
	if (end < rows) {
		buffer_put_text(out, "<p class=\"note\">The table ends after ");
		html_put_count(out, (int64_t)end, false);
		buffer_put_text(out, " of ");
		html_put_count(out, (int64_t)rows, false);
		buffer_put_text(
			out, " rows; <code>-o FILE.csv</code> writes all of them.</p>\n");
	}
	if (t.seen.failed)
		out->failed = true;
	free(t.columns);
	buffer_fini(&t.seen);
}
