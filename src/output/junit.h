/* SPDX-License-Identifier: MIT */
/* junit - checks as the XML that CI servers read.
 *
 * One test suite, one test case a check, a failure with its message and, inside, the rows
 * and the path; a run that broke off is a test case with an error; what a reader should
 * know of the dumps is the suite's output.  The document is valid against the schemas of
 * Jenkins' xUnit plugin and of Ant's JUnit task, of which the latter demands a time and a
 * host: both are constants, since a report says nothing of when and where it was made.
 * Whatever bytes a name has, the result is well-formed. */
#ifndef MEMSEE_OUTPUT_JUNIT_H
#define MEMSEE_OUTPUT_JUNIT_H

#include "output/writer.h"
#include "result/check.h"

/* Appends the document.  `suite` is the name of what ran; `look` as for the writers. */
void junit_put(struct buffer *out, const char *suite, const struct check_list *checks,
	const struct writer_options *look);

#endif
