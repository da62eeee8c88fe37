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

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool create_run(struct session *s, const struct invocation *in, struct error *err)
{
	const char *path = in->words.items[0].text;
	return session_may_write(s, "create", path, err) &&
	       session_open(s, path, DB_CREATE, err);
}

const struct command command_create = {
	.name = "create",
	.usage = "DATABASE",
	.summary = "make a new database and connect to it",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = create_run,
};

static bool open_run(struct session *s, const struct invocation *in, struct error *err)
{
	const char *path = in->words.items[0].text;
	return session_may_write(s, "open", path, err) &&
	       session_open(s, path, DB_EXISTING, err);
}

const struct command command_open = {
	.name = "open",
	.usage = "DATABASE",
	.summary = "connect to an existing database",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = open_run,
};

/* What a user should know of the dump beyond its counts, a warning each. */
static bool read_warn(struct session *s, const struct load_report *report)
{
	struct buffer notes = BUFFER_INIT;
	load_report_notes(report, s->settings->verbose, &notes);
	bool ok = !notes.failed;
	char *line = ok ? notes.data : NULL;
	for (char *end; line != NULL && *line != '\0'; line = end) {
		end = line + strcspn(line, "\n");
		if (*end != '\0')
			*end++ = '\0';
		session_warn(s, "%s", line);
	}
	buffer_fini(&notes);
	return ok;
}

static void read_tell(struct session *s, const struct load_report *report)
{
	char o[MAGNITUDE_MAX], r[MAGNITUDE_MAX], b[MAGNITUDE_MAX];
	magnitude_format(o, (double)report->objects);
	magnitude_format(r, (double)report->references);
	magnitude_format(b, (double)report->size);
	session_note(s,
		"%" PRIu64 "%s objects and %" PRIu64 "%s references totalling %" PRId64
		"%s bytes",
		report->objects, o, report->references, r, report->size, b);
}

/* Reads one dump as generation `*num`. */
static bool read_dump(
	struct session *s, const char *word, int64_t *num, struct error *err)
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
	/* With a limit for memory the tables are all that stays. */
	struct heap *heap = NULL;
	options.keep = options.memory == 0 ? &heap : NULL;
	struct load_report report = { 0 };
	struct graph_moment before;
	bool ok = graph_moment_now(db, &before, err) &&
		  load_dump(db, path, &options, &report, err);
	if (heap != NULL)
		graph_kept_put(db, report.generation, heap, &before);
	/* The message of a dump that was refused says enough. */
	ok = ok && (read_warn(s, &report) || error_nomem(err));
	if (ok)
		read_tell(s, &report);
	*num = report.generation;
	load_report_fini(&report);
	return ok;
}

/* Without a dump (`read $@` in a report) what the database holds is taken. */
static bool read_nothing(struct session *s, struct error *err)
{
	struct db *db = session_db(s, err);
	int64_t count;
	if (db == NULL || !generation_count(db, &count, err))
		return false;
	return count > 0 ||
	       error_at(err, STATUS_SCRIPT, 0,
		       "no dump: name one, or a database that holds one with -d");
}

/* All or nothing: what was read before one that failed goes again.  A user who interrupts
 * waits for that. */
static void read_take_back(
	struct session *s, const int64_t *num, size_t n, int64_t before)
{
	struct error err = ERROR_INIT;
	db_cancel_on(s->db, NULL);
	if (!generation_remove(s->db, num, n, before, &err) ||
		!read_log_stand_in(s->db, &err))
		session_warn(
			s, "cannot take back the dumps read before: %s", err.message);
	db_cancel_on(s->db, s->settings->cancel);
}

/* Most mistakes show before anything is read. */
static bool read_find(struct session *s, const char *word, struct error *err)
{
	const char *path;
	dump_format_split(word, &path);
	if (!session_may_read(s, "read", path, "a dump of this run", err))
		return false;
	struct process_word process;
	char file[PROCESS_FILE_MAX];
	if (process_word(path, &process))
		return process_file(&process, file, err);
	return strcmp(path, "-") == 0 || access(path, R_OK) == 0 ||
	       error_errno(err, "cannot read", path);
}

static bool read_run(struct session *s, const struct invocation *in, struct error *err)
{
	size_t n = in->words.count;
	int64_t before;
	if (n == 0)
		return read_nothing(s, err);
	for (size_t i = 0; i < n; i++)
		if (!read_find(s, in->words.items[i].text, err))
			return false;
	int64_t *num = array_new(n, sizeof *num);
	bool ok = (num != NULL || error_nomem(err)) && session_db(s, err) != NULL &&
		  generation_current(s->db, &before, err);
	for (size_t i = 0; ok && i < n; i++) {
		ok = read_dump(s, in->words.items[i].text, &num[i], err);
		if (!ok && i > 0)
			read_take_back(s, num, i, before);
	}
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

static bool gen_show(struct session *s, struct db *db, struct error *err)
{
	int64_t count, current;
	if (!generation_count(db, &count, err) || !generation_current(db, &current, err))
		return false;
	if (current == GENERATION_NONE)
		return session_say(
			s, err, "%" PRId64 " generations, current is -none-", count);
	return session_say(
		s, err, "%" PRId64 " generations, current is %" PRId64, count, current);
}

static bool gen_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_db(s, err);
	if (db == NULL)
		return false;
	if (in->words.count == 0)
		return gen_show(s, db, err);
	if (strcmp(in->words.items[0].text, "none") == 0)
		return generation_select(db, GENERATION_NONE, err);
	int64_t num;
	bool exists;
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

static bool backup_run(struct session *s, const struct invocation *in, struct error *err)
{
	(void)in;
	if (!session_is_trusted(s, "backup", err))
		return false;
	struct db *db = session_db(s, err);
	return db != NULL && backup_make(db, s->settings->places, err);
}

const struct command command_backup = {
	.name = "backup",
	.usage = "",
	.summary = "save a copy of the database beside it",
	.kind = COMMAND_WORDS,
	.run = backup_run,
};

static bool restore_run(struct session *s, const struct invocation *in, struct error *err)
{
	(void)in;
	if (!session_is_trusted(s, "restore", err))
		return false;
	if (s->settings->redact != NULL)
		return error_set(err, STATUS_SCRIPT, "--redact forbids 'restore'");
	struct db *db = session_db(s, err);
	return db != NULL && backup_restore(db, err) && names_load(&s->names, db, err);
}

const struct command command_restore = {
	.name = "restore",
	.usage = "",
	.summary = "make the database what it was at the backup",
	.kind = COMMAND_WORDS,
	.run = restore_run,
};
