/* SPDX-License-Identifier: MIT */
#include "model/leaks_module.h"

#include "store/generation.h"

#include <stdlib.h>
#include <string.h>

/* The names of modules among the texts in the class's dict. */
static const char find_module[] =
	"select distinct m.name from \"%w\" c"
	" join \"%w\" r1 on r1.parent = c.address"
	" join \"%w\" d on d.address = r1.child and d.type in ('dict', 'mappingproxy')"
	" join \"%w\" r2 on r2.parent = d.address"
	" join \"%w\" v on v.address = r2.child and v.type = 'str'"
	" join \"%w\" m on m.type = 'module' and m.name = v.value"
	" where c.name = ?1 and c.type not in ('module', 'function') limit 2";

/* Is there, in the module's dict, a file of Python's own library? */
static const char find_file[] =
	"select count(*) from \"%w\" m"
	" join \"%w\" r1 on r1.parent = m.address"
	" join \"%w\" r2 on r2.parent = r1.child"
	" join \"%w\" v on v.address = r2.child and v.type = 'str'"
	" where m.type = 'module' and m.name = ?1"
	" and v.value like '%%/lib/python%%/%%.py%%' and v.value not like "
	"'%%-packages/%%'";

static bool module_name(struct db *db, const char *obj, const char *ref,
	const char *class_name, char **module, struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok =
		db_preparef(db, &stmt, err, find_module, obj, ref, obj, ref, obj, obj) &&
		db_bind(stmt, 1, cell_text(class_name), err);
	int row = ok ? db_step(stmt, err) : -1;
	if (row == 1) {
		struct cell name = db_column(stmt, 0);
		*module = strndup(name.text, name.len);
		row = *module == NULL ? (error_nomem(err), -1) : db_step(stmt, err);
		if (row == 1) {
			free(*module);
			*module = NULL;
		}
	}
	db_stmt_free(stmt);
	return row >= 0;
}

bool leaks_find_module(struct db *db, int64_t num, const char *class_name, char **module,
	bool *library, struct error *err)
{
	char obj[GENERATION_TABLE_MAX], ref[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	*module = NULL;
	*library = false;
	if (!generation_table(db, "obj", num, obj, err) ||
		!generation_table(db, "ref", num, ref, err) ||
		!module_name(db, obj, ref, class_name, module, err))
		return false;
	if (*module == NULL)
		return true;
	bool ok = db_preparef(db, &stmt, err, find_file, obj, ref, ref, obj) &&
		  db_bind(stmt, 1, cell_text(*module), err) && db_step(stmt, err) == 1;
	*library = ok && db_column_integer(stmt, 0) > 0;
	db_stmt_free(stmt);
	return ok;
}
