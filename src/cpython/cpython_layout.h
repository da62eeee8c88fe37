/* SPDX-License-Identifier: MIT */
/* cpython_layout - where the fields of CPython's structures are, version by version.
 *
 * The numbers are offsets and sizes in bytes of 64-bit builds.  They come from the
 * headers of each version, by `cpython_offsets.c`, and from nowhere else; -1 says that a
 * version does not have the field.  CPython 3.13 and newer publish some of them in the
 * process itself (`_Py_DebugOffsets`); these are read from there, see cpython_find.h. */
#ifndef MEMSEE_CPYTHON_CPYTHON_LAYOUT_H
#define MEMSEE_CPYTHON_CPYTHON_LAYOUT_H

#include <stddef.h>

/* One line a field.  Names are those of CPython, behind the initial of the structure:
 * rt _PyRuntimeState, is PyInterpreterState, ts PyThreadState, if _PyInterpreterFrame,
 * fr PyFrameObject, co PyCodeObject, gi PyGenObject, dk PyDictKeysObject, ma
 * PyDictObject, tp PyTypeObject, ht PyHeapTypeObject, us the str objects, se
 * PySetObject, db _PyRemoteDebuggerSupport, fn PyFunctionObject, ex
 * PyBaseExceptionObject, me PyMethodObject. */
#define CPYTHON_FIELDS(X)                                                                \
	X(rt_interpreters)                                                               \
	X(rt_gc) /* 3.8: the collector belongs to the runtime */                         \
	X(is_next)                                                                       \
	X(is_threads)                                                                    \
	X(is_gc)                                                                         \
	X(is_modules)                                                                    \
	X(is_sysdict)                                                                    \
	X(is_builtins)                                                                   \
	X(gc_young) /* heads of the lists of tracked objects */                          \
	X(gc_middle)                                                                     \
	X(gc_old)                                                                        \
	X(gc_permanent)                                                                  \
	X(gc_collecting)                                                                 \
	X(ts_next)                                                                       \
	X(ts_frame)                                                                      \
	X(ts_native_id)                                                                  \
	X(ts_eval_breaker) /* 3.14: what a debugger asks the thread to run */            \
	X(ts_debugger)                                                                   \
	X(is_debugger_allowed)                                                           \
	X(db_pending)                                                                    \
	X(db_path)                                                                       \
	X(db_path_size)                                                                  \
	X(cframe_current) /* 3.11, 3.12: the thread points to a C frame */               \
	X(if_code)                                                                       \
	X(if_previous)                                                                   \
	X(if_function)                                                                   \
	X(if_globals)                                                                    \
	X(if_builtins)                                                                   \
	X(if_locals)                                                                     \
	X(if_object)                                                                     \
	X(if_stacktop)     /* an index */                                                \
	X(if_stackpointer) /* or an address */                                           \
	X(if_owner)                                                                      \
	X(if_localsplus)                                                                 \
	X(if_instruction)                                                                \
	X(fr_back)                                                                       \
	X(fr_frame) /* 3.11 and newer: the interpreter's frame */                        \
	X(fr_trace)                                                                      \
	X(fr_code) /* up to 3.10 the frame is all in the object */                       \
	X(fr_builtins)                                                                   \
	X(fr_globals)                                                                    \
	X(fr_locals)                                                                     \
	X(fr_valuestack)                                                                 \
	X(fr_stacktop)                                                                   \
	X(fr_stackdepth)                                                                 \
	X(fr_lasti)                                                                      \
	X(fr_localsplus)                                                                 \
	X(fr_extra_locals)                                                               \
	X(fr_locals_cache)                                                               \
	X(fr_data)                                                                       \
	X(co_nlocalsplus)                                                                \
	X(co_localsplusnames)                                                            \
	X(co_nlocals)                                                                    \
	X(co_stacksize)                                                                  \
	X(co_framesize)                                                                  \
	X(co_varnames)                                                                   \
	X(co_cellvars)                                                                   \
	X(co_freevars)                                                                   \
	X(co_nfreevars)                                                                  \
	X(co_code)                                                                       \
	X(co_code_adaptive)                                                              \
	X(co_consts)                                                                     \
	X(co_names)                                                                      \
	X(co_filename)                                                                   \
	X(co_name)                                                                       \
	X(co_qualname)                                                                   \
	X(co_linetable)                                                                  \
	X(co_exceptiontable)                                                             \
	X(co_firstlineno)                                                                \
	X(co_extra)                                                                      \
	X(co_cell2arg)                                                                   \
	X(co_opcache_map)                                                                \
	X(co_opcache_size)                                                               \
	X(gi_frame) /* up to 3.10, an object */                                          \
	X(gi_code)                                                                       \
	X(gi_iframe)                                                                     \
	X(gi_frame_state)                                                                \
	X(gi_cleared) /* a value of the state: no frame any more */                      \
	X(gi_name)                                                                       \
	X(gi_qualname)                                                                   \
	X(gi_exc_type)                                                                   \
	X(gi_exc_value)                                                                  \
	X(gi_exc_traceback)                                                              \
	X(gi_origin)                                                                     \
	X(ag_hooks)                                                                      \
	X(dk_size) /* up to 3.10; later the logarithms */                                \
	X(dk_log2_size)                                                                  \
	X(dk_log2_index)                                                                 \
	X(dk_kind)                                                                       \
	X(dk_usable)                                                                     \
	X(dk_nentries)                                                                   \
	X(dk_indices)                                                                    \
	X(dv_values)                                                                     \
	X(ma_used)                                                                       \
	X(ma_keys)                                                                       \
	X(ma_values)                                                                     \
	X(li_items)                                                                      \
	X(tu_items)                                                                      \
	X(mo_dict)                                                                       \
	X(mo_def)                                                                        \
	X(mo_state_size) /* 3.15; before, in what mo_def leads to */                     \
	X(mo_state)                                                                      \
	X(mo_name)                                                                       \
	X(tp_size)                                                                       \
	X(tp_name)                                                                       \
	X(tp_basicsize)                                                                  \
	X(tp_itemsize)                                                                   \
	X(tp_flags)                                                                      \
	X(tp_traverse)                                                                   \
	X(tp_weaklistoffset)                                                             \
	X(tp_members)                                                                    \
	X(tp_base)                                                                       \
	X(tp_dict)                                                                       \
	X(tp_dictoffset)                                                                 \
	X(tp_bases)                                                                      \
	X(tp_mro)                                                                        \
	X(tp_cache)                                                                      \
	X(ht_size)                                                                       \
	X(ht_cached_keys)                                                                \
	X(ht_module)                                                                     \
	X(us_length)                                                                     \
	X(us_state)                                                                      \
	X(us_interned_bits) /* of that field: masks */                                   \
	X(us_kind_bits)                                                                  \
	X(us_compact_bits)                                                               \
	X(us_ascii_bits)                                                                 \
	X(us_ascii_size)   /* where the characters of an ASCII str begin */              \
	X(us_compact_size) /* and of another compact one */                              \
	X(us_size)         /* of the others, whose characters are elsewhere */           \
	X(us_data)                                                                       \
	X(us_utf8)                                                                       \
	X(us_utf8_length)                                                                \
	X(se_used)                                                                       \
	X(se_mask)                                                                       \
	X(se_table)                                                                      \
	X(se_smalltable)                                                                 \
	X(fn_globals)                                                                    \
	X(fn_builtins)                                                                   \
	X(fn_name)                                                                       \
	X(fn_qualname)                                                                   \
	X(fn_code)                                                                       \
	X(fn_defaults)                                                                   \
	X(fn_kwdefaults)                                                                 \
	X(fn_closure)                                                                    \
	X(fn_doc)                                                                        \
	X(fn_dict)                                                                       \
	X(fn_module)                                                                     \
	X(fn_annotations)                                                                \
	X(fn_annotate)                                                                   \
	X(fn_typeparams)                                                                 \
	X(ex_dict)                                                                       \
	X(ex_args)                                                                       \
	X(ex_notes)                                                                      \
	X(ex_traceback)                                                                  \
	X(ex_context)                                                                    \
	X(ex_cause)

