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

/* Sets an error that says why the kernel refuses memsee this process, as far as /proc
 * tells, and what to do.  Returns false. */
bool process_refused(pid_t pid, struct error *err);
/* May memsee look at the memory of the process?  To stop it may need more rights. */
bool process_may_read(pid_t pid, struct error *err);

/* False when there is no such process, or it may not be looked at. */
bool process_maps_read(pid_t pid, struct process_maps *maps, struct error *err);
void process_maps_fini(struct process_maps *maps);

struct process_status {
	uint64_t rss, rss_peak, anonymous; /* bytes */
	bool seccomp;      /* a filter decides which system calls it may make */
	bool shadow_stack; /* calls that nobody made are caught */
	bool stopped;      /* by a signal */
	bool ended;        /* nobody has asked yet how */
	pid_t tracer;      /* who traces it, or 0 */
	char name[64];
};

bool process_status_read(pid_t pid, struct process_status *status, struct error *err);

/* The memory that the process may have in bytes: its container's limit (cgroup v2 or v1),
 * or the machine's; and what the container has of it, or the process where there is no
 * container. */
bool process_memory_limit(pid_t pid, uint64_t *limit, uint64_t *used, struct error *err);

/* What goes before a path of its maps, for us to open it: its root where that is of
 * another mount namespace, as in a container.  The kernel shows the files of a process
 * below a chroot() by the paths that we know. */
enum { PROCESS_ROOT_MAX = 32 };
void process_root(pid_t pid, char root[static PROCESS_ROOT_MAX]);

/* What the process calls our file `path`: another name where its root is another, as in a
 * container.  malloc'ed; NULL when it cannot see this file below its root. */
char *process_name_of(pid_t pid, const char *path, struct error *err);

/* The threads: malloc'ed, `*count` of them; NULL when the process is gone. */
pid_t *process_threads(pid_t pid, size_t *count, struct error *err);

/* Reads `size` bytes at an address into `to`; how many came, -1 on failure (errno). */
ssize_t process_read(pid_t pid, uint64_t at, void *to, size_t size);

#endif
