/* SPDX-License-Identifier: MIT */
#include "program/run.h"

#include "attach/debugger.h"
#include "attach/inject.h"
#include "attach/process.h"
#include "base/buffer.h"
#include "base/outfile.h"
#include "base/places.h"
#include "base/stream.h"
#include "base/utf8.h"
#include "output/annotate.h"
#include "output/junit.h"
#include "output/render.h"
#include "program/options.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/verdict.h"

#include <assert.h>
#include <ctype.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The two globals that change, because a signal handler can see nothing else: the signal
 * that came, 0 before, and the files of the run. */
static volatile sig_atomic_t run_cancelled;
static _Atomic(struct places *) run_places;

static void run_remove_leftovers(void)
{
	struct places *places = atomic_load(&run_places);
	if (places != NULL)
		places_remove_leftovers(places);
}

/* The first asks the run to end, the second ends it. */
static void run_cancel(int signal_number)
{
	if (run_cancelled != 0) {
		run_remove_leftovers();
		(void)signal(signal_number, SIG_DFL);
		raise(signal_number);
	}
	run_cancelled = signal_number;
}

/* Seconds in which a command has to notice that the time is up. */
enum { RUN_GRACE = 5 };

/* SQLite looks at no flag within one call of a function, and some calls take hours.  What
 * has not given up when this comes again is ended on the spot, as by a kill. */
static void run_time_is_up(int signal_number)
{
	static const char line[] =
		"memsee: the time is up, and what runs cannot be given up; ended\n";
	if (run_cancelled == signal_number) {
		ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
		(void)written; /* there is nowhere else to report it */
		run_remove_leftovers();
		_exit(STATUS_DATA);
	}
	run_cancelled = signal_number;
	alarm(RUN_GRACE);
}

/* --- messages, all on standard error --------------------------------------------------
 */

/* One line, or a command as it is written, in which nothing from a script or a dump acts
 * on the terminal. */
static void run_put_line(
	const char *before, const struct script_place *place, const char *message)
{
	struct buffer line = BUFFER_INIT;
	buffer_put_text(&line, before);
	if (place != NULL) {
		utf8_put_visible(&line, place->file, strlen(place->file));
		buffer_printf(&line, ":%zu:%zu: ", place->line, place->column);
	}
	for (const char *at = message;; at++) {
		size_t len = strcspn(at, "\n");
		utf8_put_visible(&line, at, len);
		buffer_put_char(&line, '\n');
		at += len;
		if (*at == '\0')
			break;
	}
	if (line.failed)
		fprintf(stderr, "memsee: %s\n", message);
	else
		fputs(buffer_text(&line), stderr);
	buffer_fini(&line);
}

/* The source line with a caret under the byte at fault.  An invisible character would act
 * on the terminal; it takes one column, so that the caret is where it belongs. */
static void run_show_source(const struct script_place *place)
{
	enum { SHOWN_MAX = 200 };
	if (place->source_len == 0 || place->source_len > SHOWN_MAX)
		return;
	struct buffer shown = BUFFER_INIT, caret = BUFFER_INIT;
	for (size_t i = 0, used; i < place->source_len; i += used) {
		const char *at = place->source + i;
		uint32_t c = utf8_decode(at, place->source_len - i, &used);
		assert(used > 0 && used <= place->source_len - i);
		bool tab = c == '\t';
		if (tab || (c != UTF8_INVALID && !utf8_is_unseen(c)))
			buffer_put(&shown, at, used);
		else
			buffer_put_char(&shown, '?');
		if (i + used <= place->source_offset)
			buffer_put_char(&caret, tab ? '\t' : ' ');
	}
	if (!shown.failed && !caret.failed)
		fprintf(stderr, "  %s\n  %s^\n", buffer_text(&shown),
			buffer_text(&caret));
	buffer_fini(&shown);
	buffer_fini(&caret);
}

