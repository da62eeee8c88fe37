Names and data may hold anything; the files that CI reads stay well-formed and the log has no command of theirs.
--- needs xmllint
--- use junit.xsd
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- file hostile.memsee
expect "a ]]> <b> & ""q"" ::error::%0A": select '<&>]]>' || char(10) || '::error::' || char(27) || char(0xFFFE) = 'x' "say ::set-output%
  so ]]>"
expect "é": select cast(x'ff00fe' as text) = 1
expect empty select 'a' || char(10) || '::error::b' as "<c>", char(0xD800, 11) as d
nonsense]]>
--- cmd
memsee -q --junit out.xml --annotate github hostile.memsee
--- stdout
**empty select 'a' \|\| char(10) \|\| '\:\:error\:\:b' as "\<c\>", char(0xD800, 11) as d: what is at fault**

| `<c>`           | d            |
| --------------- | ------------ |
| `a\n::error::b` | `\ud800\x0b` |
--- stderr
hostile.memsee:1:1: check failed: a ]]> <b> & "q" ::error::%0A: expected = 'x', found '<&>]]>?::error::?\ufffe': say ::set-output% so ]]>
  expect "a ]]> <b> & ""q"" ::error::%0A": select '<&>]]>' || char(10) || '::error::' || char(27) || char(0xFFFE) = 'x' "say ::set-output%
  ^
::error file=hostile.memsee,line=1::check failed: a ]]> <b> & "q" ::error::%250A: expected = 'x', found '<&>]]>?::error::?￾': say ::set-output%25 so ]]>
hostile.memsee:3:1: check failed: é: expected = 1, found cast(x'ff00fe' as text)
  expect "é": select cast(x'ff00fe' as text) = 1
  ^
::error file=hostile.memsee,line=3::check failed: é: expected = 1, found cast(x'ff00fe' as text)
hostile.memsee:4:1: check failed: empty select 'a' || char(10) || '::error::b' as "<c>", char(0xD800, 11) as d: expected no rows, found 1 row
  expect empty select 'a' || char(10) || '::error::b' as "<c>", char(0xD800, 11) as d
  ^
::error file=hostile.memsee,line=4::check failed: empty select 'a' || char(10) || '::error::b' as "<c>", char(0xD800, 11) as d: expected no rows, found 1 row
hostile.memsee:5:1: no command 'nonsense'; 'help' lists the commands
  nonsense]]>
  ^
::error file=hostile.memsee,line=5::no command 'nonsense'; 'help' lists the commands
--- status 2
--- cmd
xmllint --noout --nowarning --schema junit.xsd out.xml 2>&1; cat out.xml
--- stdout
out.xml validates
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
	<testsuite name="hostile.memsee" id="0" package="memsee" tests="4" failures="3" errors="1" time="0" timestamp="1970-01-01T00:00:00" hostname="localhost">
		<properties/>
		<testcase classname="hostile.memsee" name="a ]]&gt; &lt;b&gt; &amp; &quot;q&quot; ::error::%0A" time="0">
			<failure type="check" message="expected = 'x', found '&lt;&amp;&gt;]]&gt;
::error::\x1b\ufffe': say ::set-output% so ]]&gt;">hostile.memsee:1: expected = 'x', found '&lt;&amp;&gt;]]&gt;
::error::\x1b\ufffe': say ::set-output% so ]]&gt;</failure>
		</testcase>
		<testcase classname="hostile.memsee" name="é" time="0">
			<failure type="check" message="expected = 1, found cast(x'ff00fe' as text)">hostile.memsee:3: expected = 1, found cast(x'ff00fe' as text)</failure>
		</testcase>
		<testcase classname="hostile.memsee" name="empty select 'a' || char(10) || '::error::b' as &quot;&lt;c&gt;&quot;, char(0xD800, 11) as d" time="0">
			<failure type="check" message="expected no rows, found 1 row">hostile.memsee:4: expected no rows, found 1 row
empty select 'a' || char(10) || '::error::b' as &quot;&lt;c&gt;&quot;, char(0xD800, 11) as d: what is at fault
#        &lt;c&gt;        d         
-------- ---------- ----------
         a\n::erro… \ud800\x0b
</failure>
		</testcase>
		<testcase classname="hostile.memsee" name="run" time="0">
			<error type="run" message="no command 'nonsense'; 'help' lists the commands">hostile.memsee:5: no command 'nonsense'; 'help' lists the commands</error>
		</testcase>
		<system-out/>
		<system-err/>
	</testsuite>
</testsuites>
--- cmd
memsee -q --junit ok.xml -e "echo no checks"; xmllint --noout --schema junit.xsd ok.xml 2>&1; cat ok.xml
--- stdout
no checks
ok.xml validates
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
	<testsuite name="memsee" id="0" package="memsee" tests="0" failures="0" errors="0" time="0" timestamp="1970-01-01T00:00:00" hostname="localhost">
		<properties/>
		<system-out/>
		<system-err/>
	</testsuite>
</testsuites>
--- cmd
memsee --junit /dev/full -e "expect 1 = 1" >/dev/null
--- stderr
memsee: cannot write '/dev/full': No space left on device
1 check: 1 passed, 0 failed
--- status 3
--- cmd
memsee --junit nowhere/out.xml -e "expect 1 = 2" >/dev/null
--- stderr
memsee: cannot write 'nowhere/out.xml': No such file or directory
--- status 3
--- cmd
memsee --annotate gitlab -e "expect 1 = 2"
--- stderr
memsee: --annotate takes github, not 'gitlab'
--- status 2
--- cmd
memsee -q --annotate github -o out.md leak-check 0.gz 1.gz 2>&1 | grep ^::; memsee -q --annotate github -e "expect 1 = 2" 2>&1 >out.md | grep ^::; memsee -q --annotate github --junit out.xml leak-check 0.gz missing.gz 2>&1 >out.md | grep ^::; echo 'expect a: 1 = 2' | memsee -q --annotate github - 2>&1 >out.md | grep ^::
--- stdout
::error title=leak-check.memsee::check failed: no leak: expected no leak, found 4 leaks: UploadHandler +100 (20, 120), …
::error::check failed: 1 = 2: expected = 2, found 1
::error title=leak-check.memsee::cannot read 'missing.gz': No such file or directory
::error::check failed: a: expected = 2, found 1
