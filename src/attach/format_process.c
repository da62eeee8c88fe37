/* SPDX-License-Identifier: MIT */
#include "attach/format_process.h"

#include "attach/process.h"
#include "attach/snapshot.h"
#include "cpython/cpython.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool process_word(const char *word, struct process_word *said)
{
	static const char before[] = "pid:";
	enum { SECONDS_MAX = 100 * 24 * 3600 };
	char *end;
	if (strncmp(word, before, sizeof before - 1) != 0)
		return false;
	word += sizeof before - 1;
	long pid = *word >= '1' && *word <= '9' ? strtol(word, &end, 10) : 0;
	if (pid <= 0 || pid > INT_MAX)
		return false;
	*said = (struct process_word){ .pid = (pid_t)pid };
	if (*end == '+' && end[1] >= '0' && end[1] <= '9') {
		unsigned long seconds = strtoul(end + 1, &end, 10);
		if (seconds > SECONDS_MAX)
			return false;
		said->seconds = (unsigned)seconds;
	}
	return *end == '\0';
}

bool process_file(
	const struct process_word *said, char path[PROCESS_FILE_MAX], struct error *err)
{
	snprintf(path, PROCESS_FILE_MAX, "/proc/%d/maps", (int)said->pid);
	return process_may_read(said->pid, err);
}

static bool process_format_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	char maps[4096];
	struct process_word said;
	struct snapshot_options how = { .cancel = options->cancel };
	struct snapshot_cost cost;
	struct memory m;
	if (options->process == NULL || !process_word(options->process, &said))
		return error_set(err, STATUS_SCRIPT,
			"'%s' is not a process; write pid:PID",
			options->process == NULL ? "" : options->process);
	if (options->way != NULL)
		how.way =
			strcmp(options->way, "fork") == 0 ? SNAPSHOT_FORK : SNAPSHOT_COPY;
	struct timespec left = { .tv_sec = (time_t)said.seconds };
	while (nanosleep(&left, &left) != 0)
		if (options->cancel != NULL && *options->cancel != 0)
			return error_set(err, STATUS_DATA, "interrupted");
	/* Nobody reads these bytes, but a dump of zero bytes is not a dump. */
	while (dump_input_read(in, maps, sizeof maps, NULL) > 0)
		continue;
	memory_init(&m);
	bool ok = snapshot_take(&m, said.pid, &how, &cost, err) &&
		  cpython_read(&m, options->process, sink, err) &&
		  sink->fact(sink->data, "pause", cell_real(cost.pause), err) &&
		  sink->fact(sink->data, "tries", cell_integer(cost.tries), err);
	struct buffer problems = BUFFER_INIT;
	memory_problems(&m, false, &problems);
	if (ok && problems.len > 0)
		ok = sink->note(sink->data, buffer_text(&problems), err);
	buffer_fini(&problems);
	memory_fini(&m);
	return ok;
}

const struct dump_format process_format = {
	.name = "process",
	.title = "a process",
	.runtime = &runtime_cpython,
	.read = process_format_read,
};
