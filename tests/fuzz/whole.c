/* SPDX-License-Identifier: MIT */
/* A whole script over a small dump, into every format: a report or one line, never more,
 * and no file. */
#include "session/interpreter.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seven objects: a registry that holds a leak, a cycle, a dangling reference. */
static const char dump[] =
	"{\"address\": 1, \"type\": \"module\", \"size\": 72, \"name\": \"app\", "
	"\"refs\": [2]}\n"
	"{\"address\": 2, \"type\": \"dict\", \"size\": 232, \"len\": 2, \"refs\": [3, "
	"4]}\n"
	"{\"address\": 3, \"type\": \"list\", \"size\": 88, \"len\": 2, \"refs\": [5, "
	"5]}\n"
	"{\"address\": 4, \"type\": \"int\", \"size\": 28, \"value\": 7, \"refs\": []}\n"
	"{\"address\": 5, \"type\": \"Leak\", \"size\": 48, \"refs\": [9]}\n"
	"{\"address\": 6, \"type\": \"Node\", \"size\": 48, \"refs\": [7]}\n"
	"{\"address\": 7, \"type\": \"Node\", \"size\": 48, \"refs\": [6]}\n";

static volatile sig_atomic_t timed_out;

static void on_alarm(int signal_number)
{
	timed_out = signal_number;
}

static void ignore_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	(void)context;
	(void)place;
	fuzz_check(err->status != STATUS_OK && strchr(err->message, '\n') == NULL);
}

static void ignore_warning(
	void *context, const char *message, const struct script_place *place)
{
	(void)context;
	(void)message;
	(void)place;
}

static void ignore_note(void *context, const char *message)
{
	(void)context;
	(void)message;
}

static void run(struct session *s, const char *text, size_t len)
{
	struct error err = ERROR_INIT;
	struct script *script = script_from_text("fuzz", text, len, &err);
	if (script != NULL)
		interpreter_run(s, script, NULL, 0);
	script_free(script);
}

static char folder[] = "/tmp/memsee-fuzz-XXXXXX";

static void leave_folder(void)
{
	rmdir(folder);
}

/* Goes where no file is; returns where it was. */
static int enter_folder(void)
{
	static bool made;
	int outside = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!made) {
		fuzz_check(mkdtemp(folder) != NULL && atexit(leave_folder) == 0);
		made = true;
	}
	fuzz_check(outside >= 0 && chdir(folder) == 0);
	return outside;
}

/* What --safe promises: nothing was written that the command line did not name. */
static void check_folder(int outside)
{
	DIR *here = opendir(".");
	fuzz_check(here != NULL);
	for (const struct dirent *e; (e = readdir(here)) != NULL;)
		fuzz_check(strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0);
	closedir(here);
	fuzz_check(fchdir(outside) == 0);
	close(outside);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const targets[] = { "markdown:/dev/null", "csv:/dev/null",
		"dot:/dev/null", "text:/dev/null", "json:/dev/null" };
	char path[64], read[80];
	int fd = fuzz_file((const uint8_t *)dump, sizeof dump - 1, path);
	snprintf(read, sizeof read, "read %s", path);
	const char *const readable[] = { path, NULL }, *const writable[] = { NULL };
	struct settings settings = { .safe = true,
		.readable = readable,
		.writable = writable,
		.places = places_new(NULL),
		.keep_going = true,
		.max_rows = 200,
		.progress = PROGRESS_NEVER,
		.format = *writer_formats(),
		.cancel = &timed_out,
		.reports = "/nonexistent" };
	const struct reporter reporter = { ignore_failure, ignore_warning, ignore_note,
		NULL };
	struct session s;
	struct error err = ERROR_INIT;
	int outside = enter_folder();
	session_init(&s, &settings, &reporter);
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
		fuzz_check(session_add_target(&s, targets[i], &err));
	signal(SIGALRM, on_alarm);
	timed_out = 0;
	alarm(2);
	run(&s, read, strlen(read));
	run(&s, (const char *)data, size);
	session_finish(&s);
	alarm(0);
	session_fini(&s);
	places_free(settings.places);
	check_folder(outside);
	close(fd);
	return 0;
}
