/* SPDX-License-Identifier: MIT */
#include "cpython/elf.h"

#include "cpython/memory.h"

#include <elf.h>
#include <string.h>

/* The bytes of a file, on disk or in memory. */
struct elf_source {
	struct memory *memory; /* NULL: a file */
	uint64_t base;
	const uint8_t *data;
	size_t size;
};

static const uint8_t *elf_at(const struct elf_source *s, uint64_t offset, uint64_t size)
{
	if (s->memory != NULL)
		return memory_at(s->memory, s->base + offset, size);
	return offset <= s->size && size <= s->size - offset ? s->data + offset : NULL;
}

static bool elf_header(const struct elf_source *s, Elf64_Ehdr *h)
{
	const uint8_t *p = elf_at(s, 0, sizeof *h);
	if (p == NULL || memcmp(p, ELFMAG, SELFMAG) != 0 || p[EI_CLASS] != ELFCLASS64 ||
		p[EI_DATA] != ELFDATA2LSB)
		return false;
	memcpy(h, p, sizeof *h);
	return h->e_phentsize == sizeof(Elf64_Phdr);
}

static bool elf_segment(
	const struct elf_source *s, const Elf64_Ehdr *h, unsigned i, Elf64_Phdr *segment)
{
	const uint8_t *p =
		elf_at(s, h->e_phoff + (uint64_t)i * sizeof *segment, sizeof *segment);
	if (p != NULL)
		memcpy(segment, p, sizeof *segment);
	return p != NULL;
}

/* --- build ids -----------------------------------------------------------------------
 */

/* The notes are in the first segment of a linked file.  There, offsets and addresses
 * agree, up to the address that the file is linked to. */
static bool elf_id(const struct elf_source *s, struct elf_id *id)
{
	Elf64_Ehdr h;
	Elf64_Phdr segment;
	if (!elf_header(s, &h))
		return false;
	for (unsigned i = 0; i < h.e_phnum && elf_segment(s, &h, i, &segment); i++) {
		uint64_t at = segment.p_offset;
		uint64_t size = segment.p_type == PT_NOTE ? segment.p_filesz : 0;
		Elf64_Nhdr note;
		while (size >= sizeof note) {
			const uint8_t *p = elf_at(s, at, sizeof note);
			if (p == NULL)
				break;
			memcpy(&note, p, sizeof note);
			uint64_t name = ((uint64_t)note.n_namesz + 3) & ~UINT64_C(3);
			uint64_t whole = sizeof note + name +
					 (((uint64_t)note.n_descsz + 3) & ~UINT64_C(3));
			if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
				note.n_descsz > 0 && note.n_descsz <= sizeof id->bytes) {
				p = elf_at(s, at, sizeof note + name + note.n_descsz);
				if (p == NULL || memcmp(p + sizeof note, "GNU", 4) != 0)
					break;
				id->len = note.n_descsz;
				memcpy(id->bytes, p + sizeof note + name, id->len);
				return true;
			}
			if (whole > size)
				break;
			at += whole;
			size -= whole;
		}
	}
	return false;
}

bool elf_id_of_file(const uint8_t *data, size_t size, struct elf_id *id)
{
	return elf_id(&(struct elf_source){ .data = data, .size = size }, id);
}

bool elf_id_of_memory(struct memory *m, uint64_t base, struct elf_id *id)
{
	return elf_id(&(struct elf_source){ .memory = m, .base = base }, id);
}

/* --- symbols -------------------------------------------------------------------------
 */

/* The dynamic section, as the loader left it. */
struct elf_dynamic {
	uint64_t symbols, strings, gnu_hash;
};

static bool elf_dynamic(
	struct memory *m, uint64_t at, uint64_t bias, struct elf_dynamic *d)
{
	*d = (struct elf_dynamic){ 0 };
	for (int i = 0; i < 256; i++, at += sizeof(Elf64_Dyn)) {
		uint64_t tag = memory_u64(m, at), value = memory_u64(m, at + 8);
		/* Some loaders put addresses there, some leave the file's. */
		uint64_t address = value < bias ? value + bias : value;
		if (tag == DT_NULL)
			break;
		if (tag == DT_SYMTAB)
			d->symbols = address;
		if (tag == DT_STRTAB)
			d->strings = address;
		if (tag == DT_GNU_HASH)
			d->gnu_hash = address;
	}
	return d->symbols != 0 && d->strings != 0 && d->gnu_hash != 0;
}

