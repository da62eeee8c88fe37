The icicle of a heap is coloured by what is new since another generation: what grew, what is as before.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_2.json.gz as 2.gz
--- cmd
memsee -q -f svg -e 'read 0.gz 2.gz' 'plot icicle against 1' >icicle.svg
grep -A3 -o 'class="b k-[a-z0-9]* w0.*<title>.*' icicle.svg | sed 's/class="b \(k-[a-z0-9]*\).*<title>/\1 /' | head -n 4
grep -A1 '<title>&lt;Registry' icicle.svg | tail -n 1
grep -o 'more than half new\|as before\|shrunk' icicle.svg
memsee -q -f svg -e 'read 0.gz 2.gz' 'plot bars against 1'
--- stdout
k-heap heap
k-up3 __main__
--
k-same no name
580 kB, 10.0 % of the whole, 1,491 objects, was 52.4 kB, __main__.&lt;Registry&gt;</title><rect fill="#d9702a" stroke="#fcfcfa" width="100%" height="100%"/><text x="5" y="15">&lt;Registry&gt;</text></svg>
shrunk
as before
more than half new
--- stderr
-e:1:1: 'against' is for the icicle of the heap: plot icicle against N
  plot bars against 1
  ^
--- status 2
