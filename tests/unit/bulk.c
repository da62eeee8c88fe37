/* SPDX-License-Identifier: MIT */
/* A fill is a transaction like any other: to this connection, to other processes, and to
 * whatever the database held before. */
#include "store/bulk.h"

#include "base/buffer.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ROWS 3000

struct fixture {
	char folder[1000];
	char path[1010];
	struct db *db;
};

static void run(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	if (!db_exec(db, sql, &err))
		fail_msg("%s", err.message);
}

static int64_t ask(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	int64_t answer;
	if (!db_integer(db, &answer, -1, &err, "%s", sql))
		fail_msg("%s", err.message);
	return answer;
}

static void check_integrity(struct db *db)
{
	assert_int_equal(ask(db, "select integrity_check = 'ok'"
				 " from pragma_integrity_check"),
		1);
}

/* A new database in a folder of its own, prepared by `sql`. */
static struct fixture setup(const char *sql)
{
	struct error err = ERROR_INIT;
	struct fixture f = { .db = NULL };
	const char *folder = getenv("TMPDIR");
	snprintf(f.folder, sizeof f.folder, "%s/memsee-bulk-XXXXXX",
		folder == NULL ? "/tmp" : folder);
	assert_non_null(mkdtemp(f.folder));
	snprintf(f.path, sizeof f.path, "%s/db", f.folder);
	f.db = db_open(f.path, DB_CREATE, &err);
	assert_non_null(f.db);
	run(f.db, "pragma synchronous = off");
	run(f.db, sql);
	return f;
}

