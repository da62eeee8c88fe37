/* SPDX-License-Identifier: MIT */
#include "leaks/findings.h"

#include "base/array.h"
#include "base/saturate.h"
#include "leaks/growth.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void findings_fini(struct findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->item[i].series);
	free(f->item);
	*f = (struct findings){ 0 };
}

bool findings_put(struct findings *f, struct finding finding, const int64_t *series)
{
	size_t n = f->generations;
	assert(n >= 2 && finding.kind <= LEAK_SIZE);
	finding.series = array_new(n, sizeof *finding.series);
	if (finding.series == NULL ||
		!array_reserve(&f->item, &f->cap, f->count + 1, sizeof *f->item)) {
		free(finding.series);
		return false;
	}
	memcpy(finding.series, series, n * sizeof *series);
	finding.growth = growth_of(series, n);
	f->item[f->count++] = finding;
	return true;
}

static int findings_compare_with(
	const struct finding *x, const struct finding *y, const struct terms *types)
{
	if (x->origin != y->origin)
		return x->origin < y->origin ? -1 : 1;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	if (x->growth != y->growth)
		return x->growth > y->growth ? -1 : 1;
	if (x->type != y->type)
		return strcmp(types->text[x->type], types->text[y->type]);
	if (x->holder != y->holder)
		return x->holder < y->holder ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* qsort() has no context.  The list is short, or long and nearly sorted. */
void findings_sort(struct findings *f, const struct terms *types)
{
	for (size_t gap = f->count / 2; gap > 0; gap /= 2)
		for (size_t i = gap; i < f->count; i++) {
			struct finding x = f->item[i];
			size_t j = i;
			for (; j >= gap &&
				findings_compare_with(&x, &f->item[j - gap], types) < 0;
				j -= gap)
				f->item[j] = f->item[j - gap];
			f->item[j] = x;
		}
}

/* Is each step of `x` the same multiple of that of `y`?  Of one step a multiple says
 * something only when it is whole. */
static bool findings_in_proportion(
	const struct finding *x, const struct finding *y, size_t n)
{
	const double same = 1.03, whole = 0.02;
	double least = INFINITY, most = 0;
	for (size_t k = 1; k < n; k++) {
		double a = (double)saturate_subtract(x->series[k], x->series[k - 1]);
		double b = (double)saturate_subtract(y->series[k], y->series[k - 1]);
		if (a <= 0 || b <= 0)
			return false;
		least = fmin(least, a / b);
		most = fmax(most, a / b);
	}
	return most <= same * least && (n > 2 || fabs(least - round(least)) < whole);
}

void findings_drop_echoes(struct findings *f, const struct terms *types)
{
	enum { ASKED_MOST = 200 }; /* the best ones, so that many leaks take no longer */
	size_t kept = 0;
	bool *echo = array_new_zeroed(f->count, sizeof *echo);
	if (echo == NULL)
		return; /* echoes are not wrong, only more than a reader needs */
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *x = &f->item[i];
		if (x->origin != ORIGIN_BLOCK)
			continue;
		bool weak = (types->flags[x->type] & TRAIT_WEAK) != 0;
		/* Outside of CPython, programs are made of closures, texts, numbers and
		 * plain objects; an instance of a class does not bring them along.
		 * Several of them may leak in step. */
		bool plain = false;
		if (types->runtime != NULL && types->runtime != &runtime_cpython) {
			const char *type = types->text[x->type];
			enum type_kind kind =
				runtime_kind(types->runtime, type, strlen(type));
			plain = kind == KIND_FUNCTION || kind == KIND_MAPPING ||
				kind == KIND_SEQUENCE ||
				((kind == KIND_STRING || kind == KIND_NUMBER) &&
					HOLDER_IS_OBJECT(x->holder));
		}
		for (size_t j = 0; !echo[i] && j < i && j < ASKED_MOST; j++) {
			const struct finding *y = &f->item[j];
			/* Two leaks that were joined below one name are of several
			 * holders. */
			bool one = HOLDER_IS_OBJECT(x->holder) &&
				   y->holder == x->holder &&
				   !(plain && x->label == PLACE_BELOW &&
					   y->label == PLACE_BELOW);
			echo[i] = one ||
				  (!plain && (weak || y->origin < ORIGIN_BLOCK) &&
					  findings_in_proportion(x, y, f->generations));
		}
	}
	for (size_t i = 0; i < f->count; i++)
		if (echo[i])
			free(f->item[i].series);
		else
			f->item[kept++] = f->item[i];
	f->count = kept;
	free(echo);
}
