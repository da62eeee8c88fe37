/* SPDX-License-Identifier: MIT */
/* format_hprof - the heap dumps of Java virtual machines (HotSpot, OpenJ9, GraalVM) and
 * of Android: src/hotspot/share/services/heapDumper.cpp of OpenJDK says what they are
 * made of, art/runtime/hprof/hprof.cc what Android adds.
 *
 * A header and records of a tag, a time and a length; the records of a heap hold further
 * records, of objects and roots.  The whole file is mapped and gone through twice:
 * classes may come after their instances, names anywhere, so the first walk collects what
 * the second needs to make objects.  The second walk is made in shares, by several
 * threads.
 *
 * format_hprof_walk.c   one record after the other
 * format_hprof_index.c  what is collected: names, classes, roots, stack traces
 * format_hprof_layout.c classes made ready: fields of a whole line of classes, sizes
 * format_hprof.c        objects, and the reader as a whole */
#ifndef MEMSEE_FOREIGN_HPROF_H
#define MEMSEE_FOREIGN_HPROF_H

#include "base/arena.h"
#include "base/map.h"
#include "dump/format.h"

#include <endian.h>
#include <string.h>

/* --- walking -------------------------------------------------------------------------
 */

enum hprof_tag {
	/* records */
	HPROF_STRING = 0x01,
	HPROF_LOAD_CLASS = 0x02,
	HPROF_FRAME = 0x04,
	HPROF_TRACE = 0x05,
	HPROF_HEAP = 0x0c,
	HPROF_HEAP_SEGMENT = 0x1c,
	HPROF_HEAP_END = 0x2c,
	/* within a heap */
	HPROF_ROOT_UNKNOWN = 0xff,
	HPROF_ROOT_JNI_GLOBAL = 0x01,
	HPROF_ROOT_JNI_LOCAL = 0x02,
	HPROF_ROOT_JAVA_FRAME = 0x03,
	HPROF_ROOT_NATIVE_STACK = 0x04,
	HPROF_ROOT_STICKY_CLASS = 0x05,
	HPROF_ROOT_THREAD_BLOCK = 0x06,
	HPROF_ROOT_MONITOR = 0x07,
	HPROF_ROOT_THREAD = 0x08,
	HPROF_ROOT_INTERNED = 0x89,
	HPROF_ROOT_FINALIZING = 0x8a,
	HPROF_ROOT_DEBUGGER = 0x8b,
	HPROF_ROOT_CLEANUP = 0x8c,
	HPROF_ROOT_VM = 0x8d,
	HPROF_ROOT_JNI_MONITOR = 0x8e,
	HPROF_UNREACHABLE = 0x90,
	HPROF_CLASS = 0x20,
	HPROF_INSTANCE = 0x21,
	HPROF_OBJECTS = 0x22,
	HPROF_PRIMITIVES = 0x23,
	HPROF_PRIMITIVES_NODATA = 0xc3,
	HPROF_HEAP_INFO = 0xfe,
};

enum hprof_type {
	HPROF_OBJECT = 2,
	HPROF_BOOLEAN = 4,
	HPROF_CHAR = 5,
	HPROF_FLOAT = 6,
	HPROF_DOUBLE = 7,
	HPROF_BYTE = 8,
	HPROF_TYPES = 12
};

/* Where a walk is. */
struct hprof_walk {
	const unsigned char *data;
	size_t len, at;
	size_t heap_end; /* of the heap that is open; 0: none is */
	bool heap_open_end;
	unsigned id_size;
	const char *torn;        /* why the walk ended early */
	struct dump_fault fault; /* what it could not make out; `reason` empty: nothing */
	size_t fault_len;
};

/* A record.  Of those that are objects `id`, and what their tag has of the rest. */
struct hprof_item {
	bool in_heap;
	unsigned tag;
	const unsigned char *data; /* behind the header, or an object's contents */
	size_t len;
	uint64_t id, class;
	uint32_t trace, count; /* of a stack trace; elements of an array */
	uint8_t element;       /* enum hprof_type, of primitives */
};

/* The bytes of a value of a type; 0 for an unknown type. */
unsigned hprof_width(unsigned id_size, unsigned type);

/* A big-endian number of 1 to 8 bytes. */
static inline uint64_t hprof_number(const unsigned char *at, unsigned width)
{
	uint64_t value = 0;
	uint32_t half;
	if (width == 8) {
		memcpy(&value, at, 8);
		return be64toh(value);
	}
	if (width == 4) {
		memcpy(&half, at, 4);
		return be32toh(half);
	}
	for (unsigned i = 0; i < width; i++)
		value = value << 8 | at[i];
	return value;
}

/* What a class's record holds, taken apart. */
struct hprof_class_parts {
	const unsigned char *references; /* HPROF_CLASS_REFERENCES ids */
	const unsigned char *statics, *fields;
	uint32_t static_count, field_count;
};

/* super, class loader, signers, protection domain, and two that are reserved */
enum { HPROF_CLASS_REFERENCES = 6 };

