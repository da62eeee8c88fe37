/* SPDX-License-Identifier: MIT */
#include "compare/trend.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

static bool trend_is_zero(const int64_t *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (value[i] != 0)
			return false;
	return true;
}

enum trend trend_judge(const int64_t *value, size_t n)
{
	assert(n > 0);
	double net = (double)value[n - 1] - (double)value[0];
	double largest = 0, last = 0,
	       before = 0; /* steps: the last, the mean of others */
	bool all_up = true, none_down = true;
	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, fabs((double)value[i]));
	if (value[n - 1] == 0)
		return trend_is_zero(value, n) ? TREND_FLAT : TREND_GONE;
	if (n > 1 && trend_is_zero(value, n - 1))
		return TREND_NEW;
	if ((net < 0 ? -net : net) * 100 <= largest)
		return TREND_FLAT;
	if (net < 0)
		return TREND_SHRINKING;
	for (size_t i = 1; i < n; i++) {
		double step = (double)value[i] - (double)value[i - 1];
		all_up = all_up && step > 0;
		none_down = none_down && step >= 0;
		if (i + 1 == n)
			last = step;
		else
			before += step;
	}
	if (n > 2)
		before /= (double)(n - 2);
	if (n > 2 && none_down && last * 2 < before)
		return TREND_SATURATING;
	return all_up ? TREND_MONOTONIC : TREND_NET_UP;
}

double trend_slope(const int64_t *value, size_t n)
{
	double middle = ((double)n - 1) / 2, above = 0, below = 0;
	for (size_t i = 0; i < n; i++) {
		above += ((double)i - middle) * (double)value[i];
		below += ((double)i - middle) * ((double)i - middle);
	}
	return below == 0 ? 0 : above / below;
}

const char *trend_name(enum trend t)
{
	static const char *const names[] = { "flat", "new", "gone", "monotonic",
		"saturating", "net-up", "shrinking" };
	return names[t];
}
