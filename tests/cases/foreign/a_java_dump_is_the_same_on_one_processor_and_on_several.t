A dump of a Java machine is read in shares, by as many threads as there are processors.  How many
there are changes no byte of the database: neither which object is kept of two at one address, nor
the order of anything.
--- use leaky_java_3.hprof.gz
--- cmd
gzip -dc leaky_java_3.hprof.gz >one.hprof; (cat one.hprof; tail -c +32 one.hprof) >two.hprof; for f in one two; do for p in one all; do $(test $p = one && echo taskset -c 0) memsee -q -d $f.$p.db -e "read $f.hprof"; done; cmp $f.one.db $f.all.db && echo the same; done
--- stdout
the same
the same
--- cmd
memsee -q -d one.all.db -e "select count(*) as objects, count(distinct type) as types from obj"
memsee -d two.all.db -e "select count(*) as objects from obj"
--- stdout
| objects | types |
| ------: | ----: |
|    2776 |    60 |
| objects |
| ------: |
|    2776 |
