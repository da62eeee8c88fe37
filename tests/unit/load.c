/* SPDX-License-Identifier: MIT */
/* A dump becomes the same rows whatever way it takes, and damage costs what it spoils. */
#include "load/load.h"
#include "store/generation.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

static const char dump_path[] = "load-test.tmp";
static const char db_path_a[] = "load-test-a.db";
static const char db_path_b[] = "load-test-b.db";

static uint64_t random_below(uint64_t *state, uint64_t n)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (*state * UINT64_C(0x2545f4914f6cdd1d) >> 33) % n;
}

static void write_dump(const char *data, size_t len)
{
	FILE *f = fopen(dump_path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static struct buffer read_file(const char *path)
{
	struct buffer all = BUFFER_INIT;
	gzFile f = gzopen(path, "rb"); /* plain files too */
	assert_non_null(f);
	int got = 1;
	while (got > 0) {
		char *to = buffer_reserve(&all, 1 << 16);
		got = gzread(f, to, 1 << 16);
		assert_true(got >= 0);
		all.len += (size_t)got;
	}
	gzclose(f);
	return all;
}

static struct buffer read_data(const char *name)
{
	const char *folder = getenv("MEMSEE_DATA");
	char path[4096];
	snprintf(
		path, sizeof path, "%s/%s", folder == NULL ? "tests/data" : folder, name);
	return read_file(path);
}

static struct db *new_database(const char *path)
{
	struct error err = ERROR_INIT;
	unlink(path);
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_non_null(db);
	assert_true(db_exec(db, "pragma synchronous = off", &err));
	assert_true(generation_create_schema(db, &err));
	return db;
}

static int64_t ask(struct db *db, const char *sql)
{
	int64_t value;
	struct error err = ERROR_INIT;
	if (!db_integer(db, &value, -1, &err, "%s", sql))
		fail_msg("%s: %s", sql, err.message);
	return value;
}

static void assert_sound(struct db *db)
{
	assert_int_equal(ask(db, "select count(*) from pragma_integrity_check "
				 "where integrity_check <> 'ok'"),
		0);
}

/* Loads dump_path into a new database at `path`. */
static struct db *load(
	const char *path, const struct load_options *options, struct load_report *report)
{
	struct error err = ERROR_INIT;
	struct db *db = new_database(path);
	if (!load_dump(db, dump_path, options, report, &err))
		fail_msg("%s", err.message);
	return db;
}

/* Rows of both databases, rowids included. */
static void assert_same_rows(struct db *a, const char *other)
{
	static const char *const tables[] = { "obj", "ref", "gen", "read_log" };
	struct error err = ERROR_INIT;
	assert_true(db_execf(a, &err, "attach %Q as other", other));
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char sql[256];
		snprintf(sql, sizeof sql,
			"select (select count(*) from main.%s) - (select count(*) from "
			"other.%s) + (select count(*) from (select rowid, * from main.%s "
			"except select rowid, * from other.%s))",
			tables[i], tables[i], tables[i], tables[i]);
		assert_int_equal(ask(a, sql), 0);
	}
	assert_true(db_exec(a, "detach other", &err));
}

/* Loads dump_path page by page, row by row and, as a third way, with little memory, and
 * compares. */
static void assert_ways(int ways, struct load_report *report)
{
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct db *fast = load(db_path_a, &options, report);
	assert_sound(fast);
	for (int i = 0; i < ways - 1; i++) {
		struct load_report other;
		options.ordinary = i == 0;
		options.memory = i == 0 ? 0 : 1;
		options.block = i == 0 ? 0 : 5000;
		db_close(load(db_path_b, &options, &other));
		assert_same_rows(fast, db_path_b);
		assert_memory_equal(other.clashes, report->clashes, sizeof other.clashes);
		load_report_fini(&other);
	}
	db_close(fast);
}

static void remove_files(void)
{
	unlink(dump_path);
	unlink(db_path_a);
	unlink(db_path_b);
}

/* --- real dumps ----------------------------------------------------------------------
 */

struct counts {
	const char *name;
	uint64_t objects, references, top, dangling_targets;
	int64_t size_read;
};

static void test_counts_of_real_dumps_come_out(void **state)
{
	(void)state;
	static const struct counts table[] = {
		{ "tiny_py27.json", 239, 438, 1, 29, 38100 },
		{ "tiny_py310.json", 213, 368, 1, 32, 32023 },
		{ "strings_py27.json", 201, 202, 175, 115, 4611686018431443505 },
		{ "strings_py310.json", 183, 208, 159, 110, 4611686018428426323 },
		{ "leaky_py27_0.json.gz", 19876, 50465, 271, 1, 3228495 },
		{ "leaky_py310_0.json.gz", 32432, 70981, 429, 0, 4478696 },
		{ "smallgc_py310.json.gz", 57612, 132481, 1050, 4511, 11791531 },
		{ "aborted_py310.json.gz", 57944, 129943, 0, 255, 8326204 },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct counts *c = &table[i];
		struct buffer dump = read_data(c->name);
		write_dump(dump.data, dump.len);
		buffer_fini(&dump);
		struct load_report r;
		assert_ways(3, &r);
		assert_int_equal(r.objects, c->objects);
		assert_int_equal(r.references, c->references);
		assert_int_equal(r.dangling_targets, c->dangling_targets);
		assert_int_equal(r.size_read, c->size_read);
		assert_int_equal(r.top, c->top);
		load_report_fini(&r);
	}
	remove_files();
}

static void assert_equal_files(const char *a, const char *b)
{
	struct buffer x = read_file(a), y = read_file(b);
	assert_int_equal(x.len, y.len);
	assert_memory_equal(x.data, y.data, x.len);
	buffer_fini(&x);
	buffer_fini(&y);
}

static void test_blocks_and_threads_do_not_show(void **state)
{
	(void)state;
	static const char *const names[] = { "strings_py310.json", "tiny_py27.json" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buffer dump = read_data(names[i]);
		write_dump(dump.data, dump.len);
		buffer_fini(&dump);
		struct load_options options = LOAD_OPTIONS_DEFAULT;
		struct load_report report;
		db_close(load(db_path_a, &options, &report));
		load_report_fini(&report);
		for (options.block = 1; options.block <= 31; options.block++) {
			options.threads = (unsigned)options.block % 3 + 1;
			db_close(load(db_path_b, &options, &report));
			load_report_fini(&report);
			assert_equal_files(db_path_a, db_path_b);
		}
	}
	remove_files();
}

static void test_a_second_generation_leaves_the_first_alone(void **state)
{
	(void)state;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct load_report report;
	struct error err = ERROR_INIT;
	struct buffer dump = read_data("tiny_py27.json");
	write_dump(dump.data, dump.len);
	struct db *db = load(db_path_a, &options, &report);
	load_report_fini(&report);
	assert_true(load_dump(db, dump_path, &options, &report, &err));
	assert_int_equal(report.generation, 2);
	load_report_fini(&report);
	assert_int_equal(
		ask(db, "select count(*) from obj1 join obj using (address)"), 239);
	assert_int_equal(ask(db, "select count(distinct gen) from read_log"), 2);
	assert_sound(db);
	assert_true(db_exec(db,
		"insert into obj (address, type) values (17, 'x'); delete from ref "
		"where parent % 3 = 0; update obj1 set value = hex(zeroblob(50000)) "
		"where address % 7 = 0; vacuum",
		&err));
	assert_sound(db);
	db_close(db);
	buffer_fini(&dump);
	remove_files();
}

/* --- made dumps ----------------------------------------------------------------------
 */

static void put_object(
	struct buffer *out, uint64_t *seed, uint64_t address, uint64_t n, uint64_t spread)
{
	static const char *const types[] = { "str", "dict", "a.b", "" };
	buffer_printf(out, "{\"address\": %" PRIu64 ", \"type\": \"%s\", \"size\": %d",
		address, types[random_below(seed, 4)], (int)random_below(seed, 400) - 50);
	if (random_below(seed, 2) == 0)
		buffer_printf(out, ", \"len\": %d", (int)random_below(seed, 70000));
	if (random_below(seed, 2) == 0) {
		/* Now and then one that needs overflow pages. */
		uint64_t len =
			random_below(seed, random_below(seed, 20) == 0 ? 9000 : 30);
		buffer_put_text(out, ", \"value\": \"");
		for (uint64_t i = 0; i < len; i++)
			buffer_put_char(out, (char)('a' + random_below(seed, 26)));
		buffer_put_text(out, "\"");
	}
	buffer_put_text(out, ", \"refs\": [");
	for (uint64_t i = random_below(seed, 6); i > 0; i--)
		buffer_printf(out, "%" PRIu64 "%s", (1 + random_below(seed, n)) * spread,
			i == 1 ? "" : ", ");
	buffer_put_text(out, "]}\n");
}

/* Objects of any order, with repeats, dangling and self-references. */
static void make_dump(struct buffer *out, uint64_t *seed)
{
	static const uint64_t spreads[] = { 16, 8, 1, 48, UINT64_C(1) << 25,
		UINT64_C(1) << 50 };
	uint64_t n = 1 + random_below(seed, random_below(seed, 30) == 0 ? 2000 : 40);
	uint64_t spread = spreads[random_below(seed, sizeof spreads / sizeof *spreads)];
	buffer_clear(out);
	for (uint64_t i = 0; i < n; i++) {
		size_t start = out->len;
		put_object(
			out, seed, (1 + random_below(seed, n)) * spread, n + 3, spread);
		if (random_below(seed, 10) == 0) {
			char *copy = strndup(out->data + start, out->len - start);
			buffer_put_text(out, copy);
			free(copy);
		}
	}
}

/* What the report says is what SQL finds in db_path_a. */
static void assert_report(const struct load_report *r)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(db_path_a, DB_EXISTING, &err);
	assert_non_null(db);
	assert_int_equal(r->objects, ask(db, "select count(*) from obj"));
	assert_int_equal(r->objects + r->repeats + r->clash_count, r->lines);
	assert_int_equal(r->top, ask(db, "select count(*) from obj where address not in "
					 "(select child from ref where parent <> 0)"));
	assert_int_equal(
		r->top, ask(db, "select count(*) from ref join obj on child = address "
				"where parent = 0"));
	assert_int_equal(
		r->dangling, ask(db, "select count(*) from ref where child not in "
				     "(select address from obj)"));
	assert_int_equal(r->size, ask(db, "select sum(size) from obj"));
	assert_int_equal(0, ask(db, "select count(*) from ref a join ref b on "
				    "b.rowid = a.rowid + 1 where a.parent > b.parent"));
	db_close(db);
}

