/* SPDX-License-Identifier: MIT */
#include "explain/name.h"

#include "base/array.h"
#include "base/bits.h"
#include "explain/attributes.h"
#include "explain/labels.h"
#include "explain/name_cost.h"
#include "explain/name_origin.h"
#include "graph/cost_queue.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Steps of a name that are shown; of a longer one the middle is left out. */
enum { NAME_SHOWN_MAX = 24 };

/* No module: the name begins with a function that runs, a class, …, or there is none. */
#define NAME_ELSEWHERE (GRAPH_NONE - 1)
#define NAME_NOWHERE (GRAPH_NONE - 2)
#define NAME_IS_MODULE(source) ((source) < NAME_NOWHERE)

enum {
	NAME_LARGE = 4,          /* objects whose references are kept at a time */
	NAME_LARGE_LEAST = 1024, /* references that make an object large */
};

struct name_large {
	struct labels *labels;
	uint32_t node;
	uint64_t used; /* when it was asked last */
};

/* How a name comes to a node. */
struct name_link {
	uint32_t from;   /* see name_from() */
	uint32_t source; /* the index of its module, NAME_ELSEWHERE, … */
};

/* The way along the steps of a name. */
struct name_way {
	bool attributes; /* the last step led to a dict of attributes */
	/* In other runtimes than CPython the parts of a list or map are not shown, but
	 * what it holds is. */
	enum type_kind
		holder; /* sequence or mapping of which parts come next, or object */
	bool parts;     /* parts of it were left out */
	bool code;      /* nothing but functions and their variables came until now */
	bool restart;   /* the name begins with this step: a variable of a closure */
};

/* A name as far as a node on its way: names of what is below begin with it. */
struct name_begin {
	uint32_t node; /* GRAPH_NONE: there is none */
	struct name_way way;
	struct buffer text;
	struct buffer last; /* the last step that reads as anything */
	unsigned repeats;   /* how often that came again */
	size_t steps;       /* that differ from the one before */
};

struct name_tree {
	const struct graph *g;
	const struct objects *o;
	const struct roots *roots;
	struct db *db;
	int64_t generation;
	struct name_costs costs;
	struct name_origins origins;
	struct name_link *link; /* of each node */
	const uint32_t *owner;  /* of each node: see explain/attributes.h */
	uint8_t *type_owner;    /* of each type, enum name_owner */
	uint32_t module_table;  /* sys.modules, where it has no other name */
	struct labels *labels;  /* NULL until a text is wanted */
	/* What reads the references of large objects, each one as long as it is asked
	 * about: names of a list's items would read the whole list for each of them. */
	struct name_large large[NAME_LARGE];
	uint64_t asked;        /* how often, for `used` */
	struct db_stmt *value; /* the function of the frame at ?1, likewise */
	uint32_t *path;        /* room for the steps of one name */
	size_t path_cap;
	struct name_begin begin; /* of the last name, all but its last step */
};

/* --- the search -------------------------------------------------------------------- */

/* What the search knows of a node: together, for it comes to nodes in no order. */
struct name_found {
	struct name_link link;
	uint32_t cost; /* UINT32_MAX: no way was found yet */
	uint32_t kind; /* enum name_kind */
};

struct name_walk {
	struct cost_queue queue;
	struct name_found *found; /* of each node */
	uint64_t *done; /* bits, which stay in the cache: nodes that have their names */
};

/* Asks memory for what the nodes behind batch[i] need. */
static inline __attribute__((always_inline)) void name_walk_prefetch(
	const struct name_walk *w, const struct graph *g, size_t i)
{
	enum { AHEAD = 6, CHILDREN = 12 };
	const uint32_t *batch = w->queue.batch;
	size_t left = w->queue.batch_count - i;
	if (left > 3 * AHEAD) {
		__builtin_prefetch(&g->children.start[batch[i + 3 * AHEAD]]);
		__builtin_prefetch(&w->found[batch[i + 3 * AHEAD]]);
	}
	if (left > 2 * AHEAD) {
		uint32_t far = batch[i + 2 * AHEAD];
		__builtin_prefetch(&g->children.node[g->children.start[far]]);
	}
	if (left > AHEAD) {
		size_t n;
		const uint32_t *near = graph_children(g, batch[i + AHEAD], &n);
		for (size_t j = 0; j < n && j < CHILDREN; j++)
			if (!bits_has(w->done, near[j]))
				__builtin_prefetch(&w->found[near[j]], 1);
	}
}

