Numbers that no address, size or count can be leave out the line that holds them; the ends
of 64 bits are numbers like any other, and sums stop there.
--- file num.json
{"address": 1, "type": "a", "size": -5, "refs": [2]}
{"address": 2, "type": "a", "size": 99999999999999999999999, "refs": []}
{"address": 3, "type": "a", "size": 9223372036854775807, "len": -9223372036854775808, "refs": []}
{"address": 4, "type": "a", "size": 9223372036854775807, "refs": []}
{"address": 0, "type": "zero", "size": 1, "refs": []}
{"address": 9223372036854775808, "type": "big", "size": 1, "refs": []}
{"address": -1, "type": "neg", "size": 1, "refs": []}
{"address": 5, "type": "a", "size": 1, "refs": [9223372036854775808]}
{"address": 6, "type": "a", "size": 1, "refs": [0, -3]}
{"address": 7, "type": "a", "size": 1e300, "refs": []}
{"address": 8, "type": "int", "size": 1, "value": 123456789012345678901234567890, "refs": []}
{"address": 9, "address": 10, "type": "a", "type": "b", "size": 1, "refs": [1], "refs": [2]}
{"address": 9223372036854775807, "type": "last", "size": 1, "refs": [9223372036854775807]}
{"address": 12, "type": "a", "size": 1, "refs": []}
{"address": 13, "type": "a", "size": 1, "refs": []}
{"address": 14, "type": "a", "size": 1, "refs": []}
{"address": 15, "type": "a", "size": 1, "refs": []}
--- cmd
memsee -q -f csv -e 'read num.json' 'select address, type, size, len, value from obj where address not between 12 and 15' 'echo' stats 'dominators top 2'
memsee -q --strict -e 'read num.json'
--- stdout
address,type,size,len,value
1,a,-5,,
3,a,9223372036854775807,-9223372036854775808,
4,a,9223372036854775807,,
8,int,1,,123456789012345678901234567890
9223372036854775807,last,1,,

address,type,size,retained,objects,percent,dominator
3,a,9223372036854775807,9223372036854775807,1,100.0,
4,a,9223372036854775807,9223372036854775807,1,100.0,
--- stderr
memsee: warning: num.json:2:37: a number in 'size' is beyond 64 bits
memsee: warning: num.json:5:13: 'address' is no address
memsee: warning: num.json:6:13: a number in 'address' is beyond 64 bits
memsee: warning: num.json:7:13: 'address' is no address
memsee: warning: num.json:8:49: a number in 'refs' is beyond 64 bits
memsee: warning: num.json:9:50: 'refs' holds a number that is no address
memsee: warning: num.json:10:37: 'size' is a number with a fraction, not an integer
memsee: warning: num.json:12:16: 'address' is there twice
memsee: warning: num.json: 8 of 17 lines skipped
-e:1:1: num.json:2:37: a number in 'size' is beyond 64 bits
  read num.json
  ^
--- status 3