static void test_a_thousand_small_dumps_every_way(void **state)
{
	(void)state;
	uint64_t seed = 20240607;
	struct buffer dump = BUFFER_INIT;
	for (int i = 0; i < 1000; i++) {
		make_dump(&dump, &seed);
		write_dump(dump.data, dump.len);
		struct load_report r;
		assert_ways(i % 5 == 0 ? 3 : 2, &r);
		if (i % 10 == 0)
			assert_report(&r);
		load_report_fini(&r);
	}
	buffer_fini(&dump);
	remove_files();
}
static void test_rows_of_any_length_fit(void **state)
{
	(void)state;
	struct buffer dump = BUFFER_INIT;
	/* Around what fits a page of 4096 bytes whole, and far beyond. */
	for (int len = 0; len < 100000; len += len < 4200 ? 7 : 33333) {
		buffer_printf(&dump,
			"{\"address\": %d, \"type\": \"bytes\", \"size\": 1, "
			"\"value\": \"%0*d\", \"refs\": []}\n",
			16 * (100000 - len), len, 0);
	}
	write_dump(dump.data, dump.len);
	struct load_report r;
	assert_ways(3, &r);
	load_report_fini(&r);
	buffer_fini(&dump);
	remove_files();
}

/* --- damage --------------------------------------------------------------------------
 */

