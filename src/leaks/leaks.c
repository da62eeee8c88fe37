/* SPDX-License-Identifier: MIT */
#include "leaks/leaks.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/parallel.h"
#include "explain/labels.h"
#include "graph/graph_kept.h"
#include "leaks/judge.h"
#include "leaks/leaks_signature.h"
#include "leaks/process.h"
#include "paths/path_tree.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void leak_list_fini(struct leak_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->items[i].class);
		free(l->items[i].signature);
		free(l->items[i].site);
		free(l->items[i].module);
		free(l->items[i].within);
		free(l->items[i].series);
	}
	free(l->items);
	path_tree_free(l->paths);
	*l = (struct leak_list){ 0 };
}

/* Does the object refer to another of its class, without a container between them? */
static bool leaks_is_linked(const struct snapshot *s, uint32_t node)
{
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
		if (s->shape[s->child[e]] == s->shape[node])
			return true;
	return false;
}

/* The example of each finding: of the objects of its type in its place the one at the
 * lowest address; of an object that grows by itself that object. */
static bool leaks_find_examples(const struct judge *j, uint32_t *example)
{
	const struct findings *f = j->findings;
	const struct snapshot *s = j->last;
	size_t last = j->f->l->generations - 1, chains = 0;
	/* The last finding of each place, and of each finding the one before it there. */
	uint32_t *of_place = array_new(j->f->places.places, sizeof *of_place);
	uint32_t *before = array_new(f->count, sizeof *before);
	uint64_t *linked = bits_new(f->count);
	if (of_place == NULL || before == NULL || linked == NULL) {
		free(of_place);
		free(before);
		free(linked);
		return false;
	}
	memset(of_place, 0xff, j->f->places.places * sizeof *of_place);
	for (uint32_t i = 0; i < f->count; i++) {
		const struct finding *x = &f->item[i];
		chains += x->kind == LEAK_CHAIN;
		example[i] = GRAPH_NONE;
		if (x->kind == LEAK_SIZE || x->kind == LEAK_REFERENCES)
			example[i] = j->f->l->node[last][x->holder];
		else {
			uint32_t place = judge_find_place(j, x->place);
			before[i] = of_place[place];
			of_place[place] = i;
		}
	}
	for (uint32_t node = s->nodes; node-- > 0;) {
		uint32_t place = j->f->place[node];
		uint32_t i = place == PLACE_NONE ? PLACE_NONE
						 : of_place[judge_find_place(j, place)];
		for (; i != PLACE_NONE; i = before[i]) {
			if (f->item[i].type != s->shape[node])
				continue;
			example[i] = node;
			if (f->item[i].kind == LEAK_CHAIN && leaks_is_linked(s, node))
				bits_put(linked, i);
		}
	}
	/* A path along objects that refer to each other directly is folded.  Where they
	 * do through containers, the example is where the way from the roots enters. */
	uint32_t ordered = chains > bits_count(linked, f->count) ? j->h->ordered : 0;
	for (uint32_t n = ordered; n-- > 0;) {
		uint32_t node = j->f->l->node[last][j->h->order[n]];
		for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
			uint32_t c = s->child[e], place = j->f->place[c];
			uint32_t i = place == PLACE_NONE
					     ? PLACE_NONE
					     : of_place[judge_find_place(j, place)];
			for (; i != PLACE_NONE; i = before[i])
				if (f->item[i].kind == LEAK_CHAIN &&
					!bits_has(linked, i) &&
					f->item[i].type == s->shape[c])
					example[i] = c;
		}
	}
	free(of_place);
	free(before);
	free(linked);
	return true;
}

/* What has the object that grows, and what it calls it: "Converter .outtext", "module
 * shop .LOG". */
