/* SPDX-License-Identifier: MIT */
#include "session/session.h"

#include "session/graph_functions.h"
#include "session/name_functions.h"

#include "base/array.h"
#include "base/nearest.h"
#include "result/result_table.h"
#include "session/type_functions.h"
#include "store/generation.h"
#include "store/notes.h"
#include "store/read_log.h"
#include "store/unfinished.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int session_look_width(const void *context, const char *column)
{
	const struct session *s = context;
	for (size_t i = 0; i < s->width_count; i++)
		if (strcmp(s->widths[i].column, column) == 0)
			return s->widths[i].width;
	return 0;
}

static const char *session_look_name(const void *context, int64_t number)
{
	const struct session *s = context;
	return s->names.count == 0 ? NULL : names_find_number(&s->names, number);
}

void session_init(struct session *s, const struct settings *settings,
	const struct reporter *reporter)
{
	*s = (struct session){ .settings = settings, .reporter = *reporter };
	s->look = (struct writer_options){
		.width = session_look_width,
		.name_of = session_look_name,
		.csv_guard = settings->csv_guard,
		.context = s,
		.node_limit = 150,
		.dot = settings->dot,
		.command = settings->command,
		.terminal = settings->terminal,
	};
}

void session_fini(struct session *s)
{
	assert(s->frame == NULL);
	for (size_t i = 0; i < s->target_count; i++)
		target_discard(s->targets[i]);
	for (size_t i = 0; i < s->result_count; i++)
		result_free(s->results[i].result);
	for (size_t i = 0; i < s->width_count; i++)
		free(s->widths[i].column);
	free(s->targets);
	free(s->results);
	free(s->widths);
	free(s->caption);
	free(s->otherwise);
	session_drop_section(s);
	free(s->waiting);
	free(s->name_list);
	for (size_t i = 0; i < s->value_count; i++) {
		free(s->values[i].name);
		free(s->values[i].text);
	}
	free(s->values);
	check_list_fini(&s->checks);
	transaction_fini(&s->transaction);
	session_graph_connect(&s->held, NULL);
	names_fini(&s->names);
	db_close(s->db);
}

static void session_note_waiting(void *context, const char *path)
{
	session_note(context, "waiting for another process that writes to '%s'", path);
}

bool session_open(
	struct session *s, const char *path, enum db_mode mode, struct error *err)
{
	/* As in SQLite: a database of that name is private and temporary. */
	if (path != NULL && strcmp(path, ":memory:") == 0)
		mode = DB_TEMPORARY;
	if (!transaction_check(&s->transaction, err) ||
		(mode != DB_TEMPORARY &&
			!places_database(s->settings->places, path, err)))
		return false;
	const struct db_patience patience = { .limited = s->settings->wait_limited,
		.seconds = s->settings->wait,
		.note = session_note_waiting,
		.context = s };
	struct db *db = db_open_patiently(path, mode, &patience, err);
	if (db == NULL)
		return false;
	bool ok = true;
	if (mode == DB_TEMPORARY) {
		/* A private database does not outlive a run that is killed. */
		struct places *places = s->settings->places;
		struct buffer journal = BUFFER_INIT;
		buffer_printf(&journal, "%s-journal", db_path(db));
		ok = !journal.failed || error_nomem(err);
		ok = ok && places_database(places, db_path(db), err) &&
		     places_leftover(places, db_path(db), err) != NULL &&
		     places_leftover(places, buffer_text(&journal), err) != NULL;
		buffer_fini(&journal);
	}
	if (mode != DB_EXISTING)
		ok = ok && generation_create_schema(db, err);
	else
		ok = generation_check_schema(db, err);
	/* What a process that died has left half-done. */
	int64_t taken = 0;
	if (mode == DB_EXISTING)
		ok = ok && unfinished_take_back(db, &taken, err);
	if (ok && taken > 0)
		session_warn(s,
			"'%s': %" PRId64 " dump%s of a 'read' that was killed taken back",
			db_path(db), taken, taken == 1 ? "" : "s");
	if (ok && mode == DB_EXISTING && s->settings->redact != NULL) {
		/* With --redact, reports must not show the values of a database either.
		 */
		int64_t plain = 0;
		ok = read_log_stand_in(db, err) &&
		     db_integer(db, &plain, 0, err,
			     "select count(*) from main.gen where num not in (select gen "
			     "from read_log where fact = 'values' and value = "
			     "'redacted')");
		if (ok && plain > 0)
			ok = error_set(err, STATUS_SCRIPT,
				"--redact: '%s' holds values; read its dump into a new "
				"database",
				db_path(db));
	}
	if (!ok) {
		db_discard(db);
		return false;
	}
	/* Imported tables and those made of results belong to the run: they move. */
	ok = s->db == NULL || db_take_temporary(db, s->db, err);
	session_graph_connect(&s->held, db);
	db_close(s->db);
	s->db = db;
	db_cancel_on(db, s->settings->cancel);
	db_protect(db, s->settings->places);
	if (s->settings->safe)
		db_make_safe(db);
	return ok && graph_functions_register(db, &s->held, err) &&
	       type_functions_register(db, &s->held, err) &&
	       type_kinds_register(&s->kinds, db, &s->looked_at, err) &&
	       name_functions_register(db, &s->held, err) &&
	       names_load(&s->names, db, err) && read_log_stand_in(db, err) &&
	       notes_stand_in(db, err);
}

