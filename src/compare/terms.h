/* SPDX-License-Identifier: MIT */
/* terms - the names of types and the labels of references as numbers, the same in all
 * generations that are compared, so that comparing names is comparing numbers. */
#ifndef MEMSEE_COMPARE_TERMS_H
#define MEMSEE_COMPARE_TERMS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "dump/runtime.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TERM_NONE UINT32_MAX

/* Numbered from 0 as they come. */
struct terms {
	char **text;
	unsigned *flags;
	uint32_t *attribute; /* see terms_attribute(); TERM_NONE: not asked yet */
	uint32_t count;
	size_t text_cap, flags_cap, attribute_cap;
	struct map by_text;
	struct arena room;             /* of the texts */
	const struct runtime *runtime; /* of types; NULL of labels */
};

/* Labels that the rules know. */
enum {
	LABEL_NONE,    /* nothing is known: the text is empty */
	LABEL_CLASS,   /* .__class__ */
	LABEL_DICT,    /* .__dict__ */
	LABEL_GLOBALS, /* .__globals__, .func_globals */
	LABEL_MODULE,  /* .__module__ */
	LABEL_FILE,    /* .__file__ */
	LABEL_FIXED
};

/* A label with this bit is that of a dict's key; without, that of the value. */
#define LABEL_KEY UINT32_C(0x80000000)

/* The flags of labels.  LABEL_NAMES: it is a name, of an attribute, a text key, or what a
 * runtime calls a member.  LABEL_COMMON: it is that of any item of an array or a hash, or
 * of any object's class, and so says nothing about which object it is. */
enum { LABEL_NAMES = 1, LABEL_COMMON = 2 };

struct vocabulary {
	struct terms types;  /* flags: enum trait */
	struct terms labels; /* flags: LABEL_NAMES */
};

/* For dumps of that runtime.  False out of memory; vocabulary_fini() is due in any case.
 */
bool vocabulary_init(
	struct vocabulary *v, const struct runtime *runtime, struct error *err);
void vocabulary_fini(struct vocabulary *v);

/* The number of a text of `len` bytes, or TERM_NONE out of memory.  O(len) expected. */
uint32_t terms_put(struct terms *t, const char *text, size_t len);

/* Puts all terms of another one, in its order: returns the number here of each,
 * malloc'ed; NULL out of memory. */
uint32_t *terms_join(struct terms *t, const struct terms *other);

/* The number of a label as dumps write it: `<key 'x'>` is that of `['x']` with LABEL_KEY.
 * TERM_NONE out of memory. */
uint32_t terms_put_label(struct terms *labels, const char *text, size_t len);

/* What the entry of a dict is called where the dict holds attributes: `['x']` is `.x`.
 * TERM_NONE out of memory.  O(1) after the first time. */
uint32_t terms_attribute(struct terms *labels, uint32_t label);

#endif
