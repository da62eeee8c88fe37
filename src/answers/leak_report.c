/* SPDX-License-Identifier: MIT */
#include "answers/leak_report.h"

#include "answers/compare_options.h"
#include "base/array.h"
#include "base/magnitude.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many leaks have sentences of their own; one names all the others. */
enum { LEAK_LINES = 10, LEAK_GENERATIONS_MAX = 1000 };

void leak_report_fini(struct leak_report *l)
{
	leak_list_fini(&l->leaks);
	baseline_fini(&l->known);
	free(l->num);
	*l = (struct leak_report){ 0 };
}

void leak_report_warn_stale(struct session *s, const struct baseline *b, const char *path)
{
	if (b->older > 0 && !s->settings->update_baseline)
		session_note(s,
			"'%s': %zu %s as an older memsee wrote %s; --update-baseline "
			"renews "
			"%s",
			path, b->older, b->older == 1 ? "signature is" : "signatures are",
			b->older == 1 ? "it" : "them", b->older == 1 ? "it" : "them");
	for (size_t i = 0; i < b->count; i++)
		if (!b->items[i].found)
			session_warn(s, "'%s': fixed, so the entry is stale: %s%s%s%s",
				path, b->items[i].signature,
				b->items[i].note == NULL ? "" : " (",
				b->items[i].note == NULL ? "" : b->items[i].note,
				b->items[i].note == NULL ? "" : ")");
}

bool leak_report_make(struct leak_report *l, struct session *s,
	const struct invocation *in, size_t first, struct error *err)
{
	struct compare_options o;
	struct leak_limits limits = LEAK_LIMITS_DEFAULT;
	*l = (struct leak_report){ 0 };
	bool ok = compare_options_read(&o, s, in, first, COMPARE_KNOWN, 0, err);
	if (ok && o.generations > LEAK_GENERATIONS_MAX)
		ok = error_set(err, STATUS_SCRIPT, "leaks over more than %d generations",
			LEAK_GENERATIONS_MAX);
	if (o.min_count >= 0)
		limits.count = o.min_count;
	if (o.min_bytes >= 0)
		limits.bytes = o.min_bytes;
	if (o.min_share >= 0)
		limits.share = o.min_share;
	l->num = o.num;
	l->generations = o.generations;
	l->known_path = o.known;
	ok = ok && compare_may(s, l->num, l->generations, err) &&
	     leaks_find(&l->leaks, s->db, l->num, l->generations, &limits, err);
	if (!ok || l->known_path == NULL)
		return ok;
	/* Ask the baseline about each leak, or update it. */
	bool update = s->settings->update_baseline;
	if (!session_may_know(s, l->known_path, err) ||
		!baseline_read(&l->known, l->known_path, update, err))
		return false;
	for (size_t i = 0; i < l->leaks.count; i++) {
		struct leak *leak = &l->leaks.items[i];
		leak->state = baseline_judge(&l->known, leak->signature, leak->growth);
		if (update &&
			!baseline_accept(&l->known, leak->signature, leak->growth, err))
			return false;
		if (update)
			leak->state = BASELINE_KNOWN;
		l->accepted += leak->state == BASELINE_KNOWN;
	}
	assert(l->accepted <= l->leaks.count);
	leak_report_warn_stale(s, &l->known, l->known_path);
	return !update ||
	       baseline_write(&l->known, s->settings->places, l->known_path, err);
}

size_t leak_report_failing(const struct leak_report *l)
{
	assert(l->accepted <= l->leaks.count);
	return l->leaks.count - l->accepted;
}

/* --- sentences ---------------------------------------------------------------------- */

void leak_report_put_title(struct buffer *out, const struct leak *leak)
{
	buffer_put_text(out, leak->class);
	if (leak->kind == LEAK_MIXED && leak->classes > 1)
		buffer_printf(out, " and %" PRIu32 " other class%s", leak->classes - 1,
			leak->classes == 2 ? "" : "es");
	if (leak->within != NULL)
		buffer_printf(out, " in %s", leak->within);
	if (leak->kind == LEAK_SIZE && leak->classes > 1)
		buffer_printf(out, " and %" PRIu32 " other%s", leak->classes - 1,
			leak->classes == 2 ? "" : "s");
}

static void leak_put_words(
	struct buffer *out, const struct leak_report *l, const struct leak *leak)
{
	leak_report_put_title(out, leak);
	buffer_printf(out, " %+" PRId64 "%s (", leak->growth,
		leak->items               ? " items"
		: leak->kind == LEAK_SIZE ? " bytes"
					  : "");
	for (size_t k = 0; k < l->generations; k++)
		buffer_printf(out, "%s%" PRId64, k == 0 ? "" : ", ", leak->series[k]);
	buffer_put_char(out, ')');
}

char *leak_report_words(const struct leak_report *l, const struct leak *leak)
{
	struct buffer out = BUFFER_INIT;
	leak_put_words(&out, l, leak);
	return buffer_take(&out);
}

/* Says a line and releases its buffer. */
static bool leak_say_buffer(struct session *s, struct buffer *line, struct error *err)
{
	bool ok = line->failed ? error_nomem(err)
			       : session_say(s, err, "%s", buffer_text(line));
	buffer_fini(line);
	return ok;
}

/* The leak, its verdict ("monotonic, 41020 bytes with all that hangs on it"), and how it
 * is held. */
