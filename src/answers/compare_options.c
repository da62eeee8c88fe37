/* SPDX-License-Identifier: MIT */
#include "answers/compare_options.h"

#include "base/array.h"
#include "compare/comparable.h"
#include "store/generation.h"
#include "store/read_log.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct compare_reader {
	struct compare_options *o;
	const struct invocation *in;
	size_t at;
};

void compare_options_fini(struct compare_options *o)
{
	free(o->num);
	o->num = NULL;
}

/* The word behind the one that is read, which begins something. */
static bool compare_next(struct compare_reader *r, struct error *err)
{
	if (r->at + 1 == r->in->words.count)
		return command_bad_word(r->in, r->at, "something must follow", err);
	r->at++;
	return true;
}

static bool compare_read_count(
	struct compare_reader *r, int64_t least, int64_t *value, struct error *err)
{
	return compare_next(r, err) && command_integer(r->in, r->at, value, err) &&
	       (*value >= least ||
		       command_bad_word(r->in, r->at, "the number is too small:", err));
}

/* min count N, min bytes N, min share P: each may be there */
static bool compare_read_min(struct compare_reader *r, struct error *err)
{
	if (!compare_next(r, err))
		return false;
	if (words_is(&r->in->words, r->at, "count"))
		return compare_read_count(r, 0, &r->o->min_count, err);
	if (words_is(&r->in->words, r->at, "bytes"))
		return compare_read_count(r, 0, &r->o->min_bytes, err);
	if (!words_is(&r->in->words, r->at, "share"))
		return command_bad_word(
			r->in, r->at, "expected count, bytes or share, found", err);
	if (!compare_next(r, err))
		return false;
	const char *text = r->in->words.items[r->at].text;
	char *end;
	double share = strtod(text, &end);
	r->o->min_share = share;
	end += *end == '%';
	return (end != text && *end == '\0' && share >= 0 && share <= 100) ||
	       command_bad_word(r->in, r->at, "expected a share in per cent, found", err);
}

static bool compare_read_by(struct compare_reader *r, struct error *err)
{
	if (!compare_next(r, err))
		return false;
	for (enum series_key key = 0; key < SERIES_KEYS; key++)
		if (words_is(&r->in->words, r->at, series_key_name(key))) {
			r->o->by = key;
			return true;
		}
	return command_bad_word(r->in, r->at,
		"expected type, owner, signature, value or address, found", err);
}

static bool compare_read_of(struct compare_reader *r, struct error *err)
{
	if (!compare_next(r, err))
		return false;
	r->o->bytes = words_is(&r->in->words, r->at, "bytes");
	return r->o->bytes || words_is(&r->in->words, r->at, "count") ||
	       command_bad_word(r->in, r->at, "expected count or bytes, found", err);
}

static bool compare_read_top(struct compare_reader *r, struct error *err)
{
	return compare_read_count(r, 1, &r->o->top, err);
}

static bool compare_read_per(struct compare_reader *r, struct error *err)
{
	return compare_read_count(r, 1, &r->o->per, err);
}

static bool compare_read_plain(struct compare_reader *r, struct error *err)
{
	if (!compare_read_count(r, 0, &r->o->plain, err))
		return false;
	return r->o->plain <= 1 ||
	       command_bad_word(r->in, r->at, "expected 0 or 1 behind plain, found", err);
}

static bool compare_read_known(struct compare_reader *r, struct error *err)
{
	if (!compare_next(r, err))
		return false;
	/* An empty path means no file, so that a script can have it as an option. */
	const char *path = r->in->words.items[r->at].text;
	r->o->known = *path == '\0' ? NULL : path;
	return true;
}

static const struct {
	const char *word;
	unsigned option; /* 0: every command takes it */
	bool (*read)(struct compare_reader *r, struct error *err);
} compare_clauses[] = {
	{ "min", 0, compare_read_min },
	{ "by", COMPARE_BY, compare_read_by },
	{ "top", COMPARE_TOP, compare_read_top },
	{ "of", COMPARE_OF, compare_read_of },
	{ "per", COMPARE_PER, compare_read_per },
	{ "known", COMPARE_KNOWN, compare_read_known },
	{ "plain", COMPARE_PLAIN, compare_read_plain },
};

/* In the words of who called a report, and may not know its commands. */
static bool compare_too_few(struct error *err)
{
	return error_set(err, STATUS_SCRIPT,
		"a comparison takes two dumps at least, and there is only one; name "
		"another");
}

/* Keeps each line; with `say` the new ones go into the report. */
static bool compare_note(
	struct session *s, const struct buffer *notes, bool say, struct error *err)
{
	bool ok = true, is_new;
	for (const char *line = buffer_text(notes); ok && *line != '\0';) {
		size_t len = strcspn(line, "\n");
		ok = check_list_note(&s->checks, line, len, &is_new, err) &&
		     (!say || !is_new || session_say(s, err, "%.*s", (int)len, line));
		line += len + 1;
	}
	return ok;
}

