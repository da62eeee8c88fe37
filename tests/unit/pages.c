/* SPDX-License-Identifier: MIT */
/* Trees written bottom-up are what SQLite itself would have made of the same rows. */
#include "pages/record.h"
#include "store/bulk.h"

#include "base/array.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A seeded generator (xorshift64*), so that every run tries the same. */
static uint64_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static size_t random_below(uint64_t *state, size_t n)
{
	return (size_t)(random_next(state) >> 33) % n;
}

/* Rows that have been laid out as records. */
struct made {
	size_t n;
	int64_t *rowid;
	struct pages_record *record;
};

static void made_records(
	const void *context, uint64_t first, size_t n, struct pages_record *record)
{
	const struct made *made = context;
	memcpy(record, made->record + first, n * sizeof *record);
}

static void made_rowids(const void *context, uint64_t first, size_t n, int64_t *rowid)
{
	const struct made *made = context;
	memcpy(rowid, made->rowid + first, n * sizeof *rowid);
}

static struct made made_init(size_t n)
{
	struct made made = { .n = n };
	made.rowid = array_new_zeroed(n, sizeof *made.rowid);
	made.record = array_new_zeroed(n, sizeof *made.record);
	assert_non_null(made.rowid);
	assert_non_null(made.record);
	return made;
}

static void made_fini(struct made *made)
{
	for (size_t i = 0; i < made->n; i++)
		free((void *)(uintptr_t)made->record[i].bytes);
	free(made->rowid);
	free(made->record);
}

static void made_put(struct made *made, size_t i, const struct cell *cells, size_t n)
{
	size_t size = record_size(cells, n);
	uint8_t *bytes = malloc(size);
	assert_non_null(bytes);
	assert_int_equal(record_put(bytes, cells, n), size);
	made->record[i] = (struct pages_record){ .bytes = bytes, .size = size };
}

static struct pages_rows made_rows(const struct made *made, bool rowids)
{
	return (struct pages_rows){ .count = made->n,
		.context = made,
		.records = made_records,
		.rowids = rowids ? made_rowids : NULL };
}

static void check(bool ok, const struct error *err)
{
	if (!ok)
		fail_msg("%s", err->message);
}

static void run(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	check(db_exec(db, sql, &err), &err);
}

static struct db *open_database(int page_size, int reserved)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	check(db != NULL, &err);
	sqlite3_file_control(
		db_handle(db), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
	check(db_execf(db, &err, "pragma page_size = %d", page_size), &err);
	return db;
}

/* All rows of a query as text, and whatever would tell equal values of two types apart.
 */
static char *dump(struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	struct db_stmt *stmt = NULL;
	struct buffer text = BUFFER_INIT;
	check(db_prepare(db, sql, &stmt, NULL, &err), &err);
	while (db_step(stmt, &err) == 1) {
		for (int c = 0; c < db_columns(stmt); c++) {
			struct cell cell = db_column(stmt, c);
			buffer_printf(&text, "%d:", cell.type);
			if (cell.type == CELL_INTEGER)
				buffer_printf(&text, "%lld", (long long)cell.integer);
			else if (cell.type == CELL_REAL)
				buffer_printf(&text, "%.17g", cell.real);
			else if (cell.type != CELL_NULL)
				buffer_put(&text, cell.text, cell.len);
			buffer_put_char(&text, '|');
		}
		buffer_put_char(&text, '\n');
	}
	db_stmt_free(stmt);
	check(err.status == STATUS_OK, &err);
	char *taken = buffer_take(&text);
	assert_non_null(taken);
	return taken;
}

static void check_same(struct db *a, struct db *b, const char *sql)
{
	char *in_a = dump(a, sql);
	char *in_b = dump(b, sql);
	if (strcmp(in_a, in_b) != 0)
		fail_msg("different rows of %s", sql);
	free(in_a);
	free(in_b);
}

static void check_integrity(struct db *db)
{
	char *answer = dump(db, "pragma integrity_check");
	assert_string_equal(answer, "3:ok|\n");
	free(answer);
}

