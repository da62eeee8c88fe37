/* SPDX-License-Identifier: MIT */
#include "base/places.h"

#include "base/array.h"
#include "base/buffer.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES_LINKS = 40 }; /* as the kernel follows */

enum place_role {
	PLACE_NOTHING, /* released, or a leftover */
	PLACE_READ,
	PLACE_DATABASE,
	PLACE_BESIDE,  /* what SQLite keeps beside a database */
	PLACE_BACKUP,  /* which may be opened as a database, too */
	PLACE_PENDING, /* an output that is yet to appear */
	PLACE_WRITTEN, /* one that has appeared */
	PLACE_DIRECT,  /* one that grows as it is written */
};

/* What makes two names the same file. */
struct place_id {
	bool has_folder, has_file;
	dev_t folder_dev, file_dev;
	ino_t folder_ino, file_ino;
};

struct place {
	struct place *next; /* set before the place can be seen, and never again */
	enum place_role role;
	struct place_id id;
	char *name;       /* the user's, for messages */
	char *path;       /* links followed; NULL for a descriptor */
	const char *what; /* static: "the database" */
	atomic_bool left; /* `path` is to be removed */
};

/* A signal handler walks the list while it grows: places are put before its head, whole,
 * and are freed with the list alone. */
struct places {
	_Atomic(struct place *) head;
};

struct places *places_new(struct error *err)
{
	struct places *p = array_new_zeroed(1, sizeof *p);
	if (p == NULL)
		error_nomem(err);
	return p;
}

void places_free(struct places *p)
{
	if (p == NULL)
		return;
	struct place *next = atomic_exchange(&p->head, NULL);
	while (next != NULL) {
		struct place *place = next;
		next = place->next;
		free(place->name);
		free(place->path);
		free(place);
	}
	free(p);
}

/* --- names ----------------------------------------------------------------------------
 */

size_t places_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Where one step along the link `path` leads; NULL when it is not a link, and on failure.
 */
static char *places_follow(const char *path)
{
	struct buffer to = BUFFER_INIT;
	struct stat st;
	if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
		return NULL;
	char link[4096];
	ssize_t len = readlink(path, link, sizeof link);
	if (len <= 0 || (size_t)len == sizeof link)
		return NULL;
	if (link[0] != '/')
		buffer_put(&to, path, places_folder(path));
	buffer_put(&to, link, (size_t)len);
	return buffer_take(&to);
}

char *places_resolve(const char *path)
{
	char *at = strdup(path);
	for (int links = 0; at != NULL && links < PLACES_LINKS; links++) {
		char *next = places_follow(at);
		if (next == NULL)
			break;
		free(at);
		at = next;
	}
	return at;
}

/* Looks at `path`, whose links are followed.  False when there is something other than a
 * regular file. */
static bool place_look(const char *path, struct place_id *id)
{
	struct stat st;
	*id = (struct place_id){ 0 };
	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return false;
		id->has_file = true;
		id->file_dev = st.st_dev;
		id->file_ino = st.st_ino;
	}
	char *folder = strndup(path, places_folder(path));
	if (folder != NULL && stat(folder[0] == '\0' ? "." : folder, &st) == 0) {
		id->has_folder = true;
		id->folder_dev = st.st_dev;
		id->folder_ino = st.st_ino;
	}
	free(folder);
	return true;
}

static bool place_look_at_descriptor(int fd, struct place_id *id)
{
	struct stat st;
	*id = (struct place_id){ 0 };
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	id->has_file = true;
	id->file_dev = st.st_dev;
	id->file_ino = st.st_ino;
	return true;
}

/* Is the file at `path`, or the one that will be there, that of `place`? */
static bool place_is_at(
	const struct place *place, const struct place_id *id, const char *path)
{
	if (place->id.has_file && id->has_file && place->id.file_ino == id->file_ino &&
		place->id.file_dev == id->file_dev)
		return true;
	return path != NULL && place->path != NULL && place->id.has_folder &&
	       id->has_folder && place->id.folder_ino == id->folder_ino &&
	       place->id.folder_dev == id->folder_dev &&
	       strcmp(place->path + places_folder(place->path),
		       path + places_folder(path)) == 0;
}