/* A static field, or a field of an instance, which has no value here. */
struct hprof_member {
	uint64_t name, value; /* the id of a string; an id or a number */
	uint8_t type;         /* enum hprof_type */
};

/* The parts of a record that a walk has seen to be complete. */
struct hprof_class_parts hprof_take_apart(const unsigned char *record, unsigned id_size);

/* The static field at `*at`, which moves on to the next. */
struct hprof_member hprof_next_static(const unsigned char **at, unsigned id_size);
struct hprof_member hprof_next_field(const unsigned char **at, unsigned id_size);

/* The next record; false at the end, and where the file breaks off (`torn`).  What it
 * cannot make out it skips, up to the end of that heap: then `fault` is set. */
bool hprof_next(struct hprof_walk *w, struct hprof_item *item);

/* --- what is collected ----------------------------------------------------------------
 */

/* A field of a class, or of a whole line of classes. */
struct hprof_field {
	struct dump_text name;
	uint32_t offset; /* in an instance's contents */
	uint8_t type;    /* enum hprof_type */
	bool weak;       /* what it refers to it does not hold */
};

#define HPROF_NONE UINT32_MAX

/* What is read of an instance besides its references. */
enum hprof_role {
	HPROF_PLAIN,
	HPROF_TEXT,  /* java.lang.String: its characters */
	HPROF_BOX,   /* java.lang.Integer and the like: the value in a field */
	HPROF_SIZED, /* a collection: how many it holds, in a field */
};

struct hprof_class {
	uint64_t id, super, loader;
	const unsigned char *record; /* the class's own, NULL before it was seen */
	size_t record_len;
	uint32_t trace;
	const char *name;   /* as people write it: foo.Bar$Baz, int[] */
	bool asked, wanted; /* its instances are strings or threads: see by place */
	uint32_t stride;    /* least distance of an instance to the object behind it */
	/* Made ready by hprof_layout(). */
	struct hprof_field *field; /* of the whole line, in the order of the contents */
	size_t fields;
	enum hprof_role role;
	struct hprof_field value; /* of its role */
	int64_t size;             /* of an instance */
};

struct hprof_root {
	uint64_t id;
	uint8_t tag;
	uint32_t thread, frame;
};

struct hprof_string {
	uint64_t id;
	const unsigned char *data;
	uint32_t len;
};

struct hprof_frame {
	uint64_t id, method, file;
	uint32_t class;
	int32_t line;
};

struct hprof_trace {
	uint64_t serial;
	uint32_t thread, count;
	const unsigned char *frames; /* ids */
};

/* Where the contents of strings and threads are found. */
struct hprof_place {
	uint64_t id;
	size_t at; /* of the record's tag */
};

struct hprof {
	const unsigned char *data;
	size_t len, start; /* the first record */
	unsigned id_size, version;
	uint64_t time; /* milliseconds since 1970 */
	bool narrow;   /* references of 4 bytes in a heap of 64 bits */
	const char *layout;
	struct hprof_field coder, from,
		count; /* of java.lang.String; type 0: there is none */
	struct arena room;

	struct hprof_string *string;
	size_t strings, string_cap;
	struct map by_string;
	struct hprof_class *class;
	size_t classes, class_cap;
	struct map by_class;
	uint32_t *serial; /* of each class its number by its serial - 1 */
	size_t serials, serial_cap;
	struct hprof_frame *frame;
	size_t frames, frame_cap;
	struct map by_frame;
	struct hprof_trace *trace;
	size_t traces, trace_cap;
	struct map by_trace;
	struct hprof_root *root; /* ascending by id, the most telling of each first */
	size_t roots, root_cap;
	struct hprof_place *place; /* ascending by id */
	size_t places, place_cap;
	bool unsorted;
	struct hprof_walk *share; /* the walk at the beginning of each share */
	uint64_t *before;         /* the number of the last object before each share */
	size_t shares, share_cap, before_cap;
	const char *torn;
};

/* Is it a record that becomes an object? */
bool hprof_is_object(const struct hprof_item *item);

/* The first walk.  Faults go to the sink. */
bool hprof_index(struct hprof *h, struct dump_sink *sink, struct error *err);
void hprof_fini(struct hprof *h);

struct hprof_class *hprof_find_class(const struct hprof *h, uint64_t id);
/* Text of a string, without data when there is none of that id. */
struct dump_text hprof_text(const struct hprof *h, uint64_t id);
const struct hprof_trace *hprof_find_trace(const struct hprof *h, uint32_t serial);
const struct hprof_frame *hprof_find_frame(const struct hprof *h, uint64_t id);
/* The record of the string, thread or array at `id`: false when it is not known.  `*near`
 * is where it is looked for first, 0 at the beginning, and becomes where it was. */
bool hprof_find_place(
	const struct hprof *h, uint64_t id, size_t *near, struct hprof_item *item);

/* Makes all classes ready. */
bool hprof_layout(struct hprof *h, struct error *err);
/* The shallow size of an array. */
int64_t hprof_array_size(const struct hprof *h, unsigned type, uint64_t count);

bool hprof_recognise(const unsigned char *head, size_t len);
bool hprof_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err);

#endif
