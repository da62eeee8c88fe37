A type's name is whatever a program calls its classes: in no format does it act as markup.
--- needs dot
--- file dump.json
{"address": 1, "type": "<img src=x onerror=alert(1)>", "size": 1, "value": "a|b\n::error::x%0A", "refs": [2]}
{"address": 2, "type": "\"];evil[label=<<b>x</b>>]", "size": 1, "value": "[x](http://e) ![i](http://e)", "refs": [3]}
{"address": 3, "type": "a:port\\N\\G}|{", "size": 1, "value": "\u001b[31mred\u001b]0;t\u0007\u202e", "refs": []}
--- file script.memsee
read dump.json
select type, value from obj order by address
path from "address = 1" to "address = 3"
expect ]]>]]: select 1 = 2
expect "::error::<b>&%0A": (select value from obj where address = 1) = '::'
--- cmd
memsee -q -o md:- script.memsee
memsee -q -o text:- script.memsee 2>/dev/null
memsee -q -o r.dot -o r.csv -o r.json --junit r.xml --annotate github script.memsee
dot -Tsvg r.dot | grep -c '<b>\|onerror=alert(1)>'
cat r.dot r.json r.xml
--- stdout
| type                           | value                           |
| ------------------------------ | ------------------------------- |
| `<img src=x onerror=alert(1)>` | `a\|b\n::error::x%0A`           |
| `"];evil[label=<<b>x</b>>]`    | `[x](http://e) ![i](http://e)`  |
| `a:port\N\G}\|{`               | `\x1b[31mred\x1b]0;t\x07\u202e` |

| address | type                           | name | value                           | size | len | mark | repr                           |
| ------: | ------------------------------ | ---- | ------------------------------- | ---: | --- | ---- | ------------------------------ |
|       1 | `<img src=x onerror=alert(1)>` | ∘    | `a\|b\n::error::x%0A`           |    1 | ∘   | ∘    | `<img src=x onerror=alert(1)>` |
|       2 | `"];evil[label=<<b>x</b>>]`    | ∘    | `[x](http://e) ![i](http://e)`  |    1 | ∘   | ∘    | `"];evil[label=<<b>x</b>>]`    |
|       3 | `a:port\N\G}\|{`               | ∘    | `\x1b[31mred\x1b]0;t\x07\u202e` |    1 | ∘   | ∘    | `a:port\N\G}\|{`               |

```mermaid
flowchart TD
    n0(["#60;img src=x onerror=alert(1)#62;<br>1 byte"])
    n1["#34;#93;#59;evil#91;label=#60;#60;b#62;x#60;/b#62;#62;#93;<br>1 byte"]
    n2[["a#58;port#92;N#92;G#125;#124;#123;<br>1 byte"]]
    n0 --> n1
    n1 --> n2
    classDef source fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000
    class n0 source
    classDef target fill:#fae0c8,stroke:#d55e00,stroke-width:2px,color:#000
    class n2 target
```

*Arrows: refers to; blue, round: start; orange, double sides: end.*

**Checks**

| check              | status | expected | found                   | message |
| ------------------ | ------ | -------- | ----------------------- | ------- |
| `]]>]]`            | failed | `= 2`    | `1`                     | ∘       |
| `::error::<b>&%0A` | failed | `= '::'` | `'a\|b\n::error::x%0A'` | ∘       |
#        type                 value                                                       
-------- -------------------- ------------------------------------------------------------
#0.0     <img src=x onerror=… a|b\n::error::x%0A                                          
#0.1     "];evil[label=<<b>x… [x](http://e) ![i](http://e)                                
#0.2     a:port\N\G}|{        \x1b[31mred\x1b]0;t\x07\u202e                               

#                 address type                 name                 value                                                              size        len mark       repr      
-------- ---------------- -------------------- -------------------- ------------------------------------------------------------ ---------- ---------- ---------- ----------
#1.0                    1 <img src=x onerror=… ∘                    a|b\n::error::x%0A                                                    1          ∘ ∘          <img src=…
#1.1                    2 "];evil[label=<<b>x… ∘                    [x](http://e) ![i](http://e)                                          1          ∘ ∘          "];evil[l…
#1.2                    3 a:port\N\G}|{        ∘                    \x1b[31mred\x1b]0;t\x07\u202e                                         1          ∘ ∘          a:port\N\…

Checks
#        check      status     expected   found      message   
-------- ---------- ---------- ---------- ---------- ----------
         ]]>]]      failed     = 2        1          ∘         
         ::error::… failed     = '::'     'a|b\n::e… ∘         
