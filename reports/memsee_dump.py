# SPDX-License-Identifier: MIT
"""Write every object of this Python process to a file that memsee reads.

    import memsee_dump
    memsee_dump.dump("heap.json.gz")

One file, standard library only, CPython 2.7 and 3.6 or newer.  The format is meliae's, one
JSON object a line, with three additions: a first line that says which process this was,
"labels" (what each reference is called: ".body", "['path']", "[3]", "<local x>") and
"root" (why the interpreter itself holds an object).  plain=True leaves the additions out.

No code of the dumped program runs: no repr, len, hash, comparison, property or attribute
hook of its classes is called.  Everything is read through the slots of the built-in types.
The dumper leaves itself out of the dump.

    memsee_dump.install(signal.SIGUSR2, "heap-%p-%n.json.gz")     dump on a signal
    python -m memsee_dump --pid PID -o heap.json.gz               dump another process
    pytest -p memsee_dump                                         the memsee_heap fixture
"""
from __future__ import print_function

# What is imported here joins the program's own heap: no more than a dump needs.
import collections
import functools
import gc
import itertools
import operator
import os
import re
import stat
import sys
import time
import types
import zlib

try:
    from _thread import get_ident as _get_ident, start_new_thread as _start_thread
except ImportError:
    from thread import get_ident as _get_ident, start_new_thread as _start_thread

__all__ = ["dump", "install", "DumpError", "Forked"]
__version__ = "1"

_PY2 = sys.version_info[0] == 2
_VERSION = sys.version_info[:2]
_map = map if not _PY2 else itertools.imap
_values = dict.values if not _PY2 else dict.itervalues
_LONG = int if not _PY2 else long  # noqa: F821
_TEXT = str if not _PY2 else unicode  # noqa: F821
_BYTES = bytes if not _PY2 else str
_OWN = globals()
_VALUE_LIMIT = 100  # characters or bytes of a value, as meliae writes
_HAVE_GC = 1 << 14
_HEAP_TYPE = 1 << 9
_CO_OPTIMIZED = 1
# Attributes live in the instance itself, and __dict__ is made when somebody asks for it.
_INLINE = _VERSION >= (3, 11)
_MANAGED_DICT = 1 << 4
# A running frame keeps its variables out of the reach of the collector's traversal.
_FRAMES_OPAQUE = _VERSION >= (3, 11)
# frame.f_locals is a copy that the frame keeps, not a view.
_LOCALS_COPIED = _VERSION < (3, 13)


class DumpError(Exception):
    """The dump was not written; the message says why."""


# --- reading objects without calling them ----------------------------------------------
# isinstance, getattr and friends ask the object, which may lie or run code.  These read the
# C structure of the type: they are the built-in descriptors, called by hand.

_read_mro = type.__dict__["__mro__"].__get__
_read_dict = type.__dict__["__dict__"].__get__
_flags_of = type.__dict__["__flags__"].__get__
_basicsize_of = type.__dict__["__basicsize__"].__get__
_dictoffset_of = type.__dict__["__dictoffset__"].__get__
_get_attribute = object.__getattribute__
_METHOD_DESCRIPTOR = type(_TEXT.join)
_MEMBER = types.MemberDescriptorType
_GETSET = types.GetSetDescriptorType
_FUNCTION = types.FunctionType
_FRAME = types.FrameType
_MODULE = types.ModuleType
_module_dict = _MODULE.__dict__["__dict__"].__get__
_CELL = type((lambda x: lambda: x)(0).__closure__[0])
_OLD_CLASS = getattr(types, "ClassType", None)
_OLD_INSTANCE = getattr(types, "InstanceType", None)
_is_interned = getattr(sys, "_is_interned", None)
_IMMORTAL = 1 << 29


def _mro_of(cls):
    return _read_mro(cls) or (cls,)  # None: a C type that nobody has made ready


def _dict_of(cls):
    return _read_dict(cls) or {}


def _find(space, name):
    """The value under a name in a dict whose other keys may be of any class: their hash and
    comparison are not called."""
    for key, value in list(dict.items(space)):
        if type(key) is str and key == name:
            return value
    return None


def _module(name):
    return _find(sys.modules, name) if isinstance(sys.modules, dict) else None


def _descends(layout, cls):
    return any(c is cls for c in layout)


def _type_name(cls, layout):
    """The C name of a type, which holds the module of a C type and no attribute gives."""
    base = float if not _descends(layout, float) else list
    before = "%s.__new__(" % base.__name__
    after = " is not a subtype of %s" % base.__name__
    try:
        base.__new__(cls)
    except TypeError as err:
        text = str(err)
        length = (len(text) - len(before) - len("): ") - len(after)) // 2
        name = text[len(before):len(before) + length]
        if text == before + name + "): " + name + after:
            return name
    return type.__dict__["__name__"].__get__(cls)


# --- text --------------------------------------------------------------------------------

b"".decode("latin-1").encode("ascii")  # finds the codecs now, not in the middle of a dump
_UNSAFE = re.compile(r"[^ !#-.0-\[\]-~]")


def _escape_char(match):
    char = match.group()
    if char in '"\\/':
        return "\\" + char
    code = ord(char)
    if code > 0xffff:
        code -= 0x10000
        return "\\u%04x\\u%04x" % (0xd800 | code >> 10, 0xdc00 | code & 0x3ff)
    return "\\u%04x" % code


def _escape(text):
    return _UNSAFE.sub(_escape_char, text) if _UNSAFE.search(text) else text


def _quote(text):
    return '"' + _escape(text) + '"'


def _escape_bytes(data):
    return _escape(data if _PY2 else data.decode("latin-1"))


def _escape_name(name):
    """A C name: its UTF-8 bytes one by one, as meliae writes it."""
    if not _PY2:
        name = name.encode("utf-8", "surrogatepass").decode("latin-1")
    return _escape(name[:_VALUE_LIMIT])


def _short_text(text):
    return _TEXT.__getitem__(text, slice(0, _VALUE_LIMIT))


def _escape_string(string):
    """A str (or subclass) as an attribute such as __name__ holds it."""
    if _PY2:
        return _escape_bytes(_BYTES.__getitem__(string, slice(0, _VALUE_LIMIT)))
    return _escape(_short_text(string))


# --- what stands between "size" and "refs" ------------------------------------------------

def _fields_text(obj):
    return ', "len": %d, "value": "%s"' % (_TEXT.__len__(obj), _escape(_short_text(obj)))


def _fields_bytes(obj):
    head = _BYTES.__getitem__(obj, slice(0, _VALUE_LIMIT))
    return ', "len": %d, "value": "%s"' % (_BYTES.__len__(obj), _escape_bytes(head))


def _fields_bool(obj):
    return ', "value": "True"' if obj is True else ', "value": "False"'


def _fields_function(obj):
    return ', "name": "%s"' % _escape_string(obj.__name__)


def _fields_old_class(obj):
    return ', "name": "%s"' % _escape_string(obj.__name__)


def _fields_type(obj):
    return ', "name": "%s"' % _escape_name(_type_name(obj, _mro_of(obj)))


def _fields_module(obj):
    name = _find(_module_dict(obj) or {}, "__name__")
    return ', "name": "%s"' % _escape_name(name) if type(name) is str else ""


def _fields_frame(obj):
    return ', "value": "%s"' % _escape_string(obj.f_code.co_name)


def _fields_len(length):
    def fields(obj):
        return ', "len": %d' % length(obj)
    _LENGTHS[fields] = length
    return fields


_LENGTHS = {}

# Rows are tried in this order against each class of an object's layout.
_FIELDS = [
    (bool, _fields_bool),
    (_TEXT, _fields_text),
    (_BYTES, _fields_bytes),
    (tuple, _fields_len(tuple.__len__)),
    (list, _fields_len(list.__len__)),
    (set, _fields_len(set.__len__)),
    (frozenset, _fields_len(frozenset.__len__)),
    (dict, _fields_len(dict.__len__)),
    (_FUNCTION, _fields_function),
    (_MODULE, _fields_module),
    (type, _fields_type),
    (_FRAME, _fields_frame),
]
if _OLD_CLASS:
    _FIELDS.append((_OLD_CLASS, _fields_old_class))


# --- whole lines of objects without references --------------------------------------------
# These make up most of a heap.  Each function takes the type's part of the line and a
# function for the size, and returns one that makes the line of an object.

_LEAF = '{"address": %%d%s%%d%s, "refs": []}\n'
_getrefcount = sys.getrefcount


def _text_lines(head, sizeof):
    template = _LEAF % (head, ', "len": %d, "value": "%s"')
    unsafe, escape = _UNSAFE.search, functools.partial(_UNSAFE.sub, _escape_char)

    def line(obj):
        size = len(obj)
        text = obj if size <= _VALUE_LIMIT else obj[:_VALUE_LIMIT]
        if unsafe(text):
            text = escape(text)
        return template % (id(obj), sizeof(obj), size, text)
    return line


def _bytes_lines(head, sizeof):
    template = _LEAF % (head, ', "len": %d, "value": "%s"')

    def line(obj):
        return template % (id(obj), sizeof(obj), len(obj), _escape_bytes(obj[:_VALUE_LIMIT]))
    return line


def _root_text_lines(head, sizeof):
    """The same where the interpreter itself may hold a string."""
    plain = _text_lines(head, sizeof)

    def line(obj):
        if _getrefcount(obj) >= _IMMORTAL and _is_interned(obj):
            return plain(obj)[:-2] + ', "root": "interned"}\n'
        return plain(obj)
    return line


def _int_lines(head, sizeof):
    template, large = _LEAF % (head, ', "value": %d'), _LEAF % (head, "")

    def line(obj):
        if -0x8000000000000000 <= obj <= 0x7fffffffffffffff:
            return template % (id(obj), sizeof(obj), obj)
        return large % (id(obj), sizeof(obj))
    return line


def _float_lines(head, sizeof):
    template = _LEAF % (head, "")

    def line(obj):
        return template % (id(obj), sizeof(obj))
    return line


_LEAF_LINES = dict((id(cls), lines) for cls, lines in (
    (_LONG, _int_lines), (int, _int_lines), (float, _float_lines), (_TEXT, _text_lines),
    (_BYTES, _text_lines if _PY2 else _bytes_lines)))
_ROOT_LEAF_LINES = dict(_LEAF_LINES)
if _is_interned:
    _ROOT_LEAF_LINES[id(str)] = _root_text_lines


# --- labels --------------------------------------------------------------------------------
# Each function takes (walk, kind, obj, refs) and returns the labels of the references as
# JSON values parallel to them, joined by ", ", or None.  A label is exact: it is given only
# where the thing of that name is the very object that is referred to.

_CLASS = '".__class__"'
_DICT = '".__dict__"'
_PROBE = object()
_LIST_BACKWARD = gc.get_referents([_PROBE, 0])[0] is not _PROBE
_TUPLE_BACKWARD = gc.get_referents((_PROBE, []))[0] is not _PROBE
_KEY_FIRST = gc.get_referents({1: _PROBE})[0] is not _PROBE
_SIMPLE_KEYS = frozenset(map(id, (float, bool, type(None))))
_LABEL_CACHE_LIMIT = 8000


