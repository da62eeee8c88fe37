/* SPDX-License-Identifier: MIT */
/* Prints one row of cpython_offsets.inc: the layout of the CPython whose headers it is
 * compiled with.  It is not part of memsee; `make offsets PYTHONS="…"` runs it once per
 * version.  This file knows which fields a version has, the compiler their offsets. */
#define Py_BUILD_CORE 1
#include <Python.h>

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cpython/cpython_layout.h"

#if PY_VERSION_HEX >= 0x03090000
#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_runtime.h>
#else
#include <internal/pycore_pystate.h>
#endif
#if PY_VERSION_HEX >= 0x030b0000
#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#else
#include <frameobject.h>
#endif
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_debug_offsets.h>
#include <internal/pycore_genobject.h>
#include <internal/pycore_interp_structs.h>
#include <internal/pycore_interpframe_structs.h>
#endif

#define SINCE(minor) (PY_VERSION_HEX >= (0x03000000 | (minor) << 16))

static void row(const char *name, long value)
{
	printf("\t\t.%s = %ld,\n", name, value);
}

#define AT(name, type, field) row(#name, (long)offsetof(type, field))
#define NONE(name) row(#name, -1)

static void runtime(void)
{
	AT(rt_interpreters, _PyRuntimeState, interpreters.head);
	AT(is_next, PyInterpreterState, next);
	AT(is_sysdict, PyInterpreterState, sysdict);
	AT(is_builtins, PyInterpreterState, builtins);
#if SINCE(9)
	NONE(rt_gc);
	AT(is_gc, PyInterpreterState, gc);
#else
	AT(rt_gc, _PyRuntimeState, gc);
	NONE(is_gc);
#endif
#if SINCE(11)
	AT(is_threads, PyInterpreterState, threads.head);
#else
	AT(is_threads, PyInterpreterState, tstate_head);
#endif
#if SINCE(12)
	AT(is_modules, PyInterpreterState, imports.modules);
#else
	AT(is_modules, PyInterpreterState, modules);
#endif
#ifdef MEMSEE_INCREMENTAL /* the collector of some 3.14 keeps two old lists */
	AT(gc_young, struct _gc_runtime_state, young.head);
	AT(gc_middle, struct _gc_runtime_state, old[0].head);
	AT(gc_old, struct _gc_runtime_state, old[1].head);
#else
	AT(gc_young, struct _gc_runtime_state, generations[0].head);
	AT(gc_middle, struct _gc_runtime_state, generations[1].head);
	AT(gc_old, struct _gc_runtime_state, generations[2].head);
#endif
	AT(gc_permanent, struct _gc_runtime_state, permanent_generation.head);
	AT(gc_collecting, struct _gc_runtime_state, collecting);
	AT(ts_next, PyThreadState, next);
#if SINCE(11)
	AT(ts_native_id, PyThreadState, native_thread_id);
#else
	NONE(ts_native_id);
#endif
#if SINCE(14)
	AT(ts_eval_breaker, PyThreadState, eval_breaker);
	AT(ts_debugger, PyThreadState, remote_debugger_support);
	AT(is_debugger_allowed, PyInterpreterState, config.remote_debug);
	AT(db_pending, _PyRemoteDebuggerSupport, debugger_pending_call);
	AT(db_path, _PyRemoteDebuggerSupport, debugger_script_path);
	row("db_path_size", _Py_MAX_SCRIPT_PATH_SIZE);
#else
	NONE(ts_eval_breaker);
	NONE(ts_debugger);
	NONE(is_debugger_allowed);
	NONE(db_pending);
	NONE(db_path);
	NONE(db_path_size);
#endif
#if SINCE(13)
	AT(ts_frame, PyThreadState, current_frame);
	NONE(cframe_current);
#elif SINCE(11)
	AT(ts_frame, PyThreadState, cframe);
	AT(cframe_current, _PyCFrame, current_frame);
#else
	AT(ts_frame, PyThreadState, frame);
	NONE(cframe_current);
#endif
}

