/* SPDX-License-Identifier: MIT */
/* The short forms mean what the manual says, wherever they stand, and nothing else
 * changes. */
#include "language/subst.h"

#include "language/parse.h"
#include "result/result.h"
#include "store/db.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- a session to refer to --------------------------------------------------------- */

enum { RESULTS = 5 };

struct session {
	struct result *results[RESULTS];
	char table[32];
	int tables; /* asked for */
};

static const struct result *find_result(void *context, int number)
{
	const struct session *s = context;
	return number < RESULTS ? s->results[number] : NULL;
}

static const struct {
	const char *name, *text;
	bool literal;
} values[] = {
	{ "big", "94370588614000", false },
	{ "a.b:c", "5", false },
	{ "a", "7", false },
	{ "two", "94370588614000 94370588611920", false },
	{ "kids", "(select child from ref where parent = 94370588614000)", false },
	{ "col", "parent", false },
	{ "neg", "-5", false },
	{ "either", "1 or 2", false },
	{ "pair", "(1) or (2)", false },
	{ "odd", "(select parent from ref where child = child)", false },
	{ "current", "3", false },
	{ "text", "it's $big", true },
	{ "word", "dict", true },
	{ "int", "42", true },
	{ "zeros", "007", true },
	{ "huge", "9223372036854775808", true },
	{ "min", "-9223372036854775807", true },
	{ "empty", "", true },
	{ "5", "five", false },
	{ "\xc3\xa9t\xc3\xa9", "1", false },
	{ "loop", "$loop", false },
};

static bool find_name(
	void *context, const char *name, size_t len, struct subst_value *value)
{
	(void)context;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strlen(values[i].name) != len ||
			memcmp(values[i].name, name, len) != 0)
			continue;
		*value = (struct subst_value){ values[i].text, strlen(values[i].text),
			values[i].literal };
		return true;
	}
	return false;
}

static const char *const *list_names(void *context)
{
	static const char *const names[] = { "big", "kids", "a.b:c", NULL };
	(void)context;
	return names;
}

static const char *result_table(void *context, int number, struct error *err)
{
	struct session *s = context;
	if (find_result(context, number) == NULL) {
		error_set(err, STATUS_DATA, "asked for the table of result #%d", number);
		return NULL;
	}
	s->tables++;
	snprintf(s->table, sizeof s->table, "temp.\"result_%d\"", number);
	return s->table;
}

static void push(struct result *r, struct cell a, struct cell b)
{
	const struct cell row[] = { a, b };
	assert_true(result_push(r, row, NULL));
}

static int set_up(void **state)
{
	static struct session s;
	static const char *const columns[][2] = { { "address", "type" },
		{ "Type", "count(*)" }, { "address", "x\"y" }, { "parent", "address" },
		{ "address", "n" } };
	for (int i = 0; i < RESULTS; i++) {
		s.results[i] = result_new(2, columns[i]);
		assert_non_null(s.results[i]);
	}
	push(s.results[0], cell_integer(10), cell_text("dict"));
	push(s.results[0], cell_integer(-11), cell_text("o'x"));
	push(s.results[0], cell_null(), cell_null());
	push(s.results[1], cell_real(0.1), cell_integer(INT64_MIN));
	push(s.results[1], cell_bytes("a\0b", 3), cell_real(-1e300));
	for (int i = 0; i <= SUBST_LIST_MAX; i++)
		push(s.results[4], cell_integer(i), cell_integer(i % 7));
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct session *s = *state;
	for (int i = 0; i < RESULTS; i++)
		result_free(s->results[i]);
	return 0;
}

static const char *const args[] = { "UploadHandler", "12", "a b" };

static struct subst_scope scope_of(void *session)
{
	return (struct subst_scope){ .context = session,
		.find_result = find_result,
		.last_result = RESULTS - 1,
		.find_name = find_name,
		.list_names = list_names,
		.arg_count = 3,
		.args = args,
		.current_generation = 3,
		.result_table = result_table };
}

/* A row of a table of tests: what goes in, and what must come out, NULL for the same. */
struct row {
	const char *in, *out;
};

typedef bool (*substitute)(const struct subst_scope *, const char *, size_t, size_t,
	struct subst_text *, struct error *);

