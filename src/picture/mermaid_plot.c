/* SPDX-License-Identifier: MIT */
#include "picture/mermaid_plot.h"

#include "picture/mermaid.h"
#include "picture/sketch.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A chart that is 700 pixels wide has room for no more. */
#define MERMAID_LABELS_MAX 12
#define MERMAID_LABEL_WIDTH 24
#define MERMAID_TITLE_WIDTH 80
#define MERMAID_LINES_MAX 5

/* A quoted word of a chart: its lexer knows no way to write a quote or a backslash. */
static void mermaid_put_word(struct buffer *out, const char *text, size_t width)
{
	struct buffer seen = BUFFER_INIT;
	sketch_put_text(&seen, text, width);
	buffer_put_char(out, '"');
	for (size_t i = 0; i < seen.len; i++)
		buffer_put_char(out, strchr("\"\\`;#<>&%{}[]", seen.data[i]) == NULL
					     ? seen.data[i]
					     : '\'');
	buffer_put_char(out, '"');
	out->failed = out->failed || seen.failed;
	buffer_fini(&seen);
}

/* Large numbers crowd an axis, so it counts in thousands or millions then. */
static double mermaid_unit(const struct plot *p, const char **words)
{
	double most = 0;
	for (size_t i = 0; i < p->count; i++)
		if (p->values == NULL && fabs((double)p->items[i].value) > most)
			most = fabs((double)p->items[i].value);
	for (size_t i = 0; p->values != NULL && i < p->count * p->label_count; i++)
		if ((double)p->values[i] > most)
			most = (double)p->values[i];
	int power = most >= 5e6 ? 2 : most >= 5e3 ? 1 : 0;
	static const char *const bytes[] = { "bytes", "kB", "MB" };
	static const char *const counts[] = { "objects", "thousand objects",
		"million objects" };
	*words = p->bytes ? bytes[power] : counts[power];
	return power == 2 ? 1e6 : power == 1 ? 1e3 : 1;
}

static void mermaid_put_values(struct buffer *out, const struct plot *p, const char *kind,
	const int64_t *values, double unit)
{
	buffer_printf(out, "    %s [", kind);
	size_t n = values != NULL ? p->label_count : p->count;
	size_t least = n > MERMAID_LABELS_MAX && values == NULL ? MERMAID_LABELS_MAX : n;
	for (size_t i = 0; i < least; i++) {
		int64_t value = values != NULL ? values[i] : p->items[i].value;
		buffer_printf(out, unit == 1 ? "%s%.0f" : "%s%.1f", i == 0 ? "" : ", ",
			(double)value / unit);
	}
	buffer_put_text(out, "]\n");
}

static void mermaid_put_chart(struct buffer *out, const struct plot *p)
{
	const char *words;
	bool lines = p->kind == PLOT_LINES;
	assert(p->count > 0 && lines == (p->values != NULL));
	assert(!lines || p->label_count > 0);
	double unit = mermaid_unit(p, &words);
	size_t n = lines ? p->label_count : p->count;
	buffer_printf(out, "```mermaid\nxychart-beta%s\n    title ",
		lines ? "" : " horizontal");
	mermaid_put_word(out, p->caption, MERMAID_TITLE_WIDTH);
	buffer_put_text(out, "\n    x-axis [");
	for (size_t i = 0; i < n && (lines || i < MERMAID_LABELS_MAX); i++) {
		buffer_put_text(out, i == 0 ? "" : ", ");
		mermaid_put_word(out, lines ? p->labels[i] : p->items[i].name,
			MERMAID_LABEL_WIDTH);
	}
	buffer_printf(out, "]\n    y-axis \"%s\"\n", words);
	if (!lines)
		mermaid_put_values(out, p, "bar", NULL, unit);
	for (size_t i = 0; lines && i < p->count && i < MERMAID_LINES_MAX; i++)
		mermaid_put_values(out, p, "line", p->values + i * p->label_count, unit);
	buffer_put_text(out, "```\n");
	/* A chart has no key. */
	if (!lines || p->count < 2)
		return;
	buffer_put_text(out, "\n*At their ends from the first line of the chart on: ");
	for (size_t i = 0; i < p->count && i < MERMAID_LINES_MAX; i++) {
		buffer_put_text(out, i == 0 ? "" : ", ");
		sketch_put_count(out, p->values[(i + 1) * p->label_count - 1]);
	}
	buffer_put_text(out, ".*\n");
}

bool mermaid_put_plot(struct buffer *out, const struct plot *p)
{
	if (p->kind == PLOT_CHAIN) {
		bool fits = p->drawing != NULL && mermaid_fits(p->drawing);
		if (fits)
			mermaid_put(p->drawing, out);
		return fits;
	}
	bool known = p->kind == PLOT_LINES || p->kind == PLOT_BARS;
	if (known && p->count > 0)
		mermaid_put_chart(out, p);
	return known && p->count > 0;
}
