/* SPDX-License-Identifier: MIT */
#include "output/target.h"

#include "base/array.h"
#include "base/nearest.h"
#include "base/outfile.h"
#include "output/render.h"
#include "output/slug.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TARGET_FORMATS_MAX 32

/* A file of a folder, written and waiting for target_close(). */
struct target_file {
	char *name; /* without folder and extension */
	struct outfile *file;
};

struct target {
	struct places *places;
	char *spec;
	const char *place; /* in it */
	const struct writer_format *format;
	struct writer writer;
	struct buffer out;    /* not yet written */
	struct outfile *file; /* in a folder: of this result, once it has bytes */
	char *folder;         /* ends with a slash; NULL for one document */
	bool made_folder;
	bool fleeting; /* the folder goes again when no file came into it */
	struct target_file *files;
	size_t file_count, file_cap;
	const struct result *result; /* being written */
	const struct plot *plot;     /* being written */
	bool plot_drawn;             /* the last one was */
	size_t plots_left_out;
	struct error failure; /* the first; from then on every call fails with it */
};

/* The known formats, for a message. */
static void target_list_formats(struct buffer *list)
{
	const struct writer_format *const *formats = writer_formats();
	for (size_t i = 0; formats[i] != NULL; i++)
		buffer_printf(list, "%s%s", i == 0 ? "" : ", ", formats[i]->name);
}

static bool target_is_folder(const char *place)
{
	size_t len = strlen(place);
	return len > 0 && place[len - 1] == '/';
}

/* Splits `spec`.  The caller chooses the format (NULL) of standard output and folders
 * when the spec does not name it. */
static bool target_parse(const char *spec, const struct writer_format **format,
	const char **place, struct error *err)
{
	/* The bytes of `FORMAT` when it is `FORMAT:PLACE`, else 0. */
	size_t prefix = 0;
	while (isalnum((unsigned char)spec[prefix]))
		prefix++;
	if (spec[prefix] != ':')
		prefix = 0;
	*place = spec + (prefix > 0 ? prefix + 1 : 0);
	*format = prefix > 0 ? writer_find_format(spec, prefix) : NULL;
	if (prefix > 0 && *format == NULL) {
		const char *names[TARGET_FORMATS_MAX] = { NULL };
		const struct writer_format *const *formats = writer_formats();
		for (size_t i = 0; formats[i] != NULL && i + 1 < TARGET_FORMATS_MAX; i++)
			names[i] = formats[i]->name;
		const char *near = nearest_name(spec, prefix, names);
		if (near != NULL)
			return error_set(err, STATUS_SCRIPT,
				"unknown format '%.*s' in '%s'; did you mean '%s'?",
				(int)prefix, spec, spec, near);
		struct buffer list = BUFFER_INIT;
		target_list_formats(&list);
		error_set(err, STATUS_SCRIPT,
			"unknown format '%.*s' in '%s'; the formats are %s", (int)prefix,
			spec, spec, buffer_text(&list));
		buffer_fini(&list);
		return false;
	}
	if (**place == '\0')
		return error_set(err, STATUS_SCRIPT,
			"'%s' names no file; expected FILE, FORMAT:FILE, DIR/ or -",
			spec);
	if (*format != NULL || strcmp(*place, "-") == 0 || target_is_folder(*place))
		return true;
	/* A file's extension says its format. */
	const char *slash = strrchr(*place, '/');
	const char *base = slash == NULL ? *place : slash + 1;
	const char *dot = strrchr(base, '.');
	if (dot != NULL && dot != base)
		*format = writer_find_format(dot + 1, strlen(dot + 1));
	if (*format != NULL)
		return true;
	struct stat st;
	if (stat(*place, &st) == 0 && S_ISDIR(st.st_mode))
		return error_set(err, STATUS_SCRIPT,
			"'%s' is a folder; '%s/' gets one file per result", *place,
			*place);
	struct buffer list = BUFFER_INIT;
	target_list_formats(&list);
	error_set(err, STATUS_SCRIPT,
		"no format has the extension of '%s'; write FORMAT:%s with one of %s",
		*place, *place, buffer_text(&list));
	buffer_fini(&list);
	return false;
}

