/* SPDX-License-Identifier: MIT */
#include "compare/snapshot.h"

#include "base/array.h"
#include "base/parallel.h"
#include "base/saturate.h"
#include "compare/snapshot_classes.h"
#include "compare/snapshot_fill.h"
#include "compare/snapshot_labels.h"
#include "graph/graph_kept.h"
#include "graph/roots.h"
#include "store/db.h"
#include "store/notes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void snapshot_free(struct snapshot *s)
{
	if (s == NULL)
		return;
	free(s->address);
	free(s->size);
	free(s->type);
	free(s->shape);
	free(s->value);
	free(s->root);
	free(s->start);
	free(s->child);
	free(s->label);
	free(s->referred);
	free(s->merged);
	free(s);
}

uint64_t snapshot_hash(const char *text, size_t len)
{
	uint64_t hash = map_hash_bytes(0, text, len);
	return hash == 0 ? 1 : hash;
}

/* --- roots -------------------------------------------------------------------------- */

static bool snapshot_load_roots(struct snapshot *s, struct db *db, struct error *err)
{
	static const struct {
		const char *text;
		enum snapshot_root root;
	} known[] = {
		{ "module table", SNAPSHOT_ROOT_MODULES },
		{ "interpreter", SNAPSHOT_ROOT_INTERPRETER },
		{ "thread frame", SNAPSHOT_ROOT_FRAME },
		{ "static type", SNAPSHOT_ROOT_TYPE },
		{ "interned", SNAPSHOT_ROOT_INTERNED },
	};
	struct db_stmt *stmt = NULL;
	int row = 0;
	uint32_t node = 0;
	s->root = array_new_zeroed(s->nodes, sizeof *s->root);
	if (s->root == NULL)
		return error_nomem(err);
	if (!notes_list_roots(db, s->num, &stmt, err))
		return false;
	/* Both ascend by address. */
	while (stmt != NULL && (row = db_step(stmt, err)) == 1) {
		int64_t address = db_column_integer(stmt, 0);
		struct cell cell = db_column(stmt, 1);
		bool said = cell.type == CELL_TEXT && cell.text != NULL;
		const char *reason = said ? cell.text : "";
		node = snapshot_seek(s, node, address);
		if (node == s->nodes || s->address[node] != address ||
			strcmp(reason, "held by objects alone") == 0)
			continue;
		s->root[node] = SNAPSHOT_ROOT_OTHER;
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			if (strcmp(reason, known[i].text) == 0)
				s->root[node] = (unsigned char)known[i].root;
		/* A class has a name of its own. */
		unsigned traits = snapshot_traits(s, node);
		if (root_is_variable(reason) && (traits & TRAIT_CLASS) == 0) {
			s->root[node] = SNAPSHOT_ROOT_VARIABLE;
			if ((traits & TRAIT_VALUED) == 0)
				s->value[node] = snapshot_hash(reason, strlen(reason));
		}
		s->marked = true;
	}
	db_stmt_free(stmt);
	return row == 0;
}

/* --- dicts of attributes ------------------------------------------------------------ */

/* A dict of attributes that becomes one with its owner. */
struct snapshot_dict {
	uint32_t owner, node;
};

/* All of them, ascending by owner, and what becomes of references. */
struct snapshot_merging {
	struct snapshot *s;
	struct terms *labels;
	uint32_t *own; /* the owner of each node of `s->merged` */
	struct snapshot_dict *dict;
	size_t count, cap;
	/* The references of the dicts, as those of their owners; start[k] … of dict k. */
	uint32_t *start, *child, *label;
	size_t child_cap, label_cap;
};

/* Finds them.  The first owner has a dict; of several dicts of an owner the last counts,
 * and the others vanish. */
