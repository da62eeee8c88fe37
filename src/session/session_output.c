/* SPDX-License-Identifier: MIT */
/* The part of a session that decides where results go. */
#include "base/array.h"
#include "session/picture.h"
#include "session/session.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens a place and adds it behind the others. */
static struct target *session_open_target(
	struct session *s, const char *spec, struct error *err)
{
	if (!array_reserve(&s->targets, &s->target_cap, s->target_count + 1,
		    sizeof *s->targets)) {
		error_nomem(err);
		return NULL;
	}
	struct target *t = target_open(
		s->settings->places, spec, s->settings->format, &s->look, err);
	/* Two targets in one folder would undo each other. */
	for (size_t i = 0; t != NULL && i < s->target_count; i++)
		if (target_shares_folder(s->targets[i], t)) {
			error_set(err, STATUS_SCRIPT,
				"'%s' and '%s' would write to the same place",
				target_spec(s->targets[i]), target_spec(t));
			target_discard(t);
			t = NULL;
		}
	if (t == NULL)
		return NULL;
	s->targets[s->target_count++] = t;
	/* What Graphviz draws, documents show. */
	s->look.pictured |= s->look.dot != NULL && target_format(t) == &writer_dot;
	return t;
}

bool session_add_target(struct session *s, const char *spec, struct error *err)
{
	if (session_open_target(s, spec, err) == NULL)
		return false;
	s->fixed_targets = s->target_count;
	return true;
}

bool session_add_pictures(struct session *s, struct error *err)
{
	char *spec = NULL;
	bool ok = true;
	for (size_t i = 0; i < s->fixed_targets && s->pictures == NULL; i++)
		if (target_format(s->targets[i]) == &writer_svg &&
			target_has_files(s->targets[i]))
			s->pictures = s->targets[i];
	for (size_t i = 0; ok && i < s->fixed_targets && spec == NULL; i++) {
		spec = target_pictures(s->targets[i], err);
		ok = spec != NULL || err->status == STATUS_OK;
	}
	if (ok && spec != NULL && s->pictures == NULL) {
		ok = session_add_target(s, spec, err);
		s->pictures = ok ? s->targets[s->target_count - 1] : NULL;
		/* Nobody asked for the folder itself. */
		if (ok)
			target_set_fleeting(s->pictures);
	}
	free(spec);
	s->look.pictured |= s->pictures != NULL;
	return ok;
}

bool session_set_output(struct session *s, const char *spec, struct error *err)
{
	if (spec == NULL) {
		s->current = NULL;
		return true;
	}
	for (size_t i = 0; i < s->target_count; i++)
		if (strcmp(target_spec(s->targets[i]), spec) == 0) {
			s->current = i < s->fixed_targets ? NULL : s->targets[i];
			return true;
		}
	struct target *t = session_open_target(s, spec, err);
	if (t != NULL)
		s->current = t;
	return t != NULL;
}

bool session_finish(struct session *s)
{
	bool ok = true;
	for (size_t i = 0; i < s->target_count; i++) {
		struct error err = ERROR_INIT;
		size_t plots = target_plots_left_out(s->targets[i]);
		if (plots > 0)
			session_note(s,
				"%s leaves out %zu picture%s; -o FILE.html shows %s",
				target_spec(s->targets[i]), plots, plots == 1 ? "" : "s",
				plots == 1 ? "it" : "them");
		if (!target_close(s->targets[i], &err)) {
			session_fail(s, &err);
			ok = false;
		}
	}
	assert(s->fixed_targets <= s->target_count);
	s->target_count = s->fixed_targets = 0;
	s->current = NULL;
	return ok;
}

/* Target `i` of those that results go to now, or NULL behind the last. */
static struct target *session_target(const struct session *s, size_t i)
{
	assert(s->fixed_targets <= s->target_count);
	if (i < s->fixed_targets)
		return s->targets[i];
	return i == s->fixed_targets ? s->current : NULL;
}

/* Gives the result its caption and, when something will show it, its drawing. */
static bool session_dress(struct session *s, struct result *r, struct error *err)
{
	if (r->caption == NULL) {
		r->caption = s->caption;
		s->caption = NULL;
	}
	bool draws = false;
	struct target *t;
	for (size_t i = 0; (t = session_target(s, i)) != NULL; i++)
		draws |= target_format(t)->draws;
	if (r->drawing != NULL || !draws || s->db == NULL)
		return true;
	return picture_of_objects(&s->held, r, err);
}

void session_drop_section(struct session *s)
{
	for (size_t i = 0; i < s->waiting_count; i++)
		free(s->waiting[i].text);
	assert(s->waiting_count <= s->waiting_cap);
	s->waiting_count = 0;
	s->in_section = false;
}

/* Writes the heading and the paragraphs that waited for the first content of their
 * section. */
