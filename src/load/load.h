/* SPDX-License-Identifier: MIT */
/* load - a heap dump into the database, as a new generation.
 *
 * The dump is what meliae writes, one object a line, or the same objects in one JSON
 * array, or one of the other formats of dump/format.h; plain, gzip or zstd; a file or
 * standard input.  All or nothing: on failure, and when interrupted, the database is what
 * it was.
 *
 * Whatever can be read is taken.  Lines that cannot are skipped, counted and told;
 * a dump of which they are most is refused.  See dump.h for what makes a line bad, heap.h
 * for the order of rows.  Limits: a line of LOAD_LINE_MAX bytes, an object of 10^9 bytes
 * in the database, 2^32 - 2 objects and references together. */
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
	bool strict;      /* refuse at the first damage, and at clashes */
	unsigned threads; /* 0: as many as there are processors */
	size_t memory;    /* bytes to stay within, 0: no limit; see below */
	bool ordinary;    /* fill the tables by `insert`, whatever the database allows */
	size_t block;     /* bytes read at a time, 0: LOAD_BLOCK; for tests */
	const struct dump_format *format; /* NULL: as the dump begins */
	const char *sysroot;              /* see dump/format.h */
	const char *way;                  /* likewise, of a process */
	struct stream_limits limits;
	enum progress_mode progress;         /* on standard error */
	const volatile sig_atomic_t *cancel; /* give up once this is set; may be NULL */
	const struct siphash_key *redact;    /* values are replaced; NULL: kept */
	/* The command that this dump is one of several of; NULL: it is alone. */
	struct unfinished *together;
	/* Where to leave what was read, for heap_free(), once it is in the tables; NULL:
	 * it is released.  NULL is left when it was sorted in temporary files. */
	struct heap **keep;
};

#define LOAD_BLOCK ((size_t)4 << 20)

/* The fast way needs about as much memory as the dump has bytes, 110 for an object of
 * 134. With options->memory a dump that is larger (a packed one counts 16 times, one of
 * unknown size always) takes another way: its objects are sorted by SQLite in temporary
 * files, with caches of half of that memory; what is held besides is a block a thread and
 * the longest line.  It takes ten times as long or more, and makes the same rows. */

#define LOAD_OPTIONS_DEFAULT                                                             \
	((struct load_options){                                                          \
		.limits = STREAM_LIMITS_DEFAULT, .progress = PROGRESS_AUTO })

/* What was read, and what was not. */
struct load_report {
	char *file;         /* owned: as it was named */
	const char *format; /* "plain", "gzip" or "zstd" */
	int64_t generation;
	uint64_t bytes;      /* of the file as it is */
	uint64_t lines;      /* or, of a JSON array, its elements */
	uint64_t objects;    /* that are in the database now */
	uint64_t references; /* of these */
	int64_t size;        /* of these, in sum; saturates at the ends of 64 bits */
	int64_t size_read;   /* the same of all lines, repeats included */
	uint64_t top;        /* objects that nothing refers to */
	uint64_t dangling, dangling_targets;
	uint64_t surrogates; /* unpaired, replaced by U+FFFD */
	uint64_t repeats;    /* identical objects at an address that had one */
	uint64_t clash_count;
	struct heap_clash clashes[HEAP_FAULTS_MAX]; /* the first few */
	uint64_t rejected;
	struct heap_fault faults[HEAP_FAULTS_MAX]; /* the first few */
	bool torn_line;                            /* the last line breaks off */
	const char *torn;        /* why the packed data ended early, or NULL */
	bool redacted;           /* values were replaced */
	struct load_facts facts; /* of the process and the dump: what was told of them */
	struct buffer notes;     /* lines of a reader's own */
	char *header; /* owned: what the dumper says of itself, JSON; or NULL */
};

/* Reads `path` ("-" is standard input) into `db`, which has memsee's schema.  `*report`
 * is filled, also on failure as far as things got; give it to load_report_fini() in any
 * case.  Fails with STATUS_DATA. */
bool load_dump(struct db *db, const char *path, const struct load_options *options,
	struct load_report *report, struct error *err);

void load_report_fini(struct load_report *report);

/* Appends one line of text for everything in the report that a user should know beyond
 * the plain counts: "dump.json:17:3: invalid char in json text", "2 objects …".  Nothing
 * for a dump in good order.  What real dumps are full of (dangling references, identical
 * repeats) is told only if `verbose`. */
void load_report_notes(
	const struct load_report *report, bool verbose, struct buffer *out);

#endif
