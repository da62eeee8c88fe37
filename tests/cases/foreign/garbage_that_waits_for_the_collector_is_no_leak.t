Dumps that name all their roots have garbage that was not collected yet, more or less by chance: it
is no leak, whether nothing refers to it or it is in cycles.  What a root leads to is one.
--- use mended_ruby_1.json.gz
mended_ruby_2.json.gz
mended_ruby_3.json.gz
--- cmd
# Each dump and 100 n pairs of sessions that refer to each other, and as many by themselves.
for n in 1 2 3; do
  class=$(gzip -dc mended_ruby_$n.json.gz | sed -n 's/{"address":"\([^"]*\)","type":"CLASS".*"name":"Session".*/\1/p')
  gzip -dc mended_ruby_$n.json.gz > garbage_$n.json
  awk -v n=$n -v class="$class" 'BEGIN {
    for (i = 0; i < 300 * n; i++) {
      address = 4096 + 40 * i
      refs = i % 3 == 2 ? "" : sprintf(",\"references\":[\"0x%x\"]", address + (i % 3 == 0 ? 40 : -40))
      printf "{\"address\":\"0x%x\",\"type\":\"OBJECT\",\"class\":\"%s\",\"ivars\":1%s,\"memsize\":40}\n", address, class, refs
    }
  }' >> garbage_$n.json
  # The same held by a global variable.
  sed -n 's/^{"address":"\(0x[0-9a-f]*\)","type":"OBJECT","class":"'"$class"'","ivars":1.*/"\1"/p' garbage_$n.json |
    paste -sd, | sed 's/.*/{"type":"ROOT","root":"global_list","references":[&]}/' | cat - garbage_$n.json > held_$n.json
done
memsee -q -f csv -e 'read garbage_1.json garbage_2.json garbage_3.json' leaks 'expect no leak'
memsee -q -f csv -e 'read held_1.json held_2.json held_3.json' 'expect no leak'
--- stdout
class,state,verdict,growth,g1,g2,g3,bytes_growth,module,signature,address

Checks
check,status,expected,found,message
no leak,passed,no leak,no leak,
class,state,verdict,growth,g1,g2,g3,bytes_growth,module,signature,address
Session,new,monotonic,600,0,300,600,24000,,global_list Session,16096

no leak: what holds them
leak,reference,type,name,size,retained,grows,address
Session,,Session,(global_list),40,40,,16096

Checks
check,status,expected,found,message
no leak,failed,no leak,"1 leak: Session +600 (0, 300, 600)",
--- stderr
-e:1:1: check failed: no leak: expected no leak, found 1 leak: Session +600 (0, 300, 600)
  expect no leak
  ^
--- status 1
