/* SPDX-License-Identifier: MIT */
#include "explain/labels.h"

#include "base/array.h"
#include "base/buffer.h"
#include "dump/dump.h"
#include "explain/labels_member.h"
#include "store/db.h"
#include "store/generation.h"
#include "store/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A reference of the parent that was asked about last. */
struct labels_ref {
	int64_t child;
	size_t place;
};

struct labels {
	struct labels_source source;
	bool reading; /* see db_read_begin() */
	struct labels_object parent;
	bool valid;
	struct labels_ref *ref; /* by child, then place */
	size_t ref_count, ref_cap;
	int64_t *child; /* by place */
	size_t child_cap;
	/* The labels that the dump gave, one behind the other; empty without. */
	struct db_stmt *notes; /* NULL: there are none */
	struct buffer named, room;
	size_t *name; /* of each reference, where its label ends in `named` */
	size_t name_count, name_cap;
};

enum { LABELS_SEEN_BITS = 10 };

struct labels *labels_open_unlocked(struct db *db, int64_t num, struct error *err)
{
	char ref[GENERATION_TABLE_MAX];
	struct labels *l = array_new_zeroed(1, sizeof *l);
	if (l == NULL) {
		error_nomem(err);
		return NULL;
	}
	char *obj = l->source.table;
	l->source.db = db;
	l->source.seen =
		array_new_zeroed((size_t)1 << LABELS_SEEN_BITS, sizeof *l->source.seen);
	if (l->source.seen == NULL) {
		error_nomem(err);
		free(l);
		return NULL;
	}
	if (generation_table(db, "obj", num, obj, err) &&
		generation_table(db, "ref", num, ref, err) &&
		db_preparef(db, &l->source.object, err,
			"select type, len, name, value from main.\"%w\" where address = "
			"?",
			obj) &&
		db_preparef(db, &l->source.refs, err,
			"select child from main.\"%w\" where parent = ? order by rowid",
			ref) &&
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

void labels_close(struct labels *l)
{
	if (l == NULL)
		return;
	db_stmt_free(l->source.object);
	db_stmt_free(l->source.refs);
	db_stmt_free(l->notes);
	if (l->reading)
		db_read_end(l->source.db);
	buffer_fini(&l->named);
	buffer_fini(&l->room);
	free(l->source.seen);
	free(l->name);
	free(l->ref);
	free(l->child);
	free(l);
}

/* Copies text of a database into a label's room: cut at a character, in one line. */
static void labels_copy(char *to, size_t room, struct cell cell)
{
	size_t n = 0;
	if (cell.type == CELL_TEXT && cell.text != NULL) {
		n = cell.len < room - 1 ? cell.len : room - 1;
		while (n < cell.len && n > 0 &&
			((unsigned char)cell.text[n] & 0xc0) == 0x80)
			n--;
		for (size_t i = 0; i < n; i++) {
			unsigned char c = (unsigned char)cell.text[i];
			to[i] = c < 0x20 || c == 0x7f ? '?' : (char)c;
		}
	}
	to[n] = '\0';
}

/* Where an object is kept when it was read lately; multiplied by 2^64 / the golden ratio,
 * addresses at equal distances spread (Knuth, TAOCP 3, 6.4). */
static struct labels_object *labels_seen(const struct labels_source *s, int64_t address)
{
	uint64_t spread = (uint64_t)address * 0x9e3779b97f4a7c15u;
	return &s->seen[spread >> (64 - LABELS_SEEN_BITS)];
}

bool labels_read_object(struct labels_source *s, int64_t address,
	struct labels_object *object, struct error *err)
{
	struct labels_object *seen = labels_seen(s, address);
	if (seen->found && seen->address == address) {
		*object = *seen;
		return true;
	}
	*object = (struct labels_object){ .address = address, .len = -1 };
	db_reset(s->object);
	if (!db_bind(s->object, 1, cell_integer(address), err))
		return false;
	int row = db_step(s->object, err);
	if (row == 1) {
		struct cell len = db_column(s->object, 1);
		object->found = true;
		object->len = len.type == CELL_INTEGER ? len.integer : -1;
		labels_copy(object->type, sizeof object->type, db_column(s->object, 0));
		labels_copy(object->name, sizeof object->name, db_column(s->object, 2));
		labels_copy(object->value, sizeof object->value, db_column(s->object, 3));
		*seen = *object;
	}
	db_reset(s->object);
	return row >= 0;
}

bool labels_read_refs(struct labels_source *s, int64_t address, int64_t **child,
	size_t *count, size_t *cap, struct error *err)
{
	int row;
	*count = 0;
	db_reset(s->refs);
	if (!db_bind(s->refs, 1, cell_integer(address), err))
		return false;
	while ((row = db_step(s->refs, err)) == 1) {
		if (!array_reserve(child, cap, *count + 1, sizeof **child)) {
			error_nomem(err);
			row = -1;
			break;
		}
		(*child)[(*count)++] = db_column_integer(s->refs, 0);
	}
	db_reset(s->refs);
	return row == 0;
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

/* The list goes on behind its last label, which counts if it is an index: gives the rest
 * of the references theirs. */
static bool labels_go_on(struct labels *l)
{
	char name[LABEL_MAX];
	size_t last = l->name_count > 1 ? l->name[l->name_count - 2] : 0;
	size_t len = l->named.len - last;
	if (len >= sizeof name)
		len = sizeof name - 1;
	memcpy(name, buffer_text(&l->named) + last, len);
	name[len] = '\0';
	char *digits = name + 1, *rest;
	uint64_t index = strtoull(digits, &rest, 10);
	bool counts = name[0] == '[' && rest > digits && strcmp(rest, "]") == 0;
	while (l->name_count < l->ref_count) {
		if (counts)
			len = (size_t)snprintf(
				name, sizeof name, "[%" PRIu64 "]", ++index);
		if (!labels_push_name(l, name, len))
			return false;
	}
	return true;
}

/* Takes the list apart; one that does not fit the references means nothing. */
static bool labels_take_names(struct labels *l, const char *list, size_t len)
{
	struct dump_text name;
	enum dump_label label;
	const char *at = list, *end = list + len;
	while ((label = dump_labels_next(&at, end, &l->room, &name)) != DUMP_LABEL_END) {
		bool ok = label == DUMP_LABEL_GOES_ON
				  ? l->name_count == 0 || labels_go_on(l)
				  : labels_push_name(l, name.data, name.len);
		if (!ok)
			return false;
	}
	if (l->name_count != l->ref_count)
		l->name_count = 0;
	return !l->named.failed && !l->room.failed;
}

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
	bool ok = row >= 0;
	if (list.type == CELL_TEXT && list.text != NULL)
		ok = labels_take_names(l, list.text, list.len) || error_nomem(err);
	db_reset(l->notes);
	return ok;
}

static bool labels_load_parent(struct labels *l, int64_t parent, struct error *err)
{
	if (l->valid && l->parent.address == parent)
		return true;
	l->valid = false;
	if (!labels_read_object(&l->source, parent, &l->parent, err) ||
		!labels_read_refs(&l->source, parent, &l->child, &l->ref_count,
			&l->child_cap, err) ||
		!labels_load_names(l, parent, err))
		return false;
	if (!array_reserve(&l->ref, &l->ref_cap, l->ref_count + 1, sizeof *l->ref))
		return error_nomem(err);
	for (size_t i = 0; i < l->ref_count; i++)
		l->ref[i] = (struct labels_ref){ .child = l->child[i], .place = i };
	qsort(l->ref, l->ref_count, sizeof *l->ref, labels_compare);
	l->valid = true;
	return true;
}

/* The place of the nth reference to `child`, or SIZE_MAX. */
static size_t labels_place(const struct labels *l, int64_t child, size_t nth)
{
	size_t low = 0, high = l->ref_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->ref[middle].child < child)
			low = middle + 1;
		else
			high = middle;
	}
	if (low + nth >= l->ref_count || l->ref[low + nth].child != child)
		return SIZE_MAX;
	return l->ref[low + nth].place;
}

