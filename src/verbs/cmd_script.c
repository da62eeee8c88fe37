/* SPDX-License-Identifier: MIT */
/* include, import, debug, help: other scripts, other tables, and what there is. */
#include "base/array.h"
#include "result/csv_table.h"
#include "result/result_table.h"
#include "session/commands.h"
#include "session/graph_functions.h"
#include "session/interpreter.h"
#include "session/type_functions.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Deeper nesting is a script that includes itself. */
enum { INCLUDE_DEPTH_MAX = 64 };

/* DIR NAME SUFFIX as a path if there is such a file, malloc'ed; else NULL. */
static char *include_try(
	const char *folder, size_t folder_len, const char *name, const char *suffix)
{
	struct buffer path = BUFFER_INIT;
	buffer_put(&path, folder, folder_len);
	buffer_put_text(&path, name);
	buffer_put_text(&path, suffix);
	char *text = buffer_take(&path);
	if (text != NULL && access(text, F_OK) == 0)
		return text;
	free(text);
	return NULL;
}

/* Whether a file is in a folder or below it, links resolved. */
static bool include_is_inside(const char *path, const char *folder)
{
	char *real = realpath(path, NULL);
	char *base = realpath(folder, NULL);
	size_t len = base == NULL ? 0 : strlen(base);
	bool inside = real != NULL && base != NULL && strncmp(real, base, len) == 0 &&
		      (real[len] == '/' || (len > 0 && base[len - 1] == '/'));
	free(real);
	free(base);
	return inside;
}

/* include SCRIPT [ARG]… */
static bool include_run(struct session *s, const struct invocation *in, struct error *err)
{
	const char *name = in->words.items[0].text;
	const struct frame *outermost = s->frame;
	assert(outermost != NULL);
	size_t depth = 1;
	for (; outermost->outer != NULL; outermost = outermost->outer)
		depth++;
	if (depth >= INCLUDE_DEPTH_MAX)
		return error_set(err, STATUS_SCRIPT,
			"scripts include each other more than %d deep",
			INCLUDE_DEPTH_MAX);
	/* A relative name is looked for beside the script that includes it, also without
	 * its
	 * `.memsee`, then as the command line would: here, then among the shipped
	 * reports. */
	const char *outer = script_name(s->frame->script);
	const char *slash = strrchr(outer, '/');
	size_t folder_len = slash == NULL ? 0 : (size_t)(slash - outer) + 1;
	char *path = NULL;
	if (name[0] != '/' && folder_len > 0)
		path = include_try(outer, folder_len, name, "");
	if (path == NULL && name[0] != '/')
		path = include_try(outer, folder_len, name, ".memsee");
	if (path == NULL)
		path = interpreter_find_script(s->settings->reports, name, err);
	bool ok = path != NULL;
	/* --safe: a script may include the shipped reports, and what is in the folder of
	 * the outermost one or below. */
	if (ok && s->settings->safe && !include_is_inside(path, s->settings->reports)) {
		const char *script = script_name(outermost->script);
		slash = strrchr(script, '/');
		char *folder = slash == NULL
				       ? strdup(".")
				       : strndup(script, (size_t)(slash - script) + 1);
		ok = (folder != NULL && include_is_inside(path, folder)) ||
		     error_set(err, STATUS_SCRIPT,
			     "--safe: 'include' outside of the script's folder: '%s'",
			     name);
		free(folder);
	}
	ok = ok && places_read(s->settings->places, path, "a script of this run", err);
	struct script *script = ok ? script_load(path, err) : NULL;
	const char **args = array_new(in->words.count, sizeof *args);
	ok = script != NULL && (args != NULL || error_nomem(err));
	if (ok) {
		assert(in->words.count > 0);
		for (size_t i = 1; i < in->words.count; i++)
			args[i - 1] = in->words.items[i].text;
		ok = interpreter_run(s, script, args, (int)in->words.count - 1) ||
		     error_told(err, s->status);
	}
	free(args);
	script_free(script);
	free(path);
	return ok;
}

const struct command command_include = {
	.name = "include",
	.usage = "SCRIPT [ARG]…",
	.summary = "run another script in place",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = COMMAND_ANY,
	.run = include_run,
};

/* import FILE.csv [as TABLE]; the table is else called as the file, without its folder
 * and extension. */
static bool import_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_db(s, err);
	if (db == NULL)
		return false;
	if (in->words.count == 2 ||
		(in->words.count == 3 && !words_is(&in->words, 1, "as")))
		return command_usage(in, err);
	const char *path = in->words.items[0].text;
	if (!session_may_read(s, "import", path, "a table of this run", err))
		return false;
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
	const char *dot = strrchr(name, '.');
	char *table = in->words.count == 3         ? strdup(in->words.items[2].text)
		      : dot == NULL || dot == name ? strdup(name)
						   : strndup(name, (size_t)(dot - name));
	bool ok = table != NULL || error_nomem(err);
	if (ok && (generation_owns(table) || graph_functions_have(table) ||
			  type_functions_have(table)))
		ok = error_set(err, STATUS_SCRIPT,
			"a table '%s' would hide the one of memsee; 'import FILE as "
			"TABLE' "
			"gives it another name",
			table);
	struct result *r = ok ? csv_table_read(path, err) : NULL;
	ok = ok && r != NULL && result_table_make(r, db, table, err);
	if (ok)
		session_note(s, "%zu row%s imported as %s", r->rows,
			r->rows == 1 ? "" : "s", table);
	result_free(r);
	free(table);
	return ok;
}

const struct command command_import = {
	.name = "import",
	.usage = "FILE.csv [as TABLE]",
	.summary = "load a CSV file as a table for this run",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 3,
	.run = import_run,
};

static bool debug_run(struct session *s, const struct invocation *in, struct error *err)
{
	(void)in;
	(void)err;
	s->debug = !s->debug;
	return true;
}

const struct command command_debug = {
	.name = "debug",
	.usage = "",
	.summary = "start or stop showing the SQL that substitutions make",
	.kind = COMMAND_WORDS,
	.run = debug_run,
};

static bool help_one(struct session *s, const struct command *c, struct error *err)
{
	return session_say(s, err, "%s%s%s - %s", c->name, *c->usage == '\0' ? "" : " ",
		c->usage, c->summary);
}

static bool help_run(struct session *s, const struct invocation *in, struct error *err)
{
	if (in->words.count == 1) {
		const struct word *word = &in->words.items[0];
		const struct command *c = command_find(word->text, word->len);
		return c == NULL ? command_bad_word(in, 0, "no command", err)
				 : help_one(s, c, err);
	}
	for (const struct command *const *c = command_table(); *c != NULL; c++)
		if (!help_one(s, *c, err))
			return false;
	return true;
}

const struct command command_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "describe a command, or list them all",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = help_run,
};
