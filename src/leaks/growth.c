/* SPDX-License-Identifier: MIT */
#include "leaks/growth.h"

#include "base/saturate.h"

#include <assert.h>

bool growth_goes_on(const int64_t *value, size_t n, int64_t enough)
{
	const double fills = 0.3, halves = 0.5;
	assert(n >= 2);
	for (size_t k = 1; k < n; k++)
		if (value[k] <= value[k - 1])
			return false;
	if (n == 2)
		return true;
	double last = (double)saturate_subtract(value[n - 1], value[n - 2]);
	double mean = (double)growth_of(value, n - 1) / (double)(n - 2);
	double r = last / mean;
	return r >= halves || (r >= fills && last * r / (1 - r) >= (double)enough);
}

bool growth_survives(
	const int64_t *count, const int64_t *stay, const int64_t *came, size_t n)
{
	const double churn = 0.34, lasts = 0.5;
	for (size_t k = 1; k < n; k++) {
		int64_t died = count[k - 1] - stay[k - 1];
		if ((double)died > churn * (double)came[k])
			return false;
		if (k + 1 < n &&
			(double)stay[k] < lasts * (double)(count[k] - count[k - 1]))
			return false;
	}
	return true;
}
