What the first line of a dump says of its process is kept as facts of the generation: what
counts are memsee's own stays, and a redacted dump gives away neither the program nor a number
that nobody knows.
--- file d.json
{"memsee_dump": 1, "python": "3.13.0", "implementation": "CPython", "pid": 42, "pid": 43, "time": "2026-01-01T00:00:00Z", "argv": ["app.py", "--password=x"], "rss": 4096, "objects": 77, "card": 4111111111111111, "note": "hello", "address": 1, "type": "memsee_dump", "size": 0, "refs": []}
{"address": 16, "type": "list", "size": 56, "len": 0, "refs": []}
--- cmd
memsee -q -f csv -e 'read d.json' "select fact, value from read_log where fact in ('objects', 'card', 'note', 'header') or rowid > 14"
--- stdout
fact,value
objects,1
program,app.py
version,3.13.0
runtime,CPython
pid,42
time,2026-01-01T00:00:00Z
rss,4096
card,4111111111111111
header,"{""memsee_dump"": 1, ""python"": ""3.13.0"", ""implementation"": ""CPython"", ""pid"": 42, ""pid"": 43, ""time"": ""2026-01-01T00:00:00Z"", ""argv"": [""app.py"", ""--password=x""], ""rss"": 4096, ""objects"": 77, ""card"": 4111111111111111, ""note"": ""hello"", ""address"": 1, ""type"": ""memsee_dump"", ""size"": 0, ""refs"": []}"
--- cmd
memsee -q --redact -f csv -e 'read d.json' "select fact, value from read_log where fact in ('objects', 'card', 'note', 'header') or rowid > 14"
--- stdout
fact,value
objects,1
values,redacted
version,3.13.0
runtime,CPython
pid,42
time,2026-01-01T00:00:00Z
rss,4096