/* Whether the place is in a shipped report. */
static bool run_is_shipped(const struct options *o, const struct script_place *place)
{
	size_t len = strlen(o->settings.reports);
	return strncmp(place->file, o->settings.reports, len) == 0 &&
	       place->file[len] == '/';
}

static void run_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	const struct options *o = context;
	struct buffer line = BUFFER_INIT;
	/* Who called a report by its name did not write its lines; --verbose says where
	 * in it all the same. */
	if (o != NULL && place != NULL && o->script != NULL && !o->settings.verbose &&
		strchr(o->script, '/') == NULL && run_is_shipped(o, place)) {
		buffer_printf(&line, "memsee %s: ", o->script);
		run_put_line(buffer_text(&line), NULL, err->message);
	} else {
		run_put_line(place == NULL ? "memsee: " : "", place, err->message);
		if (place != NULL)
			run_show_source(place);
	}
	if (o != NULL && o->annotate != NULL) {
		/* At its line when the script is a file of the user's.  A shipped report
		 * is outside the user's repository, so it is only named. */
		const char *file = place == NULL ? NULL : place->file, *title = NULL;
		if (file != NULL && run_is_shipped(o, place))
			title = file + strlen(o->settings.reports) + 1;
		if (title != NULL || (file != NULL && access(file, F_OK) != 0))
			file = NULL;
		buffer_clear(&line);
		annotate_github(
			&line, title, file, file == NULL ? 0 : place->line, err->message);
		fputs(buffer_text(&line), stderr);
	}
	buffer_fini(&line);
}

static void run_warning(
	void *context, const char *message, const struct script_place *place)
{
	(void)context;
	(void)place;
	run_put_line("memsee: warning: ", NULL, message);
}

static void run_note(void *context, const char *message)
{
	const struct options *o = context;
	if (!o->quiet)
		run_put_line("", NULL, message);
}

static enum status run_fail(const struct error *err)
{
	run_failure(NULL, err, NULL);
	return err->status;
}

/* --- answers instead of a run -------------------------------------------------------
 */

/* One line per report: its name and the first line of its description. */
static void run_list_reports(const char *reports, struct buffer *text)
{
	char **names = interpreter_list_reports(reports);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		char *file = interpreter_find_report(reports, names[i]);
		struct script *script = file == NULL ? NULL : script_load(file, NULL);
		const char *header = script == NULL ? NULL : script_header(script);
		const char *summary = header == NULL ? "" : header;
		/* The first line of a header may begin with the report's name. */
		size_t len = strlen(names[i]);
		if (strncmp(summary, names[i], len) == 0 &&
			strncmp(summary + len, " - ", 3) == 0)
			summary += len + 3;
		buffer_printf(text, "%-14s %.*s\n", names[i], (int)strcspn(summary, "\n"),
			summary);
		script_free(script);
		free(file);
	}
	interpreter_free_reports(names);
}

