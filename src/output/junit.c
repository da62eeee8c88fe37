/* SPDX-License-Identifier: MIT */
#include "output/junit.h"

#include "picture/xml.h"

#include <string.h>

/* Appends text with its line ends: xml_put_text() would show them as signs. */
static void junit_put_text(struct buffer *out, const char *text)
{
	for (const char *line = text; line != NULL;) {
		size_t len = strcspn(line, "\n");
		xml_put_text(out, line, len);
		line = line[len] == '\n' ? line + len + 1 : NULL;
		if (line != NULL)
			buffer_put_char(out, '\n');
	}
}

static void junit_put_attribute(struct buffer *out, const char *name, const char *value)
{
	buffer_printf(out, " %s=\"", name);
	junit_put_text(out, value);
	buffer_put_char(out, '"');
}

/* Appends a result as the text format shows it. */
static void junit_put_result(
	struct buffer *out, const struct result *r, const struct writer_options *look)
{
	if (r == NULL)
		return;
	struct writer w;
	struct buffer text = BUFFER_INIT;
	const char *note = NULL;
	writer_init(&w, &writer_text, look);
	writer_text.result(&w, r, &text, &note);
	if (writer_text.end != NULL)
		writer_text.end(&w, &text);
	writer_fini(&w);
	buffer_put_char(out, '\n');
	junit_put_text(out, buffer_text(&text));
	out->failed = out->failed || text.failed;
	buffer_fini(&text);
}

/* Appends the failure in one line: what was expected and what was found. */
static void junit_put_summary(struct buffer *out, const struct check *c)
{
	struct buffer text = BUFFER_INIT;
	if (c->expected != NULL)
		buffer_printf(&text, "expected %s, found %s", c->expected, c->found);
	if (c->message != NULL)
		buffer_printf(&text, "%s%s", text.len > 0 ? ": " : "", c->message);
	junit_put_text(out, buffer_text(&text));
	out->failed = out->failed || text.failed;
	buffer_fini(&text);
}

void junit_put(struct buffer *out, const char *suite, const struct check_list *checks,
	const struct writer_options *look)
{
	buffer_put_text(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\t<testsuite");
	junit_put_attribute(out, "name", suite);
	buffer_printf(out,
		" id=\"0\" package=\"memsee\" tests=\"%zu\" failures=\"%zu\" "
		"errors=\"%zu\" time=\"0\" timestamp=\"1970-01-01T00:00:00\" "
		"hostname=\"localhost\">\n\t\t<properties/>\n",
		checks->count, check_list_count(checks, CHECK_FAILED),
		check_list_count(checks, CHECK_ERROR));
	for (size_t i = 0; i < checks->count; i++) {
		const struct check *c = &checks->items[i];
		buffer_put_text(out, "\t\t<testcase");
		junit_put_attribute(out, "classname", suite);
		junit_put_attribute(out, "name", c->name);
		if (c->state == CHECK_PASSED) {
			buffer_put_text(out, " time=\"0\"/>\n");
			continue;
		}
		const char *element = c->state == CHECK_FAILED ? "failure" : "error";
		buffer_printf(out, " time=\"0\">\n\t\t\t<%s type=\"%s\" message=\"",
			element, c->state == CHECK_FAILED ? "check" : "run");
		junit_put_summary(out, c);
		buffer_put_text(out, "\">");
		if (c->file != NULL) {
			junit_put_text(out, c->file);
			buffer_printf(out, ":%zu: ", c->line);
		}
		junit_put_summary(out, c);
		junit_put_result(out, c->rows, look);
		junit_put_result(out, c->path, look);
		buffer_printf(out, "</%s>\n\t\t</testcase>\n", element);
	}
	buffer_put_text(out, "\t\t<system-out");
	for (size_t i = 0; i < checks->note_count; i++) {
		buffer_put_char(out, i == 0 ? '>' : '\n');
		junit_put_text(out, checks->notes[i]);
	}
	buffer_put_text(out, checks->note_count == 0 ? "/>\n" : "</system-out>\n");
	buffer_put_text(out, "\t\t<system-err/>\n\t</testsuite>\n</testsuites>\n");
}
