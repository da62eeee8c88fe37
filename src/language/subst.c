/* SPDX-License-Identifier: MIT */
#include "language/subst.h"

#include "base/array.h"
#include "language/expand.h"
#include "language/parse.h"
#include "language/subst_map.h"
#include "language/subst_tables.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A substitution at work. */
struct subst_work {
	const struct subst_scope *scope;
	const char *in;
	size_t len;
	size_t base_offset;
	bool in_sql;
	struct subst_text *out;
	struct buffer form; /* what a form was expanded to, before it is put */
	struct error *err;
};

static void subst_put_copy(struct subst_work *w, size_t start, size_t len)
{
	subst_map_put(w->out, start, true);
	buffer_put(&w->out->text, w->in + start, len);
}

/* --- forms ------------------------------------------------------------------------ */

static void subst_put_closing(struct subst_work *w, size_t count)
{
	while (count-- > 0)
		buffer_put_char(&w->out->text, ')');
}

/* Puts the text that replaces a form and, when `run_len` is not 0, the relation of it. */
static bool subst_put_form(
	struct subst_work *w, struct token token, const char *run, size_t run_len)
{
	struct expand_form form = { w->in + token.start, token.len, token.type, w->in_sql,
		w->base_offset + token.start };
	struct buffer *out = &w->out->text;
	/* It is expanded behind the byte before it, since a value may be glued to that.
	 */
	struct buffer *b = &w->form;
	buffer_clear(b);
	buffer_put_char(b, out->len > 0 ? out->data[out->len - 1] : ' ');
	if (!expand_form(w->scope, &form, b, w->err))
		return false;
	if (b->failed)
		return error_nomem(w->err);
	assert(b->len > 0);
	const char *text = b->data + 1;
	size_t len = b->len - 1;
	subst_map_put(w->out, token.start, false);
	if (run_len == 0) {
		/* Two minus signs would begin a comment. */
		if (w->in_sql && len > 0 && *text == '-' && out->len > 0 &&
			out->data[out->len - 1] == '-')
			buffer_put_char(out, ' ');
		buffer_put(out, text, len);
		return true;
	}
	struct expand_operand operand = expand_classify(&form, text, len);
	expand_put_relation(out, run, run_len, operand);
	buffer_put_text(out, operand.bracket ? "(" : "");
	buffer_put(out, text, len);
	buffer_put_text(out, operand.bracket ? ")" : "");
	subst_put_closing(w, run_len);
	return true;
}

static bool subst_is_form(enum token_type type)
{
	return type == TOKEN_NAME || type == TOKEN_ARGUMENT || type == TOKEN_CELL ||
	       type == TOKEN_COLUMN;
}

/* --- SQL -------------------------------------------------------------------------- */

/* Puts token `*i` and moves behind it, or behind the relation that it is the operand
 * of. */
static bool subst_put_token(struct subst_work *w, const struct parse *p, size_t *i)
{
	const struct parse_token *t = &p->tokens[(*i)++];
	struct token token = t->token;
	const struct token *run = t->run > 0 ? &p->tokens[t->run].token : NULL;
	const char *run_text = run == NULL ? NULL : w->in + run->start;
	if (subst_is_form(token.type)) {
		*i += run != NULL;
		return subst_put_form(w, token, run_text, run == NULL ? 0 : run->len);
	}
	if (token.type == TOKEN_RESULT && t->table != PARSE_NO_TABLE)
		return subst_put_form(w, token, NULL, 0);
	if (token.type == TOKEN_VARIABLE)
		return error_at(w->err, STATUS_SCRIPT, w->base_offset + token.start,
			"'%.*s' is an SQL parameter, and nothing binds it",
			(int)token.len, w->in + token.start);
	if (token.type == TOKEN_RESULT)
		return error_at(w->err, STATUS_SCRIPT, w->base_offset + token.start,
			"%.*s is a table, and no table is allowed here; %.*s.N is the "
			"address "
			"of row N, %.*s.NAME a column's values",
			(int)token.len, w->in + token.start, (int)token.len,
			w->in + token.start, (int)token.len, w->in + token.start);
	if (t->relation > 0) {
		subst_map_put(w->out, token.start, false);
		subst_put_closing(w, t->relation);
		return true;
	}
	if (run != NULL) {
		struct expand_operand operand = { .set = t->set, .open = t->open };
		subst_map_put(w->out, token.start, false);
		expand_put_relation(&w->out->text, run_text, run->len, operand);
	}
	subst_put_copy(w, token.start, token.len);
	return true;
}

