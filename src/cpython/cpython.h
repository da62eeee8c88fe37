/* SPDX-License-Identifier: MIT */
/* cpython - the objects of a CPython heap out of the memory of its process.
 *
 * CPython 3.8 and newer, released builds of 64 bits, shared or static, stripped or not.
 * Free-threaded and debug builds and other Pythons are refused by name; a layout that
 * does not prove itself is not used (cpython_find.c).
 *
 * Objects are those in the collector's lists and all that these, the threads' frames and
 * the module table lead to.  References, labels, sizes and roots are those that memsee's
 * dumper finds in the process, and some that Python's own means cannot see: the constants
 * of code, the attributes of static types, what frozen objects hold, the bounds of a
 * range.  Of types that no rule knows, each word that leads to an object for certain is a
 * reference: see cpython_is_object().
 *
 * O(bytes), memory in proportion to the objects: some 20 bytes each. */
#ifndef MEMSEE_CPYTHON_CPYTHON_H
#define MEMSEE_CPYTHON_CPYTHON_H

#include "cpython/memory.h"
#include "dump/format.h"

/* Tells everything to the sink.  `name` is what messages call the dump.  Marks objects in
 * `m`, so a memory is read once. */
bool cpython_read(
	struct memory *m, const char *name, struct dump_sink *sink, struct error *err);

/* Where in memory it says, in 4 bytes that are not zero, that the collector is at work:
 * its lists are in pieces then.  One address for each interpreter, at most `most`; how
 * many, 0 where there is no Python that is known.  Marks nothing. */
size_t cpython_collecting_at(struct memory *m, uint64_t *at, size_t most);

/* Where CPython 3.14 and newer take a script to run from: PEP 768. */
struct cpython_debugger {
	uint64_t breaker;   /* 8 bytes: bits that make the thread look up */
	uint64_t pending;   /* 4 bytes: not zero while a script waits */
	uint64_t path;      /* its file */
	uint64_t path_size; /* room for the path */
	bool allowed;       /* the process has not forbidden it */
};

/* That of the thread whose number the kernel gave is `tid`.  False when `m` is of an
 * older CPython, of none that is known, or has no such thread. */
bool cpython_debugger(struct memory *m, int64_t tid, struct cpython_debugger *debugger);

#endif
