/* SPDX-License-Identifier: MIT */
/* places - where passing objects are, and how many of each type.
 *
 * A place is a label of a permanent holder: what it holds there, and all that hangs on
 * that.  A label that the holder has in all generations is a place; all other labels
 * are one place together, so that a thousand attributes are not a thousand places; so are
 * the keys of a dict.  What no permanent object leads to is in the place of its root, or
 * garbage.
 *
 * A crowd is the objects of one type in one place, with numbers for each generation. */
#ifndef MEMSEE_LEAKS_PLACES_H
#define MEMSEE_LEAKS_PLACES_H

#include "base/error.h"
#include "base/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLACE_NONE UINT32_MAX

/* Holders that are not objects: roots, whose label is an enum snapshot_root, and garbage.
 */
#define HOLDER_ROOTS (UINT32_MAX - 1)
#define HOLDER_GARBAGE (UINT32_MAX - 2)
#define HOLDER_IS_OBJECT(holder) ((holder) < HOLDER_GARBAGE)

/* Labels that are not in the dump: for all that some generation lacks, for the keys of a
 * dict, for all below the holder that is not a leak by itself, for the holder's own size.
 */
#define PLACE_OTHERS (UINT32_MAX - 1)
#define PLACE_KEYS (UINT32_MAX - 2)
#define PLACE_BELOW (UINT32_MAX - 3)
#define PLACE_SELF (UINT32_MAX - 4)

/* What is counted of a crowd in each generation. */
enum crowd_field {
	CROWD_OBJECTS,
	CROWD_UNITS,      /* to which the holder itself refers */
	CROWD_STAY,       /* of the objects: that are there in the next generation */
	CROWD_CAME,       /* of the objects: that were not there in the one before */
	CROWD_UNITS_STAY, /* the same of the units */
	CROWD_UNITS_CAME,
	CROWD_REFS, /* references of the holder to objects of the type, permanent ones too
		     */
	CROWD_NESTED, /* objects that have one of their own type close above them */
	CROWD_FIELDS
};

struct place {
	uint32_t holder, label;
	uint32_t crowd; /* the first of its crowds; PLACE_NONE */
	uint32_t crowds;
};

struct crowd {
	uint32_t place, type;
	uint32_t depth; /* the least, of references from the holder; 0: units */
	uint32_t next;  /* of the place, or of those that are free; PLACE_NONE */
	uint32_t keys;  /* of its objects in the generation counted last: how many the
			   entry of a mapping holds as its key */
};

struct places {
	size_t generations;
	struct place *place;
	struct crowd *crowd;
	uint32_t places, crowds;
	uint32_t unused; /* the first crowd that is in no place; PLACE_NONE */
	uint32_t *
		count; /* of crowd c, field f, generation k: [(c * FIELDS + f) * K + k] */
	int64_t *bytes; /* of crowd c: [c * K + k] */
	uint32_t *refs; /* references of place p in generation k: [p * 2 * K + k]; those
			   of them that lead to permanents: [(p * 2 + 1) * K + k] */
	size_t place_cap, crowd_cap, count_cap, bytes_cap, refs_cap;
	struct map by_label, by_type;
};

void places_init(struct places *p, size_t generations);
void places_fini(struct places *p);

/* The place, which may be new; PLACE_NONE out of memory.  O(1) expected, as the next. */
uint32_t places_put(struct places *p, uint32_t holder, uint32_t label);

/* All places that are found by their labels are there: from now on none is looked for. */
void places_settle(struct places *p);

/* A place that is not there yet, after places_settle(); PLACE_NONE out of memory. */
uint32_t places_put_new(struct places *p, uint32_t holder, uint32_t label);

/* The crowd of a type in a place, which may be new; PLACE_NONE out of memory. */
uint32_t places_put_crowd(struct places *p, uint32_t place, uint32_t type);

/* Forgets the crowds of a place: others take their numbers. */
void places_drop_crowds(struct places *p, uint32_t place);

/* A field of a crowd, one number a generation. */
static inline uint32_t *crowd_count(
	const struct places *p, uint32_t crowd, enum crowd_field field)
{
	return p->count + ((size_t)crowd * CROWD_FIELDS + field) * p->generations;
}

/* The objects of a crowd in generation `k`, or those alone that are in no other. */
static inline int64_t crowd_objects(
	const struct places *p, uint32_t crowd, size_t k, bool outer)
{
	int64_t objects = crowd_count(p, crowd, CROWD_OBJECTS)[k];
	return outer ? objects - crowd_count(p, crowd, CROWD_NESTED)[k] : objects;
}

static inline int64_t *crowd_bytes(const struct places *p, uint32_t crowd)
{
	return p->bytes + (size_t)crowd * p->generations;
}

/* The references of a place, and those of them that lead to permanent objects. */
static inline uint32_t *place_refs(const struct places *p, uint32_t place)
{
	return p->refs + (size_t)place * 2 * p->generations;
}

static inline uint32_t *place_permanent_refs(const struct places *p, uint32_t place)
{
	return place_refs(p, place) + p->generations;
}

#endif
