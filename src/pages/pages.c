/* SPDX-License-Identifier: MIT */
#include "pages/pages.h"

#include "base/array.h"
#include "base/parallel.h"
#include "pages/pages_chunk.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

/* A page of a level, seen from the level above.  In a table `row` is the last row below
 * it; in an index the row that divides it from the next page, and `overflow` that row's
 * first overflow page.  Of the last page of an index both are unused. */
struct pages_node {
	uint64_t row;
	uint32_t page;
	uint32_t overflow;
};

/* What the threads share, behind the lock; `writing` is that of pages_out.  Chunks are
 * taken in order, packed at the same time, given their pages in order, and written at the
 * same time again: as soon as a chunk is packed, the number of its pages is known and
 * with it where the next one begins. */
struct pages_job {
	const struct pages_file *file;
	const struct pages_rows *rows;
	struct pages_shape shape;
	uint8_t *root;
	uint64_t chunks;

	pthread_mutex_t writing;
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

/* --- leaves --------------------------------------------------------------------------
 */

/* Gives the packed chunk its pages: its nodes go to the list. */
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
		  pages_out_init(&out, job->file, &job->writing, &err);
	while (ok) {
		pthread_mutex_lock(&job->lock);
		bool any = !job->failed && job->taken < job->chunks;
		uint64_t number = any ? job->taken++ : 0;
		pthread_mutex_unlock(&job->lock);
		if (!any) {
			ok = pages_out_flush(&out, &err);
			break;
		}
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

/* --- the interior pages, level by level up to the root -------------------------------
 */

/* A page under construction: cells grow from its end towards the pointers. */
struct pages_interior {
	const struct pages_rows *rows;
	const struct pages_shape *shape;
	uint8_t *page;
	uint32_t start; /* of the cells */
	uint32_t cells;
	uint32_t last; /* bytes of the latest cell */
};

/* The largest record of integers: header and values. */
#define PAGES_INTEGERS_MAX (1 + PAGES_COLUMNS_MAX + 8 * PAGES_COLUMNS_MAX)

/* Puts the cell that divides `node` from the next one; false when there is no room. */
static bool pages_interior_put(struct pages_interior *in, const struct pages_node *node)
{
	const struct pages_rows *rows = in->rows;
	bool table = in->shape->kind == PAGES_TABLE;
	uint8_t buffer[PAGES_INTEGERS_MAX];
	struct pages_record record = { .bytes = buffer };
	int64_t rowid = (int64_t)(node->row + 1);
	if (table) {
		if (rows->rowids != NULL)
			rows->rowids(rows->context, node->row, 1, &rowid);
	} else if (rows->columns == 0) {
		rows->records(rows->context, node->row, 1, &record);
	} else {
		int64_t value[PAGES_COLUMNS_MAX];
		int64_t *column[PAGES_COLUMNS_MAX];
		struct cell cell[PAGES_COLUMNS_MAX];
		for (int c = 0; c < PAGES_COLUMNS_MAX; c++)
			column[c] = &value[c];
		rows->integers(rows->context, node->row, 1, column);
		for (int c = 0; c < rows->columns; c++)
			cell[c] = cell_integer(value[c]);
		record.size = record_put(buffer, cell, (size_t)rows->columns);
		assert(record.size <= sizeof buffer);
	}
	uint32_t size = 4 + (table ? (uint32_t)record_varint_size((uint64_t)rowid)
				   : pages_payload_room(in->shape, record.size));
	uint8_t *pointer = in->page + PAGES_INTERIOR_HEADER + 2 * (size_t)in->cells;
	if (pointer + 2 + size > in->page + in->start)
		return false;
	in->start -= size;
	in->last = size;
	in->cells++;
	bytes_put16(pointer, (uint16_t)in->start);
	uint8_t *to = in->page + in->start;
	bytes_put32(to, node->page);
	to += 4;
	if (table) {
		record_put_varint(to, (uint64_t)rowid);
	} else {
		to += record_put_varint(to, record.size);
		pages_put_payload(to, in->shape, &record, node->overflow);
	}
	return true;
}

/* Writes the levels above the leaves, of which there are at least two; the uppermost page
 * goes into job->root.  The list of nodes is used up. */
static bool pages_write_levels(
	struct pages_job *job, struct pages_out *out, struct error *err)
{
	const struct pages_shape *shape = &job->shape;
	struct pages_interior in = {
		.rows = job->rows, .shape = shape, .page = job->root
	};
	struct pages_node *node = job->node;
	size_t n = job->nodes;
	assert(n > 1);
	while (true) {
		/* The nodes of a level are replaced by those of the level above it. */
		size_t above = 0;
		for (size_t first = 0; first < n; above++) {
			/* As many as fit, but never all but one: a page needs a cell and
			 * so two children. */
			size_t last = first;
			assert(n - first >= 2);
			in.start = shape->usable;
			in.cells = 0;
			while (last < n - 1 && pages_interior_put(&in, &node[last]))
				last++;
			if (n - last == 2) {
				in.start += in.last;
				in.cells--;
				last--;
			}
			assert(in.cells == last - first && in.cells > 0);
			pages_put_header(in.page, shape, in.cells,
				shape->usable - in.start, node[last].page);
			if (first == 0 && last == n - 1) /* the page is the uppermost */
				return pages_out_flush(out, err);
			uint32_t at = pages_at(out->file, job->order++);
			uint8_t *page = pages_out_next(out, at, err);
			if (page == NULL)
				return false;
			memcpy(page, in.page, shape->page_size);
			node[above] = node[last];
			node[above].page = at;
			first = last + 1;
		}
		assert(above > 1 && above < n);
		n = above;
	}
}

/* --- the tree ------------------------------------------------------------------------
 */

bool pages_fill(struct pages_file *file, enum pages_kind kind,
	const struct pages_rows *rows, uint8_t *root, struct error *err)
{
	assert(rows->columns >= 0 && rows->columns <= PAGES_COLUMNS_MAX);
	struct pages_job job = {
		.file = file,
		.rows = rows,
		.shape = pages_shape(file, kind),
		.root = root,
		.chunks = (rows->count + pages_chunk_rows(rows) - 1) /
			  pages_chunk_rows(rows),
		.writing = PTHREAD_MUTEX_INITIALIZER,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.turn = PTHREAD_COND_INITIALIZER,
		.order = pages_order(file, file->count) + 1,
		.err = err,
	};
	bool ok = true, done = rows->count == 0;
	if (done)
		pages_put_header(job.root, &job.shape, 0, 0, 0);
	if (!done && job.chunks == 1) {
		/* One leaf is the whole tree: it goes into the root. */
		struct pages_chunk chunk;
		struct pages_out out = { 0 };
		ok = pages_chunk_init(&chunk, rows, job.shape, err) &&
		     pages_chunk_pack(&chunk, 0, err);
		done = ok && chunk.leaves == 1;
		if (done) {
			uint64_t base = job.order;
			job.order += chunk.pages - 1;
			ok = pages_check_order(file, job.order, err) &&
			     pages_out_init(&out, file, &job.writing, err) &&
			     pages_chunk_write_root(&chunk, &out, base, job.root, err);
		}
		pages_out_fini(&out);
		pages_chunk_fini(&chunk);
	}
	if (ok && !done) {
		unsigned threads = parallel_threads(file->threads);
		parallel_run(threads < job.chunks ? threads : (unsigned)job.chunks,
			pages_work, &job);
		assert(job.failed || job.placed == job.chunks);
		/* The pages above the leaves are fewer than the leaves. */
		struct pages_out out = { 0 };
		ok = !job.failed && pages_check_order(file, job.order + job.nodes, err) &&
		     pages_out_init(&out, file, &job.writing, err) &&
		     pages_write_levels(&job, &out, err);
		pages_out_fini(&out);
	}
	free(job.node);
	pthread_mutex_destroy(&job.writing);
	pthread_mutex_destroy(&job.lock);
	pthread_cond_destroy(&job.turn);
	if (ok && pages_order(file, file->count) < job.order - 1)
		file->count = pages_at(file, job.order - 1);
	return ok;
}