def _indexes(size, backward):
    order = range(size - 1, -1, -1) if backward else range(size)
    return ", ".join(['"[%d]"' % i for i in order])


_LIST_INDEXES = [_indexes(n, _LIST_BACKWARD) for n in range(64)]
_TUPLE_INDEXES = [_indexes(n, _TUPLE_BACKWARD) for n in range(64)]


def _key_labels(key, index):
    """The labels of a dict's value and of its key: the key for people, its number in the
    dict where it has no simple repr."""
    cls = type(key)
    if cls is _TEXT or cls is _BYTES:
        text = _escape(repr(key[:_VALUE_LIMIT]))
    elif (cls is int or cls is _LONG) and -10 ** 18 < key < 10 ** 18:
        text = "%d" % key
    elif id(cls) in _SIMPLE_KEYS:
        text = repr(key)
    else:
        text = "#%d" % index
    return '"[%s]"' % text, '"<key %s>"' % text


class _Names(object):
    """Gives names to references by identity; a reference is named once."""

    def __init__(self, refs):
        self.labels = [None] * len(refs)
        self.refs = refs
        self.left = {}
        for i in range(len(refs) - 1, -1, -1):
            self.left.setdefault(id(refs[i]), []).append(i)

    def give(self, label, value):
        """Names a reference to the value, if one without a name is left."""
        places = self.left.get(id(value))
        if places is None:
            return False
        self.labels[places.pop()] = label
        if not places:
            del self.left[id(value)]
        return True

    def give_part(self, label, value):
        """The same of a part that the getter calls None when it is empty."""
        return value is not None and self.give(label, value)

    def unnamed(self):
        return sorted(i for places in self.left.values() for i in places)

    def result(self):
        """The labels as JSON, None when nothing has got a name."""
        if any(self.labels):
            return ", ".join([label or "null" for label in self.labels])
        return None


def _label_list(walk, kind, obj, refs):
    size = len(refs)
    if size != list.__len__(obj):
        return None
    return _LIST_INDEXES[size] if size < 64 else _indexes(size, _LIST_BACKWARD)


def _label_tuple(walk, kind, obj, refs):
    size = len(refs)
    if size != tuple.__len__(obj):
        return None
    names = walk.closures.get(id(obj))
    if names and len(names) == size:
        labels = [_quote("<closure %s>" % name) for name in names]
        return ", ".join(labels[::-1] if _TUPLE_BACKWARD else labels)
    return _TUPLE_INDEXES[size] if size < 64 else _indexes(size, _TUPLE_BACKWARD)


def _label_dict(walk, kind, obj, refs):
    size = len(obj)
    if len(refs) == size:
        if all(_map(operator.is_, refs, _values(obj))):
            return walk.value_labels(tuple(obj))
    elif len(refs) == 2 * size:
        firsts, seconds = (obj, _values(obj)) if _KEY_FIRST else (_values(obj), obj)
        if (all(_map(operator.is_, refs[::2], firsts))
                and all(_map(operator.is_, refs[1::2], seconds))):
            return walk.item_labels(tuple(obj))
    names = _Names(refs)
    _name_items(walk, names, obj)
    return names.result()


def _long_labels(walk, kind, obj, refs):
    """The labels of a long list, tuple or dict one by one; None for anything else."""
    cls, size = type(obj), len(refs)
    if cls is list and size == len(obj):
        return _each_index(size, _LIST_BACKWARD)
    if cls is tuple and size == len(obj) and id(obj) not in walk.closures:
        return _each_index(size, _TUPLE_BACKWARD)
    if cls is dict and size == len(obj) and all(_map(operator.is_, refs, _values(obj))):
        return _each_key(obj, False)
    if cls is dict and size == 2 * len(obj):
        parts = [itertools.islice(refs, first, None, 2) for first in (0, 1)]
        if all(_map(operator.is_, parts[not _KEY_FIRST], obj)) \
                and all(_map(operator.is_, parts[_KEY_FIRST], _values(obj))):
            return _each_key(obj, True)
    if kind.base is dict:
        return _each_item_of(kind, obj, refs)
    return None


def _each_item_of(kind, obj, refs):
    """The labels of an object of a class derived from dict, whose items come last."""
    for listed in (False, True):
        first = len(refs) - (1 + listed) * dict.__len__(obj)
        if first < 0:
            break
        values = itertools.islice(refs, first + (listed and _KEY_FIRST), None, 1 + listed)
        if all(_map(operator.is_, values, dict.values(obj))):
            names = _Names(refs[:first])
            names.give(_CLASS, kind.cls)
            _name_members(names, kind, obj)
            return itertools.chain([label or "null" for label in names.labels],
                                   _each_key(dict.keys(obj), listed))
    return None


def _each_index(size, backward):
    for i in range(size - 1, -1, -1) if backward else range(size):
        yield '"[%d]"' % i


def _each_key(keys, listed):
    for i, key in enumerate(keys):
        pair = _key_labels(key, i)
        if listed and _KEY_FIRST:
            yield pair[1]
        yield pair[0]
        if listed and not _KEY_FIRST:
            yield pair[1]


def _name_items(walk, names, obj):
    for i, (key, value) in enumerate(list(dict.items(obj))):
        labels = _key_labels(key, i)
        names.give(labels[0], value)
        names.give(labels[1], key)


def _label_cell(walk, kind, obj, refs):
    return '".cell_contents"' if len(refs) == 1 else None


_FUNCTION_PARTS = [name for name in (
    "__code__", "__globals__", "__builtins__", "__module__", "__defaults__",
    "__name__", "__closure__", "__kwdefaults__", "__qualname__") if name in _FUNCTION.__dict__]
_FUNCTION_PARTS = [(_quote("." + name), _FUNCTION.__dict__[name].__get__)
                   for name in _FUNCTION_PARTS]


def _label_function(walk, kind, obj, refs):
    names = _Names(refs)
    names.give('".__doc__"', obj.__doc__)  # None is kept as any other
    for label, getter in _FUNCTION_PARTS:
        names.give_part(label, getter(obj, _FUNCTION))
    # Asking for __dict__ or __annotations__ would make them.
    dicts = [i for i in names.unnamed() if type(refs[i]) is dict]
    for i in names.unnamed():
        if type(refs[i]) is tuple:
            names.labels[i] = '".__annotations__"'
    if len(dicts) == 2:
        names.labels[dicts[0]] = _DICT
        names.labels[dicts[1]] = '".__annotations__"'
    elif dicts:
        known = set(map(id, _variables(obj.__code__)))
        annotates = all(type(k) is str and (id(k) in known or k == "return")
                        for k in dict.keys(refs[dicts[0]]))
        names.labels[dicts[0]] = '".__annotations__"' if annotates else _DICT
    return names.result()


def _variables(code):
    """The names of a function's variables, without making the tuple co_varnames."""
    if not hasattr(code, "_varname_from_oparg"):
        return code.co_varnames
    return [code._varname_from_oparg(i) for i in range(code.co_nlocals)]


def _label_type(walk, kind, obj, refs):
    names = _Names(refs)
    for ref in gc.get_referents(_dict_of(obj)):
        names.give(_DICT, ref)
    names.give('".__mro__"', _mro_of(obj))
    names.give('".__bases__"', type.__dict__["__bases__"].__get__(obj))
    names.give_part('".__base__"', type.__dict__["__base__"].__get__(obj))
    _name_members(names, kind, obj)
    names.give(_CLASS, kind.cls)
    return names.result()


def _label_module(walk, kind, obj, refs):
    names = _Names(refs)
    names.give(_DICT, _module_dict(obj))
    names.give(_CLASS, kind.cls)
    return names.result()


def _label_old_instance(walk, kind, obj, refs):
    return _CLASS + ", " + _DICT if len(refs) == 2 else None


def _label_frame(walk, kind, obj, refs):
    if _FRAMES_OPAQUE and not walk.private:
        return None
    names = _Names(refs)
    _name_frame(names, obj)
    if walk.private:
        for name, value in _frame_locals(obj, refs):
            names.give(_quote("<local %s>" % name), value)
    return names.result()


def _label_generator(walk, kind, obj, refs):
    """Its own parts; its variables too where the frame may be touched."""
    names = _Names(refs)
    _name_members(names, kind, obj)
    prefix = kind.name[:2] if kind.name != "coroutine" else "cr"
    if walk.private and _FRAMES_OPAQUE:
        getter = _dict_of(kind.cls).get({"ge": "gi", "cr": "cr", "as": "ag"}[prefix] + "_frame")
        frame = getter.__get__(obj, kind.cls)
        for name, value in _frame_locals(frame, refs) if frame is not None else ():
            names.give(_quote("<local %s>" % name), value)
    return names.result()


def _label_builtin(walk, kind, obj, refs):
    names = _Names(refs)
    names.give_part('".__self__"', obj.__self__)
    names.give_part('".__module__"', obj.__module__)
    return names.result()


_EXCEPTION_PARTS = [(_quote("." + name), BaseException.__dict__[name].__get__) for name in (
    "args", "__traceback__", "__cause__", "__context__") if name in BaseException.__dict__]


def _label_object(walk, kind, obj, refs):
    """Slots, what the built-in base holds, the attributes and the class."""
    if kind.plain_instance:
        labels = kind.quick_labels(obj, refs)
        if labels:
            return labels
    names = _Names(refs)
    names.give(_CLASS, kind.cls)
    _name_members(names, kind, obj)
    _name_base(walk, names, kind, obj)
    if names.left and kind.has_dict:
        _name_attributes(walk, names, kind, obj)
    return names.result()


def _name_members(names, kind, obj):
    empty = []
    for label, getter, is_slot in kind.members():
        try:
            value = getter(obj, kind.cls)
        except (AttributeError, TypeError):  # an empty slot; a slot of another layout
            continue
        if value is None and not is_slot:
            empty.append(label)
        else:
            names.give(label, value)
    # A member of a C type is None when it refers to nothing, or to None: which of several?
    if len(empty) == len(names.left.get(id(None), ())):
        for label in empty:
            names.give(label, None)


def _name_base(walk, names, kind, obj):
    base = kind.base
    if base is list or base is tuple:
        for i in range(base.__len__(obj)):
            names.give('"[%d]"' % i, base.__getitem__(obj, i))
    elif base is dict:
        _name_items(walk, names, obj)
    elif base is collections.deque:
        for i, value in enumerate(collections.deque.__copy__(obj) if kind.exact
                                  else collections.deque.__iter__(obj)):
            names.give('"[%d]"' % i, value)
    elif base is BaseException:
        for label, getter in _EXCEPTION_PARTS:
            names.give_part(label, getter(obj, kind.cls))


