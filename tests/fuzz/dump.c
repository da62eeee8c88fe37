/* SPDX-License-Identifier: MIT */
/* The line of a dump: the scanner and yajl agree on whatever the scanner accepts, and
 * what is taken lies within bounds. */
#include "dump/dump.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_text(struct dump_text a, struct dump_text b)
{
	fuzz_check((a.data == NULL) == (b.data == NULL));
	fuzz_check(a.len == b.len);
	fuzz_check(a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static void check_equal(const struct dump_object *a, const struct dump_object *b)
{
	fuzz_check(a->address == b->address && a->address > 0);
	check_text(a->type, b->type);
	check_text(a->name, b->name);
	check_text(a->value, b->value);
	check_text(a->repr, b->repr);
	fuzz_check(a->has_size == b->has_size && a->has_len == b->has_len);
	fuzz_check(!a->has_size || a->size == b->size);
	fuzz_check(!a->has_len || a->len == b->len);
	fuzz_check(a->value_is_number == b->value_is_number);
	fuzz_check(a->surrogates == b->surrogates);
	fuzz_check(a->ref_count == b->ref_count);
	for (size_t i = 0; i < a->ref_count; i++)
		fuzz_check(a->refs[i] == b->refs[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *line = (const char *)data;
	struct dump_parser scan, json;
	struct dump_object quick, slow;
	struct dump_fault fault;
	dump_parser_init(&scan);
	dump_parser_init(&json);
	json.yajl_only = true;
	enum dump_kind kind = dump_parse(&json, line, size, &slow, &fault);
	if (kind == DUMP_BAD)
		fuzz_check(memchr(fault.reason, '\0', sizeof fault.reason) != NULL);
	bool scanned = dump_scan(&scan, line, size, &quick);
	fuzz_check(!scanned || kind == DUMP_OBJECT);
	fuzz_check(dump_parse(&scan, line, size, &quick, &fault) == kind);
	if (kind == DUMP_OBJECT)
		check_equal(&quick, &slow);
	dump_parser_fini(&scan);
	dump_parser_fini(&json);
	return 0;
}
