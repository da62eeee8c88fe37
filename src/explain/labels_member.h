/* SPDX-License-Identifier: MIT */
/* labels_member - the members of objects that are not containers: functions, frames,
 * instances.  Part of `labels`. */
#ifndef MEMSEE_EXPLAIN_LABELS_MEMBER_H
#define MEMSEE_EXPLAIN_LABELS_MEMBER_H

#include "explain/labels_source.h"

/* An object and its references. */
struct labels_parent {
	struct labels_object object;
	struct labels_refs refs;
};

/* The label of reference `place` of `parent`, which exists. */
bool labels_put_member(struct labels_source *s, const struct labels_parent *parent,
	size_t place, struct label *label, struct error *err);

#endif
