/* SPDX-License-Identifier: MIT */
#include "answers/leak_cards.h"

#include "base/array.h"
#include "base/magnitude.h"
#include "explain/labels.h"
#include "explain/name.h"
#include "graph/graph_kept.h"
#include "output/writer.h"
#include "paths/path.h"
#include "paths/priority_rules.h"
#include "picture/html.h"
#include "result/card.h"
#include "result/drawing.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CARDS_MAX = 40,   /* leaks that have one */
	CARDS_ROWS = 32,  /* of the chain as a table */
	CARDS_SHOWN = 7,  /* boxes of a chain; those between them are folded */
	CARDS_VIA = 3,    /* types that are hidden in one reference and said */
	CARDS_POINTS = 6, /* numbers of a series that are said */
};

/* A box of a chain, and the texts that it points to. */
struct cards_box {
	struct drawing_node box;
	struct buffer title, note;
	int64_t many; /* objects that it is for, as those below it */
};

/* What all cards are made from: the heap of the last generation. */
struct cards {
	struct session *s;
	const struct leak_report *l;
	struct analysis *own_analysis; /* the last generation is not the current one */
	struct name_tree *own_names;
	struct analysis *a;
	struct name_tree *names;
	struct error *err; /* of the names */
	struct labels *labels;
	enum type_kind *kinds; /* of each type */
	struct result *steps;
};

/* An object on the way to a leak. */
struct cards_step {
	uint32_t node;
	struct label label; /* of the reference to it */
	bool attributes;    /* it is the dict in which the object before keeps its own */
	bool hidden;        /* the chain shows it as part of a reference, or not at all */
};

struct cards_way {
	struct cards_step *step;
	size_t count;
	size_t holder; /* which of them gets more and more; SIZE_MAX: none is known */
};

/* The way from a root to the example of a leak: by the names to its holder, and from
 * there by the shortest way.  `way->count` stays 0 for garbage. */
static bool cards_find_way(struct cards *c, const struct leak *leak,
	struct cards_way *way, struct error *err)
{
	const struct graph *g = c->a->g;
	uint32_t end = graph_find_node(g, leak->example);
	uint32_t holder =
		leak->holder == 0 ? GRAPH_NONE : graph_find_node(g, leak->holder);
	struct priority low = { 0 };
	struct path_list below = { 0 };
	way->holder = SIZE_MAX;
	if (end == GRAPH_NONE || leak->garbage)
		return true;
	/* Where the holder does not lead there by itself, the names do. */
	bool ok = true;
	if (holder != GRAPH_NONE && holder != end &&
		name_from(c->names, holder) != GRAPH_NONE) {
		const struct path_query q = { .sources = &holder,
			.source_count = 1,
			.targets = &end,
			.target_count = 1,
			.low = &low };
		ok = priority_load(c->s->db, c->a->objects, &low, err) &&
		     path_find(g, &q, &below, err);
	}
	uint32_t from = below.count > 0 ? holder : end;
	size_t above = 0, more = below.count > 0 ? below.node_count : 1;
	for (uint32_t at = from; ok && name_from(c->names, at) != GRAPH_NONE;
		at = name_from(c->names, at)) {
		above++;
		if (name_from(c->names, at) == at)
			break;
	}
	if (ok && above > 0) {
		way->step = array_new_zeroed(above + more - 1, sizeof *way->step);
		ok = way->step != NULL || error_nomem(err);
	}
	if (ok && above > 0) {
		assert(more > 0 && from < g->nodes);
		way->count = above + more - 1;
		for (size_t i = above; i-- > 0; from = name_from(c->names, from))
			way->step[i].node = from;
		for (size_t i = 1; i < more; i++)
			way->step[above - 1 + i].node = below.node[i];
		if (below.count > 0)
			way->holder = above - 1;
	}
	path_list_fini(&below);
	priority_fini(&low);
	return ok;
}

/* Asks for the labels of a way, and decides what the chain hides: dicts of attributes,
 * cells and the tuples that hold these, and of a long way its middle. */
