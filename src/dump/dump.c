/* SPDX-License-Identifier: MIT */
#include "dump/dump.h"

#include "dump/dump_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void dump_parser_init(struct dump_parser *p)
{
	*p = (struct dump_parser){ 0 };
}

void dump_parser_fini(struct dump_parser *p)
{
	dump_json_fini(p);
	buffer_fini(&p->type);
	buffer_fini(&p->name);
	buffer_fini(&p->value);
	buffer_fini(&p->repr);
	buffer_fini(&p->root);
	buffer_fini(&p->label);
	free(p->refs);
	dump_parser_init(p);
}

static bool dump_text_is(struct dump_text t, const char *word)
{
	return t.len == strlen(word) && memcmp(t.data, word, t.len) == 0;
}

static const char *dump_skip_space(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
		at++;
	return at;
}

enum dump_label dump_labels_next(
	const char **at, const char *end, struct buffer *room, struct dump_text *name)
{
	unsigned surrogates = 0;
	*name = (struct dump_text){ 0 };
	assert(*at <= end);
	const char *c = dump_skip_space(*at, end);
	if (c == end || (*c != '[' && *c != ','))
		return DUMP_LABEL_END;
	c = dump_skip_space(c + 1, end);
	*at = c + 4;
	if (end - c >= 4 && memcmp(c, "null", 4) == 0)
		return DUMP_LABEL_NONE;
	if (end - c >= 4 && memcmp(c, "true", 4) == 0)
		return DUMP_LABEL_GOES_ON;
	const char *start = c;
	while (c < end && *c >= '0' && *c <= '9')
		c++;
	if (c > start) {
		buffer_clear(room);
		buffer_printf(room, "[%.*s]", (int)(c - start), start);
	} else if (c < end && *c == '"') {
		start = ++c;
		while (c < end && *c != '"')
			c += *c == '\\' && end - c > 1 ? 2 : 1;
		if (c == end ||
			!dump_text_decode(room, start, (size_t)(c - start), &surrogates))
			return DUMP_LABEL_END;
		c++;
	} else {
		return DUMP_LABEL_END;
	}
	assert(c <= end);
	*at = c;
	if (room->failed)
		return DUMP_LABEL_END;
	if (surrogates > 0)
		dump_text_repair(room->data, room->len);
	*name = (struct dump_text){ room->data, room->len };
	return DUMP_LABEL_NAME;
}

enum dump_kind dump_parse(struct dump_parser *p, const char *line, size_t len,
	struct dump_object *o, struct dump_fault *fault)
{
	if (p->yajl_only || !dump_scan(p, line, len, o)) {
		if (dump_skip_space(line, line + len) == line + len)
			return DUMP_BLANK;
		enum dump_kind kind = dump_json_parse(p, line, len, o, fault);
		if (kind != DUMP_OBJECT)
			return kind;
	}
	assert(o->address > 0 && o->type.data != NULL);
	assert(o->ref_count == 0 || o->refs != NULL);

	/* The original shows some types by name and some by repr() of the value. */
	const struct dump_text type = o->type;
	bool named = dump_text_is(type, "function") || dump_text_is(type, "type") ||
		     dump_text_is(type, "module");
	o->repr = type;
	if (named) {
		if (o->name.data != NULL)
			o->repr = o->name;
		else if (o->value.data != NULL)
			o->repr = o->value;
	} else if (o->value.data != NULL &&
		   (dump_text_is(type, "str") || dump_text_is(type, "int") ||
			   dump_text_is(type, "unicode"))) {
		o->repr = o->value;
		if (!o->value_is_number) {
			dump_text_repr(&p->repr, o->value.data, o->value.len);
			if (p->repr.failed)
				return DUMP_NOMEM;
			o->repr = (struct dump_text){ p->repr.data, p->repr.len };
		}
	}
	/* The repr shows unpaired surrogates; the texts lose them now.  They came out of
	 * escapes, so each such text is in a buffer of the parser. */
	struct buffer *const texts[] = { &p->type, &p->name, &p->value, &p->root };
	for (size_t i = 0; o->surrogates > 0 && i < sizeof texts / sizeof *texts; i++)
		if (texts[i]->data != NULL)
			dump_text_repair(texts[i]->data, texts[i]->len);
	return DUMP_OBJECT;
}
