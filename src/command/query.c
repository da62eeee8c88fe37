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

/* The addresses that a compiled query yields, as nodes. */
static bool query_read_nodes(const struct graph *g, struct db_stmt *stmt,
	uint32_t **nodes, size_t *count, struct error *err)
{
	size_t cap = 0;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_node(g, db_column_integer(stmt, 0));
		if (node == GRAPH_NONE)
			continue;
		if (!array_reserve(nodes, &cap, *count + 1, sizeof **nodes))
			return error_nomem(err);
		(*nodes)[(*count)++] = node;
	}
	return row == 0;
}

bool query_nodes(struct session *s, const struct graph *g, const struct invocation *in,
	size_t index, uint32_t **nodes, size_t *count, struct error *err)
{
	static const char head[] = "select address from obj where (";
	static const char tail[] = "\n) order by address";
	const struct word *word = &in->words.items[index];
	struct subst_scope scope = session_scope(s);
	struct subst_text cond = SUBST_TEXT_INIT;
	struct buffer sql = BUFFER_INIT;
	struct db_stmt *stmt = NULL;
	struct error wrong = ERROR_INIT;
	*nodes = NULL;
	*count = 0;
	bool ok = subst_sql(&scope, word->text, word->len, 0, &cond, &wrong);
	if (ok) {
		buffer_put_text(&sql, head);
		buffer_put(&sql, cond.text.data, cond.text.len);
		buffer_put_text(&sql, tail);
		ok = !sql.failed ? query_compile(s->db, sql.data, &stmt, &wrong)
				 : error_nomem(&wrong);
		/* An error beyond the condition is one about its end. */
		if (!ok && wrong.offset != ERROR_NOWHERE) {
			size_t at = wrong.offset < sizeof head - 1
					    ? 0
					    : wrong.offset - (sizeof head - 1);
			wrong.offset = subst_origin(
				&cond, at > cond.text.len ? cond.text.len : at);
		}
	}
	if (!ok)
		error_at(err, wrong.status,
			wrong.offset == ERROR_NOWHERE
				? word->offset + in->words.base_offset
				: words_origin(&in->words, index, wrong.offset),
			"%s", wrong.message);
	ok = ok && query_read_nodes(g, stmt, nodes, count, err);
	if (!ok) {
		free(*nodes);
		*nodes = NULL;
	}
	db_stmt_free(stmt);
	buffer_fini(&sql);
	subst_text_fini(&cond);
	return ok;
}
