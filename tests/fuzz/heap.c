/* SPDX-License-Identifier: MIT */
/* Whole heaps through every command about the graph: objects with labels, roots, cycles,
 * dangling references, a header, and then tables that somebody else has written to.  What
 * different commands say of the same heap must agree. */
#include "tests/fuzz/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The fuzzer's bytes, taken one after the other; 0 behind the last. */
struct input {
	const uint8_t *at, *end;
};

static unsigned take(struct input *in, unsigned below)
{
	unsigned byte = in->at < in->end ? *in->at++ : 0;
	return byte % below;
}

#define PICK(in, list) ((list)[take(in, sizeof(list) / sizeof *(list))])

static const char *const types[] = { "dict", "list", "tuple", "set", "str", "int", "type",
	"module", "frame", "function", "cell", "Node", "Leak", "weakref", "frozenset",
	"mappingproxy", "\\u00e9\\ud800", "" };
static const char *const labels[] = { "null", "\"['key']\"", "\"[0]\"", "\".__dict__\"",
	"\".__class__\"", "\"<key 1>\"", "\"{3}\"", "\"['\\u00e9\\u00e9']\"", "\"\"",
	"\"['__main__']\"", "\".f_back\"", "\"[u'\"" };
static const char *const roots[] = { "module table", "interpreter", "thread frame",
	"static type", "singleton", "interned", "\\u0000" };
static const char *const sizes[] = { "0", "1", "48", "4096", "-1", "9223372036854775807",
	"-9223372036854775808", "4294967296" };
static const char *const marks[] = { "0", "1", "2", "4294967294", "4294967295",
	"9223372036854775807", "-5", "1.5", "'x'", "null", "x'00'" };
static const char *const odd[] = {
	"insert into ref values (null, 16)",
	"insert into ref values ('x', 'y')",
	"insert into ref values (16, 16)",
	"insert into ref values (1.5, 32)",
	"insert into ref values (0, 48)",
	"insert into obj (address, type, size) values (-7, null, 'big')",
	"insert into obj (address, type, size) values (9223372036854775807, x'00', 9e9)",
	"insert into obj (address) values (0)",
	"update obj set len = -1, name = x'ff', value = 3.5",
	"update obj set size = null where address % 32 = 0",
	"delete from ref where parent = 0",
	"delete from obj where address % 48 = 0",
	"roots address % 32 = 0",
	"roots original",
	"roots natural",
	"pin address = 48",
	"gen 1",
	"gen none",
	"!create table low_priority (parent text, child text)",
	"insert into low_priority values ('*', 'dict'), (null, 3)",
};

static const char *const questions[] = {
	"select count(*), sum(depth) from reachable(0)",
	"select * from children(16)",
	"select * from parents(16)",
	"select * from dominated(16)",
	"select * from path(0, 48)",
	"select * from dominators",
	"path from \"address in 0&\" to \"address = 48\" first 3",
	"path from \"1\" to \"type = 'Leak'\" disjoint",
	"path from \"address in 0&\" to \"address = 64\" reversed prioritized",
	"path from \"address = 16\" to \"address = 16\" all",
	"paths to \"type = 'Leak'\"",
	"paths from \"1\" to \"1\" plain",
	"signatures to \"1\"",
	"dominators top 5",
	"dominators of \"type = 'dict'\"",
	"retained of \"address % 32 = 0\"",
	"owners depth 4 percent 0",
	"owned of \"1\" skipping \"dict list\"",
	"cycles",
	"garbage",
	"ancestor_types address = 48",
	"kids 16",
	"parents 48",
	"info 16",
	"roots",
	"folded",
	"stats",
	"diff 1 2",
	"diff 1 2 by owner",
	"diff 1 2 by signature",
	"diff 1 2 by address",
	"trend by owner",
	"trend of bytes by signature",
	"leaks min count 0 min share 0",
	"expect growth of \"1\" in bytes >= -1e300",
};

/* What must be so of every heap; a check that fails aborts. */
static const char *const truths[] = {
	"expect select count(*) from dominators = (select count(*) from reachable(0))",
	"expect empty select address from dominators except select address from "
	"reachable(0)",
	"expect empty select 1 from dominators where dominator <> 0 and dominator not in "
	"(select address from dominators)",
	"expect empty select 1 from reachable(0) a where depth > 0 and not exists "
	"(select 1 "
	"from ref r join reachable(0) b on b.address = r.parent where r.child = "
	"a.address "
	"and b.depth = a.depth - 1)",
	"expect select count(*) from dominated(0) = (select count(*) from dominators)",
};

