/* SPDX-License-Identifier: MIT */
#include "explain/labels_member.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Members in the order in which the traverse functions of CPython 2.7 and 3.10 visit
 * them.  Each may be missing, so references and rows are matched like a merge: the next
 * row of the parent's type that takes the child's type.  "*" takes any. */
static const struct labels_rule {
	const char *parent, *child, *label;
} labels_rules[] = {
	{ "function", "code", ".__code__" },
	{ "function", "dict", ".__globals__" },
	{ "function", "dict", ".__builtins__" },
	{ "function", "str", ".__module__" },
	{ "function", "tuple", ".__defaults__" },
	{ "function", "dict", ".__kwdefaults__" },
	{ "function", "str|unicode|NoneType", ".__doc__" },
	{ "function", "str", ".__name__" },
	{ "function", "dict", ".__dict__" },
	{ "function", "tuple", ".__closure__" },
	{ "function", "dict", ".__annotations__" },
	{ "function", "str", ".__qualname__" },
	{ "module", "dict", ".__dict__" },
	{ "cell", "*", ".cell_contents" },
	{ "type", "dict", ".__dict__" },
	{ "type", "tuple", ".__mro__" },
	{ "type", "tuple", ".__bases__" },
	{ "type", "*", ".__base__" },
	{ "classobj", "tuple", ".__bases__" },
	{ "classobj", "dict", ".__dict__" },
	{ "classobj", "str", ".__name__" },
	{ "instance", "classobj", ".__class__" },
	{ "instance", "dict", ".__dict__" },
	{ "method", "*", ".__func__" },
	{ "method", "*", ".__self__" },
	{ "instancemethod", "*", ".__func__" },
	{ "instancemethod", "*", ".__self__" },
	{ "instancemethod", "*", ".im_class" },
	{ "generator", "frame", ".gi_frame" },
	{ "generator", "code", ".gi_code" },
	{ "generator", "str", ".__name__" },
	{ "generator", "str", ".__qualname__" },
	{ "coroutine", "frame", ".cr_frame" },
	{ "coroutine", "code", ".cr_code" },
	{ "frame", "frame", ".f_back" },
	{ "frame", "code", ".f_code" },
	{ "frame", "dict", ".f_builtins" },
	{ "frame", "dict", ".f_globals" },
	{ "traceback", "traceback", ".tb_next" },
	{ "traceback", "frame", ".tb_frame" },
	{ "property", "*", ".fget" },
	{ "staticmethod", "*", ".__func__" },
	{ "staticmethod", "dict", ".__dict__" },
	{ "classmethod", "*", ".__func__" },
	{ "classmethod", "dict", ".__dict__" },
	{ "functools.partial",
		"function|method|instancemethod|builtin_function_or_method", ".func" },
	{ "functools.partial", "tuple", ".args" },
	{ "functools.partial", "dict", ".keywords" },
	{ "functools.partial", "dict", ".__dict__" },
	{ "builtin_function_or_method", "str", ".__module__" },
	{ "builtin_function_or_method", "*", ".__self__" },
	{ "weakref", "*", ".__callback__" },
	{ "weakref.ReferenceType", "*", ".__callback__" },
	{ "mappingproxy", "dict", "{}" },
	{ "collections.defaultdict", "*", ".default_factory" },
	{ "list_iterator", "*", "[]" },
	{ "listiterator", "*", "[]" },
};

#define LABELS_RULES (sizeof labels_rules / sizeof *labels_rules)

/* Is `type` one of `types`, separated by bars? */
static bool labels_takes(const char *types, const char *type)
{
	size_t len = strlen(type);
	if (strcmp(types, "*") == 0)
		return true;
	for (const char *at = types; at != NULL; at = strchr(at, '|')) {
		at += *at == '|';
		if (strncmp(at, type, len) == 0 && (at[len] == '|' || at[len] == '\0'))
			return true;
	}
	return false;
}

/* A member's name, which may be that of the dict of attributes. */
static void labels_put_text(struct label *label, const char *text, bool guessed)
{
	label_put(label, text);
	label->guessed = guessed;
	label->is_dict = strcmp(text, ".__dict__") == 0;
}

/* Walks the references and the rows that are of the parent's type to `place`.  Certain
 * only for what can be nothing else. */
static bool labels_put_rule(struct labels_source *s, struct labels_parent *parent,
	size_t place, struct label *label, struct error *err)
{
	const struct labels_type *known = &parent->type;
	const unsigned end = known->rule + known->rules;
	const char *type = parent->object.type;
	if (parent->walked > place + 1)
		parent->walked = 0;
	if (parent->walked == 0)
		parent->rule = known->rule;
	while (parent->walked <= place) {
		struct labels_object object;
		size_t i = parent->walked;
		if (!labels_read_object(s, parent->refs.child[i], &object, err))
			return false;
		unsigned at = parent->rule;
		while (at < end && !labels_takes(labels_rules[at].child, object.type))
			at++;
		parent->taken = at < end;
		parent->certain = parent->taken &&
				  strcmp(labels_rules[at].child, "*") != 0 &&
				  (i == 0 || at == parent->rule);
		if (parent->taken)
			parent->rule = (unsigned char)(at + 1);
		parent->walked++;
	}
	if (!parent->taken) {
		if (strcmp(type, "frame") == 0)
			labels_put_text(label, "local", true);
		return true;
	}
	assert(parent->rule > known->rule && parent->rule <= end);
	const char *text = labels_rules[parent->rule - 1].label;
	labels_put_text(label, text, !parent->certain && strcmp(type, "cell") != 0);
	if (strcmp(type, "function") != 0)
		return true;
	/* A function's name is followed by its dict, its closure and its annotations,
	 * each of which may be missing: annotations are a dict or a tuple as well.  A
	 * closure is of cells. */
	if (label->is_dict)
		label->guessed = true;
	if (strcmp(text, ".__closure__") != 0)
		return true;
	struct labels_object cell;
	struct labels_refs refs = { 0 };
	cell.type = "";
	bool ok = labels_read_refs(s, parent->refs.child[place], &refs, err) &&
		  (refs.count == 0 || labels_read_object(s, refs.child[0], &cell, err));
	if (ok && strcmp(cell.type, "cell") != 0)
		labels_put_text(label, ".__annotations__", true);
	free(refs.child);
	return ok;
}

