/* SPDX-License-Identifier: MIT */
#include "base/stream.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum {
	STREAM_INPUT = 1 << 18, /* bytes of the file read at a time */
	STREAM_BLOCK = 1 << 20, /* bytes handed from thread to thread at a time */
	STREAM_BLOCKS = 4,      /* blocks that the unpacking thread may be ahead */
	STREAM_MAGIC = 16,      /* bytes that show what a file is */
};

/* How unpacking a block went. */
enum stream_step { STREAM_MORE, STREAM_END, STREAM_TORN, STREAM_FAILED };

/* One kind of file.  `unpack` fills `to` up to *len (in: room, out: bytes). */
struct stream_codec {
	const char *name;
	const char *magic;
	size_t magic_len;
	const char *torn, *damaged, *trailing;
	bool (*open)(struct stream *s); /* may be NULL, as close may */
	enum stream_step (*unpack)(struct stream *s, unsigned char *to, size_t *len);
	void (*close)(struct stream *s);
	const char *refusal; /* why it is not read, NULL when it is */
};

struct stream_block {
	unsigned char *data;
	size_t len;
};

struct stream {
	int fd;
	char *name;
	const struct stream_codec *codec;
	struct stream_limits limits;
	uint64_t size;
	int64_t time;
	_Atomic uint64_t position;

	/* The file's own bytes: in[in_pos .. in_len) are not yet consumed. */
	unsigned char *in;
	size_t in_pos, in_len;
	bool in_end;
	int in_errno;
	z_stream zlib;
	bool member_open; /* within a gzip member or a zstd frame */
	ZSTD_DStream *zstd;
	uint64_t unpacked;

	/* The ring between the unpacking thread and the reader, under `lock`. */
	pthread_t thread;
	bool threaded;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct stream_block ring[STREAM_BLOCKS];
	size_t ring_first, ring_count;
	bool stop;              /* the reader needs no more */
	enum stream_step ended; /* STREAM_MORE while the thread works */
	const char *why;        /* of STREAM_TORN */
	struct error failure;   /* of STREAM_FAILED */

	size_t taken; /* bytes of the first block that were read */
};

/* read(2), which a signal does not cut short; -1 with ECANCELED when the reader was told
 * to give up while a pipe had nothing to read. */
