/* SPDX-License-Identifier: MIT */
/* load - reads a heap dump into the database, as a new generation.
 *
 * The dump has meliae's format, one object per line, or the same objects in one JSON
 * array, or one of the other formats of dump/format.h.  It is plain, gzip or zstd, a file
 * or standard input.  All or nothing: on failure, and when interrupted, the database
 * stays as it was.
 *
 * Bad lines are skipped, counted and reported.  A dump in which most lines are bad is
 * refused.  dump.h says which lines are bad, heap.h has the order of rows.  Limits: a
 * line of LOAD_LINE_MAX bytes, an object of 10^9 bytes in the database, 2^32 - 2 objects
 * and references together. */
#ifndef MEMSEE_LOAD_LOAD_H
#define MEMSEE_LOAD_LOAD_H

#include "base/progress.h"
#include "base/siphash.h"
#include "base/stream.h"
#include "dump/format.h"
#include "load/heap.h"
#include "load/load_facts.h"
#include "store/db.h"
#include "store/unfinished.h"

#include <signal.h>

#define LOAD_LINE_MAX ((size_t)1 << 30)

struct load_options {
	bool strict;      /* fail at the first damage, and at clashes */
	unsigned threads; /* 0: as many as there are processors */
	size_t memory;    /* memory limit in bytes, 0: none; see below */
	bool ordinary;    /* fill the tables by `insert` even if bulk is possible */
	size_t block;     /* bytes read at a time, 0: LOAD_BLOCK; for tests */
	const struct dump_format *format; /* NULL: recognise it */
	const char *sysroot;              /* see dump/format.h */
	const char *way;                  /* likewise, for a process */
	struct stream_limits limits;
	enum progress_mode progress;         /* on standard error */
	const volatile sig_atomic_t *cancel; /* give up once this is set; may be NULL */
	const struct siphash_key *redact;    /* values are replaced; NULL: kept */
	/* The command that this dump is one of several of; NULL: it is alone. */
	struct unfinished *together;
	/* Receives the heap once it is in the tables; the caller gives it to heap_free().
	 * NULL: it is released.  Receives NULL if temporary files were used. */
	struct heap **keep;
};

#define LOAD_BLOCK ((size_t)4 << 20)

/* The fast way needs about as much memory as the dump has bytes: 110 for an object of
 * 134. With options->memory, SQLite sorts a larger dump in temporary files, with caches
 * of half of that memory, plus one block per thread and the longest line.  A packed dump
 * counts 16 times its size, and one of unknown size is always too large.  This makes the
 * same rows but takes at least ten times as long. */

#define LOAD_OPTIONS_DEFAULT                                                             \
	((struct load_options){                                                          \
		.limits = STREAM_LIMITS_DEFAULT, .progress = PROGRESS_AUTO })

/* What was read, and what was not. */
struct load_report {
	char *file;         /* owned: the name as given */
	const char *format; /* "plain", "gzip" or "zstd" */
	int64_t generation;
	uint64_t bytes;      /* of the dump, unpacked */
	uint64_t lines;      /* or the elements of a JSON array */
	uint64_t objects;    /* in the database now */
	uint64_t references; /* of these objects */
	int64_t size;        /* of these objects together; saturates */
	int64_t size_read;   /* the same for all lines, with repeats */
	uint64_t top;        /* objects that nothing refers to */
	uint64_t dangling, dangling_targets;
	uint64_t surrogates; /* unpaired, replaced by U+FFFD */
	uint64_t repeats;    /* identical objects at an address that had one */
	uint64_t clash_count;
	struct heap_clash clashes[HEAP_FAULTS_MAX]; /* the first few */
	uint64_t rejected;
	struct heap_fault faults[HEAP_FAULTS_MAX]; /* the first few */
	bool torn_line;                            /* the last line breaks off */
	const char *torn;                          /* why the data ended early, or NULL */
	bool redacted;                             /* values were replaced */
	struct load_facts facts;                   /* about the process and the dump */
	struct buffer notes; /* the reader's own lines for the user */
	char *header; /* owned: the dumper's description of itself, JSON; or NULL */
};

/* Reads `path` ("-" is standard input) into `db`, which has memsee's schema.  Fills
 * `*report`, on failure as far as it got; always give it to load_report_fini().  Fails
 * with STATUS_DATA. */
bool load_dump(struct db *db, const char *path, const struct load_options *options,
	struct load_report *report, struct error *err);

void load_report_fini(struct load_report *report);

/* Appends a line for each thing that a user should know beyond the counts:
 * "dump.json:17:3: invalid char in json text", "2 objects …".  Appends nothing for a good
 * dump.  Dangling references and identical repeats, which every real dump has, appear
 * only if `verbose`. */
void load_report_notes(
	const struct load_report *report, bool verbose, struct buffer *out);

#endif
