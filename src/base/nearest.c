/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define NEAREST_LEN_MAX 64

static char nearest_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool nearest_same(char a, char b)
{
	return nearest_fold(a) == nearest_fold(b);
}

static size_t nearest_min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Three rows of the table are enough: a swap looks two rows back. */
size_t nearest_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	if (a_len > NEAREST_LEN_MAX || b_len > NEAREST_LEN_MAX)
		return SIZE_MAX;
	size_t rows[3][NEAREST_LEN_MAX + 1];
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i - 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			bool same = nearest_same(a[i - 1], b[j - 1]);
			size_t best = nearest_min(above[j], row[j - 1]) + 1;
			best = nearest_min(best, above[j - 1] + (same ? 0 : 1));
			if (i > 1 && j > 1 && nearest_same(a[i - 1], b[j - 2]) &&
				nearest_same(a[i - 2], b[j - 1]))
				best = nearest_min(best, rows[(i - 2) % 3][j - 2] + 1);
			row[j] = best;
		}
	}
	return rows[a_len % 3][b_len];
}

const char *nearest_name(const char *word, size_t len, const char *const *names)
{
	const char *nearest = NULL;
	size_t best = (len == 2 ? 1 : len / 3) + 1;
	for (; *names != NULL; names++) {
		size_t name_len = strlen(*names);
		bool begins =
			len >= 2 && name_len > len && strncasecmp(*names, word, len) == 0;
		size_t distance =
			begins ? 0 : nearest_distance(word, len, *names, name_len);
		if (distance < best) {
			best = distance;
			nearest = *names;
		}
	}
	return nearest;
}
