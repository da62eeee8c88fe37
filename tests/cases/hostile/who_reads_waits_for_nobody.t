While one process writes to a database, others ask it at once; a second that reads into it waits as long as it takes, says so after 5 seconds, and gives up when it was told to.
--- needs sqlite3
--- use leaky_py310_0.json.gz
--- use tiny_py310.json
--- cmd
memsee -q -d x.db -e 'read leaky_py310_0.json.gz' '!create table t(a)'
(echo '.timeout 20000'; echo 'begin immediate; insert into t values (1);'; while [ ! -e end ]; do sleep 0.05; done; echo 'commit;') | sqlite3 x.db &
while ! memsee -q --wait 0 -d x.db -e '!insert into t values (2)' 2>&1 | grep -q 'in use'; do sleep 0.05; done
for what in 'export graphml a.graphml' 'export neo4j n' 'folded f.txt' 'path from "0&" to "1" first 1' 'owners' 'roots' 'cycles' 'select count(*) from reachable(0)'; do
	memsee -q --wait 0 -d x.db -o csv:out.csv -e "$what" 2>&1
done
memsee -q --wait 1 -d x.db -e 'read tiny_py310.json'
(sleep 6; touch end) &
memsee -d x.db -e 'read tiny_py310.json'
wait
memsee -q -f csv -d x.db -e 'select count(*) as generations from gen'
--- stdout
generations
2
--- stderr
-e:1:1: database 'x.db' is in use by another process; --wait allows more than 1 second
  read tiny_py310.json
  ^
waiting for another process that writes to 'x.db'
213 objects and 368 references totalling 32023 (32.0K) bytes