static void check_rows(
	void *session, substitute make, const struct row *rows, size_t count)
{
	struct subst_scope scope = scope_of(session);
	struct subst_text out = SUBST_TEXT_INIT;
	for (size_t i = 0; i < count; i++) {
		struct error err = ERROR_INIT;
		const char *in = rows[i].in;
		if (!make(&scope, in, strlen(in), 0, &out, &err))
			fail_msg("%s: %s", in, err.message);
		assert_string_equal(
			buffer_text(&out.text), rows[i].out == NULL ? in : rows[i].out);
	}
	subst_text_fini(&out);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CHILD(x) "(select child from ref where parent " x ")"
#define PARENT(x) "(select parent from ref where child " x ")"
#define RENAMED "from (select parent as memsee_parent, child as memsee_child from ref)"
#define OPEN_CHILD(x) "(select memsee_child " RENAMED " where memsee_parent " x ")"
#define OPEN_PARENT(x) "(select memsee_parent " RENAMED " where memsee_child " x ")"
#define BIG "94370588614000"

/* --- forms ------------------------------------------------------------------------ */

/* Everything that the recordings of the original tool hold, in both languages. */
static void test_means_what_the_original_meant(void **state)
{
	static const struct row both[] = {
		{ "address = #0.0", "address = 10" },
		{ "address in #0.0& order by address limit 30",
			"address in " CHILD("= 10") " order by address limit 30" },
		{ "address in #0.0^ order by address limit 30",
			"address in " PARENT("= 10") " order by address limit 30" },
		{ "address in #0.0&&", "address in " CHILD("IN " CHILD("= 10")) },
		{ "address in #0.0^^", "address in " PARENT("IN " PARENT("= 10")) },
		{ "address in #0.0&^", "address in " PARENT("IN " CHILD("= 10")) },
		{ "address in #0.0^&", "address in " CHILD("IN " PARENT("= 10")) },
		{ "address in #0.0^^^&&", "address in " CHILD("IN " CHILD("IN " PARENT(
						  "IN " PARENT("IN " PARENT("= 10"))))) },
		{ "in #0.address order by address", "in (10,-11,NULL) order by address" },
		{ "= #0.0 or address = #0.1", "= 10 or address = -11" },
		{ "address in 0& group by type",
			"address in " CHILD("= 0") " group by type" },
		{ "1234&", CHILD("= 1234") },
		{ "select #0.0 - #0.0 d", "select 10 - 10 d" },
		{ "#0.0 #0.1", "10 -11" },
		{ "echo $big", "echo " BIG },
		{ "echo $a.b:c $two", "echo 5 " BIG " 94370588611920" },
		{ "echo #0.0 #0.0 and #0.type", "echo 10 10 and ('dict','o''x',NULL)" },
		{ "echo #0.0& ^ $big^^&", "echo " CHILD("= 10") " ^ " CHILD(
						  "IN " PARENT("IN " PARENT("= " BIG))) },
		{ "echo $kids", "echo " CHILD("= " BIG) },
		{ "in $kids&", "in " CHILD("IN " CHILD("= " BIG)) },
		{ "echo plain text 100% \"quoted\"", NULL },
		{ "in ($big, 5) order by", "in (" BIG ", 5) order by" },
		{ "address in $big&", "address in " CHILD("= " BIG) },
		{ "select size & 1 from obj limit 1", NULL },
		{ "select size&1 from obj limit 1", NULL },
		{ "select 'a^b', 'x & y' from obj limit 1", NULL },
		{ "address in (select child from ref where parent = 0)", NULL },
	};
	check_rows(*state, subst_sql, both, COUNT(both));
	check_rows(*state, subst_text, both, COUNT(both));
	static const struct row sql[] = {
		{ "select count(*) from obj where address in obj.address&",
			"select count(*) from obj where address in " CHILD(
				"= obj.address") },
		{ "where value = '$5' limit 1", NULL },
	};
	check_rows(*state, subst_sql, sql, COUNT(sql));
}

static void test_leaves_quotes_and_comments_alone(void **state)
{
	static const struct row rows[] = {
		{ "'$big #0.0 5& it''s $big'", NULL },
		{ "\"$big\" [#0.0] `5&` x'00'", NULL },
		{ "a -- $nope #9.9 5&&\n , $big", "a -- $nope #9.9 5&&\n , " BIG },
		{ "a /* $nope #9.9 ? */ , $big", "a /* $nope #9.9 ? */ , " BIG },
		{ "'open $big", NULL },
		{ "\\ { } ! a$ b ; \xc3\xa9 ^ 'x'^", NULL },
		{ "", NULL },
		{ "\xff\xfe", NULL },
		/* A value is final. */
		{ "$loop", NULL },
		{ "$text", "'it''s $big'" },
	};
	check_rows(*state, subst_sql, rows, COUNT(rows));
}

static const struct row relations[] = {
	/* SQL's operator */
	{ "size & 7, size&7, size &7, size& 7", NULL },
	{ "(a)&(b), a&b, a& b, f(a)&f(b), a&-1, a& -1, a& ~b, a&~b", NULL },
	{ "a&'1', a&\"b\", a&x'31', a&.5, a& (select 1), a& null, a& case when b", NULL },
	{ "a&and, a&order", NULL }, /* glued, so they are names */
	{ "a& not b", NULL },
	{ "#0.0&7, $big&0xff, $a&$a, #0.0& #0.1, $int&1",
		"10&7, " BIG "&0xff, 7&7, 10& -11, 42&1" },
	{ "a -- x\n&b, a /* */ & b, a& /* */ b", NULL },
	{ "'a'&, 1.5&, null & 1, select&", NULL },
	/* the relation */
	{ "5&", CHILD("= 5") },
	{ "5& ;", CHILD("= 5") " ;" },
	{ "(5&)", "(" CHILD("= 5") ")" },
	{ "5&,5^", CHILD("= 5") "," PARENT("= 5") },
	{ "5&=6, 5&+ 6, 5& - 6, 5&||6, 5&*2",
		CHILD("= 5") "=6, 5&+ 6, " CHILD("= 5") " - 6, " CHILD(
			"= 5") "||6, " CHILD("= 5") "*2" },
	{ "in 5& -- note\n order", "in " CHILD("= 5") " -- note\n order" },
	{ "in 5& and x or 6& limit 7& union 8& not in 9& not like z",
		"in " CHILD("= 5") " and x or " CHILD("= 6") " limit " CHILD(
			"= 7") " union " CHILD("= 8") " not in " CHILD("= 9") " n"
									      "ot"
									      " l"
									      "ik"
									      "e "
									      "z" },
	{ "5& not null, 5& isnull", CHILD("= 5") " not null, " CHILD("= 5") " isnull" },
	{ "5^ x, 5&& x", PARENT("= 5") " x, " CHILD("IN " CHILD("= 5")) " x" },
	{ "0x1f&", CHILD("= 0x1f") },
	/* columns */
	{ "address&", CHILD("= address") },
	{ "main.obj.address^", PARENT("= main.obj.address") },
	{ "\"a b\".[c d]^", PARENT("= \"a b\".[c d]") },
	{ "parent&, p.parent&, ref.child^, \"ref\".x^, Child^",
		OPEN_CHILD("= parent") ", " CHILD("= p.parent") ", " OPEN_PARENT(
			"= ref.child") ", " OPEN_PARENT("= \"ref\".x") ","
								       " " OPEN_PARENT(
									       "= "
									       "Child") },
	{ "parent&^", OPEN_PARENT("IN " OPEN_CHILD("= parent")) },
	/* brackets and calls */
	{ "(select 1)&", OPEN_CHILD("IN (select 1)") },
	{ "( 1, (2) )^", OPEN_PARENT("IN ( 1, (2) )") },
	{ "max(address)&", OPEN_CHILD("= max(address)") },
	{ "cast(x as int)&", OPEN_CHILD("= cast(x as int)") },
	{ "x in (1)&", "x in " OPEN_CHILD("IN (1)") },
	{ "((5&)^)&", OPEN_CHILD("IN (" OPEN_PARENT("IN (" CHILD("= 5") ")") ")") },
	{ "(#0.type)&", OPEN_CHILD("IN (('dict','o''x',NULL))") },
	{ "a)&, (b&", "a)&, (" CHILD("= b") },
	/* values */
	{ "#0.address&", CHILD("IN (10,-11,NULL)") },
	{ "#2.address&, in #2.address", CHILD("IN ()") ", in ()" },
	{ "$col&", OPEN_CHILD("= parent") },
	{ "$odd&", OPEN_CHILD("IN (select parent from ref where child = child)") },
	{ "$neg&", CHILD("= (-5)") },
	{ "$either&", CHILD("= (1 or 2)") },
	{ "$pair&", CHILD("= ((1) or (2))") },
	{ "$two&", CHILD("= (" BIG " 94370588611920)") },
	{ "$word&", CHILD("= 'dict'") },
	{ "$1&, $2&, $@&", CHILD("= 'UploadHandler'") ", " CHILD("= 12") ", " CHILD(
				   "IN ('UploadHandler',12,'a b')") },
};

static void test_tells_the_relation_from_the_operator(void **state)
{
	check_rows(*state, subst_sql, relations, COUNT(relations));
}

static void test_splices_values(void **state)
{
	static const struct row rows[] = {
		{ "#0.TYPE #0.\"type\" #0.[Type] #1.`count(*)` #1.type",
			"('dict','o''x',NULL) ('dict','o''x',NULL) ('dict','o''x',NULL) "
			"(-9223372036854775808,-1e+300) "
			"(0.1,cast(x'610062' as text))" },
		{ "#0.2", "NULL" },
		{ "#2.\"x\"\"y\"", "()" },
		{ "$text $word $int $zeros $huge $min $empty",
			"'it''s $big' 'dict' 42 '007' '9223372036854775808' "
			"-9223372036854775807 ''" },
		{ "$1, $2, $3, $@",
			"'UploadHandler', 12, 'a b', 'UploadHandler',12,'a b'" },
		{ "$5", "five" },
		{ "$a $a.b $a:x. $a.b:c.d $a..b", "7 7.b 7:x. 5.d 7..b" },
		{ "\"x\"$a, \xc3\xa9$\xc3\xa9t\xc3\xa9", "\"x\"7, \xc3\xa9"
							 "1" },
		{ "3 -$neg, 3 - $neg, 3 -#0.1", "3 - -5, 3 - -5, 3 - -11" },
		{ "x$word x$int", "xdict x42" },
	};
	check_rows(*state, subst_sql, rows, COUNT(rows));
}

static void test_knows_where_a_table_may_stand(void **state)
{
	static const struct row rows[] = {
		{ "select * from #0", "select * from temp.\"result_0\"" },
		{ "from obj o join #0 a, #1 b on x in #2 where y",
			"from obj o join temp.\"result_0\" a, temp.\"result_1\" b on x "
			"in "
			"temp.\"result_2\" where y" },
		{ "from (#0 a join #1)",
			"from (temp.\"result_0\" a join temp.\"result_1\")" },
		{ "from a join b on a.x = b.x, #0",
			"from a join b on a.x = b.x, temp.\"result_0\"" },
		{ "from f(1, 2), #0", "from f(1, 2), temp.\"result_0\"" },
		{ "from (select 1 from #1 where 2), #0",
			"from (select 1 from temp.\"result_1\" where 2), "
			"temp.\"result_0\"" },
		/* the current generation's number */
		{ "select count(*) from obj3", "select count(*) from obj as obj3" },
		{ "select 1 FROM Obj3, REF3 where obj3.address = ref3.child",
			"select 1 FROM obj as Obj3, ref as REF3 where obj3.address = "
			"ref3.child" },
		{ "from main.obj3 where 1", "from main.obj as obj3 where 1" },
		{ "from obj3 o, ref3 as r, obj3 \"x\" join \"obj3\"",
			"from obj o, ref as r, obj \"x\" join obj as \"obj3\"" },
		{ "x in obj3", "x in obj" },
		{ "delete from obj3 where 1", "delete from obj as obj3 where 1" },
		{ "update obj3 set a = 1", "update obj as obj3 set a = 1" },
		{ "insert into ref3 (a) values (1)",
			"insert into ref as ref3 (a) values (1)" },
		{ "drop table obj3", "drop table obj" },
		{ "from obj$current", "from obj as obj3" },
		{ "select obj3, a.obj3, count(*) obj3 from obj o order by obj3, ref3",
			NULL },
		{ "from obj1, obj2, obj33, xobj3, obj30, 'obj3'", NULL },
		{ "a is distinct from obj3", NULL },
		{ "with obj3 as (select 1) select * from obj3", NULL },
		{ "select 'obj3' from obj -- obj3", NULL },
	};
	check_rows(*state, subst_sql, rows, COUNT(rows));
}

static void test_takes_long_lists_from_the_table(void **state)
{
	struct session *s = *state;
	s->tables = 0;
	static const struct row rows[] = {
		{ "in #4.address and #4.N&",
			"in (select \"address\" from temp.\"result_4\") and " CHILD(
				"IN (select \"n\" from temp.\"result_4\")") },
	};
	check_rows(*state, subst_sql, rows, COUNT(rows));
	assert_int_equal(s->tables, 2);
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	assert_true(subst_text(&scope, "#4.n", 4, 0, &out, NULL));
	assert_int_equal(out.text.len, 2 * (SUBST_LIST_MAX + 1) + 1);
	subst_text_fini(&out);
}

static void test_finds_forms_in_texts(void **state)
{
	static const struct row rows[] = {
		{ "\"$big\" '#0.0'", "\"" BIG "\" '10'" },
		{ "$text $1 $@ $zeros",
			"it's $big UploadHandler UploadHandler 12 a b 007" },
		{ "AT&T R& D Q^ a5& x.5& size&", NULL },
		{ "5&6 5&x 5&( 5&\" http://h/?a=5&b=6", NULL },
		{ "5& 5^, 5&.", CHILD("= 5") " " PARENT("= 5") ", " CHILD("= 5") "." },
		{ "$big&x", BIG "&x" },
		{ "$ $$ 100$ $. # #x #3 #3. ## 1 ? :x @x", NULL },
		{ "$a. $a: $a.b:c. $a.md", "7. 7: 5. 7.md" },
		{ "\\$big \\#0.0 \\#3 5\\& \\\\ \\x \\& a\\&b \\$ \\",
			"$big #0.0 \\#3 5& \\\\ \\x \\& a\\&b \\$ \\" },
		{ "\\\\$big", "\\$big" },
		{ "\xe2\x88\x98 $\xc3\xa9t\xc3\xa9", "\xe2\x88\x98 1" },
		{ "", NULL },
	};
	check_rows(*state, subst_text, rows, COUNT(rows));
}

static void test_words_stay_whole(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "from \"address in #0.0&\" to 'type = \"x\"'",
			"[from][address in " CHILD("= 10") "][to][type = \"x\"]" },
		{ "$3 \"$3\" x$3.md", "[a b][a b][xa b.md]" },
		{ "a $@ b", "[a][UploadHandler][12][a b][b]" },
		{ "\"$@\"", "[UploadHandler 12 a b]" },
		{ "$empty x", "[][x]" },
		{ "", "" },
	};
	struct subst_scope scope = scope_of(*state);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct words w = WORDS_INIT;
		struct buffer all = BUFFER_INIT;
		assert_true(
			subst_words(&scope, rows[i].in, strlen(rows[i].in), 0, &w, NULL));
		for (size_t k = 0; k < w.count; k++)
			buffer_printf(&all, "[%s]", w.items[k].text);
		assert_string_equal(buffer_text(&all), rows[i].out);
		buffer_fini(&all);
		words_fini(&w);
	}
	struct words w = WORDS_INIT;
	scope.arg_count = 0;
	assert_true(subst_words(&scope, "$@ x $@", 7, 0, &w, NULL));
	assert_int_equal(w.count, 1);
	words_fini(&w);
	struct error err = ERROR_INIT;
	assert_false(subst_words(&scope, "a \"b\"\" $x\"", 11, 100, &w, &err));
	assert_string_equal(err.message, "no name $x; -D x=VALUE gives it one");
	assert_int_equal(err.offset, 107);
	words_fini(&w);
}

