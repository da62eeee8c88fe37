/* SPDX-License-Identifier: MIT */
/* create, open, read, gen, backup, restore: which heap the other commands look at. */
#include "attach/format_process.h"
#include "base/array.h"
#include "base/magnitude.h"
#include "graph/graph_kept.h"
#include "load/formats.h"
#include "load/load.h"
#include "session/commands.h"
#include "store/backup.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* create DATABASE, open DATABASE */
static bool open_run(struct session *s, const struct invocation *in, struct error *err)
{
	const char *path = in->words.items[0].text;
	return session_may_write(s, in->command->name, path, err) &&
	       session_open(s, path,
		       in->command == &command_create ? DB_CREATE : DB_EXISTING, err);
}

const struct command command_create = {
	.name = "create",
	.usage = "DATABASE",
	.summary = "make a new database and connect to it",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = open_run,
};

const struct command command_open = {
	.name = "open",
	.usage = "DATABASE",
	.summary = "connect to an existing database",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = open_run,
};

/* Reads one dump as generation `*num`, and says what came of it: a warning for each thing
 * that a user should know beyond the counts. */
static bool read_dump(struct session *s, const char *word, struct unfinished *together,
	int64_t *num, struct error *err)
{
	const char *path;
	const struct dump_format *format = dump_format_split(word, &path);
	struct db *db = s->db;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	options.format = format;
	options.strict = s->settings->strict;
	options.memory = s->settings->memory_limit;
	options.sysroot = s->settings->sysroot;
	options.way = s->settings->way;
	options.limits = s->settings->limits;
	options.progress = s->settings->progress;
	options.cancel = s->settings->cancel;
	options.redact = s->settings->redact;
	options.together = together;
	/* With a limit for memory only the tables stay. */
	struct heap *heap = NULL;
	options.keep = options.memory == 0 ? &heap : NULL;
	struct load_report report = { 0 };
	struct graph_moment before;
	struct buffer notes = BUFFER_INIT;
	graph_kept_settle(db);
	bool ok = graph_moment_now(db, &before, err) &&
		  load_dump(db, path, &options, &report, err);
	if (heap != NULL)
		graph_kept_put(db, report.generation, heap, &before);
	/* The message of a dump that was refused says enough. */
	if (ok) {
		load_report_notes(&report, s->settings->verbose, &notes);
		ok = !notes.failed || error_nomem(err);
	}
	char *line = ok ? notes.data : NULL;
	for (char *end; line != NULL && *line != '\0'; line = end) {
		end = line + strcspn(line, "\n");
		if (*end != '\0')
			*end++ = '\0';
		session_warn(s, "%s", line);
	}
	if (ok) {
		char o[MAGNITUDE_MAX], r[MAGNITUDE_MAX], b[MAGNITUDE_MAX];
		magnitude_format(o, (double)report.objects);
		magnitude_format(r, (double)report.references);
		magnitude_format(b, (double)report.size);
		session_note(s,
			"%" PRIu64 "%s objects and %" PRIu64
			"%s references totalling %" PRId64 "%s bytes",
			report.objects, o, report.references, r, report.size, b);
	}
	assert(!ok || report.generation > 0);
	*num = report.generation;
	buffer_fini(&notes);
	load_report_fini(&report);
	return ok;
}

/* read [[FORMAT:]DUMP]…: all of them or none. */
static bool read_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t n = in->words.count;
	struct unfinished together = { .first = GENERATION_NONE };
	int64_t count;
	/* Without a dump (`read $@` in a report) the database must hold one. */
	if (n == 0)
		return session_db(s, err) != NULL &&
		       generation_count(s->db, &count, err) &&
		       (count > 0 ||
			       error_at(err, STATUS_SCRIPT, 0,
				       "no dump: name one, or a database that holds one "
				       "with -d"));
	/* Most mistakes show before anything is read. */
	for (size_t i = 0; i < n; i++) {
		const char *path;
		struct process_word process;
		char file[PROCESS_FILE_MAX];
		dump_format_split(in->words.items[i].text, &path);
		if (!session_may_read(s, "read", path, "a dump of this run", err))
			return false;
		if (process_word(path, &process)) {
			if (!process_file(&process, file, err))
				return false;
		} else if (strcmp(path, "-") != 0 && access(path, R_OK) != 0) {
			return error_errno(err, "cannot read", path);
		}
	}
	int64_t *num = array_new(n, sizeof *num);
	bool ok = (num != NULL || error_nomem(err)) && session_db(s, err) != NULL &&
		  generation_current(s->db, &together.before, err);
	for (size_t i = 0; ok && i < n; i++) {
		together.last = i + 1 == n;
		ok = read_dump(s, in->words.items[i].text, &together, &num[i], err);
		if (ok || i == 0)
			continue;
		/* The dumps read before the one that failed are removed again.  A user
		 * who interrupts waits for that. */
		struct error back = ERROR_INIT;
		db_cancel_on(s->db, NULL);
		if (!generation_remove(s->db, num, i, together.before, &back) ||
			!read_log_stand_in(s->db, &back))
			session_warn(s, "cannot take back the dumps read before: %s",
				back.message);
		db_cancel_on(s->db, s->settings->cancel);
	}
	if (s->db != NULL)
		unfinished_end(s->db, &together);
	free(num);
	return ok;
}

const struct command command_read = {
	.name = "read",
	.usage = "[[FORMAT:]DUMP]…",
	.summary = "load dumps, each as a new generation",
	.kind = COMMAND_WORDS,
	.most = COMMAND_ANY,
	.run = read_run,
};

/* gen [N|none] */
static bool gen_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_db(s, err);
	int64_t num, count;
	bool exists;
	if (db == NULL)
		return false;
	if (in->words.count == 0) {
		if (!generation_count(db, &count, err) ||
			!generation_current(db, &num, err))
			return false;
		return num == GENERATION_NONE
			       ? session_say(s, err,
					 "%" PRId64 " generations, current is -none-",
					 count)
			       : session_say(s, err,
					 "%" PRId64 " generations, current is %" PRId64,
					 count, num);
	}
	if (strcmp(in->words.items[0].text, "none") == 0)
		return generation_select(db, GENERATION_NONE, err);
	if (!command_integer(in, 0, &num, err) ||
		!generation_exists(db, num, &exists, err))
		return false;
	if (!exists)
		return command_bad_word(in, 0, "no generation", err);
	return generation_select(db, num, err);
}

const struct command command_gen = {
	.name = "gen",
	.usage = "[N|none]",
	.summary = "show or choose the current generation",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = gen_run,
};

/* backup, restore */
static bool backup_run(struct session *s, const struct invocation *in, struct error *err)
{
	bool back = in->command == &command_restore;
	assert(back || in->command == &command_backup);
	if (!session_is_trusted(s, in->command->name, err))
		return false;
	if (back && s->settings->redact != NULL)
		return error_set(err, STATUS_SCRIPT, "--redact forbids 'restore'");
	struct db *db = session_db(s, err);
	if (db == NULL)
		return false;
	return back ? backup_restore(db, err) && names_load(&s->names, db, err)
		    : backup_make(db, s->settings->places, err);
}

const struct command command_backup = {
	.name = "backup",
	.usage = "",
	.summary = "save a copy of the database beside it",
	.kind = COMMAND_WORDS,
	.run = backup_run,
};

const struct command command_restore = {
	.name = "restore",
	.usage = "",
	.summary = "restore the database from the backup",
	.kind = COMMAND_WORDS,
	.run = backup_run,
};
