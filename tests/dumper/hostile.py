# SPDX-License-Identifier: MIT
"""Objects whose classes report every special method that is called.

A dump of this program must call none: CALLED stays empty."""
import atexit
import sys
import types
import weakref

try:
    from collections.abc import Mapping
except ImportError:
    from collections import Mapping

CALLED = []
ARMED = [False]

NAMES = """
__repr__ __str__ __bytes__ __format__ __hash__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__
__bool__ __nonzero__ __len__ __length_hint__ __getitem__ __setitem__ __delitem__ __missing__
__iter__ __next__ next __reversed__ __contains__ __call__ __sizeof__ __reduce__
__reduce_ex__ __getstate__ __dir__ __index__ __int__ __float__ __get__ __set__ __delete__
__getattr__ __getattribute__ __instancecheck__ __subclasscheck__ keys values items get
__enter__ __exit__ __del__ __copy__ __deepcopy__ __cmp__ __unicode__ __fspath__ __sub__
__add__ __coerce__ __await__ __aiter__ __anext__ __class_getitem__ __set_name__
__prepare__ __buffer__ __del__ mro copy
""".split()
# Attributes that are properties here, so that merely looking calls.
LOOKED_AT = """
__class__ __dict__ __doc__ __module__ __name__ __mro__ __bases__ __base__
__flags__ __basicsize__ __annotations__ __wrapped__ f_locals co_names args attribute1
""".split()


# What makes a class or an object uses these, and the test itself its own objects.
NEEDED_BY_TYPES = ("__call__", "__set__", "__get__", "mro", "__prepare__", "__set_name__")


def called(name):
    CALLED.append(name)
    raise RuntimeError("called " + name)


def trap(name):
    def method(*args, **kwargs):
        if ARMED[0]:
            called(name)
        return object.__getattribute__(*args) if name == "__getattribute__" else 1
    return method


def look(name):
    def getter(self):
        if ARMED[0]:
            called(name)
        return int
    return property(getter)


TRAPS = dict((name, trap(name)) for name in NAMES)
TRAPS["__del__"] = lambda self, armed=ARMED: called("__del__") if armed[0] else None


class Descriptor(object):
    """A property in all but name, met by whoever asks for an attribute."""


for name in ("__get__", "__set__", "__getattr__"):
    setattr(Descriptor, name, TRAPS[name])


def hostile(name, base, **extra):
    space = dict(TRAPS)
    space.update((looked_at, look(looked_at)) for looked_at in LOOKED_AT)
    space["value"] = Descriptor()
    space["__module__"] = __name__
    if base is type:
        for key in NEEDED_BY_TYPES + ("__dict__",):
            space.pop(key, None)
    if base is Exception:
        del space["args"]
    space.update(extra)
    return type(name, (base,), space)


def fill(obj):
    for i in range(5):
        try:
            object.__setattr__(obj, "attribute%d" % i, [i])
        except (AttributeError, TypeError):
            pass
    return obj


class Key(str):
    """A key of any dict that takes it; found by its hash, then compared."""

    def __hash__(self):
        if ARMED[0]:
            called("__hash__ of a key")
        return str.__hash__(self)

    def __eq__(self, other):
        if ARMED[0]:
            called("__eq__ of a key")
        return str.__eq__(self, other)


class Keyed(object):
    def __init__(self):
        self.body = [1]
        self.__dict__[Key("".join(["oth", "er"]))] = [2]

    def other(self):
        return self.other, self.__name__, self.body


def make_keys(kept):
    """Objects as keys, and keys where the interpreter itself looks names up."""
    cls = hostile("HostileKey", object)
    keys = [object.__new__(cls) for _ in range(3)]
    kept.append(dict((key, [i]) for i, key in enumerate(keys)))
    kept.append(dict.fromkeys(keys[:1] + ["text"], 1))
    kept.append(set(keys))
    kept.append(frozenset(keys))
    kept.extend(Keyed() for _ in range(4))
    kept.append({Key("name"): [1], "plain": [2]})
    module = types.ModuleType("first")
    del module.__dict__["__name__"]
    module.__dict__[Key("__name__")] = ["not a name"]
    kept.append(module)


class Abstract(Mapping):
    """Asked by its base whether any other object is one of its own."""

    @classmethod
    def __subclasshook__(cls, other):
        if ARMED[0]:
            called("__subclasshook__")
        return NotImplemented


def make_modules(kept):
    for name, base in (("HostileModule", types.ModuleType), ("HostileObject", object)):
        cls = hostile(name, base)
        obj = base.__new__(cls)
        if base is not object:
            base.__init__(obj, "hostile_module")
        kept.append(obj)
        sys.modules[name.lower()] = obj


def make_referenced(kept):
    """Weak references with callbacks, to objects that go on living."""
    obj = object.__new__(hostile("HostileReferent", object))
    kept.append([obj, weakref.ref(obj, TRAPS["__call__"]),
                 weakref.proxy(obj, TRAPS["__call__"])])
    reference = hostile("HostileReference", weakref.ref)
    kept.append(weakref.ref.__new__(reference, obj))


def make():
    """Everything hostile, made while the traps are not armed."""
    kept = []
    for base in (object, list, dict, set, frozenset, tuple, str, bytes, int, float,
                 bytearray, Exception):
        cls = hostile("Hostile_" + base.__name__, base)
        obj = base.__new__(cls)
        kept.append(fill(obj))
        dict.__setitem__(cls_dict, id(obj), obj)
    slotted = hostile("HostileSlots", object, __slots__=("first", "second"))
    obj = object.__new__(slotted)
    obj_slot = slotted.__dict__["first"]
    type(obj_slot).__set__(obj_slot, obj, [1])
    kept.append(obj)
    meta = hostile("HostileMeta", type)
    for base in (object, dict):
        kept.append(type.__new__(meta, "Made", (base,), {"x": 1}))
        kept.append(fill(base.__new__(kept[-1])))
    kept.append({("a", 1): kept[0], None: 2, 3.5: kept[1]})
    make_keys(kept)
    make_modules(kept)
    make_referenced(kept)
    return kept


cls_dict = {}


def function(argument):
    """A frame with hostile locals; calls back while it is running."""
    hostile_local = KEPT[0]
    return argument(hostile_local)


KEPT = make()
ARMED[0] = True


def finish():
    """What was called; disarms, so that the interpreter may end in peace."""
    ARMED[0] = False
    return sorted(set(CALLED))


atexit.register(finish)

if __name__ == "__main__":
    import memsee_dump
    function(lambda _: memsee_dump.dump(sys.argv[1]))
    sys.stdout.write("called: %s\n" % finish())