/* Writes the gathered bytes; a writer's drain. */
static void target_drain(void *context, struct buffer *out)
{
	struct target *t = context;
	bool ok = t->failure.status == STATUS_OK;
	if (ok && out->failed)
		ok = error_nomem(&t->failure);
	if (ok && out->len > 0 && t->file == NULL) {
		/* Opens the file of the result or plot that is being written. */
		assert(t->folder != NULL && (t->result != NULL || t->plot != NULL));
		struct buffer name = BUFFER_INIT, path = BUFFER_INIT;
		slug_put(&name, t->result != NULL ? t->result->caption : t->plot->caption,
			t->result != NULL ? t->result->number : -1);
		size_t stem = name.len;
		for (size_t i = 0, n = 2; i < t->file_count; i++) {
			if (strcmp(t->files[i].name, buffer_text(&name)) != 0)
				continue;
			name.len = stem;
			buffer_printf(&name, "-%zu", n++);
			i = (size_t)-1; /* look through all of them again */
		}
		buffer_printf(&path, "%s%s.%s", t->folder, buffer_text(&name),
			t->format->extension);
		struct target_file file = { .name = buffer_take(&name) };
		if (file.name == NULL || path.failed ||
			!array_reserve(&t->files, &t->file_cap, t->file_count + 1,
				sizeof *t->files))
			error_nomem(&t->failure);
		else
			file.file =
				outfile_open(t->places, buffer_text(&path), &t->failure);
		buffer_fini(&path);
		if (file.file == NULL)
			free(file.name);
		else
			t->files[t->file_count++] = file;
		t->file = file.file;
	}
	if (t->file != NULL && ok && out->len > 0)
		outfile_write(t->file, out->data, out->len, &t->failure);
	buffer_clear(out);
}

/* Whether all went well so far, else why not. */
static bool target_outcome(const struct target *t, struct error *err)
{
	if (t->failure.status == STATUS_OK)
		return true;
	return error_pass(err, &t->failure);
}

static void target_start_document(struct target *t, const struct writer_options *options)
{
	writer_init(&t->writer, t->format, options);
	t->writer.drain = target_drain;
	t->writer.drain_context = t;
	if (strcmp(t->place, "-") == 0)
		t->writer.terminal = options->terminal;
}

struct target *target_open(struct places *places, const char *spec,
	const struct writer_format *default_format, const struct writer_options *options,
	struct error *err)
{
	const char *place;
	const struct writer_format *format;
	if (!target_parse(spec, &format, &place, err))
		return NULL;
	struct target *t = array_new_zeroed(1, sizeof *t);
	if (t == NULL || (t->spec = strdup(spec)) == NULL) {
		error_nomem(err);
		goto fail;
	}
	t->places = places;
	t->failure = ERROR_INIT;
	t->place = t->spec + (place - spec);
	bool ok = true;
	if (target_is_folder(place)) {
		t->format = format != NULL ? format : &writer_csv;
		t->folder = strdup(place);
		t->made_folder = t->folder != NULL && mkdir(place, 0777) == 0;
		/* The slash at its end makes access() fail for all but a folder. */
		if (t->folder == NULL)
			ok = error_nomem(err);
		else if (!t->made_folder && errno != EEXIST)
			ok = error_errno(err, "cannot make folder", place);
		else if (access(place, W_OK | X_OK) != 0)
			ok = error_errno(err, "cannot write into folder", place);
	} else {
		bool standard = strcmp(place, "-") == 0;
		t->format = format != NULL ? format : default_format;
		t->file = standard ? outfile_stdout(places, err)
				   : outfile_open(places, place, err);
		ok = t->file != NULL;
	}
	if (!ok)
		goto fail;
	assert(t->format != NULL && (t->folder == NULL) == (t->file != NULL));
	target_start_document(t, options);
	return t;
fail:
	target_discard(t);
	return NULL;
}

const char *target_spec(const struct target *t)
{
	return t->spec;
}

const struct writer_format *target_format(const struct target *t)
{
	return t->format;
}

bool target_has_files(const struct target *t)
{
	return t->folder != NULL;
}

void target_set_fleeting(struct target *t)
{
	assert(t->folder != NULL);
	t->fleeting = true;
}

