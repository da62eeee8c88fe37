Sizes of growing buffers are added up, and dumps may say any size: a sum that no number holds stays at the largest one.
--- cmd
dump() { # SIZE: three holders with a buffer each
	for i in 1 2 3; do
		printf '{"address": %d, "type": "bytearray", "size": %s, "refs": []}\n' $((i * 100)) "$1"
		printf '{"address": %d, "type": "Conn", "size": 50, "refs": [%d]}\n' $((i * 100 + 16)) $((i * 100))
	done
	echo '{"address": 1000, "type": "list", "size": 90, "len": 3, "refs": [116, 216, 316]}'
}
dump 1000000000000000000 >a.json
dump 2000000000000000000 >b.json
dump 4000000000000000000 >c.json
memsee -q -f csv -e 'read a.json b.json c.json' -e 'leaks' 2>&1
--- stdout
class,state,verdict,growth,g1,g2,g3,bytes_growth,module,signature,address
bytearray,new,monotonic,6223372036854775807,3000000000000000000,6000000000000000000,9223372036854775807,6223372036854775807,,list [] Conn -> bytearray,100