static bool cards_read_way(struct cards *c, struct cards_way *way, struct error *err)
{
	const int64_t *address = c->a->g->address;
	size_t shown = 0;
	for (size_t i = 0; i < way->count; i++) {
		struct cards_step *step = &way->step[i], *before = step - 1;
		uint32_t owner = GRAPH_NONE;
		if (i > 0 && !labels_find(c->labels, address[before->node],
				     address[step->node], 0, before->attributes,
				     &step->label, err))
			return false;
		step->attributes =
			i > 0 && (step->label.is_dict || (name_is_attributes(c->names,
								  step->node, &owner) &&
								 owner == before->node));
		bool last = i + 1 == way->count;
		step->hidden =
			!last && i > 0 &&
			(step->attributes ||
				(i != way->holder &&
					(c->kinds[c->a->objects->type[step->node]] ==
							KIND_BLOCK ||
						strcmp(step->label.text,
							".__closure__") == 0)));
		shown += !step->hidden;
	}
	assert(way->count == 0 ||
		(!way->step[0].hidden && !way->step[way->count - 1].hidden));
	/* The beginning says where, the end says what. */
	for (size_t i = 2; shown > CARDS_SHOWN && i + 3 < way->count; i++)
		if (!way->step[i].hidden && i != way->holder &&
			(way->holder == SIZE_MAX || i != way->holder + 1)) {
			way->step[i].hidden = true;
			shown--;
		}
	return true;
}

/* How many objects of the type of `child` the object refers to. */
static int64_t cards_siblings(const struct cards *c, uint32_t parent, uint32_t child)
{
	size_t n;
	const uint32_t *children = graph_children(c->a->g, parent, &n);
	const uint32_t *type = c->a->objects->type;
	int64_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += type[children[i]] == type[child];
	return count;
}

/* "20 → 120 → 220". */
static void cards_put_growth(
	const struct cards *c, const struct leak *leak, struct buffer *out)
{
	size_t n = c->l->generations;
	for (size_t k = 0; k < n; k++) {
		/* Of many the first and the last ones. */
		if (n > CARDS_POINTS && k >= CARDS_POINTS / 2 &&
			k + CARDS_POINTS / 2 < n) {
			k = n - CARDS_POINTS / 2 - 1;
			buffer_put_text(out, " \xe2\x86\x92 \xe2\x80\xa6");
			continue;
		}
		buffer_put_text(out, k == 0 ? "" : " \xe2\x86\x92 ");
		if (leak->kind == LEAK_SIZE && !leak->items) {
			char bytes[MAGNITUDE_MAX];
			magnitude_bytes(bytes, (double)leak->series[k]);
			buffer_put_text(out, bytes);
		} else
			html_put_count(out, leak->series[k], false);
	}
}

/* A place in a dict says nothing to a reader: `{3}`, `.{3}`. */
static const char *cards_label(const struct label *label)
{
	const char *text = label->text;
	bool attribute = text[0] == '.';
	if (text[attribute] != '{')
		return text;
	return attribute ? "an attribute" : "a value";
}

/* The box of a step, for `many` objects when that is not 1.  It points into `title` and
 * `note`, which are filled here. */
static bool cards_make_box(struct cards *c, const struct leak *leak,
	const struct cards_way *way, size_t i, struct cards_box *made, struct error *err)
{
	uint32_t node = way->step[i].node;
	bool last = i + 1 == way->count;
	bool counted = leak->kind == LEAK_OBJECTS || leak->kind == LEAK_MIXED;
	/* A hidden holder is the dict of the object that is shown for it. */
	bool holds =
		i == way->holder || (way->holder == i + 1 && way->step[i + 1].hidden);
	bool grows = leak->kind == LEAK_SIZE ? last : holds;
	buffer_clear(&made->title);
	buffer_clear(&made->note);
	if (grows) {
		buffer_put_text(&made->note, "grows: ");
		cards_put_growth(c, leak, &made->note);
	}
	if (last && counted && leak->series[c->l->generations - 1] > 0)
		made->many = leak->series[c->l->generations - 1];
	/* A single module, class or function has its name in the title. */
	enum type_kind kind = c->kinds[c->a->objects->type[node]];
	bool module = kind == KIND_MODULE, class = kind == KIND_CLASS, ok = true;
	struct buffer name = BUFFER_INIT;
	if (made->many == 1 && (module || class || kind == KIND_FUNCTION))
		ok = name_put(c->names, node, &name, err);
	buffer_printf(&made->title, "%s%s%s%s",
		class && name.len > 0 ? "class" : objects_type(c->a->objects, node),
		name.len > 0 ? " " : "", buffer_text(&name),
		last && leak->kind == LEAK_MIXED ? " and others" : "");
	ok = ok && (!(name.failed || made->title.failed) || error_nomem(err));
	buffer_fini(&name);
	if (!ok)
		return false;
	made->box = (struct drawing_node){ .id = (uint64_t)c->a->g->address[node],
		.title = (char *)buffer_text(&made->title),
		.bytes = c->a->objects->size[node],
		.count = made->many,
		.retained = made->many == 1 ? c->a->retained[node] : 0,
		.note = grows ? (char *)buffer_text(&made->note) : NULL,
		.flags = (i == 0 ? DRAWING_SOURCE : 0u) | (last ? DRAWING_TARGET : 0u) |
			 (grows ? DRAWING_GROWN : 0u) |
			 (made->many > 1 ? DRAWING_EACH : 0u) |
			 (module ? DRAWING_CODE : 0u) };
	return !made->note.failed || error_nomem(err);
}

