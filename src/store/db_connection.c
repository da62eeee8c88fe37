/* SPDX-License-Identifier: MIT */
#include "store/db_private.h"

#include "base/buffer.h"
#include "base/outfile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- what SQLite asks while statements are compiled and run --------------------------
 */

/* SQLite calls this for everything that a statement will do while it compiles it. */
static int db_authorize(void *context, int action, const char *first, const char *second,
	const char *schema, const char *trigger)
{
	/* What untrusted SQL may not do: see db_guard(). */
	static const int forbidden[] = { SQLITE_ATTACH, SQLITE_DETACH, SQLITE_PRAGMA,
		SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE, SQLITE_TRANSACTION,
		SQLITE_SAVEPOINT };
	/* Besides obj, ref, obj1, ref23, …: what decides about roots, and what names
	 * references.  A graph in memory, or a name, is out of date when one of these
	 * tables changes. */
	static const char *const heap[] = { "root_rule", "root_chosen", "root_mark",
		"ref_label", "ref_label_list" };
	(void)trigger;
	struct db *db = context;
	for (size_t i = 0; db->guarded && i < sizeof forbidden / sizeof *forbidden; i++)
		if (action == forbidden[i])
			return SQLITE_DENY;
	if (db->guarded && action == SQLITE_FUNCTION &&
		(sqlite3_stricmp(second, "load_extension") == 0 ||
			sqlite3_stricmp(second, "fts3_tokenizer") == 0))
		return SQLITE_DENY;
	/* `vacuum into` attaches as well. */
	if (action == SQLITE_ATTACH && first != NULL && *first != '\0' &&
		db->places != NULL) {
		error_clear(&db->refused);
		if (!places_database(db->places, first, &db->refused))
			return SQLITE_DENY;
	}
	bool asks_heap = action == SQLITE_READ && schema != NULL &&
			 strcmp(schema, "main") == 0 &&
			 (sqlite3_stricmp(first, "obj") == 0 ||
				 sqlite3_stricmp(first, "ref") == 0);
	db->compiled_others += action != SQLITE_SELECT && !asks_heap;
	bool of_heap = first != NULL &&
		       (sqlite3_strnicmp(first, "obj", 3) == 0 ||
			       sqlite3_strnicmp(first, "ref", 3) == 0) &&
		       first[3 + strspn(first + 3, "0123456789")] == '\0';
	for (size_t i = 0; first != NULL && i < sizeof heap / sizeof *heap; i++)
		of_heap |= sqlite3_stricmp(heap[i], first) == 0;
	switch (action) {
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_CREATE_TABLE:
	case SQLITE_DROP_TABLE:
	case SQLITE_CREATE_VIEW:
	case SQLITE_DROP_VIEW:
		db->compiled_writes += of_heap;
		break;
	case SQLITE_ALTER_TABLE: /* any table may become one of the heap's */
		db->compiled_writes++;
		break;
	case SQLITE_SAVEPOINT:
		db->compiled_writes += sqlite3_stricmp(first, "ROLLBACK") == 0;
		break;
	default:
		break;
	}
	return SQLITE_OK;
}

/* Runs also where SQLite rolls back by itself: a full disk, `insert or rollback`. */
static void db_rolled_back(void *context)
{
	struct db *db = context;
	db->heap_version += db->heap_written;
	db->heap_written = false;
}

/* SQLite asks whether to go on waiting for a lock, having tried `tried` times. */
static int db_wait(void *context, int tried)
{
	enum { STEP_MOST = 100 /* milliseconds */ };
	const double note_after = 5; /* seconds */
	struct db *db = context;
	if (db->hurried || (db->cancel != NULL && *db->cancel != 0))
		return 0;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (tried == 0) {
		db->waiting = now;
		db->noted = false;
	}
	double waited = difftime(now.tv_sec, db->waiting.tv_sec) +
			(double)(now.tv_nsec - db->waiting.tv_nsec) / 1e9;
	if (db->patience.limited && waited >= db->patience.seconds)
		return 0;
	if (!db->noted && waited >= note_after && db->patience.note != NULL) {
		db->patience.note(db->patience.context, db->path);
		db->noted = true;
	}
	int step = tried < STEP_MOST ? tried + 1 : STEP_MOST;
	nanosleep(&(struct timespec){ .tv_nsec = step * 1000000L }, NULL);
	return 1;
}

void db_hurry(struct db *db, bool on)
{
	assert(db->hurried != on); /* it does not nest */
	db->hurried = on;
}

static int db_look_at_cancel(void *context)
{
	const struct db *db = context;
	return *db->cancel != 0;
}

void db_cancel_on(struct db *db, const volatile sig_atomic_t *cancel)
{
	enum { INSTRUCTIONS = 100000 };
	db->cancel = cancel;
	sqlite3_progress_handler(db->handle, cancel == NULL ? 0 : INSTRUCTIONS,
		cancel == NULL ? NULL : db_look_at_cancel, db);
}

