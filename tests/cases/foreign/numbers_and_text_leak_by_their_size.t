Outside of Python numbers are no objects: a list of them leaks by its size alone, and so does text
that is appended to.  The container is named, not its store.  Ruby says how many items there are,
while the store grows in leaps; V8 says how large the store is.  One that shrinks again, or grows
by fewer items than make a leak, is none.
--- use leaky_numbers_1.heapsnapshot.gz
--- use leaky_numbers_2.heapsnapshot.gz
--- use leaky_numbers_3.heapsnapshot.gz
--- file dump.sh
# usage: dump.sh ITEMS CHARACTERS ROOM
class() {
	printf '{"address":"%s", "type":"CLASS", "class":"0x8", "name":"%s", "memsize":500}\n' "$@"
}
object() {
	printf '{"address":"%s", "type":"OBJECT", "class":"%s", "references":["%s"], "memsize":40}\n' "$@"
}
echo '{"type":"ROOT", "root":"global_tbl", "references":["0x100", "0x110", "0x120"]}'
class 0x8 Class
class 0x10 Metrics
class 0x18 Hits
class 0x20 Log
class 0x28 Array
class 0x30 Hash
class 0x38 String
object 0x100 0x10 0x200
object 0x110 0x18 0x210
object 0x120 0x20 0x220
printf '{"address":"0x200", "type":"ARRAY", "class":"0x28", "length":%s, "memsize":%s}\n' $1 $3
printf '{"address":"0x210", "type":"HASH", "class":"0x30", "size":%s, "memsize":%s}\n' $1 $3
printf '{"address":"0x220", "type":"STRING", "class":"0x38", "bytesize":%s, "memsize":%s}\n' $2 $3
--- cmd
memsee -q -o leaks.md leak-check leaky_numbers_*.heapsnapshot.gz
status=$?
grep -B2 'held by' leaks.md | tr -d '\`'
exit $status
--- stdout
Float64Array in Metrics .history +30720 bytes (2048, 16384, 32768): monotonic

held by <closure metrics> Metrics .history Float64Array
--
Map in Metrics .hits +107520 bytes (7208, 57384, 114728): monotonic

held by <closure metrics> Metrics .hits Map
--
Array in Metrics .samples +21736 bytes (1832, 10328, 23568): monotonic

held by <closure metrics> Metrics .samples Array
--
Array in Metrics .ids +21736 bytes (1832, 10328, 23568): monotonic

held by <closure metrics> Metrics .ids Array
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 4 leaks: Float64Array in Metrics .history +30720 bytes (2048, 16384, 32768), …
--- status 1
--- cmd
sh dump.sh 200 8000 12000 >1.json
sh dump.sh 1200 48000 98000 >2.json
sh dump.sh 2200 88000 98000 >3.json
memsee -q -o leaks.md leak-check 1.json 2.json 3.json
status=$?
grep -B2 'held by' leaks.md | tr -d '\`'
exit $status
--- stdout
String in Log +80000 bytes (8000, 48000, 88000): monotonic

held by global_tbl Log -> String
--
Array in Metrics +2000 items (200, 1200, 2200): monotonic, 86000 bytes

held by global_tbl Metrics -> Array
--
Hash in Hits +2000 items (200, 1200, 2200): monotonic, 86000 bytes

held by global_tbl Hits -> Hash
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: String in Log +80000 bytes (8000, 48000, 88000), …
--- status 1
--- cmd
sh dump.sh 200 4000 12000 >1.json
sh dump.sh 220 4900 98000 >2.json
sh dump.sh 240 5800 99000 >3.json
memsee -q leak-check 1.json 2.json 3.json | grep '^No leak'
sh dump.sh 2200 88000 98000 >4.json
sh dump.sh 200 8000 99000 >5.json
memsee -q leak-check 2.json 4.json 5.json | grep '^No leak'
--- stdout
No leak in 3 dumps.
No leak in 3 dumps.
