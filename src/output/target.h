/* SPDX-License-Identifier: MIT */
/* target - where results go: one document in one format, or a folder of them.
 *
 * A file appears whole or not at all: it is written aside in its folder and renamed by
 * target_close(); target_discard() leaves whatever was there before.  Standard output is
 * written as results come. */
#ifndef MEMSEE_OUTPUT_TARGET_H
#define MEMSEE_OUTPUT_TARGET_H

#include "base/places.h"
#include "output/writer.h"

struct target;

/* Opens what `-o` or `output` names: `FILE` (format from its extension), `FORMAT:FILE`,
 * `DIR/` (one file per result, CSV unless `FORMAT:DIR/`), `-` or `FORMAT:-` (standard
 * output, in `default_format` when the spec names none).  The folder of FILE must exist;
 * DIR/ is made.  Fails at once: STATUS_DATA when the place cannot be written,
 * STATUS_SCRIPT when the format is unknown (the nearest name is suggested) or `places`,
 * which must outlive the target, protects the file.
 *
 * Files under DIR/ are named after the result's caption, in lower case and with `-` for
 * all but letters and digits, else `result-R`; of two with the same name the second gets
 * `-2`.  A heading and paragraphs go into the file of the result that follows them. */
struct target *target_open(struct places *places, const char *spec,
	const struct writer_format *default_format, const struct writer_options *options,
	struct error *err);

const char *target_spec(const struct target *t); /* borrowed: as the user wrote it */
const struct writer_format *target_format(const struct target *t);

/* Whether it is a folder, with a file for each result. */
bool target_has_files(const struct target *t);
/* The folder of `t`, if memsee made it, goes again at the end when no file came into it.
 */
void target_set_fleeting(struct target *t);

/* Whether both write files of the same names into one folder, so that the second would
 * undo the first. */
bool target_shares_folder(const struct target *a, const struct target *b);

bool target_title(struct target *t, const char *text, struct error *err);
bool target_text(struct target *t, const char *text, struct error *err);
bool target_line(struct target *t, const char *text, struct error *err);
/* `*note` (static text, else NULL): what was left out. */
bool target_result(
	struct target *t, const struct result *r, const char **note, struct error *err);

/* A plot.  What a format does not draw is counted. */
bool target_plot(struct target *t, const struct plot *p, struct error *err);
/* The file that shows the last plot, in a folder of pictures; malloc'ed, NULL elsewhere.
 */
char *target_plot_file(const struct target *t, struct error *err);
/* Where the pictures of this document can be, as `-o` names it: a folder beside it;
 * malloc'ed, NULL for a file that is not Markdown. */
char *target_pictures(const struct target *t, struct error *err);
/* How many plots the format has left out. */
size_t target_plots_left_out(const struct target *t);

/* Hands the outcome of the script's checks to a format that shows it. */
bool target_checks(struct target *t, const struct check_list *checks, struct error *err);
/* The facts of the dump, see struct writer_format. */
void target_facts(struct target *t, const struct result *r);

/* The path of the picture that will be drawn of the last result, malloc'ed; NULL when
 * none will. */
char *target_picture(const struct target *t, struct error *err);
/* Shows the picture at `path`, in a format that can. */
bool target_show(
	struct target *t, const char *path, const char *caption, struct error *err);

/* Ends the document, flushes, renames into place, frees, also when it fails.  A broken
 * pipe or a full disk shows here at the latest. */
bool target_close(struct target *t, struct error *err);
/* Drops what was written aside and frees; NULL is accepted. */
void target_discard(struct target *t);

#endif
