/* SPDX-License-Identifier: MIT */
/* options_table - the options that the command line may have, a row each: how it is
 * written, what it does and its line in --help. */
#ifndef MEMSEE_PROGRAM_OPTIONS_TABLE_H
#define MEMSEE_PROGRAM_OPTIONS_TABLE_H

#include "program/options.h"

struct option_row;

/* The option of that letter, or of that name without the hyphens.  NULL and an error
 * without one. */
const struct option_row *option_find_letter(char letter, struct error *err);
const struct option_row *option_find_name(
	const char *name, size_t len, struct error *err);

const char *option_name(const struct option_row *row);

/* What --help calls the option's argument; NULL: it takes none. */
const char *option_argument(const struct option_row *row);

/* Carries out the option; `argument` is NULL when it takes none. */
bool option_set(struct options *o, const struct option_row *row, const char *argument,
	struct error *err);

#endif
