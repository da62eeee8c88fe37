/* SPDX-License-Identifier: MIT */
/* judge_place - the rules for one place.  Part of `judge`; nothing else includes it. */
#ifndef MEMSEE_LEAKS_JUDGE_PLACE_H
#define MEMSEE_LEAKS_JUDGE_PLACE_H

#include "leaks/judge.h"

/* Judges a place; a leak goes to the findings.  `*room` is scratch, for judge_all(). */
struct judge_room {
	int64_t *total[CROWD_FIELDS], *bytes, *one, *stay, *came;
	int64_t *memory; /* of all of them */
};

bool judge_room_init(struct judge_room *r, size_t generations);
void judge_room_fini(struct judge_room *r);

bool judge_place(struct judge *j, struct judge_room *r, uint32_t place, bool *leaks,
	struct error *err);

#endif
