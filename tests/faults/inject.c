/* SPDX-License-Identifier: MIT */
/* Preloaded into a program, makes its n-th call of one kind fail.
 *
 *     FAULT_KIND   read write sync rename open truncate map memory thread, or
 *                  cut-read cut-write: the call then moves half of the bytes
 *     FAULT_AT     n, from 1; 0 lets all through
 *     FAULT_KILLS  the process dies there, as of `kill -9`: "self", or the number of
 * another one, whose end is waited for before the call is made FAULT_STAYS  when set
 * every later call of that kind fails too, as on a full disk FAULT_LOG    a file that
 * gets "KIND CALLS" of each kind at exit, and "struck" once the call was reached
 *
 * What goes to standard error never fails: it is what the test looks at.  Calls inside
 * the C library that it makes itself are not seen, those of SQLite, zlib, zstd, yajl and
 * libcsv are. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { READ, WRITE, SYNC, RENAME, OPEN, TRUNCATE, MAP, MEMORY, THREAD, KINDS };

static const struct {
	const char *name;
	int error;
} kinds[KINDS] = {
	[READ] = { "read", EIO },
	[WRITE] = { "write", ENOSPC },
	[SYNC] = { "sync", EIO },
	[RENAME] = { "rename", EIO },
	[OPEN] = { "open", EMFILE },
	[TRUNCATE] = { "truncate", EIO },
	[MAP] = { "map", ENOMEM },
	[MEMORY] = { "memory", ENOMEM },
	[THREAD] = { "thread", EAGAIN },
};

static long calls[KINDS];
static enum kind chosen = KINDS;
static long at;
static int stays, cuts;
static const char *kills;
static const char *log_path;
/* Set inside a call that must not fail.  Of the kind that needs no memory itself. */
static _Thread_local int spared __attribute__((tls_model("initial-exec")));

