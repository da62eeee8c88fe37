Dumps of other runtimes are read from a pipe, packed, within little memory and redacted as
those of Python are, and what is not of the format that was named is refused with one line.
--- unless valgrind
--- use tiny.heapsnapshot
tiny.hprof
tiny_ruby.json
tiny_php.json
--- file s.memsee
read $1
select * from obj
select * from ref
--- cmd
for f in tiny.heapsnapshot tiny.hprof tiny_ruby.json tiny_php.json; do
	memsee -q -f csv -e "read $f" 'select * from obj' 'select * from ref' >plain
	gzip -c $f | memsee -q -f csv -e 'read -' 'select * from obj' 'select * from ref' | cmp - plain
	zstd -qc $f | memsee -q --memory 1K -f csv -e 'read -' 'select * from obj' 'select * from ref' | cmp - plain
	memsee -q --safe -f csv s.memsee $f | cmp - plain
done
--- cmd
memsee -q --redact -f csv -e 'read tiny.hprof' "select count(*) as n from obj where value is not null and value not glob 'redacted_*'" 'select count(*) as n from ref_label_list where labels glob "*carts*" or labels glob "*weak*"'
--- stdout
n
0

n
0
--- cmd
for format in heapsnapshot hprof ruby php-meminfo; do memsee -q -e "read $format:s.memsee"; done
--- stderr
-e:1:1: 's.memsee': byte 1: invalid char in json text
  read heapsnapshot:s.memsee
  ^
-e:1:1: 's.memsee' is not an HPROF dump
  read hprof:s.memsee
  ^
-e:1:1: 's.memsee' is not a dump that can be read: 3 bad lines, 0 objects; line 1, column 1: invalid char in json text
  read ruby:s.memsee
  ^
-e:1:1: 's.memsee': byte 1: invalid char in json text
  read php-meminfo:s.memsee
  ^
--- status 3