/* --- names of the dump ---------------------------------------------------------------
 */

static void label_put_index(struct label *label, int64_t index);
static void label_put_key(struct label *label, const char *key, bool attribute);

/* `['key']`, `[u'key']`, `["key"]`: the key, cut out of `name` in place; NULL when it is
 * none. */
static char *label_find_key(char *name)
{
	size_t len = strlen(name);
	if (len < 4 || name[0] != '[')
		return NULL;
	char *start = name + 1 + (name[1] == 'u');
	if (*start != '\'' && *start != '"')
		return NULL;
	name[len - 1] = '\0';
	if (name[len - 2] == *start)
		name[len - 2] = '\0';
	return start + 1;
}

/* The label that the dump gave the reference at `place`; false without one. */
static bool labels_put_name(
	const struct labels *l, size_t place, bool attributes, struct label *label)
{
	char name[LABEL_MAX] = "";
	size_t start = place == 0 || l->name_count == 0 ? 0 : l->name[place - 1];
	if (place >= l->name_count || l->name[place] == start)
		return false;
	labels_copy(name, sizeof name,
		cell_bytes(l->named.data + start, l->name[place] - start));
	char *key = label_find_key(name);
	if (key != NULL) {
		label_put_key(label, key, attributes);
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

static void label_put_index(struct label *label, int64_t index)
{
	snprintf(label->text, sizeof label->text, "[%" PRId64 "]", index);
	snprintf(label->stable, sizeof label->stable, "[]");
}

int label_fit(const char *name)
{
	size_t n = strnlen(name, LABEL_NAME_MAX + 1);
	if (n <= LABEL_NAME_MAX)
		return (int)n;
	for (n = LABEL_NAME_MAX; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80; n--)
		;
	return (int)n;
}

/* A key that is a word, without digits, names the same thing in every run; another may be
 * one of many. */
static bool label_is_word(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	return n > 0 && key[n] == '\0';
}

static bool label_is_name(const char *key)
{
	size_t n = strspn(
		key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	return n > 0 && key[n] == '\0';
}

static void label_put_key(struct label *label, const char *key, bool attribute)
{
	if (attribute && label_is_name(key)) {
		snprintf(label->text, sizeof label->text, ".%.*s", label_fit(key), key);
		snprintf(label->stable, sizeof label->stable, ".%.*s", label_fit(key),
			key);
		return;
	}
	snprintf(label->text, sizeof label->text, "['%.*s']", label_fit(key), key);
	if (label_is_word(key))
		snprintf(label->stable, sizeof label->stable, "['%.*s']", label_fit(key),
			key);
	else
		snprintf(label->stable, sizeof label->stable, "[]");
}

/* By the key at `place` of the parent's references. */
static bool labels_put_key_object(struct labels *l, size_t place, bool attribute,
	struct label *label, struct error *err)
{
	struct labels_object key;
	if (!labels_read_object(&l->source, l->child[place], &key, err))
		return false;
	bool text = strcmp(key.type, "str") == 0 || strcmp(key.type, "unicode") == 0;
	if (text && key.value[0] != '\0') {
		label_put_key(label, key.value, attribute);
	} else {
		const char *what = key.value[0] != '\0'  ? key.value
				   : key.name[0] != '\0' ? key.name
				   : key.type[0] != '\0' ? key.type
							 : "?";
		snprintf(
			label->text, sizeof label->text, "[%.*s]", label_fit(what), what);
		snprintf(label->stable, sizeof label->stable, "[]");
		/* Its type is not what the key is. */
		label->guessed = key.value[0] == '\0';
	}
	return true;
}

/* The value at `place` of a dict that tells no keys.  A function, class or module mostly
 * stands under its own name. */
static bool labels_put_value(struct labels *l, size_t place, size_t index, bool attribute,
	struct label *label, struct error *err)
{
	struct labels_object value;
	if (!labels_read_object(&l->source, l->child[place], &value, err))
		return false;
	const char *dot = attribute ? "." : "";
	if (value.name[0] != '\0' && label_is_name(value.name)) {
		label_put_key(label, value.name, attribute);
		label->guessed = true;
	} else {
		snprintf(label->text, sizeof label->text, "%s{%zu}", dot, index);
		/* The attributes of one class are set in the same order each time. */
		if (attribute)
			snprintf(label->stable, sizeof label->stable, ".{%zu}", index);
		else
			snprintf(label->stable, sizeof label->stable, "{}");
	}
	return true;
}

enum labels_order { LABELS_NO_DICT, LABELS_VALUES, LABELS_PAIRS, LABELS_KEYS_VALUES };

/* How the references of a dict go on behind those that are no entries. */
struct labels_layout {
	enum labels_order order;
	size_t first;
	bool keys;       /* what is before `first` are keys */
	bool attributes; /* of an object */
};

/* Is the reference at `place` the class of the parent, which the objects of classes made
 * at run time lead to first? */
static bool labels_is_class(struct labels *l, size_t place, bool *is, struct error *err)
{
	struct labels_object class;
	*is = false;
	if (place >= l->ref_count)
		return true;
	if (!labels_read_object(&l->source, l->child[place], &class, err))
		return false;
	const char *dot = strrchr(l->parent.type, '.');
	const char *name = dot == NULL ? l->parent.type : dot + 1;
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
	static const char *const dicts[] = { "dict", "collections.defaultdict",
		"defaultdict", "collections.OrderedDict", "OrderedDict",
		"collections.Counter", "Counter" };
	size_t len = l->parent.len <= 0 ? 0 : (size_t)l->parent.len, kind = 0;
	bool is_class = false;
	layout->order = LABELS_NO_DICT;
	layout->first = 0;
	while (kind < sizeof dicts / sizeof *dicts &&
		strcmp(l->parent.type, dicts[kind]) != 0)
		kind++;
	if (len == 0 || kind == sizeof dicts / sizeof *dicts)
		return true;
	if (!labels_find_python(&l->source, err) ||
		(kind > 0 && !labels_is_class(l, 0, &is_class, err)))
		return false;
	layout->first = is_class;
	if (kind >= 3 && l->source.python == 2 && l->ref_count == 2 * len + 2)
		layout->first = 2;
	size_t n = l->ref_count - layout->first;
	if ((kind == 1 || kind == 2) && (n == len + 1 || n == 2 * len + 1)) {
		/* Of two references one is the value, or both are a pair. */
		struct labels_object made = { 0 };
		if (n == 2 * len && !labels_read_object(&l->source,
					    l->child[layout->first], &made, err))
			return false;
		bool pair = n == 2 * len && strcmp(made.type, "type") != 0 &&
			    strcmp(made.type, "function") != 0 &&
			    strcmp(made.type, "functools.partial") != 0;
		layout->first += !pair;
		n -= !pair;
	}
	bool ordered = strcmp(l->parent.type, "collections.OrderedDict") == 0 &&
		       l->source.python == 3;
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

/* Reference `place`, one of the entries. */
static bool labels_put_dict(struct labels *l, size_t place,
	const struct labels_layout *layout, struct label *label, struct error *err)
{
	enum labels_order order = layout->order;
	bool attribute = layout->attributes;
	size_t len = (size_t)l->parent.len, at = place - layout->first;
	if (order == LABELS_VALUES)
		return labels_put_value(l, place, at, attribute, label, err);
	/* Python 2 tells the key first, Python 3 the value. */
	bool key_first = l->source.python == 2;
	size_t key = key_first ? place - 1 : place + 1;
	bool is_key = (at % 2 == 0) == key_first;
	if (order == LABELS_KEYS_VALUES) {
		is_key = at < len;
		key = place - len;
	}
	if (is_key) {
		snprintf(label->text, sizeof label->text, "key");
		snprintf(label->stable, sizeof label->stable, "key");
		return true;
	}
	if (!labels_put_key_object(l, key, attribute, label, err))
		return false;
	/* move_to_end() changes the order of the keys alone. */
	label->guessed = label->guessed || order == LABELS_KEYS_VALUES;
	return true;
}

/* The items of a list or a tuple come last to first, after whatever else the parent
 * refers to. */
static bool labels_put_item(struct labels *l, size_t place, struct label *label)
{
	int64_t len = l->parent.len, extra = (int64_t)l->ref_count - len;
	bool list = strcmp(l->parent.type, "list") == 0 ||
		    strcmp(l->parent.type, "tuple") == 0;
	bool set = strcmp(l->parent.type, "set") == 0 ||
		   strcmp(l->parent.type, "frozenset") == 0;
	if (strcmp(l->parent.type, "collections.deque") == 0) {
		label_put_index(label, (int64_t)place);
		return true;
	}
	if (len <= 0 || extra < 0 || (int64_t)place < extra)
		return false;
	if (set && extra == 0) {
		snprintf(label->text, sizeof label->text, "item");
		snprintf(label->stable, sizeof label->stable, "item");
		return true;
	}
	if (set || (!list && extra > 2))
		return false;
	label_put_index(label, len - 1 - ((int64_t)place - extra));
	label->guessed = !list || extra > 0;
	return true;
}

/* --- finding ------------------------------------------------------------------------ */

bool labels_find(struct labels *l, int64_t parent, int64_t child, size_t nth,
	bool attributes, struct label *label, struct error *err)
{
	*label = (struct label){ 0 };
	if (!labels_load_parent(l, parent, err))
		return false;
	size_t place = labels_place(l, child, nth);
	if (place == SIZE_MAX || !l->parent.found)
		return true;
	if (labels_put_name(l, place, attributes, label))
		return true;
	struct labels_layout layout = { .attributes = attributes };
	if (!labels_find_order(l, &layout, err))
		return false;
	if (layout.order != LABELS_NO_DICT && place >= layout.first)
		return labels_put_dict(l, place, &layout, label, err);
	if (layout.keys) {
		snprintf(label->text, sizeof label->text, "key");
		snprintf(label->stable, sizeof label->stable, "key");
		return true;
	}
	bool is_class = false;
	if (strcmp(l->parent.type, "collections.deque") == 0 &&
		!labels_is_class(l, 0, &is_class, err))
		return false;
	if (is_class && place == 0) {
		snprintf(label->text, sizeof label->text, ".__class__");
		snprintf(label->stable, sizeof label->stable, ".__class__");
		return true;
	}
	if (labels_put_item(l, place - is_class, label))
		return true;
	return labels_put_member(
		&l->source, &l->parent, l->child, l->ref_count, place, label, err);
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
