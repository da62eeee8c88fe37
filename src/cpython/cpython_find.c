/* SPDX-License-Identifier: MIT */
/* Finds the interpreter and its version.
 *
 * Its state, _PyRuntime, is a symbol that every build exports, even a stripped one.  If
 * the symbol is missing, the collector's lists reveal the interpreter: three heads in a
 * row whose neighbours point back.
 *
 * A layout must prove itself.  With its offsets, the interpreter's module table must be a
 * dict in which `sys` is a module with the version of the layout. */
#include "cpython/cpython_heap.h"
#include "cpython/elf.h"

#include <stdio.h>
#include <stdlib.h>

const struct cpython_layout cpython_layouts[] = {
#include "cpython/cpython_offsets.inc"
};
const size_t cpython_layout_count = sizeof cpython_layouts / sizeof *cpython_layouts;

#define COOKIE "xdebugpy" /* _Py_Debug_Cookie */

enum {
	HEADS = 3, /* lists of the collector, HEAD_SIZE apart */
	HEAD_SIZE = 24,
};

uint64_t cpython_dict_get(struct cpython *c, uint64_t dict, const char *key)
{
	const struct cpython_layout *l = &c->layout;
	struct cpython_keys k;
	const struct cpython_type *t =
		cpython_is_object(c, dict) ? cpython_type_of(c, dict) : NULL;
	uint64_t values = cpython_field(c, dict, l->ma_values);
	if (t == NULL || (t->rule != CPYTHON_DICT && t->rule != CPYTHON_ODICT) ||
		!cpython_keys(c, cpython_field(c, dict, l->ma_keys), &k))
		return 0;
	for (uint64_t i = 0; i < k.count; i++) {
		uint64_t entry = k.at + i * k.stride;
		buffer_clear(&c->key);
		cpython_text(c, cpython_u64(c, entry), CPYTHON_TEXT_MAX, &c->key);
		if (strcmp(buffer_text(&c->key), key) == 0)
			return values != 0
				       ? cpython_u64(c,
						 values + (uint64_t)l->dv_values + i * 8)
				       : cpython_u64(c, entry + 8);
	}
	return 0;
}

uint64_t cpython_collector(struct cpython *c, uint64_t interpreter)
{
	return c->layout.is_gc >= 0 ? interpreter + (uint64_t)c->layout.is_gc
				    : c->runtime + (uint64_t)c->layout.rt_gc;
}

/* Is there the head of a list whose neighbours point back? */
static bool is_head(struct cpython *c, uint64_t at)
{
	uint64_t next = memory_u64(c->m, at) & ~UINT64_C(3);
	uint64_t previous = memory_u64(c->m, at + 8) & ~UINT64_C(3);
	return next != 0 && previous != 0 &&
	       (memory_u64(c->m, next + 8) & ~UINT64_C(3)) == at &&
	       (memory_u64(c->m, previous) & ~UINT64_C(3)) == at;
}

/* The version as in sys.hexversion, 0 if the layout does not fit. */
static int64_t find_prove(struct cpython *c, uint64_t interpreter)
{
	const struct cpython_layout *l = &c->layout;
	int64_t version = 0;
	/* Forgets the types found with another layout. */
	map_fini(&c->by_address);
	arena_clear(&c->room);
	c->type_count = 0;
	c->last_type = NULL;
	uint64_t modules = cpython_field(c, interpreter, l->is_modules);
	uint64_t sys = cpython_dict_get(c, modules, "sys");
	const struct cpython_type *t =
		cpython_is_object(c, sys) ? cpython_type_of(c, sys) : NULL;
	if (t == NULL || t->rule != CPYTHON_MODULE)
		return 0;
	c->sys = cpython_field(c, sys, l->mo_dict);
	uint64_t number = cpython_dict_get(c, c->sys, "hexversion");
	if (number == 0 || !cpython_int(c, number, &version) ||
		version >> 16 != l->version)
		return 0;
	c->interpreter = interpreter;
	return version;
}

/* Tries the layouts on a runtime whose address is known. */
static bool find_at(struct cpython *c, uint64_t runtime, struct error *err)
{
	/* 3.13 and newer publish offsets at the beginning of _PyRuntime. */
	const uint8_t *cookie = memory_at(c->m, runtime, sizeof COOKIE - 1);
	bool publishes = cookie != NULL && memcmp(cookie, COOKIE, sizeof COOKIE - 1) == 0;
	uint64_t version = publishes ? memory_u64(c->m, runtime + 8) : 0;
	if (publishes && memory_u64(c->m, runtime + 16) != 0) {
		return error_set(err, STATUS_DATA,
			"'%s' is of a free-threaded build of CPython %u.%u, which is not "
			"read",
			c->name, (unsigned)(version >> 24 & 255),
			(unsigned)(version >> 16 & 255));
	}
	struct cpython_layout *l = &c->layout;
	c->runtime = runtime;
	for (size_t i = 0; i < cpython_layout_count; i++) {
		*l = cpython_layouts[i];
#define TAKE(field, at)                                                                  \
	l->field = (int)memory_u64(c->m, runtime + (uint64_t)l->published.field);
		if (publishes && (int)(version >> 16) == l->version) {
			CPYTHON_PUBLISHED(TAKE)
			if (l->db_pending >= 0) {
				CPYTHON_PUBLISHED_DEBUGGER(TAKE)
			}
		}
#undef TAKE
		if (l->rt_interpreters < 0 || l->rt_interpreters > 1 << 20)
			continue;
		uint64_t head = cpython_field(c, runtime, l->rt_interpreters);
		if (find_prove(c, head) != 0)
			return true;
	}
	c->interpreter = 0;
	return true;
}