bool compare_may(struct session *s, const int64_t *num, size_t n, struct error *err)
{
	struct comparable_notes notes = { 0 };
	size_t len;
	const char *what = session_name(s, "accept", &len);
	bool accepts = what != NULL && len == strlen("damaged") &&
		       memcmp(what, "damaged", len) == 0;
	if (!accepts && what != NULL && len > 0)
		return error_set(err, STATUS_SCRIPT,
			"the name 'accept' has the value '%.*s'; the only thing to "
			"accept "
			"is 'damaged'",
			(int)len, what);
	bool ok = comparable_check(s->db, num, n, accepts, &notes, err) &&
		  compare_note(s, &notes.first, true, err) &&
		  compare_note(s, &notes.other, false, err);
	buffer_fini(&notes.first);
	buffer_fini(&notes.other);
	return ok;
}

bool compare_options_read(struct compare_options *o, struct session *s,
	const struct invocation *in, size_t first, unsigned takes, size_t few,
	struct error *err)
{
	struct compare_reader r = { .o = o, .in = in, .at = first };
	const struct words *words = &in->words;
	size_t cap = 0;
	*o = (struct compare_options){
		.min_count = -1, .min_bytes = -1, .min_share = -1
	};
	if (session_heap(s, err) == NULL)
		return false;
	assert(first <= words->count);
	/* The numbers at the beginning are generations. */
	for (; r.at < words->count; r.at++) {
		const char *text = words->items[r.at].text;
		bool exists;
		int64_t num, count;
		if (*text == '\0' || text[strspn(text, "0123456789")] != '\0')
			break;
		if (!command_integer(in, r.at, &num, err) ||
			!generation_exists(s->db, num, &exists, err))
			return false;
		/* In a report, usually because one dump was forgotten. */
		if (!exists)
			return generation_count(s->db, &count, err) &&
			       (count < 2 ? compare_too_few(err)
					  : command_bad_word(
						    in, r.at, "no generation", err));
		if (!array_reserve(&o->num, &cap, o->generations + 1, sizeof *o->num))
			return error_nomem(err);
		o->num[o->generations++] = num;
	}
	o->chosen = o->generations > 0;
	const size_t clauses = sizeof compare_clauses / sizeof *compare_clauses;
	for (; r.at < words->count; r.at++) {
		size_t i = 0;
		while (i < clauses && !(words_is(words, r.at, compare_clauses[i].word) &&
					      (compare_clauses[i].option & takes) ==
						      compare_clauses[i].option))
			i++;
		if (i == clauses)
			return command_bad_word(in, r.at, "unexpected word", err);
		if (!compare_clauses[i].read(&r, err))
			return false;
	}
	if (o->chosen)
		return o->generations >= 2 || compare_too_few(err);
	/* Those up to the current one, or all, ascending. */
	struct db_stmt *stmt = NULL;
	int row = 0;
	bool ok = db_preparef(s->db, &stmt, err,
		"select num from (select num from main.gen where %lld = 0 or num <="
		" (select num from main.gen where current = 1) order by num desc limit "
		"%lld)"
		" order by num",
		(long long)few, few == 0 ? -1LL : (long long)few);
	while (ok && (row = db_step(stmt, err)) == 1) {
		ok = array_reserve(&o->num, &cap, o->generations + 1, sizeof *o->num) ||
		     error_nomem(err);
		if (ok)
			o->num[o->generations++] = db_column_integer(stmt, 0);
	}
	db_stmt_free(stmt);
	return ok && row == 0 && (o->generations >= 2 || compare_too_few(err));
}

struct result *compare_new_result(const char *const *before, const int64_t *num,
	size_t generations, const char *const *after, struct error *err)
{
	enum { OTHERS_MAX = 16 };
	const char **names = array_new(generations + OTHERS_MAX, sizeof *names);
	char(*numbers)[24] = array_new(generations, sizeof *numbers);
	struct result *r = NULL;
	int n = 0;
	if (names != NULL && numbers != NULL) {
		for (; *before != NULL; before++)
			names[n++] = *before;
		for (size_t k = 0; k < generations; k++) {
			snprintf(numbers[k], sizeof *numbers, "g%" PRId64, num[k]);
			names[n++] = numbers[k];
		}
		for (; *after != NULL; after++)
			names[n++] = *after;
		assert((size_t)n <= generations + OTHERS_MAX);
		r = result_new(n, names);
	}
	free(names);
	free(numbers);
	if (r == NULL)
		error_nomem(err);
	return r;
}

bool compare_put_heads(struct result *r, struct db *db, struct error *err)
{
	bool ok = true, differ = true;
	r->heads = array_new_zeroed((size_t)r->columns, sizeof *r->heads);
	if (r->heads == NULL)
		return error_nomem(err);
	for (int i = 0; ok && i < r->columns; i++) {
		const char *name = r->names[i];
		if (name[0] != 'g' || name[1] == '\0' ||
			name[1 + strspn(name + 1, "0123456789")] != '\0')
			continue;
		ok = read_log_dump(db, strtoll(name + 1, NULL, 10), &r->heads[i], err);
		for (int k = 0; ok && k < i; k++)
			differ = differ && (r->heads[k] == NULL ||
						   strcmp(r->heads[k], r->heads[i]) != 0);
	}
	for (int i = 0; ok && !differ && i < r->columns; i++) {
		free(r->heads[i]);
		r->heads[i] = NULL;
	}
	return ok;
}