/* Of two ways to a node that cost the same: does that from `other`, whose source is
 * `source`, win over `found`?  The module that defines the object decides, then the
 * modules' rank. */
static bool name_wins(const struct name_tree *t, uint32_t node, uint32_t other,
	uint32_t source, const struct name_found *found)
{
	if (source == found->link.source || !NAME_IS_MODULE(source) ||
		!NAME_IS_MODULE(found->link.source))
		return other < found->link.from;
	uint32_t home = name_origins_home(&t->origins, &t->costs, node);
	if (home == source || home == found->link.source)
		return home == source;
	return t->origins.module[source].rank <
	       t->origins.module[found->link.source].rank;
}

static_assert(NAME_COST_MAX < COST_QUEUE_STEP, "the queue has a bucket for each cost");

/* Gives a name to all that the nodes in the queue lead to.  All costs are positive, so a
 * node's cost, source and way are final when it leaves the queue. */
static bool name_search_run(
	const struct name_tree *t, struct name_walk *w, struct error *err)
{
	const struct graph *g = t->g;
	for (struct cost_queue *q = &w->queue; q->waiting > 0; q->now++) {
		uint32_t now = q->now;
		if (!cost_queue_take(q))
			return error_nomem(err);
		for (size_t b = 0; b < q->batch_count; b++) {
			uint32_t node = q->batch[b];
			name_walk_prefetch(w, g, b);
			const struct name_found at = w->found[node];
			assert(at.cost <= now);
			/* A cheaper way was found meanwhile. */
			if (at.cost < now)
				continue;
			bits_put(w->done, node);
			for (uint32_t i = g->children.start[node];
				i < g->children.start[node + 1]; i++) {
				uint32_t child = g->children.node[i];
				struct name_found *found = &w->found[child];
				if (bits_has(w->done, child))
					continue;
				uint32_t sum =
					now + name_step_cost[name_costs_step(&t->costs,
						      at.kind, found->kind, i)];
				if (sum > found->cost ||
					(sum == found->cost &&
						!name_wins(t, child, node, at.link.source,
							found)))
					continue;
				bool cheaper = sum < found->cost;
				found->cost = sum;
				found->link.from = node;
				found->link.source = at.link.source;
				if (cheaper && !cost_queue_push(q, sum, child))
					return error_nomem(err);
			}
		}
	}
	return true;
}

static bool name_search_begin(
	struct name_walk *w, uint32_t node, uint32_t source, struct error *err)
{
	struct name_found *found = &w->found[node];
	if (found->cost != UINT32_MAX)
		return true;
	/* A node that was reached before cost less, so it keeps its name. */
	found->cost = w->queue.now;
	found->link.from = node;
	found->link.source = source;
	return cost_queue_push(&w->queue, w->queue.now, node) || error_nomem(err);
}

/* In a browser the global object has the page's address in its type. */
static bool name_is_global(const struct name_tree *t, uint32_t node)
{
	const char *type = objects_type(t->o, node);
	return t->o->runtime == &runtime_v8 &&
	       (strcmp(type, "global") == 0 || strcmp(type, "Window") == 0 ||
		       strncmp(type, "Window (", 8) == 0 ||
		       strncmp(type, "Window / ", 9) == 0);
}

/* Is what the root's runtime says of it the name of a variable: `<GLOBAL> $cache`? */
static bool name_is_variable(const struct root *root)
{
	return root->words != NULL && root_is_variable(root->words);
}

