/* SPDX-License-Identifier: MIT */
/* Lines of a dump are taken apart exactly, by the scanner and by yajl alike. */
#include "dump/dump.h"
#include "dump/dump_text.h"

#include "base/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t random_below(uint64_t *state, uint64_t n)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (*state * UINT64_C(0x2545f4914f6cdd1d) >> 33) % n;
}

static enum dump_kind parse(struct dump_parser *p, const char *line,
	struct dump_object *o, struct dump_fault *fault)
{
	return dump_parse(p, line, strlen(line), o, fault);
}

static void assert_text(struct dump_text t, const char *wanted, size_t len)
{
	assert_non_null(t.data);
	assert_int_equal(t.len, len);
	assert_memory_equal(t.data, wanted, len);
}

static void test_takes_every_field(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"{\"address\": 140, \"type\": \"T\", \"size\": -984, \"name\": \"n\", "
		"\"len\": 7, "
		"\"value\": \"v\\/w\", \"refs\": [1, 22, 22]}",
		" { \"refs\":[1,22,22],\"value\":\"v/w\" ,\"len\":7,\t\"x\": [{\"y\": "
		"[1.5, null]}],"
		" \"name\":\"n\",\"size\":-984,\"type\":\"T\",\"address\":140 } \r",
	};
	struct dump_parser p;
	dump_parser_init(&p);
	for (size_t i = 0; i < 2; i++) {
		struct dump_object o;
		struct dump_fault fault;
		assert_int_equal(parse(&p, lines[i], &o, &fault), DUMP_OBJECT);
		assert_int_equal(o.address, 140);
		assert_true(o.has_size && o.has_len && !o.value_is_number);
		assert_int_equal(o.size, -984);
		assert_int_equal(o.len, 7);
		assert_text(o.type, "T", 1);
		assert_text(o.name, "n", 1);
		assert_text(o.value, "v/w", 3);
		assert_text(o.repr, "T", 1);
		assert_int_equal(o.ref_count, 3);
		assert_int_equal(o.refs[0], 1);
		assert_int_equal(o.refs[2], 22);
	}
	dump_parser_fini(&p);
}

static void test_missing_and_null_are_the_same(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"{\"address\": 1, \"type\": \"str\"}",
		"{\"address\": 1, \"type\": \"str\", \"size\": null, \"name\": null, "
		"\"len\": null, "
		"\"value\": null, \"refs\": null}",
	};
	struct dump_parser p;
	dump_parser_init(&p);
	for (size_t i = 0; i < 2; i++) {
		struct dump_object o;
		struct dump_fault fault;
		assert_int_equal(parse(&p, lines[i], &o, &fault), DUMP_OBJECT);
		assert_false(o.has_size || o.has_len);
		assert_null(o.name.data);
		assert_null(o.value.data);
		assert_int_equal(o.ref_count, 0);
		assert_text(o.repr, "str", 3);
	}
	dump_parser_fini(&p);
}

struct decoding {
	const char *raw;
	const char *text;
	size_t len;
	unsigned surrogates;
	const char *repr;
};

