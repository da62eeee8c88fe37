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

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PLOT_TOP_MAX = 1000 };

/* `process` is a stack whose rows are the facts of the dumps. */
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

/* The result behind `of`, `#R`, else the last; NULL and an error. */
static const struct result *plot_find_result(struct session *s,
	const struct invocation *in, const struct clause *of, struct error *err)
{
	size_t number = s->result_count - 1;
	if (of->given) {
		const char *word = in->words.items[of->word].text;
		char *end = NULL;
		number = word[0] == '#' && word[1] >= '0' && word[1] <= '9'
				 ? (size_t)strtoul(word + 1, &end, 10)
				 : SIZE_MAX;
		if (end == NULL || *end != '\0') {
			command_bad_word(in, of->word, "'of' takes #R, not", err);
			return NULL;
		}
	}
	if (number < s->result_count)
		return s->results[number].result;
	if (of->given)
		command_bad_word(in, of->word, "no result", err);
	else
		error_at(err, STATUS_SCRIPT, 0, "there is no result to plot yet");
	return NULL;
}

/* Points of lines are dumps: they are named by their files. */
static bool plot_name_dumps(
	struct session *s, struct plot *p, const struct result *r, struct error *err)
{
	size_t n = 0;
	bool ok = true;
	char **labels = array_new_zeroed((size_t)r->columns, sizeof *labels);
	if (labels == NULL)
		return error_nomem(err);
	struct db *db = session_db(s, err);
	ok = db != NULL;
	for (int i = 0; ok && i < r->columns; i++) {
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
	return ok;
}

/* The heap by what owns it, beside that of generation `against` unless that is 0. */
static struct plot *plot_heap(struct session *s, enum plot_kind kind, int64_t against,
	const char *caption, struct error *err)
{
	struct analysis *a = session_heap(s, err) == NULL
				     ? NULL
				     : session_graph_analysis(&s->held, err);
	struct name_tree *names = a == NULL ? NULL : session_graph_names(&s->held, err);
	struct owner_places_heap then = { 0 };
	struct plot *p = NULL;
	if (names == NULL)
		return NULL;
	if (against == 0)
		return owner_places_plot(a, names, kind, caption, err);
	if ((then.a = graph_kept_analysis(s->db, against, err)) != NULL &&
		(then.names = name_tree_new(then.a, err)) != NULL)
		p = owner_places_compare(a, names, &then, caption, err);
	name_tree_free(then.names);
	return p;
}

/* Fills `p` from the columns of a result, or takes its drawing. */
static bool plot_result(struct session *s, struct plot *p, const struct result *r,
	struct plot_choice *choice, struct error *err)
{
	int64_t current = GENERATION_NONE;
	if (p->kind == PLOT_CHAIN) {
		p->drawing = r->drawing;
		return true;
	}
	return (p->kind != PLOT_LINES || plot_name_dumps(s, p, r, err)) &&
	       (s->db == NULL || generation_current(s->db, &current, err)) &&
	       (current == GENERATION_NONE ||
		       runtime_load(s->db, current, &choice->runtime, err)) &&
	       plot_columns(p, r, choice, err);
}

/* The words of the command.  Quoted ones and `#R` stay; names and arguments are put into
 * the others. */
static bool plot_split(struct session *s, const struct invocation *in, struct words *own,
	struct error *err)
{
	struct subst_scope scope = session_scope(s);
	bool ok = words_split(own, in->line->text + in->line->args,
		in->line->len - in->line->args, in->line->args, err);
	for (size_t i = 0; ok && i < own->count; i++)
		if (!own->items[i].quoted && strchr(own->items[i].text, '$') != NULL)
			ok = subst_word(&scope, own, i, err);
	return ok;
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
	enum { OF, TOP, COLUMN, AGAINST };
	struct clause c[] = { [OF] = { .name = "of", .takes = true },
		[TOP] = { .name = "top", .takes = true },
		[COLUMN] = { .name = "column", .takes = true },
		[AGAINST] = { .name = "against", .takes = true },
		{ .name = NULL } };
	struct invocation own = { .command = in->command, .line = in->line };
	enum plot_kind kind = PLOT_ICICLE;
	bool process = false;
	int64_t against = 0;
	struct plot *p = NULL;
	bool ok = plot_split(s, in, &own.words, err);
	ok = ok && (own.words.count > 0 || command_usage(&own, err)) &&
	     plot_find_kind(&own, &kind, &process, err) &&
	     clauses_read(&own, 1, c, err) &&
	     clause_number(&own, &c[AGAINST], 1, 0, &against, err);
	if (ok && c[AGAINST].given && (kind != PLOT_ICICLE || c[OF].given))
		ok = error_set(err, STATUS_SCRIPT,
			"'against' is for the icicle of the heap: plot icicle against N");
	const char *caption = !ok                  ? NULL
			      : s->caption != NULL ? s->caption
			      : process            ? "The memory of the process"
						   : captions[kind];
	bool heap = (kind == PLOT_ICICLE || kind == PLOT_TREEMAP) && !c[OF].given;
	if (ok && (process || heap)) {
		p = process ? plot_process(s, caption, err)
			    : plot_heap(s, kind, against, caption, err);
		ok = p != NULL;
	} else if (ok) {
		struct plot_choice choice = {
			.column = c[COLUMN].given ? own.words.items[c[COLUMN].word].text
						  : NULL,
			.runtime = &runtime_cpython
		};
		const struct result *r = plot_find_result(s, &own, &c[OF], err);
		int64_t top;
		ok = r != NULL && clause_number(&own, &c[TOP], 1, 0, &top, err) &&
		     ((p = plot_new(kind, caption)) != NULL || error_nomem(err));
		choice.top = !ok ? 0 : top > PLOT_TOP_MAX ? PLOT_TOP_MAX : (size_t)top;
		ok = ok && plot_result(s, p, r, &choice, err);
	}
	free(s->caption);
	s->caption = NULL;
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
