/* SPDX-License-Identifier: MIT */
/* leak_cards - each leak with its line, its chain in the program's own words, and what to
 * do about it. */
#ifndef MEMSEE_ANSWERS_LEAK_CARDS_H
#define MEMSEE_ANSWERS_LEAK_CARDS_H

#include "answers/leak_report.h"

/* Gives the rows of leak_report_rows(l, failing) a card each.  `*steps` becomes the ways
 * to one object of each leak, reference by reference, a row an object: leak, reference,
 * type, name, size, retained, grows, address; without a single one it stays NULL.  O(n +
 * m). */
bool leak_cards_make(struct result *r, struct session *s, const struct leak_report *l,
	bool failing, struct result **steps, struct error *err);

#endif
