/* SPDX-License-Identifier: MIT */
/* cpython_heap - the state that the files cpython_*.c share while they walk one heap.
 *
 * Nothing in the memory is trusted: it may be torn, because the process was stopped at
 * any moment, or forged.  So every pointer is checked by the type that it leads to, every
 * length by the bytes that exist, every list by a number of steps. */
#ifndef MEMSEE_CPYTHON_CPYTHON_HEAP_H
#define MEMSEE_CPYTHON_CPYTHON_HEAP_H

#include "base/arena.h"
#include "base/map.h"
#include "cpython/cpython_layout.h"
#include "cpython/memory.h"
#include "dump/format.h"

/* How to read an object: the rule of its type, or of the nearest base that has one. */
enum cpython_rule {
	CPYTHON_OTHER, /* scanned word by word */
	CPYTHON_LIST,
	CPYTHON_TUPLE,
	CPYTHON_DICT,
	CPYTHON_ODICT,
	CPYTHON_SET,
	CPYTHON_FUNCTION,
	CPYTHON_CELL,
	CPYTHON_CODE,
	CPYTHON_FRAME,
	CPYTHON_GENERATOR,
	CPYTHON_COROUTINE,
	CPYTHON_ASYNC_GENERATOR,
	CPYTHON_MODULE,
	CPYTHON_TYPE,
	CPYTHON_STR,
	CPYTHON_BYTES,
	CPYTHON_BYTEARRAY,
	CPYTHON_INT,
	CPYTHON_BOOL,
	CPYTHON_FLOAT,
	CPYTHON_BUILTIN,
	CPYTHON_WEAKREF,
	CPYTHON_DESCRIPTOR,
	CPYTHON_EXCEPTION,
	CPYTHON_MEMORYVIEW,
	CPYTHON_DEQUE,
	CPYTHON_LRU_CACHE,
	CPYTHON_LRU_ENTRY,
	CPYTHON_HAMT_NODE,
	CPYTHON_CONTEXTVAR,
	CPYTHON_ELEMENT, /* xml.etree.ElementTree.Element */
	CPYTHON_QUEUE,   /* queue.SimpleQueue */
	CPYTHON_GREENLET,
	CPYTHON_ARRAY,  /* numpy.ndarray */
	CPYTHON_CARRAY, /* array.array */
	CPYTHON_BYTESIO,
	CPYTHON_BUFFERED,
	CPYTHON_DUMMY, /* in sets, in place of a removed element */
};

/* A slot or C member that holds an object. */
struct cpython_member {
	int64_t offset;
	const char *label; /* in JSON */
};

struct cpython_type {
	uint64_t address;
	struct dump_text name; /* C's, UTF-8 */
	enum cpython_rule rule;
	bool exact; /* the rule is for this type itself, not for a base */
	bool heap;  /* made at run time */
	bool gc;    /* objects have the collector's words in front */
	bool is_type;
	bool is_none;
	bool single; /* the type of None, of True and False, … */
	uint64_t flags;
	int64_t basic, item; /* bytes of an object, and of each of its items */
	int64_t dict_offset, weak_offset;
	int64_t base_basic;   /* bytes that the rule covers */
	int64_t before;       /* bytes in front of an object */
	uint64_t cached_keys; /* names of the attributes kept in the instances */
	const struct cpython_member *members;
	size_t member_count;
};

/* tp_flags */
#define CPYTHON_INLINE_VALUES (UINT64_C(1) << 2)
#define CPYTHON_MANAGED_WEAKREF (UINT64_C(1) << 3)
#define CPYTHON_MANAGED_DICT (UINT64_C(1) << 4)
#define CPYTHON_HEAP_TYPE (UINT64_C(1) << 9)
#define CPYTHON_READY (UINT64_C(1) << 12)
#define CPYTHON_HAVE_GC (UINT64_C(1) << 14)
#define CPYTHON_DEFAULT (UINT64_C(1) << 18)
#define CPYTHON_TYPE_SUBCLASS (UINT64_C(1) << 31)

