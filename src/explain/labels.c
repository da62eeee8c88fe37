/* SPDX-License-Identifier: MIT */
#include "explain/labels.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/saturate.h"
#include "base/search.h"
#include "dump/dump.h"
#include "explain/labels_member.h"
#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_FEW = 16 };

enum labels_order { LABELS_NO_DICT, LABELS_VALUES, LABELS_PAIRS, LABELS_KEYS_VALUES };

/* The order of a dict's references after those that are not entries. */
struct labels_layout {
	enum labels_order order;
	size_t first;
	bool keys; /* what is before `first` are keys */
};

/* A reference of the parent that was looked up last. */
struct labels_ref {
	int64_t child;
	size_t place;
};

struct labels {
	struct labels_source source;
	bool reading; /* see db_read_begin() */
	struct labels_parent parent;
	struct labels_type *type;    /* of each type of the arrays */
	char typed[LABEL_MAX];       /* without: the one that `parent.type` is of */
	bool valid, ordered, sorted; /* parent; its layout; ref */
	struct labels_layout layout;
	struct labels_ref *ref; /* those of the parent, by child, then place */
	size_t ref_cap;
	/* The labels that the dump gave, one behind the other; empty without. */
	struct db_stmt *notes; /* NULL: there are none */
	struct buffer named, room;
	size_t *name; /* of each reference, where its label ends in `named` */
	size_t name_count, name_cap;
};