#define OBJECT(address)                                                                  \
	"{\"address\": " #address ", \"type\": \"T\", \"size\": 1, \"refs\": []}"

struct damage {
	const char *dump;
	uint64_t objects, rejected;
	uint64_t line; /* of the first that was rejected */
	size_t column;
	const char *reason; /* likewise */
};

static void test_damage_costs_what_it_spoils(void **state)
{
	(void)state;
	static const struct damage table[] = {
		{ OBJECT(16) "\n" OBJECT(32) "\n", 2, 0, 0, 0, NULL },
		{ OBJECT(16) "\r\n\r\n" OBJECT(32), 2, 0, 0, 0, NULL },
		{ "\xef\xbb\xbf" OBJECT(16) "\n", 1, 0, 0, 0, NULL },
		{ OBJECT(16) "\nGC: 17 objects\n" OBJECT(32) "\n", 2, 1, 2, 1,
			"invalid char in json text" },
		{ OBJECT(16) "\n" OBJECT(32) "\n{\"address\": 48, \"ty", 2, 1, 3, 20,
			"the object breaks off" },
		{ OBJECT(16) "\n" OBJECT(32) "\n" OBJECT(0) "\n", 2, 1, 3, 13,
			"'address' is no address" },
		{ "{\"memsee_dump\": 1}\n" OBJECT(16) "\n", 1, 0, 0, 0, NULL },
		{ "[" OBJECT(16) "]", 1, 0, 0, 0, NULL },
		{ " [\n  " OBJECT(16) ",\n\n" OBJECT(32) "\n]\n", 2, 0, 0, 0, NULL },
		{ "[{\n\"address\": 16,\n\"type\": \"{]\\\"\",\n\"refs\": "
		  "[\n1]},\n" OBJECT(32) "]",
			2, 0, 0, 0, NULL },
		{ "[" OBJECT(16) ",\n" OBJECT(32) ",\n{\n\"address\": true}]", 2, 1, 4,
			12, "'address' is true, not an integer" },
		{ "[" OBJECT(16) ",\n 17,\n" OBJECT(32) "]", 2, 1, 2, 2,
			"not an object" },
		{ "[" OBJECT(16) "," OBJECT(32) ",\n{\"address\": 4", 2, 1, 2, 14,
			"the object breaks off" },
	};
	static const size_t blocks[] = { 0, 1, 5, 64 };
	for (size_t i = 0; i < 4 * sizeof table / sizeof *table; i++) {
		const struct damage *d = &table[i / 4];
		write_dump(d->dump, strlen(d->dump));
		struct load_options options = LOAD_OPTIONS_DEFAULT;
		options.block = blocks[i % 4];
		struct load_report r;
		db_close(load(db_path_a, &options, &r));
		assert_int_equal(r.objects, d->objects);
		assert_int_equal(r.rejected, d->rejected);
		if (d->rejected > 0) {
			assert_string_equal(r.faults[0].what.reason, d->reason);
			assert_int_equal(r.faults[0].line, d->line);
			assert_int_equal(r.faults[0].what.column, d->column);
		}
		load_report_fini(&r);
	}
	remove_files();
}