def _name_attributes(walk, names, kind, obj):
    if kind.inline:
        if not _all_comparable(names.refs):
            return
        kind.name_inline(names, obj)
        if names.left and walk.private:
            _name_instance_items(names, kind.instance_dict(obj))
    dicts = [i for i in names.unnamed() if type(names.refs[i]) is dict]
    if len(dicts) > 1 and not kind.inline:
        names.give(_DICT, kind.instance_dict(obj))
    elif len(dicts) == 1 and (not kind.inline or kind.is_instance_dict(names.refs[dicts[0]], obj)):
        names.give(_DICT, names.refs[dicts[0]])


def _name_instance_items(names, attributes):
    if type(attributes) is dict:
        for key, value in list(dict.items(attributes)):
            if type(key) is str:
                names.give(_quote("." + key[:_VALUE_LIMIT]), value)
        names.give(_DICT, attributes)


# --- references that the collector does not show -------------------------------------------
# Each function takes (cls, obj, refs): the C type that it knows, an object of it or of a class
# derived from it, and the references that the collector shows.  It returns the others and
# their labels, or None.  What it calls are getters and methods of that C type.

_FEW = 3  # holders of a key
_SHARED = ((), b"", u"")


def _fewest_holders(keys):
    """The least that getrefcount() says of a key in a tuple."""
    return min(_map(_getrefcount, keys))


_OFTEN = _fewest_holders(tuple({"".join(["a", " key"]): None})) + _FEW
_SMALLEST = sys.getsizeof({"key": None})


def _more_keys(cls, obj, refs):
    """The keys of a dict that shows its values alone, as Python 3 does when all keys are str.

    Names in code are held by many: to repeat them in each dict would tell nothing.  Nor would
    those that the dicts of all instances of a class share; such a dict is smaller than any
    other."""
    size = dict.__len__(obj)
    if not size or len(refs) < size:
        return None
    keys = tuple(dict.keys(obj))
    if _fewest_holders(keys) >= _OFTEN or dict.__sizeof__(obj) < _SMALLEST:
        return None
    few = list(itertools.compress(keys, _map(_OFTEN.__gt__, _map(_getrefcount, keys))))
    if type(obj) is not dict:  # which refers to more than its items
        shown = set(map(id, refs))
        few = [key for key in few if id(key) not in shown]
    elif len(refs) != size:
        return None
    few = [key for key in few if type(key) is str]
    return few, ['"<key %s>"' % _escape(repr(key[:_VALUE_LIMIT])) for key in few]


def _named(pairs):
    """What these functions return, of (label, value) with a value of its own: not None, which
    is what a getter says of nothing, nor the empty tuple or text that everybody shares."""
    pairs = [(label, value) for label, value in pairs
             if value is not None and not any(value is shared for shared in _SHARED)]
    return [value for _, value in pairs], [label for label, _ in pairs]


def _more_members(*names):
    labels = ['".%s"' % name for name in names]

    def more(cls, obj, refs):
        members = [_dict_of(cls).get(name) for name in names]
        return _named([(label, member.__get__(obj, cls)) for label, member in zip(labels, members)
                       if type(member) is _MEMBER or type(member) is _GETSET])
    return more


def _more_zone(cls, obj, refs):
    return _named(zip(('".offset"', '".name"'), _dict_of(cls)["__getinitargs__"](obj)))


def _more_array(cls, obj, refs):
    """What an array is a view of, its type, and the objects in it that it owns."""
    base, dtype, flags = [_dict_of(cls)[name].__get__(obj, cls)
                          for name in ("base", "dtype", "flags")]
    found, labels = _named([('".base"', base), ('".dtype"', dtype)])
    if dtype.char == "O" and flags.owndata:
        found.extend(_dict_of(cls)["flat"].__get__(obj, cls))
        shape = map(range, _dict_of(cls)["shape"].__get__(obj, cls))
        labels.extend(['"[%s]"' % ", ".join(map(str, place))
                       for place in itertools.product(*shape)])
    return found, labels


_BOUNDS = _more_members("start", "stop", "step")
# Of types that the collector does not look into at all.
_MORE = {
    # Members alone: what looks like one may be made for whoever asks.
    "code": _more_members(*[name for name in (
        "co_code", "co_consts", "co_names", "co_varnames", "co_filename", "co_linetable",
        "co_lnotab", "co_exceptiontable") if type(types.CodeType.__dict__.get(name)) is _MEMBER]),
    "datetime.datetime": _more_members("tzinfo"),
    "datetime.time": _more_members("tzinfo"),
    "datetime.timezone": _more_zone,
    "numpy.ndarray": _more_array,
    "range": _BOUNDS,
    "slice": _BOUNDS,
}
for _name, _parts in (("Pattern", ("pattern",)), ("Match", ("string", "re"))):
    _MORE["re." + _name] = _MORE["_sre.SRE_" + _name] = _more_members(*_parts)
# Of types of which it sees a part.
_MORE_TRACKED = {"greenlet.greenlet": _more_members("gr_frame")}
if not _PY2:
    _MORE_TRACKED["dict"] = _more_keys


# Exact types whose references have labels of their own; every other type: _label_object.
_EXACT_LABELS = [
    (list, _label_list), (tuple, _label_tuple), (dict, _label_dict),
    (_CELL, _label_cell), (_FUNCTION, _label_function), (_FRAME, _label_frame),
    (types.GeneratorType, _label_generator), (types.BuiltinFunctionType, _label_builtin),
    (set, None), (frozenset, None),
]
if not _PY2:
    _EXACT_LABELS.append((types.CoroutineType, _label_generator))
    _EXACT_LABELS.append((types.AsyncGeneratorType, _label_generator))
else:
    _EXACT_LABELS.append((_OLD_INSTANCE, _label_old_instance))
_EXACT_LABELS = dict((id(cls), labels) for cls, labels in _EXACT_LABELS)


# --- types ---------------------------------------------------------------------------------

_SINGLETONS = (None, True, False, Ellipsis, NotImplemented)


def _is_singleton(cls):
    return any(cls is type(obj) for obj in _SINGLETONS)


class _Kind(object):
    """What the dumper needs to know of a type, found out once."""

    def __init__(self, cls):
        layout = _mro_of(cls)
        flags = _flags_of(cls)
        self.cls = cls
        self.layout = layout
        self.name = _type_name(cls, layout)
        self.head = ', "type": "%s", "size": ' % _escape_name(self.name)
        self.traversed = bool(flags & _HAVE_GC)
        self.heap = bool(flags & _HEAP_TYPE)
        self.has_dict = _dictoffset_of(cls) != 0 or bool(_INLINE and flags & _MANAGED_DICT)
        self.inline = _INLINE and bool(flags & _MANAGED_DICT)
        self.is_type = _descends(layout, type)
        self.basic_size = _basicsize_of(cls)
        self.maybe_root = self.is_type or cls is dict or _is_singleton(cls)
        self.base = self._find_base(layout)
        self.exact = self.base is cls
        self.fields = self._find_fields(layout)
        self.length = _LENGTHS.get(self.fields)
        self.labels = self._find_labels(cls, layout)
        self.sizeof = self._find_sizeof(layout, flags)
        self.more = self._find_more(layout)
        self._members = None
        self._inline_known = []  # (name, label) in the order of the references
        self._inline_tries = 300
        self._inert = {}
        self.plain_instance = (self.heap and self.has_dict and self.base is None
                               and not self.members())

    @staticmethod
    def _find_base(layout):
        for cls in layout:
            for base in (list, tuple, dict, collections.deque, BaseException):
                if cls is base:
                    return base
        return None

    @staticmethod
    def _find_fields(layout):
        for base, fields in _FIELDS:
            if _descends(layout, base):
                return fields
        return None

    @staticmethod
    def _find_more(layout):
        """The references that the collector does not show: a function and the type it knows."""
        for cls in layout:
            if not _flags_of(cls) & _HEAP_TYPE and cls is not object:
                known = _MORE_TRACKED if _flags_of(cls) & _HAVE_GC else _MORE
                more = known.get(_type_name(cls, _mro_of(cls)))
                if more:
                    return functools.partial(more, cls)
        return None

    @staticmethod
    def _find_labels(cls, layout):
        if id(cls) in _EXACT_LABELS:
            return _EXACT_LABELS[id(cls)]
        if _descends(layout, type):
            return _label_type
        if _descends(layout, _MODULE):
            return _label_module
        return _label_object

    def _find_sizeof(self, layout, flags):
        """sys.getsizeof, unless it would call a __sizeof__ written in Python."""
        overridden = False
        for cls in layout:
            method = _dict_of(cls).get("__sizeof__")
            if type(method) is _METHOD_DESCRIPTOR:
                if not overridden:
                    return sys.getsizeof
                extra = _head_size(flags)
                return lambda obj, default: method(obj) + extra
            overridden = overridden or method is not None
        return lambda obj, default: default

    def leaf(self, walk):
        """A function that makes the line of an object of the type, which has no references."""
        lines = (_LEAF_LINES if walk.plain else _ROOT_LEAF_LINES).get(id(self.cls))
        if lines:
            return lines(self.head, sys.getsizeof)

        def line(obj):
            return walk.line(self, obj, "[]")
        return line

    def facts(self, walk):
        """What the walk needs, ready to unpack."""
        detail = self.length or self.fields
        template = ('{"address": %d' + self.head.replace("%", "%%") + "%d"
                    + (', "len": %d' if self.length else "%s" if detail else "")
                    + ', "refs": %s}\n')
        return (self, template, self.sizeof, self.basic_size, detail,
                None if walk.plain else self.labels, None if walk.plain else self.more)

    def quick_labels(self, obj, refs):
        """The usual case of an instance: its dict, or the attributes that others had."""
        if refs[-1] is not self.cls:
            return None
        if not self.inline:
            if len(refs) == 2 and type(refs[0]) is dict:
                return _DICT + ", " + _CLASS
            return None
        known = self._inline_known
        if len(refs) != len(known) + 1 or not _all_comparable(refs):
            return None
        for (name, _), ref in zip(known, refs):
            try:
                if _get_attribute(obj, name) is not ref:
                    return None
            except AttributeError:
                return None
        return ", ".join([label for _, label in known] + [_CLASS])

    def members(self):
        """(label, getter, is it a slot?) of the slots and C members of the type and its
        bases."""
        if self._members is None:
            self._members = []
            for cls in self.layout:
                if cls is object or self.is_type and cls is type:
                    continue
                space = _plain_dict(cls)
                is_slot = _find(space, "__slots__") is not None
                for name, value in list(dict.items(space)):
                    if type(value) is _MEMBER and type(name) is str:
                        self._members.append((_quote("." + name), value.__get__, is_slot))
            self._members.sort(key=operator.itemgetter(0))
        return self._members

    def instance_dict(self, obj):
        """The __dict__ of an instance, by the C getter; may make it."""
        for cls in self.layout:
            getter = _dict_of(cls).get("__dict__")
            if type(getter) is _GETSET:
                return getter.__get__(obj, cls)
        return None

    def is_instance_dict(self, found, obj):
        """Is this dict the instance's own, and not merely the value of an attribute?"""
        for key, value in list(dict.items(found)):
            if type(key) is str:
                return self.attribute(obj, key) is value
        return False

    def attribute(self, obj, name):
        """An instance attribute, or _PROBE where finding it might run code."""
        inert = self._inert.get(name)
        if inert is None:
            found = [_dict_of(cls).get(name, _PROBE) for cls in self.layout]
            inert = self._inert[name] = all(
                value is _PROBE or id(type(value)) in _INERT for value in found)
        if not inert:
            return _PROBE
        try:
            return _get_attribute(obj, name)
        except AttributeError:
            return _PROBE

    def name_inline(self, names, obj):
        """Names attributes kept in the instance, without making its __dict__."""
        for name, label in self._inline_known:
            names.give(label, self.attribute(obj, name))
        if not names.left or self._inline_tries <= 0:
            return
        self._inline_tries -= 1
        for name in self._candidates():
            label = _quote("." + name)
            if names.give(label, self.attribute(obj, name)):
                self._inline_known.append((name, label))
        place = dict((label, i) for i, label in enumerate(names.labels))
        self._inline_known.sort(key=lambda known: place.get(known[1], len(place)))

    def _candidates(self):
        """Names that the methods of the class mention, less those already met."""
        found = set()
        for cls in self.layout:
            space = _plain_dict(cls)
            for key, value in list(dict.items(space)):
                if type(value) is _FUNCTION:
                    found.update(value.__code__.co_names)
            for key in ("__static_attributes__", "__annotations__"):
                extra = _find(space, key)
                if type(extra) in (tuple, dict):
                    found.update(name for name in extra if type(name) is str)
        return sorted(found.difference(name for name, _ in self._inline_known))


