/* SPDX-License-Identifier: MIT */
/* export - a whole heap, or a part of it, for tools that browse graphs.
 *
 * Objects and references are written as they come, so nothing is held in memory whatever
 * the heap's size.  The files appear whole or not at all, together as far as the file
 * system can do that.  A format is one file with one `const struct export_format` and a
 * line in the table of export.c. */
#ifndef MEMSEE_OUTPUT_EXPORT_H
#define MEMSEE_OUTPUT_EXPORT_H

#include "base/buffer.h"
#include "base/cell.h"
#include "base/error.h"
#include "base/places.h"

#include <stdbool.h>
#include <stdint.h>

struct export_object {
	int64_t address, size, retained;
	struct cell type, name, value; /* texts, or NULL */
	struct cell len;               /* an integer, or NULL */
	bool root;
};

struct export_reference {
	int64_t from, to;
	const char *label; /* "" without */
	bool guessed;      /* the label is */
};

struct export_format {
	const char *name;
	/* The files of a folder, for objects and for references; NULL: both go into one
	 * file, references behind the objects. */
	const char *objects, *references;
	/* Each appends; the heads and the tail may be NULL. */
	void (*objects_head)(struct buffer *out);
	void (*object)(struct buffer *out, const struct export_object *o);
	void (*references_head)(struct buffer *out);
	void (*reference)(struct buffer *out, const struct export_reference *r);
	void (*tail)(struct buffer *out);
};

extern const struct export_format export_graphml;
extern const struct export_format export_neo4j;

/* The format of that name, or NULL with an error that lists them. */
const struct export_format *export_find_format(const char *name, struct error *err);

struct export;

/* Opens the file `place`, or the folder, which is made.  NULL when that fails or
 * `places`, which must outlive it, protects one of the files. */
struct export *export_open(struct places *places, const struct export_format *format,
	const char *place, struct error *err);

/* All objects first, then export_references(), then all references, whose ends must be
 * among the objects. */
bool export_put_object(
	struct export *x, const struct export_object *o, struct error *err);
bool export_references(struct export *x, struct error *err);
bool export_put_reference(
	struct export *x, const struct export_reference *r, struct error *err);

/* For formats: appends the digits, which printf() would take three times as long for. */
void export_put_number(struct buffer *out, int64_t number);

/* Finishes, renames into place and frees, also when it fails.  `bytes` are those of the
 * objects' file and of that of the references; of one file all are in the first. */
bool export_close(struct export *x, uint64_t bytes[2], struct error *err);
void export_discard(struct export *x); /* NULL is accepted */

#endif
