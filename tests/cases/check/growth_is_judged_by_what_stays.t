Kinds of leaks that numbers alone did not tell, and programs that look like leaks and are none: in three dumps and in two.
--- unless valgrind
--- use verdicts/dynattr-313_a.json.gz as dynattr-313_a.json.gz
--- use verdicts/dynattr-313_b.json.gz as dynattr-313_b.json.gz
--- use verdicts/dynattr-313_c.json.gz as dynattr-313_c.json.gz
--- use verdicts/gc_off_cycles-310_a.json.gz as gc_off_cycles-310_a.json.gz
--- use verdicts/gc_off_cycles-310_b.json.gz as gc_off_cycles-310_b.json.gz
--- use verdicts/gc_off_cycles-310_c.json.gz as gc_off_cycles-310_c.json.gz
--- use verdicts/linked-310_a.json.gz as linked-310_a.json.gz
--- use verdicts/linked-310_b.json.gz as linked-310_b.json.gz
--- use verdicts/linked-310_c.json.gz as linked-310_c.json.gz
--- use verdicts/mixed40-310_a.json.gz as mixed40-310_a.json.gz
--- use verdicts/mixed40-310_b.json.gz as mixed40-310_b.json.gz
--- use verdicts/mixed40-310_c.json.gz as mixed40-310_c.json.gz
--- use verdicts/nsmodule_missed-27_a.json.gz as nsmodule_missed-27_a.json.gz
--- use verdicts/nsmodule_missed-27_b.json.gz as nsmodule_missed-27_b.json.gz
--- use verdicts/nsmodule_missed-27_c.json.gz as nsmodule_missed-27_c.json.gz
--- use verdicts/nsmodule_missed-310_a.json.gz as nsmodule_missed-310_a.json.gz
--- use verdicts/nsmodule_missed-310_b.json.gz as nsmodule_missed-310_b.json.gz
--- use verdicts/nsmodule_missed-310_c.json.gz as nsmodule_missed-310_c.json.gz
--- use verdicts/strkeys-310_a.json.gz as strkeys-310_a.json.gz
--- use verdicts/strkeys-310_b.json.gz as strkeys-310_b.json.gz
--- use verdicts/strkeys-310_c.json.gz as strkeys-310_c.json.gz
--- use verdicts/bytearray-313_a.json.gz as bytearray-313_a.json.gz
--- use verdicts/bytearray-313_b.json.gz as bytearray-313_b.json.gz
--- use verdicts/bytearray-313_c.json.gz as bytearray-313_c.json.gz
--- use verdicts/burst_noise-313_a.json.gz as burst_noise-313_a.json.gz
--- use verdicts/burst_noise-313_b.json.gz as burst_noise-313_b.json.gz
--- use verdicts/burst_noise-313_c.json.gz as burst_noise-313_c.json.gz
--- use verdicts/fixed_hist-310_a.json.gz as fixed_hist-310_a.json.gz
--- use verdicts/fixed_hist-310_b.json.gz as fixed_hist-310_b.json.gz
--- use verdicts/fixed_hist-310_c.json.gz as fixed_hist-310_c.json.gz
--- use verdicts/fixed_stats-313_a.json.gz as fixed_stats-313_a.json.gz
--- use verdicts/fixed_stats-313_b.json.gz as fixed_stats-313_b.json.gz
--- use verdicts/fixed_stats-313_c.json.gz as fixed_stats-313_c.json.gz
--- cmd
for i in dynattr-313 gc_off_cycles-310 linked-310 mixed40-310 nsmodule_missed-27 nsmodule_missed-310 strkeys-310 bytearray-313; do memsee -q leak-check ${i}_[abc].json.gz 2>/dev/null >report.md; echo $? $i; sed -n '5,$p' report.md | grep -m 4 '^[A-Za-z].*(.*)\|^`*held by'; done
--- stdout
1 dynattr-313
Item +1000 (200, 700, 1200): monotonic, 48000 bytes with all that hangs on it
`held by module __main__ .APP App .req_1186 Item`
1 gc_off_cycles-310
Node +1000 (0, 500, 1000): monotonic, 152000 bytes with all that hangs on it
held by nothing in the dump
1 linked-310
Node +1000 (200, 700, 1200): monotonic, each held by another, 152000 bytes with all that hangs on it
`held by module __main__ .HEAD Node .next Node*`
1 mixed40-310
K0 and 39 other classes +1000 (5, 505, 1005): monotonic, 25 each, 48000 bytes with all that hangs on it
`held by module __main__ .L list [] K0`
1 nsmodule_missed-27
tuple +1000 (200, 700, 1200): monotonic, 118201 bytes with all that hangs on it
`held by module store .CACHE dict [] tuple`
str +1000 (200, 700, 1200): monotonic, 46201 bytes with all that hangs on it
`held by module store .Registry class Registry .seen dict [] str`
1 nsmodule_missed-310
tuple +1000 (200, 700, 1200): monotonic, 114201 bytes with all that hangs on it
`held by module store .CACHE dict [] tuple`
str +1000 (200, 700, 1200): monotonic, 58201 bytes with all that hangs on it
`held by module store .Registry class Registry .seen dict [] str`
1 strkeys-310
str +1000 (0, 500, 1000): monotonic references to what was there before
`held by module __main__ .D dict`
1 bytearray-313
`held by module __main__ .B bytearray`
--- cmd
for i in burst_noise-313 fixed_hist-310 fixed_stats-313; do memsee -q leak-check ${i}_[abc].json.gz ; echo $? $i; done 2>&1 | grep '^No leak\|^[0-9] '
--- stdout
No leak in 3 dumps.
0 burst_noise-313
No leak in 3 dumps.
0 fixed_hist-310
No leak in 3 dumps.
0 fixed_stats-313
--- cmd
for i in dynattr-313 gc_off_cycles-310 linked-310 mixed40-310 nsmodule_missed-27 nsmodule_missed-310 strkeys-310 bytearray-313; do memsee -q leak-check ${i}_[ab].json.gz 2>/dev/null >report.md; echo $? $i; sed -n 5p report.md; done
--- stdout
1 dynattr-313
Item +500 (200, 700): monotonic, 24000 bytes with all that hangs on it
1 gc_off_cycles-310
Node +500 (0, 500): new, 76000 bytes with all that hangs on it
1 linked-310
Node +500 (200, 700): monotonic, each held by another, 76000 bytes with all that hangs on it
1 mixed40-310
K1 and 39 other classes +500 (5, 505): monotonic, about 12 each, 24000 bytes with all that hangs on it
1 nsmodule_missed-27
tuple +500 (200, 700): monotonic, 59000 bytes with all that hangs on it
1 nsmodule_missed-310
tuple +500 (200, 700): monotonic, 57000 bytes with all that hangs on it
1 strkeys-310
str +500 (0, 500): new references to what was there before
1 bytearray-313
`bytearray in module __main__ .B +2531250 bytes (1108187, 3639437): monotonic`
--- cmd
for i in fixed_hist-310 fixed_stats-313; do memsee -q leak-check ${i}_[ab].json.gz ; echo $? $i; done 2>&1 | grep '^No leak\|^[0-9] '
--- stdout
No leak in 2 dumps.
0 fixed_hist-310
No leak in 2 dumps.
0 fixed_stats-313
