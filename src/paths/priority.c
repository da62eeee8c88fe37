/* SPDX-License-Identifier: MIT */
#include "paths/priority.h"

#include "base/search.h"

void priority_fini(struct priority *p)
{
	free(p->from);
	free(p->to);
	free(p->pair_parent);
	free(p->pairs);
	*p = (struct priority){ 0 };
}

bool priority_is_pair(const struct priority *p, uint32_t parent, uint32_t child)
{
	uint64_t pair = (uint64_t)p->type[parent] << 32 | p->type[child];
	size_t at;
	SEARCH_FIRST(at, p->pair_count, p->pairs[at] >= pair);
	return at < p->pair_count && p->pairs[at] == pair;
}