bool target_shares_folder(const struct target *a, const struct target *b)
{
	struct stat sa, sb;
	return a->folder != NULL && b->folder != NULL &&
	       strcmp(a->format->extension, b->format->extension) == 0 &&
	       stat(a->folder, &sa) == 0 && stat(b->folder, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* Readers of standard output see results as they come, so nothing waits in the buffer.
 * In a folder a title and paragraphs wait for the result that they belong to. */
static void target_flush(struct target *t)
{
	assert(t->result == NULL || t->plot == NULL);
	if (t->folder == NULL || t->result != NULL || t->plot != NULL || t->out.failed)
		target_drain(t, &t->out);
}

bool target_title(struct target *t, const char *text, struct error *err)
{
	if (t->format->title != NULL)
		t->format->title(&t->writer, text, &t->out);
	target_flush(t);
	return target_outcome(t, err);
}

bool target_text(struct target *t, const char *text, struct error *err)
{
	if (t->format->text != NULL)
		t->format->text(&t->writer, text, &t->out);
	target_flush(t);
	return target_outcome(t, err);
}

bool target_line(struct target *t, const char *text, struct error *err)
{
	if (t->format->line != NULL)
		t->format->line(&t->writer, text, &t->out);
	target_flush(t);
	return target_outcome(t, err);
}

bool target_checks(struct target *t, const struct check_list *checks, struct error *err)
{
	if (t->format->checks != NULL)
		t->format->checks(&t->writer, checks);
	return target_outcome(t, err);
}

void target_facts(struct target *t, const struct result *r)
{
	if (t->format->facts != NULL)
		t->format->facts(&t->writer, r);
}

/* A file of a folder is a document of its own. */
static void target_end_result(struct target *t)
{
	const struct writer_options *options = t->writer.options;
	if (t->format->end != NULL)
		t->format->end(&t->writer, &t->out);
	target_flush(t);
	if (t->file != NULL)
		outfile_finish(t->file, &t->failure);
	t->file = NULL;
	writer_fini(&t->writer);
	target_start_document(t, options);
}

bool target_plot(struct target *t, const struct plot *p, struct error *err)
{
	const char *note = NULL;
	/* In a folder a picture has a file of its own in the format that writes pictures
	 * alone; in others it goes into the file of the next result. */
	bool alone = t->folder != NULL && t->format == &writer_svg;
	bool drawn =
		t->format->plot != NULL && t->format->plot(&t->writer, p, &t->out, &note);
	t->plot_drawn = drawn;
	if (!drawn && (t->format->plot == NULL || note != NULL))
		t->plots_left_out++;
	if (drawn && (alone || t->folder == NULL)) {
		t->plot = p;
		target_flush(t);
		if (alone)
			target_end_result(t);
		t->plot = NULL;
	}
	return target_outcome(t, err);
}

size_t target_plots_left_out(const struct target *t)
{
	return t->plots_left_out;
}

bool target_result(
	struct target *t, const struct result *r, const char **note, struct error *err)
{
	*note = NULL;
	t->result = r;
	if (t->format->result(&t->writer, r, &t->out, note)) {
		t->writer.results++;
		target_flush(t);
		if (t->folder != NULL)
			target_end_result(t);
	}
	t->result = NULL;
	return target_outcome(t, err);
}

char *target_plot_file(const struct target *t, struct error *err)
{
	struct buffer path = BUFFER_INIT;
	if (t->folder == NULL || t->format != &writer_svg || !t->plot_drawn)
		return NULL;
	buffer_printf(&path, "%s%s.svg", t->folder, t->files[t->file_count - 1].name);
	char *name = buffer_take(&path);
	if (name == NULL)
		error_nomem(err);
	return name;
}

char *target_pictures(const struct target *t, struct error *err)
{
	struct buffer spec = BUFFER_INIT;
	if (t->folder != NULL || t->format != &writer_markdown ||
		strcmp(t->place, "-") == 0)
		return NULL;
	const char *slash = strrchr(t->place, '/'), *dot = strrchr(t->place, '.');
	bool extended =
		dot != NULL && dot > t->place && (slash == NULL || dot > slash + 1);
	buffer_put_text(&spec, "svg:");
	buffer_put(
		&spec, t->place, extended ? (size_t)(dot - t->place) : strlen(t->place));
	buffer_put_text(&spec, ".pictures/");
	char *text = buffer_take(&spec);
	if (text == NULL)
		error_nomem(err);
	return text;
}

/* Whether Graphviz draws the target's DOT files once they are written. */
static bool target_is_drawn(const struct target *t)
{
	return t->format == &writer_dot && t->writer.options->dot != NULL &&
	       strcmp(t->place, "-") != 0;
}

/* Appends the path of file `i` of a folder. */
static void target_put_path(const struct target *t, size_t i, struct buffer *out)
{
	assert(t->folder != NULL && i < t->file_count);
	buffer_printf(out, "%s%s.%s", t->folder, t->files[i].name, t->format->extension);
}

char *target_picture(const struct target *t, struct error *err)
{
	struct buffer dot = BUFFER_INIT, svg = BUFFER_INIT;
	if (!target_is_drawn(t))
		return NULL;
	if (t->folder != NULL)
		target_put_path(t, t->file_count - 1, &dot);
	else
		buffer_put_text(&dot, t->place);
	render_put_name(
		&svg, buffer_text(&dot), t->folder != NULL ? 1 : t->writer.results);
	char *name = dot.failed ? NULL : buffer_take(&svg);
	buffer_fini(&dot);
	buffer_fini(&svg);
	if (name == NULL)
		error_nomem(err);
	return name;
}

/* The bytes of the folder in a path. */
static size_t target_folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

bool target_show(
	struct target *t, const char *path, const char *caption, struct error *err)
{
	if (t->format->picture == NULL || t->folder != NULL)
		return target_outcome(t, err);
	/* A document finds its picture beside it, also when both are moved. */
	size_t own = strcmp(t->place, "-") == 0 ? 0 : target_folder_len(t->place);
	char *whole = NULL;
	if (own == target_folder_len(path) && strncmp(t->place, path, own) == 0)
		path += own;
	else if (own > 0 && path[0] != '/' && (whole = realpath(".", NULL)) != NULL) {
		struct buffer absolute = BUFFER_INIT;
		buffer_printf(&absolute, "%s/%s", whole, path);
		free(whole);
		whole = buffer_take(&absolute);
		path = whole != NULL ? whole : path;
	}
	t->format->picture(&t->writer, path, caption == NULL ? "" : caption, &t->out);
	free(whole);
	target_flush(t);
	return target_outcome(t, err);
}

static void target_free(struct target *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->file_count; i++)
		free(t->files[i].name);
	free(t->files);
	free(t->folder);
	free(t->spec);
	writer_fini(&t->writer);
	buffer_fini(&t->out);
	free(t);
}

bool target_close(struct target *t, struct error *err)
{
	if (t->folder == NULL) {
		if (t->format->end != NULL)
			t->format->end(&t->writer, &t->out);
		target_flush(t);
	}
	if (!target_outcome(t, err)) {
		target_discard(t);
		return false;
	}
	bool ok = t->folder != NULL || outfile_commit(t->file, err);
	/* The files of a folder are renamed in their order until one fails. */
	for (size_t i = 0; i < t->file_count; i++) {
		if (ok)
			ok = outfile_commit(t->files[i].file, err);
		else
			outfile_discard(t->files[i].file);
	}
	if (t->folder != NULL && t->made_folder && t->fleeting && t->file_count == 0)
		rmdir(t->folder);
	const char *dot = t->writer.options->dot;
	bool drawn = ok && target_is_drawn(t);
	if (drawn && t->folder == NULL)
		ok = render_file(t->places, dot, t->place, t->writer.results, err);
	for (size_t i = 0; ok && drawn && i < t->file_count; i++) {
		struct buffer path = BUFFER_INIT;
		target_put_path(t, i, &path);
		ok = path.failed
			     ? error_nomem(err)
			     : render_file(t->places, dot, buffer_text(&path), 1, err);
		buffer_fini(&path);
	}
	target_free(t);
	return ok;
}

void target_discard(struct target *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->file_count; i++)
		outfile_discard(t->files[i].file);
	if (t->folder == NULL)
		outfile_discard(t->file);
	else if (t->made_folder)
		rmdir(t->folder);
	target_free(t);
}
