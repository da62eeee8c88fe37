/* SPDX-License-Identifier: MIT */
/* page - the constants of a page: its style and its script.
 *
 * They are kept as picture.css, page.css and page.js; the build makes C of them (see
 * strings.awk).  Being constants, so are their hashes, by which the page's
 * Content-Security-Policy allows them and nothing else. */
#ifndef MEMSEE_OUTPUT_PAGE_H
#define MEMSEE_OUTPUT_PAGE_H

#include "base/buffer.h"

/* The style of pictures alone, for a file that holds nothing else. */
void page_put_picture_style(struct buffer *out);
/* All of the page's style, and its script, without their tags. */
void page_put_style(struct buffer *out);
void page_put_script(struct buffer *out);

#endif
