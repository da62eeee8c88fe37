/* SPDX-License-Identifier: MIT */
#include "base/siphash.h"

struct siphash_state {
	uint64_t v0, v1, v2, v3;
};

static uint64_t siphash_turn(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static void siphash_rounds(struct siphash_state *s, int rounds)
{
	while (rounds-- > 0) {
		s->v0 += s->v1;
		s->v2 += s->v3;
		s->v1 = siphash_turn(s->v1, 13) ^ s->v0;
		s->v3 = siphash_turn(s->v3, 16) ^ s->v2;
		s->v0 = siphash_turn(s->v0, 32);
		s->v2 += s->v1;
		s->v0 += s->v3;
		s->v1 = siphash_turn(s->v1, 17) ^ s->v2;
		s->v3 = siphash_turn(s->v3, 21) ^ s->v0;
		s->v2 = siphash_turn(s->v2, 32);
	}
}

static void siphash_word(struct siphash_state *s, uint64_t word)
{
	s->v3 ^= word;
	siphash_rounds(s, 2);
	s->v0 ^= word;
}

uint64_t siphash(const struct siphash_key *key, const void *data, size_t len)
{
	const unsigned char *byte = data;
	struct siphash_state s = { key->k0 ^ UINT64_C(0x736f6d6570736575),
		key->k1 ^ UINT64_C(0x646f72616e646f6d),
		key->k0 ^ UINT64_C(0x6c7967656e657261),
		key->k1 ^ UINT64_C(0x7465646279746573) };
	uint64_t word = 0;
	for (size_t i = 0; i < len; i++) {
		word |= (uint64_t)byte[i] << (i % 8 * 8);
		if (i % 8 == 7) {
			siphash_word(&s, word);
			word = 0;
		}
	}
	siphash_word(&s, word | (uint64_t)len << 56);
	s.v2 ^= 0xff;
	siphash_rounds(&s, 4);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
