/* SPDX-License-Identifier: MIT */
#include "pages/record.h"

#include <assert.h>
#include <math.h>

size_t record_put_varint(uint8_t *to, uint64_t value)
{
	if (value <= 0x7f) {
		*to = (uint8_t)value;
		return 1;
	}
	size_t size = record_varint_size(value);
	size_t at = size;
	/* The ninth byte is the only one that holds eight bits. */
	if (size == RECORD_VARINT_MAX) {
		to[--at] = (uint8_t)value;
		value >>= 8;
	}
	assert(at >= 1 && size <= RECORD_VARINT_MAX);
	while (at > 0) {
		to[--at] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	if (size < RECORD_VARINT_MAX)
		to[size - 1] &= 0x7f;
	return size;
}

static uint64_t record_type(const struct cell *cell)
{
	switch (cell->type) {
	case CELL_NULL:
		return 0;
	case CELL_INTEGER:
		return record_integer_type(cell->integer);
	case CELL_REAL:
		return isnan(cell->real) ? 0 : 7; /* SQLite has no NaN */
	case CELL_TEXT:
		return 13 + 2 * (uint64_t)cell->len;
	case CELL_BLOB:
		return 12 + 2 * (uint64_t)cell->len;
	}
	return 0;
}

/* The header's length counts itself. */
static size_t record_header_size(size_t types_size)
{
	size_t size = types_size + record_varint_size(types_size);
	return record_varint_size(size) == size - types_size ? size : size + 1;
}

size_t record_size(const struct cell *cells, size_t n)
{
	size_t types_size = 0;
	size_t values_size = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t type = record_type(&cells[i]);
		types_size += record_varint_size(type);
		values_size += record_value_size(type);
	}
	return record_header_size(types_size) + values_size;
}

size_t record_put(uint8_t *to, const struct cell *cells, size_t n)
{
	size_t types_size = 0;
	for (size_t i = 0; i < n; i++)
		types_size += record_varint_size(record_type(&cells[i]));
	uint8_t *header = to;
	header += record_put_varint(header, record_header_size(types_size));
	uint8_t *value = header + types_size;
	for (size_t i = 0; i < n; i++) {
		uint64_t type = record_type(&cells[i]);
		header += record_put_varint(header, type);
		size_t size = record_value_size(type);
		if (type >= 12 && size > 0) {
			memcpy(value, cells[i].text, size);
		} else {
			uint64_t bits = (uint64_t)cells[i].integer;
			if (cells[i].type == CELL_REAL)
				memcpy(&bits, &cells[i].real, sizeof bits);
			for (size_t at = size; at > 0; at--) {
				value[at - 1] = (uint8_t)bits;
				bits >>= 8;
			}
		}
		value += size;
	}
	assert(header == to + record_header_size(types_size));
	return (size_t)(value - to);
}
