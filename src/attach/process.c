/* SPDX-License-Identifier: MIT */
#include "attach/process.h"

#include "base/array.h"
#include "base/buffer.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

/* All of a file of /proc, whose size nobody knows before. */
static bool process_slurp(const char *path, struct buffer *out)
{
	enum { PIECE = 1 << 16 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : 1;
	buffer_clear(out);
	while (got > 0) {
		char *room = buffer_reserve(out, PIECE);
		got = room == NULL ? -1 : read(fd, room, PIECE - 1);
		if (got > 0) {
			out->len += (size_t)got;
			out->data[out->len] = '\0';
		}
	}
	int saved = errno;
	if (fd >= 0)
		close(fd);
	errno = saved;
	return got == 0 && !out->failed;
}

/* The number behind `name` at the beginning of a line, 0 without. */
static uint64_t process_number(const char *text, const char *name, int base)
{
	for (const char *at = text; at != NULL; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, name, strlen(name)) == 0)
			return strtoull(at + strlen(name), NULL, base);
	}
	return 0;
}

/* --- permissions ---------------------------------------------------------------------
 */

bool process_refused(pid_t pid, struct error *err)
{
	enum { CAPABILITY_PTRACE = 19 }; /* CAP_SYS_PTRACE of linux/capability.h */
	static const char scope_file[] = "/proc/sys/kernel/yama/ptrace_scope";
	char path[64];
	struct stat st;
	struct buffer text = BUFFER_INIT;
	int scope = process_slurp(scope_file, &text) ? atoi(buffer_text(&text)) : 0;
	bool capable =
		process_slurp("/proc/self/status", &text) &&
		(process_number(buffer_text(&text), "CapEff:", 16) >> CAPABILITY_PTRACE &
			1) != 0;
	buffer_fini(&text);
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	bool known = stat(path, &st) == 0;
	if (scope >= 3)
		return error_set(err, STATUS_DATA,
			"process %d may not be traced, nor may any other: %s is %d; read "
			"a "
			"core of it",
			(int)pid, scope_file, scope);
	if (!capable && geteuid() == 0)
		return error_set(err, STATUS_DATA,
			"process %d may be traced only with CAP_SYS_PTRACE, which memsee "
			"lacks although it is root: in a container, start that with "
			"--cap-add=SYS_PTRACE",
			(int)pid);
	if (!capable && known && st.st_uid != geteuid()) {
		const struct passwd *owner = getpwuid(st.st_uid);
		return error_set(err, STATUS_DATA,
			"process %d belongs to user %s%s(%u): run memsee as root%s",
			(int)pid, owner == NULL ? "" : owner->pw_name,
			owner == NULL ? "" : " ", (unsigned)st.st_uid,
			st.st_uid == 0 ? "" : " or as that user");
	}
	if (!capable && scope > 0)
		return error_set(err, STATUS_DATA,
			"process %d may be traced only by %s, because %s is %d: run "
			"memsee as root",
			(int)pid, scope == 1 ? "its parent and root" : "root", scope_file,
			scope);
	return error_set(err, STATUS_DATA,
		"process %d may not be traced: it has more rights than memsee, or a "
		"container or a security module forbids it: run memsee as root%s",
		(int)pid, capable ? " outside of the container" : "");
}

/* Sets the error that `errno` is of. */
static bool process_no(pid_t pid, struct error *err)
{
	if (errno == ENOENT || errno == ESRCH)
		return error_set(err, STATUS_DATA, "there is no process %d", (int)pid);
	if (errno == EACCES || errno == EPERM)
		return process_refused(pid, err);
	return error_set(err, STATUS_DATA, "process %d: %s", (int)pid, strerror(errno));
}

bool process_may_read(pid_t pid, struct error *err)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return process_no(pid, err);
	close(fd);
	return true;
}

/* --- maps ----------------------------------------------------------------------------
 */

