/* SPDX-License-Identifier: MIT */
#include "program/options.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/nearest.h"
#include "dump/redact.h"
#include "load/formats.h"
#include "session/interpreter.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An option: one row says how it is written, what it does and what --help says. */
struct option_row {
	char letter; /* '\0' without */
	const char *name;
	const char *argument; /* what --help calls it; NULL: takes none */
	bool (*set)(struct options *o, const char *argument, struct error *err);
	const char *help;
};

static bool option_output(struct options *o, const char *argument, struct error *err)
{
	if (!array_reserve(
		    &o->outputs, &o->output_cap, o->output_count + 1, sizeof *o->outputs))
		return error_nomem(err);
	o->outputs[o->output_count++] = argument;
	return true;
}

static bool option_format(struct options *o, const char *argument, struct error *err)
{
	enum { FORMATS_MAX = 16 };
	const char *names[FORMATS_MAX + 1] = { NULL };
	const struct writer_format *const *formats = writer_formats();
	for (size_t i = 0; i < FORMATS_MAX && formats[i] != NULL; i++)
		names[i] = formats[i]->name;
	o->settings.format = writer_find_format(argument, strlen(argument));
	if (o->settings.format != NULL)
		return true;
	const char *nearest = nearest_name(argument, strlen(argument), names);
	if (nearest != NULL)
		return error_set(err, STATUS_SCRIPT, "no format '%s'; did you mean '%s'?",
			argument, nearest);
	return error_set(err, STATUS_SCRIPT,
		"no format '%s'; there are markdown, csv, dot, text, json, html and svg",
		argument);
}

static bool option_database(struct options *o, const char *argument, struct error *err)
{
	(void)err;
	o->database = argument;
	return true;
}

static bool option_define(struct options *o, const char *argument, struct error *err)
{
	const char *equals = strchr(argument, '=');
	if (equals == NULL || equals == argument)
		return error_set(err, STATUS_SCRIPT,
			"--define wants NAME=VALUE, not '%s'", argument);
	struct define define = { 0 };
	define.name = strndup(argument, (size_t)(equals - argument));
	define.value = equals + 1;
	if (define.name == NULL || !array_reserve(&o->defines, &o->define_cap,
					   o->define_count + 1, sizeof *o->defines)) {
		free((char *)define.name);
		return error_nomem(err);
	}
	o->defines[o->define_count++] = define;
	return true;
}

static bool option_progress(struct options *o, const char *argument, struct error *err)
{
	static const char *const names[] = { "auto", "always", "never" };
	static const enum progress_mode modes[] = { PROGRESS_AUTO, PROGRESS_ALWAYS,
		PROGRESS_NEVER };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(argument, names[i]) == 0) {
			o->settings.progress = modes[i];
			return true;
		}
	return error_set(err, STATUS_SCRIPT,
		"--progress wants auto, always or never, not '%s'", argument);
}

/* Bytes, with a unit or without. */
static bool option_size(const char *name, const char *argument, unsigned long long *size,
	struct error *err)
{
	static const char units[] = "KMGT";
	char *end;
	unsigned long long number = strtoull(argument, &end, 10);
	unsigned shift = 0;
	const char *unit = *end == '\0' ? NULL : strchr(units, *end & ~0x20);
	if (unit != NULL) {
		shift = 10 * (unsigned)(unit - units + 1);
		end++;
	}
	if (argument[0] < '0' || argument[0] > '9' || *end != '\0' || number == 0 ||
		number > (SIZE_MAX >> shift))
		return error_set(err, STATUS_SCRIPT,
			"--%s wants a size like 500M or 2G, not '%s'", name, argument);
	*size = number << shift;
	return true;
}

static bool option_memory(struct options *o, const char *argument, struct error *err)
{
	unsigned long long size;
	if (!option_size("memory", argument, &size, err))
		return false;
	o->settings.memory_limit = (size_t)size;
	return true;
}

static bool option_sysroot(struct options *o, const char *argument, struct error *err)
{
	(void)err;
	o->settings.sysroot = argument;
	return true;
}

static bool option_snap(struct options *o, const char *argument, struct error *err)
{
	return snap_set_pids(&o->snap, argument, err);
}