static ssize_t stream_get(const struct stream *s, void *to, size_t room)
{
	enum { LOOK_MS = 200 };
	struct pollfd wait = { .fd = s->fd, .events = POLLIN };
	while (s->size == 0 && s->limits.cancel != NULL && poll(&wait, 1, LOOK_MS) <= 0)
		if (*s->limits.cancel != 0) {
			errno = ECANCELED;
			return -1;
		}
	ssize_t got;
	do
		got = read(s->fd, to, room);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Reads more of the file behind the bytes that are not yet consumed.  False at its end.
 */
static bool stream_fill(struct stream *s)
{
	if (s->in_end)
		return false;
	memmove(s->in, s->in + s->in_pos, s->in_len - s->in_pos);
	s->in_len -= s->in_pos;
	s->in_pos = 0;
	ssize_t got = stream_get(s, s->in + s->in_len, STREAM_INPUT - s->in_len);
	if (got <= 0) {
		s->in_errno = got < 0 ? errno : 0;
		s->in_end = true;
		return false;
	}
	s->in_len += (size_t)got;
	atomic_fetch_add(&s->position, (uint64_t)got);
	return true;
}

static bool stream_errno(const struct stream *s, int code, struct error *err)
{
	if (code == ECANCELED)
		return error_set(err, STATUS_DATA, "interrupted");
	errno = code;
	return error_errno(err, "cannot read", s->name);
}

static enum stream_step stream_read_error(struct stream *s)
{
	stream_errno(s, s->in_errno, &s->failure);
	return STREAM_FAILED;
}

/* Reads straight into `to`, after the bytes that showed the format. */
static enum stream_step plain_unpack(struct stream *s, unsigned char *to, size_t *len)
{
	size_t room = *len;
	*len = s->in_len - s->in_pos < room ? s->in_len - s->in_pos : room;
	memcpy(to, s->in + s->in_pos, *len);
	s->in_pos += *len;
	while (*len < room && !s->in_end) {
		ssize_t got = stream_get(s, to + *len, room - *len);
		if (got <= 0) {
			s->in_end = true;
			s->in_errno = got < 0 ? errno : 0;
			break;
		}
		*len += (size_t)got;
		atomic_fetch_add(&s->position, (uint64_t)got);
	}
	if (s->in_errno != 0)
		return stream_read_error(s);
	return s->in_end && s->in_pos == s->in_len ? STREAM_END : STREAM_MORE;
}

/* --- gzip ----------------------------------------------------------------------------
 */

static bool gzip_open(struct stream *s)
{
	s->member_open = true;
	return inflateInit2(&s->zlib, 15 + 16) == Z_OK;
}

static void gzip_close(struct stream *s)
{
	inflateEnd(&s->zlib);
}

/* Behind a member: the next one, padding, the end, or something else. */
static enum stream_step gzip_next_member(struct stream *s)
{
	for (;;) {
		while (s->in_pos < s->in_len && s->in[s->in_pos] == 0)
			s->in_pos++;
		if (s->in_len - s->in_pos >= 2 || !stream_fill(s))
			break;
	}
	if (s->in_pos == s->in_len)
		return STREAM_END;
	if (s->in_len - s->in_pos < 2 || memcmp(s->in + s->in_pos, "\x1f\x8b", 2) != 0) {
		s->why = s->codec->trailing;
		return STREAM_TORN;
	}
	s->member_open = true;
	inflateReset(&s->zlib);
	return STREAM_MORE;
}

static enum stream_step gzip_unpack(struct stream *s, unsigned char *to, size_t *len)
{
	enum stream_step step = STREAM_MORE;
	z_stream *z = &s->zlib;
	z->next_out = to;
	z->avail_out = (uInt)*len;
	while (z->avail_out > 0 && step == STREAM_MORE) {
		if (!s->member_open) {
			step = gzip_next_member(s);
			continue;
		}
		if (s->in_pos == s->in_len && !stream_fill(s)) {
			s->why = s->codec->torn;
			step = STREAM_TORN;
			break;
		}
		z->next_in = s->in + s->in_pos;
		z->avail_in = (uInt)(s->in_len - s->in_pos);
		int code = inflate(z, Z_NO_FLUSH);
		s->in_pos = s->in_len - z->avail_in;
		s->member_open = code != Z_STREAM_END;
		if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
			s->why = s->codec->damaged;
			step = STREAM_TORN;
		}
	}
	*len -= z->avail_out;
	return step;
}

/* --- zstd ----------------------------------------------------------------------------
 */

static bool zstd_open(struct stream *s)
{
	s->zstd = ZSTD_createDStream();
	return s->zstd != NULL && !ZSTD_isError(ZSTD_initDStream(s->zstd));
}

static void zstd_close(struct stream *s)
{
	ZSTD_freeDStream(s->zstd);
}

static enum stream_step zstd_unpack(struct stream *s, unsigned char *to, size_t *len)
{
	enum stream_step step = STREAM_MORE;
	ZSTD_outBuffer out = { to, *len, 0 };
	while (out.pos < out.size && step == STREAM_MORE) {
		/* A full block may be left inside the decoder after the last input. */
		if (s->in_pos == s->in_len && !stream_fill(s) && !s->member_open) {
			step = STREAM_END;
			break;
		}
		ZSTD_inBuffer in = { s->in, s->in_len, s->in_pos };
		size_t before = out.pos;
		size_t code = ZSTD_decompressStream(s->zstd, &out, &in);
		bool stuck = in.pos == s->in_pos && out.pos == before;
		s->in_pos = in.pos;
		s->member_open = code != 0;
		if (ZSTD_isError(code) || (stuck && s->in_end)) {
			s->why = ZSTD_isError(code) ? s->codec->damaged : s->codec->torn;
			step = STREAM_TORN;
		}
	}
	*len = out.pos;
	return step;
}

/* -------------------------------------------------------------------------------------
 */

