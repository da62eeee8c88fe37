The nodes of a V8 heap snapshot become objects: synthetic ones only say why others are roots,
weak edges hold nothing, shortcuts repeat others, and the value in a weak map hangs on its key.
--- use tiny.heapsnapshot
--- cmd
memsee -q -d x.db -e 'read tiny.heapsnapshot' 'select address, type, name, value, size, len from obj' 'select parent, child from ref where parent > 0' 'roots' "select fact, value from read_log where fact in ('format', 'runtime', 'identity', 'objects')"
--- stdout
| address | type                    | name                | value           | size | len |
| ------: | ----------------------- | ------------------- | --------------- | ---: | --: |
|       7 | global                  | ∘                   | ∘               |   40 |   ∘ |
|       9 | system / Context        | ∘                   | ∘               |   24 |   ∘ |
|      11 | Registry                | ∘                   | ∘               |   32 |   ∘ |
|      13 | Array                   | ∘                   | ∘               |   16 |   2 |
|      15 | (array)                 | `(object elements)` | ∘               |   64 |   ∘ |
|      17 | Handler                 | ∘                   | ∘               |   24 |   ∘ |
|      19 | Handler                 | ∘                   | ∘               |   24 |   ∘ |
|      21 | (string)                | ∘                   | café � "quoted" |   32 |   ∘ |
|      23 | (number)                | ∘                   | 3.25            |   12 |   ∘ |
|      25 | Function                | `onTick`            | ∘               |   56 |   ∘ |
|      27 | Object                  | `{user, body}`      | ∘               |   28 |   2 |
|      29 | Object                  | ∘                   | ∘               |   28 |   ∘ |
|      31 | (object shape)          | `system / Map`      | ∘               |   80 |   ∘ |
|      33 | WeakMap                 | ∘                   | ∘               |   24 |   ∘ |
|      35 | (array)                 | ∘                   | ∘               |   40 |   ∘ |
|      37 | Key                     | ∘                   | ∘               |   16 |   ∘ |
|      39 | Value                   | ∘                   | ∘               |   16 |   ∘ |
|      40 | Detached HTMLDivElement | ∘                   | ∘               |  120 |   ∘ |

| parent | child |
| -----: | ----: |
|      7 |    11 |
|      7 |    33 |
|      7 |    37 |
|      9 |    27 |
|     11 |    13 |
|     11 |    31 |
|     13 |    17 |
|     13 |    19 |
|     13 |    15 |
|     15 |    17 |
|     15 |    19 |
|     17 |    21 |
|     19 |    23 |
|     19 |    25 |
|     25 |     9 |
|     27 |    21 |
|     27 |    29 |
|     29 |    31 |
|     33 |    35 |
|     37 |    39 |

| address | type             | repr | size | why              | cycle |
| ------: | ---------------- | ---- | ---: | ---------------- | ----: |
|       7 | global           | ∘    |   40 | global object    |     1 |
|       9 | system / Context | ∘    |   24 | (Global handles) |     1 |

| fact     | value        |
| -------- | ------------ |
| format   | heapsnapshot |
| runtime  | V8           |
| identity | addresses    |
| objects  | 18           |
--- cmd
memsee -q -d x.db -e "paths to \"type = 'Handler'\"" "select parent, labels from ref_label join ref_label_list using (gen, list)"
--- stdout
| tree                   | objects | targets | bytes | address |
| ---------------------- | ------: | ------: | ----: | ------: |
| `global`               |       1 |       2 |    48 |       7 |
| `· .registry Registry` |       1 |       2 |    48 |      11 |
| `· · .handlers Array`  |       1 |       2 |    48 |      13 |
| `· · · [] Handler`     |       2 |       2 |    48 |      17 |

```mermaid
flowchart TD
    n0(["global<br>48 bytes"])
    n1["Registry<br>48 bytes"]
    n2["Array<br>48 bytes"]
    n3[["Handler × 2<br>48 bytes"]]
    n0 -->|".registry"| n1
    n1 -->|".handlers"| n2
    n2 -->|"#91;#93;"| n3
    classDef source fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000
    class n0 source
    classDef target fill:#fae0c8,stroke:#d55e00,stroke-width:2px,color:#000
    class n3 target
```

*Arrows: refers to; blue, round: start; orange, double sides: end.*

| parent | labels                       |
| -----: | ---------------------------- |
|      7 | `[".registry",".wm",".key"]` |
|      9 | `["<closure cache>"]`        |
|     11 | `[".handlers","<map>"]`      |
|     13 | `[0,1,"<elements>"]`         |
|     17 | `[".text"]`                  |
|     19 | `["['odd key']",".on"]`      |
|     25 | `["<context>"]`              |
|     27 | `[".user",".body"]`          |
|     29 | `[".__proto__"]`             |
|     33 | `["<table>"]`                |
|     37 | `["<value in a WeakMap>"]`   |