static bool option_by(struct options *o, const char *argument, struct error *err)
{
	o->snap.way = o->settings.way = argument;
	return strcmp(argument, "fork") == 0 || strcmp(argument, "copy") == 0 ||
	       error_set(
		       err, STATUS_SCRIPT, "--by wants fork or copy, not '%s'", argument);
}

static bool option_when_rss(struct options *o, const char *argument, struct error *err)
{
	return snap_set_when(&o->snap, argument, err);
}

static bool option_every(struct options *o, const char *argument, struct error *err)
{
	return snap_set_every(&o->snap, argument, err);
}

static bool option_max_unpacked(
	struct options *o, const char *argument, struct error *err)
{
	unsigned long long size;
	if (!option_size("max-unpacked", argument, &size, err))
		return false;
	o->settings.limits.bytes = size;
	return true;
}

/* A count up to `most`. */
static bool option_count(const char *name, const char *argument, unsigned long long most,
	unsigned long long *count, struct error *err)
{
	char *end;
	errno = 0;
	*count = strtoull(argument, &end, 10);
	if (argument[0] >= '0' && argument[0] <= '9' && *end == '\0' && errno == 0 &&
		*count <= most)
		return true;
	return error_set(err, STATUS_SCRIPT, "--%s wants a number up to %llu, not '%s'",
		name, most, argument);
}

static bool option_inject(struct options *o, const char *argument, struct error *err)
{
	unsigned long long pid;
	if (!option_count("inject", argument, INT_MAX, &pid, err))
		return false;
	o->inject = (pid_t)pid;
	return pid > 0 ||
	       error_set(err, STATUS_SCRIPT, "--inject wants a process, not 0");
}

static bool option_times(struct options *o, const char *argument, struct error *err)
{
	enum { ROUNDS_MAX = 10000 };
	unsigned long long count;
	if (!option_count("count", argument, ROUNDS_MAX, &count, err))
		return false;
	o->snap.count = (unsigned)count;
	return true;
}

static bool option_max_rows(struct options *o, const char *argument, struct error *err)
{
	unsigned long long count;
	if (!option_count("max-rows", argument, SIZE_MAX, &count, err))
		return false;
	o->settings.max_rows = (size_t)count;
	return true;
}

static bool option_max_ratio(struct options *o, const char *argument, struct error *err)
{
	unsigned long long count;
	if (!option_count("max-ratio", argument, 1000000, &count, err))
		return false;
	o->settings.limits.ratio = (unsigned)count;
	return true;
}

static bool option_csv_guard(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.csv_guard = true;
	return true;
}

static bool option_max_seconds(struct options *o, const char *argument, struct error *err)
{
	unsigned long long count;
	if (!option_count("max-seconds", argument, 1000000, &count, err))
		return false;
	o->max_seconds = (unsigned)count;
	return true;
}

static bool option_wait(struct options *o, const char *argument, struct error *err)
{
	unsigned long long seconds;
	if (!option_count("wait", argument, 1000000, &seconds, err))
		return false;
	o->settings.wait_limited = true;
	o->settings.wait = (unsigned)seconds;
	return true;
}

/* The limits are those of a script that does its job; the options for them may follow. */
static bool option_safe(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.safe = true;
	if (o->settings.max_rows == 0)
		o->settings.max_rows = 1000000;
	if (o->max_seconds == 0)
		o->max_seconds = 300;
	return true;
}

static bool option_writable(struct options *o, const char *argument, struct error *err)
{
	if (!array_reserve(
		    &o->named, &o->named_cap, o->named_count + 1, sizeof *o->named))
		return error_nomem(err);
	o->named[o->named_count++] = argument;
	return true;
}

static bool option_redact(struct options *o, const char *argument, struct error *err)
{
	(void)argument;
	o->settings.redact = &o->redact_key;
	return redact_make_key(&o->redact_key, getenv("MEMSEE_REDACT_KEY"), err);
}

static bool option_render(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->render = true;
	return true;
}

static bool option_junit(struct options *o, const char *argument, struct error *err)
{
	(void)err;
	o->junit = argument;
	return true;
}

static bool option_annotate(struct options *o, const char *argument, struct error *err)
{
	o->annotate = strcmp(argument, "github") == 0;
	return o->annotate || error_set(err, STATUS_SCRIPT,
				      "--annotate wants github, not '%s'", argument);
}

