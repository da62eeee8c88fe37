Every runtime has its recorded leaks: a handler in a registry, a closure in a bus, an entry in a
cache.  Each is named with its exact growth and what holds it, and the mended twin is clean.
--- unless valgrind
--- use leaky_node_1.heapsnapshot.gz
--- use leaky_node_2.heapsnapshot.gz
--- use leaky_node_3.heapsnapshot.gz
--- use mended_node_1.heapsnapshot.gz
--- use mended_node_2.heapsnapshot.gz
--- use mended_node_3.heapsnapshot.gz
--- use leaky_java_1.hprof.gz
--- use leaky_java_2.hprof.gz
--- use leaky_java_3.hprof.gz
--- use mended_java_1.hprof.gz
--- use mended_java_2.hprof.gz
--- use mended_java_3.hprof.gz
--- use leaky_ruby_1.json.gz
--- use leaky_ruby_2.json.gz
--- use leaky_ruby_3.json.gz
--- use mended_ruby_1.json.gz
--- use mended_ruby_2.json.gz
--- use mended_ruby_3.json.gz
--- use leaky_php_1.json.gz
--- use leaky_php_2.json.gz
--- use leaky_php_3.json.gz
--- use mended_php_1.json.gz
--- use mended_php_2.json.gz
--- use mended_php_3.json.gz
--- cmd
memsee -q -o leaks.md leak-check leaky_node_*.heapsnapshot.gz
status=$?
grep -A2 'hangs on it' leaks.md | tr -d '\`' | sed 's/Lambda.[0-9a-fx]*/Lambda/g'
exit $status
--- stdout
Handler +200 (40, 140, 240): monotonic, 27200 bytes with all that hangs on it

held by <closure registry> Registry .handlers Array [] Handler
--
Object {user, body} +200 (40, 140, 240): monotonic, 19200 bytes with all that hangs on it

held by <closure cache> Map {*} Object
--
Function +200 (40, 140, 240): monotonic, 27200 bytes with all that hangs on it

held by <closure bus> EventEmitter ._events Object .tick Array [] Function
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Handler +200 (40, 140, 240), …
--- status 1
--- cmd
memsee -q -o clean.md leak-check mended_node_*.heapsnapshot.gz
grep '^No leak' clean.md
--- stdout
No leak in 3 dumps.
--- cmd
memsee -q -o leaks.md leak-check leaky_java_*.hprof.gz
status=$?
grep -A2 'hangs on it' leaks.md | tr -d '\`' | sed 's/Lambda.[0-9a-fx]*/Lambda/g'
exit $status
--- stdout
Leaky$Entry +200 (40, 140, 240): monotonic, 28992 bytes with all that hangs on it

held by Leaky .cache java.util.HashMap {*} Leaky$Entry
--
Leaky$$Lambda +200 (40, 140, 240): monotonic, 24776 bytes with all that hangs on it

held by Leaky .bus Leaky$Bus .listeners java.util.ArrayList [] Leaky$$Lambda
--
Leaky$Handler +200 (40, 140, 240): monotonic, 16776 bytes with all that hangs on it

held by Leaky .registry Leaky$Registry .handlers java.util.ArrayList [] Leaky$Handler
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Leaky$Entry +200 (40, 140, 240), …
--- status 1
--- cmd
memsee -q -o clean.md leak-check mended_java_*.hprof.gz
grep '^No leak' clean.md
--- stdout
No leak in 3 dumps.
--- cmd
memsee -q -o leaks.md leak-check leaky_ruby_*.json.gz
status=$?
grep -A2 'hangs on it' leaks.md | tr -d '\`' | sed 's/Lambda.[0-9a-fx]*/Lambda/g'
exit $status
--- stdout
Handler +200 (40, 140, 240): monotonic, 23220 bytes with all that hangs on it

held by Object -> Registry -> Array [] Handler
--
Session +200 (40, 140, 240): monotonic, 16000 bytes with all that hangs on it

held by Object -> Cache -> Hash {} Session
--
Proc +200 (40, 140, 240): monotonic, 62400 bytes with all that hangs on it

held by Object -> Bus -> Array [] Proc
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Handler +200 (40, 140, 240), …
--- status 1
--- cmd
memsee -q -o clean.md leak-check mended_ruby_*.json.gz
grep '^No leak' clean.md
--- stdout
No leak in 3 dumps.
--- cmd
memsee -q -o leaks.md leak-check leaky_php_*.json.gz
status=$?
grep -A2 'hangs on it' leaks.md | tr -d '\`' | sed 's/Lambda.[0-9a-fx]*/Lambda/g'
exit $status
--- stdout
Handler +200 (40, 140, 240): monotonic, 24540 bytes with all that hangs on it

held by <GLOBAL> $registry Registry .handlers array [] Handler
--
array {user, hits} +200 (40, 140, 240): monotonic, 12540 bytes with all that hangs on it

held by <GLOBAL> $cache Cache .entries array [] array
--
Closure +200 (40, 140, 240): monotonic, 14400 bytes with all that hangs on it

held by <GLOBAL> $bus Bus .listeners array [] Closure
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Handler +200 (40, 140, 240), …
--- status 1
--- cmd
memsee -q -o clean.md leak-check mended_php_*.json.gz
grep '^No leak' clean.md
--- stdout
No leak in 3 dumps.