static void test_strict_stops_at_the_first_damage(void **state)
{
	(void)state;
	static const char *const table[][2] = {
		{ OBJECT(16) "\noops\n" OBJECT(32) "\nand again\n" OBJECT(48) "\n" OBJECT(
			  64),
			"load-test.tmp:2:1: invalid char in json text" },
		{ OBJECT(16) "\n{\"address\": 16, \"type\": \"U\"}\n",
			":2: another object" },
	};
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	options.strict = true;
	for (size_t i = 0; i < 2; i++) {
		write_dump(table[i][0], strlen(table[i][0]));
		struct db *db = new_database(db_path_a);
		struct load_report r;
		struct error err = ERROR_INIT;
		assert_false(load_dump(db, dump_path, &options, &r, &err));
		assert_int_equal(err.status, STATUS_DATA);
		if (strstr(err.message, table[i][1]) == NULL)
			fail_msg("%s", err.message);
		assert_int_equal(ask(db, "select count(*) from gen"), 0);
		load_report_fini(&r);
		db_close(db);
	}
	remove_files();
}

static void test_what_is_no_dump_is_refused(void **state)
{
	(void)state;
	static const char *const table[][2] = {
		{ "", "is empty" },
		{ "\n \n", "holds no objects" },
		{ "[]", "holds no objects" },
		{ "{\"memsee_dump\": 1}\n", "holds no objects" },
		{ "hello\nworld\n", "not a dump" },
		{ "{\"a\": 1}\n", "no 'address'" },
		{ OBJECT(16) "\none\ntwo\n", "not a dump" },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		write_dump(table[i][0], strlen(table[i][0]));
		struct db *db = new_database(db_path_a);
		struct load_options options = LOAD_OPTIONS_DEFAULT;
		struct load_report r;
		struct error err = ERROR_INIT;
		assert_false(load_dump(db, dump_path, &options, &r, &err));
		assert_int_equal(err.status, STATUS_DATA);
		if (strstr(err.message, table[i][1]) == NULL)
			fail_msg("%s", err.message);
		load_report_fini(&r);
		db_close(db);
	}
	remove_files();
}

