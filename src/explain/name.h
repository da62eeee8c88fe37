/* SPDX-License-Identifier: MIT */
/* name - the expression by which the program itself reaches an object.
 *
 *     django.db.models.signals.pre_save.receivers
 *     shop.views.THUMBNAILS['a.png']
 *
 * A name is the cheapest path of labelled references from a module.  A step costs
 * less the more it tells a reader:
 *
 *     a dict of attributes, a cell              0.1, and is not shown
 *     `.x`, `['x']`, a local variable           1
 *     `[3]`                                     2
 *     a variable of a closure                   4
 *     a reference without a label, a key        25
 *     `.__class__`, `.__globals__`, `.__mro__`  60
 *
 * Of paths that cost the same the one is chosen that begins in the module which
 * defines the object or its class, then one of the program's own modules, then of an
 * installed package, then the first by the module's name, then by address.  A class is
 * called by its module and its own name, in a runtime without modules by its name,
 * whatever leads to it.
 *
 * An object that no module leads to is named from other objects that have names and are
 * kept by the interpreter: a running function (`main().jobs`), a class.  The rest of the
 * reachable heap has paths from the other roots, and no names.
 *
 * All paths come from one run of Dijkstra's algorithm (graph/cost_queue.h): 8 bytes an
 * object afterwards, and 20 and a byte a reference while it runs.  The text of a name is
 * made on demand. */
#ifndef MEMSEE_EXPLAIN_NAME_H
#define MEMSEE_EXPLAIN_NAME_H

#include "base/buffer.h"
#include "explain/home.h"
#include "graph/analysis.h"

struct name_tree;

/* For the heap of `a`, which must outlive it.  NULL on failure.  O(n + m). */
struct name_tree *name_tree_new(struct analysis *a, struct error *err);
void name_tree_free(struct name_tree *t); /* NULL is accepted */

/* Appends the name of a node, nothing when it has none.  Call it while a statement on the
 * database runs or within db_read_begin(): otherwise each query takes a lock.
 * O(length of the path). */
bool name_put(struct name_tree *t, uint32_t node, struct buffer *out, struct error *err);

/* The node on the cheapest path before this one; the node itself where its path begins;
 * GRAPH_NONE for a node that no root leads to.  These make trees that hold each reachable
 * node once.  O(1). */
uint32_t name_from(const struct name_tree *t, uint32_t node);

/* Asks memory for what name_module() and name_owner() will read. */
void name_prefetch(const struct name_tree *t, uint32_t node);

/* The module that the name begins with, of a class the one that defines it: borrowed;
 * NULL when it begins with none.  O(log modules). */
const char *name_module(const struct name_tree *t, uint32_t node);

/* Whose that module is. */
enum name_owner name_owner(const struct name_tree *t, uint32_t node);

/* "program", "package", "library"; NULL for NAME_NOBODY. */
const char *name_owner_text(enum name_owner owner);

/* Is it a module, class or function, or the dict of one: what holds the program together
 * rather than its data? */
bool name_is_namespace(const struct name_tree *t, uint32_t node);

/* Whose the class of that type's name is, as struct objects numbers types; of several the
 * program's own first.  O(1). */
enum name_owner name_owner_of_type(const struct name_tree *t, uint32_t type);

/* The module that defines the object: its class or, of a class or function, itself:
 * borrowed; NULL when that is not known.  O(children). */
const char *name_defined_in(const struct name_tree *t, uint32_t node);

/* Is it the dict in which a module, class or instance keeps its attributes, which a
 * reader does not distinguish from its owner?  Then `*owner` is that.  See attributes.h.
 * O(1). */
bool name_is_attributes(const struct name_tree *t, uint32_t node, uint32_t *owner);

#endif