/* The rows of table t (key integer primary key, number, data), seeded: any values that
 * the three kinds of column can hold, and lengths around what fits a page. */
static int64_t random_integer(uint64_t *state)
{
	uint64_t value = random_next(state) >> random_below(state, 64);
	return (int64_t)(random_below(state, 2) ? value : ~value);
}

static struct cell random_data(uint64_t *state, int page_size, char *text)
{
	size_t lengths[16] = { (size_t)page_size * 3, (size_t)page_size / 4,
		(size_t)page_size / 4, 4, 4, 4, 4 };
	size_t longest = lengths[random_below(state, 16)];
	size_t n = random_below(state, (longest == 0 ? 40 : longest) + 1);
	switch (random_below(state, 6)) {
	case 0:
		return cell_null();
	case 1:
		return cell_integer(random_integer(state));
	case 2:
		return cell_real((double)random_integer(state) / 3);
	default:
		for (size_t i = 0; i < n; i++)
			text[i] = (char)('a' + random_below(state, 26));
		return (struct cell){ .type = random_below(state, 2) ? CELL_TEXT
								     : CELL_BLOB,
			.text = text,
			.len = n };
	}
}

#define SCHEMA                                                                           \
	"create table t (key integer primary key, number, data);"                        \
	"create index number1 on t (number);"                                            \
	"create index data1 on t (data, number)"

/* Puts the same seeded rows into `plain` by insert and into `made` as records. */
static void make_rows(struct db *plain, struct made *made, int page_size, uint64_t *state)
{
	struct error err = ERROR_INIT;
	struct db_stmt *insert = NULL;
	char *text = malloc((size_t)page_size * 3 + 64);
	assert_non_null(text);
	run(plain, "begin;" SCHEMA);
	check(db_prepare(plain, "insert into t values (?, ?, ?)", &insert, NULL, &err),
		&err);
	int64_t rowid = -(int64_t)random_below(state, 1000);
	for (size_t i = 0; i < made->n; i++) {
		rowid += 1 + (int64_t)(random_below(state, 4) == 0
					       ? random_next(state) >> 24
					       : random_below(state, 3));
		struct cell cells[] = { cell_null(), cell_integer(random_integer(state)),
			random_data(state, page_size, text) };
		made_put(made, i, cells, 3);
		made->rowid[i] = rowid;
		cells[0] = cell_integer(rowid);
		for (int c = 0; c < 3; c++)
			check(db_bind(insert, c + 1, cells[c], &err), &err);
		check(db_run(insert, &err), &err);
	}
	db_stmt_free(insert);
	run(plain, "commit");
	free(text);
}

/* The entries of an index of `db`, in its order, as records. */
static struct made make_entries(struct db *db, size_t n, const char *sql)
{
	struct error err = ERROR_INIT;
	struct made made = made_init(n);
	struct db_stmt *stmt = NULL;
	check(db_prepare(db, sql, &stmt, NULL, &err), &err);
	for (size_t i = 0; db_step(stmt, &err) == 1; i++) {
		struct cell cells[PAGES_COLUMNS_MAX];
		int columns = db_columns(stmt);
		for (int c = 0; c < columns; c++)
			cells[c] = db_column(stmt, c);
		assert_in_range(i, 0, n - 1);
		made_put(&made, i, cells, (size_t)columns);
	}
	db_stmt_free(stmt);
	return made;
}

static void fill(struct bulk *bulk, const char *tree, const struct made *made,
	bool rowids, unsigned threads)
{
	struct error err = ERROR_INIT;
	struct pages_rows rows = made_rows(made, rowids);
	check(bulk_fill(bulk, tree, &rows, threads, &err), &err);
}

static const char all_rows[] = "select * from t order by key";
static const char by_number[] = "select number, key from t order by number, key";
static const char by_data[] =
	"select data, number, key from t order by data, number, key";

