/* SPDX-License-Identifier: MIT */
#include "load/load_check.h"

void load_summarise(const struct heap *h, struct load_report *report, uint64_t *bad_bytes)
{
	uint64_t line = 0;
	*bad_bytes = 0;
	for (size_t i = 0; i < h->part_count; i++) {
		const struct heap_part *part = h->parts[i];
		for (size_t f = 0; f < part->rejected && f < HEAP_FAULTS_MAX; f++) {
			if (report->rejected + f >= HEAP_FAULTS_MAX)
				break;
			report->faults[report->rejected + f] = part->faults[f];
			report->faults[report->rejected + f].line += line;
		}
		line += part->lines;
		report->rejected += part->rejected;
		report->surrogates += part->surrogates;
		report->objects += part->count;
		*bad_bytes += part->rejected_bytes;
		report->bytes += part->bytes;
	}
	report->lines = line;
}

bool load_check(const struct load_report *report, bool strict, uint64_t bad_bytes,
	struct error *err)
{
	const struct heap_fault *f = report->faults;
	if (strict && report->rejected > 0)
		return error_set(err, STATUS_DATA, "%s:%llu:%zu: %s", report->file,
			(unsigned long long)f->line, f->what.column, f->what.reason);
	if (strict && report->torn != NULL)
		return error_set(
			err, STATUS_DATA, "'%s': %s", report->file, report->torn);
	if (report->bytes == 0)
		return error_set(err, STATUS_DATA, "'%s' is empty", report->file);
	if (report->rejected > report->objects || bad_bytes > report->bytes / 2)
		return error_set(err, STATUS_DATA,
			"'%s' is not a dump that can be read: %llu bad line%s, %llu "
			"object%s; line %llu, column %zu: %s",
			report->file, (unsigned long long)report->rejected,
			report->rejected == 1 ? "" : "s",
			(unsigned long long)report->objects,
			report->objects == 1 ? "" : "s", (unsigned long long)f->line,
			f->what.column, f->what.reason);
	if (report->objects == 0)
		return error_set(err, STATUS_DATA, "'%s' holds no objects", report->file);
	return true;
}

bool load_check_clashes(const struct load_options *options,
	const struct load_report *report, struct error *err)
{
	if (!options->strict || report->clash_count == 0)
		return true;
	const struct heap_clash *c = report->clashes;
	return error_set(err, STATUS_DATA,
		"%s:%llu: another object at address %lld than in line %llu", report->file,
		(unsigned long long)c->line, (long long)c->address,
		(unsigned long long)c->first_line);
}