/* --- the list -------------------------------------------------------------------------
 */

/* Puts a place into the list.  Takes `path`, which may be NULL, also when it fails. */
static struct place *places_add(
	struct places *p, struct place made, char *path, struct error *err)
{
	struct place *place = array_new_zeroed(1, sizeof *place);
	if (place == NULL || (made.name = strdup(made.name)) == NULL) {
		free(path);
		free(place);
		error_nomem(err);
		return NULL;
	}
	*place = made;
	place->path = path;
	place->next = atomic_load(&p->head);
	atomic_store(&p->head, place);
	return place;
}

static bool place_is_output(const struct place *place)
{
	return place->role == PLACE_PENDING || place->role == PLACE_WRITTEN ||
	       place->role == PLACE_DIRECT;
}

/* Whether `own`, which may be in the list, may be written where `id` is.  The one place
 * where that is decided. */
static bool places_decide(struct places *p, const struct place *own,
	const struct place_id *id, struct error *err)
{
	for (struct place *at = atomic_load(&p->head); at != NULL; at = at->next) {
		/* The files of a database come and go while it is in use. */
		if (at->role == PLACE_DATABASE || at->role == PLACE_BESIDE ||
			at->role == PLACE_BACKUP)
			place_look(at->path, &at->id);
		if (at == own || at->role == PLACE_NOTHING ||
			!place_is_at(at, id, own->path) ||
			(at->role == PLACE_DIRECT && own->role == PLACE_DIRECT))
			continue;
		return place_is_output(at)
			       ? error_set(err, STATUS_SCRIPT,
					 "'%s' and '%s' would write to the same place",
					 at->name, own->name)
			       : error_set(err, STATUS_SCRIPT, "'%s' would write over %s",
					 own->name, at->what);
	}
	return true;
}

/* --- reading --------------------------------------------------------------------------
 */

/* Whether one run cannot use a file as both: what is `made` would be lost to what there
 * is already, or the other way round. */
static bool place_clashes(const struct place *there, const struct place *made)
{
	if (place_is_output(there))
		return there->role != PLACE_WRITTEN || made->role != PLACE_READ;
	switch (made->role) {
	case PLACE_DATABASE:
		return there->role == PLACE_BESIDE;
	case PLACE_BESIDE:
		return there->role == PLACE_DATABASE || there->role == PLACE_READ ||
		       there->role == PLACE_BACKUP;
	case PLACE_BACKUP:
		return there->role == PLACE_BESIDE || there->role == PLACE_READ;
	default:
		return false;
	}
}

/* Protects a file.  Takes `path`. */
static bool places_protect(
	struct places *p, struct place made, char *path, struct error *err)
{
	bool is_kept = false, ok = true;
	for (struct place *at = atomic_load(&p->head); at != NULL; at = at->next) {
		if (at->role == PLACE_NOTHING || !place_is_at(at, &made.id, path))
			continue;
		is_kept = is_kept || at->role == made.role;
		if (place_clashes(at, &made))
			ok = place_is_output(at)
				     ? error_set(err, STATUS_SCRIPT,
					       "'%s' would write over %s", at->name,
					       made.what)
				     : error_set(err, STATUS_SCRIPT,
					       "'%s' is %s and would be %s", made.name,
					       at->what, made.what);
	}
	if (!is_kept)
		return places_add(p, made, path, err) != NULL && ok;
	free(path);
	return ok;
}

bool places_read(struct places *p, const char *path, const char *what, struct error *err)
{
	struct place made = { .role = PLACE_READ, .name = (char *)path, .what = what };
	if (strcmp(path, "-") == 0)
		return !place_look_at_descriptor(STDIN_FILENO, &made.id) ||
		       places_protect(p, made, NULL, err);
	char *place = places_resolve(path);
	if (place == NULL)
		return error_nomem(err);
	if (place_look(place, &made.id) && made.id.has_file)
		return places_protect(p, made, place, err);
	free(place);
	return true;
}

