/* SPDX-License-Identifier: MIT */
/* Whatever call fails, and whenever: the caller learns it, and nothing is half done.
 *
 * The linker sends the calls below that libmemsee.a makes through here, and SQLite gets
 * its memory here.  Each test repeats one operation and lets its first call fail, then
 * its second, and so on until the operation makes no such call any more. */
#include "output/render.h"
#include "session/interpreter.h"
#include "store/backup.h"
#include "store/generation.h"
#include "store/root_rule.h"

#include "scratch.h"

#include <errno.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/wait.h>

/* --- calls that fail ------------------------------------------------------------------
 */

static long fault_at; /* the call to fail, from 1; 0: none */
static long fault_calls;
static bool fault_interrupts; /* only waiting calls count, and they fail with EINTR */

static bool fault_due(int error, bool waiting)
{
	if (fault_interrupts && !waiting)
		return false;
	if (fault_at == 0 || ++fault_calls != fault_at)
		return false;
	errno = fault_interrupts ? EINTR : error;
	return true;
}

/* From here on call number `n` fails; fault_none() says whether there was one. */
static void fault_begin(long n)
{
	fault_calls = 0;
	fault_at = n;
}

static bool fault_none(void)
{
	bool none = fault_calls < fault_at;
	fault_at = 0;
	return none;
}

#define WRAP(result, name, parameters)                                                   \
	result __real_##name parameters;                                                 \
	result __wrap_##name parameters;                                                 \
	result __wrap_##name parameters

/* NOLINTBEGIN(bugprone-reserved-identifier): these names are the linker's. */
WRAP(void *, malloc, (size_t n))
{
	return fault_due(ENOMEM, false) ? NULL : __real_malloc(n);
}

WRAP(void *, calloc, (size_t n, size_t size))
{
	return fault_due(ENOMEM, false) ? NULL : __real_calloc(n, size);
}

WRAP(void *, realloc, (void *old, size_t n))
{
	return fault_due(ENOMEM, false) ? NULL : __real_realloc(old, n);
}

WRAP(char *, strdup, (const char *text))
{
	return fault_due(ENOMEM, false) ? NULL : __real_strdup(text);
}

WRAP(char *, strndup, (const char *text, size_t n))
{
	return fault_due(ENOMEM, false) ? NULL : __real_strndup(text, n);
}

WRAP(int, mkstemp, (char *name))
{
	return fault_due(EMFILE, false) ? -1 : __real_mkstemp(name);
}

WRAP(int, link, (const char *from, const char *to))
{
	return fault_due(EPERM, false) ? -1 : __real_link(from, to);
}

WRAP(int, rename, (const char *from, const char *to))
{
	return fault_due(EIO, false) ? -1 : __real_rename(from, to);
}

WRAP(int, pipe2, (int ends[2], int flags))
{
	return fault_due(EMFILE, false) ? -1 : __real_pipe2(ends, flags);
}

WRAP(ssize_t, read, (int fd, void *to, size_t n))
{
	return fault_due(EIO, true) ? -1 : __real_read(fd, to, n);
}

WRAP(pid_t, waitpid, (pid_t pid, int *status, int options))
{
	/* Without it nobody would know how the child ended: it can only be interrupted.
	 */
	return fault_interrupts && fault_due(EINTR, true)
		       ? -1
		       : __real_waitpid(pid, status, options);
}

WRAP(int, posix_spawn,
	(pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attributes, char *const argv[],
		char *const environment[]))
{
	return fault_due(EAGAIN, false) ? EAGAIN
					: __real_posix_spawn(pid, path, actions,
						  attributes, argv, environment);
}
/* NOLINTEND(bugprone-reserved-identifier) */

/* Nobody pulls the plug. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

static sqlite3_mem_methods memory;

static void *sqlite_malloc(int n)
{
	return fault_due(ENOMEM, false) ? NULL : memory.xMalloc(n);
}

static void *sqlite_realloc(void *old, int n)
{
	return fault_due(ENOMEM, false) ? NULL : memory.xRealloc(old, n);
}

/* What failed has said so, and what went well has not. */
static void check_told(bool ok, struct error *err)
{
	if (ok == (err->status != STATUS_OK) || (!ok && err->status < STATUS_SCRIPT))
		fail_msg("call %ld: %s, status %d, '%s'", fault_at, ok ? "true" : "false",
			(int)err->status, err->message);
	error_clear(err);
}

