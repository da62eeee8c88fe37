/* SPDX-License-Identifier: MIT */
/* generate - a heap dump of any size, with the shape of a real one.
 *
 *	generate OBJECTS [SEED] > dump.json
 *
 * Of the objects 45 % are short strings, 20 % dicts, 15 % tuples, and so on down to
 * instances of 300 classes; references have a heavy-tailed fan-out, go mostly to
 * neighbours in the order of the file and often to the few types; addresses have nothing
 * to do with that order.  The same arguments give the same bytes. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GENERATE_CLASSES = 300, GENERATE_SPACING = 8 };

struct generate {
	uint64_t objects;
	uint64_t state; /* of the random numbers */
	unsigned bits;  /* the addresses are a permutation of 2^bits slots */
	uint64_t seed;
};

struct generate_kind {
	const char *type; /* NULL: an instance of a class */
	unsigned share;   /* of 1000 objects */
	unsigned size;
	bool has_len, has_text, has_number, has_name;
	double refs; /* on average */
};

static const struct generate_kind generate_kinds[] = {
	{ .type = "str", .share = 450, .size = 49, .has_len = true, .has_text = true },
	{ .type = "dict", .share = 200, .size = 232, .has_len = true, .refs = 6.6 },
	{ .type = "tuple", .share = 150, .size = 40, .has_len = true, .refs = 4 },
	{ .type = "int", .share = 70, .size = 28, .has_number = true },
	{ .type = NULL, .share = 60, .size = 48, .refs = 2 },
	{ .type = "list", .share = 25, .size = 88, .has_len = true, .refs = 10 },
	{ .type = "function", .share = 15, .size = 136, .has_name = true, .refs = 7 },
	{ .type = "float", .share = 15, .size = 24 },
	{ .type = "bytes", .share = 10, .size = 33, .has_len = true, .has_text = true },
	{ .type = "cell", .share = 5, .size = 40, .refs = 1 },
};

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014. */
static uint64_t generate_mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static uint64_t generate_random(struct generate *g, uint64_t below)
{
	g->state += UINT64_C(0x9e3779b97f4a7c15);
	return generate_mix(g->state) % below;
}

/* Address of object `index`: a Feistel permutation, so that none comes twice and nothing
 * has to be kept. */
static uint64_t generate_address(const struct generate *g, uint64_t index)
{
	unsigned half = g->bits / 2;
	uint64_t mask = (UINT64_C(1) << half) - 1;
	uint64_t left = index >> half, right = index & mask;
	for (uint64_t round = 0; round < 4; round++) {
		uint64_t next =
			left ^ (generate_mix(right + (round << 40) + g->seed) & mask);
		left = right;
		right = next;
	}
	uint64_t slot = left << half | right;
	/* A sixth lies on the program's heap, the rest in mapped arenas. */
	uint64_t low = (UINT64_C(1) << g->bits) / 6;
	return slot < low ? UINT64_C(0x55d0c0a00000) + slot * 16
			  : UINT64_C(0x7f3a40000000) + (slot - low) * 16;
}

static const struct generate_kind *generate_kind(struct generate *g)
{
	uint64_t at = generate_random(g, 1000);
	const struct generate_kind *kind = generate_kinds;
	while (at >= kind->share)
		at -= (kind++)->share;
	return kind;
}

static void generate_text(struct generate *g, unsigned len)
{
	static const char *const rare[] = { "\\u00e9", "\\/", "\\\"", "\\u20ac",
		"\\u000a", "\\\\" };
	for (unsigned i = 0; i < len; i++) {
		uint64_t r = generate_random(g, 400);
		if (r < sizeof rare / sizeof *rare)
			fputs(rare[r], stdout);
		else
			putchar("etaoinshrdlucmfwypvbgkjqxz_ 0123456789.-"[r % 40]);
	}
}

/* How many references: rarely many times the average. */
static uint64_t generate_fan_out(struct generate *g, double average)
{
	uint64_t most = (uint64_t)(average * 1.7) + 1;
	uint64_t count = generate_random(g, most) + (average >= 1);
	while (generate_random(g, 24) == 0 && count < 200000)
		count *= 3;
	return average > 0 ? count : 0;
}

static uint64_t generate_target(struct generate *g, uint64_t index)
{
	uint64_t target;
	if (generate_random(g, 5) == 0)
		target = generate_random(g, GENERATE_CLASSES);
	else if (generate_random(g, 4) == 0)
		target = generate_random(g, g->objects);
	else
		target = index + generate_random(g, 2000);
	return generate_address(g, target % g->objects);
}

static void generate_object(struct generate *g, uint64_t index)
{
	const struct generate_kind *kind = generate_kind(g);
	unsigned class = (unsigned)generate_random(g, GENERATE_CLASSES);
	unsigned len =
		(unsigned)generate_random(g, generate_random(g, 20) == 0 ? 100 : 22);
	uint64_t refs = generate_fan_out(g, kind->refs);
	printf("{\"address\": %" PRIu64 ", \"type\": \"", generate_address(g, index));
	if (kind->type == NULL)
		printf("Class%u", class);
	else
		fputs(kind->type, stdout);
	printf("\", \"size\": %u",
		kind->size + (kind->has_text ? len : 0) + (unsigned)refs * 8);
	if (kind->has_name)
		printf(", \"name\": \"method_%u\"", class);
	if (kind->has_len)
		printf(", \"len\": %" PRIu64, kind->has_text ? len : refs);
	if (kind->has_text) {
		printf(", \"value\": \"");
		generate_text(g, len);
		putchar('"');
	}
	if (kind->has_number)
		printf(", \"value\": %" PRIu64, generate_random(g, 1000000));
	printf(", \"refs\": [");
	for (uint64_t i = 0; i < refs; i++)
		printf(i == 0 ? "%" PRIu64 : ", %" PRIu64, generate_target(g, index));
	puts("]}");
}

int main(int argc, char **argv)
{
	struct generate g = { .bits = 2,
		.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1 };
	g.objects = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
	if (g.objects == 0) {
		fprintf(stderr, "usage: generate OBJECTS [SEED]\n");
		return 2;
	}
	g.state = g.seed;
	while (UINT64_C(1) << g.bits < g.objects * GENERATE_SPACING)
		g.bits += 2;
	for (uint64_t i = 0; i < g.objects; i++)
		generate_object(&g, i);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
