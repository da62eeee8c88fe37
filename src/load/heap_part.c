/* SPDX-License-Identifier: MIT */
#include "load/heap_part.h"

#include "base/array.h"
#include "base/search.h"
#include "pages/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* SQLite's limit for a row. */
#define HEAP_RECORD_MAX ((size_t)1000000000)

struct heap_part *heap_part_new(size_t bytes, struct heap_store *store)
{
	struct heap_part *part = NULL;
	if (store != NULL) {
		pthread_mutex_lock(&store->lock);
		part = store->spare;
		store->spare = part == NULL ? NULL : part->next_spare;
		pthread_mutex_unlock(&store->lock);
	}
	if (part == NULL)
		part = calloc(1, sizeof *part);
	else
		part->next_spare = NULL;
	/* Real lines have 100 to 140 bytes and 2 to 3 references, and their records take
	 * a third of that.  Room that is never touched costs nothing. */
	if (part == NULL ||
		(heap_windows_init(&part->windows) &&
			array_reserve(&part->objects, &part->object_cap, bytes / 80 + 2,
				sizeof *part->objects) &&
			array_reserve(&part->refs, &part->ref_cap, bytes / 32,
				sizeof *part->refs) &&
			array_reserve(&part->records, &part->record_cap, bytes / 2, 1)))
		return part;
	heap_part_free(part);
	return NULL;
}

void heap_part_free(struct heap_part *part)
{
	if (part == NULL)
		return;
	heap_part_empty(part);
	heap_notes_fini(&part->notes);
	free(part);
}

void heap_part_empty(struct heap_part *part)
{
	heap_windows_fini(&part->windows);
	if (!part->settled) {
		free(part->objects);
		free(part->records);
		free(part->refs);
	}
	free(part->runs);
	part->objects = NULL;
	part->records = NULL;
	part->refs = NULL;
	part->runs = NULL;
}

/* Serial types (https://www.sqlite.org/fileformat2.html, "Record Format").  pages/record
 * makes any record; heap_part_push() makes that of a row of `obj` itself, because the
 * columns are known and it does so for every object. */
enum { SERIAL_NULL = 0, SERIAL_TEXT = 13 };

/* The most bytes that a record takes besides its texts: a header of eight types, of five
 * bytes at most, and two integers. */
#define HEAP_RECORD_EXTRA (1 + 5 * HEAP_COLUMNS + 2 * 8)

static uint8_t *heap_put_text_type(uint8_t *to, struct dump_text t)
{
	uint64_t type = t.data == NULL ? SERIAL_NULL : SERIAL_TEXT + 2 * (uint64_t)t.len;
	return to + record_put_varint_wide(to, type);
}

static uint8_t *heap_put_text(uint8_t *to, struct dump_text t)
{
	if (t.len > 0)
		memcpy(to, t.data, t.len);
	return to + t.len;
}

static uint8_t *heap_put_integer(uint8_t *to, int64_t value, unsigned width)
{
	assert(width <= sizeof value);
	for (unsigned i = width; i > 0; i--)
		*to++ = (uint8_t)((uint64_t)value >> (8 * (i - 1)));
	return to;
}

static inline bool heap_part_push_object(struct heap_part *part, int64_t address)
{
	assert(part->record_len <= UINT32_MAX && part->ref_count <= UINT32_MAX);
	if (!array_reserve(&part->objects, &part->object_cap, part->count + 1,
		    sizeof *part->objects))
		return false;
	part->objects[part->count] = (struct heap_object){ .address = address,
		.record = (uint32_t)part->record_len,
		.ref = (uint32_t)part->ref_count };
	return true;
}

bool heap_part_fits(const struct dump_object *o)
{
	return o->type.len + o->name.len + o->value.len + o->repr.len <
	       HEAP_RECORD_MAX - 100;
}

