/* SPDX-License-Identifier: MIT */
/* signature - the text of a path: types and labels from the root on, without what differs
 * from run to run.
 *
 *     module shop .{} Registry .entries list [] dict ['handler'] UploadHandler
 *
 * The place of an attribute in its dict, `.{38}`, is all that some dumps say of it (see
 * labels.h).  It moves with every name that the program adds, so a signature leaves it
 * out: what is known by its signature, as in a baseline, is known after the next commit
 * too.  Several places of a tree may have the same signature. */
#ifndef MEMSEE_EXPLAIN_SIGNATURE_H
#define MEMSEE_EXPLAIN_SIGNATURE_H

#include "base/buffer.h"

#include <stdbool.h>

/* Appends a step: `label` "" is shown as an arrow unless the step is the first; a step
 * that is `repeated` gets a star. */
void signature_put(struct buffer *out, bool first, const char *label, const char *type,
	bool repeated);

/* Is `older` what memsee up to 0.1 called the path that it now calls `now`?  Then modules
 * had no names of their own, classes were called by their metaclass, and a path began at
 * a root:
 *
 *     dict ['shop'] module .Registry type .seen dict [] str
 *     frame .f_globals dict ['Registry'] type .seen dict [] str
 *     module shop .Registry class Registry .seen dict [] str
 *
 * Where the older text names the module, that is the same, too. */
bool signature_was(const char *older, const char *now);

#endif
