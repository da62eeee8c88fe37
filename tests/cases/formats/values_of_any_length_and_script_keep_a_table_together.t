Wide, combining and zero-width characters, and long values: every row has its cells.
--- needs cmark-gfm
--- use strings_py310.json
--- cmd
memsee -q -f markdown -e 'read strings_py310.json' 'select address, type, name, value, size, len, repr from obj' >out.md
cmark-gfm -e table out.md | awk '/<tr>/ { n = 0 } /<t[dh]/ { n++ } /<\/tr>/ { rows[n]++ } END { for (n in rows) print n, rows[n] }'
--- stdout
7 184
--- cmd
memsee -q -f csv -e 'read strings_py310.json' 'select address, value from obj' >out.csv
python3 -c 'import csv; print({len(r) for r in csv.reader(open("out.csv", newline="", encoding="utf-8"))})'
--- stdout
{2}