struct labels *labels_open_unlocked(struct db *db, int64_t num, struct error *err)
{
	struct labels *l = array_new_zeroed(1, sizeof *l);
	if (l == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (labels_source_open(&l->source, db, num, err) &&
		notes_find_labels(db, num, &l->notes, err))
		return l;
	labels_close(l);
	return NULL;
}

struct labels *labels_open(struct db *db, int64_t num, struct error *err)
{
	if (!db_read_begin(db, err))
		return NULL;
	struct labels *l = labels_open_unlocked(db, num, err);
	if (l != NULL)
		l->reading = true;
	else
		db_read_end(db);
	return l;
}

struct labels *labels_open_heap(const struct labels_heap *heap, struct error *err)
{
	struct labels *l = array_new_zeroed(1, sizeof *l);
	if (l != NULL) {
		l->source.heap = heap;
		l->type = array_new_zeroed(heap->types, sizeof *l->type);
	}
	if (l != NULL && l->type != NULL)
		return l;
	labels_close(l);
	error_nomem(err);
	return NULL;
}

void labels_close(struct labels *l)
{
	if (l == NULL)
		return;
	labels_source_close(&l->source);
	db_stmt_free(l->notes);
	if (l->reading)
		db_read_end(l->source.db);
	buffer_fini(&l->named);
	buffer_fini(&l->room);
	free(l->name);
	free(l->ref);
	free(l->type);
	free(l->parent.refs.child);
	free(l);
}

bool labels_are_near(const struct labels *l)
{
	return l->notes == NULL && (l->source.heap != NULL || l->source.left != NULL);
}

static int labels_compare(const void *a, const void *b)
{
	const struct labels_ref *x = a, *y = b;
	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static bool labels_push_name(struct labels *l, const char *name, size_t len)
{
	if (!array_reserve(&l->name, &l->name_cap, l->name_count + 1, sizeof *l->name))
		return false;
	if (len > 0)
		buffer_put(&l->named, name, len);
	l->name[l->name_count++] = l->named.len;
	return true;
}

/* The list continues after its last label: the other references get the same label, with
 * ascending numbers if it is an index. */
static bool labels_go_on(struct labels *l)
{
	char name[LABEL_MAX];
	size_t last = l->name_count > 1 ? l->name[l->name_count - 2] : 0;
	assert(last <= l->named.len);
	size_t len = l->named.len - last;
	if (len >= sizeof name)
		len = sizeof name - 1;
	memcpy(name, buffer_text(&l->named) + last, len);
	name[len] = '\0';
	char *digits = name + 1, *rest;
	uint64_t index = strtoull(digits, &rest, 10);
	bool counts = name[0] == '[' && rest > digits && strcmp(rest, "]") == 0;
	while (l->name_count < l->parent.refs.count) {
		if (counts)
			len = (size_t)snprintf(
				name, sizeof name, "[%" PRIu64 "]", ++index);
		if (!labels_push_name(l, name, len))
			return false;
	}
	return true;
}

/* Reads the list of labels that the dump gave the parent's references. */
static bool labels_load_names(struct labels *l, int64_t parent, struct error *err)
{
	buffer_clear(&l->named);
	l->name_count = 0;
	if (l->notes == NULL)
		return true;
	db_reset(l->notes);
	if (!db_bind(l->notes, 1, cell_integer(parent), err))
		return false;
	int row = db_step(l->notes, err);
	struct cell list = row == 1 ? db_column(l->notes, 0) : cell_null();
	bool ok = true;
	if (list.type == CELL_TEXT && list.text != NULL) {
		struct dump_text name;
		enum dump_label label;
		const char *at = list.text, *end = list.text + list.len;
		while (ok && (label = dump_labels_next(&at, end, &l->room, &name)) !=
				     DUMP_LABEL_END)
			ok = label == DUMP_LABEL_GOES_ON
				     ? l->name_count == 0 || labels_go_on(l)
				     : labels_push_name(l, name.data, name.len);
		/* A list that does not fit the references means nothing. */
		if (l->name_count != l->parent.refs.count)
			l->name_count = 0;
		ok = (ok && !l->named.failed && !l->room.failed) || error_nomem(err);
	}
	db_reset(l->notes);
	return ok && row >= 0;
}

/* The types that are dicts or like one. */
static const char *const labels_dicts[] = { "dict", "collections.defaultdict",
	"defaultdict", "collections.OrderedDict", "OrderedDict", "collections.Counter",
	"Counter" };

static void labels_look_at_type(struct labels_type *type, const char *name)
{
	*type = (struct labels_type){
		.known = true,
		.deque = strcmp(name, "collections.deque") == 0,
		.list = strcmp(name, "list") == 0 || strcmp(name, "tuple") == 0,
		.set = strcmp(name, "set") == 0 || strcmp(name, "frozenset") == 0,
	};
	for (size_t i = 0; i < sizeof labels_dicts / sizeof *labels_dicts; i++)
		if (strcmp(labels_dicts[i], name) == 0)
			type->dict = (unsigned char)(i + 1);
	labels_find_rules(type, name);
}

static bool labels_load_parent(struct labels *l, int64_t parent, struct error *err)
{
	struct labels_parent *p = &l->parent;
	if (l->valid && p->object.id == parent)
		return true;
	l->valid = l->ordered = l->sorted = false;
	p->walked = 0;
	p->asked = false;
	l->valid = labels_read_object(&l->source, parent, &p->object, err) &&
		   labels_read_refs(&l->source, parent, &p->refs, err) &&
		   labels_load_names(l, parent, err);
	if (!l->valid || !p->object.found || l->source.foreign)
		return l->valid;
	/* The types of arrays have numbers, so each is looked at once. */
	struct labels_type *type =
		l->type == NULL ? NULL : &l->type[l->source.heap->node[parent].type];
	if (type == NULL) {
		if (!p->type.known || strcmp(l->typed, p->object.type) != 0) {
			labels_look_at_type(&p->type, p->object.type);
			memcpy(l->typed, p->object.type, strlen(p->object.type) + 1);
		}
	} else if (!type->known)
		labels_look_at_type(type, p->object.type);
	if (type != NULL)
		p->type = *type;
	return true;
}

/* --- names of the dump ------------------------------------------------------------- */

/* The label that the dump gave the reference at `place`; false without one. */
static bool labels_put_name(
	const struct labels *l, size_t place, bool attributes, struct label *label)
{
	char name[LABEL_MAX];
	if (place >= l->name_count)
		return false;
	size_t start = place == 0 ? 0 : l->name[place - 1];
	if (l->name[place] == start)
		return false;
	assert(start < l->name[place] && l->name[place] <= l->named.len);
	const struct cell given =
		cell_bytes(l->named.data + start, l->name[place] - start);
	labels_copy(name, sizeof name, &given);
	size_t len = strlen(name);
	/* `['key']`, `[u'key']`, `["key"]`: the key is cut out in place. */
	char *quote = name + 1 + (name[1] == 'u');
	if (len >= 4 && name[0] == '[' && (*quote == '\'' || *quote == '"')) {
		name[len - 1] = '\0';
		if (name[len - 2] == *quote)
			name[len - 2] = '\0';
		label_put_key(label, quote + 1, attributes);
		return true;
	}
	bool is_key = strncmp(name, "<key ", 5) == 0;
	snprintf(label->text, sizeof label->text, "%s", is_key ? "key" : name);
	snprintf(label->stable, sizeof label->stable, "%s",
		name[0] == '[' ? "[]" : label->text);
	label->is_dict = strcmp(name, ".__dict__") == 0;
	return true;
}

/* --- containers --------------------------------------------------------------------- */

/* Is the reference at `place` the class of the parent, which the objects of classes made
 * at run time lead to first? */
static bool labels_is_class(struct labels *l, size_t place, bool *is, struct error *err)
{
	struct labels_object class;
	*is = false;
	if (place >= l->parent.refs.count)
		return true;
	if (!labels_read_object(&l->source, l->parent.refs.child[place], &class, err))
		return false;
	const char *dot = strrchr(l->parent.object.type, '.');
	const char *name = dot == NULL ? l->parent.object.type : dot + 1;
	const char *own = strrchr(class.name, '.');
	own = own == NULL ? class.name : own + 1;
	*is = strcmp(class.type, "type") == 0 && strcmp(own, name) == 0;
	return true;
}

/* Is it a dict, by its type or by being like one?
 * In CPython 3 an OrderedDict visits its keys in their order, then what a dict does; a
 * defaultdict what makes its values; both may lead to their class first.  That of Python
 * 2 is an object with attributes and a class. */
static bool labels_find_order(
	struct labels *l, struct labels_layout *layout, struct error *err)
{
	size_t len = l->parent.object.len <= 0 ? 0 : (size_t)l->parent.object.len;
	bool is_class = false;
	*layout = (struct labels_layout){ .order = LABELS_NO_DICT };
	if (len == 0 || l->parent.type.dict == 0)
		return true;
	size_t kind = l->parent.type.dict - 1u;
	assert(strcmp(l->parent.object.type, labels_dicts[kind]) == 0);
	if (!labels_find_python(&l->source, err) ||
		(kind > 0 && !labels_is_class(l, 0, &is_class, err)))
		return false;
	layout->first = is_class;
	if (kind >= 3 && l->source.python == 2 && l->parent.refs.count == 2 * len + 2)
		layout->first = 2;
	size_t n = l->parent.refs.count - layout->first;
	if ((kind == 1 || kind == 2) && (n == len + 1 || n == 2 * len + 1)) {
		/* Of two references one is the value, or both are a pair. */
		struct labels_object made;
		made.type = "";
		if (n == 2 * len &&
			!labels_read_object(&l->source,
				l->parent.refs.child[layout->first], &made, err))
			return false;
		bool pair = n == 2 * len && strcmp(made.type, "type") != 0 &&
			    strcmp(made.type, "function") != 0 &&
			    strcmp(made.type, "functools.partial") != 0;
		layout->first += !pair;
		n -= !pair;
	}
	bool ordered = kind == 3 && l->source.python == 3;
	if (ordered && n == 3 * len) {
		layout->first += len;
		layout->order = LABELS_PAIRS;
		layout->keys = true;
	} else if (n == 2 * len) {
		layout->order = ordered ? LABELS_KEYS_VALUES : LABELS_PAIRS;
	} else if (n == len) {
		layout->order = LABELS_VALUES;
	}
	return true;
}

/* The place of the key of reference `place`, one of the entries of a dict: `place` itself
 * where it leads to the key, and where only values are there. */
static size_t labels_key_of(const struct labels *l, size_t place)
{
	const struct labels_layout *layout = &l->layout;
	assert(place >= layout->first && l->parent.object.len > 0);
	size_t len = (size_t)l->parent.object.len, at = place - layout->first;
	/* In Python 2 the key is first, in Python 3 the value. */
	bool key_first = l->source.python == 2;
	size_t key = place;
	if (layout->order == LABELS_KEYS_VALUES)
		key = at < len ? place : place - len;
	else if (layout->order == LABELS_PAIRS && (at % 2 == 0) != key_first)
		key = key_first ? place - 1 : place + 1;
	assert(key < l->parent.refs.count);
	return key;
}

/* Reference `place`, one of the entries of a dict. */
static bool labels_put_dict(struct labels *l, size_t place, bool attributes,
	struct label *label, struct error *err)
{
	const struct labels_layout *layout = &l->layout;
	enum labels_order order = layout->order;
	size_t key = labels_key_of(l, place), at = place - layout->first;
	if (key == place && order != LABELS_VALUES) {
		label_put(label, "key");
		return true;
	}
	struct labels_object object;
	if (!labels_read_object(&l->source, l->parent.refs.child[key], &object, err))
		return false;
	bool text =
		strcmp(object.type, "str") == 0 || strcmp(object.type, "unicode") == 0;
	if (order != LABELS_VALUES && text && object.value[0] != '\0') {
		label_put_key(label, object.value, attributes);
	} else if (order != LABELS_VALUES) {
		/* The type of a key is not the key. */
		const char *what = object.value[0] != '\0'  ? object.value
				   : object.name[0] != '\0' ? object.name
				   : object.type[0] != '\0' ? object.type
							    : "?";
		label_put_entry(label, what);
		label->guessed = object.value[0] == '\0';
	} else if (object.name[0] != '\0' && label_is_name(object.name)) {
		/* Nothing says the key.  A function, class or module is mostly kept under
		 * its own name. */
		label_put_key(label, object.name, attributes);
		label->guessed = true;
	} else {
		/* The attributes of one class are set in the same order each time. */
		label_put_place(label, at, attributes);
	}
	/* move_to_end() changes the order of the keys alone. */
	label->guessed = label->guessed || order == LABELS_KEYS_VALUES;
	return true;
}

/* The items of a list or a tuple come last to first, after whatever else the parent
 * refers to. */
static bool labels_put_item(struct labels *l, size_t place, struct label *label)
{
	int64_t len = l->parent.object.len,
		extra = saturate_subtract((int64_t)l->parent.refs.count, len);
	bool list = l->parent.type.list, set = l->parent.type.set;
	if (l->parent.type.deque) {
		label_put_index(label, (int64_t)place);
		return true;
	}
	if (len <= 0 || extra < 0 || (int64_t)place < extra)
		return false;
	if (set && extra == 0) {
		label_put(label, "item");
		return true;
	}
	if (set || (!list && extra > 2))
		return false;
	label_put_index(label, len - 1 - ((int64_t)place - extra));
	label->guessed = !list || extra > 0;
	return true;
}

/* --- finding ------------------------------------------------------------------------ */

static bool labels_load_order(struct labels *l, struct error *err)
{
	if (!l->ordered && !labels_find_order(l, &l->layout, err))
		return false;
	l->ordered = true;
	return true;
}

bool labels_find_basis(struct labels *l, int64_t parent, size_t place,
	struct labels_basis *basis, struct error *err)
{
	*basis = (struct labels_basis){ .kind = LABELS_TEXT };
	if (!labels_load_parent(l, parent, err))
		return false;
	const struct labels_parent *p = &l->parent;
	if (place >= p->refs.count || !p->object.found || l->name_count > 0 ||
		l->source.foreign)
		return true;
	if (!labels_load_order(l, err))
		return false;
	if (l->layout.order == LABELS_PAIRS || l->layout.order == LABELS_KEYS_VALUES) {
		if (place < l->layout.first)
			return true;
		size_t key = labels_key_of(l, place);
		basis->kind = key == place ? LABELS_KEY : LABELS_ENTRY;
		basis->number = p->refs.child[key];
	} else if (p->type.list && p->object.len == (int64_t)p->refs.count) {
		/* Last to first. */
		basis->kind = LABELS_INDEX;
		basis->number = p->object.len - 1 - (int64_t)place;
	}
	return true;
}

bool labels_find_place(struct labels *l, int64_t parent, size_t place, bool attributes,
	struct label *label, struct error *err)
{
	label->text[0] = label->stable[0] = '\0';
	label->guessed = label->is_dict = false;
	if (!labels_load_parent(l, parent, err))
		return false;
	if (place >= l->parent.refs.count || !l->parent.object.found)
		return true;
	if (labels_put_name(l, place, attributes, label) || l->source.foreign)
		return true;
	if (!labels_load_order(l, err))
		return false;
	if (l->layout.order != LABELS_NO_DICT && place >= l->layout.first)
		return labels_put_dict(l, place, attributes, label, err);
	if (l->layout.keys) {
		label_put(label, "key");
		return true;
	}
	bool is_class = false;
	if (l->parent.type.deque && !labels_is_class(l, 0, &is_class, err))
		return false;
	if (is_class && place == 0) {
		label_put(label, ".__class__");
		return true;
	}
	if (labels_put_item(l, place - is_class, label))
		return true;
	return labels_put_member(&l->source, &l->parent, place, label, err);
}

bool labels_find(struct labels *l, int64_t parent, int64_t child, size_t nth,
	bool attributes, struct label *label, struct error *err)
{
	label->text[0] = label->stable[0] = '\0';
	label->guessed = label->is_dict = false;
	if (!labels_load_parent(l, parent, err))
		return false;
	size_t n = l->parent.refs.count;
	/* Of few references the child's is found sooner than they are sorted. */
	if (n <= LABELS_FEW && !l->sorted) {
		for (size_t i = 0; i < n; i++)
			if (l->parent.refs.child[i] == child && nth-- == 0)
				return labels_find_place(
					l, parent, i, attributes, label, err);
		return true;
	}
	if (!l->sorted) {
		if (!array_reserve(&l->ref, &l->ref_cap, n + 1, sizeof *l->ref))
			return error_nomem(err);
		for (size_t i = 0; i < n; i++)
			l->ref[i] = (struct labels_ref){ .child = l->parent.refs.child[i],
				.place = i };
		qsort(l->ref, n, sizeof *l->ref, labels_compare);
		l->sorted = true;
	}
	/* The nth reference to the child; they are sorted by child, then by place. */
	size_t first;
	SEARCH_FIRST(first, n, l->ref[first].child >= child);
	if (first + nth >= n || l->ref[first + nth].child != child)
		return true;
	return labels_find_place(
		l, parent, l->ref[first + nth].place, attributes, label, err);
}

bool labels_name(
	struct labels *l, int64_t address, char room[LABEL_MAX], struct error *err)
{
	struct labels_object object;
	if (!labels_read_object(&l->source, address, &object, err))
		return false;
	snprintf(room, LABEL_MAX, "%.*s", LABEL_MAX - 1, object.name);
	return true;
}
