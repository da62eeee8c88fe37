/* SPDX-License-Identifier: MIT */
/* expect_forms - the forms of the command `expect`, one a file. */
#ifndef MEMSEE_EXPECT_EXPECT_FORMS_H
#define MEMSEE_EXPECT_EXPECT_FORMS_H

#include "expect/expect.h"

/* Each sets the check's state, expected and found, and may set message, rows and path.
 * `expect_value` may lower `end`, so that the message is not part of a derived name. */
bool expect_value(struct expectation *e, struct error *err);
bool expect_empty(struct expectation *e, struct error *err);
bool expect_path(struct expectation *e, struct error *err);
bool expect_no_path(struct expectation *e, struct error *err);
bool expect_growth(struct expectation *e, struct error *err);
bool expect_no_leak(struct expectation *e, struct error *err);

#endif
