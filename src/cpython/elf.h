/* SPDX-License-Identifier: MIT */
/* elf - what memsee needs of ELF files, on disk and as they lie in memory.
 *
 * Follows the System V ABI, chapters 4 and 5, and the notes on DT_GNU_HASH by
 * the GNU C library.  64 bits, little-endian.  Every offset is doubted. */
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

/* False when there is none, or it cannot be read. */
bool elf_id_of_file(const uint8_t *data, size_t size, struct elf_id *id);
/* The same of a file whose beginning lies at `base` in memory. */
bool elf_id_of_memory(struct memory *m, uint64_t base, struct elf_id *id);

/* The address of a symbol of any file in memory, 0 when none defines it.  Dynamic symbols
 * are looked up in memory; then the files' own tables, which a stripped file lacks.
 * `*file`, unless NULL, is the number of the memory's file in which it is. */
uint64_t elf_symbol(struct memory *m, const char *name, size_t *file);

#endif