/* What has a name of its own, though no module leads to it: classes and the global object
 * of other runtimes; frames, functions, classes and variables that the interpreter keeps.
 */
static bool name_search_named(struct name_tree *t, struct name_walk *w, struct error *err)
{
	const struct name_origins *o = &t->origins;
	bool ok = true;
	for (uint32_t i = 0; ok && i < o->class_count; i++)
		if (o->class[i].whole)
			ok = name_search_begin(w, o->class[i].node, NAME_ELSEWHERE, err);
	bool v8 = t->o->runtime == &runtime_v8;
	for (uint32_t i = 0; ok && v8 && i < t->g->nodes; i++)
		if (name_is_global(t, i))
			ok = name_search_begin(w, i, NAME_ELSEWHERE, err);
	for (size_t i = 0; ok && i < t->roots->count; i++) {
		const struct root *root = &t->roots->root[i];
		bool table = root->reason == ROOT_MODULE_TABLE ||
			     root->reason == ROOT_MARKED_MODULE_TABLE;
		if (table && w->found[root->node].cost == UINT32_MAX)
			t->module_table = root->node;
		enum name_kind kind = name_costs_kind(&t->costs, root->node);
		bool named = kind == NAME_KIND_FRAME || kind == NAME_KIND_FUNCTION ||
			     name_is_variable(root) ||
			     name_origins_class(&t->origins, root->node) != GRAPH_NONE;
		if (table || named)
			ok = name_search_begin(w, root->node, NAME_ELSEWHERE, err);
	}
	return ok;
}

/* Keeps the links alone, in the memory of all that was found. */
static struct name_link *name_links_of(struct name_found *found, size_t n)
{
	struct name_link *link = (struct name_link *)found;
	/* What is written is before all that is still to be read. */
	for (size_t i = 0; i < n; i++) {
		struct name_link kept = found[i].link;
		link[i] = kept;
	}
	struct name_link *less = realloc(link, n * sizeof *link + 1);
	return less == NULL ? link : less;
}

static bool name_search(struct name_tree *t, struct error *err)
{
	struct name_walk w = { .found = array_new(t->g->nodes, sizeof *w.found),
		.done = bits_new(t->g->nodes) };
	bool ok = (w.found != NULL && w.done != NULL) || error_nomem(err);
	for (uint32_t i = 0; ok && i < t->g->nodes; i++)
		w.found[i] = (struct name_found){ .link = { GRAPH_NONE, GRAPH_NONE },
			.cost = UINT32_MAX,
			.kind = name_costs_kind(&t->costs, i) };
	const struct name_origins *o = &t->origins;
	for (uint32_t i = 0; ok && i < o->module_count; i++)
		ok = name_search_begin(&w, o->module[i].node, i, err);
	ok = ok && name_search_run(t, &w, err) && name_search_named(t, &w, err) &&
	     name_search_run(t, &w, err);
	/* What no name leads to begins with what the runtime says of its root; V8's words
	 * in parentheses name its own tables. */
	for (size_t i = 0; ok && i < t->roots->count; i++) {
		const char *words = t->roots->root[i].words;
		uint32_t source =
			words != NULL && words[0] != '(' ? NAME_ELSEWHERE : NAME_NOWHERE;
		ok = name_search_begin(&w, t->roots->node[i], source, err);
	}
	ok = ok && name_search_run(t, &w, err);
	if (ok)
		t->link = name_links_of(w.found, t->g->nodes);
	else
		free(w.found);
	free(w.done);
	cost_queue_fini(&w.queue);
	return ok;
}