/* Prints the answer that the command line asks for instead of a run. */
static enum status run_answer(const struct options *o)
{
	struct error err = ERROR_INIT;
	struct buffer text = BUFFER_INIT, path = BUFFER_INIT;
	const char *reports = o->settings.reports;
	switch (o->ask) {
	case OPTIONS_HELP:
		options_help(&text);
		break;
	case OPTIONS_VERSION:
		buffer_put_text(&text, PACKAGE_STRING "\n");
		break;
	case OPTIONS_LIST_COMMANDS:
		/* `help NAME` shows the arguments. */
		for (const struct command *const *c = command_table(); *c != NULL; c++)
			buffer_printf(&text, "%-14s %s\n", (*c)->name, (*c)->summary);
		break;
	case OPTIONS_LIST_REPORTS:
		run_list_reports(reports, &text);
		break;
	case OPTIONS_PRINT_DUMPER: {
		/* The file that makes dumps, which is installed beside the reports. */
		char block[4096];
		ptrdiff_t n = 0;
		buffer_printf(&path, "%s/memsee_dump.py", reports);
		struct stream *s = path.failed ? NULL
					       : stream_open(buffer_text(&path),
							 STREAM_LIMITS_DEFAULT, &err);
		if (path.failed)
			error_nomem(&err);
		while (s != NULL && (n = stream_read(s, block, sizeof block, &err)) > 0)
			buffer_put(&text, block, (size_t)n);
		stream_close(s);
		break;
	}
	case OPTIONS_SCRIPT_HELP: {
		char *file = interpreter_find_script(reports, o->script, &err);
		struct script *script = file == NULL ? NULL : script_load(file, &err);
		const char *header = script == NULL ? NULL : script_header(script);
		if (header != NULL)
			buffer_put_text(&text, header);
		else
			error_nomem(&err);
		if (header != NULL && text.len == 0)
			buffer_printf(&text, "%s does not describe itself\n", file);
		script_free(script);
		free(file);
		break;
	}
	case OPTIONS_RUN:
		break;
	}
	if (err.status == STATUS_OK && text.failed)
		error_nomem(&err);
	if (err.status == STATUS_OK &&
		(fwrite(buffer_text(&text), 1, text.len, stdout) != text.len ||
			fflush(stdout) != 0))
		error_errno(&err, "cannot write to", "standard output");
	buffer_fini(&path);
	buffer_fini(&text);
	return err.status == STATUS_OK ? STATUS_OK : run_fail(&err);
}

/* --- a run ----------------------------------------------------------------------------
 */

/* What memsee does to processes without reading anything itself: --inject runs a script
 * in one, --snap without a script makes dumps. */
static bool run_without_session(struct options *o, struct error *err)
{
	enum { SECONDS = 30 };
	if (o->inject != 0) {
		const struct inject_options options = { SECONDS, &run_cancelled };
		const char *way;
		if (o->script == NULL)
			return error_set(
				err, STATUS_SCRIPT, "--inject needs a file of Python");
		char *path = process_name_of(o->inject, o->script, err);
		bool ok = path != NULL &&
			  (o->snap.way != NULL ? debugger_script(
							 o->inject, path, &options, err)
					       : inject_script(o->inject, path, &options,
							 &way, err));
		free(path);
		return ok;
	}
	const struct snap_out out = { .places = o->settings.places,
		.pattern = o->outputs.count > 0 ? o->outputs.items[0] : NULL,
		.cancel = &run_cancelled,
		.tell = run_note,
		.data = o };
	if (o->outputs.count > 1)
		return error_set(
			err, STATUS_SCRIPT, "--snap without a script needs a single -o");
	return snap_wait(&o->snap, &run_cancelled, err) &&
	       snap_write(&o->snap, &out, err);
}

/* Runs one text of commands. */
static bool run_text(
	struct session *s, const char *name, const char *text, struct error *err)
{
	struct script *script = script_from_text(name, text, strlen(text), err);
	bool ok = script != NULL && interpreter_run(s, script, NULL, 0);
	script_free(script);
	return ok;
}

/* A word as a shell reads it back. */
static void run_put_word(struct buffer *out, const char *word)
{
	bool plain = *word != '\0';
	for (const char *c = word; *c != '\0'; c++)
		plain = plain &&
			(isalnum((unsigned char)*c) || strchr("_-./:+,@%", *c) != NULL);
	buffer_put_text(out, plain ? "" : "'");
	for (; *word != '\0'; word++)
		buffer_printf(out, !plain && *word == '\'' ? "'\\%c'" : "%c", *word);
	buffer_put_text(out, plain ? "" : "'");
}

/* Runs the commands of -e, each a script of its own so that errors say which it was, or
 * the script. */
