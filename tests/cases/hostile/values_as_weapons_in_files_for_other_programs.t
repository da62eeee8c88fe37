What is written for graph browsers, flame graphs and viewers of pictures holds values as text: no element, link, label, field or line more than there is.
--- needs dot xmllint python3
--- file dump.json
{"address": 1, "type": "<script>alert(1)</script>", "size": 1, "value": "]]><!-- &lt; --> <!ENTITY e SYSTEM 'file:///etc/passwd'>&e;", "refs": [2]}
{"address": 2, "type": "\"><a xlink:href=\"javascript:alert(1)\">x</a>", "size": 1, "name": "\" URL=\"javascript:alert(1)", "value": "\u001b[31m\u0000\ufffe", "refs": [3]}
{"address": 3, "type": "a\",\"b\n=1+1;Admin;c 99\r\nd", "size": 1, "value": "\\\"\\", "refs": [4]}
{"address": 4, "type": "\u001b]0;t\u0007click n0 href \"javascript:alert(1)\"", "size": 1, "value": "x", "refs": []}
--- file look.py
import csv, re
svg = open("r.dot.svg").read()
print(len(re.findall(r"(?i)<(?:script|image|foreignobject|use)", svg)), len(re.findall(r"<[^>]*(?:href=|\son\w+=)", svg)))
for name in "nodes", "relationships":
    rows = list(csv.reader(open(f"n/{name}.csv", newline="")))
    print(name, [len(row) for row in rows])
    if name == "nodes":
        print(*(row[-1].split(";") for row in rows), sep="\n")
--- cmd
memsee -q --render -o r.dot -e 'read dump.json' 'path from "address = 1" to "address = 4"'
memsee -q -f csv -e 'read dump.json' 'export graphml g.graphml' 'export neo4j n' 'folded f.txt'
xmllint --noout --nonet r.dot.svg
xmllint --noout g.graphml
xmllint --xpath 'count(//*[local-name() = "data"]/*)' g.graphml
python3 look.py
cat f.txt
--- stdout
file,objects,references,bytes
g.graphml,4,3,2238

file,objects,references,bytes
n/nodes.csv,4,,609
n/relationships.csv,,3,121
0
0 0
nodes [9, 9, 9, 9, 9]
[':LABEL']
['Object', '<script>alert(1)</script>']
['Object', '"><a xlink:href="javascript:alert(1)">x</a>']
['Object', 'a","b\\n=1+1_Admin_c 99\\r\\nd']
['Object', '\\x1b]0_t\\x07click n0 href "javascript:alert(1)"']
relationships [5, 5, 5, 5]
<script>alert(1)</script> 1
<script>alert(1)</script>;"><a xlink:href="javascript:alert(1)">x</a> 1
<script>alert(1)</script>;"><a xlink:href="javascript:alert(1)">x</a>;a","b_=1+1_Admin_c 99__d 1
<script>alert(1)</script>;"><a xlink:href="javascript:alert(1)">x</a>;a","b_=1+1_Admin_c 99__d;_]0_t_click n0 href "javascript:alert(1)" 1
