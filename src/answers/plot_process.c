/* SPDX-License-Identifier: MIT */
#include "answers/plot_process.h"

#include <stdlib.h>
#include <string.h>

/* One part of a bar: the fact that says how large it is. */
struct process_part {
	const char *name;
	enum plot_colour colour;
	int column; /* of the query below */
};

static const char process_query[] =
	"select gen, max(case fact when 'file' then value end),"
	" cast(max(case fact when 'rss' then value end) as int),"
	" cast(max(case fact when 'size' then value end) as int),"
	" cast(max(case fact when 'pymalloc_free' then value end) as int),"
	" cast(max(case fact when 'malloc_free' then value end) as int),"
	" cast(max(case fact when 'file_backed' then value end) as int)"
	" from read_log group by gen having sum(fact = 'rss') > 0 order by gen";

static bool process_put(struct plot *p, const char *name, enum plot_colour colour,
	uint32_t parent, int64_t value, struct error *err)
{
	const struct plot_item item = { .name = (char *)name,
		.parent = parent,
		.value = value,
		.count = -1,
		.colour = colour };
	return value <= 0 || plot_put(p, &item, err);
}

struct plot *plot_process(struct session *s, const char *caption, struct error *err)
{
	static const struct process_part parts[] = {
		{ "objects in the dump", PLOT_OBJECTS, 3 },
		{ "free in Python's allocator", PLOT_FREE, 4 },
		{ "free in malloc", PLOT_FREE_MALLOC, 5 },
	};
	struct db *db = session_heap(s, err);
	struct db_stmt *stmt = NULL;
	if (db == NULL || !db_prepare(db, process_query, &stmt, NULL, err))
		return NULL;
	struct plot *p = plot_new(PLOT_STACK, caption);
	bool ok = p != NULL || error_nomem(err);
	int found = 0;
	/* A bar per dump: the known parts of its memory, and the rest. */
	while (ok && (found = db_step(stmt, err)) > 0) {
		uint32_t parent = (uint32_t)p->count;
		int64_t rss = db_column_integer(stmt, 2);
		int64_t files = db_column_integer(stmt, 6);
		struct cell file = db_column(stmt, 1);
		char *name = file.type == CELL_TEXT ? strndup(file.text, file.len)
						    : strdup("");
		ok = name != NULL ? process_put(p, name, PLOT_PLAIN, PLOT_NONE, rss, err)
				  : error_nomem(err);
		free(name);
		/* Part of the process's memory may have been swapped out, or be shared:
		 * more is explained then than is resident, and the bar ends where the
		 * memory does. */
		int64_t left = rss;
		for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
			int64_t part = db_column_integer(stmt, parts[i].column);
			part = part < left ? part : left;
			ok = process_put(
				p, parts[i].name, parts[i].colour, parent, part, err);
			left -= part > 0 ? part : 0;
		}
		files = files < left ? files : left;
		left -= files > 0 ? files : 0;
		ok = ok &&
		     process_put(p, "not explained: C code, stacks", PLOT_UNKNOWN, parent,
			     left, err) &&
		     process_put(p, "program and libraries, from files", PLOT_FILES,
			     parent, files, err);
	}
	db_stmt_free(stmt);
	if (ok && found == 0) {
		p->bytes = true;
		return p;
	}
	plot_free(p);
	return NULL;
}
