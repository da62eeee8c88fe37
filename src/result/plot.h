/* SPDX-License-Identifier: MIT */
/* plot - a picture of figures: its contents, before a format draws it.
 *
 * Items are in the order in which they are drawn.  In a tree (icicle, treemap) an item
 * comes after its parent, whose value is at least the sum of its children's; item 0 is
 * the whole.  Lines have one value an item and label, in `values`. */
#ifndef MEMSEE_RESULT_PLOT_H
#define MEMSEE_RESULT_PLOT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plot_kind {
	PLOT_ICICLE,  /* who owns how much: a row a level, what owns above what it owns */
	PLOT_TREEMAP, /* the same as areas, two levels */
	PLOT_LINES,   /* numbers from dump to dump */
	PLOT_BARS,    /* growth and shrinking, or sizes */
	PLOT_STACK, /* parts of a whole, side by side; a bar for each item without parent
		     */
	PLOT_CHAIN, /* how objects are held: a path or a tree of references */
};

/* What an item is coloured by; the order is that of the key. */
enum plot_colour {
	PLOT_PLAIN,
	PLOT_PROGRAM, /* whose it is: the program's own, ... */
	PLOT_PACKAGE,
	PLOT_LIBRARY,
	PLOT_NOBODY,
	PLOT_REST,    /* the rest */
	PLOT_GREW,    /* vermilion: growth and nothing else */
	PLOT_OBJECTS, /* of a process: the objects of the dump, ... */
	PLOT_FREE,    /* ... free memory of an allocator ... */
	PLOT_FREE_MALLOC,
	PLOT_UNKNOWN, /* ... memory of unknown use ... */
	PLOT_FILES,   /* ... pages of files */
	PLOT_COLOURS
};

#define PLOT_NONE UINT32_MAX

struct plot_item {
	char *name;      /* owned */
	char *detail;    /* owned: a longer text, shown on demand; NULL without */
	uint32_t parent; /* PLOT_NONE: none */
	uint32_t depth;  /* how many parents it has */
	int64_t value;
	int64_t before;  /* its value in the dump before, in a comparison */
	int64_t count;   /* objects, -1 where it means nothing */
	int64_t address; /* of the one object that it represents, else 0 */
	enum plot_colour colour;
};

struct drawing;

struct plot {
	enum plot_kind kind;
	char *caption; /* owned */
	bool bytes;    /* values are bytes, else counts */
	bool compares; /* `before` means something */
	struct plot_item *items;
	size_t count, cap;
	/* Parts of the whole that are too small to be seen, so that they are no items,
	 * and the bits of their colours. */
	size_t unseen;
	unsigned unseen_colours;
	char **labels; /* owned: the texts below the points of lines */
	size_t label_count;
	int64_t *values; /* of item i at label k: values[i * label_count + k] */
	size_t value_cap;
	const struct drawing *drawing; /* PLOT_CHAIN: borrowed from its result */
};

/* The name of a kind as scripts write it, or NULL behind the last. */
const char *plot_kind_name(size_t kind);

/* An empty one; the strings are copied.  NULL out of memory. */
struct plot *plot_new(enum plot_kind kind, const char *caption);
void plot_free(struct plot *p); /* NULL is accepted */

/* Appends an item; its strings are copied, its depth is found.  Amortised O(1). */
bool plot_put(struct plot *p, const struct plot_item *item, struct error *err);

/* Sets the texts below the points of lines, copied; before any item is put. */
bool plot_set_labels(
	struct plot *p, const char *const *labels, size_t count, struct error *err);
/* The values of the last item that was put, one a label. */
bool plot_set_values(struct plot *p, const int64_t *values, struct error *err);

#endif