def _all_comparable(refs):
    """May names be looked up in an object that refers to these?  One of them may be its own
    dict, and another key of the same hash is asked whether it equals the name."""
    for ref in refs:
        if type(ref) is dict and len(gc.get_referents(ref)) != len(ref):
            for key in list(ref):
                if _flags_of(type(key)) & _HEAP_TYPE:
                    return False
    return True


# Reading a class attribute of these types never calls anything.
_INERT = frozenset(map(id, (
    _FUNCTION, int, float, str, bytes, bool, tuple, list, dict, set, frozenset, type(None),
    _MEMBER)))


def _plain_dict(cls):
    """The dict behind the read-only view of a class."""
    for ref in gc.get_referents(_dict_of(cls)):
        if type(ref) is dict:
            return ref
    return {}


def _head_size(flags):
    """Bytes in front of an object that sys.getsizeof counts: collector and managed dict."""
    size = _GC_HEAD if flags & _HAVE_GC else 0
    managed = 0 if not _INLINE else _MANAGED_DICT if _VERSION == (3, 11) else 3 << 3
    return size + (16 if flags & managed else 0)


_GC_HEAD = sys.getsizeof([]) - [].__sizeof__()


# --- frames --------------------------------------------------------------------------------

def _name_frame(names, frame):
    if not _FRAMES_OPAQUE:
        names.give_part('".f_back"', frame.f_back)
    names.give('".f_code"', frame.f_code)
    names.give('".f_globals"', frame.f_globals)
    names.give('".f_builtins"', frame.f_builtins)
    names.give_part('".f_trace"', frame.f_trace)
    if not frame.f_code.co_flags & _CO_OPTIMIZED:
        names.give('".f_locals"', frame.f_globals)


def _frame_locals(frame, refs):
    """(name, value) of the variables of a function's frame.

    Up to 3.12 the interpreter copies them into a dict that the frame then keeps; one that
    came into being here is emptied again, so that no variable outlives its time.  `refs`
    are the references of the frame before."""
    if not frame.f_code.co_flags & _CO_OPTIMIZED:
        return []  # a module's are its globals; a class body may have any mapping
    young = set(map(id, gc.get_objects(0))) if _FRAMES_OPAQUE and _LOCALS_COPIED else ()
    variables = frame.f_locals
    if type(variables) is not dict:
        return list(type(variables).items(variables))
    items = list(dict.items(variables))
    if _FRAMES_OPAQUE:
        new = (id(variables) not in young
               and any(obj is variables for obj in gc.get_objects(0)))
    else:
        new = not any(ref is variables for ref in refs)
    if new and sys.getrefcount(variables) <= 3:
        dict.clear(variables)
    return items


def _frame_record(frame):
    """The references and labels of a frame that is running."""
    refs = gc.get_referents(frame)
    variables = _frame_locals(frame, refs)
    if _FRAMES_OPAQUE:
        refs = [ref for ref in (frame.f_back, frame.f_code, frame.f_globals, frame.f_trace)
                if ref is not None]
        refs.extend(value for _, value in variables)
    names = _Names(refs)
    names.give_part('".f_back"', frame.f_back)
    _name_frame(names, frame)
    for name, value in variables:
        names.give(_quote("<local %s>" % name), value)
    return refs, names.result()


def _is_own_space(space):
    """Are these the globals of the dumper, or of what carried it into this process?"""
    return space is _OWN or dict.__contains__(space, "__memsee_injected__")


def _skip_own(frame):
    while frame is not None and _is_own_space(frame.f_globals):
        frame = frame.f_back
    return frame


def _greenlets():
    """What waits in greenlets is on stacks that are no thread's."""
    module = _module("greenlet")
    base = _find(_module_dict(module), "greenlet") if type(module) is _MODULE else None
    classes = [base] if type(base) is type and not _flags_of(base) & _HEAP_TYPE else []
    for cls in classes:
        classes.extend(type.__subclasses__(cls))
    if not classes or type(_dict_of(base).get("gr_frame")) is not _GETSET:
        return ()
    known = set(map(id, classes))
    getter = _dict_of(base)["gr_frame"].__get__
    return [getter(obj, base) for obj in gc.get_objects() if id(type(obj)) in known]


def _record(frame, records):
    while frame is not None and id(frame) not in records:
        records[id(frame)] = (frame,) + _frame_record(frame)
        frame = frame.f_back


def _thread_frames():
    """The innermost frames of all threads, and the record of each frame by its id."""
    tops, records = [], {}
    for _, frame in sorted(sys._current_frames().items(), key=operator.itemgetter(0)):
        frame = _skip_own(frame)
        if frame is not None:
            tops.append(frame)
        _record(frame, records)
    return tops, records


# --- leaving ourselves out -----------------------------------------------------------------

_BUILTINS = sys._getframe().f_builtins
_OWN_FOLLOWED = (tuple, dict, list, _CELL, types.CodeType, classmethod, staticmethod,
                 type(_read_mro), functools.partial)


def _own_objects(functions):
    """The ids of this module, its dict and everything that exists because of it."""
    hidden = set(map(id, (_OWN, _own_module())))
    hidden.discard(id(None))
    pending = [value for key, value in _OWN.items() if not key.startswith("__")] + functions
    while pending:
        obj = pending.pop()
        cls = type(obj)
        if id(obj) in hidden or not _is_own(obj, cls):
            continue
        hidden.add(id(obj))
        pending.extend(gc.get_referents(obj))
        if cls is _FUNCTION:
            pending.append(obj.__code__)
        if cls is types.CodeType:  # which the collector does not look into
            for name, member in types.CodeType.__dict__.items():
                part = member.__get__(obj, cls) if type(member) is _MEMBER else None
                if type(part) is tuple:
                    pending.append(part)
                    pending.extend(part)
    return hidden


def _own_module():
    module = _module(__name__)
    return module if type(module) is _MODULE and _module_dict(module) is _OWN else None


def _is_own(obj, cls):
    if cls is Forked:
        return True
    if cls is _FUNCTION:
        return _is_own_space(obj.__globals__)
    if cls is type:
        return _dict_of(obj).get("__module__") == __name__
    if cls is _MEMBER or cls is _GETSET:
        return _is_own(obj.__objclass__, type(obj.__objclass__))
    if cls is dict and (obj is _BUILTINS or "__builtins__" in obj) or cls is tuple and not obj:
        return False
    return any(cls is own for own in _OWN_FOLLOWED)


# --- the walk ------------------------------------------------------------------------------

class _Seen(object):
    """A set of addresses: a bit for every 16 bytes (8 where addresses have 32 bits), which no
    two objects share, in pages made on demand.  Takes 1 % of the heap, where a set of int
    objects would nearly double it."""

    def __init__(self):
        self.pages = {}

    def add(self, address):
        """Adds an address; False when it was there."""
        page = self.page(address)
        place, bit = (address & _IN_PAGE) >> _BYTE_SHIFT, _BITS[address >> _SHIFT & 7]
        known = page[place] & bit
        page[place] |= bit
        return not known

    def page(self, address):
        return self.pages.get(address >> _PAGE_SHIFT) or self.new_page(address)

    def new_page(self, address):
        page = self.pages[address >> _PAGE_SHIFT] = bytearray(_IN_PAGE + 1 >> _BYTE_SHIFT)
        return page


_SHIFT = 4 if sys.maxsize > 1 << 32 else 3
_BYTE_SHIFT = _SHIFT + 3
_PAGE_SHIFT = 20
_IN_PAGE = (1 << _PAGE_SHIFT) - 1
_BITS = tuple(1 << i for i in range(8))
_EMPTY_LIST = sys.getsizeof([])
_LONG_REFS = 4096  # more references than these are written in pieces


def _is_bare_class(obj):
    cls = type(obj)
    return (cls is type and _flags_of(obj) & _HEAP_TYPE
            and not any(type(value) is _FUNCTION for value in _values(_plain_dict(obj))))


def _class_holders(cls):
    """How many references a class has from itself and the classes derived from it."""
    count = 0
    for value in _values(_plain_dict(cls)):
        if type(value) in (_MEMBER, _GETSET) and value.__objclass__ is cls:
            count += 1
    pending, met = [cls], set()
    while pending:
        derived = pending.pop()
        if id(derived) in met:
            continue
        met.add(id(derived))
        count += sum(base is cls for base in _mro_of(derived))
        count += sum(base is cls for base in type.__dict__["__bases__"].__get__(derived))
        count += type.__dict__["__base__"].__get__(derived) is cls
        pending.extend(type.__subclasses__(derived))
    return count


def _own_holders():
    """What getrefcount() says of a class that two lists of ours alone hold."""
    objects = [object()]
    classes = list(objects)
    return next(_map(_getrefcount, classes))


_OWN_HOLDERS = _own_holders()


