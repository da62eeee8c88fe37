/* SPDX-License-Identifier: MIT */
#include "session/type_kind.h"

#include "store/generation.h"
#include "store/scalar_function.h"

/* Asked once a row: the runtime is looked up again only after obj and ref changed, which
 * reading a dump and choosing another generation do. */
static bool type_kind_runtime(struct session *s, struct error *err)
{
	int64_t num = s->looked_at;
	if (s->runtime != NULL && s->runtime_version == db_heap_version(s->db) &&
		s->runtime_looked_at == s->looked_at)
		return true;
	if (num == GENERATION_NONE && !generation_current(s->db, &num, err))
		return false;
	s->runtime_version = db_heap_version(s->db);
	s->runtime_looked_at = s->looked_at;
	return runtime_load(s->db, num, &s->runtime, err);
}

static bool type_kind_call(void *context, struct cell type, struct buffer *room,
	struct cell *kind, struct error *err)
{
	struct session *s = context;
	(void)room;
	if (!type_kind_runtime(s, err))
		return false;
	if (type.type == CELL_TEXT)
		*kind = cell_text(
			type_kind_name(runtime_kind(s->runtime, type.text, type.len)));
	return true;
}

static const struct scalar_function type_kind_function = { "type_kind", type_kind_call };

bool type_kind_register(struct session *s, struct error *err)
{
	s->runtime = NULL;
	return scalar_function_register(s->db, &type_kind_function, s, err);
}
