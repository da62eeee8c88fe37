/* SPDX-License-Identifier: MIT */
/* plot_columns - the rows of a result as a plot, by the names of its columns. */
#ifndef MEMSEE_ANSWERS_PLOT_COLUMNS_H
#define MEMSEE_ANSWERS_PLOT_COLUMNS_H

#include "dump/runtime.h"
#include "result/plot.h"
#include "result/result.h"

/* The part of a result that is plotted. */
struct plot_choice {
	const char *column;
	size_t top;
	const struct runtime *runtime;
};

/* Adds the rows of `r`: bars and stacks by the column that says how much, lines by the
 * columns `g1`, `g2`, … or all numbers, trees by the column `tree`, or by names and what
 * they retain.  At most `top` rows (0: all that there is room for), but not those of the
 * whole, such as `(total)`.  `column` names the figures; NULL: the first that fits.
 * Lines of classes come before those of building blocks, as `runtime` classifies them.
 * False with STATUS_SCRIPT when `r` has no such columns. */
bool plot_columns(struct plot *p, const struct result *r,
	const struct plot_choice *choice, struct error *err);

#endif
