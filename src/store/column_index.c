/* SPDX-License-Identifier: MIT */
#include "store/column_index.h"

#define COLUMN_INDEX_TABLES "(select 'obj' as tbl union all select 'ref')"

const char column_index_list[] =
	"select l.name as name, tbl as \"table\", group_concat(c.name, ', ') as columns"
	" from " COLUMN_INDEX_TABLES ", pragma_index_list(tbl) l,"
	"  pragma_index_info(l.name) c"
	" group by tbl, l.name order by tbl, l.name";

bool column_index_knows(struct db *db, const char *column, bool *known, struct error *err)
{
	int64_t count;
	bool ok = db_integer(db, &count, 0, err,
		"select count(*) from " COLUMN_INDEX_TABLES ", pragma_table_info(tbl) t"
		" where t.name = %Q",
		column);
	*known = ok && count > 0;
	return ok;
}

bool column_index_make(
	struct db *db, int64_t num, const char *column, bool *made, struct error *err)
{
	int64_t there, in_obj;
	*made = false;
	/* Does a key or an index that begins with the column lead to its rows? */
	if (!db_integer(db, &there, 0, err,
		    "select (select count(*) from " COLUMN_INDEX_TABLES
		    ",  pragma_table_info(tbl) t where t.pk = 1 and t.name = %Q collate "
		    "nocase)"
		    " + (select count(*) from " COLUMN_INDEX_TABLES
		    ", pragma_index_list(tbl) l,"
		    "  pragma_index_info(l.name) c"
		    "  where c.seqno = 0 and not l.partial and c.name = %Q)",
		    column, column))
		return false;
	if (there > 0)
		return true;
	*made = db_integer(db, &in_obj, 0, err,
			"select count(*) from pragma_table_info('obj') where name = %Q",
			column) &&
		db_execf(db, err, "create index \"%w%lld\" on %s (\"%w\")", column,
			(long long)num, in_obj > 0 ? "obj" : "ref", column);
	return *made;
}
