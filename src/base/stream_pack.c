/* SPDX-License-Identifier: MIT */
#include "base/stream_pack.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum {
	PACK_ROOM = 1 << 16,
	PACK_GZIP = 15 + 16, /* zlib's window, with gzip's header */
	PACK_MEMORY = 8,     /* zlib's default */
	PACK_ZSTD_LEVEL = 3,
};

struct stream_pack {
	struct outfile *file;
	bool gzip;
	z_stream z;
	ZSTD_CStream *zstd; /* NULL: none */
	unsigned char room[PACK_ROOM];
};

static bool pack_ends_in(const char *path, const char *suffix)
{
	size_t len = strlen(path), end = strlen(suffix);
	return len > end && strcmp(path + len - end, suffix) == 0;
}

static void pack_free(struct stream_pack *p)
{
	if (p->gzip)
		deflateEnd(&p->z);
	ZSTD_freeCStream(p->zstd);
	free(p);
}

struct stream_pack *stream_pack_open(
	struct places *places, const char *path, struct error *err)
{
	struct stream_pack *p = calloc(1, sizeof *p);
	bool zstd = pack_ends_in(path, ".zst");
	if (p == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (pack_ends_in(path, ".gz"))
		p->gzip = deflateInit2(&p->z, Z_BEST_SPEED, Z_DEFLATED, PACK_GZIP,
				  PACK_MEMORY, Z_DEFAULT_STRATEGY) == Z_OK;
	else if (zstd)
		p->zstd = ZSTD_createCStream();
	if ((pack_ends_in(path, ".gz") && !p->gzip) || (zstd && p->zstd == NULL) ||
		(zstd && ZSTD_isError(ZSTD_initCStream(p->zstd, PACK_ZSTD_LEVEL)))) {
		error_nomem(err);
		pack_free(p);
		return NULL;
	}
	p->file = outfile_open_private(places, path, err);
	if (p->file != NULL)
		return p;
	pack_free(p);
	return NULL;
}

static bool pack_gzip(
	struct stream_pack *p, const void *data, size_t len, bool end, struct error *err)
{
	assert(len <= UINT32_MAX);
	p->z.next_in = (Bytef *)(uintptr_t)data;
	p->z.avail_in = (uInt)len;
	int result = Z_OK;
	do {
		p->z.next_out = p->room;
		p->z.avail_out = sizeof p->room;
		result = deflate(&p->z, end ? Z_FINISH : Z_NO_FLUSH);
		if (!outfile_write(
			    p->file, p->room, sizeof p->room - p->z.avail_out, err))
			return false;
	} while (p->z.avail_out == 0 || (end && result != Z_STREAM_END));
	return true;
}

static bool pack_zstd(
	struct stream_pack *p, const void *data, size_t len, bool end, struct error *err)
{
	ZSTD_inBuffer in = { data, len, 0 };
	size_t left;
	do {
		ZSTD_outBuffer out = { p->room, sizeof p->room, 0 };
		left = ZSTD_compressStream2(
			p->zstd, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left))
			return error_set(
				err, STATUS_DATA, "zstd: %s", ZSTD_getErrorName(left));
		if (!outfile_write(p->file, p->room, out.pos, err))
			return false;
	} while (in.pos < in.size || (end && left > 0));
	return true;
}

static bool pack_put(
	struct stream_pack *p, const void *data, size_t len, bool end, struct error *err)
{
	if (p->gzip)
		return pack_gzip(p, data, len, end, err);
	if (p->zstd != NULL)
		return pack_zstd(p, data, len, end, err);
	return outfile_write(p->file, data, len, err);
}

bool stream_pack_write(
	struct stream_pack *p, const void *data, size_t len, struct error *err)
{
	return len == 0 || pack_put(p, data, len, false, err);
}

bool stream_pack_commit(struct stream_pack *p, struct error *err)
{
	bool ok = pack_put(p, "", 0, true, err);
	struct outfile *file = p->file;
	pack_free(p);
	if (ok)
		return outfile_commit(file, err);
	outfile_discard(file);
	return false;
}

void stream_pack_discard(struct stream_pack *p)
{
	if (p == NULL)
		return;
	outfile_discard(p->file);
	pack_free(p);
}
