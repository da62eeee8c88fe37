/* SPDX-License-Identifier: MIT */
#include "command/query.h"

#include "base/array.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* How often a long query looks whether the user interrupted. */
enum { QUERY_CANCEL_ROWS = 1024 };

/* What is left behind the first statement: nothing but space, `;` and comments? */
static bool query_is_single(struct db *db, const char *tail)
{
	struct db_stmt *next = NULL;
	while (*tail == ';')
		tail++;
	bool compiled = db_prepare(db, tail, &next, NULL, NULL);
	bool single = compiled && next == NULL;
	db_stmt_free(next);
	return single;
}

static bool query_compile(
	struct db *db, const char *sql, struct db_stmt **stmt, struct error *err)
{
	const char *tail;
	db_guard(db, true);
	bool compiled = db_prepare(db, sql, stmt, &tail, err);
	db_guard(db, false);
	if (!compiled)
		return false;
	if (*stmt == NULL)
		return error_at(err, STATUS_SCRIPT, 0, "no SQL statement here");
	if (query_is_single(db, tail))
		return true;
	db_stmt_free(*stmt);
	*stmt = NULL;
	return error_at(err, STATUS_SCRIPT, (size_t)(tail - sql),
		"one statement a command: a second one begins here");
}

bool query_prepare(struct session *s, const struct script_command *line, size_t offset,
	struct db_stmt **stmt, struct error *err)
{
	*stmt = NULL;
	struct db *db = session_db(s, err);
	if (db == NULL)
		return false;
	struct subst_scope scope = session_scope(s);
	struct subst_text sql = SUBST_TEXT_INIT;
	bool ok = subst_sql(
		&scope, line->text + offset, line->len - offset, offset, &sql, err);
	if (ok) {
		if (s->debug)
			session_note(s, "sql: %s", buffer_text(&sql.text));
		struct error wrong = ERROR_INIT;
		ok = query_compile(db, buffer_text(&sql.text), stmt, &wrong);
		if (!ok)
			error_at(err, wrong.status,
				wrong.offset == ERROR_NOWHERE
					? ERROR_NOWHERE
					: offset + subst_origin(&sql, wrong.offset),
				"%s", wrong.message);
	}
	subst_text_fini(&sql);
	return ok;
}

static struct result *query_new_result(struct db_stmt *stmt)
{
	int columns = db_columns(stmt);
	const char **names = array_new((size_t)columns, sizeof *names);
	if (names == NULL)
		return NULL;
	for (int i = 0; i < columns; i++)
		names[i] = db_column_name(stmt, i);
	struct result *r = result_new(columns, names);
	free(names);
	return r;
}

static bool query_may_go_on(
	const struct session *s, const struct result *r, struct error *err)
{
	size_t most = s->settings->max_rows;
	if (most == 0 || r->rows <= most)
		return true;
	return error_set(
		err, STATUS_SCRIPT, "more than %zu rows; --max-rows allows more", most);
}

struct result *query_rows(struct session *s, struct db_stmt *stmt, struct error *err)
{
	struct result *r = query_new_result(stmt);
	struct cell *cells =
		r == NULL ? NULL : array_new((size_t)r->columns, sizeof *cells);
	bool ok = cells != NULL || error_nomem(err);
	int row = ok ? db_step(stmt, err) : -1;
	while (row == 1) {
		for (int i = 0; i < r->columns; i++)
			cells[i] = db_column(stmt, i);
		if (!result_push(r, cells, err) ||
			(r->rows % QUERY_CANCEL_ROWS == 0 && session_cancelled(s, err)) ||
			!query_may_go_on(s, r, err))
			row = -1;
		else
			row = db_step(stmt, err);
	}
	free(cells);
	if (row == 0)
		return r;
	result_free(r);
	return NULL;
}

/* Compiles `HEAD (COND)`.  An error's offset is in COND; one beyond it is one about its
 * end. */
