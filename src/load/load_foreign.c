/* SPDX-License-Identifier: MIT */
#include "load/load_foreign.h"

#include "base/parallel.h"
#include "dump/redact.h"
#include "load/load_check.h"
#include "load/load_spill.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum {
	FOREIGN_PIECE = 4 << 20,  /* bytes of records and references in a piece */
	FOREIGN_LOOK = 1024,      /* objects between checks of cancel and the clock */
	FOREIGN_SMALL = 32 << 20, /* the store of a dump of this size needs no files */
	FOREIGN_SMALL_CORE = 8 << 20,
	FOREIGN_SMALL_JVM = 512 << 20, /* objects of Java are small, files slow */
	/* Parts of a core: of a piece, and of the store's memory at once. */
	FOREIGN_PIECE_PART = 128,
	FOREIGN_STORE_PART = 32,
	FOREIGN_PIECE_MIN = 64 << 10,
	FOREIGN_STORE_MIN = 512 << 10,
	FOREIGN_STORE_MAX = 32 << 20,
};

/* The state of a sink: that of the reader, or that of one share of the dump. */
struct foreign {
	struct dump_input *in;
	const struct load_options *options;
	struct progress *progress;
	struct heap *heap;
	struct load_spill *spill;
	struct load_report *report;
	const struct runtime *runtime;
	struct runtime_memo kinds;
	size_t piece;
	struct heap_part *part; /* the piece that is being filled; the heap owns it */
	uint64_t before;        /* lines before this piece */
	uint64_t line;          /* the last one that the reader named */
	uint64_t objects;
	struct redact redact;
	struct foreign_shares *shares; /* NULL: the dump is not divided */
	size_t share;
};

/* A dump that several threads read.  `lock` protects the heap's list of pieces and all
 * that changes here. */
struct foreign_shares {
	struct foreign *reader;
	const uint64_t *before;
	size_t n, next; /* the next share to be taken */
	dump_read_share *work;
	void *context;
	pthread_mutex_t lock;
	uint64_t objects;
	size_t failed; /* the first share with an error; n: none */
	struct error error;
};

static void foreign_lock(const struct foreign *f)
{
	if (f->shares != NULL)
		pthread_mutex_lock(&f->shares->lock);
}

static void foreign_unlock(const struct foreign *f)
{
	if (f->shares != NULL)
		pthread_mutex_unlock(&f->shares->lock);
}

/* Ends the piece, and moves it into the arenas or to the spill. */
static bool foreign_close(struct foreign *f, struct error *err)
{
	struct heap_part *part = f->part;
	f->part = NULL;
	if (part == NULL)
		return true;
	assert(f->line >= f->before);
	part->lines = f->line - f->before;
	if (!heap_part_close(part))
		return error_nomem(err);
	if (f->spill != NULL)
		return load_spill_put(f->spill, part, f->heap->part_count - 1, err);
	/* While memory is let go nobody may take room. */
	bool spooled = f->heap->store.rows.spooled;
	if (spooled)
		foreign_lock(f);
	bool ok = heap_part_settle(part, &f->heap->store);
	if (spooled) {
		heap_store_rest(&f->heap->store);
		foreign_unlock(f);
	}
	return ok || error_nomem(err);
}

/* A part of a core, between two bounds. */
static size_t foreign_share(size_t mapped, size_t part, size_t least, size_t most)
{
	size_t share = mapped / part;
	return share < least ? least : share > most ? most : share;
}

/* Decides where the store is, now that the size of the dump is known. */
static void foreign_place_store(struct foreign *f)
{
	/* A dump may be as large as its process was; the heap should not need as much
	 * memory again, and beside a core, which is mapped, as little as possible. */
	bool core = f->runtime == &runtime_cpython && dump_input_mapped(f->in) > 0;
	if (core && f->heap->part_count == 0) {
		size_t mapped = dump_input_mapped(f->in);
		if (f->options->block == 0)
			f->piece = foreign_share(mapped, FOREIGN_PIECE_PART,
				FOREIGN_PIECE_MIN, FOREIGN_PIECE);
		heap_store_save(
			&f->heap->store, foreign_share(mapped, FOREIGN_STORE_PART,
						 FOREIGN_STORE_MIN, FOREIGN_STORE_MAX));
	}
	size_t small = core                         ? FOREIGN_SMALL_CORE
		       : f->runtime == &runtime_jvm ? FOREIGN_SMALL_JVM
						    : FOREIGN_SMALL;
	if (!f->heap->store.rows.spooled && dump_input_bytes(f->in) > small) {
		heap_store_spool(&f->heap->store);
		f->heap->sparing = core;
	}
}