static bool option_update_baseline(
	struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.update_baseline = true;
	return true;
}

static bool option_strict(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.strict = true;
	return true;
}

static bool option_keep_going(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.keep_going = true;
	return true;
}

static bool option_quiet(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->quiet = true;
	return true;
}

static bool option_verbose(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->settings.verbose = true;
	return true;
}

static bool option_help(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->ask = OPTIONS_HELP;
	return true;
}

static bool option_version(struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->ask = OPTIONS_VERSION;
	return true;
}

static bool option_list_commands(
	struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->ask = OPTIONS_LIST_COMMANDS;
	return true;
}

static bool option_list_reports(
	struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->ask = OPTIONS_LIST_REPORTS;
	return true;
}

static bool option_print_dumper(
	struct options *o, const char *argument, struct error *err)
{
	(void)argument, (void)err;
	o->ask = OPTIONS_PRINT_DUMPER;
	return true;
}

static const struct option_row rows[] = {
	{ 'e', "execute", NULL, NULL,
		"the words that follow are commands, run in order" },
	{ 'o', "output", "TARGET", option_output,
		"where results go: FILE, FORMAT:FILE, DIR/ or -; repeatable" },
	{ 'f', "format", "FORMAT", option_format,
		"format on standard output: markdown, csv, dot, text, json, html, svg" },
	{ 'd', "database", "DB", option_database,
		"open this database first, or create it" },
	{ 'D', "define", "NAME=VALUE", option_define, "define $NAME for this run" },
	{ '\0', "strict", NULL, option_strict,
		"anything suspicious in a dump is an error" },
	{ '\0', "keep-going", NULL, option_keep_going, "run on after a failing command" },
	{ '\0', "memory", "SIZE", option_memory,
		"stay within this memory while reading: 500M, 2G" },
	{ '\0', "snap", "PID", option_snap,
		"dump running processes, 12 or 12,34, or let the script read them" },
	{ '\0', "inject", "PID", option_inject,
		"run SCRIPT, a file of Python, in this process" },
	{ '\0', "by", "HOW", option_by, "how to take a process's memory: fork or copy" },
	{ '\0', "when-rss", "SIZE", option_when_rss,
		"wait until it has grown to 2G, or its container to 90%" },
	{ '\0', "every", "TIME", option_every, "dump it again after 30s, 10m or 1h" },
	{ '\0', "count", "N", option_times, "so many times in all" },
	{ '\0', "sysroot", "DIR", option_sysroot,
		"where the files of a core's process lie: a container's root" },
	{ '\0', "safe", NULL, option_safe,
		"for a script that you did not write: see the manual" },
	{ '\0', "writable", "FILE", option_writable,
		"with --safe: the script may write this file; repeatable" },
	{ '\0', "redact", NULL, option_redact,
		"replace values by length and hash while reading" },
	{ '\0', "render", NULL, option_render,
		"let Graphviz draw the DOT files that -o names" },
	{ '\0', "max-rows", "N", option_max_rows, "let no result have more rows" },
	{ '\0', "max-seconds", "N", option_max_seconds, "give up after this time" },
	{ '\0', "wait", "N", option_wait,
		"wait no longer for another process at the database" },
	{ '\0', "max-unpacked", "SIZE", option_max_unpacked,
		"refuse a packed dump that has more" },
	{ '\0', "max-ratio", "N", option_max_ratio,
		"refuse a large dump packed more times (200)" },
	{ '\0', "csv-guard", NULL, option_csv_guard,
		"CSV: a quote before what a spreadsheet would compute" },
	{ '\0', "progress", "WHEN", option_progress,
		"progress bar: auto, always, never" },
	{ '\0', "junit", "FILE", option_junit, "write the checks as JUnit XML" },
	{ '\0', "annotate", "SYSTEM", option_annotate,
		"tell failures to a CI system: github" },
	{ '\0', "update-baseline", NULL, option_update_baseline,
		"write files of known findings anew: all is known now" },
	{ 'q', "quiet", NULL, option_quiet, "no notes, only warnings and errors" },
	{ 'v', "verbose", NULL, option_verbose, "say each command before it runs" },
	{ 'h', "help", NULL, option_help,
		"show this; behind a script: what the script says of itself" },
	{ 'V', "version", NULL, option_version, "show the version" },
	{ '\0', "list-commands", NULL, option_list_commands,
		"list the commands of the script language" },
	{ '\0', "list-reports", NULL, option_list_reports, "list the shipped reports" },
	{ '\0', "print-dumper", NULL, option_print_dumper,
		"print memsee_dump.py, which makes dumps in any Python" },
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct option_row *option_by_letter(char letter)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].letter != '\0' && rows[i].letter == letter)
			return &rows[i];
	return NULL;
}

