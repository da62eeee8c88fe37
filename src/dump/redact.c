/* SPDX-License-Identifier: MIT */
#include "dump/redact.h"

#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
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

void redact_init(
	struct redact *r, const struct siphash_key *key, const struct runtime *runtime)
{
	*r = (struct redact){ .key = key, .runtime = runtime };
}

void redact_fini(struct redact *r)
{
	buffer_fini(&r->type);
	buffer_fini(&r->name);
	buffer_fini(&r->value);
	buffer_fini(&r->labels);
	buffer_fini(&r->root);
	buffer_fini(&r->room);
}

static void redact_put(
	const struct redact *r, struct buffer *out, const char *text, size_t len)
{
	enum { HASH_BITS = 48 };
	uint64_t hash = siphash(r->key, text, len) >> (64 - HASH_BITS);
	buffer_printf(out, "redacted_%zu_%012" PRIx64, utf8_length(text, len), hash);
}

/* Replaces a text by its length and hash, written into `room`. */
static void redact_text(
	const struct redact *r, struct buffer *room, struct dump_text *text)
{
	buffer_clear(room);
	redact_put(r, room, text->data, text->len);
	*text = (struct dump_text){ buffer_text(room), room->len };
}

/* --- what may stay --------------------------------------------------------------------
 */

/* Names that Python's own source gives,
 * https://docs.python.org/3/reference/datamodel.html and importlib's; without the
 * underscores at both ends, in order. */
static const char *const redact_reserved[] = { "abs", "abstractmethods", "add", "aenter",
	"aexit", "aiter", "all", "and", "anext", "annotate", "annotations", "args",
	"await", "base", "bases", "bool", "builtins", "bytes", "cached", "call",
	"callback", "cause", "ceil", "class", "class_getitem", "classcell", "closure",
	"code", "complex", "contains", "context", "copy", "deepcopy", "defaults", "del",
	"delattr", "delete", "delitem", "dict", "dictoffset", "dir", "divmod", "doc",
	"enter", "eq", "exit", "file", "firstlineno", "flags", "float", "floor",
	"floordiv", "format", "fspath", "func", "future", "ge", "get", "getattr",
	"getattribute", "getinitargs", "getitem", "getnewargs", "getnewargs_ex",
	"getstate", "globals", "gt", "hash", "iadd", "iand", "ifloordiv", "ilshift",
	"imatmul", "imod", "import", "imul", "index", "init", "init_subclass",
	"instancecheck", "int", "invert", "ior", "ipow", "irshift", "isabstractmethod",
	"isub", "iter", "itruediv", "ixor", "kwdefaults", "le", "len", "length_hint",
	"loader", "lshift", "lt", "main", "match_args", "matmul", "missing", "mod",
	"module", "mro", "mro_entries", "mul", "name", "ne", "neg", "new", "next",
	"nonzero", "notes", "objclass", "or", "orig_bases", "origin", "package",
	"parameters", "path", "pos", "post_init", "pow", "prepare", "qualname", "radd",
	"rand", "rdivmod", "reduce", "reduce_ex", "release_buffer", "repr", "reversed",
	"rfloordiv", "rlshift", "rmatmul", "rmod", "rmul", "ror", "round", "rpow",
	"rrshift", "rshift", "rsub", "rtruediv", "rxor", "self", "self_class", "set",
	"set_name", "setattr", "setitem", "setstate", "signature", "sizeof", "slotnames",
	"slots", "spec", "static_attributes", "str", "sub", "subclasscheck", "subclasses",
	"subclasshook", "suppress_context", "text_signature", "thisclass", "traceback",
	"truediv", "trunc", "type_params", "unicode", "version", "warningregistry",
	"weakref", "wrapped", "xor" };

/* What CPython calls references of its own objects. */
static const char *const redact_members[] = { ".cell_contents", ".class", ".co_code",
	".co_consts", ".co_names", ".cr_await", ".cr_code", ".cr_frame",
	".default_factory", ".f_back", ".f_builtins", ".f_code", ".f_globals",
	".f_locals", ".f_trace", ".gi_code", ".gi_frame", ".gi_yieldfrom", ".tb_frame",
	".tb_next", "<class loader>", "<code>", "<context>", "<elements>",
	"<feedback_cell>", "<map>", "<properties>", "<protection domain>", "<shared>",
	"<signers>", "<super>", "<table>", "<value in a WeakMap>", "[]", "{}" };

/* Why runtimes hold objects, in the words of memsee's dumper and readers, of V8 and of
 * Ruby. */
