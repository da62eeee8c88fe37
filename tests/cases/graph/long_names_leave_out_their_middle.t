Of a name with more than two dozen different steps the middle is left out, never the last step, and
how often it comes is said of a step that is shown.
--- cmd
# The steps are .a, .b, …, and the rest of them as given.
chain() {
  awk -v n="$1" -v rest="$2" 'BEGIN {
    print "{\"address\":16,\"type\":\"module\",\"size\":72,\"name\":\"shop\",\"refs\":[32],\"labels\":[\".__dict__\"]}"
    print "{\"address\":32,\"type\":\"dict\",\"size\":64,\"len\":1,\"refs\":[48],\"labels\":[\"[\\u0027C\\u0027]\"]}"
    for (i = 0; i < n + length(rest); i++) {
      label = i < n ? substr("abcdefghijklmnopqrstuvwxy", i % 25 + 1, 1) : substr(rest, i - n + 1, 1)
      printf "{\"address\":%d,\"type\":\"Link\",\"size\":48,\"refs\":[%d],\"labels\":[\".%s\"]}\n", 48 + 16 * i, 64 + 16 * i, label
    }
    printf "{\"address\":%d,\"type\":\"End\",\"size\":48}\n", 48 + 16 * i
  }' > chain.json
  memsee -q -f csv -e 'read chain.json' "select substr(name_of(address), 41) from obj where type = 'End'" | tail -n 1
}
for rest in '' z zz zy zyy zzy zzyy zzyyx; do chain 21 $rest; done
for rest in '' z zz zy zyy zzy zzyyx; do chain 24 $rest; done
# One after the other, as the names of one dump are asked for.
chain 22 zzyyx
memsee -q -f csv -e 'read chain.json' "select substr(name_of(address), 41) from obj where address > 48 + 16 * 21 order by address"
memsee -q -f csv -e 'read chain.json' "select substr(name_of(address), 41) from obj where address > 48 + 16 * 21 order by address desc"
--- stdout
.r.s.t.u
.r.s.t.u.z
.r.s.t.u.z×2
.r.s.t.u.z.y
.r.s.t.u.z.y×2
.r.s.t.u.z×2.y
.r.s.t.u.z×2.y×2
.r.s.t.u.z×2….x
.r.s.t.u.v….x
.r.s.t.u.v….z
.r.s.t.u.v….z×2
.r.s.t.u.v….y
.r.s.t.u.v….y×2
.r.s.t.u.v….y
.r.s.t.u.v….x
.r.s.t.u.v….x
"substr(name_of(address), 41)"
.r.s.t.u.v
.r.s.t.u.v.z
.r.s.t.u.v.z×2
.r.s.t.u.v….y
.r.s.t.u.v….y×2
.r.s.t.u.v….x
"substr(name_of(address), 41)"
.r.s.t.u.v….x
.r.s.t.u.v….y×2
.r.s.t.u.v….y
.r.s.t.u.v.z×2
.r.s.t.u.v.z
.r.s.t.u.v