static bool session_open_section(struct session *s, struct error *err)
{
	struct target *t;
	bool ok = true;
	for (size_t k = 0; ok && k < s->waiting_count; k++)
		for (size_t i = 0; ok && (t = session_target(s, i)) != NULL; i++)
			ok = s->waiting[k].title
				     ? target_title(t, s->waiting[k].text, err)
				     : target_text(t, s->waiting[k].text, err);
	session_drop_section(s);
	return ok;
}

static bool session_wait(
	struct session *s, bool title, const char *text, struct error *err)
{
	struct session_waiting waiting = { title, strdup(text) };
	if (waiting.text == NULL || !array_reserve(&s->waiting, &s->waiting_cap,
					    s->waiting_count + 1, sizeof *s->waiting)) {
		free(waiting.text);
		return error_nomem(err);
	}
	s->waiting[s->waiting_count++] = waiting;
	return true;
}

bool session_write(struct session *s, const struct result *r, struct error *err)
{
	struct target *t;
	/* In a report that people read, `hide` leaves a result out, `otherwise` replaces
	 * one without rows, or it has nothing to show in its section.  Other formats have
	 * its columns anyway. */
	bool empty = r->rows == 0 && (r->drawing == NULL || r->drawing->node_count == 0);
	bool hidden = s->hide || (empty && (s->otherwise != NULL || s->in_section));
	const char *instead = s->hide ? NULL : s->otherwise;
	s->hide = false;
	bool ok = (hidden && instead == NULL) || session_open_section(s, err);
	for (size_t i = 0; ok && (t = session_target(s, i)) != NULL; i++) {
		const char *note = NULL;
		if (r->aside && target_format(t) == &writer_csv)
			continue;
		if (!hidden || target_format(t)->text == NULL)
			ok = target_result(t, r, &note, err);
		else if (instead != NULL)
			ok = target_text(t, instead, err);
		if (ok && !hidden && note != NULL)
			session_note(s, "%s leaves out result #%d: %s", target_spec(t),
				r->number, note);
	}
	if (!ok || hidden || !s->look.pictured || r->drawing == NULL ||
		r->drawing->edge_count == 0)
		return ok;
	/* With --render, documents show the picture that one of the targets will be drawn
	 * into, where it has more than objects without references; else one of ours.
	 */
	char *picture = NULL;
	for (size_t i = 0; picture == NULL && (t = session_target(s, i)) != NULL; i++)
		picture = target_picture(t, err);
	if (picture == NULL && s->pictures != NULL) {
		const char *caption =
			r->caption == NULL ? "What refers to what" : r->caption;
		const struct plot own = { .kind = PLOT_CHAIN,
			.caption = (char *)caption,
			.drawing = r->drawing };
		ok = target_plot(s->pictures, &own, err);
		picture = ok ? target_plot_file(s->pictures, err) : NULL;
	}
	if (s->pictures != NULL && picture != NULL)
		s->pictured = r->drawing;
	for (size_t i = 0; ok && picture != NULL && (t = session_target(s, i)) != NULL;
		i++)
		ok = target_show(t, picture, r->caption, err);
	free(picture);
	return ok;
}

bool session_emit(struct session *s, struct result *r, struct error *err)
{
	assert(r != NULL);
	if (!array_reserve(&s->results, &s->result_cap, s->result_count + 1,
		    sizeof *s->results)) {
		result_free(r);
		return error_nomem(err);
	}
	assert(s->result_count < INT_MAX);
	r->number = (int)s->result_count;
	s->results[s->result_count++] = (struct session_result){ .result = r };
	/* What a hidden result says without rows is for the one that is shown. */
	bool hide = s->hide;
	bool ok = session_dress(s, r, err) && session_write(s, r, err);
	if (hide)
		return ok;
	free(s->otherwise);
	s->otherwise = NULL;
	return ok;
}

