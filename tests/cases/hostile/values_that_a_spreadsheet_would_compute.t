CSV keeps data as they are unless --csv-guard asks for an apostrophe before formulas.
--- file script.memsee
select '=1+1' a, '+1' b, '-1' c, '@x' d, char(9) || '=1' e, 'plain' f, -1 g, '' h, '=cmd|'' /C calc''!A0' i
--- cmd
memsee -f csv script.memsee
memsee -f csv --csv-guard script.memsee
memsee -f csv --csv-guard -e 'select 1 as "=1+1"'
--- stdout
a,b,c,d,e,f,g,h,i
=1+1,+1,-1,@x,"	=1",plain,-1,"",=cmd|' /C calc'!A0
a,b,c,d,e,f,g,h,i
'=1+1,'+1,'-1,'@x,'	=1,plain,-1,"",'=cmd|' /C calc'!A0
'=1+1
1