/* The n-th object that a reference goes through: a few are named, more are counted. */
static void cards_put_via(
	const struct cards *c, uint32_t node, size_t n, struct buffer *via)
{
	if (n <= CARDS_VIA) {
		buffer_printf(via, "%s%s", n > 1 ? ", " : "",
			objects_type(c->a->objects, node));
		return;
	}
	buffer_clear(via);
	char count[MAGNITUDE_MAX];
	magnitude_count(count, (int64_t)n);
	buffer_printf(via, "%s objects", count);
}

/* The chain of a way: a hidden object becomes part of the reference that continues. */
static bool cards_draw(struct cards *c, const struct leak *leak,
	const struct cards_way *way, struct drawing *d, struct error *err)
{
	struct cards_box made = { .many = 1, .title = BUFFER_INIT, .note = BUFFER_INIT };
	struct buffer via = BUFFER_INIT;
	const struct label *label = NULL;
	size_t before = SIZE_MAX, passed = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < way->count; i++) {
		const struct cards_step *step = &way->step[i];
		bool item = way->holder != SIZE_MAX && i == way->holder + 1;
		if (i > 0 && label == NULL && !step->attributes &&
			step->label.text[0] != '\0')
			label = &step->label;
		if (item)
			made.many = cards_siblings(
				c, way->step[way->holder].node, step->node);
		if (step->hidden) {
			if (!step->attributes)
				cards_put_via(c, step->node, ++passed, &via);
			continue;
		}
		char each[48];
		size_t at = 0;
		ok = cards_make_box(c, leak, way, i, &made, err) &&
		     drawing_put_node(d, &made.box, &at, err);
		if (ok && before != SIZE_MAX) {
			char count[MAGNITUDE_MAX];
			magnitude_count(count, made.many);
			snprintf(each, sizeof each, "each of %s", count);
			const char *text = item && made.many > 1 ? each
					   : label == NULL       ? NULL
								 : cards_label(label);
			bool guessed = label != NULL && label->guessed;
			struct drawing_edge edge = { .from = before,
				.to = at,
				.label = (char *)text,
				.via = via.len > 0 ? (char *)buffer_text(&via) : NULL,
				.count = 1,
				.bytes = -1,
				.flags = DRAWING_ON_PATH |
					 (guessed ? DRAWING_GUESSED : 0u) };
			ok = drawing_put_edge(d, &edge, err);
		}
		before = at;
		passed = 0;
		label = NULL;
		buffer_clear(&via);
	}
	ok = ok && (!via.failed || error_nomem(err));
	buffer_fini(&made.title);
	buffer_fini(&made.note);
	buffer_fini(&via);
	return ok;
}

/* The way as rows; of a long one its beginning, its end and the holder. */
static bool cards_tell_steps(struct cards *c, const struct leak *leak,
	const struct cards_way *way, const char *title, struct error *err)
{
	bool ok = true;
	size_t left_out = 0;
	for (size_t i = 0; ok && i < way->count; i++) {
		const struct cards_step *step = &way->step[i];
		struct buffer name = BUFFER_INIT, growth = BUFFER_INIT;
		if (i >= CARDS_ROWS / 2 && i + CARDS_ROWS / 2 < way->count &&
			i != way->holder) {
			left_out++;
			continue;
		}
		if (left_out > 0) {
			char others[48];
			snprintf(others, sizeof others, "(%zu %s)", left_out,
				left_out == 1 ? "other" : "others");
			const struct cell row[] = { cell_text(title), cell_null(),
				cell_text(others), cell_null(), cell_null(), cell_null(),
				cell_null(), cell_null() };
			if (!result_push(c->steps, row, err))
				return false;
			left_out = 0;
		}
		bool grows =
			leak->kind == LEAK_SIZE ? i + 1 == way->count : i == way->holder;
		if (grows)
			cards_put_growth(c, leak, &growth);
		ok = name_put(c->names, step->node, &name, err);
		const struct cell row[] = { cell_text(title),
			step->label.text[0] == '\0' ? cell_null()
						    : cell_text(step->label.text),
			cell_text(objects_type(c->a->objects, step->node)),
			name.len == 0 ? cell_null() : cell_text(buffer_text(&name)),
			cell_integer(c->a->objects->size[step->node]),
			cell_integer(c->a->retained[step->node]),
			grows ? cell_text(buffer_text(&growth)) : cell_null(),
			cell_integer(c->a->g->address[step->node]) };
		ok = ok && (!(name.failed || growth.failed) || error_nomem(err)) &&
		     result_push(c->steps, row, err);
		buffer_fini(&name);
		buffer_fini(&growth);
	}
	return ok;
}