static const struct {
	const char *in;
	size_t offset;
	const char *message;
} errors[] = {
	{ "a #99.0", 2, "no result #99; the last is #4" },
	{ "#99999999999.0", 0, "no result #99999999999; the last is #4" },
	{ "in #99.size", 3, "no result #99; the last is #4" },
	{ "from #99", 5, "no result #99; the last is #4" },
	{ "#0.3", 0, "result #0 has 3 rows, no row 3" },
	{ "#0.99999999999", 0, "result #0 has 3 rows, no row 99999999999" },
	{ "#2.0", 0, "result #2 has 0 rows, no row 0" },
	{ "#1.0", 0,
		"result #1 has no column 'address'; its columns are Type, "
		"count(*)" },
	{ "x, #0.nosuch", 3,
		"result #0 has no column 'nosuch'; its columns are address, "
		"type" },
	{ "#0.0&, #0.\"a b\"", 7,
		"result #0 has no column 'a b'; its columns are address, type" },
	{ "= $undefined", 2, "no name $undefined; -D undefined=VALUE gives it one" },
	{ "= $bigg", 2, "no name $bigg; did you mean $big?" },
	{ "$kidz.address", 0, "no name $kidz.address; did you mean $kids?" },
	{ "$4", 0, "no argument $4; the script was given 3" },
	{ "x = ?", 4, "'?' is an SQL parameter, and nothing binds it" },
	{ "x = :who", 4, "':who' is an SQL parameter, and nothing binds it" },
	{ "#0", 0,
		"#0 is a table, and no table is allowed here; #0.N is the address of "
		"row N, "
		"#0.NAME a column's values" },
	{ "from #0 where x = #0", 18,
		"#0 is a table, and no table is allowed here; #0.N is the address of "
		"row N, "
		"#0.NAME a column's values" },
	{ "select 5^2", 8,
		"'^' makes its left side a set of objects, and no operand can "
		"follow it" },
	{ "select 5&&x", 8,
		"'&&' makes its left side a set of objects, and no operand can "
		"follow "
		"it" },
	{ "a, oid&", 3,
		"'oid' is not an address, and only an address has children and "
		"parents" },
	{ "x$3", 1, "$3 is 'a b', which cannot be part of a name" },
};

