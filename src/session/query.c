/* SPDX-License-Identifier: MIT */
#include "session/query.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A long query checks for an interrupt once in so many rows. */
enum { QUERY_CANCEL_ROWS = 1024 };

/* Fails unless only space, `;` and comments follow at `tail`. */
static bool query_check_single(
	struct db *db, const char *sql, const char *tail, struct error *err)
{
	struct db_stmt *next = NULL;
	struct error why = ERROR_INIT;
	assert(tail >= sql && tail <= sql + strlen(sql));
	size_t begins = (size_t)(tail - sql);
	while (*tail == ';')
		tail++;
	bool compiled = db_prepare(db, tail, &next, NULL, &why);
	bool single = compiled && next == NULL;
	db_stmt_free(next);
	if (single)
		return true;
	if (!compiled && why.status == STATUS_DATA)
		return error_pass(err, &why);
	return error_at(err, STATUS_SCRIPT, begins,
		"one statement a command: a second one begins here");
}

/* Compiles `head`, the text with its substitutions made, and `tail`.  The offset of an
 * error is one in the text. */
static bool query_compile_between(struct session *s, const struct query_text *text,
	struct db_stmt **stmt, struct error *err)
{
	struct subst_scope scope = session_scope(s);
	struct subst_text body = SUBST_TEXT_INIT;
	struct buffer sql = BUFFER_INIT;
	size_t head = strlen(text->head);
	bool ok = subst_sql(&scope, text->text, text->len, 0, &body, err);
	if (ok) {
		buffer_put_text(&sql, text->head);
		buffer_put(&sql, body.text.data, body.text.len);
		buffer_put_text(&sql, text->tail);
		if (s->debug)
			session_note(s, "sql: %s", buffer_text(&sql));
		const char *tail = NULL;
		ok = !sql.failed || error_nomem(err);
		if (ok) {
			db_guard(s->db, true);
			ok = db_prepare(s->db, buffer_text(&sql), stmt, &tail, err);
			db_guard(s->db, false);
		}
		if (ok && *stmt == NULL)
			ok = error_at(err, STATUS_SCRIPT, 0, "no SQL statement here");
		if (ok)
			ok = query_check_single(s->db, buffer_text(&sql), tail, err);
		if (!ok) {
			db_stmt_free(*stmt);
			*stmt = NULL;
		}
		/* An error beyond the text is one about its end. */
		if (!ok && err->offset != ERROR_NOWHERE) {
			size_t at = err->offset < head ? 0 : err->offset - head;
			err->offset = subst_origin(
				&body, at > body.text.len ? body.text.len : at);
		}
	}
	buffer_fini(&sql);
	subst_text_fini(&body);
	return ok;
}

bool query_prepare_part(struct session *s, const struct script_command *line,
	const struct query_text *part, struct db_stmt **stmt, struct error *err)
{
	assert(part->text >= line->text && part->len <= line->len);
	size_t start = (size_t)(part->text - line->text);
	assert(start + part->len <= line->len);
	*stmt = NULL;
	if (session_db(s, err) == NULL)
		return false;
	struct error wrong = ERROR_INIT;
	if (query_compile_between(s, part, stmt, &wrong))
		return true;
	return error_at(err, wrong.status,
		wrong.offset == ERROR_NOWHERE ? ERROR_NOWHERE : start + wrong.offset,
		"%s", wrong.message);
}

bool query_prepare(struct session *s, const struct script_command *line, size_t offset,
	struct db_stmt **stmt, struct error *err)
{
	assert(offset <= line->len);
	const struct query_text whole = { "", line->text + offset, line->len - offset,
		"" };
	return query_prepare_part(s, line, &whole, stmt, err);
}

bool query_prepare_word(struct session *s, const struct invocation *in, size_t index,
	const char *head, const char *tail, struct db_stmt **stmt, struct error *err)
{
	*stmt = NULL;
	if (session_db(s, err) == NULL)
		return false;
	const struct word *word = &in->words.items[index];
	const struct query_text text = { head, word->text, word->len, tail };
	struct error wrong = ERROR_INIT;
	if (query_compile_between(s, &text, stmt, &wrong))
		return true;
	return error_at(err, wrong.status,
		wrong.offset == ERROR_NOWHERE
			? word->offset + in->words.base_offset
			: words_origin(&in->words, index, wrong.offset),
		"%s", wrong.message);
}