struct name_tree *name_tree_new(struct analysis *a, struct error *err)
{
	const struct roots *roots = analysis_roots(a, err);
	struct name_tree *t = roots == NULL ? NULL : array_new_zeroed(1, sizeof *t);
	if (t == NULL) {
		error_nomem(err);
		return NULL;
	}
	t->g = a->g;
	t->o = a->objects;
	t->roots = roots;
	t->db = a->db;
	t->generation = a->generation;
	t->module_table = GRAPH_NONE;
	t->begin.node = GRAPH_NONE;
	bool ok = (t->owner = attributes_owner(a, err)) != NULL &&
		  name_costs_init(&t->costs, a, err) &&
		  name_origins_init(&t->origins, &t->costs, a, err) &&
		  name_search(t, err);
	if (ok) {
		t->type_owner = array_new_zeroed(t->o->types, sizeof *t->type_owner);
		ok = t->type_owner != NULL || error_nomem(err);
	}
	/* Types have the names of their classes, which is all that most objects say of
	 * them. */
	for (size_t i = 0; ok && i < t->origins.class_count; i++) {
		const struct name_class *class = &t->origins.class[i];
		uint32_t type = objects_find_type(t->o, class->name);
		if (type == GRAPH_NONE || class->module == GRAPH_NONE)
			continue;
		uint8_t *owner = &t->type_owner[type];
		uint8_t found = (uint8_t)t->origins.module[class->module].owner;
		if (*owner == NAME_NOBODY || found < *owner)
			*owner = found;
	}
	if (ok)
		return t;
	name_tree_free(t);
	return NULL;
}

void name_tree_free(struct name_tree *t)
{
	if (t == NULL)
		return;
	name_costs_fini(&t->costs);
	name_origins_fini(&t->origins);
	labels_close(t->labels);
	for (size_t i = 0; i < NAME_LARGE; i++)
		labels_close(t->large[i].labels);
	db_stmt_free(t->value);
	free(t->link);
	free(t->type_owner);
	free(t->path);
	buffer_fini(&t->begin.text);
	buffer_fini(&t->begin.last);
	free(t);
}

/* --- answers ----------------------------------------------------------------------- */

uint32_t name_from(const struct name_tree *t, uint32_t node)
{
	return t->link[node].from;
}

void name_prefetch(const struct name_tree *t, uint32_t node)
{
	__builtin_prefetch(&t->link[node].source);
}

/* The module that a name begins with, as an index. */
static uint32_t name_module_index(const struct name_tree *t, uint32_t node)
{
	uint32_t class = name_origins_class(&t->origins, node);
	if (class != GRAPH_NONE && t->origins.class[class].module != GRAPH_NONE)
		return t->origins.class[class].module;
	return NAME_IS_MODULE(t->link[node].source) ? t->link[node].source : GRAPH_NONE;
}

const char *name_module(const struct name_tree *t, uint32_t node)
{
	uint32_t class = name_origins_class(&t->origins, node);
	if (class != GRAPH_NONE && t->origins.class[class].in != NULL)
		return t->origins.class[class].in;
	uint32_t module = name_module_index(t, node);
	return module == GRAPH_NONE ? NULL : t->origins.module[module].name;
}

enum name_owner name_owner(const struct name_tree *t, uint32_t node)
{
	uint32_t module = name_module_index(t, node);
	return module == GRAPH_NONE ? NAME_NOBODY : t->origins.module[module].owner;
}

enum name_owner name_owner_of_type(const struct name_tree *t, uint32_t type)
{
	return (enum name_owner)t->type_owner[type];
}

const char *name_defined_in(const struct name_tree *t, uint32_t node)
{
	uint32_t class = name_origins_class(&t->origins, node);
	if (class != GRAPH_NONE)
		return t->origins.class[class].in;
	uint32_t home = name_origins_home(&t->origins, &t->costs, node);
	return home == GRAPH_NONE ? NULL : t->origins.module[home].name;
}

bool name_is_namespace(const struct name_tree *t, uint32_t node)
{
	uint32_t owner = node;
	if (name_is_attributes(t, node, &owner))
		node = owner;
	enum name_kind kind = name_costs_kind(&t->costs, node);
	return kind == NAME_KIND_MODULE || kind == NAME_KIND_CLASS ||
	       kind == NAME_KIND_FUNCTION;
}

