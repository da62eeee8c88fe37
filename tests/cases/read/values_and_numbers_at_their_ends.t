The largest and smallest numbers, missing values, NUL and half surrogates come through.
--- use strings_py310.json
--- cmd
memsee -q -f csv -e 'read strings_py310.json' \
    'select count(*) as objects, min(size) as smallest, max(size) as largest from obj where address <> 0' \
    "select value from obj where type = 'int' and value in ('9223372036854775807', '-9223372036854775808') order by value" \
    "select count(*) as n from obj where type = 'int' and value is null" \
    "select hex(value) as value from obj where instr(value, char(0)) order by address limit 2" \
    "select count(*) as replaced from obj where instr(value, char(65533))"
--- stdout
objects,smallest,largest
183,-984,4611686018427387920

value
-9223372036854775808
9223372036854775807

n
9

value
000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F
000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F60616263

replaced
7
