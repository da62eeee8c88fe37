/* SPDX-License-Identifier: MIT */
/* fuzz - what the fuzz targets share.
 *
 * A target is one file that defines LLVMFuzzerTestOneInput() and aborts when something is
 * not as it must be.  Built with --enable-fuzzing libFuzzer drives it; else replay.c,
 * with the files that it is given. */
#ifndef MEMSEE_FUZZ_H
#define MEMSEE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process when `holds` is false: both drivers keep the input. */
void fuzz_check(int holds);

/* A file in memory with these bytes: its path in `path`; the descriptor, to be closed. */
int fuzz_file(const uint8_t *data, size_t size, char path[64]);

#endif
