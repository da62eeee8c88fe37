/* SPDX-License-Identifier: MIT */
/* plot: a picture of a result, of the heap, or of the process. */
#include "base/array.h"
#include "base/nearest.h"
#include "explain/owner_places.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "store/read_log.h"
#include "verbs/plot_columns.h"
#include "verbs/plot_process.h"

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
			command_bad_word(in, of->word, "'of' wants #R, not", err);
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

static bool plot_fill(struct session *s, const struct invocation *in, struct plot *p,
	const struct clause *clauses, struct error *err)
{
	int64_t top;
	const struct result *r = plot_find_result(s, in, &clauses[0], err);
	if (r == NULL || !clause_number(in, &clauses[1], 1, 0, &top, err))
		return false;
	if (top > PLOT_TOP_MAX)
		top = PLOT_TOP_MAX;
	const char *column =
		clauses[2].given ? in->words.items[clauses[2].word].text : NULL;
	if (p->kind == PLOT_CHAIN) {
		p->drawing = r->drawing;
		return true;
	}
	if (p->kind == PLOT_LINES && !plot_name_dumps(s, p, r, err))
		return false;
	return plot_columns(p, r, column, (size_t)top, err);
}

/* The heap itself. */
static struct plot *plot_heap(
	struct session *s, enum plot_kind kind, const char *caption, struct error *err)
{
	struct db *db = session_heap(s, err);
	struct analysis *a = db == NULL ? NULL : session_graph_analysis(&s->held, err);
	struct name_tree *names = a == NULL ? NULL : session_graph_names(&s->held, err);
	return names == NULL ? NULL : owner_places_plot(a, names, kind, caption, err);
}

static const char *plot_caption(
	const struct session *s, enum plot_kind kind, bool process)
{
	static const char *const captions[] = { [PLOT_ICICLE] = "The heap by owner",
		[PLOT_TREEMAP] = "What retains how much",
		[PLOT_LINES] = "From dump to dump",
		[PLOT_BARS] = "Largest first",
		[PLOT_STACK] = "Parts of the whole",
		[PLOT_CHAIN] = "What holds them" };
	return s->caption != NULL ? s->caption
	       : process          ? "The memory of the process"
				  : captions[kind];
}

/* Quoted words and `#R` stay; names and arguments are put into the others. */
static bool plot_split(struct session *s, struct invocation *in, struct error *err)
{
	const char *args = in->line->text + in->line->args;
	struct subst_scope scope = session_scope(s);
	if (!words_split(&in->words, args, in->line->len - in->line->args, in->line->args,
		    err))
		return false;
	for (size_t i = 0; i < in->words.count; i++) {
		struct word *word = &in->words.items[i];
		struct subst_text made = SUBST_TEXT_INIT;
		if (word->quoted || strchr(word->text, '$') == NULL)
			continue;
		bool ok = subst_text(&scope, word->text, word->len,
			words_origin(&in->words, i, 0), &made, err);
		char *text = ok ? buffer_take(&made.text) : NULL;
		subst_text_fini(&made);
		if (text == NULL)
			return ok ? error_nomem(err) : false;
		free(word->text);
		word->text = text;
		word->len = strlen(text);
		word->substituted = true;
	}
	return in->words.count > 0 || command_usage(in, err);
}

static bool plot_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct invocation own = { .command = in->command, .line = in->line };
	struct clause clauses[] = { { .name = "of", .takes = true },
		{ .name = "top", .takes = true }, { .name = "column", .takes = true },
		{ .name = NULL } };
	enum plot_kind kind;
	bool process = false;
	struct plot *p = NULL;
	bool ok = plot_split(s, &own, err) &&
		  plot_find_kind(&own, &kind, &process, err) &&
		  clauses_read(&own, 1, clauses, err);
	if (ok) {
		const char *caption = plot_caption(s, kind, process);
		bool tree = kind == PLOT_ICICLE || kind == PLOT_TREEMAP;
		if (process)
			p = plot_process(s, caption, err);
		else if (tree && !clauses[0].given)
			p = plot_heap(s, kind, caption, err);
		else if ((p = plot_new(kind, caption)) == NULL)
			error_nomem(err);
		ok = p != NULL && (process || (tree && !clauses[0].given) ||
					  plot_fill(s, &own, p, clauses, err));
	}
	free(s->caption);
	s->caption = NULL;
	/* Of nothing there is no picture. */
	if (ok && (p->count > 0 || p->drawing != NULL))
		ok = session_plot(s, p, err);
	plot_free(p);
	words_fini(&own.words);
	return ok;
}

const struct command command_plot = {
	.name = "plot",
	.usage = "icicle|treemap|lines|bars|stack|chain|process [of #R] [column NAME] "
		 "[top N]",
	.summary = "draw a result, the heap, or the memory of the process",
	.kind = COMMAND_SQL,
	.run = plot_run,
};
