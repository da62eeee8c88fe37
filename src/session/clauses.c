/* SPDX-License-Identifier: MIT */
#include "session/clauses.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>
#include <string.h>

bool clauses_read(const struct invocation *in, size_t first, struct clause *clauses,
	struct error *err)
{
	for (size_t i = first; i < in->words.count; i++) {
		struct clause *c = clauses;
		while (c->name != NULL && !words_is(&in->words, i, c->name))
			c++;
		if (c->name == NULL)
			return command_bad_word(in, i, "unexpected word", err);
		if (c->given)
			return command_bad_word(in, i, "given twice:", err);
		if (c->takes && i + 1 == in->words.count)
			return command_bad_word(in, i, "something must follow", err);
		c->given = true;
		if (c->takes)
			c->word = ++i;
	}
	return true;
}

bool clause_number(const struct invocation *in, const struct clause *c, int64_t least,
	int64_t otherwise, int64_t *value, struct error *err)
{
	*value = otherwise;
	assert(!c->given || (c->takes && c->word < in->words.count));
	if (!c->given)
		return true;
	if (!command_integer(in, c->word, value, err))
		return false;
	return *value >= least ||
	       command_bad_word(in, c->word, "the number is too small:", err);
}

bool clause_bits(struct session *s, const struct graph *g, const struct invocation *in,
	const struct clause *c, uint64_t **bits, struct error *err)
{
	*bits = NULL;
	if (!c->given)
		return true;
	if (!query_bits(s, g, in, c->word, bits, err))
		return false;
	if (bits_count(*bits, g->nodes) == 0) {
		/* A note is one line; a condition may be several. */
		const char *text = in->words.items[c->word].text;
		size_t line = strcspn(text, "\r\n");
		session_note(s, "'%s': no object fulfils %.*s%s", c->name, (int)line,
			text, text[line] == '\0' ? "" : " …");
	}
	return true;
}

bool clause_nodes(struct session *s, const struct graph *g, const struct invocation *in,
	const struct clause *c, uint32_t **nodes, size_t *count, struct error *err)
{
	uint64_t *bits;
	*nodes = NULL;
	*count = 0;
	if (!clause_bits(s, g, in, c, &bits, err))
		return false;
	if (bits == NULL)
		return true;
	*nodes = array_new(bits_count(bits, g->nodes), sizeof **nodes);
	for (uint32_t i = 0; *nodes != NULL && i < g->nodes; i++)
		if (bits_has(bits, i))
			(*nodes)[(*count)++] = i;
	free(bits);
	return *nodes != NULL || error_nomem(err);
}

void clause_note_unreachable(
	struct session *s, const struct dominators *d, const uint64_t *set)
{
	uint32_t all = 0, lost = 0;
	for (uint32_t i = 0; set != NULL && i < d->nodes; i++) {
		if (!bits_has(set, i))
			continue;
		all++;
		lost += d->immediate[i] == DOMINATORS_UNREACHABLE;
	}
	assert(lost <= all && all <= d->nodes);
	if (lost > 0)
		session_note(s, "%u of %u objects are not reachable", lost, all);
}
