/* SPDX-License-Identifier: MIT */
#include "expect/expect.h"

#include "answers/holding.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool expect_say(char **text, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vasprintf(text, format, args);
	va_end(args);
	if (len >= 0)
		return true;
	*text = NULL;
	return error_nomem(err);
}

static const struct expect_operator operators[] = {
	{ "=", false, true, false },
	{ "==", false, true, false },
	{ "<>", true, false, true },
	{ "!=", true, false, true },
	{ "<", true, false, false },
	{ "<=", true, true, false },
	{ ">", false, false, true },
	{ ">=", false, true, true },
};

const struct expect_operator *expect_find_operator(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strlen(operators[i].text) == len &&
			memcmp(operators[i].text, text, len) == 0)
			return &operators[i];
	return NULL;
}

bool expect_holds(const struct expect_operator *op, double found, double wanted)
{
	return found < wanted ? op->less : found > wanted ? op->more : op->equal;
}

bool expect_words(const struct expectation *e, struct invocation *in, struct error *err)
{
	*in = *e->in;
	in->words = WORDS_INIT;
	return words_split(&in->words, e->in->line->text + e->start, e->end - e->start,
		e->start, err);
}

bool expect_show_rows(struct expectation *e, struct result *r, struct error *err)
{
	assert(e->check.rows == NULL && e->check.state == CHECK_FAILED);
	e->check.rows = r;
	if (r->rows > CHECK_ROWS_MAX)
		r->rows = CHECK_ROWS_MAX;
	int column = result_find_column(r, "address", strlen("address"));
	for (size_t row = 0; column >= 0 && row < r->rows && e->check.path == NULL;
		row++) {
		struct cell cell = result_cell(r, row, column);
		if (cell.type == CELL_INTEGER &&
			!holding_current(e->s, cell.integer, &e->check.path, err))
			return false;
	}
	return true;
}
