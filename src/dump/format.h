/* SPDX-License-Identifier: MIT */
/* format - what a kind of heap dump is.
 *
 * Each format is a reader of its own and a line in the table of load/formats.c.  A reader
 * is given the bytes of a dump (dump/input.h) and hands what it finds to a sink, one
 * object after the other.
 *
 * Objects in lines of JSON, as meliae and memsee's own dumper write them, have no reader
 * here: load_read takes them apart on several threads. */
#ifndef MEMSEE_DUMP_FORMAT_H
#define MEMSEE_DUMP_FORMAT_H

#include "base/cell.h"
#include "dump/dump.h"
#include "dump/input.h"
#include "dump/runtime.h"

#include <signal.h>

/* Where a reader's findings go.  Each call copies what it keeps.  False ends the reading,
 * the error is set then: out of memory, interrupted, or damage with --strict. */
struct dump_sink {
	/* An object.  `line` is its line in a dump made of lines, else its number, from
	 * 1; never less than the last.  A missing `repr` is made of the type, the name
	 * and the value. */
	bool (*object)(void *data, uint64_t line, const struct dump_object *o,
		struct error *err);
	/* `len` bytes that could not be read, and why. */
	bool (*reject)(void *data, uint64_t line, size_t len,
		const struct dump_fault *fault, struct error *err);
	/* Something about the process or the dump, for the table read_log: see
	 * load/load_log.h for the names. */
	bool (*fact)(void *data, const char *name, struct cell value, struct error *err);
	/* Lines for the user about what was found besides: files that are missing. */
	bool (*note)(void *data, const char *lines, struct error *err);
	/* The dump ended before its time: a static text, "the last record breaks off". */
	bool (*torn)(void *data, const char *why, struct error *err);
	void *data;
};

/* What the user told about a dump. */
struct dump_options {
	const char *sysroot; /* where the files of a dumped process lie; NULL: at / */
	size_t memory;       /* bytes to stay within, 0: no limit */
	const char *process; /* what to read in place of bytes: attach/format_process.h */
	const char *way;     /* and how: "copy", "fork", NULL for what suits */
	const volatile sig_atomic_t *cancel; /* give up once this is set; may be NULL */
};

struct dump_format {
	const char *name;  /* as in `read NAME:FILE` */
	const char *title; /* "a V8 heap snapshot" */
	const struct runtime *runtime;
	/* Do these first bytes begin such a dump?  `len` may be 0. */
	bool (*recognise)(const unsigned char *head, size_t len);
	/* Takes the whole dump apart.  NULL: lines of JSON, or what is not read. */
	bool (*read)(struct dump_input *in, struct dump_sink *sink,
		const struct dump_options *options, struct error *err);
	/* What to do to get a dump that is read; NULL when this one is. */
	const char *advice;
};

#endif
