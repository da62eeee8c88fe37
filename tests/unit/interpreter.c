/* SPDX-License-Identifier: MIT */
/* A command that says false has said why, and one that has said why says false.  The real
 * ones do, so here the table has two that do not: either must end the run with a line of
 * its own, never with status 0 and the rest of the script unmade. */
#include "session/interpreter.h"

#include "session/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int ran;

static bool run_silent(struct session *s, const struct invocation *in, struct error *err)
{
	(void)s;
	(void)in;
	(void)err;
	ran++;
	return false;
}

static bool run_glad(struct session *s, const struct invocation *in, struct error *err)
{
	(void)s;
	ran++;
	(void)command_usage(in, err);
	return true;
}

static bool run_well(struct session *s, const struct invocation *in, struct error *err)
{
	(void)s;
	(void)in;
	(void)err;
	ran++;
	return true;
}

static const struct command silent = {
	.name = "silent", .usage = "", .kind = COMMAND_SQL, .run = run_silent
};
static const struct command glad = {
	.name = "glad", .usage = "", .kind = COMMAND_SQL, .run = run_glad
};
static const struct command well = {
	.name = "well", .usage = "", .kind = COMMAND_SQL, .run = run_well
};

/* All that session/command.c gives to others, so that the linker leaves that out. */

static const struct command *const commands[] = { &silent, &glad, &well, NULL };

const struct command *const *command_table(void)
{
	return commands;
}

const struct command *command_find(const char *name, size_t len)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (strlen((*c)->name) == len && memcmp((*c)->name, name, len) == 0)
			return *c;
	return NULL;
}

bool command_unknown(const char *name, size_t len, struct error *err)
{
	return error_set(err, STATUS_SCRIPT, "no command '%.*s'", (int)len, name);
}

bool command_bad_word(
	const struct invocation *in, size_t index, const char *message, struct error *err)
{
	(void)in;
	(void)index;
	return error_set(err, STATUS_SCRIPT, "%s", message);
}

bool command_integer(
	const struct invocation *in, size_t index, int64_t *value, struct error *err)
{
	*value = 0;
	return command_bad_word(in, index, "not an integer", err);
}

/* --- what was told --------------------------------------------------------------------
 */

struct told {
	int failures;
	struct error last;
};

static void hear_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	struct told *told = context;
	assert_non_null(place);
	told->failures++;
	told->last = *err;
}

static void hear_warning(
	void *context, const char *message, const struct script_place *place)
{
	(void)context;
	(void)place;
	fail_msg("%s", message);
}

static void hear_note(void *context, const char *message)
{
	(void)context;
	fail_msg("%s", message);
}

/* Runs the script; its exit status. */
static enum status run(const char *text, struct told *told)
{
	struct settings settings = { .places = places_new(NULL),
		.progress = PROGRESS_NEVER,
		.format = *writer_formats(),
		.reports = "/nonexistent" };
	struct reporter reporter = { hear_failure, hear_warning, hear_note, told };
	struct session s;
	struct error err = ERROR_INIT;
	struct script *script = script_from_text("test", text, strlen(text), &err);
	assert_non_null(script);
	ran = 0;
	session_init(&s, &settings, &reporter);
	bool went_well = interpreter_run(&s, script, NULL, 0);
	assert_int_equal(went_well, told->failures == 0);
	session_finish(&s);
	enum status status = s.status;
	session_fini(&s);
	script_free(script);
	places_free(settings.places);
	return status;
}

static void test_false_without_a_word_is_an_internal_error(void **state)
{
	(void)state;
	struct told told = { 0 };
	assert_int_equal(run("well\nsilent\nwell\n", &told), STATUS_DATA);
	assert_int_equal(ran, 2);
	assert_int_equal(told.failures, 1);
	assert_string_equal(told.last.message,
		"internal error: 'silent' failed without a message; "
		"please report it");
}

static void test_an_error_with_true_is_an_error(void **state)
{
	(void)state;
	struct told told = { 0 };
	assert_int_equal(run("glad\nwell\n", &told), STATUS_SCRIPT);
	assert_int_equal(ran, 1);
	assert_string_equal(told.last.message, "usage: glad");
}

static void test_what_goes_well_is_not_told(void **state)
{
	(void)state;
	struct told told = { 0 };
	assert_int_equal(run("well\nwell\n", &told), STATUS_OK);
	assert_int_equal(ran, 2);
	assert_int_equal(told.failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_false_without_a_word_is_an_internal_error),
		cmocka_unit_test(test_an_error_with_true_is_an_error),
		cmocka_unit_test(test_what_goes_well_is_not_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
