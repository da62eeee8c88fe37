/* SPDX-License-Identifier: MIT */
/* roots - the objects that keep a heap alive.
 *
 * A dump does not say which objects the interpreter holds.  An object that nothing refers
 * to must be held from outside the heap, or it would have been freed at once.  But an
 * object may also be held from outside and be part of a cycle: sys.modules holds the
 * modules, and functions in them hold sys.modules.  Nothing else refers to such a cycle,
 * just as to garbage that waits for the cycle collector.  Only the objects in the cycle
 * distinguish the two, so a root is
 *
 *   - an object that the pseudo object 0 refers to: nothing referred to it when the dump
 *     was read, or `pin` said so;
 *   - in a cycle that nothing outside refers to, one natural holder, the first of these:
 *       a dict with the most modules in it, if it has two or more: sys.modules
 *       a module
 *       a frame: a thread is running it
 *       a thread, or an object that works like one (greenlet, task)
 *       a class without a Python function in it: C code made it and refers to it,
 *       unless the dump says that only objects hold the class
 *     and of several, the one at the lowest address.
 *
 * A dump may name the objects that the interpreter holds (store/notes.h).  These are
 * roots, and then no other frame is one.  If the dumps of a runtime name all of them
 * (dump/runtime.h), nothing else is a root: an object that nothing refers to is garbage
 * that the collector has not reached yet.
 *
 * A cycle without any of them is garbage, with all that only it leads to.  The references
 * of an object that was deleted from the tables make no roots by the second rule: what it
 * held is released, which is the purpose of deleting and of `gc`. */
#ifndef MEMSEE_GRAPH_ROOTS_H
#define MEMSEE_GRAPH_ROOTS_H

#include "base/arena.h"
#include "graph/objects.h"
#include "store/root_rule.h"

enum root_reason {
	ROOT_UNREFERENCED,
	ROOT_PINNED,
	ROOT_MODULE_TABLE,
	ROOT_MODULE,
	ROOT_FRAME,
	ROOT_THREAD,
	ROOT_CLASS,
	ROOT_CHOSEN,
	/* the dump says that the interpreter holds it */
	ROOT_MARKED_MODULE_TABLE,
	ROOT_MARKED_INTERPRETER,
	ROOT_MARKED_FRAME,
	ROOT_MARKED_TYPE,
	ROOT_MARKED_SINGLETON,
	ROOT_MARKED_INTERNED,
	/* not a root: only objects of the dump hold the class */
	ROOT_MARKED_OBJECTS,
	ROOT_MARKED, /* for a reason that another runtime gives in its own words */
	ROOT_REASONS
};

struct root {
	uint32_t node;
	enum root_reason reason;
	uint32_t held; /* objects in the cycle that it holds, 1 outside of one */
	const char
		*words; /* of ROOT_MARKED: the dump's own; owned by the roots, or NULL */
};

struct roots {
	uint32_t *node; /* ascending: for reach, dominators, paths */
	size_t count;
	struct root *root; /* the same, with the reason */
	bool unnamed; /* by the natural rule, of a heap of which the dump named none */
	/* A bit set of what the roots but for natural holders lead to, as it was found on
	 * the way; NULL: it was not. */
	uint64_t *held;
	struct arena *words; /* NULL: there are none */
};

/* An object that the interpreter holds, by the dump. */
struct root_mark {
	uint32_t node;
	enum root_reason reason;
	const char
		*words; /* see struct root: borrowed as long as there are roots of it */
};

/* The roots of a heap, of which the dump named `n` (possibly 0), ascending.  NULL out of
 * memory.  O(n + m). */
struct roots *roots_new(const struct graph *g, const struct objects *o,
	const struct root_mark *marks, size_t n, struct error *err);

/* Only what the pseudo object 0 refers to: the rule of the original memsee. */
struct roots *roots_original(const struct graph *g, struct error *err);

/* The objects at these addresses, which a user chose; addresses without an object are
 * left out.  O(n log n). */
struct roots *roots_chosen(
	const struct graph *g, const int64_t *addresses, size_t n, struct error *err);

/* The roots of generation `num`, whose graph is `g`, by the rule that `roots` set for it:
 * the natural one unless it did. */
struct roots *roots_load(struct db *db, int64_t num, const struct graph *g,
	const struct objects *o, struct error *err);

/* The same in two steps: what the database says, and what follows from it, which asks no
 * database.  roots_find() takes the words; roots_told_fini() is due after a failure,
 * too. */
struct roots_told {
	enum root_rule rule;
	struct root_mark *mark;
	size_t marks;
	struct arena *words;
	int64_t *address; /* that were chosen */
	size_t addresses;
};
bool roots_ask(struct db *db, int64_t num, const struct graph *g, struct roots_told *t,
	struct error *err);
struct roots *roots_find(const struct graph *g, const struct objects *o,
	struct roots_told *t, struct error *err);
void roots_told_fini(struct roots_told *t);

void roots_free(struct roots *r); /* NULL is accepted */

/* The root at a node, NULL when it is not a root.  O(log n). */
const struct root *roots_at(const struct roots *r, uint32_t node);

/* Are these the words for a variable, `<GLOBAL> $cache`, or for a static member,
 * `Registry::$services`?  A name of Java may have a `$` too, within it. */
bool root_is_variable(const char *words);

/* Why, in a few words: borrowed from the roots. */
const char *root_reason_text(const struct root *root);

#endif
