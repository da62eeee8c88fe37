/* SPDX-License-Identifier: MIT */
#include "store/db_private.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Far behind the bytes that SQLite locks, and behind the end of any database. */
static const off_t db_claim_start = (off_t)1 << 62;

/* Locks of open files: unlike SQLite's they hold against other connections of this
 * process too.  The kernel drops them when the process dies. */
static bool db_claim_control(struct db *db, int command, int64_t n, struct flock *lock)
{
	assert(n >= 0);
	*lock = (struct flock){ .l_type = lock->l_type,
		.l_whence = SEEK_SET,
		.l_start = db_claim_start + (n & 0xffffffff),
		.l_len = 1 };
	int done;
	/* The descriptor for locks stays open as long as the connection: closing it would
	 * drop SQLite's own locks, which belong to the process
	 * (https://www.sqlite.org/howtocorrupt.html, 2.2). */
	if (db->claims < 0)
		db->claims = open(db->path, O_RDWR | O_CLOEXEC);
	if (db->claims < 0)
		return false;
	do
		done = fcntl(db->claims, command, lock);
	while (done != 0 && errno == EINTR);
	return done == 0;
}

bool db_claim(struct db *db, int64_t n)
{
	struct flock lock = { .l_type = F_WRLCK };
	return db_claim_control(db, F_OFD_SETLK, n, &lock);
}

void db_disclaim(struct db *db, int64_t n)
{
	struct flock lock = { .l_type = F_UNLCK };
	(void)db_claim_control(db, F_OFD_SETLK, n, &lock);
}

bool db_claimed(struct db *db, int64_t n)
{
	struct flock lock = { .l_type = F_WRLCK };
	return !db_claim_control(db, F_OFD_GETLK, n, &lock) || lock.l_type != F_UNLCK;
}
