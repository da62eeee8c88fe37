A constant of Ruby is held by its module, whatever code has cached it.  A protected static member
of PHP has no class in the dump, and a heap's flag is no list.
--- file make.sh
for n in 40 140 240; do
	{
		echo '{"type":"ROOT", "root":"vm", "references":["0x100", "0x200"]}'
		echo '{"address":"0x100", "type":"IMEMO", "imemo_type":"constcache", "references":["0x300"], "memsize":40}'
		echo '{"address":"0x200", "type":"CLASS", "class":"0x210", "name":"Object", "references":["0x220"], "memsize":400}'
		echo '{"address":"0x210", "type":"CLASS", "name":"Class", "references":[], "memsize":400}'
		echo '{"address":"0x220", "type":"MODULE", "class":"0x210", "name":"Config", "references":["0x300"], "memsize":400}'
		echo '{"address":"0x230", "type":"CLASS", "class":"0x210", "name":"Row", "references":[], "memsize":400}'
		list=
		for i in $(seq 1000 $((999 + n))); do
			echo '{"address":"0x'$i'0", "type":"OBJECT", "class":"0x230", "ivars":1, "memsize":40}'
			list="$list${list:+, }\"0x${i}0\""
		done
		echo '{"address":"0x300", "type":"ARRAY", "class":"0x240", "length":'$n', "references":['$list'], "memsize":4000}'
		echo '{"address":"0x240", "type":"CLASS", "class":"0x210", "name":"Array", "references":[], "memsize":400}'
	} >ruby_$n.json
	{
		echo '{"header":{"memory_usage":1,"memory_usage_real":1,"peak_memory_usage":1,"peak_memory_usage_real":1},"items":{'
		echo '"0x50":{"type":"object","size":"72","symbol_name":"jobs","is_root":true,"frame":"<GLOBAL>","class":"SplPriorityQueue","object_handle":"1","children":{"isCorrupted":"0x60"}},'
		echo '"0x60":{"type":"array","size":"72","symbol_name":"*::items","is_root":true,"frame":"<CLASS_STATIC_MEMBER>","children":['
		for i in $(seq 1000 $((999 + n))); do
			test $i = 1000 || printf ,
			printf '"0x%s0"' $i
		done
		echo ']}'
		for i in $(seq 1000 $((999 + n))); do
			echo ',"0x'$i'0":{"type":"object","size":"72","is_root":false,"class":"Row","object_handle":"'$i'","children":[]}'
		done
		echo '}}'
	} >php_$n.json
done
--- cmd
sh make.sh
memsee -q -o leaks.md leak-check ruby_40.json ruby_140.json ruby_240.json
grep -A2 'hangs on it' leaks.md
--- stdout
Row +200 (40, 140, 240): monotonic, 8000 bytes with all that hangs on it

`held by Config -> Array [] Row`
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Row +200 (40, 140, 240)
--- cmd
memsee -q -o leaks.md leak-check php_40.json php_140.json php_240.json
grep -A2 'hangs on it' leaks.md
--- stdout
Row +200 (40, 140, 240): monotonic, 14400 bytes with all that hangs on it

`held by static::$items array [] Row`
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Row +200 (40, 140, 240)
