/* SPDX-License-Identifier: MIT */
/* heap_part - the objects of one piece of a dump, in the order of the file.
 *
 * One thread fills each piece, and heap.h puts them together.  A piece keeps of each
 * object its address, the record of its row of `obj` as SQLite stores it, and its
 * references. Line numbers count from 1 within the piece. */
#ifndef MEMSEE_LOAD_HEAP_PART_H
#define MEMSEE_LOAD_HEAP_PART_H

#include "base/arena.h"
#include "base/cell.h"
#include "dump/dump.h"
#include "load/heap_keys.h"
#include "load/heap_notes.h"

#include <pthread.h>

/* How many unreadable lines are remembered. */
#define HEAP_FAULTS_MAX 10

/* The columns of obj, in the order of its records. */
enum heap_column {
	HEAP_ADDRESS, /* NULL in the record, as it is the rowid */
	HEAP_TYPE,
	HEAP_NAME,
	HEAP_VALUE,
	HEAP_SIZE,
	HEAP_LEN,
	HEAP_MARK,
	HEAP_REPR,
	HEAP_COLUMNS,
};

/* An object's record and references end where those of the next object begin.  An object
 * with address 0 ends the list. */
struct heap_object {
	int64_t address;
	uint32_t record; /* byte of `records` */
	uint32_t ref;    /* index of `refs` */
};

/* Object `object` is on line `line`, and the next objects are on the next lines. */
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
	uint64_t order; /* its place, where pieces are made in another order */
	bool settled;   /* the arrays of objects, records and references are in arenas */
	struct heap_part *next_spare; /* see struct heap_store */
	struct heap_windows windows;
	struct heap_notes notes;

	uint64_t lines; /* line ends in the piece; set by the reader */
	uint64_t bytes; /* size of the piece, likewise */
	uint64_t rejected, rejected_bytes;
	struct heap_fault faults[HEAP_FAULTS_MAX];
	uint64_t surrogates; /* replaced */
	int64_t size_high;   /* sum of the sizes: size_high * 2^32 + size_low */
	uint64_t size_low;
	uint64_t first_line; /* the line of the dump that is line 1 here; set by heap.h */
	uint64_t first;      /* number of its first object within the dump, likewise */
};

/* The memory of the pieces of a heap.  Each arena is released at another time. */
struct heap_store {
	struct arena objects, records, refs, notes, rows;
	/* How many objects or references a walk in another order than theirs may read
	 * between two calls of heap_store_rest(). */
	size_t stride;
	/* The arrays of pieces that settled, for the pieces to come: memory that was
	 * used before costs no page faults.  As many as threads fill pieces. */
	struct heap_part *spare;
	pthread_mutex_t lock; /* of `spare` */
};

/* A piece with room for the objects that a dump of `bytes` bytes usually has; the arrays
 * grow if necessary.  They come from a piece that settled in `store`, if there is one;
 * `store` may be NULL.  NULL out of memory. */
struct heap_part *heap_part_new(size_t bytes, struct heap_store *store);
void heap_part_free(struct heap_part *part); /* NULL is accepted */

/* Does the object fit into a row of a database, which has at most 10^9 bytes? */
bool heap_part_fits(const struct dump_object *o);
/* Adds the object of line `line`, which never decreases.  False out of memory. */
bool heap_part_push(struct heap_part *part, uint64_t line, const struct dump_object *o);
/* Notes a line of `len` bytes that could not be read. */
void heap_part_reject(struct heap_part *part, uint64_t line, size_t len,
	const struct dump_fault *fault);
/* Ends the piece.  False out of memory. */
bool heap_part_close(struct heap_part *part);

void heap_store_init(struct heap_store *store);
void heap_store_fini(struct heap_store *store);
/* Releases the spare arrays, when the last piece has settled. */
void heap_store_drop_spare(struct heap_store *store);
/* Keeps the arenas in files, see arena_spool(); lets go of their memory. */
void heap_store_spool(struct heap_store *store);
/* Saves memory at the cost of time: the arenas take `size` bytes at once. */
void heap_store_save(struct heap_store *store, size_t size);
/* Releases the memory of what is in files. */
void heap_store_rest(const struct heap_store *store);
/* Gives what was freed back to the system, when the store is in files. */
void heap_store_trim(const struct heap_store *store);

/* Moves the arrays of the piece to the store, unless they are very large; nothing can be
 * added afterwards.  Several threads may settle pieces at the same time.  False out of
 * memory. */
bool heap_part_settle(struct heap_part *part, struct heap_store *store);

/* Forgets the objects; the counts and the notes stay. */
void heap_part_empty(struct heap_part *part);

/* The cells of a record; their text is borrowed from it. */
void heap_part_decode(const uint8_t *record, struct cell row[HEAP_COLUMNS]);

/* Only the type, the size (0: unknown), the length and whether there is a name, which is
 * faster. */
void heap_part_type(const uint8_t *record, struct dump_text *type, int64_t *size,
	struct cell *len, bool *named);

/* The line, within the piece, of object `index`.  O(log n). */
uint64_t heap_part_line(const struct heap_part *part, size_t index);

#endif
