Every table of a page is in JSON and in CSV under the same caption; in CSV the first, which is the whole
file where there is one result, has none.
--- unless valgrind
--- use names_py313.json
--- use leaky_worker_1.json.gz
--- use leaky_worker_2.json.gz
--- use leaky_worker_3.json.gz
--- cmd
tables() {
    memsee -q -o page.html -o page.json -o page.csv "$@" 2>&1
    grep -o '<caption>[^<]*' page.html | sed 's/<caption>//; s/&amp;/\&/g' | sort -u >captions
    echo "$1: $(wc -l <captions)"
    while read -r name; do
        grep -qF "\"caption\": \"$name\"" page.json || echo "not in JSON: $name"
        grep -qx "\"\?$name\"\?" page.csv || echo "not in CSV: $name"
    done <captions
}
for report in suspects summary owners cycles duplicates collections strings; do
    tables $report names_py313.json
done
tables why -D "what=type = 'dict'" names_py313.json
tables types -D type=dict names_py313.json
for report in leak-check trend; do
    tables $report leaky_worker_1.json.gz leaky_worker_2.json.gz leaky_worker_3.json.gz
done
tables diff leaky_worker_1.json.gz leaky_worker_3.json.gz
--- stdout
suspects: 1
summary: 5
not in CSV: Types by bytes
owners: 4
not in CSV: Owners by package, module and name
cycles: 3
duplicates: 2
collections: 4
not in CSV: How long containers are
strings: 3
not in CSV: Texts by size
why: 3
types: 6
not in CSV: Their size, and the memory that they retain
memsee leak-check: check failed: no leak: expected no leak, found 4 leaks: App\Job +140 (20, 90, 160), …
leak-check: 6
not in CSV: no leak: what is at fault
trend: 5
not in CSV: How they are held
not in CSV: Leaks
diff: 5
not in CSV: By type
