/* SPDX-License-Identifier: MIT */
#include "language/script.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a line of the command's text comes from. */
struct script_piece {
	size_t text, source;
	size_t line; /* its number, from 1 */
};

struct script {
	char *name;
	struct buffer source;
	size_t first; /* of `source` behind a byte order mark */
	size_t at;    /* the beginning of the next line to read */
	size_t line;  /* the number of that line */
	struct buffer command;
	struct script_piece *pieces; /* of the command: ascending, at least one */
	size_t piece_count, piece_cap;
	struct buffer header;
};

/* A line of the source, or the rest of it: without its end. */
struct script_line {
	size_t start, len;
	size_t next; /* where the next begins */
	size_t number;
};

static bool script_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool script_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool script_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* --- reading ---------------------------------------------------------------------- */

static struct script *script_new(const char *name, struct error *err)
{
	struct script *s = array_new_zeroed(1, sizeof *s);
	if (s == NULL || (s->name = strdup(name)) == NULL) {
		error_nomem(err);
		free(s);
		return NULL;
	}
	s->line = 1;
	return s;
}

/* Takes the source for complete. */
static bool script_begin(struct script *s, struct error *err)
{
	if (s->source.failed)
		return error_nomem(err);
	if (s->source.len > SCRIPT_SIZE_MAX)
		return error_set(err, STATUS_SCRIPT, "script '%s' is longer than %zu MiB",
			s->name, SCRIPT_SIZE_MAX >> 20);
	if (strncmp(buffer_text(&s->source), "\xef\xbb\xbf", 3) == 0)
		s->first = 3;
	s->at = s->first;
	/* The message has the place itself: without a script nothing else can find it. */
	const char *text = buffer_text(&s->source);
	size_t line = 1, column = 1, used = 0;
	for (size_t i = s->first; i < s->source.len; i += used) {
		uint32_t c = utf8_decode(text + i, s->source.len - i, &used);
		if (c == UTF8_INVALID || c == 0)
			return error_set(err, STATUS_SCRIPT, "%s:%zu:%zu: %s in a script",
				s->name, line, column,
				c == 0 ? "a NUL byte" : "invalid UTF-8");
		column = c == '\n' ? 1 : column + 1;
		line += c == '\n';
	}
	return true;
}

struct script *script_load(const char *path, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	struct script *s = script_new(standard ? "standard input" : path, err);
	if (s == NULL)
		return NULL;
	FILE *file = standard ? stdin : fopen(path, "rbe");
	if (file == NULL) {
		error_set(err, STATUS_SCRIPT, "cannot open script '%s': %s", path,
			strerror(errno));
		script_free(s);
		return NULL;
	}
	while (s->source.len <= SCRIPT_SIZE_MAX) {
		char chunk[16384];
		size_t n = fread(chunk, 1, sizeof chunk, file);
		buffer_put(&s->source, chunk, n);
		if (n < sizeof chunk)
			break;
	}
	bool ok = ferror(file)
			  ? error_set(err, STATUS_SCRIPT, "cannot read script '%s': %s",
				    s->name, strerror(errno))
			  : script_begin(s, err);
	if (!standard)
		(void)fclose(file);
	if (!ok) {
		script_free(s);
		return NULL;
	}
	return s;
}

struct script *script_from_text(
	const char *name, const char *text, size_t len, struct error *err)
{
	struct script *s = script_new(name, err);
	if (s == NULL)
		return NULL;
	buffer_put(&s->source, text, len);
	if (!script_begin(s, err)) {
		script_free(s);
		return NULL;
	}
	for (; script_is_blank(buffer_text(&s->source)[s->at]); s->at++)
		s->line += s->source.data[s->at] == '\n';
	return s;
}

void script_free(struct script *s)
{
	if (s == NULL)
		return;
	buffer_fini(&s->source);
	buffer_fini(&s->command);
	buffer_fini(&s->header);
	free(s->pieces);
	free(s->name);
	free(s);
}

const char *script_name(const struct script *s)
{
	return s->name;
}

