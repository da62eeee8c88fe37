/* SPDX-License-Identifier: MIT */
#include "output/html_page.h"

#include "base/sha256.h"
#include "output/page.h"
#include "picture/html.h"

#include <assert.h>
#include <string.h>

/* A longer heading has smaller letters. */
#define HTML_HEADING_LONG 70

enum html_outcome { HTML_CALM, HTML_GOOD, HTML_BAD };

static enum html_outcome html_outcome(const struct html_page *p)
{
	return p->failed > 0 ? HTML_BAD : p->passed > 0 ? HTML_GOOD : HTML_CALM;
}

static const char *html_heading(const struct html_page *p)
{
	return p->heading != NULL ? p->heading : p->title != NULL ? p->title : "Report";
}

static void html_put_head(struct buffer *out, const struct html_page *p)
{
	static const char *const icons[] = {
		[HTML_CALM] =
			"%3Crect x='2' y='2' width='9' height='9' fill='%237a8288'/%3E",
		[HTML_GOOD] = "%3Ccircle cx='8' cy='8' r='7' fill='%23009e73'/%3E",
		[HTML_BAD] = "%3Cpath d='M8 1l7 13H1z' fill='%23d55e00'/%3E",
	};
	struct buffer style = BUFFER_INIT, script = BUFFER_INIT;
	page_put_style(&style);
	page_put_script(&script);
	buffer_put_text(out,
		"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		"'none'; script-src 'sha256-");
	sha256_put_base64(out, buffer_text(&script), script.len);
	buffer_put_text(out, "'; style-src 'sha256-");
	sha256_put_base64(out, buffer_text(&style), style.len);
	buffer_put_text(out, "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
			     "<meta name=\"viewport\" content=\"width=device-width, "
			     "initial-scale=1\">\n"
			     "<meta name=\"color-scheme\" content=\"light dark\">\n"
			     "<meta name=\"robots\" content=\"noindex\">\n<title>");
	html_put_plain(out, html_heading(p));
	buffer_put_text(out,
		" \xe2\x80\x93 memsee</title>\n<link rel=\"icon\" "
		"href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
		"viewBox='0 0 16 16'%3E");
	buffer_put_text(out, icons[html_outcome(p)]);
	buffer_put_text(out, "%3C/svg%3E\">\n<style>");
	buffer_put(out, buffer_text(&style), style.len);
	buffer_put_text(out, "</style>\n</head>\n");
	out->failed = out->failed || style.failed || script.failed;
	buffer_fini(&style);
	buffer_fini(&script);
}

void html_page_put(struct buffer *out, const struct html_page *p, const char *command)
{
	static const char prefix[] = "memsee ";
	static const char *const classes[] = { [HTML_CALM] = "verdict",
		[HTML_GOOD] = "verdict good",
		[HTML_BAD] = "verdict bad" };
	assert(!p->open);
	html_put_head(out, p);
	/* The bar at the top names the program, not twice. */
	buffer_put_text(out,
		"<body>\n<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n"
		"<header class=\"top\"><b>memsee</b> <span>");
	if (command != NULL)
		html_put_text(
			out, command + (strncmp(command, prefix, sizeof prefix - 1) == 0
						       ? sizeof prefix - 1
						       : 0));
	buffer_put_text(out,
		"</span><span class=\"sp\"></span><button id=\"exact\" type=\"button\" "
		"aria-pressed=\"false\" hidden>Exact bytes</button></header>\n"
		"<div class=\"page\">\n"
		"<nav class=\"toc\" aria-label=\"Contents\"><ol>"
		"<li><a href=\"#main\">Answer</a></li>");
	buffer_put_text(out, buffer_text(&p->contents));
	buffer_put_text(out, "</ol></nav>\n");
	/* The answer: the checks, the heading, the findings, the pictures, the facts. */
	const char *heading = html_heading(p);
	buffer_printf(out,
		"<main id=\"main\">\n<div class=\"%s\" role=\"region\" "
		"aria-labelledby=\"v\"><p class=\"st\">",
		classes[html_outcome(p)]);
	if (p->failed > 0)
		buffer_printf(out,
			"\xe2\x96\xb2 %zu of %zu check%s failed, exit status 1",
			p->failed, p->failed + p->passed,
			p->failed + p->passed == 1 ? "" : "s");
	else if (p->passed > 0)
		buffer_printf(out, "\xe2\x9c\x93 %zu check%s passed, exit status 0",
			p->passed, p->passed == 1 ? "" : "s");
	if (p->title != NULL && p->heading != NULL) {
		buffer_put_text(out, p->failed + p->passed > 0 ? " \xc2\xb7 " : "");
		html_put_plain(out, p->title);
	}
	buffer_printf(out, "</p>\n<h1 id=\"v\"%s>",
		strlen(heading) > HTML_HEADING_LONG ? " class=\"long\"" : "");
	html_put_inline(out, heading, strlen(heading));
	buffer_put_text(out, "</h1>\n");
	if (p->finding_count > 0) {
		buffer_put_text(out, "<ul class=\"find\">\n");
		buffer_put_text(out, buffer_text(&p->findings));
		buffer_put_text(out, "</ul>\n");
	}
	buffer_put(out, buffer_text(&p->picture), p->picture.len);
	buffer_put_text(out, "</div>\n");
	if (p->facts.len > 0) {
		buffer_put_text(out, "<dl class=\"facts\">");
		buffer_put_text(out, buffer_text(&p->facts));
		buffer_put_text(out, "</dl>\n");
	}
	buffer_put(out, buffer_text(&p->body), p->body.len);
	buffer_put_text(out, "<footer>");
	if (command != NULL) {
		buffer_put_text(out, "<code>");
		html_put_text(out, command);
		buffer_put_text(out, "</code>. ");
	}
	buffer_put_text(out, "Bytes are in powers of ten: 1 kB is 1000 bytes; a figure's "
			     "title has all "
			     "its digits.</footer>\n</main>\n</div>\n<script>");
	page_put_script(out);
	buffer_put_text(out, "</script>\n</body>\n</html>\n");
	out->failed = out->failed || p->broken || p->findings.failed ||
		      p->picture.failed || p->facts.failed || p->contents.failed ||
		      p->body.failed;
}