static bool subst_finish(struct subst_work *w, bool ok)
{
	buffer_fini(&w->form);
	if (ok && w->out->text.failed)
		ok = error_nomem(w->err);
	return ok;
}

bool subst_sql(const struct subst_scope *scope, const char *sql, size_t len,
	size_t base_offset, struct subst_text *out, struct error *err)
{
	struct subst_work w = { scope, sql, len, base_offset, true, out, BUFFER_INIT,
		err };
	struct parse p;
	subst_map_clear(out);
	bool ok = parse_sql(&p, sql, len, base_offset, err);
	for (size_t i = 0; ok && i < p.count;)
		ok = subst_put_token(&w, &p, &i);
	/* So that an error at the very end has its place. */
	subst_map_put(out, len, true);
	ok = subst_finish(&w, ok);
	/* Text in which nothing was substituted is parsed already. */
	bool same = ok && len > 0 && out->text.len == len &&
		    memcmp(out->text.data, sql, len) == 0;
	ok = ok &&
	     subst_tables_rename(out, same ? &p : NULL, scope->current_generation, err);
	parse_fini(&p);
	return ok;
}

/* --- texts ------------------------------------------------------------------------ */

static bool subst_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What is at `at`: a form, an integer that may be an operand, or nothing. */
static struct token subst_text_operand(const struct subst_work *w, size_t at)
{
	struct token token = { TOKEN_ILLEGAL, at, 0 };
	const char *text = w->in + at;
	size_t left = w->len - at;
	token.len = token_form(text, left, &token.type);
	if (token.len > 0 && token.type == TOKEN_RESULT)
		token.len = 0;
	if (token.len > 0 || !subst_is_digit(*text))
		return token;
	if (at > 0 && (token_is_name_byte(text[-1]) || text[-1] == '.'))
		return token;
	token.type = TOKEN_INTEGER;
	while (token.len < left && subst_is_digit(text[token.len]))
		token.len++;
	return token;
}

/* The run of & and ^ at `at` that makes a relation: its length, else 0. */
static size_t subst_text_run(const struct subst_work *w, size_t at)
{
	size_t end = at;
	while (end < w->len && (w->in[end] == '&' || w->in[end] == '^'))
		end++;
	if (end - at > PARSE_RUN_MAX)
		return 0;
	char next = end < w->len ? w->in[end] : ' ';
	bool glued = token_is_name_byte(next) || strchr("($#\"'", next) != NULL;
	return glued && next != '\0' ? 0 : end - at;
}

