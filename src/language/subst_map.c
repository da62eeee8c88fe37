/* SPDX-License-Identifier: MIT */
#include "language/subst_map.h"

#include "base/array.h"
#include "base/search.h"

#include <assert.h>
#include <stdlib.h>

void subst_text_fini(struct subst_text *t)
{
	buffer_fini(&t->text);
	free(t->pieces);
	*t = SUBST_TEXT_INIT;
}

void subst_map_clear(struct subst_text *t)
{
	buffer_clear(&t->text);
	t->piece_count = 0;
}

void subst_map_put(struct subst_text *t, size_t in, bool copied)
{
	size_t n = t->piece_count, out = t->text.len;
	if (n > 0) {
		const struct subst_piece *last = &t->pieces[n - 1];
		if (last->copied && copied && in - last->in == out - last->out)
			return;
	}
	if (!array_reserve(&t->pieces, &t->piece_cap, n + 1, sizeof *t->pieces)) {
		t->text.failed = true;
		return;
	}
	t->pieces[t->piece_count++] = (struct subst_piece){ out, in, copied };
}

/* The piece that holds byte `offset` of the output; there is one. */
static size_t subst_map_find(const struct subst_text *t, size_t offset)
{
	size_t at;
	assert(t->piece_count > 0);
	SEARCH_FIRST(at, t->piece_count, t->pieces[at].out > offset);
	return at == 0 ? 0 : at - 1;
}

size_t subst_origin(const struct subst_text *t, size_t offset)
{
	if (t->piece_count == 0)
		return 0;
	if (offset > t->text.len)
		offset = t->text.len;
	const struct subst_piece *piece = &t->pieces[subst_map_find(t, offset)];
	return piece->in + (piece->copied ? offset - piece->out : 0);
}

void subst_map_copy(
	struct subst_text *to, const struct subst_text *from, size_t start, size_t end)
{
	size_t i = subst_map_find(from, start);
	while (start < end) {
		const struct subst_piece *piece = &from->pieces[i++];
		size_t next = i < from->piece_count ? from->pieces[i].out : end;
		size_t stop = next < end ? next : end;
		if (stop <= start)
			continue;
		subst_map_put(to, piece->in + (piece->copied ? start - piece->out : 0),
			piece->copied);
		buffer_put(&to->text, from->text.data + start, stop - start);
		start = stop;
	}
}
