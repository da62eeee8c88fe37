A dump may be spread over all addresses, and those chosen that a well-known hash puts into one place: that costs no more than any other dump, a second of the processor and not minutes.
--- needs python3
--- unless valgrind sanitizers
--- file make.py
# The step is one of which all multiples here have the same bits 32 to 51 when multiplied by the
# factor of Fibonacci hashing: a denominator of its continued fraction.
FACTOR, WRAP, N = 0x9e3779b97f4a7c15 % 2**52, 2**52, 120000
a, b, step, before = WRAP, FACTOR, 1, 0
while b * N >= 2**32:
    a, b, step, before = b, a % b, a // b * step + before, step
assert step * N < 2**53
for i in range(1, N + 1):
    print('{"address": %d, "type": "a", "size": 1, "refs": [%d]}'
          % (i * step << 10, (i % N + 1) * step << 10))
--- file heap.memsee
read $1
select count(*) as n from obj
cycles
--- cmd
python3 make.py >dump.json
(ulimit -t 30; memsee -q -f csv --safe heap.memsee dump.json)
--- stdout
n
120000

objects,bytes,types,route,state,held_by,holder,address
120000,120000,120000 a,a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> … 119988 more -> a,garbage,0,,15576370807808
