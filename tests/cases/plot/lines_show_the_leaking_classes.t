Lines over dumps have an axis each, so that a class which leaks is not flat beside the strings of the program, and classes come before building blocks.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- use leaky_py310_2.json.gz as 2.gz
--- cmd
memsee -q -f svg -e 'read 0.gz 1.gz 2.gz' 'trend' 'plot lines' >lines.svg
grep -o 'class="tb" font-weight="650" x="0" y="14">[^<]*' lines.svg | sed 's/.*>//'
grep -c '<circle' lines.svg
--- stdout
LogRecord
LeakedSession
CycleNode
UploadHandler
str
float
18
