NUL, bytes that are no UTF-8 and halves of surrogate pairs neither end a text early nor
reach a report as they are.
--- cmd
{
printf '{"address": 1, "type": "a\\u0000b", "size": 1, "refs": [2]}\n'
printf '{"address": 2, "type": "a\377\376", "size": 1, "value": "\300\200\355\240\200", "refs": []}\n'
printf '{"address": 3, "type": "str", "size": 1, "value": "\\ud83d x \\udc00", "refs": []}\n'
printf '{"address": 4, "type": "str", "size": 1, "value": "a\0b", "refs": []}\n'
printf '{"address": 5, "type": "str", "size": 1, "value": "\\ud83d\\ude00", "refs": []}\n'
} >nul.json
memsee -q -e 'read nul.json' 'select address, type, length(cast(type as blob)) n, value from obj'
--- stdout
| address | type     |   n | value |
| ------: | -------- | --: | ----- |
|       1 | `a\x00b` |   3 | ∘     |
|       3 | `str`    |   3 | � x � |
|       5 | `str`    |   3 | 😀    |
--- stderr
memsee: warning: nul.json:2:26: invalid bytes in UTF8 string
memsee: warning: nul.json:4:52: invalid character inside string
memsee: warning: nul.json: 2 of 5 lines skipped