static void test_strings_are_decoded_exactly(void **state)
{
	(void)state;
	static const struct decoding table[] = {
		{ "", "", 0, 0, "u''" },
		{ "back\\/slash", "back/slash", 10, 0, "u'back/slash'" },
		{ "\\u0000a\\u001f\\u007f", "\0a\x1f\x7f", 4, 0, "u'\\x00a\\x1f\\x7f'" },
		{ "\\b\\f\\n\\r\\t", "\b\f\n\r\t", 5, 0, "u'\\x08\\x0c\\n\\r\\t'" },
		{ "it's", "it's", 4, 0, "u\"it's\"" },
		{ "it's \\\"so\\\"", "it's \"so\"", 9, 0, "u'it\\'s \"so\"'" },
		{ "\\\\\\\"", "\\\"", 2, 0, "u'\\\\\"'" },
		{ "caf\\u00e9", "caf\xc3\xa9", 5, 0, "u'caf\\xe9'" },
		{ "\xe2\x82\xac\\u20AC", "\xe2\x82\xac\xe2\x82\xac", 6, 0,
			"u'\\u20ac\\u20ac'" },
		{ "\\ud83d\\udc0d", "\xf0\x9f\x90\x8d", 4, 0, "u'\\U0001f40d'" },
		{ "\\udbff\\udfff", "\xf4\x8f\xbf\xbf", 4, 0, "u'\\U0010ffff'" },
		{ "a\\ud800b",
			"a\xef\xbf\xbd"
			"b",
			5, 1, "u'a\\ud800b'" },
		{ "a\\udc00b",
			"a\xef\xbf\xbd"
			"b",
			5, 1, "u'a\\udc00b'" },
		{ "\\udc00\\ud800", "\xef\xbf\xbd\xef\xbf\xbd", 6, 2,
			"u'\\udc00\\ud800'" },
		{ "\\ud83d\\u00e9", "\xef\xbf\xbd\xc3\xa9", 5, 1, "u'\\ud83d\\xe9'" },
		{ "\\ud83d\\ud83d\\udc0d", "\xef\xbf\xbd\xf0\x9f\x90\x8d", 7, 1,
			"u'\\ud83d\\U0001f40d'" },
		{ "end\\udbff", "end\xef\xbf\xbd", 6, 1, "u'end\\udbff'" },
	};
	struct dump_parser p;
	dump_parser_init(&p);
	for (size_t i = 0; i < 2 * sizeof table / sizeof *table; i++) {
		const struct decoding *d = &table[i / 2];
		char line[256];
		p.yajl_only = i % 2 == 1;
		snprintf(line, sizeof line,
			"{\"address\": 1, \"type\": \"str\", \"size\": 1, \"value\": "
			"\"%s\", "
			"\"refs\": []}",
			d->raw);
		struct dump_object o;
		struct dump_fault fault;
		assert_int_equal(parse(&p, line, &o, &fault), DUMP_OBJECT);
		assert_text(o.value, d->text, d->len);
		assert_text(o.repr, d->repr, strlen(d->repr));
		assert_int_equal(o.surrogates, d->surrogates);
	}
	dump_parser_fini(&p);
}

static void test_numbers_reach_both_ends_of_64_bits(void **state)
{
	(void)state;
	static const char *const values[] = { "9223372036854775807",
		"-9223372036854775808", "0", "-1", "999999999999999999" };
	struct dump_parser p;
	dump_parser_init(&p);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char line[256];
		snprintf(line, sizeof line,
			"{\"address\": 9223372036854775807, \"type\": \"int\", \"size\": "
			"%s, "
			"\"len\": %s, \"value\": %s, \"refs\": [9223372036854775807]}",
			values[i], values[i], values[i]);
		struct dump_object o;
		struct dump_fault fault;
		assert_int_equal(parse(&p, line, &o, &fault), DUMP_OBJECT);
		assert_int_equal(o.address, INT64_MAX);
		assert_int_equal(o.refs[0], INT64_MAX);
		assert_true(o.size == strtoll(values[i], NULL, 10) && o.len == o.size);
		assert_text(o.value, values[i], strlen(values[i]));
		assert_text(o.repr, values[i], strlen(values[i]));
	}
	dump_parser_fini(&p);
}

