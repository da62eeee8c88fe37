/* SPDX-License-Identifier: MIT */
/* GraphML, http://graphml.graphdrawing.org/specification.html: one directed graph.  Gephi
 * shows the key `label`; networkx and igraph read every key as an attribute. */
#include "output/export.h"

#include "base/utf8.h"
#include "picture/xml.h"

#define GRAPHML_LABEL_WIDTH 60

static void graphml_objects_head(struct buffer *out)
{
	buffer_put_text(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
		"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
		"xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
		"http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
	static const char *const keys[][4] = {
		{ "label", "node", "label", "string" },
		{ "type", "node", "type", "string" },
		{ "size", "node", "size", "long" },
		{ "retained", "node", "retained", "long" },
		{ "len", "node", "len", "long" },
		{ "name", "node", "name", "string" },
		{ "value", "node", "value", "string" },
		{ "root", "node", "root", "boolean" },
		{ "via", "edge", "label", "string" },
		{ "guessed", "edge", "guessed", "boolean" },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		buffer_printf(out,
			"<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
			keys[i][0], keys[i][1], keys[i][2], keys[i][3]);
	buffer_put_text(out, "<graph id=\"heap\" edgedefault=\"directed\">\n");
}

static void graphml_open_data(struct buffer *out, const char *key)
{
	buffer_put_text(out, "<data key=\"");
	buffer_put_text(out, key);
	buffer_put_text(out, "\">");
}

static void graphml_put_text(struct buffer *out, const char *key, const struct cell *text)
{
	if (text->type != CELL_TEXT)
		return;
	graphml_open_data(out, key);
	xml_put_text(out, text->text, text->len);
	buffer_put_text(out, "</data>");
}

static void graphml_put_number(struct buffer *out, const char *key, int64_t number)
{
	graphml_open_data(out, key);
	export_put_number(out, number);
	buffer_put_text(out, "</data>");
}

static void graphml_object(struct buffer *out, const struct export_object *o)
{
	buffer_put_text(out, "<node id=\"n");
	export_put_number(out, o->address);
	buffer_put_text(out, "\">");
	/* The label beside the node: its name, the beginning of its value, or its type.
	 */
	struct cell label = o->name.type == CELL_TEXT    ? o->name
			    : o->value.type == CELL_TEXT ? o->value
							 : o->type;
	if (label.type == CELL_TEXT)
		label.len = utf8_fit(label.text, label.len, GRAPHML_LABEL_WIDTH);
	graphml_put_text(out, "label", &label);
	graphml_put_text(out, "type", &o->type);
	graphml_put_number(out, "size", o->size);
	graphml_put_number(out, "retained", o->retained);
	if (o->len.type == CELL_INTEGER)
		graphml_put_number(out, "len", o->len.integer);
	graphml_put_text(out, "name", &o->name);
	graphml_put_text(out, "value", &o->value);
	if (o->root)
		buffer_put_text(out, "<data key=\"root\">true</data>");
	buffer_put_text(out, "</node>\n");
}

static void graphml_reference(struct buffer *out, const struct export_reference *r)
{
	buffer_put_text(out, "<edge source=\"n");
	export_put_number(out, r->from);
	buffer_put_text(out, "\" target=\"n");
	export_put_number(out, r->to);
	buffer_put_char(out, '"');
	if (r->label[0] == '\0') {
		buffer_put_text(out, "/>\n");
		return;
	}
	struct cell label = cell_text(r->label);
	buffer_put_char(out, '>');
	graphml_put_text(out, "via", &label);
	if (r->guessed)
		buffer_put_text(out, "<data key=\"guessed\">true</data>");
	buffer_put_text(out, "</edge>\n");
}

static void graphml_tail(struct buffer *out)
{
	buffer_put_text(out, "</graph>\n</graphml>\n");
}

const struct export_format export_graphml = {
	.name = "graphml",
	.objects_head = graphml_objects_head,
	.object = graphml_object,
	.reference = graphml_reference,
	.tail = graphml_tail,
};
