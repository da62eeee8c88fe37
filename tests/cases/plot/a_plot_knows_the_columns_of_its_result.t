Each kind of plot finds its figures and names by what the columns are called; Markdown has charts of some, CSV counts what it leaves out.
--- needs xmllint
--- use leaky_py310_0.json.gz
leaky_py310_1.json.gz
leaky_py310_2.json.gz
--- file plots.memsee
read $@
trend top 3
caption Objects from dump to dump
plot lines
diff 1 3 by owner top 4
caption Grown
plot bars of #1 column count_growth top 2
plot stack column bytes_growth
plot treemap
plot icicle
plot process
path from "address in 0&" to "type = 'UploadHandler'"
plot chain
--- cmd
memsee -o out.md -o out.csv -o out.svg -o svg:pictures/ -o out.html plots.memsee leaky_py310_0.json.gz leaky_py310_1.json.gz leaky_py310_2.json.gz 2>&1 | grep picture
ls pictures
grep '!\[' out.md
xmllint --noout out.svg pictures/*.svg && echo valid
grep -o '<figcaption>[^<]*' out.html
--- stdout
out.csv leaves out 6 pictures; -o FILE.html shows them
grown.svg
objects-from-dump-to-dump.svg
parts-of-the-whole.svg
the-heap-by-owner.svg
what-holds-them.svg
what-retains-how-much.svg
![Objects from dump to dump](pictures/objects-from-dump-to-dump.svg)
![Grown](pictures/grown.svg)
![Parts of the whole](pictures/parts-of-the-whole.svg)
![What retains how much](pictures/what-retains-how-much.svg)
![The heap by owner](pictures/the-heap-by-owner.svg)
![What holds them](pictures/what-holds-them.svg)
valid
<figcaption>Objects from dump to dump
<figcaption>Grown
<figcaption>Parts of the whole
<figcaption>What retains how much
<figcaption>The heap by owner
--- cmd
memsee -q -f markdown plots.memsee leaky_py310_0.json.gz leaky_py310_1.json.gz leaky_py310_2.json.gz | sed -n '/xychart/,/```/p'
--- stdout
xychart-beta
    title "Objects from dump to dump"
    x-axis ["leaky_py310_0", "leaky_py310_1", "leaky_py310_2"]
    y-axis "thousand objects"
    line [11.4, 13.0, 14.6]
    line [0.7, 2.2, 3.7]
    line [1.9, 2.9, 4.1]
```
xychart-beta horizontal
    title "Grown"
    x-axis ["float of LogRecord", "str of LogRecord"]
    y-axis "objects"
    bar [3000, 2000]
```