class _Walk(object):
    """One dump: what is known before the first line is written."""

    def __init__(self, objects, plain, private):
        self.objects = objects
        self.plain = plain
        self.private = private  # a process of our own: nothing done to it can disturb
        self.count = 0
        self.kinds = {}
        self.closures = {}
        self.key_labels = {}
        own_functions = []
        for obj in objects:
            if type(obj) is _FUNCTION:
                if _is_own_space(obj.__globals__):
                    own_functions.append(obj)
                elif obj.__closure__:
                    self.closures[id(obj.__closure__)] = obj.__code__.co_freevars
        self.hidden = _own_objects(own_functions)
        self.tops, self.records = (), {}

    def find_held_classes(self):
        """Classes without functions may be C code's, which holds them where nobody sees it.
        When other classes, the class itself and its instances are all that hold one, it is
        alive or garbage as they are."""
        classes = [obj for obj in self.objects if _is_bare_class(obj)]
        if not classes:
            return
        # Not by Counter's constructor: it asks whether what it gets is a Mapping, which fills
        # the caches of the abstract classes and may run code of classes derived from them.
        instances = collections.defaultdict(int)
        for key in _map(id, _map(type, self.objects)):
            instances[key] += 1
        counts = dict(zip(_map(id, classes), _map(_getrefcount, classes)))
        for cls in classes:
            if counts[id(cls)] - _OWN_HOLDERS == _class_holders(cls) + instances[id(cls)]:
                self.roots[id(cls)] = "held by objects alone"

    def find_roots(self):
        self.roots = {id(sys.modules): "module table"}
        for obj in _SINGLETONS:
            self.roots[id(obj)] = "singleton"
        for name in ("sys", "builtins", "__builtin__"):
            module = _module(name)
            if type(module) is _MODULE:
                self.roots[id(_module_dict(module))] = "interpreter"
        for frame in self.tops:
            self.roots[id(frame)] = "thread frame"
        self.find_held_classes()

    def hide(self, *objects):
        self.hidden.update(id(obj) for obj in objects if obj is not None)

    def remember(self, key, label):
        if len(self.key_labels) >= _LABEL_CACHE_LIMIT:
            self.key_labels.clear()
        self.key_labels[key] = label
        return label

    def key_label(self, key):
        return self.key_labels.get(key) or self.remember(key, _key_labels(key, 0)[0])

    def value_labels(self, keys):
        """The labels of the values of a dict that lists no keys: all of them are str."""
        labels = self.key_labels.get(keys)
        if labels is None:
            labels = ", ".join(map(self.key_label, keys))
            if len(keys) <= 16:
                self.remember(keys, labels)
        return labels

    def item_labels(self, keys):
        """The labels of a dict that lists its keys."""
        common = _PY2 and len(keys) <= 16 and all([type(key) is str for key in keys])
        labels = self.key_labels.get(keys) if common else None
        if labels is None:
            pairs = []
            for i, key in enumerate(keys):
                pair = _key_labels(key, i)
                pairs.extend(reversed(pair) if _KEY_FIRST else pair)
            labels = ", ".join(pairs)
            if common:
                self.remember(keys, labels)
        return labels

    def root_of(self, obj, kind):
        """Why the interpreter holds an object, or that C code cannot hold a class."""
        reason = self.roots.get(id(obj))
        if reason is None and kind.is_type and not _flags_of(obj) & _HEAP_TYPE:
            return "static type"
        return reason

    def without_own(self, refs, labels):
        """References and labels less what belongs to the dumper."""
        kept = [i for i, ref in enumerate(refs) if id(ref) not in self.hidden]
        if labels:
            labels = _LABEL.findall(labels)
            labels = ", ".join([labels[i] for i in kept])
        return [refs[i] for i in kept], labels

    def all_tracked(self):
        """Is every object that the collector tracks in our list for certain?"""
        frozen = getattr(gc, "get_freeze_count", int)()
        return not frozen and (self.private or len(sys._current_frames()) == 1)

    def line(self, kind, obj, refs):
        """A line in the general case; refs is what follows "refs", labels included."""
        reason = self.root_of(obj, kind) if kind.maybe_root and not self.plain else None
        return '{"address": %d%s%d%s, "refs": %s%s}\n' % (
            id(obj), kind.head, kind.sizeof(obj, kind.basic_size),
            kind.fields(obj) if kind.fields else "", refs,
            ', "root": "%s"' % reason if reason else "")

    @staticmethod
    def referents(module):
        """The references of a module.  _asyncio of 3.12 shows objects that it has freed and
        keeps for use again; who takes hold of one, as gc.get_referents() does, and lets it
        go frees it a second time."""
        space = _module_dict(module)
        if type(space) is dict and _find(space, "__name__") == "_asyncio":
            return [space]
        return gc.get_referents(module)

    def frame_line(self, kind, obj):
        refs, labels = gc.get_referents(obj), None
        if id(obj) in self.records:
            _, refs, labels = self.records[id(obj)]
        elif not self.plain:
            labels = _label_frame(self, kind, obj, refs)
        refs, text = self.without_own(refs, labels)
        if id(obj) in self.roots and not self.plain:
            text += ', "root": "%s"' % self.roots[id(obj)]
        return self.line(kind, obj, text), refs

    def long_line(self, kind, obj, refs, more):
        """A line in pieces, which together would take much memory; adds to `refs` those of
        `more`."""
        empty = self.line(kind, obj, "[]")
        head, _, tail = empty.rpartition("]")
        try:
            labels = None if self.plain else _long_labels(self, kind, obj, refs)
        except RuntimeError:  # changed by another thread while being read
            labels = None
        if more and more[0]:
            labels = itertools.chain(_padded(labels or (), len(refs)), more[1])
            refs.extend(more[0])
        yield head
        for piece in _pieces(_map(str, _map(id, refs))):
            yield piece
        if labels:
            yield '], "labels": ['
            for piece in _pieces(_padded(labels, len(refs))):
                yield piece
        yield "]" + tail

    def without_own(self, refs, labels):
        """References less what belongs to the dumper, and what follows "refs" for them."""
        kept = [i for i, ref in enumerate(refs) if id(ref) not in self.hidden]
        refs = [refs[i] for i in kept] if len(kept) < len(refs) else refs
        text = str(list(map(id, refs)))
        if labels and kept and not self.plain:
            labels = _LABEL.findall(labels)
            text += ', "labels": [%s]' % ", ".join([labels[i] for i in kept])
        return refs, text

    def mark(self, seen):
        """Marks what must not be written again; returns what tells of an object that it is in
        our list, where that can be told at all."""
        for address in self.hidden:
            seen.add(address)
        if self.all_tracked():
            return gc.is_tracked
        for obj in self.objects:
            seen.add(id(obj))
        return _never

    def lines(self):
        """The line of each object, as lists of pieces of text.

        The order is that of gc.get_objects(), each object followed by what only its
        references reach.  The list of objects shrinks as they are written."""
        seen = _Seen()
        get_page, new_page = seen.pages.get, seen.new_page
        known = self.mark(seen)
        stack = [obj for obj in [None] + list(self.tops) if not known(obj) and seen.add(id(obj))]
        objects, backlog, batch = self.objects, [], []
        objects.reverse()
        kinds, leaves = {}, {}
        get_kind, get_leaf, get_referents = kinds.get, leaves.get, gc.get_referents
        hidden, roots, disjoint = self.hidden, self.roots, self.hidden.isdisjoint
        append = batch.append
        shift, byte_shift, page_shift = _SHIFT, _BYTE_SHIFT, _PAGE_SHIFT
        in_page, bits = _IN_PAGE, _BITS
        while True:
            if stack:
                obj = stack.pop()
            elif backlog:
                obj = backlog  # stands for the next references of a long list of them
            elif objects:
                obj = objects.pop()
                if id(obj) in hidden:
                    continue
            else:
                break
            cls = type(obj)
            facts = get_kind(id(cls))
            if obj is backlog:
                refs = _cut(backlog)
                ids = list(map(id, refs))
            elif facts is None:
                if id(cls) not in leaves:
                    self.meet(cls, kinds, leaves)
                    if not known(cls) and seen.add(id(cls)):
                        stack.append(cls)
                    stack.append(obj)  # once more, now that its type is known
                else:
                    append(leaves[id(cls)](obj))
                continue
            elif cls is _FRAME:
                line, refs = self.frame_line(facts[0], obj)
                append(line)
                ids = list(map(id, refs))
            else:
                kind, template, sizeof, basic_size, detail, label_them, get_more = facts
                refs = self.referents(obj) if cls is _MODULE else get_referents(obj)
                labels = more = None
                if get_more is not None:
                    try:
                        more = get_more(obj, refs)
                    except Exception:  # changed by another thread while being read
                        pass
                if len(refs) + len(more[0] if more else ()) > _LONG_REFS \
                        and disjoint(_map(id, refs)):
                    self.count += len(batch) + 1
                    yield batch
                    batch = []
                    append = batch.append
                    for piece in self.long_line(kind, obj, refs, more):
                        yield [piece]
                    backlog.append(refs)
                    continue
                if not refs:
                    if cls is list and sizeof(obj, 0) < _EMPTY_LIST:
                        raise DumpError("a list is being sorted, and its items are nowhere to be "
                                        "seen meanwhile: dump again")
                elif label_them is not None:
                    try:
                        labels = label_them(self, kind, obj, refs)
                    except Exception:
                        pass
                if more is not None and more[0]:
                    labels = ", ".join(([labels] if labels else ["null"] * len(refs)) + more[1])
                    refs.extend(more[0])
                ids = list(map(id, refs))
                if disjoint(ids):
                    text = str(ids)
                    if labels is not None:
                        text += ', "labels": [' + labels + "]"
                else:
                    refs, text = self.without_own(refs, labels)
                    ids = list(map(id, refs))
                if kind.is_type or id(obj) in roots:
                    append(self.line(kind, obj, text))
                elif detail is None:
                    append(template % (id(obj), sizeof(obj, basic_size), text))
                else:
                    append(template % (id(obj), sizeof(obj, basic_size), detail(obj),
                                             text))
            for ref, child in zip(refs, ids):
                if known(ref):
                    continue
                page = get_page(child >> page_shift) or new_page(child)
                place, bit = (child & in_page) >> byte_shift, bits[child >> shift & 7]
                if page[place] & bit:
                    continue
                page[place] |= bit
                leaf = get_leaf(id(type(ref)))
                if leaf is None:
                    stack.append(ref)
                else:
                    append(leaf(ref))
            if len(batch) >= 1000:
                self.count += len(batch)
                yield batch
                batch = []
                append = batch.append
        self.count += len(batch)
        yield batch

    def meet(self, cls, kinds, leaves):
        """Learns of a type."""
        kind = _Kind(cls)
        if kind.traversed or kind.more and not self.plain:
            kinds[id(cls)] = kind.facts(self)
        else:
            leaves[id(cls)] = kind.leaf(self)


_never = functools.partial(operator.is_, _PROBE)


def _cut(backlog):
    """Takes the next references from the last of several lists."""
    refs = backlog[-1][-1000:]
    del backlog[-1][-1000:]
    if not backlog[-1]:
        backlog.pop()
    return refs


def _pieces(strings):
    """Strings joined by commas, in pieces."""
    comma = ""
    while True:
        piece = ", ".join(itertools.islice(strings, 4096))
        if not piece:
            return
        yield comma + piece
        comma = ", "


def _padded(labels, count):
    """So many labels, where another thread may change what they come from."""
    given = 0
    try:
        for label in itertools.islice(labels, count):
            given += 1
            yield label
    except RuntimeError:
        pass
    while given < count:
        given += 1
        yield "null"


_LABEL = re.compile(r'"(?:[^"\\]|\\.)*"|null')


