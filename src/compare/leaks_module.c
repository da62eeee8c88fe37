/* SPDX-License-Identifier: MIT */
#include "compare/leaks_module.h"

#include "base/array.h"
#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

/* A class or a module. */
struct leaks_named {
	char *name;
	int64_t address;
	bool is_module;
};

struct leaks_modules {
	struct leaks_named *item; /* modules first, then by name, then by address */
	size_t count, cap;
	struct db_stmt *texts; /* in the dict of the class at ?1 */
	struct db_stmt *files; /* of Python's library, in the dict of the module at ?1 */
};

/* Functions have names too, and there are many of them. */
static const char find_named[] =
	"select address, cast(name as text), type = 'module' from \"%w\""
	" where name is not null and type <> 'function'";

static const char find_texts[] =
	"select distinct cast(v.value as text) from \"%w\" r1"
	" join \"%w\" d on d.address = r1.child and d.type in ('dict', 'mappingproxy')"
	" join \"%w\" r2 on r2.parent = d.address"
	" join \"%w\" v on v.address = r2.child and v.type = 'str'"
	" where r1.parent = ?1";

static const char find_files[] =
	"select count(*) from \"%w\" r1"
	" join \"%w\" r2 on r2.parent = r1.child"
	" join \"%w\" v on v.address = r2.child and v.type = 'str'"
	" where r1.parent = ?1"
	" and v.value like '%%/lib/python%%/%%.py%%' and v.value not like "
	"'%%-packages/%%'";

static int leaks_named_compare(const void *a, const void *b)
{
	const struct leaks_named *x = a, *y = b;
	if (x->is_module != y->is_module)
		return x->is_module ? -1 : 1;
	int order = strcmp(x->name, y->name);
	return order != 0 ? order : (x->address > y->address) - (x->address < y->address);
}

static bool leaks_modules_load(
	struct leaks_modules *m, struct db *db, const char *obj, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = db_preparef(db, &stmt, err, find_named, obj) ? 0 : -1;
	while (row == 0 && (row = db_step(stmt, err)) == 1) {
		struct cell name = db_column(stmt, 1);
		struct leaks_named item = { .name = strndup(name.text, name.len),
			.address = db_column_integer(stmt, 0),
			.is_module = db_column_integer(stmt, 2) != 0 };
		row = 0;
		if (item.name == NULL || !array_reserve(&m->item, &m->cap, m->count + 1,
						 sizeof *m->item)) {
			free(item.name);
			error_nomem(err);
			row = -1;
			break;
		}
		m->item[m->count++] = item;
	}
	db_stmt_free(stmt);
	return row == 0;
}

struct leaks_modules *leaks_modules_open(struct db *db, int64_t num, struct error *err)
{
	char obj[GENERATION_TABLE_MAX], ref[GENERATION_TABLE_MAX];
	struct leaks_modules *m = array_new_zeroed(1, sizeof *m);
	if (m == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (generation_table(db, "obj", num, obj, err) &&
		generation_table(db, "ref", num, ref, err) &&
		db_preparef(db, &m->texts, err, find_texts, ref, obj, ref, obj) &&
		db_preparef(db, &m->files, err, find_files, ref, ref, obj) &&
		leaks_modules_load(m, db, obj, err)) {
		if (m->count > 0)
			qsort(m->item, m->count, sizeof *m->item, leaks_named_compare);
		return m;
	}
	leaks_modules_close(m);
	return NULL;
}

void leaks_modules_close(struct leaks_modules *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->count; i++)
		free(m->item[i].name);
	free(m->item);
	db_stmt_free(m->texts);
	db_stmt_free(m->files);
	free(m);
}

/* The first of the modules or classes of that name; `*n` of them follow each other. */
static const struct leaks_named *leaks_modules_named(
	const struct leaks_modules *m, const char *name, bool is_module, size_t *n)
{
	const struct leaks_named wanted = {
		.name = (char *)name, .address = INT64_MIN, .is_module = is_module
	};
	size_t low = 0, high = m->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (leaks_named_compare(&m->item[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < m->count && m->item[low + *n].is_module == is_module &&
		strcmp(m->item[low + *n].name, name) == 0)
		(*n)++;
	return m->item + low;
}

/* The modules among the texts in the dict of one class: `*found` is the only one so far,
 * `*several` tells that there is another. */
static bool leaks_modules_read_class(struct leaks_modules *m, int64_t address,
	const struct leaks_named **found, bool *several, struct error *err)
{
	db_reset(m->texts);
	int row = db_bind(m->texts, 1, cell_integer(address), err) ? 1 : -1;
	while (row == 1 && (row = db_step(m->texts, err)) == 1) {
		struct cell text = db_column(m->texts, 0);
		size_t n = 0;
		const struct leaks_named *module =
			text.text == NULL ? NULL
					  : leaks_modules_named(m, text.text, true, &n);
		if (n == 0)
			continue;
		*several = *several ||
			   (*found != NULL && strcmp((*found)->name, module->name) != 0);
		*found = module;
	}
	db_reset(m->texts);
	return row == 0;
}

static bool leaks_modules_is_library(
	struct leaks_modules *m, const char *name, bool *library, struct error *err)
{
	size_t n;
	const struct leaks_named *module = leaks_modules_named(m, name, true, &n);
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		db_reset(m->files);
		ok = db_bind(m->files, 1, cell_integer(module[i].address), err) &&
		     db_row(m->files, err);
		*library = *library || (ok && db_column_integer(m->files, 0) > 0);
	}
	db_reset(m->files);
	return ok;
}

bool leaks_modules_find(struct leaks_modules *m, const char *class_name, char **module,
	bool *library, struct error *err)
{
	size_t n;
	const struct leaks_named *class = leaks_modules_named(m, class_name, false, &n);
	const struct leaks_named *found = NULL;
	bool ok = true, several = false;
	*module = NULL;
	*library = false;
	for (size_t i = 0; ok && i < n; i++)
		ok = leaks_modules_read_class(m, class[i].address, &found, &several, err);
	if (!ok || found == NULL || several)
		return ok;
	*module = strdup(found->name);
	return (*module != NULL || error_nomem(err)) &&
	       leaks_modules_is_library(m, *module, library, err);
}