static void test_bad_lines_say_why(void **state)
{
	(void)state;
	static const char *const table[][2] = {
		{ "{\"address\": 1, \"type\": \"T\", \"size\": 1, \"refs\": [2, 3",
			"breaks off" },
		{ "{\"address\": 1, \"type\": \"T", "breaks off" },
		{ "Traceback (most recent call last):", "invalid char" },
		{ "[1, 2]", "no object" },
		{ "17", "no object" },
		{ "{}", "no 'address'" },
		{ "{\"address\": 1}", "no 'type'" },
		{ "{\"address\": 0, \"type\": \"T\"}", "no address" },
		{ "{\"address\": -5, \"type\": \"T\"}", "no address" },
		{ "{\"address\": 9223372036854775808, \"type\": \"T\"}",
			"beyond 64 bits" },
		{ "{\"address\": \"1\", \"type\": \"T\"}",
			"'address' is a string, not an integer" },
		{ "{\"address\": 1, \"type\": 7}", "'type' is a number, not a string" },
		{ "{\"address\": 1, \"type\": \"T\", \"size\": 1.5}", "with a fraction" },
		{ "{\"address\": 1, \"type\": \"T\", \"size\": 1e400}",
			"with a fraction" },
		{ "{\"address\": 1, \"type\": \"T\", \"size\": true}", "'size' is true" },
		{ "{\"address\": 1, \"type\": \"T\", \"refs\": 5}",
			"'refs' is a number, not a list" },
		{ "{\"address\": 1, \"type\": \"T\", \"refs\": [1, \"2\"]}",
			"holds a string" },
		{ "{\"address\": 1, \"type\": \"T\", \"refs\": [1, null]}",
			"holds null" },
		{ "{\"address\": 1, \"type\": \"T\", \"refs\": [[1]]}", "holds a list" },
		{ "{\"address\": 1, \"type\": \"T\", \"refs\": [1, 0]}", "no address" },
		{ "{\"address\": 1, \"type\": \"T\", \"value\": {}}",
			"'value' is an object" },
		{ "{\"address\": 1, \"address\": 1, \"type\": \"T\"}", "there twice" },
		{ "{\"address\": 1, \"type\": \"T\"} {\"address\": 2, \"type\": \"T\"}",
			"more than one object" },
		{ "{\"address\": 1, \"type\": \"\\x\"}", "string" },
		{ "{\"address\": 1, \"type\": \"\xff\"}", "UTF" },
		{ "{\"address\": 1, \"type\": \"\xc0\xaf\"}", "UTF" },
	};
	struct dump_parser p;
	dump_parser_init(&p);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct dump_object o;
		struct dump_fault fault = { 0 };
		assert_int_equal(parse(&p, table[i][0], &o, &fault), DUMP_BAD);
		if (strstr(fault.reason, table[i][1]) == NULL)
			fail_msg("%s: %s", table[i][0], fault.reason);
		assert_in_range(fault.column, 1, strlen(table[i][0]) + 1);
	}
	/* And the parser is none the worse for it. */
	struct dump_object o;
	struct dump_fault fault;
	assert_int_equal(
		parse(&p, "{\"type\": \"T\", \"address\": 5}", &o, &fault), DUMP_OBJECT);
	dump_parser_fini(&p);
}

static void test_nesting_is_bounded(void **state)
{
	(void)state;
	struct buffer line = BUFFER_INIT;
	buffer_put_text(&line, "{\"address\": 1, \"type\": \"T\", \"x\": ");
	for (int i = 0; i < 100000; i++)
		buffer_put_char(&line, '[');
	struct dump_parser p;
	dump_parser_init(&p);
	struct dump_object o;
	struct dump_fault fault;
	assert_int_equal(dump_parse(&p, line.data, line.len, &o, &fault), DUMP_BAD);
	assert_string_equal(fault.reason, "nested too deeply");
	dump_parser_fini(&p);
	buffer_fini(&line);
}

static void test_headers_and_blanks_are_no_objects(void **state)
{
	(void)state;
	struct dump_parser p;
	dump_parser_init(&p);
	struct dump_object o;
	struct dump_fault fault;
	assert_int_equal(
		parse(&p, "{\"memsee_dump\": 1, \"python\": \"3.12\"}", &o, &fault),
		DUMP_HEADER);
	assert_int_equal(parse(&p, " \t\r", &o, &fault), DUMP_BLANK);
	assert_int_equal(parse(&p, "", &o, &fault), DUMP_BLANK);
	dump_parser_fini(&p);
}

/* --- the scanner against yajl --------------------------------------------------------
 */