/* --- lines ------------------------------------------------------------------------ */

/* The line at s->at, which stays there; false at the end. */
static bool script_peek(const struct script *s, struct script_line *line)
{
	if (s->at >= s->source.len)
		return false;
	const char *start = s->source.data + s->at;
	const char *end = memchr(start, '\n', s->source.len - s->at);
	size_t len = end == NULL ? s->source.len - s->at : (size_t)(end - start);
	*line = (struct script_line){ s->at, len, s->at + len + (end != NULL), s->line };
	if (len > 0 && start[len - 1] == '\r')
		line->len--;
	return true;
}

static void script_skip(struct script *s, const struct script_line *line)
{
	assert(line->next > s->at && line->next <= s->source.len);
	s->at = line->next;
	s->line++;
}

static const char *script_text(const struct script *s, const struct script_line *line)
{
	return s->source.data + line->start;
}

static size_t script_indent(const struct script *s, const struct script_line *line)
{
	size_t n = 0;
	while (n < line->len && script_is_blank(script_text(s, line)[n]))
		n++;
	return n;
}

static bool script_is_comment(const struct script *s, const struct script_line *line)
{
	const char *text = script_text(s, line);
	if (line->len >= 2 && text[0] == '-' && text[1] == '-')
		return true;
	return line->len >= 1 && text[0] == '#' &&
	       (line->len == 1 || !script_is_digit(text[1]));
}

/* Drops the prompt, and everything before it.  The line may be empty then. */
static bool script_drop_prompt(const struct script *s, struct script_line *line)
{
	size_t indent = script_indent(s, line);
	if (line->len - indent < 3 ||
		memcmp(script_text(s, line) + indent, "::>", 3) != 0)
		return false;
	line->start += indent + 3;
	line->len -= indent + 3;
	indent = script_indent(s, line);
	line->start += indent;
	line->len -= indent;
	return true;
}

/* Appends a line to the command.  True when it ends in a backslash, which is dropped. */
static bool script_append(struct script *s, const struct script_line *line)
{
	size_t n = s->piece_count;
	if (!array_reserve(&s->pieces, &s->piece_cap, n + 1, sizeof *s->pieces)) {
		s->command.failed = true;
		return false;
	}
	if (n > 0)
		buffer_put_char(&s->command, '\n');
	s->pieces[n] = (struct script_piece){ s->command.len, line->start, line->number };
	s->piece_count++;
	const char *text = script_text(s, line);
	size_t len = line->len;
	while (len > 0 && script_is_blank(text[len - 1]))
		len--;
	bool more = len > 0 && text[len - 1] == '\\';
	buffer_put(&s->command, text, more ? len - 1 : line->len);
	return more;
}

/* Whether the next line continues the command; comments before it are skipped. */
static bool script_continues(struct script *s, struct script_line *line)
{
	while (script_peek(s, line)) {
		struct script_line rest = *line;
		size_t indent = script_indent(s, line);
		if (!script_is_comment(s, line))
			return indent > 0 && indent < line->len &&
			       !script_drop_prompt(s, &rest);
		script_skip(s, line);
	}
	return false;
}

/* Hands out the collected command. */
static int script_yield(
	struct script *s, struct script_command *command, int result, struct error *err)
{
	if (s->command.failed) {
		error_nomem(err);
		return -1;
	}
	assert(result < 0 || s->command.len > 0);
	const char *text = buffer_text(&s->command);
	size_t len = s->command.len;
	size_t verb = *text == '!' || *text == '?' ? 1 : 0;
	bool word = verb == 0;
	while (word && (script_is_letter(text[verb]) || script_is_digit(text[verb]) ||
			       text[verb] == '_' ||
			       (text[verb] == '-' && verb > 0 &&
				       script_is_letter(text[verb + 1]))))
		verb++;
	/* Anything else is one word, for the message. */
	while (word && (verb == 0 || (verb < len && (unsigned char)text[verb] >= 0x80))) {
		do
			verb++;
		while (verb < len && !script_is_blank(text[verb]));
	}
	size_t args = verb;
	while (args < len && script_is_blank(text[args]))
		args++;
	assert(verb <= args && args <= len);
	*command = (struct script_command){ text, len, verb, args };
	return result;
}