/* --- errors and places ------------------------------------------------------------ */

static void test_says_what_is_wrong_and_where(void **state)
{
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct error err = ERROR_INIT;
		assert_false(subst_sql(
			&scope, errors[i].in, strlen(errors[i].in), 1000, &out, &err));
		assert_int_equal(err.status, STATUS_SCRIPT);
		assert_string_equal(err.message, errors[i].message);
		assert_int_equal(err.offset, 1000 + errors[i].offset);
	}
	struct error err = ERROR_INIT;
	scope.last_result = -1;
	scope.find_result = NULL;
	assert_false(subst_sql(&scope, "#0.0", 4, 0, &out, &err));
	assert_string_equal(err.message, "no result #0: no command has yielded one yet");
	char deep[PARSE_RUN_MAX + 2];
	memset(deep, '&', sizeof deep);
	deep[0] = '5';
	error_clear(&err);
	assert_false(subst_sql(&scope, deep, sizeof deep, 0, &out, &err));
	assert_string_equal(
		err.message, "1001 levels of & and ^, at most 1000 are possible");
	subst_text_fini(&out);
}

static void test_knows_where_the_output_comes_from(void **state)
{
	static const struct {
		const char *in, *marked; /* the bytes of the output to look for */
		size_t offset;
	} rows[] = {
		{ "select $big, nosuch", "nosuch", 13 },
		{ "select $big, nosuch", "4370", 7 },
		{ "x in #0.0&& or nosuch", "nosuch", 15 },
		{ "x in #0.0&& or nosuch", "ref", 5 },
		{ "x in (select nosuch)&, y", "nosuch", 13 },
		{ "x in (select nosuch)&, y", "y", 23 },
		{ "$a from obj3 where $a = nosuch", "nosuch", 24 },
		{ "$a from obj3 where $a = nosuch", "obj", 8 },
		{ "$a from obj3 where $a = nosuch", "obj3", 8 },
		{ "$a from obj3 where $a = nosuch", "where", 13 },
		{ "$a from obj$current where nosuch", "nosuch", 26 },
	};
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(
			subst_sql(&scope, rows[i].in, strlen(rows[i].in), 0, &out, NULL));
		const char *text = buffer_text(&out.text);
		size_t at = (size_t)(strstr(text, rows[i].marked) - text);
		assert_int_equal(subst_origin(&out, at), rows[i].offset);
		assert_int_equal(subst_origin(&out, out.text.len), strlen(rows[i].in));
	}
	assert_true(subst_sql(&scope, "", 0, 0, &out, NULL));
	assert_int_equal(subst_origin(&out, 0), 0);
	assert_int_equal(subst_origin(&out, 99), 0);
	subst_text_fini(&out);
}

