/* SPDX-License-Identifier: MIT */
/* session - everything that lives as long as one run: the database, the names, the
 * results, the graph, the places where results go, the verdict.
 *
 * Commands work on a session and nothing else.  A session never prints: anything but a
 * result goes through the reporter that the program gave it. */
#ifndef MEMSEE_SESSION_SESSION_H
#define MEMSEE_SESSION_SESSION_H

#include "base/error.h"
#include "base/places.h"
#include "base/progress.h"
#include "base/siphash.h"
#include "base/stream.h"
#include "language/script.h"
#include "language/subst.h"
#include "output/target.h"
#include "result/check.h"
#include "result/result.h"
#include "session/session_graph.h"
#include "session/transaction.h"
#include "session/type_kind.h"
#include "store/db.h"
#include "store/names.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* What the command line sets for the whole run; borrowed. */
struct settings {
	bool strict;
	bool keep_going;
	bool verbose;
	bool update_baseline;
	const char *dot; /* --render: Graphviz */
	bool csv_guard;  /* see writer_options */
	enum progress_mode progress;
	bool safe;                   /* the user did not write the script */
	const char *const *readable; /* --safe: files it may read, NULL-ended */
	const char *const *writable; /* --safe: files it may write, NULL-ended */
	struct places *places;       /* the files of this run */
	bool wait_limited;           /* --wait: for others that use the database */
	unsigned wait;               /* at most so many seconds, when limited */
	size_t max_rows;             /* of a result, 0: no limit */
	const char *way;             /* of taking a process's memory; NULL: any */
	const char *sysroot;         /* the folder with the files of cores; NULL: / */
	uint64_t memory_limit;       /* bytes, 0: none */
	const struct siphash_key *redact;    /* values are replaced; NULL: kept */
	struct stream_limits limits;         /* of a dump that is packed */
	const struct writer_format *format;  /* of standard output */
	const volatile sig_atomic_t *cancel; /* the signal that interrupts, else 0 */
	const char *reports;                 /* the folder of the shipped reports */
	const char *command;                 /* see writer_options */
	size_t terminal;                     /* see writer_options */
};

/* Where messages go.  `place` is NULL when there is none. */
struct reporter {
	void (*failure)(
		void *context, const struct error *err, const struct script_place *place);
	void (*warning)(
		void *context, const char *message, const struct script_place *place);
	void (*note)(void *context, const char *message);
	void *context;
};

struct define {
	const char *name;
	const char *value;
	bool used; /* some command asked for it */
};

/* A value that a script gave a name for this run: a text, quoted where SQL needs one. */
struct session_value {
	char *name;
	char *text;
	bool option; /* `default` gave it: -D may give another */
};

struct session_result {
	struct result *result;
	char table[32]; /* its temporary table in the database that is open; "" without */
};

/* A heading or a paragraph that waits for the first result of its section. */
struct session_waiting {
	bool title;
	char *text;
};

struct session_width {
	char *column;
	int width;
};

/* The script that is running: `include` nests them. */
struct frame {
	struct script *script;
	const struct script_command *command;
	const char *const *args; /* $1, $2, … */
	int arg_count;
	struct frame *outer;
};

struct session {
	const struct settings *settings;
	struct reporter reporter;
	enum status status; /* the worst so far: the exit status */

	struct db *db; /* NULL until the first command that needs one */
	struct names names;
	const char **name_list; /* for "did you mean"; made when needed */
	struct define *defines; /* -D; borrowed, but `used` is set here */
	size_t define_count;
	struct session_value *values; /* `let` and `default` */
	size_t value_count, value_cap;

	struct session_result *results;
	size_t result_count, result_cap;
	char *caption; /* for the next result, owned */
	/* What the next result says when it has no rows; owned, NULL: "No rows". */
	char *otherwise;
	bool hide; /* reports that people read leave out the next result */
	/* A section of which nothing is shown yet: its heading and paragraphs. */
	struct session_waiting *waiting;
	size_t waiting_count, waiting_cap;
	bool in_section;

	int64_t looked_at; /* see session_look_at(); GENERATION_NONE: the current one */

	struct session_graph held; /* the graph of the current generation */
	struct type_kinds kinds;   /* of the types of the heap that SQL sees */

	struct writer_options look;
	struct session_width *widths;
	size_t width_count, width_cap;
	struct target **targets; /* the -o ones, then those of `output` */
	size_t target_count, target_cap;
	size_t fixed_targets;    /* how many of them are -o ones */
	struct target *current;  /* of `output`; NULL: the -o ones alone */
	struct target *pictures; /* --render: the folder that documents show; or NULL */
	const struct drawing *pictured; /* the last that has a file there */

	struct check_list checks;

	struct transaction transaction; /* that the script began */
	struct frame *frame;
	bool debug; /* SQL is noted as it runs */
};

void session_init(struct session *s, const struct settings *settings,
	const struct reporter *reporter);

/* Discards unfinished documents and disconnects.  After session_finish() there are none.
 */
void session_fini(struct session *s);

/* Adds a place where all results go (`-o`). */
bool session_add_target(struct session *s, const char *spec, struct error *err);
/* Lets Markdown files show all pictures as SVG (`--render`): those of a folder that was
 * added for them, else of one beside the first such file, `report.pictures/`. */
bool session_add_pictures(struct session *s, struct error *err);