static void test_the_first_of_several_at_an_address_wins(void **state)
{
	(void)state;
	static const char dump[] =
		"{\"address\": 16, \"type\": \"first\", \"size\": 5, \"refs\": [32]}\n"
		"\n"
		"{\"address\": 16, \"type\": \"first\", \"size\": 5, \"refs\": [32]}\n"
		"{\"address\": 32, \"type\": \"U\", \"size\": 7, \"refs\": [32, 64, "
		"64]}\n"
		"{\"address\": 16, \"type\": \"other\", \"size\": 5, \"refs\": [32]}\n"
		"{\"address\": 16, \"type\": \"first\", \"size\": 5, \"refs\": [33]}\n";
	write_dump(dump, sizeof dump - 1);
	struct load_report r;
	assert_ways(3, &r);
	assert_int_equal(r.objects, 2);
	assert_int_equal(r.repeats, 1);
	assert_int_equal(r.clash_count, 2);
	assert_int_equal(r.clashes[0].address, 16);
	assert_int_equal(r.clashes[0].first_line, 1);
	assert_int_equal(r.clashes[0].line, 5);
	assert_int_equal(r.clashes[1].line, 6);
	assert_int_equal(r.size, 12);
	assert_int_equal(r.size_read, 27);
	assert_int_equal(r.references, 4);
	assert_int_equal(r.dangling, 2);
	assert_int_equal(r.dangling_targets, 1);
	assert_int_equal(r.top, 1);
	load_report_fini(&r);
	remove_files();
}

static void test_sums_saturate(void **state)
{
	(void)state;
	static const char dump[] =
		"{\"address\": 1, \"type\": \"T\", \"size\": 9223372036854775807}\n"
		"{\"address\": 2, \"type\": \"T\", \"size\": 9223372036854775807}\n"
		"{\"address\": 3, \"type\": \"T\", \"size\": -1}\n";
	write_dump(dump, sizeof dump - 1);
	struct load_report r;
	assert_ways(3, &r);
	assert_true(r.size == INT64_MAX);
	load_report_fini(&r);
	remove_files();
}

static void test_giving_up_leaves_the_database_as_it_was(void **state)
{
	(void)state;
	struct buffer dump = read_data("tiny_py27.json");
	write_dump(dump.data, dump.len);
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct load_report r;
	struct db *db = load(db_path_a, &options, &r);
	load_report_fini(&r);
	struct buffer before = read_file(db_path_a);
	volatile sig_atomic_t cancel = 1;
	options.cancel = &cancel;
	for (int i = 0; i < 2; i++) {
		struct error err = ERROR_INIT;
		options.ordinary = i == 1;
		assert_false(load_dump(db, dump_path, &options, &r, &err));
		assert_string_equal(err.message, "interrupted");
		load_report_fini(&r);
	}
	struct buffer after = read_file(db_path_a);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, after.len);
	db_close(db);
	buffer_fini(&dump);
	buffer_fini(&before);
	buffer_fini(&after);
	remove_files();
}

/* Objects of an array are cut out of it wherever a block ends, also within a string that
 * holds quotes, backslashes and brackets. */
static void test_an_array_is_cut_at_any_byte(void **state)
{
	(void)state;
	static const char text[] =
		"[{\"address\": 16, \"type\": \"a\\\\\", \"size\": 1, \"refs\": [32]},\n"
		" {\"address\": 32, \"type\": \"}{\\\"\\\\\\\"[,\", \"size\": 2, "
		"\"refs\": []},\n"
		"{\"address\": 48, \"type\": \"\\\\\\\\\", \"size\": 4, \"refs\": "
		"[16]}]\n";
	write_dump(text, sizeof text - 1);
	for (size_t block = 1; block < sizeof text; block++) {
		struct load_options options = LOAD_OPTIONS_DEFAULT;
		struct load_report report;
		options.block = block;
		struct db *db = load(db_path_a, &options, &report);
		assert_int_equal(report.rejected, 0);
		assert_int_equal(report.objects, 3);
		assert_int_equal(ask(db, "select sum(size) from obj"), 7);
		assert_int_equal(ask(db, "select sum(length(type)) from obj"), 2 + 7 + 2);
		load_report_fini(&report);
		db_close(db);
		unlink(db_path_a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_array_is_cut_at_any_byte),
		cmocka_unit_test(test_counts_of_real_dumps_come_out),
		cmocka_unit_test(test_blocks_and_threads_do_not_show),
		cmocka_unit_test(test_a_second_generation_leaves_the_first_alone),
		cmocka_unit_test(test_a_thousand_small_dumps_every_way),
		cmocka_unit_test(test_rows_of_any_length_fit),
		cmocka_unit_test(test_damage_costs_what_it_spoils),
		cmocka_unit_test(test_strict_stops_at_the_first_damage),
		cmocka_unit_test(test_what_is_no_dump_is_refused),
		cmocka_unit_test(test_the_first_of_several_at_an_address_wins),
		cmocka_unit_test(test_sums_saturate),
		cmocka_unit_test(test_giving_up_leaves_the_database_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
