/* SPDX-License-Identifier: MIT */
#include "leaks/judge_size.h"

#include "base/array.h"
#include "base/saturate.h"
#include "leaks/growth.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A permanent whose own size changes. */
struct resized {
	uint32_t g, anchor, type;
	uint32_t label; /* its name in what holds it, LABEL_NONE for a key or an index */
	int64_t more;   /* bytes, last less first */
	double least;   /* bytes that are a leak, judge_least() */
	int64_t length; /* in the last generation */
	bool longer;    /* in each step, and by enough to be a leak alone */
	bool counted;   /* its length is known, see judge_measure() */
};

/* A number in a store, a line in a text. */
enum { SIZE_NUMBER = 8, SIZE_LINE = 80 };

static int resized_compare(const void *a, const void *b)
{
	const struct resized *x = a, *y = b;
	if (x->anchor != y->anchor)
		return x->anchor < y->anchor ? -1 : 1;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	return (x->g > y->g) - (x->g < y->g);
}

static enum type_kind judge_kind(const struct judge *j, uint32_t type)
{
	const struct terms *types = &j->last->words->types;
	return runtime_kind(types->runtime, types->text[type], strlen(types->text[type]));
}

static bool judge_has_items(enum type_kind kind)
{
	return kind == KIND_SEQUENCE || kind == KIND_MAPPING;
}

/* Does it refer to nothing but its class? */
static bool judge_is_leaf(const struct snapshot *s, uint32_t node)
{
	return s->start[node + 1] - s->start[node] <= 1;
}

/* How many bytes more of the node are a leak.  Numbers are no objects outside of CPython,
 * so what consists of them, or of text, leaks by its size alone: there as many numbers
 * are enough as objects, or a line of text for each.  The store of a list counts as the
 * list does, those of the engine itself do not. */
static double judge_least(const struct judge *j, uint32_t node)
{
	const struct snapshot *s = j->last;
	const struct terms *types = &s->words->types;
	double share = j->limits->share * (double)s->bytes / 100;
	double least = share > LEAK_SHARE_LEAST ? share : LEAK_SHARE_LEAST;
	uint32_t before = j->h->way[node].before;
	const unsigned engine = TRAIT_PART | TRAIT_FUNCTION | TRAIT_MODULE;
	if (types->runtime == &runtime_cpython || before == GRAPH_NONE ||
		!judge_is_leaf(s, node) ||
		((snapshot_traits(s, before) & engine) != 0 &&
			(snapshot_traits(s, before) & TRAIT_SCOPE) == 0))
		return least;
	enum type_kind kind = judge_kind(j, s->type[node]);
	int64_t each = kind == KIND_STRING                           ? SIZE_LINE
		       : kind == KIND_BLOCK || judge_has_items(kind) ? SIZE_NUMBER
								     : 0;
	double enough = (double)each * (double)j->limits->count;
	return each > 0 && enough < least ? enough : least;
}

/* May the dumps say how long objects of the type are, in items or in characters? */
static bool judge_has_length(const struct judge *j, uint32_t type)
{
	enum type_kind kind = judge_kind(j, type);
	return j->last->words->types.runtime != &runtime_cpython &&
	       (judge_has_items(kind) || kind == KIND_STRING);
}

static bool judge_is_long(const struct judge *j, int64_t more, double least)
{
	return (double)more >= least && more >= j->limits->bytes;
}

/* The permanent that a reader knows `g` by: the array of a list is a part of the list,
 * the characters of a text are the text. */