struct db *session_db(struct session *s, struct error *err)
{
	if (s->db == NULL && !session_open(s, NULL, DB_TEMPORARY, err))
		return NULL;
	return s->db;
}

struct db *session_heap(struct session *s, struct error *err)
{
	struct db *db = session_db(s, err);
	int64_t num;
	return db != NULL && generation_require(db, &num, err) ? db : NULL;
}

const struct graph *session_graph(struct session *s, struct error *err)
{
	return session_db(s, err) == NULL ? NULL : session_graph_get(&s->held, err);
}

struct analysis *session_analysis(struct session *s, struct error *err)
{
	return session_db(s, err) == NULL ? NULL : session_graph_analysis(&s->held, err);
}

struct name_tree *session_names(struct session *s, struct error *err)
{
	return session_db(s, err) == NULL ? NULL : session_graph_names(&s->held, err);
}

bool session_look_at(struct session *s, int64_t num, struct error *err)
{
	if (!generation_look_at(s->db, num, err))
		return false;
	assert(num != GENERATION_NONE);
	s->looked_at = num;
	return true;
}

bool session_look_back(struct session *s, struct error *err)
{
	s->looked_at = GENERATION_NONE;
	return generation_look_back(s->db, err);
}

/* --- substitutions ------------------------------------------------------------------ */

static const struct result *session_find_result(void *context, int number)
{
	const struct session *s = context;
	return number < 0 || (size_t)number >= s->result_count
		       ? NULL
		       : s->results[number].result;
}

static struct define *session_find_define(
	const struct session *s, const char *name, size_t len)
{
	/* The last -D of a name counts. */
	for (size_t i = s->define_count; i-- > 0;)
		if (strncmp(s->defines[i].name, name, len) == 0 &&
			s->defines[i].name[len] == '\0')
			return &s->defines[i];
	return NULL;
}

static struct session_value *session_find_value(
	const struct session *s, const char *name, size_t len)
{
	for (size_t i = 0; i < s->value_count; i++)
		if (strncmp(s->values[i].name, name, len) == 0 &&
			s->values[i].name[len] == '\0')
			return &s->values[i];
	return NULL;
}

static bool session_find_name(
	void *context, const char *name, size_t len, struct subst_value *value)
{
	const struct session *s = context;
	struct define *define = session_find_define(s, name, len);
	const struct session_value *let =
		define == NULL ? session_find_value(s, name, len) : NULL;
	const char *text = define != NULL ? define->value
			   : let != NULL  ? let->text
					  : names_find(&s->names, name, len);
	if (text == NULL)
		return false;
	if (define != NULL)
		define->used = true;
	*value = (struct subst_value){ .text = text,
		.len = strlen(text),
		.literal = define != NULL || let != NULL };
	return true;
}

bool session_let(struct session *s, const char *name, const char *text, size_t len,
	struct error *err)
{
	char *copy = strndup(text, len);
	if (copy == NULL)
		return error_nomem(err);
	struct session_value *value = session_find_value(s, name, strlen(name));
	if (value != NULL) {
		free(value->text);
		value->text = copy;
		return true;
	}
	char *key = strdup(name);
	if (key == NULL || !array_reserve(&s->values, &s->value_cap, s->value_count + 1,
				   sizeof *s->values)) {
		free(key);
		free(copy);
		return error_nomem(err);
	}
	s->values[s->value_count++] = (struct session_value){ .name = key, .text = copy };
	return true;
}

