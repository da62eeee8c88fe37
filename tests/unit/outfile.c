/* SPDX-License-Identifier: MIT */
/* A file appears whole or not at all, and only where it may. */
#include "base/outfile.h"

#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

static struct places *places;

static int enter(void **state)
{
	places = places_new(NULL);
	return scratch_enter(state);
}

static int leave(void **state)
{
	places_free(places);
	return scratch_leave(state);
}

static struct outfile *open_at(const char *path)
{
	struct error err = ERROR_INIT;
	struct outfile *f = outfile_open(places, path, &err);
	if (f == NULL)
		fail_msg("%s", err.message);
	return f;
}

static void write_to(struct outfile *f, const char *text)
{
	struct error err = ERROR_INIT;
	assert_true(outfile_write(f, text, strlen(text), &err));
}

static void commit(struct outfile *f)
{
	struct error err = ERROR_INIT;
	if (!outfile_commit(f, &err))
		fail_msg("%s", err.message);
}

static void test_appears_when_it_is_whole(void **state)
{
	(void)state;
	scratch_write("old", "before");
	struct outfile *new = open_at("new"), *old = open_at("old");
	write_to(new, "one, ");
	write_to(new, "two");
	write_to(old, "after");
	assert_int_equal(access("new", F_OK), -1);
	scratch_check("old", "before");
	commit(new);
	commit(old);
	scratch_check("new", "one, two");
	scratch_check("old", "after");
	assert_int_equal(scratch_count("."), 2);
}

