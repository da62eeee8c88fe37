/* SPDX-License-Identifier: MIT */
#include "explain/owner_places.h"

#include "base/array.h"
#include "base/magnitude.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/saturate.h"
#include "base/search.h"
#include "store/db.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Per cent of the heap from which on an object is a place of its own. */
#define PLACES_LEAST 0.2
#define PLACES_DEPTH 12
/* Per cent of the heap from which on a cell of a treemap is opened. */
#define PLACES_MOST 40.0

enum place_kind { PLACE_HEAP, PLACE_PACKAGE, PLACE_MODULE, PLACE_OBJECT, PLACE_TYPE };

struct place {
	enum place_kind kind;
	uint32_t parent;
	uint32_t depth;
	/* A package's and a module's name, borrowed; an object's node; a type's number.
	 */
	const char *text;
	size_t text_len;
	uint32_t number;
	enum name_owner owner;
	int64_t bytes;    /* of it and all below */
	uint32_t objects; /* of it and all below */
	uint32_t own;     /* objects that are it */
};

struct places {
	struct analysis *a;
	struct name_tree *names;
	const struct objects *o;
	struct place *items;
	size_t count, cap;
	/* Until all objects have their places; of each node its own, and are the objects
	 * that it owns not below it? */
	struct map by_key;
	uint32_t *of;
	unsigned char *open;
	uint32_t *order; /* of places, in which they are drawn */
	double least;    /* bytes */
	bool flat; /* the runtime has no modules: objects are below the heap itself */
};

/* --- finding places ---------------------------------------------------------------- */

struct place_key {
	const struct places *p;
	const struct place *place;
};

static bool places_same(const void *key, uint32_t item)
{
	const struct place_key *k = key;
	const struct place *a = k->place, *b = &k->p->items[item];
	return a->parent == b->parent && a->kind == b->kind && a->number == b->number &&
	       a->text_len == b->text_len &&
	       (a->text_len == 0 || memcmp(a->text, b->text, a->text_len) == 0);
}

/* The place that is equal, or a new one; PLOT_NONE out of memory. */
static uint32_t places_put(struct places *p, const struct place *place)
{
	struct place_key key = { p, place };
	uint64_t hash = map_hash_number(place->parent, place->kind);
	hash = map_hash_number(hash, place->number);
	for (size_t i = 0; i < place->text_len; i++)
		hash = map_hash_number(hash, (unsigned char)place->text[i]);
	uint32_t found = map_find(&p->by_key, hash, places_same, &key);
	if (found != MAP_NONE)
		return found;
	if (!array_reserve(&p->items, &p->cap, p->count + 1, sizeof *p->items) ||
		!map_put(&p->by_key, hash, (uint32_t)p->count))
		return PLOT_NONE;
	assert(place->parent == PLOT_NONE || place->parent < p->count);
	p->items[p->count] = *place;
	p->items[p->count].depth =
		place->parent == PLOT_NONE ? 0 : p->items[place->parent].depth + 1;
	return (uint32_t)p->count++;
}

/* The place of the module that an object's name begins with.  Where it begins with none:
 * that of what has no name, or the heap itself in a runtime without modules. */
static uint32_t places_of_module(struct places *p, uint32_t node)
{
	const char *module = name_module(p->names, node);
	enum name_owner owner = name_owner(p->names, node);
	size_t len = module == NULL ? 0 : strlen(module);
	if (module == NULL && p->flat)
		return 0;
	struct place place = { .kind = PLACE_PACKAGE,
		.text = module == NULL ? "" : module,
		.text_len = module == NULL ? 0 : strcspn(module, "."),
		.owner = owner };
	uint32_t package = places_put(p, &place);
	if (package == PLOT_NONE || len == place.text_len)
		return package;
	place.kind = PLACE_MODULE;
	place.text_len = len;
	place.parent = package;
	return places_put(p, &place);
}

