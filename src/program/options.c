/* SPDX-License-Identifier: MIT */
#include "program/options.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "load/formats.h"
#include "program/options_table.h"
#include "session/interpreter.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The walk over argv. */
struct option_scan {
	char **argv;
	int argc, next;
};

static bool option_apply(struct options *o, struct option_scan *scan,
	const struct option_row *row, const char *attached, struct error *err)
{
	if (option_argument(row) != NULL && attached == NULL) {
		if (scan->next >= scan->argc)
			return error_set(err, STATUS_SCRIPT, "--%s needs %s",
				option_name(row), option_argument(row));
		attached = scan->argv[scan->next++];
	}
	return option_set(o, row, attached, err);
}

/* Is the word an option?  "-" is a file. */
static bool option_is(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

/* Takes the options of a word: --name, --name=value, --name value, -q, -qv, -oFILE,
 * -o FILE. */
static bool option_take(
	struct options *o, struct option_scan *scan, const char *word, struct error *err)
{
	assert(option_is(word));
	if (word[1] == '-') {
		const char *name = word + 2;
		size_t len = strcspn(name, "=");
		const struct option_row *row = option_find_name(name, len, err);
		const char *attached = name[len] == '=' ? name + len + 1 : NULL;
		if (row == NULL)
			return false;
		if (attached != NULL && option_argument(row) == NULL)
			return error_set(err, STATUS_SCRIPT, "--%s takes no value",
				option_name(row));
		return option_apply(o, scan, row, attached, err);
	}
	for (const char *letters = word + 1; *letters != '\0';) {
		const struct option_row *row = option_find_letter(*letters++, err);
		if (row == NULL)
			return false;
		/* The rest of the word is the option's argument, if it takes one. */
		if (option_argument(row) != NULL && *letters != '\0')
			return option_apply(o, scan, row, letters, err);
		if (!option_apply(o, scan, row, NULL, err))
			return false;
	}
	return true;
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
		else if (!ended && strcmp(word, "--help") == 0 && !o->execute)
			o->ask = OPTIONS_SCRIPT_HELP;
		else if (ended || !option_is(word))
			scan->argv[kept++] = word;
		else if (!option_take(o, scan, word, err))
			return false;
	}
	assert(*first <= kept && kept <= scan->argc);
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
	if (o->execute)
		return error_set(err, STATUS_SCRIPT, "-e needs commands, and no report");
	o->args = (const char *const *)scan->argv + first;
	o->arg_count = scan->argc - first;
	return true;
}

/* A file that is not text is not a script; an empty file is one only if its name says so.
 */
static bool options_may_be_script(const char *path, struct error *err)
{
	static const char extension[] = ".memsee";
	char head[512];
	size_t len = strlen(path), name = sizeof extension - 1;
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
		(len >= name && strcmp(path + len - name, extension) == 0))
		return true;
	if (st.st_size == 0)
		return error_set(err, STATUS_SCRIPT,
			"'%s' is empty: it is neither a dump nor a script", path);
	FILE *file = fopen(path, "rb");
	size_t n = file == NULL ? 0 : fread(head, 1, sizeof head, file);
	if (file != NULL)
		(void)fclose(file); /* it was only read */
	bool text = memchr(head, '\0', n) == NULL;
	/* The last character may be cut: up to three bytes of it are there. */
	bool valid = utf8_is_valid(head, n);
	for (size_t cut = 1; n == sizeof head && cut < 4; cut++)
		valid = valid || utf8_is_valid(head, n - cut);
	return (text && valid) || error_set(err, STATUS_SCRIPT,
					  "'%s' is neither a dump that memsee knows nor "
					  "a script, which is text",
					  path);
}