const char *name_owner_text(enum name_owner owner)
{
	static const char *const texts[] = { NULL, "program", "package", "library" };
	return texts[owner];
}

bool name_is_attributes(const struct name_tree *t, uint32_t node, uint32_t *owner)
{
	*owner = t->owner[node];
	return *owner != node;
}

/* What a name begins with. */
static bool name_put_base(
	struct name_tree *t, uint32_t node, struct buffer *out, struct error *err)
{
	uint32_t module = name_origins_module(&t->origins, node);
	uint32_t class = name_origins_class(&t->origins, node);
	const struct root *root = roots_at(t->roots, node);
	if (module != GRAPH_NONE)
		buffer_put_text(out, t->origins.module[module].name);
	else if (name_is_global(t, node))
		buffer_put_text(out, "globalThis");
	else if (root != NULL && name_is_variable(root)) {
		/* `$cache` alone where it is global, `main() $cache` where it is not. */
		static const char global[] = "<GLOBAL> ";
		bool is_global = strncmp(root->words, global, sizeof global - 1) == 0;
		buffer_put_text(out, root->words + (is_global ? sizeof global - 1 : 0));
	} else if (class != GRAPH_NONE) {
		const struct name_class *c = &t->origins.class[class];
		/* `collections.deque` says its module itself. */
		if (c->in != NULL && strcmp(c->in, "builtins") != 0 &&
			strcmp(c->in, "__builtin__") != 0 && strchr(c->name, '.') == NULL)
			buffer_printf(out, "%s.", c->in);
		buffer_put_text(out, c->name);
	} else if (node == t->module_table) {
		buffer_put_text(out, "sys.modules");
	} else if (name_costs_kind(&t->costs, node) == NAME_KIND_FRAME) {
		/* A function that runs: `main()`. */
		db_reset(t->value);
		if (!db_bind(t->value, 1, cell_integer(t->g->address[node]), err))
			return false;
		int row = db_step(t->value, err);
		struct cell value = row == 1 ? db_column(t->value, 0) : cell_null();
		if (value.type == CELL_TEXT && value.text != NULL)
			buffer_put(out, value.text, value.len);
		else
			buffer_put_text(out, objects_type(t->o, node));
		buffer_put_text(out, "()");
		db_reset(t->value);
		return row >= 0;
	} else if (root != NULL && root->words != NULL && root->words[0] != '(') {
		buffer_printf(out, "(%s)", root->words);
	} else {
		buffer_printf(out, "<%s>", objects_type(t->o, node));
	}
	return true;
}

/* Collects the steps to a node, the last first, up to what bears a name of its own, or to
 * where the name before was. */
static bool name_collect(
	struct name_tree *t, uint32_t node, size_t *count, struct error *err)
{
	*count = 0;
	for (;; node = t->link[node].from) {
		if (!array_reserve(&t->path, &t->path_cap, *count + 1, sizeof *t->path))
			return error_nomem(err);
		t->path[(*count)++] = node;
		if (*count > 1 && node == t->begin.node)
			return true;
		uint32_t class = name_origins_class(&t->origins, node);
		if (t->link[node].from == node ||
			name_costs_kind(&t->costs, node) == NAME_KIND_FRAME ||
			(class != GRAPH_NONE && (t->origins.class[class].in != NULL ||
							t->origins.class[class].whole)))
			return true;
	}
}

/* What reads the label of a step from that node; NULL on failure. */
static struct labels *name_labels(struct name_tree *t, uint32_t from, struct error *err)
{
	size_t n;
	graph_children(t->g, from, &n);
	if (n < NAME_LARGE_LEAST)
		return t->labels;
	struct name_large *oldest = &t->large[0];
	for (size_t i = 0; i < NAME_LARGE; i++) {
		struct name_large *large = &t->large[i];
		if (large->labels != NULL && large->node == from) {
			large->used = ++t->asked;
			return large->labels;
		}
		if (large->used < oldest->used)
			oldest = large;
	}
	if (oldest->labels == NULL)
		oldest->labels = labels_open_unlocked(t->db, t->generation, err);
	oldest->node = from;
	oldest->used = ++t->asked;
	return oldest->labels;
}

