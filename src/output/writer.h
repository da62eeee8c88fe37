/* SPDX-License-Identifier: MIT */
/* writer - the interface of a report format.
 *
 * A format is one file with one `const struct writer_format` and one line in the table of
 * writer.c.  A writer gets finished results and appends bytes to a buffer; `target`
 * decides where they go: to standard output, a file written aside and renamed, a folder.
 * A format leaves out what it cannot show, with a note for the caller.
 *
 * A writer reports no errors: out of memory, it makes the buffer fail, and the target
 * looks at that once. */
#ifndef MEMSEE_OUTPUT_WRITER_H
#define MEMSEE_OUTPUT_WRITER_H

#include "base/buffer.h"
#include "base/error.h"
#include "result/plot.h"
#include "result/result.h"

#include <stdbool.h>

/* The default node limit: Graphviz needs seconds for some 700 nodes, and readers lose
 * their way far earlier. */
#define WRITER_NODE_LIMIT 300

struct check_list;

/* How results should look; borrowed, must outlive the writer.  Zeroed, it means the
 * defaults. */
struct writer_options {
	/* The width that `width` set for a column, 0 when none was.  May be NULL. */
	int (*width)(const void *context, const char *column);
	/* The name (without `$`) to show instead of a number, or NULL.  May be NULL. */
	const char *(*name_of)(const void *context, int64_t number);
	const void *context;
	size_t node_limit; /* of a drawing; nodes beyond it become "N more"; 0: default
			    */
	const char *dot; /* --render: Graphviz, which draws DOT files; NULL: they are not
			    drawn */
	bool pictured;   /* Markdown: pictures of drawings are shown instead of Mermaid */
	bool csv_guard; /* CSV: a quote before text that a spreadsheet takes as formula */
	/* The command line, as a reader may repeat it: "memsee summary heap.json.gz". May
	 * be NULL. */
	const char *command;
	/* The columns of the terminal on standard output; 0: there is none. */
	size_t terminal;
};

struct writer {
	const struct writer_format *format;
	const struct writer_options *options;
	size_t results; /* written so far */
	size_t titles;
	bool started;  /* something was written */
	bool in_lines; /* the last of it was a line; kept by writer_put_gap() */
	/* Takes the bytes of `out` and empties it; NULL: everything stays in the buffer.
	 */
	void (*drain)(void *context, struct buffer *out);
	void *drain_context;
	struct cell *cells; /* a row; see writer_row() */
	size_t cell_cap;
	const struct drawing *drawn; /* what the last result came with */
	size_t terminal; /* columns of the terminal it writes to; 0: to something else */
	void *own;       /* what the format keeps until the end; its `fini` releases it */
};

struct writer_format {
	const char *name;      /* "markdown" */
	const char *extension; /* "md": given to files under DIR/ */
	const char *aliases;   /* other names and extensions, space separated, or NULL */
	bool draws;            /* it draws any rows, so their references matter */
	/* Each appends to `out`; those that are NULL mean nothing in this format. */
	void (*title)(struct writer *w, const char *text, struct buffer *out);
	void (*text)(struct writer *w, const char *text, struct buffer *out);
	/* A line of plain text: nothing in it is markup. */
	void (*line)(struct writer *w, const char *text, struct buffer *out);
	/* False with a `note` (static text) when it cannot show this result. */
	bool (*result)(struct writer *w, const struct result *r, struct buffer *out,
		const char **note);
	/* A plot; false, with a `note` or without, when there is nothing to be shown. */
	bool (*plot)(struct writer *w, const struct plot *p, struct buffer *out,
		const char **note);
	/* Shows a picture of the last result; `path` is relative to the document. */
	void (*picture)(struct writer *w, const char *path, const char *caption,
		struct buffer *out);
	/* The outcome of the script's checks; once, before `end`. */
	void (*checks)(struct writer *w, const struct check_list *checks);
	/* The facts of the dump, one per row: its name, its value, its value in the
	 * first dump, whether it is bytes; once, before `end`. */
	void (*facts)(struct writer *w, const struct result *r);
	/* Closes the document (the end of a JSON array, …). */
	void (*end)(struct writer *w, struct buffer *out);
	/* Releases `w->own`, also when it is NULL. */
	void (*fini)(struct writer *w);
};

/* The formats, each in its file; the table is in writer.c. */
extern const struct writer_format writer_markdown;
extern const struct writer_format writer_csv;
extern const struct writer_format writer_dot;
extern const struct writer_format writer_text;
extern const struct writer_format writer_json;
extern const struct writer_format writer_html;
extern const struct writer_format writer_svg;

/* The format of that name, alias or extension (case folded), or NULL. */
const struct writer_format *writer_find_format(const char *name, size_t len);
/* All of them, ended by NULL, in the order of the manual. */
const struct writer_format *const *writer_formats(void);

void writer_init(struct writer *w, const struct writer_format *format,
	const struct writer_options *options);
void writer_fini(struct writer *w); /* also of a zeroed one */

/* Appends data to a text in Markdown: as it is when no reader can take any of it for
 * markup, else as a code span that shows its control characters. */
void writer_put_markdown(struct buffer *out, const char *text, size_t len);
/* The same inside a code span that the text has open: backticks are shown as \x60.  A
 * line end before the data is only a space in a span, and becomes one, so that data never
 * begins a line. */
void writer_put_in_code(struct buffer *out, const char *text, size_t len);

/* For formats. */

/* The cells of row `row`: borrowed, valid until the next call.  Every value that reaches
 * a report comes through here.  NULL out of memory, and then `out` has failed. */
const struct cell *writer_row(
	struct writer *w, const struct result *r, size_t row, struct buffer *out);

/* A format calls this after each row: it hands over the gathered bytes, so that a result
 * of a million rows is never in memory as text. */
void writer_drain(struct writer *w, struct buffer *out);

/* The empty line between two parts of a document; none before the first. */
void writer_put_gap(struct writer *w, struct buffer *out);

void writer_put_repeated(struct buffer *out, char c, size_t count);

/* A number in C's notation: an integer, or the shortest decimal that reads back as the
 * same double, which always has a point or an exponent; infinities are `inf`, `-inf`. */
void writer_put_number(struct buffer *out, const struct cell *cell);

/* A cell for people: NULL as ∘, an integer that has a name as $name, a real rounded to 12
 * significant digits, text as one line that shows its control characters. */
void writer_put_visible(const struct writer *w, const char *column,
	const struct cell *cell, struct buffer *out);

/* What `width` set for the column, else `otherwise`. */
size_t writer_width(const struct writer *w, const char *column, size_t otherwise);

#endif
