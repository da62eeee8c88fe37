Comments, continuation by white space and by a backslash, prompts, a last semicolon.
--- file lines.memsee
# a comment
-- another
select 1 as a,
# a comment does not end the command
       2 as b
    -- SQL's own comment
::> select 3 as c;
select \
4 as d

select '#1.0 -- $x & /* no comment */' as quoted
--- cmd
memsee -f csv lines.memsee
--- stdout
a,b
1,2

c
3

d
4

quoted
#1.0 -- $x & /* no comment */
