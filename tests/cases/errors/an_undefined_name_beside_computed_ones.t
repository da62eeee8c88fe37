Looking for the name that was meant leaves what `let` computed usable.
--- cmd
memsee --keep-going -f csv -e "let total select 40 + 2" 'select $totl' 'select $total as n'
--- stdout
n
42
--- stderr
-e:1:8: no name $totl; did you mean $total?
  select $totl
         ^
--- status 2