static void teardown(struct fixture *f)
{
	static const char *const files[] = { "", "-journal", "-wal", "-shm" };
	db_close(f->db);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[1020];
		snprintf(path, sizeof path, "%s%s", f->path, files[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(f->folder), 0);
}

static void doubles(const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	(void)context;
	for (size_t i = 0; i < n; i++) {
		column[0][i] = (int64_t)(first + i) * 2;
		column[1][i] = (int64_t)(first + i + 1);
	}
}

static const struct pages_rows rows = {
	.count = ROWS, .columns = 2, .integers = doubles
};

static struct bulk *begin(struct db *db)
{
	struct error err = ERROR_INIT;
	struct bulk *bulk = bulk_begin(db, &err);
	if (bulk == NULL)
		fail_msg("%s", err.message);
	return bulk;
}

#define TREES "create table t (a int, b int); create index i on t (a)"

static void fill(struct bulk *bulk, struct db *db)
{
	struct error err = ERROR_INIT;
	run(db, TREES);
	if (!bulk_fill(bulk, "t", &rows, 1, &err) ||
		!bulk_fill(bulk, "i", &rows, 1, &err))
		fail_msg("%s", err.message);
}

static void load(struct db *db)
{
	struct error err = ERROR_INIT;
	assert_true(bulk_supported(db));
	struct bulk *bulk = begin(db);
	fill(bulk, db);
	if (!bulk_commit(bulk, &err))
		fail_msg("%s", err.message);
}

static void check_loaded(struct db *db)
{
	check_integrity(db);
	assert_int_equal(ask(db, "select count(*) from t where a = 2 * b - 2"), ROWS);
	assert_int_equal(
		ask(db, "select count(*) from t indexed by i where a >= 0"), ROWS);
}

static void check_not_loaded(struct db *db)
{
	check_integrity(db);
	assert_int_equal(ask(db, "select count(*) from sqlite_schema"
				 " where name in ('t', 'i')"),
		0);
}

static char *read_all(const char *path, size_t *size)
{
	struct buffer b = BUFFER_INIT;
	FILE *file = fopen(path, "rb");
	char part[4096];
	assert_non_null(file);
	for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
		buffer_put(&b, part, n);
	fclose(file);
	*size = b.len;
	return buffer_take(&b);
}

#define OLD                                                                              \
	"create table old (x);"                                                          \
	"with recursive n (i) as (select 1 union all select i + 1 from n limit 300)"     \
	" insert into old select printf('%.*c', i, 'x') from n;"
#define FREE "create table gone as select * from old; drop table gone;"

static void test_abort_leaves_every_byte(void **state)
{
	(void)state;
	struct fixture f = setup(OLD FREE);
	size_t before_size, after_size;
	char *before = read_all(f.path, &before_size);
	struct bulk *bulk = begin(f.db);
	fill(bulk, f.db);
	bulk_abort(bulk);
	bulk_abort(NULL);
	char *after = read_all(f.path, &after_size);
	assert_int_equal(after_size, before_size);
	assert_memory_equal(after, before, before_size);
	free(before);
	free(after);
	check_not_loaded(f.db);
	load(f.db);
	check_loaded(f.db);
	teardown(&f);
}

/* Also where rows are few enough for no page to be appended, and the roots come from free
 * pages, so that the file's length stays the same. */
static void test_connections_see_new_rows_at_once(void **state)
{
	(void)state;
	for (uint64_t count = 0; count < 5; count += 2) {
		struct error err = ERROR_INIT;
		struct fixture f = setup(OLD FREE);
		struct db *other = db_open(f.path, DB_EXISTING, &err);
		assert_non_null(other);
		assert_int_equal(ask(other, "select count(*) from old"), 300);
		struct pages_rows few = rows;
		few.count = count;
		struct bulk *bulk = begin(f.db);
		run(f.db, TREES);
		assert_true(bulk_fill(bulk, "t", &few, 1, &err));
		assert_true(bulk_fill(bulk, "i", &few, 1, &err));
		/* The empty roots get into the cache. */
		assert_int_equal(ask(f.db, "select count(*) from t"), 0);
		assert_int_equal(ask(other, "select count(*) from old"), 300);
		assert_true(bulk_commit(bulk, &err));
		assert_int_equal(ask(f.db, "select count(*) from t"), count);
		assert_int_equal(ask(other, "select count(*) from t"), count);
		run(other, "insert into t values (7, 7)");
		assert_int_equal(ask(f.db, "select count(*) from t"), count + 1);
		check_integrity(f.db);
		check_integrity(other);
		db_close(other);
		teardown(&f);
	}
}

static void test_earlier_rows_stay(void **state)
{
	(void)state;
	static const char *const journals[] = { "delete", "truncate", "persist" };
	for (size_t i = 0; i < 3; i++) {
		struct fixture f = setup("pragma page_size = 1024;" OLD FREE);
		struct error err = ERROR_INIT;
		assert_true(
			db_execf(f.db, &err, "pragma journal_mode = %s", journals[i]));
		load(f.db);
		run(f.db, "alter table t rename to t1; drop index i");
		load(f.db);
		check_loaded(f.db);
		assert_int_equal(ask(f.db, "select count(*) from t1"), ROWS);
		assert_int_equal(ask(f.db, "select sum(length(x)) from old"), 45150);
		teardown(&f);
	}
}

static void test_what_cannot_be_filled_is_not_supported(void **state)
{
	(void)state;
	static const char *const kinds[] = {
		"pragma encoding = 'UTF-16le';" OLD,
		"pragma auto_vacuum = full;" OLD,
		"pragma auto_vacuum = incremental;" OLD,
		OLD "pragma journal_mode = wal",
		OLD "pragma journal_mode = memory",
		OLD "pragma journal_mode = off",
		OLD "pragma locking_mode = exclusive",
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct fixture f = setup(kinds[i]);
		assert_false(bulk_supported(f.db));
		teardown(&f);
	}
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD);
	assert_true(bulk_supported(f.db));
	teardown(&f);
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	assert_true(bulk_supported(db));
	load(db);
	check_loaded(db);
	db_close(db);
}

/* The schema format of old files, and a length that the header does not vouch for. */
static void test_headers_of_old_versions_are_not_supported(void **state)
{
	(void)state;
	static const struct {
		off_t offset;
		uint8_t byte;
	} changes[] = { { 47, 1 }, { 47, 3 }, { 95, 200 } };
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct fixture f = setup(OLD);
		db_close(f.db);
		int fd = open(f.path, O_WRONLY);
		assert_int_equal(pwrite(fd, &changes[i].byte, 1, changes[i].offset), 1);
		close(fd);
		struct error err = ERROR_INIT;
		f.db = db_open(f.path, DB_EXISTING, &err);
		assert_non_null(f.db);
		assert_int_equal(ask(f.db, "select count(*) from old"), 300);
		assert_false(bulk_supported(f.db));
		teardown(&f);
	}
}

