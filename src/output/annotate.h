/* SPDX-License-Identifier: MIT */
/* annotate - messages in the form that CI systems show beside the source line. */
#ifndef MEMSEE_OUTPUT_ANNOTATE_H
#define MEMSEE_OUTPUT_ANNOTATE_H

#include "base/buffer.h"

/* Appends GitHub's workflow command for an error, a line:
 * `::error file=FILE,line=LINE::MESSAGE`, escaped.  Without a file (NULL) there is a
 * title instead, `::error title=TITLE::MESSAGE`, or nothing (NULL).
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
void annotate_github(struct buffer *out, const char *title, const char *file, size_t line,
	const char *message);

#endif