/* --- SQLite is the judge ----------------------------------------------------------- */

/* 1 -> 2 3 4, 2 -> 5 6, 3 -> 6, 6 -> 1, 4 -> 4, 0 -> 7, 7 -> 1 */
static struct db *small_heap(void)
{
	struct db *db = db_open(NULL, DB_TEMPORARY, NULL);
	assert_non_null(db);
	assert_true(db_exec(db,
		"create table obj (address int primary key, type text, size int);"
		"create table ref (parent int, child int);"
		"create index child1 on ref (child); create index parent1 on ref "
		"(parent);"
		"insert into obj values (1,'dict',10),(2,'list',20),(3,'list',30),"
		"(4,'int',40),(5,'int',50),(6,'dict',60),(7,'module',70);"
		"insert into ref values (1,2),(1,3),(1,4),(2,5),(2,6),(3,6),(6,1),(4,4),"
		"(0,7),(7,1);"
		"create temp table result_0 (address, type);"
		"insert into result_0 values (10,'dict'),(-11,'o''x'),(null,null);",
		NULL));
	return db;
}

/* The values of the first column, separated by spaces. */
static void put_column(struct buffer *b, struct db *db, const char *sql)
{
	struct error err = ERROR_INIT;
	struct db_stmt *stmt = NULL;
	if (!db_prepare(db, sql, &stmt, NULL, &err))
		fail_msg("%s: %s", sql, err.message);
	while (db_step(stmt, &err) == 1) {
		struct cell cell = db_column(stmt, 0);
		if (b->len > 0)
			buffer_put_char(b, ' ');
		subst_put_literal(b, &cell);
	}
	assert_int_equal(err.status, STATUS_OK);
	db_stmt_free(stmt);
}

