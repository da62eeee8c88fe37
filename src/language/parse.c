/* SPDX-License-Identifier: MIT */
#include "language/parse.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

#define PARSE_NONE ((size_t)-1)

static bool parse_is(const struct parse *p, size_t i, const char *text)
{
	return i < p->count && token_is(p->sql, p->tokens[i].token, text);
}

static enum token_type parse_type(const struct parse *p, size_t i)
{
	return i < p->count ? p->tokens[i].token.type : TOKEN_ILLEGAL;
}

static bool parse_is_gap(const struct parse *p, size_t i)
{
	enum token_type type = parse_type(p, i);
	return i >= p->count || type == TOKEN_SPACE || type == TOKEN_COMMENT;
}

static bool parse_is_keyword(const struct parse *p, size_t i)
{
	return i < p->count && token_is_keyword(p->sql, p->tokens[i].token);
}

static bool parse_is_name(const struct parse *p, size_t i)
{
	enum token_type type = parse_type(p, i);
	return type == TOKEN_WORD || type == TOKEN_QUOTED;
}

size_t parse_significant(const struct parse *p, size_t i)
{
	while (i < p->count && parse_is_gap(p, i))
		i++;
	return i;
}

/* --- relations -------------------------------------------------------------------- */

/* Finds where the operand begins that ends right before the run of & and ^, and notes on
 * its first token what kind it is.  PARSE_NONE when there is no operand. */
static size_t parse_operand_start(struct parse *p, size_t run)
{
	assert(run < p->count);
	if (run == 0)
		return PARSE_NONE;
	size_t last = run - 1, i = last;
	switch (parse_type(p, last)) {
	case TOKEN_INTEGER:
	case TOKEN_NAME:
	case TOKEN_ARGUMENT:
	case TOKEN_CELL:
	case TOKEN_COLUMN:
		/* `obj$1&`: the name is complete only once it is expanded. */
		if (run >= 2 && parse_type(p, last - 1) == TOKEN_WORD)
			return PARSE_NONE;
		return last;
	case TOKEN_WORD:
	case TOKEN_QUOTED:
		/* Back from the last part of `a.b.c` to its first. */
		while (i >= 2 && parse_is(p, i - 1, ".") && parse_is_name(p, i - 2))
			i -= 2;
		if (i == last && parse_is_keyword(p, i))
			return PARSE_NONE;
		/* Behind a table's name `parent` is that table's, unless it is ref. */
		p->tokens[i].open = token_is_captured(p->sql, p->tokens[i].token);
		return i;
	default:
		break;
	}
	if (!parse_is(p, last, ")") || p->tokens[last].open_bracket == 0)
		return PARSE_NONE;
	/* Back to the opening bracket, or to the function that is called. */
	i = p->tokens[last].open_bracket - 1;
	size_t before = i;
	while (before > 0 && parse_is_gap(p, before - 1))
		before--;
	bool called = before > 0 && parse_is_name(p, before - 1) &&
		      !parse_is_keyword(p, before - 1) &&
		      !parse_is(p, before - 1, "case");
	if (called)
		i = before - 1;
	p->tokens[i].set = !called;
	p->tokens[i].open = true;
	return i;
}

/* Whether an operand begins behind the run. */
static bool parse_operand_follows(const struct parse *p, size_t run)
{
	size_t i = parse_significant(p, run + 1);
	bool glued = i == run + 1;
	switch (parse_type(p, i)) {
	case TOKEN_WORD:
		if (glued || !parse_is_keyword(p, i))
			return true;
		/* `size& not null`, but `#0.0& not in …`. */
		return parse_is(p, i, "not") &&
		       !parse_is_keyword(p, parse_significant(p, i + 1)) &&
		       !parse_is(p, parse_significant(p, i + 1), "null");
	case TOKEN_OPERATOR:
		if (parse_is(p, i, "+") || parse_is(p, i, "-"))
			return glued || !parse_is_gap(p, i + 1);
		return parse_is(p, i, "(") || parse_is(p, i, "~");
	case TOKEN_SPACE:
	case TOKEN_COMMENT:
	case TOKEN_ILLEGAL:
	case TOKEN_RELATION:
		return false;
	default:
		return true;
	}
}

/* Decides whether a run of & and ^ is a relation, and marks it and its operand. */
static bool parse_relation(
	struct parse *p, size_t run, size_t base_offset, struct error *err)
{
	struct token token = p->tokens[run].token;
	size_t start = parse_operand_start(p, run);
	if (start == PARSE_NONE)
		return true;
	bool follows = parse_operand_follows(p, run);
	bool is_sql = token.len == 1 && p->sql[token.start] == '&';
	if (is_sql && follows)
		return true;
	if (follows && !parse_is_gap(p, run + 1))
		return error_at(err, STATUS_SCRIPT, base_offset + token.start,
			"'%.*s' makes its left side a set of objects, and no operand can "
			"follow it",
			(int)(token.len < 20 ? token.len : 20), p->sql + token.start);
	/* The subquery of a relation has a rowid of its own, which would capture it. */
	if (start == run - 1 &&
		(parse_is(p, start, "rowid") || parse_is(p, start, "oid") ||
			parse_is(p, start, "_rowid_")))
		return error_at(err, STATUS_SCRIPT,
			base_offset + p->tokens[start].token.start,
			"'%.*s' is not an address, and only an address has children and "
			"parents",
			(int)p->tokens[start].token.len,
			p->sql + p->tokens[start].token.start);
	if (token.len > PARSE_RUN_MAX)
		return error_at(err, STATUS_SCRIPT, base_offset + token.start,
			"%zu levels of & and ^, at most %d are possible", token.len,
			PARSE_RUN_MAX);
	p->tokens[start].run = run;
	p->tokens[run].relation = token.len;
	return true;
}