static enum type_kind name_type_kind(const struct name_tree *t, uint32_t node)
{
	const char *type = objects_type(t->o, node);
	return runtime_kind(t->o->runtime, type, strlen(type));
}

/* Of another runtime than CPython: returns false for a step that is not shown; `*label`
 * may change. */
static bool name_fold_step(const struct name_tree *t, struct name_way *way, uint32_t to,
	bool last, struct label *label)
{
	enum type_kind kind = name_type_kind(t, to);
	bool v8 = t->o->runtime == &runtime_v8;
	if (kind == KIND_BLOCK && !last &&
		(way->holder != KIND_OBJECT || (v8 && label->text[0] == '<'))) {
		way->parts = true;
		return false;
	}
	if (way->parts && kind != KIND_BLOCK && way->holder != KIND_OBJECT &&
		label->text[0] != '[')
		label_put(label, way->holder == KIND_SEQUENCE ? "[]" : "{}");
	static const char closure[] = "<closure ";
	size_t len = strlen(label->text);
	if (v8 && way->code && strncmp(label->text, closure, sizeof closure - 1) == 0 &&
		label->text[len - 1] == '>') {
		memmove(label->text, label->text + sizeof closure - 1, len);
		label->text[len - sizeof closure] = '\0';
		way->restart = true;
	}
	way->code = way->code && (kind == KIND_FUNCTION || kind == KIND_BLOCK);
	way->parts = false;
	way->holder = kind == KIND_SEQUENCE || kind == KIND_MAPPING ? kind : KIND_OBJECT;
	return true;
}

/* Appends to `*step` how the step to t->path[i] reads, nothing for one that is not
 * shown. */
static bool name_read_step(struct name_tree *t, struct name_way *way, size_t i,
	struct buffer *step, struct error *err)
{
	struct label label;
	uint32_t from = t->path[i + 1], to = t->path[i];
	struct labels *labels = name_labels(t, from, err);
	way->restart = false;
	if (labels == NULL || !labels_find(labels, t->g->address[from], t->g->address[to],
				      0, way->attributes, &label, err))
		return false;
	way->attributes = label.is_dict;
	bool cell = strcmp(label.text, ".cell_contents") == 0;
	bool folded = label.is_dict || strcmp(label.text, ".__closure__") == 0;
	if (cell || (folded && i > 0))
		return true;
	if (t->o->runtime != &runtime_cpython &&
		!name_fold_step(t, way, to, i == 0, &label))
		return true;
	if (way->restart) {
		buffer_put_text(step, label.text);
		return true;
	}
	/* The step becomes part of the name of the object that it leaves. */
	const char *text = label.text;
	size_t len = strlen(text);
	bool local = strncmp(text, "<local ", 7) == 0 && text[len - 1] == '>';
	if (local)
		buffer_printf(step, ".%.*s", (int)len - 8, text + 7);
	else if (text[0] == '<')
		buffer_printf(step, ".%s", text);
	else if ((text[0] == '.' && text[1] != '{') || text[0] == '[' ||
		 (t->o->runtime != &runtime_cpython && strcmp(text, "{}") == 0))
		buffer_put_text(step, text);
	else { /* nothing that a reader could use: the place in a dict without keys */
		buffer_put_text(step, ".<");
		buffer_put_text(step, objects_type(t->o, to));
		buffer_put_char(step, '>');
	}
	if (label.guessed && text[0] != '\0')
		buffer_put_char(step, '?');
	return true;
}

