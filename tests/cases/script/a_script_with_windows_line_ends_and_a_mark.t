What an editor on Windows leaves is no part of the commands.
--- cmd
printf '\357\273\277# c\r\nselect 1 as a,\r\n  2 as b;\r\n' >w.memsee; memsee -f csv w.memsee
--- stdout
a,b
1,2
