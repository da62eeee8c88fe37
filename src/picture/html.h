/* SPDX-License-Identifier: MIT */
/* html - text, figures and a report's Markdown as HTML.
 *
 * Whatever comes from a dump or a script is text here, never markup: `& < > "` become
 * references and unseen characters are shown.  All of it is good between tags and in a
 * double-quoted attribute unless it says that it makes tags. */
#ifndef MEMSEE_PICTURE_HTML_H
#define MEMSEE_PICTURE_HTML_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Text of any quality as one line. */
void html_put(struct buffer *out, const char *text, size_t len);
void html_put_text(struct buffer *out, const char *text);

/* "1,066,258", with `plus` "+1,066,258"; less than nothing has the sign U+2212. */
void html_put_count(struct buffer *out, int64_t count, bool plus);
/* "2.59 MB"; powers of 1000. */
void html_put_bytes(struct buffer *out, double bytes, bool plus);
/* Tags: the same with all digits for the page's script and who points there. */
void html_put_exact(struct buffer *out, int64_t bytes, bool plus);
/* A real with `decimals` digits behind the point, sign as above. */
void html_put_real(struct buffer *out, double value, int decimals);

/* Tags: what a paragraph or list of a report's Markdown comes to.  Code spans, strong and
 * emphasised text, links to the web, lists, and fenced code are known; what else there is
 * stays text. */
void html_put_markdown(struct buffer *out, const char *text);
/* Tags: one paragraph of it, without the tags of the paragraph. */
void html_put_inline(struct buffer *out, const char *text, size_t len);
/* Its words alone, for places where tags are not allowed. */
void html_put_plain(struct buffer *out, const char *text);

#endif