/* --- roots ----------------------------------------------------------------------------
 */

static int64_t roots_sum(struct db *db)
{
	int64_t *address = NULL, sum = 0;
	size_t n = 0;
	assert_true(root_rule_addresses(db, 1, &address, &n, NULL));
	for (size_t i = 0; i < n; i++)
		sum += address[i];
	free(address);
	return sum;
}

static void test_roots_are_the_old_or_the_new(void **state)
{
	static const int64_t old[] = { 3, 1, 2 }, new[] = { 70, 50, 60 };
	(void)state;
	bool done = false;
	for (long n = 1; !done; n++) {
		struct error err = ERROR_INIT;
		struct db *db = db_open("", DB_TEMPORARY, NULL);
		assert_non_null(db);
		/* Every second time there are no tables yet. */
		bool had = n % 2 == 0;
		assert_true(!had ||
			    root_rule_set(db, 1, ROOT_RULE_CHOSEN, "old", old, 3, NULL));
		fault_begin((n + 1) / 2);
		bool ok = root_rule_set(db, 1, ROOT_RULE_CHOSEN, "new", new, 3, &err);
		done = fault_none() && had;
		check_told(ok, &err);
		enum root_rule rule;
		assert_true(root_rule_find(db, 1, &rule, NULL));
		assert_int_equal(rule, ok || had ? ROOT_RULE_CHOSEN : ROOT_RULE_NATURAL);
		if (ok || had)
			assert_int_equal(roots_sum(db), ok ? 180 : 6);
		/* A failure leaves nothing behind that would stop the next one. */
		assert_false(db_in_transaction(db));
		assert_true(root_rule_set(db, 1, ROOT_RULE_CHOSEN, "z", old, 1, NULL));
		db_close(db);
	}
}

static void test_roots_are_read_whole_or_not(void **state)
{
	enum { MANY = 40 };
	int64_t address[MANY], *found = NULL;
	(void)state;
	for (int i = 0; i < MANY; i++)
		address[i] = i + 1;
	bool done = false;
	for (long n = 1; !done; n++) {
		struct error err = ERROR_INIT;
		struct db *db = db_open("", DB_TEMPORARY, NULL);
		assert_non_null(db);
		assert_true(
			root_rule_set(db, 1, ROOT_RULE_CHOSEN, "", address, MANY, NULL));
		enum root_rule rule;
		size_t count = 0;
		fault_begin(n);
		bool ok = root_rule_find(db, 1, &rule, &err) &&
			  root_rule_addresses(db, 1, &found, &count, &err);
		done = fault_none();
		check_told(ok, &err);
		assert_true(!ok || (rule == ROOT_RULE_CHOSEN && count == MANY));
		assert_true(ok || found == NULL);
		free(found);
		found = NULL;
		db_close(db);
	}
}

/* --- backup ---------------------------------------------------------------------------
 */

static void test_a_backup_is_whole_or_absent(void **state)
{
	(void)state;
	assert_int_equal(mkdir("backup", 0700), 0);
	bool done = false;
	for (long n = 1; !done; n++) {
		struct error err = ERROR_INIT;
		struct places *places = places_new(NULL);
		struct db *db = db_open("backup/x.db", DB_CREATE, NULL);
		assert_true(places != NULL && db != NULL);
		assert_true(generation_create_schema(db, NULL));
		assert_true(
			root_rule_set(db, 1, ROOT_RULE_ORIGINAL, NULL, NULL, 0, NULL));
		fault_begin(n);
		bool ok = backup_make(db, places, &err);
		done = fault_none();
		check_told(ok, &err);
		assert_int_equal(scratch_count("backup"), ok ? 2 : 1);
		/* Then back to it: all of it, or what was there. */
		assert_true(ok || backup_make(db, places, NULL));
		assert_true(root_rule_set(db, 1, ROOT_RULE_NATURAL, NULL, NULL, 0, NULL));
		fault_begin(n);
		ok = backup_restore(db, &err);
		done &= fault_none();
		check_told(ok, &err);
		enum root_rule rule;
		assert_true(root_rule_find(db, 1, &rule, NULL));
		assert_int_equal(rule, ok ? ROOT_RULE_ORIGINAL : ROOT_RULE_NATURAL);
		db_close(db);
		places_free(places);
		assert_int_equal(scratch_count("backup"), 2);
		unlink("backup/x.db");
		unlink("backup/x.db.bak");
	}
}

