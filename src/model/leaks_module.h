/* SPDX-License-Identifier: MIT */
/* leaks_module - which module defines a class.
 *
 * A dump has no names of modules beside its types, but the objects are there: the class,
 * its dict, in that a text that is the name of a module (`__module__`), and in the
 * module's dict the path of its file. */
#ifndef MEMSEE_MODEL_LEAKS_MODULE_H
#define MEMSEE_MODEL_LEAKS_MODULE_H

#include "store/db.h"

/* The module of the class in generation `num`: malloc'ed, NULL when it is not known, as
 * of classes that several modules define.  `*library` tells whether its file lies in
 * Python's own library and in none of its folders for packages. */
bool leaks_find_module(struct db *db, int64_t num, const char *class_name, char **module,
	bool *library, struct error *err);

#endif