/* Searches all memory for the collector's lists, and for the offsets that 3.13 publishes.
 */
static bool find_by_shape(struct cpython *c, struct error *err)
{
	for (size_t r = 0; r < c->m->sorted && c->interpreter == 0; r++) {
		struct memory_range range = c->m->ranges[r];
		uint64_t at = (range.start + 7) & ~UINT64_C(7);
		for (; c->interpreter == 0 && at + (HEADS + 1) * HEAD_SIZE <= range.end;
			at += 8) {
			const uint8_t *p = range.data + (at - range.start);
			if (memcmp(p, COOKIE, sizeof COOKIE - 1) == 0 &&
				!find_at(c, at, err))
				return false;
			uint64_t word;
			memcpy(&word, p, sizeof word);
			if (word < 65536 || (word & 3) != 0 || !is_head(c, at))
				continue;
			bool all = true;
			for (int i = 1; i < HEADS && all; i++)
				all = is_head(c, at + (uint64_t)i * HEAD_SIZE);
			for (size_t i = 0; all && i < cpython_layout_count; i++) {
				c->layout = cpython_layouts[i];
				uint64_t state = at - (uint64_t)c->layout.gc_young;
				c->runtime = 0;
				if (c->layout.is_gc < 0) {
					c->runtime = state - (uint64_t)c->layout.rt_gc;
					find_prove(c, cpython_field(c, c->runtime,
							      c->layout.rt_interpreters));
				} else {
					find_prove(c, state - (uint64_t)c->layout.is_gc);
				}
				if (c->interpreter != 0)
					break;
			}
		}
	}
	return true;
}

/* --- other processes -----------------------------------------------------------------
 */

/* Fails, and says which kind of process this is as far as its files show that. */
static bool find_refuse(struct cpython *c, struct error *err)
{
	const struct memory *m = c->m;
	struct buffer known = BUFFER_INIT, problems = BUFFER_INIT;
	const struct cpython_layout *last = &cpython_layouts[cpython_layout_count - 1];
	buffer_printf(&known, "CPython 3.%d to 3.%d", cpython_layouts[0].version & 255,
		last->version & 255);
	memory_problems(m, true, &problems);
	const char *other = NULL, *python = NULL;
	for (size_t i = 0; i < m->file_count; i++) {
		const char *path = memory_path(m, &m->files[i]);
		const char *base =
			strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
		if (strstr(base, "pypy") != NULL)
			other = "PyPy";
		if (strstr(base, "graalpy") != NULL)
			other = "GraalPy";
		if (strncmp(base, "libpython", 9) == 0 ||
			(python == NULL && strncmp(base, "python", 6) == 0))
			python = path;
	}
	const char *problem = buffer_text(&problems);
	for (const char *line = problem; python != NULL && *line != '\0';) {
		size_t len = strcspn(line, "\n");
		if (memmem(line, len, python, strlen(python)) != NULL) {
			error_set(err, STATUS_DATA,
				"'%s' cannot be read without the files of its process: "
				"%.*s; "
				"--sysroot DIR tells where they are",
				c->name, (int)len, line);
			break;
		}
		line += len + (line[len] == '\n');
	}
	if (other != NULL)
		error_set(err, STATUS_DATA, "'%s' is of %s: only %s are read", c->name,
			other, buffer_text(&known));
	else if (m->file_count == 0)
		error_set(err, STATUS_DATA,
			"'%s' does not list the files of its process (note NT_FILE): "
			"gcore and the kernel write cores that do",
			c->name);
	else if (python == NULL)
		error_set(err, STATUS_DATA, "'%s' is no Python: only %s are read",
			c->name, buffer_text(&known));
	else
		error_set(err, STATUS_DATA,
			"'%s' is of a Python, '%s', that is none of %s as they are "
			"released: "
			"another version, a debug build, or memory that is damaged",
			c->name, python, buffer_text(&known));
	buffer_fini(&known);
	buffer_fini(&problems);
	return false;
}

bool cpython_find(struct cpython *c, struct error *err)
{
	uint64_t runtime = elf_symbol(c->m, "_PyRuntime", NULL);
	if (runtime != 0 && !find_at(c, runtime, err))
		return false;
	if (c->interpreter == 0 && !find_by_shape(c, err))
		return false;
	if (c->interpreter == 0)
		return find_refuse(c, err);
	/* Debian's 3.13 aligns the heads to 4 bytes (for the m68k), so they follow the
	 * `int` before them without a hole.  A collector at work has some of its lists in
	 * hand.
	 */
	struct cpython_layout *l = &c->layout;
	uint64_t heads = cpython_collector(c, c->interpreter) + (uint64_t)l->gc_young;
	int apart = 0, packed = 0;
	for (int i = 0; i < HEADS; i++) {
		apart += is_head(c, heads + (uint64_t)i * HEAD_SIZE);
		packed += is_head(c, heads + (uint64_t)i * HEAD_SIZE - 4);
	}
	if (packed > apart) {
		l->gc_young -= 4;
		l->gc_middle -= 4;
		l->gc_old -= 4;
	}
	uint64_t flags = cpython_dict_get(c, c->sys, "abiflags");
	buffer_clear(&c->value);
	cpython_text(c, flags, CPYTHON_TEXT_MAX, &c->value);
	if (strpbrk(buffer_text(&c->value), "dt") == NULL)
		return true;
	return error_set(err, STATUS_DATA,
		"'%s' is of a %s build of CPython 3.%d, which is not read", c->name,
		strchr(buffer_text(&c->value), 't') != NULL ? "free-threaded" : "debug",
		c->layout.version & 255);
}
