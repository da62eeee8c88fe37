A dump instead of a script is looked at, several are compared; which report that is stands on standard error.
--- use tiny_py310.json
names_py313.json
leaky_py310_0.json.gz
leaky_py310_1.json.gz
tiny.heapsnapshot
--- cmd
memsee tiny_py310.json 2>&1 >out.md | head -n 1; head -n 1 out.md
memsee -o out.md leaky_py310_0.json.gz leaky_py310_1.json.gz 2>&1 | head -n 1; head -n 1 out.md
memsee -q leaky_py310_1.json.gz -o out.html -D top=3; grep -c '<h1' out.html
memsee tiny.heapsnapshot 2>&1 >out.md | head -n 1
cp tiny_py310.json 'with space é.json'; memsee 'with space é.json' 2>&1 >out.md | head -n 1
--- stdout
running the report suspects; 'memsee --list-reports' shows all
# What is probably leaking
running the report leak-check; 'memsee --list-reports' shows all
# Leak check
1
running the report suspects; 'memsee --list-reports' shows all
running the report suspects; 'memsee --list-reports' shows all