/* SQLite goes on with what it was given. */
static void change_at_random(struct db *a, struct db *b, uint64_t seed)
{
	struct error err = ERROR_INIT;
	static const char *const changes[] = {
		"delete from t where (key * 7919 + %lld) %% 5 = 0",
		("insert into t (number, data) select number + %lld, data || key from t"
		 " where key %% 3 = 0"),
		"update t set data = hex(data), number = %lld where key %% 7 = 0",
		"delete from t where key > %lld",
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		long long n = (long long)(seed % 97);
		check(db_execf(a, &err, changes[i], n), &err);
		check(db_execf(b, &err, changes[i], n), &err);
		check_integrity(b);
		check_same(a, b, all_rows);
	}
}

static void check_random(uint64_t seed, size_t max_rows)
{
	struct error err = ERROR_INIT;
	uint64_t state = seed * 2 + 1;
	int page_size = 512 << random_below(&state, 1 + random_below(&state, 8));
	int reserved = random_below(&state, 4) == 0 ? (int)random_below(&state, 33) : 0;
	struct db *plain = open_database(page_size, 0);
	struct db *db = open_database(page_size, reserved);
	struct made rows = made_init(random_below(&state, max_rows + 1));
	make_rows(plain, &rows, page_size, &state);
	struct made numbers = make_entries(plain, rows.n, by_number);
	struct made data = make_entries(plain, rows.n, by_data);

	assert_true(bulk_supported(db));
	struct bulk *bulk = bulk_begin(db, &err);
	check(bulk != NULL, &err);
	run(db, SCHEMA);
	fill(bulk, "t", &rows, true, 2);
	fill(bulk, "number1", &numbers, false, 2);
	fill(bulk, "data1", &data, false, 1);
	check(bulk_commit(bulk, &err), &err);

	check_integrity(db);
	check_same(plain, db, all_rows);
	check_same(plain, db, by_number);
	check_same(plain, db, by_data);
	if (seed % 16 == 0)
		change_at_random(plain, db, seed);
	made_fini(&rows);
	made_fini(&numbers);
	made_fini(&data);
	db_close(plain);
	db_close(db);
}

static void test_random_rows_are_what_inserts_make(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++)
		check_random(seed, seed % 20 == 0 ? 500 : 30);
}

/* A new database with one table t (data) without index, filled with `made`. */
static struct db *filled(int page_size, int reserved, const struct made *made)
{
	struct error err = ERROR_INIT;
	struct db *db = open_database(page_size, reserved);
	struct bulk *bulk = bulk_begin(db, &err);
	check(bulk != NULL, &err);
	run(db, "create table t (data)");
	fill(bulk, "t", made, false, 2);
	check(bulk_commit(bulk, &err), &err);
	check_integrity(db);
	return db;
}

/* Row i holds a blob of length[i] bytes 'a' + i % 26. */
static struct made make_blobs(const size_t *length, size_t n)
{
	struct made made = made_init(n);
	for (size_t i = 0; i < n; i++) {
		char *text = malloc(length[i] + 1);
		assert_non_null(text);
		memset(text, 'a' + (int)(i % 26), length[i] + 1);
		struct cell cell = { .type = CELL_BLOB, .text = text, .len = length[i] };
		made_put(&made, i, &cell, 1);
		free(text);
	}
	return made;
}

static void check_blobs(struct db *db, const size_t *length, size_t n)
{
	struct error err = ERROR_INIT;
	struct db_stmt *stmt = NULL;
	check(db_prepare(db, "select data from t", &stmt, NULL, &err), &err);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(db_step(stmt, &err), 1);
		struct cell cell = db_column(stmt, 0);
		assert_int_equal(cell.len, length[i]);
		for (size_t j = 0; j < cell.len; j++)
			if (cell.text[j] != 'a' + (int)(i % 26))
				fail_msg("row %zu differs at %zu", i, j);
	}
	assert_int_equal(db_step(stmt, &err), 0);
	db_stmt_free(stmt);
}

/* Every length around each threshold of the format: a payload that just stays local, the
 * wrap of the local part, one overflow page that is full, the page that is full. */