bool places_database(struct places *p, const char *path, struct error *err)
{
	static const struct {
		const char *suffix, *what;
		enum place_role role;
	} files[] = {
		{ "", "the database", PLACE_DATABASE },
		{ "-journal", "the journal of the database", PLACE_BESIDE },
		{ "-wal", "the WAL of the database", PLACE_BESIDE },
		{ "-shm", "the WAL of the database", PLACE_BESIDE },
		{ ".bak", "the backup of the database", PLACE_BACKUP },
	};
	char *place = places_resolve(path);
	struct buffer name = BUFFER_INIT;
	bool ok = place != NULL || error_nomem(err);
	/* SQLite's files are beside what a link leads to, the backup is beside the link.
	 */
	for (size_t i = 0; ok && i < 2 * (sizeof files / sizeof *files); i++) {
		struct place made = { .role = files[i / 2].role,
			.what = files[i / 2].what };
		buffer_clear(&name);
		buffer_printf(
			&name, "%s%s", i % 2 == 0 ? path : place, files[i / 2].suffix);
		char *file = name.failed ? NULL : places_resolve(buffer_text(&name));
		made.name = (char *)buffer_text(&name);
		if (file == NULL)
			ok = error_nomem(err);
		else if (place_look(file, &made.id))
			ok = places_protect(p, made, file, err);
		else
			free(file);
	}
	buffer_fini(&name);
	free(place);
	return ok;
}

/* --- writing --------------------------------------------------------------------------
 */

struct place *places_write(
	struct places *p, const char *name, const char *path, struct error *err)
{
	struct place made = { .role = PLACE_PENDING, .name = (char *)name };
	made.path = places_resolve(path);
	if (made.path == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (!place_look(made.path, &made.id))
		made.role = PLACE_NOTHING;
	else if (!places_decide(p, &made, &made.id, err)) {
		free(made.path);
		return NULL;
	}
	return places_add(p, made, made.path, err);
}

struct place *places_write_descriptor(
	struct places *p, const char *name, int fd, struct error *err)
{
	struct place made = { .role = PLACE_DIRECT, .name = (char *)name };
	if (!place_look_at_descriptor(fd, &made.id))
		made.role = PLACE_NOTHING;
	else if (!places_decide(p, &made, &made.id, err))
		return NULL;
	return places_add(p, made, NULL, err);
}

bool places_confirm(struct places *p, const struct place *place, struct error *err)
{
	struct place_id now;
	/* The name is not followed again: should a link be there by now, the rename
	 * replaces the link and not what it leads to. */
	if (!place_look(place->path, &now))
		return error_set(err, STATUS_DATA,
			"cannot write '%s': it is not a regular file any more",
			place->name);
	return places_decide(p, place, &now, err);
}

void places_written(struct place *place)
{
	if (place->role != PLACE_PENDING)
		return;
	place_look(place->path, &place->id);
	place->role = PLACE_WRITTEN;
}

void places_release(struct place *place)
{
	if (place->role != PLACE_WRITTEN)
		place->role = PLACE_NOTHING;
}

/* --- leftovers ------------------------------------------------------------------------
 */

struct place *places_leftover(struct places *p, const char *path, struct error *err)
{
	char *copy = strdup(path);
	struct place made = { .role = PLACE_NOTHING, .name = (char *)path };
	if (copy == NULL) {
		error_nomem(err);
		return NULL;
	}
	struct place *place = places_add(p, made, copy, err);
	if (place != NULL)
		atomic_store(&place->left, true);
	return place;
}

void place_is_gone(struct place *place)
{
	if (place != NULL)
		atomic_store(&place->left, false);
}

const char *place_path(const struct place *place)
{
	return place->path;
}

void places_remove_leftovers(struct places *p)
{
	for (struct place *at = atomic_load(&p->head); at != NULL; at = at->next)
		if (atomic_exchange(&at->left, false))
			unlink(at->path);
}
