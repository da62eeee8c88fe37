/* SPDX-License-Identifier: MIT */
#include "base/progress.h"

#include "base/magnitude.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_PER_SECOND = 5, PROGRESS_BAR = 24 };

static uint64_t progress_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void progress_init(struct progress *p, enum progress_mode mode, FILE *out, uint64_t total)
{
	*p = (struct progress){ .out = out, .total = total, .start = progress_clock() };
	/* Whoever asks for it sees it at once. */
	p->last = mode == PROGRESS_ALWAYS ? 0 : p->start;
	p->shown = mode == PROGRESS_ALWAYS ||
		   (mode == PROGRESS_AUTO && isatty(fileno(out)) == 1);
}

void progress_format(char line[PROGRESS_LINE_MAX], uint64_t bytes, uint64_t total,
	uint64_t objects, double seconds)
{
	char count[MAGNITUDE_MAX], bar[PROGRESS_BAR + 4] = "", all[32] = "",
						      left[32] = "";
	double speed = seconds > 0 ? (double)bytes / seconds : 0;
	magnitude_count(count, (int64_t)objects);
	if (total > 0) {
		/* A file may grow while it is read. */
		double part = bytes < total ? (double)bytes / (double)total : 1;
		size_t full = (size_t)(part * (double)PROGRESS_BAR);
		bar[0] = '[';
		memset(bar + 1, '#', full);
		memset(bar + 1 + full, '-', PROGRESS_BAR - full);
		memcpy(bar + 1 + PROGRESS_BAR, "] ", 3);
		snprintf(all, sizeof all, " of %.0f", (double)total / 1e6);
		if (speed > 0)
			snprintf(left, sizeof left, ", %.0f s left",
				(1 - part) * (double)total / speed);
	}
	snprintf(line, PROGRESS_LINE_MAX, "%s%.0f%s MB, %s objects, %.0f MB/s%s", bar,
		(double)bytes / 1e6, all, count, speed / 1e6, left);
}

static void progress_draw(struct progress *p, const char *words)
{
	fprintf(p->out, "\r%s\x1b[K", words);
	(void)fflush(p->out);
	p->drawn = true;
}

void progress_update(struct progress *p, uint64_t bytes, uint64_t objects)
{
	if (!p->shown)
		return;
	uint64_t now = progress_clock();
	if (now - p->last < 1000000000u / PROGRESS_PER_SECOND)
		return;
	p->last = now;
	char line[PROGRESS_LINE_MAX];
	progress_format(line, bytes, p->total, objects, (double)(now - p->start) / 1e9);
	progress_draw(p, line);
}

void progress_say(struct progress *p, const char *words)
{
	/* Nothing for a job that was over in a moment. */
	if (p->shown && progress_clock() - p->start > 1000000000u / PROGRESS_PER_SECOND)
		progress_draw(p, words);
}

void progress_fini(struct progress *p)
{
	if (p->drawn) {
		fputs("\r\x1b[K", p->out);
		(void)fflush(p->out);
	}
	p->drawn = false;
}
