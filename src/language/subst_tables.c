/* SPDX-License-Identifier: MIT */
#include "language/subst_tables.h"

#include "language/subst_map.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* `obj` or `ref` when the token names that table of this generation, else NULL. */
static const char *subst_tables_find(
	const char *sql, struct token token, int64_t generation)
{
	static const char *const tables[] = { "obj", "ref" };
	if (token.type != TOKEN_WORD && token.type != TOKEN_QUOTED)
		return NULL;
	size_t quote = token.type == TOKEN_QUOTED ? 1 : 0;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char name[32];
		int len =
			snprintf(name, sizeof name, "%s%" PRId64, tables[i], generation);
		if ((size_t)len == token.len - 2 * quote &&
			strncasecmp(name, sql + token.start + quote, (size_t)len) == 0)
			return tables[i];
	}
	return NULL;
}

/* `with obj3 as (…)`: then the name is the statement's own. */
static bool subst_tables_are_defined(const struct parse *p, int64_t generation)
{
	for (size_t i = 0; i < p->count; i++) {
		if (subst_tables_find(p->sql, p->tokens[i].token, generation) == NULL)
			continue;
		size_t as = parse_significant(p, i + 1);
		size_t bracket = parse_significant(p, as + 1);
		if (bracket < p->count && token_is(p->sql, p->tokens[as].token, "as") &&
			token_is(p->sql, p->tokens[bracket].token, "("))
			return true;
	}
	return false;
}

bool subst_tables_rename(struct subst_text *out, const struct parse *parsed,
	int64_t generation, struct error *err)
{
	char obj[32], ref[32];
	snprintf(obj, sizeof obj, "obj%" PRId64, generation);
	snprintf(ref, sizeof ref, "ref%" PRId64, generation);
	const char *text = buffer_text(&out->text);
	if (generation <= 0 ||
		(strcasestr(text, obj) == NULL && strcasestr(text, ref) == NULL))
		return true;
	struct parse own = { 0 };
	const struct parse *p = parsed == NULL ? &own : parsed;
	struct subst_text renamed = SUBST_TEXT_INIT;
	struct error ignored = ERROR_INIT;
	/* What a value brought cannot be judged again: then it stays as it is. */
	if ((parsed != NULL ||
		    parse_sql(&own, out->text.data, out->text.len, 0, &ignored)) &&
		!subst_tables_are_defined(p, generation)) {
		/* `obj3` becomes `obj as obj3`, so that `obj3.size` still means it. */
		size_t done = 0;
		for (size_t i = 0; i < p->count; i++) {
			struct token token = p->tokens[i].token;
			const char *table = subst_tables_find(p->sql, token, generation);
			if (table == NULL || p->tokens[i].table == PARSE_NO_TABLE)
				continue;
			subst_map_copy(&renamed, out, done, token.start);
			subst_map_put(&renamed, subst_origin(out, token.start), false);
			buffer_put_text(&renamed.text, table);
			assert(done <= token.start);
			done = token.start;
			/* Does what follows give it another name? */
			size_t next = parse_significant(p, i + 1);
			bool alias = false;
			if (next < p->count) {
				struct token after = p->tokens[next].token;
				alias = token_is(p->sql, after, "as") ||
					after.type == TOKEN_QUOTED ||
					after.type == TOKEN_STRING ||
					(after.type == TOKEN_WORD &&
						!token_is_keyword(p->sql, after));
			}
			if (p->tokens[i].table == PARSE_TABLE_ALIAS && !alias)
				buffer_put_text(&renamed.text, " as ");
			else
				done += token.len;
		}
		subst_map_copy(&renamed, out, done, out->text.len);
		subst_map_put(&renamed, subst_origin(out, out->text.len), true);
		struct subst_text old = *out;
		*out = renamed;
		renamed = old;
	}
	parse_fini(&own);
	subst_text_fini(&renamed);
	if (ignored.status == STATUS_DATA || out->text.failed)
		return error_nomem(err);
	return true;
}
