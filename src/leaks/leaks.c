/* SPDX-License-Identifier: MIT */
#include "leaks/leaks.h"

#include "base/array.h"
#include "base/buffer.h"
#include "explain/labels.h"
#include "leaks/judge.h"
#include "leaks/leaks_signature.h"
#include "leaks/process.h"
#include "store/notes.h"

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

/* The object of each finding that stands for all: of its type in its place, the one at
 * the lowest address; what grows by itself stands for itself. */
static bool leaks_find_examples(const struct judge *j, uint32_t *example)
{
	const struct findings *f = j->findings;
	const struct snapshot *s = j->last;
	size_t last = j->f->l->generations - 1;
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
	for (uint32_t n = j->h->ordered; n-- > 0;) {
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
 * shop .LOG"; NULL without.  False on failure. */
static bool leaks_find_owner(
	const struct judge *j, uint32_t node, char **owner, struct error *err)
{
	const struct vocabulary *words = j->last->words;
	uint32_t before = j->h->before[node];
	struct buffer out = BUFFER_INIT;
	char name[LABEL_MAX] = "";
	if (before == GRAPH_NONE)
		return true;
	if ((snapshot_traits(j->last, before) & (TRAIT_MODULE | TRAIT_CLASS)) != 0) {
		struct labels *labels = labels_open(j->f->s->db, j->last->num, err);
		bool ok = labels != NULL &&
			  labels_name(labels, j->last->address[before], name, err);
		labels_close(labels);
		if (!ok)
			return false;
	}
	if (name[0] == '\0')
		buffer_put_text(&out, words->types.text[j->last->type[before]]);
	else
		buffer_printf(&out, "%s %s",
			(snapshot_traits(j->last, before) & TRAIT_MODULE) != 0 ? "module"
									       : "class",
			name);
	const char *label = words->labels.text[j->h->label[node] & ~LABEL_KEY];
	buffer_printf(&out, "%s%s", label[0] == '\0' ? "" : " ", label);
	*owner = buffer_take(&out);
	return *owner != NULL || error_nomem(err);
}

/* What people call a class: by its name alone, unless another leak is of that name, too.
 */
static const char *leaks_name_class(const struct judge *j, uint32_t type)
{
	const struct terms *types = &j->last->words->types;
	const char *text = types->text[type], *bare = text;
	if ((types->flags[type] & TRAIT_MODULED) != 0)
		bare = strrchr(text, '.') + 1;
	for (uint32_t i = 0; i < j->findings->count; i++) {
		uint32_t other = j->findings->item[i].type;
		const char *end = strrchr(types->text[other], '.');
		if (other != type && (types->flags[other] & TRAIT_MODULED) != 0 &&
			strcmp(end + 1, bare) == 0)
			return text;
	}
	return bare;
}

static bool leaks_put(struct leak_list *l, struct judge *j, struct finding *f,
	uint32_t example, struct error *err)
{
	const struct snapshot *s = j->last;
	size_t n = l->generations;
	const char *module, *class = leaks_name_class(j, f->type);
	if (!array_reserve(&l->items, &l->cap, l->count + 1, sizeof *l->items))
		return error_nomem(err);
	struct leak *leak = &l->items[l->count++];
	*leak = (struct leak){ .kind = f->kind,
		.class = strdup(class),
		.origin = origin_of(j->origins, f->type, &module),
		.trend = trend_judge(f->series, n),
		.garbage = f->holder == HOLDER_GARBAGE,
		.classes = f->types,
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
	if (f->kind == LEAK_SIZE && !leaks_find_owner(j, example, &leak->within, err))
		return false;
	if (HOLDER_IS_OBJECT(f->holder))
		leak->holder = s->address[j->f->l->node[n - 1][f->holder]];
	return (leak->class != NULL && (module == NULL || leak->module != NULL)) ||
	       error_nomem(err);
}

/* The last steps, when all is counted. */
static bool leaks_judge(struct leak_list *l, struct forest *f, struct snapshots *s,
	const struct leak_limits *limits, struct error *err)
{
	struct holders h;
	struct origins origins;
	struct findings findings = { .generations = s->count };
	struct judge j = { .f = f,
		.h = &h,
		.origins = &origins,
		.limits = limits,
		.findings = &findings };
	/* The places of the last generation were counted last, so it is there. */
	j.last = snapshots_get(s, s->count - 1, err);
	if (j.last == NULL)
		return false;
	j.str = terms_put(&s->words.types, "str", 3);
	bool ok = holders_init(&h, f->l, j.last, s->db, err);
	bool known = ok && origins_init(&origins, j.last, s->db, err);
	ok = known && judge_all(&j, err);
	/* Gives the findings words. */
	uint32_t *example = ok ? array_new(findings.count, sizeof *example) : NULL;
	ok = ok &&
	     ((example != NULL && leaks_find_examples(&j, example)) || error_nomem(err));
	for (size_t i = 0; ok && i < findings.count; i++)
		ok = findings.item[i].bytes < limits->bytes ||
		     leaks_put(l, &j, &findings.item[i], example[i], err);
	free(example);
	ok = ok && (l->count == 0 || leaks_sign(l, s->db, j.last->num, err));
	if (known)
		origins_fini(&origins);
	holders_fini(&h);
	judge_fini(&j);
	findings_fini(&findings);
	return ok;
}

bool leaks_find(struct leak_list *l, struct db *db, const int64_t *num, size_t n,
	const struct leak_limits *limits, struct error *err)
{
	struct snapshots s;
	struct lineage lineage = { 0 };
	struct forest forest = { 0 };
	*l = (struct leak_list){ .generations = n };
	bool ok = snapshots_init(&s, db, num, n, err) &&
		  process_is_one(&s, &l->identity, err) &&
		  process_weigh(db, num[n > 2], &l->before, err) &&
		  process_weigh(db, num[n - 1], &l->after, err) &&
		  lineage_init(&lineage, &s, l->identity, err) &&
		  forest_init(&forest, &lineage, &s, err) &&
		  leaks_judge(l, &forest, &s, limits, err);
	forest_fini(&forest);
	lineage_fini(&lineage);
	snapshots_fini(&s);
	return ok;
}
