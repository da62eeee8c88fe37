/* SPDX-License-Identifier: MIT */
#include "dump/redact.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

bool redact_make_key(struct siphash_key *key, const char *secret, struct error *err)
{
	static const struct siphash_key first = { 1, 2 }, second = { 3, 4 };
	if (secret != NULL && *secret != '\0') {
		size_t len = strlen(secret);
		key->k0 = siphash(&first, secret, len);
		key->k1 = siphash(&second, secret, len);
		return true;
	}
	if (getrandom(key, sizeof *key, 0) == (ssize_t)sizeof *key)
		return true;
	return error_errno(err, "cannot read", "random numbers for --redact");
}

void redact_init(struct redact *r, const struct siphash_key *key)
{
	*r = (struct redact){ .key = key };
}

void redact_fini(struct redact *r)
{
	buffer_fini(&r->value);
	buffer_fini(&r->labels);
	buffer_fini(&r->room);
}

static void redact_put(
	const struct redact *r, struct buffer *out, const char *text, size_t len)
{
	enum { HASH_BITS = 48 };
	uint64_t hash = siphash(r->key, text, len) >> (64 - HASH_BITS);
	buffer_printf(out, "redacted_%zu_%012" PRIx64, utf8_length(text, len), hash);
}

static bool redact_is(struct dump_text text, const char *word)
{
	return text.data != NULL && text.len == strlen(word) &&
	       memcmp(text.data, word, text.len) == 0;
}

/* A name such as __main__ or __dict__, which Python reserves for itself. */
static bool redact_is_reserved(const char *text, size_t len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	if (len < 5 || memcmp(text, "__", 2) != 0 || memcmp(text + len - 2, "__", 2) != 0)
		return false;
	for (size_t i = 2; i < len - 2; i++)
		if (text[i] == '\0' || strchr(letters, text[i]) == NULL)
			return false;
	return true;
}

static bool redact_may_stay(const struct dump_object *o)
{
	if (o->value.data == NULL || redact_is(o->value, "True") ||
		redact_is(o->value, "False"))
		return o->value.data == NULL || redact_is(o->type, "bool");
	return (redact_is(o->type, "str") || redact_is(o->type, "unicode")) &&
	       redact_is_reserved(o->value.data, o->value.len);
}

static void redact_value(struct redact *r, struct dump_object *o)
{
	bool shown = o->repr.data != o->type.data && o->repr.data != o->name.data;
	if (redact_may_stay(o))
		return;
	buffer_clear(&r->value);
	redact_put(r, &r->value, o->value.data, o->value.len);
	o->value = (struct dump_text){ buffer_text(&r->value), r->value.len };
	o->value_is_number = false;
	if (shown)
		o->repr = o->value;
}

/* What CPython calls references of its own objects. */
static bool redact_is_member(struct dump_text label)
{
	static const char *const members[] = { ".f_back", ".f_code", ".f_globals",
		".f_builtins", ".f_locals", ".f_trace", ".tb_next", ".tb_frame",
		".gi_frame", ".gi_code", ".cr_frame", ".cell_contents",
		".default_factory" };
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (redact_is(label, members[i]))
			return true;
	if (label.len > 1 && label.data[0] == '.' &&
		redact_is_reserved(label.data + 1, label.len - 1))
		return true;
	return label.len > 2 && label.data[0] == '[' &&
	       strspn(label.data + 1, "0123456789") == label.len - 2;
}

/* A label: its kind stays, what it is about goes. */
static void redact_put_label(
	const struct redact *r, struct buffer *out, struct dump_text t)
{
	static const char *const kinds[][2] = { { "['", "']" }, { ".", "" },
		{ "<local ", ">" }, { "<closure ", ">" }, { "<key ", ">" }, { "[", "]" },
		{ "", "" } };
	size_t i = 0;
	if (t.data == NULL) {
		buffer_put_text(out, "null");
		return;
	}
	buffer_put_char(out, '"');
	if (redact_is_member(t)) {
		buffer_put(out, t.data, t.len);
	} else {
		while (strncmp(t.data, kinds[i][0], strlen(kinds[i][0])) != 0)
			i++;
		size_t head = strlen(kinds[i][0]), tail = strlen(kinds[i][1]);
		if (t.len < head + tail)
			head = tail = 0;
		buffer_put_text(out, kinds[i][0]);
		redact_put(r, out, t.data + head, t.len - head - tail);
		buffer_put_text(out, kinds[i][1]);
	}
	buffer_put_char(out, '"');
}

static void redact_labels(struct redact *r, struct dump_object *o)
{
	if (o->labels.data == NULL)
		return;
	const char *at = o->labels.data, *end = at + o->labels.len;
	struct dump_text name;
	enum dump_label label;
	char before = '[';
	buffer_clear(&r->labels);
	while ((label = dump_labels_next(&at, end, &r->room, &name)) != DUMP_LABEL_END) {
		buffer_put_char(&r->labels, before);
		if (label == DUMP_LABEL_GOES_ON)
			buffer_put_text(&r->labels, "true");
		else
			redact_put_label(r, &r->labels, name);
		before = ',';
	}
	buffer_put_text(&r->labels, before == '[' ? "[]" : "]");
	o->labels = (struct dump_text){ buffer_text(&r->labels), r->labels.len };
}

bool redact_object(struct redact *r, struct dump_object *o)
{
	if (r->key == NULL)
		return true;
	redact_value(r, o);
	redact_labels(r, o);
	/* Of a frame that is its place in a source file. */
	if (o->type.len == 5 && memcmp(o->type.data, "frame", 5) == 0)
		o->name = (struct dump_text){ 0 };
	return !r->value.failed && !r->labels.failed && !r->room.failed;
}