static uint32_t judge_whole(const struct judge *j, uint32_t g)
{
	static const char closure[] = "<closure ";
	const struct snapshot *s = j->last;
	const struct runtime *runtime = s->words->types.runtime;
	size_t last = j->f->l->generations - 1;
	while (runtime != &runtime_cpython) {
		uint32_t node = j->f->l->node[last][g], before = j->h->way[node].before;
		if (before == GRAPH_NONE ||
			j->f->l->permanent[last][before] == GRAPH_NONE)
			break;
		const char *label =
			s->words->labels.text[j->h->way[node].label & ~LABEL_KEY];
		bool part = label[0] == '<' &&
			    strncmp(label, closure, sizeof closure - 1) != 0;
		bool text = (label[0] == '.' || label[0] == '\0') &&
			    judge_kind(j, s->type[before]) == KIND_STRING;
		if (!part && !text)
			break;
		g = j->f->l->permanent[last][before];
	}
	return g;
}

/* How the sizes of the permanents change. */
struct resizes {
	uint64_t *longer, *changed; /* bits: in each step; in any */
	int64_t *first, *last;
};

static bool judge_compare_sizes(
	const struct judge *j, const struct resizes *r, struct error *err)
{
	const struct lineage *l = j->f->l;
	for (size_t k = 0; k < l->generations; k++) {
		const struct snapshot *s = snapshots_get(j->f->s, k, err);
		if (s == NULL)
			return false;
		for (uint32_t g = 0; g < l->permanents; g++) {
			int64_t now = s->size[l->node[k][g]];
			if (k == 0)
				r->first[g] = now;
			else if (k == 1 && now > r->last[g])
				bits_put(r->longer, g);
			else if (now <= r->last[g])
				bits_drop(r->longer, g);
			if (k > 0 && now != r->last[g])
				bits_put(r->changed, g);
			r->last[g] = now;
		}
	}
	return true;
}

/* Is it, or what holds it, an object that a leak counts?  What grows in the first of many
 * objects that leak is a part of that leak. */
static bool judge_is_leaked(const struct judge *j, uint32_t g)
{
	enum { STEPS_MOST = 16 };
	const struct lineage *l = j->f->l;
	const uint32_t *node = l->node[l->generations - 1];
	if (j->last->words->types.runtime == &runtime_cpython)
		return false;
	for (int step = 0; g != GRAPH_NONE && step < STEPS_MOST;
		step++, g = j->h->link[g].parent)
		for (size_t i = 0; i < j->findings->count; i++) {
			const struct finding *x = &j->findings->item[i];
			if (x->kind == LEAK_OBJECTS &&
				x->type == j->last->shape[node[g]] &&
				j->h->link[g].parent == x->holder)
				return true;
		}
	return false;
}

/* The permanents that may leak by their size: those that grow in each step, and by
 * enough, and those without references whose size changes, for many of them may grow by
 * enough together.  `*list` is malloc'ed, `*n` of them, sorted so that those of one name
 * and type are neighbours. */
static bool judge_find_resized(
	struct judge *j, struct resized **list, size_t *n, struct error *err)
{
	const struct lineage *l = j->f->l;
	const uint32_t *last = l->node[l->generations - 1];
	uint64_t *found = bits_new(l->permanents);
	struct resizes r = {
		.longer = bits_new(l->permanents),
		.changed = bits_new(l->permanents),
		.first = array_new(l->permanents, sizeof *r.first),
		.last = array_new(l->permanents, sizeof *r.last),
	};
	bool ok = ((found != NULL && r.longer != NULL && r.changed != NULL &&
			   r.first != NULL && r.last != NULL) ||
			  error_nomem(err)) &&
		  judge_compare_sizes(j, &r, err);
	for (size_t i = 0; ok && i < j->findings->count; i++)
		if (HOLDER_IS_OBJECT(j->findings->item[i].holder)) {
			bits_drop(r.longer, j->findings->item[i].holder);
			bits_put(found, j->anchor[j->findings->item[i].holder]);
		}
	size_t cap = 0;
	for (uint32_t g = 0; ok && g < l->permanents; g++) {
		uint32_t node = last[g], anchor = j->anchor[g];
		if (!bits_has(r.changed, g))
			continue;
		double least = judge_least(j, node);
		bool alone =
			bits_has(r.longer, g) &&
			judge_is_long(j, saturate_subtract(r.last[g], r.first[g]), least);
		/* A length may go on growing where the bytes leap. */
		bool may = judge_is_leaf(j->last, node) &&
			   (judge_has_length(j, j->last->type[node]) ||
				   !bits_has(found, anchor));
		if ((!alone && !may) || judge_is_leaked(j, g))
			continue;
		uint32_t whole = last[judge_whole(j, g)];
		uint32_t label = j->h->way[whole].label & ~LABEL_KEY;
		bool indexed = j->last->words->labels.text[label][0] == '[';
		ok = array_reserve(list, &cap, *n + 1, sizeof **list) || error_nomem(err);
		if (ok)
			(*list)[(*n)++] = (struct resized){ .g = g,
				.anchor = anchor,
				.type = j->last->type[node],
				.label = indexed ? LABEL_NONE : label,
				.more = saturate_subtract(r.last[g], r.first[g]),
				.least = least,
				.longer = alone };
	}
	if (*n > 0)
		qsort(*list, *n, sizeof **list, resized_compare);
	free(r.longer);
	free(r.changed);
	free(found);
	free(r.first);
	free(r.last);
	return ok;
}

