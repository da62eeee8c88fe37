/* SPDX-License-Identifier: MIT */
/* type_kind - the SQL function type_kind(type): what a type is to the runtime of the
 * current generation, as dump/runtime.h says it: "string", "mapping", … */
#ifndef MEMSEE_SESSION_TYPE_KIND_H
#define MEMSEE_SESSION_TYPE_KIND_H

#include "session/session.h"

/* Makes it known to the session's database. */
bool type_kind_register(struct session *s, struct error *err);

#endif