bool heap_part_push(struct heap_part *part, uint64_t line, const struct dump_object *o)
{
	/* An object that is not on the line after the last one begins a run. */
	const struct heap_run *run =
		part->run_count == 0 ? NULL : &part->runs[part->run_count - 1];
	uint64_t next = run == NULL ? 0 : run->line + (part->count - run->object);
	assert(line + 1 >= next);
	if (run == NULL || next != line) {
		if (!array_reserve(&part->runs, &part->run_cap, part->run_count + 1,
			    sizeof *part->runs))
			return false;
		part->runs[part->run_count++] =
			(struct heap_run){ .object = (uint32_t)part->count,
				.line = line };
	}
	if (!heap_part_push_object(part, o->address))
		return false;

	/* The record of its row, as SQLite itself would store it. */
	size_t most = o->type.len + o->name.len + o->value.len + o->repr.len +
		      HEAP_RECORD_EXTRA;
	if (!array_reserve(&part->records, &part->record_cap, part->record_len + most, 1))
		return false;
	unsigned size_type = o->has_size ? record_integer_type(o->size) : SERIAL_NULL;
	unsigned len_type = o->has_len ? record_integer_type(o->len) : SERIAL_NULL;
	uint8_t *record = part->records + part->record_len, *to = record + 1;
	*to++ = SERIAL_NULL;
	to = heap_put_text_type(to, o->type);
	to = heap_put_text_type(to, o->name);
	to = heap_put_text_type(to, o->value);
	*to++ = (uint8_t)size_type;
	*to++ = (uint8_t)len_type;
	*to++ = SERIAL_NULL;
	to = heap_put_text_type(to, o->repr);
	*record = (uint8_t)(to - record);
	assert(*record < 0x80);
	to = heap_put_text(to, o->type);
	to = heap_put_text(to, o->name);
	to = heap_put_text(to, o->value);
	to = heap_put_integer(to, o->size, record_width[size_type]);
	to = heap_put_integer(to, o->len, record_width[len_type]);
	to = heap_put_text(to, o->repr);
	assert((size_t)(to - record) <= most);
	part->record_len += (size_t)(to - record);

	size_t refs = part->ref_count + o->ref_count;
	if (!heap_notes_put(&part->notes, o) ||
		!array_reserve(&part->refs, &part->ref_cap, refs, sizeof *part->refs))
		return false;
	if (o->ref_count > 0)
		memcpy(part->refs + part->ref_count, o->refs,
			o->ref_count * sizeof *part->refs);
	part->ref_count = refs;
	part->count++;
	part->size_high += o->size >> 32;
	part->size_low += (uint32_t)o->size;
	part->surrogates += o->surrogates;
	return true;
}

void heap_part_reject(
	struct heap_part *part, uint64_t line, size_t len, const struct dump_fault *fault)
{
	if (part->rejected < HEAP_FAULTS_MAX)
		part->faults[part->rejected] =
			(struct heap_fault){ .line = line, .what = *fault };
	part->rejected++;
	part->rejected_bytes += len;
}

bool heap_part_close(struct heap_part *part)
{
	if (!heap_part_push_object(part, 0) ||
		!heap_windows_put(&part->windows, part->refs, part->ref_count))
		return false;
	for (size_t i = 0; i < part->count; i++)
		if (!heap_windows_put(&part->windows, &part->objects[i].address, 1))
			return false;
	return true;
}

enum {
	HEAP_STRIDE = 1 << 15,
	HEAP_RECORD_LONG = 512, /* bytes of a record on average: see heap_part_settle() */
	HEAP_RESIDENT = 1 << 10, /* bytes of memory that an object costs a walk, about */
};

void heap_store_init(struct heap_store *store)
{
	arena_init(&store->objects);
	arena_init(&store->records);
	arena_init(&store->refs);
	arena_init(&store->notes);
	arena_init(&store->rows);
	store->stride = HEAP_STRIDE;
	store->spare = NULL;
	pthread_mutex_init(&store->lock, NULL);
}

void heap_store_drop_spare(struct heap_store *store)
{
	while (store->spare != NULL) {
		struct heap_part *part = store->spare;
		store->spare = part->next_spare;
		heap_part_free(part);
	}
}

void heap_store_fini(struct heap_store *store)
{
	arena_fini(&store->objects);
	arena_fini(&store->records);
	arena_fini(&store->refs);
	arena_fini(&store->notes);
	arena_fini(&store->rows);
	heap_store_drop_spare(store);
	pthread_mutex_destroy(&store->lock);
}

void heap_store_spool(struct heap_store *store)
{
	arena_spool(&store->objects);
	arena_spool(&store->records);
	arena_spool(&store->refs);
	arena_spool(&store->notes);
	arena_spool(&store->rows);
}

