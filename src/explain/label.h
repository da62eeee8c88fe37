/* SPDX-License-Identifier: MIT */
/* label - the name of one reference of an object: `[3]`, `['path']`, `.body`.
 */
#ifndef MEMSEE_EXPLAIN_LABEL_H
#define MEMSEE_EXPLAIN_LABEL_H

#include <stdbool.h>
#include <stdint.h>

#define LABEL_MAX 96
#define LABEL_NAME_MAX 80 /* bytes of a key or an attribute that are shown */

struct label {
	char text[LABEL_MAX];   /* "" when nothing is known */
	char stable[LABEL_MAX]; /* without what differs from run to run: `[]` for `[3]` */
	bool guessed;
	bool is_dict; /* it leads to the dict that holds the object's attributes */
};

/* The bytes of a name that a label shows: LABEL_NAME_MAX at most, cut at a character. */
int label_fit(const char *name);

/* Could a program write it after a dot: letters, digits and underscores? */
bool label_is_name(const char *key);

/* Sets both texts, which are the same in every run. */
void label_put(struct label *label, const char *text);

/* `[3]`. */
void label_put_index(struct label *label, int64_t index);

/* `[what]`: a key by its value, type or name. */
void label_put_entry(struct label *label, const char *what);

/* `{3}`, or `.{3}` for an attribute: one whose name nothing says. */
void label_put_place(struct label *label, uint64_t place, bool attribute);

/* `['key']`, or `.key` for an attribute whose name allows it. */
void label_put_key(struct label *label, const char *key, bool attribute);

#endif
