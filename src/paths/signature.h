/* SPDX-License-Identifier: MIT */
/* signature - the text of a path: types and labels from the root on, without the parts
 * that differ from run to run.
 *
 *     module shop .{} Registry .entries list [] dict ['handler'] UploadHandler
 *
 * Some dumps know only the place of an attribute in its dict, `.{38}` (see labels.h).
 * It moves with every name that the program adds, so a signature leaves it out, and a
 * signature in a baseline is still true after the next commit.  Several places of a tree
 * may have the same signature. */
#ifndef MEMSEE_PATHS_SIGNATURE_H
#define MEMSEE_PATHS_SIGNATURE_H

#include "base/buffer.h"

#include <stdbool.h>

/* Appends a step: `label` "" is shown as an arrow unless the step is the first; a step
 * that is `repeated` gets a star. */
void signature_put(struct buffer *out, bool first, const char *label, const char *type,
	bool repeated);

/* Is `older` the signature that memsee up to 0.1 gave the path that has `now`?  Then
 * modules had no names of their own, classes were called by their metaclass, and a path
 * began at a root:
 *
 *     dict ['shop'] module .Registry type .seen dict [] str
 *     frame .f_globals dict ['Registry'] type .seen dict [] str
 *     module shop .Registry class Registry .seen dict [] str
 *
 * Where the older text names the module, that is the same, too. */
bool signature_was(const char *older, const char *now);

#endif
