A list of objects that should not exist is of no use without the first of them and the path that keeps it alive.
--- use leaky_py310_1.json.gz as heap.gz
--- file check.memsee
read heap.gz
expect none: empty select address, type, size from obj where type = 'UploadHandler' order by address
expect empty select * from obj where type = 'Nothing'
--- cmd
memsee -q -o report.md -o text:report.txt --junit report.xml check.memsee
--- stderr
check.memsee:2:1: check failed: none: expected no rows, found 120 rows
  expect none: empty select address, type, size from obj where type = 'UploadHandler' order by address
  ^
--- status 1
