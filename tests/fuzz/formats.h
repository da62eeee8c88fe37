/* SPDX-License-Identifier: MIT */
/* formats - what the targets for the readers of foreign dumps have in common. */
#ifndef MEMSEE_TESTS_FUZZ_FORMATS_H
#define MEMSEE_TESTS_FUZZ_FORMATS_H

#include "load/formats.h"
#include "load/load.h"
#include "store/generation.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

static inline int64_t formats_ask(struct db *db, const char *sql)
{
	int64_t value = 0;
	fuzz_check(db_integer(db, &value, -1, NULL, "%s", sql));
	return value;
}

/* A dump of that format: loaded, or refused with one line and a database that is what it
 * was. */
static inline void formats_load(const char *format, const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct load_report report = { 0 };
	char path[64];
	const char *rest;
	int fd = fuzz_file(data, size, path);
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	fuzz_check(db != NULL && generation_create_schema(db, &err));
	char word[80];
	snprintf(word, sizeof word, "%s:x", format);
	options.format = dump_format_split(word, &rest);
	fuzz_check(options.format != NULL);
	options.progress = PROGRESS_NEVER;
	options.threads = 1;
	options.limits.bytes = 16 << 20;
	options.strict = size % 5 == 0;
	options.block = size % 3 == 0 ? 200 : 0;
	bool loaded = load_dump(db, path, &options, &report, &err);
	fuzz_check(loaded == (err.status == STATUS_OK));
	fuzz_check(loaded || strchr(err.message, '\n') == NULL);
	fuzz_check(formats_ask(db, "select count(*) from gen") == loaded);
	if (loaded)
		fuzz_check(formats_ask(db, "select count(*) from obj") ==
			   (int64_t)report.objects);
	load_report_fini(&report);
	db_close(db);
	close(fd);
}

#endif