/* The limits for untrusted SQL. */
static void db_limit(struct db *db)
{
	static const struct {
		int what, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 1 << 28 },
		{ SQLITE_LIMIT_SQL_LENGTH, 1 << 24 },
		{ SQLITE_LIMIT_COLUMN, 200 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 200 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 50 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(db->handle, limits[i].what, limits[i].most);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

void db_protect(struct db *db, struct places *places)
{
	db->places = places;
}

void db_make_safe(struct db *db)
{
	db->safe = true;
	db_limit(db);
}

void db_guard(struct db *db, bool on)
{
	db->guarded = on && db->safe;
}

/* --- opening and closing -------------------------------------------------------------
 */

/* Connects to db->path, which exists. */
static bool db_connect(struct db *db, struct error *err)
{
	/* No two threads use a connection at once: whoever shares one has a lock of its
	 * own. */
	int code = sqlite3_open_v2(
		db->path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (db->handle == NULL)
		return error_nomem(err);
	if (code != SQLITE_OK)
		return db_error(db, err);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_handler(db->handle, db_wait, db);
	sqlite3_set_authorizer(db->handle, db_authorize, db);
	sqlite3_rollback_hook(db->handle, db_rolled_back, db);
	/* A schema is data, too: it may not call functions with side effects. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	db_cancel_on(db, db->cancel);
	if (db->safe)
		db_limit(db);
	/* SQLite first looks at the file here, and finds out whether it is a database. */
	if (!db_exec(db, "pragma schema_version", err)) {
		if ((sqlite3_errcode(db->handle) & 0xff) == SQLITE_NOTADB &&
			err != NULL) {
			error_clear(err);
			error_set(err, STATUS_DATA, "'%s' is not a database", db->path);
		}
		return false;
	}
	/* Changing this later would drop all temporary tables. */
	if (!db_exec(db, "pragma temp_store = file", err))
		return false;
	/* Nobody else sees a temporary database, and it does not outlive the run. */
	return !db->temporary || db_exec(db, "pragma synchronous = off", err);
}

struct db *db_open(const char *path, enum db_mode mode, struct error *err)
{
	return db_open_patiently(path, mode, &(struct db_patience){ 0 }, err);
}

struct db *db_open_patiently(const char *path, enum db_mode mode,
	const struct db_patience *patience, struct error *err)
{
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL) {
		error_nomem(err);
		return NULL;
	}
	db->claims = -1;
	db->patience = *patience;
	db->temporary = mode == DB_TEMPORARY;
	int file = db->temporary ? outfile_temporary("db", &db->path) : -1;
	if (file >= 0)
		close(file);
	else if (db->temporary && errno != ENOMEM)
		error_errno(err, "cannot make a temporary database in",
			outfile_temporary_folder());
	else if (db->temporary || (db->path = strdup(path)) == NULL)
		error_nomem(err);
	bool ok = db->path != NULL;
	struct stat st;
	if (ok && mode == DB_CREATE) {
		/* O_EXCL claims the name: of two who make a database at once only one
		 * gets it. */
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		ok = db->made = fd >= 0 && close(fd) == 0;
		if (fd < 0 && errno == EEXIST)
			error_set(err, STATUS_DATA,
				"database '%s' exists already; 'open' connects to it",
				path);
		else if (!ok)
			error_errno(err, "cannot make database", path);
	} else if (ok && mode == DB_EXISTING) {
		if (stat(path, &st) != 0)
			ok = error_set(err, STATUS_DATA,
				"no database '%s'; 'create' makes one", path);
		else if (!S_ISREG(st.st_mode))
			ok = error_set(err, STATUS_DATA, "'%s' is not a database", path);
	}
	if (ok && db_connect(db, err))
		return db;
	db_discard(db);
	return NULL;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	assert(db->readers == 0);
	if (db->companion != NULL)
		db->free_companion(db->companion);
	sqlite3_close_v2(db->handle);
	if (db->claims >= 0)
		close(db->claims);
	if (db->temporary && db->path != NULL) {
		/* A failed rollback leaves a journal. */
		struct buffer journal = BUFFER_INIT;
		buffer_printf(&journal, "%s-journal", db->path);
		if (!journal.failed)
			unlink(buffer_text(&journal));
		buffer_fini(&journal);
		unlink(db->path);
	}
	free(db->path);
	free(db);
}

void db_discard(struct db *db)
{
	if (db != NULL)
		db->temporary |= db->made;
	db_close(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_is_temporary(const struct db *db)
{
	return db->temporary;
}

/* Copies the temporary tables of one connection to another. */
static bool db_copy_temporary(sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "temp", from, "temp");
	if (copy == NULL)
		return false;
	sqlite3_backup_step(copy, -1);
	return sqlite3_backup_finish(copy) == SQLITE_OK;
}

bool db_take_temporary(struct db *db, const struct db *from, struct error *err)
{
	return db_copy_temporary(db->handle, from->handle) || db_error(db, err);
}

bool db_reopen(struct db *db, struct error *err)
{
	sqlite3 *old = db->handle;
	bool ok = db_connect(db, err);
	if (ok && !db_copy_temporary(db->handle, old))
		ok = db_error(db, err);
	sqlite3_close_v2(old);
	if (db->claims >= 0)
		close(db->claims); /* of the other file */
	db->claims = -1;
	db->depth = 0;
	db->heap_version++;
	return ok;
}

void *db_companion(const struct db *db)
{
	return db->companion;
}

void db_set_companion(struct db *db, void *companion, void (*free_it)(void *companion))
{
	assert(db->companion == NULL);
	db->companion = companion;
	db->free_companion = free_it;
}

struct sqlite3 *db_handle(const struct db *db)
{
	return db->handle;
}