static bool run_scripts(struct session *s, const struct options *o, struct error *err)
{
	bool ok = true;
	if (o->commands != NULL && o->snap.pid_count > 0) {
		/* The processes of --snap, for commands that name none. */
		struct buffer text = BUFFER_INIT;
		buffer_put_text(&text, "read");
		for (size_t i = 0; i < o->snap.word_count; i++)
			buffer_printf(&text, " %s", o->snap.words[i]);
		ok = text.failed ? error_nomem(err)
				 : run_text(s, "--snap", buffer_text(&text), err);
		buffer_fini(&text);
	}
	for (size_t i = 0; ok && o->commands != NULL && i < o->command_count; i++)
		ok = run_text(s, "-e", o->commands[i], err);
	if (o->commands != NULL)
		return ok;
	assert(o->script != NULL);
	/* What to type behind a report's name to ask more of the same heap, or heaps:
	 * $this_dump and $these_dumps. */
	struct buffer dump = BUFFER_INIT, dumps = BUFFER_INIT;
	for (int i = 0; i < o->arg_count; i++) {
		buffer_put_text(&dumps, i > 0 ? " " : "");
		run_put_word(&dumps, o->args[i]);
	}
	if (o->arg_count > 0)
		run_put_word(&dump, o->args[o->arg_count - 1]);
	else if (o->database != NULL) {
		buffer_put_text(&dump, "-d ");
		run_put_word(&dump, o->database);
	} else
		buffer_put_text(&dump, "DUMP");
	if (o->arg_count == 0)
		buffer_put_text(&dumps, buffer_text(&dump));
	ok = (!dump.failed && !dumps.failed) || error_nomem(err);
	char *path = interpreter_find_script(o->settings.reports, o->script, err);
	struct script *script = NULL;
	ok = ok && path != NULL &&
	     places_read(o->settings.places, path, "a script of this run", err) &&
	     (script = script_load(path, err)) != NULL &&
	     session_default(s, "this_dump", buffer_text(&dump), dump.len, err) &&
	     session_default(s, "these_dumps", buffer_text(&dumps), dumps.len, err) &&
	     interpreter_run(s, script, o->args, o->arg_count);
	script_free(script);
	buffer_fini(&dump);
	buffer_fini(&dumps);
	free(path);
	return ok;
}

/* Sets what reports need to know about the command line and the terminal.  The text of
 * the command is owned; NULL out of memory, which a report does without. */
static char *run_describe(struct options *o)
{
	enum { USUAL = 80, LEAST = 40 };
	struct winsize size = { 0 };
	struct buffer command = BUFFER_INIT;
	/* As a report repeats it: words without their folders, which are the writer's
	 * own. */
	buffer_put_text(&command, "memsee");
	for (int i = -1; o->script != NULL && i < o->arg_count; i++) {
		const char *word = i < 0 ? o->script : o->args[i];
		const char *slash = strrchr(word, '/');
		buffer_printf(&command, " %s", slash == NULL ? word : slash + 1);
	}
	/* The columns of the terminal that standard output is, 0 when it is not a
	 * terminal. */
	if (!isatty(STDOUT_FILENO))
		o->settings.terminal = 0;
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		o->settings.terminal = USUAL;
	else
		o->settings.terminal = size.ws_col < LEAST ? LEAST : size.ws_col;
	char *text = buffer_take(&command);
	o->settings.command = text;
	return text;
}

/* Takes `f`.  CI gets the checks of an aborted run as well. If the run stopped for the
 * same reason, `told`, as the write fails, that is reported once. */
static void run_write_junit(struct session *s, const struct options *o, struct outfile *f,
	const struct error *told)
{
	struct error err = ERROR_INIT;
	struct buffer text = BUFFER_INIT;
	assert(o->junit != NULL && f != NULL);
	junit_put(&text, o->script == NULL ? "memsee" : o->script, &s->checks, &s->look);
	if (text.failed)
		error_set(
			&err, STATUS_DATA, "cannot write '%s': out of memory", o->junit);
	if (!text.failed && outfile_write(f, text.data, text.len, &err))
		outfile_commit(f, &err);
	else
		outfile_discard(f);
	buffer_fini(&text);
	if (err.status != STATUS_OK && strcmp(err.message, told->message) != 0)
		session_fail(s, &err);
}

