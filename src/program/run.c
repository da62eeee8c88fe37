/* SPDX-License-Identifier: MIT */
#include "program/run.h"

#include "attach/inject.h"
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

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The two globals that change: a signal handler has nothing else to look at.  The signal
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
		(void)written; /* there is nowhere else to tell it */
		run_remove_leftovers();
		_exit(STATUS_DATA);
	}
	run_cancelled = signal_number;
	alarm(RUN_GRACE);
}

static void run_catch_signals(void)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = run_cancel }, before;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		/* What nohup ignores stays ignored. */
		if (sigaction(ends[i], NULL, &before) == 0 &&
			before.sa_handler != SIG_IGN)
			sigaction(ends[i], &action, NULL);
	struct sigaction time_is_up = { .sa_handler = run_time_is_up };
	sigaction(SIGALRM, &time_is_up, NULL);
	/* A closed pipe is an error of the write, not the end of the process. */
	(void)signal(SIGPIPE, SIG_IGN);
	/* So is a file that grows beyond what ulimit allows. */
	(void)signal(SIGXFSZ, SIG_IGN);
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

/* The source line with a caret under the byte at fault.  What is not seen would act on
 * the terminal; it takes one column, so that the caret is where it belongs. */
static void run_show_source(const struct script_place *place)
{
	enum { SHOWN_MAX = 200 };
	if (place->source_len == 0 || place->source_len > SHOWN_MAX)
		return;
	struct buffer shown = BUFFER_INIT, caret = BUFFER_INIT;
	size_t used;
	for (size_t i = 0; i < place->source_len; i += used) {
		uint32_t c = utf8_decode(place->source + i, place->source_len - i, &used);
		bool tab = c == '\t', seen = c != UTF8_INVALID && !utf8_is_unseen(c);
		if (tab || seen)
			buffer_put(&shown, place->source + i, used);
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

/* Tells a failure to the CI system: at its line when the script is a file of the user's.
 * A shipped report lies outside the user's repository, so it is only named. */
static void run_annotate(const struct options *o, const struct error *err,
	const struct script_place *place)
{
	struct buffer line = BUFFER_INIT;
	const char *file = place == NULL ? NULL : place->file, *title = NULL;
	size_t len = strlen(o->settings.reports);
	if (file != NULL && strncmp(file, o->settings.reports, len) == 0 &&
		file[len] == '/')
		title = file + len + 1;
	if (title != NULL || (file != NULL && access(file, F_OK) != 0))
		file = NULL;
	annotate_github(&line, title, file, file == NULL ? 0 : place->line, err->message);
	fputs(buffer_text(&line), stderr);
	buffer_fini(&line);
}

/* Whether it is a shipped report that failed, called by its name; --verbose tells where
 * in it all the same. */
static bool run_is_of_report(const struct options *o, const struct script_place *place)
{
	if (o == NULL || place == NULL || o->script == NULL || o->settings.verbose ||
		strchr(o->script, '/') != NULL)
		return false;
	size_t len = strlen(o->settings.reports);
	return strncmp(place->file, o->settings.reports, len) == 0 &&
	       place->file[len] == '/';
}

static void run_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	const struct options *o = context;
	if (o != NULL && run_is_of_report(o, place)) {
		/* Who called a report by its name did not write its lines. */
		struct buffer who = BUFFER_INIT;
		buffer_printf(&who, "memsee %s: ", o->script);
		run_put_line(buffer_text(&who), NULL, err->message);
		buffer_fini(&who);
	} else {
		run_put_line(place == NULL ? "memsee: " : "", place, err->message);
		if (place != NULL)
			run_show_source(place);
	}
	if (o != NULL && o->annotate)
		run_annotate(o, err, place);
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

/* --- what is asked for instead of a run ----------------------------------------------
 */

/* Writes a finished text to standard output. */
static enum status run_print(struct buffer *text)
{
	struct error err = ERROR_INIT;
	if (text->failed)
		error_nomem(&err);
	else if (fwrite(buffer_text(text), 1, text->len, stdout) != text->len ||
		 fflush(stdout) != 0)
		error_errno(&err, "cannot write to", "standard output");
	buffer_fini(text);
	return err.status == STATUS_OK ? STATUS_OK : run_fail(&err);
}

/* One line a command: its name and what it does; `help NAME` shows its arguments. */
static void run_list_commands(struct buffer *out)
{
	for (const struct command *const *c = command_table(); *c != NULL; c++)
		buffer_printf(out, "%-14s %s\n", (*c)->name, (*c)->summary);
}

/* What a header's first line says of the report, of which it may repeat the name. */
static const char *run_summary(const char *header, const char *name)
{
	size_t len = strlen(name);
	if (strncmp(header, name, len) == 0 && strncmp(header + len, " - ", 3) == 0)
		return header + len + 3;
	return header;
}

/* One line a report: its name and the first line of its header. */
static void run_list_reports(const struct options *o, struct buffer *out)
{
	char **names = interpreter_list_reports(o->settings.reports);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		char *path = interpreter_find_report(o->settings.reports, names[i]);
		struct script *script = path == NULL ? NULL : script_load(path, NULL);
		const char *header = script == NULL ? NULL : script_header(script);
		const char *summary = header == NULL ? "" : run_summary(header, names[i]);
		buffer_printf(out, "%-14s %.*s\n", names[i], (int)strcspn(summary, "\n"),
			summary);
		script_free(script);
		free(path);
	}
	interpreter_free_reports(names);
}

static enum status run_script_help(const struct options *o)
{
	struct error err = ERROR_INIT;
	char *path = interpreter_find_script(o->settings.reports, o->script, &err);
	struct script *script = path == NULL ? NULL : script_load(path, &err);
	const char *header = script == NULL ? NULL : script_header(script);
	struct buffer text = BUFFER_INIT;
	if (header != NULL)
		buffer_put_text(&text, header);
	else
		error_nomem(&err);
	if (header != NULL && text.len == 0)
		buffer_printf(&text, "%s says nothing of itself\n", path);
	script_free(script);
	free(path);
	if (header != NULL)
		return run_print(&text);
	return run_fail(&err);
}

/* The file that makes dumps, which is installed beside the reports. */
static enum status run_print_dumper(const struct options *o)
{
	struct error err = ERROR_INIT;
	struct buffer text = BUFFER_INIT, path = BUFFER_INIT;
	buffer_printf(&path, "%s/memsee_dump.py", o->settings.reports);
	struct stream *s = NULL;
	if (path.failed)
		error_nomem(&err);
	else
		s = stream_open(buffer_text(&path), STREAM_LIMITS_DEFAULT, &err);
	char block[4096];
	ptrdiff_t n = 0;
	while (s != NULL && (n = stream_read(s, block, sizeof block, &err)) > 0)
		buffer_put(&text, block, (size_t)n);
	stream_close(s);
	buffer_fini(&path);
	if (err.status == STATUS_OK)
		return run_print(&text);
	buffer_fini(&text);
	return run_fail(&err);
}

static enum status run_answer(const struct options *o)
{
	struct buffer text = BUFFER_INIT;
	switch (o->ask) {
	case OPTIONS_HELP:
		options_help(&text);
		break;
	case OPTIONS_VERSION:
		buffer_put_text(&text, PACKAGE_STRING "\n");
		break;
	case OPTIONS_LIST_COMMANDS:
		run_list_commands(&text);
		break;
	case OPTIONS_LIST_REPORTS:
		run_list_reports(o, &text);
		break;
	case OPTIONS_PRINT_DUMPER:
		return run_print_dumper(o);
	case OPTIONS_SCRIPT_HELP:
		return run_script_help(o);
	case OPTIONS_RUN:
		break;
	}
	return run_print(&text);
}

/* --- a run ----------------------------------------------------------------------------
 */

/* What was asked, as a report repeats it: words without their folders, which are the
 * writer's own.  NULL out of memory, which a report does without. */
static char *run_command(const struct options *o)
{
	struct buffer out = BUFFER_INIT;
	buffer_put_text(&out, "memsee");
	const char *const *words = o->script == NULL ? NULL : o->args;
	for (int i = -1; i < (words == NULL ? 0 : o->arg_count); i++) {
		const char *word = i < 0 ? o->script : words[i];
		const char *slash = word == NULL ? NULL : strrchr(word, '/');
		if (word != NULL)
			buffer_printf(&out, " %s", slash == NULL ? word : slash + 1);
	}
	return buffer_take(&out);
}

/* The columns of the terminal that standard output is, 0 when it is none. */
static size_t run_terminal(void)
{
	enum { USUAL = 80, LEAST = 40 };
	struct winsize size = { 0 };
	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return USUAL;
	return size.ws_col < LEAST ? LEAST : size.ws_col;
}

static bool run_prepare(struct session *s, const struct options *o,
	struct outfile **junit, struct error *err)
{
	s->defines = o->defines;
	s->define_count = o->define_count;
	/* Now and not at the end: that it cannot be written is worth knowing before. */
	if (o->junit != NULL &&
		(*junit = outfile_open(o->settings.places, o->junit, err)) == NULL)
		return false;
	for (size_t i = 0; i < o->output_count; i++)
		if (!session_add_target(s, o->outputs[i], err))
			return false;
	if (o->output_count == 0 && !session_add_target(s, "-", err))
		return false;
	if (o->database == NULL)
		return true;
	bool exists = access(o->database, F_OK) == 0;
	return session_open(s, o->database, exists ? DB_EXISTING : DB_CREATE, err);
}

static void run_tell(void *data, const char *line)
{
	run_note(data, line);
}

/* --snap without a script: nothing but dumps. */
static bool run_snap(struct options *o, struct error *err)
{
	const struct snap_out out = { .places = o->settings.places,
		.pattern = o->output_count > 0 ? o->outputs[0] : NULL,
		.cancel = &run_cancelled,
		.tell = run_tell,
		.data = o };
	if (o->output_count > 1)
		return error_set(
			err, STATUS_SCRIPT, "--snap without a script wants one -o");
	return snap_wait(&o->snap, &run_cancelled, err) &&
	       snap_write(&o->snap, &out, err);
}

/* --inject: memsee itself reads nothing. */
static bool run_inject(struct options *o, struct error *err)
{
	enum { SECONDS = 30 };
	const struct inject_options options = { SECONDS, &run_cancelled };
	const char *way;
	char *path = o->script == NULL ? NULL : realpath(o->script, NULL);
	if (o->script == NULL)
		return error_set(err, STATUS_SCRIPT, "--inject wants a file of Python");
	bool ok = path != NULL || error_errno(err, "cannot read", o->script);
	ok = ok && inject_script(o->inject, path, &options, &way, err);
	free(path);
	return ok;
}

/* The processes of --snap for commands that name none. */
static bool run_read_processes(
	struct session *s, const struct options *o, struct error *err)
{
	struct buffer text = BUFFER_INIT;
	buffer_put_text(&text, "read");
	for (size_t i = 0; i < o->snap.word_count; i++)
		buffer_printf(&text, " %s", o->snap.words[i]);
	struct script *script =
		text.failed ? NULL : script_from_text("--snap", text.data, text.len, err);
	bool ok = script != NULL && interpreter_run(s, script, NULL, 0);
	script_free(script);
	buffer_fini(&text);
	return ok;
}

/* The commands of -e, each a script of its own so that errors say which it was. */
static bool run_commands(struct session *s, const struct options *o, struct error *err)
{
	if (o->snap.pid_count > 0 && !run_read_processes(s, o, err))
		return false;
	for (size_t i = 0; i < o->command_count; i++) {
		const char *text = o->commands[i];
		struct script *script = script_from_text("-e", text, strlen(text), err);
		if (script == NULL)
			return false;
		bool go_on = interpreter_run(s, script, NULL, 0);
		script_free(script);
		if (!go_on)
			return false;
	}
	return true;
}

static bool run_script(struct session *s, const struct options *o, struct error *err)
{
	char *path = interpreter_find_script(o->settings.reports, o->script, err);
	bool may = path != NULL &&
		   places_read(o->settings.places, path, "a script of this run", err);
	struct script *script = may ? script_load(path, err) : NULL;
	bool ok = script != NULL && interpreter_run(s, script, o->args, o->arg_count);
	script_free(script);
	free(path);
	return ok;
}

/* What stands at the end of every report; one that lacks it does not appear. */
static void run_finish(struct session *s)
{
	struct error err = ERROR_INIT;
	if (verdict_summarize(s, &err))
		session_finish(s);
	else
		session_fail(s, &err);
}

/* Takes `f`, which is NULL without --junit.  `told` is why the run broke off: it may be
 * that the report has no place. */
static void run_write_junit(struct session *s, const struct options *o, struct outfile *f,
	const struct error *told)
{
	struct error err = ERROR_INIT;
	struct buffer text = BUFFER_INIT;
	if (f == NULL)
		return;
	junit_put(&text, o->script == NULL ? "memsee" : o->script, &s->checks, &s->look);
	if (text.failed)
		error_set(
			&err, STATUS_DATA, "cannot write '%s': out of memory", o->junit);
	if (err.status == STATUS_OK && outfile_write(f, text.data, text.len, &err))
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
	o->settings.places = places;
	o->settings.cancel = &run_cancelled;
	alarm(o->max_seconds);
	if (o->inject != 0 || (o->script == NULL && o->commands == NULL)) {
		bool ok = o->inject != 0 ? run_inject(o, &err) : run_snap(o, &err);
		enum status ended = ok ? STATUS_OK : run_fail(&err);
		atomic_store(&run_places, NULL);
		places_free(places);
		return ended;
	}
	char *dot = o->render ? render_find_dot() : NULL;
	if (o->render && dot == NULL)
		run_warning(o,
			"--render: no 'dot' in $PATH, so nothing is drawn; "
			"Graphviz has it",
			NULL);
	o->settings.dot = dot;
	char *command = run_command(o);
	o->settings.command = command;
	o->settings.terminal = run_terminal();
	session_init(&s, &o->settings, &reporter);
	if (o->guessed)
		session_note(&s,
			"running the report %s; 'memsee --list-reports' shows all",
			o->script);
	bool whole = run_prepare(&s, o, &junit, &err) &&
		     snap_wait(&o->snap, &run_cancelled, &err) &&
		     (o->commands != NULL ? run_commands(&s, o, &err)
					  : run_script(&s, o, &err));
	if (run_cancelled == SIGALRM)
		alarm(0); /* it was noticed, and cleaning up may take its time */
	if (!whole && s.status == STATUS_OK && err.status == STATUS_OK)
		error_set(&err, STATUS_DATA,
			"internal error: the run failed and nobody said why; "
			"please report it");
	if (err.status != STATUS_OK)
		session_fail(&s, &err);
	whole = session_end_transaction(&s) && whole;
	/* Half a report is none: what an aborted run wrote aside is dropped.  CI is told
	 * of it all the same. */
	if (whole) {
		run_finish(&s);
		session_warn_of_defines(&s);
	}
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
	struct options o;
	struct error err = ERROR_INIT;
	enum status status;
	run_catch_signals();
	if (!options_parse(&o, argc, argv, &err))
		status = run_fail(&err);
	else if (o.ask != OPTIONS_RUN)
		status = run_answer(&o);
	else
		status = run_session(&o);
	options_fini(&o);
	return status;
}
