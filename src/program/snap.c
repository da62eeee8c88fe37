/* SPDX-License-Identifier: MIT */
#include "program/snap.h"

#include "attach/process.h"
#include "attach/snapshot.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/magnitude.h"
#include "base/stream_pack.h"
#include "cpython/cpython.h"
#include "dump/dump_write.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* --- options -------------------------------------------------------------------------
 */

bool snap_set_pids(struct snap *s, const char *argument, struct error *err)
{
	for (const char *at = argument;; at++) {
		char *end = NULL;
		long pid = *at >= '1' && *at <= '9' ? strtol(at, &end, 10) : 0;
		if (pid <= 0 || pid > INT_MAX || (*end != ',' && *end != '\0'))
			return error_set(err, STATUS_SCRIPT,
				"--snap takes the numbers of processes, as in 123 or "
				"123,456, "
				"not '%s'",
				argument);
		if (!array_reserve(
			    &s->pids, &s->pid_cap, s->pid_count + 1, sizeof *s->pids))
			return error_nomem(err);
		s->pids[s->pid_count++] = (pid_t)pid;
		at = end;
		if (*at == '\0')
			return true;
	}
}

bool snap_set_when(struct snap *s, const char *argument, struct error *err)
{
	enum { PERCENT_MAX = 100 };
	uint64_t number = 0;
	const char *end = magnitude_parse(argument, &number);
	if (end != NULL && strcmp(end, "%") == 0 && number <= PERCENT_MAX) {
		s->when_share = (unsigned)number;
		return true;
	}
	s->when_bytes = number;
	return (end != NULL && *end == '\0') ||
	       error_set(err, STATUS_SCRIPT,
		       "--when-rss takes a size like 500M or 2G, or a share like 90%%, "
		       "not '%s'",
		       argument);
}

bool snap_set_every(struct snap *s, const char *argument, struct error *err)
{
	static const struct {
		char letter;
		unsigned seconds;
	} units[] = { { '\0', 1 }, { 's', 1 }, { 'm', 60 }, { 'h', 3600 } };
	enum { NUMBER_MAX = 1000000 };
	char *end = NULL;
	bool digit = argument[0] >= '0' && argument[0] <= '9';
	unsigned long number = digit ? strtoul(argument, &end, 10) : 0;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (number > 0 && number < NUMBER_MAX && *end == units[i].letter &&
			(*end == '\0' || end[1] == '\0')) {
			s->every = (unsigned)number * units[i].seconds;
			return true;
		}
	}
	return error_set(err, STATUS_SCRIPT,
		"--every takes a time like 30s, 10m or 1h, not '%s'", argument);
}

void snap_fini(struct snap *s)
{
	for (size_t i = 0; i < s->word_count; i++)
		free(s->words[i]);
	free(s->words);
	free(s->pids);
	*s = (struct snap){ 0 };
}

bool snap_check(const struct snap *s, struct error *err)
{
	/* Not --by, which is also for processes that a script names itself. */
	const char *alone = s->when_bytes != 0 || s->when_share != 0 ? "when-rss"
			    : s->every != 0                          ? "every"
			    : s->count != 0                          ? "count"
								     : NULL;
	if (s->pid_count == 0 && alone != NULL)
		return error_set(err, STATUS_SCRIPT, "--%s is for --snap", alone);
	if (s->count > 1 && s->every == 0)
		return error_set(err, STATUS_SCRIPT,
			"--count needs --every, the time between dumps");
	return true;
}

bool snap_words(struct snap *s, struct error *err)
{
	unsigned rounds = s->count == 0 ? 1 : s->count;
	s->words = array_new_zeroed(rounds * s->pid_count + 1, sizeof *s->words);
	if (s->words == NULL)
		return error_nomem(err);
	for (unsigned r = 0; r < rounds; r++) {
		for (size_t i = 0; i < s->pid_count; i++) {
			struct buffer word = BUFFER_INIT;
			buffer_printf(&word, "pid:%d", (int)s->pids[i]);
			if (r > 0 && i == 0)
				buffer_printf(&word, "+%u", s->every);
			char *text = buffer_take(&word);
			if (text == NULL)
				return error_nomem(err);
			s->words[s->word_count++] = text;
		}
	}
	assert(s->word_count == rounds * s->pid_count);
	return true;
}