bool session_default(struct session *s, const char *name, const char *text, size_t len,
	struct error *err)
{
	struct subst_value value;
	if (session_find_name(s, name, strlen(name), &value))
		return true;
	if (!session_let(s, name, text, len, err))
		return false;
	session_find_value(s, name, strlen(name))->option = true;
	return true;
}

const char *session_name(struct session *s, const char *name, size_t *len)
{
	struct subst_value value = { 0 };
	bool found = session_find_name(s, name, strlen(name), &value);
	*len = value.len;
	return found ? value.text : NULL;
}

void session_warn_of_defines(struct session *s)
{
	const char **options = array_new(s->value_count + 1, sizeof *options);
	size_t n = 0;
	for (size_t i = 0; options != NULL && i < s->value_count; i++)
		if (s->values[i].option)
			options[n++] = s->values[i].name;
	if (options != NULL)
		options[n] = NULL;
	for (size_t i = 0; i < s->define_count; i++) {
		const char *name = s->defines[i].name;
		/* Of a name that was given twice the last counts. */
		const struct define *given = session_find_define(s, name, strlen(name));
		if (given == NULL || given->used)
			continue;
		const char *near = options == NULL
					   ? NULL
					   : nearest_name(name, strlen(name), options);
		session_warn(s, "-D %s: no command used $%s%s%s%s", name, name,
			near == NULL ? "" : "; did you mean $", near == NULL ? "" : near,
			near == NULL ? "" : "?");
	}
	free(options);
}

static const char *const *session_list_names(void *context)
{
	struct session *s = context;
	free(s->name_list);
	s->name_list = array_new(s->names.count + s->define_count + s->value_count + 1,
		sizeof *s->name_list);
	if (s->name_list == NULL)
		return NULL;
	size_t n = 0;
	for (size_t i = 0; i < s->define_count; i++)
		s->name_list[n++] = s->defines[i].name;
	for (size_t i = 0; i < s->value_count; i++)
		s->name_list[n++] = s->values[i].name;
	for (size_t i = 0; i < s->names.count; i++)
		s->name_list[n++] = s->names.items[i].name;
	assert(n == s->names.count + s->define_count + s->value_count);
	s->name_list[n] = NULL;
	return s->name_list;
}

static const char *session_result_table(void *context, int number, struct error *err)
{
	struct session *s = context;
	struct db *db = session_db(s, err);
	if (db == NULL)
		return NULL;
	assert(number >= 0 && (size_t)number < s->result_count);
	struct session_result *r = &s->results[number];
	if (r->table[0] != '\0')
		return r->table;
	char name[sizeof r->table];
	int64_t taken = 1;
	/* A user may have a table of that name. */
	for (int again = 0; taken > 0; again++) {
		snprintf(name, sizeof name, again == 0 ? "result_%d" : "result_%d_%d",
			number, again);
		if (!db_integer(db, &taken, 0, err,
			    "select count(*) from (select name from sqlite_temp_schema "
			    "union all select name from main.sqlite_schema) "
			    "where name = %Q collate nocase",
			    name))
			return NULL;
	}
	if (!result_table_make(r->result, db, name, err))
		return NULL;
	memcpy(r->table, name, sizeof name);
	return r->table;
}

struct subst_scope session_scope(struct session *s)
{
	struct subst_scope scope = {
		.context = s,
		.find_result = session_find_result,
		.last_result = (int)s->result_count - 1,
		.find_name = session_find_name,
		.list_names = session_list_names,
		.result_table = session_result_table,
	};
	if (s->frame != NULL) {
		assert(s->frame->arg_count == 0 || s->frame->args != NULL);
		scope.args = s->frame->args;
		scope.arg_count = s->frame->arg_count;
	}
	/* Without a database there is no generation to rewrite names for. */
	if (s->looked_at != GENERATION_NONE)
		scope.current_generation = s->looked_at;
	else if (s->db != NULL)
		generation_current(s->db, &scope.current_generation, NULL);
	return scope;
}

/* --- messages ------------------------------------------------------------------------
 */

