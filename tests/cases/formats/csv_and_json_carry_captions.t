What a page shows above a table is in the other formats too: CSV has it between two tables,
where no reader of a single table meets it, and JSON in each row, so that a row says what it
belongs to.
--- file t.memsee
caption First
select 1 a
caption Second, with a comma
select 2 caption
select 3 c
--- cmd
memsee -f csv t.memsee; memsee -f json t.memsee
--- stdout
a
1

"Second, with a comma"
caption
2

c
3
{"#": "#0.0", "caption": "First", "a": 1}
{"#": "#1.0", "caption": "Second, with a comma", "caption_2": 2}
{"#": "#2.0", "c": 3}
