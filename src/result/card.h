/* SPDX-License-Identifier: MIT */
/* card - one finding of a report with all that a reader needs to see of it at once: a
 * sentence, how it grew, how it is held, what to do.
 *
 * A result whose rows are findings may carry a card a row, in the order of the rows.
 * Formats without pictures show the rows alone. */
#ifndef MEMSEE_RESULT_CARD_H
#define MEMSEE_RESULT_CARD_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct drawing;

struct card {
	char *title;     /* what it is about, a class; all text is owned, NULL without */
	char *about;     /* where that is from: "of module shop" */
	char *unit;      /* what the series counts: "objects"; NULL: it is of bytes */
	char *trend;     /* how the series develops: "more in every dump" */
	char *keeper;    /* the name of the object that holds them */
	char *advice;    /* what to do, as Markdown */
	char *site;      /* where they were allocated */
	int64_t *series; /* owned; one a label of the list */
	int64_t bytes;   /* growth of everything below it; 0: not known */
	int64_t frees;   /* what emptying the holder would free; 0: not known */
	struct drawing *chain; /* owned: from a root to one of them; NULL without */
};

struct card_list {
	struct card *items;
	size_t count, cap;
	char **labels; /* owned: the names of the points of the series: dumps */
	size_t label_count;
	int64_t growth; /* bytes that the whole grew by */
};

struct card_list *card_list_new(void);    /* NULL out of memory */
void card_list_free(struct card_list *l); /* NULL is accepted */

/* Appends an empty card, to be filled with what it will own.  NULL out of memory. */
struct card *card_list_add(struct card_list *l, struct error *err);

#endif
