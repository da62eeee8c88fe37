/* SPDX-License-Identifier: MIT */
/* plot: a picture of a result, of the heap, or of the process. */
#include "answers/plot_columns.h"
#include "answers/plot_process.h"
#include "base/array.h"
#include "base/nearest.h"
#include "explain/owner_places.h"
#include "graph/graph_kept.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PLOT_TOP_MAX = 1000 };

/* The clauses of the command. */
enum { PLOT_OF, PLOT_TOP, PLOT_COLUMN, PLOT_AGAINST };

/* `plot process` is a stack whose rows are the facts of the dumps. */
static const char plot_process_word[] = "process";

static bool plot_find_kind(const struct invocation *in, enum plot_kind *kind,
	bool *process, struct error *err)
{
	enum { NAMES_MAX = 8 };
	const char *word = in->words.items[0].text, *names[NAMES_MAX + 1] = { NULL };
	size_t n = 0;
	*process = strcmp(word, plot_process_word) == 0;
	*kind = PLOT_STACK;
	if (*process)
		return true;
	for (; plot_kind_name(n) != NULL; n++) {
		names[n] = plot_kind_name(n);
		if (strcmp(word, names[n]) == 0) {
			*kind = (enum plot_kind)n;
			return true;
		}
	}
	names[n] = plot_process_word;
	const char *near = nearest_name(word, strlen(word), names);
	return error_at(err, STATUS_SCRIPT, words_origin(&in->words, 0, 0),
		"no plot '%s'; %s%s%s", word,
		near == NULL ? "there are icicle, treemap, lines, bars, stack, chain and "
			       "process"
			     : "did you mean '",
		near == NULL ? "" : near, near == NULL ? "" : "'?");
}

/* The heap by what owns it, beside that of generation `against` unless that is 0. */
static struct plot *plot_heap(struct session *s, enum plot_kind kind, int64_t against,
	const char *caption, struct error *err)
{
	struct analysis *a = session_heap(s, err) == NULL
				     ? NULL
				     : session_graph_analysis(&s->held, err);
	if (a == NULL)
		return NULL;
	if (against == 0) {
		struct places *places = session_graph_places(&s->held, err);
		return places == NULL ? NULL
				      : owner_places_plot(places, kind, caption, err);
	}
	struct name_tree *names = session_graph_names(&s->held, err);
	struct owner_places_heap then = { 0 };
	struct plot *p = NULL;
	if (names == NULL)
		return NULL;
	if ((then.a = graph_kept_analysis(s->db, against, err)) != NULL &&
		(then.names = name_tree_new(then.a, err)) != NULL)
		p = owner_places_compare(a, names, &then, caption, err);
	name_tree_free(then.names);
	return p;
}

/* Fills `p` from the result behind `of`, `#R`, else from the last one: a chain takes its
 * drawing, all others its columns. */
static bool plot_result(struct session *s, const struct invocation *in,
	const struct clause *c, struct plot *p, struct error *err)
{
	const struct clause *of = &c[PLOT_OF];
	size_t number = s->result_count - 1;
	if (of->given) {
		const char *word = in->words.items[of->word].text;
		char *end = NULL;
		number = word[0] == '#' && word[1] >= '0' && word[1] <= '9'
				 ? (size_t)strtoul(word + 1, &end, 10)
				 : SIZE_MAX;
		if (end == NULL || *end != '\0')
			return command_bad_word(in, of->word, "'of' takes #R, not", err);
	}
	if (number >= s->result_count)
		return of->given ? command_bad_word(in, of->word, "no result", err)
				 : error_at(err, STATUS_SCRIPT, 0,
					   "there is no result to plot yet");
	const struct result *r = s->results[number].result;
	struct plot_choice choice = {
		.column = c[PLOT_COLUMN].given ? in->words.items[c[PLOT_COLUMN].word].text
					       : NULL,
		.runtime = &runtime_cpython
	};
	int64_t top, current = GENERATION_NONE;
	if (!clause_number(in, &c[PLOT_TOP], 1, 0, &top, err))
		return false;
	choice.top = top > PLOT_TOP_MAX ? PLOT_TOP_MAX : (size_t)top;
	if (p->kind == PLOT_CHAIN) {
		p->drawing = r->drawing;
		return true;
	}
	/* The points of lines are dumps, named by their files. */
	bool lines = p->kind == PLOT_LINES, ok = true;
	size_t columns = lines ? (size_t)r->columns : 0, n = 0;
	char **labels = array_new_zeroed(columns, sizeof *labels);
	struct db *db = lines ? session_db(s, err) : s->db;
	ok = (labels != NULL || error_nomem(err)) && (!lines || db != NULL);
	for (size_t i = 0; ok && i < columns; i++) {
		const char *name = r->names[i];
		if (name[0] != 'g' || name[1] == '\0' ||
			name[1 + strspn(name + 1, "0123456789")] != '\0')
			continue;
		ok = read_log_dump(db, strtoll(name + 1, NULL, 10), &labels[n], err);
		n += ok;
	}
	ok = ok && (n < 2 || plot_set_labels(p, (const char *const *)labels, n, err));
	for (size_t i = 0; i < n; i++)
		free(labels[i]);
	free(labels);
	return ok && (db == NULL || generation_current(db, &current, err)) &&
	       (current == GENERATION_NONE ||
		       runtime_load(db, current, &choice.runtime, err)) &&
	       plot_columns(p, r, &choice, err);
}

