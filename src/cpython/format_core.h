/* SPDX-License-Identifier: MIT */
/* format_core - a core file as one of the kinds of heap dump: see format.h. */
#ifndef MEMSEE_CPYTHON_FORMAT_CORE_H
#define MEMSEE_CPYTHON_FORMAT_CORE_H

#include "dump/format.h"

bool format_core_recognise(const unsigned char *head, size_t len);

/* The heap of the CPython in a core.  Files of the process are looked for under
 * options->sysroot. */
bool format_core_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err);

#endif