static bool subst_text_forms(struct subst_work *w)
{
	for (size_t at = 0; at < w->len;) {
		/* A backslash keeps the form behind it from being one. */
		if (w->in[at] == '\\' && at + 1 < w->len) {
			struct token form = subst_text_operand(w, at + 1);
			if (form.len > 0 && form.type != TOKEN_INTEGER) {
				subst_put_copy(w, at + 1, 1);
				at += 2;
				continue;
			}
		}
		struct token token = subst_text_operand(w, at);
		if (token.len == 0) {
			/* On to the next byte that might begin an operand. */
			size_t end = at + 1;
			while (end < w->len && !subst_is_digit(w->in[end]) &&
				strchr("\\$#", w->in[end]) == NULL)
				end++;
			subst_put_copy(w, at, end - at);
			at = end;
			continue;
		}
		/* The operand, with the relation behind it. */
		size_t run = subst_text_run(w, at + token.len);
		const char *run_text = w->in + at + token.len;
		at += token.len + run;
		if (subst_is_form(token.type)) {
			if (!subst_put_form(w, token, run_text, run))
				return false;
		} else {
			if (run > 0) {
				subst_map_put(w->out, token.start, false);
				expand_put_relation(&w->out->text, run_text, run,
					(struct expand_operand){ .set = false });
			}
			subst_put_copy(w, token.start, token.len);
			if (run > 0) {
				subst_map_put(w->out, token.start + token.len, false);
				subst_put_closing(w, run);
			}
		}
		/* An escaped run behind an operand: `5\&` is `5&`. */
		if (at + 1 < w->len && w->in[at] == '\\' &&
			subst_text_run(w, at + 1) > 0) {
			subst_put_copy(w, at + 1, 1);
			at += 2;
		}
	}
	subst_map_put(w->out, w->len, true);
	return true;
}

bool subst_text(const struct subst_scope *scope, const char *text, size_t len,
	size_t base_offset, struct subst_text *out, struct error *err)
{
	struct subst_work w = { scope, text, len, base_offset, false, out, BUFFER_INIT,
		err };
	subst_map_clear(out);
	return subst_finish(&w, subst_text_forms(&w));
}

/* --- words ------------------------------------------------------------------------ */

/* Replaces word `i` by one word an argument. */
static bool subst_spread_arguments(const struct subst_scope *scope, struct words *words,
	size_t *i, struct error *err)
{
	size_t n = scope->arg_count > 0 ? (size_t)scope->arg_count : 0;
	struct word old = words->items[*i];
	if (!array_reserve(
		    &words->items, &words->cap, words->count + n, sizeof *words->items))
		return error_nomem(err);
	struct word *at = words->items + *i;
	memmove(at + n, at + 1, (words->count - *i - 1) * sizeof *at);
	words->count += n - 1;
	free(old.text);
	/* Complete before anything can fail: words_fini() frees them all. */
	for (size_t k = 0; k < n; k++) {
		at[k] = old;
		at[k].text = strdup(scope->args[k]);
		at[k].len = strlen(scope->args[k]);
		at[k].substituted = true;
		if (at[k].text == NULL)
			error_nomem(err);
	}
	assert(words->count <= words->cap);
	*i += n;
	for (size_t k = 0; k < n; k++)
		if (at[k].text == NULL)
			return false;
	return true;
}

bool subst_word(
	const struct subst_scope *scope, struct words *words, size_t i, struct error *err)
{
	struct word *word = &words->items[i];
	struct subst_text text = SUBST_TEXT_INIT;
	struct error found = ERROR_INIT;
	bool ok = subst_text(scope, word->text, word->len, 0, &text, &found);
	if (!ok)
		error_at(err, found.status, words_origin(words, i, found.offset), "%s",
			found.message);
	bool same = ok && text.text.len == word->len &&
		    memcmp(buffer_text(&text.text), word->text, word->len) == 0;
	if (ok && !same) {
		size_t len = text.text.len;
		char *taken = buffer_take(&text.text);
		ok = taken != NULL || error_nomem(err);
		if (ok) {
			free(word->text);
			word->text = taken;
			word->len = len;
			word->substituted = true;
		}
	}
	subst_text_fini(&text);
	return ok;
}

bool subst_words(const struct subst_scope *scope, const char *text, size_t len,
	size_t base_offset, struct words *words, struct error *err)
{
	if (!words_split(words, text, len, base_offset, err))
		return false;
	for (size_t i = 0; i < words->count;) {
		bool ok = words_is(words, i, "$@")
				  ? subst_spread_arguments(scope, words, &i, err)
				  : subst_word(scope, words, i++, err);
		if (!ok)
			return false;
	}
	return true;
}