static void run(struct fuzz_session *f, const char *text)
{
	fuzz_check(fuzz_session_run(f, text, strlen(text)));
}

static void put_references(struct buffer *out, struct input *in)
{
	unsigned n = take(in, 8), named = take(in, 4);
	buffer_put_text(out, ", \"refs\": [");
	for (unsigned i = 0; i < n; i++)
		buffer_printf(out, "%s%u", i == 0 ? "" : ", ", 16 * (1 + take(in, 40)));
	buffer_put_char(out, ']');
	/* Fewer or more labels than references are no dumper's, but may come. */
	unsigned count = named == 0 || n + named < 2 ? 0 : n + named - 2;
	for (unsigned i = 0; i < count; i++)
		buffer_printf(
			out, "%s%s", i == 0 ? ", \"labels\": [" : ", ", PICK(in, labels));
	if (count > 0)
		buffer_put_char(out, ']');
}

static void put_object(struct buffer *out, struct input *in, unsigned number)
{
	buffer_printf(out, "{\"address\": %u, \"type\": \"%s\", \"size\": %s",
		16 * number, PICK(in, types), PICK(in, sizes));
	unsigned more = take(in, 16);
	if ((more & 1) != 0)
		buffer_printf(out, ", \"name\": \"name%u\"", take(in, 4));
	if ((more & 2) != 0)
		buffer_printf(out, ", \"len\": %u", take(in, 9));
	if ((more & 4) != 0)
		buffer_printf(out, ", \"value\": \"value%u\\u0000\"", take(in, 4));
	put_references(out, in);
	if ((more & 8) != 0)
		buffer_printf(out, ", \"root\": \"%s\"", PICK(in, roots));
	buffer_put_text(out, "}\n");
}

/* The objects that the second dump has of the first are the same by their place. */
static int put_dump(struct input *in, unsigned minute, char path[64])
{
	struct buffer dump = BUFFER_INIT;
	unsigned count = 1 + take(in, 40);
	if (take(in, 3) > 0)
		buffer_printf(&dump,
			"{\"memsee_dump\": 1, \"python\": \"3.1%u\", \"implementation\": "
			"\"CPython\", \"pid\": %u, \"time\": \"2026-01-01T00:0%u:00Z\", "
			"\"argv\": [\"a\"], \"rss\": 1}\n",
			take(in, 3), take(in, 2), minute);
	for (unsigned i = 1; i <= count; i++)
		put_object(&dump, in, take(in, 30) == 0 ? 1 : i);
	fuzz_check(!dump.failed);
	int fd = fuzz_file((const uint8_t *)dump.data, dump.len, path);
	buffer_fini(&dump);
	return fd;
}

/* Every question, and what must be so. */
static void ask(struct fuzz_session *f)
{
	for (size_t i = 0;
		fuzz_timed_out == 0 && i < sizeof questions / sizeof *questions; i++)
		run(f, questions[i]);
	for (size_t i = 0; fuzz_timed_out == 0 && i < sizeof truths / sizeof *truths; i++)
		run(f, truths[i]);
}

static void disturb(struct fuzz_session *f, struct input *in)
{
	char sql[128];
	for (unsigned n = take(in, 4); n > 0; n--)
		run(f, PICK(in, odd));
	snprintf(sql, sizeof sql, "update obj set mark = %s where address %% %u = 0",
		PICK(in, marks), 16 * (1 + take(in, 8)));
	run(f, sql);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const targets[] = { "markdown:/dev/null", "dot:/dev/null",
		NULL };
	struct input in = { data, data + size };
	char path[2][64], read[160];
	const int fd[] = { put_dump(&in, 1, path[0]), put_dump(&in, 2, path[1]) };
	bool checks_hold = true;
	struct fuzz_session f;
	fuzz_session_init(&f, 1000);
	fuzz_session_begin(&f, targets, 10, &checks_hold);
	snprintf(read, sizeof read, "read %s %s", path[0], path[1]);
	run(&f, "default accept damaged");
	run(&f, read);
	/* Nobody else opens this database: no need to lock it for every question. */
	run(&f, "!pragma locking_mode = exclusive");
	ask(&f);
	disturb(&f, &in);
	ask(&f);
	run(&f, "continue_gc force");
	run(&f, "gc force");
	ask(&f);
	fuzz_session_end(&f);
	close(fd[0]);
	close(fd[1]);
	return 0;
}
