Two variables hold arrays.  The chain of what leaks in one begins with its name, not with that of
the other.
--- file dump.sh
# usage: dump.sh ITEMS
awk -v items=$1 'function child(i, from) { return sprintf("%s\"%d\":\"0x%x\"", i ? "," : "", i, from + 256 * i) }
BEGIN {
	printf "{\"header\":{\"memory_usage\":1},\"items\":{"
	printf "\"0x100\":{\"type\":\"array\",\"size\":\"72\",\"symbol_name\":\"views\",\"is_root\":true,\"frame\":\"<GLOBAL>\",\"children\":{"
	for (i = 0; i < items; i++) printf "%s", child(i, 1048576)
	printf "}},\"0x200\":{\"type\":\"array\",\"size\":\"72\",\"symbol_name\":\"jobs\",\"is_root\":true,\"frame\":\"<GLOBAL>\",\"children\":{"
	for (i = 0; i < items / 2; i++) printf "%s", child(i, 268435456)
	printf "}}"
	for (i = 0; i < items; i++) printf ",\"0x%x\":{\"type\":\"object\",\"size\":\"72\",\"class\":\"Visit\",\"object_handle\":\"%d\",\"is_root\":false}", 1048576 + 256 * i, i + 1
	for (i = 0; i < items / 2; i++) printf ",\"0x%x\":{\"type\":\"array\",\"size\":\"72\",\"is_root\":false,\"children\":{\"job\":\"0x%x\"}},\"0x%x\":{\"type\":\"int\",\"size\":\"16\",\"is_root\":false}", 268435456 + 256 * i, 268435472 + 256 * i, 268435472 + 256 * i
	print "}}"
}'
--- cmd
for n in 200 1200 2200; do sh dump.sh $n >$n.json; done
memsee -q -o leaks.md leak-check 200.json 1200.json 2200.json
status=$?
grep -B2 'held by' leaks.md | tr -d '\`'
exit $status
--- stdout
Visit +2000 (200, 1200, 2200): monotonic, 144000 bytes with all that hangs on it

held by <GLOBAL> $views array [] Visit
--
array {job} +1000 (100, 600, 1100): monotonic, 88000 bytes with all that hangs on it

held by <GLOBAL> $jobs array [] array
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 2 leaks: Visit +2000 (200, 1200, 2200), …
--- status 1