/* --- tables ----------------------------------------------------------------------- */

/* What may follow a keyword. */
static const struct parse_clause {
	const char *keyword;
	enum parse_table expect;
} parse_clauses[] = {
	{ "from", PARSE_TABLE_ALIAS },
	{ "join", PARSE_TABLE_ALIAS },
	{ "into", PARSE_TABLE_ALIAS },
	{ "update", PARSE_TABLE_ALIAS },
	{ "table", PARSE_TABLE_BARE },
	{ "in", PARSE_TABLE_BARE },
};

/* What ends a list of tables.  The condition of a join does not. */
static const char *const parse_list_ends[] = { "where", "group", "having", "window",
	"order", "limit", "union", "except", "intersect", "select", "set", "values",
	"returning" };

/* How far the walk through a statement has come. */
struct parse_walk {
	enum parse_table expect; /* what the next token may be */
	bool in_from;            /* a comma is followed by a table */
	size_t last;             /* the token that was taken for a table */
	enum parse_table kind;   /* and as what */
	size_t previous;         /* the significant token before this one */
};

static void parse_word(struct parse *p, size_t i, struct parse_walk *w)
{
	const size_t clauses = sizeof parse_clauses / sizeof *parse_clauses;
	const size_t ends = sizeof parse_list_ends / sizeof *parse_list_ends;
	/* `a is distinct from b` */
	bool compares = w->previous < i && parse_is(p, w->previous, "distinct");
	enum parse_table expected = w->expect;
	w->expect = PARSE_NO_TABLE;
	for (size_t k = 0; k < clauses && !compares; k++)
		if (parse_is(p, i, parse_clauses[k].keyword))
			w->expect = parse_clauses[k].expect;
	if (w->expect == PARSE_TABLE_ALIAS) {
		w->in_from = parse_is(p, i, "from") || parse_is(p, i, "join");
	} else if (expected != PARSE_NO_TABLE && !parse_is_keyword(p, i)) {
		p->tokens[i].table = w->kind = expected;
		w->last = i;
	} else {
		for (size_t k = 0; k < ends; k++)
			if (parse_is(p, i, parse_list_ends[k]))
				w->in_from = false;
	}
}

/* Marks every token that is, or may be, a table.  Inside brackets the walk begins anew;
 * behind them it goes on as before them.  False out of memory. */
static bool parse_tables(struct parse *p)
{
	struct parse_walk w = { .last = PARSE_NONE, .previous = PARSE_NONE };
	struct parse_bracket {
		size_t index;
		bool in_from;
	} *open = NULL;
	size_t depth = 0, cap = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < p->count; i++) {
		struct parse_token *t = &p->tokens[i];
		if (parse_is_gap(p, i))
			continue;
		if (parse_is_name(p, i)) {
			parse_word(p, i, &w);
		} else if (t->token.type == TOKEN_RESULT) {
			t->table = w.expect;
			w.expect = PARSE_NO_TABLE;
		} else if (parse_is(p, i, "(")) {
			ok = array_reserve(&open, &cap, depth + 1, sizeof *open);
			if (!ok)
				break;
			open[depth++] = (struct parse_bracket){ i, w.in_from };
			w.in_from = w.in_from && w.expect == PARSE_TABLE_ALIAS;
			if (!w.in_from)
				w.expect = PARSE_NO_TABLE;
		} else if (parse_is(p, i, ".") && w.last == w.previous && w.last < i) {
			/* What was taken for a table is its schema. */
			p->tokens[w.last].table = PARSE_NO_TABLE;
			w.expect = w.kind;
		} else {
			bool next = parse_is(p, i, ",") && w.in_from;
			w.expect = next ? PARSE_TABLE_ALIAS : PARSE_NO_TABLE;
			if (parse_is(p, i, ")") && depth > 0) {
				depth--;
				t->open_bracket = open[depth].index + 1;
				w.in_from = open[depth].in_from;
			}
		}
		w.previous = i;
	}
	free(open);
	return ok;
}

/* --- both ------------------------------------------------------------------------- */

bool parse_sql(struct parse *p, const char *sql, size_t len, size_t base_offset,
	struct error *err)
{
	*p = (struct parse){ .sql = sql };
	for (size_t at = 0; at < len;) {
		if (!array_reserve(&p->tokens, &p->cap, p->count + 1, sizeof *p->tokens))
			return error_nomem(err);
		struct token token = token_at(sql, len, at);
		assert(token.len > 0 && token.start + token.len <= len);
		p->tokens[p->count++] = (struct parse_token){ .token = token };
		at += token.len;
	}
	if (!parse_tables(p))
		return error_nomem(err);
	for (size_t i = 0; i < p->count; i++)
		if (parse_type(p, i) == TOKEN_RELATION &&
			!parse_relation(p, i, base_offset, err))
			return false;
	return true;
}

void parse_fini(struct parse *p)
{
	free(p->tokens);
	*p = (struct parse){ 0 };
}