static bool same_text(struct dump_text a, struct dump_text b)
{
	return (a.data == NULL) == (b.data == NULL) && a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static bool same_object(const struct dump_object *a, const struct dump_object *b)
{
	return a->address == b->address && same_text(a->type, b->type) &&
	       same_text(a->name, b->name) && same_text(a->value, b->value) &&
	       same_text(a->repr, b->repr) && a->size == b->size && a->len == b->len &&
	       a->has_size == b->has_size && a->has_len == b->has_len &&
	       a->value_is_number == b->value_is_number && a->ref_count == b->ref_count &&
	       a->surrogates == b->surrogates && same_text(a->labels, b->labels) &&
	       same_text(a->root, b->root) &&
	       (a->ref_count == 0 ||
		       memcmp(a->refs, b->refs, a->ref_count * sizeof *a->refs) == 0);
}

struct twins {
	struct dump_parser fast, slow;
	size_t lines, scanned;
};

/* Whatever the scanner takes, yajl takes, and the same. */
static void compare(struct twins *t, const char *line, size_t len)
{
	struct dump_object a, b, only;
	struct dump_fault fault;
	t->lines++;
	if (!dump_scan(&t->fast, line, len, &only))
		return;
	t->scanned++;
	enum dump_kind fast = dump_parse(&t->fast, line, len, &a, &fault);
	enum dump_kind slow = dump_parse(&t->slow, line, len, &b, &fault);
	if (fast != DUMP_OBJECT || slow != DUMP_OBJECT || !same_object(&a, &b))
		fail_msg("%.*s", (int)len, line);
}

/* Changes some bytes, mostly to what means something in JSON. */
static void mutate(uint64_t *seed, const char *line, size_t len, struct buffer *out)
{
	static const char likely[] = "\"\\{}[]:, 0123456789-+.eEu\xc3\xed\x1f\x7f/dD8n";
	buffer_clear(out);
	buffer_put(out, line, len);
	for (uint64_t n = 1 + random_below(seed, 3); n > 0 && out->len > 1; n--) {
		size_t at = random_below(seed, out->len);
		char byte = likely[random_below(seed, sizeof likely - 1)];
		switch (random_below(seed, 3)) {
		case 0:
			out->data[at] = byte;
			break;
		case 1:
			memmove(out->data + at, out->data + at + 1, out->len - at - 1);
			out->len--;
			break;
		default:
			buffer_put_char(out, 0);
			memmove(out->data + at + 1, out->data + at, out->len - at - 1);
			out->data[at] = byte;
		}
	}
}

/* An allocation of exactly the line, so that looking beyond it shows. */
static void compare_exactly(struct twins *t, const char *line, size_t len)
{
	char *copy = malloc(len + 1);
	assert_non_null(copy);
	memcpy(copy, line, len);
	char *exact = realloc(copy, len == 0 ? 1 : len);
	assert_non_null(exact);
	compare(t, exact, len);
	free(exact);
}

static void compare_file(struct twins *t, const char *name, unsigned mutants)
{
	const char *folder = getenv("MEMSEE_DATA");
	char path[4096];
	snprintf(
		path, sizeof path, "%s/%s", folder == NULL ? "tests/data" : folder, name);
	struct error err = ERROR_INIT;
	struct stream *s = stream_open(path, STREAM_LIMITS_DEFAULT, &err);
	assert_non_null(s);
	struct buffer all = BUFFER_INIT, mutant = BUFFER_INIT;
	ptrdiff_t got = 1;
	while (got > 0) {
		char *to = buffer_reserve(&all, 1 << 16);
		got = stream_read(s, to, 1 << 16, &err);
		all.len += (size_t)got;
	}
	stream_close(s);
	uint64_t seed = 42;
	const char *end = all.data + all.len;
	for (const char *at = all.data; at < end;) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((next == NULL ? end : next) - at);
		compare_exactly(t, at, len);
		for (unsigned i = 0; i < mutants && len < 4096; i++) {
			mutate(&seed, at, len, &mutant);
			compare_exactly(t, mutant.data, mutant.len);
		}
		at = next == NULL ? end : next + 1;
	}
	buffer_fini(&all);
	buffer_fini(&mutant);
}

static void check_label(const char **at, const char *end, const char *wanted)
{
	struct buffer room = BUFFER_INIT;
	struct dump_text name;
	assert_int_not_equal(dump_labels_next(at, end, &room, &name), DUMP_LABEL_END);
	assert_int_equal(name.data != NULL, wanted != NULL);
	if (wanted != NULL) {
		assert_int_equal(name.len, strlen(wanted));
		assert_memory_equal(name.data, wanted, name.len);
	}
	buffer_fini(&room);
}

static void test_labels_are_gone_through_one_by_one(void **state)
{
	(void)state;
	static const char line[] =
		"{\"address\": 1, \"type\": \"t\", \"size\": 2, \"refs\": [3, 4, 5], "
		"\"labels\": [\".a\", null, \"['\\u00e9\\\"\\ud800']\"], \"root\": "
		"\"x\"}";
	struct dump_object o;
	struct dump_fault fault;
	for (int way = 0; way < 2; way++) {
		struct dump_parser p;
		dump_parser_init(&p);
		p.yajl_only = way == 1;
		assert_true(way == 1 || dump_scan(&p, line, sizeof line - 1, &o));
		assert_int_equal(
			dump_parse(&p, line, sizeof line - 1, &o, &fault), DUMP_OBJECT);
		assert_memory_equal(o.root.data, "x", o.root.len);
		const char *at = o.labels.data, *end = at + o.labels.len;
		check_label(&at, end, ".a");
		check_label(&at, end, NULL);
		check_label(&at, end, "['\xc3\xa9\"\xef\xbf\xbd']");
		struct dump_text name;
		struct buffer room = BUFFER_INIT;
		assert_int_equal(
			dump_labels_next(&at, end, &room, &name), DUMP_LABEL_END);
		buffer_fini(&room);
		dump_parser_fini(&p);
	}
}

