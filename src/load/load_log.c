/* SPDX-License-Identifier: MIT */
#include "load/load_log.h"

#include "store/read_log.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The facts in the header ?2.  The first one of a repeated key counts. */
static const char load_log_header_sql[] =
	"insert into main.read_log (gen, fact, value) "
	"select ?1, fact, value from ("
	" select min(id), id, value, case key when 'implementation' then 'runtime'"
	"  when 'python' then 'version' else key end as fact"
	" from (select id, key, type, atom as value from json_each(?2)"
	"  union all select 0, 'program', 'text', json_extract(?2, '$.argv[0]')"
	"  where json_type(?2, '$.argv[0]') = 'text')"
	" where type in ('integer', 'real') and key not in ('memsee_dump', 'address',"
	"   'size', 'len', 'value')"
	"  or type = 'text' and key in ('implementation', 'runtime', 'python', 'version',"
	"   'time', 'program', 'identity')"
	" group by fact order by min(id)) "
	"where fact not in (select fact from main.read_log where gen = ?1)"
	" and not (?3 and case"
	"  when fact = 'runtime' then"
	"   value not in ('CPython', 'PyPy', 'V8', 'JVM', 'Ruby', 'PHP')"
	"  when fact = 'identity' then value not in ('addresses', 'places')"
	"  when fact = 'version' then"
	"   length(value) > 12 or value glob '*[^0-9.a-c+r]*'"
	"  when fact = 'time' then julianday(value) is null or length(value) > 32"
	"  when fact = 'pid' then typeof(value) <> 'integer' or value >= 1 << 22"
	"  when fact in ('rss', 'rss_peak', 'anonymous', 'file_backed', 'pymalloc_free',"
	"   'malloc_free') then typeof(value) <> 'integer' or value >= 1 << 47"
	"  else true end)";

bool load_log_write(struct db *db, const struct load_report *report, struct error *err)
{
	const char *torn = report->torn != NULL ? report->torn
			   : report->torn_line  ? "the last line breaks off"
						: NULL;
	int64_t gen = report->generation;
	/* The file's own name, without the ending of its packing. */
	const char *slash = strrchr(report->file, '/');
	const char *name = slash == NULL ? report->file : slash + 1;
	size_t len = strlen(name);
	if (len > 3 && strcmp(name + len - 3, ".gz") == 0)
		len -= 3;
	else if (len > 4 && strcmp(name + len - 4, ".zst") == 0)
		len -= 4;
	const struct {
		const char *fact;
		uint64_t count;
	} counts[] = {
		{ "bytes", report->bytes },
		{ "lines", report->lines },
		{ "objects", report->objects },
		{ "references", report->references },
		{ "size", (uint64_t)report->size },
		{ "size_read", (uint64_t)report->size_read },
		{ "top", report->top },
		{ "rejected", report->rejected },
		{ "repeats", report->repeats },
		{ "clashes", report->clash_count },
		{ "dangling", report->dangling },
		{ "dangling_targets", report->dangling_targets },
		{ "surrogates", report->surrogates },
	};
	bool ok = read_log_create(db, err) &&
		  read_log_put(db, gen, "file", cell_bytes(name, len), err) &&
		  load_facts_write(&report->facts, db, gen, err);
	for (size_t i = 0; ok && i < sizeof counts / sizeof *counts; i++)
		ok = read_log_put(db, gen, counts[i].fact,
			cell_integer((int64_t)counts[i].count), err);
	/* The first few faults and clashes. */
	char fact[32], text[DUMP_REASON_MAX + 64];
	for (size_t i = 0; ok && i < report->rejected && i < HEAP_FAULTS_MAX; i++) {
		const struct heap_fault *f = &report->faults[i];
		snprintf(fact, sizeof fact, "rejected %zu", i + 1);
		snprintf(text, sizeof text, "line %" PRIu64 ", column %zu: %s", f->line,
			f->what.column, f->what.reason);
		ok = read_log_put(db, gen, fact, cell_text(text), err);
	}
	for (size_t i = 0; ok && i < report->clash_count && i < HEAP_FAULTS_MAX; i++) {
		const struct heap_clash *c = &report->clashes[i];
		assert(c->first_line <= c->line);
		snprintf(fact, sizeof fact, "clash %zu", i + 1);
		snprintf(text, sizeof text,
			"address %" PRId64 ": line %" PRIu64 " differs from line %" PRIu64
			", which is kept",
			c->address, c->line, c->first_line);
		ok = read_log_put(db, gen, fact, cell_text(text), err);
	}
	ok = ok &&
	     (torn == NULL || read_log_put(db, gen, "torn", cell_text(torn), err)) &&
	     (!report->redacted ||
		     read_log_put(db, gen, "values", cell_text("redacted"), err));
	if (!ok || report->header == NULL)
		return ok;
	struct db_stmt *stmt = NULL;
	ok = db_prepare(db, load_log_header_sql, &stmt, NULL, err) &&
	     db_bind(stmt, 1, cell_integer(gen), err) &&
	     db_bind(stmt, 2, cell_text(report->header), err) &&
	     db_bind(stmt, 3, cell_integer(report->redacted), err) && db_run(stmt, err);
	db_stmt_free(stmt);
	return ok && (report->redacted || read_log_put(db, gen, "header",
						  cell_text(report->header), err));
}