/* The place of byte `offset` of the command that runs; NULL when none does. */
static const struct script_place *session_place(
	const struct session *s, size_t offset, struct script_place *place)
{
	if (s->frame == NULL || s->frame->command == NULL)
		return NULL;
	*place = script_locate(s->frame->script, s->frame->command, offset);
	return place;
}

bool session_locate_check(const struct session *s, struct check *c, struct error *err)
{
	struct script_place place;
	if (session_place(s, 0, &place) == NULL)
		return true;
	c->file = strdup(place.file);
	c->line = place.line;
	return c->file != NULL || error_nomem(err);
}

static void session_fail_at(
	struct session *s, const struct error *err, const struct script_place *place)
{
	assert(err->status != STATUS_OK && err->message[0] != '\0');
	if (err->status > s->status)
		s->status = err->status;
	if (err->status > STATUS_CHECK) {
		struct error ignored = ERROR_INIT;
		struct check c = { .state = CHECK_ERROR,
			.name = strdup("run"),
			.message = strdup(err->message) };
		if (c.message == NULL || !session_locate_check(s, &c, &ignored))
			check_fini(&c);
		else
			check_list_take(&s->checks, &c, &ignored);
	}
	s->reporter.failure(s->reporter.context, err, place);
}

void session_fail(struct session *s, const struct error *err)
{
	struct script_place place;
	session_fail_at(s, err, session_place(s, err->offset, &place));
}

bool session_end_transaction(struct session *s)
{
	struct error err = ERROR_INIT;
	const struct transaction *t = &s->transaction;
	bool ok = transaction_check(t, &err);
	if (!ok)
		session_fail_at(
			s, &err, t->file == NULL || t->source == NULL ? NULL : &t->place);
	transaction_fini(&s->transaction);
	return ok;
}

void session_note(struct session *s, const char *format, ...)
{
	char message[ERROR_MESSAGE_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	s->reporter.note(s->reporter.context, message);
}

void session_tell_remark(struct session *s)
{
	const char *text = s->db == NULL ? NULL : db_take_remark(s->db);
	/* In a run that is interrupted anything may look damaged. */
	if (text != NULL && !session_cancelled(s, NULL))
		session_note(s, "%s", text);
}

void session_warn(struct session *s, const char *format, ...)
{
	char message[ERROR_MESSAGE_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	struct script_place place;
	s->reporter.warning(
		s->reporter.context, message, session_place(s, ERROR_NOWHERE, &place));
}

bool session_cancelled(const struct session *s, struct error *err)
{
	if (s->settings->cancel == NULL || *s->settings->cancel == 0)
		return false;
	if (*s->settings->cancel == SIGALRM)
		error_set(err, STATUS_DATA, "the time is up; --max-seconds allows more");
	else
		error_set(err, STATUS_DATA, "interrupted");
	return true;
}

static bool session_is_named(const char *const *files, const char *path)
{
	for (; *files != NULL; files++)
		if (strcmp(*files, path) == 0)
			return true;
	return false;
}

bool session_may_read(struct session *s, const char *verb, const char *path,
	const char *what, struct error *err)
{
	const struct settings *set = s->settings;
	if (set->safe && !session_is_named(set->readable, path) &&
		!session_is_named(set->writable, path))
		return error_set(err, STATUS_SCRIPT,
			"--safe: '%s' of a file that is not on the command line: '%s'",
			verb, path);
	return places_read(set->places, path, what, err);
}

bool session_may_know(struct session *s, const char *path, struct error *err)
{
	return s->settings->update_baseline
		       ? session_may_write(s, "known", path, err)
		       : session_may_read(s, "known", path, "a table of this run", err);
}

bool session_may_write(
	const struct session *s, const char *verb, const char *path, struct error *err)
{
	if (!s->settings->safe || session_is_named(s->settings->writable, path))
		return true;
	if (session_is_named(s->settings->readable, path))
		return error_set(err, STATUS_SCRIPT,
			"--safe: '%s' may read '%s', not write it; --writable allows it",
			verb, path);
	return error_set(err, STATUS_SCRIPT,
		"--safe: '%s' of a file that is not on the command line: '%s'", verb,
		path);
}

bool session_is_trusted(const struct session *s, const char *verb, struct error *err)
{
	return !s->settings->safe ||
	       error_set(err, STATUS_SCRIPT, "--safe forbids '%s'", verb);
}
