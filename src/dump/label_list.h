/* SPDX-License-Identifier: MIT */
/* label_list - what an object calls its references, as a list that is short.
 *
 * The list is JSON, as in struct dump_object: a string or null for each reference.  Two
 * more forms make one list of those of all arrays: an integer N stands for "[N]", and a
 * last `true` says that it goes on, counting after an index, else with the same label
 * again: [0,true] are the labels of any array, [".map","[]",true] of any table. */
#ifndef MEMSEE_DUMP_LABEL_LIST_H
#define MEMSEE_DUMP_LABEL_LIST_H

#include "base/buffer.h"
#include "dump/dump.h"

/* All zero is empty.  Room that is used again for each object. */
struct label_list {
	struct buffer text; /* the items so far */
	size_t kept;  /* bytes up to the last that does not follow from the one before */
	size_t start; /* of the last one's text */
	bool named;   /* some reference has a label */
	enum {
		LABEL_LIST_EMPTY,
		LABEL_LIST_TEXT,
		LABEL_LIST_NULL,
		LABEL_LIST_INDEX
	} last;
	int64_t index;  /* of the last one */
	size_t counted; /* indexes that follow from the one before, and are not in `text`
			 */
};

void label_list_clear(struct label_list *l);
void label_list_fini(struct label_list *l);

/* The next reference's label: `before` and `after` around a name, or "[index]", or none.
 */
void label_list_put(struct label_list *l, const char *before, struct dump_text name,
	const char *after);
void label_list_index(struct label_list *l, int64_t index);
void label_list_none(struct label_list *l);

/* An attribute: `.name`, or `['some text']` where that is no name. */
void label_list_attribute(struct label_list *l, struct dump_text name);

/* The list, borrowed until it changes; without data when no reference has a label.
 * l->text.failed says that memory ran out. */
struct dump_text label_list_end(struct label_list *l);

#endif
