/* SPDX-License-Identifier: MIT */
/* magnitude - large numbers for people. */
#ifndef MEMSEE_BASE_MAGNITUDE_H
#define MEMSEE_BASE_MAGNITUDE_H

#include <stdint.h>

#define MAGNITUDE_MAX 32

/* What follows a number that is hard to read: " (72.1K)", in powers of 1000 up to
 * T; nothing behind one below 10000. */
void magnitude_format(char out[MAGNITUDE_MAX], double number);

/* Bytes in three digits and a unit, powers of 1000: "2.59 MB", "97.3 kB", "56 B". */
void magnitude_bytes(char out[MAGNITUDE_MAX], double bytes);

/* A count with a comma before every three digits: "2,200", "-1,048,576". */
void magnitude_count(char out[MAGNITUDE_MAX], int64_t count);

/* Rounded to tenths, whatever its size. */
double magnitude_tenths(double number);

/* Reads a size as people write it: digits and perhaps K, M, G or T, in powers of 1024.
 * Returns the text after it; NULL when it is not a number, is 0, or is too large. */
const char *magnitude_parse(const char *text, uint64_t *size);

#endif
