/* SPDX-License-Identifier: MIT */
/* SQL is cut as SQLite cuts it, with the forms of our own in between. */
#include "language/token.h"

#include "base/buffer.h"
#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The letters of the types, in their order. */
static const char type_letters[] = " -sbirwqvo&NARCL!";

/* Every token as LETTER(text), spaces left out. */
static void put_tokens(struct buffer *b, const char *sql)
{
	size_t len = strlen(sql);
	for (size_t at = 0; at < len;) {
		struct token t = token_at(sql, len, at);
		assert_true(t.start == at && t.len > 0 && t.len <= len - at);
		if (t.type != TOKEN_SPACE)
			buffer_printf(b, "%c(%.*s)", type_letters[t.type], (int)t.len,
				sql + at);
		at += t.len;
	}
}

static void test_cuts_sql(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *tokens;
	} rows[] = {
		{ "select a.b from \"o\"\"x\"",
			"w(select)w(a)o(.)w(b)w(from)q(\"o\"\"x\")" },
		{ "[a'b] `c``d`", "q([a'b])q(`c``d`)" },
		{ "'it''s' ''", "s('it''s')s('')" },
		{ "x'00' X'ab' xx'a'", "b(x'00')b(X'ab')w(xx)s('a')" },
		{ "1 1.5 .5 1. 1e5 1E-5 1e 0x1F 0x",
			"i(1)r(1.5)r(.5)r(1.)r(1e5)r(1E-5)!(1e)"
			"i(0x1F)!(0x)" },
		{ "1a 12_3", "!(1a)!(12_3)" },
		{ "a--b\nc", "w(a)-(--b)w(c)" },
		{ "a/*b*/c/*d", "w(a)-(/*b*/)w(c)-(/*d)" },
		{ "a/ *b - -1", "w(a)o(/)o(*)w(b)o(-)o(-)i(1)" },
		{ "'open", "!('open)" },
		{ "\"open", "!(\"open)" },
		{ "x'open", "!(x'open)" },
		{ "a<=b<>c||d<<1->>'x'->'y'==!=", "w(a)o(<=)w(b)o(<>)w(c)o(||)w(d)o(<<)i("
						  "1)o(->>)s('x')o(->)s('y')o(==)"
						  "o(!=)" },
		{ "\xc3\xa9t\xc3\xa9 _a", "w(\xc3\xa9t\xc3\xa9)w(_a)" },
		{ "? ?1 :x @x : @", "v(?)v(?1)v(:x)v(@x)!(:)!(@)" },
		{ "a&b^c&&^d", "w(a)&(&)w(b)&(^)w(c)&(&&^)w(d)" },
		{ "{ } \\", "!({)!(})!(\\)" },
		/* our own */
		{ "$x $a.b:c $x. $x: $ $$x",
			"N($x)N($a.b:c)N($x)o(.)N($x)!(:)!($)!($)N($x)" },
		{ "$1 $9 $0 $10 $1x $1.x $@",
			"A($1)A($9)N($0)N($10)N($1x)A($1)o(.)w(x)A($@)" },
		{ "#0 #12.3 #1.size #1.\"a b\" #1.[c] #1. #x # #1x",
			"R(#0)C(#12.3)L(#1.size)L(#1.\"a "
			"b\")L(#1.[c])R(#1)o(.)!(#)w(x)!(#)"
			"!(#)!(1x)" },
		{ "#17.0&& $x^& #1.a^", "C(#17.0)&(&&)N($x)&(^&)L(#1.a)&(^)" },
		{ "obj$g a$ b$.c", "w(obj)N($g)w(a$)w(b$)o(.)w(c)" },
		{ "'$x' \"#0.1\" [5&] -- $x", "s('$x')q(\"#0.1\")q([5&])-(-- $x)" },
		{ "#1.\"open", "R(#1)o(.)!(\"open)" },
	};
	assert_int_equal(strlen(type_letters), TOKEN_ILLEGAL + 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer all = BUFFER_INIT;
		put_tokens(&all, rows[i].sql);
		assert_string_equal(buffer_text(&all), rows[i].tokens);
		buffer_fini(&all);
	}
}