/* --- pictures -------------------------------------------------------------------------
 */

static const char drawing[] = "<?xml version=\"1.0\"?><svg>1</svg>\n";

static void render_prepare(void)
{
	scratch_write("dot", "#!/bin/sh\n"
			     "echo '<?xml version=\"1.0\"?><svg>1</svg>'\n"
			     "echo '<?xml version=\"1.0\"?><svg>1</svg>'\n");
	assert_int_equal(chmod("dot", 0700), 0);
	scratch_write("a.dot", "digraph {}\n");
}

/* Draws, and lets call number `n` fail. */
static bool render_once(long n, struct error *err)
{
	struct places *places = places_new(NULL);
	unlink("a.dot.svg");
	unlink("a.dot.2.svg");
	assert_non_null(places);
	fault_begin(n);
	bool ok = render_file(places, "./dot", "a.dot", 2, err);
	places_free(places);
	return ok;
}

static void test_pictures_are_whole_or_absent(void **state)
{
	(void)state;
	render_prepare();
	int before = scratch_count(".");
	bool done = false;
	for (long n = 1; !done; n++) {
		struct error err = ERROR_INIT;
		bool ok = render_once(n, &err);
		done = fault_none();
		check_told(ok, &err);
		bool first = access("a.dot.svg", F_OK) == 0;
		bool second = access("a.dot.2.svg", F_OK) == 0;
		assert_int_equal(scratch_count("."), before + first + second);
		assert_true(!ok || (first && second));
		if (first)
			scratch_check("a.dot.svg", drawing);
		if (second)
			scratch_check("a.dot.2.svg", drawing);
		/* Nobody waits for a child that was left. */
		assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	}
}

static void test_an_interruption_is_no_failure(void **state)
{
	(void)state;
	render_prepare();
	fault_interrupts = true;
	bool done = false;
	for (long n = 1; !done; n++) {
		struct error err = ERROR_INIT;
		bool ok = render_once(n, &err);
		done = fault_none();
		check_told(ok, &err);
		assert_true(ok);
		scratch_check("a.dot.svg", drawing);
		scratch_check("a.dot.2.svg", drawing);
	}
	fault_interrupts = false;
}

/* A drawer that dies, that draws nothing, that draws too little. */
static void test_a_drawer_that_fails_is_named(void **state)
{
	static const struct {
		const char *program, *message;
	} drawers[] = {
		{ "#!/bin/sh\nkill -9 $$\n", "'./dot' could not draw 'a.dot'" },
		{ "#!/bin/sh\nexit 7\n", "'./dot' could not draw 'a.dot'" },
		{ "#!/bin/sh\n", "'./dot' drew 0 of 2 graphs of 'a.dot'" },
		{ "#!/bin/sh\necho '<?xml ?>'\n",
			"'./dot' drew 1 of 2 graphs of 'a.dot'" },
	};
	(void)state;
	render_prepare();
	for (size_t i = 0; i < sizeof drawers / sizeof *drawers; i++) {
		struct error err = ERROR_INIT;
		scratch_write("dot", drawers[i].program);
		assert_false(render_once(0, &err));
		assert_int_equal(err.status, STATUS_DATA);
		assert_string_equal(err.message, drawers[i].message);
	}
}

/* A folder, a file that cannot be run and an empty part of $PATH are passed over. */
static void test_dot_is_looked_for(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkdir("folder/dot", 0700), 0);
	assert_int_equal(mkdir("plain", 0700), 0);
	scratch_write("plain/dot", "");
	assert_int_equal(chmod("plain/dot", 0600), 0);
	assert_int_equal(mkdir("good", 0700), 0);
	scratch_write("good/dot", "#!/bin/sh\n");
	assert_int_equal(chmod("good/dot", 0700), 0);
	static const struct {
		const char *path, *found;
	} paths[] = { { NULL, NULL }, { "", NULL }, { ":folder:plain:", NULL },
		{ "absent::folder:plain:good", "good/dot" },
		{ "good:plain", "good/dot" } };
	char *before = strdup(getenv("PATH"));
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		if (paths[i].path == NULL)
			unsetenv("PATH");
		else
			setenv("PATH", paths[i].path, 1);
		char *found = render_find_dot();
		if (paths[i].found == NULL)
			assert_null(found);
		else
			assert_string_equal(found, paths[i].found);
		free(found);
	}
	setenv("PATH", before, 1);
	free(before);
}

