/* SPDX-License-Identifier: MIT */
#include "cpython/core.h"

#include <assert.h>
#include <elf.h>
#include <string.h>

enum {
	CORE_PID_AT = 32,         /* in NT_PRSTATUS: struct elf_prstatus.pr_pid */
	CORE_FILES_MAX = 1 << 20, /* mappings that NT_FILE may list */
	CORE_PAGE = 4096,
	CORE_PART = 1 << 20, /* bytes in memory at once while pages are counted */
};

bool core_recognise(const void *data, size_t size)
{
	Elf64_Ehdr h;
	if (size < sizeof h)
		return false;
	memcpy(&h, data, sizeof h);
	return memcmp(h.e_ident, ELFMAG, SELFMAG) == 0 && h.e_type == ET_CORE;
}

static uint64_t core_u64(const uint8_t *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

/* Reads the notes: the process's id, and the files that are mapped. */
static bool core_notes(
	struct memory *m, const uint8_t *p, uint64_t size, struct error *err)
{
	Elf64_Nhdr note;
	while (size >= sizeof note) {
		memcpy(&note, p, sizeof note);
		uint64_t at =
			sizeof note + (((uint64_t)note.n_namesz + 3) & ~UINT64_C(3));
		uint64_t whole = at + (((uint64_t)note.n_descsz + 3) & ~UINT64_C(3));
		if (at > size || note.n_descsz > size - at)
			break;
		if (note.n_type == NT_PRSTATUS && m->pid == 0 &&
			note.n_descsz >= CORE_PID_AT + 4) {
			int32_t pid;
			memcpy(&pid, p + at + CORE_PID_AT, sizeof pid);
			m->pid = pid;
		}
		/* A count, the size of a page, count times (start, end, page offset),
		 * then as many paths. */
		const uint8_t *files = p + at;
		uint64_t count = 0, page = 0;
		if (note.n_type == NT_FILE && note.n_descsz >= 16) {
			count = core_u64(files);
			page = core_u64(files + 8);
		}
		if (count > CORE_FILES_MAX || count * 24 + 16 > note.n_descsz)
			count = 0;
		const uint8_t *row = files + (count > 0 ? 16 : 0);
		const char *path = (const char *)row + count * 24;
		const char *end = (const char *)files + note.n_descsz;
		for (; count > 0 && path < end; row += 24) {
			size_t len = strnlen(path, (size_t)(end - path));
			if (path + len == end)
				break;
			if (!memory_add_file(m, core_u64(row), core_u64(row + 8),
				    core_u64(row + 16) * page, path, err))
				return false;
			path += len + 1;
			count--;
		}
		if (whole >= size)
			break;
		p += whole;
		size -= whole;
	}
	return true;
}

/* The size of all pages that are not zero; pages that were never touched are zero.  Every
 * part is released again after it was read. */
static uint64_t core_used(const struct memory *m, const uint8_t *data, uint64_t size)
{
	static const uint8_t zero[CORE_PAGE];
	uint64_t used = 0;
	for (uint64_t at = 0; size - at >= CORE_PAGE; at += CORE_PAGE) {
		used += memcmp(data + at, zero, CORE_PAGE) != 0 ? CORE_PAGE : 0;
		if (at % CORE_PART == 0)
			memory_rest(m);
	}
	memory_rest(m);
	assert(used <= size);
	return used;
}

bool core_read(
	struct memory *m, const struct core_bytes *core, bool *torn, struct error *err)
{
	Elf64_Ehdr h;
	*torn = false;
	if (!core_recognise(core->data, core->size))
		return error_set(err, STATUS_DATA, "'%s' is not a core file", core->name);
	memcpy(&h, core->data, sizeof h);
	if (core->mapped) {
		m->file = core->data;
		m->file_size = core->size;
	}
	if (h.e_ident[EI_CLASS] != ELFCLASS64 || h.e_ident[EI_DATA] != ELFDATA2LSB ||
		(h.e_machine != EM_X86_64 && h.e_machine != EM_AARCH64))
		return error_set(err, STATUS_DATA,
			"'%s' is a core of ELF machine %u; those of x86-64 and 64-bit "
			"aarch64 are read",
			core->name, h.e_machine);
	uint64_t segments = h.e_phnum;
	if (segments == PN_XNUM && h.e_shoff <= core->size &&
		core->size - h.e_shoff >= sizeof(Elf64_Shdr)) {
		Elf64_Shdr first;
		memcpy(&first, core->data + h.e_shoff, sizeof first);
		segments = first.sh_info;
	}
	if (h.e_phentsize != sizeof(Elf64_Phdr) || h.e_phoff > core->size ||
		segments > (core->size - h.e_phoff) / sizeof(Elf64_Phdr))
		return error_set(err, STATUS_DATA,
			"'%s' is a core that breaks off in its table of segments",
			core->name);
	for (uint64_t i = 0; i < segments; i++) {
		Elf64_Phdr s;
		memcpy(&s, core->data + h.e_phoff + i * sizeof s, sizeof s);
		if (s.p_type != PT_LOAD && s.p_type != PT_NOTE)
			continue;
		uint64_t there = s.p_offset < core->size ? core->size - s.p_offset : 0;
		*torn |= there < s.p_filesz;
		uint64_t size = there < s.p_filesz ? there : s.p_filesz;
		const uint8_t *bytes = core->data + (there > 0 ? s.p_offset : 0);
		if (s.p_type == PT_NOTE && !core_notes(m, bytes, size, err))
			return false;
		if (s.p_type != PT_LOAD)
			continue;
		if (!memory_add(m, s.p_vaddr, bytes, size, err))
			return false;
		uint64_t used = core_used(m, bytes, size);
		m->rss += used;
		if ((s.p_flags & PF_W) != 0)
			m->anonymous += used;
	}
	m->way = "core";
	m->time = core->time;
	return true;
}