/* Finds what the words that are left mean: commands, dumps, a report, or a script. */
static bool options_take_script(
	struct options *o, struct option_scan *scan, struct error *err)
{
	int first = scan->next;
	if (o->ask != OPTIONS_RUN)
		return true;
	if (o->execute && !options_sift(o, scan, &first, err))
		return false;
	const char *const *words = (const char *const *)scan->argv + first;
	int count = scan->argc - first;
	if (count == 0 && !o->execute && o->snap.pid_count > 0)
		return true;
	if (count == 0)
		return error_set(err, STATUS_SCRIPT, "%s; 'memsee --help' shows how",
			o->execute ? "-e needs commands" : "no script given");
	if (o->execute) {
		o->commands = words;
		o->command_count = (size_t)count;
		return true;
	}
	/* A dump shows by how it begins: no command of a script does so. */
	unsigned char head[512];
	struct error unread = ERROR_INIT;
	struct stat st;
	bool file = stat(words[0], &st) == 0 && S_ISREG(st.st_mode) &&
		    access(words[0], R_OK) == 0;
	struct stream *s =
		file ? stream_open(words[0], STREAM_LIMITS_DEFAULT, &unread) : NULL;
	ptrdiff_t n = s == NULL ? 0 : stream_read(s, (char *)head, sizeof head, &unread);
	stream_close(s);
	if (unread.status != STATUS_OK)
		return error_pass(err, &unread);
	if (n > 0 && (head[0] == '{' || head[0] == '[' ||
			     dump_format_recognise(head, (size_t)n) !=
				     dump_format_recognise(head, 0))) {
		/* Dumps instead of a script: one is looked at, several are compared. */
		if (!options_take_report(o, scan, err))
			return false;
		for (int i = 1; i < o->arg_count; i++)
			if (interpreter_is_report(o->settings.reports, o->args[i]))
				return error_set(err, STATUS_SCRIPT,
					"the report comes first: memsee %s %s",
					o->args[i], o->args[0]);
		o->script = o->arg_count == 1 ? "suspects" : "leak-check";
		o->guessed = true;
		return true;
	}
	o->script = words[0];
	scan->next++;
	if (interpreter_is_report(o->settings.reports, o->script))
		return options_take_report(o, scan, err);
	if (o->snap.pid_count == 0 && o->inject == 0 &&
		!options_may_be_script(o->script, err))
		return false;
	o->args = words + 1;
	o->arg_count = count - 1;
	if (count == 2 && strcmp(words[1], "--help") == 0)
		o->ask = OPTIONS_SCRIPT_HELP;
	return true;
}

/* What a script may name with --safe: its arguments and what -D says to read, what -o, -d
 * and --writable say to write as well. */
static bool options_take_files(struct options *o, struct error *err)
{
	size_t args = (size_t)o->arg_count, n = 0;
	o->readable = array_new(args + o->define_count + 1, sizeof *o->readable);
	o->writable =
		array_new(o->outputs.count + o->named.count + 2, sizeof *o->writable);
	if (o->readable == NULL || o->writable == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < args; i++)
		o->readable[n++] = o->args[i];
	for (size_t i = 0; i < o->define_count; i++)
		o->readable[n++] = o->defines[i].value;
	assert(n == args + o->define_count);
	o->readable[n] = NULL;
	n = 0;
	for (size_t i = 0; i < o->outputs.count; i++)
		o->writable[n++] = o->outputs.items[i];
	for (size_t i = 0; i < o->named.count; i++)
		o->writable[n++] = o->named.items[i];
	if (o->database != NULL)
		o->writable[n++] = o->database;
	assert(n <= o->outputs.count + o->named.count + 1);
	o->writable[n] = NULL;
	o->settings.readable = o->readable;
	o->settings.writable = o->writable;
	return true;
}

/* The folder of reports that belongs to the program itself: in the prefix that it was
 * installed in or moved to, in the clone that it was built in, or in the one whose folder
 * of builds it is in.  Owned; NULL: none of these, and the installed one is used. */
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
	struct snap *snap = &o->snap;
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
	o->settings.way = snap->way;
	const bool debugger = snap->way != NULL && strcmp(snap->way, "debugger") == 0;
	if (snap->way != NULL && debugger != (o->inject != 0))
		return error_set(err, STATUS_SCRIPT,
			debugger ? "--by debugger is for --inject"
				 : "--by %s is for --snap, not for --inject",
			snap->way);
	if (!options_take_script(o, &scan, err) || !snap_check(snap, err))
		return false;
	/* The processes of --snap are the first arguments of a script. */
	if (snap->pid_count > 0 && o->ask == OPTIONS_RUN) {
		if (!snap_words(snap, err))
			return false;
		size_t count = snap->word_count + (size_t)o->arg_count;
		o->snap_args = array_new(count + 1, sizeof *o->snap_args);
		if (o->snap_args == NULL)
			return error_nomem(err);
		for (size_t i = 0; i < count; i++)
			o->snap_args[i] = i < snap->word_count
						  ? snap->words[i]
						  : o->args[i - snap->word_count];
		o->args = o->snap_args;
		o->arg_count = (int)count;
	}
	if (o->render && o->settings.safe)
		return error_set(err, STATUS_SCRIPT,
			"--safe forbids --render: Graphviz obeys none of its limits");
	assert(o->arg_count >= 0 && o->settings.reports != NULL);
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
	free(o->outputs.items);
	free(o->readable);
	free(o->writable);
	free(o->named.items);
}