/* --- waiting -------------------------------------------------------------------------
 */

static bool snap_sleep(
	double seconds, const volatile sig_atomic_t *cancel, struct error *err)
{
	struct timespec left = { .tv_sec = (time_t)seconds };
	left.tv_nsec = (long)((seconds - (double)left.tv_sec) * 1e9);
	while (nanosleep(&left, &left) != 0)
		if (cancel != NULL && *cancel != 0)
			return error_set(err, STATUS_DATA, "interrupted");
	return cancel == NULL || *cancel == 0 ||
	       error_set(err, STATUS_DATA, "interrupted");
}

bool snap_wait(
	const struct snap *s, const volatile sig_atomic_t *cancel, struct error *err)
{
	if (s->when_bytes == 0 && s->when_share == 0)
		return true;
	assert(s->pid_count > 0);
	for (;;) {
		double near =
			1; /* how far the nearest is from the limit, in parts of it */
		for (size_t i = 0; i < s->pid_count; i++) {
			uint64_t limit = s->when_bytes, used;
			struct process_status status;
			if (s->when_share != 0) {
				if (!process_memory_limit(s->pids[i], &limit, &used, err))
					return false;
				limit = limit / 100 * s->when_share;
			} else {
				if (!process_status_read(s->pids[i], &status, err))
					return false;
				used = status.rss;
				if (used == 0)
					return error_set(err, STATUS_DATA,
						"process %d ended before it had grown "
						"that far",
						(int)s->pids[i]);
			}
			if (used >= limit)
				return true;
			double far = (double)(limit - used) / (double)limit;
			near = far < near ? far : near;
		}
		/* Ten looks a second once it is near, else fewer. */
		if (!snap_sleep(near > 0.5 ? 1 : near > 0.2 ? 0.3 : 0.05, cancel, err))
			return false;
	}
}

/* --- writing -------------------------------------------------------------------------
 */

struct snap_file {
	struct stream_pack *out;
	struct buffer header, lines;
	bool begun;
	uint64_t objects;
	const char *torn;
};

enum { SNAP_PIECE = 1 << 20 };

/* The header has the keys of memsee's dumper. */
static bool snap_fact(void *data, const char *name, struct cell value, struct error *err)
{
	struct snap_file *f = data;
	const char *key = strcmp(name, "version") == 0 ? "python" : name;
	bool program = strcmp(name, "program") == 0;
	if (f->begun)
		return true; /* the header is written */
	buffer_printf(&f->header, ", \"%s\": ", program ? "argv" : key);
	if (value.type == CELL_INTEGER) {
		buffer_printf(&f->header, "%" PRId64, value.integer);
	} else if (value.type == CELL_REAL) {
		buffer_printf(&f->header, "%.6f", value.real);
	} else {
		buffer_put_text(&f->header, program ? "[" : "");
		dump_write_text(&f->header, value.text, value.len);
		buffer_put_text(&f->header, program ? "]" : "");
	}
	return !f->header.failed || error_nomem(err);
}

static bool snap_flush(struct snap_file *f, struct error *err)
{
	bool ok = !f->lines.failed || error_nomem(err);
	ok = ok && stream_pack_write(f->out, f->lines.data, f->lines.len, err);
	buffer_clear(&f->lines);
	return ok;
}

static bool snap_object(
	void *data, uint64_t line, const struct dump_object *o, struct error *err)
{
	struct snap_file *f = data;
	(void)line;
	if (!f->begun) {
		f->begun = true;
		buffer_printf(&f->lines,
			"{\"memsee_dump\": 1, \"implementation\": \"CPython\", "
			"\"platform\": "
			"\"linux\"%s, \"address\": 1, \"type\": \"memsee_dump\", "
			"\"size\": 0, "
			"\"refs\": []}\n",
			buffer_text(&f->header));
	}
	dump_write_object(&f->lines, o);
	f->objects++;
	return f->lines.len < SNAP_PIECE || snap_flush(f, err);
}