#define CPYTHON_ITEMS_MAX (UINT64_C(1) << 32) /* no object has more items */
/* A reference takes a word, which two objects seldom share (the keys of a class's
 * instances).  Forged memory may share all of them.  References beyond this many per word
 * are dropped. */
#define CPYTHON_SHARED 16
#define CPYTHON_TEXT_MAX 100 /* characters of a value or label */

struct cpython_root {
	uint64_t address;
	const char *reason;
};

struct cpython {
	struct memory *m;
	const char *name; /* of the dump, for messages */
	struct cpython_layout layout;
	uint64_t runtime;     /* _PyRuntime, 0 if it was not found */
	uint64_t interpreter; /* the first */
	uint64_t sys;         /* the dict of its module */
	struct arena room;    /* of types and labels */
	struct cpython_type **types;
	size_t type_count, type_cap;
	struct map by_address;
	struct cpython_type *last_type;
	/* The current object. */
	int64_t *refs;
	size_t ref_count, ref_cap;
	struct buffer labels; /* a JSON list without its brackets */
	bool labelled;
	struct buffer label, key; /* one at a time */
	struct buffer value, object_name;
	struct buffer scratch; /* of cpython_type.c */
	unsigned surrogates;
	/* Objects that were found and not told yet. */
	uint64_t *stack;
	size_t stack_count, stack_cap;
	uint64_t *tracked; /* objects in the collector's lists */
	size_t tracked_count, tracked_cap;
	uint64_t *closures; /* pairs: a tuple of cells, and the code with their names */
	size_t closure_count, closure_cap;
	struct map by_closure;
	struct cpython_root roots[4096];
	size_t root_count;
	uint64_t line;    /* objects told */
	uint64_t scanned; /* references found by scanning */
	size_t rest;      /* objects between two calls of memory_rest() */
	uint64_t words;   /* the memory in words of 8 bytes; no object has more items */
	uint64_t told;    /* number of references; see CPYTHON_SHARED */
	uint64_t dropped; /* references that did not lead to an object */
	uint64_t broken;  /* wrong links in the collector's lists */
	bool collecting;
	bool nomem;
};

/* --- reading -------------------------------------------------------------------------
 */

static inline uint64_t cpython_u64(struct cpython *c, uint64_t at)
{
	return memory_u64(c->m, at);
}

static inline bool cpython_since(const struct cpython *c, int minor)
{
	return c->layout.version >= 0x300 + minor;
}

/* The number in a field of a structure, 0 if the version has no such field. */
static inline uint64_t cpython_field(struct cpython *c, uint64_t at, int field)
{
	return field < 0 ? 0 : memory_u64(c->m, at + (uint64_t)field);
}

/* --- cpython_find.c ------------------------------------------------------------------
 */

/* Finds the interpreter and proves the layout.  Fails if there is no CPython, or an
 * unknown one. */
bool cpython_find(struct cpython *c, struct error *err);
/* The value of a text key in a dict, 0 if there is none. */
uint64_t cpython_dict_get(struct cpython *c, uint64_t dict, const char *key);
/* The address of the collector's state for an interpreter. */
uint64_t cpython_collector(struct cpython *c, uint64_t interpreter);

/* --- cpython_type.c ------------------------------------------------------------------
 */

/* The type at an address, NULL if there is none. */
struct cpython_type *cpython_type_at(struct cpython *c, uint64_t address);
/* The type of an object. */
static inline struct cpython_type *cpython_type_of(struct cpython *c, uint64_t object)
{
	return cpython_type_at(c, memory_u64(c->m, object + 8));
}
/* The least size of an object of the type.  For a type of types, that of C's types. */
static inline uint64_t cpython_bytes_of(
	const struct cpython *c, const struct cpython_type *t)
{
	return (uint64_t)(t->is_type ? c->layout.tp_size : t->basic);
}
const char *cpython_member_label(const struct cpython_type *t, int64_t offset);

/* --- cpython_text.c ------------------------------------------------------------------
 */