static uint64_t elf_symbol_in_memory(
	struct memory *m, uint64_t base, uint64_t bias, const char *name)
{
	struct elf_source s = { .memory = m, .base = base };
	Elf64_Ehdr h;
	Elf64_Phdr segment;
	struct elf_dynamic d = { 0 };
	if (!elf_header(&s, &h))
		return 0;
	for (unsigned i = 0; i < h.e_phnum && elf_segment(&s, &h, i, &segment); i++)
		if (segment.p_type == PT_DYNAMIC)
			elf_dynamic(m, segment.p_vaddr + bias, bias, &d);
	uint64_t table = d.gnu_hash;
	uint32_t buckets = memory_u32(m, table), first = memory_u32(m, table + 4);
	uint32_t words = memory_u32(m, table + 8), hash = 5381;
	for (const char *at = name; *at != '\0'; at++)
		hash = hash * 33 + (uint8_t)*at;
	if (table == 0 || buckets == 0)
		return 0;
	uint64_t bucket = table + 16 + (uint64_t)words * 8;
	uint64_t chain = bucket + (uint64_t)buckets * 4;
	uint32_t n = memory_u32(m, bucket + (uint64_t)(hash % buckets) * 4);
	if (n < first)
		return 0;
	for (unsigned steps = 0; steps < 1 << 16; steps++, n++) {
		uint32_t is = memory_u32(m, chain + (uint64_t)(n - first) * 4);
		uint64_t symbol = d.symbols + (uint64_t)n * sizeof(Elf64_Sym);
		if ((is | 1) == (hash | 1)) {
			const char *text =
				memory_text(m, d.strings + memory_u32(m, symbol));
			const uint8_t *section = memory_at(m, symbol + 6, 2);
			if (text != NULL && strcmp(text, name) == 0 && section != NULL &&
				(section[0] | section[1]) != 0)
				return memory_u64(m, symbol + 8) + bias;
		}
		if ((is & 1) != 0 || memory_at(m, symbol, 1) == NULL)
			break;
	}
	return 0;
}

static uint64_t elf_symbol_in_file(const struct elf_source *s, const char *name)
{
	Elf64_Ehdr h;
	if (!elf_header(s, &h) || h.e_shentsize != sizeof(Elf64_Shdr))
		return 0;
	size_t len = strlen(name) + 1;
	const uint8_t *sections =
		elf_at(s, h.e_shoff, (uint64_t)h.e_shnum * sizeof(Elf64_Shdr));
	for (unsigned i = 0; sections != NULL && i < h.e_shnum; i++) {
		Elf64_Shdr table, strings;
		memcpy(&table, sections + i * sizeof table, sizeof table);
		if ((table.sh_type != SHT_SYMTAB && table.sh_type != SHT_DYNSYM) ||
			table.sh_link >= h.e_shnum)
			continue;
		memcpy(&strings, sections + table.sh_link * sizeof strings,
			sizeof strings);
		const uint8_t *text = elf_at(s, strings.sh_offset, strings.sh_size);
		const uint8_t *symbols = elf_at(s, table.sh_offset, table.sh_size);
		size_t count = text == NULL || symbols == NULL
				       ? 0
				       : table.sh_size / sizeof(Elf64_Sym);
		for (size_t k = 0; k < count; k++) {
			Elf64_Sym symbol;
			memcpy(&symbol, symbols + k * sizeof symbol, sizeof symbol);
			if (symbol.st_shndx == SHN_UNDEF ||
				symbol.st_name >= strings.sh_size ||
				len > strings.sh_size - symbol.st_name ||
				memcmp(text + symbol.st_name, name, len) != 0)
				continue;
			if (symbol.st_value != 0)
				return symbol.st_value;
			break;
		}
	}
	return 0;
}

uint64_t elf_symbol(struct memory *m, const char *name, size_t *file)
{
	for (int in_file = 0; in_file < 2; in_file++) {
		for (size_t i = 0; i < m->file_count; i++) {
			const struct memory_file *f = &m->files[i];
			struct elf_source s = { .memory = m, .base = f->start };
			Elf64_Ehdr h;
			if (f->offset != 0 || !elf_header(&s, &h))
				continue;
			/* The first segment to load is where the file begins in memory.
			 * `bias` is what this adds to the file's addresses. */
			uint64_t bias = f->start, found = 0;
			Elf64_Phdr segment = { 0 };
			for (unsigned k = 0; k < h.e_phnum && segment.p_type != PT_LOAD;
				k++)
				if (!elf_segment(&s, &h, k, &segment))
					break;
			if (segment.p_type == PT_LOAD)
				bias -= segment.p_vaddr & ~UINT64_C(4095);
			if (in_file == 0) {
				found = elf_symbol_in_memory(m, f->start, bias, name);
			} else if (f->image != MEMORY_NO_IMAGE &&
				   m->images[f->image].data != NULL) {
				s = (struct elf_source){ .data = m->images[f->image].data,
					.size = m->images[f->image].size };
				found = elf_symbol_in_file(&s, name);
				found += found != 0 ? bias : 0;
			}
			if (found != 0) {
				if (file != NULL)
					*file = i;
				return found;
			}
		}
	}
	return 0;
}
