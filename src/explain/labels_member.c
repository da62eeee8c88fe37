/* SPDX-License-Identifier: MIT */
#include "explain/labels_member.h"

#include "base/array.h"
#include "store/db.h"

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

bool labels_find_python(struct labels_source *s, struct error *err)
{
	int64_t two;
	if (s->python != 0)
		return true;
	if (!db_integer(s->db, &two, 0, err,
		    "select exists (select 1 from main.\"%w\" where type in "
		    "('unicode', 'instancemethod', 'classobj'))",
		    s->table))
		return false;
	s->python = two != 0 ? 2 : 3;
	return true;
}

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

static void label_put_member(struct label *label, const char *text, bool guessed)
{
	snprintf(label->text, sizeof label->text, "%s", text);
	snprintf(label->stable, sizeof label->stable, "%s", text);
	label->guessed = guessed;
	label->is_dict = strcmp(text, ".__dict__") == 0;
}

/* Behind a function's name come its dict, its closure and its annotations, each of which
 * may be missing: annotations are a dict or a tuple as well.  A closure is of cells. */
static bool labels_doubt(
	struct labels_source *s, int64_t address, struct label *label, struct error *err)
{
	if (strcmp(label->text, ".__dict__") == 0)
		label->guessed = true;
	if (strcmp(label->text, ".__closure__") != 0)
		return true;
	struct labels_object cell = { 0 };
	int64_t *child = NULL;
	size_t count = 0, cap = 0;
	bool ok = labels_read_refs(s, address, &child, &count, &cap, err) &&
		  (count == 0 || labels_read_object(s, child[0], &cell, err));
	if (ok && strcmp(cell.type, "cell") != 0)
		label_put_member(label, ".__annotations__", true);
	free(child);
	return ok;
}

/* Walks the references and the rows from `rule` on, which are of the parent's type, to
 * `place`.  Certain only for what can be nothing else. */
static bool labels_put_rule(struct labels_source *s, const struct labels_object *parent,
	const int64_t *child, size_t place, size_t rule, struct label *label,
	struct error *err)
{
	struct labels_object object;
	for (size_t i = 0; i <= place; i++) {
		if (!labels_read_object(s, child[i], &object, err))
			return false;
		size_t at = rule;
		while (at < LABELS_RULES &&
			strcmp(labels_rules[at].parent, parent->type) == 0 &&
			!labels_takes(labels_rules[at].child, object.type))
			at++;
		bool taken = at < LABELS_RULES &&
			     strcmp(labels_rules[at].parent, parent->type) == 0;
		if (i == place && taken) {
			bool certain = strcmp(labels_rules[at].child, "*") != 0 &&
				       (i == 0 || at == rule);
			certain = certain || strcmp(parent->type, "cell") == 0;
			label_put_member(label, labels_rules[at].label, !certain);
			if (strcmp(parent->type, "function") == 0 &&
				!labels_doubt(s, child[i], label, err))
				return false;
		} else if (i == place && strcmp(parent->type, "frame") == 0) {
			label_put_member(label, "local", true);
		}
		if (taken)
			rule = at + 1;
	}
	return true;
}

static int labels_compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Are the children of the tuple at `address` as many names of slots as are wanted?  Then
 * takes them, in the order of their names: so they are visited. */
static bool labels_try_slots(struct labels_source *s, int64_t address, struct error *err)
{
	struct labels_slots *slots = &s->slots;
	struct labels_object object;
	int64_t *child = NULL;
	size_t children, cap = 0, n = 0;
	bool ok = labels_read_refs(s, address, &child, &children, &cap, err);
	bool fits = ok && children <= LABELS_MEMBERS_MAX;
	for (size_t i = 0; ok && fits && i < children; i++) {
		ok = labels_read_object(s, child[i], &object, err);
		fits = ok && strcmp(object.type, "str") == 0 && object.value[0] != '\0';
		if (fits && strncmp(object.value, "__", 2) != 0)
			memcpy(slots->name[n++], object.value, LABEL_MAX);
	}
	if (ok && fits && n == slots->count) {
		qsort(slots->name, n, sizeof *slots->name, labels_compare_names);
		slots->names = n;
	}
	free(child);
	return ok;
}

/* The dict of the class at `address` may hold a tuple `__slots__` of `count` names. */
static bool labels_find_slots(
	struct labels_source *s, int64_t address, size_t count, struct error *err)
{
	struct labels_slots *slots = &s->slots;
	struct labels_object object;
	if (slots->count == count && slots->class == address)
		return true;
	slots->class = address;
	slots->count = count;
	slots->names = 0;
	int64_t *child = NULL;
	size_t children, cap = 0;
	bool ok = labels_read_refs(s, address, &child, &children, &cap, err);
	/* The dict is the first thing that a class refers to. */
	ok = ok && (children == 0 ||
			   labels_read_refs(s, child[0], &child, &children, &cap, err));
	for (size_t i = 0; ok && i < children && slots->names == 0; i++) {
		ok = labels_read_object(s, child[i], &object, err);
		if (ok && strcmp(object.type, "tuple") == 0 && object.len > 0)
			ok = labels_try_slots(s, child[i], err);
	}
	free(child);
	if (!ok)
		slots->count = 0;
	return ok;
}

static bool labels_put_slot(struct labels_source *s, int64_t class, size_t count,
	size_t place, struct label *label, struct error *err)
{
	char text[LABEL_MAX];
	if (!labels_find_slots(s, class, count, err))
		return false;
	if (s->slots.names == 0)
		return true;
	snprintf(text, sizeof text, ".%.*s", label_fit(s->slots.name[place]),
		s->slots.name[place]);
	label_put_member(label, text, true);
	return true;
}

/* An object of a class: its slots in the order of their names, its dict, its class. */
static bool labels_put_attribute(struct labels_source *s, const int64_t *child,
	size_t count, size_t place, struct label *label, struct error *err)
{
	struct labels_object class, dict, object;
	if (count == 0 || !labels_read_object(s, child[count - 1], &class, err) ||
		!labels_read_object(s, child[place], &object, err))
		return count == 0;
	bool has_class = labels_takes("type|ABCMeta|EnumMeta", class.type) ||
			 class.name[0] != '\0';
	size_t slots = count - has_class;
	bool has_dict = false;
	if (slots > 0) {
		if (!labels_read_object(s, child[slots - 1], &dict, err))
			return false;
		has_dict = strcmp(dict.type, "dict") == 0;
		slots -= has_dict;
	}
	if (has_class && place == count - 1)
		label_put_member(label, ".__class__", false);
	else if (has_dict && place == slots)
		label_put_member(label, ".__dict__", slots > 0);
	else if (has_class && place < slots)
		return labels_put_slot(s, child[count - 1], slots, place, label, err);
	return true;
}

bool labels_put_member(struct labels_source *s, const struct labels_object *parent,
	const int64_t *child, size_t count, size_t place, struct label *label,
	struct error *err)
{
	/* What has this many references is a container of a kind not known here, or a
	 * frame; reading all of them for a guess is not worth it. */
	if (place > LABELS_MEMBERS_MAX)
		return true;
	for (size_t i = 0; i < LABELS_RULES; i++)
		if (strcmp(labels_rules[i].parent, parent->type) == 0)
			return labels_put_rule(s, parent, child, place, i, label, err);
	/* Other types of C code have dots in their names, or no class to refer to. */
	return labels_put_attribute(s, child, count, place, label, err);
}