static void frames(void)
{
	AT(fr_back, PyFrameObject, f_back);
	AT(fr_trace, PyFrameObject, f_trace);
#if SINCE(11)
	typedef struct _PyInterpreterFrame iframe;
#if SINCE(13)
	AT(if_code, iframe, f_executable);
	AT(if_instruction, iframe, instr_ptr);
	AT(fr_extra_locals, PyFrameObject, f_extra_locals);
	AT(fr_locals_cache, PyFrameObject, f_locals_cache);
#else
	AT(if_code, iframe, f_code);
	AT(if_instruction, iframe, prev_instr);
	NONE(fr_extra_locals);
	NONE(fr_locals_cache);
#endif
#if SINCE(12)
	AT(if_function, iframe, f_funcobj);
#else
	AT(if_function, iframe, f_func);
#endif
#if SINCE(14)
	NONE(if_stacktop);
	AT(if_stackpointer, iframe, stackpointer);
#else
	AT(if_stacktop, iframe, stacktop);
	NONE(if_stackpointer);
#endif
	AT(if_previous, iframe, previous);
	AT(if_globals, iframe, f_globals);
	AT(if_builtins, iframe, f_builtins);
	AT(if_locals, iframe, f_locals);
	AT(if_object, iframe, frame_obj);
	AT(if_owner, iframe, owner);
	AT(if_localsplus, iframe, localsplus);
	AT(fr_frame, PyFrameObject, f_frame);
	AT(fr_data, PyFrameObject, _f_frame_data);
	NONE(fr_code);
	NONE(fr_builtins);
	NONE(fr_globals);
	NONE(fr_locals);
	NONE(fr_valuestack);
	NONE(fr_stacktop);
	NONE(fr_stackdepth);
	NONE(fr_lasti);
	NONE(fr_localsplus);
#else
	NONE(if_code);
	NONE(if_instruction);
	NONE(if_function);
	NONE(if_stacktop);
	NONE(if_stackpointer);
	NONE(if_previous);
	NONE(if_globals);
	NONE(if_builtins);
	NONE(if_locals);
	NONE(if_object);
	NONE(if_owner);
	NONE(if_localsplus);
	NONE(fr_frame);
	NONE(fr_data);
	NONE(fr_extra_locals);
	NONE(fr_locals_cache);
	AT(fr_code, PyFrameObject, f_code);
	AT(fr_builtins, PyFrameObject, f_builtins);
	AT(fr_globals, PyFrameObject, f_globals);
	AT(fr_locals, PyFrameObject, f_locals);
	AT(fr_valuestack, PyFrameObject, f_valuestack);
#if SINCE(10)
	NONE(fr_stacktop);
	AT(fr_stackdepth, PyFrameObject, f_stackdepth);
#else
	AT(fr_stacktop, PyFrameObject, f_stacktop);
	NONE(fr_stackdepth);
#endif
	AT(fr_lasti, PyFrameObject, f_lasti);
	AT(fr_localsplus, PyFrameObject, f_localsplus);
#endif
}

static void code(void)
{
	AT(co_stacksize, PyCodeObject, co_stacksize);
	AT(co_consts, PyCodeObject, co_consts);
	AT(co_names, PyCodeObject, co_names);
	AT(co_filename, PyCodeObject, co_filename);
	AT(co_name, PyCodeObject, co_name);
	AT(co_firstlineno, PyCodeObject, co_firstlineno);
	AT(co_extra, PyCodeObject, co_extra);
#if SINCE(10)
	AT(co_linetable, PyCodeObject, co_linetable);
#else
	AT(co_linetable, PyCodeObject, co_lnotab);
#endif
#if SINCE(11)
	AT(co_nlocals, PyCodeObject, co_nlocals);
	AT(co_nlocalsplus, PyCodeObject, co_nlocalsplus);
	AT(co_localsplusnames, PyCodeObject, co_localsplusnames);
	AT(co_nfreevars, PyCodeObject, co_nfreevars);
	AT(co_qualname, PyCodeObject, co_qualname);
	AT(co_exceptiontable, PyCodeObject, co_exceptiontable);
	AT(co_code_adaptive, PyCodeObject, co_code_adaptive);
	NONE(co_varnames);
	NONE(co_cellvars);
	NONE(co_freevars);
	NONE(co_code);
	NONE(co_cell2arg);
	NONE(co_opcache_map);
	NONE(co_opcache_size);
#else
	AT(co_nlocals, PyCodeObject, co_nlocals);
	NONE(co_nlocalsplus);
	NONE(co_localsplusnames);
	NONE(co_nfreevars);
	NONE(co_qualname);
	NONE(co_exceptiontable);
	NONE(co_code_adaptive);
	AT(co_varnames, PyCodeObject, co_varnames);
	AT(co_cellvars, PyCodeObject, co_cellvars);
	AT(co_freevars, PyCodeObject, co_freevars);
	AT(co_code, PyCodeObject, co_code);
	AT(co_cell2arg, PyCodeObject, co_cell2arg);
	AT(co_opcache_map, PyCodeObject, co_opcache_map);
	AT(co_opcache_size, PyCodeObject, co_opcache_size);
#endif
#if SINCE(12)
	AT(co_framesize, PyCodeObject, co_framesize);
#else
	NONE(co_framesize);
#endif
}

