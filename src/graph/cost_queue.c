/* SPDX-License-Identifier: MIT */
#include "graph/cost_queue.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

enum { COST_CHUNK = 62 };

/* Nodes of one cost: together, where a list would lead from one to the other. */
struct cost_chunk {
	uint32_t next; /* index + 1 of that which was filled before; 0: none */
	uint32_t count;
	uint32_t node[COST_CHUNK];
};

void cost_queue_fini(struct cost_queue *q)
{
	free(q->chunk);
	free(q->batch);
	*q = (struct cost_queue){ 0 };
}

bool cost_queue_push(struct cost_queue *q, uint32_t cost, uint32_t node)
{
	assert(cost >= q->now && cost - q->now < COST_QUEUE_STEP);
	uint32_t *bucket = &q->bucket[cost % COST_QUEUE_STEP];
	if (*bucket == 0 || q->chunk[*bucket - 1].count == COST_CHUNK) {
		uint32_t at = q->spare;
		if (at != 0) {
			q->spare = q->chunk[at - 1].next;
		} else {
			if (!array_reserve(
				    &q->chunk, &q->cap, q->count + 1, sizeof *q->chunk))
				return false;
			at = (uint32_t)++q->count;
		}
		q->chunk[at - 1].next = *bucket;
		q->chunk[at - 1].count = 0;
		*bucket = at;
	}
	struct cost_chunk *chunk = &q->chunk[*bucket - 1];
	chunk->node[chunk->count++] = node;
	q->waiting++;
	return true;
}

bool cost_queue_take(struct cost_queue *q)
{
	uint32_t *bucket = &q->bucket[q->now % COST_QUEUE_STEP];
	q->batch_count = 0;
	while (*bucket != 0) {
		uint32_t first = *bucket;
		struct cost_chunk *chunk = &q->chunk[first - 1];
		if (!array_reserve(&q->batch, &q->batch_cap,
			    q->batch_count + chunk->count, sizeof *q->batch))
			return false;
		for (uint32_t i = chunk->count; i-- > 0;)
			q->batch[q->batch_count++] = chunk->node[i];
		*bucket = chunk->next;
		chunk->next = q->spare;
		q->spare = first;
	}
	assert(q->batch_count <= q->waiting);
	q->waiting -= q->batch_count;
	return true;
}
