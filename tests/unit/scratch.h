/* SPDX-License-Identifier: MIT */
/* A folder for a test to make files in, and what is in it. */
#ifndef MEMSEE_TESTS_SCRATCH_H
#define MEMSEE_TESTS_SCRATCH_H

#include "base/buffer.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Makes a new folder the working one; the old is kept in *state. */
static inline int scratch_enter(void **state)
{
	char path[] = "/tmp/memsee-test-XXXXXX";
	*state = getcwd(NULL, 0);
	return *state == NULL || mkdtemp(path) == NULL || chdir(path) != 0;
}

static inline int scratch_leave(void **state)
{
	char *here = getcwd(NULL, 0);
	struct buffer line = BUFFER_INIT;
	buffer_printf(&line, "rm -rf '%s'", here);
	int failed = chdir(*state) != 0 || system(buffer_text(&line)) != 0;
	buffer_fini(&line);
	free(here);
	free(*state);
	return failed;
}

static inline void scratch_write(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
}

/* The bytes of a file; the caller frees. */
static inline struct buffer scratch_read(const char *path)
{
	struct buffer b = BUFFER_INIT;
	char chunk[4096];
	size_t n;
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buffer_put(&b, chunk, n);
	fclose(f);
	return b;
}

static inline void scratch_check(const char *path, const char *want)
{
	struct buffer b = scratch_read(path);
	assert_string_equal(buffer_text(&b), want);
	buffer_fini(&b);
}

/* How many files, hidden ones too, are in a folder. */
static inline int scratch_count(const char *folder)
{
	DIR *d = opendir(folder);
	int count = -2;
	assert_non_null(d);
	while (readdir(d) != NULL)
		count++;
	closedir(d);
	return count;
}

#endif
