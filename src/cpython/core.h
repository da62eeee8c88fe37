/* SPDX-License-Identifier: MIT */
/* core - a core file as the memory of a process.
 *
 * What the kernel, gcore and systemd-coredump write on Linux: ELF of type ET_CORE, 64
 * bits, of x86-64 or aarch64 (core(5), elf(5)). */
#ifndef MEMSEE_CPYTHON_CORE_H
#define MEMSEE_CPYTHON_CORE_H

#include "cpython/memory.h"

/* Do these first bytes of a file begin a core? */
bool core_recognise(const void *data, size_t size);

/* The bytes of a core, which must outlive the memory, and what messages call it. */
struct core_bytes {
	const char *name;
	const uint8_t *data;
	size_t size;
	bool mapped;  /* whole pages of a file, see memory_rest() */
	int64_t time; /* of the file: seconds since 1970, 0: not known */
};

/* Fills `m` from a core.  `*torn` says whether memory is missing that the core promised.
 * Fails when it is none that can be read.  To be followed by memory_fill(). */
bool core_read(
	struct memory *m, const struct core_bytes *core, bool *torn, struct error *err);

#endif