void heap_store_save(struct heap_store *store, size_t size)
{
	arena_pieces(&store->objects, size);
	arena_pieces(&store->records, size);
	arena_pieces(&store->refs, size);
	arena_pieces(&store->notes, size);
	arena_pieces(&store->rows, size);
	store->stride = size / HEAP_RESIDENT;
	assert(store->stride > 0);
}

void heap_store_rest(const struct heap_store *store)
{
	arena_rest(&store->objects);
	arena_rest(&store->records);
	arena_rest(&store->refs);
	arena_rest(&store->notes);
	arena_rest(&store->rows);
}

void heap_store_trim(const struct heap_store *store)
{
#ifdef __GLIBC__
	if (store->records.spooled)
		malloc_trim(0);
#else
	(void)store;
#endif
}

/* Only a piece with a very long line is larger than this.  It stays where it is, because
 * moving it would need its memory twice. */
#define HEAP_PART_LARGE ((size_t)16 << 20)

bool heap_part_settle(struct heap_part *part, struct heap_store *store)
{
	assert(!part->settled && part->objects[part->count].address == 0);
	size_t objects_size = (part->count + 1) * sizeof *part->objects;
	size_t refs_size = part->ref_count * sizeof *part->refs;
	if (objects_size + refs_size + part->record_len > HEAP_PART_LARGE)
		return true;
	/* Objects that are mostly text would take more memory than all walks over them.
	 */
	if (part->record_len / (part->count + 1) > HEAP_RECORD_LONG)
		arena_spool(&store->records);
	struct heap_object *objects =
		arena_copy(&store->objects, part->objects, objects_size);
	uint8_t *records = arena_copy(&store->records, part->records, part->record_len);
	int64_t *refs = arena_copy(&store->refs, part->refs, refs_size);
	struct heap_part *spare = calloc(1, sizeof *spare);
	if (objects == NULL || records == NULL || refs == NULL || spare == NULL ||
		!heap_notes_settle(&part->notes, &store->notes, &spare->notes)) {
		free(spare);
		return false;
	}
	spare->objects = part->objects;
	spare->object_cap = part->object_cap;
	spare->records = part->records;
	spare->record_cap = part->record_cap;
	spare->refs = part->refs;
	spare->ref_cap = part->ref_cap;
	part->objects = objects;
	part->records = records;
	part->refs = refs;
	part->settled = true;
	pthread_mutex_lock(&store->lock);
	spare->next_spare = store->spare;
	store->spare = spare;
	pthread_mutex_unlock(&store->lock);
	return true;
}

void heap_part_decode(const uint8_t *record, struct cell row[HEAP_COLUMNS])
{
	const uint8_t *header = record;
	const uint8_t *values = record + record_get_varint(&header);
	for (size_t i = 0; i < HEAP_COLUMNS; i++)
		record_get_value(&values, record_get_varint(&header), &row[i]);
}

void heap_part_type(const uint8_t *record, struct dump_text *type, int64_t *size,
	struct cell *len, bool *named)
{
	const uint8_t *header = record;
	const uint8_t *values = record + record_get_varint(&header);
	size_t texts = 0;
	header++; /* the address, which is the rowid */
	static_assert(HEAP_TYPE == 1 && HEAP_SIZE == 4 && HEAP_LEN == 5,
		"only texts are between type and size");
	for (size_t i = HEAP_TYPE; i < HEAP_SIZE; i++) {
		uint64_t serial = record_get_varint(&header);
		size_t bytes = record_value_size(serial);
		if (i == HEAP_TYPE)
			*type = (struct dump_text){ (const char *)values, bytes };
		if (i == HEAP_NAME)
			*named = serial != SERIAL_NULL;
		texts += bytes;
	}
	values += texts;
	struct cell cell;
	record_get_value(&values, record_get_varint(&header), &cell);
	*size = cell.type == CELL_INTEGER ? cell.integer : 0;
	record_get_value(&values, record_get_varint(&header), len);
}

uint64_t heap_part_line(const struct heap_part *part, size_t index)
{
	assert(index < part->count && part->run_count > 0);
	/* The last run that begins at the object or before it. */
	size_t at;
	SEARCH_FIRST(at, part->run_count, part->runs[at].object > index);
	assert(at > 0);
	return part->runs[at - 1].line + (index - part->runs[at - 1].object);
}