/* Appends up to `max` characters of a str as UTF-8; nothing if it is not a str. */
void cpython_text(struct cpython *c, uint64_t str, uint64_t max, struct buffer *out);
/* The same for bytes, each as one character. */
void cpython_bytes(struct cpython *c, uint64_t at, uint64_t size, struct buffer *out);
bool cpython_int(struct cpython *c, uint64_t object, int64_t *value);
/* The length of an int in digits. */
uint64_t cpython_int_digits(struct cpython *c, uint64_t object);
/* Appends the key of a mapping as its repr, or its number in the mapping if it has no
 * simple repr; for the inside of a JSON string. */
void cpython_key(struct cpython *c, uint64_t key, uint64_t index, struct buffer *out);

/* --- cpython_refs.c ------------------------------------------------------------------
 */

/* Does an object begin at this address?  Strict enough for words of unknown meaning. */
bool cpython_is_object(struct cpython *c, uint64_t at);
/* Adds a reference with a label in JSON, NULL for none; nothing for address 0. */
void cpython_ref(struct cpython *c, uint64_t to, const char *label);
/* The same with the label in c->label. */
void cpython_ref_labelled(struct cpython *c, uint64_t to);
/* Label `"[index]"`. */
void cpython_ref_item(struct cpython *c, uint64_t to, uint64_t index);
/* A reference from a field, if the version has it. */
void cpython_ref_field(struct cpython *c, uint64_t object, int field, const char *label);
/* Label `"<kind name>"` with the text of a str. */
void cpython_ref_named(struct cpython *c, uint64_t to, const char *before, uint64_t name,
	const char *after);
/* Adds all words in [from, to) of an object that look like references. */
void cpython_scan(struct cpython *c, const struct cpython_type *t, uint64_t object,
	int64_t from, int64_t to);
void cpython_scan_words(struct cpython *c, uint64_t at, uint64_t count);

/* The entries of a table of keys. */
struct cpython_keys {
	uint64_t at;     /* address of the first entry's key */
	uint64_t count;  /* number of entries */
	uint64_t stride; /* bytes from one to the next; the value follows the key */
	uint64_t size;   /* size of the table in sys.getsizeof */
	uint64_t refcount, usable;
};
bool cpython_keys(struct cpython *c, uint64_t keys, struct cpython_keys *k);
/* Adds the references of a dict: its values, and the keys of its own table. */
void cpython_ref_dict(struct cpython *c, uint64_t dict);
/* Adds the attributes that an instance keeps itself. */
void cpython_ref_attributes(struct cpython *c, uint64_t keys, uint64_t values);

/* --- rules ---------------------------------------------------------------------------
 */

/* Reads an object: references, labels, name and value into `c`, the length into `o`. */
void cpython_describe(struct cpython *c, const struct cpython_type *t, uint64_t object,
	struct dump_object *o);
/* The same for the types of CPython's library and numpy: cpython_library.c. */
void cpython_describe_library(
	struct cpython *c, const struct cpython_type *t, uint64_t object);
/* The size as sys.getsizeof has it: cpython_size.c. */
int64_t cpython_size(struct cpython *c, const struct cpython_type *t, uint64_t object);

/* --- cpython_frame.c -----------------------------------------------------------------
 */

void cpython_describe_frame(struct cpython *c, uint64_t object);
void cpython_describe_generator(
	struct cpython *c, const struct cpython_type *t, uint64_t object);
void cpython_describe_code(struct cpython *c, uint64_t code);
/* Names a frame: "file:line" into c->object_name, the function into c->value. */
void cpython_name_frame(struct cpython *c, uint64_t code, int64_t instruction);
/* Tells the frames of a thread as objects, the innermost first. */
bool cpython_tell_frames(
	struct cpython *c, uint64_t thread, struct dump_sink *sink, struct error *err);
/* The line of an instruction, 0 if it is unknown: cpython_line.c. */
int cpython_line(struct cpython *c, uint64_t code, int64_t instruction);

/* Begins the next object; tells it to the sink: cpython.c. */
void cpython_begin(struct cpython *c);
bool cpython_tell(struct cpython *c, struct dump_object *o, struct dump_sink *sink,
	struct error *err);

#endif
