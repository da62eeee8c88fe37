/* SPDX-License-Identifier: MIT */
#include "base/outfile.h"

#include "base/array.h"
#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUTFILE_LINKS 40 /* as the kernel follows */

struct outfile {
	int fd;
	bool keep_open; /* not ours to close */
	char *name;     /* as the user wrote it, for messages */
	char *path;     /* the place, links followed */
	char *aside;    /* NULL when written directly */
};

static void outfile_free(struct outfile *f)
{
	if (f == NULL)
		return;
	if (f->fd >= 0 && !f->keep_open)
		close(f->fd);
	free(f->name);
	free(f->path);
	free(f->aside);
	free(f);
}

static struct outfile *outfile_new(const char *name, struct error *err)
{
	struct outfile *f = array_new_zeroed(1, sizeof *f);
	if (f != NULL) {
		f->fd = -1;
		f->name = strdup(name);
	}
	if (f == NULL || f->name == NULL) {
		outfile_free(f);
		error_nomem(err);
		return NULL;
	}
	return f;
}

/* The bytes of `path` up to and with its last slash. */
static size_t outfile_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Where one step along the link `path` leads; NULL when it is no link or on failure. */
static char *outfile_follow(const char *path)
{
	struct buffer to = BUFFER_INIT;
	struct stat st;
	if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
		return NULL;
	char link[4096];
	ssize_t len = readlink(path, link, sizeof link);
	if (len <= 0 || (size_t)len == sizeof link)
		return NULL;
	if (link[0] != '/')
		buffer_put(&to, path, outfile_folder(path));
	buffer_put(&to, link, (size_t)len);
	return buffer_take(&to);
}

/* `path` with the links of its last part followed, also one that leads nowhere yet. */
static char *outfile_resolve(const char *path)
{
	char *at = strdup(path);
	for (int links = 0; at != NULL && links < OUTFILE_LINKS; links++) {
		char *next = outfile_follow(at);
		if (next == NULL)
			break;
		free(at);
		at = next;
	}
	return at;
}

/* The descriptor that /dev/stdout and its like mean, -1 for any other path.  Opened by
 * name, a regular file behind them would be written from its start. */
static int outfile_descriptor(const char *path)
{
	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	static const char folder[] = "/dev/fd/";
	const char *number = path + sizeof folder - 1;
	if (strncmp(path, folder, sizeof folder - 1) != 0 || *number < '0' ||
		*number > '9')
		return -1;
	char *end;
	long fd = strtol(number, &end, 10);
	return *end == '\0' && fd <= INT_MAX ? (int)fd : -1;
}

/* Creates the file aside.  Its name tells a user who finds it after a crash where it came
 * from. */