static void test_lengths_around_every_threshold(void **state)
{
	(void)state;
	static const int reserves[] = { 0, 1, 32 };
	for (size_t i = 0; i < 24; i++) {
		int page_size = 512 << i / 3;
		size_t usable = (size_t)(page_size - reserves[i % 3]);
		size_t max_local = usable - 35;
		size_t min_local = (usable - 12) * 32 / 255 - 23;
		size_t middle[] = { 0, usable / 2, max_local, max_local + min_local,
			min_local + usable - 4, min_local + 2 * (usable - 4),
			max_local + 2 * (usable - 4) };
		size_t length[7 * 16];
		for (size_t m = 0; m < 7 * 16; m++) {
			size_t at = middle[m / 16] + m % 16;
			length[m] = at < 10 ? m % 16 : at - 10;
		}
		struct made made = make_blobs(length, 7 * 16);
		struct db *db = filled(page_size, reserves[i % 3], &made);
		check_blobs(db, length, 7 * 16);
		db_close(db);
		made_fini(&made);
	}
}

/* The same in an index, where divided leaves put such records into interior pages. */
static void test_index_records_overflow_at_their_threshold(void **state)
{
	(void)state;
	for (int page_size = 512; page_size <= 8192; page_size *= 2) {
		struct error err = ERROR_INIT;
		size_t usable = (size_t)page_size;
		size_t max_local = (usable - 12) * 64 / 255 - 23;
		struct db *plain = open_database(page_size, 0);
		run(plain, "create table t (key integer primary key, number, data);"
			   "begin");
		for (size_t i = 0; i < 600; i++)
			check(db_execf(plain, &err,
				      "insert into t (data) values (printf('%%06d%%.*c',"
				      "%d, %d, 'x'))",
				      (int)i, (int)(max_local - 20 + i % 24)),
				&err);
		run(plain, "commit");
		struct made rows = make_entries(
			plain, 600, "select null, number, data from t order by key");
		struct made entries = make_entries(plain, 600, by_data);
		struct db *db = open_database(page_size, 0);
		struct bulk *bulk = bulk_begin(db, &err);
		check(bulk != NULL, &err);
		run(db, "create table t (key integer primary key, number, data);"
			"create index data1 on t (data, number)");
		fill(bulk, "t", &rows, false, 1);
		fill(bulk, "data1", &entries, false, 1);
		check(bulk_commit(bulk, &err), &err);
		check_integrity(db);
		check_same(plain, db, by_data);
		db_close(plain);
		db_close(db);
		made_fini(&rows);
		made_fini(&entries);
	}
}

static void test_few_rows_and_long_ones(void **state)
{
	(void)state;
	static const size_t length[] = { 100000, 3, 5000000, 0, 100000 };
	for (size_t n = 0; n <= 5; n++) {
		struct made made = make_blobs(length, n);
		struct db *db = filled(4096, 0, &made);
		check_blobs(db, length, n);
		run(db, "delete from t where rowid % 2; insert into t values (1), (2)");
		check_integrity(db);
		db_close(db);
		made_fini(&made);
	}
}

/* Rows made on the fly: column c of row i is a number of c-dependent width. */
static int64_t formula(uint64_t row, int column)
{
	static const int bits[] = { 1, 7, 8, 15, 16, 24, 31, 33, 47, 48, 62 };
	int64_t value = INT64_C(1) << bits[(row + (uint64_t)column * 5) % 11];
	return row % 3 == 0 ? -value : value - (int64_t)(row % 2);
}

static void formula_integers(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	const int *columns = context;
	for (int c = 0; c < *columns; c++)
		for (size_t i = 0; i < n; i++)
			column[c][i] = formula(first + i, c);
}

/* The keys of an index ascend, by 16. */
static void ascending_integers(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	(void)context;
	for (size_t i = 0; i < n; i++) {
		column[0][i] = (int64_t)((first + i) / 3 * 16) - 160000;
		column[1][i] = (int64_t)(first + i + 1);
	}
}