bool process_maps_read(pid_t pid, struct process_maps *maps, struct error *err)
{
	char path[64];
	struct buffer text = BUFFER_INIT;
	size_t cap = 0;
	*maps = (struct process_maps){ 0 };
	snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	if (!process_slurp(path, &text)) {
		buffer_fini(&text);
		return process_no(pid, err);
	}
	maps->text = buffer_take(&text);
	if (maps->text == NULL)
		return error_nomem(err);
	for (char *line = maps->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		char *next = line + len + (line[len] == '\n');
		line[len] = '\0';
		if (!array_reserve(
			    &maps->map, &cap, maps->count + 1, sizeof *maps->map)) {
			process_maps_fini(maps);
			return error_nomem(err);
		}
		char access[5];
		unsigned major, minor;
		int at = 0;
		struct process_map *map = &maps->map[maps->count];
		*map = (struct process_map){ 0 };
		if (sscanf(line,
			    "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64
			    " %n",
			    &map->start, &map->end, access, &map->offset, &major, &minor,
			    &map->inode, &at) >= 7) {
			map->readable = access[0] == 'r';
			map->writable = access[1] == 'w';
			map->executable = access[2] == 'x';
			map->shared = access[3] == 's';
			map->device = makedev(major, minor);
			map->path = line + at;
			maps->count++;
		}
		line = next;
	}
	/* Neither a process that has ended nor a thread of the kernel has any. */
	if (maps->count > 0)
		return true;
	process_maps_fini(maps);
	return error_set(
		err, STATUS_DATA, "process %d has no memory: it has ended", (int)pid);
}

void process_maps_fini(struct process_maps *maps)
{
	free(maps->map);
	free(maps->text);
	*maps = (struct process_maps){ 0 };
}

/* --- status --------------------------------------------------------------------------
 */

bool process_status_read(pid_t pid, struct process_status *status, struct error *err)
{
	char path[64];
	struct buffer text = BUFFER_INIT;
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	if (!process_slurp(path, &text)) {
		buffer_fini(&text);
		return process_no(pid, err);
	}
	const char *all = buffer_text(&text);
	const char *state = strstr(all, "\nState:\t");
	*status = (struct process_status){
		.rss = process_number(all, "VmRSS:", 10) * 1024,
		.rss_peak = process_number(all, "VmHWM:", 10) * 1024,
		.anonymous = process_number(all, "RssAnon:", 10) * 1024,
		.shadow_stack = strstr(all, "x86_Thread_features:\tshstk") != NULL,
		.seccomp = process_number(all, "Seccomp:", 10) != 0,
		.tracer = (pid_t)process_number(all, "TracerPid:", 10),
		.stopped = state != NULL && state[8] == 'T',
		.ended = state != NULL && (state[8] == 'Z' || state[8] == 'X'),
	};
	(void)sscanf(all, "Name:\t%63[^\n]", status->name);
	buffer_fini(&text);
	return true;
}

/* --- limits --------------------------------------------------------------------------
 */

/* A number in a file, UINT64_MAX for "max" and where there is none. */
static uint64_t process_file_number(const char *path)
{
	struct buffer text = BUFFER_INIT;
	uint64_t number = UINT64_MAX;
	if (process_slurp(path, &text) && text.len > 0 && text.data[0] >= '0' &&
		text.data[0] <= '9')
		number = strtoull(text.data, NULL, 10);
	buffer_fini(&text);
	return number;
}

/* Goes up from the process's control group to the one with the lowest limit. */
static void process_group_limit(
	const char *root, char *group, const char *const files[2], uint64_t found[2])
{
	for (;;) {
		char path[2][4300];
		for (int i = 0; i < 2; i++)
			snprintf(path[i], sizeof path[i], "%s%s/%s", root, group,
				files[i]);
		uint64_t limit = process_file_number(path[0]);
		if (limit < found[0]) {
			found[0] = limit;
			found[1] = process_file_number(path[1]);
		}
		char *slash = strrchr(group, '/');
		if (slash == NULL)
			break;
		*slash = '\0';
	}
}

