/* SPDX-License-Identifier: MIT */
#include "output/page.h"

/* Made by the build out of the files of these names. */
extern const char *const picture_css[], *const page_css[], *const page_js[];

static void page_put(struct buffer *out, const char *const lines[])
{
	for (; *lines != NULL; lines++)
		buffer_put_text(out, *lines);
}

void page_put_picture_style(struct buffer *out)
{
	page_put(out, picture_css);
}

void page_put_style(struct buffer *out)
{
	page_put(out, picture_css);
	page_put(out, page_css);
}

void page_put_script(struct buffer *out)
{
	page_put(out, page_js);
}