static bool leak_say_one(const struct leak_report *l, struct session *s,
	const struct leak *leak, struct error *err)
{
	struct buffer out = BUFFER_INIT;
	leak_put_words(&out, l, leak);
	buffer_printf(&out, ": %s",
		leak->state == BASELINE_NEW ? trend_name(leak->trend)
					    : baseline_state_name(leak->state));
	if (leak->kind == LEAK_MIXED)
		buffer_printf(&out, ", %s%" PRId64 " each",
			leak->growth % leak->classes == 0 ? "" : "about ",
			leak->growth / leak->classes);
	/* Not for what the links of a chain only hold. */
	size_t len = strlen(leak->signature);
	bool links = len > 0 && (leak->signature[len - 1] == '*' ||
					strstr(leak->signature, "…") != NULL);
	if (leak->kind == LEAK_CHAIN && links)
		buffer_put_text(&out, ", each held by another");
	if (leak->kind == LEAK_REFERENCES)
		buffer_put_text(&out, " references to what was there before");
	if (leak->items)
		buffer_printf(&out, ", %" PRId64 " bytes", leak->bytes);
	else if (leak->kind != LEAK_SIZE && leak->bytes != 0)
		buffer_printf(&out, ", %" PRId64 " bytes with all that hangs on it",
			leak->bytes);
	bool ok = leak_say_buffer(s, &out, err);
	if (leak->garbage)
		return ok && session_say(s, err,
				     "held by nothing: garbage that waits for the cycle "
				     "collector, which %s",
				     l->leaks.after.collector == 0 ? "is off"
				     : l->leaks.after.collector > 0
					     ? "comes too late"
					     : "is off or comes too late");
	static const char no_root[] = "(no root)";
	bool held = strncmp(leak->signature, no_root, sizeof no_root - 1) != 0;
	return ok && session_say(s, err, "%s%s%sheld by %s",
			     leak->site == NULL ? "" : "allocated at ",
			     leak->site == NULL ? "" : leak->site,
			     leak->site == NULL ? "" : ", ",
			     held ? leak->signature : "nothing in the dump");
}

bool leak_report_say(const struct leak_report *l, struct session *s, struct error *err)
{
	const struct process_weight *before = &l->leaks.before, *after = &l->leaks.after;
	size_t failing = leak_report_failing(l), said = 0, others = 0;
	struct buffer out = BUFFER_INIT;
	bool ok = true;
	/* Memory outside of objects: nothing below can explain it. */
	if (process_outgrows(before, after)) {
		char process[MAGNITUDE_MAX], objects[MAGNITUDE_MAX];
		magnitude_count(process, after->process - before->process);
		magnitude_count(objects, after->objects - before->objects);
		buffer_printf(&out,
			"Warning: the process grew by %s bytes, its objects by %s. Most "
			"of the growth is not in objects of the dumps: it is memory of C "
			"code, of threads, or lost between objects.",
			process, objects);
		ok = leak_say_buffer(s, &out, err);
	}
	if (ok && !l->leaks.identity)
		ok = session_say(s, err,
			"Note: the dumps are of different processes, or of a runtime "
			"that moves its objects. Places were compared by their "
			"numbers, and no object was followed.");
	if (ok)
		ok = failing == 0
			     ? session_say(s, err, "No leak%s in %zu dumps.",
				       l->accepted > 0 ? " that is not known" : "",
				       l->generations)
			     : session_say(s, err, "%zu leak%s in %zu dumps:", failing,
				       failing == 1 ? "" : "s", l->generations);
	size_t i = 0;
	for (; ok && i < l->leaks.count && said < LEAK_LINES; i++) {
		const struct leak *leak = &l->leaks.items[i];
		if (leak->state == BASELINE_KNOWN)
			continue;
		ok = leak_say_one(l, s, leak, err);
		said++;
	}
	if (!ok || failing <= said)
		return ok;
	/* "and 2 more: LogRecord +400 (100, 300, 500), Row +60 (0, 30, 60)" */
	buffer_printf(&out, "and %zu more: ", failing - said);
	for (; i < l->leaks.count; i++)
		if (l->leaks.items[i].state != BASELINE_KNOWN) {
			buffer_put_text(&out, others++ == 0 ? "" : ", ");
			leak_put_words(&out, l, &l->leaks.items[i]);
		}
	assert(said + others == failing);
	return leak_say_buffer(s, &out, err);
}

/* --- rows --------------------------------------------------------------------------- */

struct result *leak_report_rows(
	const struct leak_report *l, bool failing, struct error *err)
{
	static const char *const before[] = { "class", "state", "verdict", "growth",
		NULL };
	static const char *const after[] = { "bytes_growth", "module", "signature",
		"address", NULL };
	static const char *const sited[] = { "bytes_growth", "module", "signature",
		"address", "allocated", NULL };
	bool sites = false;
	for (size_t i = 0; i < l->leaks.count; i++)
		sites = sites || l->leaks.items[i].site != NULL;
	struct result *r = compare_new_result(
		before, l->num, l->generations, sites ? sited : after, err);
	struct cell *cells =
		r == NULL ? NULL : array_new((size_t)r->columns, sizeof *cells);
	bool ok = r != NULL && (cells != NULL || error_nomem(err));
	for (size_t i = 0; ok && i < l->leaks.count; i++) {
		const struct leak *leak = &l->leaks.items[i];
		size_t n = 0;
		if (failing && leak->state == BASELINE_KNOWN)
			continue;
		cells[n++] = cell_text(leak->class);
		cells[n++] = cell_text(baseline_state_name(leak->state));
		cells[n++] = cell_text(trend_name(leak->trend));
		cells[n++] = cell_integer(leak->growth);
		for (size_t k = 0; k < l->generations; k++)
			cells[n++] = cell_integer(leak->series[k]);
		cells[n++] = cell_integer(leak->bytes);
		cells[n++] = cell_text(leak->module);
		cells[n++] = cell_text(leak->signature);
		cells[n++] = cell_integer(leak->example);
		if (sites)
			cells[n++] = cell_text(leak->site);
		assert(n == (size_t)r->columns);
		ok = result_push(r, cells, err);
	}
	free(cells);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}
