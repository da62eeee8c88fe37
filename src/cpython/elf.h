/* SPDX-License-Identifier: MIT */
/* elf - build ids and symbols of ELF files, on disk and in memory.
 *
 * Follows the System V ABI, chapters 4 and 5, and the notes on DT_GNU_HASH by
 * the GNU C library.  64 bits, little-endian.  No offset is trusted. */
#ifndef MEMSEE_CPYTHON_ELF_H
#define MEMSEE_CPYTHON_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory;

/* The build id (NT_GNU_BUILD_ID) of a linked file. */
struct elf_id {
	size_t len;
	uint8_t bytes[64];
};

/* False if there is none, or it cannot be read. */
bool elf_id_of_file(const uint8_t *data, size_t size, struct elf_id *id);
/* The same for a file that begins at `base` in memory. */
bool elf_id_of_memory(struct memory *m, uint64_t base, struct elf_id *id);

/* The address of a symbol of any file in memory, 0 if no file defines it.  Searches the
 * dynamic symbols in memory, then the files' own tables, which stripped files lack.
 * `*file`, unless NULL, is the number of the file that has it. */
uint64_t elf_symbol(struct memory *m, const char *name, size_t *file);

#endif