/* Measures those of the list: `size` has a row of a number a generation for each, of
 * bytes, or, of what has no references, of its length where the dump has it, since stores
 * grow in leaps.  A store that grows while its length does not once held more. */
static bool judge_measure(const struct judge *j, struct resized *list, size_t n,
	int64_t *size, struct error *err)
{
	const struct lineage *l = j->f->l;
	const size_t generations = l->generations;
	bool ok = true;
	/* The last generation decides; an empty list may have no length before. */
	for (size_t k = generations; ok && n > 0 && k-- > 0;) {
		const struct snapshot *s = snapshots_get(j->f->s, k, err);
		char obj[GENERATION_TABLE_MAX];
		struct db_stmt *length = NULL;
		ok = s != NULL &&
		     generation_table(j->f->s->db, "obj", s->num, obj, err) &&
		     db_preparef(j->f->s->db, &length, err,
			     "select len from main.\"%w\" where address = ?1", obj);
		for (size_t i = 0; ok && i < n; i++) {
			uint32_t node = l->node[k][list[i].g];
			size[i * generations + k] = s->size[node];
			if (!judge_has_length(j, list[i].type) ||
				(k + 1 < generations && list[i].length == 0))
				continue;
			db_reset(length);
			ok = db_bind(length, 1, cell_integer(s->address[node]), err);
			int row = ok ? db_step(length, err) : -1;
			struct cell len = row == 1 ? db_column(length, 0) : cell_null();
			bool known = len.type == CELL_INTEGER;
			ok = row >= 0;
			int64_t now = known ? len.integer : 0;
			if (k + 1 == generations) {
				list[i].length = now;
				list[i].counted = known && judge_is_leaf(s, node);
			}
			if (list[i].counted)
				size[i * generations + k] = now;
			if (k == 0 && known &&
				saturate_subtract(list[i].length, now) < j->limits->count)
				list[i].longer = false;
		}
		db_stmt_free(length);
	}
	return ok;
}

/* Is so much more, in bytes or in items, a leak? */
static bool judge_is_much(const struct judge *j, const struct resized *r, int64_t more)
{
	if (!r->counted)
		return judge_is_long(j, more, r->least);
	enum type_kind kind = judge_kind(j, r->type);
	int64_t each = judge_has_items(kind) ? 1 : SIZE_LINE;
	return more / each >= j->limits->count;
}