/* The place of a node whose dominator has one. */
static uint32_t places_choose(
	struct places *p, const struct dominators *d, uint32_t node, uint32_t module)
{
	uint32_t up = d->immediate[node], owner;
	if (p->o->type[node] == module)
		return places_of_module(p, node);
	if (name_is_attributes(p->names, node, &owner)) {
		/* A module's functions hold its dict too, which has no owner then. */
		if (owner == up && !p->open[up])
			return p->of[up];
		if (p->o->type[owner] == module)
			return places_of_module(p, owner);
	}
	uint32_t base = up >= DOMINATORS_TOP || p->open[up] ? places_of_module(p, node)
							    : p->of[up];
	if (base == PLOT_NONE || p->items[base].depth >= PLACES_DEPTH)
		return base;
	/* What many own together has no name of its own. */
	bool many = p->items[base].kind == PLACE_TYPE;
	struct place place = { .kind = PLACE_TYPE,
		.parent = base,
		.number = p->o->type[node],
		.owner = p->items[base].owner };
	if (!many && (double)p->a->retained[node] >= p->least) {
		place.kind = PLACE_OBJECT;
		place.number = node;
	}
	uint32_t at = places_put(p, &place);
	if (at != PLOT_NONE)
		p->items[at].own++;
	return at;
}

/* --- the plot ---------------------------------------------------------------------- */

struct places_plot {
	struct places *p;
	const int64_t *before; /* of each place: its bytes in the heap before; or NULL */
	struct plot *plot;
	struct buffer name, above; /* expressions; made when they are asked for */
};