static bool leaks_say_owner(struct leak *leak, const struct judge *j, uint32_t type,
	uint32_t example, struct error *err)
{
	const struct snapshot *s = j->last;
	uint32_t held = example, owner = j->h->way[held].before;
	/* The bytes of a BytesIO bear its name, and a tuple in between says nothing. */
	while (owner != GRAPH_NONE && j->h->way[owner].before != GRAPH_NONE &&
		(s->type[owner] == type ||
			(snapshot_traits(s, owner) & TRAIT_FROZEN) != 0)) {
		held = owner;
		owner = j->h->way[held].before;
	}
	if (owner == GRAPH_NONE)
		return true;
	unsigned traits = snapshot_traits(s, owner);
	char name[LABEL_MAX] = "";
	if ((traits & (TRAIT_MODULE | TRAIT_CLASS)) != 0) {
		struct labels *labels = labels_open(j->f->s->db, s->num, err);
		bool ok = labels != NULL &&
			  labels_name(labels, s->address[owner], name, err);
		labels_close(labels);
		if (!ok)
			return false;
	}
	struct buffer within = BUFFER_INIT;
	if (name[0] == '\0')
		buffer_put_text(&within, s->words->types.text[s->type[owner]]);
	else
		buffer_printf(&within, "%s %s",
			(traits & TRAIT_MODULE) != 0 ? "module" : "class", name);
	const char *label = s->words->labels.text[j->h->way[held].label & ~LABEL_KEY];
	/* A variable that closures share has a name of its own. */
	if ((traits & TRAIT_SCOPE) != 0 && label[0] != '\0')
		buffer_clear(&within);
	buffer_printf(
		&within, "%s%s", label[0] == '\0' || within.len == 0 ? "" : " ", label);
	leak->within = buffer_take(&within);
	return leak->within != NULL || error_nomem(err);
}

/* The object that a reader knows the holder by: a table is a part of its container, and
 * a chain that hangs on a variable begins with its first link. */
static uint32_t leaks_container(
	const struct judge *j, const struct finding *f, uint32_t example)
{
	const uint32_t holder = f->holder;
	const uint32_t *node = j->f->l->node[j->findings->generations - 1];
	uint32_t whole = holder;
	while ((snapshot_traits(j->last, node[whole]) & TRAIT_PART) != 0 &&
		j->h->link[whole].parent != GRAPH_NONE)
		whole = j->h->link[whole].parent;
	/* What belongs to code is no container's: the variables of a scope. */
	unsigned code = TRAIT_PART | TRAIT_FUNCTION | TRAIT_CLASS | TRAIT_MODULE;
	if ((snapshot_traits(j->last, node[whole]) & code) == 0)
		return node[whole];
	bool variable = f->kind == LEAK_CHAIN &&
			(snapshot_traits(j->last, node[holder]) & TRAIT_PART) != 0;
	for (uint32_t at = example; variable && at != GRAPH_NONE;
		at = j->h->way[at].before)
		if (j->h->way[at].before == node[holder])
			return at;
	return node[holder];
}

/* Appends a finding as a leak, with words. */
static bool leaks_put(struct leak_list *l, struct judge *j, struct finding *f,
	uint32_t example, struct error *err)
{
	const struct snapshot *s = j->last;
	const struct terms *types = &s->words->types;
	size_t n = l->generations;
	assert(f->series != NULL && n == j->f->l->generations);
	/* A class is called by its name alone, unless another leak has that name too. */
	const char *module, *class = types->text[f->type];
	const char *bare = (types->flags[f->type] & TRAIT_MODULED) != 0
				   ? strrchr(class, '.') + 1
				   : class;
	bool shared = false;
	for (uint32_t i = 0; !shared && i < j->findings->count; i++) {
		uint32_t other = j->findings->item[i].type;
		shared = other != f->type && (types->flags[other] & TRAIT_MODULED) != 0 &&
			 strcmp(strrchr(types->text[other], '.') + 1, bare) == 0;
	}
	class = shared ? class : bare;
	if (!array_reserve(&l->items, &l->cap, l->count + 1, sizeof *l->items))
		return error_nomem(err);
	struct leak *leak = &l->items[l->count++];
	*leak = (struct leak){ .kind = f->kind,
		.class = strdup(class),
		.origin = origin_of(j->origins, f->type, &module),
		.trend = trend_judge(f->series, n),
		.garbage = f->holder == HOLDER_GARBAGE,
		.classes = f->types,
		.items = f->items,
		.growth = f->growth,
		.bytes = f->bytes,
		.series = f->series,
		.example = example == GRAPH_NONE ? 0 : s->address[example] };
	f->series = NULL;
	if (module != NULL)
		leak->module = strdup(module);
	if (leak->example != 0 &&
		!notes_find_site(j->f->s->db, s->num, leak->example, &leak->site, err))
		return false;
	if (f->kind == LEAK_SIZE && !leaks_say_owner(leak, j, f->type, example, err))
		return false;
	if (HOLDER_IS_OBJECT(f->holder))
		leak->holder = s->address[leaks_container(j, f, example)];
	return (leak->class != NULL && (module == NULL || leak->module != NULL)) ||
	       error_nomem(err);
}

