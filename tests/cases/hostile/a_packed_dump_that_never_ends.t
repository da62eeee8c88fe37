A small file that unpacks to terabytes is refused, in bounded memory; how much is too much
can be said.
--- needs gzip zstd python3
--- unless valgrind sanitizers
--- file peak.py
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
if used > int(sys.argv[1]):
    print(used, "MB, not", sys.argv[1])
sys.exit(status)
--- cmd
head -c 20000000 /dev/zero | gzip -1 >bomb.gz
head -c 20000000 /dev/zero | zstd -q >bomb.zst
python3 peak.py 100 memsee -q -e 'read bomb.gz'
memsee -q -e 'read bomb.zst'
memsee -q --max-unpacked 1M -e 'read bomb.zst'
memsee -q --max-ratio 0 -e 'read bomb.zst'
memsee -q --max-ratio x -e 'read bomb.zst'
memsee -q --max-unpacked -5 -e 'read bomb.zst'
--- stderr
-e:1:1: 'bomb.gz' unpacks to more than 200 times its size; --max-ratio allows more
  read bomb.gz
  ^
-e:1:1: 'bomb.zst' unpacks to more than 200 times its size; --max-ratio allows more
  read bomb.zst
  ^
-e:1:1: 'bomb.zst' unpacks to more than 1048576 bytes; --max-unpacked allows more
  read bomb.zst
  ^
-e:1:1: 'bomb.zst' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid char in json text
  read bomb.zst
  ^
memsee: --max-ratio takes a number up to 1000000, not 'x'
memsee: --max-unpacked takes a size like 500M or 2G, not '-5'
--- status 2
