neo4j-admin takes a file whole or not at all, so its documented rules for headers, ids and quotes hold whatever a dump holds.
--- needs python3
--- use tiny_py27.json
--- use strings_py27.json
--- use strings_py310.json
--- use dumper_py313.json
--- use aborted_py310.json.gz
--- file odd.json
{"address": 1, "type": "a;b", "size": 9, "name": " \"x\" ", "refs": [2, 2, 3, 9]}
{"address": 2, "type": "", "size": -1, "len": 0, "value": "1,\r\n\"\"\\", "refs": [2]}
{"address": 3, "type": "\"; '", "size": 4611686018427387904, "value": "", "refs": []}
--- file check.py
import re, sys

VALUES = {"long": r"-?\d{1,19}", "boolean": "true|false", "string": ".*", "ID": r"-?\d{1,19}",
          "START_ID": r"-?\d{1,19}", "END_ID": r"-?\d{1,19}", "TYPE": ".+",
          "LABEL": "[^;]+(;[^;]+)*"}
FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\s][^",]*(?<!\s)|))(,|$)')


def fields(line):
    """A field in quotes, these doubled inside, or one without any, and none of two lines."""
    found, at, more = [], 0, True
    while more:
        match = FIELD.match(line, at)
        if match is None:
            raise ValueError("bad field at column %d" % at)
        quoted, bare, comma = match.groups()
        found.append(bare if quoted is None else quoted.replace('""', '"'))
        at, more = match.end(), comma == ","
    if at < len(line):
        raise ValueError("more behind column %d" % at)
    return found


def header(names, needed):
    """The type of each column, name:type, where no type means string."""
    types = [n.partition(":")[2] or "string" for n in names]
    properties = [n.partition(":")[0] for n in names if n[0] != ":"]
    if len(set(properties)) < len(properties):
        raise ValueError("a property twice")
    for t in types:
        if t not in VALUES:
            raise ValueError("no such type: " + t)
    for t in ("ID", "LABEL", "START_ID", "END_ID", "TYPE"):
        if types.count(t) != (t in needed):
            raise ValueError("%d times :%s" % (types.count(t), t))
    return types


def rows(path, needed):
    """Each row as a dict by the types of its columns."""
    lines = open(path, "rb").read().decode("utf-8").split("\n")
    if lines.pop() != "":
        raise ValueError("the last line does not end")
    types = header(fields(lines[0]), needed)
    for line in lines[1:]:
        if re.search("[\0-\x1f]", line):
            raise ValueError("a control character: %r" % line)
        row = fields(line)
        if len(row) != len(types):
            raise ValueError("%d fields: %r" % (len(row), line))
        for t, value in zip(types, row):
            missing = value == "" and t in ("long", "boolean")
            if not missing and not re.fullmatch(VALUES[t], value):
                raise ValueError("no %s: %r" % (t, value))
        yield dict(zip(types, row))


def check(folder):
    ids = set()
    for row in rows(folder + "/nodes.csv", {"ID", "LABEL"}):
        if row["ID"] in ids:
            raise ValueError("id %s twice" % row["ID"])
        ids.add(row["ID"])
    count = 0
    for row in rows(folder + "/relationships.csv", {"START_ID", "END_ID", "TYPE"}):
        count += 1
        if row["START_ID"] not in ids or row["END_ID"] not in ids:
            raise ValueError("an end is missing: %s" % row)
    return "%d nodes, %d relationships" % (len(ids), count)


for folder in sys.argv[1:]:
    try:
        print(folder, check(folder))
    except ValueError as error:
        print(folder, error)
--- cmd
for dump in tiny_py27.json strings_py27.json strings_py310.json dumper_py313.json odd.json; do
	memsee -q -D to=${dump%.json} -f json neo4j $dump > report
done
memsee -q -D to=aborted -f json neo4j aborted_py310.json.gz > report 2>&1
memsee -q --redact -D to=redacted -f json neo4j odd.json > report
python3 check.py tiny_py27 strings_py27 strings_py310 dumper_py313 odd aborted redacted
cat odd/nodes.csv
spoil() {
	mkdir $1; cp odd/*.csv $1
	sed "$3" odd/$2.csv > $1/$2.csv
}
spoil twice nodes '2p'
spoil end relationships '$s/^[0-9]*/77/'
spoil type nodes '1s/long/longer/'
spoil key relationships '1s/:END_ID/:START_ID/'
spoil quote nodes '2s/""/"/'
spoil number nodes '2s/,9,/,x,/'
spoil label nodes '2s/Object/;/'
python3 check.py twice end type key quote number label
--- stdout
tiny_py27 239 nodes, 391 relationships
strings_py27 201 nodes, 67 relationships
strings_py310 183 nodes, 64 relationships
dumper_py313 46 nodes, 59 relationships
odd 3 nodes, 3 relationships
aborted 57944 nodes, 124113 relationships
redacted 3 nodes, 3 relationships
address:ID,type,size:long,retained:long,len:long,name,value,root:boolean,:LABEL
1,"a;b",9,4611686018427387912,," ""x"" ",,true,"Object;a_b"
2,"",-1,-1,0,,"1,\r\n""""\",false,"Object"
3,"""; '",4611686018427387904,4611686018427387904,,,"",false,"Object;""_ '"
twice id 1 twice
end an end is missing: {'START_ID': '77', 'END_ID': '2', 'TYPE': 'REFERS_TO', 'string': '', 'boolean': 'false'}
type no such type: longer
key 2 times :START_ID
quote bad field at column 31
number no long: 'x'
label no LABEL: ';;a_b'
