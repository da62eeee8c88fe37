/* SPDX-License-Identifier: MIT */
/* record - SQLite's record format: the bytes of one row.
 *
 * A record is a header, its own length and a serial type for each column as varints, and
 * then the values (https://www.sqlite.org/fileformat2.html, "Record Format").  What is
 * written here is what SQLite itself would write, shortest integers included; a table's
 * `integer primary key` column is NULL in the record, as the rowid holds it.  Type
 * affinities are the caller's: put the cell that the column would store. */
#ifndef MEMSEE_PAGES_RECORD_H
#define MEMSEE_PAGES_RECORD_H

#include "base/cell.h"
#include "pages/bytes.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define RECORD_VARINT_MAX 9

/* The bytes that `value` takes as a varint: one for each seven bits, at most nine. */
static inline size_t record_varint_size(uint64_t value)
{
	unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);
	return bits > 63 ? RECORD_VARINT_MAX : (bits * 9 + 64) / 64;
}

/* Writes the varint and returns its size. */
size_t record_put_varint(uint8_t *to, uint64_t value);

/* The same for a value of that size, less than RECORD_VARINT_MAX, where eight bytes may
 * be overwritten: the groups of seven bits are spread over the bytes of one word. */
static inline void record_put_varint_of(uint8_t *to, uint64_t value, size_t size)
{
	uint64_t x = value;
	x = (x & 0x000000000fffffff) | (x & 0x00fffffff0000000) << 4;
	x = (x & 0x00003fff00003fff) | (x & 0x0fffc0000fffc000) << 2;
	x = (x & 0x007f007f007f007f) | (x & 0x3f803f803f803f80) << 1;
	x |= 0x8080808080808000;
	bytes_put64(to, x << (64 - 8 * size));
}

/* The same, faster, where RECORD_VARINT_MAX bytes may be overwritten whatever the
 * size. */
static inline size_t record_put_varint_wide(uint8_t *to, uint64_t value)
{
	size_t size = record_varint_size(value);
	if (size == RECORD_VARINT_MAX)
		return record_put_varint(to, value);
	record_put_varint_of(to, value, size);
	return size;
}

/* The bytes that the record of these cells takes; O(n). */
size_t record_size(const struct cell *cells, size_t n);

/* Writes that record to to[0..record_size()-1]; returns its size. */
size_t record_put(uint8_t *to, const struct cell *cells, size_t n);

/* The serial type of an integer, 1..6, 8 or 9, and the bytes that a value of a serial
 * type up to 9 takes. */
static inline unsigned record_integer_type(int64_t value)
{
	/* By the bits of the value or its complement: one less than it needs signed. */
	static const uint8_t by_bits[] = {
		/*  0.. 7 */ 1, 1, 1, 1, 1, 1, 1, 1, /* */
		/*  8..15 */ 2, 2, 2, 2, 2, 2, 2, 2, /* */
		/* 16..23 */ 3, 3, 3, 3, 3, 3, 3, 3, /* */
		/* 24..31 */ 4, 4, 4, 4, 4, 4, 4, 4, /* */
		/* 32..39 */ 5, 5, 5, 5, 5, 5, 5, 5, /* */
		/* 40..47 */ 5, 5, 5, 5, 5, 5, 5, 5, /* */
		/* 48..55 */ 6, 6, 6, 6, 6, 6, 6, 6, /* */
		/* 56..63 */ 6, 6, 6, 6, 6, 6, 6, 6, /* */
	};
	if ((uint64_t)value < 2)
		return 8 + (unsigned)value;
	uint64_t bits = (uint64_t)value ^ (uint64_t)(value >> 63);
	return by_bits[64 - __builtin_clzll(bits | 1)];
}

/* The varint at `*at`, which moves behind it. */
static inline uint64_t record_get_varint(const uint8_t **at)
{
	uint64_t value = 0;
	for (int i = 1; i < RECORD_VARINT_MAX; i++) {
		uint8_t byte = *(*at)++;
		value = value << 7 | (byte & 0x7f);
		if ((byte & 0x80) == 0)
			return value;
	}
	return value << 8 | *(*at)++;
}

/* The bytes of the values of types below 12; SQLite reserves 10 and 11. */
static const uint8_t record_width[12] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

/* The bytes that a value of a serial type takes. */
static inline size_t record_value_size(uint64_t type)
{
	assert(type != 10 && type != 11);
	return type >= 12 ? (size_t)((type - 12) / 2) : record_width[type];
}

/* The value of that serial type at `*at`, which moves behind it: a text is borrowed.
 * Fills the fields one by one, because a copy of what was just written in parts waits for
 * them. */
static inline void record_get_value(const uint8_t **at, uint64_t type, struct cell *value)
{
	const uint8_t *from = *at;
	size_t size = record_value_size(type);
	*at += size;
	value->text = NULL;
	value->len = 0;
	if (type == 0) {
		value->type = CELL_NULL;
	} else if (type >= 12) {
		value->type = type % 2 == 0 ? CELL_BLOB : CELL_TEXT;
		value->text = (const char *)from;
		value->len = size;
	} else if (type >= 8) {
		value->type = CELL_INTEGER;
		value->integer = type == 9;
	} else {
		uint64_t bits = type != 7 && (*from & 0x80) != 0 ? UINT64_MAX : 0;
		for (size_t i = 0; i < size; i++)
			bits = bits << 8 | from[i];
		value->type = type == 7 ? CELL_REAL : CELL_INTEGER;
		if (type == 7)
			memcpy(&value->real, &bits, sizeof bits);
		else
			value->integer = (int64_t)bits;
	}
}

#endif