static int places_compare(const void *a, const void *b, void *context)
{
	const struct place *items = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	if (items[x].parent != items[y].parent)
		return items[x].parent < items[y].parent ? -1 : 1;
	if (items[x].bytes != items[y].bytes)
		return items[x].bytes > items[y].bytes ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Sets `out` to the expression of a place, empty where it has none. */
static bool places_put_expression(struct places *p, const struct place *place,
	struct buffer *out, struct error *err)
{
	buffer_clear(out);
	if (place->kind == PLACE_PACKAGE || place->kind == PLACE_MODULE)
		buffer_put(out, place->text, place->text_len);
	else if (place->kind == PLACE_OBJECT)
		return name_put(p->names, place->number, out, err);
	return true;
}

static const char *places_type(const struct places *p, const struct place *place)
{
	uint32_t type =
		place->kind == PLACE_TYPE ? place->number : p->o->type[place->number];
	return p->o->name[type];
}

static enum plot_colour places_colour(const struct places *p, const struct place *place)
{
	static const enum plot_colour colours[] = { [NAME_NOBODY] = PLOT_NOBODY,
		[NAME_PROGRAM] = PLOT_PROGRAM,
		[NAME_PACKAGE] = PLOT_PACKAGE,
		[NAME_LIBRARY] = PLOT_LIBRARY };
	return place->kind == PLACE_HEAP ? PLOT_REST
	       : p->flat                 ? PLOT_PLAIN
					 : colours[place->owner];
}

/* Adds a place to the plot.  Its name is what its parent's name does not say. */
static bool places_put_item(struct places_plot *v, uint32_t index, uint32_t parent,
	int64_t bytes, struct error *err)
{
	const struct place *place = &v->p->items[index];
	struct buffer words = BUFFER_INIT;
	bool ok = true;
	if (place->kind == PLACE_HEAP) {
		buffer_put_text(&words, "heap");
	} else if (place->kind == PLACE_TYPE) {
		if (place->own > 1) {
			char count[MAGNITUDE_MAX];
			magnitude_count(count, place->own);
			buffer_printf(&words, "%s \xc3\x97 ", count);
		}
		buffer_put_text(&words, places_type(v->p, place));
	} else {
		const struct place *up = &v->p->items[place->parent];
		ok = places_put_expression(v->p, place, &v->name, err) &&
		     places_put_expression(v->p, up, &v->above, err);
		const char *name = buffer_text(&v->name), *above = buffer_text(&v->above);
		size_t len = v->above.len;
		bool within = len > 0 && v->name.len > len &&
			      strncmp(name, above, len) == 0 &&
			      strchr(".[(", name[len]) != NULL;
		bool object = up->kind == PLACE_OBJECT;
		if (within)
			name += len + (name[len] == '.' && !object);
		if (*name == '\0')
			name = place->kind == PLACE_OBJECT ? places_type(v->p, place)
							   : "no name";
		buffer_put_text(&words, name);
		if (within && object)
			buffer_printf(&words, " %s", places_type(v->p, place));
	}
	bool told = ok && place->kind == PLACE_OBJECT && v->name.len > 0 &&
		    strcmp(buffer_text(&v->name), buffer_text(&words)) != 0;
	struct plot_item item = { .name = (char *)buffer_text(&words),
		.before = v->before == NULL ? 0 : v->before[index],
		.detail = told ? (char *)buffer_text(&v->name) : NULL,
		.parent = parent,
		.value = bytes,
		.count = place->objects,
		.address = place->kind == PLACE_OBJECT
				   ? v->p->a->g->address[place->number]
				   : 0,
		.colour = places_colour(v->p, place) };
	ok = ok && (!words.failed || error_nomem(err)) && plot_put(v->plot, &item, err);
	buffer_fini(&words);
	return ok;
}

/* The children of a place in p->order: where they begin. */
static size_t places_children(const struct places *p, uint32_t parent)
{
	size_t at;
	SEARCH_FIRST(at, p->count - 1, p->items[p->order[at]].parent >= parent);
	return at;
}

static bool places_put_tree(
	struct places_plot *v, uint32_t index, uint32_t parent, struct error *err)
{
	const struct places *p = v->p;
	uint32_t at = (uint32_t)v->plot->count;
	if (!places_put_item(v, index, parent, p->items[index].bytes, err))
		return false;
	for (size_t i = places_children(p, index);
		i < p->count - 1 && p->items[p->order[i]].parent == index; i++)
		if ((double)p->items[p->order[i]].bytes * 4 >= p->least &&
			!places_put_tree(v, p->order[i], at, err))
			return false;
	return true;
}

/* A cell of a treemap.  One that is most of the heap says nothing by itself: it has what
 * it owns as cells of its own. */
static bool places_put_cell(
	struct places_plot *v, uint32_t index, uint32_t parent, struct error *err)
{
	const struct places *p = v->p;
	uint32_t at = (uint32_t)v->plot->count;
	int64_t bytes = p->items[index].bytes;
	bool ok = places_put_item(v, index, parent, bytes, err);
	if (100.0 * (double)bytes < PLACES_MOST * (double)p->items[0].bytes)
		return ok;
	for (size_t i = places_children(p, index);
		ok && i < p->count - 1 && p->items[p->order[i]].parent == index; i++)
		if ((double)p->items[p->order[i]].bytes >= p->least)
			ok = places_put_cell(v, p->order[i], at, err);
	return ok;
}

/* The heap with a cell for each package, in which are the cells of its modules; of a
 * module that is large what it consists of.  Packages that are too small to be seen are
 * counted, but for a few at the front, which the picture in words tells of. */
static bool places_put_treemap(struct places_plot *v, struct error *err)
{
	enum { TOLD = 5 };
	const struct places *p = v->p;
	if (!places_put_item(v, 0, PLOT_NONE, p->items[0].bytes, err))
		return false;
	for (size_t i = 0; i < p->count - 1 && p->items[p->order[i]].parent == 0; i++) {
		uint32_t package = (uint32_t)v->plot->count, index = p->order[i];
		if (i >= TOLD && (double)p->items[index].bytes * 4 < p->least) {
			v->plot->unseen++;
			v->plot->unseen_colours |= 1U
						   << places_colour(p, &p->items[index]);
			continue;
		}
		if (!places_put_item(v, index, 0, p->items[index].bytes, err))
			return false;
		for (size_t j = places_children(p, index);
			j < p->count - 1 && p->items[p->order[j]].parent == index; j++) {
			uint32_t child = p->order[j];
			const struct place *place = &p->items[child];
			int64_t left = place->bytes;
			bool parts = place->kind == PLACE_MODULE &&
				     (double)place->bytes >= 15 * p->least;
			for (size_t k = places_children(p, child);
				parts && k < p->count - 1; k++) {
				const struct place *part = &p->items[p->order[k]];
				if (part->parent != child ||
					(double)part->bytes < p->least)
					break;
				if (!places_put_cell(v, p->order[k], package, err))
					return false;
				left = saturate_subtract(left, part->bytes);
			}
			bool whole = left == place->bytes;
			if ((double)left * 4 >= p->least &&
				!(whole ? places_put_cell(v, child, package, err)
					: places_put_item(v, child, package, left, err)))
				return false;
		}
	}
	return true;
}

/* The places of a heap, largest first below each parent. */
static bool places_make(struct places *p, struct error *err)
{
	enum { AHEAD = 10 };
	p->o = analysis_objects(p->a, err);
	if (p->o == NULL)
		return false;
	const struct dominators *d = analysis_retained(p->a, err);
	int64_t all;
	uint32_t objects;
	if (d == NULL || !analysis_total(p->a, &all, &objects, err))
		return false;
	uint32_t module = objects_find_type(p->o, "module");
	const struct place heap = { .kind = PLACE_HEAP, .parent = PLOT_NONE };
	p->least = (double)all * PLACES_LEAST / 100;
	p->flat = module == GRAPH_NONE;
	p->of = array_new(d->nodes, sizeof *p->of);
	p->open = array_new_zeroed(d->nodes, sizeof *p->open);
	if (p->of == NULL || p->open == NULL || places_put(p, &heap) == PLOT_NONE)
		return error_nomem(err);
	/* An object that owns modules, directly or not, such as sys.modules, belongs to
	 * the interpreter: the other objects that it owns get no place below it. */
	for (uint32_t node = 0; module != GRAPH_NONE && node < p->o->nodes; node++) {
		if (p->o->type[node] != module)
			continue;
		uint32_t up = d->immediate[node];
		while (up < DOMINATORS_TOP && p->o->type[up] != module && !p->open[up]) {
			p->open[up] = 1;
			up = d->immediate[up];
		}
	}
	for (uint32_t i = 0; i < d->reachable; i++) {
		uint32_t node = d->order[i];
		/* Asks for what the objects behind this one need. */
		if (i + 2 * AHEAD < d->reachable) {
			uint32_t far = d->order[i + 2 * AHEAD];
			__builtin_prefetch(&d->immediate[far]);
			__builtin_prefetch(&p->o->type[far]);
			__builtin_prefetch(&p->o->size[far]);
			__builtin_prefetch(&p->a->retained[far]);
			__builtin_prefetch(&p->a->owner[far]);
			name_prefetch(p->names, far);
		}
		if (i + AHEAD < d->reachable) {
			uint32_t up = d->immediate[d->order[i + AHEAD]];
			if (up < DOMINATORS_TOP) {
				__builtin_prefetch(&p->of[up]);
				__builtin_prefetch(&p->open[up]);
			}
		}
		uint32_t at = p->of[node] = places_choose(p, d, node, module);
		if (at == PLOT_NONE)
			return error_nomem(err);
		p->items[at].bytes = saturate_add(p->items[at].bytes, p->o->size[node]);
		p->items[at].objects++;
	}
	/* The places may be kept for long, and a heap may have as many as objects. */
	map_fini(&p->by_key);
	free(p->of);
	free(p->open);
	p->of = NULL;
	p->open = NULL;
	/* Parents come before their children. */
	for (size_t i = p->count; i-- > 1;) {
		assert(p->items[i].parent < i);
		struct place *up = &p->items[p->items[i].parent];
		up->bytes = saturate_add(up->bytes, p->items[i].bytes);
		up->objects += p->items[i].objects;
	}
	p->order = array_new(p->count, sizeof *p->order);
	if (p->order == NULL)
		return error_nomem(err);
	for (size_t i = 1; i < p->count; i++)
		p->order[i - 1] = (uint32_t)i;
	if (p->count > 2)
		qsort_r(p->order, p->count - 1, sizeof *p->order, places_compare,
			p->items);
	return true;
}

static void places_fini(struct places *p)
{
	map_fini(&p->by_key);
	free(p->items);
	free(p->of);
	free(p->open);
	free(p->order);
}

static bool places_draw(
	struct places *p, struct plot *plot, const int64_t *before, struct error *err)
{
	struct places_plot v = { .p = p, .plot = plot, .before = before };
	plot->compares = before != NULL;
	plot->bytes = true;
	/* Names are read from the tables, one small query each. */
	if (!db_read_begin(p->a->db, err))
		return false;
	bool ok = plot->kind == PLOT_TREEMAP ? places_put_treemap(&v, err)
					     : places_put_tree(&v, 0, PLOT_NONE, err);
	db_read_end(p->a->db);
	buffer_fini(&v.name);
	buffer_fini(&v.above);
	return ok;
}

struct places *owner_places_new(
	struct analysis *a, struct name_tree *names, struct error *err)
{
	struct places *p = array_new_zeroed(1, sizeof *p);
	if (p == NULL) {
		error_nomem(err);
		return NULL;
	}
	p->a = a;
	p->names = names;
	if (places_make(p, err))
		return p;
	owner_places_free(p);
	return NULL;
}

void owner_places_free(struct places *p)
{
	if (p == NULL)
		return;
	places_fini(p);
	free(p);
}

struct plot *owner_places_plot(
	struct places *p, enum plot_kind kind, const char *caption, struct error *err)
{
	struct plot *plot = plot_new(kind, caption);
	if (plot == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (places_draw(p, plot, NULL, err))
		return plot;
	plot_free(plot);
	return NULL;
}

/* --- two heaps --------------------------------------------------------------------- */

/* Is place `a` of one heap what place `b` of another is? */
static bool places_match(
	struct places *p, const struct place *a, struct places *q, const struct place *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == PLACE_PACKAGE || a->kind == PLACE_MODULE)
		return a->text_len == b->text_len &&
		       memcmp(a->text, b->text, a->text_len) == 0;
	if (strcmp(places_type(p, a), places_type(q, b)) != 0)
		return false;
	return a->kind == PLACE_TYPE ||
	       p->a->g->address[a->number] == q->a->g->address[b->number];
}

/* Finds the children of `a` among those of `b`, and their sizes before. */
static void places_look_back(
	struct places *p, uint32_t a, struct places *q, uint32_t b, int64_t *before)
{
	before[a] = q->items[b].bytes;
	for (size_t i = places_children(p, a);
		i < p->count - 1 && p->items[p->order[i]].parent == a; i++) {
		uint32_t child = p->order[i];
		/* What is not drawn needs no past. */
		if ((double)p->items[child].bytes * 4 < p->least)
			break;
		for (size_t k = places_children(q, b);
			k < q->count - 1 && q->items[q->order[k]].parent == b; k++)
			if (places_match(
				    p, &p->items[child], q, &q->items[q->order[k]])) {
				places_look_back(p, child, q, q->order[k], before);
				break;
			}
	}
}

struct places_pair {
	struct places *p[2];
	struct error err[2];
	bool ok[2];
};

static void places_make_one(void *context, size_t i)
{
	struct places_pair *pair = context;
	pair->ok[i] = places_make(pair->p[i], &pair->err[i]);
}

struct plot *owner_places_compare(struct analysis *a, struct name_tree *names,
	const struct owner_places_heap *then, const char *caption, struct error *err)
{
	struct places now = { .a = a, .names = names };
	struct places was = { .a = then->a, .names = then->names };
	struct plot *plot = plot_new(PLOT_ICICLE, caption);
	int64_t *before = NULL;
	struct places_pair pair = { .p = { &now, &was } };
	bool ok = plot != NULL || error_nomem(err);
	for (int i = 0; ok && i < 2; i++) {
		/* What the threads shall not ask the database for. */
		int64_t bytes;
		uint32_t objects;
		struct analysis *one = pair.p[i]->a;
		pair.err[i] = ERROR_INIT;
		ok = analysis_retained(one, err) != NULL &&
		     analysis_total(one, &bytes, &objects, err);
	}
	if (ok)
		parallel_each(2, places_make_one, &pair);
	for (int i = 0; ok && i < 2; i++)
		ok = pair.ok[i] || error_pass(err, &pair.err[i]);
	if (ok) {
		before = array_new_zeroed(now.count, sizeof *before);
		ok = before != NULL || error_nomem(err);
	}
	if (ok) {
		places_look_back(&now, 0, &was, 0, before);
		ok = places_draw(&now, plot, before, err);
	}
	free(before);
	places_fini(&now);
	places_fini(&was);
	if (ok)
		return plot;
	plot_free(plot);
	return NULL;
}
