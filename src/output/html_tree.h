/* SPDX-License-Identifier: MIT */
/* html_tree - a result whose rows are a tree, as `du` shows a disk, with branches that
 * open. */
#ifndef MEMSEE_OUTPUT_HTML_TREE_H
#define MEMSEE_OUTPUT_HTML_TREE_H

#include "output/writer.h"

/* Whether the rows are such a tree: the first column is `tree`, in which each level is a
 * middle dot and a space, and another says how many bytes. */
bool html_is_tree(const struct result *r);

void html_put_tree(struct writer *w, const struct result *r, struct buffer *out);

#endif