/* Past the functions below. */
static void fault_log(const char *text)
{
	int fd = log_path == NULL ? -1
				  : (int)syscall(SYS_openat, AT_FDCWD, log_path,
					    O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (fd >= 0 && syscall(SYS_write, fd, text, strlen(text)) < 0)
		abort();
	if (fd >= 0)
		close(fd);
}

__attribute__((constructor)) static void fault_begin(void)
{
	const char *name = getenv("FAULT_KIND");
	const char *n = getenv("FAULT_AT");
	log_path = getenv("FAULT_LOG");
	stays = getenv("FAULT_STAYS") != NULL;
	kills = getenv("FAULT_KILLS");
	at = n == NULL ? 0 : atol(n);
	if (name == NULL)
		return;
	cuts = strncmp(name, "cut-", 4) == 0;
	for (int k = 0; k < KINDS; k++)
		if (strcmp(name + (cuts ? 4 : 0), kinds[k].name) == 0)
			chosen = (enum kind)k;
	memset(calls, 0, sizeof calls);
}

__attribute__((destructor)) static void fault_end(void)
{
	char text[400] = "";
	size_t len = 0;
	chosen = KINDS;
	for (int k = 0; k < KINDS; k++)
		len += (size_t)snprintf(text + len, sizeof text - len, "%s %ld\n",
			kinds[k].name, calls[k]);
	fault_log(text);
}

/* Whether this call is the one. */
static int fault_due(enum kind kind)
{
	long n = __atomic_add_fetch(&calls[kind], 1, __ATOMIC_SEQ_CST);
	if (kind != chosen || at == 0 || spared || n < at || (n > at && !stays))
		return 0;
	if (n == at)
		fault_log("struck\n");
	if (kills != NULL) {
		int pid = atoi(kills);
		syscall(SYS_kill, pid == 0 ? getpid() : pid, SIGKILL);
		/* A dead process has no root any more, before its parent takes notice. */
		char root[32], target[8];
		snprintf(root, sizeof root, "/proc/%d/root", pid);
		while (readlink(root, target, sizeof target) > 0)
			sched_yield();
		return 0;
	}
	errno = kinds[kind].error;
	return 1;
}

/* Of the bytes that were asked for, those to be moved; 0: the call fails. */
static size_t fault_size(enum kind kind, int fd, size_t n)
{
	if (fd == STDERR_FILENO || n == 0 || !fault_due(kind))
		return n;
	return cuts ? (n + 1) / 2 : 0;
}

/* The function that stands behind the one here. */
static void *fault_real(const char *name)
{
	void *real = dlsym(RTLD_NEXT, name);
	if (real == NULL)
		abort();
	return real;
}

/* --- files ----------------------------------------------------------------------------
 */

ssize_t read(int fd, void *to, size_t n)
{
	size_t size = fault_size(READ, fd, n);
	return size == 0 && n > 0 ? -1 : syscall(SYS_read, fd, to, size);
}

ssize_t pread(int fd, void *to, size_t n, off_t offset)
{
	size_t size = fault_size(READ, fd, n);
	return size == 0 && n > 0 ? -1 : syscall(SYS_pread64, fd, to, size, offset);
}

ssize_t pread64(int fd, void *to, size_t n, off64_t offset)
{
	return pread(fd, to, n, offset);
}

ssize_t write(int fd, const void *from, size_t n)
{
	size_t size = fault_size(WRITE, fd, n);
	return size == 0 && n > 0 ? -1 : syscall(SYS_write, fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t n, off_t offset)
{
	size_t size = fault_size(WRITE, fd, n);
	return size == 0 && n > 0 ? -1 : syscall(SYS_pwrite64, fd, from, size, offset);
}

ssize_t pwrite64(int fd, const void *from, size_t n, off64_t offset)
{
	return pwrite(fd, from, n, offset);
}

int fsync(int fd)
{
	(void)fd; /* nobody pulls the plug: no need to wait */
	return fault_due(SYNC) ? -1 : 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int rename(const char *from, const char *to)
{
	return fault_due(RENAME)
		       ? -1
		       : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	int mode = va_arg(args, int);
	va_end(args);
	return fault_due(OPEN) ? -1
			       : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	int mode = va_arg(args, int);
	va_end(args);
	return open(path, flags, mode);
}

int mkstemp(char *name)
{
	static int (*real)(char *);
	if (real == NULL)
		*(void **)&real = fault_real("mkstemp");
	return fault_due(OPEN) ? -1 : real(name);
}

FILE *fopen(const char *path, const char *mode)
{
	static FILE *(*real)(const char *, const char *);
	if (real == NULL)
		*(void **)&real = fault_real("fopen");
	return fault_due(OPEN) ? NULL : real(path, mode);
}

int ftruncate(int fd, off_t size)
{
	return fault_due(TRUNCATE) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, size);
}

void *mmap(void *at_address, size_t n, int protection, int flags, int fd, off_t offset)
{
	if (fault_due(MAP))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at_address, n, protection, flags, fd, offset);
}

void *mmap64(
	void *at_address, size_t n, int protection, int flags, int fd, off64_t offset)
{
	return mmap(at_address, n, protection, flags, fd, offset);
}

/* --- memory and threads --------------------------------------------------------------
 */

void *malloc(size_t n)
{
	static void *(*real)(size_t);
	if (real == NULL)
		*(void **)&real = fault_real("malloc");
	return fault_due(MEMORY) ? NULL : real(n);
}

void *calloc(size_t n, size_t size)
{
	static void *(*real)(size_t, size_t);
	if (real == NULL)
		*(void **)&real = fault_real("calloc");
	return fault_due(MEMORY) ? NULL : real(n, size);
}

void *realloc(void *old, size_t n)
{
	static void *(*real)(void *, size_t);
	if (real == NULL)
		*(void **)&real = fault_real("realloc");
	return fault_due(MEMORY) ? NULL : real(old, n);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	void *(*start)(void *), void *argument)
{
	static int (*real)(
		pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
	if (real == NULL)
		*(void **)&real = fault_real("pthread_create");
	return fault_due(THREAD) ? EAGAIN : real(thread, attributes, start, argument);
}

/* The address sanitizer asks a thread for its stack before the thread begins, and ends
 * the process without an answer. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
	static int (*real)(pthread_t, pthread_attr_t *);
	if (real == NULL)
		*(void **)&real = fault_real("pthread_getattr_np");
	spared++;
	int error = real(thread, attributes);
	spared--;
	return error;
}
