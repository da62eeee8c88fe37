/* SPDX-License-Identifier: MIT */
/* Whatever call on the file system a fill dies or fails at, the database then holds
 * either the old rows or the new ones, all of them.
 *
 * A child process fills a database; in it the n-th call that changes a file kills it, or
 * tears a write and kills it, or fails.  n goes from 1 until the child gets through.  The
 * calls are counted by standing in for those of the C library, for SQLite's as well. */
#include "store/bulk.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum fault { FAULT_NONE, FAULT_KILL, FAULT_TEAR, FAULT_FAIL };

/* Of the child: calls until the fault, and what it is. */
static enum fault fault_kind;
static int fault_countdown;

static bool fault_due(void)
{
	return fault_kind != FAULT_NONE &&
	       __atomic_sub_fetch(&fault_countdown, 1, __ATOMIC_SEQ_CST) == 0;
}

/* Does not return, or fails the call. */
static int fault_strike(void)
{
	if (fault_kind != FAULT_FAIL)
		raise(SIGKILL);
	errno = ENOSPC;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	if (fault_due()) {
		if (fault_kind == FAULT_TEAR)
			syscall(SYS_write, fd, bytes, n / 2);
		return fault_strike();
	}
	return syscall(SYS_write, fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
	if (fault_due()) {
		if (fault_kind == FAULT_TEAR)
			syscall(SYS_pwrite64, fd, bytes, n / 2, offset);
		return fault_strike();
	}
	return syscall(SYS_pwrite64, fd, bytes, n, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset)
{
	return pwrite(fd, bytes, n, offset);
}

int ftruncate(int fd, off_t size)
{
	return fault_due() ? fault_strike() : (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, size);
}

/* A killed process leaves what it has written, synced or not: no need to wait for it. */
int fsync(int fd)
{
	(void)fd;
	return fault_due() ? fault_strike() : 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int unlink(const char *path)
{
	return fault_due() ? fault_strike()
			   : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

#define ROWS 10000

static void squares(const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	(void)context;
	for (size_t i = 0; i < n; i++) {
		column[0][i] = (int64_t)((first + i) * (first + i));
		column[1][i] = (int64_t)(first + i + 1);
	}
}

static void long_records(
	const void *context, uint64_t first, size_t n, struct pages_record *record)
{
	(void)first;
	for (size_t i = 0; i < n; i++)
		record[i] = *(const struct pages_record *)context;
}

/* One row of 20,000 bytes: header length 4, type 13 + 2 * 20000. */
static struct pages_record long_record(void)
{
	static uint8_t bytes[4 + 20000] = { 4, 0x82, 0xb8, 0x4d };
	memset(bytes + 4, 'x', sizeof bytes - 4);
	return (struct pages_record){ .bytes = bytes, .size = sizeof bytes };
}

/* Changes old rows, uses pages that were free, and adds three trees. */
static bool load(const char *path, struct error *err)
{
	struct pages_record record = long_record();
	struct pages_rows rows = { .count = ROWS, .columns = 2, .integers = squares };
	struct pages_rows texts = {
		.count = 100, .context = &record, .records = long_records
	};
	struct db *db = db_open(path, DB_EXISTING, err);
	struct bulk *bulk = db == NULL ? NULL : bulk_begin(db, err);
	bool ok = bulk != NULL &&
		  db_exec(db,
			  "update old set state = 'new';"
			  "create table t (a int, b int); create index i on t (a);"
			  "create table texts (x text)",
			  err) &&
		  bulk_fill(bulk, "t", &rows, 2, err) &&
		  bulk_fill(bulk, "texts", &texts, 2, err) &&
		  bulk_fill(bulk, "i", &rows, 2, err);
	if (ok)
		ok = bulk_commit(bulk, err);
	else
		bulk_abort(bulk);
	db_close(db);
	return ok;
}

/* A database with rows of two generations, and free pages. */
static void make_old(const char *path)
{
	struct error err = ERROR_INIT;
	unlink(path);
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_non_null(db);
	assert_true(db_exec(db,
		"pragma page_size = 1024; begin;"
		"create table old (state text, x text);"
		"create table gone (x text);"
		"with recursive n (i) as (select 1 union all select i + 1 from n limit "
		"40)"
		" insert into old select 'old', printf('%.*c', i * 20, 'y') from n;"
		"insert into gone select x from old; drop table gone; commit",
		&err));
	db_close(db);
}

static int64_t ask(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	int64_t answer;
	if (!db_integer(db, &answer, -1, &err, "%s", sql))
		fail_msg("%s", err.message);
	return answer;
}

/* Is all of it there (true) or nothing (false)? */
static bool check_whole(const char *path)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(path, DB_EXISTING, &err);
	if (db == NULL)
		fail_msg("%s", err.message);
	assert_true(ask(db, "select integrity_check = 'ok' from pragma_integrity_check"));
	int64_t added = ask(db, "select count(*) from sqlite_schema where name in"
				" ('t', 'i', 'texts')");
	assert_int_equal(ask(db, "select count(*) from old"), 40);
	if (added == 0) {
		assert_int_equal(
			ask(db, "select count(*) from old where state = 'old'"), 40);
	} else {
		assert_int_equal(added, 3);
		assert_int_equal(
			ask(db, "select count(*) from old where state = 'new'"), 40);
		assert_int_equal(ask(db, "select count(*) from t where a = (rowid - 1) *"
					 " (rowid - 1) and b = rowid"),
			ROWS);
		assert_int_equal(
			ask(db, "select sum(length(x)) from texts"), 100 * 20000);
	}
	db_close(db);
	return added != 0;
}

/* How a child ended.  It has survived when the call that failed did not matter. */
enum { KILLED = 1, REFUSED, SURVIVED, THROUGH, WRONG };

/* Runs load() with the fault at call `n`. */
static int load_with_fault(const char *path, enum fault kind, int n)
{
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct error err = ERROR_INIT;
		fault_kind = kind;
		fault_countdown = n;
		bool ok = load(path, &err);
		if (fault_countdown > 0)
			_exit(ok ? THROUGH : WRONG);
		_exit(ok ? SURVIVED : err.status == STATUS_DATA ? REFUSED : WRONG);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED;
}

static void try_every_call(enum fault kind)
{
	char folder[1000];
	char path[1010];
	const char *tmpdir = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/memsee-faults-XXXXXX",
		tmpdir == NULL ? "/tmp" : tmpdir);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/db", folder);
	int status = KILLED;
	for (int n = 1; status != THROUGH; n++) {
		make_old(path);
		status = load_with_fault(path, kind, n);
		bool is_new = check_whole(path);
		assert_int_not_equal(status, WRONG);
		assert_true(is_new || (status != THROUGH && status != SURVIVED));
		assert_true(!is_new || status != REFUSED);
		assert_true(status != THROUGH || n > 15);
	}
	assert_true(unlink(path) == 0 && rmdir(folder) == 0);
}

static void test_killed_before_any_call(void **state)
{
	(void)state;
	try_every_call(FAULT_KILL);
}

static void test_killed_amid_any_write(void **state)
{
	(void)state;
	try_every_call(FAULT_TEAR);
}

static void test_failed_at_any_call(void **state)
{
	(void)state;
	try_every_call(FAULT_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_killed_before_any_call),
		cmocka_unit_test(test_killed_amid_any_write),
		cmocka_unit_test(test_failed_at_any_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