static int labels_compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The dict of class `class` may hold a tuple `__slots__` of `count` names.  Takes them in
 * their order, in which CPython visits them. */
static bool labels_find_slots(
	struct labels_source *s, int64_t class, size_t count, struct error *err)
{
	struct labels_slots *slots = &s->slots;
	struct labels_object object;
	if (slots->count == count && slots->class == class)
		return true;
	slots->class = class;
	slots->count = count;
	slots->names = 0;
	struct labels_refs refs = { 0 }, items = { 0 };
	bool ok = labels_read_refs(s, class, &refs, err);
	/* The dict is the first thing that a class refers to. */
	ok = ok && (refs.count == 0 || labels_read_refs(s, refs.child[0], &refs, err));
	for (size_t i = 0; ok && i < refs.count && slots->names == 0; i++) {
		ok = labels_read_object(s, refs.child[i], &object, err);
		if (!ok || strcmp(object.type, "tuple") != 0 || object.len <= 0)
			continue;
		/* The names of slots, without those that Python gives every object. */
		ok = labels_read_refs(s, refs.child[i], &items, err);
		bool fits = ok && items.count <= LABELS_MEMBERS_MAX;
		size_t n = 0;
		for (size_t k = 0; fits && k < items.count; k++) {
			ok = labels_read_object(s, items.child[k], &object, err);
			fits = ok && strcmp(object.type, "str") == 0 &&
			       object.value[0] != '\0';
			if (fits && strncmp(object.value, "__", 2) != 0)
				memcpy(slots->name[n++], object.value,
					strlen(object.value) + 1);
		}
		assert(n <= LABELS_MEMBERS_MAX);
		if (!fits || n != count)
			continue;
		qsort(slots->name, n, sizeof *slots->name, labels_compare_names);
		slots->names = n;
	}
	free(items.child);
	free(refs.child);
	if (!ok)
		slots->count = 0;
	return ok;
}

void labels_find_rules(struct labels_type *type, const char *name)
{
	static_assert(LABELS_RULES <= UCHAR_MAX, "a row has a number");
	type->rule = type->rules = 0;
	for (size_t i = 0; i < LABELS_RULES; i++) {
		if (*labels_rules[i].parent != *name ||
			strcmp(labels_rules[i].parent, name) != 0)
			continue;
		if (type->rules == 0)
			type->rule = (unsigned char)i;
		assert(type->rule + type->rules == i); /* they are one after the other */
		type->rules++;
	}
}

bool labels_put_member(struct labels_source *s, struct labels_parent *parent,
	size_t place, struct label *label, struct error *err)
{
	assert(place < parent->refs.count);
	/* An object with this many references is a container of an unknown kind, or a
	 * frame; reading all of them for a guess is not worth it. */
	if (place > LABELS_MEMBERS_MAX)
		return true;
	if (parent->type.rules > 0)
		return labels_put_rule(s, parent, place, label, err);
	/* An object of a class: its slots in the order of their names, its dict, its
	 * class. Other types of C code have dots in their names, or no class to refer to.
	 */
	const struct labels_refs *refs = &parent->refs;
	if (refs->count == 0)
		return true;
	int64_t last = refs->child[refs->count - 1];
	if (!parent->asked) {
		struct labels_object class, dict;
		if (!labels_read_object(s, last, &class, err))
			return false;
		parent->has_class = labels_takes("type|ABCMeta|EnumMeta", class.type) ||
				    class.name[0] != '\0';
		parent->slots = refs->count - parent->has_class;
		parent->has_dict = false;
		if (parent->slots > 0) {
			if (!labels_read_object(
				    s, refs->child[parent->slots - 1], &dict, err))
				return false;
			parent->has_dict = strcmp(dict.type, "dict") == 0;
			parent->slots -= parent->has_dict;
		}
		parent->asked = true;
	}
	if (parent->has_class && place == refs->count - 1) {
		labels_put_text(label, ".__class__", false);
	} else if (parent->has_dict && place == parent->slots) {
		labels_put_text(label, ".__dict__", parent->slots > 0);
	} else if (parent->has_class && place < parent->slots) {
		if (!labels_find_slots(s, last, parent->slots, err))
			return false;
		if (s->slots.names > 0) {
			assert(place < s->slots.names);
			char text[LABEL_MAX];
			snprintf(text, sizeof text, ".%.*s",
				label_fit(s->slots.name[place]), s->slots.name[place]);
			labels_put_text(label, text, true);
		}
	}
	return true;
}
