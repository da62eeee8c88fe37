/* SPDX-License-Identifier: MIT */
/* plot_process - how the process used its memory, a bar for each dump. */
#ifndef MEMSEE_ANSWERS_PLOT_PROCESS_H
#define MEMSEE_ANSWERS_PLOT_PROCESS_H

#include "result/plot.h"
#include "session/session.h"

/* Of every generation whose dump says how much memory its process had.  Without one the
 * plot is empty.  NULL on failure. */
struct plot *plot_process(struct session *s, const char *caption, struct error *err);

#endif
