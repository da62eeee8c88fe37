Each mistake has its own line, with the word that is wrong.
--- use tiny_py310.json
--- use tiny_py27.json
--- cmd
memsee -q -e "diff"
--- stderr
-e:1:1: no dump has been read yet; 'read DUMP' loads one
  diff
  ^
--- status 2
--- cmd
memsee -q -e "read tiny_py310.json" "trend"
--- stderr
-e:1:1: a comparison takes two dumps at least, and there is only one; name another
  trend
  ^
--- status 2
--- cmd
memsee -q --keep-going -e "read tiny_py310.json tiny_py27.json" "diff 1 3" "diff 1 2 1" "diff 1 2 2 1 by address" "diff by colour" "diff by" "diff min count" "diff min count -1" "diff min weight 3" "diff min share 101" "diff top none" "trend by address" "trend of weight" "trend per 0" "leaks by type" "diff known x" "diff plain 7" "expect no leak at all" "expect no leak min count"
--- stderr
-e:1:8: no generation '3'
  diff 1 3
         ^
-e:1:1: diff compares two generations (by address, up to three), not 3; 'trend' takes any number
  diff 1 2 1
  ^
-e:1:1: diff compares two generations (by address, up to three), not 4; 'trend' takes any number
  diff 1 2 2 1 by address
  ^
-e:1:9: expected type, owner, signature, value or address, found 'colour'
  diff by colour
          ^
-e:1:6: something must follow 'by'
  diff by
       ^
-e:1:10: something must follow 'count'
  diff min count
           ^
-e:1:16: the number is too small: '-1'
  diff min count -1
                 ^
-e:1:10: expected count, bytes or share, found 'weight'
  diff min weight 3
           ^
-e:1:16: expected a share in per cent, found '101'
  diff min share 101
                 ^
-e:1:10: not an integer: 'none'
  diff top none
           ^
-e:1:1: a trend by address makes no sense: 'diff by address' shows what was born and died
  trend by address
  ^
-e:1:10: expected count or bytes, found 'weight'
  trend of weight
           ^
-e:1:11: the number is too small: '0'
  trend per 0
            ^
-e:1:7: unexpected word 'by'
  leaks by type
        ^
-e:1:6: unexpected word 'known'
  diff known x
       ^
-e:1:12: expected 0 or 1 behind plain, found '7'
  diff plain 7
             ^
-e:1:16: unexpected word 'at'
  expect no leak at all
                 ^
-e:1:20: something must follow 'count'
  expect no leak min count
                     ^
--- status 2
