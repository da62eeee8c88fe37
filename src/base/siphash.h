/* SPDX-License-Identifier: MIT */
/* siphash - a short hash that nobody can compute without the key: SipHash-2-4 of
 * J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012. */
#ifndef MEMSEE_BASE_SIPHASH_H
#define MEMSEE_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

struct siphash_key {
	uint64_t k0, k1;
};

/* O(len). */
uint64_t siphash(const struct siphash_key *key, const void *data, size_t len);

#endif
