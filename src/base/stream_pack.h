/* SPDX-License-Identifier: MIT */
/* stream_pack - bytes into a file, packed as its name says: gzip for `.gz`, zstd for
 * `.zst`, else as they are.  What stream.h unpacks. */
#ifndef MEMSEE_BASE_STREAM_PACK_H
#define MEMSEE_BASE_STREAM_PACK_H

#include "base/outfile.h"

struct stream_pack;

/* Opens what will be `path`, which appears whole or not at all and is its owner's alone,
 * as a dump has to be: see outfile_open_private(). */
struct stream_pack *stream_pack_open(
	struct places *places, const char *path, struct error *err);
bool stream_pack_write(
	struct stream_pack *p, const void *data, size_t len, struct error *err);
/* The end: the file is there.  Frees, also when it fails. */
bool stream_pack_commit(struct stream_pack *p, struct error *err);
/* Drops what was written and frees; NULL is accepted. */
void stream_pack_discard(struct stream_pack *p);

#endif
