/* SPDX-License-Identifier: MIT */
/* pages_cell - the sizes of cells and the layout of one b-tree page. */
#ifndef MEMSEE_PAGES_PAGES_CELL_H
#define MEMSEE_PAGES_PAGES_CELL_H

#include "pages/bytes.h"
#include "pages/pages.h"
#include "pages/record.h"

/* The page types of the format, its header sizes, and the bytes that overwriting in steps
 * of eight may touch behind a page that is being built. */
enum {
	PAGES_INTERIOR_INDEX = 2,
	PAGES_INTERIOR_TABLE = 5,
	PAGES_LEAF_INDEX = 10,
	PAGES_LEAF_TABLE = 13,
	PAGES_LEAF_HEADER = 8,
	PAGES_INTERIOR_HEADER = 12,
	PAGES_CELL_MIN = 4,
	PAGES_SLACK = 16,
};

/* What the page size and the kind of tree decide. */
struct pages_shape {
	enum pages_kind kind;
	uint32_t page_size;
	uint32_t usable;
	uint32_t max_local; /* a payload up to this stays in its cell: X of the format */
	uint32_t min_local; /* of a longer one at least this: M of the format */
};

struct pages_shape pages_shape(const struct pages_file *file, enum pages_kind kind);

/* How much of a payload stays in its cell. */
static inline uint32_t pages_local(const struct pages_shape *shape, size_t payload)
{
	if (payload <= shape->max_local)
		return (uint32_t)payload;
	uint32_t fill = (uint32_t)((payload - shape->min_local) % (shape->usable - 4)) +
			shape->min_local;
	return fill <= shape->max_local ? fill : shape->min_local;
}

/* The overflow pages that a payload needs. */
static inline uint64_t pages_overflow(const struct pages_shape *shape, size_t payload)
{
	if (payload <= shape->max_local)
		return 0;
	size_t step = shape->usable - 4;
	return (payload - pages_local(shape, payload) + step - 1) / step;
}

/* What a payload takes in a cell: its length, the local part, where the rest is. */
static inline uint32_t pages_payload_room(const struct pages_shape *shape, size_t payload)
{
	uint32_t room =
		(uint32_t)record_varint_size(payload) + pages_local(shape, payload);
	return payload <= shape->max_local ? room : room + 4;
}

/* Finishes a page whose `cells` cells are in its last `content` usable bytes and whose
 * cell pointers follow its header: writes the header, and clears the gap between pointers
 * and cells and the reserved bytes.  `right` is the right-most child of an interior page,
 * 0 for a leaf. */
void pages_put_header(uint8_t *page, const struct pages_shape *shape, uint32_t cells,
	uint32_t content, uint32_t right);

/* Writes what a cell holds of a prepared record: the local part and, when there is more,
 * the first overflow page.  Returns the end. */
uint8_t *pages_put_payload(uint8_t *to, const struct pages_shape *shape,
	const struct pages_record *record, uint32_t overflow);

#endif
