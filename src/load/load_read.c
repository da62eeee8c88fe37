/* SPDX-License-Identifier: MIT */
#include "load/load_read.h"

#include "base/array.h"
#include "base/parallel.h"
#include "dump/redact.h"
#include "load/load_check.h"
#include "load/load_cut.h"
#include "load/load_spill.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Shared by all threads.  `lock` protects everything that changes. */
struct load_reader {
	struct dump_input *in;
	const struct load_options *options;
	struct progress *progress;
	struct heap *heap;
	struct load_spill *spill;
	size_t block;
	pthread_mutex_t lock;
	struct load_cutter cutter;
	char *carry; /* the bytes after the last whole line of the previous block */
	size_t carry_len, carry_cap;
	bool started; /* a block was taken */
	bool end;     /* no more blocks */
	bool torn_line;
	uint64_t objects;
	char *header;
	size_t header_block; /* the block that it is in */
	struct error error;
};

/* Whole lines, and the piece that they go to.  The memory is reused. */
struct load_block {
	char *data;
	size_t len, cap;
	struct heap_part *part;
	size_t index;    /* of the piece */
	size_t too_long; /* size of a line that was dropped after this block */
};

/* --- taking blocks, under the lock ---------------------------------------------------
 */

/* Appends more of the dump to the block; *got is 0 at its end. */
static bool load_read_more(struct load_reader *r, struct load_block *b, size_t *got)
{
	*got = 0;
	if (r->options->cancel != NULL && *r->options->cancel != 0)
		return error_set(&r->error, STATUS_DATA, "interrupted");
	if (!array_reserve(&b->data, &b->cap, b->len + r->block, 1))
		return error_nomem(&r->error);
	ptrdiff_t n = dump_input_read(r->in, b->data + b->len, r->block, &r->error);
	if (n < 0)
		return false;
	*got = (size_t)n;
	b->len += *got;
	return true;
}

/* Fills the block with whole lines: at least one, else as many as are read at a time. */
static bool load_fill(struct load_reader *r, struct load_block *b)
{
	size_t got = 1, whole = 0;
	b->len = 0;
	b->too_long = 0;
	if (!array_reserve(&b->data, &b->cap, r->carry_len + r->block, 1))
		return error_nomem(&r->error);
	if (r->carry_len > 0)
		memcpy(b->data, r->carry, r->carry_len);
	b->len = r->carry_len;
	r->carry_len = 0;
	while (whole == 0 && got > 0 && b->len <= LOAD_LINE_MAX) {
		size_t before = b->len;
		if (!load_read_more(r, b, &got))
			return false;
		/* The first byte after a byte order mark and white space decides between
		 * lines and an array.  The first `before` bytes were white space. */
		static const char mark[] = "\xef\xbb\xbf";
		size_t seen = before < 3 ? 0 : before, len = b->len < 3 ? b->len : 3;
		bool marked = !r->started && seen == 0 && len > 0 &&
			      memcmp(b->data, mark, len) == 0;
		if (marked && len == 3)
			memset(b->data, ' ', 3);
		if (!r->started && len > 0 && (!marked || len == 3))
			r->started = load_cutter_start(
				&r->cutter, b->data + seen, b->len - seen);
		whole = load_cutter_cut(&r->cutter, b->data, before, b->len);
		assert(whole <= b->len);
	}
	/* A line that is too long is dropped, until another line begins. */
	bool drop = whole == 0 && got > 0;
	if (drop)
		b->too_long = b->len;
	while (drop && whole == 0 && got > 0) {
		b->len = 0;
		if (!load_read_more(r, b, &got))
			return false;
		b->too_long += got;
		const char *end = got == 0 ? NULL : memchr(b->data, '\n', got);
		whole = end == NULL ? 0 : (size_t)(end + 1 - b->data);
	}
	if (got == 0) {
		r->end = true;
		return true;
	}
	size_t rest = b->len - whole;
	b->len = drop ? 0 : whole;
	b->too_long -= drop ? rest : 0;
	/* The beginning of the line that was cut is kept for the next block. */
	if (!array_reserve(&r->carry, &r->carry_cap, rest, 1))
		return error_nomem(&r->error);
	if (rest > 0)
		memmove(r->carry, b->data + whole, rest);
	r->carry_len = rest;
	return true;
}

/* --- parsing blocks, on all threads --------------------------------------------------
 */

/* The state of one thread. */
struct load_worker {
	struct load_reader *reader;
	struct dump_parser parser;
	struct redact redact;
	struct load_block block;
	uint64_t line; /* line ends passed in the block */
};

static void load_stop(struct load_reader *r, struct error *err)
{
	pthread_mutex_lock(&r->lock);
	r->end = true;
	if (err != NULL && r->error.status == STATUS_OK)
		r->error = *err;
	pthread_mutex_unlock(&r->lock);
}

/* Rejects the line or element `at`.  The fault gets its line and column in the file, also
 * within an element of several lines. */
static void load_reject(
	struct load_worker *w, const char *at, size_t len, struct dump_fault *fault)
{
	struct load_reader *r = w->reader;
	uint64_t line = w->line + 1;
	const char *place = at + (fault->column > 0 ? fault->column - 1 : 0);
	for (const char *c = at; c < place && c < at + len; c++)
		line += *c == '\n';
	const char *start = place;
	while (start > w->block.data && start[-1] != '\n')
		start--;
	fault->column = (size_t)(place - start) + 1;
	heap_part_reject(w->block.part, line, len, fault);
	if (r->options->strict)
		load_stop(r, NULL);
}

