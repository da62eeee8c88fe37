/* SPDX-License-Identifier: MIT */
/* A core file: bytes as they come, and a real core with words of it replaced, among them
 * pointers from anywhere to anywhere.  Whatever comes of it, the reading ends, and what
 * is told lies within bounds. */
#include "cpython/core.h"
#include "cpython/cpython.h"
#include "dump/format.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* The core is known by the path of the test data: see Makefile.am. */
struct base {
	uint8_t *data; /* NULL: could not be read */
	size_t size;
	bool tried;
};

static const struct base *the_base(void)
{
	static struct base base;
	const unsigned char *data;
	size_t size;
	if (base.tried)
		return &base;
	base.tried = true;
	struct dump_input *in = dump_input_open(FUZZ_CORE, STREAM_LIMITS_DEFAULT, NULL);
	if (in != NULL && dump_input_map(in, &data, &size, NULL)) {
		base.data = malloc(size);
		base.size = base.data == NULL ? 0 : size;
		if (base.data != NULL)
			memcpy(base.data, data, size);
	}
	dump_input_close(in);
	return &base;
}

static bool take_object(
	void *data, uint64_t line, const struct dump_object *o, struct error *err)
{
	uint64_t *told = data;
	(void)err;
	fuzz_check(line > *told && o->address > 0 && o->type.len > 0 && o->size >= 0);
	fuzz_check(o->labels.len == 0 || o->labels.data[0] == '[');
	for (size_t i = 0; i < o->ref_count; i++)
		fuzz_check(o->refs[i] > 0);
	*told = line;
	return true;
}

static bool take_fact(void *data, const char *name, struct cell value, struct error *err)
{
	(void)data, (void)value, (void)err;
	fuzz_check(name[0] != '\0');
	return true;
}

static bool take_text(void *data, const char *text, struct error *err)
{
	(void)data, (void)err;
	fuzz_check(text[0] != '\0');
	return true;
}

static void read_core(const uint8_t *data, size_t size)
{
	const struct core_bytes core = { .name = "core", .data = data, .size = size };
	struct error err = ERROR_INIT;
	struct memory m;
	uint64_t told = 0;
	bool torn;
	struct dump_sink sink = { .object = take_object,
		.fact = take_fact,
		.note = take_text,
		.torn = take_text,
		.data = &told };
	memory_init(&m);
	bool ok = core_read(&m, &core, &torn, &err) &&
		  memory_fill(&m, "/nowhere", &err) &&
		  cpython_read(&m, "core", &sink, &err);
	fuzz_check(ok == (err.status == STATUS_OK));
	memory_fini(&m);
}

/* 12 bytes: where, and a word to put there; its lowest bits say what it is. */
static void patch(uint8_t *core, size_t size, const uint8_t *said)
{
	uint32_t where;
	uint64_t word, at;
	memcpy(&where, said, sizeof where);
	memcpy(&word, said + 4, sizeof word);
	size_t place = where % (size / 8) * 8;
	switch (word & 3) {
	case 0:
		break;
	case 1: /* what stands elsewhere: mostly a pointer */
		memcpy(&word, core + (word >> 2) % (size / 8) * 8, sizeof word);
		break;
	case 2: /* near what stands here */
		memcpy(&at, core + place, sizeof at);
		word = at + (word >> 2 & 0xfff) * 8 - 0x4000;
		break;
	default: /* one bit */
		memcpy(&at, core + place, sizeof at);
		word = at ^ UINT64_C(1) << (word >> 2 & 63);
	}
	memcpy(core + place, &word, sizeof word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { PATCH = 12 };
	const struct base *base = the_base();
	if (core_recognise(data, size) || base->data == NULL) {
		read_core(data, size);
		return 0;
	}
	uint8_t *copy = malloc(base->size);
	if (copy == NULL)
		return 0;
	memcpy(copy, base->data, base->size);
	for (size_t i = 0; i + PATCH <= size; i += PATCH)
		patch(copy, base->size, data + i);
	read_core(copy, base->size);
	free(copy);
	return 0;
}
