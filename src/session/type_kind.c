/* SPDX-License-Identifier: MIT */
#include "session/type_kind.h"

#include "store/generation.h"
#include "store/scalar_function.h"

static bool type_kind_call(void *context, struct cell type, struct buffer *room,
	struct cell *kind, struct error *err)
{
	struct type_kinds *k = context;
	(void)room;
	/* This runs once a row: the runtime is looked up again only after obj and ref
	 * changed, which reading a dump and choosing another generation do. */
	if (k->runtime == NULL || k->version != db_heap_version(k->db) ||
		k->generation != *k->looked_at) {
		int64_t num = *k->looked_at;
		if (num == GENERATION_NONE && !generation_current(k->db, &num, err))
			return false;
		k->version = db_heap_version(k->db);
		k->generation = *k->looked_at;
		if (!runtime_load(k->db, num, &k->runtime, err))
			return false;
	}
	if (type.type == CELL_TEXT)
		*kind = cell_text(
			type_kind_name(runtime_kind(k->runtime, type.text, type.len)));
	return true;
}

static const struct scalar_function type_kind_function = { "type_kind", type_kind_call };

bool type_kinds_register(
	struct type_kinds *k, struct db *db, const int64_t *looked_at, struct error *err)
{
	*k = (struct type_kinds){ .db = db, .looked_at = looked_at };
	return scalar_function_register(db, &type_kind_function, k, err);
}
