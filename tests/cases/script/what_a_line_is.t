Comments, continuation by white space and by a backslash, prompts, a last semicolon.
--- file lines.memsee
# a comment
-- another
select 1 as a,
    # no comment here ends the command
       2 as b
    -- SQL's own comment
::> select 3 as c;
select \
4 as d

select '#1.0 -- $x & /* no comment */' as quoted
--- cmd
memsee -f csv lines.memsee
--- stderr
lines.memsee:4:5: SQL error: unrecognized token: "#"
      # no comment here ends the command
      ^
--- status 2