static void test_labels_that_are_none_end_at_once(void **state)
{
	(void)state;
	static const char *const lists[] = { "", "[", "[]", "[-1]", "[nul", "[\"", "[\"a",
		"[\"\\", "[\"\\x\"]", "x", " [ \"\x01\"]" };
	struct buffer room = BUFFER_INIT;
	struct dump_text name;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char *at = lists[i];
		assert_false(
			dump_labels_next(&at, lists[i] + strlen(lists[i]), &room, &name));
	}
	buffer_fini(&room);
}

static void test_scanner_and_yajl_agree_on_real_lines(void **state)
{
	(void)state;
	struct twins t = { 0 };
	dump_parser_init(&t.fast);
	dump_parser_init(&t.slow);
	t.slow.yajl_only = true;
	compare_file(&t, "leaky_py27_0.json.gz", 0);
	compare_file(&t, "leaky_py310_0.json.gz", 0);
	compare_file(&t, "aborted_py310.json.gz", 0);
	compare_file(&t, "dumper_py27.json", 0);
	compare_file(&t, "dumper_py313.json", 0);
	/* All but the torn line, our dumper's first lines and integers of 19 digits are
	 * for the scanner. */
	assert_in_range(t.scanned, t.lines - 20, t.lines - 1);
	compare_file(&t, "hazard_astral_py27.json", 0);
	dump_parser_fini(&t.fast);
	dump_parser_fini(&t.slow);
}

/* memsee's own dumper adds two keys. */
static void test_scanner_and_yajl_agree_on_labels(void **state)
{
	(void)state;
	static const char line[] = "{\"address\": 140, \"type\": \"dict\", \"size\": "
				   "232, \"refs\": [1, 2, 3], "
				   "\"labels\": [null, \"['k\\u00e9\\ud800']\", "
				   "\".attr\"], \"root\": \"module table\"}";
	struct twins t = { 0 };
	dump_parser_init(&t.fast);
	dump_parser_init(&t.slow);
	t.slow.yajl_only = true;
	compare_exactly(&t, line, sizeof line - 1);
	assert_int_equal(t.scanned, 1);
	struct buffer mutant = BUFFER_INIT;
	uint64_t seed = 7;
	for (int i = 0; i < 50000; i++) {
		mutate(&seed, line, sizeof line - 1, &mutant);
		compare_exactly(&t, mutant.data, mutant.len);
	}
	assert_in_range(t.scanned, t.lines / 20, t.lines - t.lines / 20);
	buffer_fini(&mutant);
	dump_parser_fini(&t.fast);
	dump_parser_fini(&t.slow);
}

static void test_scanner_and_yajl_agree_on_mutations(void **state)
{
	(void)state;
	struct twins t = { 0 };
	dump_parser_init(&t.fast);
	dump_parser_init(&t.slow);
	t.slow.yajl_only = true;
	compare_file(&t, "strings_py27.json", 200);
	compare_file(&t, "strings_py310.json", 200);
	compare_file(&t, "tiny_py310.json", 100);
	compare_file(&t, "dumper_py313.json", 200);
	/* The mutants must be worth something to both. */
	assert_in_range(t.scanned, t.lines / 20, t.lines - t.lines / 20);
	dump_parser_fini(&t.fast);
	dump_parser_fini(&t.slow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_takes_every_field),
		cmocka_unit_test(test_missing_and_null_are_the_same),
		cmocka_unit_test(test_strings_are_decoded_exactly),
		cmocka_unit_test(test_numbers_reach_both_ends_of_64_bits),
		cmocka_unit_test(test_bad_lines_say_why),
		cmocka_unit_test(test_nesting_is_bounded),
		cmocka_unit_test(test_headers_and_blanks_are_no_objects),
		cmocka_unit_test(test_labels_are_gone_through_one_by_one),
		cmocka_unit_test(test_labels_that_are_none_end_at_once),
		cmocka_unit_test(test_scanner_and_yajl_agree_on_real_lines),
		cmocka_unit_test(test_scanner_and_yajl_agree_on_mutations),
		cmocka_unit_test(test_scanner_and_yajl_agree_on_labels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
