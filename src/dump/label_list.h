/* SPDX-License-Identifier: MIT */
/* label_list - writes the labels of an object's references as a short list.
 *
 * The list is JSON, as in struct dump_object: a string or null for each reference.  Two
 * more forms keep it short.  An integer N means "[N]".  A last `true` means that the list
 * continues: it counts on from an index, and repeats any other label.  So [0,true] has
 * the labels of any array, and [".map","[]",true] those of any table. */
#ifndef MEMSEE_DUMP_LABEL_LIST_H
#define MEMSEE_DUMP_LABEL_LIST_H

#include "base/buffer.h"
#include "dump/dump.h"

/* All zero is empty.  The memory is reused for each object. */
struct label_list {
	struct buffer text; /* the items so far */
	size_t kept;  /* end of the last item that does not follow from the one before */
	size_t start; /* where the last item begins */
	bool named;   /* some reference has a label */
	enum {
		LABEL_LIST_EMPTY,
		LABEL_LIST_TEXT,
		LABEL_LIST_NULL,
		LABEL_LIST_INDEX
	} last;
	int64_t index;  /* of the last item */
	size_t counted; /* indexes that follow from the one before and are not in `text`
			 */
};

void label_list_clear(struct label_list *l);
void label_list_fini(struct label_list *l);

/* Appends the next reference's label: a name between `before` and `after`, an index in
 * brackets, or none. */
void label_list_put(struct label_list *l, const char *before, struct dump_text name,
	const char *after);
void label_list_index(struct label_list *l, int64_t index);
void label_list_none(struct label_list *l);

/* Appends an attribute: `.name`, or `['some text']` if it is not an identifier. */
void label_list_attribute(struct label_list *l, struct dump_text name);

/* The list, borrowed until it changes; it has no data if no reference has a label.
 * l->text.failed says that memory ran out. */
struct dump_text label_list_end(struct label_list *l);

#endif
