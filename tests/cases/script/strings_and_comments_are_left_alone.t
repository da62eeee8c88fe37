Substitutions are made on tokens: what is quoted is data.
--- cmd
memsee -f csv -e 'set x 1' "select 'a^b 0& #0.0 \$x' as a, \"x\" as b from (select 7 as x) /* \$nosuch */ -- #9.9"
--- stdout
a,b
a^b 0& #0.0 $x,7
