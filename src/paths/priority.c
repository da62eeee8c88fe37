/* SPDX-License-Identifier: MIT */
#include "paths/priority.h"

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
	size_t low = 0, high = p->pair_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->pairs[middle] < pair)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->pair_count && p->pairs[low] == pair;
}
