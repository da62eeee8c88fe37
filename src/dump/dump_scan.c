/* SPDX-License-Identifier: MIT */
/* Reads exactly meliae's lines and those of memsee's dumper, at the speed of memory. */
#include "base/array.h"
#include "dump/dump.h"
#include "dump/dump_bytes.h"
#include "dump/dump_text.h"

#include <assert.h>

/* The rest of the line. */
struct dump_scan {
	struct dump_parser *parser;
	const char *at, *end;
};

/* Skips `word` if it is next. */
#define dump_scan_word(s, word) dump_scan_bytes(s, word, sizeof(word) - 1)

static inline bool dump_scan_bytes(struct dump_scan *s, const char *word, size_t len)
{
	if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
		return false;
	s->at += len;
	return true;
}

/* Reads on near the end of the line, where eight bytes cannot be read at once.  It is a
 * function of its own so that dump_scan_natural() is small enough to be inlined. */
static bool dump_scan_tail(struct dump_scan *s, uint64_t *value, unsigned *count)
{
	while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
		*value = *value * 10 + (uint64_t)(*s->at++ - '0');
		++*count;
	}
	return *count > 0 && *count <= 18;
}

/* Reads 1 to 18 digits without a leading zero; 63 bits always hold these. */
static inline bool dump_scan_natural(struct dump_scan *s, uint64_t *value)
{
	static const uint64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
		10000000, 100000000 };
	const char *start = s->at;
	unsigned count = 0, part = 8;
	*value = 0;
	while (part == 8 && s->end - s->at >= 8 && count <= 16) {
		uint64_t bytes = dump_load(s->at);
		part = dump_count_digits(bytes);
		if (part > 0)
			*value = *value * powers[part] + dump_digits(bytes, part);
		s->at += part;
		count += part;
	}
	if (part == 8 && !dump_scan_tail(s, value, &count))
		return false;
	return count > 0 && count <= 18 && (*start != '0' || count == 1);
}

static inline bool dump_scan_integer(struct dump_scan *s, int64_t *value)
{
	bool negative = s->at < s->end && *s->at == '-';
	s->at += negative;
	uint64_t magnitude;
	if (!dump_scan_natural(s, &magnitude) || (negative && magnitude == 0))
		return false;
	*value = negative ? -(int64_t)magnitude : (int64_t)magnitude;
	return true;
}

static inline bool dump_scan_address(struct dump_scan *s, int64_t *address)
{
	uint64_t value;
	bool ok = dump_scan_natural(s, &value) && value > 0;
	*address = (int64_t)value;
	return ok;
}

/* Reads a string after its first quote.  A string without escapes stays where it is;
 * others are decoded into `room`. */
static inline bool dump_scan_string(struct dump_scan *s, struct buffer *room,
	struct dump_text *text, unsigned *surrogates)
{
	const char *start = s->at;
	const char *stop = dump_skip_plain(start, s->end, '"');
	if (stop < s->end && *stop == '"') {
		*text = (struct dump_text){ start, (size_t)(stop - start) };
		s->at = stop + 1;
		return true;
	}
	while (stop < s->end && *stop != '"')
		stop += *stop == '\\' && s->end - stop > 1 ? 2 : 1;
	assert(stop <= s->end);
	if (stop == s->end ||
		!dump_text_decode(room, start, (size_t)(stop - start), surrogates) ||
		room->failed)
		return false;
	*text = (struct dump_text){ room->data, room->len };
	s->at = stop + 1;
	return true;
}

/* Reads the list of references.  It is a function of its own so that its loop is compiled
 * by itself. */
static bool dump_scan_refs(struct dump_scan *s, struct dump_object *o)
{
	struct dump_parser *p = s->parser;
	/* A reference takes at least three bytes: a digit and its separator. */
	size_t most = (size_t)(s->end - s->at) / 3 + 1;
	if (!array_reserve(&p->refs, &p->ref_cap, most, sizeof *p->refs))
		return false;
	o->refs = p->refs;
	if (dump_scan_word(s, "]"))
		return true;
	int64_t *ref = p->refs;
	do
		if (!dump_scan_address(s, ref++))
			return false;
	while (dump_scan_word(s, ", "));
	o->ref_count = (size_t)(ref - p->refs);
	assert(o->ref_count <= most);
	return dump_scan_word(s, "]");
}

/* Checks the list of labels, if there is one, and notes where it is. */
static bool dump_scan_labels(struct dump_scan *s, struct dump_object *o)
{
	struct dump_text text;
	if (!dump_scan_word(s, ", \"labels\": "))
		return true;
	const char *start = s->at;
	if (!dump_scan_word(s, "["))
		return false;
	bool more = !dump_scan_word(s, "]");
	while (more) {
		if (!dump_scan_word(s, "null") &&
			!(dump_scan_word(s, "\"") &&
				dump_scan_string(
					s, &s->parser->label, &text, &o->surrogates)))
			return false;
		more = dump_scan_word(s, ", ");
		if (!more && !dump_scan_word(s, "]"))
			return false;
	}
	o->labels = (struct dump_text){ start, (size_t)(s->at - start) };
	return true;
}

bool dump_scan(struct dump_parser *p, const char *line, size_t len, struct dump_object *o)
{
	struct dump_scan s = { p, line, line + len };
	*o = (struct dump_object){ 0 };
	if (!dump_scan_word(&s, "{\"address\": ") ||
		!dump_scan_address(&s, &o->address) ||
		!dump_scan_word(&s, ", \"type\": \"") ||
		!dump_scan_string(&s, &p->type, &o->type, &o->surrogates) ||
		!dump_scan_word(&s, ", \"size\": ") || !dump_scan_integer(&s, &o->size))
		return false;
	o->has_size = true;
	if (dump_scan_word(&s, ", \"name\": \"") &&
		!dump_scan_string(&s, &p->name, &o->name, &o->surrogates))
		return false;
	if (dump_scan_word(&s, ", \"len\": ")) {
		o->has_len = dump_scan_integer(&s, &o->len);
		if (!o->has_len)
			return false;
	}
	if (dump_scan_word(&s, ", \"value\": \"")) {
		if (!dump_scan_string(&s, &p->value, &o->value, &o->surrogates))
			return false;
	} else if (dump_scan_word(&s, ", \"value\": ")) {
		const char *start = s.at;
		int64_t value;
		if (!dump_scan_integer(&s, &value))
			return false;
		o->value = (struct dump_text){ start, (size_t)(s.at - start) };
		o->value_is_number = true;
	}
	if (!dump_scan_word(&s, ", \"refs\": [") || !dump_scan_refs(&s, o))
		return false;
	if (dump_scan_word(&s, "}"))
		return s.at == s.end;
	/* Only memsee's own dumper writes the rest. */
	if (!dump_scan_labels(&s, o) ||
		(dump_scan_word(&s, ", \"root\": \"") &&
			!dump_scan_string(&s, &p->root, &o->root, &o->surrogates)))
		return false;
	return dump_scan_word(&s, "}") && s.at == s.end;
}
