/* SPDX-License-Identifier: MIT */
/* leaks_module - which module defines a class.
 *
 * A dump has no names of modules beside its types, but the objects are there: the class,
 * its dict, in that a text that is the name of a module (`__module__`), and in the
 * module's dict the path of its file. */
#ifndef MEMSEE_COMPARE_LEAKS_MODULE_H
#define MEMSEE_COMPARE_LEAKS_MODULE_H

#include "store/db.h"

struct leaks_modules;

/* Looks for the classes and modules of generation `num`.  NULL on failure.  O(n). */
struct leaks_modules *leaks_modules_open(struct db *db, int64_t num, struct error *err);
void leaks_modules_close(struct leaks_modules *m); /* NULL is accepted */

/* The module of a class: malloc'ed, NULL when it is not known, as of classes that several
 * modules define.  `*library` tells whether its file lies in Python's own library and in
 * none of its folders for packages.  O(what their dicts hold). */
bool leaks_modules_find(struct leaks_modules *m, const char *class_name, char **module,
	bool *library, struct error *err);

#endif