static bool merging_find(struct snapshot_merging *m)
{
	struct snapshot *s = m->s;
	for (uint32_t e = 0, i = 0; e < s->start[s->nodes]; e++) {
		uint32_t c = s->child[e];
		if (s->label[e] != LABEL_DICT || c == GRAPH_NONE)
			continue;
		while (s->start[i + 1] <= e)
			i++;
		if (c == i || bits_has(s->merged, c) || bits_has(s->merged, i) ||
			(snapshot_traits(s, c) & TRAIT_DICT) == 0)
			continue;
		m->own[c] = i;
		bits_put(s->merged, c);
		struct snapshot_dict *last = m->count > 0 ? &m->dict[m->count - 1] : NULL;
		if (last != NULL && last->owner == i) {
			if (last->node < c)
				last->node = c;
			continue;
		}
		if (!array_reserve(&m->dict, &m->cap, m->count + 1, sizeof *m->dict))
			return false;
		m->dict[m->count++] = (struct snapshot_dict){ i, c };
	}
	for (uint32_t i = 0; i < s->nodes; i++)
		if (bits_has(s->merged, i))
			s->size[m->own[i]] = saturate_add(s->size[m->own[i]], s->size[i]);
	return true;
}

/* Where the reference leads from then on, of `node` or of its dict; GRAPH_NONE: nowhere.
 */
static uint32_t merging_child(const struct snapshot_merging *m, uint32_t e, uint32_t node)
{
	/* References lead anywhere: bits stay in the cache. */
	const struct snapshot *s = m->s;
	uint32_t c = s->child[e];
	if (c != GRAPH_NONE && bits_has(s->merged, c))
		c = m->own[c];
	if (c == GRAPH_NONE || (c == node && s->label[e] == LABEL_DICT))
		return GRAPH_NONE;
	if (c != node)
		bits_put(s->referred, c);
	return c;
}

/* Copies the references of the dicts: their labels become those of attributes. */
static bool merging_copy_dicts(struct snapshot_merging *m)
{
	const struct snapshot *s = m->s;
	size_t n = 0;
	m->start = array_new(m->count + 1, sizeof *m->start);
	if (m->start == NULL)
		return false;
	for (size_t k = 0; k < m->count; k++) {
		uint32_t owner = m->dict[k].owner, dict = m->dict[k].node;
		size_t refs = s->start[dict + 1] - s->start[dict];
		m->start[k] = (uint32_t)n;
		if (bits_has(s->merged, owner))
			continue;
		if (!array_reserve(
			    &m->child, &m->child_cap, n + refs, sizeof *m->child) ||
			!array_reserve(
				&m->label, &m->label_cap, n + refs, sizeof *m->label))
			return false;
		for (uint32_t e = s->start[dict]; e < s->start[dict + 1]; e++) {
			uint32_t c = merging_child(m, e, owner);
			if (c == GRAPH_NONE)
				continue;
			m->child[n] = c;
			m->label[n] = terms_attribute(m->labels, s->label[e]);
			if (m->label[n++] == TERM_NONE)
				return false;
		}
	}
	m->start[m->count] = (uint32_t)n;
	return true;
}

/* Moves all other references to the end of their arrays, from the last to the first. */
static void merging_pack(struct snapshot_merging *m)
{
	struct snapshot *s = m->s;
	uint32_t to = s->start[s->nodes], end = to;
	for (uint32_t i = s->nodes; i-- > 0;) {
		uint32_t start = s->start[i];
		bool kept = !bits_has(s->merged, i);
		for (uint32_t e = end; kept && e-- > start;) {
			uint32_t c = merging_child(m, e, i);
			if (c == GRAPH_NONE)
				continue;
			to--;
			s->label[to] = s->label[e];
			s->child[to] = c;
		}
		end = start;
		s->start[i] = to;
	}
}

