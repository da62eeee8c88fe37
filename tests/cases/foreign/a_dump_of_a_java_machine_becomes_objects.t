HPROF with ids of 4 bytes: classes with their static fields, strings with their characters,
collections with how many they hold, roots with the reason; shallow sizes are worked out.
--- use jvm_32bit_ids.hprof.gz
--- cmd
memsee -q -d x.db -e 'read jvm_32bit_ids.hprof.gz' "select fact, value from read_log where fact in ('format', 'runtime', 'identity', 'layout', 'time', 'objects', 'references')" 'select type, count(*) as n, sum(size) as bytes from obj group by type order by bytes desc, type limit 5' "select why, count(*) as n from (select reason as why from root_mark) group by why order by n desc, why limit 6"
--- stdout
| fact       | value                                                   |
| ---------- | ------------------------------------------------------- |
| format     | `hprof`                                                 |
| runtime    | `JVM`                                                   |
| identity   | `places`                                                |
| layout     | `headers of 8 bytes and references of 4, as ids have 4` |
| time       | `2006-10-27T09:35:54Z`                                  |
| objects    | 2926                                                    |
| references | 4960                                                    |

| type                 |   n | bytes |
| -------------------- | --: | ----: |
| `char[]`             | 833 | 65872 |
| `byte[]`             |   9 | 24976 |
| `java.lang.String`   | 765 | 18360 |
| `java.lang.Object[]` | 305 | 11344 |
| `java.lang.Class`    | 371 |  6856 |

| why                    |   n |
| ---------------------- | --: |
| held by native code    | 360 |
| unknown root           |  25 |
| stack of thread 200000 |   6 |
| stack of thread 200005 |   3 |
| thread 200005          |   1 |
| thread 200006          |   1 |
--- cmd
memsee -q -d x.db -e "select type, value from obj where type_kind(type) = 'string' and value glob 'java*' order by value limit 3" "select type, value from obj where type = 'java.lang.Integer' order by cast(value as int) limit 2" "select type, len from obj where type = 'java.util.Hashtable' order by len desc, address limit 2" "select labels from ref_label join ref_label_list using (gen, list) join obj on address = parent where name = 'java.lang.Thread'" "path from \"address in (select address from root_mark where reason like 'thread%')\" to \"type = 'java.util.Hashtable'\""
--- stdout
| type             | value                |
| ---------------- | -------------------- |
| java.lang.String | java.                |
| java.lang.String | java.awt.graphicsenv |
| java.lang.String | java.awt.printerjob  |

| type              | value |
| ----------------- | ----- |
| java.lang.Integer | 0     |
| java.lang.Integer | 2     |

| type                | len |
| ------------------- | --: |
| java.util.Hashtable |   2 |
| java.util.Hashtable |   2 |

| labels                                                       |
| ------------------------------------------------------------ |
| `["<super>",".EMPTY_STACK_TRACE",".SUBCLASS_IMPLEMENTATION_PERMISSION",".subclassAudits"]` |

|    address | type                               | name | value | size | len | mark | repr |
| ---------: | ---------------------------------- | ---- | ----- | ---: | --: | ---- | ---- |
| 1342177999 | `java.lang.Thread`                 | ∘    | ∘     |  104 |   ∘ | ∘    | ∘    |
| 1342178027 | `sun.misc.Launcher$AppClassLoader` | ∘    | ∘     |   64 |   ∘ | ∘    | ∘    |
| 1342179383 | `java.util.Hashtable`              | ∘    | ∘     |   40 |   1 | ∘    | ∘    |

```mermaid
flowchart TD
    n0(["java.lang.Thread<br>104 bytes"])
    n1["sun.misc.Launcher#36;AppClassLoader<br>64 bytes"]
    n2[["java.util.Hashtable<br>40 bytes"]]
    n0 -->|".contextClassLoader"| n1
    n1 -->|".package2certs"| n2
    classDef source fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000
    class n0 source
    classDef target fill:#fae0c8,stroke:#d55e00,stroke-width:2px,color:#000
    class n2 target
```

*Arrows: refers to; blue, round: start; orange, double sides: end.*
