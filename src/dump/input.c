/* SPDX-License-Identifier: MIT */
#include "dump/input.h"

#include "base/buffer.h"
#include "base/outfile.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INPUT_SPOOL = 1 << 20 }; /* bytes copied per write */

struct dump_input {
	struct stream *stream;
	unsigned char head[DUMP_HEAD_MAX];
	size_t head_len, taken; /* bytes of the head, and how many of them were read */
	uint64_t bytes;         /* number of bytes read after the head */
	void *map;
	size_t map_len;
};

struct dump_input *dump_input_open(
	const char *path, struct stream_limits limits, struct error *err)
{
	struct dump_input *in = calloc(1, sizeof *in);
	if (in == NULL) {
		error_nomem(err);
		return NULL;
	}
	in->stream = stream_open(path, limits, err);
	if (in->stream != NULL) {
		ptrdiff_t got = stream_read(in->stream, in->head, sizeof in->head, err);
		if (got >= 0) {
			in->head_len = (size_t)got;
			return in;
		}
	}
	dump_input_close(in);
	return NULL;
}

void dump_input_close(struct dump_input *in)
{
	if (in == NULL)
		return;
	if (in->map != NULL)
		munmap(in->map, in->map_len);
	stream_close(in->stream);
	free(in);
}

const unsigned char *dump_input_head(const struct dump_input *in, size_t *len)
{
	*len = in->head_len;
	return in->head;
}

ptrdiff_t dump_input_read(struct dump_input *in, void *to, size_t size, struct error *err)
{
	assert(to != NULL && in->taken <= in->head_len);
	size_t held = in->head_len - in->taken;
	size_t n = held < size ? held : size;
	memcpy(to, in->head + in->taken, n);
	in->taken += n;
	if (n == size || in->head_len < sizeof in->head)
		return (ptrdiff_t)n;
	ptrdiff_t got = stream_read(in->stream, (char *)to + n, size - n, err);
	if (got < 0)
		return got;
	in->bytes += (uint64_t)got;
	return (ptrdiff_t)n + got;
}

/* Copies the rest of the stream into a file without a name.  The caller closes it. */
static int input_spool(struct dump_input *in, struct error *err)
{
	assert(in->taken == 0 && in->bytes == 0);
	char *room = malloc(INPUT_SPOOL);
	int fd = room == NULL ? -1 : outfile_temporary("dump", NULL);
	if (room == NULL || (fd < 0 && errno == ENOMEM))
		error_nomem(err);
	else if (fd < 0)
		error_errno(err, "cannot make a temporary file in",
			outfile_temporary_folder());

	bool ok = fd >= 0;
	ptrdiff_t got = 1;
	while (ok && got > 0) {
		got = dump_input_read(in, room, INPUT_SPOOL, err);
		ok = got >= 0;
		for (ptrdiff_t at = 0; ok && at < got;) {
			ssize_t n = write(fd, room + at, (size_t)(got - at));
			if (n >= 0)
				at += n;
			else if (errno != EINTR)
				ok = error_errno(err, "cannot write", "a temporary file");
		}
	}
	free(room);
	if (!ok && fd >= 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

bool dump_input_map(
	struct dump_input *in, const unsigned char **data, size_t *len, struct error *err)
{
	struct stat st;
	assert(in->map == NULL);
	int file = stream_plain_file(in->stream);
	int fd = file >= 0 ? file : input_spool(in, err);
	if (fd < 0)
		return false;
	bool ok = fstat(fd, &st) == 0 || error_errno(err, "cannot read", "a dump");
	in->map_len = ok ? (size_t)st.st_size : 0;
	if (ok && in->map_len > 0) {
		in->map = mmap(NULL, in->map_len, PROT_READ, MAP_PRIVATE, fd, 0);
		if (in->map == MAP_FAILED) {
			in->map = NULL;
			ok = error_errno(err, "cannot map", stream_name(in->stream));
		}
	}
	if (fd != file)
		close(fd);
	*data = in->map != NULL ? in->map : in->head;
	*len = in->map_len;
	return ok;
}

void dump_input_let_go(const void *mapped, size_t from, size_t to)
{
	const size_t block = 1 << 16; /* a multiple of any machine's pages */
	assert(from <= to && (uintptr_t)mapped % 4096 == 0);
	from = from / block * block;
	to = to / block * block;
	/* If it fails, the memory stays: nothing is lost. */
	if (from < to)
		(void)madvise(
			(void *)((uintptr_t)mapped + from), to - from, MADV_DONTNEED);
}

size_t dump_input_mapped(const struct dump_input *in)
{
	return in->map_len;
}

uint64_t dump_input_bytes(const struct dump_input *in)
{
	return in->map != NULL ? in->map_len : in->taken + in->bytes;
}

const struct stream *dump_input_stream(const struct dump_input *in)
{
	return in->stream;
}