static void refused(struct db *db, const char *sql, const char *tree, const char *want)
{
	struct error err = ERROR_INIT;
	struct bulk *bulk = begin(db);
	run(db, sql);
	assert_false(bulk_fill(bulk, tree, &rows, 1, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_string_equal(err.message, want);
	bulk_abort(bulk);
	check_not_loaded(db);
}

static void test_only_new_empty_trees_are_filled(void **state)
{
	(void)state;
	struct fixture f = setup(OLD);
	refused(f.db, TREES, "u", "no new table or index 'u' to fill");
	refused(f.db, TREES, "old", "no new table or index 'old' to fill");
	refused(f.db, "create view t as select 1", "t",
		"no new table or index 't' to fill");
	refused(f.db, TREES "; insert into t values (1, 2)", "t", "'t' is not empty");
	refused(f.db, TREES "; insert into t values (1, 2)", "i", "'i' is not empty");
	struct error err = ERROR_INIT;
	struct bulk *bulk = begin(f.db);
	fill(bulk, f.db);
	assert_false(bulk_fill(bulk, "t", &rows, 1, &err));
	assert_string_equal(err.message, "'t' is not empty");
	bulk_abort(bulk);
	teardown(&f);
}

static void test_no_changes_between_fill_and_commit(void **state)
{
	(void)state;
	static const char *const changes[] = { "insert into old values (1)",
		"create table other (x)", "delete from old where rowid = 1" };
	for (size_t i = 0; i < 3; i++) {
		struct error err = ERROR_INIT;
		struct fixture f = setup(OLD);
		struct bulk *bulk = begin(f.db);
		fill(bulk, f.db);
		run(f.db, changes[i]);
		assert_false(bulk_commit(bulk, &err));
		assert_non_null(strstr(err.message, "was changed while"));
		check_not_loaded(f.db);
		assert_int_equal(ask(f.db, "select count(*) from old"), 300);
		teardown(&f);
	}
}

static void test_not_within_a_transaction_or_a_query(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD);
	assert_true(db_begin(f.db, &err));
	assert_null(bulk_begin(f.db, &err));
	db_rollback(f.db);
	error_clear(&err);

	struct db_stmt *stmt;
	assert_true(db_prepare(f.db, "select * from old", &stmt, NULL, &err));
	assert_int_equal(db_step(stmt, &err), 1);
	assert_null(bulk_begin(f.db, &err));
	error_clear(&err);
	db_reset(stmt);
	struct bulk *bulk = begin(f.db);
	fill(bulk, f.db);
	assert_int_equal(db_step(stmt, &err), 1);
	assert_false(bulk_commit(bulk, &err));
	db_stmt_free(stmt);
	check_not_loaded(f.db);
	teardown(&f);
}

/* Ends a process at once, with all that it was forked with. */
static void end_child(void)
{
	raise(SIGKILL);
}

/* Another process that runs `sql` and then holds its locks until it is told to end. */
struct holder {
	pid_t pid;
	int tell;
};

static struct holder hold(const char *path, const char *sql)
{
	int ready[2], tell[2];
	char byte = 0;
	assert_true(pipe(ready) == 0 && pipe(tell) == 0);
	struct holder h = { .pid = fork(), .tell = tell[1] };
	assert_true(h.pid >= 0);
	if (h.pid == 0) {
		sqlite3 *handle;
		sqlite3_stmt *stmt;
		close(tell[1]);
		bool ok = sqlite3_open(path, &handle) == SQLITE_OK &&
			  sqlite3_exec(handle, "begin immediate; rollback", NULL, NULL,
				  NULL) == SQLITE_OK &&
			  sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK &&
			  sqlite3_prepare_v2(handle, "select * from old", -1, &stmt,
				  NULL) == SQLITE_OK &&
			  sqlite3_step(stmt) == SQLITE_ROW;
		byte = ok;
		if (write(ready[1], &byte, 1) == 1)
			ok = read(tell[0], &byte, 1) == 0;
		end_child();
	}
	close(ready[1]);
	close(tell[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 1);
	close(ready[0]);
	return h;
}

static void release(struct holder h)
{
	int status;
	close(h.tell);
	assert_int_equal(waitpid(h.pid, &status, 0), h.pid);
	assert_true(WIFSIGNALED(status));
}

static void test_locks_of_other_processes_hold(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD "pragma busy_timeout = 50");
	struct holder writer = hold(f.path, "begin immediate");
	assert_null(bulk_begin(f.db, &err));
	assert_non_null(strstr(err.message, "locked"));
	assert_int_equal(err.status, STATUS_DATA);
	release(writer);

	struct holder reader = hold(f.path, "begin");
	struct bulk *bulk = begin(f.db);
	fill(bulk, f.db);
	error_clear(&err);
	assert_false(bulk_commit(bulk, &err));
	assert_non_null(strstr(err.message, "locked"));
	check_not_loaded(f.db);
	release(reader);

	load(f.db);
	check_loaded(f.db);
	teardown(&f);
}

/* What a writer must not do while trees are being filled: another process tries. */
static void test_other_writers_wait(void **state)
{
	(void)state;
	struct fixture f = setup(OLD);
	struct bulk *bulk = begin(f.db);
	fill(bulk, f.db);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		sqlite3 *handle;
		sqlite3_open(f.path, &handle);
		int reads = sqlite3_exec(
			handle, "select count(*) from old", NULL, NULL, NULL);
		int writes = sqlite3_exec(
			handle, "insert into old values (1)", NULL, NULL, NULL);
		if (reads == SQLITE_OK && writes == SQLITE_BUSY)
			end_child();
		_exit(1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	struct error err = ERROR_INIT;
	assert_true(bulk_commit(bulk, &err));
	check_loaded(f.db);
	teardown(&f);
}

static void test_the_file_stays_the_same_file(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD);
	db_close(f.db);
	char link[1010];
	char name[1010];
	snprintf(link, sizeof link, "%s/link", f.folder);
	snprintf(name, sizeof name, "%s/name", f.folder);
	assert_int_equal(symlink("db", link), 0);
	assert_int_equal(chmod(f.path, 0640), 0);
	struct stat before, after;
	assert_int_equal(stat(f.path, &before), 0);
	f.db = db_open(link, DB_EXISTING, &err);
	assert_non_null(f.db);
	load(f.db);
	check_loaded(f.db);
	assert_int_equal(stat(f.path, &after), 0);
	assert_true(before.st_ino == after.st_ino && before.st_mode == after.st_mode);
	assert_int_equal(lstat(link, &after), 0);
	assert_true(S_ISLNK(after.st_mode));

	/* A file that was moved away is not written to by its old name, be there another
	 * one by now or not. */
	size_t size;
	char *bytes = read_all(f.path, &size);
	assert_int_equal(rename(f.path, name), 0);
	assert_null(bulk_begin(f.db, &err));
	assert_int_equal(err.status, STATUS_DATA);
	FILE *other = fopen(f.path, "wb");
	assert_int_equal(fwrite(bytes, 1, size, other), size);
	fclose(other);
	free(bytes);
	error_clear(&err);
	assert_null(bulk_begin(f.db, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_int_equal(rename(name, f.path), 0);
	unlink(link);
	teardown(&f);
}

static void test_bytes_behind_the_end_are_written_over(void **state)
{
	(void)state;
	struct fixture f = setup(OLD);
	int fd = open(f.path, O_WRONLY | O_APPEND);
	for (int i = 0; i < 100; i++)
		assert_int_equal(write(fd, "left by a crash", 15), 15);
	for (int i = 0; i < 8192; i++)
		assert_int_equal(write(fd, "left by a crash!", 16), 16);
	close(fd);
	load(f.db);
	check_loaded(f.db);
	teardown(&f);
}

/* A new page that is free again at the commit makes SQLite set the length of the file. */
static void test_pages_freed_in_the_transaction(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD "pragma secure_delete = off");
	struct bulk *bulk = begin(f.db);
	run(f.db, TREES "; insert into old select * from old;"
			"delete from old where rowid > 300");
	assert_true(bulk_fill(bulk, "t", &rows, 1, &err));
	assert_true(bulk_fill(bulk, "i", &rows, 1, &err));
	assert_true(bulk_commit(bulk, &err));
	check_loaded(f.db);
	teardown(&f);
}

static void put32(uint8_t *to, uint32_t value)
{
	for (int i = 3; i >= 0; i--, value >>= 8)
		to[i] = (uint8_t)value;
}

/* A database of a little less than 1 GiB, nearly all of it one hole of free pages: page 3
 * becomes the trunk that lists them, which for pages of 64 kB is enough. */
static void make_hollow(const char *path, uint32_t pages)
{
	int fd = open(path, O_RDWR);
	uint8_t header[100];
	uint8_t *trunk = calloc(1, 65536);
	assert_non_null(trunk);
	assert_int_equal(pread(fd, header, sizeof header, 0), sizeof header);
	assert_int_equal(header[31], 2); /* pages */
	put32(header + 28, pages);
	put32(header + 32, 3);
	put32(header + 36, pages - 2);
	put32(trunk + 4, pages - 3);
	for (uint32_t page = 4; page <= pages; page++)
		put32(trunk + 8 + 4 * (page - 4), page);
	assert_int_equal(pwrite(fd, header, sizeof header, 0), sizeof header);
	assert_int_equal(pwrite(fd, trunk, 65536, 2 * 65536), 65536);
	assert_int_equal(ftruncate(fd, (off_t)pages * 65536), 0);
	close(fd);
	free(trunk);
}

static void test_the_lock_byte_page_is_skipped(void **state)
{
	(void)state;
	enum { LOCK_PAGE = 0x40000000 / 65536 + 1 };
	for (uint32_t pages = LOCK_PAGE - 4; pages < LOCK_PAGE; pages += 3) {
		struct error err = ERROR_INIT;
		struct fixture f =
			setup("pragma page_size = 65536; create table old (x)");
		db_close(f.db);
		make_hollow(f.path, pages);
		f.db = db_open(f.path, DB_EXISTING, &err);
		assert_non_null(f.db);
		struct pages_rows many = rows;
		many.count = 100000;
		struct bulk *bulk = begin(f.db);
		run(f.db, TREES);
		assert_true(bulk_fill(bulk, "t", &many, 2, &err));
		assert_true(bulk_fill(bulk, "i", &many, 2, &err));
		assert_true(bulk_commit(bulk, &err));
		check_integrity(f.db);
		assert_true(ask(f.db, "pragma page_count") > LOCK_PAGE + 10);
		assert_int_equal(
			ask(f.db, "select count(*) from t where a = 2 * b - 2"), 100000);
		teardown(&f);
	}
}

static void test_limits_are_kept(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct fixture f = setup(OLD "pragma max_page_count = 20");
	struct bulk *bulk = begin(f.db);
	run(f.db, TREES);
	assert_false(bulk_fill(bulk, "t", &rows, 2, &err));
	assert_non_null(strstr(err.message, "is full"));
	assert_int_equal(err.status, STATUS_DATA);
	assert_false(bulk_commit(bulk, &err));
	check_not_loaded(f.db);
	teardown(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_abort_leaves_every_byte),
		cmocka_unit_test(test_connections_see_new_rows_at_once),
		cmocka_unit_test(test_earlier_rows_stay),
		cmocka_unit_test(test_what_cannot_be_filled_is_not_supported),
		cmocka_unit_test(test_headers_of_old_versions_are_not_supported),
		cmocka_unit_test(test_only_new_empty_trees_are_filled),
		cmocka_unit_test(test_no_changes_between_fill_and_commit),
		cmocka_unit_test(test_not_within_a_transaction_or_a_query),
		cmocka_unit_test(test_locks_of_other_processes_hold),
		cmocka_unit_test(test_other_writers_wait),
		cmocka_unit_test(test_the_file_stays_the_same_file),
		cmocka_unit_test(test_bytes_behind_the_end_are_written_over),
		cmocka_unit_test(test_pages_freed_in_the_transaction),
		cmocka_unit_test(test_the_lock_byte_page_is_skipped),
		cmocka_unit_test(test_limits_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
