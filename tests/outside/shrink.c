/* SPDX-License-Identifier: MIT */
/* Makes a small core of a core: only the pages that memsee looks at, so that it is read
 * without the program's files, and no more text than a database would keep.
 *
 *     shrink CORE SMALL
 *
 * All memory is made unreadable, and every page that reading the heap touches is noted by
 * the handler of the fault.  The notes (mapped files, process) are kept. */
#include "cpython/core.h"
#include "cpython/cpython.h"

#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, KEPT = 400 }; /* bytes of a text or of code */

static uint8_t *pages; /* what all memory is copied to */
static size_t page_count;
static uint8_t *touched;

static void on_fault(int number, siginfo_t *info, void *context)
{
	(void)context;
	size_t page = ((size_t)info->si_addr - (size_t)pages) / PAGE;
	if ((uint8_t *)info->si_addr < pages || page >= page_count ||
		touched[page] != 0) {
		signal(number, SIG_DFL);
		return;
	}
	touched[page] = 1;
	mprotect(pages + page * PAGE, PAGE, PROT_READ | PROT_WRITE);
}

/* What is to be made zero once all is read: pairs of an address and a length. */
static uint64_t *cuts;
static size_t cut_count;

static bool take_object(
	void *data, uint64_t line, const struct dump_object *o, struct error *err)
{
	(void)data, (void)line, (void)err;
	bool is_text = o->type.len == 3 && memcmp(o->type.data, "str", 3) == 0;
	bool is_bytes = o->type.len == 5 && memcmp(o->type.data, "bytes", 5) == 0;
	bool is_code = o->type.len == 4 && memcmp(o->type.data, "code", 4) == 0;
	if ((is_text || is_bytes || is_code) && o->size > KEPT) {
		cuts = realloc(cuts, (cut_count + 1) * 2 * sizeof *cuts);
		cuts[2 * cut_count] = (uint64_t)o->address + KEPT;
		cuts[2 * cut_count++ + 1] = (uint64_t)o->size - KEPT;
	}
	return true;
}

static bool take_fact(void *data, const char *name, struct cell value, struct error *err)
{
	(void)data, (void)name, (void)value, (void)err;
	return true;
}

static bool take_text(void *data, const char *text, struct error *err)
{
	(void)data, (void)err;
	fprintf(stderr, "shrink: %s\n", text);
	return true;
}

/* Copies all ranges to `pages`, each at a page, and hides them. */
static void hide(struct memory *m)
{
	for (size_t i = 0; i < m->count; i++)
		page_count += (m->ranges[i].end - m->ranges[i].start + 2 * PAGE) / PAGE;
	pages = mmap(NULL, page_count * PAGE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	touched = calloc(page_count, 1);
	size_t at = 0;
	for (size_t i = 0; i < m->count; i++) {
		struct memory_range *r = &m->ranges[i];
		size_t size = r->end - r->start, lead = r->start % PAGE;
		memcpy(pages + at + lead, r->data, size);
		r->data = pages + at + lead;
		at += (lead + size + PAGE - 1) / PAGE * PAGE;
	}
	mprotect(pages, page_count * PAGE, PROT_NONE);
	struct sigaction action = { .sa_sigaction = on_fault,
		.sa_flags = SA_SIGINFO | SA_NODEFER };
	sigaction(SIGSEGV, &action, NULL);
}

/* The core's notes, as they are. */
static void write_small(const struct memory *m, const struct core_bytes *core, FILE *out)
{
	Elf64_Ehdr h;
	memcpy(&h, core->data, sizeof h);
	Elf64_Phdr note = { 0 };
	for (unsigned i = 0; i < h.e_phnum; i++) {
		Elf64_Phdr s;
		memcpy(&s, core->data + h.e_phoff + i * sizeof s, sizeof s);
		if (s.p_type == PT_NOTE)
			note = s;
	}
	Elf64_Phdr *segments = calloc(page_count + 1, sizeof *segments);
	size_t count = 1;
	for (size_t i = 0; i < m->count; i++) {
		const struct memory_range *r = &m->ranges[i];
		for (uint64_t at = r->start; at < r->end;) {
			uint64_t end = (at / PAGE + 1) * PAGE;
			end = end < r->end ? end : r->end;
			const uint8_t *data = r->data + (at - r->start);
			Elf64_Phdr *last = &segments[count - 1];
			if (touched[(size_t)(data - pages) / PAGE] == 0) {
				at = end;
				continue;
			}
			if (count > 1 && last->p_vaddr + last->p_filesz == at) {
				last->p_filesz += end - at;
			} else {
				segments[count++] = (Elf64_Phdr){ .p_type = PT_LOAD,
					.p_flags = PF_R | PF_W,
					.p_vaddr = at,
					.p_paddr =
						(uint64_t)data, /* for the loop below */
					.p_filesz = end - at };
			}
			at = end;
		}
	}
	const uint8_t *notes = core->data + note.p_offset;
	note.p_offset = sizeof h + count * sizeof note;
	segments[0] = note;
	uint64_t offset = note.p_offset + note.p_filesz;
	for (size_t i = 1; i < count; i++) {
		segments[i].p_offset = offset;
		segments[i].p_memsz = segments[i].p_filesz;
		offset += segments[i].p_filesz;
	}
	h.e_phoff = sizeof h;
	h.e_phnum = (Elf64_Half)count;
	h.e_shoff = h.e_shnum = h.e_shstrndx = 0;
	fwrite(&h, sizeof h, 1, out);
	for (size_t i = 0; i < count; i++) {
		Elf64_Phdr s = segments[i];
		s.p_paddr = 0;
		fwrite(&s, sizeof s, 1, out);
	}
	fwrite(notes, 1, note.p_filesz, out);
	for (size_t i = 1; i < count; i++)
		fwrite((const void *)segments[i].p_paddr, 1, segments[i].p_filesz, out);
	free(segments);
}

int main(int argc, char **argv)
{
	struct stat st;
	int fd = argc == 3 ? open(argv[1], O_RDONLY) : -1;
	if (fd < 0 || fstat(fd, &st) != 0) {
		fprintf(stderr, "usage: shrink CORE SMALL\n");
		return 2;
	}
	struct core_bytes core = { .name = argv[1], .size = (size_t)st.st_size };
	core.data = mmap(NULL, core.size, PROT_READ, MAP_PRIVATE, fd, 0);
	struct memory m;
	struct error err = ERROR_INIT;
	struct dump_sink sink = { .object = take_object,
		.fact = take_fact,
		.note = take_text,
		.torn = take_text };
	bool torn;
	memory_init(&m);
	bool ok = core_read(&m, &core, &torn, &err) && memory_fill(&m, NULL, &err);
	if (ok)
		hide(&m);
	ok = ok && cpython_read(&m, core.name, &sink, &err);
	FILE *out = ok ? fopen(argv[2], "wb") : NULL;
	if (out == NULL) {
		fprintf(stderr, "shrink: %s\n", ok ? argv[2] : err.message);
		return 3;
	}
	mprotect(pages, page_count * PAGE, PROT_READ | PROT_WRITE);
	for (size_t i = 0; i < cut_count; i++) {
		const uint8_t *p = memory_at(&m, cuts[2 * i], cuts[2 * i + 1]);
		if (p != NULL)
			memset((uint8_t *)p, 0, cuts[2 * i + 1]);
	}
	write_small(&m, &core, out);
	return fclose(out) == 0 ? 0 : 3;
}