static bool option_unknown(const char *name, size_t len, struct error *err)
{
	const char *names[ROW_COUNT + 1] = { NULL };
	for (size_t i = 0; i < ROW_COUNT; i++)
		names[i] = rows[i].name;
	const char *nearest = nearest_name(name, len, names);
	if (nearest != NULL)
		return error_set(err, STATUS_SCRIPT,
			"no option '--%.*s'; did you mean '--%s'?", (int)len, name,
			nearest);
	return error_set(err, STATUS_SCRIPT,
		"no option '--%.*s'; 'memsee --help' lists them", (int)len, name);
}

/* The walk over argv. */
struct option_scan {
	char **argv;
	int argc, next;
	bool execute; /* -e was there */
};

static bool option_apply(struct options *o, struct option_scan *scan,
	const struct option_row *row, const char *attached, struct error *err)
{
	if (row->set == NULL) {
		scan->execute = true;
		return true;
	}
	if (row->argument != NULL && attached == NULL) {
		if (scan->next >= scan->argc)
			return error_set(err, STATUS_SCRIPT, "--%s wants %s", row->name,
				row->argument);
		attached = scan->argv[scan->next++];
	}
	return row->set(o, attached, err);
}

/* --name, --name=value, --name value */
static bool option_long(
	struct options *o, struct option_scan *scan, const char *name, struct error *err)
{
	size_t len = strcspn(name, "=");
	const char *attached = name[len] == '=' ? name + len + 1 : NULL;
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (strlen(rows[i].name) != len || strncmp(rows[i].name, name, len) != 0)
			continue;
		if (attached != NULL && rows[i].argument == NULL)
			return error_set(
				err, STATUS_SCRIPT, "--%s takes no value", rows[i].name);
		return option_apply(o, scan, &rows[i], attached, err);
	}
	return option_unknown(name, len, err);
}

/* -q, -qv, -oFILE, -o FILE */
static bool option_short(struct options *o, struct option_scan *scan, const char *letters,
	struct error *err)
{
	while (*letters != '\0') {
		const struct option_row *row = option_by_letter(*letters++);
		if (row == NULL)
			return error_set(err, STATUS_SCRIPT,
				"no option '-%c'; 'memsee --help' lists them",
				letters[-1]);
		const char *attached =
			row->argument != NULL && *letters != '\0' ? letters : NULL;
		if (!option_apply(o, scan, row, attached, err))
			return false;
		if (attached != NULL)
			break;
	}
	return true;
}

