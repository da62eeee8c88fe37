Dumps of the extension php-meminfo: what is no object has the address of its place in an array,
which changes when the array grows.  Texts, closures, callables and services leak in a worker.
--- use leaky_worker_1.json.gz
--- use leaky_worker_2.json.gz
--- use leaky_worker_3.json.gz
--- use mended_worker_1.json.gz
--- use mended_worker_2.json.gz
--- use mended_worker_3.json.gz
--- cmd
memsee -q -o leaks.md leak-check leaky_worker_*.json.gz 2>err
echo $?
grep -A2 'hangs on it' leaks.md | grep . | tr -d '\`'
memsee -q -o leaks.md leak-check mended_worker_*.json.gz
echo $?
memsee -q -f csv -e 'read leaky_worker_3.json.gz' \
    "select distinct type, type_kind(type) as kind from obj where type in ('int', 'bool', 'string', 'Closure') order by type"
--- stdout
1
App\Job +140 (20, 90, 160): monotonic, 25060 bytes with all that hangs on it
held by <GLOBAL> $worker App\Worker .bus App\Bus .listeners array ['run'] array [] array [] App\Job
--
App\Job +140 (20, 90, 160): monotonic, 12320 bytes with all that hangs on it
held by App\Registry::$services array [] App\Job
--
Closure +140 (20, 90, 160): monotonic, 10080 bytes with all that hangs on it
held by <GLOBAL> $worker App\Worker .bus App\Bus .listeners array ['done'] array [] Closure
--
string +140 (20, 90, 160): monotonic, 3700 bytes with all that hangs on it
held by <GLOBAL> $worker App\Worker .log array [] string
0
type,kind
Closure,function
int,number
string,string
--- cmd
# A name begins at the static member.
memsee -q -f csv -e 'read leaky_worker_3.json.gz' \
    "select name_of(address) as name from obj where name_of(address) like '%services' or name_of(address) like '%''s1'']' order by 1"
--- stdout
name
App\Registry::$services
App\Registry::$services['s1']