/* Published by the process: where in its table of offsets each of them is. */
#define CPYTHON_PUBLISHED(X)                                                             \
	X(rt_interpreters, runtime_state.interpreters_head)                              \
	X(is_next, interpreter_state.next)                                               \
	X(is_threads, interpreter_state.threads_head)                                    \
	X(is_gc, interpreter_state.gc)                                                   \
	X(is_modules, interpreter_state.imports_modules)                                 \
	X(is_sysdict, interpreter_state.sysdict)                                         \
	X(is_builtins, interpreter_state.builtins)                                       \
	X(gc_collecting, gc.collecting)                                                  \
	X(ts_next, thread_state.next)                                                    \
	X(ts_frame, thread_state.current_frame)                                          \
	X(ts_native_id, thread_state.native_thread_id)                                   \
	X(if_previous, interpreter_frame.previous)                                       \
	X(if_code, interpreter_frame.executable)                                         \
	X(if_instruction, interpreter_frame.instr_ptr)                                   \
	X(if_localsplus, interpreter_frame.localsplus)                                   \
	X(if_owner, interpreter_frame.owner)                                             \
	X(co_filename, code_object.filename)                                             \
	X(co_name, code_object.name)                                                     \
	X(co_qualname, code_object.qualname)                                             \
	X(co_linetable, code_object.linetable)                                           \
	X(co_firstlineno, code_object.firstlineno)                                       \
	X(co_localsplusnames, code_object.localsplusnames)                               \
	X(co_code_adaptive, code_object.co_code_adaptive)                                \
	X(ma_keys, dict_object.ma_keys)                                                  \
	X(ma_values, dict_object.ma_values)                                              \
	X(tp_name, type_object.tp_name)                                                  \
	X(tp_flags, type_object.tp_flags)                                                \
	X(us_state, unicode_object.state)                                                \
	X(us_length, unicode_object.length)                                              \
	X(us_ascii_size, unicode_object.asciiobject_size)

/* The same since 3.14: see PEP 768. */
#define CPYTHON_PUBLISHED_DEBUGGER(X)                                                    \
	X(ts_eval_breaker, debugger_support.eval_breaker)                                \
	X(ts_debugger, debugger_support.remote_debugger_support)                         \
	X(is_debugger_allowed, debugger_support.remote_debugging_enabled)                \
	X(db_pending, debugger_support.debugger_pending_call)                            \
	X(db_path, debugger_support.debugger_script_path)                                \
	X(db_path_size, debugger_support.debugger_script_path_size)

struct cpython_layout {
	int version;                            /* PY_VERSION_HEX >> 16: 0x30c is 3.12 */
	int debug_version, debug_free_threaded; /* in the published table; -1: none */
#define CPYTHON_FIELD(name) int name;
	CPYTHON_FIELDS(CPYTHON_FIELD)
#undef CPYTHON_FIELD
	struct {
#define CPYTHON_FIELD(name, at) int name;
		CPYTHON_PUBLISHED(CPYTHON_FIELD)
		CPYTHON_PUBLISHED_DEBUGGER(CPYTHON_FIELD)
#undef CPYTHON_FIELD
	} published; /* where in the table */
};

/* One for each version, oldest first. */
extern const struct cpython_layout cpython_layouts[];
extern const size_t cpython_layout_count;

#endif