static const struct stream_codec stream_codecs[] = {
	{ .name = "gzip",
		.magic = "\x1f\x8b",
		.magic_len = 2,
		.torn = "the gzip data breaks off",
		.damaged = "the gzip data is damaged",
		.trailing = "something else follows the gzip data",
		.open = gzip_open,
		.unpack = gzip_unpack,
		.close = gzip_close },
	{ .name = "zstd",
		.magic = "\x28\xb5\x2f\xfd",
		.magic_len = 4,
		.torn = "the zstd data breaks off",
		.damaged = "the zstd data is damaged",
		.open = zstd_open,
		.unpack = zstd_unpack,
		.close = zstd_close },
	{ .magic = "BZh",
		.magic_len = 3,
		.refusal = "is packed by bzip2: unpack it first, or pack it by gzip or "
			   "zstd" },
	{ .magic = "\xfd"
		   "7zXZ",
		.magic_len = 5,
		.refusal =
			"is packed by xz: unpack it first, or pack it by gzip or zstd" },
	{ .magic = "PK\3\4",
		.magic_len = 4,
		.refusal = "is a zip archive: unpack it first" },
	{ .magic = "SQLite format 3",
		.magic_len = 16,
		.refusal = "is a database, not a dump; -d or 'open' connects to it" },
	{ .name = "plain", .magic = "", .magic_len = 0, .unpack = plain_unpack },
};

/* Are the limits kept after `more` unpacked bytes? */
static bool stream_check_limits(struct stream *s, size_t more)
{
	s->unpacked += more;
	unsigned long long limit = s->limits.bytes;
	if (limit > 0 && s->unpacked > limit)
		return error_set(&s->failure, STATUS_DATA,
			"'%s' unpacks to more than %llu bytes; --max-unpacked allows "
			"more",
			s->name, limit);
	unsigned ratio = s->limits.ratio;
	if (ratio > 0 && s->unpacked > STREAM_RATIO_FREE &&
		s->unpacked / ratio > atomic_load(&s->position))
		return error_set(&s->failure, STATUS_DATA,
			"'%s' unpacks to more than %u times its size; --max-ratio allows "
			"more",
			s->name, ratio);
	return true;
}

/* The unpacking thread: fills the ring until the end or until told to stop. */
static void *stream_run(void *context)
{
	struct stream *s = context;
	enum stream_step step = STREAM_MORE;
	pthread_mutex_lock(&s->lock);
	while (step == STREAM_MORE && !s->stop) {
		if (s->ring_count == STREAM_BLOCKS) {
			pthread_cond_wait(&s->changed, &s->lock);
			continue;
		}
		assert(s->ring_count < STREAM_BLOCKS);
		struct stream_block *block =
			&s->ring[(s->ring_first + s->ring_count) % STREAM_BLOCKS];
		pthread_mutex_unlock(&s->lock);
		block->len = STREAM_BLOCK;
		step = s->codec->unpack(s, block->data, &block->len);
		if (s->in_errno != 0)
			step = stream_read_error(s);
		if (step != STREAM_FAILED && !stream_check_limits(s, block->len))
			step = STREAM_FAILED;
		if (step == STREAM_TORN && s->unpacked == 0) {
			error_set(&s->failure, STATUS_DATA,
				"'%s': %s before anything of it could be read", s->name,
				s->why);
			step = STREAM_FAILED;
		}
		pthread_mutex_lock(&s->lock);
		s->ring_count++;
		s->ended = step;
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static bool stream_open_file(struct stream *s, const char *path, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	s->name = strdup(standard ? "standard input" : path);
	s->in = malloc(STREAM_INPUT);
	if (s->name == NULL || s->in == NULL)
		return error_nomem(err);
	s->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (s->fd < 0 || fstat(s->fd, &st) != 0)
		return error_errno(err, "cannot read", s->name);
	if (S_ISDIR(st.st_mode))
		return error_set(err, STATUS_DATA,
			"cannot read '%s': it is a folder, not a dump", s->name);
	s->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	s->time = S_ISREG(st.st_mode) ? (int64_t)st.st_mtime : 0;
	/* A pipe may give its first bytes one at a time. */
	while (s->in_len < STREAM_MAGIC && stream_fill(s))
		;
	if (s->in_errno != 0)
		return stream_errno(s, s->in_errno, err);
	/* The last codec takes anything. */
	s->codec = stream_codecs;
	while (s->codec->magic_len > s->in_len ||
		memcmp(s->in, s->codec->magic, s->codec->magic_len) != 0)
		s->codec++;
	if (s->codec->refusal != NULL)
		return error_set(err, STATUS_DATA, "'%s' %s", s->name, s->codec->refusal);
	return true;
}

struct stream *stream_open(
	const char *path, struct stream_limits limits, struct error *err)
{
	struct stream *s = calloc(1, sizeof *s);
	if (s == NULL) {
		error_nomem(err);
		return NULL;
	}
	s->fd = -1;
	s->limits = limits;
	s->failure = ERROR_INIT;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	bool ok = stream_open_file(s, path, err);
	if (ok && s->codec->open != NULL && !s->codec->open(s))
		ok = error_nomem(err);
	bool packed = ok && s->codec->unpack != plain_unpack;
	for (size_t i = 0; ok && packed && i < STREAM_BLOCKS; i++) {
		s->ring[i].data = malloc(STREAM_BLOCK);
		ok = s->ring[i].data != NULL || error_nomem(err);
	}
	if (ok && packed) {
		s->threaded = pthread_create(&s->thread, NULL, stream_run, s) == 0;
		ok = s->threaded || error_set(err, STATUS_DATA, "cannot start a thread");
	}
	if (!ok) {
		stream_close(s);
		return NULL;
	}
	return s;
}

void stream_close(struct stream *s)
{
	if (s == NULL)
		return;
	if (s->threaded) {
		pthread_mutex_lock(&s->lock);
		s->stop = true;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->thread, NULL);
	}
	if (s->codec != NULL && s->codec->close != NULL)
		s->codec->close(s);
	if (s->fd > STDERR_FILENO)
		close(s->fd);
	for (size_t i = 0; i < STREAM_BLOCKS; i++)
		free(s->ring[i].data);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s->in);
	free(s->name);
	free(s);
}

