/* SPDX-License-Identifier: MIT */
/* session - what the targets that run whole scripts have in common. */
#ifndef MEMSEE_TESTS_FUZZ_SESSION_H
#define MEMSEE_TESTS_FUZZ_SESSION_H

#include "session/interpreter.h"
#include "tests/fuzz/fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* A run within a time limit. */
struct fuzz_session {
	struct settings settings; /* the target may change them before it begins */
	struct session s;
};

/* The signal that ended the time of a run; 0 before. */
static volatile sig_atomic_t fuzz_timed_out;

/* Seconds of the processor, for the machine may have other work; SIGALRM is libFuzzer's.
 */
static inline void fuzz_ring_after(time_t seconds)
{
	const struct itimerval after = { .it_value = { .tv_sec = seconds } };
	setitimer(ITIMER_PROF, &after, NULL);
}

/* Asks the command to end; one that goes on all the same is found. */
static inline void fuzz_on_time(int signal_number)
{
	if (fuzz_timed_out != 0)
		abort();
	fuzz_timed_out = signal_number;
	fuzz_ring_after(30);
}

/* A failure is one line, and none that only a fault in the program explains. */
static inline void fuzz_hear_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	const bool *checks_hold = context;
	(void)place;
	fuzz_check(err->status != STATUS_OK && strchr(err->message, '\n') == NULL);
	fuzz_check(strncmp(err->message, "internal error", 14) != 0);
	fuzz_check(!*checks_hold || err->status != STATUS_CHECK || fuzz_timed_out != 0);
}

static inline void fuzz_ignore_warning(
	void *context, const char *message, const struct script_place *place)
{
	(void)context, (void)message, (void)place;
}

static inline void fuzz_ignore_note(void *context, const char *message)
{
	(void)context, (void)message;
}

static inline void fuzz_session_init(struct fuzz_session *f, size_t max_rows)
{
	*f = (struct fuzz_session){ .settings = { .places = places_new(NULL),
					    .keep_going = true,
					    .max_rows = max_rows,
					    .progress = PROGRESS_NEVER,
					    .format = *writer_formats(),
					    .cancel = &fuzz_timed_out,
					    .reports = "/nonexistent" } };
}

/* Results go to `targets`, ended by NULL.  `checks_hold`: an expectation that fails is a
 * fault; it stays the caller's until the end. */
static inline void fuzz_session_begin(struct fuzz_session *f, const char *const *targets,
	time_t seconds, bool *checks_hold)
{
	const struct reporter reporter = { fuzz_hear_failure, fuzz_ignore_warning,
		fuzz_ignore_note, checks_hold };
	struct error err = ERROR_INIT;
	session_init(&f->s, &f->settings, &reporter);
	for (; *targets != NULL; targets++)
		fuzz_check(session_add_target(&f->s, *targets, &err));
	signal(SIGPROF, fuzz_on_time);
	fuzz_timed_out = 0;
	fuzz_ring_after(seconds);
}

/* Runs a script; false when the text is none. */
static inline bool fuzz_session_run(struct fuzz_session *f, const char *text, size_t len)
{
	struct error err = ERROR_INIT;
	struct script *script = script_from_text("fuzz", text, len, &err);
	bool is_script = script != NULL;
	if (is_script)
		interpreter_run(&f->s, script, NULL, 0);
	script_free(script);
	return is_script;
}

static inline void fuzz_session_end(struct fuzz_session *f)
{
	session_finish(&f->s);
	fuzz_ring_after(0);
	session_fini(&f->s);
	places_free(f->settings.places);
}

#endif