static bool outfile_create(struct outfile *f, mode_t mode)
{
	struct buffer name = BUFFER_INIT;
	for (int attempt = 0; attempt < 100; attempt++) {
		uint64_t random = 0;
		if (getrandom(&random, sizeof random, 0) < 0)
			return false;
		buffer_clear(&name);
		buffer_put(&name, f->path, outfile_folder(f->path));
		buffer_printf(&name, ".memsee-%016llx.part", (unsigned long long)random);
		f->fd = open(buffer_text(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0666);
		if (f->fd >= 0 || errno != EEXIST)
			break;
	}
	f->aside = f->fd < 0 ? NULL : buffer_take(&name);
	buffer_fini(&name);
	if (f->fd >= 0 && f->aside == NULL)
		errno = ENOMEM;
	if (mode != 0 && f->aside != NULL && fchmod(f->fd, mode) != 0)
		return false;
	return f->aside != NULL;
}

/* Opens f->path; errno says why not. */
static bool outfile_place(struct outfile *f)
{
	struct stat st;
	if (stat(f->path, &st) != 0)
		return errno == ENOENT && outfile_create(f, 0);
	if (S_ISREG(st.st_mode))
		/* A rename would replace a file that the user made read-only. */
		return access(f->path, W_OK) == 0 &&
		       outfile_create(f, st.st_mode & 07777);
	if (S_ISDIR(st.st_mode))
		errno = EISDIR;
	else
		f->fd = open(f->path, O_WRONLY | O_CLOEXEC);
	return f->fd >= 0;
}

struct outfile *outfile_open(const char *path, struct error *err)
{
	struct outfile *f = outfile_new(path, err);
	if (f == NULL)
		return NULL;
	f->fd = outfile_descriptor(path);
	f->keep_open = f->fd >= 0;
	if (f->keep_open && fcntl(f->fd, F_GETFD) >= 0)
		return f;
	if (f->keep_open)
		goto fail;
	f->path = outfile_resolve(path);
	if (f->path == NULL)
		error_nomem(err);
	else if (outfile_place(f))
		return f;
fail:
	error_errno(err, "cannot write", path);
	if (f->aside != NULL)
		unlink(f->aside);
	outfile_free(f);
	return NULL;
}

struct outfile *outfile_stdout(struct error *err)
{
	struct outfile *f = outfile_new("standard output", err);
	if (f != NULL) {
		f->fd = STDOUT_FILENO;
		f->keep_open = true;
	}
	return f;
}

/* Whether both paths are in the same folder; both exist. */
static bool outfile_same_folder(const char *a, const char *b)
{
	struct stat folder[2];
	const char *path[2] = { a, b };
	for (int i = 0; i < 2; i++) {
		char *name = strndup(path[i], outfile_folder(path[i]));
		bool ok = name != NULL &&
			  stat(name[0] == '\0' ? "." : name, &folder[i]) == 0;
		free(name);
		if (!ok)
			return false;
	}
	return folder[0].st_dev == folder[1].st_dev &&
	       folder[0].st_ino == folder[1].st_ino;
}

static bool outfile_same_place(const char *a, const char *b)
{
	return strcmp(a + outfile_folder(a), b + outfile_folder(b)) == 0 &&
	       outfile_same_folder(a, b);
}

bool outfile_is_whole(const struct outfile *f)
{
	return f->aside != NULL;
}

bool outfile_is_same(const struct outfile *a, const struct outfile *b)
{
	if (a->path == NULL || b->path == NULL)
		return a->path == b->path && a->fd == b->fd;
	return outfile_same_place(a->path, b->path);
}

bool outfile_replaces(const struct outfile *f, const char *path)
{
	char *place = f->aside == NULL ? NULL : outfile_resolve(path);
	bool same = place != NULL && outfile_same_place(f->path, place);
	free(place);
	return same;
}

bool outfile_write(struct outfile *f, const void *data, size_t len, struct error *err)
{
	const char *at = data;
	while (len > 0) {
		ssize_t written = write(f->fd, at, len);
		if (written >= 0) {
			at += written;
			len -= (size_t)written;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd ready = { .fd = f->fd, .events = POLLOUT };
			poll(&ready, 1, -1);
		} else if (errno != EINTR) {
			return error_errno(err, "cannot write", f->name);
		}
	}
	return true;
}

bool outfile_finish(struct outfile *f, struct error *err)
{
	if (f->fd < 0 || f->keep_open)
		return true;
	/* Without fsync a power failure after the rename can leave an empty file. */
	bool ok = f->aside == NULL || fsync(f->fd) == 0 || errno == EINVAL ||
		  errno == ENOTSUP;
	if (!ok)
		error_errno(err, "cannot write", f->name);
	if (close(f->fd) != 0 && ok && errno != EINTR)
		ok = error_errno(err, "cannot write", f->name);
	f->fd = -1;
	return ok;
}

bool outfile_commit(struct outfile *f, struct error *err)
{
	bool ok = outfile_finish(f, err);
	if (ok && f->aside != NULL && rename(f->aside, f->path) != 0)
		ok = error_errno(err, "cannot write", f->name);
	if (!ok && f->aside != NULL)
		unlink(f->aside);
	outfile_free(f);
	return ok;
}

void outfile_discard(struct outfile *f)
{
	if (f != NULL && f->aside != NULL)
		unlink(f->aside);
	outfile_free(f);
}
