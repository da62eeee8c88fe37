/* SPDX-License-Identifier: MIT */
#include "compare/trend.h"

#include <math.h>
#include <stdbool.h>

/* Steps of a series, as far as the trend is concerned. */
struct trend_steps {
	bool all_up;
	bool none_down;
	double last;
	double before; /* the average of the others */
};

static struct trend_steps trend_look(const int64_t *value, size_t n)
{
	struct trend_steps s = { .all_up = true, .none_down = true };
	for (size_t i = 1; i < n; i++) {
		double step = (double)value[i] - (double)value[i - 1];
		s.all_up = s.all_up && step > 0;
		s.none_down = s.none_down && step >= 0;
		if (i + 1 == n)
			s.last = step;
		else
			s.before += step;
	}
	if (n > 2)
		s.before /= (double)(n - 2);
	return s;
}

static bool trend_is_zero(const int64_t *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (value[i] != 0)
			return false;
	return true;
}

static double trend_largest(const int64_t *value, size_t n)
{
	double largest = 0;
	for (size_t i = 0; i < n; i++) {
		double v = fabs((double)value[i]);
		largest = v > largest ? v : largest;
	}
	return largest;
}

enum trend trend_judge(const int64_t *value, size_t n)
{
	double net = (double)value[n - 1] - (double)value[0];
	if (value[n - 1] == 0)
		return trend_is_zero(value, n) ? TREND_FLAT : TREND_GONE;
	if (n > 1 && trend_is_zero(value, n - 1))
		return TREND_NEW;
	if ((net < 0 ? -net : net) * 100 <= trend_largest(value, n))
		return TREND_FLAT;
	if (net < 0)
		return TREND_SHRINKING;
	struct trend_steps s = trend_look(value, n);
	if (n > 2 && s.none_down && s.last * 2 < s.before)
		return TREND_SATURATING;
	return s.all_up ? TREND_MONOTONIC : TREND_NET_UP;
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
