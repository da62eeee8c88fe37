/* SPDX-License-Identifier: MIT */
#include "program/options_table.h"

#include "base/array.h"
#include "base/magnitude.h"
#include "base/nearest.h"
#include "dump/redact.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an option does to the options. */
enum option_kind {
	OPTION_CALL,  /* `set` knows */
	OPTION_FLAG,  /* sets the bool at `at` */
	OPTION_TEXT,  /* the argument becomes the text at `at` */
	OPTION_LIST,  /* the argument is added to the list at `at` */
	OPTION_WORD,  /* the argument, one of `words`, becomes the text at `at` */
	OPTION_COUNT, /* the argument, a number up to `value`, the unsigned at `at` */
	OPTION_SIZE,  /* the argument, bytes with a unit or without, the uint64_t at `at`
		       */
	OPTION_SNAP,  /* `snap` reads the argument */
	OPTION_ASK,   /* asks for `value` instead of a run */
	OPTION_EXECUTE, /* -e: the words are commands */
};

/* An option: one row says how it is written, what it does and what --help says. */
struct option_row {
	char letter; /* '\0' without */
	const char *name;
	const char *argument; /* what --help calls it; NULL: takes none */
	enum option_kind kind;
	size_t at;      /* of the member of struct options */
	unsigned value; /* see option_kind */
	const char *words[4];
	bool (*set)(struct options *o, const char *argument, struct error *err);
	bool (*snap)(struct snap *s, const char *argument, struct error *err);
	const char *help;
};

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

static bool option_define(struct options *o, const char *argument, struct error *err)
{
	const char *equals = strchr(argument, '=');
	if (equals == NULL || equals == argument)
		return error_set(err, STATUS_SCRIPT,
			"--define takes NAME=VALUE, not '%s'", argument);
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
		"--progress takes auto, always or never, not '%s'", argument);
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
	return error_set(err, STATUS_SCRIPT, "--%s takes a number up to %llu, not '%s'",
		name, most, argument);
}

static bool option_inject(struct options *o, const char *argument, struct error *err)
{
	unsigned long long pid;
	if (!option_count("inject", argument, INT_MAX, &pid, err))
		return false;
	o->inject = (pid_t)pid;
	return pid > 0 ||
	       error_set(err, STATUS_SCRIPT, "--inject takes a process, not 0");
}

