A target on a full disk fails, and what another target had is kept.
--- file report.md
yesterday
--- cmd
memsee -o report.md -o csv:/dev/full -e 'select 1 as a'
--- stderr
-e:1:1: cannot write '/dev/full': No space left on device
  select 1 as a
  ^
--- want report.md
yesterday
--- status 3
