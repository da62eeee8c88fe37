/* SPDX-License-Identifier: MIT */
/* A whole dump file, plain or packed: loaded, or refused with one line and a database
 * that is what it was. */
#include "load/load.h"
#include "store/generation.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

static int64_t ask(struct db *db, const char *sql)
{
	int64_t value = 0;
	fuzz_check(db_integer(db, &value, -1, NULL, "%s", sql));
	return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct load_report report = { 0 };
	char path[64];
	int fd = fuzz_file(data, size, path);
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	fuzz_check(db != NULL && generation_create_schema(db, &err));
	options.progress = PROGRESS_NEVER;
	options.threads = 1 + size % 2;
	options.block = size % 3 == 0 ? 7 : 0;
	options.limits.bytes = 16 << 20;
	bool loaded = load_dump(db, path, &options, &report, &err);
	fuzz_check(loaded == (err.status == STATUS_OK));
	fuzz_check(ask(db, "select count(*) from gen") == loaded);
	fuzz_check(ask(db, "select count(*) from pragma_integrity_check"
			   " where integrity_check <> 'ok'") == 0);
	if (loaded)
		fuzz_check(
			ask(db, "select count(*) from obj") == (int64_t)report.objects);
	load_report_fini(&report);
	db_close(db);
	close(fd);
	return 0;
}