static const struct row queries[] = {
	{ "select address from obj where address in 1&", "2 3 4" },
	{ "select address from obj where address in 1&&", "4 5 6" },
	{ "select address from obj where address in 6^", "2 3" },
	{ "select address from obj where address in 6^^", "1" },
	{ "select address from obj where address in 6^&", "5 6" },
	{ "select address from obj where address in 0&", "7" },
	{ "select address from obj where address in 1&^^^ and size > 20", "3 4 6 7" },
	{ "select address from obj where address in (select address from obj "
	  "where "
	  "type = 'list')&",
		"5 6" },
	{ "select address from obj where address in (2, 6)&", "1 5 6" },
	{ "select address from obj where address in obj.address&", "4" },
	{ "select o.address from obj o where o.address in o.address&", "4" },
	{ "select address from obj where address in address&", "4" },
	{ "select address from obj where 6 in address& order by address desc", "3 2" },
	{ "select address from obj where address in (address)&&", "4" },
	{ "select address from obj where exists 5^", "1 2 3 4 5 6 7" },
	{ "select address from obj where size&8 and address in 1&", "3 4" },
	{ "select address from obj where size& 8", "1 3 4 6" },
	/* A column of the row outside is not taken for one of ref inside. */
	{ "select distinct parent from ref where 6 in parent& order by 1", "2 3" },
	{ "select distinct parent from ref where 6 in (parent)& order by 1", "2 3" },
	{ "select distinct parent from ref where 6 in ref.parent& order by 1", "2 3" },
	{ "select distinct parent from ref where 6 in parent&& order by 1", "1" },
	{ "select distinct child from ref where 1 in child^ order by 1", "2 3 4" },
	{ "select distinct parent from ref where 6 in $col& order by 1", "2 3" },
	{ "select max(address) from obj where 2 in max(1, 1)&", "7" },
	/* sets */
	{ "select address from obj where address in #0.address", "" },
	{ "select address from obj where type in #0.type", "1 6" },
	{ "select address from obj where address in #2.address&", "" },
	{ "select address from obj where address not in #2.address", "1 2 3 4 5 6 7" },
	{ "select r.address from #0 r where r.type = 'dict'", "10" },
	{ "select address from obj where type in #0.type and obj.size > 10", "6" },
	{ "select obj3.address from obj3 where obj3.size < 30", "1 2" },
	{ "select count(*) from obj3 join ref3 on ref3.child = obj3.address", "10" },
	{ "select count(*) from main.obj3", "7" },
};

