/* SPDX-License-Identifier: MIT */
#include "attach/snapshot.h"

#include "attach/process.h"
#include "attach/remote.h"
#include "attach/stop.h"
#include "base/array.h"
#include "cpython/cpython.h"

#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	COLLECTORS_MAX = 16, /* interpreters that are asked whether they collect */
	PATIENCE = 10,       /* seconds */
	RUNS_MAX = 256,      /* pieces that are read at once */
};

static double snapshot_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- what is copied ------------------------------------------------------------------
 */

/* Memory that the process may have written, or that no file on disk can supply. */
static bool snapshot_wants(pid_t pid, const struct process_map *map)
{
	if (!map->readable || map->shared || strncmp(map->path, "[v", 2) == 0)
		return false;
	if (map->writable || map->inode == 0)
		return true;
	/* The first page says of which build the file is: not needed when the file at the
	 * path is the very one that is mapped. */
	char root[PROCESS_ROOT_MAX], path[4300];
	struct stat st;
	process_root(pid, root);
	snprintf(path, sizeof path, "%s%s", root, map->path);
	return !map->executable && (stat(path, &st) != 0 || st.st_ino != map->inode ||
					   st.st_dev != map->device);
}

/* Ranges that wait to be read. */
struct snapshot_runs {
	pid_t pid;
	struct iovec here[RUNS_MAX], there[RUNS_MAX];
	size_t count, bytes;
	uint64_t copied;
};

/* A page that cannot be read ends a call; it is skipped and stays zero. */
static void snapshot_flush(struct snapshot_runs *r)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), first = 0;
	while (first < r->count) {
		ssize_t got = process_vm_readv(r->pid, r->here + first, r->count - first,
			r->there + first, r->count - first, 0);
		size_t left = got < 0 ? 0 : (size_t)got;
		bool stuck = got <= 0;
		r->copied += left;
		while (first < r->count && left >= r->here[first].iov_len)
			left -= r->here[first++].iov_len;
		if (first == r->count)
			break;
		size_t step = stuck ? page : left;
		if (step >= r->here[first].iov_len) {
			first++;
			continue;
		}
		r->here[first].iov_base = (char *)r->here[first].iov_base + step;
		r->there[first].iov_base = (char *)r->there[first].iov_base + step;
		r->here[first].iov_len -= step;
		r->there[first].iov_len -= step;
	}
	r->count = r->bytes = 0;
}

static void snapshot_add(struct snapshot_runs *r, uint64_t at, char *to, size_t size)
{
	enum { AT_ONCE = 64 << 20 };
	if (r->count == RUNS_MAX || r->bytes > AT_ONCE)
		snapshot_flush(r);
	r->here[r->count] = (struct iovec){ to, size };
	r->there[r->count++] = (struct iovec){ (void *)(uintptr_t)at, size };
	r->bytes += size;
}

/* The pages of a range that are present; of a mapped file all, because untouched pages
 * are in the file. */
static void snapshot_copy_range(
	struct snapshot_runs *r, int pagemap, const struct process_map *map, char *to)
{
	enum { LOOK = 4096 };
	uint64_t entries[LOOK];
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	for (uint64_t at = map->start; at < map->end;) {
		size_t pages = (size_t)(map->end - at) / page;
		pages = pages < LOOK ? pages : LOOK;
		/* /proc/PID/pagemap: 8 bytes a page, bit 63 present, bit 62 swapped out.
		 */
		ssize_t want = (ssize_t)(pages * sizeof *entries);
		if (map->inode != 0 || pagemap < 0 ||
			pread(pagemap, entries, (size_t)want, (off_t)(at / page * 8)) !=
				want) {
			snapshot_add(r, at, to + (at - map->start), pages * page);
			at += pages * page;
			continue;
		}
		for (size_t i = 0, run; i < pages; i = run) {
			run = i + 1;
			bool there = entries[i] >> 62 != 0;
			while (run < pages && (entries[run] >> 62 != 0) == there)
				run++;
			uint64_t start = at + i * page;
			if (there)
				snapshot_add(r, start, to + (start - map->start),
					(run - i) * page);
		}
		at += pages * page;
	}
}