int script_next(struct script *s, struct script_command *command, struct error *err)
{
	struct script_line line;
	*command = (struct script_command){ .text = "" };
	while (script_peek(s, &line)) {
		script_skip(s, &line);
		buffer_clear(&s->command);
		s->piece_count = 0;
		size_t indent = script_indent(s, &line);
		if (indent == line.len)
			continue;
		if (!script_drop_prompt(s, &line) && indent > 0) {
			script_append(s, &line);
			error_at(err, STATUS_SCRIPT, indent,
				"an indented line continues the command above it, but "
				"there is none right above");
			return script_yield(s, command, -1, err);
		}
		if (line.len == 0 || script_is_comment(s, &line))
			continue;
		/* Collects the command that begins with this line. */
		bool more = script_append(s, &line);
		while (more ? script_peek(s, &line) : script_continues(s, &line)) {
			script_skip(s, &line);
			more = script_append(s, &line);
		}
		struct buffer *b = &s->command;
		while (b->len > 0 && (b->data[b->len - 1] == ';' ||
					     script_is_blank(b->data[b->len - 1])))
			b->len--;
		if (b->data != NULL)
			b->data[b->len] = '\0';
		if (s->command.len > 0 || s->command.failed)
			return script_yield(s, command, 1, err);
	}
	return 0;
}

/* --- places ----------------------------------------------------------------------- */

/* The line that holds byte `at` of the source, and where in it that is. */
static struct script_place script_place_at(const struct script *s, size_t at, size_t line)
{
	const char *source = buffer_text(&s->source);
	size_t start = at, end = at;
	while (start > s->first && source[start - 1] != '\n')
		start--;
	while (end < s->source.len && source[end] != '\n')
		end++;
	if (end > start && source[end - 1] == '\r')
		end--;
	if (at > end)
		at = end;
	size_t column = 1;
	for (size_t i = start; i < at; i++)
		column += ((unsigned char)source[i] & 0xc0) != 0x80;
	return (struct script_place){ s->name, line, column, source + start, end - start,
		at - start };
}

struct script_place script_locate(
	const struct script *s, const struct script_command *command, size_t offset)
{
	if (s->piece_count == 0)
		return script_place_at(s, s->first, 1);
	if (offset > command->len)
		offset = 0;
	size_t i = s->piece_count - 1;
	while (i > 0 && s->pieces[i].text > offset)
		i--;
	assert(s->pieces[i].text <= offset);
	const struct script_piece *piece = &s->pieces[i];
	return script_place_at(s, piece->source + (offset - piece->text), piece->line);
}

/* --- header ----------------------------------------------------------------------- */

const char *script_header(struct script *s)
{
	size_t at = s->at, line_number = s->line;
	struct script_line line;
	buffer_clear(&s->header);
	s->at = s->first;
	while (script_peek(s, &line)) {
		script_skip(s, &line);
		bool interpreter = line.start == s->first && line.len >= 2 &&
				   strncmp(script_text(s, &line), "#!", 2) == 0;
		if (interpreter)
			continue;
		/* An empty line before the first word does not end it yet. */
		if (!script_is_comment(s, &line)) {
			if (s->header.len > 0 || script_indent(s, &line) < line.len)
				break;
			continue;
		}
		const char *text = script_text(s, &line);
		size_t mark = text[0] == '#' ? 1 : 2;
		if (mark < line.len && text[mark] == ' ')
			mark++;
		text += mark;
		size_t len = line.len - mark;
		bool licence = len >= 5 && strncmp(text, "SPDX-", 5) == 0;
		if (licence || (len == 0 && s->header.len == 0))
			continue;
		buffer_put(&s->header, text, len);
		buffer_put_char(&s->header, '\n');
	}
	s->at = at;
	s->line = line_number;
	return s->header.failed ? NULL : buffer_text(&s->header);
}