# --- writing -------------------------------------------------------------------------------

class _Output(object):
    """A file that appears under its name when it is complete; packed by name.

    What is no file is written to as it is, and what a link leads to takes its place."""

    def __init__(self, target, packer):
        self.stream = target if hasattr(target, "write") else None
        self.packer = packer
        self.path = self.temporary = None
        if self.stream:
            return
        try:
            mode = os.stat(target).st_mode
        except OSError:  # nothing there yet
            mode = stat.S_IFREG
        if stat.S_ISREG(mode) and not _STREAMS.match(target):
            self.path = os.path.realpath(target)
            self.temporary = "%s.%d.tmp" % (self.path, os.getpid())
            try:
                os.unlink(self.temporary)
            except OSError:
                pass
        # Values of the program are in here: for the owner's eyes.
        flags = os.O_CREAT | os.O_EXCL if self.path else os.O_TRUNC
        flags |= os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        handle = os.open(self.temporary or target, flags, 0o600)
        self.stream = os.fdopen(handle, "wb", 1 << 16)

    def write(self, text):
        data = text.encode("ascii")
        data = self.packer.compress(data) if self.packer else data
        if data:
            self.stream.write(data)

    def close(self, ours):
        if self.packer:
            self.stream.write(self.packer.flush())
        if ours:
            self.stream.close()
        if self.path:
            getattr(os, "replace", os.rename)(self.temporary, self.path)

    def abandon(self, ours):
        if ours:
            try:
                self.stream.close()
            except Exception:
                pass
        if self.path:
            try:
                os.unlink(self.temporary)
            except OSError:
                pass


# Names of what this process has open already.
_STREAMS = re.compile(r"/dev/(std(in|out|err)|fd/\d+)$|/proc/")


def _text_path(path):
    """A path of any class as a str."""
    if hasattr(os, "fspath"):
        path = os.fspath(path)
    if not _PY2 and isinstance(path, bytes):
        return os.fsdecode(path)
    return path if not _PY2 or isinstance(path, str) else path.encode(sys.getfilesystemencoding())


def _find_packer(path, compress):
    """What packs the bytes of a file of this name: has compress() and flush()."""
    if compress is None:
        compress = path is not None and path.endswith((".gz", ".zst"))
    if not compress:
        return None
    if path is None or not path.endswith(".zst"):
        return zlib.compressobj(3, zlib.DEFLATED, 31)
    try:
        import compression.zstd
    except ImportError:
        raise DumpError("%s: only Python 3.14 and newer can write .zst: name it .gz" % path)
    return compression.zstd.ZstdCompressor()


# Lines of /proc/self/status, in kB, and the facts they become, in bytes.
_STATUS = {"VmRSS:": "rss", "VmHWM:": "rss_peak", "RssAnon:": "anonymous",
           "RssFile:": "file_backed", "RssShmem:": "shared", "VmSwap:": "swapped"}


def _memory_facts():
    """What the kernel says of this process's memory."""
    facts = []
    try:
        with open("/proc/self/status") as lines:
            for words in [line.split() for line in lines]:
                if words and words[0] in _STATUS:
                    facts.append((_STATUS[words[0]], int(words[1]) * 1024))
                elif words and words[0] == "Threads:":
                    facts.append(("os_threads", int(words[1])))
    except (OSError, IOError, ValueError, IndexError):
        pass  # another system
    return facts


def _collector_facts(enabled):
    facts = [("gc_enabled", int(enabled)), ("gc_allocations", gc.get_count()[0])]
    stats = getattr(gc, "get_stats", list)()
    for key in ("collections", "collected", "uncollectable"):
        if stats:
            facts.append(("gc_" + key, sum(stat[key] for stat in stats)))
    if stats:
        facts.append(("gc_full_collections", stats[-1]["collections"]))
    if hasattr(gc, "get_freeze_count"):
        facts.append(("gc_frozen", gc.get_freeze_count()))
    return facts


def _built_in(module, name):
    """A function in C of a module that the program has loaded, or None."""
    module = _module(module)
    found = _find(_module_dict(module), name) if type(module) is _MODULE else None
    return found if type(found) is types.BuiltinFunctionType else None


def _interpreter_facts():
    """Blocks of Python's allocator; what tracemalloc counts; other interpreters."""
    facts = []
    if hasattr(sys, "getallocatedblocks"):
        facts.append(("allocated_blocks", sys.getallocatedblocks()))
    traced = _built_in("_tracemalloc", "get_traced_memory")
    if traced and _built_in("_tracemalloc", "is_tracing")():
        facts.extend(zip(("tracemalloc_current", "tracemalloc_peak"), traced()))
    for module in ("_interpreters", "_xxsubinterpreters"):
        listed = _built_in(module, "list_all")
        if listed:
            facts.append(("interpreters", len(listed())))
            break
    return facts


def _thread_names():
    """The id and the name of each thread that runs Python; None where it has no name."""
    module, names = _module("threading"), {}
    active = _find(_module_dict(module), "_active") if type(module) is _MODULE else None
    for ident, thread in list(dict.items(active)) if type(active) is dict else ():
        if type(ident) in (int, _LONG) and _all_comparable(gc.get_referents(thread)):
            kind = _Kind(type(thread))
            name = kind.attribute(thread, "_name" if not _PY2 else "_Thread__name")
            if type(name) in (str, _TEXT):
                names[ident] = name
    return [(ident, names.get(ident)) for ident in sorted(sys._current_frames())]


# What only a process that ends at once may do: its standard error is taken away, and it
# imports modules.
_MALLINFO = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
             "fordblks", "keepcost")
_PYMALLOC_FREE = re.compile(r"^# bytes in available blocks *= *([\d,]+)$"
                            r"|^ *\d+ unused pools \* \d+ bytes *= *([\d,]+)$", re.MULTILINE)


def _malloc_lines():
    """What the C library has free, as the lines of facts."""
    import ctypes
    fields = [(name, ctypes.c_size_t) for name in _MALLINFO]
    function = ctypes.CDLL(None).mallinfo2
    function.restype = type("mallinfo2", (ctypes.Structure,), {"_fields_": fields})
    info = function()
    return ("malloc_used %d\nmalloc_free %d\n"
            % (info.uordblks + info.hblkhd, info.fordblks)).encode()


def _allocator_facts():
    """The bytes that Python's allocator and the C library's keep free, told by a child."""
    readable, writable = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            _end_after(5)
            os.dup2(writable, 2)
            if hasattr(sys, "_debugmallocstats"):
                sys._debugmallocstats()
            os.write(2, _malloc_lines())
        finally:
            os._exit(0)
    os.close(writable)
    chunks = [os.read(readable, 65536)]
    while chunks[-1]:
        chunks.append(os.read(readable, 65536))
    os.close(readable)
    try:
        os.waitpid(pid, 0)
    except OSError:
        pass  # the program ignores SIGCHLD
    text = b"".join(chunks).decode("ascii", "replace")
    free = _PYMALLOC_FREE.findall(text)
    facts = [("pymalloc_free", sum(int((a or b).replace(",", "")) for a, b in free))]
    return facts * bool(free) + [(name, int(value)) for name, value in re.findall(
        r"^(malloc_\w+) (\d+)$", text, re.MULTILINE)]


def _end_after(seconds):
    """Ends this process then, whatever it waits for."""
    import signal
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.alarm(seconds)


def _header(enabled):
    """The first line but for its end: see _header_end()."""
    argv = getattr(sys, "argv", None)
    argv = [arg for arg in argv if type(arg) in (str, _TEXT)] if type(argv) is list else []
    threads = _thread_names()
    pairs = [
        ("memsee_dump", "1"),
        ("python", _quote(sys.version.split()[0])),
        ("implementation", '"CPython"'),
        ("platform", _quote(sys.platform)),
        ("pid", "%d" % os.getpid()),
        ("time", _quote(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))),
        ("argv", "[%s]" % ", ".join(map(_quote, argv))),
        # An object keeps its address for life, and with it its place in the next dump.
        ("identity", '"addresses"'),
        ("thread_count", "%d" % len(threads)),
        ("threads", "[%s]" % ", ".join([
            '{"id": %d, "name": %s}' % (ident, "null" if name is None else _quote(name))
            for ident, name in threads])),
    ]
    facts = _memory_facts() + _collector_facts(enabled) + _interpreter_facts()
    return "{" + ", ".join(['"%s": %s' % pair for pair in pairs + facts])


def _header_end(facts):
    """More facts, and the keys of an object: meliae's loader reads the line as one more, of a
    type of its own, of no bytes, and at an address that no object can have."""
    pairs = facts + [("address", "1"), ("type", '"memsee_dump"'), ("size", "0"), ("refs", "[]")]
    return "".join([', "%s": %s' % pair for pair in pairs]) + "}\n"


def _write_all(walk, target, packer, progress, header):
    out = _Output(target, packer)
    ours = out.stream is not target
    walk.hide(out, out.__dict__, out.stream, getattr(out.stream, "raw", out.stream), packer)
    try:
        if header:
            out.write(header)
        for batch in walk.lines():
            out.write("".join(batch))
            if progress:
                progress(walk.count)
        out.close(ours)
    except BaseException:
        out.abandon(ours)
        raise
    return walk.count


# --- the public functions ------------------------------------------------------------------

def dump(target, fork=False, collect=False, progress=None, plain=False, compress=None):
    """Writes all objects of this process to `target`, a path or a binary file.

    A path ending in .gz is compressed, with Python 3.14 and newer also one ending in .zst
    (compress=True or False decides otherwise), and is either complete or not there.
    Returns the number of objects.

    fork      a child process writes while this one goes on; returns a Forked to wait() for.
              The pause is that of the fork, and the dump is consistent whatever other
              threads do.  POSIX only.
    collect   run the garbage collector first.  Without, garbage that waits for it is in
              the dump, as it is in the memory.
    progress  called now and then with the number of objects written
    plain     only what meliae itself writes: no first line, no labels, no roots
    """
    return _make(target, fork, collect, progress, plain, compress)


def _make(target, fork, collect, progress, plain, compress, frames=True):
    if getattr(sys, "implementation", None) and sys.implementation.name != "cpython" \
            or hasattr(sys, "pypy_version_info"):
        raise DumpError("only CPython can be dumped")
    if fork and not hasattr(os, "fork"):
        raise DumpError("fork=True needs a system with fork()")
    if not hasattr(target, "write"):
        target = _text_path(target)
    packer = _find_packer(None if hasattr(target, "write") else target, compress)
    if not _begin():
        raise DumpError("a dump of this process is being written")
    try:
        enabled = gc.isenabled()
        if collect:
            gc.collect()
        gc.disable()
        try:
            header = None if plain else _header(enabled)
            return _dump(target, fork, progress, plain, packer, header, frames)
        finally:
            if enabled:
                gc.enable()
    finally:
        _end()


# One dump at a time: a second would find the bookkeeping of the first.  Who is at it, by
# process and thread, and what handlers of signals have asked for meanwhile.
_owner, _asked = {}, []


