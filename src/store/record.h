/* SPDX-License-Identifier: MIT */
/* record - SQLite's record format: the bytes of one row.
 *
 * A record is a header, its own length and a serial type for each column as varints, and
 * then the values (https://www.sqlite.org/fileformat2.html, "Record Format").  What is
 * written here is what SQLite itself would write, shortest integers included; a table's
 * `integer primary key` column is NULL in the record, as the rowid holds it.  Type
 * affinities are the caller's: put the cell that the column would store. */
#ifndef MEMSEE_STORE_RECORD_H
#define MEMSEE_STORE_RECORD_H

#include "base/cell.h"

#include <stddef.h>
#include <stdint.h>

#define RECORD_VARINT_MAX 9

/* The bytes that `value` takes as a varint, 1..9; writes them and returns their number.
 */
size_t record_varint_size(uint64_t value);
size_t record_put_varint(uint8_t *to, uint64_t value);

/* The bytes that the record of these cells takes; O(n). */
size_t record_size(const struct cell *cells, size_t n);

/* Writes that record to to[0..record_size()-1]; returns its size. */
size_t record_put(uint8_t *to, const struct cell *cells, size_t n);

#endif
