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

struct outfile {
	int fd;
	bool secret;    /* a new file is its owner's alone */
	bool keep_open; /* not ours to close */
	bool may_close; /* its reader may close it early, which is not an error: see
			   outfile_stdout() */
	char *name;     /* as the user wrote it, for messages */
	struct places *places;
	struct place *place; /* the claim */
	struct place *aside; /* NULL when written directly */
	dev_t aside_dev;
	ino_t aside_ino;
};

static void outfile_free(struct outfile *f)
{
	if (f == NULL)
		return;
	if (f->fd >= 0 && !f->keep_open)
		close(f->fd);
	if (f->place != NULL)
		places_release(f->place);
	free(f->name);
	free(f);
}

static struct outfile *outfile_new(
	struct places *places, const char *name, struct error *err)
{
	struct outfile *f = array_new_zeroed(1, sizeof *f);
	if (f != NULL) {
		f->fd = -1;
		f->places = places;
		f->name = strdup(name);
	}
	if (f == NULL || f->name == NULL) {
		outfile_free(f);
		error_nomem(err);
		return NULL;
	}
	return f;
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

/* Creates the temporary file beside its final place, private until the owner of the file
 * that it replaces is known.  Its name tells a user who finds it after a crash where it
 * came from. */
static bool outfile_create(struct outfile *f, const struct stat *old, struct error *err)
{
	const char *path = place_path(f->place);
	struct buffer name = BUFFER_INIT;
	mode_t mode = old == NULL && !f->secret ? 0666 : 0600;
	for (int attempt = 0; attempt < 100; attempt++) {
		uint64_t random = 0;
		if (getrandom(&random, sizeof random, 0) < 0)
			break;
		buffer_clear(&name);
		buffer_put(&name, path, places_folder(path));
		buffer_printf(&name, ".memsee-%016llx.part", (unsigned long long)random);
		f->fd = open(buffer_text(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			mode);
		if (f->fd >= 0 || errno != EEXIST)
			break;
	}
	struct stat st;
	if (f->fd < 0 || fstat(f->fd, &st) != 0 ||
		(old != NULL && fchmod(f->fd, old->st_mode & 07777) != 0)) {
		error_errno(err, "cannot write", f->name);
	} else {
		f->aside_dev = st.st_dev;
		f->aside_ino = st.st_ino;
		f->aside = places_leftover(f->places, buffer_text(&name), err);
	}
	if (f->aside == NULL && f->fd >= 0)
		unlink(buffer_text(&name));
	buffer_fini(&name);
	return f->aside != NULL;
}

/* Opens what the claim is for. */
static bool outfile_place(struct outfile *f, struct error *err)
{
	struct stat st;
	const char *path = place_path(f->place);
	if (stat(path, &st) != 0) {
		if (errno == ENOENT)
			return outfile_create(f, NULL, err);
	} else if (S_ISREG(st.st_mode)) {
		/* A rename would replace a file that the user made read-only. */
		if (access(path, W_OK) == 0)
			return outfile_create(f, &st, err);
	} else if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
	} else {
		/* Anything but a regular file.  It must not have become one meanwhile. */
		f->fd = open(path, O_WRONLY | O_CLOEXEC);
		if (f->fd >= 0 && fstat(f->fd, &st) == 0) {
			if (!S_ISREG(st.st_mode))
				return true;
			errno = EEXIST;
		}
	}
	return error_errno(err, "cannot write", f->name);
}

/* What /dev/stdout and its like name. */
static bool outfile_take_descriptor(struct outfile *f, int fd, struct error *err)
{
	f->fd = fd;
	f->keep_open = true;
	if (fcntl(fd, F_GETFD) < 0)
		return error_errno(err, "cannot write", f->name);
	f->place = places_write_descriptor(f->places, f->name, fd, err);
	return f->place != NULL;
}

static struct outfile *outfile_begin(
	struct places *places, const char *path, bool secret, struct error *err)
{
	struct outfile *f = outfile_new(places, path, err);
	int fd = outfile_descriptor(path);
	if (f != NULL)
		f->secret = secret;
	if (f != NULL && fd >= 0 && outfile_take_descriptor(f, fd, err))
		return f;
	if (f != NULL && fd < 0) {
		f->place = places_write(f->places, path, path, err);
		if (f->place != NULL && outfile_place(f, err))
			return f;
	}
	outfile_discard(f);
	return NULL;
}

struct outfile *outfile_open(struct places *places, const char *path, struct error *err)
{
	return outfile_begin(places, path, false, err);
}

struct outfile *outfile_open_private(
	struct places *places, const char *path, struct error *err)
{
	return outfile_begin(places, path, true, err);
}

struct outfile *outfile_stdout(struct places *places, struct error *err)
{
	struct outfile *f = outfile_new(places, "standard output", err);
	if (f != NULL && outfile_take_descriptor(f, STDOUT_FILENO, err)) {
		f->may_close = true;
		return f;
	}
	outfile_discard(f);
	return NULL;
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
		} else if (errno == EPIPE && f->may_close) {
			return true;
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

/* Whether the temporary file is still the one that was written. */
static bool outfile_is_own(const struct outfile *f)
{
	struct stat st;
	return lstat(place_path(f->aside), &st) == 0 && st.st_dev == f->aside_dev &&
	       st.st_ino == f->aside_ino;
}

bool outfile_commit(struct outfile *f, struct error *err)
{
	bool ok = outfile_finish(f, err);
	if (ok && f->aside != NULL) {
		ok = places_confirm(f->places, f->place, err);
		if (ok && !outfile_is_own(f))
			ok = error_set(err, STATUS_DATA,
				"cannot write '%s': its temporary file is gone", f->name);
		if (ok && rename(place_path(f->aside), place_path(f->place)) != 0)
			ok = error_errno(err, "cannot write", f->name);
	}
	if (ok && f->aside != NULL) {
		place_is_gone(f->aside);
		f->aside = NULL;
		places_written(f->place);
	}
	outfile_discard(f);
	return ok;
}

bool outfile_save(struct places *places, const char *path, const void *data, size_t len,
	struct error *err)
{
	struct outfile *f = outfile_open(places, path, err);
	if (f == NULL)
		return false;
	if (outfile_write(f, data, len, err))
		return outfile_commit(f, err);
	outfile_discard(f);
	return false;
}

void outfile_discard(struct outfile *f)
{
	if (f != NULL && f->aside != NULL) {
		if (outfile_is_own(f))
			unlink(place_path(f->aside));
		place_is_gone(f->aside);
	}
	outfile_free(f);
}

/* --- temporary files ---------------------------------------------------------------- */

const char *outfile_temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");
	return folder == NULL || *folder == '\0' ? "/tmp" : folder;
}

int outfile_temporary(const char *kind, char **name)
{
	char *path;
	if (asprintf(&path, "%s/memsee-%s-XXXXXX", outfile_temporary_folder(), kind) <
		0) {
		errno = ENOMEM;
		return -1;
	}
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0 && name != NULL) {
		*name = path;
		return fd;
	}
	int why = errno;
	if (fd >= 0)
		unlink(path);
	free(path);
	errno = why;
	return fd;
}
