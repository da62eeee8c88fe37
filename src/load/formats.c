/* SPDX-License-Identifier: MIT */
#include "load/formats.h"

#include "cpython/format_core.h"
#include "foreign/hprof.h"
#include "foreign/php.h"
#include "foreign/ruby.h"
#include "foreign/v8.h"

#include <assert.h>
#include <string.h>

#define BEGINS(text)                                                                     \
	(len >= sizeof(text) - 1 && memcmp(head, text, sizeof(text) - 1) == 0)

/* --- known, but not read -------------------------------------------------------------
 */

static bool is_gcdump(const unsigned char *head, size_t len)
{
	return BEGINS("\x14\0\0\0!FastSerialization.1");
}

/* Protocols 2 to 5.  The file of tracemalloc's Snapshot.dump() names its module early. */
static bool is_pickle(const unsigned char *head, size_t len)
{
	return len > 1 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5;
}

static bool is_tracemalloc(const unsigned char *head, size_t len)
{
	return is_pickle(head, len) && memmem(head, len, "tracemalloc", 11) != NULL;
}

/* Its magic number, 123,000,321, in 8 bytes. */
static bool is_pyheap(const unsigned char *head, size_t len)
{
	return BEGINS("\0\0\0\0\x07\x54\xd6\x01") || BEGINS("\x01\xd6\x54\x07\0\0\0\0");
}

#define DUMPER "see 'memsee --print-dumper'"

/* In the order in which they are tried. */
static const struct dump_format dump_formats[] = {
	{ "core", "a core file", &runtime_cpython, NULL, format_core_recognise,
		format_core_read, NULL },
	{ "tracemalloc", "a snapshot of tracemalloc", &runtime_cpython, NULL,
		is_tracemalloc, NULL,
		"it records allocations, not objects; dump the objects: " DUMPER },
	{ "pickle", "a Python pickle", &runtime_cpython, NULL, is_pickle, NULL,
		"dump the objects of the process: " DUMPER },
	{ "memray", "a file of memray", &runtime_cpython, "memray", NULL, NULL,
		"it records allocations, not objects; dump the objects: " DUMPER },
	{ "pyheap", "a dump of pyheap", &runtime_cpython, NULL, is_pyheap, NULL,
		"dump the process with memsee's own dumper: " DUMPER },
	{ "gcdump", "a .NET gcdump", &runtime_other, NULL, is_gcdump, NULL,
		"'dotnet-gcdump report FILE' shows it; memsee reads no dump of .NET" },
	{ "erlang", "an Erlang crash dump", &runtime_other, "=erl_crash_dump:", NULL,
		NULL, "'crashdump_viewer' shows it; memsee reads no dump of Erlang" },
	{ "heapsnapshot", "a V8 heap snapshot", &runtime_v8, NULL, v8_recognise, v8_read,
		NULL },
	{ "hprof", "a heap dump of a Java virtual machine", &runtime_jvm, NULL,
		hprof_recognise, hprof_read, NULL },
	{ "ruby", "a dump of Ruby's ObjectSpace", &runtime_ruby, NULL, ruby_recognise,
		ruby_read, NULL },
	{ "php-meminfo", "a dump of php-meminfo", &runtime_php, NULL, php_recognise,
		php_read, NULL },
	{ "python", "lines of JSON, as meliae and memsee's dumper write them",
		&runtime_cpython, "", NULL, NULL, NULL }, /* any other bytes */
};

const struct dump_format *dump_format_recognise(const unsigned char *head, size_t len)
{
	const struct dump_format *f = dump_formats;
	/* The last format has no first bytes, so every dump has one. */
	for (;; f++) {
		assert(f < dump_formats + sizeof dump_formats / sizeof *dump_formats);
		size_t n = f->begins == NULL ? 0 : strlen(f->begins);
		if (f->begins == NULL ? f->recognise(head, len)
				      : len >= n && memcmp(head, f->begins, n) == 0)
			return f;
	}
}

const struct dump_format *dump_format_split(const char *word, const char **file)
{
	const size_t count = sizeof dump_formats / sizeof *dump_formats;
	for (const struct dump_format *f = dump_formats; f < dump_formats + count; f++) {
		size_t len = strlen(f->name);
		if (strncmp(word, f->name, len) == 0 && word[len] == ':') {
			*file = word + len + 1;
			return f;
		}
	}
	*file = word;
	return NULL;
}

bool dump_format_refuse(
	const struct dump_format *format, const char *path, struct error *err)
{
	assert(format->read == NULL && format->advice != NULL);
	return error_set(err, STATUS_DATA, "'%s' is %s, which is not read: %s", path,
		format->title, format->advice);
}
