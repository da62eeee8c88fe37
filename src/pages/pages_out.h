/* SPDX-License-Identifier: MIT */
/* pages_out - pages on their way into a file, written in long runs.
 *
 * Pages are numbered twice.  In the file they count from 1 and the lock-byte page is one
 * of them; here, where pages are reckoned with, their *order* counts the pages that may
 * be used, so that the pages of a run have consecutive orders. */
#ifndef MEMSEE_PAGES_PAGES_OUT_H
#define MEMSEE_PAGES_PAGES_OUT_H

#include "pages/pages.h"

#include <pthread.h>

/* The page of that order, and the order of a page. */
uint32_t pages_at(const struct pages_file *file, uint64_t order);
uint64_t pages_order(const struct pages_file *file, uint32_t page);

struct pages_out {
	const struct pages_file *file;
	pthread_mutex_t *writing; /* borrowed: held by the thread that writes */
	uint8_t *buffer;
	uint32_t *page;    /* the number of each page in the buffer */
	uint32_t capacity; /* in pages */
	uint32_t count;    /* pages in the buffer */
};

bool pages_out_init(struct pages_out *out, const struct pages_file *file,
	pthread_mutex_t *writing, struct error *err);
void pages_out_fini(struct pages_out *out); /* drops what was not flushed */

/* Room for page `page`, page_size bytes with PAGES_SLACK more behind them that the next
 * page may overwrite: borrowed, valid until the next call.  NULL when writing failed. */
uint8_t *pages_out_next(struct pages_out *out, uint32_t page, struct error *err);

bool pages_out_flush(struct pages_out *out, struct error *err);

/* Writes all of `size` bytes at `offset`; what bulk.c patches goes this way too. */
bool pages_write(const struct pages_file *file, const void *bytes, size_t size,
	uint64_t offset, struct error *err);

#endif