/* Adds the leak of `r`, and of `others` with it. */
static bool judge_put_size(struct judge *j, const struct resized *r, uint32_t others,
	const int64_t *series, struct error *err)
{
	const struct lineage *l = j->f->l;
	const uint32_t *last = l->node[l->generations - 1];
	assert(r->g < l->permanents);
	/* An object that only an object of C code holds has the name of that one:
	 * BytesIO. */
	uint32_t bearer = l->bearer[r->g], whole = judge_whole(j, r->g);
	uint32_t node = last[whole];
	if (whole == r->g && bearer != GRAPH_NONE &&
		(snapshot_traits(j->last, last[bearer]) &
			(TRAIT_FROZEN | TRAIT_SEQUENCE)) == 0)
		node = last[bearer];
	uint32_t type = j->last->type[node];
	return findings_put(j->findings,
		       (struct finding){ .kind = LEAK_SIZE,
			       .origin = origin_of(j->origins, type, NULL),
			       .type = type,
			       .types = 1 + others,
			       .items = r->counted &&
					judge_has_items(judge_kind(j, r->type)),
			       .holder = whole,
			       .label = PLACE_SELF,
			       .place = PLACE_NONE,
			       .bytes = r->counted ? r->more
						   : growth_of(series, l->generations) },
		       series) ||
	       error_nomem(err);
}

/* Judges several permanents of one type below one name together, as a buffer for each
 * connection: their sum has to grow, and what gets shorter may be no more than what dies
 * in a leak of objects.  `sum` is room for a series. */
static bool judge_put_sizes(struct judge *j, const struct resized *r, size_t n,
	const int64_t *size, int64_t *sum, bool *leak, struct error *err)
{
	const double churn = 0.34;
	size_t generations = j->f->l->generations, most = 0;
	uint32_t grown = 0;
	bool survives = true;
	memset(sum, 0, generations * sizeof *sum);
	for (size_t k = 0; k < generations; k++) {
		double more = 0, less = 0;
		for (size_t i = 0; i < n; i++) {
			const int64_t *series = size + i * generations;
			sum[k] = saturate_add(sum[k], series[k]);
			if (k > 0 && series[k] > series[k - 1])
				more += (double)saturate_subtract(
					series[k], series[k - 1]);
			else if (k > 0)
				less += (double)saturate_subtract(
					series[k - 1], series[k]);
		}
		survives = survives && less <= churn * more;
	}
	struct resized together = *r;
	together.more = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t growth = growth_of(size + i * generations, generations);
		grown += growth > 0;
		together.more = saturate_add(together.more, r[i].more);
		if (growth > growth_of(size + most * generations, generations))
			most = i;
	}
	*leak = grown > 1 && survives &&
		judge_is_much(j, r, growth_of(sum, generations)) &&
		growth_goes_on(sum, generations, j->limits->count);
	together.g = r[most].g;
	return !*leak || judge_put_size(j, &together, grown - 1, sum, err);
}

bool judge_sizes(struct judge *j, struct error *err)
{
	size_t n = 0, generations = j->f->l->generations;
	struct resized *list = NULL;
	bool ok = judge_find_resized(j, &list, &n, err);
	int64_t *size = array_new((n + 1) * generations, sizeof *size);
	ok = ok && (size != NULL || error_nomem(err)) &&
	     judge_measure(j, list, n, size, err);
	for (size_t i = 0, end; ok && i < n; i = end) {
		bool leak = false;
		for (end = i + 1; end < n && list[end].anchor == list[i].anchor &&
				  list[end].type == list[i].type &&
				  list[end].label == list[i].label &&
				  list[end].counted == list[i].counted;)
			end++;
		ok = end - i == 1 ||
		     judge_put_sizes(j, list + i, end - i, size + i * generations,
			     size + n * generations, &leak, err);
		for (size_t at = i; ok && !leak && at < end; at++) {
			const int64_t *series = size + at * generations;
			bool alone = list[at].counted
					     ? judge_is_much(j, &list[at],
						       growth_of(series, generations))
					     : list[at].longer;
			if (alone &&
				growth_goes_on(series, generations, j->limits->count))
				ok = judge_put_size(j, &list[at], 0, series, err);
		}
	}
	free(list);
	free(size);
	return ok;
}
