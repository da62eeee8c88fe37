/* SPDX-License-Identifier: MIT */
/* heap_part - what was read of one piece of a dump, in the order of the file.
 *
 * Pieces are filled by one thread each and put together by heap.h.  Of an object are kept
 * its address, the record of its row of `obj` as SQLite stores it, and its references.
 * Line numbers count from 1 within the piece. */
#ifndef MEMSEE_LOAD_HEAP_PART_H
#define MEMSEE_LOAD_HEAP_PART_H

#include "base/arena.h"
#include "base/cell.h"
#include "dump/dump.h"
#include "load/heap_keys.h"
#include "load/heap_notes.h"

/* Of lines that could not be read, so many are remembered. */
#define HEAP_FAULTS_MAX 10

/* The columns of obj, in the order of its records. */
enum heap_column {
	HEAP_ADDRESS, /* NULL in the record: the rowid has it */
	HEAP_TYPE,
	HEAP_NAME,
	HEAP_VALUE,
	HEAP_SIZE,
	HEAP_LEN,
	HEAP_MARK,
	HEAP_REPR,
	HEAP_COLUMNS,
};

/* The record and the references end where the next object's begin; a last object of
 * address 0 closes the list. */
struct heap_object {
	int64_t address;
	uint32_t record; /* byte of `records` */
	uint32_t ref;    /* index of `refs` */
};

/* From object `object` on, lines are consecutive from `line`. */
struct heap_run {
	uint32_t object;
	uint64_t line;
};

struct heap_fault {
	uint64_t line;
	struct dump_fault what;
};

struct heap_part {
	struct heap_object *objects;
	size_t count, object_cap;
	uint8_t *records;
	size_t record_len, record_cap;
	int64_t *refs;
	size_t ref_count, ref_cap;
	struct heap_run *runs;
	size_t run_count, run_cap;
	bool settled; /* the arrays of objects, records and references are in arenas */
	struct heap_windows windows;
	struct heap_notes notes;

	uint64_t lines; /* line ends in the piece; set by the reader */
	uint64_t bytes; /* of it, likewise */
	uint64_t rejected, rejected_bytes;
	struct heap_fault faults[HEAP_FAULTS_MAX];
	uint64_t surrogates; /* replaced */
	int64_t size_high;   /* sum of the sizes: size_high * 2^32 + size_low */
	uint64_t size_low;
	uint64_t
		first_line; /* of the piece within the dump: line 1 here; set by heap.h */
	uint64_t first;     /* number of its first object within the dump, likewise */
};

/* A piece of `bytes` bytes, as far as its arrays are to have room at once for what they
 * usually hold; they grow if need be.  NULL out of memory. */
struct heap_part *heap_part_new(size_t bytes);
void heap_part_free(struct heap_part *part); /* NULL is accepted */

/* Can a database hold the object, that is 10^9 bytes at most? */
bool heap_part_fits(const struct dump_object *o);
/* Adds an object that stood in line `line`, no less than any before.  False out of
 * memory. */
bool heap_part_push(struct heap_part *part, uint64_t line, const struct dump_object *o);
/* Notes a line of `len` bytes that could not be read. */
void heap_part_reject(struct heap_part *part, uint64_t line, size_t len,
	const struct dump_fault *fault);
/* To be called when the piece is complete.  False out of memory. */
bool heap_part_close(struct heap_part *part);

/* Where the pieces of a heap keep what they hold: apart, for each is released at another
 * time. */
struct heap_store {
	struct arena objects, records, refs;
};

void heap_store_init(struct heap_store *store);
void heap_store_fini(struct heap_store *store);
/* Keeps it in files, see arena_spool(), and lets go of the memory. */
void heap_store_spool(struct heap_store *store);
void heap_store_rest(const struct heap_store *store);

/* Moves what the piece holds to the store, unless it is very large: nothing can be added
 * then.  Pieces of several threads may settle at the same time.  False out of memory. */
bool heap_part_settle(struct heap_part *part, struct heap_store *store);

/* Forgets the objects; the counts and the notes stay. */
void heap_part_empty(struct heap_part *part);

/* The cells of a record; their text is borrowed from it. */
void heap_part_decode(const uint8_t *record, struct cell row[HEAP_COLUMNS]);

/* The type, the size (0: not known) and the length alone, which is faster. */
void heap_part_type(
	const uint8_t *record, struct dump_text *type, int64_t *size, struct cell *len);

/* The line, within the piece, of object `index`.  O(log n). */
uint64_t heap_part_line(const struct heap_part *part, size_t index);

#endif
