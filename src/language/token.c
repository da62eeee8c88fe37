/* SPDX-License-Identifier: MIT */
#include "language/token.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* The bytes of a quoted column, quotes included. */
#define TOKEN_COLUMN_MAX 2000

/* The part of the text that is still to be read. */
struct token_rest {
	const char *at;
	size_t len;
};

static bool token_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool token_is_hex(char c)
{
	return token_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool token_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

bool token_is_name_byte(char c)
{
	return token_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* The byte `i` of the rest, NUL behind its end. */
static char token_peek(struct token_rest r, size_t i)
{
	return i < r.len ? r.at[i] : '\0';
}

static size_t token_span(struct token_rest r, size_t from, bool (*accept)(char))
{
	while (from < r.len && accept(r.at[from]))
		from++;
	return from;
}

/* What is quoted by `close`, which is written twice inside: its length with both quotes,
 * 0 when it is not closed. */
static size_t token_quoted(struct token_rest r, size_t from, char close, bool doubles)
{
	for (size_t i = from + 1; i < r.len; i++) {
		if (r.at[i] != close)
			continue;
		if (!doubles || token_peek(r, i + 1) != close)
			return i + 1;
		i++;
	}
	return 0;
}

/* The length of a quoted name at `from`, 0 when there is none. */
static size_t token_quoted_name(struct token_rest r, size_t from)
{
	char c = token_peek(r, from);
	if (c == '"' || c == '`')
		return token_quoted(r, from, c, true);
	return c == '[' ? token_quoted(r, from, ']', false) : 0;
}

static size_t token_name_form(struct token_rest r, enum token_type *type)
{
	char first = token_peek(r, 1);
	*type = TOKEN_ARGUMENT;
	if (first == '@')
		return 2;
	if (first >= '1' && first <= '9' && !token_is_name_byte(token_peek(r, 2)))
		return 2;
	size_t end = token_span(r, 1, token_is_name_byte);
	if (end == 1)
		return 0;
	*type = TOKEN_NAME;
	while ((token_peek(r, end) == '.' || token_peek(r, end) == ':') &&
		token_is_name_byte(token_peek(r, end + 1)))
		end = token_span(r, end + 1, token_is_name_byte);
	return end;
}

size_t token_form(const char *text, size_t len, enum token_type *type)
{
	struct token_rest r = { text, len };
	if (len > 0 && *text == '$')
		return token_name_form(r, type);
	if (len == 0 || *text != '#')
		return 0;
	/* A result, its row or its column. */
	size_t digits = token_span(r, 1, token_is_digit);
	if (digits == 1)
		return 0;
	/* `#1st` is not a form, and not a form `#1` with text after it. */
	if (token_is_name_byte(token_peek(r, digits)))
		return 0;
	*type = TOKEN_RESULT;
	if (token_peek(r, digits) != '.')
		return digits;
	size_t name = digits + 1;
	size_t end = token_span(r, name, token_is_name_byte);
	if (end == name) {
		/* So that many that are not closed take no quadratic time. */
		if (r.len > name + TOKEN_COLUMN_MAX)
			r.len = name + TOKEN_COLUMN_MAX;
		end = token_quoted_name(r, name);
		if (end == 0)
			return digits;
		*type = TOKEN_COLUMN;
		return end;
	}
	*type = token_span(r, name, token_is_digit) == end ? TOKEN_CELL : TOKEN_COLUMN;
	return end;
}

/* A number; glued to letters it is illegal, as SQLite has it. */
static size_t token_number(struct token_rest r, enum token_type *type)
{
	*type = TOKEN_INTEGER;
	size_t end = 0;
	if (r.at[0] == '0' && (token_peek(r, 1) | 0x20) == 'x' &&
		token_is_hex(token_peek(r, 2))) {
		end = token_span(r, 2, token_is_hex);
	} else {
		end = token_span(r, 0, token_is_digit);
		if (token_peek(r, end) == '.') {
			*type = TOKEN_REAL;
			end = token_span(r, end + 1, token_is_digit);
		}
		size_t digits = end + 1;
		if (token_peek(r, digits) == '+' || token_peek(r, digits) == '-')
			digits++;
		if ((token_peek(r, end) | 0x20) == 'e' &&
			token_is_digit(token_peek(r, digits))) {
			*type = TOKEN_REAL;
			end = token_span(r, digits, token_is_digit);
		}
	}
	size_t glued = token_span(r, end, token_is_name_byte);
	if (glued > end)
		*type = TOKEN_ILLEGAL;
	return glued;
}

/* A quote that is not closed takes everything up to the end. */
static size_t token_closed_or_rest(
	struct token_rest r, size_t end, enum token_type closed, enum token_type *type)
{
	*type = end == 0 ? TOKEN_ILLEGAL : closed;
	return end == 0 ? r.len : end;
}

static size_t token_word(struct token_rest r, enum token_type *type)
{
	*type = TOKEN_WORD;
	if ((r.at[0] | 0x20) == 'x' && token_peek(r, 1) == '\'') {
		size_t end = token_quoted(r, 1, '\'', false);
		return token_closed_or_rest(r, end, TOKEN_BLOB, type);
	}
	size_t end = token_span(r, 0, token_is_name_byte);
	/* SQLite lets names hold a `$`; before one of our names it begins that. */
	enum token_type form;
	while (token_peek(r, end) == '$') {
		struct token_rest tail = { r.at + end, r.len - end };
		if (token_name_form(tail, &form) > 0)
			break;
		end = token_span(r, end + 1, token_is_name_byte);
	}
	return end;
}

static bool token_is_relation_byte(char c)
{
	return c == '&' || c == '^';
}

/* A token's length and kind, which its first byte gives away. */
static size_t token_scan(struct token_rest r, enum token_type *type)
{
	static const char *const operators[] = { "->>", "->", "||", "<<", ">>",
		"<=", ">=", "<>", "==", "!=" };
	assert(r.len > 0);
	char c = r.at[0], next = token_peek(r, 1);
	size_t form = token_form(r.at, r.len, type);
	if (form > 0)
		return form;
	if (token_is_space(c)) {
		*type = TOKEN_SPACE;
		return token_span(r, 1, token_is_space);
	}
	if (token_is_digit(c) || (c == '.' && token_is_digit(next)))
		return token_number(r, type);
	if (token_is_name_byte(c))
		return token_word(r, type);
	if (c == '\'')
		return token_closed_or_rest(
			r, token_quoted(r, 0, c, true), TOKEN_STRING, type);
	if (c == '"' || c == '`' || c == '[')
		return token_closed_or_rest(
			r, token_quoted_name(r, 0), TOKEN_QUOTED, type);
	if (c == '-' && next == '-') {
		*type = TOKEN_COMMENT;
		const char *end = memchr(r.at, '\n', r.len);
		return end == NULL ? r.len : (size_t)(end - r.at);
	}
	/* At the very end SQLite takes two operators for it. */
	if (c == '/' && next == '*' && r.len > 2) {
		*type = TOKEN_COMMENT;
		for (size_t i = 2; i + 1 < r.len; i++)
			if (r.at[i] == '*' && r.at[i + 1] == '/')
				return i + 2;
		return r.len;
	}
	if (c == '?' || c == ':' || c == '@') {
		size_t end = token_span(r, 1, token_is_name_byte);
		*type = end > 1 || c == '?' ? TOKEN_VARIABLE : TOKEN_ILLEGAL;
		return end;
	}
	if (token_is_relation_byte(c)) {
		*type = TOKEN_RELATION;
		return token_span(r, 1, token_is_relation_byte);
	}
	*type = TOKEN_OPERATOR;
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t len = strlen(operators[i]);
		if (r.len >= len && memcmp(r.at, operators[i], len) == 0)
			return len;
	}
	if (c == '\0' || strchr("()+-*/%<>=,.;~|", c) == NULL)
		*type = TOKEN_ILLEGAL;
	return 1;
}

struct token token_at(const char *sql, size_t len, size_t at)
{
	struct token token = { .start = at };
	struct token_rest r = { sql + at, len - at };
	token.len = token_scan(r, &token.type);
	assert(token.len > 0 && token.len <= r.len);
	return token;
}

bool token_is(const char *sql, struct token token, const char *text)
{
	return (token.type == TOKEN_WORD || token.type == TOKEN_OPERATOR) &&
	       strlen(text) == token.len &&
	       strncasecmp(sql + token.start, text, token.len) == 0;
}

/* Sorted for the reader. */
static const char *const token_keywords[] = { "all", "and", "as", "asc", "between", "by",
	"collate", "cross", "delete", "desc", "distinct", "else", "end", "escape",
	"except", "filter", "from", "full", "glob", "group", "having", "in", "indexed",
	"inner", "insert", "intersect", "into", "is", "isnull", "join", "left", "like",
	"limit", "match", "natural", "not", "notnull", "nulls", "offset", "on", "or",
	"order", "outer", "over", "regexp", "returning", "right", "select", "set",
	"table", "then", "union", "update", "using", "values", "when", "where", "window",
	"with" };

bool token_is_keyword(const char *sql, struct token token)
{
	for (size_t i = 0; i < sizeof token_keywords / sizeof *token_keywords; i++)
		if (token_is(sql, token, token_keywords[i]))
			return true;
	return false;
}

bool token_is_captured(const char *sql, struct token token)
{
	static const char *const names[] = { "parent", "child", "ref" };
	if (token.type != TOKEN_WORD && token.type != TOKEN_QUOTED)
		return false;
	size_t quote = token.type == TOKEN_QUOTED ? 1 : 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == token.len - 2 * quote &&
			strncasecmp(sql + token.start + quote, names[i],
				token.len - 2 * quote) == 0)
			return true;
	return false;
}