struct result *query_rows(struct session *s, struct db_stmt *stmt, struct error *err)
{
	int columns = db_columns(stmt);
	assert(columns > 0);
	size_t most = s->settings->max_rows;
	const char **names = array_new((size_t)columns, sizeof *names);
	struct cell *cells = array_new((size_t)columns, sizeof *cells);
	for (int i = 0; names != NULL && i < columns; i++)
		names[i] = db_column_name(stmt, i);
	struct result *r = names == NULL ? NULL : result_new(columns, names);
	free(names);
	bool ok = (r != NULL && cells != NULL) || error_nomem(err);
	int row = ok ? db_step(stmt, err) : -1;
	while (row == 1) {
		for (int i = 0; i < columns; i++)
			cells[i] = db_column(stmt, i);
		ok = result_push(r, cells, err) &&
		     (r->rows % QUERY_CANCEL_ROWS != 0 || !session_cancelled(s, err));
		if (ok && most > 0 && r->rows > most)
			ok = error_set(err, STATUS_SCRIPT,
				"more than %zu rows; --max-rows allows more", most);
		row = ok ? db_step(stmt, err) : -1;
	}
	free(cells);
	if (row == 0)
		return r;
	result_free(r);
	return NULL;
}

bool query_prepare_condition(struct session *s, const struct invocation *in,
	const char *head, struct db_stmt **stmt, struct error *err)
{
	const struct script_command *line = in->line;
	const char *cond = line->text + line->args;
	size_t len = line->len - line->args;
	struct invocation quoted = *in;
	struct buffer before = BUFFER_INIT;
	*stmt = NULL;
	if (len == 0)
		return command_usage(in, err);
	quoted.words = WORDS_INIT;
	buffer_printf(&before, "%s (", head);
	bool is_word = (*cond == '"' || *cond == '\'') &&
		       words_split(&quoted.words, cond, len, line->args, NULL) &&
		       quoted.words.count == 1;
	const struct query_text part = { before.data, cond, len, "\n)" };
	bool ok = before.failed ? error_nomem(err)
		  : is_word     ? query_prepare_word(
					  s, &quoted, 0, before.data, "\n)", stmt, err)
			    : query_prepare_part(s, line, &part, stmt, err);
	buffer_fini(&before);
	words_fini(&quoted.words);
	return ok;
}

bool query_read_nodes(const struct graph *g, struct db_stmt *stmt, uint32_t **nodes,
	size_t *count, struct error *err)
{
	size_t cap = 0;
	uint32_t next = 0;
	int row;
	*nodes = NULL;
	*count = 0;
	while ((row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_next(g, db_column_integer(stmt, 0), &next);
		if (node == GRAPH_NONE)
			continue;
		if (!array_reserve(nodes, &cap, *count + 1, sizeof **nodes)) {
			error_nomem(err);
			break;
		}
		assert(node < g->nodes);
		(*nodes)[(*count)++] = node;
	}
	if (row == 0)
		return true;
	free(*nodes);
	*nodes = NULL;
	return false;
}

bool query_bits(struct session *s, const struct graph *g, const struct invocation *in,
	size_t index, uint64_t **bits, struct error *err)
{
	struct db_stmt *stmt = NULL;
	uint32_t *nodes = NULL;
	size_t count = 0;
	*bits = NULL;
	if (!query_prepare_word(s, in, index, "select address from main.obj where (",
		    "\n)", &stmt, err))
		return false;
	/* A report asks several questions about the same objects. */
	const char *sql = db_stmt_sql(stmt);
	bool asks_heap = db_stmt_asks_heap(stmt);
	const uint64_t *kept =
		asks_heap ? session_graph_condition(&s->held, g, sql) : NULL;
	bool ok = kept != NULL || query_read_nodes(g, stmt, &nodes, &count, err);
	if (ok)
		*bits = kept != NULL ? bits_copy(kept, g->nodes) : bits_new(g->nodes);
	ok = ok && (*bits != NULL || error_nomem(err));
	for (size_t i = 0; ok && i < count; i++)
		bits_put(*bits, nodes[i]);
	if (ok && kept == NULL && asks_heap)
		session_graph_keep_condition(&s->held, g, sql, *bits);
	free(nodes);
	db_stmt_free(stmt);
	return ok;
}
