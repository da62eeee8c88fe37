/dev/full takes nothing: status 3 for every format.
--- cmd
for format in markdown csv text json; do
    memsee -f $format -e 'select 1 as a' >/dev/full; echo $format $?
done
--- stdout
markdown 3
csv 3
text 3
json 3
--- stderr
-e:1:1: cannot write 'standard output': No space left on device
  select 1 as a
  ^
-e:1:1: cannot write 'standard output': No space left on device
  select 1 as a
  ^
-e:1:1: cannot write 'standard output': No space left on device
  select 1 as a
  ^
-e:1:1: cannot write 'standard output': No space left on device
  select 1 as a
  ^
--- cmd
memsee -o csv:/dev/full -e 'select 1 as a'
--- stderr
-e:1:1: cannot write '/dev/full': No space left on device
  select 1 as a
  ^
--- status 3
--- cmd
memsee --help >/dev/full
--- stderr
memsee: cannot write to 'standard output': No space left on device
--- status 3
