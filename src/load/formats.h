/* SPDX-License-Identifier: MIT */
/* formats - the table of the kinds of heap dump: which one is this?
 *
 * A dump is recognised by its first bytes, or named: `read FORMAT:FILE`.  What a format
 * is, dump/format.h says; the readers are in rooms of their own below this one. */
#ifndef MEMSEE_LOAD_FORMATS_H
#define MEMSEE_LOAD_FORMATS_H

#include "dump/format.h"

/* The format of a dump that begins like this: never NULL, lines of JSON if need be. */
const struct dump_format *dump_format_recognise(const unsigned char *head, size_t len);

/* `NAME:FILE` with the name of a format: the format, and where FILE begins.  NULL without
 * one: then all of `word` is the file. */
const struct dump_format *dump_format_split(const char *word, const char **file);

/* Fails, saying what the dump is and how to get one that is read. */
bool dump_format_refuse(
	const struct dump_format *format, const char *path, struct error *err);

#endif
