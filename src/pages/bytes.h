/* SPDX-License-Identifier: MIT */
/* bytes - big-endian numbers, as database files hold them, at any alignment. */
#ifndef MEMSEE_PAGES_BYTES_H
#define MEMSEE_PAGES_BYTES_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t bytes_get16(const uint8_t *from)
{
	return (uint16_t)(from[0] << 8 | from[1]);
}

static inline uint32_t bytes_get32(const uint8_t *from)
{
	uint32_t value;
	memcpy(&value, from, sizeof value);
	return be32toh(value);
}

static inline void bytes_put16(uint8_t *to, uint16_t value)
{
	value = htobe16(value);
	memcpy(to, &value, sizeof value);
}

static inline void bytes_put32(uint8_t *to, uint32_t value)
{
	value = htobe32(value);
	memcpy(to, &value, sizeof value);
}

static inline void bytes_put64(uint8_t *to, uint64_t value)
{
	value = htobe64(value);
	memcpy(to, &value, sizeof value);
}

#endif
