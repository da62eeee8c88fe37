/* SPDX-License-Identifier: MIT */
/* sound - what must stay true, looked at while the program runs.
 *
 * An assert() states what no input can make untrue; input that is wrong is an error of
 * its own.  One that costs no more than the line beside it is written as assert() and is
 * in every build, also in those that are released: a heap report that goes on after the
 * impossible has happened would lie.  What has to walk a whole structure is written as
 * assert_sound() and is in builds with sanitizers, for fuzzing and with --enable-checks,
 * which is how the tests of the gate run. */
#ifndef MEMSEE_BASE_SOUND_H
#define MEMSEE_BASE_SOUND_H

#include <assert.h>

#ifdef MEMSEE_CHECKS
#define assert_sound(holds) assert(holds)
#else
#define assert_sound(holds) ((void)sizeof((holds) ? 1 : 0))
#endif

#endif