/* What to do about a leak, by what keeps it. */
static char *cards_advice(const struct cards *c, const struct leak *leak,
	const struct card *card, uint32_t holder)
{
	struct buffer out = BUFFER_INIT, name = BUFFER_INIT;
	bool python = c->a->objects->runtime == &runtime_cpython;
	enum type_kind kind = holder == GRAPH_NONE
				      ? KIND_OBJECT
				      : c->kinds[c->a->objects->type[holder]];
	if (card->keeper == NULL)
		buffer_put_text(&name, "what holds them");
	else
		writer_put_markdown(&name, card->keeper, strlen(card->keeper));
	if (leak->garbage)
		buffer_put_text(&out,
			"Nothing but themselves holds them. Break the cycle, or let the "
			"cycle collector run more often.");
	else if (leak->kind == LEAK_SIZE)
		buffer_printf(&out,
			"Bound what is appended there, or begin a new one when its "
			"contents were used.");
	else if (holder != GRAPH_NONE &&
		 holder == graph_find_node(c->a->g, leak->example))
		buffer_printf(
			&out, "Let %s go when its work is done.", buffer_text(&name));
	else if (kind == KIND_MAPPING)
		buffer_printf(&out,
			"Take entries out of %s when they are no longer needed, or bound "
			"it%s.",
			buffer_text(&name),
			python ? ", as an LRU cache is, or hold its values weakly "
				 "(`weakref.WeakValueDictionary`)"
			       : "");
	else if (kind == KIND_SEQUENCE)
		buffer_printf(&out,
			"Take each item out of %s when its work is done, or bound it%s.",
			buffer_text(&name),
			python ? " with `collections.deque(maxlen=\xe2\x80\xa6)`" : "");
	else
		buffer_printf(&out,
			"Find what adds to %s, and take each one out when its work is "
			"done.",
			buffer_text(&name));
	out.failed = out.failed || name.failed;
	buffer_fini(&name);
	return buffer_take(&out);
}

static bool cards_put(struct cards *c, struct card_list *list, const struct leak *leak,
	struct error *err)
{
	static const char *const trends[] = { [TREND_FLAT] = "hardly more",
		[TREND_NEW] = "new in the last dump",
		[TREND_GONE] = "gone in the last dump",
		[TREND_MONOTONIC] = "more in every dump",
		[TREND_SATURATING] = "more in every dump, in smaller steps",
		[TREND_NET_UP] = "more at the end",
		[TREND_SHRINKING] = "fewer at the end" };
	struct card *card = card_list_add(list, err);
	struct cards_way way = { 0 };
	size_t n = c->l->generations;
	if (card == NULL || !cards_find_way(c, leak, &way, err))
		return false;
	uint32_t holder = way.count == 0           ? GRAPH_NONE
			  : way.holder != SIZE_MAX ? way.step[way.holder].node
						   : way.step[way.count - 1].node;
	struct buffer title = BUFFER_INIT, keeper = BUFFER_INIT;
	leak_report_put_title(&title, leak);
	bool ok = holder == GRAPH_NONE || name_put(c->names, holder, &keeper, err);
	card->title = buffer_take(&title);
	card->keeper = keeper.len > 0 ? buffer_take(&keeper) : NULL;
	buffer_fini(&keeper);
	if (leak->module != NULL &&
		asprintf(&card->about, "of module %s", leak->module) < 0)
		card->about = NULL;
	const char *unit = leak->items                     ? "items"
			   : leak->kind == LEAK_REFERENCES ? "references"
							   : "objects";
	bool bytes = leak->kind == LEAK_SIZE && !leak->items;
	card->unit = bytes ? NULL : strdup(unit);
	card->trend = strdup(trends[leak->trend]);
	card->site = leak->site == NULL ? NULL : strdup(leak->site);
	card->advice = cards_advice(c, leak, card, holder);
	card->bytes = leak->bytes;
	card->frees = holder == GRAPH_NONE ? 0 : c->a->retained[holder];
	card->series = array_new(n, sizeof *card->series);
	card->chain = drawing_new();
	ok = ok && ((card->title != NULL && card->trend != NULL && card->advice != NULL &&
			    card->series != NULL && card->chain != NULL) ||
			   error_nomem(err));
	if (ok)
		memcpy(card->series, leak->series, n * sizeof *card->series);
	ok = ok && cards_read_way(c, &way, err) &&
	     cards_draw(c, leak, &way, card->chain, err) &&
	     cards_draw(c, leak, &way, c->steps->drawing, err) &&
	     cards_tell_steps(c, leak, &way, card->title, err);
	free(way.step);
	return ok;
}