bool session_answer(struct session *s, bool ok, struct result *r, struct error *err)
{
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

bool session_show(struct session *s, struct result *r, struct error *err)
{
	bool ok = session_dress(s, r, err) && session_write(s, r, err);
	result_free(r);
	return ok;
}

bool session_plot(struct session *s, const struct plot *p, struct error *err)
{
	struct target *t;
	char *file = NULL;
	bool ok = true, shown = p->drawing != NULL && p->drawing == s->pictured;
	/* A picture of objects may be the first that its section shows. */
	if (p->drawing != NULL && p->drawing->node_count > 0)
		ok = session_open_section(s, err);
	for (size_t i = 0; ok && (t = session_target(s, i)) != NULL; i++) {
		/* A drawing that a folder has already needs no second file. */
		if (target_format(t) != &writer_svg || (shown && t == s->pictures))
			continue;
		size_t before = target_plots_left_out(t);
		ok = target_plot(t, p, err);
		free(file);
		file = target_plots_left_out(t) == before ? target_plot_file(t, err)
							  : NULL;
	}
	for (size_t i = 0; ok && (t = session_target(s, i)) != NULL; i++) {
		if (target_format(t) == &writer_svg ||
			(shown && target_format(t) == &writer_markdown))
			continue;
		ok = file != NULL && target_format(t) == &writer_markdown
			     ? target_show(t, file, p->caption, err)
			     : target_plot(t, p, err);
	}
	free(file);
	return ok;
}

bool session_tell_facts(struct session *s, struct error *err)
{
	static const char *const columns[] = { "fact", "now", "was", "bytes" };
	static const char *const facts[][2] = { { "Heap", "size" },
		{ "Objects", "objects" }, { "Process", "rss" } };
	int64_t gens[2] = { 0 }, count = 0;
	char *name = NULL, *first = NULL, *span = NULL, *runtime = NULL, *version = NULL;
	bool wanted = false;
	for (size_t i = 0; i < s->target_count; i++)
		wanted = wanted || target_format(s->targets[i])->facts != NULL;
	if (!wanted || s->db == NULL)
		return true;
	struct error nothing = ERROR_INIT;
	if (!generation_current(s->db, &gens[1], &nothing) ||
		gens[1] == GENERATION_NONE ||
		!db_integer(s->db, &gens[0], gens[1], &nothing,
			"select min(gen) from read_log") ||
		!db_integer(s->db, &count, 1, &nothing,
			"select count(distinct gen) from read_log"))
		return true; /* the tables are not those of memsee: there are no facts */
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = r != NULL || error_nomem(err);
	/* A row a fact: its number in the last generation and, where it differs, in the
	 * first. */
	for (size_t i = 0; ok && i < sizeof facts / sizeof *facts; i++) {
		const char *fact = facts[i][1];
		int64_t was, now;
		ok = read_log_integer(s->db, gens[0], fact, -1, &was, err) &&
		     read_log_integer(s->db, gens[1], fact, -1, &now, err);
		if (!ok || now < 0)
			continue;
		const struct cell row[] = { cell_text(facts[i][0]), cell_integer(now),
			was == now || was < 0 ? cell_null() : cell_integer(was),
			cell_integer(strcmp(fact, "objects") != 0) };
		ok = result_push(r, row, err);
	}
	ok = ok && read_log_dump(s->db, gens[1], &name, err) &&
	     read_log_dump(s->db, gens[0], &first, err) &&
	     read_log_text(s->db, gens[1], "runtime", &runtime, err) &&
	     read_log_text(s->db, gens[1], "version", &version, err);
	if (ok && runtime != NULL) {
		const struct cell row[] = { cell_text(runtime),
			cell_text(version != NULL ? version : ""), cell_null(),
			cell_integer(0) };
		ok = result_push(r, row, err);
	}
	if (ok)
		ok = asprintf(&span, "%s \xe2\x86\x92 %s", first, name) >= 0 ||
		     error_nomem(err);
	if (ok) {
		const struct cell row[] = { cell_text(count == 1 ? "Dump" : "Dumps"),
			count == 1 ? cell_text(name) : cell_integer(count),
			count == 1 ? cell_null() : cell_text(span), cell_integer(0) };
		ok = result_push(r, row, err);
	}
	for (size_t i = 0; ok && r->rows > 0 && i < s->target_count; i++)
		target_facts(s->targets[i], r);
	free(name);
	free(first);
	free(span);
	free(runtime);
	free(version);
	result_free(r);
	return ok;
}

bool session_tell_checks(struct session *s, struct error *err)
{
	for (size_t i = 0; i < s->target_count; i++)
		if (!target_checks(s->targets[i], &s->checks, err))
			return false;
	return true;
}

bool session_section(struct session *s, const char *text, struct error *err)
{
	session_drop_section(s);
	s->in_section = true;
	return session_wait(s, true, text, err);
}

bool session_title(struct session *s, const char *text, struct error *err)
{
	struct target *t;
	session_drop_section(s);
	for (size_t i = 0; (t = session_target(s, i)) != NULL; i++)
		if (!target_title(t, text, err))
			return false;
	return true;
}

bool session_text(struct session *s, const char *text, struct error *err)
{
	struct target *t;
	if (s->in_section)
		return session_wait(s, false, text, err);
	for (size_t i = 0; (t = session_target(s, i)) != NULL; i++)
		if (!target_text(t, text, err))
			return false;
	return true;
}

bool session_say(struct session *s, struct error *err, const char *format, ...)
{
	struct buffer line = BUFFER_INIT;
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *to = len < 0 ? NULL : buffer_reserve(&line, (size_t)len);
	bool ok = to != NULL ? vsnprintf(to, (size_t)len + 1, format, again) == len
			     : error_nomem(err);
	va_end(again);
	bool said = false;
	struct target *t;
	ok = ok && session_open_section(s, err);
	for (size_t i = 0; ok && (t = session_target(s, i)) != NULL; i++) {
		ok = target_line(t, line.data, err);
		said = said || target_format(t)->line != NULL;
	}
	if (ok && !said)
		session_note(s, "%s", line.data);
	buffer_fini(&line);
	return ok;
}