/* --- paths ----------------------------------------------------------------------------
 */

struct heard {
	int failures;
	struct error last;
};

static void hear_failure(
	void *context, const struct error *err, const struct script_place *place)
{
	struct heard *heard = context;
	(void)place;
	heard->failures++;
	heard->last = *err;
}

static void hear_line(void *context, const char *message)
{
	(void)context;
	(void)message;
}

static void hear_warning(
	void *context, const char *message, const struct script_place *place)
{
	(void)place;
	hear_line(context, message);
}

static void run(struct session *s, const char *text)
{
	struct script *script = script_from_text("test", text, strlen(text), NULL);
	assert_non_null(script);
	interpreter_run(s, script, NULL, 0);
	script_free(script);
}

/* Two objects between root and leaf, a dict of attributes and a list. */
static const char heap[] =
	"{\"address\": 16, \"type\": \"module\", \"size\": 64, \"refs\": [32, 48]}\n"
	"{\"address\": 32, \"type\": \"dict\", \"size\": 64, \"refs\": [64, 80, 96]}\n"
	"{\"address\": 48, \"type\": \"list\", \"size\": 64, \"refs\": [80]}\n"
	"{\"address\": 64, \"type\": \"str\", \"size\": 50, \"value\": \"leaf\", "
	"\"refs\": []}\n"
	"{\"address\": 80, \"type\": \"Leaf\", \"size\": 64, \"refs\": [96]}\n"
	"{\"address\": 96, \"type\": \"int\", \"size\": 28, \"value\": 7, \"refs\": "
	"[]}\n";

static void test_a_path_is_told_whole_or_not(void **state)
{
	static const char *const scripts[] = {
		"path from \"address = 16\" to \"type = 'int'\"",
		"path from \"address = 96\" to \"address = 16\" reversed",
		"path from \"address = 16\" to \"type = 'int'\" prioritized",
		"path from \"address = 16\" to \"type = 'int'\" all avoiding \"address = "
		"48\"",
		"path from \"address = 16\" to \"type = 'int'\" first 2",
		"path from \"address = 16\" to \"type = 'int'\" disjoint first 1",
		"path from \"address = 16\" to \"address = 32\" disjoint",
	};
	struct settings settings = { .places = places_new(NULL),
		.progress = PROGRESS_NEVER,
		.keep_going = true,
		.limits = STREAM_LIMITS_DEFAULT,
		.format = *writer_formats(),
		.reports = "/nonexistent" };
	struct heard heard = { .last = ERROR_INIT };
	const struct reporter reporter = { hear_failure, hear_warning, hear_line,
		&heard };
	(void)state;
	scratch_write("heap.json", heap);
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		struct session s;
		session_init(&s, &settings, &reporter);
		heard.failures = 0;
		run(&s, "read heap.json");
		run(&s, scripts[i]);
		assert_int_equal(heard.failures, 0);
		assert_int_equal(s.result_count, 1);
		size_t rows = s.results[0].result->rows;
		bool done = false;
		for (long n = 1; !done; n++) {
			size_t results = s.result_count;
			heard.failures = 0;
			struct script *script = script_from_text(
				"test", scripts[i], strlen(scripts[i]), NULL);
			fault_begin(n);
			interpreter_run(&s, script, NULL, 0);
			done = fault_none();
			script_free(script);
			if (s.result_count == results && heard.failures != 1)
				fail_msg("%s: call %ld: no result, %d messages",
					scripts[i], n, heard.failures);
			if (s.result_count > results)
				assert_int_equal(s.results[results].result->rows, rows);
			assert_false(db_in_transaction(s.db));
		}
		session_fini(&s);
	}
	places_free(settings.places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roots_are_the_old_or_the_new),
		cmocka_unit_test(test_roots_are_read_whole_or_not),
		cmocka_unit_test(test_a_backup_is_whole_or_absent),
		cmocka_unit_test(test_pictures_are_whole_or_absent),
		cmocka_unit_test(test_an_interruption_is_no_failure),
		cmocka_unit_test(test_a_drawer_that_fails_is_named),
		cmocka_unit_test(test_dot_is_looked_for),
		cmocka_unit_test(test_a_path_is_told_whole_or_not),
	};
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory);
	sqlite3_mem_methods methods = memory;
	methods.xMalloc = sqlite_malloc;
	methods.xRealloc = sqlite_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
	return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