/* Makes sure that there is a piece with room.  The lines of each piece continue those of
 * the one before. */
static bool foreign_open(struct foreign *f, struct error *err)
{
	if (f->part != NULL && f->part->record_len + 8 * f->part->ref_count < f->piece)
		return true;
	if (!foreign_close(f, err))
		return false;
	if (f->shares == NULL)
		foreign_place_store(f);
	struct heap_part *part = heap_part_new(f->piece, &f->heap->store);
	if (part == NULL)
		return error_nomem(err);
	foreign_lock(f);
	part->order = (uint64_t)f->share << 32 | f->heap->part_count;
	bool ok = heap_take(f->heap, part, err);
	foreign_unlock(f);
	if (!ok)
		return false;
	f->part = part;
	f->before = f->line;
	return true;
}

static bool foreign_reject(void *data, uint64_t line, size_t len,
	const struct dump_fault *fault, struct error *err)
{
	struct foreign *f = data;
	if (!foreign_open(f, err))
		return false;
	f->line = line;
	heap_part_reject(f->part, line - f->before, len, fault);
	if (!f->options->strict)
		return true;
	return error_set(err, STATUS_DATA, "%s:%llu:%zu: %s", f->report->file,
		(unsigned long long)line, fault->column, fault->reason);
}

static bool foreign_object(
	void *data, uint64_t line, const struct dump_object *object, struct error *err)
{
	struct foreign *f = data;
	struct dump_object o = *object;
	assert(line >= f->line);
	if (!foreign_open(f, err))
		return false;
	f->line = line;
	if (f->objects++ % FOREIGN_LOOK == 0) {
		if (f->options->cancel != NULL && *f->options->cancel != 0)
			return error_set(err, STATUS_DATA, "interrupted");
		foreign_lock(f);
		uint64_t *all = f->shares == NULL ? &f->objects : &f->shares->objects;
		*all += f->shares == NULL ? 0 : FOREIGN_LOOK;
		progress_update(
			f->progress, stream_position(dump_input_stream(f->in)), *all);
		foreign_unlock(f);
	}
	/* The text that the original memsee shows for an object.  Outside of CPython only
	 * texts other than the type are kept. */
	if (o.repr.data == NULL) {
		if (f->runtime == &runtime_cpython)
			o.repr = o.type;
		switch (runtime_kind_again(
			&f->kinds, f->runtime, o.type.data, o.type.len)) {
		case KIND_STRING:
		case KIND_NUMBER:
			if (o.value.data != NULL)
				o.repr = o.value;
			break;
		case KIND_FUNCTION:
		case KIND_CLASS:
		case KIND_MODULE:
			if (o.name.data != NULL)
				o.repr = o.name;
			break;
		default:
			break;
		}
	}
	if (!heap_part_fits(&o)) {
		const struct dump_fault fault = { 1, "longer than a database can hold" };
		return foreign_reject(f, line, o.value.len, &fault, err);
	}
	return (redact_object(&f->redact, &o) &&
		       heap_part_push(f->part, line - f->before, &o)) ||
	       error_nomem(err);
}

static bool foreign_fact(
	void *data, const char *name, struct cell value, struct error *err)
{
	struct foreign *f = data;
	if (f->options->redact != NULL && !redact_may_keep_fact(name, value))
		return true;
	if (!load_facts_put(&f->report->facts, name, value, err))
		return false;
	/* Several runtimes write this format; the fact says which one did. */
	if (strcmp(name, "runtime") == 0)
		f->runtime = f->redact.runtime = runtime_find(value.text);
	return true;
}

static bool foreign_note(void *data, const char *lines, struct error *err)
{
	struct foreign *f = data;
	buffer_put_text(&f->report->notes, lines);
	return !f->report->notes.failed || error_nomem(err);
}

