/* SPDX-License-Identifier: MIT */
#include "pages/pages_cell.h"

#include <assert.h>

struct pages_shape pages_shape(const struct pages_file *file, enum pages_kind kind)
{
	uint32_t usable = file->usable;
	return (struct pages_shape){
		.kind = kind,
		.page_size = file->page_size,
		.usable = usable,
		.max_local =
			kind == PAGES_TABLE ? usable - 35 : (usable - 12) * 64 / 255 - 23,
		.min_local = (usable - 12) * 32 / 255 - 23,
	};
}

void pages_put_header(uint8_t *page, const struct pages_shape *shape, uint32_t cells,
	uint32_t content, uint32_t right)
{
	assert(content <= shape->usable);
	bool leaf = right == 0;
	uint32_t start = shape->usable - content;
	size_t header = leaf ? PAGES_LEAF_HEADER : PAGES_INTERIOR_HEADER;
	if (shape->kind == PAGES_TABLE)
		page[0] = leaf ? PAGES_LEAF_TABLE : PAGES_INTERIOR_TABLE;
	else
		page[0] = leaf ? PAGES_LEAF_INDEX : PAGES_INTERIOR_INDEX;
	bytes_put16(page + 1, 0); /* no freeblock */
	bytes_put16(page + 3, (uint16_t)cells);
	bytes_put16(page + 5, (uint16_t)start); /* 65536 is written as 0 */
	page[7] = 0;                            /* no fragmented bytes */
	if (!leaf)
		bytes_put32(page + 8, right);
	uint8_t *gap = page + header + 2 * (size_t)cells;
	assert(gap <= page + start);
	memset(gap, 0, (size_t)(page + start - gap));
	memset(page + shape->usable, 0, shape->page_size - shape->usable);
}

uint8_t *pages_put_payload(uint8_t *to, const struct pages_shape *shape,
	const struct pages_record *record, uint32_t overflow)
{
	uint32_t local = pages_local(shape, record->size);
	memcpy(to, record->bytes, local);
	to += local;
	if (local < record->size) {
		bytes_put32(to, overflow);
		to += 4;
	}
	return to;
}
