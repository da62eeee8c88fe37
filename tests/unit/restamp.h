/* SPDX-License-Identifier: MIT */
/* restamp - makes the cache of a database true of the file as it is, whatever is in it.
 */
#ifndef MEMSEE_TESTS_UNIT_RESTAMP_H
#define MEMSEE_TESTS_UNIT_RESTAMP_H

#include "store/db.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void restamp(struct db *db, const char *path)
{
	struct error err = ERROR_INIT;
	unsigned char bytes[4];
	struct stat st;
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(pread(fd, bytes, 4, 24), 4);
	assert_int_equal(close(fd), 0);
	int64_t counter =
		(int64_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
	assert_int_equal(stat(path, &st), 0);
	assert_true(db_execf(db, &err,
		"update graph_cache_stamp set counter = %lld, inode = %lld, "
		"seconds = %lld, nanoseconds = %lld",
		(long long)counter + 1, (long long)st.st_ino,
		(long long)st.st_mtim.tv_sec, (long long)st.st_mtim.tv_nsec));
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, st.st_mtim };
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

#endif
