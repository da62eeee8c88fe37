/* SPDX-License-Identifier: MIT */
/* dump_bytes - tests on eight bytes of a line at once. */
#ifndef MEMSEE_DUMP_DUMP_BYTES_H
#define MEMSEE_DUMP_DUMP_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The same byte eight times. */
#define DUMP_BYTES(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Loads eight bytes, the first one lowest. */
static inline uint64_t dump_load(const char *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return le64toh(bytes);
}

/* The high bit of each byte that is zero, and perhaps of bytes above the first such. */
static inline uint64_t dump_zero_bytes(uint64_t bytes)
{
	return (bytes - DUMP_BYTES(1)) & ~bytes & DUMP_BYTES(0x80);
}

/* Does this byte mean itself in a JSON string, and in a repr with this quote? */
static inline bool dump_is_plain(char byte, char quote)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' &&
	       byte != quote;
}

/* The first byte from `at` on that is not plain, or `end`. */
static inline const char *dump_skip_plain(const char *at, const char *end, char quote)
{
	for (; end - at >= 8; at += 8) {
		uint64_t bytes = dump_load(at);
		uint64_t found = dump_zero_bytes(bytes ^ DUMP_BYTES('"')) |
				 dump_zero_bytes(bytes ^ DUMP_BYTES('\\')) |
				 dump_zero_bytes(bytes ^ DUMP_BYTES((uint64_t)quote)) |
				 dump_zero_bytes(bytes ^ DUMP_BYTES(0x7f)) |
				 (bytes - DUMP_BYTES(0x20)) | bytes;
		found &= DUMP_BYTES(0x80);
		if (found != 0)
			return at + __builtin_ctzll(found) / 8;
	}
	while (at < end && dump_is_plain(*at, quote))
		at++;
	return at;
}

/* How many of the eight bytes are digits, up to the first that is not. */
static inline unsigned dump_count_digits(uint64_t bytes)
{
	uint64_t rest = bytes ^ DUMP_BYTES('0');
	uint64_t other = ((rest + DUMP_BYTES(0x76)) | rest) & DUMP_BYTES(0x80);
	return other == 0 ? 8 : (unsigned)__builtin_ctzll(other) / 8;
}

/* The number that the first `count` bytes, 1..8 digits, make. */
static inline uint64_t dump_digits(uint64_t bytes, unsigned count)
{
	bytes = (bytes - DUMP_BYTES('0')) << (64 - 8 * count);
	bytes = bytes * 10 + (bytes >> 8);
	return ((bytes & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
		       (bytes >> 16 & UINT64_C(0x000000ff000000ff)) *
			       UINT64_C(0x0000271000000001)) >>
	       32;
}

#endif
