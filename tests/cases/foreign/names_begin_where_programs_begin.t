The name of an object of another runtime begins with a class and its static field, a variable of
a closure, a global variable: what the program says itself.  Parts of lists and maps are left out.
--- use leaky_java_3.hprof.gz
--- use leaky_node_3.heapsnapshot.gz
--- use leaky_ruby_3.json.gz
--- use leaky_php_3.json.gz
--- cmd
for dump in leaky_java_3.hprof.gz leaky_node_3.heapsnapshot.gz leaky_ruby_3.json.gz leaky_php_3.json.gz; do
  memsee -q --format csv -e "read $dump" \
    "select distinct name_of(address) name, type from obj where len >= 200
      and type_kind(type) in ('sequence', 'mapping') and name_of(address) is not null order by name" \
    "select distinct rtrim(rtrim(name_of(address), ']0123456789'), '[') name, type from obj
      where type in ('Leaky\$Entry', 'Leaky\$Handler', 'Handler', 'Session') order by name limit 3"
done
--- stdout
name,type
Leaky.bus.listeners,java.util.ArrayList
Leaky.cache,java.util.HashMap
Leaky.registry.handlers,java.util.ArrayList

name,type
Leaky.cache{},Leaky$Entry
Leaky.registry.handlers,Leaky$Handler
name,type
bus._events.tick,Array
registry.handlers,Array

name,type
registry.handlers,Handler
name,type
(vm),Array
Object.<Bus>.<Array>,Array
Object.<Cache>.<Hash>,Hash
Object.<Registry>.<Array>,Array

name,type
Object.<Cache>.<Hash>{},Session
Object.<Registry>.<Array>,Handler
name,type
$bus.listeners,array
$cache.entries,array
$registry.handlers,array

name,type
$registry.handlers,Handler
--- use leaky_node_1.heapsnapshot.gz
--- cmd
# The second one is beside a variable of a closure, whose name begins with itself.
memsee -q --format csv -e 'read leaky_node_1.heapsnapshot.gz' 'select name_of(address) from obj where address in (10333, 11361) order by address'
--- stdout
name_of(address)
NumberMAX_SAFE_INTEGER
EventEmitter.<scope_info>