def _is_busy():
    return _owner.get("dump") == (os.getpid(), _get_ident())


def _begin():
    """Waits for other threads; False when this one is at it, and a handler or the like has
    interrupted it.  That may happen anywhere, so that one step both asks and takes."""
    me = (os.getpid(), _get_ident())
    while True:
        owner = _owner.setdefault("dump", me)
        if owner is me:
            return True
        if owner == me:
            return False
        if owner[0] != me[0]:  # this process was forked in the middle of a dump
            _owner.clear()
        else:
            time.sleep(0.01)


def _end():
    _owner.clear()
    while _asked and not _owner:
        _asked.pop(0)()


def _without(tops, frame):
    return [top for top in tops if top is not frame]


def _dump(target, fork, progress, plain, packer, header, frames):
    """Writes the dump; without the frames of this thread unless `frames`."""
    tops, records = _thread_frames()
    if fork:
        child = _fork()
        if child:
            return child
    try:
        for frame in _greenlets():
            _record(frame, records)
        # After all that other threads still do: what is tracked from here on is in the list.
        walk = _Walk(gc.get_objects(), plain, fork)
        walk.tops, walk.records = tops, records
        walk.hide(tops, records, target)
        for record in records.values():
            walk.hide(record, record[1])
        walk.find_roots()
        frame = sys._getframe()
        while frame is not None and _is_own_space(frame.f_globals):
            walk.hide(frame, frame.f_globals)
            frame = frame.f_back
        while frame is not None and not frames:
            walk.hide(frame)
            walk.tops = _without(walk.tops, frame)
            frame = frame.f_back
        if header:
            header += _header_end(_allocator_facts() if fork else [])
        count = _write_all(walk, target, packer, progress, header)
    except BaseException:
        if not fork:
            raise
        import traceback
        _child_exit(traceback.format_exc())
    if fork:
        _child_exit("")
    return count


class Forked(object):
    """A dump being written by a child process."""

    def __init__(self, pid, pipe):
        self.pid = pid
        self._pipe = pipe
        self._ended = False
        self._said = u""

    def poll(self):
        """Is it finished?"""
        if not self._ended:
            try:
                self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
            except OSError:  # reaped by somebody else
                self._ended = True
        return self._ended

    def wait(self):
        """Waits until the dump is complete; DumpError when it was not written."""
        chunks = []
        while self._pipe is not None:
            chunk = os.read(self._pipe, 65536)
            if not chunk:
                os.close(self._pipe)
                self._pipe = None
            chunks.append(chunk)
        while not self.poll():
            time.sleep(0.01)
        if chunks:
            self._said = b"".join(chunks).decode("utf-8", "replace")
        if self._said != _WRITTEN:
            raise DumpError(self._said.strip() or "the process that wrote the dump died")

    def __del__(self):
        if self._pipe is not None:
            os.close(self._pipe)


_children = []
_WRITTEN = u"written"  # the last word of a child that has succeeded
_report_to = None


def _fork():
    """Forks; the parent gets a Forked, the child None."""
    _children[:] = [child for child in _children if not child.poll()]
    readable, writable = os.pipe()
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 3.12 warns of threads, which the child never runs
        pid = os.fork()
    if pid:
        os.close(writable)
        child = Forked(pid, readable)
        _children.append(child)
        return child
    os.close(readable)
    global _report_to
    _report_to = writable
    return None


def _child_exit(message):
    """Ends the child at once: no handler of the program's may run in it."""
    try:
        text = message or _WRITTEN
        os.write(_report_to, text.encode("utf-8", "replace") if type(text) is _TEXT else text)
    finally:
        os._exit(1 if message else 0)


def install(signum=None, path="heap-%p-%n.json.gz", fork=None, **options):
    """Dumps whenever a signal arrives (SIGUSR2 unless told otherwise).

    In `path` %p is the process id, %n a number that counts up, %t the time in UTC.
    Forks where the system can, unless fork=False.  A signal that comes while a dump is
    written gets one of its own afterwards.  What fails is told on standard error.
    Returns the previous handler."""
    import signal
    if signum is None:
        signum = signal.SIGUSR2
    if fork is None:
        fork = hasattr(os, "fork")
    path = _text_path(path)
    state = [0]

    def handler(signum, frame):
        state[0] += 1
        make = functools.partial(_dump_and_tell, _expand(path, state[0]), fork, options)
        if _is_busy():
            _asked.append(make)
        else:
            make()
    return signal.signal(signum, handler)


def _dump_and_tell(path, fork, options):
    """Dumps; nothing that goes wrong may reach the program."""
    try:
        child = dump(path, fork=fork, **options)
        if fork:
            _look_after(child, path)
    except Exception:
        import traceback
        _tell(path, traceback.format_exc())


def _look_after(child, path):
    """Waits for the child, in a thread, so that it does not stay a zombie.  Where threads are
    not the system's, as under gevent, waiting would stop the program: the next dump does it."""
    def wait():
        try:
            child.wait()
        except Exception as err:
            _tell(path, str(err))
    if type(_start_thread) is types.BuiltinFunctionType:
        _start_thread(wait, ())


def _tell(path, text):
    try:
        line = "memsee_dump: %s: %s\n" % (path, text.strip().splitlines()[-1])
        os.write(2, line if _PY2 and isinstance(line, str) else line.encode("utf-8", "replace"))
    except Exception:
        pass


def _expand(path, number):
    values = {"p": "%d" % os.getpid(), "n": "%d" % number, "%": "%",
              "t": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())}
    return re.sub("%([pnt%])", lambda match: values[match.group(1)], path)


# --- another process -----------------------------------------------------------------------

# Everything is in a function, so that no name is left behind in the other program.
_INJECTED = """\
def memsee_injected(script, module, output, options):
    import os
    try:
        os.rename(script, script + ".taken")
    except OSError:
        return
    try:
        space = {{"__name__": "memsee_dump", "__file__": module, "__memsee_injected__": 1}}
        with open(module) as source:
            exec(compile(source.read(), module, "exec"), space)
        space["dump"](output, **options)
    except BaseException:
        import traceback
        with open(script + ".error", "w") as report:
            report.write(traceback.format_exc())
    with open(script + ".done", "w"):
        pass


memsee_injected({script!r}, {module!r}, {output!r}, {options!r})
del memsee_injected
"""


def dump_process(pid, output, timeout=60, **options):
    """Makes another Python process of this machine dump itself to `output`."""
    output = os.path.abspath(output)
    _check_process(pid)
    ways = [_by_python, _by_memsee, _by_gdb]
    if not any(options.values()):
        ways.insert(1, functools.partial(_by_snapshot, output))
    errors = _inject(pid, _INJECTED, timeout, ways, module=_module_file(), output=output,
                     options=options)
    if errors:
        raise DumpError("process %d could not dump: %s"
                        % (pid, errors.strip().splitlines()[-1]))
    if not os.path.exists(output):
        raise DumpError("process %d has files of its own: %s is not here" % (pid, output))
    return output


def _inject(pid, text, timeout, ways, **values):
    """Runs a program in the process, by the first way that can be gone; returns what the program
    wrote to its file of errors."""
    import shutil
    import tempfile
    folder = tempfile.mkdtemp(prefix="memsee-dump-")
    os.chmod(folder, 0o711)
    script = os.path.join(folder, "inject.py")
    try:
        with open(script, "w") as out:
            out.write(text.format(script=script, **values))
        _give_to_owner(folder, script, pid)
        reasons, deadline = [], time.time() + timeout
        for way in ways:
            reason = way(pid, script, deadline)
            if reason is None:
                break
            reasons.append(reason)
        else:
            raise DumpError("process %d cannot be reached: %s"
                            % (pid, "; ".join(filter(None, reasons))))
        _await(pid, script, deadline)
        if not os.path.exists(script + ".error"):
            return ""
        with open(script + ".error") as report:
            return report.read()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _module_file():
    path = os.path.abspath(__file__)
    return path[:-1] if path.endswith((".pyc", ".pyo")) else path


def _check_process(pid):
    try:
        os.kill(pid, 0)
    except OSError as err:
        raise DumpError("process %d: %s" % (pid, os.strerror(err.errno).lower()))
    _check_state(pid, "is dead, and waits for its parent to notice")
    try:
        if os.readlink("/proc/%d/ns/mnt" % pid) != os.readlink("/proc/self/ns/mnt"):
            raise DumpError("process %d is in a container with files of its own: run this "
                            "command inside the container" % pid)
    except OSError:
        pass  # no /proc, or not ours to look at


def _check_state(pid, when_dead="ended while it was dumped"):
    """DumpError unless the process runs or sleeps."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as stat_file:
            state = stat_file.read().rpartition(b")")[2].split()[0].decode()
    except (OSError, IOError, IndexError):
        try:
            os.kill(pid, 0)
            return  # no /proc here
        except OSError:
            state = "X"
    if state in "ZXx":
        raise DumpError("process %d %s" % (pid, when_dead))
    if state == "T":
        raise DumpError("process %d is stopped: let it go on first, with kill -CONT %d"
                        % (pid, pid))


def _give_to_owner(folder, script, pid):
    """Lets the other process rename the script when we are root and it is not."""
    try:
        owner = os.stat("/proc/%d" % pid)
    except OSError:
        return
    if os.getuid() == 0 and owner.st_uid != 0:
        os.chown(folder, owner.st_uid, owner.st_gid)
        os.chown(script, owner.st_uid, owner.st_gid)


# Each way takes the script to the process, and returns None, or why it cannot be gone ("" for
# a reason that nobody need know).  The process takes a script by giving it another name.

def _by_python(pid, script, deadline):
    """Python 3.14 and newer runs scripts for another Python of the same version."""
    if not hasattr(sys, "remote_exec"):
        return ""
    try:
        sys.remote_exec(pid, script)
    except (OSError, RuntimeError, ValueError) as err:
        return str(err)
    patient = time.time() + 2
    while not _is_taken(pid, script) and time.time() < deadline:
        if time.time() > patient and _is_asleep(pid):
            return "its main thread sleeps"
        time.sleep(0.02)
    return None


def _memsee(option, arguments, deadline):
    """Runs memsee with an option, where that program is there and has it."""
    status, text = _run(["memsee", "--help"], 10)
    if status != 0 or option + " " not in text:
        return ""
    status, text = _run(["memsee", option] + arguments, max(1, deadline - time.time()))
    return None if status == 0 else (text.strip().splitlines() or ["memsee failed"])[-1]


def _by_snapshot(output, pid, script, deadline):
    """memsee reads the heap itself, and nothing runs in the process."""
    reason = _memsee("--snap", [str(pid), "-o", output], deadline)
    if reason is None:
        os.rename(script, script + ".taken")
        open(script + ".done", "w").close()
    return reason


def _by_memsee(pid, script, deadline):
    return _memsee("--inject", [str(pid), script], deadline)


def _run(command, seconds):
    """(status, output) of a program; it is asked to end when the time is over, then made to.
    None is the status of a program that is not there."""
    import signal
    import subprocess
    import tempfile
    with tempfile.TemporaryFile() as output, open(os.devnull) as nothing:
        try:
            program = subprocess.Popen(command, stdin=nothing, stdout=output,
                                       stderr=subprocess.STDOUT)
        except OSError as err:
            return None, os.strerror(err.errno).lower()
        # SIGINT makes gdb take back a call that it waits for, and let the process go.
        for number, limit in ((0, seconds), (signal.SIGINT, 5), (signal.SIGTERM, 5),
                              (signal.SIGKILL, 5)):
            if number:
                program.send_signal(number)
            end = time.time() + limit
            while program.poll() is None and time.time() < end:
                time.sleep(0.02)
            if program.poll() is not None:
                break
        output.seek(0)
        return program.returncode, output.read().decode("utf-8", "replace")


_GDB_SECONDS = 20
# No call in here but those of the last step allocates, so none can wait for a lock that the
# process has been stopped with.
_GDB_START = """\
set pagination off
set confirm off
set unwindonsignal on
set $page = ((char *(*)(long, long, int, int, int, long))mmap)(0, 8192, 3, 0x22, -1, 0)
set {{char[{size}]}}$page = "{code}"
"""
# Runs between two bytecodes of the main thread.
_GDB_QUEUE = """\
set $failed = ((int (*)(void *, void *))Py_AddPendingCall)((void *)PyRun_SimpleString, $page)
echo memsee: queued\\n
"""
# For a main thread that sleeps in C and never gets there.  It may only sleep in C code that has
# given up the interpreter's lock: other code is in the middle of something.
_GDB_CALL = """\
set $held = {check}
if $held != 0
  echo memsee: held\\n