static bool foreign_torn(void *data, const char *why, struct error *err)
{
	struct foreign *f = data;
	f->report->torn = why;
	return !f->options->strict ||
	       error_set(err, STATUS_DATA, "'%s': %s", f->report->file, why);
}

static void foreign_read_shares(void *context, unsigned index)
{
	(void)index;
	struct foreign_shares *s = context;
	for (;;) {
		pthread_mutex_lock(&s->lock);
		size_t i = s->failed < s->n ? s->n : s->next++;
		pthread_mutex_unlock(&s->lock);
		if (i >= s->n)
			return;
		struct foreign f = *s->reader;
		f.part = NULL;
		f.line = i == 0 ? s->reader->line : s->before[i];
		f.objects = 0;
		f.shares = s;
		f.share = i + 1;
		struct dump_sink sink = {
			.object = foreign_object, .reject = foreign_reject, .data = &f
		};
		struct error err = ERROR_INIT;
		redact_init(&f.redact, f.options->redact, f.runtime);
		bool ok = s->work(s->context, i, &sink, &err);
		ok = foreign_close(&f, ok ? &err : NULL) && ok;
		redact_fini(&f.redact);
		pthread_mutex_lock(&s->lock);
		/* Shares before this one were all taken, and are read to their end. */
		if (!ok && i < s->failed) {
			s->failed = i;
			s->error = err;
		}
		pthread_mutex_unlock(&s->lock);
	}
}

static int foreign_compare_parts(const void *a, const void *b)
{
	const struct heap_part *const *x = a, *const *y = b;
	return ((*x)->order > (*y)->order) - ((*x)->order < (*y)->order);
}

static bool foreign_divide(void *data, const uint64_t *before, size_t n,
	dump_read_share *work, void *context, struct error *err)
{
	struct foreign *f = data;
	assert(f->shares == NULL);
	if (!foreign_close(f, err))
		return false;
	foreign_place_store(f);
	struct foreign_shares s = { .reader = f,
		.before = before,
		.n = n,
		.work = work,
		.context = context,
		.failed = n,
		.error = ERROR_INIT };
	pthread_mutex_init(&s.lock, NULL);
	/* The spill takes the pieces in the order in which they are made. */
	unsigned threads = f->spill != NULL ? 1 : parallel_threads(f->options->threads);
	parallel_run(threads, foreign_read_shares, &s);
	pthread_mutex_destroy(&s.lock);
	if (s.failed < n)
		return error_pass(err, &s.error);
	if (f->heap->part_count > 0)
		qsort(f->heap->parts, f->heap->part_count, sizeof *f->heap->parts,
			foreign_compare_parts);
	return true;
}

bool load_foreign(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err)
{
	const struct dump_format *format = options->format;
	const struct dump_options dump = { .sysroot = options->sysroot,
		.memory = options->memory,
		.process = report->file,
		.way = options->way,
		.cancel = options->cancel };
	struct foreign f = { .in = in,
		.options = options,
		.progress = progress,
		.heap = heap,
		.spill = spill,
		.report = report,
		.runtime = format->runtime,
		.piece = options->block == 0 ? FOREIGN_PIECE : options->block };
	struct dump_sink sink = { foreign_object, foreign_reject, foreign_fact,
		foreign_note, foreign_torn, foreign_divide, &f };
	redact_init(&f.redact, options->redact, format->runtime);
	bool ok =
		load_facts_put(&report->facts, "format", cell_text(format->name), err) &&
		load_facts_put(&report->facts, "runtime",
			cell_text(format->runtime->name), err) &&
		load_facts_put(&report->facts, "identity",
			cell_text(format->runtime->moves ? "places" : "addresses"),
			err) &&
		format->read(in, &sink, &dump, err);
	ok = foreign_close(&f, ok ? err : NULL) && ok;
	redact_fini(&f.redact);
#ifdef __GLIBC__
	malloc_trim(0); /* what held the pieces before they settled */
#endif
	report->redacted = options->redact != NULL;
	if (!ok)
		return false;
	const struct stream *s = dump_input_stream(in);
	if (report->torn == NULL)
		report->torn = stream_torn(s);
	uint64_t bad_bytes;
	load_summarise(heap, report, &bad_bytes);
	report->bytes = dump_input_bytes(in);
	return load_check(report, options->strict, bad_bytes, err);
}
