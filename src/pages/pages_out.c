/* SPDX-License-Identifier: MIT */
#include "pages/pages_out.h"

#include "base/array.h"
#include "pages/pages_cell.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Long enough for the system call not to count, short enough to stay in the cache.  From
 * then on they are written when no other thread writes, and at the latest when there are
 * twice as many: the kernel lets one thread at a time into a file, and the others spin.
 */
#define PAGES_OUT_BYTES (256 * 1024)

static uint64_t pages_lock_page(const struct pages_file *file)
{
	return file->lock_byte / file->page_size + 1;
}

uint32_t pages_at(const struct pages_file *file, uint64_t order)
{
	return (uint32_t)(order < pages_lock_page(file) ? order : order + 1);
}

uint64_t pages_order(const struct pages_file *file, uint32_t page)
{
	return page < pages_lock_page(file) ? page : page - 1;
}

bool pages_out_init(struct pages_out *out, const struct pages_file *file,
	pthread_mutex_t *writing, struct error *err)
{
	uint32_t capacity = 2 * (PAGES_OUT_BYTES / file->page_size);
	assert(capacity > 1 && file->page_size >= 512);
	*out = (struct pages_out){
		.file = file, .writing = writing, .capacity = capacity
	};
	out->buffer = malloc((size_t)capacity * file->page_size + PAGES_SLACK);
	out->page = array_new(capacity, sizeof *out->page);
	return (out->buffer != NULL && out->page != NULL) || error_nomem(err);
}

void pages_out_fini(struct pages_out *out)
{
	free(out->buffer);
	free(out->page);
	*out = (struct pages_out){ 0 };
}

bool pages_write(const struct pages_file *file, const void *bytes, size_t size,
	uint64_t offset, struct error *err)
{
	const uint8_t *from = bytes;
	assert(offset <= INT64_MAX - size);
	while (size > 0) {
		ssize_t n = pwrite(file->fd, from, size, (off_t)offset);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "cannot write database", file->name);
		assert((size_t)n <= size);
		from += n;
		offset += (uint64_t)n;
		size -= (size_t)n;
	}
	return true;
}

/* Writes what is in the buffer, pages that follow each other at once; out->writing is
 * held, and released here. */
static bool pages_out_write(struct pages_out *out, struct error *err)
{
	size_t page_size = out->file->page_size;
	bool ok = true;
	for (uint32_t i = 0, end; ok && i < out->count; i = end) {
		for (end = i + 1; end < out->count; end++)
			if (out->page[end] != out->page[i] + (end - i))
				break;
		ok = pages_write(out->file, out->buffer + i * page_size,
			(end - i) * page_size, (out->page[i] - 1) * (uint64_t)page_size,
			err);
	}
	pthread_mutex_unlock(out->writing);
	out->count = 0;
	return ok;
}

bool pages_out_flush(struct pages_out *out, struct error *err)
{
	pthread_mutex_lock(out->writing);
	return pages_out_write(out, err);
}

uint8_t *pages_out_next(struct pages_out *out, uint32_t page, struct error *err)
{
	assert(page > 0 && page != pages_lock_page(out->file));
	assert(out->count <= out->capacity);
	if (out->count == out->capacity) {
		if (!pages_out_flush(out, err))
			return NULL;
	} else if (out->count >= out->capacity / 2 &&
		   pthread_mutex_trylock(out->writing) == 0) {
		if (!pages_out_write(out, err))
			return NULL;
	}
	out->page[out->count] = page;
	return out->buffer + (size_t)out->count++ * out->file->page_size;
}