/* And from there to their places: those of the dict of a node behind its own. */
static void merging_unpack(struct snapshot_merging *m)
{
	struct snapshot *s = m->s;
	uint32_t to = 0;
	for (uint32_t i = 0, k = 0; i < s->nodes; i++) {
		uint32_t from = s->start[i], n = s->start[i + 1] - from;
		s->start[i] = to;
		assert(to <= from);
		memmove(s->child + to, s->child + from, n * sizeof *s->child);
		memmove(s->label + to, s->label + from, n * sizeof *s->label);
		to += n;
		if (k == m->count || m->dict[k].owner != i)
			continue;
		from = m->start[k];
		n = m->start[++k] - from;
		assert(to + n <= s->start[i + 1]);
		if (n == 0)
			continue; /* of none there may be no array */
		memcpy(s->child + to, m->child + from, n * sizeof *s->child);
		memcpy(s->label + to, m->label + from, n * sizeof *s->label);
		to += n;
	}
	s->start[s->nodes] = to;
}

/* Makes each dict of attributes one with its owner, and leaves out what leads nowhere,
 * all of it in place: with a second pair of arrays for all references, clearing their
 * pages took most of the time. */
static bool snapshot_merge(struct snapshot *s, struct vocabulary *v, struct error *err)
{
	struct snapshot_merging m = {
		.s = s, .labels = &v->labels, .own = array_new(s->nodes, sizeof *m.own)
	};
	s->referred = bits_new(s->nodes);
	s->merged = bits_new(s->nodes);
	bool ok = m.own != NULL && s->referred != NULL && s->merged != NULL &&
		  merging_find(&m) && merging_copy_dicts(&m);
	if (ok) {
		merging_pack(&m);
		merging_unpack(&m);
	}
	free(m.own);
	free(m.dict);
	free(m.start);
	free(m.child);
	free(m.label);
	return ok || error_nomem(err);
}

/* --- all ---------------------------------------------------------------------------- */

/* One of several snapshots on their way.  Threads work on one each, without the database:
 * it is asked before, between and behind. */
struct snapshot_job {
	struct snapshot_fill fill;
	const struct heap *heap; /* NULL: it was filled from the tables */
	struct error err;        /* of a thread */
};

struct snapshot_work {
	struct snapshot_job *job;
	size_t count;
	void (*step)(struct snapshot_job *job);
	/* Graphs of the same generations, which whoever compares snapshots asks for next:
	 * where there is one snapshot more than a processor takes, they keep the others
	 * busy.  NULL: they are made later. */
	struct graph_kept_work *graphs;
	void (*graph_step)(void *graphs, size_t i);
};

static void snapshot_step_one(void *context, size_t k)
{
	const struct snapshot_work *w = context;
	if (k < w->count)
		w->step(&w->job[k]);
	else
		w->graph_step(w->graphs, k - w->count);
}

/* Takes a step of all of them; the error is that of the first that has one. */
static bool snapshot_step_all(struct snapshot_work *w,
	void (*step)(struct snapshot_job *job),
	void (*graph_step)(void *graphs, size_t i), struct error *err)
{
	w->step = step;
	w->graph_step = graph_step;
	parallel_each(w->count + graph_kept_count(w->graphs), snapshot_step_one, w);
	for (size_t k = 0; k < w->count; k++)
		if (w->job[k].err.status != STATUS_OK)
			return error_pass(err, &w->job[k].err);
	return true;
}

/* The first step: objects, references and, where they are guessed, labels. */
static void snapshot_step_fill(struct snapshot_job *job)
{
	struct snapshot_fill *f = &job->fill;
	bool ok = job->heap == NULL || snapshot_fill_heap(f, job->heap, &job->err);
	if (ok && !f->s->labelled)
		snapshot_guess_labels(f, &job->err);
	labels_heap_fini(&f->texts);
}

/* The last one. */
static void snapshot_step_merge(struct snapshot_job *job)
{
	snapshot_merge(job->fill.s, &job->fill.words, &job->err);
}

struct snapshot_renaming {
	struct snapshot *s;
	const uint32_t *types, *labels; /* of each term, that of all */
	unsigned threads;
};

