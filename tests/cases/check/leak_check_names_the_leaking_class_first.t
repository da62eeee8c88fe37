The pipeline fails, and its first lines name the class, its exact growth and the chain that holds it.
--- use leaky_py310_0.json.gz as 310_0.gz
--- use leaky_py310_1.json.gz as 310_1.gz
--- use leaky_py310_2.json.gz as 310_2.gz
--- use leaky_py27_0.json.gz as 27_0.gz
--- use leaky_py27_1.json.gz as 27_1.gz
--- use leaky_py27_2.json.gz as 27_2.gz
--- cmd
memsee -q -o report.md -o json:report.json --junit leaks.xml leak-check 310_0.gz 310_1.gz 310_2.gz 2>/dev/null; echo status $?; sed -n 1,10p report.md
--- stdout
status 1
# Leak check

4 leaks in 3 dumps:

UploadHandler +200 (20, 120, 220): monotonic, 526152 bytes with all that hangs on it

`held by module __main__ .{} Registry .entries list [] dict {} UploadHandler`

LeakedSession +300 (30, 180, 330): monotonic, 199344 bytes with all that hangs on it

--- cmd
memsee -q leak-check 27_0.gz 27_1.gz 27_2.gz >report.md 2>/dev/null; echo status $?; sed -n 1,10p report.md
--- stdout
status 1
# Leak check

4 leaks in 3 dumps:

UploadHandler +200 (20, 120, 220): monotonic, 582076 bytes with all that hangs on it

`held by module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler`

LeakedSession +300 (30, 180, 330): monotonic, 225606 bytes with all that hangs on it

--- cmd
memsee -q leak-check 310_0.gz 310_1.gz >report.md 2>/dev/null; echo status $?; sed -n 1,4p report.md | cut -c1-60
--- stdout
status 1
# Leak check

4 leaks in 2 dumps:

--- cmd
grep -c LRU report.md; grep -o '<failure [^>]*>' leaks.xml
--- stdout
0
<failure type="check" message="expected no leak, found 4 leaks: UploadHandler +200 (20, 120, 220), …">
