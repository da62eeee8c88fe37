/* SPDX-License-Identifier: MIT */
#include "output/render.h"

#include "base/outfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* POSIX leaves this declaration to the program; some systems have it too. */
extern char **environ; /* NOLINT(readability-redundant-declaration) */

/* Each picture of dot's output begins with this; inside a text it would be escaped. */
static const char render_prolog[] = "<?xml ";

char *render_find_dot(void)
{
	const char *at = getenv("PATH");
	struct buffer path = BUFFER_INIT;
	while (at != NULL && *at != '\0') {
		size_t len = strcspn(at, ":");
		struct stat st;
		buffer_clear(&path);
		buffer_put(&path, at, len);
		buffer_put_text(&path, "/dot");
		if (len > 0 && stat(buffer_text(&path), &st) == 0 &&
			S_ISREG(st.st_mode) && access(buffer_text(&path), X_OK) == 0)
			return buffer_take(&path);
		at += len + (at[len] == ':');
	}
	buffer_fini(&path);
	return NULL;
}

void render_put_name(struct buffer *out, const char *path, size_t number)
{
	buffer_put_text(out, path);
	if (number > 1)
		buffer_printf(out, ".%zu", number);
	buffer_put_text(out, ".svg");
}

/* Runs dot and reads all that it writes; fails when dot does. */
static bool render_run(
	const char *dot, const char *path, struct buffer *out, struct error *err)
{
	enum { RENDER_BLOCK = 65536 };
	int ends[2];
	/* A path that begins with a hyphen must not read as an option. */
	struct buffer file = BUFFER_INIT;
	buffer_printf(&file, "%s%s", path[0] == '-' ? "./" : "", path);
	char *const argv[] = { (char *)"dot", (char *)"-Tsvg", file.data, NULL };
	if (file.failed)
		return error_nomem(err);
	if (pipe2(ends, O_CLOEXEC) != 0) {
		buffer_fini(&file);
		return error_errno(err, "cannot make a pipe for", dot);
	}
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	pid_t pid;
	int failed = posix_spawn(&pid, dot, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	buffer_fini(&file);
	close(ends[1]);
	if (failed != 0) {
		close(ends[0]);
		errno = failed;
		return error_errno(err, "cannot run", dot);
	}
	int status = 0;
	ssize_t got = 1;
	while (got > 0 || (got < 0 && errno == EINTR)) {
		char *to = buffer_reserve(out, RENDER_BLOCK);
		got = to == NULL ? 0 : read(ends[0], to, RENDER_BLOCK);
		out->len += got > 0 ? (size_t)got : 0;
	}
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (out->failed)
		return error_nomem(err);
	if (out->len > 0)
		out->data[out->len] = '\0';
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
	       error_set(err, STATUS_DATA, "'%s' could not draw '%s'", dot, path);
}

bool render_file(struct places *places, const char *dot, const char *path, size_t count,
	struct error *err)
{
	struct buffer out = BUFFER_INIT, name = BUFFER_INIT;
	bool ok = render_run(dot, path, &out, err);
	size_t at = 0;
	for (size_t i = 1; ok && i <= count; i++) {
		if (at >= out.len) {
			ok = error_set(err, STATUS_DATA,
				"'%s' drew %zu of %zu graphs of '%s'", dot, i - 1, count,
				path);
			break;
		}
		/* The picture ends where the next begins, or with the output. */
		const char *next = memmem(out.data + at + 1, out.len - at - 1,
			render_prolog, sizeof render_prolog - 1);
		size_t end = next == NULL ? out.len : (size_t)(next - out.data);
		assert(at < end && end <= out.len);
		buffer_clear(&name);
		render_put_name(&name, path, i);
		ok = name.failed ? error_nomem(err)
				 : outfile_save(places, buffer_text(&name), out.data + at,
					   end - at, err);
		at = end;
	}
	buffer_fini(&name);
	buffer_fini(&out);
	return ok;
}
