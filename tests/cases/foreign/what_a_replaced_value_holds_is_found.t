Ruby's dumps do not name global variables.  The value of one is replaced with each request, so that
nothing in the dumps is there all the time but what leaks.
--- file dump.sh
# usage: dump.sh PLACE VISITS
awk -v place=$1 -v visits=$2 'BEGIN {
	print "{\"type\":\"ROOT\", \"root\":\"global_tbl\", \"references\":[\"" place "00\"]}"
	print "{\"address\":\"0x10\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Class\", \"memsize\":500}"
	print "{\"address\":\"0x20\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Array\", \"memsize\":500}"
	print "{\"address\":\"0x30\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Hash\", \"memsize\":500}"
	print "{\"address\":\"0x40\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Visit\", \"memsize\":500}"
	print "{\"address\":\"" place "00\", \"type\":\"HASH\", \"class\":\"0x30\", \"size\":1, \"references\":[\"" place "40\"], \"memsize\":168}"
	printf "{\"address\":\"%s40\", \"type\":\"ARRAY\", \"class\":\"0x20\", \"length\":%d, \"references\":[", place, visits
	for (i = 0; i < visits; i++) printf "%s\"0x%x\"", i ? ", " : "", 1048576 + 64 * i
	print "], \"memsize\":4000}"
	for (i = 0; i < visits; i++) printf "{\"address\":\"0x%x\", \"type\":\"OBJECT\", \"class\":\"0x40\", \"memsize\":40}\n", 1048576 + 64 * i
}'
--- cmd
sh dump.sh 0x51 200 >1.json
sh dump.sh 0x62 1200 >2.json
sh dump.sh 0x73 2200 >3.json
memsee -q -o leaks.md leak-check 1.json 2.json 3.json
status=$?
grep -B2 'held by' leaks.md | tr -d '\`'
exit $status
--- stdout
Visit +2000 (0, 1000, 2000): monotonic, 80000 bytes with all that hangs on it

held by global_tbl Hash {} Array [] Visit
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Visit +2000 (0, 1000, 2000)
--- status 1