static bool query_compile_condition(struct session *s, const char *head, const char *cond,
	size_t len, struct db_stmt **stmt, struct error *err)
{
	struct subst_scope scope = session_scope(s);
	struct subst_text text = SUBST_TEXT_INIT;
	struct buffer sql = BUFFER_INIT;
	bool ok = subst_sql(&scope, cond, len, 0, &text, err);
	if (ok) {
		struct error wrong = ERROR_INIT;
		buffer_printf(&sql, "%s (", head);
		size_t before = sql.len;
		buffer_put(&sql, text.text.data, text.text.len);
		buffer_put_text(&sql, "\n)");
		if (s->debug && !sql.failed)
			session_note(s, "sql: %s", sql.data);
		ok = !sql.failed ? query_compile(s->db, sql.data, stmt, &wrong)
				 : error_nomem(&wrong);
		if (!ok && wrong.offset != ERROR_NOWHERE) {
			size_t at = wrong.offset < before ? 0 : wrong.offset - before;
			wrong.offset = subst_origin(
				&text, at > text.text.len ? text.text.len : at);
		}
		if (!ok)
			error_at(err, wrong.status, wrong.offset, "%s", wrong.message);
	}
	buffer_fini(&sql);
	subst_text_fini(&text);
	return ok;
}

/* The same for word `index` of `words`; an error's offset is in the script. */
static bool query_compile_word(struct session *s, const char *head,
	const struct words *words, size_t index, struct db_stmt **stmt, struct error *err)
{
	const struct word *word = &words->items[index];
	struct error wrong = ERROR_INIT;
	if (query_compile_condition(s, head, word->text, word->len, stmt, &wrong))
		return true;
	return error_at(err, wrong.status,
		wrong.offset == ERROR_NOWHERE ? word->offset + words->base_offset
					      : words_origin(words, index, wrong.offset),
		"%s", wrong.message);
}

bool query_prepare_condition(struct session *s, const struct invocation *in,
	const char *head, struct db_stmt **stmt, struct error *err)
{
	const struct script_command *line = in->line;
	const char *cond = line->text + line->args;
	size_t len = line->len - line->args;
	struct words words = WORDS_INIT;
	*stmt = NULL;
	if (len == 0)
		return command_usage(in, err);
	bool quoted = (*cond == '"' || *cond == '\'') &&
		      words_split(&words, cond, len, line->args, NULL) &&
		      words.count == 1;
	struct error wrong = ERROR_INIT;
	bool ok = quoted ? query_compile_word(s, head, &words, 0, stmt, err)
			 : query_compile_condition(s, head, cond, len, stmt, &wrong);
	words_fini(&words);
	if (!ok && !quoted)
		error_at(err, wrong.status,
			wrong.offset == ERROR_NOWHERE ? ERROR_NOWHERE
						      : line->args + wrong.offset,
			"%s", wrong.message);
	return ok;
}

bool query_read_nodes(const struct graph *g, struct db_stmt *stmt, uint32_t **nodes,
	size_t *count, struct error *err)
{
	size_t cap = 0;
	int row;
	*nodes = NULL;
	*count = 0;
	while ((row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_node(g, db_column_integer(stmt, 0));
		if (node == GRAPH_NONE)
			continue;
		if (!array_reserve(nodes, &cap, *count + 1, sizeof **nodes)) {
			error_nomem(err);
			break;
		}
		(*nodes)[(*count)++] = node;
	}
	if (row == 0)
		return true;
	free(*nodes);
	*nodes = NULL;
	return false;
}

static int query_compare_nodes(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

bool query_nodes(struct session *s, const struct graph *g, const struct invocation *in,
	size_t index, uint32_t **nodes, size_t *count, struct error *err)
{
	struct db_stmt *stmt = NULL;
	*nodes = NULL;
	*count = 0;
	bool ok = query_compile_word(s, "select address from obj where", &in->words,
			  index, &stmt, err) &&
		  query_read_nodes(g, stmt, nodes, count, err);
	db_stmt_free(stmt);
	if (ok && *count > 0)
		qsort(*nodes, *count, sizeof **nodes, query_compare_nodes);
	return ok;
}