/* From here on results go to `spec` as well; NULL: to the -o ones alone.  A place that
 * was named before continues where it stopped. */
bool session_set_output(struct session *s, const char *spec, struct error *err);

/* Ends every document and renames it into place.  Each failure is reported; false when
 * there was one. */
bool session_finish(struct session *s);

/* The database: a private temporary one when none was opened.  NULL on failure. */
struct db *session_db(struct session *s, struct error *err);

/* The database, which must have a current generation.  NULL on failure. */
struct db *session_heap(struct session *s, struct error *err);

/* Connects to `path` instead of the database that was open. */
bool session_open(
	struct session *s, const char *path, enum db_mode mode, struct error *err);

/* session_graph_get() and session_graph_analysis() of the database, which is a private
 * temporary one when none was opened. */
const struct graph *session_graph(struct session *s, struct error *err);
struct analysis *session_analysis(struct session *s, struct error *err);

/* The names of its objects, for name_put() and others.  Borrowed as the graph is. */
struct name_tree *session_names(struct session *s, struct error *err);

/* From here on SQL of the script sees generation `num` as if it were the current one;
 * session_look_back() ends that.  Nothing else does: not the graph, not the results. */
bool session_look_at(struct session *s, int64_t num, struct error *err);
bool session_look_back(struct session *s, struct error *err);

/* Numbers a result, keeps it and writes it to every target.  Takes `r`, also when it
 * fails. */
bool session_emit(struct session *s, struct result *r, struct error *err);

/* How a command ends that made `r`, which may be NULL: emits it if all went well so far,
 * else frees it. */
bool session_answer(struct session *s, bool ok, struct result *r, struct error *err);

/* Writes a result that takes no number, as those of commands that only printed in the
 * original, then frees it. */
bool session_show(struct session *s, struct result *r, struct error *err);

/* Writes a result as it is, without the caption that waits and without a picture; it
 * stays the caller's. */
bool session_write(struct session *s, const struct result *r, struct error *err);

/* Writes a plot to every target; documents show the file of a folder of pictures, where
 * one of the targets is such.  It stays the caller's. */
bool session_plot(struct session *s, const struct plot *p, struct error *err);

/* Gives the facts of the heaps to every target that shows them: their sizes now and
 * before, the runtime, the dumps. */
bool session_tell_facts(struct session *s, struct error *err);

/* Gives the checks to every target: some formats put them before everything else. */
bool session_tell_checks(struct session *s, struct error *err);

/* A heading, a paragraph in the report's own markup, and a line of plain text. */
bool session_title(struct session *s, const char *text, struct error *err);
/* A heading that is written, with the paragraphs behind it, before the first line or
 * result with rows that follows; without any up to the next heading, it never is. */
bool session_section(struct session *s, const char *text, struct error *err);
/* Forgets the section of which nothing was shown. */
void session_drop_section(struct session *s);
bool session_text(struct session *s, const char *text, struct error *err);
bool session_say(struct session *s, struct error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A note or a warning beside the report: what a command did, what seems wrong. */
void session_note(struct session *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void session_warn(struct session *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Passes on a remark of the database: see db_remark(). */
void session_tell_remark(struct session *s);

/* Reports a failure at byte `err->offset` of the command that runs, and makes the exit
 * status at least the error's.  Unless it is a failed check it is kept among the checks
 * as an error, so that CI sees it. */
void session_fail(struct session *s, const struct error *err);

/* Writes into `c` where the command is that runs, if one does. */
bool session_locate_check(const struct session *s, struct check *c, struct error *err);

/* Fails the run that ended inside a transaction, at the command that began it; true when
 * there is none. */
bool session_end_transaction(struct session *s);

/* Gives a name a value for this run; it counts before a value that `set` gave it. */
bool session_let(struct session *s, const char *name, const char *text, size_t len,
	struct error *err);

/* The same unless the name has a value already. */
bool session_default(struct session *s, const char *name, const char *text, size_t len,
	struct error *err);

/* The value of a name and its length; NULL when it has none.  Borrowed until a name gets
 * another value. */
const char *session_name(struct session *s, const char *name, size_t *len);

/* Warns of each -D that no command used, and suggests the nearest name of those that
 * session_default() knows. */
void session_warn_of_defines(struct session *s);

/* What substitutions see. */
struct subst_scope session_scope(struct session *s);

/* Each command calls this before it reads a file that the script names; from then on no
 * output may replace the file, `what` for a message: "a dump of this run".  With --safe a
 * script may read only the files that the command line names.  `verb` is for the message:
 * "--safe: 'read' of a file that is not on the command line: 'x'". */
bool session_may_read(struct session *s, const char *verb, const char *path,
	const char *what, struct error *err);
/* The same for a file of known findings, which --update-baseline will replace. */
bool session_may_know(struct session *s, const char *path, struct error *err);
/* With --safe a script may write only what -o, -d and --writable name.  Whether the file
 * is protected is asked when it is opened (base/places). */
bool session_may_write(
	const struct session *s, const char *verb, const char *path, struct error *err);

/* False, with an error, for a command that --safe forbids altogether. */
bool session_is_trusted(const struct session *s, const char *verb, struct error *err);

/* True when the user interrupted; then an error is set. */
bool session_cancelled(const struct session *s, struct error *err);

#endif
