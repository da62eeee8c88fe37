/* SPDX-License-Identifier: MIT */
#include "compare/traits.h"

#include <stdlib.h>
#include <string.h>

struct trait_row {
	const char *type;
	unsigned traits;
};

#define BLOCK TRAIT_BLOCK
#define VALUED (TRAIT_BLOCK | TRAIT_VALUED)
#define SCALAR (TRAIT_BLOCK | TRAIT_VALUED | TRAIT_SCALAR)
#define WEAK (TRAIT_BLOCK | TRAIT_WEAK)
#define CLASS (TRAIT_BLOCK | TRAIT_CLASS)

/* In ascending order of their names' bytes. */
static const struct trait_row cpython[] = {
	{ "ABCMeta", CLASS },
	{ "Context", BLOCK },
	{ "EnumMeta", CLASS },
	{ "EnumType", CLASS },
	{ "KeyedRef", WEAK },
	{ "NoneType", SCALAR },
	{ "OrderedDict", BLOCK },
	{ "PyCapsule", BLOCK },
	{ "_abc._abc_data", BLOCK },
	{ "_abc_data", BLOCK },
	{ "_asyncio.Future", BLOCK },
	{ "_asyncio.FutureIter", BLOCK },
	{ "_collections._tuplegetter", BLOCK },
	{ "_contextvars.Context", BLOCK },
	{ "_functools._lru_list_elem", BLOCK },
	{ "_thread.RLock", BLOCK },
	{ "_thread._localdummy", BLOCK },
	{ "_thread.lock", BLOCK },
	{ "_tuplegetter", BLOCK },
	{ "async_generator", BLOCK },
	{ "bool", SCALAR },
	{ "builtin_function_or_method", BLOCK | TRAIT_FUNCTION },
	{ "builtin_method", BLOCK },
	{ "bytearray", BLOCK },
	{ "bytes", VALUED },
	{ "cell", BLOCK },
	{ "classmethod", BLOCK },
	{ "classmethod_descriptor", BLOCK },
	{ "classobj", CLASS },
	{ "code", BLOCK },
	{ "collections.OrderedDict", BLOCK },
	{ "collections._tuplegetter", BLOCK },
	{ "collections.defaultdict", BLOCK },
	{ "collections.deque", BLOCK | TRAIT_SEQUENCE },
	{ "complex", SCALAR },
	{ "coroutine", BLOCK },
	{ "coroutine_wrapper", BLOCK },
	{ "defaultdict", BLOCK },
	{ "deque", BLOCK | TRAIT_SEQUENCE },
	{ "dict", BLOCK | TRAIT_TABLE | TRAIT_DICT },
	{ "dict_items", BLOCK },
	{ "dict_keys", BLOCK },
	{ "dict_values", BLOCK },
	{ "dictproxy", BLOCK },
	{ "ellipsis", BLOCK },
	{ "float", SCALAR },
	{ "frame", BLOCK | TRAIT_FRAME },
	{ "frozenset", BLOCK | TRAIT_FROZEN },
	{ "function", BLOCK | TRAIT_FUNCTION },
	{ "functools.partial", BLOCK },
	{ "generator", BLOCK },
	{ "getset_descriptor", BLOCK },
	{ "hamt", BLOCK },
	{ "hamt_bitmap_node", BLOCK },
	{ "instance", BLOCK },
	{ "instancemethod", BLOCK },
	{ "int", SCALAR },
	{ "itertools.chain", BLOCK },
	{ "itertools.count", BLOCK },
	{ "list", BLOCK | TRAIT_TABLE | TRAIT_SEQUENCE },
	{ "lock", BLOCK },
	{ "long", SCALAR },
	{ "managedbuffer", BLOCK },
	{ "mappingproxy", BLOCK },
	{ "member_descriptor", BLOCK },
	{ "memoryview", BLOCK },
	{ "method", BLOCK | TRAIT_FUNCTION },
	{ "method-wrapper", BLOCK },
	{ "method_descriptor", BLOCK },
	{ "module", BLOCK | TRAIT_MODULE },
	{ "moduledef", BLOCK },
	{ "object", BLOCK },
	{ "operator.attrgetter", BLOCK },
	{ "operator.itemgetter", BLOCK },
	{ "operator.methodcaller", BLOCK },
	{ "partial", BLOCK },
	{ "property", BLOCK },
	{ "range", BLOCK },
	{ "set", BLOCK },
	{ "slice", BLOCK },
	{ "staticmethod", BLOCK },
	{ "str", VALUED },
	{ "super", BLOCK },
	{ "thread.lock", BLOCK },
	{ "traceback", BLOCK | TRAIT_FRAME },
	{ "tuple", BLOCK | TRAIT_SEQUENCE | TRAIT_FROZEN },
	{ "type", CLASS },
	{ "types.GenericAlias", BLOCK },
	{ "types.SimpleNamespace", BLOCK },
	{ "unicode", VALUED },
	{ "weakproxy", WEAK },
	{ "weakref", WEAK },
	{ "weakref.KeyedRef", WEAK },
	{ "weakref.ProxyType", WEAK },
	{ "weakref.ReferenceType", WEAK },
	{ "wrapper_descriptor", BLOCK },
	{ "xrange", BLOCK },
};

static int traits_compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct trait_row *)row)->type);
}

unsigned traits_of_type(const struct runtime *runtime, const char *type)
{
	/* Of a runtime whose types are known to reports alone. */
	static const unsigned of_kind[KINDS] = { [KIND_OBJECT] = 0,
		[KIND_STRING] = VALUED,
		[KIND_NUMBER] = SCALAR,
		[KIND_SEQUENCE] = BLOCK | TRAIT_SEQUENCE,
		[KIND_MAPPING] = BLOCK,
		[KIND_FUNCTION] = BLOCK | TRAIT_FUNCTION,
		[KIND_CODE] = BLOCK,
		[KIND_CLASS] = CLASS,
		[KIND_MODULE] = BLOCK | TRAIT_MODULE,
		[KIND_WEAK] = WEAK,
		[KIND_BLOCK] = BLOCK | TRAIT_PART };
	if (runtime != &runtime_cpython) {
		bool scope = runtime->scope != NULL && strcmp(type, runtime->scope) == 0;
		return of_kind[runtime_kind(runtime, type, strlen(type))] |
		       (scope ? TRAIT_SCOPE : 0u);
	}
	const struct trait_row *row = bsearch(type, cpython,
		sizeof cpython / sizeof *cpython, sizeof *cpython, traits_compare);
	if (row != NULL)
		return row->traits;
	/* The iterators of built-in types, and types of C modules that give a program its
	 * tools: classes of Python code have no dot. */
	static const char iterator[] = "iterator";
	static const char *const modules[] = { "_abc.", "_asyncio.", "_collections.",
		"_contextvars.", "_functools.", "_operator.", "_sre.", "_thread.",
		"_weakref.", "collections.", "functools.", "itertools.", "operator.",
		"re.", "types.", "weakref." };
	size_t len = strlen(type), end = sizeof iterator - 1;
	bool tool = len >= end && strcmp(type + len - end, iterator) == 0;
	for (size_t i = 0; !tool && i < sizeof modules / sizeof *modules; i++)
		tool = strncmp(type, modules[i], strlen(modules[i])) == 0;
	return tool ? BLOCK : 0;
}
