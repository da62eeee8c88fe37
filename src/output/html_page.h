/* SPDX-License-Identifier: MIT */
/* html_page - the parts of a page while a report is written, and the page they become.
 *
 * The answer comes before the contents, and the checks are known last of all, so nothing
 * is put before the end. */
#ifndef MEMSEE_OUTPUT_HTML_PAGE_H
#define MEMSEE_OUTPUT_HTML_PAGE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

struct html_page {
	char *title;             /* the first; NULL before it */
	char *heading;           /* the first sentence of the answer, as Markdown */
	struct buffer findings;  /* its others, as items of a list */
	struct buffer picture;   /* plots of the answer */
	struct buffer facts;     /* items of the strip of facts */
	struct buffer contents;  /* items of the table of contents */
	struct buffer body;      /* the sections; the last may be open */
	size_t sections, tables; /* how many there are */
	size_t finding_count;
	bool answered; /* the answer is complete; the rest is the report */
	bool open;     /* the last section is */
	bool carded;   /* its findings have cards, so its tables are folded away */
	size_t headed; /* where in `findings` those behind the heading begin */
	size_t passed, failed;
	bool broken; /* out of memory */
};

/* Appends the whole page.  `command` is what was asked, NULL when nobody knows.  Out of
 * memory for one of the parts, `out` fails. */
void html_page_put(struct buffer *out, const struct html_page *p, const char *command);

#endif