static const char *const redact_reasons[] = { "(Bootstrapper)", "(Builtins)",
	"(Client heap)", "(Code flusher)", "(Compilation cache)",
	"(Conservative stack roots)", "(Debugger)", "(Eternal handles)", "(Extensions)",
	"(External strings)", "(Global handles)", "(Handle scope)",
	"(Internalized strings)", "(Micro tasks)", "(Partial snapshot cache)",
	"(Process wide strong roots)", "(Read-only roots)", "(Relocatable)",
	"(Retain maps)", "(Shareable object cache)", "(Smi roots)", "(Stack roots)",
	"(Startup object cache)", "(Strong root list)", "(Strong roots)",
	"(Thread manager)", "(Traced handles)", "(Unknown)", "(Weak collections)",
	"(Weak root list)", "(Weak roots)", "(Wrapper tracing)", "(Write barrier)",
	"a monitor that is in use", "being finalized", "debugger", "end_proc",
	"finalizers", "global object", "global_symbols", "global_tbl",
	"held by native code", "held by objects alone", "interned", "interned string",
	"interpreter", "machine_context", "module table",
	"monitor of native code in thread", "native code in thread",
	"native stack of thread", "object_id", "ractor", "reference cleanup", "root",
	"singleton", "stack of thread", "static type", "system class", "thread",
	"thread block of thread", "thread frame", "unknown root", "virtual machine",
	"vm" };

struct redact_word {
	const char *data;
	size_t len;
};

static int redact_compare(const void *key, const void *item)
{
	const struct redact_word *word = key;
	const char *listed = *(const char *const *)item;
	int order = strncmp(word->data, listed, word->len);
	return order != 0 ? order : (listed[word->len] == '\0' ? 0 : -1);
}

static bool redact_is_listed(
	const char *const *list, size_t count, const char *data, size_t len)
{
	const struct redact_word word = { data, len };
	return memchr(data, '\0', len) == NULL &&
	       bsearch(&word, list, count, sizeof *list, redact_compare) != NULL;
}

#define REDACT_LISTED(list, data, len)                                                   \
	redact_is_listed(list, sizeof(list) / sizeof *(list), data, len)

static bool redact_is(struct dump_text text, const char *word)
{
	return text.data != NULL && text.len == strlen(word) &&
	       memcmp(text.data, word, text.len) == 0;
}

/* A name such as __main__ or __dict__, which Python itself gives. */
static bool redact_is_reserved(const char *text, size_t len)
{
	return len > 4 && memcmp(text, "__", 2) == 0 &&
	       memcmp(text + len - 2, "__", 2) == 0 &&
	       REDACT_LISTED(redact_reserved, text + 2, len - 4);
}

/* Does a text look like a name of code: words with dots between them, or <lambda>? */
static bool redact_is_name(struct dump_text text)
{
	bool start = true;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];
		bool digit = c >= '0' && c <= '9';
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (start && digit)
			return false;
		if (!digit && !letter && c < 0x80 &&
			(c == '\0' || strchr("_.<>$", c) == NULL))
			return false;
		start = c == '.';
	}
	return text.len > 0;
}

static enum type_kind redact_kind(const struct redact *r, const struct dump_object *o)
{
	return runtime_kind(r->runtime, o->type.data, o->type.len);
}

/* Is a label a place: `[3]` of a list, or `[#3]` of a dict, which is the entry's place
 * and not its key?  A number that could be something else is not a place. */
static bool redact_is_place(
	const struct redact *r, const struct dump_object *o, struct dump_text label)
{
	size_t at = 1, place = 0;
	if (label.len < 3 || label.data[0] != '[' || label.data[label.len - 1] != ']')
		return false;
	if (label.data[1] == '#')
		at++;
	else if (redact_kind(r, o) != KIND_SEQUENCE)
		return false;
	if (at == label.len - 1)
		return false;
	for (; at < label.len - 1; at++) {
		if (label.data[at] < '0' || label.data[at] > '9' ||
			(place = 10 * place + (size_t)(label.data[at] - '0')) >=
				o->ref_count)
			return false;
	}
	return true;
}

