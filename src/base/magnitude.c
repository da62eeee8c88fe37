/* SPDX-License-Identifier: MIT */
#include "base/magnitude.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void magnitude_format(char out[MAGNITUDE_MAX], double number)
{
	static const char units[] = { 'K', 'M', 'G', 'T' };
	out[0] = '\0';
	if (fabs(number) < 10000)
		return;
	size_t unit = 0;
	number /= 1000;
	/* As it will be rounded: 999,950 are 1.0M. */
	while (fabs(number) >= 999.95 && unit + 1 < sizeof units) {
		number /= 1000;
		unit++;
	}
	snprintf(out, MAGNITUDE_MAX, " (%.1f%c)", number, units[unit]);
}

void magnitude_count(char out[MAGNITUDE_MAX], int64_t count)
{
	char digits[24], *to = out;
	int len = snprintf(digits, sizeof digits, "%" PRId64, count);
	for (int i = 0; i < len; i++) {
		if (i > 0 && digits[i - 1] != '-' && (len - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	assert(to < out + MAGNITUDE_MAX);
}

double magnitude_tenths(double number)
{
	return round(number * 10) / 10;
}

void magnitude_bytes(char out[MAGNITUDE_MAX], double bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	size_t unit = 0;
	double n = fabs(bytes);
	/* As it will be rounded: 999,700 bytes are 1.00 MB. */
	while (n >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
		n /= 1000;
		unit++;
	}
	int decimals = unit == 0 ? 0 : n < 9.995 ? 2 : n < 99.95 ? 1 : 0;
	snprintf(out, MAGNITUDE_MAX, "%s%.*f %s", bytes < 0 ? "-" : "", decimals, n,
		units[unit]);
}

const char *magnitude_parse(const char *text, uint64_t *size)
{
	static const char units[] = "kmgt";
	char *end;
	if (text[0] < '0' || text[0] > '9')
		return NULL;
	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	const char *unit = strchr(units, *end | 0x20);
	unsigned shift = unit == NULL ? 0 : 10 * (unsigned)(unit - units + 1);
	if (errno != 0 || number == 0 || number > (UINT64_MAX >> shift))
		return NULL;
	*size = number << shift;
	return end + (unit != NULL);
}
