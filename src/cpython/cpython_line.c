/* SPDX-License-Identifier: MIT */
/* Finds the line of an instruction.  There are three encodings: Objects/locations.md
 * (3.11 and newer), Objects/lnotab_notes.txt (3.10, and before), all of CPython. */
#include "cpython/cpython_heap.h"

enum { CODE_UNIT = 2 };

/* Variable-length numbers: 6 bits per byte, least significant first; bit 6 means that
 * more bytes follow. */
static uint32_t line_number(const uint8_t **at, const uint8_t *end)
{
	uint32_t value = 0;
	unsigned shift = 0;
	while (*at < end) {
		uint8_t b = *(*at)++;
		if (shift < 30)
			value |= (uint32_t)(b & 63) << shift;
		shift += 6;
		if ((b & 64) == 0)
			break;
	}
	return value;
}

static int line_signed(const uint8_t **at, const uint8_t *end)
{
	uint32_t value = line_number(at, end);
	return (value & 1) != 0 ? -(int)(value >> 1) : (int)(value >> 1);
}

/* From 3.11 on: entries begin with one byte, 1 cccc nnn: a code and a number of units.
 * The code decides what follows. */
static int line_locations(
	const uint8_t *at, const uint8_t *end, int first, int64_t wanted)
{
	enum { NONE = 15, LONG = 14, NO_COLUMN = 13, ONE_LINE = 10 };
	int64_t address = 0;
	int line = first;
	while (at < end) {
		uint8_t head = *at++;
		unsigned code = head >> 3 & 15;
		int64_t units = (head & 7) + 1;
		if (code == LONG) {
			line += line_signed(&at, end);
			line_number(&at, end);
			line_number(&at, end);
			line_number(&at, end);
		} else if (code == NO_COLUMN) {
			line += line_signed(&at, end);
		} else if (code >= ONE_LINE && code < NO_COLUMN) {
			line += (int)code - ONE_LINE;
			at += 2;
		} else if (code != NONE) {
			at++;
		}
		address += units * CODE_UNIT;
		if (wanted < address)
			return code == NONE ? 0 : line;
	}
	return 0;
}

int cpython_line(struct cpython *c, uint64_t code, int64_t instruction)
{
	const struct cpython_layout *l = &c->layout;
	uint64_t table = cpython_field(c, code, l->co_linetable);
	uint64_t size = cpython_u64(c, table + 16);
	int first = (int)memory_u32(c->m, code + (uint64_t)l->co_firstlineno);
	const uint8_t *at = memory_at(c->m, table + 32, size);
	if (at == NULL || size == 0 || first < 0 || first > 1 << 28)
		return first > 0 ? first : 0;
	if (instruction < 0)
		return first;
	if (cpython_since(c, 11))
		return line_locations(at, at + size, first, instruction);
	const uint8_t *end = at + size;
	int64_t address = 0;
	int line = first;
	for (; end - at >= 2; at += 2) {
		address += at[0];
		if (cpython_since(c, 10)) {
			/* Pairs of a number of bytes and a signed number of lines; -128
			 * is code without a line. */
			int delta = at[1] < 128 ? at[1] : at[1] - 256;
			if (delta != -128)
				line += delta;
			if (instruction < address)
				return delta == -128 ? 0 : line;
		} else {
			/* The lines begin after that many bytes. */
			if (address > instruction)
				break;
			line += (int8_t)at[1];
		}
	}
	return line;
}