static void test_yields_the_right_rows(void **state)
{
	struct db *db = small_heap();
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	for (size_t i = 0; i < COUNT(queries); i++) {
		struct buffer got = BUFFER_INIT;
		struct error err = ERROR_INIT;
		const char *in = queries[i].in;
		if (!subst_sql(&scope, in, strlen(in), 0, &out, &err))
			fail_msg("%s: %s", in, err.message);
		put_column(&got, db, buffer_text(&out.text));
		if (strcmp(buffer_text(&got), queries[i].out) != 0)
			print_error("%s\n", buffer_text(&out.text));
		assert_string_equal(buffer_text(&got), queries[i].out);
		buffer_fini(&got);
	}
	subst_text_fini(&out);
	db_close(db);
}

/* Renaming the columns must not cost the index. */
static void test_relations_use_the_index(void **state)
{
	struct db *db = small_heap();
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	static const char *const indexed[] = { "select 1 where 1 in 5&",
		"select 1 from ref where 1 in parent&",
		"select 1 where 1 in (select 5)^^" };
	for (size_t i = 0; i < COUNT(indexed); i++) {
		assert_true(
			subst_sql(&scope, indexed[i], strlen(indexed[i]), 0, &out, NULL));
		struct db_stmt *stmt = NULL;
		assert_true(db_preparef(db, &stmt, NULL, "explain query plan %s",
			buffer_text(&out.text)));
		bool searched = false;
		while (db_step(stmt, NULL) == 1) {
			struct cell detail = db_column(stmt, 3);
			searched |= strstr(detail.text, "SEARCH ref") != NULL;
		}
		assert_true(searched);
		db_stmt_free(stmt);
	}
	subst_text_fini(&out);
	db_close(db);
}

static struct cell random_cell(char *bytes)
{
	static const double reals[] = { 0.1, -0.0, 1e300, 1e-300, 3.0, 1e15, 1e17,
		123456789.123456789 };
	size_t len = (size_t)rand() % 8;
	for (size_t i = 0; i < len; i++)
		bytes[i] = "a'\"\\\n\0$#"[rand() % 8];
	switch (rand() % 5) {
	case 0:
		return cell_null();
	case 1:
		return cell_integer((int64_t)((uint64_t)rand() << 33 ^
					      (uint64_t)rand() << 20 ^ (uint64_t)rand()));
	case 2:
		return cell_real(reals[(size_t)rand() % COUNT(reals)]);
	case 3:
		return (struct cell){ .type = CELL_BLOB, .text = bytes, .len = len };
	default:
		return cell_bytes(bytes, len);
	}
}

/* The digits are exact; SQLite reads them as exactly as the machine's long double lets
 * it. */
static void check_real(double got, double want, const char *literal)
{
	if (isinf(want)) {
		assert_true(isinf(got) && (got < 0) == (want < 0));
		return;
	}
	double exact = strtod(literal, NULL);
	assert_memory_equal(&exact, &want, sizeof want);
	assert_true(fabs(got - want) <= fabs(want) * 1e-14);
}

static void check_literal(struct db *db, struct cell want)
{
	struct buffer sql = BUFFER_INIT;
	buffer_put_text(&sql, "select ");
	subst_put_literal(&sql, &want);
	struct db_stmt *stmt = NULL;
	assert_true(db_prepare(db, buffer_text(&sql), &stmt, NULL, NULL));
	assert_int_equal(db_step(stmt, NULL), 1);
	struct cell got = db_column(stmt, 0);
	assert_int_equal(got.type, want.type);
	assert_int_equal(got.len, want.len);
	if (want.type == CELL_INTEGER)
		assert_true(got.integer == want.integer);
	if (want.type == CELL_REAL)
		check_real(got.real, want.real, buffer_text(&sql) + strlen("select "));
	if (want.len > 0)
		assert_memory_equal(got.text, want.text, want.len);
	db_stmt_free(stmt);
	buffer_fini(&sql);
}

