A snapshot of V8 in which tens of thousands of hidden classes share one array with hundreds of thousands of edges is read in time that grows with its size.
--- cmd
python3 - > shapes.heapsnapshot <<'EOF'
import json
CLASSES, EDGES = 40000, 400000
types = ["hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native",
         "synthetic", "concatenated string", "sliced string", "symbol", "bigint", "object shape"]
meta = {"node_fields": ["type", "name", "id", "self_size", "edge_count", "trace_node_id", "detachedness"],
        "node_types": [types] + ["string"] + ["number"] * 5,
        "edge_fields": ["type", "name_or_index", "to_node"],
        "edge_types": [["context", "element", "property", "internal", "hidden", "shortcut", "weak"],
                       "string_or_number", "node"]}
nodes = [9, 1, 1, 16, CLASSES + 1, 0, 0, 14, 5, 3, 16, EDGES, 0, 0]
edges = [x for i in range(CLASSES + 1) for x in (1, i, 7 + 7 * i)] + [3, 4, 7] * EDGES
for i in range(CLASSES):
    nodes += [14, 2, 5 + 2 * i, 16, 1, 0, 0]
    edges += [3, 3, 7]
print(json.dumps({"snapshot": {"meta": meta, "node_count": len(nodes) // 7, "edge_count": len(edges) // 3},
                  "nodes": nodes, "edges": edges,
                  "strings": ["", "(GC roots)", "system / Map", "descriptors", "x", "(properties)"]}))
EOF
timeout 20 memsee -q -f csv -e 'read shapes.heapsnapshot' 'select count(*) as objects from obj'
--- stdout
objects
40001
--- status 0
