/* SPDX-License-Identifier: MIT */
#include "base/magnitude.h"

#include <math.h>
#include <stdio.h>

void magnitude_format(char out[MAGNITUDE_MAX], double number)
{
	static const char units[] = { 'K', 'M', 'G', 'T' };
	out[0] = '\0';
	if (fabs(number) < 10000)
		return;
	size_t unit = 0;
	number /= 1000;
	while (fabs(number) >= 1000 && unit + 1 < sizeof units) {
		number /= 1000;
		unit++;
	}
	snprintf(out, MAGNITUDE_MAX, " (%.1f%c)", number, units[unit]);
}