bool process_memory_limit(pid_t pid, uint64_t *limit, uint64_t *used, struct error *err)
{
	static const char *const second[] = { "memory.max", "memory.current" };
	static const char *const first[] = { "memory.limit_in_bytes",
		"memory.usage_in_bytes" };
	char path[64], group[4096];
	struct process_status status;
	struct buffer text = BUFFER_INIT;
	if (!process_status_read(pid, &status, err))
		return false;
	uint64_t machine =
		(uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t found[2] = { machine, status.rss };
	snprintf(path, sizeof path, "/proc/%d/cgroup", (int)pid);
	if (process_slurp(path, &text)) {
		const char *all = buffer_text(&text), *at = strstr(all, ":memory:");
		if (at != NULL && sscanf(at, ":memory:%4095[^\n]", group) == 1)
			process_group_limit("/sys/fs/cgroup/memory", group, first, found);
		at = strstr(all, "0::");
		if (at != NULL && sscanf(at, "0::%4095[^\n]", group) == 1)
			process_group_limit("/sys/fs/cgroup", group, second, found);
	}
	buffer_fini(&text);
	*limit = found[0];
	*used = found[1];
	return true;
}

/* --- threads and bytes ---------------------------------------------------------------
 */

pid_t *process_threads(pid_t pid, size_t *count, struct error *err)
{
	char path[64];
	pid_t *tids = NULL;
	size_t cap = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *folder = opendir(path);
	*count = 0;
	if (folder == NULL) {
		process_no(pid, err);
		return NULL;
	}
	const struct dirent *entry;
	while ((entry = readdir(folder)) != NULL) {
		long tid = strtol(entry->d_name, NULL, 10);
		if (tid <= 0)
			continue;
		if (!array_reserve(&tids, &cap, *count + 1, sizeof *tids)) {
			free(tids);
			tids = NULL;
			error_nomem(err);
			break;
		}
		tids[(*count)++] = (pid_t)tid;
	}
	closedir(folder);
	if (tids == NULL && *count == 0)
		error_set(err, STATUS_DATA, "process %d has ended", (int)pid);
	return tids;
}

void process_root(pid_t pid, char root[static PROCESS_ROOT_MAX])
{
	char outside[2];
	snprintf(root, PROCESS_ROOT_MAX, "/proc/%d/root", (int)pid);
	if (readlink(root, outside, sizeof outside) > 1)
		root[0] = '\0';
}

/* Is `path` below the root of the process the file `same`? */
static bool process_sees(const char *root, const char *path, const struct stat *same)
{
	char file[2 * PATH_MAX];
	struct stat there;
	snprintf(file, sizeof file, "%s%s", root, path);
	return stat(file, &there) == 0 && there.st_dev == same->st_dev &&
	       there.st_ino == same->st_ino;
}

char *process_name_of(pid_t pid, const char *path, struct error *err)
{
	char root[64], outside[PATH_MAX] = "", real[PATH_MAX];
	struct stat file;
	int len = snprintf(root, sizeof root, "/proc/%d/root", (int)pid);
	if (stat(path, &file) != 0) {
		error_errno(err, "cannot read", path);
		return NULL;
	}
	ssize_t got = readlink(root, outside, sizeof outside - 1);
	if (got < 0) {
		process_no(pid, err);
		return NULL;
	}
	/* realpath() would follow this link as a text, to our own root. */
	const char *name = NULL;
	if (strncmp(path, root, (size_t)len) == 0 && path[len] == '/')
		name = path + len;
	else if (realpath(path, real) == NULL)
		error_errno(err, "cannot read", path);
	else if (process_sees(root, real, &file))
		name = real;
	else if (strncmp(real, outside, (size_t)got) == 0 && real[got] == '/' &&
		 process_sees(root, real + got, &file))
		name = real + got;
	else
		error_set(err, STATUS_DATA,
			"process %d has another root than memsee, and does not see '%s': "
			"put the file below %s",
			(int)pid, path, root);
	char *copy = name == NULL ? NULL : strdup(name);
	if (name != NULL && copy == NULL)
		error_nomem(err);
	return copy;
}

ssize_t process_read(pid_t pid, uint64_t at, void *to, size_t size)
{
	struct iovec here = { to, size }, there = { (void *)(uintptr_t)at, size };
	return process_vm_readv(pid, &here, 1, &there, 1, 0);
}