static void test_finds_forms_in_texts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len;
	} rows[] = { { "$x!", 2 }, { "$", 0 }, { "$ x", 0 }, { "$x.y.", 4 }, { "#", 0 },
		{ "# 1", 0 }, { "#1", 2 }, { "#1.", 2 }, { "#1.2.", 4 }, { "x", 0 },
		{ "", 0 }, { "#1.`a``b`", 9 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum token_type type;
		assert_int_equal(token_form(rows[i].text, strlen(rows[i].text), &type),
			rows[i].len);
	}
}

static void test_knows_words(void **state)
{
	(void)state;
	struct token t = token_at("Order", 5, 0);
	assert_true(token_is("Order", t, "order"));
	assert_false(token_is("Order", t, "orders"));
	assert_true(token_is_keyword("Order", t));
	static const char *const operands[] = { "null", "case", "cast", "address",
		"'order'", "\"order\"" };
	for (size_t i = 0; i < sizeof operands / sizeof *operands; i++) {
		t = token_at(operands[i], strlen(operands[i]), 0);
		assert_false(token_is_keyword(operands[i], t));
	}
}

/* SQLite is the oracle: a space between two tokens changes nothing, so the statement cut
 * by us and put together again means the same, or is wrong the same way. */
static void test_cuts_where_sqlite_cuts(void **state)
{
	(void)state;
	static const char *const parts[] = { "1", "2.5", ".5", "1e3", "0xf", "'a'", "''",
		"x'61'", "+", "-", "*", "/", "||", "<", "<=", "<>", "<<", "=", "==", "(",
		")", ",", " ", "null", "abs(", "--c\n", "/*c*/", "not ", " in ", "|", "~",
		"%" };
	struct db *db = db_open(NULL, DB_TEMPORARY, NULL);
	assert_non_null(db);
	srand(3);
	for (int round = 0; round < 20000; round++) {
		struct buffer sql = BUFFER_INIT, cut = BUFFER_INIT;
		buffer_put_text(&sql, "select ");
		for (int n = 1 + rand() % 6; n > 0; n--)
			buffer_put_text(&sql,
				parts[(size_t)rand() % (sizeof parts / sizeof *parts)]);
		for (size_t at = 0; at < sql.len;) {
			struct token t = token_at(sql.data, sql.len, at);
			buffer_put(&cut, sql.data + at, t.len);
			buffer_put_text(&cut, "\n ");
			at += t.len;
		}
		struct db_stmt *one = NULL, *two = NULL;
		bool one_ok = db_prepare(db, buffer_text(&sql), &one, NULL, NULL);
		bool two_ok = db_prepare(db, buffer_text(&cut), &two, NULL, NULL);
		assert_int_equal(one_ok, two_ok);
		if (one_ok) {
			assert_int_equal(db_columns(one), db_columns(two));
			int row = db_step(one, NULL);
			assert_int_equal(row, db_step(two, NULL));
			for (int i = 0; row == 1 && i < db_columns(one); i++) {
				struct cell a = db_column(one, i), b = db_column(two, i);
				assert_int_equal(a.type, b.type);
				assert_int_equal(a.len, b.len);
				if (a.type == CELL_INTEGER)
					assert_true(a.integer == b.integer);
			}
		}
		db_stmt_free(one);
		db_stmt_free(two);
		buffer_fini(&sql);
		buffer_fini(&cut);
	}
	db_close(db);
}

static void test_survives_random_bytes(void **state)
{
	(void)state;
	static const char bytes[] = "a$#1.&^\"'[]`x-/*\n :@?(0e\0\xc3\\";
	srand(4);
	for (int round = 0; round < 300000; round++) {
		/* Of exactly its length, so that a look behind the end is seen. */
		size_t len = 1 + (size_t)rand() % 12;
		char *text = malloc(len);
		assert_non_null(text);
		for (size_t i = 0; i < len; i++)
			text[i] = bytes[(size_t)rand() % (sizeof bytes - 1)];
		size_t at = 0;
		while (at < len) {
			struct token t = token_at(text, len, at);
			assert_true(t.start == at && t.len > 0 && t.len <= len - at);
			at += t.len;
		}
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cuts_sql),
		cmocka_unit_test(test_finds_forms_in_texts),
		cmocka_unit_test(test_knows_words),
		cmocka_unit_test(test_cuts_where_sqlite_cuts),
		cmocka_unit_test(test_survives_random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