/* A share of the nodes, and of the references. */
static void snapshot_rename(void *context, unsigned index)
{
	const struct snapshot_renaming *r = context;
	struct snapshot *s = r->s;
	size_t end = parallel_share(s->nodes, r->threads, index + 1);
	for (size_t i = parallel_share(s->nodes, r->threads, index); i < end; i++) {
		s->type[i] = r->types[s->type[i]];
		s->shape[i] = r->types[s->shape[i]];
	}
	size_t refs = s->start[s->nodes];
	end = parallel_share(refs, r->threads, index + 1);
	for (size_t e = parallel_share(refs, r->threads, index); e < end; e++)
		s->label[e] =
			r->labels[s->label[e] & ~LABEL_KEY] | (s->label[e] & LABEL_KEY);
}

/* From its own terms to those of all.  Terms keep the order in which they came. */
static bool snapshot_share_terms(
	struct snapshot_fill *f, struct vocabulary *v, struct error *err)
{
	struct snapshot *s = f->s;
	uint32_t *types = terms_join(&v->types, &f->words.types);
	uint32_t *labels = terms_join(&v->labels, &f->words.labels);
	bool ok = (types != NULL && labels != NULL) || error_nomem(err);
	struct snapshot_renaming r = { s, types, labels, parallel_threads(0) };
	if (ok)
		parallel_run(r.threads, snapshot_rename, &r);
	free(types);
	free(labels);
	s->words = v;
	return ok;
}

bool snapshot_load(struct db *db, const int64_t *num, size_t n, struct vocabulary *v,
	struct snapshot **out, struct error *err)
{
	struct snapshot_work w = { .count = n };
	w.job = array_new_zeroed(n, sizeof *w.job);
	bool ok = w.job != NULL || error_nomem(err);
	/* Were the types of all objects told apart before? */
	bool told = graph_kept_has(db, num, n);
	for (size_t k = 0; ok && k < n; k++) {
		struct snapshot_job *job = &w.job[k];
		struct snapshot *s = array_new_zeroed(1, sizeof *s);
		job->err = ERROR_INIT;
		job->fill.s = s;
		ok = (s != NULL || error_nomem(err)) &&
		     vocabulary_init(&job->fill.words, v->types.runtime, err) &&
		     snapshot_ask_labels(db, num[k], &s->labelled, err);
		if (!ok)
			break;
		s->num = num[k];
		s->words = &job->fill.words;
		job->heap = graph_kept_heap(db, num[k]);
		ok = job->heap != NULL || snapshot_fill_tables(&job->fill, db, err);
		if (ok && told && job->heap != NULL) {
			struct analysis *a = graph_kept_analysis(db, num[k], err);
			ok = a != NULL;
			job->fill.objects = ok ? a->objects : NULL;
		}
	}
	w.graphs = ok ? graph_kept_begin(db, num, n, false) : NULL;
	if (!graph_kept_spares(w.graphs)) {
		graph_kept_end(w.graphs);
		w.graphs = NULL;
	}
	ok = ok && snapshot_step_all(&w, snapshot_step_fill, graph_kept_make, err);
	for (size_t k = 0; ok && k < n; k++) {
		struct snapshot_fill *f = &w.job[k].fill;
		ok = snapshot_load_roots(f->s, db, err) &&
		     (!f->s->labelled || snapshot_load_labels(f, db, err));
	}
	if (ok)
		graph_kept_place(db, w.graphs);
	ok = ok && snapshot_step_all(&w, snapshot_step_merge, graph_kept_look, err);
	graph_kept_end(w.graphs);
	for (size_t k = 0; ok && k < n; k++)
		ok = snapshot_share_terms(&w.job[k].fill, v, err) &&
		     snapshot_tell_classes(w.job[k].fill.s, db, v, err);
	for (size_t k = 0; w.job != NULL && k < n; k++) {
		out[k] = w.job[k].fill.s;
		snapshot_fill_fini(&w.job[k].fill);
		if (!ok) {
			snapshot_free(out[k]);
			out[k] = NULL;
		}
	}
	free(w.job);
	return ok;
}