static void test_integer_rows_of_many_chunks(void **state)
{
	(void)state;
	static const char *const tables[] = { "a int", "a int, b int",
		"a int, b int, c int", "a int, b int, c int, d int" };
	for (int columns = 1; columns <= 4; columns++) {
		struct error err = ERROR_INIT;
		struct pages_rows rows = { .count = 2 * PAGES_CHUNK + 1,
			.context = &columns,
			.columns = columns,
			.integers = formula_integers };
		struct db *db = open_database(1024, 0);
		struct bulk *bulk = bulk_begin(db, &err);
		check(bulk != NULL, &err);
		check(db_execf(db, &err, "create table t (%s)", tables[columns - 1]),
			&err);
		check(bulk_fill(bulk, "t", &rows, 2, &err), &err);
		check(bulk_commit(bulk, &err), &err);
		check_integrity(db);
		struct db_stmt *stmt = NULL;
		check(db_prepare(db, "select rowid, * from t", &stmt, NULL, &err), &err);
		for (uint64_t i = 0; i < rows.count; i++) {
			assert_int_equal(db_step(stmt, &err), 1);
			assert_true(db_column_integer(stmt, 0) == (int64_t)i + 1);
			for (int c = 0; c < columns; c++)
				assert_true(
					db_column_integer(stmt, c + 1) == formula(i, c));
		}
		assert_int_equal(db_step(stmt, &err), 0);
		db_stmt_free(stmt);
		db_close(db);
	}
}

/* Numbers of rows at the ends of chunks, where an index leaves its dividers. */
static void test_index_of_any_number_of_rows(void **state)
{
	(void)state;
	static const uint64_t counts[] = { 0, 1, 2, 40, 41, 42, 43, 44, 45, 46, 47,
		PAGES_CHUNK - 1, PAGES_CHUNK, PAGES_CHUNK + 1, PAGES_CHUNK + 2,
		3 * PAGES_CHUNK + 1 };
	/* Also chunks of a few leaves, of less than one, and a last one of one row. */
	static const struct {
		size_t chunk;
		int page_size;
	} kinds[] = { { 0, 512 }, { 1024, 512 }, { 1024, 65536 }, { 1023, 4096 } };
	for (size_t i = 0; i < 4 * (sizeof counts / sizeof *counts); i++) {
		struct error err = ERROR_INIT;
		struct pages_rows rows = { .count = counts[i / 4],
			.columns = 2,
			.chunk = kinds[i % 4].chunk,
			.integers = ascending_integers };
		struct db *db = open_database(kinds[i % 4].page_size, 0);
		struct bulk *bulk = bulk_begin(db, &err);
		check(bulk != NULL, &err);
		run(db, "create table t (a int, b int); create index i on t (a)");
		check(bulk_fill(bulk, "t", &rows, 1, &err), &err);
		check(bulk_fill(bulk, "i", &rows, 2, &err), &err);
		check(bulk_commit(bulk, &err), &err);
		check_integrity(db);
		int64_t right;
		check(db_integer(db, &right, 0, &err,
			      "select count(*) from t where a = (rowid - 1) / 3 * 16 - "
			      "160000 and b = rowid"),
			&err);
		assert_true(right == (int64_t)counts[i / 4]);
		db_close(db);
	}
}

/* Rows of `value[0]` but for the last one, which holds `value[1]`, beside their number.
 */
static void edge_integers(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	const int64_t *value = context;
	for (size_t i = 0; i < n; i++) {
		column[0][i] = value[first + i == 199];
		column[1][i] = (int64_t)(first + i + 1);
	}
}

/* All rows of a length, and one row of another: on both sides of what divides the types
 * of integers, the rows are what inserts make of them. */
