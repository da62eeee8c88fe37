/* SPDX-License-Identifier: MIT */
#include "store/pages.h"

#include "base/array.h"
#include "base/parallel.h"
#include "store/pages_chunk.h"
#include "store/pages_level.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

/* What the threads share, behind the lock.  Chunks are taken in order, packed at the same
 * time, given their pages in order, and written at the same time again: as soon as a
 * chunk is packed, the number of its pages is known and with it where the next one
 * begins. */
struct pages_job {
	const struct pages_file *file;
	const struct pages_rows *rows;
	struct pages_shape shape;
	uint8_t *root;
	uint64_t chunks;

	pthread_mutex_t lock;
	pthread_cond_t turn;
	uint64_t taken;  /* chunks */
	uint64_t placed; /* chunks */
	uint64_t order;  /* of the next page */
	struct pages_node *node;
	size_t nodes;
	size_t node_cap;
	bool failed;
	struct error *err; /* the caller's: the first failure */
};

/* Fails when the file would grow beyond what it may. */
static bool pages_check_order(
	const struct pages_file *file, uint64_t order, struct error *err)
{
	if (order > file->max_count || pages_at(file, order - 1) > file->max_count)
		return error_set(err, STATUS_DATA,
			"database '%s' is full: it would have more than %u pages",
			file->name, (unsigned)file->max_count);
	return true;
}

/* Gives the packed chunk its place: its nodes go to the list. */
static bool pages_place(
	struct pages_job *job, const struct pages_chunk *chunk, struct error *err)
{
	if (!pages_check_order(job->file, job->order + chunk->pages, err))
		return false;
	if (!array_reserve(&job->node, &job->node_cap, job->nodes + chunk->leaves,
		    sizeof *job->node))
		return error_nomem(err);
	for (size_t l = 0; l < chunk->leaves; l++) {
		const struct pages_leaf *leaf = &chunk->leaf[l];
		uint64_t end = chunk->first + leaf->first + leaf->rows;
		job->node[job->nodes++] = (struct pages_node){
			.row = job->shape.kind == PAGES_TABLE ? end - 1 : end,
			.page = pages_at(job->file, job->order + leaf->offset),
			.overflow = pages_at(job->file, job->order + leaf->overflow),
		};
	}
	job->order += chunk->pages;
	return true;
}

/* Packs chunk after chunk, and writes each once all chunks before it have their place. */
static void pages_work(void *context, unsigned index)
{
	(void)index;
	struct pages_job *job = context;
	struct error err = ERROR_INIT;
	struct pages_chunk chunk;
	struct pages_out out = { 0 };
	bool ok = pages_chunk_init(&chunk, job->rows, job->shape, &err) &&
		  pages_out_init(&out, job->file, &err);
	while (ok) {
		pthread_mutex_lock(&job->lock);
		bool any = !job->failed && job->taken < job->chunks;
		uint64_t number = any ? job->taken++ : 0;
		pthread_mutex_unlock(&job->lock);
		if (!any)
			break;
		ok = pages_chunk_pack(&chunk, number, &err);
		if (!ok)
			break;
		pthread_mutex_lock(&job->lock);
		while (job->placed < number && !job->failed)
			pthread_cond_wait(&job->turn, &job->lock);
		assert(job->failed || job->placed == number);
		uint64_t base = job->order;
		bool stop = job->failed;
		ok = stop || pages_place(job, &chunk, &err);
		job->placed++;
		pthread_cond_broadcast(&job->turn);
		pthread_mutex_unlock(&job->lock);
		if (stop)
			break;
		ok = ok && pages_chunk_write(&chunk, &out, base, &err);
	}
	if (!ok) {
		pthread_mutex_lock(&job->lock);
		if (!job->failed && job->err != NULL)
			*job->err = err;
		job->failed = true;
		pthread_cond_broadcast(&job->turn);
		pthread_mutex_unlock(&job->lock);
	}
	pages_out_fini(&out);
	pages_chunk_fini(&chunk);
}

/* A tree of at most one chunk may be a root alone. */
static bool pages_fill_root(struct pages_job *job, bool *done, struct error *err)
{
	struct pages_chunk chunk;
	struct pages_out out = { 0 };
	*done = false;
	if (job->rows->count == 0) {
		int type = job->shape.kind == PAGES_TABLE ? PAGES_LEAF_TABLE
							  : PAGES_LEAF_INDEX;
		pages_put_header(job->root, &job->shape, type, 0, 0, 0);
		return *done = true;
	}
	bool ok = pages_chunk_init(&chunk, job->rows, job->shape, err) &&
		  pages_chunk_pack(&chunk, 0, err);
	*done = ok && chunk.leaves == 1;
	if (*done) {
		uint64_t base = job->order;
		job->order += chunk.pages - 1;
		ok = pages_check_order(job->file, job->order, err) &&
		     pages_out_init(&out, job->file, err) &&
		     pages_chunk_write_root(&chunk, &out, base, job->root, err);
	}
	pages_out_fini(&out);
	pages_chunk_fini(&chunk);
	return ok;
}

bool pages_fill(struct pages_file *file, enum pages_kind kind,
	const struct pages_rows *rows, unsigned threads, uint8_t *root, struct error *err)
{
	struct pages_job job = {
		.file = file,
		.rows = rows,
		.shape = pages_shape(file, kind),
		.root = root,
		.chunks = (rows->count + PAGES_CHUNK - 1) / PAGES_CHUNK,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.turn = PTHREAD_COND_INITIALIZER,
		.order = pages_order(file, file->count) + 1,
		.err = err,
	};
	bool done = false;
	bool ok = job.chunks > 1 || pages_fill_root(&job, &done, err);
	if (ok && !done) {
		threads = parallel_threads(threads);
		parallel_run(threads < job.chunks ? threads : (unsigned)job.chunks,
			pages_work, &job);
		/* Pages above the leaves are fewer than leaves, so this bounds them well.
		 */
		struct pages_out out = { 0 };
		ok = !job.failed && pages_check_order(file, job.order + job.nodes, err) &&
		     pages_out_init(&out, file, err) &&
		     pages_level_write(job.node, job.nodes, rows, &job.shape, &out,
			     &job.order, root, err);
		pages_out_fini(&out);
	}
	free(job.node);
	pthread_mutex_destroy(&job.lock);
	pthread_cond_destroy(&job.turn);
	if (ok && pages_order(file, file->count) < job.order - 1)
		file->count = pages_at(file, job.order - 1);
	return ok;
}
