/* SPDX-License-Identifier: MIT */
/* What the tests of the report formats share: results of awkward values, what a writer
 * makes of them, and other programs that read it. */
#ifndef MEMSEE_TESTS_REPORT_H
#define MEMSEE_TESTS_REPORT_H

#include "base/array.h"
#include "base/utf8.h"
#include "output/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Pieces that mean something somewhere. */
static const char *const report_pieces[] = { "a", "dict", " ", "  ", "\"", "\"\"", "'",
	",", ";", "|", "\\", "\\|", "\\\\", "\n", "\r\n", "\t", "`", "``", "*", "**", "_",
	"~~", "<img src=x onerror=alert(1)>", "<!--", "-->", "&lt;", "&#35;", "&", "](x)",
	"[a](b)", "![x](y)", "{{", "}}", "{%", "$x$", "#1", "@me", "http://x.y/z",
	"www.example.com", "a@b.cc", ":smile:", "GH-1", "=1+1", "+1", "-1", "@SUM(A1)",
	"\x1b[31m", "\x07", "\x7f", "\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80",
	"\xed\xb0\x80", "\xf4\x90\x80\x80", "é", "漢字", "🐍", "e\xcc\x81", "\xe2\x80\xae",
	"\xe2\x80\x8f", "\xe2\x80\xa8", "\xef\xbb\xbf", "\xc2\x9b", "\xc2\x85", "\\N",
	"\\G", "\\n", "\\l", "]; x [", "n0 -> n1", "#quot;", "%%{init}%%", "end", "---",
	": ", "1.", "> ", "0", "∘", "$big", "\xc2\xa0", "null" };

#define REPORT_PIECES (sizeof report_pieces / sizeof report_pieces[0])

/* xorshift64, so that a failing seed fails everywhere. */
static inline uint64_t report_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state >> 11;
}

/* A text of some pieces, now and then a NUL or any byte; owned by `keep`, cleared first.
 */
static inline struct cell report_text(uint64_t *state, struct buffer *keep)
{
	buffer_clear(keep);
	buffer_put(keep, "", 0);
	for (uint64_t i = report_random(state) % 6; i > 0; i--) {
		uint64_t pick = report_random(state) % (REPORT_PIECES + 2);
		if (pick < REPORT_PIECES)
			buffer_put_text(keep, report_pieces[pick]);
		else
			buffer_put_char(keep, pick == REPORT_PIECES
						      ? '\0'
						      : (char)report_random(state));
	}
	return cell_bytes(buffer_text(keep), keep->len);
}

static inline struct cell report_cell(uint64_t *state, struct buffer *keep)
{
	static const int64_t integers[] = { 0, 1, -1, INT64_MAX, INT64_MIN,
		140593775575088, 4095, 10000 };
	static const double reals[] = { 0, -0.0, 0.1, 48, 1e300, -1.5e-7,
		201.10344827586207, 4.6e18, 5e-324, 1.7976931348623157e308 };
	uint64_t pick = report_random(state);
	switch (report_random(state) % 8) {
	case 0:
		return cell_null();
	case 1:
		return cell_integer(integers[pick % 8]);
	case 2:
		return cell_real(reals[pick % 10]);
	case 3: {
		struct cell blob = report_text(state, keep);
		blob.type = CELL_BLOB;
		return blob;
	}
	default:
		return report_text(state, keep);
	}
}

/* A result of random cells; a third of the columns are integers alone. */
static inline struct result *report_result(uint64_t seed, int columns, size_t rows)
{
	uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	struct error err = ERROR_INIT;
	struct buffer keep[8] = { { 0 } };
	const char *names[8];
	struct cell cells[8];
	for (int i = 0; i < columns; i++) {
		do
			report_text(&state, &keep[i]);
		while (keep[i].len == 0 || strlen(keep[i].data) != keep[i].len);
		names[i] = buffer_text(&keep[i]);
	}
	struct result *r = result_new(columns, names);
	assert_non_null(r);
	r->number = (int)(seed % 12);
	for (size_t row = 0; row < rows; row++) {
		for (int i = 0; i < columns; i++)
			cells[i] = i % 3 == 2
					   ? cell_integer((int64_t)report_random(&state))
					   : report_cell(&state, &keep[i]);
		assert_true(result_push(r, cells, &err));
	}
	for (int i = 0; i < columns; i++)
		buffer_fini(&keep[i]);
	return r;
}

/* Appends what `format` makes of the results, a whole document. */
static inline void report_write(struct buffer *out, const struct writer_format *format,
	const struct writer_options *options, struct result *const *results, size_t count)
{
	struct writer w;
	const char *note = NULL;
	writer_init(&w, format, options);
	for (size_t i = 0; i < count; i++)
		w.results += format->result(&w, results[i], out, &note);
	if (format->end != NULL)
		format->end(&w, out);
	writer_fini(&w);
	assert_false(out->failed);
}

/* What a reader should see in a cell. */
static inline void report_visible(struct buffer *out, const struct cell *cell)
{
	static const struct writer_options none = { 0 };
	struct writer w;
	writer_init(&w, &writer_text, &none);
	writer_put_visible(&w, "column", cell, out);
}

/* Feeds `input` to a shell command, appends what it prints (errors too) to `output`.  Its
 * exit status; 127: there is no such program. */
static inline int report_pipe(
	const char *command, const struct buffer *input, struct buffer *output)
{
	char path[] = "/tmp/memsee-test-XXXXXX";
	struct buffer line = BUFFER_INIT;
	char chunk[4096];
	size_t n;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, buffer_text(input), input->len), (ssize_t)input->len);
	close(fd);
	buffer_printf(&line, "%s <%s 2>&1", command, path);
	FILE *from = popen(buffer_text(&line), "r");
	assert_non_null(from);
	while ((n = fread(chunk, 1, sizeof chunk, from)) > 0)
		buffer_put(output, chunk, n);
	int status = pclose(from);
	unlink(path);
	buffer_fini(&line);
	return status >> 8;
}

static inline bool report_has_program(const char *name)
{
	struct buffer none = BUFFER_INIT, line = BUFFER_INIT, output = BUFFER_INIT;
	buffer_printf(&line, "command -v %s", name);
	bool found = report_pipe(buffer_text(&line), &none, &output) == 0;
	buffer_fini(&line);
	buffer_fini(&output);
	return found;
}

#endif