/* Copies the failure, if the stream ended with one, to the caller's. */
static ptrdiff_t stream_finish(const struct stream *s, struct error *err)
{
	if (s->ended != STREAM_FAILED)
		return 0;
	error_pass(err, &s->failure);
	return -1;
}

ptrdiff_t stream_read(struct stream *s, void *to, size_t size, struct error *err)
{
	if (!s->threaded) {
		if (s->ended != STREAM_MORE)
			return stream_finish(s, err);
		s->ended = plain_unpack(s, to, &size);
		if (s->ended != STREAM_FAILED && !stream_check_limits(s, size))
			s->ended = STREAM_FAILED;
		return s->ended == STREAM_FAILED ? stream_finish(s, err)
						 : (ptrdiff_t)size;
	}
	size_t got = 0;
	while (got < size) {
		/* Waits for the ring to hold a block, unless no more will come. */
		pthread_mutex_lock(&s->lock);
		while (s->ring_count == 0 && s->ended == STREAM_MORE)
			pthread_cond_wait(&s->changed, &s->lock);
		bool some = s->ring_count > 0;
		pthread_mutex_unlock(&s->lock);
		if (!some)
			break;
		const struct stream_block *block = &s->ring[s->ring_first];
		size_t part = block->len - s->taken;
		if (part > size - got)
			part = size - got;
		memcpy((unsigned char *)to + got, block->data + s->taken, part);
		got += part;
		s->taken += part;
		if (s->taken < block->len)
			continue;
		pthread_mutex_lock(&s->lock);
		s->ring_first = (s->ring_first + 1) % STREAM_BLOCKS;
		s->ring_count--;
		s->taken = 0;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
	}
	return got > 0 ? (ptrdiff_t)got : size == 0 ? 0 : stream_finish(s, err);
}

const char *stream_torn(const struct stream *s)
{
	return s->ended == STREAM_TORN ? s->why : NULL;
}

const char *stream_name(const struct stream *s)
{
	return s->name;
}

const char *stream_format(const struct stream *s)
{
	return s->codec->name;
}

int stream_plain_file(const struct stream *s)
{
	bool whole = s->size > 0 && s->codec->unpack == plain_unpack;
	return whole && s->fd > STDERR_FILENO ? s->fd : -1;
}

uint64_t stream_position(const struct stream *s)
{
	return atomic_load(&s->position);
}

uint64_t stream_size(const struct stream *s)
{
	return s->size;
}

int64_t stream_time(const struct stream *s)
{
	return s->time;
}