/* Structures that no header has: Objects/moduleobject.c, Objects/dict-common.h. */
#if SINCE(10)
#include <internal/pycore_moduleobject.h>
#else
typedef struct {
	PyObject_HEAD PyObject *md_dict;
	struct PyModuleDef *md_def;
	void *md_state;
	PyObject *md_weaklist;
	PyObject *md_name;
} PyModuleObject;
#endif

#if !SINCE(11)
struct _dictkeysobject {
	Py_ssize_t dk_refcnt;
	Py_ssize_t dk_size;
	void *dk_lookup;
	Py_ssize_t dk_usable;
	Py_ssize_t dk_nentries;
	char dk_indices[];
};
#endif

/* A bit field has no offset.  Setting all of it shows its bits. */
#define BITS(name, field)                                                                \
	do {                                                                             \
		PyASCIIObject str = { 0 };                                               \
		unsigned bits;                                                           \
		str.state.field = ~0;                                                    \
		memcpy(&bits, &str.state, sizeof bits);                                  \
		row(#name, (long)bits);                                                  \
	} while (0)

static void containers(void)
{
	typedef struct _dictkeysobject keys;
#if SINCE(11)
	NONE(dk_size);
	AT(dk_log2_size, keys, dk_log2_size);
	AT(dk_log2_index, keys, dk_log2_index_bytes);
	AT(dk_kind, keys, dk_kind);
	AT(dv_values, PyDictValues, values);
#else
	AT(dk_size, keys, dk_size);
	NONE(dk_log2_size);
	NONE(dk_log2_index);
	NONE(dk_kind);
	row("dv_values", 0);
#endif
	AT(dk_usable, keys, dk_usable);
	AT(dk_nentries, keys, dk_nentries);
	AT(dk_indices, keys, dk_indices);
	AT(ma_used, PyDictObject, ma_used);
	AT(ma_keys, PyDictObject, ma_keys);
	AT(ma_values, PyDictObject, ma_values);
	AT(li_items, PyListObject, ob_item);
	AT(tu_items, PyTupleObject, ob_item);
	AT(mo_dict, PyModuleObject, md_dict);
#if SINCE(15)
	NONE(mo_def);
	AT(mo_state_size, PyModuleObject, md_state_size);
#else
	AT(mo_def, PyModuleObject, md_def);
	NONE(mo_state_size);
#endif
	AT(mo_state, PyModuleObject, md_state);
	AT(mo_name, PyModuleObject, md_name);
	AT(se_used, PySetObject, used);
	AT(se_mask, PySetObject, mask);
	AT(se_table, PySetObject, table);
	AT(se_smalltable, PySetObject, smalltable);
	AT(us_length, PyASCIIObject, length);
	AT(us_state, PyASCIIObject, state);
	BITS(us_interned_bits, interned);
	BITS(us_kind_bits, kind);
	BITS(us_compact_bits, compact);
	BITS(us_ascii_bits, ascii);
	row("us_ascii_size", sizeof(PyASCIIObject));
	row("us_compact_size", sizeof(PyCompactUnicodeObject));
	row("us_size", sizeof(PyUnicodeObject));
	AT(us_data, PyUnicodeObject, data);
	AT(us_utf8, PyCompactUnicodeObject, utf8);
	AT(us_utf8_length, PyCompactUnicodeObject, utf8_length);
}

static void functions(void)
{
	AT(fn_globals, PyFunctionObject, func_globals);
#if SINCE(10)
	AT(fn_builtins, PyFunctionObject, func_builtins);
#else
	NONE(fn_builtins);
#endif
	AT(fn_name, PyFunctionObject, func_name);
	AT(fn_qualname, PyFunctionObject, func_qualname);
	AT(fn_code, PyFunctionObject, func_code);
	AT(fn_defaults, PyFunctionObject, func_defaults);
	AT(fn_kwdefaults, PyFunctionObject, func_kwdefaults);
	AT(fn_closure, PyFunctionObject, func_closure);
	AT(fn_doc, PyFunctionObject, func_doc);
	AT(fn_dict, PyFunctionObject, func_dict);
	AT(fn_module, PyFunctionObject, func_module);
	AT(fn_annotations, PyFunctionObject, func_annotations);
#if SINCE(14)
	AT(fn_annotate, PyFunctionObject, func_annotate);
#else
	NONE(fn_annotate);
#endif
#if SINCE(12)
	AT(fn_typeparams, PyFunctionObject, func_typeparams);
#else
	NONE(fn_typeparams);
#endif
	AT(ex_dict, PyBaseExceptionObject, dict);
	AT(ex_args, PyBaseExceptionObject, args);
#if SINCE(11)
	AT(ex_notes, PyBaseExceptionObject, notes);
#else
	NONE(ex_notes);
#endif
	AT(ex_traceback, PyBaseExceptionObject, traceback);
	AT(ex_context, PyBaseExceptionObject, context);
	AT(ex_cause, PyBaseExceptionObject, cause);
}

int main(void)
{
	printf("\t{ /* %s */\n\t\t.version = 0x%x,\n", PY_VERSION, PY_VERSION_HEX >> 16);
	runtime();
	frames();
	code();
	AT(gi_name, PyGenObject, gi_name);
	AT(gi_qualname, PyGenObject, gi_qualname);
	AT(gi_exc_value, PyGenObject, gi_exc_state.exc_value);
#if SINCE(11)
	NONE(gi_exc_type);
	NONE(gi_exc_traceback);
	NONE(gi_frame);
#if SINCE(12)
	NONE(gi_code);
#else
	AT(gi_code, PyGenObject, gi_code);
#endif
	AT(gi_iframe, PyGenObject, gi_iframe);
	AT(gi_frame_state, PyGenObject, gi_frame_state);
	row("gi_cleared", FRAME_CLEARED);
	AT(gi_origin, PyCoroObject, cr_origin_or_finalizer);
	AT(ag_hooks, PyAsyncGenObject, ag_origin_or_finalizer);
#else
	AT(gi_exc_type, PyGenObject, gi_exc_state.exc_type);
	AT(gi_exc_traceback, PyGenObject, gi_exc_state.exc_traceback);
	AT(gi_frame, PyGenObject, gi_frame);
	AT(gi_code, PyGenObject, gi_code);
	NONE(gi_iframe);
	NONE(gi_frame_state);
	NONE(gi_cleared);
	AT(gi_origin, PyCoroObject, cr_origin);
	AT(ag_hooks, PyAsyncGenObject, ag_finalizer);
#endif
	containers();
	row("tp_size", sizeof(PyTypeObject));
	AT(tp_name, PyTypeObject, tp_name);
	AT(tp_basicsize, PyTypeObject, tp_basicsize);
	AT(tp_itemsize, PyTypeObject, tp_itemsize);
	AT(tp_flags, PyTypeObject, tp_flags);
	AT(tp_traverse, PyTypeObject, tp_traverse);
	AT(tp_weaklistoffset, PyTypeObject, tp_weaklistoffset);
	AT(tp_members, PyTypeObject, tp_members);
	AT(tp_base, PyTypeObject, tp_base);
	AT(tp_dict, PyTypeObject, tp_dict);
	AT(tp_dictoffset, PyTypeObject, tp_dictoffset);
	AT(tp_bases, PyTypeObject, tp_bases);
	AT(tp_mro, PyTypeObject, tp_mro);
	AT(tp_cache, PyTypeObject, tp_cache);
	row("ht_size", sizeof(PyHeapTypeObject));
	AT(ht_cached_keys, PyHeapTypeObject, ht_cached_keys);
#if SINCE(9)
	AT(ht_module, PyHeapTypeObject, ht_module);
#else
	NONE(ht_module);
#endif
	functions();
#if SINCE(13)
	AT(debug_version, _Py_DebugOffsets, version);
	AT(debug_free_threaded, _Py_DebugOffsets, free_threaded);
	puts("\t\t.published = {");
#define AT_FIELD(name, field) AT(name, _Py_DebugOffsets, field);
	CPYTHON_PUBLISHED(AT_FIELD)
#if SINCE(14)
	CPYTHON_PUBLISHED_DEBUGGER(AT_FIELD)
#endif
	puts("\t\t},");
#else
	NONE(debug_version);
	NONE(debug_free_threaded);
#endif
	puts("\t},");
	return 0;
}
