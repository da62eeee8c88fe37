On a page each leak has a card: how it grew, the chain that holds it by the program's own names with the container that grows, and what to do; the answer leads there.
--- use leaky_py310_0.json.gz
leaky_py310_1.json.gz
leaky_py310_2.json.gz
--- cmd
memsee -q -o page.html leak-check leaky_py310_0.json.gz leaky_py310_1.json.gz leaky_py310_2.json.gz
grep -o '<li><b class="m">[^<]*</b> is kept by <a href="#leak-[0-9]">[^ ]* ' page.html | sed 's/<[^>]*>//g'
grep -o '<article class="leak" id="[^"]*"' page.html
grep -o '<span class="tag">[^<]*</span> <b class="m">[^<]*' page.html | sed 's/<[^>]*>//g'
grep -o 'aria-label="[^"]*Handler: [^"]*"' page.html
grep -c '<b>What to do:</b>' page.html
grep -o '<dt>[^<]*</dt>' page.html | tr '\n' ' '
--- stdout
UploadHandler is kept by __main__.&lt;Registry&gt;.entries?: 
LeakedSession is kept by __main__.&lt;list&gt;: 
CycleNode is kept by nothing 
LogRecord is kept by __main__.&lt;MemoryHandler&gt;.&lt;list&gt;: 
<article class="leak" id="leak-1"
<article class="leak" id="leak-2"
<article class="leak" id="leak-3"
<article class="leak" id="leak-4"
grows: 20 → 120 → 220 list
grows: 30 → 180 → 330 list
grows: 100 → 600 → 1,100 list
aria-label="UploadHandler: 20 in leaky_py310_0, 120 in leaky_py310_1, 220 in leaky_py310_2"
4
<dt>Heap</dt> <dt>Objects</dt> <dt>Dumps</dt> 
\ no newline
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 4 leaks: UploadHandler +200 (20, 120, 220), …