/* Copies from `source`, which is the process or its child; `maps` are theirs. */
static bool snapshot_copy(struct memory *m, pid_t source, const struct process_maps *maps,
	uint64_t *copied, struct error *err)
{
	size_t total = 0;
	for (size_t i = 0; i < maps->count; i++)
		if (snapshot_wants(source, &maps->map[i]))
			total += (size_t)(maps->map[i].end - maps->map[i].start);
	/* Adjacent ranges stay adjacent, because objects may cross their boundary; see
	 * memory_fill(). */
	char *room =
		total == 0 ? MAP_FAILED
			   : mmap(NULL, total, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (room == MAP_FAILED)
		return error_nomem(err);
	if (!memory_own(m, room, total, err))
		return false;
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/pagemap", (int)source);
	int pagemap = open(path, O_RDONLY | O_CLOEXEC);
	struct snapshot_runs runs = { .pid = source };
	size_t used = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < maps->count; i++) {
		const struct process_map *map = &maps->map[i];
		size_t size = (size_t)(map->end - map->start);
		if (map->path[0] == '/')
			ok = memory_add_file(
				m, map->start, map->end, map->offset, map->path, err);
		if (!ok || !snapshot_wants(source, map))
			continue;
		snapshot_copy_range(&runs, pagemap, map, room + used);
		ok = memory_add(m, map->start, room + used, size, err);
		used += size;
	}
	snapshot_flush(&runs);
	if (pagemap >= 0)
		close(pagemap);
	*copied = runs.copied;
	return ok;
}

/* --- by fork -------------------------------------------------------------------------
 */

/* Kills the child and makes the process, its parent, reap it. */
static void snapshot_reap(struct remote *remote, pid_t pid, pid_t child)
{
	enum { TRIES = 5 };
	kill(child, SIGKILL);
	waitpid(child, NULL, __WALL);
	for (int i = 0; i < TRIES; i++) {
		struct stop stop;
		int64_t result = 0;
		if (!stop_main(&stop, pid, NULL))
			return; /* it has ended, and its children with it */
		const uint64_t arguments[6] = { (uint64_t)child, 0, __WALL | WNOHANG };
		bool done =
			remote_begin(remote, pid, pid, NULL) &&
			remote_system_call(remote, SYS_wait4, arguments, &result, NULL);
		remote_end(remote, NULL);
		stop_release(&stop);
		if (done && (result == child || result == -ECHILD))
			return;
		nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	}
}

/* Makes the stopped process clone itself; *child is 0 when it cannot, for whatever
 * reason. */
static bool snapshot_clone(
	struct remote *remote, const struct stop *stop, pid_t *child, struct error *err)
{
	/* The child shares the files, so that none stays open longer than in the process;
	 * its end sends no signal.  Should memsee die here, the child, which has no
	 * stack, dies of its first instruction. */
	const uint64_t arguments[6] = { CLONE_FILES, 16 };
	const struct stop_thread *main = &stop->thread[0];
	int64_t result = 0;
	*child = 0;
	if (!remote_begin(remote, stop->pid, main->tid, err))
		return false;
	bool ok = ptrace(PTRACE_SETOPTIONS, main->tid, NULL,
			  (void *)(uintptr_t)PTRACE_O_TRACECLONE) == 0 &&
		  remote_system_call(remote, SYS_clone, arguments, &result, err);
	*child = remote->child;
	if (*child != 0) {
		int status;
		waitpid(*child, &status, __WALL);
		ptrace(PTRACE_SETOPTIONS, *child, NULL,
			(void *)(uintptr_t)PTRACE_O_EXITKILL);
	}
	ptrace(PTRACE_SETOPTIONS, main->tid, NULL, NULL);
	return remote_end(remote, err) && ok;
}

/* --- one try -------------------------------------------------------------------------
 */

struct snapshot {
	pid_t pid;
	const struct snapshot_options *options;
	struct snapshot_cost *cost;
	struct remote remote;
	uint64_t collecting[COLLECTORS_MAX];
	size_t collectors;
};

/* Stops the process, takes its memory, lets it go.  *busy means that the collector was
 * running, so the process was let go and nothing was taken. */