static void test_leaves_nothing_when_it_is_dropped(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	scratch_write("old", "before");
	struct outfile *a = open_at("old"), *b = open_at("new");
	write_to(a, "half");
	write_to(b, "whole");
	assert_true(outfile_finish(b, &err));
	outfile_discard(a);
	outfile_discard(b);
	outfile_discard(NULL);
	scratch_check("old", "before");
	assert_int_equal(scratch_count("."), 1);
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void test_has_the_permissions_of_a_new_or_of_the_old_file(void **state)
{
	(void)state;
	mode_t before = umask(027);
	commit(open_at("new"));
	scratch_write("old", "x");
	assert_int_equal(chmod("old", 0604), 0);
	commit(open_at("old"));
	umask(before);
	assert_int_equal(mode_of("new"), 0640);
	assert_int_equal(mode_of("old"), 0604);
}

static void test_follows_links(void **state)
{
	(void)state;
	assert_int_equal(mkdir("there", 0777), 0);
	scratch_write("there/real", "before");
	assert_int_equal(symlink("there/real", "link"), 0);
	assert_int_equal(symlink("link", "second"), 0);
	assert_int_equal(symlink("there/later", "dangling"), 0);
	struct outfile *f = open_at("second"), *g = open_at("dangling");
	write_to(f, "after");
	write_to(g, "new");
	commit(f);
	commit(g);
	scratch_check("there/real", "after");
	scratch_check("there/later", "new");
	struct stat st;
	assert_int_equal(lstat("second", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(lstat("dangling", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(scratch_count("there"), 2);
}

static void check_refused(const char *path, int why)
{
	struct error err = ERROR_INIT;
	assert_null(outfile_open(places, path, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_non_null(strstr(err.message, path));
	assert_non_null(strstr(err.message, strerror(why)));
}

static void test_fails_at_once_where_it_cannot_write(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	scratch_write("file", "x");
	check_refused("missing/file", ENOENT);
	check_refused("folder", EISDIR);
	check_refused("file/below", ENOTDIR);
	check_refused("loop", ELOOP);
	check_refused("/dev/fd/987", EBADF);
	if (geteuid() != 0) {
		assert_int_equal(chmod("file", 0444), 0);
		check_refused("file", EACCES);
		assert_int_equal(chmod("folder", 0555), 0);
		check_refused("folder/new", EACCES);
	}
	assert_int_equal(scratch_count("folder"), 0);
}

static void test_tells_of_a_full_disk(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct outfile *f = open_at("/dev/full");
	assert_false(outfile_write(f, "x", 1, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_string_equal(
		err.message, "cannot write '/dev/full': No space left on device");
	outfile_discard(f);
}

static void test_tells_of_a_closed_pipe(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	char path[32];
	int ends[2];
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
	struct outfile *f = open_at(path);
	write_to(f, "read");
	close(ends[0]);
	assert_false(outfile_write(f, "unread", 6, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_non_null(strstr(err.message, strerror(EPIPE)));
	outfile_discard(f);
	close(ends[1]);
}

static void test_writes_pipes_and_descriptors_directly(void **state)
{
	(void)state;
	char got[16] = { 0 }, path[32];
	assert_int_equal(mkfifo("fifo", 0666), 0);
	int reader = open("fifo", O_RDONLY | O_NONBLOCK);
	assert_true(reader >= 0);
	struct outfile *f = open_at("fifo");
	write_to(f, "now");
	assert_int_equal(read(reader, got, sizeof got), 3);
	commit(f);
	close(reader);
	/* What a shell redirected keeps its place and what was written before. */
	int fd = open("log", O_WRONLY | O_CREAT, 0666);
	assert_int_equal(write(fd, "before ", 7), 7);
	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	f = open_at(path);
	write_to(f, "after");
	commit(f);
	assert_int_equal(write(fd, "!", 1), 1);
	close(fd);
	scratch_check("log", "before after!");
	assert_int_equal(scratch_count("."), 2);
}

static bool same(const char *a, const char *b)
{
	struct error err = ERROR_INIT;
	struct outfile *f = open_at(a), *g = outfile_open(places, b, &err);
	assert_true(g != NULL || err.status == STATUS_SCRIPT);
	outfile_discard(f);
	outfile_discard(g);
	return g == NULL;
}

static void test_knows_one_place_by_two_names(void **state)
{
	(void)state;
	assert_int_equal(mkdir("a", 0777), 0);
	assert_int_equal(mkdir("b", 0777), 0);
	assert_int_equal(symlink("a/x", "link"), 0);
	assert_true(same("a/x", "./a/../a/x"));
	assert_true(same("a/x", "link"));
	assert_false(same("a/x", "b/x"));
	assert_false(same("a/x", "a/y"));
	assert_false(same("a/x", "/dev/stdout"));
	/* What is written as it comes has room for both. */
	assert_false(same("/dev/stdout", "/dev/fd/1"));
}

/* What happens between the first word and the last. */
static void test_asks_again_before_it_appears(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	/* The place becomes a dump of the run, by another name. */
	struct outfile *f = open_at("a");
	write_to(f, "report");
	scratch_write("dump", "dump");
	assert_int_equal(link("dump", "a"), 0);
	assert_true(places_read(places, "dump", "a dump of this run", &err));
	assert_false(outfile_commit(f, &err));
	assert_int_equal(err.status, STATUS_SCRIPT);
	scratch_check("a", "dump");
	/* A link comes to stand there: it is replaced, and what it leads to is not. */
	f = open_at("b");
	write_to(f, "report");
	scratch_write("other", "other");
	assert_int_equal(symlink("other", "b"), 0);
	commit(f);
	scratch_check("other", "other");
	scratch_check("b", "report");
	/* A folder does. */
	f = open_at("c");
	assert_int_equal(mkdir("c", 0777), 0);
	error_clear(&err);
	assert_false(outfile_commit(f, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_int_equal(scratch_count("."), 5);
}

/* Somebody else's file of the same name is neither put in place nor removed. */
static void test_knows_its_own_file_aside(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	for (int i = 0; i < 2; i++) {
		struct outfile *f = open_at("a");
		char command[] = "for f in .memsee-*; do rm $f; echo other >$f; done";
		write_to(f, "report");
		assert_int_equal(system(command), 0);
		if (i == 0)
			assert_false(outfile_commit(f, &err));
		else
			outfile_discard(f);
		assert_int_equal(access("a", F_OK), -1);
		assert_int_equal(scratch_count("."), 1);
		assert_int_equal(system("rm .memsee-*"), 0);
	}
}

static void test_leaves_nothing_when_it_is_ended(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct outfile *f = open_at("a"), *g = open_at("b");
	struct place *left = places_leftover(places, "private", &err);
	assert_non_null(left);
	scratch_write("private", "");
	commit(g);
	assert_int_equal(scratch_count("."), 3);
	places_remove_leftovers(places);
	assert_int_equal(scratch_count("."), 1);
	scratch_check("b", "");
	/* What is gone is not removed again when somebody else has made it. */
	scratch_write("private", "");
	places_remove_leftovers(places);
	assert_int_equal(access("private", F_OK), 0);
	outfile_discard(f);
}

#define SCRATCH(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH(test_appears_when_it_is_whole),
		SCRATCH(test_leaves_nothing_when_it_is_dropped),
		SCRATCH(test_has_the_permissions_of_a_new_or_of_the_old_file),
		SCRATCH(test_follows_links),
		SCRATCH(test_fails_at_once_where_it_cannot_write),
		SCRATCH(test_tells_of_a_full_disk),
		SCRATCH(test_tells_of_a_closed_pipe),
		SCRATCH(test_writes_pipes_and_descriptors_directly),
		SCRATCH(test_knows_one_place_by_two_names),
		SCRATCH(test_asks_again_before_it_appears),
		SCRATCH(test_knows_its_own_file_aside),
		SCRATCH(test_leaves_nothing_when_it_is_ended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
