/* SPDX-License-Identifier: MIT */
#include "cpython/format_core.h"

#include "cpython/core.h"
#include "cpython/cpython.h"

bool format_core_recognise(const unsigned char *head, size_t len)
{
	return core_recognise(head, len);
}

bool format_core_read(struct dump_input *in, struct dump_sink *sink,
	const struct dump_options *options, struct error *err)
{
	const struct stream *s = dump_input_stream(in);
	struct core_bytes core = { .name = stream_name(s), .time = stream_time(s) };
	struct memory m;
	bool torn;
	if (!dump_input_map(in, &core.data, &core.size, err))
		return false;
	core.mapped = core.size > 0;
	memory_init(&m);
	bool ok = core_read(&m, &core, &torn, err) &&
		  memory_fill(&m, options->sysroot, err);
	struct error why = ERROR_INIT;
	if (ok && !cpython_read(&m, core.name, sink, &why))
		ok = error_set(err, why.status, "%s%s", why.message,
			torn ? "; the core breaks off" : "");
	if (ok && torn)
		ok = sink->torn(
			sink->data, "the core breaks off: objects are missing", err);
	/* Files that are missing matter only if a type has no name for it. */
	struct buffer problems = BUFFER_INIT;
	memory_problems(&m, false, &problems);
	if (ok && problems.len > 0)
		ok = sink->note(sink->data, buffer_text(&problems), err);
	buffer_fini(&problems);
	memory_rest(&m);
	memory_fini(&m);
	return ok;
}