0
digraph result_1 {
	graph [fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t, rankdir=TB, nodesep=0.25, ranksep=0.4, pad=0.2, bgcolor=white, newrank=true];
	node [fontname="Helvetica,Arial,sans-serif", fontsize=11, shape=box, style="rounded,filled", fillcolor=white, color="#333333", margin="0.12,0.06", height=0.3];
	edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.7];
	n0 [label="<img src=x onerror=alert(1)>\n1 byte", tooltip="address 1", shape=house, style=filled, fillcolor="#eeeeee", fillcolor="#d3e6f3", color="#0072b2", penwidth=3];
	n1 [label="\"];evil[label=<<b>x</b>>]\n1 byte", tooltip="address 2"];
	n2 [label="a:port\\N\\G}|{\n1 byte", tooltip="address 3", fillcolor="#fae0c8", color="#d55e00", penwidth=1.5, peripheries=2];
	n0 -> n1 [label="", color="#000000", penwidth=2];
	n1 -> n2 [label="", color="#000000", penwidth=2];
	subgraph cluster_legend {
		label="legend"; fontsize=10; color="#aaaaaa"; style=rounded;
		node [fontsize=9, margin="0.08,0.04", height=0.2];
		l0 [label="object: type, value, size"];
		l1 [label="root", shape=house, style=filled, fillcolor="#eeeeee"];
		l2 [label="start: thick border", fillcolor="#d3e6f3", color="#0072b2", penwidth=3];
		l3 [label="end: double border", fillcolor="#fae0c8", color="#d55e00", penwidth=1.5, peripheries=2];
		l4 [shape=point, width=0.06, color="#666666"];
		r4 [shape=plaintext, style="", label="refers to, on the path"];
		l4 -> r4 [minlen=1, color="#000000", penwidth=2];
		{ rank=same; l0; l1; }
		l0 -> l2 [style=invis, weight=10];
		{ rank=same; l2; l3; }
		l2 -> l4 [style=invis, weight=10];
		{ rank=same; l4; r4; }
	}
}
{"#": "#0.0", "type": "<img src=x onerror=alert(1)>", "value": "a|b\n::error::x%0A"}
{"#": "#0.1", "type": "\"];evil[label=<<b>x</b>>]", "value": "[x](http://e) ![i](http://e)"}
{"#": "#0.2", "type": "a:port\\N\\G}|{", "value": "\u001b[31mred\u001b]0;t\u0007\u202e"}
{"#": "#1.0", "address": 1, "type": "<img src=x onerror=alert(1)>", "name": null, "value": "a|b\n::error::x%0A", "size": 1, "len": null, "mark": null, "repr": "<img src=x onerror=alert(1)>"}
{"#": "#1.1", "address": 2, "type": "\"];evil[label=<<b>x</b>>]", "name": null, "value": "[x](http://e) ![i](http://e)", "size": 1, "len": null, "mark": null, "repr": "\"];evil[label=<<b>x</b>>]"}
{"#": "#1.2", "address": 3, "type": "a:port\\N\\G}|{", "name": null, "value": "\u001b[31mred\u001b]0;t\u0007\u202e", "size": 1, "len": null, "mark": null, "repr": "a:port\\N\\G}|{"}
{"caption": "Checks", "check": "]]>]]", "status": "failed", "expected": "= 2", "found": "1", "message": null}
{"caption": "Checks", "check": "::error::<b>&%0A", "status": "failed", "expected": "= '::'", "found": "'a|b\n::error::x%0A'", "message": null}
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
	<testsuite name="script.memsee" id="0" package="memsee" tests="2" failures="2" errors="0" time="0" timestamp="1970-01-01T00:00:00" hostname="localhost">
		<properties/>
		<testcase classname="script.memsee" name="]]&gt;]]" time="0">
			<failure type="check" message="expected = 2, found 1">script.memsee:4: expected = 2, found 1</failure>
		</testcase>
		<testcase classname="script.memsee" name="::error::&lt;b&gt;&amp;%0A" time="0">
			<failure type="check" message="expected = '::', found 'a|b
::error::x%0A'">script.memsee:5: expected = '::', found 'a|b
::error::x%0A'</failure>
		</testcase>
		<system-out/>
		<system-err/>
	</testsuite>
</testsuites>
--- stderr
script.memsee:4:1: check failed: ]]>]]: expected = 2, found 1
  expect ]]>]]: select 1 = 2
  ^
script.memsee:5:1: check failed: ::error::<b>&%0A: expected = '::', found 'a|b?::error::x%0A'
  expect "::error::<b>&%0A": (select value from obj where address = 1) = '::'
  ^
script.memsee:4:1: check failed: ]]>]]: expected = 2, found 1
  expect ]]>]]: select 1 = 2
  ^
::error file=script.memsee,line=4::check failed: ]]>]]: expected = 2, found 1
script.memsee:5:1: check failed: ::error::<b>&%0A: expected = '::', found 'a|b?::error::x%0A'
  expect "::error::<b>&%0A": (select value from obj where address = 1) = '::'
  ^
::error file=script.memsee,line=5::check failed: ::error::<b>&%250A: expected = '::', found 'a|b?::error::x%250A'
