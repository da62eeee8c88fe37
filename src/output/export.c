/* SPDX-License-Identifier: MIT */
#include "output/export.h"

#include "base/array.h"
#include "base/outfile.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT_FLUSH_AT ((size_t)1 << 18)

struct export
{
	struct places *places;
	const struct export_format *format;
	char *made_folder; /* NULL when it was there before, and without one */
	struct outfile *files[2];
	uint64_t bytes[2];
	size_t at; /* the file that is written */
	struct buffer out;
};

static const struct export_format *const export_table[] = {
	&export_graphml,
	&export_neo4j,
	NULL,
};

const struct export_format *export_find_format(const char *name, struct error *err)
{
	struct buffer list = BUFFER_INIT;
	for (size_t i = 0; export_table[i] != NULL; i++) {
		if (strcmp(export_table[i]->name, name) == 0) {
			buffer_fini(&list);
			return export_table[i];
		}
		buffer_printf(&list, "%s%s", i == 0 ? "" : ", ", export_table[i]->name);
	}
	error_set(err, STATUS_SCRIPT, "no export format '%s'; there are %s", name,
		buffer_text(&list));
	buffer_fini(&list);
	return NULL;
}

void export_put_number(struct buffer *out, int64_t number)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		buffer_put_char(out, '-');
	buffer_put(out, digits + at, sizeof digits - at);
}

static bool export_flush(struct export *x, struct error *err)
{
	if (x->out.failed)
		return error_nomem(err);
	assert(x->files[x->at] != NULL);
	bool ok = x->out.len == 0 ||
		  outfile_write(x->files[x->at], x->out.data, x->out.len, err);
	x->bytes[x->at] += x->out.len;
	buffer_clear(&x->out);
	return ok;
}

static bool export_gather(struct export *x, struct error *err)
{
	return (x->out.len < EXPORT_FLUSH_AT && !x->out.failed) || export_flush(x, err);
}

/* Opens file `name` of the folder. */
static bool export_open_part(struct export *x, size_t part, const char *folder,
	const char *name, struct error *err)
{
	struct buffer path = BUFFER_INIT;
	size_t len = strlen(folder);
	buffer_printf(&path, "%s%s%s", folder,
		len > 0 && folder[len - 1] == '/' ? "" : "/", name);
	if (path.failed)
		error_nomem(err);
	else
		x->files[part] = outfile_open(x->places, buffer_text(&path), err);
	buffer_fini(&path);
	return x->files[part] != NULL;
}

struct export *export_open(struct places *places, const struct export_format *format,
	const char *place, struct error *err)
{
	struct export *x = array_new_zeroed(1, sizeof *x);
	if (x == NULL) {
		error_nomem(err);
		return NULL;
	}
	x->places = places;
	x->format = format;
	assert((format->objects == NULL) == (format->references == NULL));
	bool ok = true;
	if (format->objects == NULL) {
		x->files[0] = outfile_open(places, place, err);
		ok = x->files[0] != NULL;
	} else {
		/* A folder that is made here is removed again when the export fails. */
		bool made = mkdir(place, 0777) == 0;
		if (!made && errno != EEXIST)
			ok = error_errno(err, "cannot make folder", place);
		if (made && (x->made_folder = strdup(place)) == NULL) {
			rmdir(place);
			ok = error_nomem(err);
		}
		ok = ok && export_open_part(x, 0, place, format->objects, err) &&
		     export_open_part(x, 1, place, format->references, err);
	}
	if (ok) {
		format->objects_head(&x->out);
		return x;
	}
	export_discard(x);
	return NULL;
}

bool export_put_object(struct export *x, const struct export_object *o, struct error *err)
{
	x->format->object(&x->out, o);
	return export_gather(x, err);
}

bool export_references(struct export *x, struct error *err)
{
	if (!export_flush(x, err))
		return false;
	assert(x->at == 0);
	if (x->files[1] != NULL)
		x->at = 1;
	if (x->format->references_head != NULL)
		x->format->references_head(&x->out);
	return true;
}

bool export_put_reference(
	struct export *x, const struct export_reference *r, struct error *err)
{
	x->format->reference(&x->out, r);
	return export_gather(x, err);
}

bool export_close(struct export *x, uint64_t bytes[2], struct error *err)
{
	if (x->format->tail != NULL)
		x->format->tail(&x->out);
	bool ok = export_flush(x, err);
	memcpy(bytes, x->bytes, sizeof x->bytes);
	for (size_t i = 0; ok && i < 2; i++)
		ok = x->files[i] == NULL || outfile_finish(x->files[i], err);
	for (size_t i = 0; ok && i < 2; i++) {
		struct outfile *f = x->files[i];
		x->files[i] = NULL;
		ok = f == NULL || outfile_commit(f, err);
	}
	if (ok) {
		free(x->made_folder);
		x->made_folder = NULL;
	}
	export_discard(x);
	return ok;
}

void export_discard(struct export *x)
{
	if (x == NULL)
		return;
	outfile_discard(x->files[0]);
	outfile_discard(x->files[1]);
	if (x->made_folder != NULL)
		rmdir(x->made_folder);
	free(x->made_folder);
	buffer_fini(&x->out);
	free(x);
}