static bool option_max_rows(struct options *o, const char *argument, struct error *err)
{
	unsigned long long count;
	if (!option_count("max-rows", argument, SIZE_MAX, &count, err))
		return false;
	o->settings.max_rows = (size_t)count;
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

static bool option_redact(struct options *o, const char *argument, struct error *err)
{
	(void)argument;
	o->settings.redact = &o->redact_key;
	return redact_make_key(&o->redact_key, getenv("MEMSEE_REDACT_KEY"), err);
}

static const struct option_row rows[] = {
	{ 'e', "execute", NULL, .kind = OPTION_EXECUTE,
		.help = "the words that follow are commands, run in order" },
	{ 'o', "output", "TARGET", .kind = OPTION_LIST,
		.at = offsetof(struct options, outputs),
		.help = "where results go: FILE, FORMAT:FILE, DIR/ or -; repeatable" },
	{ 'f', "format", "FORMAT", .kind = OPTION_CALL, .set = option_format,
		.help = "format on standard output: markdown, csv, dot, text, json, "
			"html, svg" },
	{ 'd', "database", "DB", .kind = OPTION_TEXT,
		.at = offsetof(struct options, database),
		.help = "open this database first, or create it" },
	{ 'D', "define", "NAME=VALUE", .kind = OPTION_CALL, .set = option_define,
		.help = "define $NAME for this run" },
	{ '\0', "strict", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, settings.strict),
		.help = "anything suspicious in a dump is an error" },
	{ '\0', "keep-going", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, settings.keep_going),
		.help = "continue after a command fails" },
	{ '\0', "memory", "SIZE", .kind = OPTION_SIZE,
		.at = offsetof(struct options, settings.memory_limit),
		.help = "use at most this memory while reading: 500M, 2G" },
	{ '\0', "snap", "PID", .kind = OPTION_SNAP, .snap = snap_set_pids,
		.help = "dump running processes, 12 or 12,34, or let the script read "
			"them" },
	{ '\0', "inject", "PID", .kind = OPTION_CALL, .set = option_inject,
		.help = "run SCRIPT, a file of Python, in this process" },
	{ '\0', "by", "HOW", .kind = OPTION_WORD,
		.at = offsetof(struct options, snap.way),
		.words = { "fork", "copy", "debugger" },
		.help = "--snap by fork or copy; --inject by debugger" },
	{ '\0', "when-rss", "SIZE", .kind = OPTION_SNAP, .snap = snap_set_when,
		.help = "wait until it has grown to 2G, or its container to 90%" },
	{ '\0', "every", "TIME", .kind = OPTION_SNAP, .snap = snap_set_every,
		.help = "dump it again after 30s, 10m or 1h" },
	{ '\0', "count", "N", .kind = OPTION_COUNT,
		.at = offsetof(struct options, snap.count), .value = 10000,
		.help = "the number of rounds" },
	{ '\0', "sysroot", "DIR", .kind = OPTION_TEXT,
		.at = offsetof(struct options, settings.sysroot),
		.help = "where the files of a core's process are: a container's root" },
	{ '\0', "safe", NULL, .kind = OPTION_CALL, .set = option_safe,
		.help = "for a script that you did not write: see the manual" },
	{ '\0', "writable", "FILE", .kind = OPTION_LIST,
		.at = offsetof(struct options, named),
		.help = "with --safe: the script may write this file; repeatable" },
	{ '\0', "redact", NULL, .kind = OPTION_CALL, .set = option_redact,
		.help = "replace values by length and hash while reading" },
	{ '\0', "render", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, render),
		.help = "draw the pictures of Markdown, and with Graphviz DOT files, as "
			"SVG" },
	{ '\0', "max-rows", "N", .kind = OPTION_CALL, .set = option_max_rows,
		.help = "fail if a result has more rows" },
	{ '\0', "max-seconds", "N", .kind = OPTION_COUNT,
		.at = offsetof(struct options, max_seconds), .value = 1000000,
		.help = "stop after this time" },
	{ '\0', "wait", "N", .kind = OPTION_CALL, .set = option_wait,
		.help = "wait at most N seconds for another process that uses the "
			"database" },
	{ '\0', "max-unpacked", "SIZE", .kind = OPTION_SIZE,
		.at = offsetof(struct options, settings.limits.bytes),
		.help = "refuse a packed dump that is larger when unpacked" },
	{ '\0', "max-ratio", "N", .kind = OPTION_COUNT,
		.at = offsetof(struct options, settings.limits.ratio), .value = 1000000,
		.help = "refuse a large dump that is packed more tightly (200)" },
	{ '\0', "csv-guard", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, settings.csv_guard),
		.help = "CSV: an apostrophe before text that a spreadsheet would "
			"compute" },
	{ '\0', "progress", "WHEN", .kind = OPTION_CALL, .set = option_progress,
		.help = "progress bar: auto, always, never" },
	{ '\0', "junit", "FILE", .kind = OPTION_TEXT,
		.at = offsetof(struct options, junit),
		.help = "write the checks as JUnit XML" },
	{ '\0', "annotate", "SYSTEM", .kind = OPTION_WORD,
		.at = offsetof(struct options, annotate), .words = { "github" },
		.help = "report failures to a CI system: github" },
	{ '\0', "update-baseline", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, settings.update_baseline),
		.help = "rewrite the files of known findings: accept everything" },
	{ 'q', "quiet", NULL, .kind = OPTION_FLAG, .at = offsetof(struct options, quiet),
		.help = "no notes, only warnings and errors" },
	{ 'v', "verbose", NULL, .kind = OPTION_FLAG,
		.at = offsetof(struct options, settings.verbose),
		.help = "print each command before it runs" },
	{ 'h', "help", NULL, .kind = OPTION_ASK, .value = OPTIONS_HELP,
		.help = "show this; after a script: show its description" },
	{ 'V', "version", NULL, .kind = OPTION_ASK, .value = OPTIONS_VERSION,
		.help = "show the version" },
	{ '\0', "list-commands", NULL, .kind = OPTION_ASK, .value = OPTIONS_LIST_COMMANDS,
		.help = "list the commands of the script language" },
	{ '\0', "list-reports", NULL, .kind = OPTION_ASK, .value = OPTIONS_LIST_REPORTS,
		.help = "list the shipped reports" },
	{ '\0', "print-dumper", NULL, .kind = OPTION_ASK, .value = OPTIONS_PRINT_DUMPER,
		.help = "print memsee_dump.py, which makes dumps in any Python" },
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

