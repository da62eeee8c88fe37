Where nothing can be written it is said before the work begins.
--- file plain
--- cmd
memsee -o no/such/folder/report.md -e 'echo ran >&2'
--- stderr
memsee: cannot write 'no/such/folder/report.md': No such file or directory
--- status 3
--- cmd
memsee -o plain/report.md -e 'echo ran'
--- stderr
memsee: cannot write 'plain/report.md': Not a directory
--- status 3
--- cmd
memsee -o report.xyz -e 'echo ran'
--- stderr
memsee: no format has the extension of 'report.xyz'; write FORMAT:report.xyz with one of markdown, csv, dot, text, json, html, svg
--- status 2
--- cmd
memsee -o nosuch:report -e 'echo ran'
--- stderr
memsee: unknown format 'nosuch' in 'nosuch:report'; the formats are markdown, csv, dot, text, json, html, svg
--- status 2
