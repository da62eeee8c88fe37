/* SPDX-License-Identifier: MIT */
#include "explain/signature.h"

#include "base/array.h"
#include "base/map.h"
#include "graph/graph.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void signature_put(struct buffer *out, bool first, const char *label, const char *type,
	bool repeated)
{
	if (!first)
		buffer_put_char(out, ' ');
	bool place = strncmp(label, ".{", 2) == 0 &&
		     strcmp(label + 2 + strspn(label + 2, "0123456789"), "}") == 0;
	if (place)
		buffer_put_text(out, ".{} ");
	else if (label[0] != '\0')
		buffer_printf(out, "%s ", label);
	else if (!first)
		buffer_put_text(out, "-> ");
	buffer_put_text(out, type);
	if (repeated)
		buffer_put_char(out, '*');
}

/* The same steps, where the older text has some metaclass for "class Registry". */
static bool signature_same_steps(const char *older, const char *now)
{
	static const char class[] = " class ";
	while (*older != '\0' && *now != '\0') {
		if (*older == ' ' && strncmp(now, class, sizeof class - 1) == 0 &&
			strncmp(older, class, sizeof class - 1) != 0) {
			older += 1 + strcspn(older + 1, " ");
			now += sizeof class - 1;
			now += strcspn(now, " ");
		} else if (*older++ != *now++)
			return false;
	}
	return *older == *now;
}

bool signature_was(const char *older, const char *now)
{
	static const char module[] = "module ", namespace[] = " dict ['";
	if (strncmp(now, module, sizeof module - 1) != 0)
		return false;
	const char *name = now + sizeof module - 1;
	size_t len = strcspn(name, " ");
	const char *steps = name + len;
	/* Below a module, whose name may be before it: `['shop'] module .Registry`. */
	for (const char *at = strstr(older, module); at != NULL;
		at = strstr(at + 1, module)) {
		size_t before = (size_t)(at - older);
		bool starts = before == 0 || at[-1] == ' ';
		bool named = before >= 3 && memcmp(at - 3, "'] ", 3) == 0;
		bool other = named &&
			     (before < len + 5 || memcmp(at - 3 - len, name, len) != 0 ||
				     memcmp(at - 5 - len, "['", 2) != 0);
		if (starts && !other &&
			signature_same_steps(at + sizeof module - 2, steps))
			return true;
	}
	/* Below its namespace, where a function or frame led: `dict ['Registry']`. */
	for (const char *at = strstr(older, namespace); at != NULL;
		at = strstr(at + 1, namespace)) {
		const char *key = at + sizeof namespace - 1;
		size_t key_len = strcspn(key, "'");
		if (strncmp(key + key_len, "']", 2) == 0 &&
			strncmp(steps, " .", 2) == 0 &&
			strncmp(steps + 2, key, key_len) == 0 &&
			signature_same_steps(key + key_len + 2, steps + 2 + key_len))
			return true;
	}
	return false;
}

/* One more, up to where more make no difference. */
static uint16_t signature_count(uint16_t run)
{
	return run > SIGNATURE_STEPS ? run : (uint16_t)(run + 1);
}

/* Finds the nodes with the same signature `period` steps above them.  run[i]: how many
 * nodes from i upward are the same as what is `period` steps above each.  Where all steps
 * of a signature are, and the one before them, so that neither path begins there, the
 * signatures are the same. */
static void signature_find_period(
	const struct signature_tree *t, uint32_t period, uint16_t *run, uint32_t *first)
{
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t parent = t->parent(t->nodes, i), up = i;
		for (uint32_t k = 0; k < period && up != GRAPH_NONE; k++)
			up = t->parent(t->nodes, up);
		assert(parent == GRAPH_NONE || parent < i);
		run[i] = 0;
		if (up == GRAPH_NONE || !t->same(t->nodes, i, up))
			continue;
		run[i] = signature_count(run[parent]);
		if (run[i] > SIGNATURE_STEPS && first[i] == i)
			first[i] = first[up];
	}
}

/* A step below a node, or below one with the same signature. */
struct signature_step {
	const struct signature_tree *t;
	const uint32_t *first;
	uint32_t above, node;
};

static bool signature_is_step(const void *key, uint32_t i)
{
	const struct signature_step *k = key;
	return k->first[k->t->parent(k->t->nodes, i)] == k->above &&
	       k->t->same(k->t->nodes, i, k->node);
}

/* The same steps from nodes with the same signature have the same one, too, as the
 * branches of a chain. */
static bool signature_find_branches(
	const struct signature_tree *t, const uint16_t *depth, uint32_t *first)
{
	struct map steps = { 0 };
	bool ok = true;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		if (first[i] != i || depth[i] <= SIGNATURE_STEPS)
			continue;
		struct signature_step key = { t, first, first[t->parent(t->nodes, i)],
			i };
		uint64_t hash = map_hash_number(t->hash(t->nodes, i), key.above);
		uint32_t found = map_find(&steps, hash, signature_is_step, &key);
		if (found != MAP_NONE)
			first[i] = found;
		else
			ok = map_put(&steps, hash, i);
	}
	map_fini(&steps);
	return ok;
}

uint32_t *signature_find_repeats(const struct signature_tree *t)
{
	enum { PERIOD_MAX = 8 };
	uint32_t *first = array_new(t->count, sizeof *first);
	uint16_t *depth = array_new(t->count, sizeof *depth), *run = NULL;
	bool deep = false, ok = first != NULL && depth != NULL;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		uint32_t parent = t->parent(t->nodes, i);
		first[i] = i;
		depth[i] = parent == GRAPH_NONE ? 0 : signature_count(depth[parent]);
		deep = deep || depth[i] > SIGNATURE_STEPS;
	}
	if (ok && deep)
		ok = (run = array_new(t->count, sizeof *run)) != NULL;
	for (uint32_t period = 1; run != NULL && period <= PERIOD_MAX; period++)
		signature_find_period(t, period, run, first);
	ok = ok && (!deep || signature_find_branches(t, depth, first));
	free(depth);
	free(run);
	if (ok)
		return first;
	free(first);
	return NULL;
}
