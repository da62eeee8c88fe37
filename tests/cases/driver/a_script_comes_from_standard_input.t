`-` is the script on standard input, so that another program can write it.
--- cmd
echo 'select 6 * 7 as answer' | memsee -f csv -
--- stdout
answer
42
