Sizes and lengths that somebody wrote into the tables, at both ends of the range and of other types: whatever looks at them answers, under the sanitizers, too, for objects that keep their addresses and for others.
--- use leaky_py310_0.json.gz as py1.json.gz
--- use leaky_py310_1.json.gz as py2.json.gz
--- use leaky_py310_2.json.gz as py3.json.gz
--- use leaky_ruby_1.json.gz as rb1.json.gz
--- use leaky_ruby_2.json.gz as rb2.json.gz
--- use leaky_ruby_3.json.gz as rb3.json.gz
--- cmd
set_to() { # TABLE FIRST SECOND THIRD: values in turn
	echo "update $1 set size = case address / 16 % 3 when 0 then $2 when 1 then $3 else $4 end, len = case address / 16 % 3 when 0 then $4 when 1 then $2 else $3 end"
}
least=-9223372036854775808 most=9223372036854775807
for dumps in 'py1.json.gz py2.json.gz py3.json.gz' 'rb1.json.gz rb2.json.gz rb3.json.gz'; do
	for other in -1 1e300 "'text'" null; do
		memsee -q -o out.html -o out.md -e "read $dumps" "$(set_to obj $least $most $other)" "$(set_to obj1 $other $least $most)" "$(set_to obj2 $most $other $least)" \
			leaks 'diff 1 3 by type' 'diff 1 3 by owner' 'diff 1 3 by signature' 'diff 1 3 by address' trend 'trend of bytes by owner' \
			dominators owners cycles garbage stats "owned of \"type = 'dict'\"" "paths to \"type = 'dict'\"" "retained of \"type = 'dict'\"" \
			'select * from piles(1, 1)' 'select * from type_totals(1)' 'select * from outliers(1, 1)' 'select * from retaining(1)' \
			'plot treemap' 'plot icicle' 'plot icicle against 1' 2>&1
		echo "$dumps, $other: $?"
	done
done
--- stdout
py1.json.gz py2.json.gz py3.json.gz, -1: 0
py1.json.gz py2.json.gz py3.json.gz, 1e300: 0
py1.json.gz py2.json.gz py3.json.gz, 'text': 0
py1.json.gz py2.json.gz py3.json.gz, null: 0
rb1.json.gz rb2.json.gz rb3.json.gz, -1: 0
rb1.json.gz rb2.json.gz rb3.json.gz, 1e300: 0
rb1.json.gz rb2.json.gz rb3.json.gz, 'text': 0
rb1.json.gz rb2.json.gz rb3.json.gz, null: 0