static bool snapshot_try(
	struct snapshot *s, struct memory *m, bool *busy, struct error *err)
{
	struct process_status status;
	struct process_maps maps = { 0 };
	struct stop stop;
	pid_t child = 0;
	if (!process_status_read(s->pid, &status, err))
		return false;
	uint64_t limit, used;
	bool by_fork =
		s->options->way == SNAPSHOT_FORK ||
		(s->options->way == SNAPSHOT_AUTO && registers_known && !status.seccomp &&
			process_memory_limit(s->pid, &limit, &used, NULL) &&
			used + status.rss / 4 < limit);
	double start = snapshot_now();
	if (!stop_all(&stop, s->pid, err))
		return false;
	s->cost->tries++;
	*busy = false;
	for (size_t i = 0; i < s->collectors && !*busy; i++) {
		uint32_t flag = 0;
		*busy = process_read(s->pid, s->collecting[i], &flag, sizeof flag) ==
				sizeof flag &&
			flag != 0;
	}
	if (*busy) {
		stop_release(&stop);
		return true;
	}
	bool ok = process_maps_read(s->pid, &maps, err);
	if (ok && by_fork && !stop.by_signal) {
		struct error why = ERROR_INIT;
		if (!snapshot_clone(&s->remote, &stop, &child, &why) && child == 0 &&
			s->options->way == SNAPSHOT_FORK)
			ok = error_set(err, STATUS_DATA,
				"process %d cannot be forked: %s; copy it instead",
				(int)s->pid, why.message);
		else if (child == 0 && s->options->way == SNAPSHOT_FORK)
			ok = error_set(err, STATUS_DATA,
				"process %d cannot be forked; copy it instead",
				(int)s->pid);
	}
	if (child != 0)
		stop_release(&stop);
	double pause = snapshot_now() - start;
	pid_t source = child != 0 ? child : s->pid;
	ok = ok && snapshot_copy(m, source, &maps, &s->cost->copied, err);
	/* A process that was killed meanwhile, as by its container's limit of memory,
	 * leaves zeros. */
	struct process_status after = { 0 };
	if (ok && (!process_status_read(source, &after, NULL) || after.ended ||
			  after.rss == 0))
		ok = error_set(err, STATUS_DATA,
			"process %d ended while its memory was copied", (int)s->pid);
	if (child != 0) {
		snapshot_reap(&s->remote, s->pid, child);
	} else {
		stop_release(&stop);
		pause = snapshot_now() - start;
	}
	if (pause > s->cost->pause)
		s->cost->pause = pause;
	process_maps_fini(&maps);
	m->pid = s->pid;
	m->rss = status.rss;
	m->rss_peak = status.rss_peak;
	m->anonymous = status.anonymous;
	m->time = (int64_t)time(NULL);
	m->way = child != 0 ? "fork" : "copy";
	return ok;
}

bool snapshot_take(struct memory *m, pid_t pid, const struct snapshot_options *options,
	struct snapshot_cost *cost, struct error *err)
{
	char root[PROCESS_ROOT_MAX];
	struct snapshot *s = calloc(1, sizeof *s);
	if (s == NULL)
		return error_nomem(err);
	*s = (struct snapshot){ .pid = pid, .options = options, .cost = cost };
	*cost = (struct snapshot_cost){ 0 };
	process_root(pid, root);
	/* The process may end as soon as it is let go; its files are still there then. */
	int held = root[0] == '\0' ? -1 : open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (held >= 0)
		snprintf(root, sizeof root, "/proc/self/fd/%d", held);
	double end = snapshot_now() + (double)PATIENCE;
	bool ok = true, busy = true;
	while (ok && busy) {
		if (options->cancel != NULL && *options->cancel != 0) {
			ok = error_set(err, STATUS_DATA, "interrupted");
			break;
		}
		ok = snapshot_try(s, m, &busy, err);
		bool patient = snapshot_now() < end;
		if (ok && !busy) {
			ok = memory_fill(m, root, err);
			s->collectors =
				cpython_collecting_at(m, s->collecting, COLLECTORS_MAX);
			for (size_t i = 0; ok && patient && i < s->collectors; i++)
				busy |= memory_u32(m, s->collecting[i]) != 0;
			if (busy) { /* what was taken is in pieces */
				memory_fini(m);
				memory_init(m);
			}
		}
		if (ok && busy && !patient)
			ok = error_set(err, STATUS_DATA,
				"process %d does nothing but collect garbage: no moment "
				"was found "
				"in %d seconds",
				(int)pid, PATIENCE);
		if (busy)
			nanosleep(&(struct timespec){ .tv_nsec = 1000000 +
								 370000L * (cost->tries %
										   13) },
				NULL);
	}
	if (held >= 0)
		close(held);
	free(s);
	return ok;
}