bool redact_may_keep_fact(const char *name, struct cell value)
{
	static const int64_t most = (int64_t)1 << 47; /* no address is larger */
	if (value.type == CELL_INTEGER)
		return value.integer > -most && value.integer < most;
	if (value.type != CELL_TEXT || value.len > 32)
		return false;
	const struct dump_text text = { value.text, value.len };
	if (strcmp(name, "runtime") == 0)
		return runtime_find(value.text) != &runtime_other;
	if (strcmp(name, "identity") == 0)
		return redact_is(text, "addresses") || redact_is(text, "places");
	const char *made_of = strcmp(name, "version") == 0 ? "0123456789.-+abcrpv"
			      : strcmp(name, "time") == 0  ? "0123456789.-+:TZ "
							   : "";
	for (size_t i = 0; i < value.len; i++)
		if (value.text[i] == '\0' || strchr(made_of, value.text[i]) == NULL)
			return false;
	return true;
}

/* --- what goes ------------------------------------------------------------------------
 */

/* Redacts the labels: the kind of each stays, its name goes. */
static void redact_labels(struct redact *r, struct dump_object *o)
{
	static const char *const kinds[][2] = { { "['", "']" }, { ".", "" },
		{ "<local ", ">" }, { "<closure ", ">" }, { "<key ", ">" }, { "[", "]" },
		{ "", "" } };
	if (o->labels.data == NULL)
		return;
	const char *at = o->labels.data, *end = at + o->labels.len;
	struct buffer *out = &r->labels;
	struct dump_text t;
	enum dump_label label;
	char before = '[';
	buffer_clear(out);
	while ((label = dump_labels_next(&at, end, &r->room, &t)) != DUMP_LABEL_END) {
		buffer_put_char(out, before);
		before = ',';
		if (label == DUMP_LABEL_GOES_ON || t.data == NULL) {
			buffer_put_text(
				out, label == DUMP_LABEL_GOES_ON ? "true" : "null");
			continue;
		}
		buffer_put_char(out, '"');
		if (REDACT_LISTED(redact_members, t.data, t.len) ||
			(t.len > 1 && t.data[0] == '.' &&
				redact_is_reserved(t.data + 1, t.len - 1)) ||
			redact_is_place(r, o, t)) {
			buffer_put(out, t.data, t.len);
		} else {
			size_t i = 0;
			while (strncmp(t.data, kinds[i][0], strlen(kinds[i][0])) != 0)
				i++;
			assert(i < sizeof kinds / sizeof *kinds);
			size_t head = strlen(kinds[i][0]), tail = strlen(kinds[i][1]);
			if (t.len < head + tail)
				head = tail = 0;
			buffer_put_text(out, kinds[i][0]);
			redact_put(r, out, t.data + head, t.len - head - tail);
			buffer_put_text(out, kinds[i][1]);
		}
		buffer_put_char(out, '"');
	}
	buffer_put_text(out, before == '[' ? "[]" : "]");
	o->labels = (struct dump_text){ buffer_text(out), out->len };
}

bool redact_object(struct redact *r, struct dump_object *o)
{
	if (r->key == NULL)
		return true;
	assert(o->type.data != NULL && r->runtime != NULL);
	/* The repr is the type or the name, or is made of the value. */
	bool shows_type = o->repr.data == o->type.data;
	bool shows_name = !shows_type && o->repr.data == o->name.data;
	/* Of the values, True, False and the names that Python itself gives stay. */
	bool value = o->value.data != NULL;
	if (value && redact_is(o->type, "bool"))
		value = !redact_is(o->value, "True") && !redact_is(o->value, "False");
	else if (value && (redact_is(o->type, "str") || redact_is(o->type, "unicode")))
		value = !redact_is_reserved(o->value.data, o->value.len);
	/* Names of code stay. */
	enum type_kind kind = redact_kind(r, o);
	bool code = kind == KIND_FUNCTION || kind == KIND_CODE || kind == KIND_CLASS ||
		    kind == KIND_MODULE;
	bool name = o->name.data != NULL && (!code || !redact_is_name(o->name));
	redact_labels(r, o);
	if (o->root.data != NULL &&
		!REDACT_LISTED(redact_reasons, o->root.data, o->root.len))
		redact_text(r, &r->root, &o->root);
	if (name)
		redact_text(r, &r->name, &o->name);
	if (value) {
		redact_text(r, &r->value, &o->value);
		o->value_is_number = false;
	}
	/* V8 appends the address of a page to the type of its window. */
	if (o->type.len >= 3 && memmem(o->type.data, o->type.len, "://", 3) != NULL)
		redact_text(r, &r->type, &o->type);
	if (shows_type)
		o->repr = o->type;
	else if (shows_name)
		o->repr = o->name;
	else if (value || name)
		o->repr = value ? o->value : o->name;
	return !r->type.failed && !r->name.failed && !r->value.failed &&
	       !r->labels.failed && !r->root.failed && !r->room.failed;
}
