# SPDX-License-Identifier: MIT
"""Objects whose classes report every special method that is called.

A dump of this program must call none: CALLED stays empty."""
import sys

CALLED = []
ARMED = [False]

NAMES = """
__repr__ __str__ __bytes__ __format__ __hash__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__
__bool__ __nonzero__ __len__ __length_hint__ __getitem__ __setitem__ __delitem__ __missing__
__iter__ __next__ next __reversed__ __contains__ __call__ __sizeof__ __reduce__
__reduce_ex__ __getstate__ __dir__ __index__ __int__ __float__ __get__ __set__ __delete__
__getattr__ __getattribute__ __instancecheck__ __subclasscheck__ keys values items get
__enter__ __exit__ __del__ __copy__ __deepcopy__ __cmp__ __unicode__ __fspath__ __sub__
__add__ __coerce__ __await__ __aiter__ __anext__
""".split()


def trap(name):
    def method(*args, **kwargs):
        if ARMED[0]:
            CALLED.append(name)
            raise RuntimeError("called " + name)
        return object.__getattribute__(*args) if name == "__getattribute__" else 1
    return method


TRAPS = dict((name, trap(name)) for name in NAMES)


class Descriptor(object):
    """A property in all but name, met by whoever asks for an attribute."""


for name in ("__get__", "__set__", "__getattr__"):
    setattr(Descriptor, name, TRAPS[name])


def lie(self):
    if ARMED[0]:
        CALLED.append("__class__")
    return int


def hostile(name, base, **extra):
    space = dict(TRAPS)
    space.pop("__del__")
    space["value"] = Descriptor()
    space["__class__"] = property(lie)
    if base is type:
        for key in ("__call__", "__set__", "__get__"):
            space.pop(key)
    space.update(extra)
    return type(name, (base,), space)


def fill(obj):
    for i in range(5):
        try:
            object.__setattr__(obj, "attribute%d" % i, [i])
        except (AttributeError, TypeError):
            pass
    return obj


def make():
    """Everything hostile, made while the traps are not armed."""
    kept = []
    for base in (object, list, dict, set, frozenset, tuple, str, bytes, int, float,
                 bytearray, Exception):
        cls = hostile("Hostile_" + base.__name__, base)
        try:
            obj = base.__new__(cls)
        except Exception:
            continue
        kept.append(fill(obj))
        dict.__setitem__(cls_dict, id(obj), obj)
    slotted = hostile("HostileSlots", object, __slots__=("first", "second", "__weakref__"))
    obj = object.__new__(slotted)
    obj_slot = slotted.__dict__["first"]
    type(obj_slot).__set__(obj_slot, obj, [1])
    kept.append(obj)
    meta = hostile("HostileMeta", type)
    for base in (object, dict):
        kept.append(type.__new__(meta, "Made", (base,), {"x": 1}))
        kept.append(fill(base.__new__(kept[-1])))
    kept.append({("a", 1): kept[0], None: 2, 3.5: kept[1]})
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


if __name__ == "__main__":
    import memsee_dump
    function(lambda _: memsee_dump.dump(sys.argv[1]))
    sys.stdout.write("called: %s\n" % finish())
