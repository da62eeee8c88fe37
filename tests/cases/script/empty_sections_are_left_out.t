A section of which nothing is to be shown has no heading and no text; a result without rows says in words what that means.
--- use tiny_py310.json
--- cmd
cat >report.memsee <<'END'
read tiny_py310.json
let n select count(*) from obj
section Giants
text Nobody is that large.
caption Objects of a gigabyte
select address from obj where size > 1000000000
section Strings
text There are some.
caption Some
select count(*) n from obj where type = 'str'
title Frames
text A heading of its own stays.
otherwise There is no *frame* among `$n` objects.
select address from obj where type = 'no frame'
select address from obj where type = 'no frame'
section Leaks
otherwise Nothing `leaks`.
select 1 where 0
section Nothing
text And nothing at the end.
END
memsee -q report.memsee; memsee -q -o text:- report.memsee | grep -c Giants; memsee -q -o csv:- report.memsee
--- stdout
# Strings

There are some.

**Some**

|   n |
| --: |
|  50 |

## Frames

A heading of its own stays.

There is no *frame* among `213` objects.

*No rows.*

## Leaks

Nothing `leaks`.
0
address

Some
n
50

address

address

1
