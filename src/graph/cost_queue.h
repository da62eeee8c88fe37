/* SPDX-License-Identifier: MIT */
/* cost_queue - nodes by what it costs to reach them, the cheapest first.
 *
 * For Dijkstra's algorithm where costs are small integers: a bucket for each cost that
 * can be in the queue (R. B. Dial, Algorithm 360, 1969).  Nodes of one cost leave it
 * together, so a search knows which are next and can ask memory for what they need.  A
 * node to which a cheaper way was found stays where it was, too; the search knows its
 * cost and passes over it. */
#ifndef MEMSEE_GRAPH_COST_QUEUE_H
#define MEMSEE_GRAPH_COST_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A step costs less; a power of two. */
#define COST_QUEUE_STEP 1024

struct cost_queue {
	uint32_t now;   /* the cost of what leaves it next */
	size_t waiting; /* nodes in it */
	/* What cost_queue_take() took. */
	uint32_t *batch;
	size_t batch_count, batch_cap;
	/* Of costs from `now` on, the index + 1 of the last chunk of such nodes; 0: there
	 * are none. */
	uint32_t bucket[COST_QUEUE_STEP];
	struct cost_chunk *chunk;
	size_t count, cap;
	uint32_t spare; /* index + 1 of the first chunk that was used up */
};

void cost_queue_fini(struct cost_queue *q); /* of a zeroed one, too */

/* Adds a node of a cost from q->now on, less than COST_QUEUE_STEP more.  False out of
 * memory. */
bool cost_queue_push(struct cost_queue *q, uint32_t cost, uint32_t node);

/* Takes all nodes of the cost q->now, the last one first, to q->batch.  False out of
 * memory.  The caller increases q->now when it has pushed what they lead to. */
bool cost_queue_take(struct cost_queue *q);

#endif