static enum status run_session(struct options *o)
{
	const struct reporter reporter = { run_failure, run_warning, run_note, o };
	struct session s;
	struct error err = ERROR_INIT;
	struct outfile *junit = NULL;
	struct places *places = places_new(&err);
	if (places == NULL)
		return run_fail(&err);
	atomic_store(&run_places, places);
	assert(o->ask == OPTIONS_RUN);
	o->settings.places = places;
	o->settings.cancel = &run_cancelled;
	alarm(o->max_seconds);
	if (o->inject != 0 || (o->script == NULL && o->commands == NULL)) {
		bool ok = run_without_session(o, &err);
		enum status ended = ok ? STATUS_OK : run_fail(&err);
		atomic_store(&run_places, NULL);
		places_free(places);
		return ended;
	}
	char *dot = o->render ? render_find_dot() : NULL;
	if (o->render && dot == NULL)
		run_warning(o,
			"--render: no 'dot' in $PATH, so it draws no DOT file; "
			"Graphviz has it",
			NULL);
	o->settings.dot = dot;
	char *command = run_describe(o);
	session_init(&s, &o->settings, &reporter);
	if (o->guessed)
		session_note(&s,
			"running the report %s; 'memsee --list-reports' shows all",
			o->script);
	s.defines = o->defines;
	s.define_count = o->define_count;
	/* Now and not at the end: that it cannot be written is worth knowing before. */
	bool whole = o->junit == NULL ||
		     (junit = outfile_open(places, o->junit, &err)) != NULL;
	for (size_t i = 0; whole && i < o->outputs.count; i++)
		whole = session_add_target(&s, o->outputs.items[i], &err);
	if (whole && o->outputs.count == 0)
		whole = session_add_target(&s, "-", &err);
	if (whole && o->render)
		whole = session_add_pictures(&s, &err);
	if (whole && o->database != NULL)
		whole = session_open(&s, o->database,
			access(o->database, F_OK) == 0 ? DB_EXISTING : DB_CREATE, &err);
	whole = whole && snap_wait(&o->snap, &run_cancelled, &err) &&
		run_scripts(&s, o, &err);
	if (run_cancelled == SIGALRM)
		alarm(0); /* it was noticed, and cleaning up may take its time */
	if (!whole && s.status == STATUS_OK && err.status == STATUS_OK)
		error_set(&err, STATUS_DATA,
			"internal error: the run failed without a message; "
			"please report it");
	if (err.status != STATUS_OK)
		session_fail(&s, &err);
	whole = session_end_transaction(&s) && whole;
	/* Half a report is worse than none: what an aborted run wrote to temporary files
	 * is dropped.  The checks are at the end of every report; one that lacks them
	 * does not appear. */
	struct error late = ERROR_INIT;
	if (whole && verdict_summarize(&s, &late))
		session_finish(&s);
	else if (whole)
		session_fail(&s, &late);
	if (whole)
		session_warn_of_defines(&s);
	if (junit != NULL)
		run_write_junit(&s, o, junit, &err);
	verdict_tell(&s);
	enum status status = s.status;
	session_fini(&s);
	atomic_store(&run_places, NULL);
	places_free(places);
	free(dot);
	free(command);
	return status;
}

enum status run(int argc, char **argv)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction end = { .sa_handler = run_cancel }, before;
	struct sigaction time_is_up = { .sa_handler = run_time_is_up };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		/* What nohup ignores stays ignored. */
		if (sigaction(ends[i], NULL, &before) == 0 &&
			before.sa_handler != SIG_IGN)
			sigaction(ends[i], &end, NULL);
	sigaction(SIGALRM, &time_is_up, NULL);
	/* A closed pipe is an error of the write, not the end of the process, and so is a
	 * file that grows beyond what ulimit allows. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	struct options o;
	struct error err = ERROR_INIT;
	enum status status;
	if (!options_parse(&o, argc, argv, &err))
		status = run_fail(&err);
	else if (o.ask != OPTIONS_RUN)
		status = run_answer(&o);
	else
		status = run_session(&o);
	options_fini(&o);
	return status;
}
