A heap that stayed as it was and one that shrank are no leak, whatever is in them.
--- use leaky_py310_1.json.gz as 1.gz
--- use leaky_py310_0.json.gz as 0.gz
--- use tiny_py27.json
--- use tiny_py310.json
--- cmd
gzip -dc 1.gz > 2.json; echo '{"address": 16, "type": "int", "size": 28, "refs": []}' >> 2.json
memsee -q -o report.md leak-check 1.gz 2.json; sed -n 3p report.md
--- stdout
No leak in 2 dumps.
--- cmd
memsee -q -o report.md leak-check 1.gz 0.gz
--- cmd
memsee -q -o report.md leak-check tiny_py27.json tiny_py310.json
--- cmd
memsee -q -e "read 0.gz" "expect no leak"
--- stderr
-e:1:1: a comparison takes two dumps at least, and there is only one; name another
  expect no leak
  ^
--- status 2