const struct option_row *option_find_letter(char letter, struct error *err)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].letter != '\0' && rows[i].letter == letter)
			return &rows[i];
	error_set(err, STATUS_SCRIPT, "no option '-%c'; 'memsee --help' lists them",
		letter);
	return NULL;
}

const struct option_row *option_find_name(const char *name, size_t len, struct error *err)
{
	const char *names[ROW_COUNT + 1] = { NULL };
	for (size_t i = 0; i < ROW_COUNT; i++) {
		names[i] = rows[i].name;
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return &rows[i];
	}
	const char *nearest = nearest_name(name, len, names);
	if (nearest != NULL)
		error_set(err, STATUS_SCRIPT, "no option '--%.*s'; did you mean '--%s'?",
			(int)len, name, nearest);
	else
		error_set(err, STATUS_SCRIPT,
			"no option '--%.*s'; 'memsee --help' lists them", (int)len, name);
	return NULL;
}

const char *option_name(const struct option_row *row)
{
	return row->name;
}

const char *option_argument(const struct option_row *row)
{
	return row->argument;
}

bool option_set(struct options *o, const struct option_row *row, const char *argument,
	struct error *err)
{
	char *member = (char *)o + row->at;
	unsigned long long count;
	assert((argument != NULL) == (row->argument != NULL));
	assert((row->set != NULL) == (row->kind == OPTION_CALL));
	assert((row->snap != NULL) == (row->kind == OPTION_SNAP));
	assert(row->at < sizeof *o);
	switch (row->kind) {
	case OPTION_CALL:
		return row->set(o, argument, err);
	case OPTION_FLAG:
		*(bool *)(void *)member = true;
		break;
	case OPTION_TEXT:
		*(const char **)(void *)member = argument;
		break;
	case OPTION_LIST: {
		struct option_list *list = (struct option_list *)(void *)member;
		if (!array_reserve(&list->items, &list->cap, list->count + 1,
			    sizeof *list->items))
			return error_nomem(err);
		list->items[list->count++] = argument;
		break;
	}
	case OPTION_WORD: {
		/* What the option takes instead: "auto, always or never". */
		struct buffer all = BUFFER_INIT;
		size_t i = 0;
		for (; row->words[i] != NULL && strcmp(argument, row->words[i]) != 0; i++)
			buffer_printf(&all, "%s%s",
				i == 0                      ? ""
				: row->words[i + 1] == NULL ? " or "
							    : ", ",
				row->words[i]);
		if (row->words[i] == NULL)
			error_set(err, STATUS_SCRIPT, "--%s takes %s, not '%s'",
				row->name, buffer_text(&all), argument);
		buffer_fini(&all);
		*(const char **)(void *)member = row->words[i];
		return row->words[i] != NULL;
	}
	case OPTION_COUNT:
		if (!option_count(row->name, argument, row->value, &count, err))
			return false;
		*(unsigned *)(void *)member = (unsigned)count;
		break;
	case OPTION_SIZE: {
		uint64_t size;
		const char *end = magnitude_parse(argument, &size);
		if (end == NULL || *end != '\0')
			return error_set(err, STATUS_SCRIPT,
				"--%s takes a size like 500M or 2G, not '%s'", row->name,
				argument);
		*(uint64_t *)(void *)member = size;
		break;
	}
	case OPTION_SNAP:
		return row->snap(&o->snap, argument, err);
	case OPTION_ASK:
		o->ask = (enum options_ask)row->value;
		break;
	case OPTION_EXECUTE:
		o->execute = true;
		break;
	}
	return true;
}

void options_help(struct buffer *out)
{
	buffer_put_text(out,
		"  memsee heap.json.gz                        what is probably leaking?\n"
		"  memsee before.json.gz after.json.gz        does anything leak between "
		"them?\n"
		"  memsee -o page.html summary heap.json.gz   its contents, as a page "
		"for a browser\n"
		"\n"
		"usage: memsee [OPTION]... DUMP...             look at a dump, compare "
		"several\n"
		"       memsee [OPTION]... REPORT [DUMP]...    run a shipped report: "
		"--list-reports\n"
		"       memsee [OPTION]... SCRIPT [ARG]...     run a script\n"
		"       memsee [OPTION]... -e COMMAND...       run commands\n"
		"       memsee --snap PID... [-o FILE]         dump running processes\n"
		"\n"
		"Reads heap dumps of Python and other runtimes, runs the script's "
		"queries, writes reports.\n"
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
