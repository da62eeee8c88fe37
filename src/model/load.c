/* SPDX-License-Identifier: MIT */
#include "model/load.h"

#include "base/parallel.h"
#include "model/load_read.h"
#include "model/load_write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What shows only once the heap is sorted. */
static void load_report_heap(struct load_report *report, const struct heap *h)
{
	report->objects = h->count;
	report->references = h->ref_count;
	report->size = h->size;
	report->size_read = h->size_read;
	report->top = h->top_count;
	report->repeats = h->repeats;
	report->clash_count = h->clash_count;
	memcpy(report->clashes, h->clashes, sizeof report->clashes);
	report->dangling = h->dangling;
	report->dangling_targets = h->dangling_targets;
}

static bool load_check_clashes(
	const struct load_options *options, const struct heap *h, struct error *err)
{
	if (!options->strict || h->clash_count == 0)
		return true;
	const struct heap_clash *c = h->clashes;
	return error_set(err, STATUS_DATA,
		"line %" PRIu64 " holds another object at address %" PRId64
		" than line %" PRIu64,
		c->line, c->address, c->first_line);
}

static bool load_stream(struct db *db, struct stream *s,
	const struct load_options *options, struct load_report *report, struct error *err)
{
	struct heap heap;
	heap_init(&heap);
	struct progress progress;
	progress_init(&progress, options->progress, stderr, stream_size(s));
	bool ok = load_read(s, options, &progress, &heap, report, err);
	progress_say(&progress, "sorting");
	ok = ok && heap_build(&heap, parallel_threads(options->threads), err) &&
	     load_check_clashes(options, &heap, err);
	if (ok) {
		load_report_heap(report, &heap);
		progress_say(&progress, "writing");
		ok = load_write(db, &heap, options, report, err);
	}
	progress_fini(&progress);
	heap_fini(&heap);
	return ok;
}

bool load_dump(struct db *db, const char *path, const struct load_options *options,
	struct load_report *report, struct error *err)
{
	*report = (struct load_report){ .file = strdup(path) };
	if (report->file == NULL)
		return error_nomem(err);
	struct stream *s = stream_open(path, options->limits, err);
	bool ok = s != NULL && load_stream(db, s, options, report, err);
	stream_close(s);
	return ok;
}

void load_report_fini(struct load_report *report)
{
	free(report->file);
	free(report->header);
	*report = (struct load_report){ 0 };
}

static void load_note_faults(const struct load_report *r, struct buffer *out)
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
}

static void load_note_clashes(const struct load_report *r, struct buffer *out)
{
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
}

void load_report_notes(const struct load_report *r, bool verbose, struct buffer *out)
{
	load_note_faults(r, out);
	load_note_clashes(r, out);
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
