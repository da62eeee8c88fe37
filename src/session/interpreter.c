/* SPDX-License-Identifier: MIT */
#include "session/interpreter.h"

#include "base/array.h"
#include "base/nearest.h"
#include "session/commands.h"

#include <assert.h>
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads the arguments as the command's row says. */
static bool interpreter_read_args(struct session *s, struct invocation *in,
	struct subst_text *text, struct error *err)
{
	const char *args = in->line->text + in->line->args;
	size_t len = in->line->len - in->line->args;
	size_t offset = in->line->args;
	struct subst_scope scope = session_scope(s);
	in->text = args;
	switch (in->command->kind) {
	case COMMAND_SQL:
		return true;
	case COMMAND_TEXT:
		if (len == 0 && in->command->least > 0)
			return command_usage(in, err);
		if (!subst_text(&scope, args, len, offset, text, err))
			return false;
		in->text = buffer_text(&text->text);
		in->made = text;
		return true;
	case COMMAND_CONDITIONS:
		if (!words_split(&in->words, args, len, offset, err))
			return false;
		/* Conditions are quoted and stay as they are.  An unquoted word is a
		 * keyword or a number, in which substitutions are made as in any word. */
		for (size_t i = 0; i < in->words.count; i++) {
			struct word *word = &in->words.items[i];
			if (word->quoted || strpbrk(word->text, "$#") == NULL)
				continue;
			struct subst_text made = SUBST_TEXT_INIT;
			bool ok = subst_text(&scope, word->text, word->len,
				words_origin(&in->words, i, 0), &made, err);
			char *filled = ok ? buffer_take(&made.text) : NULL;
			subst_text_fini(&made);
			if (filled == NULL)
				return ok ? error_nomem(err) : false;
			free(word->text);
			word->text = filled;
			word->len = strlen(filled);
		}
		break;
	case COMMAND_WORDS:
		if (!subst_words(&scope, args, len, offset, &in->words, err))
			return false;
		break;
	}
	assert(in->words.count < INT_MAX);
	int count = (int)in->words.count;
	if (count < in->command->least ||
		(in->command->most != COMMAND_ANY && count > in->command->most))
		return command_usage(in, err);
	return true;
}

static bool interpreter_run_command(
	struct session *s, const struct script_command *line, struct error *err)
{
	struct invocation in = { .line = line };
	session_graph_begin(&s->held);
	if (s->settings->verbose)
		session_note(s, "%s", line->text);
	assert(line->len > 0 && line->verb_len <= line->len && line->args <= line->len);
	in.command = line->text[0] == '!' ? &command_shell
					  : command_find(line->text, line->verb_len);
	if (in.command == NULL)
		return command_unknown(line->text, line->verb_len, err);
	struct subst_text text = SUBST_TEXT_INIT;
	bool ok =
		interpreter_read_args(s, &in, &text, err) && in.command->run(s, &in, err);
	words_fini(&in.words);
	subst_text_fini(&text);
	return ok;
}

bool interpreter_run(
	struct session *s, struct script *script, const char *const *args, int arg_count)
{
	struct script_command line;
	struct frame frame = {
		.script = script,
		.command = &line,
		.args = args,
		.arg_count = arg_count,
		.outer = s->frame,
	};
	bool go_on = true;
	s->frame = &frame;
	while (go_on) {
		struct error err = ERROR_INIT;
		int found = script_next(script, &line, &err);
		assert(found >= -1 && found <= 1);
		assert((found < 0) == (err.status != STATUS_OK));
		if (found == 0)
			break;
		bool ok = found > 0 && interpreter_run_command(s, &line, &err);
		session_tell_remark(s);
		/* A command that fails leaves no transaction for its script to end. */
		if (ok || s->transaction.open)
			transaction_watch(&s->transaction, s->db, script, &line);
		if (ok && err.status == STATUS_OK)
			continue;
		/* A command returns false if and only if it has set an error.  Every
		 * build checks this: a run that ended silently, with status 0, would be a
		 * check that was never made. */
		error_set(&err, STATUS_DATA,
			"internal error: '%.*s' failed without a message; please report "
			"it",
			(int)line.verb_len, line.text);
		/* The command's own message of being interrupted is not the reason. */
		struct error cancelled = ERROR_INIT;
		bool stop = session_cancelled(s, &cancelled);
		if (!err.told)
			session_fail(s, stop ? &cancelled : &err);
		go_on = s->settings->keep_going && !stop;
	}
	assert(s->frame == &frame);
	s->frame = frame.outer;
	return go_on;
}

/* --- the shipped reports ---------------------------------------------------------------
 */

static const char report_suffix[] = ".memsee";

static int interpreter_compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **interpreter_list_reports(const char *reports)
{
	size_t count = 0, cap = 0;
	char **names = NULL;
	DIR *folder = opendir(reports);
	for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
		size_t len = strlen(entry->d_name), suffix = sizeof report_suffix - 1;
		if (len <= suffix ||
			strcmp(entry->d_name + len - suffix, report_suffix) != 0)
			continue;
		char *name = strndup(entry->d_name, len - suffix);
		if (name == NULL)
			continue;
		if (!array_reserve(&names, &cap, count + 2, sizeof *names)) {
			free(name);
			break;
		}
		names[count++] = name;
	}
	if (folder != NULL)
		closedir(folder);
	if (names == NULL && (names = array_new(1, sizeof *names)) == NULL)
		return NULL;
	qsort(names, count, sizeof *names, interpreter_compare_names);
	names[count] = NULL;
	return names;
}

void interpreter_free_reports(char **names)
{
	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		free(names[i]);
	free(names);
}

char *interpreter_find_report(const char *reports, const char *name)
{
	struct buffer path = BUFFER_INIT;
	buffer_printf(&path, "%s/%s%s", reports, name, report_suffix);
	return buffer_take(&path);
}

/* Not a folder: it may well have the name of a report that wrote it. */
static bool interpreter_is_script(const char *name)
{
	struct stat st;
	return strcmp(name, "-") == 0 || strchr(name, '/') != NULL ||
	       (stat(name, &st) == 0 && !S_ISDIR(st.st_mode));
}

bool interpreter_is_report(const char *reports, const char *name)
{
	char *path = interpreter_is_script(name) ? NULL
						 : interpreter_find_report(reports, name);
	bool found = path != NULL && access(path, F_OK) == 0;
	free(path);
	return found;
}

static char *interpreter_copy(const char *name, struct error *err)
{
	char *path = strdup(name);
	if (path == NULL)
		error_nomem(err);
	return path;
}

char *interpreter_find_script(const char *reports, const char *name, struct error *err)
{
	if (interpreter_is_script(name))
		return interpreter_copy(name, err);
	char *path = interpreter_find_report(reports, name);
	if (path == NULL) {
		error_nomem(err);
	} else if (access(path, F_OK) != 0) {
		free(path);
		if (access(name, F_OK) == 0)
			return interpreter_copy(name, err);
		path = NULL;
		char **names = interpreter_list_reports(reports);
		const char *nearest = names == NULL ? NULL
						    : nearest_name(name, strlen(name),
							      (const char *const *)names);
		if (nearest != NULL)
			error_set(err, STATUS_SCRIPT,
				"no script and no report '%s'; did you mean '%s'?", name,
				nearest);
		else
			error_set(err, STATUS_SCRIPT,
				"no script and no report '%s'; --list-reports shows the "
				"reports",
				name);
		interpreter_free_reports(names);
	}
	return path;
}
