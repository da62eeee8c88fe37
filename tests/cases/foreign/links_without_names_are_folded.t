Ruby's dumps do not name references.  Those from an object to another of its class are the links
of a chain, which is shown once, whatever its length.
--- file dump.sh
# usage: dump.sh LINKS
awk -v links=$1 'BEGIN {
	print "{\"type\":\"ROOT\", \"root\":\"global_tbl\", \"references\":[\"0x100\"]}"
	print "{\"address\":\"0x10\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Class\", \"memsize\":500}"
	print "{\"address\":\"0x20\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Queue\", \"memsize\":500}"
	print "{\"address\":\"0x30\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Cell\", \"memsize\":500}"
	print "{\"address\":\"0x40\", \"type\":\"CLASS\", \"class\":\"0x10\", \"name\":\"Order\", \"memsize\":500}"
	print "{\"address\":\"0x100\", \"type\":\"OBJECT\", \"class\":\"0x20\", \"references\":[\"0x10000\"], \"memsize\":40}"
	for (i = 0; i < links; i++) {
		next_one = i + 1 < links ? sprintf(", \"0x%x\"", 65536 + 256 * (i + 1)) : ""
		printf "{\"address\":\"0x%x\", \"type\":\"OBJECT\", \"class\":\"0x30\", \"references\":[\"0x%x\"%s], \"memsize\":40}\n", 65536 + 256 * i, 65664 + 256 * i, next_one
		printf "{\"address\":\"0x%x\", \"type\":\"OBJECT\", \"class\":\"0x40\", \"references\":[], \"memsize\":40}\n", 65664 + 256 * i
	}
}'
--- cmd
for n in 300 700 1100; do sh dump.sh $n >$n.json; done
memsee -q -o leaks.md leak-check 300.json 700.json 1100.json
status=$?
grep -B2 'held by' leaks.md | tr -d '\`'
exit $status
--- stdout
1 leak in 3 dumps:

Cell +800 (300, 700, 1100): monotonic, each held by another, 64000 bytes with all that hangs on it

held by global_tbl Queue -> Cell*
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Cell +800 (300, 700, 1100)
--- status 1