static void test_literals_read_back_equal(void **state)
{
	(void)state;
	struct db *db = db_open(NULL, DB_TEMPORARY, NULL);
	char bytes[8];
	srand(5);
	for (int round = 0; round < 20000; round++)
		check_literal(db, random_cell(bytes));
	check_literal(db, cell_integer(INT64_MIN));
	check_literal(db, cell_integer(INT64_MAX));
	check_literal(db, cell_real(1e308 * 10));
	check_literal(db, cell_real(-1e308 * 10));
	db_close(db);
}

/* --- random input ------------------------------------------------------------------ */

/* Text of these parts holds no form in either language, however they are glued, but
 * for digits before a `&`; it comes out byte for byte. */
static void test_changes_nothing_else(void **state)
{
	static const char *const parts[] = { "select", " ", " ", "from", "obj", "ref",
		"a.b", "'", "\"", "`", "[", "]", "(", ")", ",", "--", "\n", "/*", "*/",
		"#", "# ", "$", "$ ", "\\", "obj1", "& b", " & ", " ^ ", "in", "x'",
		"\xc3\xa9", "\xff", "||", ";", "- ", "->>" };
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	srand(6);
	for (int round = 0; round < 200000; round++) {
		char text[128];
		size_t len = 0;
		for (int n = rand() % 14; n > 0; n--) {
			const char *part = parts[(size_t)rand() % COUNT(parts)];
			bool form = len > 0 && text[len - 1] == '$' && *part != ' ';
			if (form || (len > 0 && text[len - 1] == '\\' && *part == '$'))
				continue;
			memcpy(text + len, part, strlen(part));
			len += strlen(part);
		}
		assert_true(subst_text(&scope, text, len, 0, &out, NULL));
		assert_int_equal(out.text.len, len);
		assert_memory_equal(buffer_text(&out.text), text, len);
		/* In SQL `b&)` would be a relation: no `&` then. */
		for (size_t i = 0; i < len; i++)
			text[i] = text[i] == '&' || text[i] == '^' ? '+' : text[i];
		assert_true(subst_sql(&scope, text, len, 0, &out, NULL));
		assert_int_equal(out.text.len, len);
		assert_memory_equal(buffer_text(&out.text), text, len);
	}
	subst_text_fini(&out);
}

static void check_places(const struct subst_text *out, size_t len)
{
	size_t before = 0;
	for (size_t i = 0; i <= out->text.len; i++) {
		size_t origin = subst_origin(out, i);
		assert_true(origin <= len && origin >= before);
		before = origin;
	}
}

static void test_survives_random_bytes(void **state)
{
	static const char *const parts[] = { "#0.0", "#0.type", "#0", "#2.address", "#9",
		"$big", "$kids", "$col", "$1", "$@", "$text", "&", "^", "&&", "(", ")",
		"5", "a", ".", "parent", " ", "from", "in", ",", "obj3", "ref3", "'",
		"\"", "\\", "--", "\n", "/*", "*/", "select", "not", "as", "-", "?",
		"#1.\"", "$a.b" };
	struct subst_scope scope = scope_of(*state);
	struct subst_text out = SUBST_TEXT_INIT;
	srand(7);
	for (int round = 0; round < 150000; round++) {
		char text[128];
		size_t len = 0;
		for (int n = rand() % 10; n > 0; n--) {
			const char *part = parts[(size_t)rand() % COUNT(parts)];
			memcpy(text + len, part, strlen(part));
			len += strlen(part);
		}
		if (rand() % 8 == 0 && len > 0)
			text[(size_t)rand() % len] = (char)rand();
		/* Of exactly its length, so that a look behind the end is seen. */
		char *exact = malloc(len + 1);
		assert_non_null(exact);
		memcpy(exact + 1, text, len);
		struct error err = ERROR_INIT;
		substitute make = round % 2 == 0 ? subst_sql : subst_text;
		if (make(&scope, exact + 1, len, 0, &out, &err))
			check_places(&out, len);
		else
			assert_true(err.status == STATUS_SCRIPT && err.offset < len);
		free(exact);
	}
	subst_text_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_means_what_the_original_meant),
		cmocka_unit_test(test_leaves_quotes_and_comments_alone),
		cmocka_unit_test(test_tells_the_relation_from_the_operator),
		cmocka_unit_test(test_splices_values),
		cmocka_unit_test(test_knows_where_a_table_may_stand),
		cmocka_unit_test(test_takes_long_lists_from_the_table),
		cmocka_unit_test(test_finds_forms_in_texts),
		cmocka_unit_test(test_words_stay_whole),
		cmocka_unit_test(test_says_what_is_wrong_and_where),
		cmocka_unit_test(test_knows_where_the_output_comes_from),
		cmocka_unit_test(test_yields_the_right_rows),
		cmocka_unit_test(test_relations_use_the_index),
		cmocka_unit_test(test_literals_read_back_equal),
		cmocka_unit_test(test_changes_nothing_else),
		cmocka_unit_test(test_survives_random_bytes),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