/* Is the word an option?  "-" is a file. */
static bool option_is(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

static bool option_take(
	struct options *o, struct option_scan *scan, const char *word, struct error *err)
{
	return word[1] == '-' ? option_long(o, scan, word + 2, err)
			      : option_short(o, scan, word + 1, err);
}

/* Takes the options among the words that are left; the others stay, from `*first` on. */
static bool options_sift(
	struct options *o, struct option_scan *scan, int *first, struct error *err)
{
	int kept = *first = scan->next;
	bool ended = false;
	while (scan->next < scan->argc) {
		char *word = scan->argv[scan->next++];
		if (!ended && strcmp(word, "--") == 0)
			ended = true;
		else if (!ended && strcmp(word, "--help") == 0 && !scan->execute)
			o->ask = OPTIONS_SCRIPT_HELP;
		else if (ended || !option_is(word))
			scan->argv[kept++] = word;
		else if (!option_take(o, scan, word, err))
			return false;
	}
	scan->argc = kept;
	return true;
}

/* The arguments of a report, among which there may be options: it has none of its own, so
 * nobody needs to know on which side of its name they belong. */
static bool options_take_report(
	struct options *o, struct option_scan *scan, struct error *err)
{
	int first;
	if (!options_sift(o, scan, &first, err))
		return false;
	if (scan->execute)
		return error_set(err, STATUS_SCRIPT, "-e wants commands, and no report");
	o->args = (const char *const *)scan->argv + first;
	o->arg_count = scan->argc - first;
	return true;
}

/* Whether the file is a dump, by how it begins: no command of a script does so. */
static bool options_is_dump(const char *path)
{
	unsigned char head[512];
	struct error ignored = ERROR_INIT;
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	struct stream *s = stream_open(path, STREAM_LIMITS_DEFAULT, &ignored);
	ptrdiff_t n = s == NULL ? 0 : stream_read(s, (char *)head, sizeof head, &ignored);
	stream_close(s);
	return n > 0 && (head[0] == '{' || head[0] == '[' ||
				dump_format_recognise(head, (size_t)n) !=
					dump_format_recognise(head, 0));
}

/* Dumps instead of a script: one is looked at, several are compared. */
static bool options_take_dumps(
	struct options *o, struct option_scan *scan, struct error *err)
{
	if (!options_take_report(o, scan, err))
		return false;
	for (int i = 1; i < o->arg_count; i++)
		if (interpreter_is_report(o->settings.reports, o->args[i]))
			return error_set(err, STATUS_SCRIPT,
				"the report comes first: memsee %s %s", o->args[i],
				o->args[0]);
	o->script = o->arg_count == 1 ? "suspects" : "leak-check";
	o->guessed = true;
	return true;
}

static bool options_take_script(
	struct options *o, struct option_scan *scan, struct error *err)
{
	int first = scan->next;
	if (o->ask != OPTIONS_RUN)
		return true;
	if (scan->execute && !options_sift(o, scan, &first, err))
		return false;
	const char *const *words = (const char *const *)scan->argv + first;
	int count = scan->argc - first;
	if (count == 0 && !scan->execute && o->snap.pid_count > 0)
		return true;
	if (count == 0)
		return error_set(err, STATUS_SCRIPT, "%s; 'memsee --help' says how",
			scan->execute ? "-e wants commands" : "no script given");
	if (scan->execute) {
		o->commands = words;
		o->command_count = (size_t)count;
		return true;
	}
	if (options_is_dump(words[0]))
		return options_take_dumps(o, scan, err);
	o->script = words[0];
	scan->next++;
	if (interpreter_is_report(o->settings.reports, o->script))
		return options_take_report(o, scan, err);
	o->args = words + 1;
	o->arg_count = count - 1;
	if (count == 2 && strcmp(words[1], "--help") == 0)
		o->ask = OPTIONS_SCRIPT_HELP;
	return true;
}

/* Processes are the first arguments of a script. */
static bool options_take_snap(struct options *o, struct error *err)
{
	struct snap *s = &o->snap;
	if (!snap_check(s, err) || s->pid_count == 0 || o->ask != OPTIONS_RUN)
		return snap_check(s, err);
	if (!snap_words(s, err))
		return false;
	size_t count = s->word_count + (size_t)o->arg_count;
	o->snap_args = array_new(count + 1, sizeof *o->snap_args);
	if (o->snap_args == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++)
		o->snap_args[i] =
			i < s->word_count ? s->words[i] : o->args[i - s->word_count];
	o->args = o->snap_args;
	o->arg_count = (int)count;
	return true;
}

/* What a script may name with --safe: its arguments and what -D says to read, what -o, -d
 * and --writable say to write as well. */
static bool options_take_files(struct options *o, struct error *err)
{
	size_t args = (size_t)o->arg_count, n = 0;
	o->readable = array_new(args + o->define_count + 1, sizeof *o->readable);
	o->writable =
		array_new(o->output_count + o->named_count + 2, sizeof *o->writable);
	if (o->readable == NULL || o->writable == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < args; i++)
		o->readable[n++] = o->args[i];
	for (size_t i = 0; i < o->define_count; i++)
		o->readable[n++] = o->defines[i].value;
	o->readable[n] = NULL;
	n = 0;
	for (size_t i = 0; i < o->output_count; i++)
		o->writable[n++] = o->outputs[i];
	for (size_t i = 0; i < o->named_count; i++)
		o->writable[n++] = o->named[i];
	if (o->database != NULL)
		o->writable[n++] = o->database;
	o->writable[n] = NULL;
	o->settings.readable = o->readable;
	o->settings.writable = o->writable;
	return true;
}

/* The folder of reports that belongs to the program itself: in the prefix that it was
 * installed in or moved to, in the clone that it was built in, or in the one whose folder
 * of builds it lies in.  Owned; NULL: none of these, and the installed one is asked. */
static char *options_reports(void)
{
	static const char *const places[] = { "../share/memsee/reports", "reports",
		"../reports" };
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program);
	if (len <= 0 || (size_t)len == sizeof program)
		return NULL;
	while (len > 0 && program[len - 1] != '/')
		len--;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct buffer path = BUFFER_INIT;
		buffer_printf(
			&path, "%.*s%s/suspects.memsee", (int)len, program, places[i]);
		char *folder = buffer_take(&path);
		if (folder != NULL && access(folder, R_OK) == 0) {
			*strrchr(folder, '/') = '\0';
			return folder;
		}
		free(folder);
	}
	return NULL;
}