/* Makes the names of the last generation, unless they are there. */
static void cards_find_names(void *context)
{
	struct cards *c = context;
	if (c->own_analysis != NULL)
		c->names = c->own_names = name_tree_new(c->a, c->err);
	else
		c->names = session_graph_names(&c->s->held, c->err);
}

bool leak_cards_make(struct result *r, struct session *s, const struct leak_report *l,
	bool failing, struct result **steps, struct error *err)
{
	static const char *const columns[] = { "leak", "reference", "type", "name",
		"size", "retained", "grows", "address" };
	struct cards c = { .s = s, .l = l, .err = err };
	int64_t first, last, current, num = l->num[l->generations - 1];
	*steps = NULL;
	if (r->rows == 0)
		return true;
	struct card_list *list = card_list_new();
	r->cards = list;
	bool ok = list != NULL || error_nomem(err);
	ok = ok && (list->labels = array_new_zeroed(l->generations, sizeof *list->labels),
			   list->labels != NULL || error_nomem(err));
	for (size_t k = 0; ok && k < l->generations; k++) {
		ok = read_log_dump(s->db, l->num[k], &list->labels[k], err);
		list->label_count += ok;
	}
	*steps = c.steps = result_new(sizeof columns / sizeof *columns, columns);
	ok = ok && ((c.steps != NULL && (c.steps->drawing = drawing_new()) != NULL) ||
			   error_nomem(err));
	ok = ok && read_log_integer(s->db, l->num[0], "size", 0, &first, err) &&
	     read_log_integer(s->db, num, "size", 0, &last, err) &&
	     generation_current(s->db, &current, err);
	if (ok && current == num)
		c.a = session_graph_analysis(&s->held, err);
	else if (ok && (c.a = graph_kept_analysis(s->db, num, err)) != NULL)
		c.own_analysis = analysis_share(c.a);
	/* Who finds a leak goes on with what owns the growth: after a check from the
	 * first to the last, after a list in all. */
	const int64_t ends[2] = { l->num[0], num };
	const int64_t *next = failing ? ends : l->num;
	size_t nexts = failing ? 2 : l->generations;
	if (c.a != NULL &&
		!graph_kept_prepare_beside(s->db, next, nexts, cards_find_names, &c)) {
		graph_kept_prepare(s->db, next, nexts, true);
		cards_find_names(&c);
	}
	ok = ok && c.names != NULL && analysis_retained(c.a, err) != NULL &&
	     (c.kinds = objects_kinds(c.a->objects, err)) != NULL &&
	     (c.labels = labels_open(s->db, num, err)) != NULL;
	if (ok)
		list->growth = first > 0 && last > first ? last - first : 0;
	for (size_t i = 0; ok && i < l->leaks.count && list->count < CARDS_MAX; i++)
		if (!failing || l->leaks.items[i].state != BASELINE_KNOWN)
			ok = cards_put(&c, list, &l->leaks.items[i], err);
	assert(!ok || list->count <= r->rows);
	labels_close(c.labels);
	free(c.kinds);
	name_tree_free(c.own_names);
	analysis_free(c.own_analysis);
	if (c.steps != NULL && c.steps->rows == 0) {
		result_free(c.steps);
		*steps = NULL;
	}
	return ok;
}
