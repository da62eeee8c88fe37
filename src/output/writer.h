/* SPDX-License-Identifier: MIT */
/* writer - what a report format has to do.
 *
 * A format is one file with one `const struct writer_format` and one line in the table of
 * writer.c.  A writer gets finished results and appends bytes to a buffer; where they go
 * (standard output, a file written aside and renamed, a folder) is the affair of
 * `target`.  What a format cannot show it leaves out with a note for the caller. */
#ifndef MEMSEE_OUTPUT_WRITER_H
#define MEMSEE_OUTPUT_WRITER_H

#include "base/buffer.h"
#include "base/error.h"
#include "model/result.h"

#include <stdbool.h>

/* How results should look; borrowed, must outlive the writer. */
struct writer_options {
	/* The width that `width` set for a column, 0 when none was. */
	int (*width)(const void *context, const char *column);
	/* The name (without `$`) to show instead of a number, or NULL. */
	const char *(*name_of)(const void *context, int64_t number);
	const void *context;
	size_t node_limit; /* of a drawing; what is beyond it becomes "N more" */
};

struct writer {
	const struct writer_format *format;
	const struct writer_options *options;
	size_t results; /* written so far */
	bool started;   /* something was written */
};

struct writer_format {
	const char *name;      /* "markdown" */
	const char *extension; /* "md": given to files under DIR/ */
	const char *aliases;   /* other names and extensions, space separated, or NULL */
	bool draws;            /* it shows drawings, so they are worth making */
	/* Each appends to `out`; those that are NULL mean nothing in this format. */
	void (*title)(struct writer *w, const char *text, struct buffer *out);
	void (*text)(struct writer *w, const char *text, struct buffer *out);
	/* A line of plain text: nothing in it is markup. */
	void (*line)(struct writer *w, const char *text, struct buffer *out);
	/* False with a `note` (static text) when it cannot show this result. */
	bool (*result)(struct writer *w, const struct result *r, struct buffer *out,
		const char **note);
	/* What closes the document (the end of a JSON array, …). */
	void (*end)(struct writer *w, struct buffer *out);
};

/* The format of that name, alias or extension (case folded), or NULL. */
const struct writer_format *writer_find_format(const char *name, size_t len);
/* All of them, ended by NULL, in the order of the manual. */
const struct writer_format *const *writer_formats(void);

void writer_init(struct writer *w, const struct writer_format *format,
	const struct writer_options *options);

#endif
