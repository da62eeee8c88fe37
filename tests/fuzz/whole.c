/* SPDX-License-Identifier: MIT */
/* A whole script over a small dump, into every format: a report or one line, never more,
 * and no file. */
#include "tests/fuzz/session.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seven objects: a registry that holds a leak, a cycle, a dangling reference. */
static const char dump[] =
	"{\"address\": 1, \"type\": \"module\", \"size\": 72, \"name\": \"app\", "
	"\"refs\": [2]}\n"
	"{\"address\": 2, \"type\": \"dict\", \"size\": 232, \"len\": 2, \"refs\": [3, "
	"4]}\n"
	"{\"address\": 3, \"type\": \"list\", \"size\": 88, \"len\": 2, \"refs\": [5, "
	"5]}\n"
	"{\"address\": 4, \"type\": \"int\", \"size\": 28, \"value\": 7, \"refs\": []}\n"
	"{\"address\": 5, \"type\": \"Leak\", \"size\": 48, \"refs\": [9]}\n"
	"{\"address\": 6, \"type\": \"Node\", \"size\": 48, \"refs\": [7]}\n"
	"{\"address\": 7, \"type\": \"Node\", \"size\": 48, \"refs\": [6]}\n";

static char folder[] = "/tmp/memsee-fuzz-XXXXXX";

static void leave_folder(void)
{
	rmdir(folder);
}

/* Goes where no file is; returns where it was. */
static int enter_folder(void)
{
	static bool made;
	int outside = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!made) {
		fuzz_check(mkdtemp(folder) != NULL && atexit(leave_folder) == 0);
		made = true;
	}
	fuzz_check(outside >= 0 && chdir(folder) == 0);
	return outside;
}

/* What --safe promises: nothing was written that the command line did not name. */
static void check_folder(int outside)
{
	DIR *here = opendir(".");
	fuzz_check(here != NULL);
	for (const struct dirent *e; (e = readdir(here)) != NULL;)
		fuzz_check(strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0);
	closedir(here);
	fuzz_check(fchdir(outside) == 0);
	close(outside);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const targets[] = { "markdown:/dev/null", "csv:/dev/null",
		"dot:/dev/null", "text:/dev/null", "json:/dev/null", NULL };
	char path[64], read[80];
	int fd = fuzz_file((const uint8_t *)dump, sizeof dump - 1, path);
	snprintf(read, sizeof read, "read %s", path);
	const char *const readable[] = { path, NULL }, *const writable[] = { NULL };
	bool checks_hold = false;
	struct fuzz_session f;
	fuzz_session_init(&f, 200);
	f.settings.safe = true;
	f.settings.readable = readable;
	f.settings.writable = writable;
	int outside = enter_folder();
	fuzz_session_begin(&f, targets, 2, &checks_hold);
	fuzz_session_run(&f, read, strlen(read));
	fuzz_session_run(&f, (const char *)data, size);
	fuzz_session_end(&f);
	check_folder(outside);
	close(fd);
	return 0;
}