bool options_parse(struct options *o, int argc, char **argv, struct error *err)
{
	struct option_scan scan = { .argv = argv, .argc = argc, .next = 1 };
	*o = (struct options){ .settings.format = *writer_formats(),
		.settings.limits = STREAM_LIMITS_DEFAULT };
	o->settings.reports = getenv("MEMSEE_REPORTS");
	if (o->settings.reports == NULL || *o->settings.reports == '\0') {
		o->reports = options_reports();
		o->settings.reports = o->reports == NULL ? REPORTS_DIR : o->reports;
	}
	while (scan.next < argc) {
		const char *word = argv[scan.next];
		if (!option_is(word))
			break;
		scan.next++;
		if (strcmp(word, "--") == 0)
			break;
		if (!option_take(o, &scan, word, err))
			return false;
	}
	if (!options_take_script(o, &scan, err) || !options_take_snap(o, err))
		return false;
	if (o->render && o->settings.safe)
		return error_set(err, STATUS_SCRIPT,
			"--safe forbids --render: Graphviz obeys none of its limits");
	return options_take_files(o, err);
}

void options_fini(struct options *o)
{
	for (size_t i = 0; i < o->define_count; i++)
		free((char *)o->defines[i].name);
	free(o->defines);
	free(o->reports);
	free(o->snap_args);
	snap_fini(&o->snap);
	free(o->outputs);
	free(o->readable);
	free(o->writable);
	free(o->named);
}

void options_help(struct buffer *out)
{
	buffer_put_text(out,
		"  memsee heap.json.gz                        what is probably leaking\n"
		"  memsee before.json.gz after.json.gz        does anything leak between "
		"them\n"
		"  memsee -o page.html summary heap.json.gz   what is in it, as a page "
		"for "
		"a browser\n"
		"\n"
		"usage: memsee [OPTION]... DUMP...             look at a dump, compare "
		"several\n"
		"       memsee [OPTION]... REPORT [DUMP]...    run a shipped report: "
		"--list-reports\n"
		"       memsee [OPTION]... SCRIPT [ARG]...     run a script\n"
		"       memsee [OPTION]... -e COMMAND...       run commands\n"
		"       memsee --snap PID... [-o FILE]         dump running processes\n"
		"\n"
		"Reads Python heap dumps, runs the script's queries, writes reports.\n"
		"SCRIPT - is standard input.\n"
		"\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		char name[64];
		snprintf(name, sizeof name, "--%s%s%s", rows[i].name,
			rows[i].argument == NULL ? "" : " ",
			rows[i].argument == NULL ? "" : rows[i].argument);
		if (rows[i].letter != '\0')
			buffer_printf(out, "  -%c, %-22s %s\n", rows[i].letter, name,
				rows[i].help);
		else
			buffer_printf(out, "      %-22s %s\n", name, rows[i].help);
	}
	buffer_put_text(out, "\n"
			     "exit status: 0 all ran and every expectation held, 1 an "
			     "expectation failed,\n"
			     "2 the command line or the script is wrong, 3 a dump, a "
			     "database, the disk or\n"
			     "the memory failed.\n");
}
