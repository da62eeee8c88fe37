/* SPDX-License-Identifier: MIT */
/* comparable - may these generations be checked, and compared in this order?
 *
 * Every command that compares generations and every check asks here, so that none says
 * "no leak" of what nobody has looked at.  What is asked is what the dumps say of
 * themselves (load/load_log.h):
 *
 *	A dump that is torn, or of which lines were rejected or objects clashed, lacks
 *	objects: STATUS_DATA, unless the script accepts that.
 *
 *	Dumps in the wrong order, and the same dump twice: STATUS_SCRIPT, with the right
 *	order.  The times that the dumps give decide.  Two are the same when they have the
 *	same header, or no header at all, and the same objects and references.
 *
 *	Dumps of different processes, programs, versions or runtimes are compared, and
 *	that is said.  Dumps of meliae do not say what process they are of or when they
 *	were made: their order is taken as given, and that is said, too; if each has fewer
 *	objects than the one before, the note asks whether the order is right. */
#ifndef MEMSEE_COMPARE_COMPARABLE_H
#define MEMSEE_COMPARE_COMPARABLE_H

#include "base/buffer.h"
#include "store/db.h"

enum comparable_flag {
	COMPARABLE_DAMAGED = 1, /* damage is accepted, and said */
	COMPARABLE_VERDICT =
		2, /* a verdict stands on it: say what cannot be known, too */
};

/* What a reader should have: sentences, each ended by '\n'. */
struct comparable_notes {
	struct buffer first; /* before the answer */
	struct buffer other; /* with whatever else is known of the dumps */
};

/* Looks at generations num[0] to num[n - 1], in this order; one alone is looked at for
 * damage, which `accept_damage` lets pass with a note.  Appends to `notes`.  O(n^2), and
 * O(objects + references) for two generations with the same counts. */
bool comparable_check(struct db *db, const int64_t *num, size_t n, bool accept_damage,
	struct comparable_notes *notes, struct error *err);

#endif