/* Two things that are found out about the same objects. */
struct leaks_counting {
	struct forest *forest;
	struct holders *h;
	const struct lineage *lineage;
	struct snapshots *s;
	const struct snapshot *last;
	struct error err[2];
	bool ok[2];
};

/* Only the holders may ask the database: they are the call of this thread. */
static void leaks_count(void *context, unsigned index)
{
	struct leaks_counting *c = context;
	if (index == 0)
		c->ok[0] = holders_init(c->h, c->lineage, c->last, c->s->db, &c->err[0]);
	else
		c->ok[1] = forest_init(c->forest, c->lineage, c->s, &c->err[1]);
}

/* Counts all generations, and finds what holds the objects of the last. */
static bool leaks_look(struct leaks_counting *c, struct error *err)
{
	struct snapshots *s = c->s;
	bool beside = snapshots_are_loaded(s);
	if (beside) {
		/* What the snapshots are made of is free now for the graphs, which the
		 * holders and those who look at the leaks need. */
		graph_kept_prepare(s->db, s->num, s->count, false);
		c->last = snapshots_get(s, s->count - 1, err);
		c->err[0] = c->err[1] = ERROR_INIT;
		parallel_run(2, leaks_count, c);
		for (int i = 0; i < 2; i++)
			if (!c->ok[i])
				return error_pass(err, &c->err[i]);
		return true;
	}
	if (!forest_init(c->forest, c->lineage, s, err))
		return false;
	/* The last generation was the last that was counted, so it is there. */
	c->last = snapshots_get(s, s->count - 1, err);
	return c->last != NULL && holders_init(c->h, c->lineage, c->last, s->db, err);
}

bool leaks_find(struct leak_list *l, struct db *db, const int64_t *num, size_t n,
	const struct leak_limits *limits, struct error *err)
{
	struct snapshots s;
	struct lineage lineage = { 0 };
	struct forest forest = { 0 };
	struct holders h = { 0 };
	struct origins origins;
	struct findings findings = { .generations = n };
	struct judge j = { .f = &forest,
		.h = &h,
		.origins = &origins,
		.limits = limits,
		.findings = &findings };
	assert(n >= 2);
	*l = (struct leak_list){ .generations = n };
	struct leaks_counting counting = {
		.forest = &forest, .h = &h, .lineage = &lineage, .s = &s
	};
	bool ok = snapshots_init(&s, db, num, n, err) &&
		  process_is_one(&s, &l->identity, err) &&
		  process_weigh(db, num[n > 2], &l->before, err) &&
		  process_weigh(db, num[n - 1], &l->after, err) &&
		  lineage_init(&lineage, &s, l->identity, err) &&
		  leaks_look(&counting, err);
	j.last = counting.last;
	bool python = ok && s.words.types.runtime == &runtime_cpython;
	j.str = python ? terms_put(&s.words.types, "str", 3) : TERM_NONE;
	bool known = ok && origins_init(&origins, j.last, db, err);
	/* Judges what was counted. */
	ok = known && judge_all(&j, err);
	/* Gives the findings words. */
	uint32_t *example = ok ? array_new(findings.count, sizeof *example) : NULL;
	ok = ok &&
	     ((example != NULL && leaks_find_examples(&j, example)) || error_nomem(err));
	for (size_t i = 0; ok && i < findings.count; i++)
		ok = findings.item[i].bytes < limits->bytes ||
		     leaks_put(l, &j, &findings.item[i], example[i], err);
	free(example);
	if (known)
		origins_fini(&origins);
	holders_fini(&h);
	judge_fini(&j);
	findings_fini(&findings);
	forest_fini(&forest);
	lineage_fini(&lineage);
	snapshots_fini(&s);
	/* The paths need room of their own. */
	return ok && (l->count == 0 || leaks_sign(l, db, num[n - 1], err));
}