/* Reads one line or element; false out of memory. */
static bool load_parse(struct load_worker *w, const char *at, size_t len)
{
	struct load_reader *r = w->reader;
	struct dump_object object;
	struct dump_fault fault;
	bool ok = true;
	switch (dump_parse(&w->parser, at, len, &object, &fault)) {
	case DUMP_OBJECT:
		if (heap_part_fits(&object))
			return redact_object(&w->redact, &object) &&
			       heap_part_push(w->block.part, w->line + 1, &object);
		fault = (struct dump_fault){ 1, "longer than a database can hold" };
		load_reject(w, at, len, &fault);
		return true;
	case DUMP_BAD:
		load_reject(w, at, len, &fault);
		return true;
	case DUMP_HEADER:
		/* Keeps the first header of the dump, whichever thread finds it. */
		pthread_mutex_lock(&r->lock);
		if (r->header == NULL || w->block.index < r->header_block) {
			free(r->header);
			r->header = strndup(at, len);
			r->header_block = w->block.index;
			ok = r->header != NULL;
		}
		pthread_mutex_unlock(&r->lock);
		return ok;
	case DUMP_BLANK:
		return true;
	case DUMP_NOMEM:
		break;
	}
	return false;
}

static bool load_parse_block(struct load_worker *w)
{
	struct load_block *b = &w->block;
	const char *at = b->data, *end = b->data + b->len;
	w->line = 0;
	if (w->reader->cutter.array) {
		struct load_element e = { .at = at };
		while (load_next_element(&e, end)) {
			w->line += e.lines_before;
			struct dump_fault fault = { 1, "not an object" };
			if (!e.is_object)
				load_reject(w, e.at, e.len, &fault);
			else if (!load_parse(w, e.at, e.len))
				return false;
			w->line += e.lines_within;
		}
		w->line += e.lines_before;
		at = end;
	}
	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((next == NULL ? end : next) - at);
		uint64_t rejected = b->part->rejected;
		if (len > 0 && !load_parse(w, at, len - (at[len - 1] == '\r')))
			return false;
		if (next == NULL)
			w->reader->torn_line = b->part->rejected > rejected;
		at = next == NULL ? end : next + 1;
		w->line++;
	}
	assert(at == end);
	b->part->bytes = b->len + b->too_long;
	if (b->too_long > 0) {
		struct dump_fault fault = { 1, "the line is too long" };
		heap_part_reject(b->part, w->line + 1, b->too_long, &fault);
		w->line++;
	}
	b->part->lines = w->line;
	return heap_part_close(b->part) &&
	       (w->reader->spill != NULL ||
		       heap_part_settle(b->part, &w->reader->heap->store));
}

static void load_work(void *context, unsigned index)
{
	(void)index;
	struct load_reader *r = context;
	struct load_worker w = { .reader = r };
	struct load_block *b = &w.block;
	struct error err = ERROR_INIT;
	dump_parser_init(&w.parser);
	redact_init(&w.redact, r->options->redact, &runtime_cpython);
	bool ok = true;
	while (ok) {
		/* Takes the next block, with an empty piece for it. */
		pthread_mutex_lock(&r->lock);
		bool more = !r->end && load_fill(r, b);
		if (more) {
			b->index = r->heap->part_count;
			b->part = heap_part_new(b->len, &r->heap->store);
			more = b->part != NULL ? heap_take(r->heap, b->part, &r->error)
					       : error_nomem(&r->error);
			progress_update(r->progress,
				stream_position(dump_input_stream(r->in)), r->objects);
		}
		r->end |= !more;
		pthread_mutex_unlock(&r->lock);
		if (!more)
			break;
		ok = load_parse_block(&w) || error_nomem(&err);
		if (!ok)
			break;
		/* Counts the block, and spills its objects if they are not to stay. */
		pthread_mutex_lock(&r->lock);
		r->objects += b->part->count;
		ok = r->spill == NULL ||
		     load_spill_put(r->spill, b->part, b->index, &err);
		pthread_mutex_unlock(&r->lock);
	}
	if (!ok)
		load_stop(r, &err);
	dump_parser_fini(&w.parser);
	redact_fini(&w.redact);
	free(b->data);
}

/* --- putting it together -------------------------------------------------------------
 */

bool load_read(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err)
{
	struct load_reader r = { .in = in,
		.options = options,
		.progress = progress,
		.heap = heap,
		.spill = spill,
		.block = options->block == 0 ? LOAD_BLOCK : options->block,
		.error = ERROR_INIT };
	pthread_mutex_init(&r.lock, NULL);
	parallel_run(parallel_threads(options->threads), load_work, &r);
	pthread_mutex_destroy(&r.lock);
	free(r.carry);
	report->header = r.header;
	report->redacted = options->redact != NULL;
	if (r.error.status != STATUS_OK)
		return error_pass(err, &r.error);
	uint64_t bad_bytes;
	load_summarise(heap, report, &bad_bytes);
	report->torn_line = r.torn_line;
	report->torn = stream_torn(dump_input_stream(in));
	/* Damage in a line does not spread; in an array it may spoil what follows. */
	return load_check(report, options->strict, r.cutter.array ? bad_bytes : 0, err);
}