static void test_one_integer_of_another_type(void **state)
{
	(void)state;
	static const int64_t edges[] = { -1, 0, 1, 127, 32767, 8388607, INT32_MAX,
		140737488355327, -129, -32769, -8388609, -INT64_C(2147483649),
		-INT64_C(140737488355329), INT64_MAX - 1, INT64_MIN };
	for (size_t i = 0; i < 2 * (sizeof edges / sizeof *edges); i++) {
		struct error err = ERROR_INIT;
		int64_t value[] = { edges[i / 2], edges[i / 2] + 1 };
		if (i % 2 == 1) {
			value[0] = value[1];
			value[1] = edges[i / 2];
		}
		struct pages_rows rows = { .context = value,
			.count = 200,
			.columns = 2,
			.integers = edge_integers };
		struct db *db = open_database(512, 0);
		struct bulk *bulk = bulk_begin(db, &err);
		check(bulk != NULL, &err);
		run(db, "create table t (a int, b int)");
		check(bulk_fill(bulk, "t", &rows, 1, &err), &err);
		check(bulk_commit(bulk, &err), &err);
		check_integrity(db);
		struct db *plain = open_database(512, 0);
		run(plain, "create table t (a int, b int)");
		for (int64_t row = 1; row <= 200; row++) {
			char sql[80];
			snprintf(sql, sizeof sql, "insert into t values (%lld, %lld)",
				(long long)value[row == 200], (long long)row);
			run(plain, sql);
		}
		check_same(plain, db, "select rowid, a, b from t order by rowid");
		db_close(plain);
		db_close(db);
	}
}

static char *file_bytes(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	struct buffer b = BUFFER_INIT;
	assert_non_null(file);
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
		buffer_put(&b, part, n);
	fclose(file);
	*size = b.len;
	char *taken = buffer_take(&b);
	assert_non_null(taken);
	return taken;
}

static void test_any_number_of_threads_gives_the_same_file(void **state)
{
	(void)state;
	char *expected = NULL;
	size_t expected_size = 0;
	for (unsigned threads = 1; threads <= 7; threads += 2) {
		struct error err = ERROR_INIT;
		struct pages_rows rows = { .count = 5 * PAGES_CHUNK + 7,
			.columns = 2,
			.integers = ascending_integers };
		struct db *db = open_database(4096, 0);
		struct bulk *bulk = bulk_begin(db, &err);
		check(bulk != NULL, &err);
		run(db, "create table t (a int, b int); create index i on t (a)");
		check(bulk_fill(bulk, "t", &rows, threads, &err), &err);
		check(bulk_fill(bulk, "i", &rows, threads, &err), &err);
		check(bulk_commit(bulk, &err), &err);
		size_t size;
		char *bytes = file_bytes(db_path(db), &size);
		if (expected == NULL) {
			expected = bytes;
			expected_size = size;
		} else {
			assert_int_equal(size, expected_size);
			assert_true(memcmp(bytes, expected, size) == 0);
			free(bytes);
		}
		db_close(db);
	}
	free(expected);
}

static void test_tables_without_rowid_are_indexes(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct pages_rows rows = {
		.count = 5000, .columns = 2, .integers = ascending_integers
	};
	struct db *db = open_database(512, 0);
	struct bulk *bulk = bulk_begin(db, &err);
	check(bulk != NULL, &err);
	run(db, "create table t (a int, b int, primary key (a, b)) without rowid");
	check(bulk_fill(bulk, "T", &rows, 2, &err), &err);
	check(bulk_commit(bulk, &err), &err);
	check_integrity(db);
	int64_t found;
	check(db_integer(db, &found, 0, &err, "select max(b) from t where a = -160000"),
		&err);
	assert_true(found == 3);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_rows_are_what_inserts_make),
		cmocka_unit_test(test_lengths_around_every_threshold),
		cmocka_unit_test(test_index_records_overflow_at_their_threshold),
		cmocka_unit_test(test_few_rows_and_long_ones),
		cmocka_unit_test(test_integer_rows_of_many_chunks),
		cmocka_unit_test(test_index_of_any_number_of_rows),
		cmocka_unit_test(test_one_integer_of_another_type),
		cmocka_unit_test(test_any_number_of_threads_gives_the_same_file),
		cmocka_unit_test(test_tables_without_rowid_are_indexes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
