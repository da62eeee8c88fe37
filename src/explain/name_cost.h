/* SPDX-License-Identifier: MIT */
/* name_cost - the cost of each reference in a name.  Part of `name`; nothing else
 * includes it.
 *
 * By its label where the dump gave one, else by the types of both ends. */
#ifndef MEMSEE_EXPLAIN_NAME_COST_H
#define MEMSEE_EXPLAIN_NAME_COST_H

#include "graph/analysis.h"

/* Kinds of references by what they tell a reader, the cheapest first. */
enum name_step {
	NAME_STEP_DICT,    /* to the dict of attributes, from a cell: not shown */
	NAME_STEP_NAME,    /* `.x`, `['x']` */
	NAME_STEP_ITEM,    /* `[3]` */
	NAME_STEP_CLOSURE, /* a variable of a closure */
	NAME_STEP_UNKNOWN, /* nothing */
	NAME_STEP_HIDDEN,  /* would hide the answer: `.__class__`, `.__globals__` */
	NAME_STEPS
};

/* In tenths; greater than 0, which the search relies on. */
extern const uint16_t name_step_cost[NAME_STEPS];
#define NAME_COST_MAX 600

/* The type of an object, as far as names need it. */
enum name_kind {
	NAME_KIND_OTHER,
	NAME_KIND_DICT,
	NAME_KIND_SEQUENCE,
	NAME_KIND_SET,
	NAME_KIND_MODULE,
	NAME_KIND_CLASS,
	NAME_KIND_FUNCTION,
	NAME_KIND_METHOD,
	NAME_KIND_CELL,
	NAME_KIND_FRAME,
	NAME_KIND_PART, /* a part of something else, of another runtime than CPython */
	NAME_KINDS
};

/* A text in a dict under a key that gives the origin of its owner. */
struct name_text {
	uint32_t dict, text; /* nodes */
	bool is_file;        /* `__file__`, else `__module__` */
};

struct name_costs {
	const struct graph *g; /* borrowed, as is `o` */
	const struct objects *o;
	uint8_t *kind; /* of each type, enum name_kind */
	uint8_t *step; /* of each of g->children.node, enum name_step; NULL: no labels */
	/* The step from one kind to another where there is no label, enum name_step. */
	uint8_t guess[NAME_KINDS][NAME_KINDS];
	struct name_text *text; /* by dict, then text: of dumps with labels alone */
	size_t text_count, text_cap;
};

/* `*c` is zeroed, and the caller's for name_costs_fini(), also after a failure.  O(n + m)
 * with labels, else O(types). */
bool name_costs_init(struct name_costs *c, struct analysis *a, struct error *err);
void name_costs_fini(struct name_costs *c);

static inline enum name_kind name_costs_kind(const struct name_costs *c, uint32_t node)
{
	return c->kind[c->o->type[node]];
}

/* The step along reference `place` of g->children.node, from an object of one kind to
 * one of another. */
static inline enum name_step name_costs_step(const struct name_costs *c,
	enum name_kind parent, enum name_kind child, uint32_t place)
{
	bool labelled = c->step != NULL && c->step[place] != NAME_STEPS;
	return labelled ? c->step[place] : c->guess[parent][child];
}

/* The text under `__module__` or `__file__` of a dict, GRAPH_NONE when labels do
 * not say.  O(log texts). */
uint32_t name_costs_text(const struct name_costs *c, uint32_t dict, bool file);

#endif
