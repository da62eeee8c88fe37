/* SPDX-License-Identifier: MIT */
/* traits - what the name of a type says about its objects, for whoever follows them from
 * dump to dump: finer than what reports ask (dump/runtime.h), from which it follows for
 * all runtimes but CPython.  A type that is in no table is a class of the program or of a
 * library. */
#ifndef MEMSEE_COMPARE_TRAITS_H
#define MEMSEE_COMPARE_TRAITS_H

#include "dump/runtime.h"

enum trait {
	TRAIT_BLOCK = 1 << 0,    /* a building block: names no leak while a class does */
	TRAIT_VALUED = 1 << 1,   /* its value is all there is: str, int */
	TRAIT_SCALAR = 1 << 2,   /* such a value, of a small fixed size: int, None */
	TRAIT_WEAK = 1 << 3,     /* refers to what it does not keep alive */
	TRAIT_CLASS = 1 << 4,    /* its objects are classes */
	TRAIT_MODULE = 1 << 5,   /* its objects are modules */
	TRAIT_FRAME = 1 << 6,    /* what runs: frame, traceback */
	TRAIT_SEQUENCE = 1 << 7, /* its references are in an order of their own */
	TRAIT_FROZEN = 1 << 8,   /* its references never change */
	TRAIT_TABLE = 1 << 9,    /* dict, list: what the interpreter makes tables of */
	TRAIT_DICT = 1 << 10,    /* can hold an object's attributes */
	TRAIT_FUNCTION = 1 << 11,
	TRAIT_PART = 1 << 12,    /* a part of a container that nothing else refers to: a
				    table, a node of a list.  Not told for CPython */
	TRAIT_MODULED = 1 << 13, /* a class by its module and its name */
	TRAIT_SCOPE = 1 << 14,   /* it holds the variables of a scope */
};

/* The traits of a type: 0 for a class.  O(log types), O(types) for other runtimes than
 * CPython. */
unsigned traits_of_type(const struct runtime *runtime, const char *type);

#endif