/* The name of t->path[i], which bears one of its own. */
static bool name_begin(struct name_tree *t, size_t i, struct error *err)
{
	struct name_begin *b = &t->begin;
	enum type_kind base = name_type_kind(t, t->path[i]);
	buffer_clear(&b->text);
	buffer_clear(&b->last);
	b->repeats = 0;
	b->steps = 0;
	b->way = (struct name_way){
		.holder = base == KIND_SEQUENCE || base == KIND_MAPPING ? base
									: KIND_OBJECT,
		.code = base == KIND_FUNCTION || base == KIND_BLOCK,
	};
	b->node = t->path[i];
	return name_put_base(t, t->path[i], &b->text, err);
}

/* Appends the step to t->path[i]. */
static bool name_put_step(struct name_tree *t, size_t i, struct error *err)
{
	struct name_begin *b = &t->begin;
	struct buffer step = BUFFER_INIT;
	bool ok = name_read_step(t, &b->way, i, &step, err);
	if (!ok || step.len == 0)
		goto out;
	if (b->way.restart) {
		buffer_clear(&b->text);
		buffer_clear(&b->last);
		b->repeats = 0;
		b->steps = 0;
	}
	/* Links of a chain: `.next` and how often. */
	if (b->last.len > 0 && strcmp(buffer_text(&b->last), buffer_text(&step)) == 0) {
		b->repeats++;
		goto out;
	}
	if (b->repeats > 0 && b->steps < NAME_SHOWN_MAX)
		buffer_printf(&b->text, "×%u", b->repeats + 1);
	b->repeats = 0;
	b->steps++;
	if (b->steps == NAME_SHOWN_MAX + 1)
		buffer_put_text(&b->text, "…");
	if (b->steps < NAME_SHOWN_MAX || i == 0)
		buffer_put_text(&b->text, buffer_text(&step));
	if (i > 0) {
		buffer_clear(&b->last);
		buffer_put(&b->last, step.data, step.len);
	}
out:
	ok = ok && (!step.failed || error_nomem(err));
	buffer_fini(&step);
	return ok;
}

bool name_put(struct name_tree *t, uint32_t node, struct buffer *out, struct error *err)
{
	size_t count;
	uint32_t class = name_origins_class(&t->origins, node);
	if (t->link[node].from == GRAPH_NONE ||
		(t->link[node].source == NAME_NOWHERE && class == GRAPH_NONE))
		return true;
	if (t->labels == NULL) {
		char obj[GENERATION_TABLE_MAX];
		t->labels = labels_open_unlocked(t->db, t->generation, err);
		if (t->labels == NULL ||
			!generation_table(t->db, "obj", t->generation, obj, err) ||
			!db_preparef(t->db, &t->value, err,
				"select value from main.\"%w\" where address = ?", obj))
			return false;
	}
	if (!name_collect(t, node, &count, err))
		return false;
	assert(count > 0 && count <= t->g->nodes);
	/* All steps but the last, which reads differently when more follow, are kept. */
	struct name_begin *b = &t->begin;
	bool kept = count > 1 && t->path[count - 1] == b->node;
	bool ok = kept || name_begin(t, count - 1, err);
	for (size_t i = count - 1; ok && i-- > 1; b->node = t->path[i])
		ok = name_put_step(t, i, err);
	struct name_begin before = *b;
	if (count > 1)
		ok = ok && name_put_step(t, 0, err);
	buffer_put(out, b->text.data, b->text.len);
	/* The last step that reads as anything is shown in any case. */
	if (b->steps >= NAME_SHOWN_MAX && b->steps == before.steps)
		buffer_put(out, b->last.data, b->last.len);
	if (b->repeats > 0)
		buffer_printf(out, "×%u", b->repeats + 1);
	ok = ok && ((!b->text.failed && !b->last.failed) || error_nomem(err));
	if (!ok || b->way.restart) {
		b->node = GRAPH_NONE;
		return ok;
	}
	b->text.len = before.text.len;
	b->way = before.way;
	b->repeats = before.repeats;
	b->steps = before.steps;
	return true;
}
