/* SPDX-License-Identifier: MIT */
#include "store/pages.h"

#include "base/array.h"
#include "base/parallel.h"
#include "store/pages_chunk.h"
#include "store/pages_level.h"

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

static bool pages_take(struct pages_job *job, uint64_t *number)
{
	pthread_mutex_lock(&job->lock);
	bool any = !job->failed && job->taken < job->chunks;
	if (any)
		*number = job->taken++;
	pthread_mutex_unlock(&job->lock);
	return any;
}

static void pages_fail(struct pages_job *job, const struct error *err)
{
	pthread_mutex_lock(&job->lock);
	if (!job->failed && job->err != NULL)
		*job->err = *err;
	job->failed = true;
	pthread_cond_broadcast(&job->turn);
	pthread_mutex_unlock(&job->lock);
}

/* Waits until all chunks before `number` have their place and gives this one its own.
 * False also when another thread failed. */
static bool pages_wait_and_place(struct pages_job *job, uint64_t number,
	const struct pages_chunk *chunk, uint64_t *base, struct error *err)
{
	pthread_mutex_lock(&job->lock);
	while (job->placed < number && !job->failed)
		pthread_cond_wait(&job->turn, &job->lock);
	*base = job->order;
	bool ok = !job->failed && pages_place(job, chunk, err);
	job->placed++;
	pthread_cond_broadcast(&job->turn);
	pthread_mutex_unlock(&job->lock);
	return ok;
}

static bool pages_do_chunk(struct pages_job *job, uint64_t number,
	struct pages_chunk *chunk, struct pages_out *out, struct error *err)
{
	uint64_t base;
	return pages_chunk_pack(chunk, number, err) &&
	       pages_wait_and_place(job, number, chunk, &base, err) &&
	       pages_chunk_write(chunk, out, base, err);
}

static void pages_work(void *context, unsigned index)
{
	(void)index;
	struct pages_job *job = context;
	struct error err = ERROR_INIT;
	struct pages_chunk chunk;
	struct pages_out out = { 0 };
	uint64_t number;
	bool ok = pages_chunk_init(&chunk, job->rows, job->shape, &err) &&
		  pages_out_init(&out, job->file, &err);
	while (ok && pages_take(job, &number))
		ok = pages_do_chunk(job, number, &chunk, &out, &err);
	if (!ok)
		pages_fail(job, &err);
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

static bool pages_fill_levels(struct pages_job *job, struct error *err)
{
	struct pages_out out;
	/* Pages above the leaves are fewer than leaves, so this bounds them well. */
	bool ok = pages_check_order(job->file, job->order + job->nodes, err) &&
		  pages_out_init(&out, job->file, err);
	if (!ok)
		return false;
	ok = pages_level_write(job->node, job->nodes, job->rows, &job->shape, &out,
		&job->order, job->root, err);
	pages_out_fini(&out);
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
		ok = !job.failed && pages_fill_levels(&job, err);
	}
	free(job.node);
	pthread_mutex_destroy(&job.lock);
	pthread_cond_destroy(&job.turn);
	if (ok && pages_order(file, file->count) < job.order - 1)
		file->count = pages_at(file, job.order - 1);
	return ok;
}
