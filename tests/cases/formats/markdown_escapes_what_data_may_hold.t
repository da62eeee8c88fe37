Pipes, newlines, backticks, HTML and links in data stay data, also through a renderer.
--- needs cmark-gfm
--- file hostile.memsee
select 'a|b' as "p|q", 'two' || char(10) || 'lines' as n, '`tick`' as t, '<script>alert(1)</script>' as h, '[x](http://e)' as l, '![i](x)' as i, null as z, '' as e, 12 as num
--- cmd
memsee hostile.memsee
memsee hostile.memsee | cmark-gfm -e table -e autolink | grep -c '<td'
memsee hostile.memsee | cmark-gfm -e table -e autolink | grep -E '<script|<a |<img' ; true
--- stdout
| `p\|q` | n            | t            | h                           | l               | i         | z   | e   | num |
| ------ | ------------ | ------------ | --------------------------- | --------------- | --------- | --- | --- | --: |
| `a\|b` | `two\nlines` | `` `tick` `` | `<script>alert(1)</script>` | `[x](http://e)` | `![i](x)` | ∘   |     |  12 |
9
