/* SPDX-License-Identifier: MIT */
/* process - what /proc says of a process: proc(5). */
#ifndef MEMSEE_ATTACH_PROCESS_H
#define MEMSEE_ATTACH_PROCESS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A range of its addresses, as /proc/PID/maps has it. */
struct process_map {
	uint64_t start, end, offset;
	bool readable, writable, executable, shared;
	uint64_t inode; /* 0: no file */
	uint64_t device;
	const char *path; /* "", a file or a name in brackets: of the maps */
};

struct process_maps {
	struct process_map *map; /* by address */
	size_t count;
	char *text; /* where the paths are */
};

/* False when there is no such process, or it may not be looked at. */
bool process_maps_read(pid_t pid, struct process_maps *maps, struct error *err);
void process_maps_fini(struct process_maps *maps);

struct process_status {
	uint64_t rss, rss_peak, anonymous; /* bytes */
	bool seccomp;      /* a filter decides which system calls it may make */
	bool shadow_stack; /* calls that nobody made are caught */
	bool stopped;      /* by a signal */
	pid_t tracer;      /* who traces it, or 0 */
	char name[64];
};

bool process_status_read(pid_t pid, struct process_status *status, struct error *err);

/* The memory that the process may have in bytes: its container's limit (cgroup v2 or v1),
 * or the machine's; and what the container has of it, or the process where there is no
 * container. */
bool process_memory_limit(pid_t pid, uint64_t *limit, uint64_t *used, struct error *err);

/* The threads: malloc'ed, `*count` of them; NULL when the process is gone. */
pid_t *process_threads(pid_t pid, size_t *count, struct error *err);

/* Reads `size` bytes at an address into `to`; how many came, -1 on failure (errno). */
ssize_t process_read(pid_t pid, uint64_t at, void *to, size_t size);

#endif
