/* SPDX-License-Identifier: MIT */
/* format - the interface of a heap dump format.
 *
 * Each format is a reader and a line in the table of load/formats.c.  A reader gets the
 * bytes of a dump (dump/input.h) and passes its objects to a sink, one after the other.
 *
 * The lines of JSON of meliae and of memsee's own dumper have no reader of this kind:
 * load_read reads them on several threads. */
#ifndef MEMSEE_DUMP_FORMAT_H
#define MEMSEE_DUMP_FORMAT_H

#include "base/cell.h"
#include "dump/dump.h"
#include "dump/input.h"
#include "dump/runtime.h"

#include <signal.h>

struct dump_sink;

/* Reads share `i` of a dump into `sink`, which belongs to this share. */
typedef bool dump_read_share(
	void *context, size_t i, struct dump_sink *sink, struct error *err);

/* Receives what a reader finds.  Each call copies what it keeps.  False ends the reading,
 * with the error set: out of memory, interrupted, or damage with --strict. */
struct dump_sink {
	/* An object.  `line` is its line in a dump made of lines, else its number, from
	 * 1; it never decreases.  A missing `repr` is made from the type, the name and
	 * the value. */
	bool (*object)(void *data, uint64_t line, const struct dump_object *o,
		struct error *err);
	/* `len` bytes that could not be read, and why. */
	bool (*reject)(void *data, uint64_t line, size_t len,
		const struct dump_fault *fault, struct error *err);
	/* A fact about the process or the dump, for the table read_log: load/load_log.h
	 * lists the names. */
	bool (*fact)(void *data, const char *name, struct cell value, struct error *err);
	/* Lines for the user about other findings, such as missing files. */
	bool (*note)(void *data, const char *lines, struct error *err);
	/* The dump ends too early: a static text, "the last record breaks off". */
	bool (*torn)(void *data, const char *why, struct error *err);
	/* For a reader that can begin anywhere in its dump: calls `work` for each of `n`
	 * shares, on several threads, and joins what they find in the order of the
	 * shares.  Share `i` follows line `before[i]`.  Its sink has only object() and
	 * reject().  Of several errors that of the first share is reported. */
	bool (*divide)(void *data, const uint64_t *before, size_t n,
		dump_read_share *work, void *context, struct error *err);
	void *data;
};

/* What the user said about a dump. */
struct dump_options {
	const char *sysroot; /* the root of the dumped process's files; NULL: / */
	size_t memory;       /* memory limit in bytes, 0: none */
	const char *process; /* read this instead of bytes: attach/format_process.h */
	const char *way;     /* how to read it: "copy", "fork", NULL to choose */
	const volatile sig_atomic_t *cancel; /* stop once this is set; may be NULL */
};

struct dump_format {
	const char *name;  /* as in `read NAME:FILE` */
	const char *title; /* "a V8 heap snapshot" */
	const struct runtime *runtime;
	const char *begins; /* the first bytes of every such dump; NULL: recognise() */
	/* Are these the first bytes of such a dump?  `len` may be 0. */
	bool (*recognise)(const unsigned char *head, size_t len);
	/* Reads the whole dump.  NULL for lines of JSON and for dumps that memsee does
	 * not read. */
	bool (*read)(struct dump_input *in, struct dump_sink *sink,
		const struct dump_options *options, struct error *err);
	/* How to get a dump that memsee reads; NULL if it reads this one. */
	const char *advice;
};

#endif
