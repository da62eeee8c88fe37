/* SPDX-License-Identifier: MIT */
/* home - which module defines a class, and whose a module is: the rules alone.
 *
 * Names (name.h), counts (counted.h) and leaks (origin.h) have the objects in arrays of
 * their own.  Each finds the texts that a class or a module refers to in these, and asks
 * here what the texts say. */
#ifndef MEMSEE_EXPLAIN_HOME_H
#define MEMSEE_EXPLAIN_HOME_H

#include <stdbool.h>
#include <stdint.h>

/* Who owns a module, by its file: the program itself, a package which was installed
 * (`site-packages`, `dist-packages`), or the standard library, which includes everything
 * that is built into the interpreter. */
enum name_owner { NAME_NOBODY, NAME_PROGRAM, NAME_PACKAGE, NAME_LIBRARY };

/* Who owns the code in that file: NAME_PROGRAM unless its path says more.  O(length). */
enum name_owner home_owner(const char *file);

/* The module of a class in a dump whose labels do not say which text is `__module__`: of
 * the texts in the class's dict the only one that is the name of a module. */
struct home {
	uint32_t text; /* the node of the first such text */
	uint64_t module;
	bool found, several;
};

/* Notes a text that is the name of a module; `module` identifies it.  O(1). */
void home_note(struct home *h, uint32_t text, uint64_t module);

/* Was there exactly one? */
bool home_is_known(const struct home *h);

#endif
