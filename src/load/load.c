/* SPDX-License-Identifier: MIT */
#include "load/load.h"

#include "attach/format_process.h"
#include "base/parallel.h"
#include "load/formats.h"
#include "load/load_check.h"
#include "load/load_foreign.h"
#include "load/load_read.h"
#include "load/load_spill.h"
#include "load/load_write.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	LOAD_BLOCK_MIN = 1 << 16,
	LOAD_PACKED_RATIO = 16, /* how much gzip shrinks real dumps, rounded up */
};

/* Reads lines of JSON on several threads, any other format by its own reader. */
static bool load_any(struct dump_input *in, const struct load_options *options,
	struct progress *progress, struct heap *heap, struct load_spill *spill,
	struct load_report *report, struct error *err)
{
	return options->format->read == NULL
		       ? load_read(in, options, progress, heap, spill, report, err)
		       : load_foreign(in, options, progress, heap, spill, report, err);
}

static bool load_input(struct db *db, struct dump_input *in,
	const struct load_options *options, struct load_report *report, struct error *err)
{
	struct heap *heap = heap_new();
	if (heap == NULL)
		return error_nomem(err);
	struct progress progress;
	const struct stream *s = dump_input_stream(in);
	progress_init(&progress, options->progress, stderr, stream_size(s));
	report->format = stream_format(s);
	/* Would the fast way take too much memory?  It takes about as many bytes as the
	 * dump has unpacked, which for a packed one is a guess. */
	uint64_t size = stream_size(s);
	if (strcmp(stream_format(s), "plain") != 0)
		size *= LOAD_PACKED_RATIO;
	bool spill = options->memory > 0 && (size == 0 || size > options->memory), ok;
	if (spill) {
		/* On disk, a little at a time. */
		struct load_options small = *options;
		if (small.block == 0) {
			small.block = options->memory / 64 < LOAD_BLOCK
					      ? options->memory / 64
					      : LOAD_BLOCK;
			if (small.block < LOAD_BLOCK_MIN)
				small.block = LOAD_BLOCK_MIN;
		}
		struct load_spill *on_disk = load_spill_new(db, options->memory, err);
		ok = on_disk != NULL &&
		     load_any(in, &small, &progress, heap, on_disk, report, err);
		if (ok) {
			heap_number(heap);
			progress_say(&progress, "sorting and writing");
			ok = load_spill_write(on_disk, heap, options, report, err);
		}
		load_spill_free(on_disk);
	} else {
		/* In memory, the fast way. */
		ok = load_any(in, options, &progress, heap, NULL, report, err);
		if (ok)
			progress_say(&progress, "sorting");
		ok = ok && heap_build(heap, parallel_threads(options->threads), err);
	}
	if (ok && !spill) {
		/* The figures that are known only once the heap is sorted. */
		assert(heap->count + heap->repeats + heap->clash_count ==
			heap->object_total);
		report->objects = heap->count;
		report->references = heap->ref_count;
		report->size = heap->size;
		report->size_read = heap->size_read;
		report->top = heap->top_count;
		report->repeats = heap->repeats;
		report->clash_count = heap->clash_count;
		memcpy(report->clashes, heap->clashes, sizeof report->clashes);
		report->dangling = heap->dangling;
		report->dangling_targets = heap->dangling_targets;
		ok = load_check_clashes(options, report, err);
		if (ok)
			progress_say(&progress, "writing");
		ok = ok && load_write(db, heap, options, report, err);
	}
	progress_fini(&progress);
	if (ok && !spill && options->keep != NULL)
		*options->keep = heap;
	else
		heap_free(heap);
	return ok;
}

bool load_dump(struct db *db, const char *path, const struct load_options *options,
	struct load_report *report, struct error *err)
{
	if (options->keep != NULL)
		*options->keep = NULL;
	*report = (struct load_report){ .file = strdup(path) };
	if (report->file == NULL)
		return error_nomem(err);
	struct load_options resolved = *options;
	resolved.limits.cancel = options->cancel;
	struct process_word word;
	char file[PROCESS_FILE_MAX];
	if (resolved.format == NULL && process_word(path, &word)) {
		resolved.format = &process_format;
		if (!process_file(&word, file, err))
			return false;
		path = file;
	}
	struct dump_input *in = dump_input_open(path, resolved.limits, err);
	bool ok = in != NULL;
	if (ok) {
		size_t len;
		const unsigned char *head = dump_input_head(in, &len);
		if (resolved.format == NULL)
			resolved.format = dump_format_recognise(head, len);
		ok = (resolved.format->advice == NULL ||
			     dump_format_refuse(resolved.format, path, err)) &&
		     load_input(db, in, &resolved, report, err);
	}
	dump_input_close(in);
	return ok;
}

void load_report_fini(struct load_report *report)
{
	free(report->file);
	free(report->header);
	buffer_fini(&report->notes);
	load_facts_fini(&report->facts);
	*report = (struct load_report){ 0 };
}

void load_report_notes(const struct load_report *r, bool verbose, struct buffer *out)
{
	for (size_t i = 0; i < r->rejected && i < HEAP_FAULTS_MAX; i++)
		buffer_printf(out, "%s:%" PRIu64 ":%zu: %s\n", r->file, r->faults[i].line,
			r->faults[i].what.column, r->faults[i].what.reason);
	if (r->rejected > HEAP_FAULTS_MAX)
		buffer_printf(out, "%s: … and %" PRIu64 " more\n", r->file,
			r->rejected - HEAP_FAULTS_MAX);
	if (r->rejected > 0)
		buffer_printf(out, "%s: %" PRIu64 " of %" PRIu64 " lines skipped\n",
			r->file, r->rejected, r->lines);
	if (r->torn_line)
		buffer_printf(out, "%s: the last line breaks off\n", r->file);
	if (r->torn != NULL)
		buffer_printf(out, "%s: %s\n", r->file, r->torn);
	for (const char *at = buffer_text(&r->notes); *at != '\0';) {
		size_t len = strcspn(at, "\n");
		buffer_printf(out, "%s: %.*s\n", r->file, (int)len, at);
		at += len + (at[len] == '\n');
	}
	for (size_t i = 0; i < r->clash_count && i < HEAP_FAULTS_MAX; i++) {
		const struct heap_clash *c = &r->clashes[i];
		buffer_printf(out,
			"%s:%" PRIu64 ": another object at address %" PRId64
			" than in line %" PRIu64 ", which is kept\n",
			r->file, c->line, c->address, c->first_line);
	}
	if (r->clash_count > HEAP_FAULTS_MAX)
		buffer_printf(out, "%s: … and %" PRIu64 " more\n", r->file,
			r->clash_count - HEAP_FAULTS_MAX);
	if (!verbose)
		return;
	if (r->repeats > 0)
		buffer_printf(out, "%s: %" PRIu64 " identical repeats of objects\n",
			r->file, r->repeats);
	if (r->dangling > 0)
		buffer_printf(out,
			"%s: %" PRIu64 " references to %" PRIu64
			" objects that are not in the dump\n",
			r->file, r->dangling, r->dangling_targets);
	if (r->surrogates > 0)
		buffer_printf(out,
			"%s: %" PRIu64 " unpaired surrogates replaced by U+FFFD\n",
			r->file, r->surrogates);
}
