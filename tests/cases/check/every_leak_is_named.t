Of twelve leaks the first ten are told at length; a line names the others, and the table has all.
--- cmd
heap() { awk -v n=$1 'BEGIN {
	for (t = 1; t <= 12; t++) {
		refs = ""
		for (i = 1; i <= n + t * n / 10; i++) {
			printf "{\"address\": %d, \"type\": \"Leak%02d\", \"size\": 16, \"refs\": []}\n", t * 1000 + i, t
			refs = refs ", " t * 1000 + i
		}
		printf "{\"address\": %d, \"type\": \"Owner%02d\", \"size\": 16, \"refs\": [%s]}\n", 100 + t, t, substr(refs, 3)
		owners = owners ", " 100 + t
	}
	printf "{\"address\": 1, \"type\": \"module\", \"size\": 16, \"name\": \"main\", \"refs\": [%s]}\n", substr(owners, 3)
}'; }
heap 10 >a.json; heap 100 >b.json; heap 200 >c.json
memsee -q leak-check a.json b.json c.json >report.md 2>/dev/null; echo status $?
sed -n 3p report.md; grep -c '^Leak.*monotonic' report.md; grep more: report.md; grep -c '^| Leak.*new' report.md
--- stdout
status 1
12 leaks in 3 dumps:
10
and 2 more: Leak02 +228 (12, 120, 240), Leak01 +209 (11, 110, 220)
12
