What a report consists of besides tables.
--- file doc.memsee
title A report on *things*
text The first paragraph has
    two lines and **Markdown**.
text
    - a list
    - of two
caption A | name
select 1 as a
--- cmd
memsee doc.memsee
--- stdout
# A report on *things*

The first paragraph has
two lines and **Markdown**.

- a list
- of two

**A \| name**

|   a |
| --: |
|   1 |
