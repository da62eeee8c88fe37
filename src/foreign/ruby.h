/* SPDX-License-Identifier: MIT */
/* format_ruby - what Ruby's ObjectSpace.dump_all writes: ext/objspace/objspace_dump.c.
 *
 * An object of JSON a line.  An object tells its class by address, so the lines of
 * classes are read first, wherever they stand, and those of roots; then all others. */
#ifndef MEMSEE_FOREIGN_RUBY_H
#define MEMSEE_FOREIGN_RUBY_H

#include "dump/format.h"

bool ruby_recognise(const unsigned char *head, size_t len);
bool ruby_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err);

#endif
