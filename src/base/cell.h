/* SPDX-License-Identifier: MIT */
/* cell - one value of a row: what SQLite can hold, without SQLite. */
#ifndef MEMSEE_BASE_CELL_H
#define MEMSEE_BASE_CELL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum cell_type { CELL_NULL, CELL_INTEGER, CELL_REAL, CELL_TEXT, CELL_BLOB };

/* `text` is borrowed, `len` bytes for CELL_TEXT and CELL_BLOB; it may hold NULs and, when
 * it came from a damaged database, invalid UTF-8. */
struct cell {
	enum cell_type type;
	union {
		int64_t integer;
		double real;
	};
	const char *text;
	size_t len;
};

static inline struct cell cell_null(void)
{
	return (struct cell){ .type = CELL_NULL };
}

static inline struct cell cell_integer(int64_t value)
{
	return (struct cell){ .type = CELL_INTEGER, .integer = value };
}

static inline struct cell cell_real(double value)
{
	return (struct cell){ .type = CELL_REAL, .real = value };
}

static inline struct cell cell_bytes(const char *text, size_t len)
{
	return (struct cell){ .type = CELL_TEXT, .text = text, .len = len };
}

/* A NUL-terminated text; NULL is SQL's NULL. */
static inline struct cell cell_text(const char *text)
{
	return text == NULL ? cell_null() : cell_bytes(text, strlen(text));
}

#endif
