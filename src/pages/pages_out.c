/* SPDX-License-Identifier: MIT */
#include "pages/pages_out.h"

#include "pages/pages_cell.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Long enough for the system call not to count, short enough to stay in the cache. */
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

bool pages_out_init(
	struct pages_out *out, const struct pages_file *file, struct error *err)
{
	uint32_t capacity = PAGES_OUT_BYTES / file->page_size;
	assert(capacity > 0 && file->page_size >= 512);
	*out = (struct pages_out){ .file = file, .capacity = capacity };
	out->buffer = malloc((size_t)capacity * file->page_size + PAGES_SLACK);
	return out->buffer != NULL || error_nomem(err);
}

void pages_out_fini(struct pages_out *out)
{
	free(out->buffer);
	out->buffer = NULL;
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

bool pages_out_flush(struct pages_out *out, struct error *err)
{
	uint32_t page_size = out->file->page_size;
	assert(out->count <= out->capacity && (out->count == 0 || out->first > 0));
	size_t size = (size_t)out->count * page_size;
	uint64_t offset = (uint64_t)(out->first - 1) * page_size;
	out->count = 0;
	return pages_write(out->file, out->buffer, size, offset, err);
}

uint8_t *pages_out_next(struct pages_out *out, uint32_t page, struct error *err)
{
	assert(page > 0 && page != pages_lock_page(out->file));
	bool follows = page == out->first + out->count;
	if (out->count > 0 && (!follows || out->count == out->capacity) &&
		!pages_out_flush(out, err))
		return NULL;
	if (out->count == 0)
		out->first = page;
	assert(out->count < out->capacity && page == out->first + out->count);
	return out->buffer + (size_t)out->count++ * out->file->page_size;
}