else
  set $state = ((int (*)(void))PyGILState_Ensure)()
  set $failed = ((int (*)(char *))PyRun_SimpleString)($page)
  set $ignored = ((long (*)(int))PyGILState_Release)($state)
  echo memsee: called\\n
end
"""
_GIL_CHECKS = ("((int (*)(void))PyGILState_Check)()",
               "*(long *)&_PyThreadState_Current != 0")  # of 2.7
_LOAD = ("(lambda p: eval(compile(open(p).read() if __import__('os').path.exists(p) else '', "
         "'memsee', 'exec'), {'__memsee_injected__': 1}))('%s')")
# The thread is a new one so that gdb can go away at once.
_LOAD_IN_THREAD = ("__import__('thread' if str is bytes else '_thread').start_new_thread(lambda: "
                   "%s, ())" % _LOAD)


def _by_gdb(pid, script, deadline):
    if _run(["gdb", "--version"], 10)[0] is None:
        return "gdb is not installed"
    _try_gdb()
    _gdb(pid, _GDB_QUEUE, _LOAD % script)
    held, again = False, time.time() + 2
    while not _is_taken(pid, script) and time.time() < deadline:
        if time.time() > again and _is_asleep(pid):
            held = _gdb_call(pid, script) == "held"
            again = time.time() + 5
        time.sleep(0.05)
    if held and not _is_taken(pid, script):
        raise DumpError("process %d is in C code that holds the interpreter's lock" % pid)
    return None


def _gdb_call(pid, script):
    text = ""
    for check in _GIL_CHECKS:
        try:
            return _gdb(pid, _GDB_CALL.format(check=check), _LOAD_IN_THREAD % script)
        except DumpError as err:
            text = str(err)
            if "PyGILState_Check" not in text:
                break
    raise DumpError(text)


def _gdb(pid, steps, code):
    """Has gdb go through the steps, of which an error ends the rest; returns the last word that
    they say.  DumpError when they did not come to an end."""
    import tempfile
    _check_state(pid)
    with tempfile.NamedTemporaryFile("w", suffix=".gdb") as file:
        file.write(_GDB_START.format(size=len(code) + 1, code=code) + steps)
        file.flush()
        text = _run(["gdb", "-p", str(pid), "-batch", "-nx", "-x", file.name], _GDB_SECONDS)[1]
    said = re.findall(r"^memsee: (\w+)$", text, re.MULTILINE)
    if "Operation not permitted" in text or "Could not attach" in text:
        raise DumpError("process %d: ptrace is not permitted: run as its owner or root, set "
                        "/proc/sys/kernel/yama/ptrace_scope to 0, or give the container "
                        "CAP_SYS_PTRACE" % pid)
    missing = re.search(r'No symbol "(PyRun\w*|PyGILState_[ER]\w*|Py_Add\w*)"', text)
    if missing:
        raise DumpError("process %d is no CPython, or its symbols are stripped" % pid)
    if not said or _TROUBLE.search(text):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        trouble = [line for line in lines if _TROUBLE.search(line)
                   and "Error in sourced" not in line] or lines[-1:] or ["it said nothing"]
        raise DumpError("gdb failed in process %d: %s" % (pid, trouble[0]))
    return said[-1]


_TROUBLE = re.compile(r"Couldn't |Cannot |No symbol |received signal|Error in |has been killed"
                      r"|exited |abandoned", re.IGNORECASE)
_PROBE_PROGRAM = """\
import select, sys, time
while not select.select([sys.stdin], [], [], 0.05)[0]:
    time.sleep(0.05)
sys.stdout.write("alive")
"""
_PROBE_SCRIPT = """\
import os
os.rename({script!r}, {script!r} + ".taken")
open({script!r} + ".done", "w").close()
"""


def _try_gdb():
    """Goes through both ways with a process of our own, as some versions of gdb kill what they
    call functions in.  DumpError when it does not survive."""
    import subprocess
    probe = subprocess.Popen([sys.executable, "-c", _PROBE_PROGRAM], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        time.sleep(0.3)
        reason = ""
        try:
            for way in (lambda pid, script, deadline: _gdb(pid, _GDB_QUEUE, _LOAD % script),
                        lambda pid, script, deadline: _gdb_call(pid, script)):
                _inject(probe.pid, _PROBE_SCRIPT, 10, [lambda *args: way(*args) and None])
        except DumpError as err:
            reason = str(err)
        if "ptrace is not permitted" in reason:
            raise DumpError(reason.partition(": ")[2])
        end = _end_of(probe)
        if reason or end != "alive":
            raise DumpError("gdb does not work here: of a process of our own, which it was tried "
                            "on first: %s" % (reason or end or "it died"))
    finally:
        if probe.poll() is None:
            probe.kill()
            probe.wait()


def _end_of(probe):
    """The last line of the probe, which it should write when its input ends."""
    probe.stdin.close()
    end = time.time() + 10
    while probe.poll() is None and time.time() < end:
        time.sleep(0.02)
    if probe.poll() is None:
        return "it hangs"
    with probe.stdout:
        lines = probe.stdout.read().decode("utf-8", "replace").splitlines()
    return lines[-1] if lines else ""


def _is_asleep(pid):
    """Has the main thread been asleep for a tenth of a second?  One that waits for the
    interpreter's lock wakes up all the time."""
    found = []
    for pause in (0.1, 0):
        try:
            with open("/proc/%d/task/%d/status" % (pid, pid)) as status:
                found.append([line for line in status
                              if line.startswith(("State", "voluntary"))])
        except (OSError, IOError):
            return True  # no /proc here
        time.sleep(pause)
    return found[0] == found[1] and "S" in found[0][0].split()


def _is_taken(pid, script):
    """Has the process begun to run the script?"""
    _check_state(pid)
    return not os.path.exists(script)


def _await(pid, script, deadline):
    """Waits until the process has begun to run the script, then until that is done."""
    while not _is_taken(pid, script):
        if time.time() > deadline:
            raise DumpError("process %d did not get to run Python code in time" % pid)
        time.sleep(0.02)
    while not os.path.exists(script + ".done"):
        _check_state(pid)
        time.sleep(0.02)


def main(argv=None):
    """The command line; returns the exit status."""
    import argparse
    parser = argparse.ArgumentParser(
        prog="python -m memsee_dump", description="Dump the heap of a running Python process.")
    parser.add_argument("--pid", type=int, required=True, help="the process to dump")
    parser.add_argument("-o", "--output", metavar="FILE",
                        help="where to (heap-PID.json.gz); .gz is compressed")
    parser.add_argument("--collect", action="store_true", help="collect garbage first")
    parser.add_argument("--plain", action="store_true", help="only what meliae writes")
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS",
                        help="how long to wait until the process listens (60)")
    args = parser.parse_args(argv)
    output = args.output or "heap-%d.json.gz" % args.pid
    try:
        print(dump_process(args.pid, output, args.timeout, collect=args.collect,
                           plain=args.plain))
    except DumpError as err:
        print("memsee_dump: %s" % err, file=sys.stderr)
        return 2
    return 0


# --- pytest --------------------------------------------------------------------------------

_REPORT_LINES = 25


class _TestHeap(object):
    """What the memsee_heap fixture gives: dumps around a test, judged by memsee."""

    def __init__(self, folder, memsee, report):
        self.folder = folder
        self.memsee = memsee
        self.report = report
        self.paths = []

    def dump(self):
        """Dumps now; call it where the test has warmed up, to leave the first use out."""
        path = os.path.join(self.folder, "heap-%d.json.gz" % len(self.paths))
        # The frames of this thread are pytest's, others before the test than after it: what
        # they hold is held by pytest in many ways.
        _make(path, False, True, None, False, None, frames=False)
        self.paths.append(path)
        return path

    def missing(self):
        """Why memsee cannot be run, or None."""
        status, text = _run([self.memsee, "--version"], 10)
        if status != 0:
            return ("memsee_heap needs the program memsee: %s: %s; --memsee PROGRAM says where it is"
                    % (self.memsee, text.strip() or "it failed"))
        return None

    def check(self):
        """(failed, text) of memsee's report on the dumps, in the order they were made."""
        status, text = _run([self.memsee, self.report] + self.paths, 3600)
        lines = text.splitlines()
        if len(lines) > _REPORT_LINES:
            path = os.path.join(self.folder, "report.md")
            with open(path, "wb") as out:
                out.write(text.encode("utf-8"))
            lines[_REPORT_LINES:] = ["", "The whole report: " + path]
        return status != 0, "\n".join(lines)


def pytest_addoption(parser):
    group = parser.getgroup("memsee")
    group.addoption("--memsee", default="memsee", help="the memsee program")
    group.addoption("--memsee-report", default="leak-check",
                    help="the report that judges the dumps of memsee_heap (leak-check)")


if "pytest" in sys.modules:
    pytest = sys.modules["pytest"]

    @pytest.fixture
    def memsee_heap(request, tmp_path):
        """Dumps before and after the test; the test fails when memsee finds a leak."""
        heap = _TestHeap(str(tmp_path), request.config.getoption("--memsee"),
                         request.config.getoption("--memsee-report"))
        if heap.missing():
            pytest.fail(heap.missing(), pytrace=False)
        heap.dump()
        yield heap
        heap.dump()
        failed, text = heap.check()
        if failed:
            pytest.fail(text, pytrace=False)


if __name__ == "__main__":
    sys.exit(main())
