What a script shows in its own words is left out of reports that people read, not of data; the
caption and the picture are its own, and what to say instead of no rows is for the next.
--- file ring.json
{"address": 1, "type": "module", "size": 50, "name": "shop", "refs": [2]}
{"address": 2, "type": "Node", "size": 48, "refs": [3]}
{"address": 3, "type": "Node", "size": 48, "refs": [2]}
--- cmd
cat >report.memsee <<'END'
read ring.json
section Cycles
hide
caption As the command has them
cycles
plot chain
caption In other words
select objects, state from #0
section Nothing
hide
otherwise There is none.
select address from obj where type = 'none'
select address from #2
END
memsee -q report.memsee; memsee -q -o text:- report.memsee
memsee -q -o csv:- report.memsee
memsee -q -o report.html report.memsee
grep -c 'As the command' report.html; grep -c 'class="gr"' report.html; grep -c 'In other words' report.html
--- stdout
# Cycles

```mermaid
flowchart TD
    n0["Node<br>48 bytes"]
    n1["Node<br>48 bytes"]
    n2(["module<br>shop<br>50 bytes"])
    n0 --> n1
    n1 --> n0
    n2 --> n0
    classDef source fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000
    class n2 source
    classDef cycle fill:#ead7e2,stroke:#a0527f,color:#000
    class n0,n1 cycle
```

*Arrows: refers to; blue, round: start; violet: on a cycle.*

**In other words**

| objects | state |
| ------: | ----- |
|       2 | alive |

## Nothing

There is none.
Cycles
======

In other words
#        objects    state     
-------- ---------- ----------
#1.0     2          alive     

Nothing
-------

There is none.
objects,bytes,types,route,state,held_by,holder,address
2,96,2 Node,Node -> Node -> Node,alive,1,1,2

In other words
objects,state
2,alive

address

address
0
1
3
