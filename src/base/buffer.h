/* SPDX-License-Identifier: MIT */
/* buffer - bytes that grow.
 *
 * An allocation that fails makes the buffer `failed`; from then on every append is
 * ignored, so a writer appends freely and looks once, at the end.  The bytes are always
 * followed by a NUL that does not count, and may hold NULs themselves. */
#ifndef MEMSEE_BASE_BUFFER_H
#define MEMSEE_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
	char *data; /* NULL until something was appended; see buffer_text() */
	size_t len;
	size_t cap;
	bool failed;
};

#define BUFFER_INIT ((struct buffer){ 0 })

void buffer_fini(struct buffer *b);  /* also of a zeroed one; leaves it as BUFFER_INIT */
void buffer_clear(struct buffer *b); /* empty and not failed; keeps the room */

/* Room for `more` bytes: where they go, or NULL out of memory.  Amortised O(1). */
char *buffer_reserve(struct buffer *b, size_t more);

void buffer_put(struct buffer *b, const void *data, size_t len);
void buffer_put_text(struct buffer *b, const char *text);
void buffer_put_char(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Appends bytes as lower-case hexadecimal digits. */
void buffer_put_hex(struct buffer *b, const void *data, size_t len);

/* Appends the shortest decimal from 15 digits on that reads back as the same double, with
 * a point or an exponent unless it is `inf`, `-inf` or `nan`. */
void buffer_put_real(struct buffer *b, double value);

/* Appends a text, each `quote` in it doubled, as CSV and SQL have it inside quotes. */
void buffer_put_doubled(struct buffer *b, const char *text, size_t len, char quote);

/* The bytes as a C string: borrowed, valid until the next change.  Never NULL. */
const char *buffer_text(const struct buffer *b);

/* Gives the bytes away as a malloc'ed C string and empties the buffer.  NULL when it had
 * failed. */
char *buffer_take(struct buffer *b);

#endif