static bool snap_torn(void *data, const char *why, struct error *err)
{
	(void)err;
	((struct snap_file *)data)->torn = why;
	return true;
}

static bool snap_note(void *data, const char *lines, struct error *err)
{
	(void)data, (void)lines, (void)err;
	return true;
}

/* Takes one dump, writes it to `path` and says so. */
static bool snap_one(const struct snap *s, const struct snap_out *out, pid_t pid,
	const char *path, struct error *err)
{
	const struct snapshot_options how = { .way = s->way == NULL ? SNAPSHOT_AUTO
						     : strcmp(s->way, "fork") == 0
							     ? SNAPSHOT_FORK
							     : SNAPSHOT_COPY,
		.cancel = out->cancel };
	struct snap_file f = { .out = stream_pack_open(out->places, path, err) };
	if (f.out == NULL)
		return false;
	struct dump_sink sink = { .object = snap_object,
		.fact = snap_fact,
		.note = snap_note,
		.torn = snap_torn,
		.data = &f };
	struct snapshot_cost cost;
	struct memory m;
	char name[32];
	snprintf(name, sizeof name, "process %d", (int)pid);
	memory_init(&m);
	bool ok = snapshot_take(&m, pid, &how, &cost, err) &&
		  cpython_read(&m, name, &sink, err) && snap_flush(&f, err);
	memory_fini(&m);
	if (ok)
		ok = stream_pack_commit(f.out, err);
	else
		stream_pack_discard(f.out);
	if (ok) {
		struct buffer line = BUFFER_INIT;
		char objects[MAGNITUDE_MAX];
		magnitude_format(objects, (double)f.objects);
		buffer_printf(&line, "%s: %" PRIu64 "%s object%s, stopped for %.3f s",
			path, f.objects, objects, f.objects == 1 ? "" : "s", cost.pause);
		if (f.torn != NULL)
			buffer_printf(&line, "; %s", f.torn);
		out->tell(out->data, buffer_text(&line));
		buffer_fini(&line);
	}
	buffer_fini(&f.header);
	buffer_fini(&f.lines);
	return ok;
}

bool snap_write(const struct snap *s, const struct snap_out *out, struct error *err)
{
	const char *pattern = out->pattern == NULL ? "heap-%p-%n.json.gz" : out->pattern;
	unsigned rounds = s->count == 0 ? 1 : s->count;
	if (s->pid_count > 1 && strstr(pattern, "%p") == NULL)
		return error_set(err, STATUS_SCRIPT,
			"several processes need %%p in the name of the output, not '%s'",
			pattern);
	if (rounds > 1 && strstr(pattern, "%n") == NULL)
		return error_set(err, STATUS_SCRIPT,
			"several dumps of a process need %%n in the name of the output, "
			"not '%s'",
			pattern);
	for (unsigned r = 1; r <= rounds; r++) {
		if (r > 1 && !snap_sleep(s->every, out->cancel, err))
			return false;
		for (size_t i = 0; i < s->pid_count; i++) {
			/* The pattern with the numbers in it. */
			struct buffer path = BUFFER_INIT;
			for (const char *at = pattern; *at != '\0'; at++) {
				if (at[0] == '%' && at[1] == 'p')
					buffer_printf(&path, "%d", (int)s->pids[i]);
				else if (at[0] == '%' && at[1] == 'n')
					buffer_printf(&path, "%u", r);
				else
					buffer_put_char(&path, *at);
				at += at[0] == '%' && at[1] != '\0' &&
				      strchr("pn%", at[1]) != NULL;
			}
			bool ok = path.failed ? error_nomem(err)
					      : snap_one(s, out, s->pids[i],
							buffer_text(&path), err);
			buffer_fini(&path);
			if (!ok)
				return false;
		}
	}
	return true;
}
