/* SPDX-License-Identifier: MIT */
/* Two CSV files for `neo4j-admin database import`, whose rules for header lines are in
 * https://neo4j.com/docs/operations-manual/current/import/file-header-format/
 *
 * Each object has the labels Object and its type, each reference the type REFERS_TO.  No
 * field holds a line end, so --multiline-fields is not needed; quotes are doubled. */
#include "output/export.h"

#include "base/utf8.h"

static void neo4j_objects_head(struct buffer *out)
{
	buffer_put_text(out, "address:ID,type,size:long,retained:long,len:long,"
			     "name,value,root:boolean,:LABEL\n");
}

static void neo4j_references_head(struct buffer *out)
{
	buffer_put_text(out, ":START_ID,:END_ID,:TYPE,label,guessed:boolean\n");
}

/* Appends a text, its control characters shown, its quotes doubled. */
static void neo4j_put_quoted(struct buffer *out, const char *text, size_t len)
{
	struct buffer visible = BUFFER_INIT;
	utf8_put_visible(&visible, text, len);
	buffer_put_doubled(out, buffer_text(&visible), visible.len, '"');
	out->failed = out->failed || visible.failed;
	buffer_fini(&visible);
}

/* A field and the comma behind it; a property that is missing is an empty field. */
static void neo4j_put_text(struct buffer *out, const struct cell *text)
{
	if (text->type == CELL_TEXT) {
		buffer_put_char(out, '"');
		neo4j_put_quoted(out, text->text, text->len);
		buffer_put_char(out, '"');
	}
	buffer_put_char(out, ',');
}

static void neo4j_object(struct buffer *out, const struct export_object *o)
{
	export_put_number(out, o->address);
	buffer_put_char(out, ',');
	neo4j_put_text(out, &o->type);
	export_put_number(out, o->size);
	buffer_put_char(out, ',');
	export_put_number(out, o->retained);
	buffer_put_char(out, ',');
	if (o->len.type == CELL_INTEGER)
		export_put_number(out, o->len.integer);
	buffer_put_char(out, ',');
	neo4j_put_text(out, &o->name);
	neo4j_put_text(out, &o->value);
	buffer_put_text(out, o->root ? "true," : "false,");
	/* Semicolons separate labels, and none may be empty. */
	buffer_put_text(out, "\"Object");
	if (o->type.type == CELL_TEXT && o->type.len > 0) {
		buffer_put_char(out, ';');
		size_t start = out->len;
		neo4j_put_quoted(out, o->type.text, o->type.len);
		for (size_t i = start; i < out->len; i++)
			if (out->data[i] == ';')
				out->data[i] = '_';
	}
	buffer_put_text(out, "\"\n");
}

static void neo4j_reference(struct buffer *out, const struct export_reference *r)
{
	struct cell label = r->label[0] == '\0' ? cell_null() : cell_text(r->label);
	export_put_number(out, r->from);
	buffer_put_char(out, ',');
	export_put_number(out, r->to);
	buffer_put_text(out, ",REFERS_TO,");
	neo4j_put_text(out, &label);
	buffer_put_text(out, r->guessed ? "true\n" : "false\n");
}

const struct export_format export_neo4j = {
	.name = "neo4j",
	.objects = "nodes.csv",
	.references = "relationships.csv",
	.objects_head = neo4j_objects_head,
	.object = neo4j_object,
	.references_head = neo4j_references_head,
	.reference = neo4j_reference,
};