/* plot KIND [of #R] [column NAME] [top N] [against N] */
static bool plot_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const captions[] = { [PLOT_ICICLE] = "The heap by owner",
		[PLOT_TREEMAP] = "What retains how much",
		[PLOT_LINES] = "From dump to dump",
		[PLOT_BARS] = "Largest first",
		[PLOT_STACK] = "Parts of the whole",
		[PLOT_CHAIN] = "What holds them" };
	struct clause c[] = { [PLOT_OF] = { .name = "of", .takes = true },
		[PLOT_TOP] = { .name = "top", .takes = true },
		[PLOT_COLUMN] = { .name = "column", .takes = true },
		[PLOT_AGAINST] = { .name = "against", .takes = true },
		{ .name = NULL } };
	struct invocation own = { .command = in->command, .line = in->line };
	enum plot_kind kind = PLOT_ICICLE;
	bool process = false;
	int64_t against = 0;
	struct plot *p = NULL;
	/* Quoted words and `#R` stay; names and arguments are put into the others. */
	struct subst_scope scope = session_scope(s);
	bool ok = words_split(&own.words, in->line->text + in->line->args,
		in->line->len - in->line->args, in->line->args, err);
	for (size_t i = 0; ok && i < own.words.count; i++)
		if (!own.words.items[i].quoted &&
			strchr(own.words.items[i].text, '$') != NULL)
			ok = subst_word(&scope, &own.words, i, err);
	ok = ok && (own.words.count > 0 || command_usage(&own, err)) &&
	     plot_find_kind(&own, &kind, &process, err) &&
	     clauses_read(&own, 1, c, err) &&
	     clause_number(&own, &c[PLOT_AGAINST], 1, 0, &against, err);
	if (ok && c[PLOT_AGAINST].given && (kind != PLOT_ICICLE || c[PLOT_OF].given))
		ok = error_set(err, STATUS_SCRIPT,
			"'against' is for the icicle of the heap: plot icicle against N");
	const char *caption = !ok                  ? NULL
			      : s->caption != NULL ? s->caption
			      : process            ? "The memory of the process"
						   : captions[kind];
	bool heap = (kind == PLOT_ICICLE || kind == PLOT_TREEMAP) && !c[PLOT_OF].given;
	if (ok && (process || heap)) {
		p = process ? plot_process(s, caption, err)
			    : plot_heap(s, kind, against, caption, err);
		ok = p != NULL;
	} else if (ok) {
		p = plot_new(kind, caption);
		ok = (p != NULL || error_nomem(err)) && plot_result(s, &own, c, p, err);
	}
	free(s->caption);
	s->caption = NULL;
	assert(!ok || p != NULL);
	/* An empty plot is not written. */
	if (ok && (p->count > 0 || p->drawing != NULL))
		ok = session_plot(s, p, err);
	plot_free(p);
	words_fini(&own.words);
	return ok;
}

const struct command command_plot = {
	.name = "plot",
	.usage = "icicle|treemap|lines|bars|stack|chain|process [of #R] [column NAME] "
		 "[top N] [against N]",
	.summary = "draw a result, the heap, or the memory of the process",
	.kind = COMMAND_SQL,
	.run = plot_run,
};
